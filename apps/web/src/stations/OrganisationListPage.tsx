import { createOrganisation, exportOrganisations, listOrganisations, updateOrganisation } from '@jieyou/core/stations/endpoints.ts';
import { type Organisation, OrganisationDraft } from '@jieyou/core/stations/schema.ts';
import { optionsOf, organisationTypeLabels } from '@jieyou/core/texts/labels.ts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { orDash } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Facts, Page } from '../house/Page.tsx';
import { DivisionPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Organisation>;

/** The directory of organisations. */
export default function OrganisationListPage() {
  const keeps = useCan('centre', 'system');
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="机构"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            登记机构
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listOrganisations}
        exportWith={exportOrganisations}
        filters={[
          { key: 'text', label: '名称', kind: 'text' },
          { key: 'type', label: '类别', kind: 'multi', options: optionsOf(organisationTypeLabels) },
        ]}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'type', title: '类别', render: (r) => organisationTypeLabels[r.type] },
          { key: 'creditCode', title: '统一社会信用代码', render: (r) => orDash(r.creditCode) },
          { key: 'division', title: '所在区划', render: (r) => r.divisionName },
          { key: 'workers', title: '社工', align: 'right', render: (r) => `${r.workers} 人` },
          { key: 'contact', title: '联系人', render: (r) => [r.contact, r.phone].filter(Boolean).join(' ') || '—' },
          {
            key: 'active',
            title: '状态',
            render: (r) => (r.active ? <StatusTag tone="moving">在用</StatusTag> : <StatusTag tone="rest">已停用</StatusTag>),
          },
        ]}
        onOpen={setOpen}
        empty={{ title: '还没有机构', hint: '登记机构后，才能登记它的社工。' }}
      />
      {open !== null && <OrganisationDialog row={open === 'new' ? null : open} keeps={keeps} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function OrganisationDialog({ row, keeps, onClose }: { readonly row: Row | null; readonly keeps: boolean; readonly onClose: () => void }) {
  const create = useAct(createOrganisation);
  const update = useAct(updateOrganisation);
  const message = useMessages();
  return (
    <FormDialog open title={row?.name ?? '登记机构'} onClose={onClose}>
      {!keeps && row !== null ? (
        <Facts
          rows={[
            ['类别', organisationTypeLabels[row.type]],
            ['统一社会信用代码', row.creditCode],
            ['所在区划', row.divisionName],
            ['联系人', row.contact],
            ['电话', row.phone],
            ['社工', `${row.workers} 人`],
          ]}
        />
      ) : (
        <RecordForm
          validateWith={OrganisationDraft}
          initial={row ?? { type: 'agency' }}
          draftKey={`organisation.${row?.id ?? 'new'}`}
          onCancel={onClose}
          submit={async (body) => {
            if (row === null) await create.mutateAsync({ body });
            else await update.mutateAsync({ params: { id: row.id }, body: { ...body, version: row.version } });
            onClose();
            void message.success('已保存');
          }}
          footer={
            row !== null && (
              <ConfirmButton
                danger={row.active}
                ask={row.active ? `停用${row.name}？` : `重新启用${row.name}？`}
                says={row.active ? '停用后不能再为它登记社工，已有记录保留。' : '启用后可以再为它登记社工。'}
                onSure={async () => {
                  await update.mutateAsync({ params: { id: row.id }, body: { version: row.version, active: !row.active } });
                  onClose();
                }}
              >
                {row.active ? '停用' : '重新启用'}
              </ConfirmButton>
            )
          }
        >
          <Field name="name" label="名称">
            <Input />
          </Field>
          <Field name="type" label="类别">
            <Select options={optionsOf(organisationTypeLabels)} />
          </Field>
          <Field name="creditCode" label="统一社会信用代码" hint="18 位，会核对校验码；没有可不填。">
            <Input />
          </Field>
          <Field name="divisionId" label="所在区划">
            <DivisionPicker knownAs={row?.divisionName} />
          </Field>
          <Field name="contact" label="联系人">
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
