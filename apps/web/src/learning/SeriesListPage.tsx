import type { SeriesRow } from '@jieyou/core/learning/schema.ts';
import { SeriesDraft } from '@jieyou/core/learning/schema.ts';
import { createSeminarSeries, listSeminarSeries } from '@jieyou/core/learning/seminarEndpoints.ts';
import { cadenceLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

const tones: Readonly<Record<z.output<typeof SeriesRow>['state'], Tone>> = {
  planned: 'moving',
  later: 'rest',
  due: 'needs',
  overdue: 'danger',
  ended: 'rest',
};

/** How a series stands, as a word with a dot. */
export const CadenceTag = ({ state }: { readonly state: z.output<typeof SeriesRow>['state'] }) => (
  <StatusTag tone={tones[state]}>{cadenceLabels[state]}</StatusTag>
);

/** The few things that make a series. */
export function SeriesFields() {
  return (
    <>
      <Field name="title" label="系列名称" wide>
        <Input maxLength={60} placeholder="如：家校协同研讨" />
      </Field>
      <Field name="theme" label="主题" wide>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} />
      </Field>
      <Field name="everyDays" label="每隔多少天召集一次" hint="不填，就按规则里的天数。">
        <InputNumber min={1} max={366} suffix="天" style={{ width: '100%' }} />
      </Field>
      <Field name="startsOn" label="第一次最晚在哪天">
        <DayInput />
      </Field>
    </>
  );
}

/** Series of seminars and when each is due again. */
export default function SeriesListPage() {
  const navigate = useNavigate();
  const runs = useCan('centre');
  const create = useAct(createSeminarSeries);
  const [open, setOpen] = useState(false);
  return (
    <Page
      title="主题研讨"
      says="定期召集跨领域专家，就一个主题研讨已发布的案例。针对一份求助的研讨，在“支援记录”里。"
      actions={
        runs ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            建立系列
          </Button>
        ) : undefined
      }
    >
      <RecordTable
        endpoint={listSeminarSeries}
        onOpen={(r) => void navigate({ to: '/seminar-series/$id', params: { id: r.id } })}
        filters={[
          {
            key: 'status',
            label: '进展',
            kind: 'multi',
            options: [
              { value: 'running', label: '进行中' },
              { value: 'ended', label: '已结束' },
            ],
          },
        ]}
        columns={[
          { key: 'title', title: '系列', render: (r) => r.title },
          { key: 'state', title: '下一次', width: 160, render: (r) => <CadenceTag state={r.state} /> },
          { key: 'planned', title: '已安排在', width: 120, render: (r) => shortDay(r.plannedOn) },
          { key: 'due', title: '最晚召集', width: 120, render: (r) => shortDay(r.dueOn) },
          { key: 'every', title: '间隔', width: 90, align: 'right', render: (r) => `${r.everyDays} 天` },
          { key: 'last', title: '上次', width: 120, render: (r) => shortDay(r.lastHeldOn) },
          { key: 'held', title: '已召开', width: 90, align: 'right', render: (r) => `${r.held} 次` },
        ]}
        empty={{ title: '还没有研讨系列', hint: '支援中心建立系列、写明多久召集一次后，到期会自动提醒。' }}
      />
      {open ? (
        <FormDialog open title="建立研讨系列" onClose={() => setOpen(false)}>
          <RecordForm
            validateWith={SeriesDraft}
            initial={{ everyDays: null, startsOn: today() }}
            draftKey="seminar-series.new"
            submitWords="建立"
            onCancel={() => setOpen(false)}
            submit={async (body) => {
              const made = await create.mutateAsync({ body });
              await navigate({ to: '/seminar-series/$id', params: { id: made.id } });
            }}
          >
            <SeriesFields />
          </RecordForm>
        </FormDialog>
      ) : null}
    </Page>
  );
}
