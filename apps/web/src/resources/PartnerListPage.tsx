import { createPartner, listPartners, updatePartner } from '@jieyou/core/resources/endpoints.ts';
import { type Partner, PartnerDraft } from '@jieyou/core/resources/schema.ts';
import { helpFieldLabels, optionsOf, partnerTypeLabels } from '@jieyou/core/texts/labels.ts';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { Facts, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Partner>;

/** Units that help along, each with the person to call. */
export default function PartnerListPage() {
  const keeps = useCan('centre');
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="联动单位"
      says="各单位能提供什么，找谁联系。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            登记联动单位
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listPartners}
        filters={[
          { key: 'text', label: '名称或服务', kind: 'text' },
          { key: 'type', label: '类别', kind: 'multi', options: optionsOf(partnerTypeLabels) },
        ]}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'type', title: '类别', render: (r) => partnerTypeLabels[r.type] },
          { key: 'fields', title: '专业', render: (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、') },
          { key: 'liaison', title: '联络人', render: (r) => `${r.liaison} ${r.liaisonPost}` },
          { key: 'phone', title: '电话', render: (r) => r.phone },
          {
            key: 'active',
            title: '状态',
            render: (r) => (r.active ? <StatusTag tone="moving">合作中</StatusTag> : <StatusTag tone="rest">已停止</StatusTag>),
          },
        ]}
        onOpen={setOpen}
        empty={{ title: '还没有联动单位', hint: keeps ? '从“登记联动单位”开始。' : '支援中心登记后会出现在这里。' }}
      />
      {open !== null && <PartnerDialog partner={open === 'new' ? null : open} keeps={keeps} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function PartnerDialog({
  partner,
  keeps,
  onClose,
}: {
  readonly partner: Row | null;
  readonly keeps: boolean;
  readonly onClose: () => void;
}) {
  const create = useAct(createPartner);
  const update = useAct(updatePartner);
  const { message } = App.useApp();
  return (
    <FormDialog open title={partner?.name ?? '登记联动单位'} onClose={onClose}>
      {!keeps && partner !== null ? (
        <Facts
          rows={[
            ['类别', partnerTypeLabels[partner.type]],
            ['专业', partner.helpFields.map((f) => helpFieldLabels[f]).join('、')],
            ['能提供', partner.offers],
            ['联络人', `${partner.liaison} ${partner.liaisonPost}`],
            ['电话', partner.phone],
          ]}
        />
      ) : (
        <RecordForm
          validateWith={PartnerDraft}
          initial={partner ?? { type: 'government', helpFields: [] }}
          draftKey={`partner.${partner?.id ?? 'new'}`}
          onCancel={onClose}
          submit={async (body) => {
            if (partner === null) await create.mutateAsync({ body });
            else await update.mutateAsync({ params: { id: partner.id }, body: { ...body, version: partner.version } });
            onClose();
            void message.success('已保存');
          }}
          footer={
            partner !== null &&
            (partner.active ? (
              <ConfirmButton
                ask={`停止与${partner.name}合作？`}
                says="停止后不再出现在可选单位里，以前的记录保留。"
                onSure={async () => {
                  await update.mutateAsync({ params: { id: partner.id }, body: { version: partner.version, active: false } });
                  onClose();
                }}
              >
                停止合作
              </ConfirmButton>
            ) : (
              <ConfirmButton
                ask={`恢复与${partner.name}合作？`}
                danger={false}
                onSure={async () => {
                  await update.mutateAsync({ params: { id: partner.id }, body: { version: partner.version, active: true } });
                  onClose();
                }}
              >
                恢复合作
              </ConfirmButton>
            ))
          }
        >
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
      )}
    </FormDialog>
  );
}
