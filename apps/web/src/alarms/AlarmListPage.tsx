import { exportAlarms, listAlarms } from '@jieyou/core/alarms/endpoints.ts';
import { alarmKindLabels, alarmStatusLabels, stepCodeLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { dayAt, shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { PlainClock } from '../house/PlainClock.tsx';
import { QuickExit } from '../house/QuickExit.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { RiskTag, StatusTag } from '../house/StatusTag.tsx';
import { alarmTones, NEUTRAL_TITLE, whose } from './words.ts';
import '../house/reading.css';
import './alarms.css';

/** Records of crises and of violence at home, by what is due next. */
export default function AlarmListPage() {
  const navigate = useNavigate();
  const { caseId } = useSearch({ strict: false }) as { caseId?: string };
  return (
    <div className="al-page">
      <Page title="我的危机与家暴记录" says="按最近的期限排。只有承办、协办社工、本站站长和本记录的督导能看。在个案里登记。">
        <RecordTable
          endpoint={listAlarms}
          exportWith={exportAlarms}
          {...(caseId === undefined ? {} : { fixedQuery: { caseId } })}
          filters={[
            { key: 'kind', label: '类别', kind: 'multi', options: optionsOf(alarmKindLabels) },
            { key: 'status', label: '状态', kind: 'multi', options: optionsOf(alarmStatusLabels) },
            { key: 'rating', label: '评级', kind: 'multi', options: optionsOf(riskLabels) },
            {
              key: 'due',
              label: '期限',
              kind: 'select',
              options: [
                { value: 'overdue', label: '已超期' },
                { value: 'today', label: '今天以内' },
                { value: 'week', label: '七天以内' },
              ],
            },
            { key: 'mine', label: '范围', kind: 'select', options: [{ value: 'yes', label: '我承办的' }] },
          ]}
          onOpen={(a) => void navigate({ to: '/alarms/$id', params: { id: a.id }, replace: true })}
          columns={[
            { key: 'due', title: '期限', width: 124, sort: 'due', render: (a) => <PlainClock clock={a.clock} /> },
            { key: 'next', title: '下一件事', render: (a) => (a.nextCode === null ? '—' : stepCodeLabels[a.nextCode]), ellipsis: true },
            { key: 'who', title: '服务对象', width: 190, render: (a) => <span className="rd-nowrap">{whose(a)}</span> },
            { key: 'kind', title: '类别', width: 60, render: (a) => alarmKindLabels[a.kind] },
            { key: 'rating', title: '评级', width: 92, render: (a) => (a.rating === null ? '—' : <RiskTag risk={a.rating} />) },
            {
              key: 'status',
              title: '状态',
              width: 88,
              render: (a) => <StatusTag tone={alarmTones[a.status]}>{alarmStatusLabels[a.status]}</StatusTag>,
            },
            { key: 'open', title: '未完成', width: 76, align: 'right', render: (a) => (a.openSteps === 0 ? '—' : a.openSteps) },
            { key: 'order', title: '保护令至', width: 88, render: (a) => (a.orderTo === null ? '—' : shortDay(a.orderTo)) },
            { key: 'worker', title: '社工', width: 76, render: (a) => a.workerName },
            {
              key: 'registered',
              title: '登记',
              width: 96,
              sort: 'newest',
              render: (a) => <span className="rd-nowrap">{shortDay(dayAt(a.registeredAt))}</span>,
            },
          ]}
          empty={{ title: '还没有危机或家暴记录', hint: '在个案页的“危机与家暴”里登记后，会按期限出现在这里。' }}
        />
      </Page>
      <QuickExit title={NEUTRAL_TITLE} />
    </div>
  );
}
