import { exportReliefJoints, listReliefJoints } from '@jieyou/core/relief/endpoints.ts';
import type { JointStatus, ReliefJoint } from '@jieyou/core/relief/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { jointKindLabels, jointStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Tag } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';

const tones: Readonly<Record<JointStatus, Tone>> = { called: 'needs', held: 'moving', 'called-off': 'rest' };

const Undertaken = ({ joint }: { readonly joint: ReliefJoint }) => {
  const open = joint.undertakings.filter((u) => u.status === 'open').length;
  const late = joint.undertakings.filter((u) => u.overdue).length;
  if (joint.undertakings.length === 0) return '—';
  return (
    <>
      {open === 0 ? `${joint.undertakings.length} 件都有结果` : `${joint.undertakings.length} 件，在办 ${open} 件`}{' '}
      {late > 0 ? <Tag color="error">过期 {late} 件</Tag> : null}
    </>
  );
};

/** Consultations of the consortium: of the own relief cases, and those at which one is named. */
export default function JointListPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="助联体会商"
      says="自己的救助个案召集的，和请自己参加的。参加的人只看得到为会商写下的内容；救助个案结束以后不再看得到，自己认领的事留着。"
      actions={<Link to={'/relief-undertakings' as never}>我认领的事</Link>}
    >
      <RecordTable
        endpoint={listReliefJoints}
        exportWith={exportReliefJoints}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(jointStatusLabels) },
          { key: 'kind', label: '参加的身份', kind: 'multi', options: optionsOf(jointKindLabels) },
          { key: 'overdue', label: '认领的事', kind: 'select', options: [{ value: 'yes', label: '有过期的' }] },
          { key: 'from', label: '会商从', kind: 'date' },
          { key: 'to', label: '到', kind: 'date' },
        ]}
        columns={[
          { key: 'on', title: '会商日期', width: 120, render: (r: ReliefJoint) => shortDay(r.onDay) },
          { key: 'place', title: '地点', render: (r) => r.place },
          {
            key: 'status',
            title: '状态',
            width: 100,
            render: (r) => <StatusTag tone={tones[r.status]}>{jointStatusLabels[r.status]}</StatusTag>,
          },
          {
            key: 'members',
            title: '参加',
            ellipsis: true,
            render: (r) =>
              r.members
                .filter((m) => m.leftOn === null)
                .map((m) => m.name)
                .join('、'),
          },
          { key: 'undertakings', title: '认领的事', width: 220, render: (r) => <Undertaken joint={r} /> },
          { key: 'worker', title: '召集', width: 90, render: (r) => r.workerName },
          { key: 'station', title: '站点', hidden: true, render: (r) => r.stationName },
        ]}
        onOpen={(r) => void navigate({ to: `/relief-joints/${r.id}` } as never)}
        empty={{ title: '没有会商', hint: '在救助个案里召集会商，或有人请您参加以后，会出现在这里。' }}
      />
    </Page>
  );
}
