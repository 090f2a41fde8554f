import { exportGroups, listGroups } from '@jieyou/core/groups/endpoints.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { groupKindLabels, groupStatusLabels } from '@jieyou/core/texts/groupLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { workerFilter } from '../house/pickers.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import { GroupStatusTag } from './tags.tsx';

/** Groups: those one leads or helps with, and for the head those of the station. */
export default function GroupListPage() {
  const navigate = useNavigate();
  const keeps = useCan('worker');
  const isHead = useCan('head');
  return (
    <Page
      title="小组"
      says="计划书由站长批准；每开一节记一次，自动记入台账。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => void navigate({ to: '/groups/new' })}>
            计划小组
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listGroups}
        exportWith={exportGroups}
        filters={[
          { key: 'status', label: '阶段', kind: 'multi', options: optionsOf(groupStatusLabels) },
          { key: 'kind', label: '类型', kind: 'multi', options: optionsOf(groupKindLabels) },
          { key: 'title', label: '名称', kind: 'text', placeholder: '名称里的字' },
          {
            key: 'waiting',
            label: '等着办的',
            kind: 'select',
            options: [
              { value: 'approval', label: '待站长审批' },
              { value: 'session', label: '有到期没记的一节' },
            ],
          },
          { key: 'domain', label: '服务领域', kind: 'multi', options: optionsOf(serviceDomainLabels) },
          ...(isHead ? [workerFilter('leadId', '牵头社工')] : []),
          ...(keeps ? [{ key: 'mine', label: '谁的', kind: 'select' as const, options: [{ value: 'yes', label: '我牵头或协助的' }] }] : []),
        ]}
        columns={[
          { key: 'title', title: '小组', sort: 'newest', render: (r) => r.title },
          { key: 'status', title: '阶段', width: 132, render: (r) => <GroupStatusTag status={r.status} /> },
          { key: 'kind', title: '类型', width: 116, render: (r) => groupKindLabels[r.kind] },
          { key: 'start', title: '第一节', width: 120, sort: 'start', render: (r) => shortDay(r.startsOn) },
          { key: 'next', title: '下一节', width: 120, render: (r) => shortDay(r.nextOn) },
          { key: 'sessions', title: '节数', width: 90, align: 'right', render: (r) => `${r.held}/${r.sessions}` },
          { key: 'members', title: '组员', width: 90, align: 'right', render: (r) => `${r.members}/${r.maxSize}` },
          { key: 'times', title: '到场', width: 100, align: 'right', render: (r) => (r.held === 0 ? '—' : `${r.times} 人次`) },
          { key: 'lead', title: '牵头', width: 84, render: (r) => r.leadName },
          { key: 'domain', title: '服务领域', width: 110, hidden: true, render: (r) => serviceDomainLabels[r.domain] },
          { key: 'planned', title: '预算（元）', width: 110, align: 'right', hidden: true, render: (r) => r.plannedFen / 100 },
          { key: 'spent', title: '实支（元）', width: 110, align: 'right', hidden: true, render: (r) => r.spentFen / 100 },
          { key: 'place', title: '地点', hidden: true, render: (r) => r.place },
        ]}
        onOpen={(r) => void navigate({ to: '/groups/$id' as never, params: { id: r.id } as never })}
        empty={{ title: '还没有小组', hint: keeps ? '从“计划小组”开始。' : '本站社工计划后会出现在这里。' }}
      />
    </Page>
  );
}
