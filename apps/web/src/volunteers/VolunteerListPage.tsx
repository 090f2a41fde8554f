import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { volunteerSkillLabels, volunteerSlotLabels, volunteerStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { exportVolunteers, listVolunteers } from '@jieyou/core/volunteers/endpoints.ts';
import { hoursSay } from '@jieyou/core/volunteers/rules.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { DivisionPicker, StationPicker } from '../house/pickers.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import { VolunteerStatusTag } from './tags.tsx';

/** The register of volunteers: the station's own, or what one sees of the district. */
export default function VolunteerListPage() {
  const navigate = useNavigate();
  const keeps = useCan('worker', 'head');
  const centre = useCan('centre');
  const full = keeps || centre;
  return (
    <Page
      title="志愿者"
      says={full ? '姓名和电话已打码，打开后可填写理由查看。' : '这里只有打码的姓名，没有电话。'}
      actions={
        <>
          {full && <Link to={'/volunteer-tasks' as never}>志愿任务</Link>}
          <Link to={'/volunteer-ledger' as never}>时长台账</Link>
          {keeps && (
            <Button type="primary" onClick={() => void navigate({ to: '/volunteers/new' as never })}>
              登记志愿者
            </Button>
          )}
        </>
      }
    >
      <RecordTable
        endpoint={listVolunteers}
        exportWith={exportVolunteers}
        filters={[
          ...(full ? [{ key: 'lookup', label: '姓名、证件或电话', kind: 'sealed' as const, placeholder: '须完整填写' }] : []),
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(volunteerStatusLabels) },
          { key: 'skill', label: '专长', kind: 'multi', options: optionsOf(volunteerSkillLabels) },
          { key: 'slot', label: '可服务时间', kind: 'multi', options: optionsOf(volunteerSlotLabels) },
          {
            key: 'areaId',
            label: '服务地方',
            kind: 'select',
            picker: ({ id, value, onChange }) => <DivisionPicker id={id} value={value} onChange={onChange} />,
          },
          ...(keeps
            ? []
            : [
                {
                  key: 'stationId',
                  label: '站点',
                  kind: 'select' as const,
                  picker: ({ id, value, onChange }: { id: string; value: string | null; onChange: (value: string | null) => void }) => (
                    <StationPicker id={id} value={value} onChange={onChange} />
                  ),
                },
              ]),
        ]}
        onOpen={(r) => void navigate({ to: `/volunteers/${r.id}` as never })}
        columns={[
          { key: 'name', title: '姓名', width: 130, render: (r) => `${r.name}${r.age === null ? '' : `（${r.age}岁）`}` },
          { key: 'status', title: '状态', width: 90, render: (r) => <VolunteerStatusTag status={r.status} /> },
          { key: 'skills', title: '专长', width: 200, render: (r) => r.skills.map((s) => volunteerSkillLabels[s]).join('、') || '—' },
          { key: 'areas', title: '服务地方', width: 150, render: (r) => r.areaNames.join('、') || '不限' },
          {
            key: 'slots',
            title: '可服务时间',
            width: 200,
            hidden: true,
            render: (r) => r.slots.map((s) => volunteerSlotLabels[s]).join('、') || '—',
          },
          { key: 'team', title: '志愿服务组织', width: 150, render: (r) => r.team || '—' },
          ...(full
            ? [
                { key: 'phone', title: '电话', width: 130, render: (r: { phone: string | null }) => r.phone ?? '—' },
                {
                  key: 'minutes',
                  title: '已核定',
                  width: 180,
                  render: (r: { minutes: number | null; tasks: number | null }) =>
                    r.tasks === null || r.tasks === 0 ? '—' : `${hoursSay(r.minutes ?? 0)}，${r.tasks} 项`,
                },
              ]
            : []),
          { key: 'since', title: '登记日期', width: 110, render: (r) => shortDay(r.since) },
          { key: 'station', title: '站点', width: 180, hidden: keeps, render: (r) => r.stationName },
        ]}
        empty={{ title: '没有志愿者', hint: keeps ? '从“登记志愿者”开始，或换个筛选条件。' : '站点登记后会出现在这里。' }}
      />
    </Page>
  );
}
