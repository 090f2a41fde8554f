import { z } from 'zod';
import { AppealChannel } from '../appeals/schema.ts';
import { Attachment, ConsentPurpose, PacketField, Risk } from '../cases/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { CaseDomain, HelpField } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** States of a request for help with a hard case (SM-2). */
export const RequestStatus = z.enum([
  'draft',
  'submitted',
  'needs-info',
  'crisis',
  'matching',
  'supporting',
  'following',
  'closed',
  'declined',
  'advised',
  'withdrawn',
  'ended-elsewhere',
  'duplicate',
]);
export type RequestStatus = z.infer<typeof RequestStatus>;

/** States in which a request is being worked on. */
export const LIVE = [
  'submitted',
  'needs-info',
  'crisis',
  'matching',
  'supporting',
  'following',
] as const satisfies readonly RequestStatus[];

/** Which promise the clock measures. */
export const ClockKind = z.enum(['screening', 'panel', 'conference', 'crisis']);
export type ClockKind = z.infer<typeof ClockKind>;

export const ClockState = z.enum(['on-track', 'at-risk', 'overdue', 'paused', 'none']);
export type ClockState = z.infer<typeof ClockState>;

/** How the request came in (LH-03). */
export const Channel = z.enum(['desk', 'phone', 'hotline']);

/** Five kinds of support (LH-05). */
export const LineKind = z.enum(['referral', 'supervision', 'conference', 'seminar', 'resource']);
export type LineKind = z.infer<typeof LineKind>;
export const LineStatus = z.enum(['open', 'done', 'not-possible']);

/** Answers of the self-assessment 界定 (LH-07); null is not answered yet. */
export const ChecklistAnswers = z.object({
  imminentRisk: z.boolean().nullable(),
  problemsAtOnce: z.boolean().nullable(),
  lackOfResources: z.boolean().nullable(),
  beyondExperience: z.boolean().nullable(),
  earlierAttemptsFailed: z.boolean().nullable(),
  severalDepartments: z.boolean().nullable(),
  riskRising: z.boolean().nullable(),
});
export type ChecklistAnswers = z.infer<typeof ChecklistAnswers>;

export const Wishes = z.object({ expertGender: z.enum(['female', 'male']).nullable() });

const draftFields = {
  /** Null where it is still open. */
  domain: CaseDomain.nullable(),
  helpFields: z.array(HelpField).max(7),
  risk: Risk,
  story: passage(4000, 0),
  tried: passage(2000, 0),
  asks: passage(2000, 0),
  wishes: Wishes,
  checklist: ChecklistAnswers,
};

/** What a worker types; may have gaps until it is submitted. */
export const RequestDraft = z.object(draftFields).partial();
export type RequestDraft = z.infer<typeof RequestDraft>;

export const Clock = z.object({
  kind: ClockKind.nullable(),
  state: ClockState,
  startedAt: AnyMoment.nullable(),
  dueAt: AnyMoment.nullable(),
  pausedAt: AnyMoment.nullable(),
  words: z.string(),
});

/** The register of a request: what it is, where it stands, who holds it; no narrative and no name of a recipient. */
export const RequestRow = z.object({
  id: Id,
  receiptNo: z.string().nullable(),
  archiveNo: z.string().nullable(),
  status: RequestStatus,
  /** Null only until it is submitted. */
  domain: CaseDomain.nullable(),
  helpFields: z.array(HelpField),
  risk: Risk,
  stationName: z.string(),
  organisationName: z.string(),
  askerId: Id,
  askerName: z.string(),
  holderId: Id.nullable(),
  holderName: z.string().nullable(),
  holderAbsent: z.boolean(),
  clock: Clock,
  nextOn: AnyDay.nullable(),
  submittedAt: AnyMoment.nullable(),
  closedAt: AnyMoment.nullable(),
  solved: z.boolean().nullable(),
  updatedAt: AnyMoment,
  version: z.int(),
});
export type RequestRow = z.infer<typeof RequestRow>;

export const ChecklistResult = z.object({
  outcome: z.enum(['crisis', 'hard', 'supervision-advice']),
  score: z.number(),
  hardAt: z.number(),
  reasons: z.array(z.string()),
  missing: z.array(z.string()),
  packVersion: z.string(),
});

export const RequestContent = z.object({
  caseId: Id.nullable(),
  caseNumber: z.string(),
  recipientName: z.string(),
  recipientGender: Gender,
  recipientAge: z.int().nullable(),
  household: z.string(),
  story: z.string(),
  tried: z.string(),
  asks: z.string(),
  wishes: Wishes,
  checklist: ChecklistAnswers,
  checklistResult: ChecklistResult.nullable(),
  attachments: z.array(Attachment),
  /** Live consents of the recipient, for choosing the basis of a packet; filled for the centre. */
  consents: z.array(
    z.object({ id: Id, receiver: z.string(), purpose: ConsentPurpose, fields: z.array(PacketField), expiresOn: AnyDay.nullable() }),
  ),
});

export const Screening = z.object({
  exit: z.string(),
  byName: z.string(),
  at: AnyMoment,
  checklistVersion: z.string(),
  says: z.string(),
});

export const Seat = z.object({
  expertId: Id,
  name: z.string(),
  title: z.string(),
  covers: z.array(HelpField),
  reasons: z.array(z.string()),
  alternatives: z.array(z.object({ expertId: Id, name: z.string(), covers: z.array(HelpField), lost: z.array(z.string()) })),
});

export const LeftOut = z.object({
  expertId: Id,
  name: z.string(),
  helpFields: z.array(HelpField),
  reason: z.string(),
  says: z.string(),
  mayInvite: z.boolean(),
});

export const Proposal = z.object({
  id: Id,
  at: AnyMoment,
  packVersion: z.string(),
  fields: z.array(HelpField),
  seats: z.array(Seat),
  leftOut: z.array(LeftOut),
  uncovered: z.array(HelpField),
});
export type Proposal = z.infer<typeof Proposal>;

export const InvitationStatus = z.enum(['invited', 'accepted', 'declined', 'answered', 'revoked', 'expired']);
export type InvitationStatus = z.infer<typeof InvitationStatus>;

/** An invitation as the centre sees it. */
export const InvitationRow = z.object({
  id: Id,
  expertId: Id,
  expertName: z.string(),
  helpFields: z.array(HelpField),
  status: InvitationStatus,
  answeredAt: AnyMoment.nullable(),
  declineReason: z.string().nullable(),
  opinionAt: AnyMoment.nullable(),
  opened: z.int(),
  deadline: AnyMoment,
  /** The name of the expert whose place this one took. */
  replaces: z.string().nullable(),
  version: z.int(),
});

export const Opinion = z.object({
  invitationId: Id,
  expertName: z.string(),
  helpFields: z.array(HelpField),
  judgement: z.string(),
  advice: z.string(),
  risk: z.string(),
  givenAt: AnyMoment,
});

export const LegalBasis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consent'), consentId: Id }),
  z.object({ kind: z.literal('emergency'), ground: passage(400, 4) }),
  z.object({ kind: z.literal('statutory-duty'), ground: passage(400, 4) }),
]);
export type LegalBasis = z.infer<typeof LegalBasis>;

export const PacketDraft = z.object({
  fields: z.array(PacketField).min(1, { error: '请选择要给专家看的内容' }),
  attachmentIds: z.array(Id).max(20),
  basis: LegalBasis,
});

/** A round of advice: invitations with one deadline and one packet. */
export const Round = z.object({
  id: Id,
  number: z.int(),
  deadline: AnyMoment,
  quorum: z.int(),
  asked: z.int(),
  given: z.int(),
  opinionsOpen: z.boolean(),
  basis: z.string(),
  packetHash: z.string(),
  packetFields: z.array(PacketField),
  invitations: z.array(InvitationRow),
  /** Empty for those who may not read them yet. */
  opinions: z.array(Opinion),
});

export const ActionStatus = z.enum(['open', 'done', 'not-possible']);
export const Action = z.object({
  id: Id,
  requestId: Id,
  text: z.string(),
  ownerId: Id,
  ownerName: z.string(),
  dueOn: AnyDay,
  overdue: z.boolean(),
  status: ActionStatus,
  result: z.string().nullable(),
  doneAt: AnyMoment.nullable(),
  version: z.int(),
});

export const Conference = z.object({
  id: Id,
  status: z.enum(['planned', 'held', 'cancelled']),
  chairId: Id,
  chairName: z.string(),
  plannedAt: AnyMoment,
  place: z.string(),
  cancelReason: z.string().nullable(),
  heldAt: AnyMoment.nullable(),
  attendees: z.array(z.object({ expertId: Id, name: z.string(), helpFields: z.array(HelpField) })),
  minutes: z.string().nullable(),
  consensus: z.string().nullable(),
  version: z.int(),
});

/** What the chair of a conference needs, who may be an expert or a supervisor and does not see the request. */
export const ConferenceSheet = Conference.extend({
  /** For the centre, which goes on from the request's page; null for a chair who does not see the request. */
  requestId: Id.nullable(),
  number: z.string(),
  domain: CaseDomain,
  helpFields: z.array(HelpField),
  invited: z.array(z.object({ expertId: Id, name: z.string(), helpFields: z.array(HelpField), status: InvitationStatus })),
  owners: z.array(z.object({ personId: Id, name: z.string() })),
  can: z.array(z.string()),
});

export const Line = z.object({
  id: Id,
  requestId: Id,
  receiptNo: z.string().nullable(),
  helpField: HelpField,
  kind: LineKind,
  holderId: Id.nullable(),
  holderName: z.string().nullable(),
  providerName: z.string().nullable(),
  task: z.string(),
  status: LineStatus,
  result: z.string().nullable(),
  openedAt: AnyMoment,
  closedAt: AnyMoment.nullable(),
  version: z.int(),
  /** What was recorded under the line, oldest first: 转介, 督导, 研讨 or 资源链接. Empty for a conference. */
  records: z.array(z.object({ id: Id, status: z.string(), on: AnyDay })),
});

export const TimelineEntry = z.object({
  id: Id,
  at: AnyMoment,
  type: z.string(),
  byName: z.string().nullable(),
  says: z.string(),
  helpField: HelpField.nullable(),
});

export const Closing = z.object({
  solved: z.boolean(),
  evaluation: z.string(),
  satisfaction: z.int().nullable(),
  followUpOn: AnyDay,
});

/** A request as one page shows it. `content` is null for those who see the register only. */
export const RequestFile = RequestRow.extend({
  content: RequestContent.nullable(),
  screening: Screening.nullable(),
  question: z.string().nullable(),
  proposal: Proposal.nullable(),
  rounds: z.array(Round),
  conferences: z.array(Conference),
  lines: z.array(Line),
  actions: z.array(Action),
  closing: Closing.nullable(),
  duplicateOf: z.object({ id: Id, receiptNo: z.string() }).nullable(),
  publication: z.object({ draftId: Id.nullable(), entryId: Id.nullable() }).nullable(),
  /** The resident's appeal with which the case began; told on the hotline where a call stands behind it. */
  /** The channel is null to who reads the request and not the appeal. */
  origin: z.object({ appealId: Id, channel: AppealChannel.nullable(), callNumber: z.string().nullable() }).nullable(),
  crisis: z
    .object({
      dutyName: z.string(),
      phone: z.string(),
      acknowledgedAt: AnyMoment.nullable(),
      acknowledgedBy: z.string().nullable(),
      escalatedAt: AnyMoment.nullable(),
    })
    .nullable(),
  timeline: z.array(TimelineEntry),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type RequestFile = z.infer<typeof RequestFile>;

/** What an expert sees of an invitation before the packet: two sentences, no case fact. */
export const OwnInvitation = z.object({
  id: Id,
  number: z.string(),
  domain: CaseDomain,
  helpFields: z.array(HelpField),
  status: InvitationStatus,
  invitedAt: AnyMoment,
  deadline: AnyMoment,
  plannedAt: AnyMoment.nullable(),
  place: z.string().nullable(),
  /** Null where no conference stands. */
  conferenceId: Id.nullable(),
  conferenceStatus: z.enum(['planned', 'held', 'cancelled']).nullable(),
  /** Minutes that reading and writing usually take, from the rule pack. */
  minutesNeeded: z.int(),
  chairName: z.string(),
  pledgeText: z.string(),
  pledgedAt: AnyMoment.nullable(),
  opinionAt: AnyMoment.nullable(),
  expiresAt: AnyMoment,
  canRead: z.boolean(),
  opinionsOpen: z.boolean(),
  version: z.int(),
});

export const Packet = z.object({
  invitationId: Id,
  number: z.string(),
  watermark: z.string(),
  hash: z.string(),
  expiresAt: AnyMoment,
  parts: z.array(z.object({ field: PacketField, title: z.string(), text: z.string() })),
  attachments: z.array(z.object({ id: Id, name: z.string(), mime: z.string(), bytes: z.int() })),
});

export const DecisionDraft = z.object({ text: passage(600, 2), ownerId: Id, dueOn: AnyDay });

const Says = (max: number) => passage(max, 2);

/** The exits of screening. `checklistVersion` cites the checklist that the screener read. */
export const ScreenBody = z.discriminatedUnion('exit', [
  z.object({
    exit: z.literal('accept'),
    version: z.int(),
    checklistVersion: line(40),
    note: passage(600, 0).optional(),
    holderId: Id.optional(),
  }),
  z.object({ exit: z.literal('ask'), version: z.int(), checklistVersion: line(40), question: Says(600) }),
  z.object({ exit: z.literal('decline'), version: z.int(), checklistVersion: line(40), reason: Says(600), otherRoute: Says(600) }),
  z.object({ exit: z.literal('divert'), version: z.int(), checklistVersion: line(40), advice: Says(1000), supervisorId: Id.optional() }),
  z.object({ exit: z.literal('crisis'), version: z.int(), checklistVersion: line(40), reason: Says(600) }),
]);
export type ScreenBody = z.infer<typeof ScreenBody>;
