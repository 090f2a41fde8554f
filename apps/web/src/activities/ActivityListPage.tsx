import { exportActivities, listActivities } from '@jieyou/core/activities/endpoints.ts';
import { activityCategoryLabels, activityStatusLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { meetingInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import { ActivityStatusTag } from './tags.tsx';

/** Community activities: those one leads or helps with, and for the head those of the station. */
export default function ActivityListPage() {
  const navigate = useNavigate();
  const keeps = useCan('worker');
  return (
    <Page
      title="社区活动"
      says="计划、报名、签到、总结；结束后自动记入台账。"
      actions={
        <>
          <Link to="/campaigns">宣传周</Link>
          {keeps && (
            <Button type="primary" onClick={() => void navigate({ to: '/activities/new' })}>
              计划活动
            </Button>
          )}
        </>
      }
    >
      <RecordTable
        endpoint={listActivities}
        exportWith={exportActivities}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(activityStatusLabels) },
          { key: 'category', label: '类别', kind: 'multi', options: optionsOf(activityCategoryLabels) },
        ]}
        columns={[
          { key: 'title', title: '活动', render: (r) => r.title },
          { key: 'status', title: '状态', render: (r) => <ActivityStatusTag status={r.status} /> },
          { key: 'at', title: '时间', render: (r) => meetingInstant(r.startsAt) },
          { key: 'place', title: '地点', render: (r) => r.place },
          { key: 'category', title: '类别', render: (r) => activityCategoryLabels[r.category] },
          {
            key: 'registered',
            title: '报名',
            render: (r) => `${r.registered}${r.capacity === null ? '' : `/${r.capacity}`} 人${r.waiting > 0 ? `，候补 ${r.waiting}` : ''}`,
          },
          { key: 'times', title: '到场', render: (r) => (r.times === null ? '—' : `${r.times} 人次`) },
          { key: 'lead', title: '牵头', render: (r) => r.leadName },
          { key: 'campaign', title: '宣传周', render: (r) => r.campaignName ?? '—', hidden: true },
        ]}
        onOpen={(r) => void navigate({ to: `/activities/${r.id}` })}
        empty={{ title: '还没有活动', hint: keeps ? '从“计划活动”开始。' : '本站社工计划后会出现在这里。' }}
      />
    </Page>
  );
}
