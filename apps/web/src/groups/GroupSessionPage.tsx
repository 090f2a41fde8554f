import { cancelSession, holdSession, printGroup, readSession, shiftSession } from '@jieyou/core/groups/endpoints.ts';
import { type GroupSession, type Presence, SessionRecord } from '@jieyou/core/groups/schema.ts';
import { dynamicsLabels, presenceLabels, reachedLabels } from '@jieyou/core/texts/groupLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Radio, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { fileUrl } from '../house/client.ts';
import { formatDay, shortDay, shortInstant, today } from '../house/format.ts';
import { HelpHours, HelpStands, helpBegun } from '../house/HelpHours.tsx';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { ReachedTag, SessionStatusTag } from './tags.tsx';
import './groups.css';

const FormsUnder = lazy(() => import('../house/FormsUnder.tsx'));
const Photos = lazy(() => import('../house/Photos.tsx'));
const VolunteerTasks = lazy(() => import('../house/VolunteerTasks.tsx'));

type Told = { memberId: string; presence: Presence };

/** The list that the worker keeps: one tap for each, or all at once. */
function Attendance({
  people,
  value = [],
  onChange,
}: {
  readonly id?: string;
  readonly people: GroupSession['attendance'];
  readonly value?: readonly Told[];
  readonly onChange?: (told: Told[]) => void;
}) {
  const told = (memberId: string) => value.find((v) => v.memberId === memberId)?.presence;
  const put = (memberId: string, presence: Presence) =>
    onChange?.([...value.filter((v) => v.memberId !== memberId), { memberId, presence }]);
  const open = people.filter((p) => !p.still);
  return (
    <div>
      <div className="gr-row">
        <Button onClick={() => onChange?.(open.map((p) => ({ memberId: p.memberId, presence: told(p.memberId) ?? 'present' })))}>
          没记的都记“到”
        </Button>
        <span className="jy-secondary" aria-live="polite">
          已记 {value.length}/{open.length} 人
        </span>
      </div>
      <ul className="gr-list">
        {people.map((p) => (
          <li key={p.memberId}>
            <span>{p.name}</span>
            {p.still ? (
              <span className="jy-secondary">信息已停止处理</span>
            ) : (
              <Radio.Group
                aria-label={`${p.name} 出席`}
                optionType="button"
                options={optionsOf(presenceLabels)}
                value={told(p.memberId)}
                onChange={(e) => put(p.memberId, e.target.value as Presence)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function RecordIt({ s, onDone }: { readonly s: GroupSession; readonly onDone: () => void }) {
  const hold = useAct(holdSession);
  const [minutes, setMinutes] = useState(s.minutes ?? 90);
  const [form] = Form.useForm();
  const message = useMessages();
  const initial = {
    heldOn: s.heldOn ?? (s.plannedOn <= today() ? s.plannedOn : today()),
    minutes: s.minutes ?? 90,
    attendance: s.attendance.flatMap((a) => (a.presence === null ? [] : [{ memberId: a.memberId, presence: a.presence }])),
    guests: s.guests ?? 0,
    helpers: s.helpers ?? 0,
    help: helpBegun(s.help),
    process: s.process,
    dynamics: s.dynamics,
    dynamicsSays: s.dynamicsSays,
    reached: s.reached,
    reachedSays: s.reachedSays,
    next: s.next,
  };
  return (
    <RecordForm
      validateWith={SessionRecord}
      initial={initial as never}
      draftKey={`group.session.${s.id}.${s.version}`}
      submitWords={s.status === 'held' ? '保存更正' : '保存这一节'}
      onCancel={onDone}
      form={form}
      onValuesChange={(values) => {
        setMinutes(values.minutes ?? 90);
        // Whoever has hours was there.
        const told = values.help?.minutes.length ?? 0;
        if ((values.helpers ?? 0) < told) form.setFieldValue('helpers', told);
      }}
      submit={async (body) => {
        await hold.mutateAsync({ params: { id: s.groupId, sessionId: s.id }, body: { ...body, version: s.version } });
        void message.success('已保存，台账已记');
        onDone();
      }}
    >
      <FieldGroup title="出席">
        <Field name="heldOn" label="哪天开的">
          <DayInput notAfter={today()} />
        </Field>
        <Field name="minutes" label="多长时间">
          <InputNumber min={1} max={600} precision={0} suffix="分钟" style={{ width: '100%' }} />
        </Field>
        <Field name="attendance" label="组员" wide>
          <Attendance people={s.attendance} />
        </Field>
        <Field name="guests" label="其他到场的人" hint="没有登记的家属、居民，只记人数。">
          <InputNumber min={0} max={500} precision={0} suffix="人" style={{ width: '100%' }} />
        </Field>
        <Field name="helpers" label="志愿者人数" hint={`由牵头社工${s.leadName}带领，不计入到场。`}>
          <InputNumber min={0} max={500} precision={0} suffix="人" style={{ width: '100%' }} />
        </Field>
        <Field name="help" label="志愿者时长" wide hint="在这里记一次，不用到任务里再填；空着就是没来。">
          <HelpHours help={s.help} named={s.volunteers} usual={minutes} asksStart />
        </Field>
      </FieldGroup>
      <FieldGroup title="记录">
        <Field name="process" label="过程" wide>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} maxLength={4000} />
        </Field>
        <Field name="dynamics" label="小组动力" wide>
          <Radio.Group options={optionsOf(dynamicsLabels)} />
        </Field>
        <Field name="dynamicsSays" label="看到了什么" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Field>
        <Field name="reached" label="目标达成" wide>
          <Radio.Group options={optionsOf(reachedLabels)} />
        </Field>
        <Field name="reachedSays" label="依据" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Field>
        <Field name="next" label="下一节跟进" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Field>
      </FieldGroup>
    </RecordForm>
  );
}

function Told({ title, text }: { readonly title: string; readonly text: string }) {
  return text === '' ? null : (
    <>
      <h3>{title}</h3>
      <p className="jy-long">{text}</p>
    </>
  );
}

/** One session: recorded at the table or on a phone, read afterwards. */
export default function GroupSessionPage() {
  const { id = '', sessionId = '' } = useParams({ strict: false }) as { id?: string; sessionId?: string };
  const navigate = useNavigate();
  const [correcting, setCorrecting] = useState(false);
  const found = useQuery(queryOf(readSession, { params: { id, sessionId } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const s = found.data;
  const records = (s.status === 'planned' && s.can.includes('hold')) || (correcting && s.can.includes('correct'));
  const back = () => {
    setCorrecting(false);
    if (s.status === 'planned') void navigate({ to: `/groups/${id}`, search: { tab: 'sessions' } } as never);
  };
  const acts = (
    <>
      {s.status === 'held' && s.can.includes('correct') && !correcting && (
        <Button block onClick={() => setCorrecting(true)}>
          更正记录
        </Button>
      )}
      {s.status === 'held' && (
        <Button
          block
          className="gr-gap"
          href={fileUrl(printGroup, { params: { id }, query: { what: 'session', sessionId } })}
          target="_blank"
        >
          打印这一节
        </Button>
      )}
      {s.can.includes('shift') && (
        <ActForm
          endpoint={{ ...shiftSession, path: shiftSession.path.replace('{sessionId}', sessionId) } as typeof shiftSession}
          id={id}
          extra={{ version: s.version }}
          initial={{ plannedOn: s.plannedOn, place: s.place }}
          title="改期或换地点"
          sure="保存"
        >
          <Field name="plannedOn" label="哪天">
            <DayInput />
          </Field>
          <Field name="place" label="地点">
            <Input maxLength={80} />
          </Field>
        </ActForm>
      )}
      {s.can.includes('cancel') && (
        <div className="gr-gap">
          <ActForm
            endpoint={{ ...cancelSession, path: cancelSession.path.replace('{sessionId}', sessionId) } as typeof cancelSession}
            id={id}
            extra={{ version: s.version }}
            title={s.status === 'held' ? '撤回并取消' : '取消这一节'}
            says={s.status === 'held' ? '台账里的这一次会一并撤回，原来的留有记录。' : '取消的不计入台账。'}
            button={{ danger: true }}
          >
            <Field name="says" label="为什么">
              <Input maxLength={300} />
            </Field>
          </ActForm>
        </div>
      )}
      {s.can.every((act) => act === 'form') && s.status !== 'held' && <p className="jy-secondary">由牵头和协助的社工记录。</p>}
    </>
  );
  return (
    <RecordPage
      crumbs={[
        { title: '小组', to: '/groups' },
        { title: s.groupTitle, to: `/groups/${id}` },
      ]}
      number={`第 ${s.number} 节`}
      title={s.title}
      status={<SessionStatusTag status={s.status} />}
      meta={[formatDay(s.heldOn ?? s.plannedOn), s.place]}
      seenBy={s.seenBy}
      next={acts}
    >
      {s.aim !== '' && (
        <Card title="这一节的目标">
          <p className="jy-long">{s.aim}</p>
        </Card>
      )}
      {s.cancelSays !== null && (
        <Card title="取消原因">
          <p className="jy-long">{s.cancelSays}</p>
        </Card>
      )}
      {records ? (
        <Card>
          {s.plannedOn > today() && s.status === 'planned' && (
            <p className="jy-secondary">原定 {shortDay(s.plannedOn)}。提前开了，请改成实际的日期。</p>
          )}
          <RecordIt key={s.version} s={s} onDone={back} />
        </Card>
      ) : (
        s.status === 'held' && (
          <>
            <Card title="出席">
              <Facts
                rows={[
                  ['日期', `${formatDay(s.heldOn ?? s.plannedOn)}，${s.minutes} 分钟`],
                  [
                    '到场',
                    `组员 ${s.came} 人${(s.guests ?? 0) > 0 ? `，其他 ${s.guests} 人` : ''}${(s.helpers ?? 0) > 0 ? `，志愿者 ${s.helpers} 人` : ''}`,
                  ],
                  ['记录', s.recordedAt === null ? '—' : `${s.recordedByName}，${shortInstant(s.recordedAt)}`],
                ]}
              />
              <ul className="gr-list">
                {s.attendance.map((a) => (
                  <li key={a.memberId}>
                    <span>{a.name}</span>
                    <span>{a.presence === null ? '—' : presenceLabels[a.presence]}</span>
                  </li>
                ))}
              </ul>
            </Card>
            {(s.help.status === 'done' || s.help.status === 'settled') && (
              <Card title="志愿者时长">
                <HelpStands help={s.help} />
              </Card>
            )}
            <Card title="记录">
              <Told title="过程" text={s.process} />
              <h3>小组动力：{s.dynamics === null ? '—' : dynamicsLabels[s.dynamics]}</h3>
              {s.dynamicsSays !== '' && <p className="jy-long">{s.dynamicsSays}</p>}
              <h3>目标达成：{s.reached !== null && <ReachedTag reached={s.reached} />}</h3>
              {s.reachedSays !== '' && <p className="jy-long">{s.reachedSays}</p>}
              <Told title="下一节跟进" text={s.next} />
            </Card>
          </>
        )
      )}
      <Suspense fallback={null}>
        <Photos kind="session" id={s.id} />
        <FormsUnder under={{ groupId: id, sessionId: s.id }} may={s.can.includes('form')} />
        <VolunteerTasks kind="session" id={s.id} may={s.can.includes('shift')} />
      </Suspense>
    </RecordPage>
  );
}
