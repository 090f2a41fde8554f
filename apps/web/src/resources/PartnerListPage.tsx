import { createPartner, exportPartners, listPartners } from '@jieyou/core/resources/endpoints.ts';
import { PartnerDraft } from '@jieyou/core/resources/schema.ts';
import { helpFieldLabels, optionsOf, partnerTypeLabels } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { orDash, shortDay } from '../house/format.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** Units that help along, each with the person to call. */
export default function PartnerListPage() {
  const keeps = useCan('centre');
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title="联动单位"
      says="各单位能提供什么，找谁联系，协议到何时。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setAdding(true)}>
            登记联动单位
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listPartners}
        exportWith={exportPartners}
        filters={[
          { key: 'text', label: '名称、服务或联络人', kind: 'text' },
          { key: 'type', label: '类别', kind: 'multi', options: optionsOf(partnerTypeLabels) },
          { key: 'helpField', label: '专业', kind: 'multi', options: optionsOf(helpFieldLabels) },
        ]}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'type', title: '类别', render: (r) => partnerTypeLabels[r.type] },
          { key: 'fields', title: '专业', render: (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、') },
          { key: 'liaison', title: '联络人', render: (r) => (r.liaison === null ? '没有在任的' : `${r.liaison} ${r.liaisonPost ?? ''}`) },
          { key: 'phone', title: '电话', render: (r) => orDash(r.phone) },
          {
            key: 'agreement',
            title: '协议',
            render: (r) => (!r.agreed ? '—' : r.agreementTo === null ? '长期' : `至 ${shortDay(r.agreementTo)}`),
          },
          {
            key: 'active',
            title: '状态',
            render: (r) => (r.active ? <StatusTag tone="moving">合作中</StatusTag> : <StatusTag tone="rest">已停止</StatusTag>),
          },
        ]}
        onOpen={(r) => void navigate({ to: `/partners/${r.id}` })}
        empty={{ title: '还没有联动单位', hint: keeps ? '从“登记联动单位”开始。' : '支援中心登记后会出现在这里。' }}
      />
      {adding && <NewPartner onClose={() => setAdding(false)} />}
    </Page>
  );
}

function NewPartner({ onClose }: { readonly onClose: () => void }) {
  const create = useAct(createPartner);
  const navigate = useNavigate();
  const message = useMessages();
  return (
    <FormDialog open title="登记联动单位" onClose={onClose}>
      <RecordForm
        validateWith={PartnerDraft}
        initial={{ type: 'government', helpFields: [] }}
        draftKey="partner.new"
        onCancel={onClose}
        submit={async (body) => {
          const { id } = await create.mutateAsync({ body });
          void message.success('已保存');
          await navigate({ to: `/partners/${id}` });
        }}
      >
        <PartnerFields />
        <Field name="liaison" label="联络人">
          <Input />
        </Field>
        <Field name="liaisonPost" label="联络人职务">
          <Input />
        </Field>
        <Field name="phone" label="电话">
          <Input inputMode="tel" />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

/** What a partner is, for its form here and on its own page. */
export function PartnerFields() {
  return (
    <>
      <Field name="name" label="名称">
        <Input />
      </Field>
      <Field name="type" label="类别">
        <Select options={optionsOf(partnerTypeLabels)} />
      </Field>
      <Field name="offers" label="能提供什么" wide>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={400} showCount />
      </Field>
      <Field name="helpFields" label="专业" wide>
        <ChoiceBoxes options={optionsOf(helpFieldLabels)} />
      </Field>
    </>
  );
}
