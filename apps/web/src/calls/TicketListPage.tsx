import { createTicket, exportTickets, listTickets } from '@jieyou/core/calls/endpoints.ts';
import { TicketDraft } from '@jieyou/core/calls/schema.ts';
import { satisfactionLabels, ticketStatusLabels } from '@jieyou/core/texts/callsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { now, shortInstant } from '../house/format.ts';
import { InstantInput } from '../house/inputs.tsx';
import { Page } from '../house/Page.tsx';
import { PlainClock } from '../house/PlainClock.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { TicketStatusTag } from './tags.tsx';

/** Tickets that other hotlines send, mostly 12345: what is due first stands first. */
export default function TicketListPage() {
  const navigate = useNavigate();
  const create = useAct(createTicket);
  const [open, setOpen] = useState(false);
  return (
    <Page
      title="转办单"
      says="12345 等热线转来的单子，先到期的在前。"
      actions={
        <Button type="primary" onClick={() => setOpen(true)}>
          登记转办单
        </Button>
      }
    >
      <RecordTable
        endpoint={listTickets}
        exportWith={exportTickets}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(ticketStatusLabels) },
          { key: 'clock', label: '时限', kind: 'select', options: [{ value: 'overdue', label: '已超时' }] },
          { key: 'externalNo', label: '单号', kind: 'text' },
        ]}
        columns={[
          { key: 'externalNo', title: '单号', render: (r) => <span className="jy-number">{`${r.source} ${r.externalNo}`}</span> },
          { key: 'clock', title: '时限', render: (r) => <PlainClock clock={r.clock} /> },
          { key: 'status', title: '状态', render: (r) => <TicketStatusTag status={r.status} overdue={r.clock.state === 'overdue'} /> },
          { key: 'due', title: '应在此前回复', render: (r) => shortInstant(r.dueAt) },
          { key: 'holder', title: '办理人', render: (r) => r.holderName },
          { key: 'satisfaction', title: '满意度', render: (r) => (r.satisfaction === null ? '—' : satisfactionLabels[r.satisfaction]) },
        ]}
        onOpen={(row) => void navigate({ to: `/tickets/${row.id}` })}
        empty={{ title: '没有转办单', hint: '收到 12345 转办单后，从“登记转办单”开始。' }}
      />
      {open && (
        <FormDialog open title="登记转办单" onClose={() => setOpen(false)}>
          <RecordForm
            validateWith={TicketDraft}
            initial={{ source: '12345', receivedAt: now() }}
            draftKey="ticket.new"
            submitWords="登记"
            onCancel={() => setOpen(false)}
            submit={async (body) => {
              const made = await create.mutateAsync({ body });
              setOpen(false);
              void navigate({ to: `/tickets/${made.id}` });
            }}
          >
            <Field name="source" label="来自哪个热线">
              <Input maxLength={20} />
            </Field>
            <Field name="externalNo" label="转办单号">
              <Input maxLength={40} autoFocus />
            </Field>
            <Field name="receivedAt" label="收到时间">
              <InstantInput />
            </Field>
            <Field name="limitDays" label="办理时限（工作日）" hint="单上没有写，就不填，按规则包计">
              <InputNumber min={1} max={60} style={{ width: '100%' }} />
            </Field>
            <Field name="callerName" label="来电人">
              <Input maxLength={20} />
            </Field>
            <Field name="callerPhone" label="来电人电话">
              <Input inputMode="tel" maxLength={20} />
            </Field>
            <Field name="asks" label="诉求" wide>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} showCount />
            </Field>
          </RecordForm>
        </FormDialog>
      )}
    </Page>
  );
}
