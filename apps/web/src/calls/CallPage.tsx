import { endCall, handOverCall, readCall, sendCall, unmaskCall } from '@jieyou/core/calls/endpoints.ts';
import type { Call, CallField } from '@jieyou/core/calls/schema.ts';
import { appealStatusLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { callerRelationLabels, callKindLabels, callStatusLabels, handOverOutcomeLabels } from '@jieyou/core/texts/callsLabels.ts';
import { requestStatusLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Input } from 'antd';
import type { z } from 'zod';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';
import { formatInstant } from '../house/format.ts';
import { Masked } from '../house/Masked.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { HandOverChoice, SEND_INITIAL, SendFields } from './sendFields.tsx';
import { CallStatusTag } from './tags.tsx';

type File = z.infer<typeof Call>;

const unmask = (id: string, field: z.infer<typeof CallField>) => async (reason: string) =>
  (await call(unmaskCall, { params: { id }, body: { field, reason } })).value;

/** One call: what was said, and where it went. */
export default function CallPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery(queryOf(readCall, { params: { id } }));
  if (found.error !== null) return <RefusalNotice error={found.error} />;
  if (found.data === undefined) return <p className="jy-secondary">正在打开…</p>;
  const file = found.data;
  const item = (label: string, field: z.infer<typeof CallField>) => <Masked label={label} value={file[field]} open={unmask(id, field)} />;
  return (
    <RecordPage
      crumbs={[{ title: '热线来电', to: '/calls' }]}
      number={file.number}
      title={callKindLabels[file.kind]}
      status={<CallStatusTag status={file.status} />}
      meta={[`${formatInstant(file.startedAt)}，${file.takerName}接听`]}
      seenBy={['支援中心']}
      next={<NextAct file={file} />}
      aside={<Links file={file} />}
    >
      <Card title="谁打来">
        <Facts
          rows={[
            ['来电人', item('来电人姓名', 'callerName')],
            ['来电人电话', item('来电人电话', 'callerPhone')],
            ['来电人是当事人的', callerRelationLabels[file.relation]],
            ...(file.relation === 'self'
              ? []
              : ([
                  ['当事人', item('当事人姓名', 'personName')],
                  ['当事人电话', item('当事人电话', 'personPhone')],
                ] as const)),
          ]}
        />
      </Card>
      <Card title="说了什么">
        <p style={{ whiteSpace: 'pre-wrap' }}>{file.says === '' ? '没有记录内容。' : file.says}</p>
      </Card>
      {file.handOvers.length > 0 && (
        <Card title="转其他热线">
          <ul className="jy-plain-list">
            {file.handOvers.map((h) => (
              <li key={h.id}>
                <b>
                  {h.number} {h.name}
                </b>{' '}
                · {handOverOutcomeLabels[h.outcome]} · {formatInstant(h.at)} {h.byName}
                <br />
                {h.says}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {file.result !== null && (
        <Card title="结果">
          <p style={{ whiteSpace: 'pre-wrap' }}>{file.result}</p>
        </Card>
      )}
    </RecordPage>
  );
}

function Links({ file }: { readonly file: File }) {
  if (file.appeal === null) return null;
  return (
    <section className="jy-card" aria-label="关联">
      <h2>关联</h2>
      <ul className="jy-plain-list">
        <li>
          居民求助 <Link to={`/appeals/${file.appeal.id}`}>{file.appeal.number}</Link> · {file.appeal.stationName ?? '支援中心'} ·{' '}
          {appealStatusLabels[file.appeal.status as 'waiting']}
          <br />
          <span className="jy-secondary">
            {formatInstant(file.appeal.askedAt)} 转出
            {file.appeal.urgent ? '（有人身危险，已通知站长和社工）' : ''}，
            {file.appeal.endedAt === null ? `${formatInstant(file.appeal.dueAt)} 前接手回应` : `${formatInstant(file.appeal.endedAt)} 办结`}
          </span>
        </li>
        <li className="jy-secondary">
          有危机或家暴的，由接手的社工在求助里一步登记，转出时标了人身危险的，处置时限从来电开始算；记录只有个案的社工、站长和督导看得到。
        </li>
        {file.requests.map((r) => (
          <li key={r.id}>
            疑难求助 <Link to={`/requests/${r.id}`}>{r.receiptNo ?? '草稿'}</Link> · {requestStatusLabels[r.status as 'draft']}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NextAct({ file }: { readonly file: File }) {
  const common = { id: file.id, extra: { version: file.version } };
  const can = (act: string) => file.can.includes(act);
  return (
    <div className="jy-acts">
      {can('send') && (
        <ActForm
          endpoint={sendCall}
          {...common}
          title="转社工站"
          initial={SEND_INITIAL}
          button={{ type: 'primary' }}
          says="居民所在街道的社工站接手，办理情况会显示在这里。"
        >
          <SendFields />
        </ActForm>
      )}
      {can('hand') && (
        <ActForm endpoint={handOverCall} {...common} title="转其他热线" initial={{ outcome: 'connected' }}>
          <HandOverChoice says="says" />
        </ActForm>
      )}
      {can('end') && (
        <ActForm endpoint={endCall} {...common} title="办结">
          <Field name="result" label="结果">
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
          </Field>
        </ActForm>
      )}
      {file.can.length === 0 && <p className="jy-secondary">{callStatusLabels[file.status]}。</p>}
    </div>
  );
}
