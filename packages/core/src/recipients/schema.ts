import { z } from 'zod';
import { CaseStatus, Consent, DetailItem, MaskedRecipient, RecipientDetails, RecipientDraft } from '../cases/schema.ts';
import { Id, line } from '../shared/endpoint.ts';
import { CaseDomain } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** What a person is counted as by an office, with papers and days. */
export const RecipientCategory = z.enum([
  'subsistence',
  'subsistence-margin',
  'destitute',
  'disabled',
  'child-in-need',
  'left-behind-child',
  'elder-alone',
  'elder-dependent',
  'special-care',
  'other',
  'destitute-housed',
  'destitute-home',
  'rigid-spending',
  'relapse-watch',
  'temporary-relief',
  'vagrant',
  'orphan',
  'unraised-child',
  'migrant-child',
  'elder-advanced',
  'elder-empty-nest',
  'lost-only-child',
  'mental-disorder',
  'community-correction',
  'drug-rehab',
]);
export type RecipientCategory = z.infer<typeof RecipientCategory>;

/**
 * Categories that only those who work with the person know (个人信息保护法 28): no list and no export names them, no filter finds by
 * them, and of a head neither the page nor the timeline does.
 */
export const FewKnow = z.enum(['mental-disorder', 'community-correction', 'drug-rehab']);
/** Full years below which a category of children holds (未成年人保护法 2; 国发〔2016〕13号); of the left behind the rule pack may say another. */
export const BELOW_AGE: Readonly<Partial<Record<RecipientCategory, number>>> = {
  'child-in-need': 18,
  orphan: 18,
  'unraised-child': 18,
  'migrant-child': 18,
  'left-behind-child': 16,
};
/** What lists name and find by. */
export const ListedCategory = RecipientCategory.exclude(FewKnow.options);

/** Classes of disability of the certificate (GB/T 26341), and what the law leaves open (残疾人保障法 2). */
export const DisabilityClass = z.enum(['sight', 'hearing', 'speech', 'limb', 'intellect', 'mind', 'multiple', 'other']);
export type DisabilityClass = z.infer<typeof DisabilityClass>;

/** Relation of a member to the head of the household. */
export const HouseholdRelation = z.enum([
  'head',
  'spouse',
  'child',
  'child-in-law',
  'grandchild',
  'parent',
  'parent-in-law',
  'grandparent',
  'sibling',
  'other-kin',
  'not-kin',
]);
export type HouseholdRelation = z.infer<typeof HouseholdRelation>;

/** How two stand to each other (家系图、生态图). */
export const Bond = z.enum(['close', 'ordinary', 'distant', 'conflict', 'broken']);
export type Bond = z.infer<typeof Bond>;

/** What surrounds a family. */
export const EcoSystem = z.enum(['school', 'work', 'medical', 'kin', 'friends', 'community', 'faith', 'government', 'welfare', 'other']);
export type EcoSystem = z.infer<typeof EcoSystem>;

/** How two are kin: partners, or a parent (first) and a child. */
export const Kin = z.enum(['married', 'cohabiting', 'separated', 'divorced', 'child', 'adopted', 'foster']);
export type Kin = z.infer<typeof Kin>;

/** Which way help or demand goes between the family and what surrounds it. */
export const Flow = z.enum(['both', 'to-family', 'from-family']);
export type Flow = z.infer<typeof Flow>;

/** Whether somebody lives; a family tree shows the dead and the unborn too. */
export const Vital = z.enum(['living', 'deceased', 'unborn']);
export type Vital = z.infer<typeof Vital>;

/** The two drawings of a household: 家系图, 生态图. */
export const PictureView = z.enum(['family', 'eco']);
export type PictureView = z.infer<typeof PictureView>;

/** Farthest place of a drawing from its origin. */
const FARTHEST = 20_000;
const Coordinate = z.int().min(-FARTHEST).max(FARTHEST);
/** Where a hand put something: a member by id, a system by kind and name. */
export const Place = z.object({ node: line(80), x: Coordinate, y: Coordinate });
export type Place = z.infer<typeof Place>;
export const Places = z.array(Place).max(200);

/** By what a person was found. */
export const FoundBy = z.enum(['id-number', 'phone', 'name-birth', 'name', 'pinyin', 'former-name']);
export type FoundBy = z.infer<typeof FoundBy>;

/** Why two rows look like one person. */
export const AlikeBy = z.enum(['id-number', 'phone-birth', 'name-birth']);
export type AlikeBy = z.infer<typeof AlikeBy>;

/** What is looked for: each is optional, one is needed. */
export const RecipientSearch = z
  .object({
    name: line(40).nullable().optional(),
    birthOn: AnyDay.nullable().optional(),
    idNumber: line(30).nullable().optional(),
    phone: line(20).nullable().optional(),
  })
  .refine((s) => Boolean(s.name || s.idNumber || s.phone), { error: '姓名、证件号码、电话至少填一项', path: ['name'] });

/** A case of a person, as far as it is in reach. */
export const CaseOfRecipient = z.object({
  id: Id,
  number: z.string(),
  status: CaseStatus,
  domain: CaseDomain.nullable(),
  workerName: z.string(),
  stationName: z.string(),
  openedOn: AnyDay,
});

/** How one may make contact with somebody for whom a call or a visit is not safe. */
export const SafeContact = z.object({ how: z.string(), times: z.string() });
export const SafeContactDraft = z.object({ how: line(200, 2), times: line(100, 2) });

/** Somebody found in reach. */
export const FoundRecipient = MaskedRecipient.extend({
  because: z.array(FoundBy),
  openCases: z.array(CaseOfRecipient),
  closedCases: z.int(),
  contact: SafeContact.nullable(),
});

export const RecipientSearchReply = z.object({
  found: z.array(FoundRecipient),
  /** More were found than are shown. */
  more: z.boolean(),
  /** Stations in which a case is open for exactly this person, beyond reach: the name and nothing else. */
  elsewhere: z.array(z.object({ stationName: z.string() })),
});

/** A line of the list of people. */
export const RecipientRow = z.object({
  id: Id,
  name: z.string(),
  gender: MaskedRecipient.shape.gender,
  age: z.int().nullable(),
  phone: z.string().nullable(),
  categories: z.array(RecipientCategory),
  openCases: z.int(),
  unsafe: z.boolean(),
  stationName: z.string(),
  lastOn: AnyDay.nullable(),
});

export const FormerName = z.object({ id: Id, name: z.string(), recordedAt: AnyMoment });
export const FormerNameDraft = z.object({ name: RecipientDraft.shape.name });

export const Category = z.object({
  id: Id,
  category: RecipientCategory,
  disability: DisabilityClass.nullable(),
  grade: z.int().nullable(),
  fromDay: AnyDay,
  toDay: AnyDay.nullable(),
  source: z.string(),
  live: z.boolean(),
});
export const CategoryDraft = z
  .object({
    category: RecipientCategory,
    disability: DisabilityClass.nullable().default(null),
    /** Of a disability 1 to 4; of a mental disorder the level of its management, 0 to 5, where one is given. */
    grade: z.int().min(0).max(5).nullable().default(null),
    fromDay: AnyDay,
    toDay: AnyDay.nullable().default(null),
    source: line(80, 2),
  })
  .refine((c) => c.category !== 'disabled' || c.disability !== null, { error: '请选择残疾类别', path: ['disability'] })
  .refine((c) => c.category !== 'disabled' || (c.grade !== null && c.grade >= 1 && c.grade <= 4), {
    error: '请选择残疾等级',
    path: ['grade'],
  })
  .refine((c) => c.toDay === null || c.toDay >= c.fromDay, { error: '截止日期早于起始日期', path: ['toDay'] });

export const Guardian = z.object({
  id: Id,
  name: z.string(),
  relationship: z.string(),
  phone: z.string().nullable(),
  recordedAt: AnyMoment,
  endedAt: AnyMoment.nullable(),
});
export const GuardianDraft = z.object({ name: line(40, 2), relationship: line(20), phone: line(20, 2).nullable().default(null) });
export const GuardianField = z.enum(['name', 'phone']);

/** A member: a recipient in reach (with an id), one beyond reach (`name` null), or somebody merely named. */
export const HouseholdMember = z.object({
  id: Id,
  recipientId: Id.nullable(),
  kind: z.enum(['recipient', 'beyond', 'named']),
  name: z.string().nullable(),
  gender: Gender,
  age: z.int().nullable(),
  relation: HouseholdRelation,
  livesTogether: z.boolean(),
  joinedOn: AnyDay,
  leftOn: AnyDay.nullable(),
  birthYear: z.int().nullable(),
  vital: Vital,
  diedYear: z.int().nullable(),
  /** Set by hand, counted from the head; null where lines and relation say it. */
  generation: z.int().nullable(),
});
export type HouseholdMember = z.infer<typeof HouseholdMember>;
export const HouseholdTie = z.object({
  id: Id,
  fromMember: Id,
  toMember: Id.nullable(),
  system: EcoSystem.nullable(),
  systemName: z.string().nullable(),
  /** How they stand to each other; null on a line of kinship. */
  bond: Bond.nullable(),
  kin: Kin.nullable(),
  flow: Flow.nullable(),
});
export type HouseholdTie = z.infer<typeof HouseholdTie>;
export const Household = z.object({
  id: Id,
  address: z.string().nullable(),
  members: z.array(HouseholdMember),
  ties: z.array(HouseholdTie),
  version: z.int(),
  /** What was moved by hand in the two drawings, with a version of its own. */
  picture: z.object({ version: z.int(), family: Places, eco: Places }),
});

const relationFields = { relation: HouseholdRelation, livesTogether: z.boolean() };
export const HouseholdDraft = z.object({ address: line(120, 2).nullable().default(null), ...relationFields });

const Year = z.int().min(1850, { error: '请填四位年份' }).max(2200, { error: '请填四位年份' });
/** What the drawing says of a member besides the relation; of a recipient sex and birth come from the own row. */
const drawnFields = {
  gender: Gender.default('unknown'),
  birthYear: Year.nullable().default(null),
  vital: Vital.default('living'),
  diedYear: Year.nullable().default(null),
  generation: z.int().min(-6).max(6).nullable().default(null),
};
type Years = { birthYear?: number | null | undefined; vital?: Vital | undefined; diedYear?: number | null | undefined };
const diedAfterBirth = (m: Years) => m.diedYear == null || m.birthYear == null || m.diedYear >= m.birthYear;
const diedOnlyDead = (m: Years) => m.diedYear == null || m.vital === undefined || m.vital === 'deceased';

export const MemberDraft = z
  .object({
    recipientId: Id.nullable().default(null),
    name: line(40, 2).nullable().default(null),
    ...relationFields,
    ...drawnFields,
  })
  .refine((m) => (m.recipientId === null) !== (m.name === null), { error: '请选择服务对象，或写下姓名', path: ['name'] })
  .refine(diedOnlyDead, { error: '已故的人才填去世年份', path: ['diedYear'] })
  .refine(diedAfterBirth, { error: '去世年份早于出生年份', path: ['diedYear'] });

/** A change of a member; what is left out stays. */
export const MemberChange = z
  .object({
    ...relationFields,
    gender: Gender.optional(),
    birthYear: Year.nullable().optional(),
    vital: Vital.optional(),
    diedYear: Year.nullable().optional(),
    generation: z.int().min(-6).max(6).nullable().optional(),
  })
  .refine(diedOnlyDead, { error: '已故的人才填去世年份', path: ['diedYear'] })
  .refine(diedAfterBirth, { error: '去世年份早于出生年份', path: ['diedYear'] });

export const TieDraft = z
  .object({
    fromMember: Id,
    toMember: Id.nullable().default(null),
    system: EcoSystem.nullable().default(null),
    systemName: line(40).nullable().default(null),
    bond: Bond.nullable().default(null),
    kin: Kin.nullable().default(null),
    flow: Flow.nullable().default(null),
  })
  .refine((t) => (t.toMember === null) !== (t.system === null), { error: '请选择另一位成员，或外部系统', path: ['toMember'] })
  .refine((t) => t.toMember !== t.fromMember, { error: '请选择另一位成员', path: ['toMember'] })
  .refine((t) => t.kin === null || t.system === null, { error: '亲属关系只在成员之间', path: ['kin'] })
  .refine((t) => (t.bond === null) !== (t.kin === null), { error: '请选择关系', path: ['bond'] });

/** A change of a line: another bond, another kinship, another direction. */
export const TieChange = z
  .object({ bond: Bond.nullable().default(null), kin: Kin.nullable().default(null), flow: Flow.nullable().default(null) })
  .refine((t) => (t.bond === null) !== (t.kin === null), { error: '请选择关系', path: ['bond'] });

/** A merge of two rows, and whether it was taken back. */
export const Merge = z.object({
  id: Id,
  keptId: Id,
  keptName: z.string(),
  goneName: z.string(),
  reason: z.string(),
  moved: z.int(),
  mergedByName: z.string(),
  mergedAt: AnyMoment,
  undoneByName: z.string().nullable(),
  undoneAt: AnyMoment.nullable(),
  undoReason: z.string().nullable(),
});

/** A consent of a person, with the case that it was given in. */
export const ConsentOfRecipient = Consent.extend({ caseId: Id, caseNumber: z.string() });

/** Everything known of a person, masked. */
export const RecipientFile = MaskedRecipient.extend({
  /** Set where the address named a row that was merged into this one. */
  mergedFrom: Id.nullable(),
  stationName: z.string(),
  /** Null to who does not work with the person. */
  details: RecipientDetails.nullable(),
  formerNames: z.array(FormerName),
  categories: z.array(Category),
  guardians: z.array(Guardian),
  contact: SafeContact.extend({ notedByName: z.string(), notedAt: AnyMoment }).nullable(),
  households: z.array(Household),
  cases: z.array(CaseOfRecipient),
  /** What the person agreed to, in every case in reach: to whom, for what, until when. */
  consents: z.array(ConsentOfRecipient),
  merges: z.array(Merge),
  version: z.int(),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});

/** What stands on the timeline of a person. */
export const RecipientStepKind = z.enum([
  'case-opened',
  'note',
  'consent',
  'consent-withdrawn',
  'request',
  'request-closed',
  'case-closed',
  'category',
  'contact-unsafe',
  'group-joined',
  'group-session',
  'group-left',
  'activity',
  'relief-screened',
  'relief-closed',
  'visit',
  'visit-missed',
  'alarm',
  'paper',
  'paused',
  'reopened',
  'follow-up',
  'handover',
  'form',
  'referral',
  'appeal',
  'former-name',
  'guardian',
  'merged',
  'ledger',
]);
export type RecipientStepKind = z.infer<typeof RecipientStepKind>;

/** One step; `caseId` and `body` are null where the case is beyond reach. */
export const RecipientStep = z.object({
  id: Id,
  kind: RecipientStepKind,
  day: AnyDay,
  byName: z.string().nullable(),
  stationName: z.string().nullable(),
  caseId: Id.nullable(),
  number: z.string().nullable(),
  body: z.string().nullable(),
});

/** One side of a suspected pair. */
export const PairSide = MaskedRecipient.extend({
  stationName: z.string(),
  openCases: z.int(),
  closedCases: z.int(),
});
export const RecipientPair = z.object({
  one: PairSide,
  other: PairSide,
  because: z.array(AlikeBy),
  /** Details that are recorded of both and are not the same; only who works with both learns which. */
  differ: z.array(DetailItem),
});
