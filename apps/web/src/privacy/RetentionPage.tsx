import { appraiseDestruction, exportRetention, liftRetentionMark, listRetention, markRetention } from '@jieyou/core/privacy/endpoints.ts';
import { DestructionDraft, MarkDraft, type RetentionRow } from '@jieyou/core/privacy/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { holdGroundLabels, markKindLabels, retentionClassLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';

type Row = z.infer<typeof RetentionRow>;

/** Closed cases with the end of their term; due ones go on a list of destruction. */
export default function RetentionPage() {
  const navigate = useNavigate();
  const appraise = useAct(appraiseDestruction);
  const message = useMessages();
  const [marking, setMarking] = useState<Row | null>(null);
  const [listing, setListing] = useState<readonly string[] | null>(null);
  return (
    <Page
      title="档案保管"
      says="已结案的个案各有保管期限。期满的由站长鉴定，支援中心批准后销毁。"
      actions={<Link to="/destruction-lists">销毁清册</Link>}
    >
      <RecordTable
        endpoint={listRetention}
        exportWith={exportRetention}
        filters={[
          { key: 'number', label: '编号', kind: 'text' },
          { key: 'retentionClass', label: '类别', kind: 'multi', options: optionsOf(retentionClassLabels) },
          {
            key: 'due',
            label: '期限',
            kind: 'select',
            options: [
              { value: 'yes', label: '已期满' },
              { value: 'no', label: '未期满' },
            ],
          },
        ]}
        columns={[
          { key: 'number', title: '编号', render: (r) => r.number },
          { key: 'class', title: '类别', render: (r) => retentionClassLabels[r.retentionClass] },
          { key: 'closed', title: '结案', render: (r) => shortDay(r.closedOn) },
          { key: 'due', title: '保管到', render: (r) => shortDay(r.dueOn) },
          {
            key: 'state',
            title: '状态',
            render: (r) =>
              r.onList !== null ? (
                <StatusTag tone="moving">{`在清册 ${r.onList}`}</StatusTag>
              ) : r.stopped ? (
                <StatusTag tone="needs">停止处理</StatusTag>
              ) : r.due ? (
                <StatusTag tone="needs">期满待鉴定</StatusTag>
              ) : (
                <StatusTag tone="rest">保管中</StatusTag>
              ),
          },
          { key: 'marks', title: '标记', render: (r) => r.marks.map((m) => markKindLabels[m.kind]).join('、') || '—' },
        ]}
        onOpen={setMarking}
        selectable={{
          actions: (ids) => (
            <Button type="primary" onClick={() => setListing(ids)}>
              编制销毁清册
            </Button>
          ),
        }}
        empty={{ title: '还没有已结案的个案', hint: '个案结案后会出现在这里。' }}
      />
      {marking !== null && <MarkDialog row={marking} onClose={() => setMarking(null)} />}
      {listing !== null && (
        <FormDialog open title={`编制销毁清册：${listing.length} 份`} onClose={() => setListing(null)}>
          <RecordForm
            validateWith={DestructionDraft.pick({ opinion: true })}
            columns={1}
            final
            submitWords="提交批准"
            onCancel={() => setListing(null)}
            submit={async (body) => {
              const made = await appraise.mutateAsync({ body: { ...body, caseIds: [...listing] } });
              void message.success(`清册 ${made.number} 已提交支援中心批准`);
              await navigate({ to: `/destruction-lists/${made.id}` });
            }}
          >
            <Field name="opinion" label="鉴定意见">
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} showCount />
            </Field>
          </RecordForm>
        </FormDialog>
      )}
    </Page>
  );
}

function MarkDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const mark = useAct(markRetention);
  const lift = useAct(liftRetentionMark);
  return (
    <FormDialog open title={`${row.number} 的保管标记`} onClose={onClose}>
      {row.marks.map((m) => (
        <p key={m.id}>
          {markKindLabels[m.kind]}
          {m.until === null ? '' : `至 ${shortDay(m.until)}`}：{m.reason}（{m.markedByName}）{' '}
          <ConfirmButton
            size="small"
            ask="解除这个标记？"
            says="解除会留痕。"
            onSure={async () => {
              await lift.mutateAsync({ params: { id: m.id }, body: { reason: '事由已消除' } });
              onClose();
            }}
          >
            解除
          </ConfirmButton>
        </p>
      ))}
      <RecordForm
        validateWith={MarkDraft}
        columns={1}
        initial={{ kind: 'hold', ground: 'dispute' }}
        onCancel={onClose}
        submit={async (body) => {
          await mark.mutateAsync({ params: { id: row.id }, body });
          onClose();
        }}
      >
        <Field name="kind" label="标记">
          <Select options={optionsOf(markKindLabels)} />
        </Field>
        <Field name="ground" label="依据">
          <Select options={optionsOf(holdGroundLabels)} />
        </Field>
        <Field name="until" label="延长到" hint="只在延长保管时填。">
          <DayInput />
        </Field>
        <Field name="reason" label="理由">
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={400} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
