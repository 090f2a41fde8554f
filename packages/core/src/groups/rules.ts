/** Whether a group may go on as asked, and what its numbers say. */
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import { isRunning } from './moves.ts';
import type { GroupsPack } from './pack.ts';
import type {
  GroupBudgetLine,
  GroupDraft,
  GroupIndicator,
  GroupStatus,
  LeadChangeStatus,
  MeasureMoment,
  MeasureSummary,
  MeasureValue,
  MemberScore,
  Presence,
} from './schema.ts';

/** Why a plan is not taken as typed. */
export type PlanRefusal = 'groups.size-upside-down' | 'groups.size-beyond' | 'groups.scale-upside-down';

/** Sizes within the figures of the pack, scales whose ends are in order. */
export const planVerdict = (
  draft: Pick<GroupDraft, 'minSize' | 'maxSize'> & { readonly indicators: readonly Pick<GroupIndicator, 'title' | 'least' | 'most'>[] },
  pack: GroupsPack,
): Verdict<PlanRefusal> => {
  const upside = draft.indicators.find((i) => i.least >= i.most);
  return firstNo<PlanRefusal>(
    draft.minSize <= draft.maxSize ? yes : no('groups.size-upside-down'),
    draft.minSize >= pack['size.least'] && draft.maxSize <= pack['size.most']
      ? yes
      : no('groups.size-beyond', { least: pack['size.least'], most: pack['size.most'] }),
    upside === undefined ? yes : no('groups.scale-upside-down', { title: upside.title }),
  );
};

type Whole = Pick<GroupDraft, 'idea' | 'goals' | 'audience' | 'recruiting'> & {
  readonly sessions: readonly unknown[];
  readonly risks: readonly unknown[];
};
/** What a plan book lacks before it may be handed in, in the order of its chapters. */
export const lacksOf = (plan: Whole, pack: GroupsPack): ('idea' | 'goals' | 'audience' | 'recruiting' | 'sessions' | 'risks')[] => [
  ...(['idea', 'goals', 'audience', 'recruiting'] as const).filter((part) => plan[part].trim() === ''),
  ...(plan.sessions.length < pack['sessions.least'] ? (['sessions'] as const) : []),
  ...(plan.risks.length === 0 ? (['risks'] as const) : []),
];

/** Nobody approves a plan that is their own in any way. */
export const reviewVerdict = (
  of: { readonly authors: readonly (string | null)[] },
  selves: readonly string[],
): Verdict<'groups.reviewer-is-author'> =>
  of.authors.some((a) => a !== null && selves.includes(a)) ? no('groups.reviewer-is-author') : yes;

/** Why a phase may not begin or end yet. */
export type PhaseRefusal = 'groups.too-few-members' | 'groups.no-session-held' | 'groups.sessions-open';

/** A group begins with enough members, leaves its first phase after a session, and ends when no session is left open. */
export const phaseVerdict = (
  move: 'start' | 'turn' | 'close' | (string & {}),
  of: { readonly members: number; readonly minSize: number; readonly held: number; readonly planned: number },
): Verdict<PhaseRefusal> => {
  if (move === 'start' && of.members < of.minSize) return no('groups.too-few-members', { have: of.members, least: of.minSize });
  if ((move === 'turn' || move === 'close') && of.held === 0) return no('groups.no-session-held');
  if (move === 'close' && of.planned > 0) return no('groups.sessions-open', { open: of.planned });
  return yes;
};

/** Why somebody may not join or leave. */
export type MemberRefusal =
  | 'groups.not-joinable'
  | 'groups.in-future'
  | 'groups.full'
  | 'groups.member-already'
  | 'groups.person-still'
  | 'groups.left-before-joined'
  | 'groups.left-already';

/** People join a group that is approved and not winding up, while there is room, once at a time. */
export const joinVerdict = (of: {
  readonly status: GroupStatus;
  readonly members: number;
  readonly maxSize: number;
  readonly already: boolean;
  readonly still: boolean;
  readonly joinedOn: string;
  readonly today: string;
}): Verdict<MemberRefusal> =>
  firstNo<MemberRefusal>(
    ['approved', 'beginning', 'turning', 'working'].includes(of.status) ? yes : no('groups.not-joinable', { status: of.status }),
    of.joinedOn <= of.today ? yes : no('groups.in-future'),
    of.still ? no('groups.person-still') : yes,
    of.already ? no('groups.member-already') : yes,
    of.members < of.maxSize ? yes : no('groups.full', { most: of.maxSize }),
  );

/** Whoever is in may leave, on a day from joining to today. */
export const leaveVerdict = (of: { joinedOn: string; leftOn: string | null; on: string; today: string }): Verdict<MemberRefusal> =>
  firstNo<MemberRefusal>(
    of.leftOn === null ? yes : no('groups.left-already'),
    of.on <= of.today ? yes : no('groups.in-future'),
    of.on >= of.joinedOn ? yes : no('groups.left-before-joined'),
  );

/** Whether a member was in on a day: the days of joining and of leaving count. */
export const wasIn = (member: { readonly joinedOn: string; readonly leftOn: string | null }, day: string): boolean =>
  member.joinedOn <= day && (member.leftOn === null || day <= member.leftOn);

/** Who counts as having come. */
export const came = (presence: Presence): boolean => presence === 'present' || presence === 'late';

/** Why a session is not recorded as told. */
export type SessionRefusal =
  | 'groups.not-running'
  | 'groups.in-future'
  | 'groups.attendance-missing'
  | 'groups.not-a-member'
  | 'groups.person-still'
  | 'groups.helpers-fewer'
  | 'groups.nobody-came';

/** A held session says of each member of its day whether they came, and somebody did. */
export const holdVerdict = (of: {
  readonly status: GroupStatus;
  /** Whether the session was held before, and is corrected: then the group may be over. */
  readonly correcting: boolean;
  readonly heldOn: string;
  readonly today: string;
  readonly members: readonly { readonly id: string; readonly joinedOn: string; readonly leftOn: string | null; readonly still: boolean }[];
  readonly attendance: readonly { readonly memberId: string; readonly presence: Presence }[];
  readonly guests: number;
  /** Volunteers in all, and those of them whose hours are told. */
  readonly helpers: number;
  readonly help?: { readonly minutes: readonly unknown[] } | undefined;
}): Verdict<SessionRefusal> => {
  if (!isRunning(of.status) && !(of.correcting && of.status === 'closed')) return no('groups.not-running', { status: of.status });
  if (of.heldOn > of.today) return no('groups.in-future');
  const there = of.members.filter((m) => wasIn(m, of.heldOn));
  const told = new Set(of.attendance.map((a) => a.memberId));
  if (told.size < of.attendance.length || [...told].some((id) => !there.some((m) => m.id === id))) return no('groups.not-a-member');
  if (there.some((m) => m.still && told.has(m.id))) return no('groups.person-still');
  const missing = there.filter((m) => !m.still && !told.has(m.id)).length;
  if (missing > 0) return no('groups.attendance-missing', { missing });
  if (of.helpers < (of.help?.minutes.length ?? 0)) return no('groups.helpers-fewer', { told: of.help?.minutes.length ?? 0 });
  return of.attendance.some((a) => came(a.presence)) || of.guests > 0 ? yes : no('groups.nobody-came');
};

/** Why values are not kept. */
export type MeasureRefusal =
  | 'groups.indicator-unknown'
  | 'groups.not-a-member'
  | 'groups.person-still'
  | 'groups.value-beyond'
  | 'groups.score-unknown'
  | 'groups.score-unfit'
  | 'groups.in-future';

/** Whether a score says what an indicator asks: on the same ends, with the same end as the better one. */
export const fitsIndicator = (
  indicator: Pick<GroupIndicator, 'least' | 'most' | 'better'>,
  score: Pick<MemberScore, 'score' | 'most' | 'more'>,
): boolean => score.most === indicator.most && score.score >= indicator.least && (indicator.better === 'up') === (score.more === 'better');

/** Scores that are offered for an indicator at a moment, member by member: the first before, the last after, never the same one twice. */
export const offeredScores = (
  indicator: Pick<GroupIndicator, 'least' | 'most' | 'better'>,
  moment: MeasureMoment,
  scores: readonly MemberScore[],
): MemberScore[] => {
  const fitting = scores.filter((s) => fitsIndicator(indicator, s));
  return [...new Set(fitting.map((s) => s.memberId))].flatMap((member) => {
    const own = fitting.filter((s) => s.memberId === member);
    const offered = moment === 'before' ? own[0] : own.length > 1 ? own.at(-1) : undefined;
    return offered ?? [];
  });
};

type Measured = {
  readonly memberId: string;
  readonly indicatorId: string;
  readonly value: number | null;
  /** The score that is cited; null where it is not on file, left out where the value was typed. */
  readonly cited?: MemberScore | null;
};

/** Values stand on the scale of a known indicator, for members only; a score is the member's own, and of one scale over the whole indicator. */
export const measureVerdict = (of: {
  readonly indicators: readonly GroupIndicator[];
  readonly members: readonly { readonly id: string; readonly still: boolean }[];
  readonly values: readonly Measured[];
  /** The forms whose scores an indicator cites already. */
  readonly standing?: readonly { readonly indicatorId: string; readonly code: string; readonly scale: string }[];
  readonly takenOn: string;
  readonly today: string;
}): Verdict<MeasureRefusal> => {
  if (of.takenOn > of.today) return no('groups.in-future');
  const cited = of.values.flatMap((v) => (v.cited == null ? [] : [{ ...v.cited, indicatorId: v.indicatorId }]));
  for (const v of of.values) {
    const scale = of.indicators.find((i) => i.id === v.indicatorId);
    const member = of.members.find((m) => m.id === v.memberId);
    if (scale === undefined) return no('groups.indicator-unknown');
    if (member === undefined) return no('groups.not-a-member');
    if (member.still) return no('groups.person-still');
    if (v.value !== null && (v.value < scale.least || v.value > scale.most))
      return no('groups.value-beyond', { title: scale.title, least: scale.least, most: scale.most });
    if (v.cited === undefined) continue;
    if (v.cited === null || v.cited.memberId !== v.memberId) return no('groups.score-unknown');
    const { code, scale: key } = v.cited;
    const others = [...(of.standing ?? []), ...cited].filter((o) => o.indicatorId === v.indicatorId);
    if (!fitsIndicator(scale, v.cited) || others.some((o) => o.code !== code || o.scale !== key))
      return no('groups.score-unfit', { title: scale.title });
  }
  return yes;
};

const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : Math.round((numbers.reduce((n, x) => n + x, 0) / numbers.length) * 10) / 10;

/** Before and after per indicator, over the members who have both values; a missing value stays missing and is counted as such. */
export const summariesOf = (
  indicators: readonly Pick<GroupIndicator, 'id' | 'better'>[],
  memberIds: readonly string[],
  values: readonly Pick<MeasureValue, 'memberId' | 'indicatorId' | 'before' | 'after'>[],
): MeasureSummary[] =>
  indicators.map((scale) => {
    const own = memberIds.map((id) => values.find((v) => v.memberId === id && v.indicatorId === scale.id) ?? { before: null, after: null });
    const pairs = own.flatMap((v) => (v.before === null || v.after === null ? [] : [{ before: v.before, after: v.after }]));
    const gain = pairs.map((p) => (scale.better === 'up' ? p.after - p.before : p.before - p.after));
    return {
      indicatorId: scale.id,
      both: pairs.length,
      one: own.filter((v) => (v.before === null) !== (v.after === null)).length,
      none: own.filter((v) => v.before === null && v.after === null).length,
      before: mean(pairs.map((p) => p.before)),
      after: mean(pairs.map((p) => p.after)),
      better: gain.filter((g) => g > 0).length,
      same: gain.filter((g) => g === 0).length,
      worse: gain.filter((g) => g < 0).length,
    };
  });

/** Planned and spent of a budget, in 分. */
export const groupSums = (lines: readonly GroupBudgetLine[]): { planned: number; spent: number; open: number } => ({
  planned: lines.reduce((n, l) => n + l.planned, 0),
  spent: lines.reduce((n, l) => n + (l.spent ?? 0), 0),
  open: lines.filter((l) => l.spent === null).length,
});

/** Why the lead does not change. */
export type LeadRefusal =
  | 'groups.moved-on'
  | 'groups.lead-same'
  | 'groups.lead-elsewhere'
  | 'groups.lead-approved'
  | 'groups.lead-asked'
  | 'groups.lead-own'
  | 'groups.lead-answered'
  | 'groups.reason-missing';

/** Whether somebody may be asked to lead: while the group lives, a worker of its station, not who leads already, nor who approved its plan. */
export const leadVerdict = (of: {
  readonly status: GroupStatus;
  readonly leadId: string;
  readonly toId: string;
  readonly approvedBy: string | null;
  readonly ofStation: boolean;
  readonly running: boolean;
}): Verdict<LeadRefusal> =>
  firstNo<LeadRefusal>(
    of.status === 'closed' || of.status === 'cancelled' ? no('groups.moved-on', { status: of.status }) : yes,
    of.toId === of.leadId ? no('groups.lead-same') : yes,
    of.ofStation ? yes : no('groups.lead-elsewhere'),
    of.approvedBy === of.toId ? no('groups.lead-approved') : yes,
    of.running ? no('groups.lead-asked') : yes,
  );

/** Whether a change may be answered so: the head confirms and declines, never for the own lead; those who lead withdraw. */
export const leadAnswerVerdict = (of: {
  readonly status: LeadChangeStatus;
  readonly decision: 'confirm' | 'decline' | 'withdraw';
  readonly toSelf: boolean;
  readonly says: string;
}): Verdict<LeadRefusal> => {
  if (of.status !== 'asked') return no('groups.lead-answered', { status: of.status });
  if (of.decision === 'confirm' && of.toSelf) return no('groups.lead-own');
  return of.decision === 'decline' && of.says.length < 2 ? no('groups.reason-missing') : yes;
};
