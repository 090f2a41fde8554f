import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import {
  criteriaLines,
  fitReasonLabels,
  turnStatusLabels,
  volunteerForLabels,
  volunteerSkillLabels,
} from '@jieyou/core/texts/volunteerLabels.ts';
import {
  answerTurn,
  handOverVolunteerTask,
  inviteVolunteers,
  listVolunteerProposals,
  moveVolunteerTask,
  readVolunteerTask,
  recordVolunteerHours,
} from '@jieyou/core/volunteers/endpoints.ts';
import { hoursSay, minutesBetween } from '@jieyou/core/volunteers/rules.ts';
import type { Proposal, Turn, VolunteerTask } from '@jieyou/core/volunteers/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Input, InputNumber, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { meetingInstant, shortInstant } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { TaskStatusTag } from './tags.tsx';
import './volunteers.css';

/** Who fits and why; the worker asks, nobody is ranked. */
function Proposals({ task }: { readonly task: VolunteerTask }) {
  const found = useQuery(queryOf(listVolunteerProposals, { params: { id: task.id } }));
  const invite = useAct(inviteVolunteers);
  const message = useMessages();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const send = async () => {
    await invite.mutateAsync({ params: { id: task.id }, body: { volunteerIds: [...chosen] } });
    setChosen([]);
    void message.success('已登记邀请，请电话或当面通知本人');
  };
  return (
    <Card title="合适的志愿者">
      <p className="jy-secondary">按姓名排列，不分先后。专长、地方、时间都合适，近期任务不多的才列在这里。</p>
      {found.isError && <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton active />}
      {found.data !== undefined && found.data.rows.length === 0 && (
        <p>没有合适的人。可以改时间、地方或专长要求，或到登记册里看看谁能调整。</p>
      )}
      {found.data !== undefined && found.data.rows.length > 0 && (
        <>
          <CardTable<Proposal>
            rowKey="id"
            dataSource={[...found.data.rows]}
            columns={[
              {
                key: 'pick',
                title: '邀请',
                render: (_, r) => (
                  <Checkbox
                    aria-label={`邀请 ${r.name}`}
                    checked={chosen.includes(r.id)}
                    onChange={(e) => setChosen(e.target.checked ? [...chosen, r.id] : chosen.filter((c) => c !== r.id))}
                  />
                ),
              },
              {
                key: 'name',
                title: '志愿者',
                render: (_, r) => (
                  <Link to={'/volunteers/$id' as never} params={{ id: r.id } as never}>
                    {r.name}
                  </Link>
                ),
              },
              { key: 'skills', title: '专长', render: (_, r) => r.skills.map((s) => volunteerSkillLabels[s]).join('、') || '—' },
              { key: 'why', title: '为什么合适', render: (_, r) => r.reasons.map((x) => fitReasonLabels[x]).join('；') },
              { key: 'team', title: '志愿服务组织', render: (_, r) => r.team || '—' },
            ]}
          />
          {found.data.more > 0 && <p className="jy-secondary">还有 {found.data.more} 人合适，没有全部列出。</p>}
          <div className="jy-actions vo-gap">
            <Button
              type="primary"
              disabled={chosen.length === 0}
              loading={invite.isPending}
              onClick={() => void send().catch(() => undefined)}
            >
              邀请所选{chosen.length > 0 ? ` ${chosen.length} 人` : ''}
            </Button>
            <RefusalNotice error={invite.error} />
          </div>
        </>
      )}
    </Card>
  );
}

/** Who was asked, what they answered, and how long they were there. */
function People({ task }: { readonly task: VolunteerTask }) {
  const answer = useAct(answerTurn);
  const record = useAct(recordVolunteerHours);
  const message = useMessages();
  const full = minutesBetween(task.startsAt, task.endsAt);
  const due = task.turns.filter((x) => ['confirmed', 'came', 'absent'].includes(x.status));
  const recording = task.can.includes('hours') && due.length > 0;
  const [typed, setTyped] = useState<Readonly<Record<string, number | null>>>({});
  const [summary, setSummary] = useState(task.summary ?? '');
  const minutesOf = (x: Turn): number | null => (x.id in typed ? (typed[x.id] ?? null) : x.status === 'confirmed' ? full : x.minutes);
  const say = (turnId: string, to: 'confirmed' | 'declined') =>
    void answer
      .mutateAsync({ params: { id: task.id, turnId }, body: { to } })
      .catch((e: unknown) => message.error(e instanceof Error ? e.message : ''));
  const save = async () => {
    const hours = due.map((x) => ({ turnId: x.id, minutes: minutesOf(x) }));
    await record.mutateAsync({ params: { id: task.id }, body: { hours, summary, version: task.version } });
    void message.success('已登记，等牵头社工核定');
  };
  return (
    <Card title="参加的志愿者">
      {task.turns.length === 0 ? (
        <p className="jy-secondary">还没有邀请人。</p>
      ) : (
        <CardTable<Turn>
          rowKey="id"
          dataSource={[...task.turns]}
          columns={[
            {
              key: 'name',
              title: '志愿者',
              render: (_, x) => (
                <Link to={'/volunteers/$id' as never} params={{ id: x.volunteerId } as never}>
                  {x.name}
                </Link>
              ),
            },
            { key: 'phone', title: '电话', className: 'vo-whole', render: (_, x) => x.phone ?? '—' },
            {
              key: 'status',
              title: '答复',
              render: (_, x) => (
                <StatusTag tone={x.status === 'invited' ? 'needs' : x.status === 'declined' || x.status === 'absent' ? 'rest' : 'moving'}>
                  {turnStatusLabels[x.status]}
                </StatusTag>
              ),
            },
            {
              key: 'minutes',
              title: '时长',
              render: (_, x) =>
                recording && due.includes(x) ? (
                  <InputNumber
                    aria-label={`${x.name} 的分钟`}
                    className="vo-minutes"
                    min={1}
                    max={full}
                    precision={0}
                    suffix="分"
                    placeholder="没来"
                    value={minutesOf(x)}
                    onChange={(n) => setTyped({ ...typed, [x.id]: n })}
                  />
                ) : x.minutes === null ? (
                  '—'
                ) : (
                  hoursSay(x.minutes)
                ),
            },
            ...(task.can.includes('answer')
              ? [
                  {
                    key: 'acts',
                    title: '登记答复',
                    render: (_: unknown, x: Turn) => (
                      <span className="jy-actions">
                        {x.status !== 'confirmed' && (
                          <Button size="small" onClick={() => say(x.id, 'confirmed')} aria-label={`${x.name} 参加`}>
                            参加
                          </Button>
                        )}
                        {x.status !== 'declined' && (
                          <Button size="small" onClick={() => say(x.id, 'declined')} aria-label={`${x.name} 不参加`}>
                            不参加
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {recording && (
        <div className="vo-gap">
          <label htmlFor="vo-summary">小结（可以不填，不写服务对象的姓名）</label>
          <Input.TextArea
            id="vo-summary"
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
            value={summary}
            onChange={(e) => setSummary(e.target.value)}
          />
          <div className="jy-actions vo-gap">
            <Button type="primary" loading={record.isPending} onClick={() => void save().catch(() => undefined)}>
              保存时长
            </Button>
            <span className="jy-secondary">空着就是没来。</span>
            <RefusalNotice error={record.error} />
          </div>
        </div>
      )}
    </Card>
  );
}

function Next({ task: k }: { readonly task: VolunteerTask }) {
  const move = useAct(moveVolunteerTask);
  const go = (to: 'staff' | 'reopen' | 'settle') => () =>
    move.mutateAsync({ params: { id: k.id }, body: { move: to, says: '', version: k.version } });
  return (
    <>
      {!k.leadActive && <p>牵头社工已不在本站，任务停在这里，等站长移交。</p>}
      {k.can.includes('staff') && (
        <ConfirmButton
          type="primary"
          danger={false}
          block
          ask="定下人员？"
          says="定下后不再邀请；有人来不了，可以重新招募。"
          onSure={go('staff')}
        >
          定下人员
        </ConfirmButton>
      )}
      {k.can.includes('settle') && (
        <ConfirmButton type="primary" danger={false} block ask="核定时长？" says="核定后记入台账和证明，不能再改。" onSure={go('settle')}>
          核定时长
        </ConfirmButton>
      )}
      {k.can.includes('edit') && (
        <p>
          <Link to={'/volunteer-tasks/$id/edit' as never} params={{ id: k.id } as never}>
            修改任务
          </Link>
        </p>
      )}
      {k.can.includes('reopen') && (
        <ConfirmButton danger={false} block ask="重新招募？" says="已答应的人保留。" onSure={go('reopen')}>
          重新招募
        </ConfirmButton>
      )}
      {k.can.includes('hand-over') && (
        <ActForm
          endpoint={handOverVolunteerTask}
          id={k.id}
          extra={{ version: k.version }}
          title="移交牵头"
          says="交给本站另一位社工，对方会收到消息。"
          button={k.leadActive ? {} : { type: 'primary' }}
        >
          <Field name="leadId" label="新的牵头社工">
            <Select options={k.leads.map((p) => ({ value: p.personId, label: p.name }))} notFoundContent="本站没有别的社工" />
          </Field>
          <Field name="says" label="为什么移交">
            <Input maxLength={200} />
          </Field>
        </ActForm>
      )}
      {k.can.includes('cancel') && (
        <ActForm
          endpoint={moveVolunteerTask}
          id={k.id}
          extra={{ move: 'cancel', version: k.version }}
          title="取消任务"
          says="取消后不能恢复，请电话告诉已答应的人。"
          button={{ danger: true }}
        >
          <Field name="says" label="为什么取消">
            <Input maxLength={200} />
          </Field>
        </ActForm>
      )}
      {k.can.length === 0 && <p className="jy-secondary">由牵头社工办理。</p>}
    </>
  );
}

/** One task: what volunteers are told, who fits, who comes, and their hours. */
export default function TaskPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readVolunteerTask, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const k = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '志愿任务', to: '/volunteer-tasks' }]}
      title={k.title}
      status={<TaskStatusTag status={k.status} />}
      meta={[activityCategoryLabels[k.class], meetingInstant(k.startsAt), k.place]}
      seenBy={k.seenBy}
      next={<Next task={k} />}
    >
      <Card title="任务">
        <Facts
          rows={[
            ['时间', `${meetingInstant(k.startsAt)} 至 ${meetingInstant(k.endsAt)}`],
            ['集合地点', k.place],
            ['街道或社区', k.areaName ?? '不限'],
            ['人数', `需要 ${k.wanted} 人，参加 ${k.confirmed} 人${k.invited > 0 ? `，待答复 ${k.invited} 人` : ''}`],
            ['需要的专长', k.skills.map((s) => volunteerSkillLabels[s]).join('、') || '不要求'],
            ['安全', k.risky ? '可能有人身危险，只请有保险的人' : '没有特别的危险'],
            ['牵头社工', k.leadActive ? k.leadName : <StatusTag key="gone" tone="needs">{`${k.leadName}已不在岗`}</StatusTag>],
            [
              '协助',
              k.opens === null ? (
                volunteerForLabels[k.forKind]
              ) : (
                <Link key="for" to={k.opens as never}>
                  {volunteerForLabels[k.forKind]}
                </Link>
              ),
            ],
            ...(k.recordedByName === null ? [] : ([['时长登记', k.recordedByName]] as const)),
            ...(k.settledByName === null ? [] : ([['时长核定', `${k.settledByName}，${shortInstant(k.settledAt)}`]] as const)),
          ]}
        />
        <p className="jy-long vo-gap">{k.says}</p>
        {k.criteria !== null && <p className="jy-long">{['为什么选这项服务', ...criteriaLines(k.criteria)].join('\n')}</p>}
        {k.cancelSays !== null && <p>取消原因：{k.cancelSays}</p>}
        {k.handedSays !== null && <p className="jy-secondary">移交说明：{k.handedSays}</p>}
        {k.summary !== null && k.summary !== '' && <p className="jy-long">小结：{k.summary}</p>}
      </Card>
      <People key={`people ${k.version}`} task={k} />
      {k.can.includes('invite') && <Proposals key={`fit ${k.version} ${k.turns.length}`} task={k} />}
    </RecordPage>
  );
}
