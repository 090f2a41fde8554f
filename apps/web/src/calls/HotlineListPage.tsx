import { createHotline, exportHotlines, listHotlines, updateHotline } from '@jieyou/core/calls/endpoints.ts';
import { type Hotline, HotlineDraft } from '@jieyou/core/calls/schema.ts';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Hotline>;

/** Numbers that somebody may be sent to; residents read them beside every question. */
export default function HotlineListPage() {
  const centre = useCan('centre');
  const system = useCan('system');
  const keeps = centre || system;
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="热线号码"
      says="求助页上显示的也是这张表。启用前请与当地核对。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            添加号码
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listHotlines}
        exportWith={exportHotlines}
        filters={[{ key: 'text', label: '号码或用途', kind: 'text' }]}
        columns={[
          { key: 'number', title: '号码', render: (r) => <b className="jy-number">{r.number}</b> },
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'helps', title: '什么时候打', render: (r) => r.helps },
          { key: 'hours', title: '服务时间', render: (r) => r.hours || '—' },
          { key: 'source', title: '来源', render: (r) => r.source },
          {
            key: 'active',
            title: '状态',
            render: (r) => (r.active ? <StatusTag tone="moving">在用</StatusTag> : <StatusTag tone="rest">已停用</StatusTag>),
          },
        ]}
        {...(keeps ? { onOpen: (row: Row) => setOpen(row) } : {})}
        empty={{ title: '没有找到号码' }}
      />
      {open !== null && <HotlineDialog line={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function HotlineDialog({ line, onClose }: { readonly line: Row | null; readonly onClose: () => void }) {
  const create = useAct(createHotline);
  const update = useAct(updateHotline);
  return (
    <FormDialog open title={line === null ? '添加号码' : `${line.number} ${line.name}`} onClose={onClose}>
      <RecordForm
        validateWith={HotlineDraft}
        initial={line ?? { urgent: false }}
        onCancel={onClose}
        submit={async (body) => {
          if (line === null) await create.mutateAsync({ body });
          else await update.mutateAsync({ params: { id: line.id }, body: { ...body, version: line.version } });
          onClose();
        }}
        footer={
          line !== null && (
            <ConfirmButton
              danger={line.active}
              ask={line.active ? `停用 ${line.number}？` : `重新启用 ${line.number}？`}
              says={line.active ? '停用后求助页不再显示，以前的记录保留。' : '求助页会重新显示。'}
              onSure={async () => {
                await update.mutateAsync({ params: { id: line.id }, body: { version: line.version, active: !line.active } });
                onClose();
              }}
            >
              {line.active ? '停用' : '启用'}
            </ConfirmButton>
          )
        }
      >
        <Field name="number" label="号码">
          <Input maxLength={20} />
        </Field>
        <Field name="name" label="名称">
          <Input maxLength={30} />
        </Field>
        <Field name="helps" label="什么时候打" wide>
          <Input maxLength={60} />
        </Field>
        <Field name="hours" label="服务时间">
          <Input maxLength={30} />
        </Field>
        <Field name="source" label="来源">
          <Input maxLength={80} />
        </Field>
        <Field name="urgent" label="" valueProp="checked" wide>
          <Checkbox>有危险时先显示</Checkbox>
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
