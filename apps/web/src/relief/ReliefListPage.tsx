import { exportRelief, listRelief, screenRelief } from '@jieyou/core/relief/endpoints.ts';
import { ReliefDraft, type ReliefRow, type ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { reliefNeedLabels, reliefSourceLabels, reliefStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { Page } from '../house/Page.tsx';
import { workerFilter } from '../house/pickers.tsx';
import { RecipientPicker } from '../house/RecipientPicker.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

const tones: Readonly<Record<ReliefStatus, Tone>> = {
  screened: 'needs',
  linked: 'moving',
  delivered: 'moving',
  feedback: 'moving',
  closed: 'done',
};
/** Where a relief case stands. */
export const ReliefStatusTag = ({ status, dropped = false }: { readonly status: ReliefStatus; readonly dropped?: boolean }) => (
  <StatusTag tone={dropped ? 'rest' : tones[status]}>{dropped ? '未救助' : reliefStatusLabels[status]}</StatusTag>
);

/** 价值 in yuan. */
export const yuan = (fen: number): string => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function Screening({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const screen = useAct(screenRelief);
  return (
    <FormDialog open title="登记筛查" onClose={onClose}>
      <RecordForm
        validateWith={ReliefDraft}
        initial={{ screenedOn: today(), source: 'list', needs: [], adviserKind: 'worker' } as never}
        draftKey="relief.new"
        submitWords="登记"
        onCancel={onClose}
        submit={async (body) => {
          const { id } = await screen.mutateAsync({ body });
          onClose();
          await navigate({ to: `/relief-cases/${id}` } as never);
        }}
      >
        <Field name="recipientId" label="服务对象" wide>
          <RecipientPicker />
        </Field>
        <Field name="source" label="怎样发现的">
          <Radio.Group options={optionsOf(reliefSourceLabels)} />
        </Field>
        <Field name="screenedOn" label="哪天筛查">
          <DayInput notAfter={today()} />
        </Field>
        <Field name="needs" label="需求" wide>
          <ChoiceBoxes options={optionsOf(reliefNeedLabels)} />
        </Field>
        <Field name="needSays" label="具体情况" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
        </Field>
        <Field name="adviserKind" label="救助顾问是">
          <Radio.Group
            options={[
              { value: 'worker', label: '社工' },
              { value: 'volunteer', label: '志愿者' },
            ]}
          />
        </Field>
        <Field name="adviserName" label="救助顾问姓名" hint="志愿者由承办社工带领。">
          <Input maxLength={20} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

/** Relief cases: one's own, and for the head those of the station. */
export default function ReliefListPage() {
  const navigate = useNavigate();
  const keeps = useCan('worker');
  const isHead = useCan('head');
  const [screening, setScreening] = useState(false);
  return (
    <Page
      title="救助个案"
      says="筛查、链接、送达、反馈。物质和服务各记一条线。"
      actions={
        <>
          <Link to={'/relief-ledger' as never}>救助台账</Link>
          {keeps && (
            <Button type="primary" onClick={() => setScreening(true)}>
              登记筛查
            </Button>
          )}
        </>
      }
    >
      <RecordTable
        endpoint={listRelief}
        exportWith={exportRelief}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(reliefStatusLabels) },
          { key: 'need', label: '需求', kind: 'multi', options: optionsOf(reliefNeedLabels) },
          ...(isHead ? [workerFilter('workerId', '社工')] : []),
        ]}
        columns={[
          { key: 'who', title: '服务对象', render: (r: ReliefRow) => `${r.recipientName}（${genderLabels[r.recipientGender]}）` },
          { key: 'status', title: '状态', width: 110, render: (r) => <ReliefStatusTag status={r.status} dropped={r.dropped !== null} /> },
          { key: 'needs', title: '需求', render: (r) => r.needs.map((n) => reliefNeedLabels[n]).join('、') },
          { key: 'source', title: '来源', width: 100, render: (r) => reliefSourceLabels[r.source] },
          { key: 'on', title: '筛查', width: 110, render: (r) => shortDay(r.screenedOn) },
          {
            key: 'things',
            title: '物质',
            width: 150,
            align: 'right',
            render: (r) => (r.things === 0 ? '—' : `${r.things} 笔，${yuan(r.valueFen)} 元`),
          },
          {
            key: 'services',
            title: '服务',
            width: 140,
            align: 'right',
            render: (r) => (r.services === 0 ? '—' : `${r.services} 次，${r.minutes} 分钟`),
          },
          { key: 'worker', title: '社工', width: 84, render: (r) => r.workerName },
        ]}
        onOpen={(r) => void navigate({ to: `/relief-cases/${r.id}` } as never)}
        empty={{ title: '还没有救助个案', hint: keeps ? '从“登记筛查”开始。' : '本站社工登记后会出现在这里。' }}
      />
      {screening && <Screening onClose={() => setScreening(false)} />}
    </Page>
  );
}
