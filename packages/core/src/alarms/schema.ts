import { z } from 'zod';
import { Risk } from '../cases/schema.ts';
import { PoliceManner } from '../reports/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** What a record is about: a crisis (SM-12) or violence at home (SM-11). */
export const AlarmKind = z.enum(['crisis', 'violence']);
export type AlarmKind = z.infer<typeof AlarmKind>;

/** States of a record. */
export const AlarmStatus = z.enum(['open', 'settled', 'reviewed', 'closed']);
export type AlarmStatus = z.infer<typeof AlarmStatus>;

/** By what it came to be known. */
export const AlarmSource = z.enum(['assessment', 'note', 'visit', 'call', 'appeal', 'letter', 'other']);

/** What was answered to one question of the screening; it is shown beside the rating and never decides it. */
export const ScreenAnswer = z.enum(['no', 'some', 'strong', 'unknown']);
export type ScreenAnswer = z.infer<typeof ScreenAnswer>;

/** The four questions of the screening: 意念、计划、手段、意图. */
export const Screening = z.object({ idea: ScreenAnswer, plan: ScreenAnswer, means: ScreenAnswer, intent: ScreenAnswer });
export type Screening = z.infer<typeof Screening>;

/** What has to be done, each with its clock. */
export const StepCode = z.enum([
  'stay',
  'emergency-call',
  'guardian',
  'hospital',
  'tell-head',
  'tell-supervisor',
  'follow-up',
  'supervision',
  'safety-plan',
  'limit-means',
  'plan',
  'look-again',
  'danger-check',
  'choice',
  'police-duty',
  'warning-visit',
  'court-decision',
  'reconsider',
  'order-ends',
  'aid-decision',
  'aid-assignment',
]);
export type StepCode = z.infer<typeof StepCode>;

/** Who was told. */
export const ToldWhom = z.enum([
  'head',
  'supervisor',
  'kin',
  'guardian',
  'police',
  'ambulance',
  'hospital',
  'community',
  'school',
  'other',
]);
export type ToldWhom = z.infer<typeof ToldWhom>;

/** Who spoke of violence. */
export const DisclosedBy = z.enum(['self', 'kin', 'neighbour', 'school', 'hospital', 'police', 'other']);

/** Forms of violence (反家庭暴力法 2). */
export const ViolenceForm = z.enum(['body', 'mind', 'sexual', 'control', 'neglect', 'other']);

/** Capacity for civil conduct: without the full one somebody else has the duty to report (反家庭暴力法 14). */
export const Capacity = z.enum(['full', 'limited', 'none']);
export type Capacity = z.infer<typeof Capacity>;

/** Signs that are asked for in the assessment of danger. */
export const DangerSign = z.enum([
  'more-often',
  'weapon',
  'strangled',
  'threat-to-kill',
  'forced',
  'stalked',
  'pregnant',
  'child-harmed',
  'substance',
  'leaving',
  'self-harm',
  'isolated',
]);

/** What a capable adult wants, after hearing what there is. */
export const Wish = z.enum(['report', 'warning', 'order', 'shelter', 'aid', 'mediation', 'none-now']);

/** Who applied for the protection order: the person, or whom the law lets apply instead (反家庭暴力法 23). */
export const ApplicantKind = z.enum(['self', 'kin', 'police', 'womens-federation', 'committee', 'relief-station', 'other']);

/** What a protection order may contain (反家庭暴力法 29). */
export const OrderContent = z.enum(['no-violence', 'no-contact', 'move-out', 'other']);

/** Where a protection order stands: each has its own clock and its own end. */
export const OrderStatus = z.enum(['applied', 'refused', 'withdrawn', 'in-force', 'over']);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** What a court said: a court that looks again may answer otherwise. */
export const OrderOutcome = z.enum(['granted', 'refused', 'withdrawn']);

/** What became of a breach (反家庭暴力法 34). */
export const BreachOutcome = z.enum(['pending', 'admonished', 'fined', 'detained', 'criminal']);

/** What is added to a record; nothing in it is ever changed. */
export const AlarmEntryKind = z.enum([
  'addition',
  'told',
  'rated',
  'safety-plan',
  'done',
  'dropped',
  'danger',
  'choice',
  'police',
  'reported',
  'appeal',
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
  'settled',
  'reviewed',
  'closed',
]);
export type AlarmEntryKind = z.infer<typeof AlarmEntryKind>;

const says = passage(2000);
const aside = passage(1000, 0);
const of = <K extends AlarmEntryKind, S extends z.ZodRawShape>(kind: K, shape: S) => z.object({ kind: z.literal(kind), ...shape });

// Every order has its own row: an entry about one says which.
const WhichOrder = Id;

/** What people may add. */
export const AlarmEntryDraft = z.discriminatedUnion('kind', [
  of('addition', { says }),
  of('told', { at: AnyMoment, whom: ToldWhom, name: line(40).nullable(), says: aside }),
  of('rated', { rating: Risk, screening: Screening, reason: passage(1000, 2), lookAgainOn: AnyDay.nullable() }),
  of('safety-plan', { signs: says, coping: says, people: says, means: says, professionals: says }),
  of('danger', { signs: z.array(DangerSign).max(12), level: Risk, says: aside }),
  of('choice', { informed: z.literal(true, { error: '请先向本人讲清楚有哪些途径' }), wishes: z.array(Wish).min(1).max(7), says: aside }),
  of('police', { at: AnyMoment, manner: PoliceManner, unit: line(80), receiptNo: line(60).nullable(), says: aside }),
  of('reported', { reportId: Id }),
  // What a resident asked, or told the hotline, about the same danger.
  of('appeal', { appealId: Id, says: aside }),
  of('warning', { issuedOn: AnyDay, unit: line(80), number: line(60).nullable(), prohibitions: says }),
  of('order-applied', { at: AnyMoment, court: line(80), by: ApplicantKind, urgent: z.boolean(), says: aside }),
  of('order-decided', {
    orderId: WhichOrder,
    at: AnyMoment,
    outcome: OrderOutcome,
    number: line(60).nullable(),
    contents: z.array(OrderContent).max(4),
    validTo: AnyDay.nullable(),
    says: aside,
  }),
  of('order-extended', { orderId: WhichOrder, on: AnyDay, validTo: AnyDay, says: aside }),
  of('order-over', { orderId: WhichOrder, on: AnyDay, how: z.enum(['ended', 'revoked', 'not-renewed']), says: aside }),
  of('reconsidered', { orderId: WhichOrder, on: AnyDay, says: aside }),
  of('breach', { orderId: WhichOrder, at: AnyMoment, says, outcome: BreachOutcome }),
  of('shelter', { on: AnyDay, place: line(120), says: aside }),
  of('aid-applied', { on: AnyDay, unit: line(80) }),
  of('aid-decided', { on: AnyDay, granted: z.boolean() }),
  of('aid-assigned', { on: AnyDay, lawyer: line(40).nullable() }),
  of('settled', { says }),
  of('reviewed', { on: AnyDay, present: line(200), well: says, better: says }),
  of('closed', { says }),
]);
export type AlarmEntryDraft = z.infer<typeof AlarmEntryDraft>;

const begins = {
  id: Id,
  caseId: Id,
  source: AlarmSource,
  sourceId: Id.nullable().default(null),
  /** When the danger was told or seen, where that was before the registration: a phone may have had no network since. */
  toldAt: AnyMoment.nullable().default(null),
};

/** A record of a crisis as it is registered. The rating is the worker's own, with a reason. */
export const CrisisDraft = z.object({
  kind: z.literal('crisis'),
  ...begins,
  trigger: passage(2000, 2),
  screening: Screening,
  scale: line(120).nullable().default(null),
  rating: Risk,
  reason: passage(1000, 2),
  lookAgainOn: AnyDay.nullable().default(null),
});
export type CrisisDraft = z.infer<typeof CrisisDraft>;

/** A record of violence at home as it was told. */
export const ViolenceDraft = z.object({
  kind: z.literal('violence'),
  ...begins,
  disclosedBy: DisclosedBy,
  trigger: passage(2000, 2),
  forms: z.array(ViolenceForm).min(1, { error: '请选择至少一项' }).max(6),
  capacity: Capacity,
  immediate: z.boolean(),
  abuser: line(40, 2).nullable().default(null),
  /** Tells the one who does violence from a guardian of the same name. */
  abuserPhone: line(20, 5).nullable().default(null),
  relation: line(20),
  /** How and when one may make contact safely; kept with the person. */
  contactHow: line(200, 2),
  contactTimes: line(100, 2),
});
export type ViolenceDraft = z.infer<typeof ViolenceDraft>;

export const AlarmDraft = z.discriminatedUnion('kind', [CrisisDraft, ViolenceDraft]);
export type AlarmDraft = z.infer<typeof AlarmDraft>;

/** How a clock stands, in words too. */
export const StepState = z.enum(['none', 'on-track', 'at-risk', 'overdue', 'done', 'dropped', 'lapsed']);
export type StepState = z.infer<typeof StepState>;

/** A record in lists: register only, the name masked. */
export const AlarmRow = z.object({
  id: Id,
  kind: AlarmKind,
  status: AlarmStatus,
  rating: Risk.nullable(),
  caseId: Id,
  caseNumber: z.string(),
  /** Null for a supervisor, who sees the record and not the case. */
  recipientName: z.string().nullable(),
  workerName: z.string(),
  registeredAt: AnyMoment,
  openSteps: z.int(),
  nextCode: StepCode.nullable(),
  nextDueAt: AnyMoment.nullable(),
  clock: z.object({ state: StepState, words: z.string() }),
  /** The next day on which a protection order in force ends. */
  orderTo: AnyDay.nullable(),
  version: z.int(),
});
export type AlarmRow = z.infer<typeof AlarmRow>;

/** One protection order of a record, from its application to its end. */
export const AlarmOrder = z.object({
  id: Id,
  /** Its number within the record, from 1. */
  no: z.int(),
  status: OrderStatus,
  court: z.string(),
  appliedAt: AnyMoment,
  decidedOn: AnyDay.nullable(),
  validTo: AnyDay.nullable(),
  endedOn: AnyDay.nullable(),
  /** What may be recorded about it. */
  can: z.array(AlarmEntryKind),
});
export type AlarmOrder = z.infer<typeof AlarmOrder>;

export const AlarmStep = z.object({
  id: Id,
  code: StepCode,
  /** The protection order to which it belongs, by its number. */
  orderNo: z.int().nullable(),
  required: z.boolean(),
  openedAt: AnyMoment,
  dueAt: AnyMoment.nullable(),
  doneAt: AnyMoment.nullable(),
  doneByName: z.string().nullable(),
  /** Law or rule that asks for it. */
  source: z.string(),
  /** The visit by which it is done, where one is planned. */
  visit: z.object({ id: Id, on: AnyDay, planned: z.boolean() }).nullable(),
  clock: z.object({ state: StepState, words: z.string() }),
});
export type AlarmStep = z.infer<typeof AlarmStep>;

export const AlarmEntry = z.object({
  id: Id,
  kind: AlarmEntryKind,
  at: AnyMoment,
  /** Null where the platform wrote it, and where it would tell who reported. */
  byName: z.string().nullable(),
  orderNo: z.int().nullable(),
  /** The fields of the draft of this kind. */
  body: z.record(z.string(), z.unknown()),
});
export type AlarmEntry = z.infer<typeof AlarmEntry>;

/** What somebody may do: add an entry of a kind, tick, print. */
export const AlarmAct = z.union([AlarmEntryKind, z.enum(['tick', 'print', 'unmask', 'report-minor', 'ask-for-help'])]);
export type AlarmAct = z.infer<typeof AlarmAct>;

/** One record with its words. */
export const Alarm = AlarmRow.extend({
  source: AlarmSource,
  sourceId: Id.nullable(),
  trigger: z.string(),
  /** Crisis: the screening as it was at registration. */
  screening: Screening.nullable(),
  scale: z.string().nullable(),
  /** Violence. */
  disclosedBy: DisclosedBy.nullable(),
  forms: z.array(ViolenceForm),
  capacity: Capacity.nullable(),
  immediate: z.boolean(),
  abuser: z.string().nullable(),
  relation: z.string().nullable(),
  /** Appeals of residents that belong to it, as far as the reader reaches them. */
  appeals: z.array(z.object({ id: Id, number: z.string() })),
  /** Guardians that are no longer shown as contacts, since one of them is the one who does violence. */
  guardiansKeptBack: z.int(),
  contact: z.object({ how: z.string(), times: z.string() }).nullable(),
  minor: z.boolean(),
  steps: z.array(AlarmStep),
  orders: z.array(AlarmOrder),
  entries: z.array(AlarmEntry),
  /** Latest day of validity that a court can set today. */
  orderAtMost: AnyDay,
  requests: z.array(z.object({ id: Id, receiptNo: z.string().nullable(), status: z.string() })),
  can: z.array(AlarmAct),
  seenBy: z.array(z.string()),
});
export type Alarm = z.infer<typeof Alarm>;

/** What a word may point to: danger to life, violence at home, harm to a child. */
export const Danger = z.enum(['crisis', 'violence', 'child']);
export type Danger = z.infer<typeof Danger>;

/** The words by which each danger is noticed. */
export const DangerWords = z.object({ crisis: z.array(z.string()), violence: z.array(z.string()), child: z.array(z.string()) });
export type DangerWords = z.infer<typeof DangerWords>;
