import { createDivision, listDivisions, updateDivision } from '@jieyou/core/divisions/endpoints.ts';
import { type Division, DivisionDraft } from '@jieyou/core/divisions/schema.ts';
import { divisionTierLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, orDash, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Facts, Page } from '../house/Page.tsx';
import { DivisionPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Division>;

/** Divisions with their codes as dated attributes; a division that ends names its successor. */
export default function DivisionListPage() {
  const keeps = useCan('system');
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="区划"
      says="区划合并或改名时，在这里登记承继关系，已有记录会跟着走。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            新增区划
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listDivisions}
        filters={[
          { key: 'text', label: '名称或代码', kind: 'text' },
          { key: 'tier', label: '层级', kind: 'select', options: optionsOf(divisionTierLabels) },
          { key: 'parentId', label: '上级', kind: 'select', picker: (p) => <DivisionPicker {...p} /> },
        ]}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'tier', title: '层级', render: (r) => divisionTierLabels[r.tier] },
          { key: 'fullName', title: '全称', render: (r) => r.fullName },
          { key: 'code', title: '区划代码', render: (r) => orDash(r.code) },
          { key: 'authority', title: '主管部门', render: (r) => orDash(r.authorityName) },
          {
            key: 'valid',
            title: '有效期',
            render: (r) =>
              r.validTo === null || r.validTo > today() ? (
                <StatusTag tone="moving">{r.validTo === null ? '现行' : `至 ${formatDay(r.validTo)}`}</StatusTag>
              ) : (
                <StatusTag tone="rest">{`${formatDay(r.validTo)}撤销`}</StatusTag>
              ),
          },
        ]}
        onOpen={setOpen}
        empty={{ title: '还没有区划', hint: '演示数据或初始设置会带入本区的区划。' }}
      />
      {open !== null &&
        (open === 'new' ? (
          <NewDialog onClose={() => setOpen(null)} />
        ) : (
          <EditDialog row={open} keeps={keeps} onClose={() => setOpen(null)} />
        ))}
    </Page>
  );
}

function NewDialog({ onClose }: { readonly onClose: () => void }) {
  const create = useAct(createDivision);
  const message = useMessages();
  return (
    <FormDialog open title="新增区划" onClose={onClose}>
      <RecordForm
        validateWith={DivisionDraft}
        initial={{ tier: 'community', validFrom: today() }}
        draftKey="division.new"
        onCancel={onClose}
        submit={async (body) => {
          await create.mutateAsync({ body });
          onClose();
          void message.success('已保存');
        }}
      >
        <Field name="parentId" label="上级区划">
          <DivisionPicker />
        </Field>
        <Field name="tier" label="层级">
          <Select options={optionsOf(divisionTierLabels)} />
        </Field>
        <Field name="name" label="名称">
          <Input />
        </Field>
        <Field name="code" label="区划代码" hint="还没有公布代码的可以不填。">
          <Input inputMode="numeric" />
        </Field>
        <Field name="validFrom" label="设立日期">
          <DayInput />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

const EditBody = updateDivision.body.omit({ version: true });

function EditDialog({ row, keeps, onClose }: { readonly row: Row; readonly keeps: boolean; readonly onClose: () => void }) {
  const update = useAct(updateDivision);
  const message = useMessages();
  return (
    <FormDialog open title={row.fullName} onClose={onClose}>
      {keeps ? (
        <RecordForm
          validateWith={EditBody}
          initial={row}
          draftKey={`division.${row.id}`}
          onCancel={onClose}
          submit={async (body) => {
            await update.mutateAsync({ params: { id: row.id }, body: { ...body, version: row.version } });
            onClose();
            void message.success('已保存');
          }}
        >
          <Field name="name" label="名称">
            <Input />
          </Field>
          <Field name="code" label="区划代码">
            <Input inputMode="numeric" />
          </Field>
          <Field name="authorityName" label="主管部门名称" hint="各地叫法不同，页面按这里显示。" wide>
            <Input />
          </Field>
          <Field name="validTo" label="撤销日期" hint="不填为现行。">
            <DayInput notBefore={row.validFrom} />
          </Field>
          <Field name="successorId" label="承继单位">
            <DivisionPicker tier={row.tier} />
          </Field>
        </RecordForm>
      ) : (
        <Facts
          rows={[
            ['层级', divisionTierLabels[row.tier]],
            ['区划代码', row.code],
            ['主管部门', row.authorityName],
            ['设立', formatDay(row.validFrom)],
          ]}
        />
      )}
    </FormDialog>
  );
}
