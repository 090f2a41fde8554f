import { exportRights, listRights, receiveRight } from '@jieyou/core/privacy/endpoints.ts';
import { RightDraft } from '@jieyou/core/privacy/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { askerKindLabels, rightKindLabels, rightStatusLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import { RightClock, RightStatusTag } from './words.tsx';

/** Requests of people about their own data, each with its clock. */
export default function RightListPage() {
  const navigate = useNavigate();
  const receives = useCan('worker', 'head', 'centre');
  const [open, setOpen] = useState(false);
  return (
    <Page
      title="个人信息权利请求"
      says="有人要查阅、复制、更正、删除自己的信息，或撤回同意，从这里受理。"
      actions={
        receives && (
          <Button type="primary" onClick={() => setOpen(true)}>
            受理请求
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listRights}
        exportWith={exportRights}
        filters={[
          { key: 'receiptNo', label: '回执号', kind: 'text' },
          { key: 'kind', label: '请求', kind: 'multi', options: optionsOf(rightKindLabels) },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(rightStatusLabels) },
          { key: 'overdue', label: '时限', kind: 'select', options: [{ value: 'yes', label: '已超期' }] },
        ]}
        columns={[
          { key: 'receiptNo', title: '回执号', render: (r) => r.receiptNo },
          { key: 'kind', title: '请求', render: (r) => rightKindLabels[r.kind] },
          { key: 'subject', title: '关于谁', render: (r) => r.subjectMasked },
          { key: 'asker', title: '请求人', render: (r) => askerKindLabels[r.askerKind] },
          { key: 'status', title: '状态', render: (r) => <RightStatusTag status={r.status} /> },
          { key: 'clock', title: '答复时限', render: (r) => <RightClock row={r} /> },
          { key: 'station', title: '受理站点', render: (r) => r.stationName },
          { key: 'by', title: '受理人', render: (r) => r.receivedByName, hidden: true },
        ]}
        {...(receives ? { onOpen: (r: { id: string }) => void navigate({ to: `/privacy-requests/${r.id}` }) } : {})}
        empty={{ title: '还没有权利请求', hint: receives ? '从“受理请求”开始。' : '站点和支援中心受理后会出现在这里。' }}
      />
      {open && <ReceiveDialog onClose={() => setOpen(false)} />}
    </Page>
  );
}

function ReceiveDialog({ onClose }: { readonly onClose: () => void }) {
  const receive = useAct(receiveRight);
  const navigate = useNavigate();
  const message = useMessages();
  return (
    <FormDialog open title="受理个人信息权利请求" onClose={onClose}>
      <RecordForm
        validateWith={RightDraft}
        initial={{ kind: 'copy', askerKind: 'self' }}
        draftKey="right.new"
        submitWords="受理并取回执"
        onCancel={onClose}
        submit={async (body) => {
          const got = await receive.mutateAsync({ body });
          onClose();
          void message.success(`已受理，回执 ${got.receiptNo}，请在 ${shortDay(got.dueOn)} 前答复`);
          await navigate({ to: `/privacy-requests/${got.id}` });
        }}
      >
        <Field name="kind" label="请求什么">
          <Select options={optionsOf(rightKindLabels)} />
        </Field>
        <Field name="askerKind" label="谁在请求">
          <Select options={optionsOf(askerKindLabels)} />
        </Field>
        <FieldGroup title="请求人">
          <Field name="askerName" label="请求人姓名">
            <Input maxLength={40} autoComplete="off" />
          </Field>
          <Field name="askerPhone" label="联系电话">
            <Input inputMode="tel" autoComplete="off" />
          </Field>
        </FieldGroup>
        <FieldGroup title="关于谁的信息">
          <Field name="subjectName" label="本人姓名">
            <Input maxLength={40} autoComplete="off" />
          </Field>
          <Field name="subjectIdNumber" label="本人证件号码" hint="证件号码和电话至少填一项，用来查到是谁。">
            <Input autoComplete="off" />
          </Field>
          <Field name="subjectPhone" label="本人电话">
            <Input inputMode="tel" autoComplete="off" />
          </Field>
        </FieldGroup>
        <Field name="wish" label="具体要求" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} showCount />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
