import { z } from 'zod';
import { TimeOfDay } from '../shared/day.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { CaseDomain } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

export const CompetitionStatus = z.enum(['draft', 'open', 'checking', 'scoring', 'scored', 'noticed', 'awarded', 'cancelled']);
export type CompetitionStatus = z.infer<typeof CompetitionStatus>;
export const CompetitionMove = z.enum(['announce', 'close', 'start', 'finish', 'publicise', 'rescore', 'award', 'cancel']);
export type CompetitionMove = z.infer<typeof CompetitionMove>;
export const EntryStatus = z.enum(['entered', 'eligible', 'ineligible', 'withdrawn', 'recalled']);
export type EntryStatus = z.infer<typeof EntryStatus>;
/** Why a judge does not score an entry. */
export const RecusalCause = z.enum(['self', 'own-agency', 'supervised', 'declared']);
export type RecusalCause = z.infer<typeof RecusalCause>;
/** Why an entry may not compete. */
export const IneligibleReason = z.enum(['not-closed', 'no-text', 'findings-open', 'consent-missing', 'recalled', 'other-domain', 'centre']);
export type IneligibleReason = z.infer<typeof IneligibleReason>;

/** What is judged, with its share of a hundred. */
export const Criterion = z.object({ key: line(20), title: line(20, 2), weight: z.int().min(1).max(100), says: passage(120, 0) });
export type Criterion = z.infer<typeof Criterion>;
export const AwardPlan = z.object({ title: line(12, 2), places: z.int().min(1).max(50) });
export type AwardPlan = z.infer<typeof AwardPlan>;

export const CompetitionDraft = z.object({
  title: line(60, 4),
  theme: passage(600, 4),
  /** Empty: every domain. */
  domains: z.array(CaseDomain).max(7),
  opensOn: AnyDay,
  closesOn: AnyDay,
  scoreBy: AnyDay,
  criteria: z.array(Criterion).min(1).max(8),
  awards: z.array(AwardPlan).min(1).max(6),
  judgeIds: z.array(Id).min(1, { error: '至少请一位评委' }).max(15),
});
export type CompetitionDraft = z.infer<typeof CompetitionDraft>;

/** An entry's place and how it came about; names and titles are added for those who may know them. */
export const ResultRow = z.object({
  entryId: Id,
  code: z.string(),
  scores: z.int(),
  missing: z.int(),
  recused: z.int(),
  mean: z.number().nullable(),
  /** Null: too few scores to be ranked. */
  place: z.int().nullable(),
  award: z.string().nullable(),
  how: z.string(),
});
export type ResultRow = z.infer<typeof ResultRow>;

export const CompetitionRow = z.object({
  id: Id,
  title: z.string(),
  status: CompetitionStatus,
  opensOn: AnyDay,
  closesOn: AnyDay,
  scoreBy: AnyDay,
  noticeUntil: AnyDay.nullable(),
  entries: z.int(),
});

/** An entry as the centre and its author see it; judges never do. */
export const EntryRow = z.object({
  id: Id,
  code: z.string(),
  status: EntryStatus,
  requestNo: z.string(),
  title: z.string().nullable(),
  authorName: z.string(),
  organisationName: z.string().nullable(),
  statement: z.string(),
  reasons: z.array(z.string()),
  own: z.boolean(),
  version: z.int(),
});

export const ObjectionRow = z.object({
  id: Id,
  says: z.string(),
  byName: z.string(),
  at: AnyMoment,
  answer: z.string().nullable(),
  upheld: z.boolean().nullable(),
});

export const Competition = z.object({
  id: Id,
  title: z.string(),
  theme: z.string(),
  domains: z.array(CaseDomain),
  status: CompetitionStatus,
  opensOn: AnyDay,
  closesOn: AnyDay,
  scoreBy: AnyDay,
  criteria: z.array(Criterion),
  awards: z.array(AwardPlan),
  noticeFrom: AnyDay.nullable(),
  noticeUntil: AnyDay.nullable(),
  entries: z.array(EntryRow),
  /** Names of the judges; with their progress for the centre while they score. */
  judges: z.array(z.object({ personId: Id, name: z.string(), given: z.int().nullable(), expected: z.int().nullable() })),
  result: z.array(
    ResultRow.extend({
      title: z.string().nullable(),
      authorName: z.string().nullable(),
      organisationName: z.string().nullable(),
      /** What judges wrote, without the judges: for the centre and the author. */
      comments: z.array(z.string()),
    }),
  ),
  objections: z.array(ObjectionRow),
  /** The figures by which it is judged, as the rule pack has them now. */
  rules: z.object({ noticeDays: z.int(), leastScores: z.int(), supervisedMonths: z.int() }),
  isJudge: z.boolean(),
  /** What a judge has given and still owes; null for others. */
  own: z.object({ given: z.int(), expected: z.int() }).nullable(),
  can: z.array(z.string()),
  version: z.int(),
});

/** A case of one's own that may be entered: by its number, since the worker does not read the centre's draft. */
export const EntryChoice = z.object({ requestId: Id, number: z.string(), title: z.string().nullable(), kind: z.enum(['entry', 'draft']) });

export const BlindRow = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  total: z.number().nullable(),
});

/** What a judge reads: the text and nothing of its people. */
export const BlindEntry = z.object({
  id: Id,
  competitionId: Id,
  code: z.string(),
  title: z.string(),
  sections: z.object({ background: z.string(), process: z.string(), outcome: z.string(), reflection: z.string() }),
  criteria: z.array(Criterion),
  own: z.object({ points: z.record(z.string(), z.number()), comment: z.string(), total: z.number(), corrections: z.int() }).nullable(),
  /** Shown only after the own score. */
  others: z.object({ scores: z.int(), mean: z.number().nullable() }).nullable(),
  open: z.boolean(),
});

export const ScoreGiven = z.object({
  points: z.record(z.string(), z.number().min(0, { error: '0 到 100 分' }).max(100, { error: '0 到 100 分' })),
  comment: passage(600, 0),
  /** Needed for a correction. */
  reason: passage(200, 0).optional(),
});

export const SeriesStatus = z.enum(['running', 'ended']);
export const SeminarStatus = z.enum(['planned', 'held', 'cancelled']);
export type SeminarStatus = z.infer<typeof SeminarStatus>;
/** How a series stands towards its next seminar. */
export const CadenceState = z.enum(['planned', 'later', 'due', 'overdue', 'ended']);
export type CadenceState = z.infer<typeof CadenceState>;

/** Seminars on one theme, called together at intervals. */
export const SeriesDraft = z.object({
  title: line(60, 2),
  theme: passage(600, 4),
  /** Null: as often as the rule pack says. */
  everyDays: z.int({ error: '请填整数天' }).min(1, { error: '至少 1 天' }).max(366, { error: '至多 366 天' }).nullable(),
  startsOn: AnyDay,
});
export type SeriesDraft = z.infer<typeof SeriesDraft>;

/** One point of an agenda. */
export const AgendaPoint = z.object({
  title: line(80, 2),
  minutes: z.int({ error: '请填整数分钟' }).min(1, { error: '至少 1 分钟' }).max(480, { error: '至多 480 分钟' }),
  leader: line(40, 0),
});
export type AgendaPoint = z.infer<typeof AgendaPoint>;

export const SeminarPlan = z.object({
  topic: line(120, 2),
  heldOn: AnyDay,
  startsAt: TimeOfDay,
  place: line(120, 2),
  memberIds: z.array(Id).min(1, { error: '请至少请一位参加的人' }).max(60),
  /** Others, who have no account. */
  guests: passage(400, 0),
  agenda: z.array(AgendaPoint).min(1, { error: '请至少写一项议程' }).max(20),
  entryIds: z.array(Id).max(20),
});
export type SeminarPlan = z.infer<typeof SeminarPlan>;

export const SeminarMinutes = z.object({
  minutes: passage(8000, 4),
  conclusions: passage(4000, 0),
  attendedIds: z.array(Id).max(60),
  entryIds: z.array(Id).max(20),
});
export type SeminarMinutes = z.infer<typeof SeminarMinutes>;

/** A published case that something refers to; a recalled one is not there. */
export const LinkedCase = z.object({ id: Id, number: z.string(), title: z.string() });

export const SeriesRow = z.object({
  id: Id,
  title: z.string(),
  status: SeriesStatus,
  everyDays: z.int(),
  held: z.int(),
  lastHeldOn: AnyDay.nullable(),
  plannedOn: AnyDay.nullable(),
  /** When the next one is due; null once the series has ended. */
  dueOn: AnyDay.nullable(),
  state: CadenceState,
});

export const SeminarRow = z.object({
  id: Id,
  seriesId: Id,
  topic: z.string(),
  heldOn: AnyDay,
  startsAt: TimeOfDay,
  place: z.string(),
  status: SeminarStatus,
  members: z.int(),
  attended: z.int(),
  cases: z.int(),
});

export const Series = SeriesRow.extend({
  theme: z.string(),
  startsOn: AnyDay,
  /** Null: the rule pack's figure holds. */
  ownEveryDays: z.int().nullable(),
  seminars: z.array(SeminarRow),
  can: z.array(z.string()),
  version: z.int(),
});

export const Seminar = SeminarRow.omit({ members: true, attended: true, cases: true }).extend({
  seriesTitle: z.string(),
  guests: z.string(),
  agenda: z.array(AgendaPoint),
  people: z.array(z.object({ id: Id, name: z.string(), place: z.string(), attended: z.boolean().nullable() })),
  entries: z.array(LinkedCase),
  minutes: z.string(),
  conclusions: z.string(),
  reason: z.string(),
  can: z.array(z.string()),
  version: z.int(),
});

export const OutputKind = z.enum(['mechanism', 'model', 'paper', 'report', 'standard', 'book']);
export type OutputKind = z.infer<typeof OutputKind>;
export const OutputStatus = z.enum(['writing', 'submitted', 'published']);
export type OutputStatus = z.infer<typeof OutputStatus>;

export const OutputDraft = z.object({
  kind: OutputKind,
  title: line(120, 2),
  year: z.int({ error: '请填四位年份' }).min(1990, { error: '请填四位年份' }).max(2100, { error: '请填四位年份' }),
  authors: z.array(line(40, 2)).min(1, { error: '请至少写一位作者' }).max(20),
  status: OutputStatus,
  /** Where it appeared: a journal, a publisher, an authority. */
  outlet: line(120, 0),
  summary: passage(2000, 0),
  link: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: '网址以 http:// 或 https:// 开头' }).max(400)]),
  entryIds: z.array(Id).max(40),
  seminarIds: z.array(Id).max(40),
});
export type OutputDraft = z.infer<typeof OutputDraft>;

export const OutputRow = z.object({
  id: Id,
  kind: OutputKind,
  title: z.string(),
  year: z.int(),
  authors: z.array(z.string()),
  status: OutputStatus,
  outlet: z.string(),
  hasFile: z.boolean(),
  link: z.string(),
});

export const Output = OutputRow.omit({ hasFile: true }).extend({
  summary: z.string(),
  file: z.object({ name: z.string(), bytes: z.int() }).nullable(),
  entries: z.array(LinkedCase),
  seminars: z.array(z.object({ id: Id, topic: z.string(), heldOn: AnyDay })),
  can: z.array(z.string()),
  version: z.int(),
});
