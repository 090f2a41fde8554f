import { z } from 'zod';
import { PacketField } from '../cases/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Answer, Eligibility, HouseholdFacts } from './eligibility.ts';

export const ResourceKind = z.enum(['policy', 'resource']);
export const IssuingTier = z.enum(['nation', 'province', 'city', 'district', 'street']);
export const PartnerType = z.enum(['government', 'charity', 'enterprise', 'professional']);
export type PartnerType = z.infer<typeof PartnerType>;

/** What a policy is (SZ-07, LH-22): a benefit that people apply for, a special policy, a norm of the profession, support of its talent. */
export const PolicyType = z.enum(['benefit', 'special', 'norm', 'talent']);
export const IntakeWord = z.enum(['open', 'closed']);
export const Takes = z.enum(['yes', 'no', 'unknown']);

/** A policy or resource with the fields of LH-11, as lists show it. */
export const Resource = z.object({
  id: Id,
  kind: ResourceKind,
  policyType: PolicyType.nullable(),
  name: z.string(),
  category: z.string(),
  audience: z.string(),
  authority: z.string(),
  conditions: z.string(),
  materials: z.array(z.string()),
  summary: z.string(),
  helpFields: z.array(HelpField),
  issuingTier: IssuingTier,
  divisionName: z.string(),
  phone: z.string().nullable(),
  source: z.string(),
  documentNo: z.string().nullable(),
  documentOn: AnyDay.nullable(),
  validFrom: AnyDay,
  validTo: AnyDay.nullable(),
  valid: z.boolean(),
  /** Whether its conditions are written as rules. */
  ruled: z.boolean(),
  intake: IntakeWord.nullable(),
  intakeUntil: AnyDay.nullable(),
  places: z.int().nullable(),
  takes: Takes,
  intakeSays: z.string(),
  reviewOn: AnyDay.nullable(),
  needsReview: z.boolean(),
  keeperName: z.string().nullable(),
  version: z.int(),
});

/** The rules of one version of a resource. */
export const ResourceEdition = z.object({
  version: z.int(),
  eligibility: Eligibility.nullable(),
  byName: z.string().nullable(),
  at: AnyMoment,
});

export const ResourceFile = Resource.extend({
  eligibility: Eligibility.nullable(),
  keeperId: Id.nullable(),
  /** Versions in which the rules changed, the newest first. */
  editions: z.array(ResourceEdition),
});

export const ResourceDraft = z.object({
  kind: ResourceKind,
  policyType: PolicyType.nullable().default(null),
  name: line(80, 2),
  category: line(30),
  audience: passage(300),
  authority: line(80),
  conditions: passage(800),
  materials: z.array(line(300)).max(30),
  summary: passage(800),
  helpFields: z.array(HelpField).min(1, { error: '至少选一个专业' }).max(7),
  issuingTier: IssuingTier,
  phone: line(40).nullable(),
  source: line(160),
  documentNo: line(60).nullable().default(null),
  documentOn: AnyDay.nullable().default(null),
  validFrom: AnyDay,
  validTo: AnyDay.nullable(),
  eligibility: Eligibility.nullable().default(null),
  reviewOn: AnyDay.nullable().default(null),
});

/** Whether it takes referrals now, until when that is known, and how many. */
export const IntakeDraft = z.object({
  intake: IntakeWord,
  intakeUntil: AnyDay.nullable(),
  places: z.int().min(0).max(100_000).nullable(),
});

export const FindingRow = z.object({ answer: Answer, says: z.string() });

/** A resource as a household is offered it. */
export const RankedResource = z.object({
  id: Id,
  kind: ResourceKind,
  name: z.string(),
  category: z.string(),
  authority: z.string(),
  phone: z.string().nullable(),
  issuingTier: IssuingTier,
  helpFields: z.array(HelpField),
  serves: z.array(HelpField),
  validTo: AnyDay.nullable(),
  answer: Answer,
  ruled: z.boolean(),
  findings: z.array(FindingRow),
  missing: z.array(z.string()),
  takes: Takes,
  intakeSays: z.string(),
});

export const Ranking = z.object({
  rows: z.array(RankedResource),
  counts: z.object({ fits: z.int(), may: z.int(), not: z.int(), unruled: z.int() }),
  /** What to ask next, with how many resources it stands before. */
  questions: z.array(z.object({ says: z.string(), opens: z.int() })),
});

/** Facts that the case already knows, and where from. */
export const KnownFacts = z.object({ facts: HouseholdFacts, says: z.array(z.string()) });

/** A liaison person of a partner, with the days. */
export const Liaison = z.object({
  id: Id,
  name: z.string(),
  post: z.string(),
  phone: z.string(),
  fromDay: AnyDay,
  toDay: AnyDay.nullable(),
  current: z.boolean(),
  version: z.int(),
});
export const LiaisonDraft = z.object({
  name: line(40),
  post: line(40),
  phone: line(40),
  fromDay: AnyDay,
  toDay: AnyDay.nullable(),
});

/** An agreement with a partner. */
export const Agreement = z.object({
  id: Id,
  title: z.string(),
  scope: z.string(),
  fromDay: AnyDay,
  toDay: AnyDay.nullable(),
  current: z.boolean(),
  version: z.int(),
});
export const AgreementDraft = z.object({
  title: line(80, 2),
  scope: passage(600, 2),
  fromDay: AnyDay,
  toDay: AnyDay.nullable(),
});

/** A partner with the liaison person to call first (LH-12). */
export const Partner = z.object({
  id: Id,
  type: PartnerType,
  name: z.string(),
  offers: z.string(),
  liaison: z.string().nullable(),
  liaisonPost: z.string().nullable(),
  phone: z.string().nullable(),
  helpFields: z.array(HelpField),
  active: z.boolean(),
  agreementTo: AnyDay.nullable(),
  agreed: z.boolean(),
  version: z.int(),
});

export const PartnerFile = Partner.extend({
  liaisons: z.array(Liaison),
  agreements: z.array(Agreement),
  referrals: z.object({ offered: z.int(), accepted: z.int(), done: z.int(), returned: z.int() }),
});

const partnerFields = {
  type: PartnerType,
  name: line(80, 2),
  offers: passage(400),
  helpFields: z.array(HelpField).max(7),
};
export const PartnerChange = z.object(partnerFields);
export const PartnerDraft = z.object({ ...partnerFields, liaison: line(40), liaisonPost: line(40), phone: line(40) });

/** States of a referral to a partner. */
export const ReferralStatus = z.enum(['offered', 'accepted', 'returned', 'done', 'expired', 'withdrawn']);
export type ReferralStatus = z.infer<typeof ReferralStatus>;

/** What may be shown to a partner. */
export const referralFields = [
  'situation',
  'household',
  'domain',
  'risk',
  'story',
  'tried',
  'asks',
] as const satisfies readonly PacketField[];

export const ReferralDraft = z.object({
  partnerId: Id,
  resourceId: Id.nullable(),
  helpField: HelpField,
  consentId: Id,
  fields: z
    .array(PacketField.extract([...referralFields]))
    .min(1, { error: '请选择要提供的内容' })
    .max(7),
  reason: passage(600, 4),
  until: AnyDay,
});

/** The register of a referral: to whom, where it stands, until when. */
export const ReferralRow = z.object({
  id: Id,
  number: z.string(),
  status: ReferralStatus,
  requestId: Id,
  requestNumber: z.string(),
  partnerId: Id,
  partnerName: z.string(),
  resourceName: z.string().nullable(),
  helpField: HelpField,
  askerName: z.string(),
  sentByName: z.string(),
  sentOn: AnyDay,
  until: AnyDay,
  late: z.boolean(),
  answeredOn: AnyDay.nullable(),
  answeredBy: z.string().nullable(),
  version: z.int(),
});

export const ReferralFile = ReferralRow.extend({
  reason: z.string(),
  consent: z.string(),
  parts: z.array(z.object({ field: PacketField, title: z.string(), text: z.string() })),
  answer: z.string().nullable(),
  result: z.string().nullable(),
  enteredByName: z.string().nullable(),
  liaisons: z.array(z.object({ name: z.string(), post: z.string(), phone: z.string() })),
  can: z.array(z.enum(['accept', 'return', 'finish', 'withdraw'])),
  seenBy: z.array(z.string()),
});

/** A row of a workbook that cannot be taken, with the sentence for each column. */
export const ImportProblem = z.object({
  row: z.int(),
  name: z.string(),
  problems: z.array(z.object({ column: z.string(), says: z.string() })),
});
export const ImportCheck = z.object({
  rows: z.int(),
  good: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  bad: z.array(ImportProblem),
  names: z.array(z.string()),
});
