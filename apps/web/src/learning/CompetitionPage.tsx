import {
  answerObjection,
  changeJudges,
  checkEntry,
  enterCompetition,
  listEntryChoices,
  moveCompetition,
  objectToResult,
  readCompetition,
  withdrawEntry,
} from '@jieyou/core/learning/endpoints.ts';
import { readCaseBook } from '@jieyou/core/learning/outputEndpoints.ts';
import { type CompetitionMove, CompetitionStatus, IneligibleReason } from '@jieyou/core/learning/schema.ts';
import { caseDomainLabels } from '@jieyou/core/texts/labels.ts';
import { competitionMoveLabels, competitionStatusLabels, entryStatusLabels, ineligibleLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Radio, Select, Skeleton } from 'antd';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { type Answer, fileUrl } from '../house/client.ts';
import { formatDay, shortDay, shortInstant } from '../house/format.ts';
import { Card, Facts } from '../house/Page.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { PeoplePicker } from './pickers.tsx';
import { competitionTones, entryTones } from './words.ts';
import './learning.css';

type Read = Answer<typeof readCompetition>;
type Entry = Read['entries'][number];

const WAY: readonly CompetitionStatus[] = CompetitionStatus.options.filter((s) => s !== 'cancelled');

/** What each step does, said before it is done. */
const effects: Readonly<Record<CompetitionMove, (c: Read) => string>> = {
  announce: () => '公布后全区可见，标准、奖项和日期不能再改。',
  close: () => '截止后不再接受申报。',
  start: () => '按规则确定每位评委要回避的作品，并请评委评分。',
  finish: () => '按已交的评分算出名次。',
  publicise: (c) => `从今天起公示 ${c.rules.noticeDays} 个工作日，作者与名次全区可见。`,
  award: () => '获奖案例在案例库里标为优秀，并进入汇编。',
  rescore: () => '撤下结果，请评委重新核对评分。',
  cancel: () => '取消后不能恢复。',
};

function MoveButtons({ c }: { readonly c: Read }) {
  const move = useAct(moveCompetition);
  const can = (m: CompetitionMove) => c.can.includes(m);
  const onward = (['announce', 'close', 'start', 'finish', 'publicise', 'award'] as const).filter(can);
  return (
    <>
      {onward.map((m) => (
        <ConfirmButton
          key={m}
          block
          type="primary"
          danger={false}
          ask={`${competitionMoveLabels[m]}吗`}
          says={effects[m](c)}
          sure={competitionMoveLabels[m]}
          onSure={() => move.mutateAsync({ params: { id: c.id }, body: { version: c.version, move: m } })}
        >
          {competitionMoveLabels[m]}
        </ConfirmButton>
      ))}
    </>
  );
}

function BackButtons({ c }: { readonly c: Read }) {
  const back = (['rescore', 'cancel'] as const).filter((m) => c.can.includes(m));
  return (
    <>
      {back.map((m) => (
        <ActForm
          key={m}
          endpoint={moveCompetition}
          id={c.id}
          extra={{ version: c.version, move: m }}
          title={competitionMoveLabels[m]}
          says={effects[m](c)}
          button={{ danger: m === 'cancel' }}
        >
          <Field name="reason" label="理由" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} />
          </Field>
        </ActForm>
      ))}
    </>
  );
}

function EnterForm({ c }: { readonly c: Read }) {
  const choices = useQuery(queryOf(listEntryChoices));
  const entered = c.entries.filter((e) => e.own && e.status !== 'withdrawn').map((e) => e.requestNo);
  const rows = (choices.data?.rows ?? []).filter((r) => !entered.includes(r.number));
  if (choices.isSuccess && rows.length === 0)
    return <p className="jy-secondary">您没有可以申报的案例。求助结束、支援中心整理出脱敏文本后，就能申报。</p>;
  return (
    <ActForm
      endpoint={enterCompetition}
      id={c.id}
      extra={{}}
      title="申报作品"
      says="只需选择自己的案例，写一段申报理由。评委看到的是脱敏文本，不含您的姓名。"
      sure="申报"
      draftKey={`competition.enter.${c.id}`}
      button={{ type: 'primary' }}
    >
      <Field name="requestId" label="案例" wide>
        <Select
          options={rows.map((r) => ({ value: r.requestId, label: `${r.number}　${r.title ?? '脱敏文本待发布'}` }))}
          placeholder="选择自己的案例"
        />
      </Field>
      <Field name="statement" label="申报理由" hint="只有支援中心看得到。" wide>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} />
      </Field>
    </ActForm>
  );
}

const waitingSays = (c: Read): string => {
  switch (c.status) {
    case 'draft':
      return '还没有公布。';
    case 'open':
      return `申报到 ${formatDay(c.closesOn)}。`;
    case 'checking':
      return '支援中心正在审查资格。';
    case 'scoring':
      return `评委正在评分，到 ${formatDay(c.scoreBy)}。`;
    case 'scored':
      return '结果已算出，等待公示。';
    case 'noticed':
      return `公示 ${c.rules.noticeDays} 个工作日，到 ${formatDay(c.noticeUntil)}（含当天）。对结果有异议，请在公示期内提出。`;
    case 'awarded':
      return '评优已结束，获奖案例已在案例库标为优秀。';
    case 'cancelled':
      return '这届评优已取消。';
  }
};

function Next({ c }: { readonly c: Read }) {
  const navigate = useNavigate();
  const own = c.own;
  return (
    <>
      <p>{waitingSays(c)}</p>
      {own !== null && c.status === 'scoring' ? (
        <p>
          您已评 {own.given} 件，共 {own.expected} 件。
        </p>
      ) : null}
      <div className="jy-actions">
        {c.isJudge && c.status !== 'open' && c.status !== 'checking' ? (
          <Button
            block
            type={c.status === 'scoring' ? 'primary' : 'default'}
            onClick={() => void navigate({ to: '/competitions/$id/blind', params: { id: c.id } })}
          >
            {c.status === 'scoring' ? '去评分' : '看我的评分'}
          </Button>
        ) : null}
        <MoveButtons c={c} />
        {c.can.includes('enter') ? <EnterForm c={c} /> : null}
        {c.can.includes('edit') ? (
          <Button block onClick={() => void navigate({ to: '/competitions/$id/edit', params: { id: c.id } })}>
            修改
          </Button>
        ) : null}
        {c.can.includes('judges') && c.status !== 'draft' ? (
          <ActForm
            endpoint={changeJudges}
            id={c.id}
            extra={{ version: c.version }}
            initial={{ judgeIds: c.judges.map((j) => j.personId) }}
            title="更换评委"
            sure="保存"
          >
            <Field name="judgeIds" label="评委" wide>
              <PeoplePicker roles={['expert', 'supervisor']} known={c.judges.map((j) => ({ id: j.personId, label: j.name }))} />
            </Field>
          </ActForm>
        ) : null}
        {c.can.includes('object') ? (
          <ActForm
            endpoint={objectToResult}
            id={c.id}
            extra={{}}
            title="提出异议"
            says="支援中心会逐件答复，全部答复后才授奖。"
            sure="提交"
          >
            <Field name="says" label="异议与依据" wide>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} />
            </Field>
          </ActForm>
        ) : null}
        <BackButtons c={c} />
        {c.status === 'awarded' && c.result.some((r) => r.award !== null && r.title !== null) ? (
          <Button block href={fileUrl(readCaseBook, { query: { format: 'pdf', competitionId: c.id } })} target="_blank" rel="noreferrer">
            本届获奖案例汇编
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** Every condition of an entry and whether it is met, once it was checked. */
function Conditions({ entry }: { readonly entry: Entry }) {
  if (entry.status === 'entered') return <span className="jy-secondary">还没有审查</span>;
  if (entry.status === 'withdrawn' || entry.status === 'recalled') return <>—</>;
  if (entry.reasons.length === 0) return <>{IneligibleReason.options.length - 1} 项条件都符合</>;
  return (
    <ul className="ln-passed">
      {entry.reasons.map((r) => (
        <li key={r}>{ineligibleLabels[r as IneligibleReason] ?? r}</li>
      ))}
    </ul>
  );
}

function EntryActs({ c, entry }: { readonly c: Read; readonly entry: Entry }) {
  const check = useAct(checkEntry);
  const withdraw = useAct(withdrawEntry);
  const live = ['entered', 'eligible', 'ineligible'].includes(entry.status) && ['open', 'checking'].includes(c.status);
  if (!live) return null;
  return (
    <div className="jy-actions">
      {c.can.includes('check') ? (
        <>
          <Button
            size="small"
            type={entry.status === 'entered' ? 'primary' : 'default'}
            loading={check.isPending}
            onClick={() => check.mutate({ params: { id: entry.id }, body: { version: entry.version } })}
          >
            {entry.status === 'entered' ? '审查' : '重新审查'}
          </Button>
          <ActForm
            endpoint={checkEntry}
            id={entry.id}
            extra={{ version: entry.version }}
            title="不予通过"
            sure="不予通过"
            button={{ size: 'small', block: false }}
          >
            <Field name="refuse" label="理由" wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} />
            </Field>
          </ActForm>
          <RefusalNotice error={check.error} />
        </>
      ) : null}
      {entry.own ? (
        <ConfirmButton
          size="small"
          ask="撤回这件作品吗"
          says="申报期内可以再次申报。"
          sure="撤回"
          onSure={() => withdraw.mutateAsync({ params: { id: entry.id } })}
        >
          撤回
        </ConfirmButton>
      ) : null}
    </div>
  );
}

function Entries({ c }: { readonly c: Read }) {
  const told = c.status === 'noticed' || c.status === 'awarded';
  const mine = !c.can.some((act) => act === 'check') && c.entries.every((e) => e.own);
  // The result names them all.
  if (c.entries.length === 0 || (told && c.result.length > 0)) return null;
  return (
    <Card title={mine && !told ? '我的作品' : '作品'}>
      <CardTable<Entry>
        rowKey="id"
        size="small"
        dataSource={c.entries}
        columns={[
          { title: '编号', render: (_, e) => <span className="jy-number">{e.code}</span> },
          {
            title: '案例',
            render: (_, e) => (
              <>
                {e.title ?? (e.requestNo === '' ? '—' : e.requestNo)}
                {told ? null : <p className="jy-secondary jy-long">{e.statement}</p>}
              </>
            ),
          },
          { title: '作者', render: (_, e) => [e.authorName, e.organisationName].filter(Boolean).join('　') },
          { title: '状态', render: (_, e) => <StatusTag tone={entryTones[e.status]}>{entryStatusLabels[e.status]}</StatusTag> },
          ...(told
            ? []
            : [
                { title: '资格', render: (_: unknown, e: Entry) => <Conditions entry={e} /> },
                ...(c.status === 'open' || c.status === 'checking'
                  ? [{ title: '操作', render: (_: unknown, e: Entry) => <EntryActs c={c} entry={e} /> }]
                  : []),
              ]),
        ]}
      />
    </Card>
  );
}

function Result({ c }: { readonly c: Read }) {
  if (c.result.length === 0) return null;
  return (
    <Card title="结果">
      <CardTable<Read['result'][number]>
        rowKey="entryId"
        size="small"
        dataSource={c.result}
        columns={[
          { title: '名次', width: 72, render: (_, r) => (r.place === null ? '不排名' : r.place) },
          {
            title: '作品',
            render: (_, r) => (
              <>
                {r.title ?? `${r.code}（案例已收回）`}
                {r.comments.length === 0 ? null : (
                  <p className="jy-secondary jy-long">{r.comments.map((comment) => `评语：${comment}`).join('\n')}</p>
                )}
              </>
            ),
          },
          { title: '作者', render: (_, r) => [r.authorName, r.organisationName].filter(Boolean).join('　') || '—' },
          { title: '总分', align: 'right', render: (_, r) => r.mean?.toFixed(2) ?? '—' },
          { title: '奖项', width: 76, render: (_, r) => (r.award === null || r.title === null ? '—' : <strong>{r.award}</strong>) },
          { title: '怎么算的', render: (_, r) => <span className="jy-secondary">{r.how}</span> },
        ]}
      />
    </Card>
  );
}

function Objections({ c }: { readonly c: Read }) {
  if (c.objections.length === 0) return null;
  const answers = c.can.includes('award') || c.can.includes('rescore');
  return (
    <Card title="异议">
      {c.objections.map((o) => (
        <div key={o.id} className="jy-rule-row">
          <p className="jy-long">
            {o.says}
            <br />
            <span className="jy-secondary">
              {o.byName}　{shortInstant(o.at)}
            </span>
          </p>
          {o.answer === null ? (
            answers ? (
              <ActForm endpoint={answerObjection} id={o.id} extra={{}} title="答复" sure="答复" button={{ type: 'primary', block: false }}>
                <Field name="upheld" label="异议是否成立" wide>
                  <Radio.Group
                    options={[
                      { value: false, label: '不成立，维持结果' },
                      { value: true, label: '成立' },
                    ]}
                  />
                </Field>
                <Field name="answer" label="答复" wide>
                  <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} />
                </Field>
              </ActForm>
            ) : (
              <StatusTag tone="needs">等待答复</StatusTag>
            )
          ) : (
            <p className="jy-long">
              <StatusTag tone="done">{o.upheld === true ? '成立' : '不成立'}</StatusTag> {o.answer}
            </p>
          )}
        </div>
      ))}
    </Card>
  );
}

function Judges({ c }: { readonly c: Read }) {
  if (c.judges.length === 0) return null;
  return (
    <Card title="评委">
      <ul className="ln-passed">
        {c.judges.map((j) => (
          <li key={j.personId}>
            {j.name}
            {j.expected === null ? null : (
              <span className="jy-secondary">　{j.expected === 0 ? '全部回避' : `已评 ${j.given ?? 0} 件，共 ${j.expected} 件`}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Rules({ c }: { readonly c: Read }) {
  const { leastScores, supervisedMonths, noticeDays } = c.rules;
  return (
    <Card title="怎么评">
      <CardTable
        rowKey="key"
        size="small"
        dataSource={c.criteria}
        columns={[
          { title: '标准', render: (_, r) => r.title },
          { title: '权重', align: 'right', render: (_, r) => `${r.weight}%` },
          { title: '怎样算好', render: (_, r) => r.says || '—' },
        ]}
      />
      <ul className="ln-rules">
        <li>每项 0 到 100 分，按权重合成总分；作品得分是各位评委总分的平均。</li>
        <li>没有交的评分不计入，也不按 0 分算；少于 {leastScores} 份评分的作品不参加排名。</li>
        <li>同分时先比权重高的项，再比评委之间的分差；仍相同，名次并列。</li>
        <li>评委回避本人、同机构和 {supervisedMonths} 个月内督导过的作者的作品；认出案例的，自行声明回避。</li>
        <li>自己评分之前，看不到别人的平均分；评分期间支援中心也看不到分数。</li>
        <li>结果公示 {noticeDays} 个工作日，异议全部答复后授奖。案例收回的，同时退出评优和汇编。</li>
      </ul>
    </Card>
  );
}

/** One competition: where it stands, what the one who looks can do next, and how it is judged. */
export default function CompetitionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readCompetition, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const c = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '案例评优', to: '/competitions' }]}
      title={c.title}
      status={<StatusTag tone={competitionTones[c.status]}>{competitionStatusLabels[c.status]}</StatusTag>}
      meta={[
        `申报 ${shortDay(c.opensOn)} 至 ${shortDay(c.closesOn)}`,
        `评分截止 ${shortDay(c.scoreBy)}`,
        c.noticeUntil === null ? null : `公示 ${shortDay(c.noticeFrom)} 至 ${shortDay(c.noticeUntil)}`,
      ]}
      next={<Next c={c} />}
      aside={<Judges c={c} />}
    >
      {c.status === 'cancelled' ? null : (
        <ol className="ln-steps" aria-label="进展">
          {WAY.map((s) => (
            <li key={s} aria-current={s === c.status ? 'step' : undefined}>
              {competitionStatusLabels[s]}
            </li>
          ))}
        </ol>
      )}
      <Result c={c} />
      <Objections c={c} />
      <Entries c={c} />
      <Card title="主题与奖项">
        <p className="jy-long">{c.theme}</p>
        <Facts
          rows={[
            ['问题领域', c.domains.length === 0 ? '不限' : c.domains.map((d) => caseDomainLabels[d]).join('、')],
            ['奖项', c.awards.map((a) => `${a.title} ${a.places} 名`).join('、')],
          ]}
        />
      </Card>
      <Rules c={c} />
    </RecordPage>
  );
}
