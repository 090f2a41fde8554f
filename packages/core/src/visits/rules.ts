import type { Risk } from '../cases/schema.ts';
import type { RecipientCategory } from '../recipients/schema.ts';
import { addDays, addMonths, ageOn, type Day, type Instant, isMinorOn } from '../shared/day.ts';
import { moveVerdict } from '../shared/moves.ts';
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import { type VisitMove, visitMoves } from './moves.ts';
import type { VisitPack } from './pack.ts';
import type { DueState, VisitAct, VisitNeed, VisitRecord, VisitScale, VisitStatus } from './schema.ts';

/** Why an act on a visit is refused. */
export type VisitRefusal =
  | 'visits.over'
  | 'visits.case-closed'
  | 'visits.in-future'
  | 'visits.in-past'
  | 'visits.too-far'
  | 'visits.next-not-later'
  | 'visits.companion-missing'
  | 'visits.companion-or-alone'
  | 'visits.action-missing'
  | 'visits.action-in-past';

/** What decides how often somebody is visited. */
export type NeedFacts = {
  readonly risk: Risk;
  readonly needs: readonly VisitNeed[];
  readonly birthOn: string | null;
};

const OF_NEED = {
  alone: 'interval.alone',
  frail: 'interval.frail',
  child: 'interval.child',
  disabled: 'interval.disabled',
  other: 'interval.other',
} as const satisfies Record<VisitNeed, keyof VisitPack>;

/** Categories by which somebody is visited more often without anybody ticking it again. What is shown to few is none of them. */
export const NEED_OF_CATEGORY: Readonly<Partial<Record<RecipientCategory, VisitNeed>>> = {
  'elder-alone': 'alone',
  'elder-dependent': 'frail',
  disabled: 'disabled',
  'child-in-need': 'child',
  'left-behind-child': 'child',
  orphan: 'child',
  'unraised-child': 'child',
  'elder-empty-nest': 'alone',
};

/** What makes visits needed: what was ticked, and what follows from categories that hold; each once. */
export const allNeeds = (ticked: readonly VisitNeed[], categories: readonly RecipientCategory[]): VisitNeed[] => [
  ...new Set([...ticked, ...categories.flatMap((c) => NEED_OF_CATEGORY[c] ?? [])]),
];

/** Days that may pass between two visits: the shortest of all that apply. */
export const intervalDays = (facts: NeedFacts, pack: VisitPack, today: Day): number => {
  const days = [pack['interval.other'], ...facts.needs.map((need) => pack[OF_NEED[need]])];
  if (facts.risk === 'extreme') days.push(pack['interval.extreme']);
  if (facts.risk === 'high') days.push(pack['interval.high']);
  if (facts.birthOn !== null && (ageOn(facts.birthOn as Day, today) ?? 0) >= pack['elder.age']) days.push(pack['interval.elder']);
  return Math.min(...days);
};

/** The day by which somebody is to be visited: so many days after the last visit, or after the case began where there was none. */
export const dueOn = (
  facts: NeedFacts & { readonly lastOn: string | null; readonly openedOn: string },
  pack: VisitPack,
  today: Day,
): Day =>
  facts.lastOn === null
    ? addDays(facts.openedOn as Day, Math.min(pack['first.days'], intervalDays(facts, pack, today)))
    : addDays(facts.lastOn as Day, intervalDays(facts, pack, today));

/** How somebody stands towards the next visit. The day itself is not yet too late. */
export const dueState = (due: string, lastOn: string | null, pack: VisitPack, today: Day): DueState => {
  if (due < today) return lastOn === null ? 'never' : 'overdue';
  if (due === today) return 'today';
  return due <= addDays(today, pack['soon.days']) ? 'soon' : 'later';
};

/** Whether the person is a minor, as far as the day of birth is known. */
export const isMinor = (birthOn: string | null, today: Day): boolean => birthOn !== null && isMinorOn(birthOn as Day, today);

/**
 * Who came along (ST-03): on a first visit somebody, or a reason for going alone; later nobody need come. Both at once contradict each
 * other.
 */
export const companionVerdict = (facts: {
  readonly first: boolean;
  readonly companion: unknown;
  readonly aloneReason: string | null;
}): Verdict<'visits.companion-missing' | 'visits.companion-or-alone'> => {
  if (facts.companion !== null && facts.aloneReason !== null) return no('visits.companion-or-alone');
  return facts.first && facts.companion === null && facts.aloneReason === null ? no('visits.companion-missing') : yes;
};

/** Something urgent was seen: something is to be done at once. */
export const isUrgent = (scales: readonly VisitScale[]): boolean => scales.includes('urgent');

/** Whether a visit may be recorded as it is told. */
export const recordVerdict = (
  record: Pick<VisitRecord, 'visitedOn' | 'companion' | 'aloneReason' | 'action' | 'next'> & { readonly scales: readonly VisitScale[] },
  facts: { readonly first: boolean; readonly caseStatus: string; readonly today: Day },
): Verdict<VisitRefusal> => {
  if (facts.caseStatus !== 'open') return no('visits.case-closed');
  if (record.visitedOn > facts.today) return no('visits.in-future');
  const found = companionVerdict({ first: facts.first, companion: record.companion, aloneReason: record.aloneReason });
  if (!found.ok) return found;
  if (isUrgent(record.scales) && record.action === null) return no('visits.action-missing');
  if (record.action !== null && record.action.until < record.visitedOn) return no('visits.action-in-past');
  return nextVerdict(record.next, facts.today);
};

/** The next visit lies ahead, and not further than one can plan. */
export const nextVerdict = (next: { readonly on: string } | null, today: Day): Verdict<VisitRefusal> =>
  next === null ? yes : next.on <= today ? no('visits.next-not-later') : planDayVerdict(next.on, today);

/** A visit is planned for today or later, at most a year ahead. */
export const planDayVerdict = (on: string, today: Day): Verdict<VisitRefusal> =>
  on < today ? no('visits.in-past') : on > addMonths(today, 12) ? no('visits.too-far') : yes;

/** Whether a visit may be planned. */
export const planVerdict = (caseStatus: string, on: string, today: Day): Verdict<VisitRefusal> =>
  firstNo<VisitRefusal>(caseStatus === 'open' ? yes : no('visits.case-closed'), planDayVerdict(on, today));

/** When an action counts as done: as it was told, if that lies between its visit and now; a phone's clock may be wrong. */
export const doneWhen = (told: string | undefined, recordedAt: string | null, now: Instant): Instant =>
  told !== undefined && Date.parse(told) <= Date.parse(now) && Date.parse(told) >= Date.parse(recordedAt ?? told) ? (told as Instant) : now;

/** Whether nobody being met may be recorded. */
export const missVerdict = (
  record: { readonly visitedOn: string; readonly next: { readonly on: string } | null },
  caseStatus: string,
  today: Day,
): Verdict<VisitRefusal> => {
  if (caseStatus !== 'open') return no('visits.case-closed');
  return record.visitedOn > today ? no('visits.in-future') : nextVerdict(record.next, today);
};

/** Whether a visit may still change its state. */
export const visitMoveVerdict = (status: VisitStatus, move: VisitMove): Verdict<'visits.over'> =>
  moveVerdict(visitMoves, status, move).ok ? yes : no('visits.over', { status });

/** The buttons of a visit. `writes`: works on the case; `own`: is its worker, who alone asks for help. */
export const visitActs = (facts: {
  readonly status: VisitStatus;
  readonly writes: boolean;
  readonly own: boolean;
  readonly caseOpen: boolean;
  readonly openActions: number;
  readonly urgent: boolean;
  readonly minor: boolean;
}): VisitAct[] => {
  const planned = facts.status === 'planned' && facts.writes && facts.caseOpen;
  const acts: [VisitAct, boolean][] = [
    ['record', planned],
    ['miss', planned],
    ['move', planned],
    ['cancel', facts.status === 'planned' && facts.writes],
    ['finish-action', facts.writes && facts.openActions > 0],
    ['ask-for-help', facts.urgent && facts.own && facts.caseOpen],
    ['report-minor', facts.urgent && facts.minor],
    ['attach', facts.writes && (facts.status === 'done' || facts.status === 'not-met')],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
};
