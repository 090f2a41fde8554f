import { exportBreaches, listBreaches, recordBreach, updateBreach } from '@jieyou/core/privacy/endpoints.ts';
import { type Breach, BreachDraft } from '@jieyou/core/privacy/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { breachKindLabels, breachWaitLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { Button, Input, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatInstant, orDash, shortInstant } from '../house/format.ts';
import { ChoiceBoxes, InstantInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Facts, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Breach>;
const Kept = BreachDraft.extend({ close: z.boolean() });
const kinds = (r: Row) => r.kinds.map((k) => breachKindLabels[k]).join('、');
const waits = (r: Row) => r.waits.map((w) => breachWaitLabels[w as keyof typeof breachWaitLabels]).join('、');

/** 个人信息安全事件, each with the clock of its notice. */
export default function BreachListPage() {
  const keeps = useCan('security');
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="安全事件"
      says="个人信息泄露、篡改、丢失时登记：立即补救，按时通知主管部门和个人。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            登记事件
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listBreaches}
        exportWith={exportBreaches}
        filters={[
          {
            key: 'state',
            label: '状态',
            kind: 'select',
            options: [
              { value: 'open', label: '处理中' },
              { value: 'closed', label: '已办结' },
            ],
          },
        ]}
        columns={[
          { key: 'number', title: '编号', render: (r) => r.number },
          { key: 'found', title: '发现', render: (r) => shortInstant(r.foundAt) },
          { key: 'kinds', title: '信息种类', render: kinds },
          { key: 'persons', title: '人数', align: 'right', render: (r) => r.persons },
          {
            key: 'clock',
            title: '通知主管部门',
            render: (r) =>
              r.authorityToldAt !== null ? (
                <StatusTag tone="rest">{`${shortInstant(r.authorityToldAt)}${r.late ? '（迟）' : ''}`}</StatusTag>
              ) : (
                <StatusTag tone={r.late ? 'danger' : 'needs'}>{`${shortInstant(r.dueAt)} 前`}</StatusTag>
              ),
          },
          {
            key: 'state',
            title: '状态',
            render: (r) => (r.closedAt !== null ? '已办结' : r.waits.length === 0 ? '可办结' : `还差：${waits(r)}`),
          },
        ]}
        onOpen={setOpen}
        empty={{ title: '没有安全事件', hint: keeps ? '发生时从“登记事件”开始。' : '安全管理员登记后会出现在这里。' }}
      />
      {open !== null && <BreachDialog one={open === 'new' ? null : open} keeps={keeps} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function BreachDialog({ one, keeps, onClose }: { readonly one: Row | null; readonly keeps: boolean; readonly onClose: () => void }) {
  const record = useAct(recordBreach);
  const update = useAct(updateBreach);
  const message = useMessages();
  if (one !== null && (!keeps || one.closedAt !== null))
    return (
      <FormDialog open title={one.number} onClose={onClose}>
        <Facts
          rows={[
            ['发生了什么', one.happened],
            ['发现', formatInstant(one.foundAt)],
            ['信息种类', kinds(one)],
            ['人数', String(one.persons)],
            ['原因', orDash(one.cause)],
            ['可能的危害', orDash(one.harm)],
            ['补救措施', orDash(one.measures)],
            ['通知主管部门', one.authorityToldAt === null ? '还没有' : `${one.authority ?? ''} ${formatInstant(one.authorityToldAt)}`],
            ['告知个人', one.personsToldAt === null ? '没有' : `${formatInstant(one.personsToldAt)} ${one.personsToldHow ?? ''}`],
            ['不告知个人的理由', orDash(one.exemptReason)],
            ['办结', formatInstant(one.closedAt)],
          ]}
        />
      </FormDialog>
    );
  return (
    <FormDialog open title={one?.number ?? '登记安全事件'} onClose={onClose}>
      <RecordForm
        validateWith={Kept}
        initial={one === null ? { minors: false, close: false, kinds: [], cause: '', harm: '', measures: '' } : { ...one, close: false }}
        draftKey={`breach.${one?.id ?? 'new'}`}
        onCancel={onClose}
        submit={async ({ close, ...body }) => {
          if (one === null) await record.mutateAsync({ body });
          else await update.mutateAsync({ params: { id: one.id }, body: { ...body, close, version: one.version } });
          onClose();
          void message.success('已保存');
        }}
      >
        <Field name="happened" label="发生了什么" hint="写经过，不写当事人的姓名和号码。" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
        </Field>
        <Field name="foundAt" label="发现时间">
          <InstantInput />
        </Field>
        <Field name="persons" label="涉及人数">
          <InputNumber min={0} style={{ width: '100%' }} />
        </Field>
        <Field name="kinds" label="信息种类" wide>
          <ChoiceBoxes options={optionsOf(breachKindLabels)} />
        </Field>
        <Field name="minors" label="涉及未成年人" valueProp="checked">
          <Switch />
        </Field>
        <Field name="cause" label="原因" wide>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} />
        </Field>
        <Field name="harm" label="可能的危害" wide>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} />
        </Field>
        <Field name="measures" label="补救措施" wide>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} />
        </Field>
        <Field name="authority" label="通知了哪个部门">
          <Input maxLength={60} />
        </Field>
        <Field name="authorityToldAt" label="通知时间">
          <InstantInput />
        </Field>
        <Field name="personsToldAt" label="告知个人的时间">
          <InstantInput />
        </Field>
        <Field name="personsToldHow" label="怎样告知">
          <Input />
        </Field>
        <Field name="exemptReason" label="不告知个人的理由" hint="只在措施已避免危害时填。" wide>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} />
        </Field>
        {one !== null && (
          <Field name="close" label="办结" valueProp="checked">
            <Switch />
          </Field>
        )}
      </RecordForm>
    </FormDialog>
  );
}
