import {
  answerAppeal,
  assignAppeal,
  findAppealMatches,
  handOverAppeal,
  linkAppealToCase,
  openCaseFromAppeal,
  passAppeal,
  readAppeal,
  releaseAppeal,
  takeAppeal,
  unmaskAppeal,
} from '@jieyou/core/appeals/endpoints.ts';
import type { Appeal, AppealField } from '@jieyou/core/appeals/schema.ts';
import { createSupportRequest } from '@jieyou/core/support/endpoints.ts';
import {
  appealChannelLabels,
  appealStatusLabels,
  appealStepLabels,
  appealTopicLabels,
  reachWayLabels,
  safeTimeLabels,
} from '@jieyou/core/texts/appealsLabels.ts';
import { serviceDomainOptions } from '@jieyou/core/texts/contactsLabels.ts';
import {
  caseDomainLabels,
  caseStatusLabels,
  genderLabels,
  helpFieldLabels,
  optionsOf,
  requestStatusLabels,
  riskLabels,
} from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Radio, Select } from 'antd';
import type { z } from 'zod';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { call, sentenceOf } from '../house/client.ts';
import { DangerOffer } from '../house/DangerOffer.tsx';
import { formatInstant, shortInstant } from '../house/format.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { Masked } from '../house/Masked.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { PlainClock } from '../house/PlainClock.tsx';
import { PersonPicker, StationPicker } from '../house/pickers.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { AppealAlarms, alarmSearch, tellsOfDanger } from './AppealAlarms.tsx';
import { AppealStatusTag } from './AppealStatusTag.tsx';

type File = z.infer<typeof Appeal>;

const CRUMBS = [{ title: '居民求助', to: '/appeals' }];

/** Who reads what is told outside: whoever holds the code, or the officer of the community whose clue it is. */
const readerOf = (file: { readonly tellerName: string | null }): string =>
  file.tellerName === null ? '居民凭回执码' : '报线索的社区民政员';

/** One appeal: how to reach the person safely stands above what was written. */
export default function AppealPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery(queryOf(readAppeal, { params: { id } }));
  if (found.error !== null) return <RefusalNotice error={found.error} />;
  if (found.data === undefined) return <p className="jy-secondary">正在打开…</p>;
  const file = found.data;
  return (
    <RecordPage
      crumbs={CRUMBS}
      number={file.number}
      title={file.content?.name ?? '居民求助'}
      status={<AppealStatusTag status={file.status} urgent={file.urgent} />}
      clock={<PlainClock clock={file.clock} />}
      meta={[
        `${appealChannelLabels[file.channel]}${file.tellerName === null ? '' : ` ${file.tellerName}`}，${formatInstant(file.askedAt)}`,
        `当前：${file.stationName ?? '支援中心'}${file.takerName === null ? '' : ` ${file.takerName}`}`,
      ]}
      seenBy={file.seenBy}
      next={<NextAct file={file} />}
      aside={
        <>
          {file.caseId !== null && file.content !== null && <AppealAlarms file={file} caseId={file.caseId} />}
          <Links file={file} />
        </>
      }
    >
      <Content file={file} />
      {file.content !== null && <Matches file={file} />}
      <Steps file={file} />
    </RecordPage>
  );
}

const unmask = (id: string, field: z.infer<typeof AppealField>) => async (reason: string) =>
  (await call(unmaskAppeal, { params: { id }, body: { field, reason } })).value;

function Content({ file }: { readonly file: File }) {
  const c = file.content;
  if (c === null)
    return (
      <Card title="内容">
        <p className="jy-secondary">内容由办理的站点查看。您能看到登记与去向。</p>
      </Card>
    );
  return (
    <>
      <Card title="怎样联系才安全">
        {c.unsafe && <p className="jy-warning-line">家里有人可能看手机或听电话，请特别小心。</p>}
        <Facts
          rows={[
            ['联系方式', reachWayLabels[c.reach]],
            ['电话', <Masked key="phone" label="电话" value={c.phone} open={unmask(file.id, 'phone')} />],
            ['称呼', <Masked key="name" label="称呼" value={c.name} open={unmask(file.id, 'name')} />],
            ['什么时候打', c.safeTimes.map((t) => safeTimeLabels[t]).join('、')],
            ['没人接时', c.mayMessage ? '可以留言或发短信' : '不要留言，不要发短信'],
            ['要注意', c.safeNote],
          ]}
        />
      </Card>
      <Card title={file.topic === 'unsaid' ? '发生了什么' : `发生了什么：${appealTopicLabels[file.topic]}`}>
        <p style={{ whiteSpace: 'pre-wrap' }}>{c.says === '' ? '没有写发生了什么。' : c.says}</p>
        <DangerOffer text={c.says} caseId={file.caseId} />
      </Card>
    </>
  );
}

function Matches({ file }: { readonly file: File }) {
  const found = useQuery({ ...queryOf(findAppealMatches, { params: { id: file.id } }), enabled: file.content?.phone !== null });
  const rows = found.data?.rows ?? [];
  const link = useAct(linkAppealToCase);
  const message = useMessages();
  if (file.content?.phone === null || rows.length === 0) return null;
  return (
    <Card title="同一电话已有的记录">
      <p className="jy-secondary">建立个案前先看一看，避免同一个人建两份。</p>
      <ul className="jy-plain-list">
        {rows.map((m) => (
          <li key={`${m.kind}${m.id}`}>
            <span className="jy-number">{m.number}</span> {m.name ?? ''} ·{' '}
            {m.kind === 'case' ? caseStatusLabels[m.status as 'open'] : appealStatusLabels[m.status as 'waiting']} ·{' '}
            {[m.stationName, m.workerName].filter(Boolean).join(' ')}
            {m.mine && file.can.includes('link') && m.status === 'open' && (
              <Button
                size="small"
                type="link"
                loading={link.isPending}
                onClick={() =>
                  link.mutate(
                    { params: { id: file.id }, body: { caseId: m.id, version: file.version } },
                    { onError: (e) => void message.error(sentenceOf(e)) },
                  )
                }
              >
                并入这个个案
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Steps({ file }: { readonly file: File }) {
  if (file.steps.length === 0) return null;
  return (
    <Card title="经过">
      <ol className="jy-timeline">
        {file.steps.map((s) => (
          <li key={s.id}>
            <time dateTime={s.at} title={formatInstant(s.at)}>
              {shortInstant(s.at)}
            </time>
            <div>
              {appealStepLabels[s.kind]}
              <span className="jy-secondary">{s.byName === null ? '' : ` ${s.byName}`}</span>
              {s.says !== null && <p style={{ whiteSpace: 'pre-wrap', margin: '4px 0' }}>{s.says}</p>}
              {s.says !== null && <span className="jy-secondary">{s.toResident ? `${readerOf(file)}看得到` : '只有工作人员看得到'}</span>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Links({ file }: { readonly file: File }) {
  const navigate = useNavigate();
  const create = useAct(createSupportRequest);
  const message = useMessages();
  if (file.call === null && file.caseId === null && file.requests.length === 0) return null;
  return (
    <section className="jy-card" aria-label="关联">
      <h2>关联</h2>
      <ul className="jy-plain-list">
        {file.call !== null && (
          <li>
            热线来电 <span className="jy-number">{file.call.number}</span>，{file.call.takerName}接听
          </li>
        )}
        {file.caseId !== null && (
          <li>
            个案 <Link to={`/cases/${file.caseId}`}>{file.caseNumber}</Link>
          </li>
        )}
        {file.requests.map((r) => (
          <li key={r.id}>
            疑难求助 <Link to={`/requests/${r.id}`}>{r.receiptNo ?? '草稿'}</Link> · {requestStatusLabels[r.status as 'draft']}
          </li>
        ))}
      </ul>
      {file.caseId !== null && file.requests.length === 0 && (
        <Button
          block
          loading={create.isPending}
          onClick={() =>
            create.mutate(
              { body: { caseId: file.caseId as string } },
              {
                onSuccess: (made) => void navigate({ to: `/requests/${made.id}/edit` }),
                onError: (e) => void message.error(sentenceOf(e)),
              },
            )
          }
        >
          这个个案很难，向支援中心求助
        </Button>
      )}
    </section>
  );
}

function NextAct({ file }: { readonly file: File }) {
  const take = useAct(takeAppeal);
  const message = useMessages();
  const navigate = useNavigate();
  const can = (act: string) => file.can.includes(act);
  const common = { id: file.id, extra: { version: file.version } };
  const open = file.status === 'waiting' || file.status === 'taken';
  return (
    <div className="jy-acts">
      {can('take') && (
        <Button
          type="primary"
          block
          loading={take.isPending}
          onClick={() =>
            take.mutate({ params: { id: file.id }, body: { version: file.version } }, { onError: (e) => void message.error(sentenceOf(e)) })
          }
        >
          接手
        </Button>
      )}
      {can('assign') && (
        <ActForm endpoint={assignAppeal} {...common} title="交给本站社工" button={can('take') ? {} : { type: 'primary' }}>
          <Field name="personId" label="社工">
            <PersonPicker roles={['worker']} />
          </Field>
        </ActForm>
      )}
      {can('open') && (
        <ActForm
          endpoint={openCaseFromAppeal}
          {...common}
          title="建立个案"
          says={`电话和称呼从求助里带过来，不用重写。${readerOf(file)}会看到已建立服务。${tellsOfDanger(file) ? '建立后接着登记危机或家暴。' : ''}`}
          draftKey={`appeal.case.${file.id}`}
          button={{ type: 'primary' }}
          initial={{ gender: 'unknown', risk: file.urgent ? 'high' : 'medium', helpFields: [], summary: file.content?.says ?? '' }}
          onDone={(made) =>
            void (tellsOfDanger(file)
              ? navigate({ to: '/alarms/new', search: alarmSearch(file, made.caseId) as never })
              : navigate({ to: `/cases/${made.caseId}` }))
          }
        >
          <Field
            name="name"
            label="姓名"
            hint={file.content?.name == null ? '居民没有留称呼，请填写' : `不填就用居民写的称呼（${file.content.name}）`}
          >
            <Input />
          </Field>
          <Field name="gender" label="性别">
            <Radio.Group options={optionsOf(genderLabels)} />
          </Field>
          <Field name="serviceDomain" label="服务领域" hint="这个个案的服务计入哪一类台账">
            <Select options={[...serviceDomainOptions]} placeholder="请选择" />
          </Field>
          <Field name="domain" label="问题领域" hint="疑难个案的类别；普通个案不用填，向支援中心求助时再选">
            <Select allowClear options={optionsOf(caseDomainLabels)} />
          </Field>
          <Field name="helpFields" label="所需专业" hint="要请专家时选；普通个案不用填">
            <ChoiceBoxes options={optionsOf(helpFieldLabels)} />
          </Field>
          <Field name="risk" label="风险">
            <Radio.Group options={optionsOf(riskLabels)} />
          </Field>
          <Field name="summary" label="情况">
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} />
          </Field>
        </ActForm>
      )}
      {can('answer') && (
        <ActForm
          endpoint={answerAppeal}
          {...common}
          title={file.tellerName === null ? '答复居民' : '答复社区民政员'}
          says={`${readerOf(file)}看到这段话。用“您”，简短，写清下一步找谁、什么时候。`}
          draftKey={`appeal.answer.${file.id}`}
          button={can('open') ? {} : { type: 'primary' }}
        >
          <Field name="says" label="答复">
            <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} maxLength={1000} showCount />
          </Field>
        </ActForm>
      )}
      {can('hand') && (
        <ActForm endpoint={handOverAppeal} {...common} title="转其他单位" draftKey={`appeal.hand.${file.id}`}>
          <Field name="to" label="转给哪个单位">
            <Input />
          </Field>
          <Field name="why" label="原因" hint="只有工作人员看得到">
            <Input />
          </Field>
          <Field
            name="says"
            label={file.tellerName === null ? '告诉居民' : '告诉社区民政员'}
            hint={`${readerOf(file)}看得到，请写明电话和时间`}
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} />
          </Field>
        </ActForm>
      )}
      {can('pass') && (
        <ActForm endpoint={passAppeal} {...common} title="转给其他站点" says="答复时限不变。不选站点，就转给支援中心。">
          <Field name="stationId" label="站点">
            <StationPicker />
          </Field>
          <Field name="says" label="原因">
            <Input />
          </Field>
        </ActForm>
      )}
      {can('release') && (
        <ActForm endpoint={releaseAppeal} {...common} title="退回待接手" says="本站其他社工可以接手。">
          <Field name="says" label="原因">
            <Input />
          </Field>
        </ActForm>
      )}
      {open && file.can.length === 0 && <p className="jy-secondary">等{file.stationName ?? '支援中心'}办理。</p>}
      {!open && (
        <p className="jy-secondary">
          {appealStatusLabels[file.status]}。{readerOf(file)}能看到结果。
        </p>
      )}
    </div>
  );
}
