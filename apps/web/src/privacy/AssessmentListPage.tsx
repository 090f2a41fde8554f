import { exportAssessments, listAssessments, recordAssessment, updateAssessment } from '@jieyou/core/privacy/endpoints.ts';
import { type Assessment, AssessmentDraft } from '@jieyou/core/privacy/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { riskGradeLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, shortDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Facts, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Assessment>;
const LONG = [
  ['processing', '处理什么信息、怎么处理'],
  ['purpose', '目的'],
  ['necessity', '为什么必要'],
  ['risks', '对个人的影响与风险'],
  ['measures', '保护措施'],
] as const;

/** 个人信息保护影响评估: kept by the security administrator, read by centre and office. */
export default function AssessmentListPage() {
  const keeps = useCan('security');
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="影响评估"
      says="处理敏感信息、对外提供、自动化决策之前先评估；报告至少保存三年。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            登记评估
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listAssessments}
        exportWith={exportAssessments}
        filters={[
          { key: 'text', label: '名称或编号', kind: 'text' },
          { key: 'review', label: '复评', kind: 'select', options: [{ value: 'due', label: '到期待复评' }] },
        ]}
        columns={[
          { key: 'title', title: '名称', render: (r) => r.title },
          { key: 'number', title: '编号', render: (r) => r.number },
          { key: 'risk', title: '风险', render: (r) => riskGradeLabels[r.risk] },
          { key: 'on', title: '评估', render: (r) => `${shortDay(r.assessedOn)} ${r.assessedBy}` },
          {
            key: 'review',
            title: '复评',
            render: (r) => (
              <StatusTag tone={r.reviewDue ? 'needs' : 'rest'}>{`${r.reviewDue ? '已到 ' : ''}${shortDay(r.reviewOn)}`}</StatusTag>
            ),
          },
          { key: 'keep', title: '保存到', render: (r) => shortDay(r.keepUntil) },
        ]}
        onOpen={setOpen}
        empty={{ title: '还没有影响评估', hint: keeps ? '从“登记评估”开始。' : '安全管理员登记后会出现在这里。' }}
      />
      {open !== null && <AssessmentDialog one={open === 'new' ? null : open} keeps={keeps} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function AssessmentDialog({ one, keeps, onClose }: { readonly one: Row | null; readonly keeps: boolean; readonly onClose: () => void }) {
  const record = useAct(recordAssessment);
  const update = useAct(updateAssessment);
  const message = useMessages();
  return (
    <FormDialog open title={one?.title ?? '登记影响评估'} onClose={onClose}>
      {!keeps && one !== null ? (
        <Facts
          rows={[
            ...LONG.map(([key, label]) => [label, one[key]] as const),
            ['敏感信息', one.sensitive ? '涉及' : '不涉及'],
            ['不满十四周岁未成年人', one.minors ? '涉及' : '不涉及'],
            ['风险', riskGradeLabels[one.risk]],
            ['评估', `${one.assessedBy} ${formatDay(one.assessedOn)}`],
            ['复评', formatDay(one.reviewOn)],
          ]}
        />
      ) : (
        <RecordForm
          validateWith={AssessmentDraft}
          initial={one ?? { sensitive: true, minors: false, risk: 'medium', assessedOn: today() }}
          draftKey={`assessment.${one?.id ?? 'new'}`}
          onCancel={onClose}
          submit={async (body) => {
            if (one === null) await record.mutateAsync({ body });
            else await update.mutateAsync({ params: { id: one.id }, body: { ...body, version: one.version } });
            onClose();
            void message.success('已保存');
          }}
        >
          <Field name="title" label="名称" wide>
            <Input maxLength={80} />
          </Field>
          {LONG.map(([key, label]) => (
            <Field key={key} name={key} label={label} wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
            </Field>
          ))}
          <Field name="sensitive" label="涉及敏感信息" valueProp="checked">
            <Switch />
          </Field>
          <Field name="minors" label="涉及不满十四周岁未成年人" valueProp="checked">
            <Switch />
          </Field>
          <Field name="risk" label="风险">
            <Select options={optionsOf(riskGradeLabels)} />
          </Field>
          <Field name="assessedBy" label="评估人">
            <Input maxLength={60} />
          </Field>
          <Field name="assessedOn" label="评估日期">
            <DayInput />
          </Field>
          <Field name="reviewOn" label="下次复评">
            <DayInput />
          </Field>
        </RecordForm>
      )}
    </FormDialog>
  );
}
