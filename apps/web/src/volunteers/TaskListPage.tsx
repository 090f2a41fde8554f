import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { volunteerForLabels, volunteerTaskStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { exportVolunteerTasks, listVolunteerTasks } from '@jieyou/core/volunteers/endpoints.ts';
import { hoursSay } from '@jieyou/core/volunteers/rules.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { meetingInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { TaskStatusTag } from './tags.tsx';

/** Tasks of volunteers, each under a lead worker. */
export default function TaskListPage() {
  const navigate = useNavigate();
  const leads = useCan('worker');
  return (
    <Page
      title="志愿任务"
      says="每项任务都由一位社工牵头；时长由牵头社工核定后记入台账。"
      actions={
        <>
          <Link to={'/volunteers' as never}>志愿者</Link>
          <Link to={'/volunteer-ledger' as never}>时长台账</Link>
          {leads && (
            <Button type="primary" onClick={() => void navigate({ to: '/volunteer-tasks/new' as never })}>
              发起任务
            </Button>
          )}
        </>
      }
    >
      <RecordTable
        endpoint={listVolunteerTasks}
        exportWith={exportVolunteerTasks}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(volunteerTaskStatusLabels) },
          { key: 'class', label: '服务类别', kind: 'multi', options: optionsOf(activityCategoryLabels) },
          { key: 'forKind', label: '协助', kind: 'multi', options: optionsOf(volunteerForLabels) },
          { key: 'mine', label: '牵头', kind: 'select', options: [{ value: 'yes', label: '我牵头的' }] },
          { key: 'lead', label: '牵头在岗', kind: 'select', options: [{ value: 'gone', label: '牵头已不在岗' }] },
          { key: 'from', label: '从', kind: 'date' },
          { key: 'to', label: '到', kind: 'date' },
        ]}
        onOpen={(r) => void navigate({ to: `/volunteer-tasks/${r.id}` as never })}
        columns={[
          { key: 'title', title: '任务', width: 200, render: (r) => r.title },
          { key: 'status', title: '状态', width: 120, render: (r) => <TaskStatusTag status={r.status} /> },
          { key: 'at', title: '时间', width: 176, render: (r) => meetingInstant(r.startsAt) },
          { key: 'place', title: '地点', width: 150, render: (r) => r.place },
          { key: 'class', title: '类别', width: 80, render: (r) => activityCategoryLabels[r.class] },
          { key: 'for', title: '协助', width: 140, hidden: true, render: (r) => volunteerForLabels[r.forKind] },
          {
            key: 'people',
            title: '人数',
            width: 140,
            render: (r) => `${r.confirmed}/${r.wanted} 人${r.invited > 0 ? `，待答复 ${r.invited}` : ''}`,
          },
          { key: 'minutes', title: '时长', width: 120, render: (r) => (r.minutes === 0 ? '—' : hoursSay(r.minutes)) },
          {
            key: 'lead',
            title: '牵头社工',
            width: 140,
            render: (r) => (r.leadActive ? r.leadName : <StatusTag tone="needs">{`${r.leadName}已不在岗`}</StatusTag>),
          },
          { key: 'station', title: '站点', width: 180, hidden: true, render: (r) => r.stationName },
        ]}
        empty={{ title: '没有志愿任务', hint: leads ? '从“发起任务”开始，或在活动、小组、救助、探访里发起。' : '社工发起后会出现在这里。' }}
      />
    </Page>
  );
}
