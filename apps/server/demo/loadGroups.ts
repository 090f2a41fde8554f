/** Groups of two stations in every phase: two over, one in the middle of its life, one just begun, the others on their way; invented throughout. */
import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import type { Dynamics, GroupKind, GroupStatus, Presence, Reached } from '@jieyou/core/groups/schema.ts';
import { addDays, type Day, instantAt, type TimeOfDay } from '@jieyou/core/shared/day.ts';
import { sealVolunteers } from '../src/groups/store.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { District, Staff } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { type DemoVolunteer, namedOf } from './loadVolunteers.ts';
import { randomFor } from './random.ts';

/** Somebody who may be a member: whose worker, since when known. */
export type Known = { readonly recipientId: string; readonly workerId: string; readonly openedOn: string };

type Plan = {
  readonly title: string;
  readonly kind: GroupKind;
  readonly domain: ServiceDomain;
  readonly status: GroupStatus;
  /** Days from today to the first session; sessions follow weekly. */
  readonly from: number;
  readonly themes: readonly string[];
  readonly held: number;
  /** Number of a session that did not take place. */
  readonly off?: number;
  readonly second?: true;
  readonly thin?: true;
  readonly scale: string;
  readonly members: number;
};

const plans: readonly Plan[] = [
  { title: '亲子沟通成长小组', kind: 'growth', domain: 'family', status: 'closed', from: -420, themes: ['认识彼此', '听懂孩子的话', '生气时怎么办', '一起定家规', '回头看'], held: 5, second: true, scale: '亲子冲突次数', members: 6 },
  { title: '照顾者同行支持小组', kind: 'support', domain: 'elder', status: 'closed', from: -232, themes: ['你也在照顾家人', '压力在身体哪里', '请别人搭把手', '喘口气的办法', '社区里有什么', '道别与约定'], held: 6, off: 4, scale: '照顾压力', members: 8 },
  { title: '暑期阅读小组', kind: 'education', domain: 'youth', status: 'cancelled', from: -120, themes: ['挑一本书', '讲给别人听', '做一张书签'], held: 0, scale: '每周阅读天数', members: 2 },
  { title: '我们的边界教育小组', kind: 'education', domain: 'family', status: 'turning', from: -24, themes: ['什么是边界', '说不的练习', '家里的边界', '约定与互助', '总结'], held: 3, second: true, scale: '自我保护知识', members: 5 },
  { title: '和情绪做朋友', kind: 'growth', domain: 'youth', status: 'working', from: -45, themes: ['情绪温度计', '生气从哪里来', '担心的时候', '请求帮助', '画一张情绪地图', '给自己写信', '练习日', '道别'], held: 6, off: 3, scale: '情绪困扰', members: 7 },
  { title: '独居长者互助小组', kind: 'mutual-help', domain: 'elder', status: 'beginning', from: -7, themes: ['敲敲邻居的门', '一张互助名单', '谁会修灯泡', '冬天怎么过', '以后自己办'], held: 1, scale: '每周与人来往次数', members: 6 },
  { title: '康复家属支持小组', kind: 'support', domain: 'health', status: 'approved', from: 9, themes: ['同路人', '复发不是失败', '照顾好自己', '资源在哪里'], held: 0, scale: '家属压力', members: 3 },
  { title: '戒毒人员家属互助小组', kind: 'mutual-help', domain: 'drug', status: 'submitted', from: 21, themes: ['说出来', '信任怎么重来', '一起面对'], held: 0, scale: '家庭支持', members: 0 },
  { title: '残障青年社交小组', kind: 'social', domain: 'disability', status: 'drafting', from: 35, themes: ['破冰'], held: 0, thin: true, scale: '社交自信', members: 0 },
];

const PROCESS = [
  '先用一个小游戏暖场，再两人一组说一说，最后围成一圈分享。约定了手机静音、说过的话不外传。',
  '从上次的小作业说起，四个人做了。接着看一段短片，讨论时有人哭了，协助社工陪在旁边。',
  '分三组做练习，各组派人说体会。原来不说话的一位也举了手。',
  '前半段讲办法，后半段各自写下要试的一件事，下次回来说。',
];
const NOTED = ['说话的人从四位多到七位。', '有两位互相留了电话。', '前半段安静，练习后热闹起来。', '意见不同，但没有人离开。'];
const DYNAMICS: readonly Dynamics[] = ['flat', 'some', 'lively', 'lively', 'close'];
const REACHED: readonly Reached[] = ['partly', 'mostly', 'mostly', 'fully'];
const PLACE = '社工站小组活动室';

/** Writes the groups with members of the register, and the acts of service of what was held. */
export const groupRows = (rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider, known: readonly Known[], volunteers: readonly DemoVolunteer[]): void => {
  const random = randomFor('groups');
  const districtId = district.id;
  const { worker, worker2, head } = district.named;
  for (const [index, plan] of plans.entries()) {
    const lead: Staff = plan.second ? worker2 : worker;
    // A plan needs another person to approve it; a station without its own head of the demo keeps none.
    if (lead.stationId === null) continue;
    const start: Day = time.day(plan.from);
    const at = (day: Day, clock: string, least = 60) => time.notAfter(instantAt(day, clock as TimeOfDay), least);
    const madeAt = at(addDays(start, -28), '10:00', 4000 - index);
    const id = idOf(madeAt);
    const place = { stationId: lead.stationId, organisationId: lead.organisationId, divisionPath: lead.divisionPath };
    const approved = !['drafting', 'submitted'].includes(plan.status) && plan.status !== 'cancelled';
    const over = plan.status === 'closed';
    const dayOfSession = (n: number): Day => addDays(start, 7 * (n - 1));
    const scaleId = idOf(madeAt);
    const budget = [
      { title: '物料', planned: 60_000 + index * 2_000, spent: over ? 57_300 + index * 1_900 : null },
      { title: '茶点', planned: 24_000, spent: over ? 23_150 : null },
    ];
    const sums = { planned: budget.reduce((n, b) => n + b.planned, 0), spent: budget.reduce((n, b) => n + (b.spent ?? 0), 0) };
    const closedOn = dayOfSession(plan.themes.length);
    rows.add('serviceGroup', {
      districtId,
      id,
      title: plan.title,
      kind: plan.kind,
      domain: plan.domain,
      status: plan.status,
      leadId: lead.personId,
      coLeadIds: [],
      ...place,
      place: PLACE,
      minSize: 3,
      maxSize: 12,
      startsOn: start,
      plannedFen: sums.planned,
      spentFen: sums.spent,
      submittedBy: plan.status === 'drafting' || plan.status === 'cancelled' ? null : lead.personId,
      submittedAt: plan.status === 'drafting' || plan.status === 'cancelled' ? null : at(addDays(start, -21), '16:00', 3000),
      approvedBy: approved ? head.personId : null,
      approvedAt: approved ? at(addDays(start, -18), '09:30', 2000) : null,
      endedOn: over ? closedOn : null,
      madeBy: lead.personId,
      updatedAt: over ? at(closedOn, '18:00') : madeAt,
      version: over ? 9 : approved ? 4 : 1,
    });
    rows.add('serviceGroupContent', {
      districtId,
      id,
      idea: plan.thin ? '' : '同路人之间的经验最能用得上；社工搭台，组员互相支持。以小组动力理论为依据。',
      goals: plan.thin ? '认识三位以上的朋友。' : `结束时，三分之二的组员“${plan.scale}”好转；组员之间能在组外互相联系。`,
      audience: plan.thin ? '' : '本站个案中有同样处境、愿意参加的服务对象。',
      recruiting: plan.thin ? '' : '由各位社工从个案中邀请，逐一面谈，说明保密和可以随时退出。',
      sessions: JSON.stringify(
        plan.themes.map((title, i) => ({
          title,
          aim: i === 0 ? '认识彼此，一起定小组约定。' : `围绕“${title}”练习一个用得上的办法。`,
          plannedOn: dayOfSession(i + 1),
          place: PLACE,
        })),
      ),
      budget: JSON.stringify(budget),
      risks: JSON.stringify(
        plan.thin
          ? []
          : [
              { what: '分享时情绪激动', answer: '协助社工陪到隔壁，结束后单独跟进。' },
              { what: '中途有人退出', answer: '先个别了解原因，愿意的转个案跟进。' },
            ],
      ),
      indicators: JSON.stringify([{ id: scaleId, title: plan.scale, least: 0, most: 40, better: plan.kind === 'support' || plan.kind === 'growth' ? 'down' : 'up' },
        // As the scale on the members' forms says it: its scores are cited.
        ...(plan.status === 'working' ? [{ id: idOf(madeAt), title: '归属感', least: 0, most: 18, better: 'up' }] : []),
      ]),
      volunteersCt: sealVolunteers(crypto, id, index % 3 === 2 ? [] : namedOf(volunteers, lead.stationId, index)),
      closing: over
        ? JSON.stringify({
            goals: '多数组员的分数好转；有两位变化不大，已转个案跟进。',
            process: '前两节客气，第三节有过争执，之后能互相出主意。',
            lessons: '练习比讲解有用；时间再短十五分钟更好。',
            followUp: '组员自建了联络群，社工每月到一次。',
          })
        : null,
      cancelSays: plan.status === 'cancelled' ? '报名的人太少，改为在社区活动里办。' : null,
    });
    if (approved)
      rows.add('groupReview', {
        districtId,
        id: idOf(at(addDays(start, -18), '09:30', 2000)),
        groupId: id,
        decision: 'approve',
        says: '同意。风险写得实在，注意保密约定。',
        byId: head.personId,
        at: at(addDays(start, -18), '09:30', 2000),
      });
    // In the middle of one group somebody else was to lead, and the head let it be.
    const colleague = district.workers.find((w) => w.stationId === lead.stationId && w.personId !== lead.personId);
    if (plan.status === 'working' && colleague !== undefined)
      rows.add('groupLeadChange', {
        districtId,
        id: idOf(at(addDays(start, 20), '17:00', 1500)),
        groupId: id,
        stationId: lead.stationId,
        fromId: lead.personId,
        toId: colleague.personId,
        stays: true,
        reason: '下月有培训，想请同事接手后两节。',
        status: 'declined',
        askedBy: lead.personId,
        askedAt: at(addDays(start, 20), '17:00', 1500),
        answeredBy: head.personId,
        answeredAt: at(addDays(start, 21), '09:10', 1400),
        answer: '培训改期了，还是由您带完。',
        version: 2,
      });
    if (!approved) continue;
    const own = known.filter((k) => k.workerId === lead.personId);
    const before = own.filter((k) => k.openedOn <= start);
    const people = [...(before.length >= plan.members ? before : own)].slice(0, plan.members);
    const members = people.map((k, n) => {
      const joinedOn = addDays(start, plan.held === 0 ? -12 + n : -3);
      const left = over && n === people.length - 1 && people.length > 4;
      const member = { id: idOf(at(joinedOn, '15:00', 500 - n)), recipientId: k.recipientId, joinedOn, leftOn: left ? addDays(start, 15) : null };
      rows.add('groupMember', {
        districtId,
        ...member,
        groupId: id,
        leaveReason: left ? 'moved' : null,
        addedBy: lead.personId,
        addedAt: at(joinedOn, '15:00', 500 - n),
        version: left ? 2 : 1,
      });
      return member;
    });
    if (plan.held === 0 && plan.status === 'approved') continue;
    for (const [i, theme] of plan.themes.entries()) {
      const number = i + 1;
      const on = dayOfSession(number);
      const off = plan.off === number;
      const held = number <= plan.held && !off;
      const sessionId = idOf(at(addDays(start, -1), '12:00', 200 - number));
      const there = members.filter((m) => m.joinedOn <= on && (m.leftOn === null || on <= m.leftOn));
      const told = there.map((m, n) => {
        const presence: Presence = (n + number) % 7 === 5 ? 'excused' : (n * number) % 11 === 7 ? 'absent' : (n + number) % 5 === 4 ? 'late' : 'present';
        return { ...m, presence };
      });
      const came = told.filter((m) => m.presence === 'present' || m.presence === 'late');
      const guests = number % 3 === 0 ? 1 : 0;
      const minutes = 75 + 15 * (number % 2);
      rows.add('groupSession', {
        districtId,
        id: sessionId,
        groupId: id,
        number,
        status: held ? 'held' : off ? 'cancelled' : 'planned',
        plannedOn: on,
        place: PLACE,
        heldOn: held ? on : null,
        minutes: held ? minutes : null,
        came: held ? came.length : null,
        guests: held ? guests : null,
        helpers: held ? index % 2 : null,
        recordedBy: held ? lead.personId : null,
        recordedAt: held ? at(on, '17:30') : null,
        version: held || off ? 2 : 1,
      });
      rows.add('groupSessionContent', {
        districtId,
        id: sessionId,
        title: theme,
        aim: i === 0 ? '认识彼此，一起定小组约定。' : `围绕“${theme}”练习一个用得上的办法。`,
        process: held ? random.pick(PROCESS) : '',
        dynamics: held ? (DYNAMICS[Math.min(i, DYNAMICS.length - 1)] ?? 'some') : null,
        dynamicsSays: held ? random.pick(NOTED) : '',
        reached: held ? (REACHED[Math.min(i, REACHED.length - 1)] ?? 'mostly') : null,
        reachedSays: '',
        next: held ? '下节开头先问小作业；个别跟进请假的组员。' : '',
        cancelSays: off ? '台风停开，内容并入下一节。' : null,
      });
      if (!held) continue;
      for (const m of told)
        rows.add('groupAttendance', { districtId, id: idOf(at(on, '17:30')), sessionId, memberId: m.id, presence: m.presence });
      rows.add('serviceContact', {
        districtId,
        id: idOf(at(on, '17:30')),
        sourceKind: 'group-session',
        sourceId: sessionId,
        kind: 'group-session',
        domain: plan.domain,
        happenedOn: on,
        minutes,
        people: came.length + guests,
        who: came.map((m) => m.recipientId),
        workerId: lead.personId,
        ...place,
        groupId: id,
        writtenAt: at(on, '17:30'),
      });
    }
    for (const [n, m] of members.entries())
      for (const moment of over ? (['before', 'after'] as const) : (['before'] as const)) {
        // Not everybody was there when it was measured.
        if (n === 2 && moment === 'after') continue;
        const base = 18 + ((n * 5) % 13);
        const step = plan.kind === 'support' || plan.kind === 'growth' ? -1 : 1;
        rows.add('groupMeasure', {
          districtId,
          id: idOf(at(start, '14:00', 100 - n)),
          memberId: m.id,
          indicatorId: scaleId,
          moment,
          value: moment === 'before' ? base : base + step * (n % 4 === 3 ? 0 : 4 + n),
          takenOn: moment === 'before' ? start : closedOn,
          recordedBy: lead.personId,
        });
      }
  }
};
