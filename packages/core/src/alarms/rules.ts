import type { Risk } from '../cases/schema.ts';
import {
  addDays,
  addMonths,
  addMs,
  type Day,
  dayOf,
  daysBetween,
  type Instant,
  instantAt,
  msOf,
  msPerHour,
  msPerMinute,
  startOfDay,
} from '../shared/day.ts';
import { moveVerdict } from '../shared/moves.ts';
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import { type AlarmMove, alarmMoves } from './moves.ts';
import type { AlarmPack } from './pack.ts';
import type { AlarmStanding } from './policy.ts';
import type {
  AlarmAct,
  AlarmEntryDraft,
  AlarmEntryKind,
  AlarmKind,
  AlarmStatus,
  Capacity,
  OrderStatus,
  StepCode,
  StepState,
} from './schema.ts';

/** Why an act on a record is refused. */
export type AlarmRefusal =
  | 'alarms.case-closed'
  | 'alarms.moved-on'
  | 'alarms.not-here'
  | 'alarms.in-future'
  | 'alarms.look-again-late'
  | 'alarms.minor-capacity'
  | 'alarms.choice-not-theirs'
  | 'alarms.must-report'
  | 'alarms.open-steps'
  | 'alarms.review-missing'
  | 'alarms.order-too-long'
  | 'alarms.order-needs-end'
  | 'alarms.no-order'
  | 'alarms.no-application'
  | 'alarms.report-unknown'
  | 'alarms.appeal-other';

/** Something to be done, with the moment at which it is told and the one by which it is due. */
export type NewStep = {
  readonly code: StepCode;
  readonly required: boolean;
  readonly tellAt: Instant | null;
  readonly dueAt: Instant | null;
};

const step = (code: StepCode, dueAt: Instant | null, more: { tellAt?: Instant; required?: boolean } = {}): NewStep => ({
  code,
  required: more.required ?? true,
  tellAt: more.tellAt ?? dueAt,
  dueAt,
});

/**
 * From when the clocks of a record count. Where somebody told the hotline or the station of danger, from that moment: the hours between
 * the telling and the form belong to the clock. What was asked without a word of danger begins its clocks as it is registered.
 */
export const clocksFrom = (
  appeal: { readonly urgent: boolean; readonly askedAt: string; readonly toldAt: string | null },
  now: Instant,
): Instant => {
  const told = appeal.toldAt ?? appeal.askedAt;
  return appeal.urgent && told < now ? (told as Instant) : now;
};

/** The earliest moment at which a danger was told or seen; a moment that a wrong clock sets after the registration does not count. */
export const beganAt = (told: readonly (string | null)[], now: Instant): Instant =>
  told.reduce<Instant>((first, at) => (at !== null && Date.parse(at) < Date.parse(first) ? (at as Instant) : first), now);

/** When a danger became known, as its clocks tell: the first of what was asked for counts from then. */
export const knownAtOf = (a: { readonly registeredAt: string; readonly steps: readonly { readonly openedAt: string }[] }): string =>
  a.steps.reduce((first, s) => (s.openedAt < first ? s.openedAt : first), a.registeredAt);

/** The last moment of a day in Asia/Shanghai: the day itself is still in time. */
export const endOfDay = (day: Day): Instant => addMs(startOfDay(addDays(day, 1)), -1);

const hoursAfter = (at: Instant, hours: number): Instant => addMs(at, hours * msPerHour);

/** A period of days begins on the next day and ends with its last one (民法典 201); holidays do not move it, since an alarm may come early, never late. */
export const endAfterDays = (day: Day, days: number): Instant => endOfDay(addDays(day, days));

/** When each action that a rating asks for is due. */
const dueOf = (code: StepCode, rating: Risk, at: Instant, pack: AlarmPack, lookAgainOn: Day | null): Instant => {
  const today = dayOf(at);
  switch (code) {
    case 'follow-up':
      return hoursAfter(at, pack['followUp.hours']);
    case 'supervision':
    case 'safety-plan':
    case 'limit-means':
      return endOfDay(today);
    case 'plan':
      return endAfterDays(today, pack['plan.days']);
    case 'look-again':
      return lookAgainOn === null ? endAfterDays(today, lookAgainDays(rating, pack)) : endOfDay(lookAgainOn);
    default:
      return addMs(at, pack['immediate.minutes'] * msPerMinute);
  }
};

const lookAgainDays = (rating: Risk, pack: AlarmPack): number => pack[rating === 'low' ? 'lookAgain.low.days' : 'lookAgain.medium.days'];

/** The day by which one looks again at the latest, and that it is not in the past. */
export const lookAgainVerdict = (
  on: string | null,
  rating: Risk,
  today: Day,
  pack: AlarmPack,
  /** The day of the rating, where it arrives later. */
  since: Day = today,
): Verdict<'alarms.look-again-late'> =>
  on === null || (on >= since && on <= addDays(today, lookAgainDays(rating, pack)))
    ? yes
    : no('alarms.look-again-late', { last: addDays(today, lookAgainDays(rating, pack)) });

const ACTIONS = { extreme: 'actions.extreme', high: 'actions.high', medium: 'actions.medium', low: 'actions.low' } as const;
const ORDER: readonly Risk[] = ['low', 'medium', 'high', 'extreme'];

/** Whether a rating is higher than another. */
export const higher = (a: Risk, b: Risk): boolean => ORDER.indexOf(a) > ORDER.indexOf(b);

/** What somebody's rating asks for. The screening stands beside it and is not looked at: no score decides (个人信息保护法 24). */
export const stepsOfRating = (rating: Risk, at: Instant, pack: AlarmPack, lookAgainOn: Day | null = null): NewStep[] =>
  pack[ACTIONS[rating]].map((code) => step(code, dueOf(code, rating, at, pack, lookAgainOn)));

/**
 * What a new rating opens and ends. Raised, everything it asks for that is not open is opened; lowered, what was done once need not be
 * done again, and what it no longer asks for ends.
 */
export const stepsOfChange = (
  from: Risk,
  to: Risk,
  known: readonly { readonly code: StepCode; readonly open: boolean; readonly done: boolean }[],
  at: Instant,
  pack: AlarmPack,
  lookAgainOn: Day | null = null,
): { readonly opens: NewStep[]; readonly drops: StepCode[] } => {
  const wanted = stepsOfRating(to, at, pack, lookAgainOn);
  const open = (code: StepCode) => known.some((s) => s.code === code && s.open);
  const done = (code: StepCode) => known.some((s) => s.code === code && s.done);
  const again = higher(to, from) || to === from;
  return {
    opens: wanted.filter((s) => !open(s.code) && (s.code === 'look-again' || again || !done(s.code))),
    drops: [...new Set(known.filter((s) => s.open && !wanted.some((w) => w.code === s.code)).map((s) => s.code))],
  };
};

/** What a record of violence asks for from its beginning. */
export const stepsOfViolence = (
  facts: { readonly capacity: Capacity; readonly immediate: boolean },
  at: Instant,
  pack: AlarmPack,
): NewStep[] => [
  ...(facts.immediate ? [step('emergency-call', addMs(at, pack['immediate.minutes'] * msPerMinute))] : []),
  facts.capacity === 'full'
    ? step('choice', hoursAfter(at, pack['danger.hours']))
    : step('police-duty', hoursAfter(at, pack['police.hours'])),
  step('danger-check', hoursAfter(at, pack['danger.hours'])),
];

/** The visits after a warning letter: the first soon, then at the cadence, until the end. */
export const warningVisits = (issuedOn: Day, pack: AlarmPack): Day[] => {
  const days: Day[] = [];
  for (let after = pack['warning.firstDays']; after <= pack['warning.forDays']; after += pack['warning.everyDays'])
    days.push(addDays(issuedOn, after));
  return days;
};

/** The latest day on which an order of that day may end (反家庭暴力法 30): the corresponding day, or the month's last. */
export const orderAtMost = (from: Day, pack: AlarmPack): Day => addMonths(from, pack['order.months']);

/** Whether an order ends in time, and not before it begins. */
export const orderVerdict = (
  from: Day,
  to: string | null,
  pack: AlarmPack,
): Verdict<'alarms.order-too-long' | 'alarms.order-needs-end'> => {
  if (to === null || to < from) return no('alarms.order-needs-end');
  return to <= orderAtMost(from, pack) ? yes : no('alarms.order-too-long', { last: orderAtMost(from, pack) });
};

/** The morning on which the end of an order is told, so many days before. */
export const orderToldAt = (to: Day, pack: AlarmPack): Instant => instantAt(addDays(to, -pack['order.alarmDays']), 8 * msPerHour);

/** Where one protection order stands, as rules look at it. */
export type OrderStand = {
  readonly id: string;
  readonly status: OrderStatus;
  readonly decidedOn: string | null;
  readonly validTo: string | null;
  readonly endedOn: string | null;
  /** When the court was asked to look again (反家庭暴力法 31): once for each order. */
  readonly reconsideredOn: string | null;
  /** Whether the court answered that. */
  readonly answered: boolean;
};

/** What may be recorded about one order. Whoever asked the court to look again records its answer as a second decision. */
export const orderActs = (o: OrderStand): AlarmEntryKind[] => {
  const looksAgain = o.reconsideredOn !== null && !o.answered;
  const acts: [AlarmEntryKind, boolean][] = [
    ['order-decided', o.status === 'applied' || (looksAgain && (o.status === 'refused' || o.status === 'in-force'))],
    ['order-extended', o.status === 'in-force'],
    ['order-over', o.status === 'in-force'],
    ['reconsidered', o.reconsideredOn === null && (o.status === 'refused' || o.status === 'in-force')],
    // What happened while it was in force may be told after its end.
    ['breach', o.status === 'in-force' || o.status === 'over'],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
};

/**
 * Whether an entry about an order fits this order and its days: an order ends within six months of its day, an extension within six months
 * of the day on which it would have ended and is given before that day is over.
 */
export const orderEntryVerdict = (order: OrderStand | undefined, entry: AlarmEntryDraft, pack: AlarmPack): Verdict<AlarmRefusal> => {
  if (!('orderId' in entry)) return yes;
  if (order === undefined || !orderActs(order).includes(entry.kind))
    return no(entry.kind === 'order-decided' ? 'alarms.no-application' : 'alarms.no-order');
  const on = 'at' in entry ? dayOf(entry.at as Instant) : entry.on;
  if (order.decidedOn !== null && on < order.decidedOn) return no('alarms.no-order');
  switch (entry.kind) {
    case 'order-decided':
      return entry.outcome === 'granted' ? orderVerdict(on as Day, entry.validTo, pack) : yes;
    case 'order-extended':
      return order.validTo === null || on > order.validTo ? no('alarms.no-order') : orderVerdict(order.validTo as Day, entry.validTo, pack);
    case 'breach':
      return on <= (order.endedOn ?? order.validTo ?? on) ? yes : no('alarms.no-order');
    default:
      return yes;
  }
};

/** Where an order stands after an entry about it; the others stay as they are. */
export const orderAfter = (order: OrderStand, entry: AlarmEntryDraft): OrderStand => {
  switch (entry.kind) {
    case 'order-decided': {
      const on = dayOf(entry.at as Instant);
      const again = { ...order, answered: order.reconsideredOn !== null };
      if (entry.outcome === 'granted') return { ...again, status: 'in-force', decidedOn: on, validTo: entry.validTo };
      // What was asked again and taken back leaves the first decision as it was.
      if (again.answered && entry.outcome === 'withdrawn') return again;
      if (order.status === 'in-force') return { ...again, status: 'over', endedOn: on };
      return { ...again, status: entry.outcome, decidedOn: on };
    }
    case 'order-extended':
      return { ...order, validTo: entry.validTo };
    case 'order-over':
      return { ...order, status: 'over', endedOn: entry.on };
    case 'reconsidered':
      return { ...order, reconsideredOn: entry.on };
    default:
      return order;
  }
};

/** The next day on which an order in force ends; null where none is in force. */
export const nextOrderEnd = (orders: readonly OrderStand[]): string | null =>
  orders.flatMap((o) => (o.status === 'in-force' && o.validTo !== null ? [o.validTo] : [])).sort()[0] ?? null;

/** What an entry opens and which steps it ends; of an order's entry, only steps of that order. */
export const stepsOfEntry = (
  entry: AlarmEntryDraft,
  pack: AlarmPack,
  /** The order before the entry. */
  order?: OrderStand,
): { readonly opens: readonly NewStep[]; readonly ends: readonly StepCode[]; readonly drops?: readonly StepCode[] } => {
  switch (entry.kind) {
    case 'told':
      return { opens: [], ends: TELLS[entry.whom] ?? [] };
    case 'safety-plan':
      return { opens: [], ends: ['safety-plan'] };
    case 'danger':
      return { opens: [], ends: ['danger-check'] };
    case 'choice':
      return { opens: [], ends: ['choice'] };
    case 'police':
      return { opens: [], ends: ['police-duty', ...(entry.manner === '110' ? (['emergency-call'] as const) : [])] };
    case 'reported':
      return { opens: [], ends: ['police-duty'] };
    case 'warning':
      return { opens: warningVisits(entry.issuedOn as Day, pack).map((day) => step('warning-visit', endOfDay(day))), ends: [] };
    case 'order-applied': {
      const hours = pack[entry.urgent ? 'court.urgentHours' : 'court.hours'];
      return { opens: [step('court-decision', hoursAfter(entry.at as Instant, hours))], ends: [] };
    }
    case 'order-decided': {
      const on = dayOf(entry.at as Instant);
      const last = addDays(on, pack['reconsider.days']);
      const against = step('reconsider', endOfDay(last), { tellAt: instantAt(last, 8 * msPerHour), required: false });
      const again = (order?.reconsideredOn ?? null) !== null;
      const stays = again && entry.outcome === 'withdrawn';
      return {
        opens: [
          ...(again || entry.outcome === 'withdrawn' ? [] : [against]),
          ...(entry.outcome === 'granted' && entry.validTo !== null ? [ending(entry.validTo as Day, pack)] : []),
        ],
        ends: ['court-decision', ...(again && !stays ? (['order-ends'] as const) : [])],
      };
    }
    case 'order-extended':
      return { opens: [ending(entry.validTo as Day, pack)], ends: ['order-ends'] };
    case 'order-over':
      return { opens: [], ends: ['order-ends'], drops: ['reconsider'] };
    case 'reconsidered':
      return { opens: [], ends: ['reconsider'] };
    case 'aid-applied':
      return { opens: [step('aid-decision', endAfterDays(entry.on as Day, pack['aid.decideDays']))], ends: [] };
    case 'aid-decided':
      return {
        opens: entry.granted ? [step('aid-assignment', endAfterDays(entry.on as Day, pack['aid.assignDays']))] : [],
        ends: ['aid-decision'],
      };
    case 'aid-assigned':
      return { opens: [], ends: ['aid-assignment'] };
    default:
      return { opens: [], ends: [] };
  }
};

const ending = (to: Day, pack: AlarmPack): NewStep => step('order-ends', endOfDay(to), { tellAt: orderToldAt(to, pack) });

const TELLS: Readonly<Partial<Record<string, readonly StepCode[]>>> = {
  head: ['tell-head'],
  supervisor: ['tell-supervisor'],
  kin: ['guardian'],
  guardian: ['guardian'],
  police: ['emergency-call'],
  ambulance: ['emergency-call'],
  hospital: ['hospital'],
};

const ABOUT_ORDER: readonly AlarmEntryKind[] = ['order-decided', 'order-extended', 'order-over', 'reconsidered', 'breach'];
const CRISIS_ONLY: readonly AlarmEntryKind[] = ['rated', 'safety-plan', 'reviewed'];
const EITHER: readonly AlarmEntryKind[] = ['addition', 'told', 'police', 'reported', 'appeal', 'settled', 'closed'];

/** Whether an entry belongs to a record of this kind. */
export const entryFits = (kind: AlarmKind, entry: AlarmEntryKind): boolean =>
  entry !== 'done' && entry !== 'dropped' && (EITHER.includes(entry) || CRISIS_ONLY.includes(entry) === (kind === 'crisis'));

/** What decides about an entry. */
export type AlarmFacts = {
  readonly kind: AlarmKind;
  readonly status: AlarmStatus;
  readonly capacity: Capacity | null;
  readonly standing: AlarmStanding;
  /** Required steps that are open. */
  readonly openSteps: readonly StepCode[];
  /** Kinds of the entries so far. */
  readonly entries: readonly AlarmEntryKind[];
  /** Protection orders of the record, each for itself. */
  readonly orders: readonly OrderStand[];
};

const MOVES: Readonly<Partial<Record<AlarmEntryKind, AlarmMove>>> = { settled: 'settle', reviewed: 'review', closed: 'close' };

/** The state into which an entry moves a record. */
export const movesTo = (status: AlarmStatus, entry: AlarmEntryKind): AlarmStatus => {
  if (entry === 'rated' && status !== 'open') return 'open';
  const move = MOVES[entry];
  return move === undefined ? status : (alarmMoves[move].to as AlarmStatus);
};

/** Persons without full capacity do not decide alone about a report: the station has the duty (反家庭暴力法 14). */
export const mustReport = (facts: Pick<AlarmFacts, 'kind' | 'capacity' | 'entries'>): boolean =>
  facts.kind === 'violence' && facts.capacity !== 'full' && !facts.entries.includes('police') && !facts.entries.includes('reported');

/** Whether an entry may be added. */
export const entryVerdict = (facts: AlarmFacts, entry: AlarmEntryKind): Verdict<AlarmRefusal> => {
  if (facts.status === 'closed') return no('alarms.moved-on', { status: facts.status });
  if (!entryFits(facts.kind, entry)) return no('alarms.not-here');
  if (facts.standing === 'supervisor' && entry !== 'addition') return no('alarms.not-here');
  const move = MOVES[entry];
  if (move !== undefined && !moveVerdict(alarmMoves, facts.status, move).ok) {
    return entry === 'closed' && facts.status === 'open'
      ? firstNo<AlarmRefusal>(closingVerdict(facts), no('alarms.moved-on', { status: facts.status }))
      : no('alarms.moved-on', { status: facts.status });
  }
  if (entry === 'choice' && facts.capacity !== 'full') return no('alarms.choice-not-theirs');
  if (ABOUT_ORDER.includes(entry) && !facts.orders.some((o) => orderActs(o).includes(entry)))
    return no(entry === 'order-decided' ? 'alarms.no-application' : 'alarms.no-order');
  if (entry === 'settled' || entry === 'closed') return closingVerdict(facts);
  return yes;
};

/** What stands before the end: nothing open, the duty to report met, a crisis looked back upon. */
const closingVerdict = (facts: AlarmFacts): Verdict<AlarmRefusal> =>
  firstNo<AlarmRefusal>(
    mustReport(facts) ? no('alarms.must-report') : yes,
    facts.openSteps.length === 0 ? yes : no('alarms.open-steps', { steps: [...new Set(facts.openSteps)] }),
    facts.kind === 'crisis' && facts.status === 'settled' ? no('alarms.review-missing') : yes,
  );

/** Settling a crisis comes before looking back. */
export const settleVerdict = (facts: AlarmFacts): Verdict<AlarmRefusal> => entryVerdict(facts, 'settled');

/** Whether a moment or a day lies behind; a minute is allowed for clocks that differ. */
export const pastVerdict = (at: string, now: Instant): Verdict<'alarms.in-future'> => {
  const late = at.length === 10 ? at > dayOf(now) : Date.parse(at) > msOf(now) + msPerMinute;
  return late ? no('alarms.in-future') : yes;
};

/** A minor has no full capacity here: the duty to report stands. */
export const capacityVerdict = (capacity: Capacity, minor: boolean): Verdict<'alarms.minor-capacity'> =>
  minor && capacity === 'full' ? no('alarms.minor-capacity') : yes;

/** Whether somebody may tick a step: a supervisor the supervision, the others everything that has no entry of its own. */
export const mayTick = (standing: AlarmStanding, code: StepCode): boolean =>
  standing === 'supervisor' ? code === 'supervision' : !BY_ENTRY.includes(code);

/** Steps that end by what is recorded, never by a tick. */
export const BY_ENTRY: readonly StepCode[] = [
  'safety-plan',
  'danger-check',
  'choice',
  'police-duty',
  'court-decision',
  'order-ends',
  'aid-decision',
  'aid-assignment',
];

const ALL: readonly AlarmEntryKind[] = [
  'told',
  'rated',
  'safety-plan',
  'danger',
  'choice',
  'police',
  'reported',
  'warning',
  'order-applied',
  'order-decided',
  'order-extended',
  'order-over',
  'reconsidered',
  'breach',
  'shelter',
  'aid-applied',
  'aid-decided',
  'aid-assigned',
  'addition',
  'settled',
  'reviewed',
  'closed',
];

/** The buttons of somebody. */
export const alarmActs = (
  facts: AlarmFacts & { readonly minor: boolean; readonly own: boolean; readonly caseOpen: boolean },
): AlarmAct[] => {
  const lives = facts.status !== 'closed';
  const insider = facts.standing !== 'supervisor';
  const acts: [AlarmAct, boolean][] = [
    ...ALL.map((kind): [AlarmAct, boolean] => [kind, entryVerdict(facts, kind).ok]),
    ['tick', lives],
    ['print', insider],
    ['unmask', insider && facts.kind === 'violence'],
    ['report-minor', lives && facts.minor],
    ['ask-for-help', lives && facts.own && facts.caseOpen],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
};

/** How a step stands at a moment. At its limit it is still in time, a minute later it is not. */
export const clockOf = (
  s: {
    readonly dueAt: string | null;
    readonly tellAt: string | null;
    readonly doneAt: string | null;
    readonly droppedAt: string | null;
    readonly required: boolean;
  },
  now: Instant,
): { state: StepState; words: string } => {
  if (s.doneAt !== null) return { state: 'done', words: '已办' };
  if (s.droppedAt !== null) return { state: 'dropped', words: '不再需要' };
  if (s.dueAt === null) return { state: 'none', words: '' };
  const left = Date.parse(s.dueAt) - msOf(now);
  if (left < 0) return s.required ? { state: 'overdue', words: `已超 ${span(-left)}` } : { state: 'lapsed', words: '期限已过' };
  const near = (s.tellAt !== null && Date.parse(s.tellAt) <= msOf(now)) || left <= 24 * msPerHour;
  return { state: near ? 'at-risk' : 'on-track', words: `还剩 ${span(left)}` };
};

const span = (ms: number): string => {
  if (ms < msPerHour) return `${Math.max(1, Math.floor(ms / msPerMinute))} 分钟`;
  if (ms < 48 * msPerHour) return `${Math.floor(ms / msPerHour)} 小时`;
  return `${Math.floor(ms / (24 * msPerHour))} 天`;
};

const SOURCE: Readonly<Partial<Record<StepCode, keyof AlarmPack>>> = {
  'follow-up': 'followUp.hours',
  'danger-check': 'danger.hours',
  choice: 'danger.hours',
  'police-duty': 'police.hours',
  'warning-visit': 'warning.everyDays',
  'court-decision': 'court.hours',
  reconsider: 'reconsider.days',
  'order-ends': 'order.alarmDays',
  'aid-decision': 'aid.decideDays',
  'aid-assignment': 'aid.assignDays',
};

/** The figure whose source stands behind a step: its own, or the highest rating that asks for it. */
export const figureOf = (code: StepCode, kind: AlarmKind, pack: AlarmPack): keyof AlarmPack =>
  SOURCE[code] ?? (kind === 'violence' ? 'immediate.minutes' : (RATINGS.find((key) => pack[key].includes(code)) ?? 'immediate.minutes'));

const RATINGS = ['actions.extreme', 'actions.high', 'actions.medium', 'actions.low'] as const;

/** By what somebody is told from others: the register where they stand on it, name and phone as blind indexes. */
export type Known = { readonly recipientId: string | null; readonly name: string; readonly phone: string | null };

/**
 * Whether a guardian is the one who does violence. Both on the register: the register says it. A phone in common is unsafe whatever the
 * name. Else the name says it, unless both phones are known and differ: then it is a namesake.
 */
export const sameHolder = (abuser: Known, guardian: Known): boolean => {
  if (abuser.recipientId !== null && guardian.recipientId !== null) return abuser.recipientId === guardian.recipientId;
  if (abuser.phone !== null && guardian.phone !== null) return abuser.phone === guardian.phone;
  return abuser.name === guardian.name;
};

/** Where a figure comes from, in words for the page: a law by its name, and always the rule pack in which it stands. */
export const sourceInWords = (source: string, pack: { readonly title: string; readonly version: string }): string => {
  const named = source
    .replace(/（[^（）]*\b[A-Z]{2}-\d+[^（）]*）/g, '')
    .split('；')
    .filter((part) => part.trim() !== '' && !/\b[A-Z]{2}-\d+/.test(part))
    .join('；');
  const stands = `规则包“${pack.title}”${pack.version} 版`;
  return named === '' ? stands : `${named}；${stands}`;
};

/** Days that an order is still in force; negative once it has ended. */
export const orderDaysLeft = (to: string, today: Day): number => daysBetween(today, to as Day);
