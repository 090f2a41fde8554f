import { addDays } from '@jieyou/core/shared/day.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  dayHalfLabels,
  dueStateLabels,
  notMetLabels,
  visitNeedLabels,
  visitReasonLabels,
  visitStatusLabels,
  whyDue,
} from '@jieyou/core/texts/visitLabels.ts';
import {
  exportDueVisits,
  exportVisits,
  listDueVisits,
  listVisits,
  planVisit,
  printVisitDay,
  setVisitNeeds,
} from '@jieyou/core/visits/endpoints.ts';
import { type DueVisit, VisitPlan } from '@jieyou/core/visits/schema.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { workerFilter } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { RiskTag, StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { uuid } from '../house/uuid.ts';
import { dueTones, visitTones } from './words.ts';
import '../house/reading.css';

const who = (row: { recipientName: string; recipientGender: keyof typeof genderLabels; recipientAge: number | null }) =>
  `${row.recipientName}（${genderLabels[row.recipientGender]}${row.recipientAge === null ? '' : `，${row.recipientAge}岁`}）`;

/** Who is to be visited, and what became of visits. */
export default function VisitListPage() {
  const navigate = useNavigate();
  const { view } = useSearch({ strict: false }) as { view?: string };
  const [day, setDay] = useState<string>(today());
  const shown = view === 'visits' ? 'visits' : 'due';
  const worker = useCan('worker');
  return (
    <Page
      title="探访"
      says="按需要和上次探访推算该去谁家。不打卡、不定位，照片可以不拍。"
      actions={
        <>
          <span style={{ width: 140 }}>
            <DayInput aria-label="打印哪天" value={day} onChange={(d) => setDay(d ?? today())} />
          </span>
          <Button href={fileUrl(printVisitDay, { params: { day }, query: worker ? { mine: 'yes' } : {} })} target="_blank">
            打印当天安排
          </Button>
        </>
      }
    >
      <nav className="jy-chips" aria-label="看哪一种">
        <button type="button" aria-pressed={shown === 'due'} onClick={() => void navigate({ to: '/visits', search: {} as never })}>
          该探访的人
        </button>
        <button
          type="button"
          aria-pressed={shown === 'visits'}
          onClick={() => void navigate({ to: '/visits', search: { view: 'visits' } as never })}
        >
          探访记录
        </button>
      </nav>
      {shown === 'due' ? <Due worker={worker} /> : <Visits />}
    </Page>
  );
}

function Due({ worker }: { readonly worker: boolean }) {
  const navigate = useNavigate();
  const isHead = useCan('head');
  const [planning, setPlanning] = useState<DueVisit | null>(null);
  const [needing, setNeeding] = useState<DueVisit | null>(null);
  return (
    <>
      <RecordTable
        key="due"
        endpoint={listDueVisits}
        exportWith={exportDueVisits}
        onOpen={(d) => void navigate({ to: '/cases/$id', params: { id: d.id } })}
        filters={[
          { key: 'state', label: '到期', kind: 'multi', options: optionsOf(dueStateLabels) },
          { key: 'area', label: '区域', kind: 'text', placeholder: '街道或社区' },
          { key: 'need', label: '情况', kind: 'multi', options: optionsOf(visitNeedLabels) },
          {
            key: 'planned',
            label: '安排',
            kind: 'select',
            options: [
              { value: 'yes', label: '已安排' },
              { value: 'no', label: '没有安排' },
            ],
          },
          ...(isHead ? [workerFilter('workerId', '社工')] : []),
          ...(worker ? [{ key: 'mine', label: '谁的', kind: 'select' as const, options: [{ value: 'yes', label: '我承办的' }] }] : []),
        ]}
        columns={[
          { key: 'who', title: '服务对象', render: (d) => who(d) },
          {
            key: 'state',
            title: '到期',
            width: 104,
            render: (d) => <StatusTag tone={dueTones[d.state]}>{dueStateLabels[d.state]}</StatusTag>,
          },
          {
            key: 'due',
            title: '应在何时前',
            width: 128,
            sort: 'due',
            render: (d) => <span className="rd-nowrap">{shortDay(d.dueOn)}</span>,
          },
          { key: 'last', title: '上次', width: 124, sort: 'last', render: (d) => <span className="rd-nowrap">{shortDay(d.lastOn)}</span> },
          {
            key: 'why',
            title: '依据',
            render: whyDue,
          },
          { key: 'risk', title: '风险', width: 96, hidden: true, render: (d) => <RiskTag risk={d.risk} /> },
          {
            key: 'planned',
            title: '已安排',
            width: 104,
            render: (d) =>
              d.plannedId === null ? (
                '—'
              ) : (
                <Link to="/visits/$id" params={{ id: d.plannedId }} onClick={(e) => e.stopPropagation()}>
                  {shortDay(d.plannedOn)}
                </Link>
              ),
          },
          { key: 'missed', title: '上次未遇', width: 96, hidden: true, render: (d) => shortDay(d.missedOn) },
          { key: 'area', title: '区域', width: 96, sort: 'area', render: (d) => d.areaName || '—' },
          { key: 'worker', title: '社工', width: 76, hidden: worker, render: (d) => d.workerName },
          ...(worker
            ? [
                {
                  key: 'act',
                  title: '操作',
                  width: 168,
                  render: (d: DueVisit) => (
                    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
                      {d.plannedId === null ? (
                        <Button
                          size="small"
                          onClick={(e) => {
                            e.stopPropagation();
                            setPlanning(d);
                          }}
                          aria-label={`给${d.recipientName}安排探访`}
                        >
                          安排
                        </Button>
                      ) : null}
                      <Button
                        size="small"
                        onClick={(e) => {
                          e.stopPropagation();
                          void navigate({
                            to: '/visits/$id/record',
                            params: { id: d.plannedId ?? 'new' },
                            search: { case: d.id } as never,
                          });
                        }}
                        aria-label={`记录探访${d.recipientName}`}
                      >
                        记录
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        onClick={(e) => {
                          e.stopPropagation();
                          setNeeding(d);
                        }}
                        aria-label={`登记${d.recipientName}的情况`}
                      >
                        情况
                      </Button>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
        empty={{ title: '没有该探访的人', hint: '个案建立后会出现在这里；换一个条件再看。' }}
      />
      {planning === null ? null : <PlanDialog due={planning} onClose={() => setPlanning(null)} />}
      {needing === null ? null : <NeedDialog due={needing} onClose={() => setNeeding(null)} />}
    </>
  );
}

function Visits() {
  const navigate = useNavigate();
  const isHead = useCan('head');
  return (
    <RecordTable
      key="visits"
      endpoint={listVisits}
      exportWith={exportVisits}
      onOpen={(v) => void navigate({ to: '/visits/$id', params: { id: v.id } })}
      filters={[
        { key: 'status', label: '状态', kind: 'multi', options: optionsOf(visitStatusLabels) },
        { key: 'from', label: '从', kind: 'date' },
        { key: 'to', label: '到', kind: 'date' },
        { key: 'action', label: '即时处置', kind: 'select', options: [{ value: 'open', label: '还没有完成' }] },
        ...(isHead ? [workerFilter('workerId', '社工')] : []),
      ]}
      columns={[
        { key: 'day', title: '日期', width: 110, sort: 'newest', render: (v) => shortDay(v.day) },
        {
          key: 'status',
          title: '状态',
          width: 104,
          render: (v) => <StatusTag tone={visitTones[v.status]}>{visitStatusLabels[v.status]}</StatusTag>,
        },
        { key: 'who', title: '服务对象', render: (v) => who(v) },
        {
          key: 'what',
          title: '事由与结果',
          render: (v) =>
            `${visitReasonLabels[v.reason]}${v.notMet === null ? '' : `　${notMetLabels[v.notMet]}`}${v.status === 'planned' ? `　${dayHalfLabels[v.half]}` : ''}`,
        },
        { key: 'minutes', title: '时长', width: 88, align: 'right', render: (v) => (v.minutes === null ? '—' : `${v.minutes} 分钟`) },
        { key: 'actions', title: '未完成的处置', width: 112, align: 'right', render: (v) => (v.openActions === 0 ? '—' : v.openActions) },
        { key: 'area', title: '区域', width: 110, render: (v) => v.areaName || '—' },
        { key: 'worker', title: '社工', width: 76, render: (v) => v.workerName },
      ]}
      empty={{ title: '还没有探访', hint: '在“该探访的人”里安排或记录，会出现在这里。' }}
    />
  );
}

const Planning = VisitPlan.omit({ id: true, caseId: true });

function PlanDialog({ due, onClose }: { readonly due: DueVisit; readonly onClose: () => void }) {
  const plan = useAct(planVisit);
  const message = useMessages();
  const [id] = useState(uuid);
  return (
    <FormDialog open title={`安排探访：${due.recipientName}`} onClose={onClose}>
      <RecordForm
        validateWith={Planning}
        initial={{
          plannedOn: due.dueOn < today() ? addDays(today(), 1) : due.dueOn,
          half: 'any',
          reason: due.lastOn === null ? 'first' : 'regular',
          why: '',
        }}
        submitWords="安排"
        onCancel={onClose}
        submit={async (body) => {
          await plan.mutateAsync({ body: { ...body, id, caseId: due.id } });
          void message.success('已安排');
          onClose();
        }}
      >
        <Field name="plannedOn" label="哪天">
          <DayInput notBefore={today()} />
        </Field>
        <Field name="half" label="时段">
          <Radio.Group options={optionsOf(dayHalfLabels)} />
        </Field>
        <Field name="reason" label="事由" wide>
          <Radio.Group options={optionsOf(visitReasonLabels)} />
        </Field>
        <Field name="why" label="要看、要问的事" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} showCount />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function NeedDialog({ due, onClose }: { readonly due: DueVisit; readonly onClose: () => void }) {
  const set = useAct(setVisitNeeds);
  const message = useMessages();
  return (
    <FormDialog open title={`探访需要：${due.recipientName}`} onClose={onClose} width={520}>
      <RecordForm
        validateWith={setVisitNeeds.body}
        initial={{ needs: due.needs }}
        onCancel={onClose}
        submit={async (body) => {
          await set.mutateAsync({ params: { id: due.id }, body });
          void message.success('已登记');
          onClose();
        }}
      >
        <Field name="needs" label="有哪些情况（风险和高龄由平台推算，不用勾）" wide>
          <ChoiceBoxes options={optionsOf(visitNeedLabels)} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
