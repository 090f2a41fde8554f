import { z } from 'zod';
import { Attachment, Risk } from '../cases/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** States of a visit. */
export const VisitStatus = z.enum(['planned', 'done', 'not-met', 'cancelled']);
export type VisitStatus = z.infer<typeof VisitStatus>;

/** When on its day a visit is planned: no hours, nobody checks in. */
export const DayHalf = z.enum(['morning', 'afternoon', 'any']);
export type DayHalf = z.infer<typeof DayHalf>;

/** Why a visit is planned. */
export const VisitReason = z.enum(['first', 'regular', 'follow-up', 'asked', 'urgent', 'other']);
export type VisitReason = z.infer<typeof VisitReason>;

/** Why nobody was met. */
export const NotMet = z.enum(['away', 'refused', 'moved', 'other']);
export type NotMet = z.infer<typeof NotMet>;

/** Who came along on a first visit (ST-03). */
export const CompanionRole = z.enum(['civil-affairs', 'colleague', 'volunteer', 'other']);
export type CompanionRole = z.infer<typeof CompanionRole>;

/** How a section of the record stands (ST-05). */
export const VisitScale = z.enum(['good', 'fair', 'watch', 'urgent']);
export type VisitScale = z.infer<typeof VisitScale>;

/** The three sections of the record (ST-05). */
export const VisitSection = z.enum(['health', 'safety', 'life']);
export type VisitSection = z.infer<typeof VisitSection>;

/** Circumstances by which somebody is visited more often; what follows from risk and age is worked out, not ticked. */
export const VisitNeed = z.enum(['alone', 'frail', 'child', 'disabled', 'other']);
export type VisitNeed = z.infer<typeof VisitNeed>;

/** How a person stands towards the next visit. */
export const DueState = z.enum(['never', 'overdue', 'today', 'soon', 'later']);
export type DueState = z.infer<typeof DueState>;

/** An accompanying person, or the reason for going alone. */
export const Companion = z.object({ role: CompanionRole, name: line(40) });
export type Companion = z.infer<typeof Companion>;

/** A section as it was found: a word of the scale, and what was seen. */
export const SectionNote = z.object({ scale: VisitScale, says: passage(1000, 0) });

/** What has to be done at once: what, by whom, until when. */
export const ImmediateAction = z.object({ what: line(200, 2), byWhom: line(40), until: AnyDay });
export type ImmediateAction = z.infer<typeof ImmediateAction>;

/** The next visit, as planned on the way out. */
export const NextVisit = z.object({ on: AnyDay, half: DayHalf });

/** A visit as it is planned. */
export const VisitPlan = z.object({
  /** Made by the device, so that a plan that is sent twice is one. */
  id: Id.optional(),
  caseId: Id,
  plannedOn: AnyDay,
  half: DayHalf,
  reason: VisitReason,
  why: passage(300, 0),
});

/** A visit as it is recorded; `caseId` says whose it was where nothing was planned. */
export const VisitRecord = z.object({
  caseId: Id,
  visitedOn: AnyDay,
  minutes: z.int().min(1, { error: '至少 1 分钟' }).max(600, { error: '不超过 600 分钟' }),
  companion: Companion.nullable(),
  aloneReason: line(120, 2).nullable(),
  health: SectionNote,
  safety: SectionNote,
  life: SectionNote,
  action: ImmediateAction.nullable(),
  next: NextVisit.nullable(),
});
export type VisitRecord = z.infer<typeof VisitRecord>;

/** A visit on which nobody was met. */
export const MissedVisit = z.object({
  caseId: Id,
  visitedOn: AnyDay,
  notMet: NotMet,
  says: passage(500, 0),
  next: NextVisit.nullable(),
});
export type MissedVisit = z.infer<typeof MissedVisit>;

/** A visit in lists: register only, names masked. */
export const VisitRow = z.object({
  id: Id,
  caseId: Id,
  caseNumber: z.string(),
  status: VisitStatus,
  recipientName: z.string(),
  recipientGender: Gender,
  recipientAge: z.int().nullable(),
  workerId: Id,
  workerName: z.string(),
  areaName: z.string(),
  plannedOn: AnyDay.nullable(),
  half: DayHalf,
  reason: VisitReason,
  visitedOn: AnyDay.nullable(),
  minutes: z.int().nullable(),
  notMet: NotMet.nullable(),
  /** Day by which the list is ordered: when it was, or when it is to be. */
  day: AnyDay,
  /** Immediate actions that are not ticked off. */
  openActions: z.int(),
  mine: z.boolean(),
});
export type VisitRow = z.infer<typeof VisitRow>;

export const VisitAction = z.object({
  id: Id,
  what: z.string(),
  byWhom: z.string(),
  until: AnyDay,
  doneAt: AnyMoment.nullable(),
  doneByName: z.string().nullable(),
  doneSays: z.string().nullable(),
  late: z.boolean(),
});

/** Something that has to be done at once and is not ticked off, with whom it is about. */
export const OpenVisitAction = VisitAction.pick({ id: true, what: true, byWhom: true, until: true, late: true }).extend({
  visitId: Id,
  caseId: Id,
  caseNumber: z.string(),
  recipientName: z.string(),
});
export type OpenVisitAction = z.infer<typeof OpenVisitAction>;

export const VisitAct = z.enum(['record', 'miss', 'move', 'cancel', 'finish-action', 'ask-for-help', 'report-minor', 'attach']);
export type VisitAct = z.infer<typeof VisitAct>;

/** One visit with its words. */
export const Visit = VisitRow.extend({
  version: z.int(),
  risk: Risk,
  why: z.string(),
  first: z.boolean().nullable(),
  companion: Companion.nullable(),
  aloneReason: z.string().nullable(),
  sections: z.array(z.object({ section: VisitSection, scale: VisitScale, says: z.string() })),
  says: z.string().nullable(),
  recordedAt: AnyMoment.nullable(),
  recordedByName: z.string().nullable(),
  actions: z.array(VisitAction),
  /** Photographs and papers of this visit; nobody has to take one. */
  files: z.array(Attachment),
  nextVisitId: Id.nullable(),
  nextOn: AnyDay.nullable(),
  minor: z.boolean(),
  can: z.array(VisitAct),
  seenBy: z.array(z.string()),
});
export type Visit = z.infer<typeof Visit>;

/** One person in the list of who is due: from need and staleness, never a rank. */
export const DueVisit = z.object({
  /** The case under which the next visit is recorded. */
  id: Id,
  caseNumber: z.string(),
  recipientName: z.string(),
  recipientGender: Gender,
  recipientAge: z.int().nullable(),
  workerId: Id,
  workerName: z.string(),
  areaName: z.string(),
  risk: Risk,
  needs: z.array(VisitNeed),
  /** What follows from the categories of the person that hold today; nobody ticks it again. */
  fromCategories: z.array(VisitNeed),
  intervalDays: z.int(),
  lastOn: AnyDay.nullable(),
  dueOn: AnyDay,
  state: DueState,
  plannedOn: AnyDay.nullable(),
  plannedId: Id.nullable(),
  missedOn: AnyDay.nullable(),
});
export type DueVisit = z.infer<typeof DueVisit>;

/** What the form of a visit needs to know of the person before the door opens. */
export const VisitStart = z.object({
  caseId: Id,
  caseNumber: z.string(),
  recipientName: z.string(),
  recipientGender: Gender,
  recipientAge: z.int().nullable(),
  minor: z.boolean(),
  /** Whether nobody of the house has been there yet: then somebody comes along (ST-03). */
  first: z.boolean(),
  needs: z.array(VisitNeed),
  fromCategories: z.array(VisitNeed),
  risk: Risk,
  intervalDays: z.int(),
  lastOn: AnyDay.nullable(),
  dueOn: AnyDay,
  state: DueState,
  planned: z.object({ id: Id, on: AnyDay, half: DayHalf, reason: VisitReason }).nullable(),
  last: z.object({ on: AnyDay, sections: z.array(z.object({ section: VisitSection, scale: VisitScale, says: z.string() })) }).nullable(),
  can: z.array(z.enum(['plan', 'record', 'set-needs'])),
});
export type VisitStart = z.infer<typeof VisitStart>;
