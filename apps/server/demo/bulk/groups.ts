/** Groups of a station by the month: plan book, head's word, members from the register, sessions with attendance, what was measured. */
import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import type { Dynamics, GroupKind, GroupStatus, Presence, Reached } from '@jieyou/core/groups/schema.ts';
import { addDays, type Day, instantAt, monthOf, type TimeOfDay } from '@jieyou/core/shared/day.ts';
import { sealVolunteers } from '../../src/groups/store.ts';
import { idOf } from '../loadRows.ts';
import { busyDay, type Desk, eventOf, type Server, type Written } from './people.ts';
import { Deck, type LifeKind } from './words.ts';

type Told = {
  readonly title: string;
  readonly kind: GroupKind;
  readonly domain: ServiceDomain;
  readonly scale: string;
  readonly better: 'up' | 'down';
  readonly of: readonly LifeKind[];
  readonly themes: readonly string[];
};

const of = (title: string, kind: GroupKind, domain: ServiceDomain, scale: string, better: Told['better'], lives: readonly LifeKind[], themes: string): Told => ({
  title, kind, domain, scale, better, of: lives, themes: themes.split('|'),
});

const told: readonly Told[] = [
  of('独居长者互助小组', 'mutual-help', 'elder', '每周与人来往次数', 'up', ['elder'], '认识楼上楼下|一张互助名单|谁会修灯泡|天冷怎么过|以后自己办'),
  of('记忆与健康操小组', 'education', 'elder', '每周锻炼天数', 'up', ['elder', 'dying'], '手指操|记得住的办法|药盒分一分|跌倒怎么起来|做给家人看|约好每周三'),
  of('生命故事小组', 'growth', 'elder', '生活满意', 'up', ['elder', 'dying', 'carer'], '带一张老照片|年轻时的活计|难过的一年|谢谢谁|做成一本册子'),
  of('照顾者喘息小组', 'support', 'family', '照顾压力', 'down', ['carer', 'relief', 'elder'], '你也在照顾家人|压力在身体哪里|请别人搭把手|喘口气的办法|社区里有什么|道别与约定'),
  of('家庭理财互助小组', 'mutual-help', 'relief', '每月新借笔数', 'down', ['relief', 'carer'], '一个月的账|要紧的先付|看懂政策|零工的门路|回头看'),
  of('求职同行小组', 'education', 'relief', '求职信心', 'up', ['relief', 'disabled'], '我会做什么|写一张简历|电话怎么打|模拟面试'),
  of('残障青年社交小组', 'social', 'disability', '社交自信', 'up', ['disabled', 'mind'], '破冰|一起坐公交|说出需要|办一次茶会|约下一次'),
  of('手作康复小组', 'growth', 'disability', '每月参加次数', 'up', ['disabled', 'mind'], '选一样手艺|第一件作品|互相教|摆一次摊|分一分收入|展示'),
  of('情绪小管家成长小组', 'growth', 'youth', '情绪困扰', 'down', ['child', 'net'], '情绪温度计|生气从哪里来|担心的时候|请求帮助|给自己写信'),
  of('亲子沟通小组', 'growth', 'family', '亲子冲突次数', 'down', ['net', 'child'], '认识彼此|听懂孩子的话|生气时怎么办|一起定家规|回头看'),
  of('安心睡眠支持小组', 'support', 'health', '睡好的夜晚', 'up', ['mind', 'carer', 'relief'], '昨夜睡得怎样|睡前一小时|担心写下来|慢慢呼吸|各自的办法'),
];

const opened = ['先用一个小游戏暖场，再两人一组说一说，最后围成一圈分享。', '从上次的小作业说起，多数人做了。', '看一段短片，接着分两组讨论。', '前半段讲办法，后半段各自写下要试的一件事。', '大家带来一样东西，轮流讲它的来历。'];
const then = ['约定了说过的话不外传。', '有人红了眼圈，协助的同事陪在旁边。', '原来不说话的一位也举了手。', '两位说法不同，谈开之后笑了。', '结束时多留了十分钟，互相留了电话。', '练习做了三遍，后一遍顺手多了。'];
const noted = ['说话的人多起来。', '有两位互相留了电话。', '前半段安静，练习后热闹起来。', '意见不同，但没有人离开。'];
const lessons = ['练习比讲解有用；时间再短十五分钟更好。', '人再少两位，说得更透。', '第一节要多留时间认识。', '请假的要当天通电话，隔周就散了。'];
const says = ['同意。风险写得实在，注意保密约定。', '同意，请与社区说好场地。', '同意。请假的组员记得跟进。'];
const dynamics: readonly Dynamics[] = ['flat', 'some', 'some', 'lively', 'lively', 'close'];
const reached: readonly Reached[] = ['partly', 'mostly', 'mostly', 'fully'];
const seasonOf = (day: Day): string => ['冬', '冬', '春', '春', '春', '夏', '夏', '夏', '秋', '秋', '秋', '冬'][monthOf(day) - 1] ?? '';

const MEMBERS = 9;
const LEAST = 3;

/** How many groups over how many days back, and how many that are still to begin. */
export type GroupsWish = { readonly count: number; readonly span: number; readonly ahead: number };

/** Writes groups led by those whose head approves; members are people of the station. A station with too few people has no group. */
export const groupRows = (desk: Desk, servers: readonly Server[], people: readonly Written[], wish: GroupsWish): void => {
  const { rows, crypto, time, random } = desk;
  const leads = servers.filter((s) => s.headId !== null);
  if (leads.length === 0) return;
  const stationOf = new Map(servers.map((s) => [s.personId, s.stationId]));
  const plans = new Deck(told, random);
  const days = [
    ...Array.from({ length: wish.count }, () => ({ start: busyDay(time, random, wish.span, 3), ahead: false })),
    ...Array.from({ length: wish.ahead }, () => ({ start: addDays(time.today, random.int(6, 30)), ahead: true })),
  ];
  for (const { start, ahead } of days) {
    const lead = random.pick(leads);
    const plan = plans.draw();
    const here = random.shuffle(people.filter((p) => stationOf.get(p.workerId) === lead.stationId && p.openedOn <= (ahead ? time.today : start)));
    const fitting = [...here.filter((p) => plan.of.includes(p.kind)), ...here.filter((p) => !plan.of.includes(p.kind) && !['child', 'net'].includes(p.kind) && !['youth'].includes(plan.domain))];
    const chosen = fitting.slice(0, random.int(5, MEMBERS));
    if (chosen.length < LEAST + 1) continue;
    groupOf(desk, lead, plan, start, ahead, chosen);
  }

  function groupOf({ eventId }: Desk, lead: Server, plan: Told, start: Day, ahead: boolean, chosen: readonly Written[]): void {
    const { districtId, headId } = lead;
    if (headId === null) return;
    const place = { stationId: lead.stationId, organisationId: lead.organisationId, divisionPath: lead.divisionPath };
    const at = (day: Day, clock: string, least: number) => time.notAfter(instantAt(day, clock as TimeOfDay), least);
    const count = plan.themes.length;
    const dayOf = (n: number): Day => addDays(start, 7 * (n - 1));
    const last = dayOf(count);
    const over = !ahead && last <= addDays(time.today, -5);
    const held = ahead ? 0 : plan.themes.filter((_, i) => dayOf(i + 1) < time.today).length;
    const status: GroupStatus = ahead
      ? random.pick(['approved', 'approved', 'submitted', 'drafting'])
      : over
        ? 'closed'
        : held >= count
          ? 'ending'
          : held * 3 <= count
            ? 'beginning'
            : held * 3 <= 2 * count
              ? 'turning'
              : 'working';
    const approved = status !== 'drafting' && status !== 'submitted';
    const [madeAt, submittedAt, approvedAt] = [at(addDays(start, -30), '10:00', 5000), at(addDays(start, -24), '16:00', 4000), at(addDays(start, -22), '09:30', 3000)];
    const id = idOf(madeAt);
    const indicator = idOf(madeAt);
    const where = random.pick(['社工站小组活动室', '社区活动室', '邻里中心二楼']);
    const money = (title: string, planned: number) => ({ title, planned, spent: over ? planned - random.int(0, 30) * 100 : null });
    const budget = [money('物料', random.int(20, 60) * 1000), money('茶点', random.int(10, 30) * 1000)];
    const closedAt = at(last, '18:10', 40);
    rows.add('serviceGroup', {
      districtId,
      id,
      title: `${plan.title}（${start.slice(0, 4)}${seasonOf(start)}）`,
      kind: plan.kind,
      domain: plan.domain,
      status,
      leadId: lead.personId,
      coLeadIds: [],
      ...place,
      place: where,
      minSize: LEAST,
      maxSize: 12,
      startsOn: start,
      plannedFen: budget.reduce((n, b) => n + b.planned, 0),
      spentFen: budget.reduce((n, b) => n + (b.spent ?? 0), 0),
      submittedBy: status === 'drafting' ? null : lead.personId,
      submittedAt: status === 'drafting' ? null : submittedAt,
      approvedBy: approved ? headId : null,
      approvedAt: approved ? approvedAt : null,
      endedOn: over ? last : null,
      madeBy: lead.personId,
      updatedAt: over ? closedAt : approved ? approvedAt : madeAt,
      version: over ? 9 : approved ? 4 : 2,
    });
    const aimOf = (i: number) => (i === 0 ? '认识彼此，一起定小组约定。' : `围绕“${plan.themes[i]}”练习一个用得上的办法。`);
    rows.add('serviceGroupContent', {
      districtId,
      id,
      idea: '同路人之间的经验最能用得上；社工搭台，组员互相支持。',
      goals: `结束时，三分之二的组员“${plan.scale}”好转；组员之间能在组外联系。`,
      audience: '本站名册中有同样处境、愿意参加的服务对象。',
      recruiting: '由各位社工邀请，逐一面谈，说明保密和可以随时退出。',
      sessions: JSON.stringify(plan.themes.map((title, i) => ({ title, aim: aimOf(i), plannedOn: dayOf(i + 1), place: where }))),
      budget: JSON.stringify(budget),
      risks: JSON.stringify([{ what: '分享时情绪激动', answer: '协助的同事陪到隔壁，结束后单独跟进。' }]),
      indicators: JSON.stringify([{ id: indicator, title: plan.scale, least: 0, most: 40, better: plan.better }]),
      volunteersCt: sealVolunteers(crypto, id, []),
      closing: over
        ? JSON.stringify({
            goals: '多数组员好转；变化不大的转个别跟进。',
            process: '前两节客气，之后能互相出主意。',
            lessons: random.pick(lessons),
            followUp: '组员自建了联络群，社工每月到一次。',
          })
        : null,
      cancelSays: null,
    });
    const remember = (type: string, moment: string, by: Server, facts: object = {}): void => eventOf({ ...desk, eventId }, by, type, moment, 'group', id, facts);
    remember('group.planned', madeAt, lead);
    if (!approved) return;
    rows.add('groupReview', { districtId, id: idOf(approvedAt), groupId: id, decision: 'approve', says: random.pick(says), byId: headId, at: approvedAt });
    const members = chosen.map((person, n) => {
      const joinedOn = ahead ? (person.openedOn > addDays(time.today, -2) ? time.today : addDays(time.today, -1)) : person.openedOn > addDays(start, -3) ? start : addDays(start, -3);
      const leaves = over && n === chosen.length - 1 && chosen.length > 5 && random.chance(0.5);
      const addedAt = at(joinedOn, '15:00', 200 - n);
      const member = { id: idOf(addedAt), recipientId: person.recipientId, joinedOn, leftOn: leaves ? addDays(start, 15) : null };
      rows.add('groupMember', {
        districtId,
        ...member,
        groupId: id,
        leaveReason: leaves ? random.pick(['moved', 'asked', 'health']) : null,
        addedBy: lead.personId,
        addedAt,
        version: leaves ? 2 : 1,
      });
      return member;
    });
    if (ahead) return;
    for (const [i, title] of plan.themes.entries()) {
      const on = dayOf(i + 1);
      const off = i > 0 && i < held && random.chance(0.05);
      const happened = i < held && !off;
      const writtenAt = at(on, '17:30', 30);
      const sessionId = idOf(at(addDays(start, -1), '12:00', 100 - i));
      const there = members
        .filter((m) => m.joinedOn <= on && (m.leftOn === null || on <= m.leftOn))
        .map((m) => ({ ...m, presence: random.weighted<Presence>([['present', 78], ['late', 7], ['excused', 11], ['absent', 4]]) }));
      if (happened && there[0] !== undefined) there[0].presence = 'present';
      const came = there.filter((m) => m.presence === 'present' || m.presence === 'late');
      const guests = random.chance(0.2) ? random.int(1, 2) : 0;
      const minutes = random.pick([60, 75, 90]);
      rows.add('groupSession', {
        districtId,
        id: sessionId,
        groupId: id,
        number: i + 1,
        status: happened ? 'held' : off ? 'cancelled' : 'planned',
        plannedOn: on,
        place: where,
        heldOn: happened ? on : null,
        minutes: happened ? minutes : null,
        came: happened ? came.length : null,
        guests: happened ? guests : null,
        helpers: happened ? 0 : null,
        recordedBy: happened ? lead.personId : null,
        recordedAt: happened ? writtenAt : null,
        version: happened || off ? 2 : 1,
      });
      rows.add('groupSessionContent', {
        districtId,
        id: sessionId,
        title,
        aim: aimOf(i),
        process: happened ? `${random.pick(opened)}${random.pick(then)}` : '',
        dynamics: happened ? (dynamics[Math.min(i, dynamics.length - 1)] ?? 'some') : null,
        dynamicsSays: happened ? random.pick(noted) : '',
        reached: happened ? (reached[Math.min(i, reached.length - 1)] ?? 'mostly') : null,
        reachedSays: '',
        next: happened && i + 1 < count ? '下节开头先问小作业；个别跟进请假的组员。' : '',
        cancelSays: off ? '台风停开，内容并入下一节。' : null,
      });
      if (!happened) continue;
      remember('group.session-held', writtenAt, lead, { session: sessionId });
      for (const m of there) rows.add('groupAttendance', { districtId, id: idOf(writtenAt), sessionId, memberId: m.id, presence: m.presence });
      rows.add('serviceContact', {
        districtId,
        id: idOf(writtenAt),
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
        writtenAt,
      });
    }
    for (const m of members) {
      const before = random.int(12, 30);
      const better = (plan.better === 'up' ? 1 : -1) * random.weighted([[random.int(3, 9), 7], [0, 2], [-2, 1]]);
      const add = (moment: 'before' | 'after', value: number, takenOn: Day) =>
        rows.add('groupMeasure', { districtId, id: idOf(at(takenOn, '14:00', 50)), memberId: m.id, indicatorId: indicator, moment, value, takenOn, recordedBy: lead.personId });
      if (m.joinedOn <= start) add('before', before, start);
      // Whoever left, or was not there, was not measured again.
      if (over && m.leftOn === null && random.chance(0.9)) add('after', before + better, last);
    }
    if (over) remember('group.closed', closedAt, lead);
  }
};
