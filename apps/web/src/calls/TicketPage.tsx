import { answerTicket, moveTicketClock, rateTicket, readTicket, unmaskTicket } from '@jieyou/core/calls/endpoints.ts';
import { satisfactionLabels } from '@jieyou/core/texts/callsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Input, Radio } from 'antd';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';
import { formatInstant } from '../house/format.ts';
import { Masked } from '../house/Masked.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { PlainClock } from '../house/PlainClock.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { TicketStatusTag } from './tags.tsx';

const unmask = (id: string, field: 'callerName' | 'callerPhone') => async (reason: string) =>
  (await call(unmaskTicket, { params: { id }, body: { field, reason } })).value;

/** One ticket: its limit, what is asked, what was answered. */
export default function TicketPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery(queryOf(readTicket, { params: { id } }));
  if (found.error !== null) return <RefusalNotice error={found.error} />;
  if (found.data === undefined) return <p className="jy-secondary">正在打开…</p>;
  const file = found.data;
  const can = (act: string) => file.can.includes(act);
  const common = { id, extra: { version: file.version } };
  const why = (
    <Field name="why" label="原因">
      <Input />
    </Field>
  );
  return (
    <RecordPage
      crumbs={[{ title: '转办单', to: '/tickets' }]}
      number={file.externalNo}
      title={`${file.source} 转办单`}
      status={<TicketStatusTag status={file.status} overdue={file.clock.state === 'overdue'} />}
      clock={file.clock.words === '' ? null : <PlainClock clock={file.clock} />}
      meta={[`当前：${file.holderName}`, `时限 ${file.limitDays} 个工作日`]}
      seenBy={['支援中心']}
      next={
        <div className="jy-acts">
          {can('answer') && (
            <ActForm
              endpoint={answerTicket}
              {...common}
              title="回复"
              says="登记已经回复给来电人和转办热线的内容，时限停止。"
              draftKey={`ticket.answer.${id}`}
              button={{ type: 'primary' }}
            >
              <Field name="reply" label="回复内容">
                <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} maxLength={2000} showCount />
              </Field>
            </ActForm>
          )}
          {can('pause') && (
            <ActForm endpoint={moveTicketClock} id={id} extra={{ act: 'pause', version: file.version }} title="暂停计时">
              {why}
            </ActForm>
          )}
          {can('resume') && (
            <ActForm endpoint={moveTicketClock} id={id} extra={{ act: 'resume', version: file.version }} title="恢复计时">
              {why}
            </ActForm>
          )}
          {can('rate') && (
            <ActForm endpoint={rateTicket} {...common} title="登记满意度" button={file.satisfaction === null ? { type: 'primary' } : {}}>
              <Field name="satisfaction" label="来电人的满意度">
                <Radio.Group options={optionsOf(satisfactionLabels)} />
              </Field>
            </ActForm>
          )}
        </div>
      }
    >
      <Card title="诉求">
        <Facts
          rows={[
            ['来电人', <Masked key="name" label="来电人" value={file.callerName} open={unmask(id, 'callerName')} />],
            ['电话', <Masked key="phone" label="电话" value={file.callerPhone} open={unmask(id, 'callerPhone')} />],
            ['收到', formatInstant(file.receivedAt)],
            ['应在此前回复', formatInstant(file.dueAt)],
          ]}
        />
        <p style={{ whiteSpace: 'pre-wrap' }}>{file.asks}</p>
        {file.pause !== null && <p className="jy-secondary">计时说明：{file.pause}</p>}
      </Card>
      <Card title="回复">
        <p style={{ whiteSpace: 'pre-wrap' }}>{file.reply ?? '还没有回复。'}</p>
        <Facts
          rows={[
            ['回复时间', formatInstant(file.answeredAt)],
            ['满意度', file.satisfaction === null ? '还没有登记' : satisfactionLabels[file.satisfaction]],
          ]}
        />
      </Card>
    </RecordPage>
  );
}
