import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';

/** The nine situations of 关于建立侵害未成年人案件强制报告制度的意见（试行）第四条 (2020), in its order. */
export const Situation = z.enum([
  'private-injury',
  'under-14',
  'over-14',
  'many-injuries',
  'grave-harm',
  'abandoned',
  'unknown-origin',
  'begging',
  'other',
]);
export type Situation = z.infer<typeof Situation>;

/** States of a report (SM-10). */
export const ReportStatus = z.enum(['registered', 'handling', 'reported', 'following', 'disputed', 'closing', 'closed', 'not-applicable']);
export type ReportStatus = z.infer<typeof ReportStatus>;

/** How the police were told. */
export const PoliceManner = z.enum(['110', 'station', 'online', 'other']);
export type PoliceManner = z.infer<typeof PoliceManner>;

/** Where the child is safe meanwhile (未成年人保护法 92, 93). */
export const Placement = z.enum(['home', 'relatives', 'shelter', 'temporary-guardianship', 'hospital', 'other']);
export type Placement = z.infer<typeof Placement>;

/** What is added to a report; nothing in it is ever changed. */
export const EntryKind = z.enum([
  'addition',
  'police',
  'authority',
  'materials',
  'feedback',
  'placement',
  'follow-up',
  'acknowledged',
  'disputed',
  'signed-off',
  'overruled',
  'closing-proposed',
  'closing-confirmed',
  'closing-returned',
  'to-centre',
]);
export type EntryKind = z.infer<typeof EntryKind>;

const says = passage(2000);

/** What people may add to a report. Only what the kind needs is asked for. */
export const EntryDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('addition'), says }),
  z.object({
    kind: z.literal('police'),
    at: AnyMoment,
    manner: PoliceManner,
    unit: line(80),
    officerNo: line(40).nullable(),
    receiptNo: line(60).nullable(),
    says: passage(2000).nullable(),
  }),
  z.object({ kind: z.literal('authority'), at: AnyMoment, unit: line(80), says: passage(2000).nullable() }),
  z.object({ kind: z.literal('materials'), says }),
  z.object({ kind: z.literal('feedback'), at: AnyMoment, unit: line(80), says }),
  z.object({ kind: z.literal('placement'), placement: Placement, says }),
  z.object({ kind: z.literal('follow-up'), says }),
]);
export type EntryDraft = z.infer<typeof EntryDraft>;

/** A report as it is begun: what happens, where, what was seen. Nothing else is needed, and nobody's approval. */
export const ReportDraft = z.object({
  /** Made by the device, so that a report that is sent twice is registered once. */
  id: Id,
  situation: Situation,
  place: line(120),
  seen: passage(4000),
  child: line(40).nullable(),
  discoveredAt: AnyMoment.nullable(),
  caseId: Id.nullable(),
  requestId: Id.nullable(),
});
export type ReportDraft = z.infer<typeof ReportDraft>;

/** Buttons of a report. */
export const ReportAct = z.enum(['acknowledge', 'add', 'keep', 'dispute', 'decide-dispute', 'propose-closing', 'decide-closing', 'print']);
export type ReportAct = z.infer<typeof ReportAct>;

export const ReportRow = z.object({
  id: Id,
  number: z.string(),
  status: ReportStatus,
  situation: Situation,
  stationName: z.string().nullable(),
  discoveredAt: AnyMoment,
  registeredAt: AnyMoment,
  acknowledgedAt: AnyMoment.nullable(),
  reportedAt: AnyMoment.nullable(),
  /** Minutes from the discovery to the police report, or until now where there is none yet. */
  minutes: z.int(),
  mine: z.boolean(),
});

export const ReportEntry = z.object({
  id: Id,
  kind: EntryKind,
  at: AnyMoment,
  writtenAt: AnyMoment,
  /** Who wrote it, or 报告人 where the reporter did. */
  by: z.string(),
  unit: z.string().nullable(),
  manner: PoliceManner.nullable(),
  officerNo: z.string().nullable(),
  receiptNo: z.string().nullable(),
  placement: Placement.nullable(),
  says: z.string().nullable(),
});

/** A report as those see it who may. The reporter's identity and the case stand apart: null for all but head and supervisor. */
export const Report = ReportRow.extend({
  place: z.string(),
  seen: z.string(),
  child: z.string().nullable(),
  dueAt: AnyMoment,
  supervisorName: z.string().nullable(),
  centreSince: AnyMoment.nullable(),
  reporterName: z.string().nullable(),
  caseId: Id.nullable(),
  requestId: Id.nullable(),
  entries: z.array(ReportEntry),
  /** What is still missing before it may be closed. */
  missing: z.array(EntryKind),
  can: z.array(ReportAct),
  seenBy: z.array(z.string()),
});
export type Report = z.infer<typeof Report>;
