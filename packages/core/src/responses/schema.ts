import { z } from 'zod';
import { PacketField } from '../cases/schema.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyDay, AnyMoment, Id, line, passage } from '../shared/words.ts';
import { LegalBasis } from '../support/schema.ts';

/** What is recorded under a line of support: 转介, 督导, 研讨, 资源链接. The fifth way, 会诊, has rooms of its own in `support`. */
export const ResponseKind = z.enum(['transfer', 'supervision', 'seminar', 'resource-link']);
export type ResponseKind = z.infer<typeof ResponseKind>;

/** States of all four; which of them a kind knows is told by its transition table. */
export const ResponseStatus = z.enum([
  'sent',
  'accepted',
  'returned',
  'done',
  'written',
  'half-signed',
  'questioned',
  'signed',
  'planned',
  'held',
  'concluded',
  'asked',
  'promised',
  'provided',
  'declined',
  'closed',
  'withdrawn',
]);
export type ResponseStatus = z.infer<typeof ResponseStatus>;

/** 督导类型 and 督导形式 (个人督导 is the same as 个别督导, AMB-16). */
export const SupervisionType = z.enum(['administrative', 'educational', 'supportive']);
export const SupervisionForm = z.enum(['individual', 'group', 'on-site', 'online']);

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '请填写时刻，如 14:30' });
const optional = (max: number) => passage(max, 0).default('');
/** Money in whole 分; at most one hundred million 元. */
const Fen = z.int().min(0).max(10_000_000_000);

/** Parts of the request that a transfer may hand over: text only, attachments stay. */
export const HandedField = PacketField.exclude(['attachments']);

export const TransferDraft = z.object({
  kind: z.literal('transfer'),
  toId: Id,
  reason: passage(1000, 4),
  fields: z.array(HandedField).min(1, { error: '请选择要移交的内容' }).max(7),
  basis: LegalBasis,
  replyBy: AnyDay.nullable(),
});

const supervisionFields = {
  heldOn: AnyDay,
  startsAt: TimeOfDay,
  endsAt: TimeOfDay,
  type: SupervisionType,
  form: SupervisionForm,
  others: optional(400),
  topics: passage(1000, 2),
  advice: passage(4000, 4),
  followUp: passage(1000, 2),
};
export const SupervisionDraft = z.object({ kind: z.literal('supervision'), ...supervisionFields });

export const SeminarDraft = z.object({
  kind: z.literal('seminar'),
  topic: line(120, 2),
  heldOn: AnyDay,
  startsAt: TimeOfDay,
  place: line(120, 2),
  participantIds: z.array(Id).min(1, { error: '请至少请一位参加的人' }).max(30),
  guests: optional(400),
  agenda: passage(2000, 2),
});

export const ResourceDraft = z
  .object({
    kind: z.literal('resource-link'),
    resourceId: Id.nullable(),
    resourceName: optional(120),
    asked: passage(1000, 2),
  })
  .refine((d) => d.resourceId !== null || d.resourceName.length >= 2, { path: ['resourceName'], error: '请选择资源，或写下资源名称' });

/** A new record under a line; its kind must be the line's. */
export const ResponseDraft = z.discriminatedUnion('kind', [TransferDraft, SupervisionDraft, SeminarDraft, ResourceDraft]);
export type ResponseDraft = z.infer<typeof ResponseDraft>;

const version = { version: z.int().min(1) };

/** One step of a record; the move's name is that of the transition table. */
export const ResponseStep = z.discriminatedUnion('move', [
  z.object({ move: z.literal('accept'), ...version, receipt: passage(1000, 2), contactOn: AnyDay.nullable() }),
  z.object({ move: z.literal('return'), ...version, reason: passage(600, 2) }),
  z.object({ move: z.literal('redirect'), ...version, toId: Id }),
  z.object({ move: z.literal('finish'), ...version, result: passage(1000, 2) }),
  z.object({ move: z.literal('sign'), ...version }),
  z.object({ move: z.literal('question'), ...version, reason: passage(600, 2) }),
  z.object({ move: z.literal('correct'), ...version, ...supervisionFields }),
  z.object({ move: z.literal('hold'), ...version, minutes: passage(8000, 4) }),
  z.object({ move: z.literal('conclude'), ...version, conclusions: passage(3000, 4) }),
  z.object({ move: z.literal('promise'), ...version, reply: passage(1000, 2) }),
  z.object({ move: z.literal('decline'), ...version, reply: passage(1000, 2) }),
  z.object({
    move: z.literal('provide'),
    ...version,
    providedOn: AnyDay,
    provided: passage(1000, 2),
    /** Whole 分; null where it was no money. */
    amountFen: Fen.nullable(),
  }),
  z.object({
    move: z.literal('feedback'),
    ...version,
    result: passage(1000, 2),
    feedback: passage(1000, 2),
    satisfaction: z.int().min(1).max(5).nullable(),
  }),
  z.object({ move: z.literal('withdraw'), ...version, reason: passage(600, 2) }),
]);
export type ResponseStep = z.infer<typeof ResponseStep>;
export type ResponseMove = ResponseStep['move'];

/** Why a record was taken back; absent while it stands. */
const takenBack = { withdrawn: z.string().optional() };

/** The narrative of a record, as it is kept. */
export const TransferContent = z.object({
  kind: z.literal('transfer'),
  reason: z.string(),
  handed: z.array(z.object({ field: HandedField, title: z.string(), text: z.string() })),
  basisKind: z.enum(['consent', 'emergency', 'statutory-duty']),
  basisGround: z.string().nullable(),
  replyBy: z.string().nullable(),
  /** Earlier addressees who returned it, oldest first. */
  returned: z.array(z.object({ name: z.string(), place: z.string(), at: z.string(), reason: z.string() })),
  receipt: z.object({ says: z.string(), contactOn: z.string().nullable(), at: z.string(), byName: z.string() }).nullable(),
  result: z.string().nullable(),
  ...takenBack,
});
export const SupervisionContent = z.object({
  ...supervisionFields,
  kind: z.literal('supervision'),
  question: z.string().nullable(),
  ...takenBack,
});
export const SeminarContent = SeminarDraft.extend({ minutes: z.string().nullable(), conclusions: z.string().nullable(), ...takenBack });
export const ResourceContent = z.object({
  kind: z.literal('resource-link'),
  resourceId: Id.nullable(),
  resourceName: z.string(),
  asked: z.string(),
  reply: z.string().nullable(),
  provided: z.string().nullable(),
  result: z.string().nullable(),
  feedback: z.string().nullable(),
  satisfaction: z.int().nullable(),
  ...takenBack,
});
export const ResponseContent = z.discriminatedUnion('kind', [TransferContent, SupervisionContent, SeminarContent, ResourceContent]);
export type ResponseContent = z.infer<typeof ResponseContent>;

/** One record as a list shows it: the register, never its narrative. */
export const ResponseRow = z.object({
  id: Id,
  lineId: Id,
  requestId: Id,
  number: z.string(),
  kind: ResponseKind,
  helpField: HelpField,
  status: ResponseStatus,
  authorName: z.string(),
  /** Receiver of a transfer, supervisor of a supervision. */
  toName: z.string().nullable(),
  toPlace: z.string().nullable(),
  /** The social worker whose work is supervised. */
  workerName: z.string().nullable(),
  nextNames: z.array(z.string()),
  heldOn: AnyDay.nullable(),
  minutes: z.int().nullable(),
  amountFen: z.number().nullable(),
  openedAt: AnyMoment,
  endedAt: AnyMoment.nullable(),
  updatedAt: AnyMoment,
  version: z.int(),
});
export type ResponseRow = z.infer<typeof ResponseRow>;

/** A record as its page shows it. */
export const ResponseFile = ResponseRow.extend({
  content: ResponseContent,
  lineTask: z.string(),
  participants: z.array(z.string()),
  supervisorSignedAt: AnyMoment.nullable(),
  workerSignedAt: AnyMoment.nullable(),
  /** Whether the reader also reaches the request. */
  opensRequest: z.boolean(),
  /** Who reads what, in sentences. */
  readers: z.array(z.string()),
  can: z.array(z.string()),
  /** Whether the next step is the reader's. */
  myTurn: z.boolean(),
  /** Whether the reader may close the line when its records are over. */
  closesLine: z.boolean(),
});
export type ResponseFile = z.infer<typeof ResponseFile>;
