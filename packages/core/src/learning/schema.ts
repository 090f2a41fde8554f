import { z } from 'zod';
import { Section } from '../casebank/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { CaseDomain } from '../shared/fields.ts';

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
export const Criterion = z.object({ key: line(20), title: line(20, 2), weight: z.int().min(1).max(100), says: z.string().trim().max(120) });
export type Criterion = z.infer<typeof Criterion>;
export const AwardPlan = z.object({ title: line(12, 2), places: z.int().min(1).max(50) });
export type AwardPlan = z.infer<typeof AwardPlan>;

export const CompetitionDraft = z.object({
  title: line(60, 4),
  theme: passage(600, 4),
  /** Empty: every domain. */
  domains: z.array(CaseDomain).max(7),
  opensOn: z.iso.date(),
  closesOn: z.iso.date(),
  scoreBy: z.iso.date(),
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
  opensOn: z.iso.date(),
  closesOn: z.iso.date(),
  scoreBy: z.iso.date(),
  noticeUntil: z.iso.date().nullable(),
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
  at: z.iso.datetime(),
  answer: z.string().nullable(),
  upheld: z.boolean().nullable(),
});

export const Competition = z.object({
  id: Id,
  title: z.string(),
  theme: z.string(),
  domains: z.array(CaseDomain),
  status: CompetitionStatus,
  opensOn: z.iso.date(),
  closesOn: z.iso.date(),
  scoreBy: z.iso.date(),
  criteria: z.array(Criterion),
  awards: z.array(AwardPlan),
  noticeFrom: z.iso.date().nullable(),
  noticeUntil: z.iso.date().nullable(),
  entries: z.array(EntryRow),
  /** Names of the judges; with their progress for the centre while they score. */
  judges: z.array(z.object({ personId: Id, name: z.string(), given: z.int().nullable(), expected: z.int().nullable() })),
  result: z.array(
    ResultRow.extend({ title: z.string().nullable(), authorName: z.string().nullable(), organisationName: z.string().nullable() }),
  ),
  objections: z.array(ObjectionRow),
  isJudge: z.boolean(),
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
  sections: z.record(Section, z.string()),
  criteria: z.array(Criterion),
  own: z.object({ points: z.record(z.string(), z.number()), comment: z.string(), total: z.number(), corrections: z.int() }).nullable(),
  /** Shown only after the own score. */
  others: z.object({ scores: z.int(), mean: z.number().nullable() }).nullable(),
  open: z.boolean(),
});

export const ScoreGiven = z.object({
  points: z.record(z.string(), z.number().min(0, { error: '0 到 100 分' }).max(100, { error: '0 到 100 分' })),
  comment: z.string().trim().max(600),
  /** Needed for a correction. */
  reason: z.string().trim().max(200).optional(),
});
