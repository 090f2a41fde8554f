import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  eraseCauseLabels,
  turnStatusLabels,
  volunteerMoveLabels,
  volunteerSkillLabels,
  volunteerSlotLabels,
} from '@jieyou/core/texts/volunteerLabels.ts';
import { eraseVolunteer, moveVolunteer, printVolunteer, readVolunteer, unmaskVolunteer } from '@jieyou/core/volunteers/endpoints.ts';
import { hoursSay } from '@jieyou/core/volunteers/rules.ts';
import type { Volunteer, VolunteerField } from '@jieyou/core/volunteers/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { ExportDialog } from '../house/ExportDialog.tsx';
import { formatDay, meetingInstant, orDash, today } from '../house/format.ts';
import { Masked } from '../house/Masked.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { TaskStatusTag, VolunteerStatusTag } from './tags.tsx';
import './volunteers.css';

const spans = (day: string) => {
  const year = Number(day.slice(0, 4));
  return [
    { value: `${year}-01-01_${day}`, label: '今年' },
    { value: `${year - 1}-01-01_${year - 1}-12-31`, label: '去年' },
    { value: `2000-01-01_${day}`, label: '全部' },
  ];
};

function Papers({ of }: { readonly of: Volunteer }) {
  const [span, setSpan] = useState(spans(today())[0]?.value ?? '');
  const [kind, setKind] = useState<'certificate' | 'copy' | null>(null);
  const [from, to] = span.split('_');
  const endpoint = { ...printVolunteer, path: printVolunteer.path.replace('{id}', of.id) } as typeof printVolunteer;
  return (
    <>
      <p className="vo-gap">
        证明的期间 <Select aria-label="证明的期间" value={span} options={spans(today())} onChange={setSpan} style={{ width: 110 }} />
      </p>
      <Button block onClick={() => setKind('certificate')}>
        出具服务记录证明
      </Button>
      <Button block onClick={() => setKind('copy')}>
        打印本人信息副本
      </Button>
      <ExportDialog
        open={kind !== null}
        onClose={() => setKind(null)}
        endpoint={endpoint}
        query={{ kind: kind ?? 'certificate', format: 'pdf', ...(kind === 'certificate' ? { from, to } : {}) }}
        title={kind === 'copy' ? '打印本人信息副本' : '出具志愿服务记录证明'}
        says={kind === 'copy' ? '副本里有没有打码的信息，只交本人。' : '免费出具，上面有姓名和逐项时长。'}
        ok="生成 PDF"
      />
    </>
  );
}

function Next({ volunteer: v }: { readonly volunteer: Volunteer }) {
  const move = useAct(moveVolunteer);
  return (
    <>
      {v.can.includes('edit') && (
        <p>
          <Link to={'/volunteers/$id/edit' as never} params={{ id: v.id } as never}>
            修改登记
          </Link>
        </p>
      )}
      {v.can.includes('print') && <Papers of={v} />}
      {v.can.includes('resume') && (
        <ConfirmButton
          type="primary"
          danger={false}
          block
          ask="恢复在册？"
          says="恢复后可以邀请参加任务。"
          onSure={() => move.mutateAsync({ params: { id: v.id }, body: { move: 'resume', says: '', version: v.version } })}
        >
          恢复
        </ConfirmButton>
      )}
      {(['pause', 'withdraw'] as const).map(
        (one) =>
          v.can.includes(one) && (
            <ActForm
              key={one}
              endpoint={moveVolunteer}
              id={v.id}
              extra={{ move: one, version: v.version }}
              initial={{ says: '' }}
              title={volunteerMoveLabels[one]}
              says={one === 'pause' ? '暂停后不再邀请，随时可以恢复。' : '退出后不能恢复；再来要重新登记。'}
              button={{ danger: one === 'withdraw' }}
            >
              <Field name="says" label="原因（可以不填）">
                <Input maxLength={200} />
              </Field>
            </ActForm>
          ),
      )}
      {v.can.includes('erase') && (
        <ActForm
          endpoint={eraseVolunteer}
          id={v.id}
          extra={{ version: v.version }}
          initial={{ because: 'asked' }}
          title="删除个人信息"
          says="姓名、电话、证件等全部删去，不能恢复；时长只留数字。"
          button={{ danger: true }}
        >
          <Field name="because" label="为什么删除">
            <Select options={optionsOf(eraseCauseLabels)} />
          </Field>
        </ActForm>
      )}
      {v.can.length === 0 && <p className="jy-secondary">由所属站点办理。</p>}
    </>
  );
}

/** One volunteer: who it is, masked; what they can do; in which tasks they were. */
export default function VolunteerPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readVolunteer, { params: { id } }));
  const unmask = useAct(unmaskVolunteer);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const v = found.data;
  const shown = (field: VolunteerField, label: string, value: string | null) => (
    <Masked
      label={label}
      value={value}
      open={
        v.can.includes('unmask')
          ? async (reason) => (await unmask.mutateAsync({ params: { id }, body: { field, reason } })).value
          : undefined
      }
    />
  );
  const knows = v.gender !== null;
  return (
    <RecordPage
      crumbs={[{ title: '志愿者', to: '/volunteers' }]}
      title={v.name}
      status={<VolunteerStatusTag status={v.status} />}
      meta={[v.stationName, ...(v.team === '' ? [] : [v.team]), ...(v.tasks ? [`已核定 ${hoursSay(v.minutes ?? 0)}`] : [])]}
      seenBy={v.seenBy}
      next={<Next volunteer={v} />}
    >
      <Card title="登记">
        <Facts
          rows={[
            ...(knows && !v.erased
              ? ([
                  ['姓名', shown('name', '姓名', v.name)],
                  ['性别', v.gender === null ? '—' : genderLabels[v.gender]],
                  ['年龄', v.age === null ? '—' : `${v.age} 岁`],
                  ['电话', shown('phone', '电话', v.phone)],
                  ['证件号码', shown('idNumber', '证件号码', v.idNumber)],
                ] as const)
              : []),
            ...(knows && !v.erased && v.guardianName !== null
              ? ([
                  ['监护人', shown('guardian', '监护人', `${v.guardianName} ${v.guardianPhone ?? ''}`)],
                  ['监护人同意', formatDay(v.guardianAgreedOn)],
                ] as const)
              : []),
            ['专长', v.skills.map((s) => volunteerSkillLabels[s]).join('、') || '—'],
            ...(knows ? ([['专长说明', orDash(v.expertise)]] as const) : []),
            ['可服务时间', v.slots.map((s) => volunteerSlotLabels[s]).join('、') || '—'],
            ['服务地方', v.areaNames.join('、') || '不限'],
            ['志愿服务组织', orDash(v.team)],
            ['登记日期', formatDay(v.since)],
            ['意外保险至', formatDay(v.insuredUntil)],
            ...(v.stoppedOn === null ? [] : ([[v.status === 'paused' ? '暂停日期' : '退出日期', formatDay(v.stoppedOn)]] as const)),
          ]}
        />
        {v.stopSays !== null && v.stopSays !== '' && <p>原因：{v.stopSays}</p>}
        {v.notes !== '' && <p className="jy-long">{v.notes}</p>}
        {v.erased && <p className="jy-secondary">个人信息已删除，时长只留数字。</p>}
      </Card>
      {knows && (
        <Card title="参加的任务">
          {v.turns.length === 0 ? (
            <p className="jy-secondary">还没有任务。</p>
          ) : (
            <CardTable
              rowKey="taskId"
              dataSource={[...v.turns]}
              columns={[
                {
                  key: 'title',
                  title: '任务',
                  render: (_, r) => (
                    <Link to={'/volunteer-tasks/$id' as never} params={{ id: r.taskId } as never}>
                      {r.title}
                    </Link>
                  ),
                },
                { key: 'at', title: '时间', render: (_, r) => meetingInstant(r.startsAt) },
                { key: 'status', title: '任务状态', render: (_, r) => <TaskStatusTag status={r.taskStatus} /> },
                { key: 'turn', title: '本人', render: (_, r) => turnStatusLabels[r.status] },
                { key: 'minutes', title: '时长', render: (_, r) => (r.minutes === null ? '—' : hoursSay(r.minutes)) },
              ]}
            />
          )}
        </Card>
      )}
    </RecordPage>
  );
}
