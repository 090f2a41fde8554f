import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** What a person may ask about the own data (PIPL 44–48, 15). */
export const RightKind = z.enum(['access', 'copy', 'correct', 'delete', 'explain', 'withdraw-consent']);
export type RightKind = z.infer<typeof RightKind>;

/** Who asks: oneself, the guardian of a minor (PIPL 31), a near relative of somebody who died (PIPL 49). */
export const AskerKind = z.enum(['self', 'guardian', 'heir']);
export type AskerKind = z.infer<typeof AskerKind>;

export const RightStatus = z.enum(['received', 'checking', 'answering', 'done', 'partly', 'refused', 'withdrawn']);
export type RightStatus = z.infer<typeof RightStatus>;

/** What was looked at to know who asks. */
export const IdentityProof = z.enum([
  'id-card',
  'known-in-person',
  'household-register',
  'guardianship',
  'death-certificate',
  'kinship',
  'call-back',
]);
export type IdentityProof = z.infer<typeof IdentityProof>;

/** Why something may not be deleted yet (PIPL 47(2)). */
export const StopGround = z.enum(['retention-term', 'open-case', 'mandatory-report', 'judicial', 'dispute', 'other-law']);
export type StopGround = z.infer<typeof StopGround>;

/** What keeps a file from destruction while it stands. */
export const HoldGround = z.enum(['mandatory-report', 'judicial', 'dispute', 'other-law']);
export type HoldGround = z.infer<typeof HoldGround>;

export const RetentionClass = z.enum(['adult', 'minor', 'judicial']);
export type RetentionClass = z.infer<typeof RetentionClass>;

export const ListStatus = z.enum(['appraised', 'approved', 'returned', 'executed']);
export type ListStatus = z.infer<typeof ListStatus>;

export const RiskGrade = z.enum(['low', 'medium', 'high']);

/** A request as a register shows it. */
export const RightRow = z.object({
  id: Id,
  receiptNo: z.string(),
  kind: RightKind,
  askerKind: AskerKind,
  status: RightStatus,
  stationName: z.string(),
  subjectMasked: z.string(),
  receivedAt: AnyMoment,
  receivedByName: z.string(),
  dueOn: AnyDay,
  overdue: z.boolean(),
  daysLeft: z.int(),
  version: z.int(),
});

/** One case of the person, as the answering people need to know it: numbers and blocks, no content. */
export const RightCase = z.object({
  id: Id,
  number: z.string(),
  stationName: z.string(),
  open: z.boolean(),
  retentionClass: RetentionClass,
  keepUntil: AnyDay.nullable(),
  grounds: z.array(StopGround),
  running: z.int(),
  stopped: z.boolean(),
});

/** One kind of record in the map of a person: how much is kept, and whether a copy gives it. */
export const MapRow = z.object({ table: z.string(), title: z.string(), count: z.int(), given: z.boolean(), says: z.string() });

/** A file that may be added to a copy after somebody has looked at it. */
export const MapFile = z.object({ id: Id, name: z.string(), bytes: z.int(), chosen: z.boolean() });

export const Right = RightRow.extend({
  wish: z.string(),
  askerName: z.string(),
  askerPhone: z.string().nullable(),
  checked: z.array(IdentityProof),
  checkNote: z.string().nullable(),
  checkedAt: AnyMoment.nullable(),
  withheld: z.array(z.string()),
  answer: z.string().nullable(),
  reason: z.string().nullable(),
  route: z.string().nullable(),
  preparedByName: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: AnyMoment.nullable(),
  clockSource: z.string(),
  cases: z.array(RightCase),
  map: z.array(MapRow),
  files: z.array(MapFile),
  stops: z.array(z.object({ caseNumber: z.string(), grounds: z.array(StopGround), since: AnyMoment })),
  mine: z.boolean(),
  can: z.array(z.string()),
});

/** A request as it is received. The person is found by ID number, or by name and phone together. */
export const RightDraft = z.object({
  kind: RightKind,
  askerKind: AskerKind,
  askerName: line(40, 2),
  askerPhone: line(20, 2).nullable(),
  subjectName: line(40, 2),
  subjectIdNumber: line(20, 2).nullable(),
  subjectPhone: line(20, 2).nullable(),
  wish: passage(1000),
});

export const IdentityCheck = z.object({
  checked: z.array(IdentityProof).min(1, { error: '请选择核对了什么' }).max(7),
  checkNote: passage(400, 0),
});

export const AnswerDraft = z.object({
  answer: passage(4000),
  /** Names of other people that narratives mention; they are replaced in a copy. */
  withheld: z.array(line(20, 2)).max(40),
  attachmentIds: z.array(Id).max(50),
});

export const RightDecision = z.object({
  outcome: z.enum(['done', 'partly', 'refused']),
  reason: passage(1000, 0),
  route: passage(600, 0),
});

/** What stands on a file beside it. */
export const RetentionMark = z.object({
  id: Id,
  kind: z.enum(['hold', 'extension', 'judicial']),
  ground: z.string(),
  reason: z.string(),
  until: AnyDay.nullable(),
  markedByName: z.string(),
  markedAt: AnyMoment,
});

/** A closed case with the end of its term. */
export const RetentionRow = z.object({
  id: Id,
  number: z.string(),
  stationName: z.string(),
  closedOn: AnyDay,
  retentionClass: RetentionClass,
  dueOn: AnyDay,
  due: z.boolean(),
  stopped: z.boolean(),
  onList: z.string().nullable(),
  marks: z.array(RetentionMark),
});

export const MarkDraft = z.object({
  kind: z.enum(['hold', 'extension', 'judicial']),
  ground: HoldGround,
  reason: passage(400, 2),
  until: AnyDay.nullable(),
});

export const DestructionRow = z.object({
  id: Id,
  number: z.string(),
  status: ListStatus,
  stationName: z.string(),
  items: z.int(),
  appraisedByName: z.string(),
  appraisedAt: AnyMoment,
  approvedByName: z.string().nullable(),
  executedAt: AnyMoment.nullable(),
  version: z.int(),
});

export const DestructionItem = z.object({
  id: Id,
  caseNumber: z.string(),
  retentionClass: RetentionClass,
  closedOn: AnyDay,
  dueOn: AnyDay,
  destroyedAt: AnyMoment.nullable(),
  spared: z.string().nullable(),
  rowsErased: z.int().nullable(),
  filesErased: z.int().nullable(),
  proof: z.string().nullable(),
});

export const DestructionList = DestructionRow.omit({ items: true }).extend({
  opinion: z.string(),
  approvedAt: AnyMoment.nullable(),
  answer: z.string().nullable(),
  items: z.array(DestructionItem),
  can: z.array(z.string()),
});

export const DestructionDraft = z.object({
  caseIds: z.array(Id).min(1, { error: '至少选一份到期的个案' }).max(200),
  opinion: passage(600, 2),
});

/** 个人信息保护影响评估 (PIPL 55–56). */
export const AssessmentDraft = z.object({
  title: line(80, 2),
  processing: passage(1000),
  purpose: passage(600),
  necessity: passage(1000),
  sensitive: z.boolean(),
  minors: z.boolean(),
  risk: RiskGrade,
  risks: passage(1000),
  measures: passage(1000),
  assessedBy: line(60),
  assessedOn: AnyDay,
  reviewOn: AnyDay,
});

export const Assessment = AssessmentDraft.extend({
  id: Id,
  number: z.string(),
  keepUntil: AnyDay,
  reviewDue: z.boolean(),
  recordedByName: z.string(),
  version: z.int(),
});

export const BreachKind = z.enum(['identity', 'contact', 'narrative', 'health', 'minors', 'account', 'other']);

/** 个人信息泄露、篡改、丢失 (PIPL 57). */
export const BreachDraft = z.object({
  happened: passage(2000),
  foundAt: AnyMoment,
  kinds: z.array(BreachKind).min(1, { error: '请选择涉及的信息种类' }).max(7),
  persons: z.int().min(0).max(100_000_000),
  minors: z.boolean(),
  cause: passage(1000, 0),
  harm: passage(1000, 0),
  measures: passage(1000, 0),
  authority: line(60).nullable(),
  authorityToldAt: AnyMoment.nullable(),
  personsToldAt: AnyMoment.nullable(),
  personsToldHow: passage(400, 0).nullable(),
  exemptReason: passage(600, 2).nullable(),
});

export const Breach = BreachDraft.extend({
  authority: z.string().nullable(),
  personsToldHow: z.string().nullable(),
  exemptReason: z.string().nullable(),
  id: Id,
  number: z.string(),
  dueAt: AnyMoment,
  late: z.boolean(),
  waits: z.array(z.string()),
  closedAt: AnyMoment.nullable(),
  recordedByName: z.string(),
  version: z.int(),
});

/** What was given to whom on a consent. */
export const ConsentUse = z.object({
  consentId: Id,
  kind: z.enum(['packet', 'publication', 'referral']),
  number: z.string(),
  receivers: z.array(z.string()),
  fields: z.array(z.string()),
  at: AnyMoment,
});
