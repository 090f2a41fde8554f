import { z } from 'zod';
import { ServiceDomain } from '../contacts/schema.ts';
import { Id, line, passage, Version } from '../shared/endpoint.ts';
import { CaseDomain, HelpField } from '../shared/fields.ts';
import { idNumberVerdict } from '../shared/identifiers.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';
import { CaseStage, CaseStatus, NoteKind, Risk } from './words.ts';
import { WorkOutcome } from './work.ts';

export { CaseStatus, Risk };

/** Purposes for which material may leave the case's circle. */
export const ConsentPurpose = z.enum(['support', 'conference', 'publication', 'referral', 'attendance']);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** The parts of a file that a consent or a packet names. */
export const PacketField = z.enum(['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks', 'attachments']);
export type PacketField = z.infer<typeof PacketField>;

/** Personal data of a recipient that is shown masked and opens with a reason. */
export const PersonalField = z.enum(['name', 'idNumber', 'phone', 'address']);
export type PersonalField = z.infer<typeof PersonalField>;

/** A recipient as everybody in the case's circle sees it: masked. */
export const MaskedRecipient = z.object({
  id: Id,
  name: z.string(),
  gender: Gender,
  age: z.int().nullable(),
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
});

export const CaseRow = z.object({
  id: Id,
  number: z.string(),
  status: CaseStatus,
  stage: CaseStage,
  /** What came of work, as far as it was said (YC-11). */
  workOutcome: WorkOutcome.nullable(),
  recipientName: z.string(),
  recipientGender: Gender,
  recipientAge: z.int().nullable(),
  domain: CaseDomain.nullable(),
  serviceDomain: ServiceDomain,
  risk: Risk,
  workerId: Id,
  workerName: z.string(),
  stationName: z.string(),
  openedOn: AnyDay,
  openRequests: z.int(),
  updatedAt: AnyMoment,
  version: z.int(),
});

/**
 * What the form of a process record asks beside the summary: where, the aim of this time, how the person was, what the worker thinks of it,
 * and the plan for the next time. Left out of a note in passing.
 */
export const NoteParts = z.object({
  place: line(80, 0),
  goal: passage(2000, 0),
  state: passage(2000, 0),
  reflection: passage(5000, 0),
  next: passage(2000, 0),
});
export type NoteParts = z.infer<typeof NoteParts>;

export const Note = z.object({
  id: Id,
  authorName: z.string(),
  happenedOn: AnyDay,
  writtenAt: AnyMoment,
  kind: NoteKind,
  minutes: z.int().nullable(),
  tookPart: z.string(),
  body: z.string(),
  parts: NoteParts.nullable(),
});

export const Attachment = z.object({
  id: Id,
  name: z.string(),
  mime: z.string(),
  bytes: z.int(),
  addedByName: z.string(),
  addedAt: AnyMoment,
});
export type Attachment = z.infer<typeof Attachment>;

/** What the receiver of a consent is: an organisation, an expert, a partner of the register, or everybody. */
export const ReceiverKind = z.enum(['organisation', 'expert', 'partner', 'public']);
export type ReceiverKind = z.infer<typeof ReceiverKind>;

/** To which receivers a purpose can give; the first is the usual one. */
export const RECEIVERS_OF: Readonly<Record<ConsentPurpose, readonly ReceiverKind[]>> = {
  support: ['organisation'],
  conference: ['expert', 'organisation'],
  publication: ['public', 'organisation'],
  referral: ['partner', 'organisation'],
  attendance: ['expert', 'organisation'],
};

export const Consent = z.object({
  id: Id,
  receiver: z.string(),
  /** Null on what was recorded before receivers had kinds: then the words alone say who it is. */
  receiverKind: ReceiverKind.nullable(),
  /** The receiver in its register; null where it is named in words. */
  receiverId: Id.nullable(),
  purpose: ConsentPurpose,
  fields: z.array(PacketField),
  signedBy: z.string(),
  grantedOn: AnyDay,
  expiresOn: AnyDay.nullable(),
  withdrawnOn: AnyDay.nullable(),
  live: z.boolean(),
  /** The notice (告知书) that was told before the signature; null where nothing is recorded of it. */
  noticeId: Id.nullable(),
  noticeVersion: z.string().nullable(),
});
export type Consent = z.infer<typeof Consent>;

/** Somebody who works along on a case, or did. */
export const CoWorker = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  fromDay: AnyDay,
  /** The last day; null where none is set. */
  toDay: AnyDay.nullable(),
  reason: z.string(),
  namedByName: z.string().nullable(),
  /** Whether the person works along today. */
  current: z.boolean(),
});

/** A colleague of the station who may be named. */
export const CoWorkerChoice = z.object({ personId: Id, name: z.string(), post: z.string() });

/** Whom to name, why, and until when; without a last day, until it is ended. */
export const CoWorkerDraft = z.object({ personId: Id, reason: line(60, 2), toDay: AnyDay.nullable() });

/** A change of the field in which a case is counted: since which day, by whom. */
export const FieldChange = z.object({
  id: Id,
  fromDay: AnyDay,
  was: ServiceDomain,
  field: ServiceDomain,
  changedByName: z.string(),
  changedAt: AnyMoment,
});
export type FieldChange = z.infer<typeof FieldChange>;

export const CaseFile = CaseRow.extend({
  recipient: MaskedRecipient.extend({
    /** Set where a call or a visit is not safe: how and when one may make contact. */
    contact: z.object({ how: z.string(), times: z.string() }).nullable(),
    /** Of the person's own row: one person may stand in several cases. */
    version: z.int(),
  }),
  household: z.string(),
  aliases: z.array(z.string()),
  school: z.string().nullable(),
  helpFields: z.array(HelpField),
  summary: z.string(),
  /** In the order of their days. */
  fieldChanges: z.array(FieldChange),
  coWorkers: z.array(CoWorker),
  /** How many worked along before. */
  formerCoWorkers: z.int(),
  notes: z.array(Note),
  moreNotes: z.string().nullable(),
  consents: z.array(Consent),
  attachments: z.array(Attachment),
  requests: z.array(z.object({ id: Id, receiptNo: z.string().nullable(), status: z.string(), updatedAt: AnyMoment })),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});

const IdNumber = z
  .string()
  .trim()
  .refine((s) => idNumberVerdict(s).ok, { error: '证件号码的位数或校验码不对' });

// Two characters at least: redaction cannot search for one, and then refuses the whole text.
export const RecipientDraft = z.object({
  name: line(40, 2),
  gender: Gender,
  birthOn: AnyDay.nullable(),
  idNumber: IdNumber.nullable(),
  phone: line(20, 2).nullable(),
  address: line(120, 2).nullable(),
});

/** 民族, by the numbers of GB/T 3304; 97 other, 98 foreign by blood. */
export const Ethnicity = z.enum(
  // biome-ignore format: a list of numbers
  ['01','02','03','04','05','06','07','08','09','10','11','12','13','14','15','16','17','18','19','20','21','22','23','24','25','26','27','28','29','30',
    '31','32','33','34','35','36','37','38','39','40','41','42','43','44','45','46','47','48','49','50','51','52','53','54','55','56','97','98'],
);
export type Ethnicity = z.infer<typeof Ethnicity>;
/** 婚姻状况 (GB/T 2261.2). */
export const Marital = z.enum(['10', '20', '21', '22', '23', '30', '40', '90']);
/** 文化程度, the main classes of GB/T 4658. */
export const Education = z.enum(['10', '20', '30', '40', '60', '70', '80', '90']);
/** 政治面貌 (GB/T 4762). */
export const Politics = z.enum(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13']);
/** Where the household registration (户籍) is, seen from the station. */
export const Hukou = z.enum(['district', 'city', 'province', 'other-province', 'overseas', 'none']);

/** What is recorded of a person besides who it is; every item may be left open. Only who works with the person sees it. */
export const RecipientDetails = z.object({
  ethnicity: Ethnicity.nullable(),
  marital: Marital.nullable(),
  education: Education.nullable(),
  politics: Politics.nullable(),
  registration: Hukou.nullable(),
  registrationPlace: z.string().nullable(),
  occupation: z.string().nullable(),
});
export type RecipientDetails = z.infer<typeof RecipientDetails>;
/** One item of the details. */
export const DetailItem = RecipientDetails.keyof();
export type DetailItem = z.infer<typeof DetailItem>;

/** A correction of what is recorded of a person, in the version that was seen; what is left out stays, null takes away. */
export const RecipientChange = RecipientDraft.partial().extend({
  ...RecipientDetails.extend({ registrationPlace: line(60, 2).nullable(), occupation: line(40, 2).nullable() }).partial().shape,
  version: Version,
  /** What became of the name before, where another is given: changed, so that it stays as a former name, or written wrongly. */
  nameWas: z.enum(['former', 'wrong']).optional(),
});

/** The field in which the acts of service of a case are counted; whoever opens one says it. */
export const CountedIn = z.enum(ServiceDomain.options, { error: '请选择服务领域' });

/** What a case says besides whose it is. */
export const CaseFields = z.object({
  household: passage(600, 0),
  aliases: z.array(line(20, 2)).max(10),
  school: line(60, 2).nullable(),
  /** Only a hard case has a problem of LH-14 and needs experts: both may wait until the centre is asked for help. */
  domain: CaseDomain.nullable().optional(),
  serviceDomain: CountedIn,
  helpFields: z.array(HelpField).max(7),
  risk: Risk,
  summary: passage(4000),
});

/** A new case: of somebody new, or of a person in reach. */
export const CaseDraft = CaseFields.extend({
  recipient: RecipientDraft.optional(),
  recipientId: Id.optional(),
  /** Set by who knows that the person has an open case already and wants another beside it. */
  alongside: z.literal(true).optional(),
}).refine((c) => (c.recipient === undefined) !== (c.recipientId === undefined), {
  error: '请填写服务对象，或选一位已有的',
  path: ['recipient', 'name'],
});

/** To whom an old consent in words gives, named once. */
export const ConsentReceiver = z.object({ receiver: line(60), receiverKind: ReceiverKind, receiverId: Id.nullable() });
export type ConsentReceiver = z.infer<typeof ConsentReceiver>;

export const ConsentDraft = z
  .object({
    receiver: line(60),
    purpose: ConsentPurpose,
    fields: z.array(PacketField),
    signedBy: line(40),
    grantedOn: AnyDay,
    expiresOn: AnyDay.nullable(),
    receiverKind: ReceiverKind.nullable().default(null),
    receiverId: Id.nullable().default(null),
    /** Whether the notice that held on the day of signing was told. */
    told: z.boolean().default(false),
  })
  .refine((c) => c.receiverKind === null || RECEIVERS_OF[c.purpose].includes(c.receiverKind), {
    error: '这个用途不能提供给这一类接收方',
    path: ['receiverKind'],
  })
  .refine((c) => c.receiverId === null || (c.receiverKind !== null && c.receiverKind !== 'public'), {
    error: '请先选接收方是哪一类',
    path: ['receiverId'],
  })
  // Coming to a conference hands over no part of the file.
  .refine((c) => c.purpose === 'attendance' || c.fields.length > 0, { error: '请选择同意提供的内容', path: ['fields'] });
