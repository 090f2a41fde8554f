import {
  changeRegistration,
  finishActivity,
  moveActivity,
  nameActivityVolunteers,
  printActivity,
  readActivity,
  registerByWorker,
  signInToActivity,
  unmaskRegistration,
} from '@jieyou/core/activities/endpoints.ts';
import { budgetSums, minutesOf, yuan } from '@jieyou/core/activities/rules.ts';
import type { Activity, Registration } from '@jieyou/core/activities/schema.ts';
import { activityCategoryLabels, registrationStatusLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, InputNumber, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { BudgetEditor } from '../house/BudgetEditor.tsx';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { meetingInstant, shortInstant } from '../house/format.ts';
import { HelpHours, HelpStands, helpBegun } from '../house/HelpHours.tsx';
import { useMessages } from '../house/messages.tsx';
import { NameVolunteers, VolunteerNames } from '../house/NamedVolunteers.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { Attendants, LinkedNames } from './Attendants.tsx';
import { ActivityStatusTag } from './tags.tsx';
import './activities.css';

const FormsUnder = lazy(() => import('../house/FormsUnder.tsx'));
const Photos = lazy(() => import('../house/Photos.tsx'));
const VolunteerTasks = lazy(() => import('../house/VolunteerTasks.tsx'));

/** The list that the worker keeps at the door: no point to check in at, no place recorded. */
function SignInList({ activity }: { readonly activity: Activity }) {
  const may = activity.can.includes('sign-in');
  const links = activity.can.includes('link');
  const message = useMessages();
  const save = useAct(signInToActivity);
  const change = useAct(changeRegistration);
  const shown = activity.registrations.filter((r) => r.status !== 'cancelled');
  const [came, setCame] = useState<Readonly<Record<string, number | null>>>({});
  const [walkIns, setWalkIns] = useState<number | null>(null);
  const cameOf = (r: Registration): number | null => (r.id in came ? (came[r.id] ?? null) : r.came);
  const people = shown.reduce((n, r) => n + (cameOf(r) ?? 0), walkIns ?? activity.walkIns);
  const send = async () => {
    const rows = shown.flatMap((r) => {
      const n = cameOf(r);
      return n === null ? [] : [{ id: r.id, came: n }];
    });
    await save.mutateAsync({
      params: { id: activity.id },
      body: { came: rows, walkIns: walkIns ?? activity.walkIns, version: activity.version },
    });
    setCame({});
    setWalkIns(null);
    void message.success('已保存');
  };
  return (
    <Card
      title="报名与签到"
      actions={
        activity.can.includes('register') && (
          <ActForm
            endpoint={registerByWorker}
            id={activity.id}
            extra={{}}
            initial={{ people: 1 }}
            title="代居民报名"
            button={{ block: false }}
          >
            <Field name="name" label="姓名">
              <Input maxLength={20} />
            </Field>
            <Field name="phone" label="电话" hint="没有电话可以不填。">
              <Input inputMode="tel" maxLength={20} />
            </Field>
            <Field name="people" label="几人">
              <InputNumber min={1} max={100} precision={0} suffix="人" />
            </Field>
          </ActForm>
        )
      }
    >
      {activity.registrations.length === 0 && <p className="jy-secondary">还没有人报名。</p>}
      {activity.registrations.length > 0 && (
        <CardTable<Registration>
          rowKey="id"
          dataSource={[...activity.registrations]}
          columns={[
            { key: 'name', title: '姓名', className: 'av-whole', render: (_, r) => r.name },
            { key: 'phone', title: '电话', className: 'av-whole', render: (_, r) => r.phone ?? '无电话' },
            { key: 'people', title: '几人', className: 'av-whole', render: (_, r) => `${r.people} 人` },
            {
              key: 'status',
              title: '状态',
              render: (_, r) => (
                <StatusTag tone={r.status === 'in' ? 'moving' : r.status === 'waiting' ? 'needs' : 'rest'}>
                  {registrationStatusLabels[r.status]}
                </StatusTag>
              ),
            },
            { key: 'at', title: '报名时间', render: (_, r) => `${shortInstant(r.registeredAt)}${r.source === 'public' ? '' : '（代报）'}` },
            {
              key: 'came',
              title: '到场',
              render: (_, r) =>
                r.status === 'cancelled' ? (
                  '—'
                ) : may ? (
                  <InputNumber
                    aria-label={`${r.name} 来了几人`}
                    className="av-came"
                    min={0}
                    max={100}
                    precision={0}
                    suffix="人"
                    value={cameOf(r)}
                    onChange={(n) => setCame({ ...came, [r.id]: n })}
                  />
                ) : (
                  `${r.came ?? '—'}`
                ),
            },
            { key: 'linked', title: '服务对象', render: (_, r) => (r.linked.length === 0 ? '—' : <LinkedNames registration={r} />) },
            {
              key: 'acts',
              title: '操作',
              render: (_, r) => (
                <span className="jy-actions">
                  {links && (r.status !== 'cancelled' || r.linked.length > 0) && (
                    <Attendants activityId={activity.id} registration={r} mayLink={r.status !== 'cancelled'} />
                  )}
                  {r.phone !== null && <Unmask activityId={activity.id} registration={r} />}
                  {r.status === 'waiting' && activity.can.includes('register') && (
                    <Button
                      size="small"
                      onClick={() =>
                        void change
                          .mutateAsync({ params: { id: activity.id, registrationId: r.id }, body: { to: 'in' } })
                          .catch((e: unknown) => message.error(e instanceof Error ? e.message : ''))
                      }
                    >
                      递补
                    </Button>
                  )}
                  {r.status !== 'cancelled' && activity.can.includes('register') && (
                    <ConfirmButton
                      size="small"
                      danger={false}
                      ask="取消这个报名？"
                      says="名额空出来，候补的人不会自动递补。"
                      onSure={() => change.mutateAsync({ params: { id: activity.id, registrationId: r.id }, body: { to: 'cancelled' } })}
                    >
                      取消
                    </ConfirmButton>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {may && (
        <div className="jy-actions av-gap">
          <span>
            没有报名、直接来的{' '}
            <InputNumber
              aria-label="没有报名的来了几人"
              className="av-came"
              min={0}
              precision={0}
              suffix="人"
              value={walkIns ?? activity.walkIns}
              onChange={(n) => setWalkIns(n ?? 0)}
            />
          </span>
          <span className="jy-secondary">到场 {people} 人次</span>
          <Button type="primary" loading={save.isPending} onClick={() => void send().catch(() => undefined)}>
            保存签到
          </Button>
          <RefusalNotice error={save.error} />
        </div>
      )}
    </Card>
  );
}

function Unmask({ activityId, registration }: { readonly activityId: string; readonly registration: Registration }) {
  const [seen, setSeen] = useState<{ name: string; phone: string | null } | null>(null);
  if (seen !== null)
    return (
      <span>
        {seen.name} {seen.phone}
      </span>
    );
  return (
    <ActForm
      endpoint={
        { ...unmaskRegistration, path: unmaskRegistration.path.replace('{registrationId}', registration.id) } as typeof unmaskRegistration
      }
      id={activityId}
      extra={{}}
      title="看电话"
      button={{ block: false, size: 'small' }}
      onDone={setSeen}
    >
      <Field name="reason" label="为什么查看">
        <Input maxLength={120} />
      </Field>
    </ActForm>
  );
}

function Next({ activity: a }: { readonly activity: Activity }) {
  const move = useAct(moveActivity);
  const go = (to: 'publish' | 'withdraw') => () =>
    move.mutateAsync({ params: { id: a.id }, body: { move: to, reason: null, version: a.version } });
  return (
    <>
      {a.can.includes('publish') && (
        <ConfirmButton
          type="primary"
          danger={false}
          block
          ask="发布报名？"
          says="发布后，拿到链接或二维码的居民都可以报名。"
          onSure={go('publish')}
        >
          发布报名
        </ConfirmButton>
      )}
      {a.link !== null && (
        <>
          <img className="av-code" src={`/api/activities/${a.id}/code`} alt="报名二维码" />
          <p className="av-link">
            <a href={a.link} target="_blank" rel="noreferrer">
              {a.link}
            </a>
          </p>
        </>
      )}
      {(a.can.includes('finish') || a.can.includes('correct')) && (
        <ActForm
          endpoint={finishActivity}
          id={a.id}
          extra={{ version: a.version }}
          initial={{ summary: a.summary ?? '', budget: a.budget, help: helpBegun(a.help) }}
          title={a.status === 'done' ? '更正总结' : '结束活动'}
          says={`先保存签到。${a.status === 'done' ? '更正后台账随之更正，原来的留有记录。' : '结束后自动记入台账。'}`}
          button={a.status === 'published' ? {} : { type: 'default' }}
          draftKey={`activity.finish.${a.id}.${a.version}`}
        >
          <Field name="summary" label="总结">
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
          </Field>
          <Field name="budget" label="决算">
            <BudgetEditor spent />
          </Field>
          <Field name="help" label="志愿者时长" hint="在这里记一次，不用到任务里再填；空着就是没来。">
            <HelpHours help={a.help} named={a.volunteers} usual={Math.min(1440, minutesOf(a.startsAt, a.endsAt))} asksStart={false} />
          </Field>
        </ActForm>
      )}
      {a.can.includes('edit') && (
        <p>
          <Link to={'/activities/$id/edit' as never} params={{ id: a.id } as never}>
            修改计划
          </Link>
        </p>
      )}
      {a.can.includes('withdraw') && (
        <ConfirmButton danger={false} block ask="撤下报名？" says="链接不再能打开，已报名的人保留。" onSure={go('withdraw')}>
          撤下报名
        </ConfirmButton>
      )}
      {a.can.includes('cancel') && (
        <ActForm
          endpoint={moveActivity}
          id={a.id}
          extra={{ move: 'cancel', version: a.version }}
          title="取消活动"
          says="取消后不能恢复；居民打开链接会看到已取消。"
          button={{ danger: true }}
        >
          <Field name="reason" label="为什么取消">
            <Input maxLength={120} />
          </Field>
        </ActForm>
      )}
      {a.can.every((act) => act === 'form') && <p className="jy-secondary">由牵头和协助的社工办理。</p>}
    </>
  );
}

/** One activity: what it is, who comes, and the next act. */
export default function ActivityPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readActivity, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const a = found.data;
  const sums = budgetSums(a.budget);
  return (
    <RecordPage
      crumbs={[{ title: '社区活动', to: '/activities' }]}
      title={a.title}
      status={<ActivityStatusTag status={a.status} />}
      meta={[activityCategoryLabels[a.category], meetingInstant(a.startsAt), a.place]}
      seenBy={a.seenBy}
      next={<Next activity={a} />}
    >
      <Card title="活动">
        <Facts
          rows={[
            ['时间', `${meetingInstant(a.startsAt)} 至 ${meetingInstant(a.endsAt)}`],
            ['地点', a.place],
            ['名额', a.capacity === null ? '不限' : `${a.capacity} 人`],
            ['报名', `${a.registered} 人${a.waiting > 0 ? `，候补 ${a.waiting} 人` : ''}`],
            ['牵头', a.leadName],
            ['协助', a.coLeads.map((c) => c.name).join('、') || '—'],
            ['志愿者', <VolunteerNames key="volunteers" named={a.volunteers} />],
            ['宣传周', a.campaignName ?? '—'],
            ['到场', a.times === null ? '—' : `${a.times} 人次，${a.persons} 人`],
            ['经费', `预算 ${yuan(sums.planned)} 元${a.status === 'done' ? `，实支 ${yuan(sums.spent)} 元` : ''}`],
          ]}
        />
        {a.can.includes('name-volunteers') && <NameVolunteers endpoint={nameActivityVolunteers} of={a} />}
        {a.cancelReason !== null && <p>取消原因：{a.cancelReason}</p>}
        {a.aims !== '' && <p className="jy-long av-gap">{a.aims}</p>}
        <PaperButtons word paper={printActivity} params={{ id: a.id }} />
      </Card>
      {a.summary !== null && (
        <Card title="总结">
          <p className="jy-long">{a.summary}</p>
        </Card>
      )}
      {(a.help.status === 'done' || a.help.status === 'settled') && (
        <Card title="志愿者时长">
          <HelpStands help={a.help} />
        </Card>
      )}
      <SignInList key={a.version} activity={a} />
      <Suspense fallback={null}>
        <Photos kind="activity" id={a.id} />
        <FormsUnder under={{ activityId: a.id }} may={a.can.includes('form')} />
        <VolunteerTasks kind="activity" id={a.id} may={a.can.includes('edit')} />
      </Suspense>
    </RecordPage>
  );
}
