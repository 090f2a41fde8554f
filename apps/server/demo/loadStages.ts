/** The stages of the demo's cases: decisions, assessments, plans with their agreements, evaluations and closings, invented as all the rest. */
import { statusOfStage } from '@jieyou/core/cases/stageRules.ts';
import type { CaseStage, ClosingKind, PaperContent, PaperKind, PaperStatus, PlanContent } from '@jieyou/core/cases/stageSchema.ts';
import { addDays, ageOn, type Day, dayOf, instantOf, isMinorOn, msPerDay } from '@jieyou/core/shared/day.ts';
import type { CaseDomain } from '@jieyou/core/shared/fields.ts';
import { toldOf } from '../src/cases/paperText.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

/** What the papers of a case say. */
export type Told = {
  readonly person: string;
  readonly surroundings: string;
  readonly needs: string;
  readonly aim: string;
  readonly methods: string;
  readonly goals: readonly (readonly [text: string, indicator: string, unit: string, baseline: number, target: number])[];
  readonly outcome: string;
  /** Said in the assessment of the family, at the end, and in the follow-up; where it is left out, in the same words for all. */
  readonly family?: string;
  readonly review?: string;
  readonly followUp?: string;
};

/** What the papers of an ordinary case say, by domain. */
export const toldOfDomain: Readonly<Record<CaseDomain, Told>> = {
  'mental-recovery': {
    person: '按时服药，夜里睡得浅，白天起得晚；愿意做饭，也做得好。',
    surroundings: '社区卫生中心每月随访；楼下有阅览室和小菜场，走路十分钟。',
    needs: '先恢复白天的作息，再慢慢出门；家人需要知道怎样提醒而不催促。',
    aim: '白天有安排，能自己出门办一件小事。',
    methods: '每周一次面谈，陪同去菜场和阅览室，与家人约定提醒的办法。',
    goals: [
      ['每天上午起床做一件事', '每周上午有安排的天数', '天', 1, 5],
      ['减少夜里醒来', '每周夜醒次数', '次', 6, 2],
    ],
    outcome: '上午多半能起来做饭，自己去过三次菜场；夜里醒的次数少了。',
  },
  'disability-inclusion': {
    person: '手巧，会修小家电；出门要人陪，次数少。',
    surroundings: '街道残联有就业窗口，楼道正在报无障碍改造。',
    needs: '交通和出门的信心；找一份半日的事做。',
    aim: '每周能出门，找到合适的事做。',
    methods: '陪同办理改造申请，联系就业窗口，先从志愿修理日开始。',
    goals: [
      ['每周自己出门', '每周出门次数', '次', 1, 3],
      ['参加修理日', '每月参加次数', '次', 0, 2],
    ],
    outcome: '出门次数增加，修理日去了两次，邻居开始找他修东西。',
  },
  'youth-internet': {
    person: '聪明，爱画画；晚睡，早上常迟到。',
    surroundings: '班主任愿意每两周通一次电话，学校有社团。',
    needs: '作息和父母意见一致；一件线下想做的事。',
    aim: '按时上学，晚上能放下手机。',
    methods: '家庭会谈定作息约定，介绍画画社团，每两周与学校通一次情况。',
    goals: [
      ['按时到校', '每周准时到校', '天', 2, 5],
      ['减少上网', '每天上网', '小时', 6, 2],
    ],
    outcome: '准时到校多起来，周末去了画画社团；父母不再当面争。',
  },
  'parent-child': {
    person: '与孩子说话容易起争执，事后又后悔。',
    surroundings: '社区有家长夜谈，学校心理老师可以约时间。',
    needs: '学会先听完再说；孩子需要一个愿意听的大人。',
    aim: '一家人能坐下来吃饭说话。',
    methods: '每周一次家庭会谈，练习倾听；介绍家长夜谈。',
    goals: [
      ['减少争吵', '每周争吵次数', '次', 5, 1],
      ['一起吃饭', '每周一起吃饭', '次', 1, 4],
    ],
    outcome: '争吵少了一大半，孩子愿意说学校的事。',
  },
  'family-relations': {
    person: '照料老人两年，很少休息，肩背常疼。',
    surroundings: '社区有日间照料点，邻居愿意搭把手。',
    needs: '照料要有人分担，一家人把事情说开。',
    aim: '照料有人分担，家里能商量事情。',
    methods: '开两次家庭会议，联系日间照料，教几样省力的办法。',
    goals: [
      ['兄弟姐妹分担照料', '每周由别人照料的天数', '天', 0, 2],
      ['自己休息', '每周休息时间', '小时', 1, 6],
    ],
    outcome: '排了值班表，每周能歇半天，话也说开了。',
  },
  'domestic-violence': {
    person: '现住亲戚家，情绪紧张，睡眠不好，想继续上班。',
    surroundings: '派出所出过告诫书，妇联有律师值班。',
    needs: '安全的住处和联系方式；法律上怎么办；慢慢安下心来。',
    aim: '人身安全，知道可以找谁，能正常上班。',
    methods: '商定安全计划，陪同咨询律师，按约定时间联系。',
    goals: [
      ['按安全计划联系', '每周按约联系', '次', 0, 2],
      ['能睡好觉', '每周睡好的夜晚', '晚', 1, 5],
    ],
    outcome: '没有再发生；已办好法律援助，睡得好一些。',
  },
  'end-of-life': {
    person: '疼痛有药控制，清醒时愿意说从前的事。',
    surroundings: '医院有安宁疗护门诊，社区志愿者可以陪伴。',
    needs: '少受痛苦；想见的人和想说的话；照料的家人也要有人照应。',
    aim: '安稳地过好余下的日子，家人有准备。',
    methods: '与医生沟通止痛，做生命回顾，安排志愿者陪伴，支持照料的家人。',
    goals: [
      ['疼痛少一些', '疼痛自评', '分', 7, 3],
      ['有人陪伴', '每周有人陪伴', '次', 1, 4],
    ],
    outcome: '疼痛控制得住，见了想见的人，家人轮流休息。',
  },
};

const KINDS: readonly ClosingKind[] = ['achieved', 'wished', 'referred', 'moved', 'died', 'lost', 'other'];
const CLOSED_SAYS: Readonly<Record<ClosingKind, string>> = {
  achieved: '约定的目标多数达到，本人愿意自己往下走。',
  wished: '本人觉得已经可以，想自己再试一段时间。',
  referred: '后面的服务更合适由专门的机构来做，已经当面介绍。',
  moved: '搬到外区，已告知当地社工站的联系办法。',
  died: '已平静离世，与家人做了告别和哀伤陪伴。',
  lost: '多次上门和电话都没有联系上，已请社区留意。',
  other: '因情况变化，双方商量后结束服务。',
};

/** How far a case has come. */
export type Way = { readonly stage: CaseStage; readonly before?: CaseStage; readonly crisis?: true; readonly returned?: true; readonly reopened?: true };
// How far an open case has come, by turns; the first ones of the demo's worker show every stage.
const WAYS: readonly Way[] = [
  { stage: 'intake' },
  { stage: 'intervention' },
  { stage: 'plan-signing' },
  { stage: 'assessment' },
  { stage: 'intervention' },
  { stage: 'planning' },
  { stage: 'evaluation' },
  { stage: 'intervention', crisis: true },
  { stage: 'paused', before: 'intervention' },
  { stage: 'intervention', reopened: true },
  { stage: 'planning', returned: true },
  { stage: 'closing-signing', before: 'evaluation' },
];
const CAME: readonly CaseStage[] = ['intake', 'assessment', 'planning', 'plan-signing', 'intervention', 'evaluation', 'closing-signing', 'closed'];

/** A case's row as its stages change it. */
export type CaseFileRow = {
  id: string;
  number: string;
  districtId: string;
  stationId: string;
  workerId: string;
  recipientId: string;
  domain: string;
  risk: string;
  status: string;
  openedOn: string;
  updatedAt: string;
  stage?: string;
  stageSince?: string | null;
  stageBefore?: string | null;
  lookAgainOn?: string | null;
  assessmentDueOn?: string | null;
  closingKind?: string | null;
  closedOn?: string | null;
  nextFollowUpOn?: string | null;
};

const planOf = (t: Told, from: Day): PlanContent => ({
  aim: t.aim,
  goals: t.goals.map(([text, indicator, unit, baseline, target], i) => ({
    key: `g${i + 1}`,
    text,
    indicator,
    unit,
    baseline,
    target,
    direction: target > baseline ? ('up' as const) : ('down' as const),
  })),
  methods: t.methods,
  frequency: '每周一次',
  startsOn: from,
  endsOn: addDays(from, 180),
});

// People die of age or of what end-of-life work is about; a child whose case is about the net does not.
const endingOf = (kind: ClosingKind, file: CaseFileRow, birthOn: Day | null): ClosingKind =>
  kind !== 'died' || file.domain === 'end-of-life' || (birthOn !== null && (ageOn(birthOn, dayOf(file.updatedAt as never)) ?? 0) >= 60) ? kind : 'achieved';

/** Gives every case of the demo its stage and what was written on the way. `showcase` is whose cases show every stage. */
export const stageRows = (rows: Rows, time: DemoTime, showcase: string): void => {
  const heads = new Map<string, string>();
  for (const a of rows.of('roleAssignment')) if (a.role === 'head' && typeof a.stationId === 'string') heads.set(a.stationId, a.personId);
  const births = new Map(rows.of('recipient').map((r) => [r.id, (r.birthOn ?? null) as Day | null]));
  // Cases with a request are being worked on: help is asked for out of the work.
  const asked = new Set(rows.of('supportRequest').map((r) => r.caseId));
  const helpedUntil = new Map<string, string>();
  for (const r of rows.of('supportRequest')) {
    const until = String(r.closedAt ?? r.submittedAt);
    if (until > (helpedUntil.get(String(r.caseId)) ?? '')) helpedUntil.set(String(r.caseId), until);
  }
  let turn = 0;
  let ended = 0;
  let shown = 0;
  for (const file of rows.of('caseFile') as unknown as CaseFileRow[]) {
    const t = toldOfDomain[file.domain as CaseDomain];
    const mine = file.workerId === showcase && file.status === 'open' && !asked.has(file.id);
    // The last of the worker's cases are over, one of each kind.
    if (mine) shown += 1;
    const over = file.status === 'closed' || (mine && shown > 25 && shown <= 25 + KINDS.length);
    const way: Way = over ? { stage: 'closed' } : asked.has(file.id) ? { stage: 'intervention' } : (WAYS[turn++ % WAYS.length] as Way);
    const stage = !over && heads.get(file.stationId) === undefined && CAME.indexOf(way.before ?? way.stage) > 2 ? 'planning' : way.stage;
    // A case ends after the help that was asked for in it has ended, never before.
    const helped = helpedUntil.get(file.id);
    if (file.status === 'closed' && helped !== undefined) file.updatedAt = time.notAfter(instantOf(Date.parse(helped) + 9 * msPerDay), 60);
    const birthOn = births.get(file.recipientId) ?? null;
    const kind = over ? endingOf(KINDS[ended++ % KINDS.length] as ClosingKind, file, birthOn) : null;
    writeCase(rows, time, file, { ...way, stage }, kind, t, heads.get(file.stationId) ?? null, birthOn);
  }
};

/** Gives one case its stage and writes its papers; `head` signs. */
export const writeCase = (
  rows: Rows,
  time: DemoTime,
  file: CaseFileRow,
  way: Way,
  kind: ClosingKind | null,
  t: Told,
  head: string | null,
  birthOn: Day | null,
): void => {
  const begun = Date.parse(`${file.openedOn}T03:00:00Z`);
  const until = Math.max(begun, Date.parse(file.updatedAt));
  // The eighth parts of the time that the case has run, each at an hour of the working day.
  const at = (eighth: number): string => {
    const ms = begun + ((until - begun) * eighth) / 8;
    const hour = Date.parse(`${new Date(ms).toISOString().slice(0, 10)}T01:30:00Z`) + eighth * 3_000_000;
    return instantOf(Math.max(begun, Math.min(until, hour)));
  };
  const reached = CAME.indexOf(way.before ?? way.stage);
  const editions = new Map<string, number>();
  const paper = (
    of: PaperKind,
    when: string,
    content: Partial<PaperContent>,
    more: { status?: PaperStatus; outcome?: string; satisfaction?: number; dueOn?: string; decidedAt?: string; answer?: string; plan?: PlanContent } = {},
  ): void => {
    const id = idOf(when);
    const edition = (editions.get(of) ?? 0) + 1;
    editions.set(of, edition);
    const status = more.status ?? 'written';
    const waits = status === 'sent' || status === 'signed' || status === 'returned';
    rows.add('casePaper', {
      districtId: file.districtId,
      id,
      caseId: file.id,
      caseNumber: file.number,
      stationId: file.stationId,
      kind: of,
      edition,
      status,
      outcome: more.outcome ?? null,
      satisfaction: more.satisfaction ?? null,
      happenedOn: dayOf(when as never),
      dueOn: more.dueOn ?? null,
      authorId: file.workerId,
      writtenAt: when,
      signerId: null,
      sentAt: waits ? when : null,
      decidedBy: more.decidedAt === undefined ? null : head,
      decidedAt: more.decidedAt ?? null,
      version: more.decidedAt === undefined ? 1 : 2,
    });
    rows.add('casePaperContent', {
      districtId: file.districtId,
      id,
      content: JSON.stringify(content),
      told: toldOf(content, more.plan ?? null),
      answer: more.answer ?? '',
    });
  };
  file.stage = way.stage;
  file.status = statusOfStage(way.stage);
  file.stageSince = file.updatedAt;
  if (reached === 0) return;
  const minor = birthOn !== null && isMinorOn(birthOn, time.today);
  const intake = {
    decision: way.crisis === true ? ('crisis' as const) : ('accept' as const),
    source: 'community' as const,
    asker: '社区工作人员',
    guardian: minor ? '母亲' : null,
    urgency: way.crisis === true ? ('at-once' as const) : ('ordinary' as const),
    problem: t.needs,
    reason: way.crisis === true ? '当晚情绪很不稳，先安排人陪着，再补预估。' : '',
    referredTo: null,
  };
  paper('intake', at(0), { intake }, { outcome: intake.decision });
  if (way.crisis === true) {
    file.assessmentDueOn = addDays(time.today, 3);
    return;
  }
  if (reached >= 2) {
    const risk = file.risk as 'low';
    paper(
      'assessment',
      at(1),
      { assessment: { person: t.person, family: t.family ?? '家人关心，也有累的时候。', surroundings: t.surroundings, needs: t.needs, risk, riskSays: '' } },
      { outcome: risk },
    );
  }
  // Nobody waits for a signature longer than a week.
  const unsigned = reached >= 3 && (reached === 3 || head === null) && kind === null;
  const turn = Number(file.number.slice(-4));
  const lately = instantOf(Date.parse(`${addDays(time.today, -1 - (turn % 5))}T01:00:00Z`) + (turn % 8) * 2_700_000) as string;
  const plannedAt = unsigned && at(2) < lately ? lately : at(2);
  const plan = planOf(t, dayOf(plannedAt as never));
  const signers = [
    { who: 'person' as const, name: '本人', relation: '', signedOn: dayOf(plannedAt as never), attachmentId: null },
    ...(minor ? [{ who: 'guardian' as const, name: '母亲', relation: '母亲', signedOn: dayOf(plannedAt as never), attachmentId: null }] : []),
  ];
  const agreement = { explained: true as const, signers };
  if (reached === 2) {
    if (way.returned === true && head !== null) {
      paper('plan', at(2), { plan, agreement }, { status: 'returned', dueOn: plan.endsOn, decidedAt: file.updatedAt, answer: '目标写得好；频率请再具体一些。' });
    } else paper('plan', at(2), { plan }, { status: 'draft', dueOn: plan.endsOn });
    return;
  }
  if (reached === 3 || head === null) {
    if (reached >= 3) paper('plan', plannedAt, { plan, agreement }, { status: 'sent', dueOn: plan.endsOn });
    if (reached >= 3 && file.status === 'open') file.stage = 'plan-signing';
    if (kind === null) return;
  } else paper('plan', at(2), { plan, agreement }, { status: 'signed', dueOn: plan.endsOn, decidedAt: at(3) });
  const measured = (share: number) =>
    plan.goals.map((g) => ({ key: g.key, now: Math.round((g.baseline + (g.target - g.baseline) * share) * 10) / 10, says: '' }));
  const evaluation = (of: 'stage' | 'closing', share: number, satisfaction: number | null) => ({
    evaluation: { kind: of, measures: measured(share), says: t.outcome, satisfaction, wishes: '' },
  });
  if (way.reopened === true) paper('reopening', at(1), { reason: '停了一段时间，又遇到难处，本人愿意再来。' });
  if (way.stage === 'paused') {
    file.stageBefore = 'intervention';
    file.lookAgainOn = time.today;
    paper('pause', at(6), { reason: '住院治疗，出院后再联系。' }, { dueOn: time.today });
    return;
  }
  paper('evaluation', at(4), evaluation('stage', 0.5, 4), { outcome: 'stage', satisfaction: 4, plan });
  // Who died or is not to be found was not asked how content they are.
  const content = kind === 'died' || kind === 'lost' ? null : kind === 'other' ? 3 : 5;
  if (reached >= 5)
    paper('evaluation', at(6), evaluation('closing', kind === null || kind === 'achieved' ? 1 : 0.7, content), {
      outcome: 'closing',
      ...(content === null ? {} : { satisfaction: content }),
      plan,
    });
  if (reached < 6) return;
  const of = kind ?? 'achieved';
  const closedOn = dayOf(file.updatedAt as never);
  const follows = of !== 'died' && of !== 'lost';
  const followUpOn = follows ? addDays(closedOn, 30) : null;
  // Whose goal was to take part in the life outside the house may have found work on the way (YC-11).
  const found = file.domain === 'disability-inclusion' && of === 'achieved';
  const work = found ? { outcome: 'flexible' as const, onDay: addDays(closedOn, -9), place: 'sheltered' as const, says: '每天半日，有人陪同上下班。' } : null;
  const closing = {
    kind: of,
    summary: CLOSED_SAYS[of],
    review: t.review ?? '下次可以更早与家人见面。',
    referredTo: of === 'referred' ? '区康复服务中心' : null,
    followUpOn,
    work,
  };
  const due = followUpOn === null ? {} : { dueOn: followUpOn };
  if (way.stage === 'closing-signing') {
    file.stageBefore = 'evaluation';
    paper('closing', at(8), { closing }, { status: 'sent', outcome: of, ...due });
    return;
  }
  paper('closing', at(7), { closing }, { status: head === null ? 'written' : 'signed', outcome: of, ...due, ...(head === null ? {} : { decidedAt: at(8) }) });
  file.closingKind = of;
  file.closedOn = closedOn;
  if (work !== null) Object.assign(file, { workOutcome: work.outcome, workOn: work.onDay, workPlace: work.place, workSeenOn: closedOn });
  // What was due long ago has been done.
  if (followUpOn !== null && followUpOn < addDays(time.today, -14)) {
    const says = t.followUp ?? '电话里说过得平稳，按自己的办法在做。';
    const held = work === null ? null : { ...work, holds: 'holds' as const, since: work.onDay };
    if (work !== null) Object.assign(file, { workSeenOn: followUpOn });
    const when = instantOf(Date.parse(`${followUpOn}T03:00:00Z`)) as string;
    paper('follow-up', when, { followUp: { happenedOn: followUpOn, way: 'phone', result: 'steady', says, nextOn: null, work: held } }, { outcome: 'steady' });
  } else file.nextFollowUpOn = followUpOn;
};
