import {
  cancelSession,
  closeGroup,
  joinGroup,
  leaveGroup,
  measureGroup,
  moveGroup,
  nameGroupVolunteers,
  planSession,
  printGroup,
  readGroup,
  reviewGroup,
} from '@jieyou/core/groups/endpoints.ts';
import { type GroupMove, phaseOf } from '@jieyou/core/groups/moves.ts';
import { groupSums, offeredScores } from '@jieyou/core/groups/rules.ts';
import {
  type Group,
  type GroupMember,
  GroupPhase,
  type GroupSessionRow,
  type MeasureMoment,
  type MemberScore,
  type ScoreOnForm,
} from '@jieyou/core/groups/schema.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import {
  dynamicsLabels,
  groupKindLabels,
  groupMoveLabels,
  groupPhaseLabels,
  leaveReasonLabels,
  measureMomentLabels,
} from '@jieyou/core/texts/groupLabels.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { planPartLabels } from '@jieyou/core/texts/refusals.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input, InputNumber, Select, Skeleton, Tabs } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { BudgetEditor } from '../house/BudgetEditor.tsx';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, shortDay, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { NameVolunteers, VolunteerNames } from '../house/NamedVolunteers.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { RecipientPicker } from '../house/RecipientPicker.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { LeadActs, LeadChanges } from './LeadChanges.tsx';
import { GroupStatusTag, ReachedTag, SessionStatusTag } from './tags.tsx';
import './groups.css';

const FormsUnder = lazy(() => import('../house/FormsUnder.tsx'));
const VolunteerTasks = lazy(() => import('../house/VolunteerTasks.tsx'));

const yuan = (fen: number): string => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const paperOf = (id: string, what: 'plan' | 'summary' | 'session', sessionId?: string, format: 'pdf' | 'docx' = 'pdf') =>
  fileUrl(printGroup, { params: { id }, query: { what, format, ...(sessionId === undefined ? {} : { sessionId }) } });

function Papers({ id, what, says }: { readonly id: string; readonly what: 'plan' | 'summary'; readonly says: string }) {
  return (
    <span className="jy-actions">
      <a href={paperOf(id, what)} target="_blank" rel="noreferrer">
        {says}
      </a>
      <a href={paperOf(id, what, undefined, 'docx')} download>
        存为 Word
      </a>
    </span>
  );
}

/** An endpoint below a member or a session, addressed as acts of one record are. */
const at = <E extends { readonly path: string }>(endpoint: E, key: 'memberId' | 'sessionId', id: string): E => ({
  ...endpoint,
  path: endpoint.path.replace(`{${key}}`, id),
});

function Words({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <h3>{title}</h3>
      {text === '' ? <p className="jy-secondary">没有写。</p> : <p className="jy-long">{text}</p>}
    </>
  );
}

function PlanTab({ g }: { readonly g: Group }) {
  const sums = groupSums(g.budget);
  return (
    <>
      <Card title="小组" actions={<Papers id={g.id} what="plan" says="打印计划书" />}>
        <Facts
          rows={[
            ['类型', groupKindLabels[g.kind]],
            ['服务领域', serviceDomainLabels[g.domain]],
            ['地点', g.place],
            ['人数', `${g.minSize} 至 ${g.maxSize} 人`],
            ['牵头', g.leadName],
            ['协助', g.coLeads.map((c) => c.name).join('、') || '—'],
            ['志愿者', <VolunteerNames key="volunteers" named={g.volunteers} />],
            ['批准', g.approvedAt === null ? '—' : `${g.approvedByName}，${shortInstant(g.approvedAt)}`],
          ]}
        />
        {g.can.includes('name-volunteers') && <NameVolunteers endpoint={nameGroupVolunteers} of={g} does />}
        {g.cancelSays !== null && <p className="gr-gap">取消原因：{g.cancelSays}</p>}
      </Card>
      <Card title="计划书">
        <Words title="理念" text={g.idea} />
        <Words title="目标" text={g.goals} />
        <Words title="对象" text={g.audience} />
        <Words title="招募" text={g.recruiting} />
        <h3>各节安排</h3>
        {g.plan.length === 0 && <p className="jy-secondary">还没有安排。</p>}
        {g.plan.length > 0 && (
          <CardTable
            rowKey={(s) => `${s.plannedOn}${s.title}`}
            dataSource={[...g.plan]}
            columns={[
              { key: 'on', title: '日期', className: 'gr-nowrap', render: (_, s) => shortDay(s.plannedOn) },
              { key: 'title', title: '主题', render: (_, s) => s.title },
              { key: 'aim', title: '目标与内容', render: (_, s) => s.aim || '—' },
              { key: 'place', title: '地点', render: (_, s) => s.place },
            ]}
          />
        )}
        <h3>可能的困难与应对</h3>
        {g.risks.length === 0 && <p className="jy-secondary">没有写。</p>}
        {g.risks.length > 0 && (
          <ul>
            {g.risks.map((r) => (
              <li key={r.what}>
                {r.what}：{r.answer}
              </li>
            ))}
          </ul>
        )}
        <h3>预算</h3>
        {g.budget.length === 0 ? (
          <p className="jy-secondary">没有预算。</p>
        ) : (
          <CardTable
            rowKey={(b) => b.title}
            dataSource={[...g.budget]}
            columns={[
              { key: 'title', title: '用途', render: (_, b) => b.title },
              { key: 'planned', title: '预算', align: 'right', render: (_, b) => `${yuan(b.planned)} 元` },
              { key: 'spent', title: '实支', align: 'right', render: (_, b) => (b.spent === null ? '—' : `${yuan(b.spent)} 元`) },
            ]}
            footer={() =>
              `预算 ${yuan(sums.planned)} 元${g.closing === null ? '' : `，实支 ${yuan(sums.spent)} 元，结余 ${yuan(sums.planned - sums.spent)} 元`}`
            }
          />
        )}
      </Card>
      <LeadChanges g={g} />
      {g.reviews.length > 0 && (
        <Card title="审批">
          <ul className="gr-list">
            {g.reviews.map((r) => (
              <li key={r.id}>
                <span>
                  {r.decision === 'approve' ? '批准' : '退回修改'}
                  {r.says === '' ? '' : `：${r.says}`}
                </span>
                <span className="jy-secondary">
                  {r.byName}，{shortInstant(r.at)}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function MembersTab({ g }: { readonly g: Group }) {
  return (
    <Card
      title={`组员（${g.members} 人）`}
      actions={
        g.can.includes('join') && (
          <ActForm endpoint={joinGroup} id={g.id} extra={{}} initial={{ joinedOn: today() }} title="加组员" button={{ block: false }}>
            <Field name="recipientId" label="服务对象" hint="只能加您服务的人；别的社工的服务对象，请他们来加。">
              <RecipientPicker />
            </Field>
            <Field name="joinedOn" label="哪天加入">
              <DayInput notAfter={today()} />
            </Field>
          </ActForm>
        )
      }
    >
      {g.memberRows.length === 0 ? (
        <p className="jy-secondary">还没有组员。计划书批准以后可以加。</p>
      ) : (
        <CardTable<GroupMember>
          rowKey="id"
          dataSource={[...g.memberRows]}
          columns={[
            {
              key: 'name',
              title: '组员',
              render: (_, m) => {
                const says = `${m.name}（${genderLabels[m.gender]}${m.age === null ? '' : `，${m.age}岁`}）`;
                return m.recipientId === null ? says : <Link to={`/recipients/${m.recipientId}` as never}>{says}</Link>;
              },
            },
            { key: 'joined', title: '加入', className: 'gr-nowrap', render: (_, m) => shortDay(m.joinedOn) },
            {
              key: 'left',
              title: '离开',
              render: (_, m) =>
                m.leftOn === null ? '—' : `${shortDay(m.leftOn)}　${m.leaveReason === null ? '' : leaveReasonLabels[m.leaveReason]}`,
            },
            { key: 'came', title: '到场', className: 'gr-nowrap', render: (_, m) => (m.asked === 0 ? '—' : `${m.came}/${m.asked} 节`) },
            {
              key: 'acts',
              title: '操作',
              render: (_, m) =>
                m.leftOn === null && g.can.includes('leave') ? (
                  <ActForm
                    endpoint={at(leaveGroup, 'memberId', m.id)}
                    id={g.id}
                    extra={{ version: m.version }}
                    initial={{ leftOn: today() }}
                    title="登记离开"
                    button={{ block: false, size: 'small', 'aria-label': `登记离开：${m.name}` }}
                  >
                    <Field name="leftOn" label="哪天离开">
                      <DayInput notAfter={today()} />
                    </Field>
                    <Field name="reason" label="为什么">
                      <Select options={optionsOf(leaveReasonLabels)} />
                    </Field>
                  </ActForm>
                ) : (
                  '—'
                ),
            },
          ]}
        />
      )}
      <p className="jy-secondary gr-gap">组员来自服务对象名册，姓名打码。组员的经历里只写参加了这个小组，不写别人。</p>
    </Card>
  );
}

function SessionsTab({ g }: { readonly g: Group }) {
  const navigate = useNavigate();
  const open = (s: GroupSessionRow) => void navigate({ to: `/groups/${g.id}/sessions/${s.id}` } as never);
  return (
    <Card
      title={`各节（已开 ${g.held}，${g.times} 人次，${g.persons} 位组员到过）`}
      actions={
        g.can.includes('plan-session') && (
          <ActForm
            endpoint={planSession}
            id={g.id}
            extra={{}}
            initial={{ aim: '', place: g.place }}
            title="加一节"
            button={{ block: false }}
          >
            <Field name="title" label="主题">
              <Input maxLength={60} />
            </Field>
            <Field name="plannedOn" label="哪天">
              <DayInput />
            </Field>
            <Field name="place" label="地点">
              <Input maxLength={80} />
            </Field>
            <Field name="aim" label="目标与内容">
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
            </Field>
          </ActForm>
        )
      }
    >
      {g.sessionRows.length === 0 ? (
        <p className="jy-secondary">开组以后，计划书里的各节会出现在这里。</p>
      ) : (
        <CardTable<GroupSessionRow>
          rowKey="id"
          dataSource={[...g.sessionRows]}
          columns={[
            { key: 'n', title: '节次', className: 'gr-nowrap', render: (_, s) => `第 ${s.number} 节` },
            { key: 'title', title: '主题', render: (_, s) => <Link to={`/groups/${g.id}/sessions/${s.id}` as never}>{s.title}</Link> },
            { key: 'on', title: '日期', className: 'gr-nowrap', render: (_, s) => shortDay(s.heldOn ?? s.plannedOn) },
            { key: 'status', title: '状态', render: (_, s) => <SessionStatusTag status={s.status} /> },
            {
              key: 'came',
              title: '到场',
              className: 'gr-nowrap',
              render: (_, s) => (s.status === 'held' ? `${(s.came ?? 0) + (s.guests ?? 0)} 人` : '—'),
            },
            {
              key: 'dynamics',
              title: '动力',
              render: (_, s) => (s.status === 'held' && s.dynamics !== null ? dynamicsLabels[s.dynamics] : '—'),
            },
            {
              key: 'reached',
              title: '目标',
              render: (_, s) => (s.status === 'held' && s.reached !== null ? <ReachedTag reached={s.reached} /> : '—'),
            },
            {
              key: 'acts',
              title: '操作',
              render: (_, s) => (
                <span className="jy-actions">
                  {s.status === 'planned' && g.can.includes('plan-session') && (
                    <Button
                      size="small"
                      type={s.plannedOn <= today() ? 'primary' : 'default'}
                      aria-label={`记录第 ${s.number} 节`}
                      onClick={() => open(s)}
                    >
                      记录
                    </Button>
                  )}
                  {s.status === 'planned' && g.can.includes('plan-session') && (
                    <ActForm
                      endpoint={at(cancelSession, 'sessionId', s.id)}
                      id={g.id}
                      extra={{ version: s.version }}
                      title="取消这一节"
                      button={{ block: false, size: 'small', 'aria-label': `取消这一节（第 ${s.number} 节）` }}
                    >
                      <Field name="says" label="为什么取消">
                        <Input maxLength={300} />
                      </Field>
                    </ActForm>
                  )}
                  {s.status === 'held' && (
                    <a href={paperOf(g.id, 'session', s.id)} target="_blank" rel="noreferrer">
                      打印
                    </a>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

type Sent = { memberId: string; indicatorId: string; value: number | null; cites: ScoreOnForm | null };

function MeasureDialog({ g, moment, onClose }: { readonly g: Group; readonly moment: MeasureMoment; readonly onClose: () => void }) {
  const save = useAct(measureGroup);
  const message = useMessages();
  const [takenOn, setTakenOn] = useState<string | null>(today());
  const [typed, setTyped] = useState<Readonly<Record<string, number | null>>>({});
  const people = g.memberRows.filter((m) => !m.still);
  const stood = (memberId: string, indicatorId: string) =>
    g.measures.find((v) => v.memberId === memberId && v.indicatorId === indicatorId)?.[moment] ?? null;
  // What a scale on a member's form came to; it is cited, and keeps its own day.
  const [cited, setCited] = useState<Readonly<Record<string, MemberScore>>>({});
  const offered = new Map(g.indicators.map((i) => [i.id, offeredScores(i, moment, g.scores)]));
  const takeAll = () => {
    const open = people.flatMap((m) =>
      g.indicators.flatMap((i) => {
        const score = offered.get(i.id)?.find((s) => s.memberId === m.id);
        const key = `${m.id} ${i.id}`;
        return score === undefined || stood(m.id, i.id) !== null || typed[key] != null ? [] : [[key, score] as const];
      }),
    );
    setCited({ ...cited, ...Object.fromEntries(open) });
  };
  const send = async () => {
    const values = people.flatMap((m) =>
      g.indicators.flatMap((i): Sent[] => {
        const key = `${m.id} ${i.id}`;
        const score = cited[key];
        const of = { memberId: m.id, indicatorId: i.id };
        if (score !== undefined) return [{ ...of, value: score.score, cites: { answerId: score.answerId, scale: score.scale } }];
        return key in typed && typed[key] !== stood(m.id, i.id) ? [{ ...of, value: typed[key] ?? null, cites: null }] : [];
      }),
    );
    await save.mutateAsync({ params: { id: g.id }, body: { moment, takenOn: takenOn ?? '', values } });
    void message.success('已保存');
    onClose();
  };
  return (
    <FormDialog open title={`登记${measureMomentLabels[moment]}`} onClose={onClose}>
      <p className="jy-secondary">没有测的空着，不算 0；汇总只算两次都测的人。</p>
      <div className="gr-row">
        <span>
          哪天测的 <DayInput aria-label="哪天测的" value={takenOn} onChange={setTakenOn} notAfter={today()} />
        </span>
        {[...offered.values()].some((scores) => scores.length > 0) ? <Button onClick={takeAll}>从组员的量表带出</Button> : null}
      </div>
      <CardTable<GroupMember>
        rowKey="id"
        dataSource={people}
        columns={[
          { key: 'name', title: '组员', render: (_, m) => m.name },
          ...g.indicators.map((i) => ({
            key: i.id,
            title: `${i.title}（${i.least}–${i.most}）`,
            render: (_: unknown, m: GroupMember) => {
              const key = `${m.id} ${i.id}`;
              const score = cited[key];
              const offer = offered.get(i.id)?.find((s) => s.memberId === m.id);
              const { [key]: _taken, ...rest } = cited;
              return score !== undefined ? (
                <span>
                  {score.score} 分{'　'}
                  <span className="jy-secondary">
                    {score.title}，{shortDay(score.on)}量
                  </span>
                  <Button type="link" size="small" aria-label={`${m.name} ${i.title} 改为手填`} onClick={() => setCited(rest)}>
                    改为手填
                  </Button>
                </span>
              ) : (
                <>
                  <InputNumber<number>
                    className="gr-score"
                    aria-label={`${m.name} ${i.title}`}
                    precision={0}
                    value={key in typed ? (typed[key] ?? null) : stood(m.id, i.id)}
                    onChange={(n) => setTyped({ ...typed, [key]: n })}
                  />
                  {offer === undefined ? null : (
                    <Button
                      type="link"
                      size="small"
                      aria-label={`${m.name} ${i.title} 用${shortDay(offer.on)}的量表`}
                      onClick={() => setCited({ ...cited, [key]: offer })}
                    >
                      用{shortDay(offer.on)}的 {offer.score} 分
                    </Button>
                  )}
                </>
              );
            },
          })),
        ]}
      />
      <RefusalNotice error={save.error} />
      <div className="jy-form-foot">
        <Button type="primary" loading={save.isPending} onClick={() => void send().catch(() => undefined)}>
          保存
        </Button>
        <Button onClick={onClose}>返回</Button>
      </div>
    </FormDialog>
  );
}

function MeasuresTab({ g }: { readonly g: Group }) {
  const [moment, setMoment] = useState<MeasureMoment | null>(null);
  const shown = g.memberRows.filter((m) => g.measures.some((v) => v.memberId === m.id));
  return (
    <Card
      title="前后测"
      actions={
        g.can.includes('measure') && (
          <span className="jy-actions">
            <Button onClick={() => setMoment('before')}>登记前测</Button>
            <Button onClick={() => setMoment('after')}>登记后测</Button>
          </span>
        )
      }
    >
      {g.indicators.length === 0 && <p className="jy-secondary">计划书里没有写指标。</p>}
      {g.indicators.length > 0 && (
        <CardTable
          rowKey="indicatorId"
          dataSource={[...g.summaries]}
          columns={[
            {
              key: 'what',
              title: '指标',
              render: (_, s) => {
                const i = g.indicators.find((x) => x.id === s.indicatorId);
                return i === undefined ? '' : `${i.title}（${i.better === 'up' ? '越高越好' : '越低越好'}）`;
              },
            },
            { key: 'both', title: '两次都测', className: 'gr-nowrap', render: (_, s) => `${s.both} 人` },
            { key: 'before', title: '前测平均', render: (_, s) => s.before ?? '—' },
            { key: 'after', title: '后测平均', render: (_, s) => s.after ?? '—' },
            { key: 'gain', title: '好转、不变、退步', render: (_, s) => (s.both === 0 ? '—' : `${s.better}、${s.same}、${s.worse} 人`) },
            { key: 'missing', title: '缺测', render: (_, s) => (s.one + s.none === 0 ? '—' : `${s.one + s.none} 人`) },
          ]}
        />
      )}
      {shown.length > 0 && (
        <div className="gr-gap">
          <CardTable<GroupMember>
            rowKey="id"
            dataSource={shown}
            columns={[
              { key: 'name', title: '组员', render: (_, m) => m.name },
              ...g.indicators.map((i) => ({
                key: i.id,
                title: `${i.title}（前 → 后）`,
                render: (_: unknown, m: GroupMember) => {
                  const v = g.measures.find((x) => x.memberId === m.id && x.indicatorId === i.id);
                  const sides = (
                    [
                      [v?.before, v?.beforeFrom],
                      [v?.after, v?.afterFrom],
                    ] as const
                  ).map(([value, from], side) => {
                    const says = value ?? '未测';
                    return from == null ? (
                      says
                    ) : (
                      <Link
                        key={from}
                        className="rd-underlined"
                        to="/forms/$id"
                        params={{ id: from }}
                        title={`引自${side === 0 ? '前' : '后'}一次量表`}
                      >
                        {says}
                      </Link>
                    );
                  });
                  return (
                    <>
                      {sides[0]} → {sides[1]}
                    </>
                  );
                },
              })),
            ]}
          />
        </div>
      )}
      {moment !== null && <MeasureDialog g={g} moment={moment} onClose={() => setMoment(null)} />}
    </Card>
  );
}

function ClosingTab({ g }: { readonly g: Group }) {
  const sums = groupSums(g.budget);
  if (g.closing === null)
    return (
      <Card title="总结">
        <p className="jy-secondary">进入结束期、各节都记完以后，由牵头社工总结。</p>
      </Card>
    );
  return (
    <Card title="总结" actions={<Papers id={g.id} what="summary" says="打印总结" />}>
      <Facts
        rows={[
          ['结束', g.endedOn === null ? '—' : formatDay(g.endedOn)],
          ['已开', `${g.held} 节，${g.times} 人次`],
          ['经费', `预算 ${yuan(sums.planned)} 元，实支 ${yuan(sums.spent)} 元`],
          ['到过的组员', `${g.persons} 人`],
        ]}
      />
      <Words title="目标达成" text={g.closing.goals} />
      <Words title="过程与动力" text={g.closing.process} />
      <Words title="经验与不足" text={g.closing.lessons} />
      <Words title="后续跟进" text={g.closing.followUp} />
    </Card>
  );
}

const says: Readonly<Partial<Record<GroupMove, string>>> = {
  submit: '提交后由本站站长审批，审批前不能再改。',
  start: '计划书里的各节会排好，可以改期。',
  turn: '大家开始说出不同意见、有了信任时。',
  mature: '大家能自己推动、互相支持时。',
  'wind-up': '之后不再加组员；记完各节就可以总结。',
};

function Next({ g }: { readonly g: Group }) {
  const move = useAct(moveGroup);
  const due = g.sessionRows.find((s) => s.status === 'planned' && s.plannedOn <= today());
  const step = (['submit', 'start', 'turn', 'mature', 'wind-up'] as const).filter((m) => g.can.includes(m));
  const params = { id: g.id };
  const asked = g.leadChanges.find((c) => c.can.includes('confirm'));
  return (
    <>
      {g.status === 'submitted' && !g.can.includes('approve') && <p className="jy-secondary">等待本站站长审批。</p>}
      {asked !== undefined && (
        <div className="gr-gap">
          <p>
            {asked.askedByName}提出由{asked.toName}牵头，等您确认。
          </p>
          <LeadActs g={g} change={asked} />
        </div>
      )}
      {g.can.includes('approve') && (
        <>
          <ActForm
            endpoint={reviewGroup}
            id={g.id}
            extra={{ decision: 'approve', version: g.version }}
            initial={{ says: '' }}
            title="批准计划书"
            button={{ type: 'primary' }}
          >
            <Field name="says" label="意见" hint="可以不写。">
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
            </Field>
          </ActForm>
          <div className="gr-gap">
            <ActForm
              endpoint={reviewGroup}
              id={g.id}
              extra={{ decision: 'return', version: g.version }}
              initial={{ says: '' }}
              title="退回修改"
            >
              <Field name="says" label="要改什么">
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
              </Field>
            </ActForm>
          </div>
        </>
      )}
      {due !== undefined && g.can.includes('plan-session') && (
        <Link to={`/groups/${g.id}/sessions/${due.id}` as never}>
          <Button type="primary" block>
            记录第 {due.number} 节
          </Button>
        </Link>
      )}
      {g.lacks.length > 0 && g.can.includes('edit') && (
        <p className="jy-secondary">提交前还缺：{g.lacks.map((l) => planPartLabels[l]).join('、')}</p>
      )}
      {step.map((m, i) => (
        <div key={m} className="gr-gap">
          <ConfirmButton
            type={i === 0 && due === undefined && !(m === 'submit' && g.lacks.length > 0) ? 'primary' : 'default'}
            danger={false}
            block
            ask={`${groupMoveLabels[m]}？`}
            says={says[m] ?? ''}
            onSure={() => move.mutateAsync({ params, body: { move: m, says: null, version: g.version } })}
          >
            {groupMoveLabels[m]}
          </ConfirmButton>
        </div>
      ))}
      {(g.can.includes('close') || g.can.includes('correct')) && (
        <div className="gr-gap">
          <ActForm
            endpoint={closeGroup}
            id={g.id}
            extra={{ version: g.version }}
            initial={{ goals: '', process: '', lessons: '', followUp: '', ...g.closing, budget: g.budget }}
            title={g.can.includes('close') ? '总结并结束' : '更正总结'}
            button={g.can.includes('close') ? { type: 'primary' } : {}}
            draftKey={`group.close.${g.id}.${g.version}`}
          >
            <Field name="goals" label="目标达成">
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
            </Field>
            <Field name="process" label="过程与动力">
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
            </Field>
            <Field name="lessons" label="经验与不足">
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
            </Field>
            <Field name="followUp" label="后续跟进">
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
            </Field>
            <Field name="budget" label="决算">
              <BudgetEditor spent />
            </Field>
          </ActForm>
        </div>
      )}
      {g.can.includes('edit') && (
        <p className="gr-gap">
          <Link to={`/groups/${g.id}/edit` as never}>改计划书</Link>
        </p>
      )}
      {g.can.includes('rework') && (
        <div className="gr-gap">
          <ConfirmButton
            danger={false}
            block
            ask="改计划书？"
            says="改完要再交站长审批，已加的组员保留。"
            onSure={() => move.mutateAsync({ params, body: { move: 'rework', says: null, version: g.version } })}
          >
            改计划书
          </ConfirmButton>
        </div>
      )}
      {(['back', 'cancel'] as const)
        .filter((m) => g.can.includes(m))
        .map((m) => (
          <div key={m} className="gr-gap">
            <ActForm
              endpoint={moveGroup}
              id={g.id}
              extra={{ move: m, version: g.version }}
              title={groupMoveLabels[m]}
              says={m === 'cancel' ? '取消后不能恢复。已开的各节和台账保留。' : '小组有反复是常事，写明看到了什么。'}
              button={m === 'cancel' ? { danger: true } : {}}
            >
              <Field name="says" label="为什么">
                <Input maxLength={300} />
              </Field>
            </ActForm>
          </div>
        ))}
      {g.status !== 'submitted' && g.can.every((act) => act === 'form' || act === 'change-lead') && (
        <p className="jy-secondary">由牵头和协助的社工办理。</p>
      )}
    </>
  );
}

/** Where the group is among its five phases. */
function Phases({ g }: { readonly g: Group }) {
  const phase = phaseOf(g.status);
  const place = phase === null ? GroupPhase.options.length : GroupPhase.options.indexOf(phase);
  if (g.status === 'cancelled') return null;
  return (
    <ol className="gr-steps" aria-label="五个阶段">
      {GroupPhase.options.map((p, i) => (
        <li key={p} {...(i === place ? { 'aria-current': 'step' as const } : {})} {...(i < place ? { 'data-past': '' } : {})}>
          {groupPhaseLabels[p]}
        </li>
      ))}
    </ol>
  );
}

/** One group: its plan book, its members, its sessions, what was measured, its summary, and the next act. */
export default function GroupPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const found = useQuery(queryOf(readGroup, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const g = found.data;
  const first = phaseOf(g.status) === 'preparing' || g.status === 'cancelled' ? 'plan' : g.status === 'closed' ? 'closing' : 'sessions';
  return (
    <RecordPage
      crumbs={[{ title: '小组', to: '/groups' }]}
      title={g.title}
      status={<GroupStatusTag status={g.status} />}
      meta={[groupKindLabels[g.kind], g.stationName, `牵头 ${g.leadName}`]}
      seenBy={g.seenBy}
      next={<Next g={g} />}
    >
      <Phases g={g} />
      <Tabs
        activeKey={tab ?? first}
        onChange={(key) => void navigate({ to: '.', search: { tab: key } as never, replace: true })}
        items={[
          { key: 'plan', label: '计划书', children: <PlanTab g={g} /> },
          { key: 'members', label: `组员 ${g.members}`, children: <MembersTab g={g} /> },
          { key: 'sessions', label: `各节 ${g.held}/${g.sessions}`, children: <SessionsTab g={g} /> },
          { key: 'measures', label: '前后测', children: <MeasuresTab g={g} /> },
          { key: 'closing', label: '总结', children: <ClosingTab g={g} /> },
        ]}
      />
      <Suspense fallback={null}>
        <FormsUnder under={{ groupId: g.id }} may={g.can.includes('form')} />
        <VolunteerTasks kind="group" id={g.id} may={g.can.includes('plan-session')} />
      </Suspense>
    </RecordPage>
  );
}
