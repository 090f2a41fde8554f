/** Shapes of the demo content. Dates are relative to the first start; the loader turns them into calendar days. */
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import type { CreditKind, Gender } from './names.ts';

export type { CaseDomain, HelpField };

/** Lowest and highest value of a detail that varies from telling to telling, both included. */
export type Range = readonly [low: number, high: number];

/** What an organisation is. */
export type OrganisationType = 'authority' | 'association' | 'agency' | 'government' | 'charity' | 'professional';

/** An invented organisation; authorities carry public names as data and nothing else that is real. */
export interface DemoOrganisation {
  key: string;
  name: string;
  type: OrganisationType;
  creditKind: CreditKind;
  creditCode: string;
  divisionCode: string;
  phone: string;
}

/** A district authority whose name changes on a day (AMB-15). */
export interface DemoAuthority extends DemoOrganisation {
  successor: { name: string; daysAhead: number };
}

/** An organisation that the centre links with, and the post and person it names as liaison (LH-12). */
export interface DemoPartner extends DemoOrganisation {
  type: 'government' | 'charity' | 'professional';
  liaisonPost: string;
  liaisonName: string;
  liaisonGender: Gender;
  liaisonMobile: string;
  helpFields: readonly HelpField[];
  offers: string;
}

/** Tier of a station (EZ-01). */
export type StationTier = 'city' | 'district' | 'street' | 'community';

/** A station, centre or community room. */
export interface DemoStation {
  key: string;
  name: string;
  tier: StationTier;
  divisionCode: string;
  parentKey: string | null;
  /** Organisation that runs it. */
  operatorKey: string;
  address: string;
  phone: string;
  openedDaysAgo: number;
}

/** Professional level of a worker (社会工作者职业资格). */
export type WorkerLevel = 'none' | 'assistant' | 'social-worker' | 'senior';

/** An invented worker. */
export interface DemoWorker {
  number: string;
  name: string;
  gender: Gender;
  birthDate: string;
  mobile: string;
  post: string;
  level: WorkerLevel;
  agencyKey: string;
  stationKey: string;
  joinedDaysAgo: number;
}

/** A member of the expert bank. */
export interface DemoExpert {
  key: string;
  name: string;
  gender: Gender;
  title: string;
  organisation: string;
  /** Set when the expert works for an organisation of the demo; conflicts of interest follow from it. */
  organisationKey: string | null;
  helpFields: readonly HelpField[];
  specialities: string;
  /** ISO weekdays (1 = Monday) on which the expert takes conferences. */
  weekdays: readonly number[];
  maxPanelsPerMonth: number;
  termFromDaysAgo: number;
  termToDaysAhead: number;
  /** Days away, counted from the first start. */
  away: readonly { fromDaysAhead: number; toDaysAhead: number; note: string }[];
  mobile: string;
}

/** Tier that issues a policy or offers a resource. */
export type IssuingTier = 'nation' | 'province' | 'city' | 'district' | 'street';

/** A policy or resource with the fields of LH-11. */
export interface DemoResource {
  key: string;
  kind: 'policy' | 'resource';
  name: string;
  category: string;
  audience: string;
  authority: string;
  conditions: string;
  materials: readonly string[];
  validFromDaysAgo: number;
  /** Negative: already ended. Null: no end given. */
  validToDaysAhead: number | null;
  helpFields: readonly HelpField[];
  issuingTier: IssuingTier;
  /** Null for the nation. */
  divisionCode: string | null;
  phone: string;
  summary: string;
  /** Says plainly that the entry is for demonstration. */
  source: string;
}

/** Answers to the self-assessment (界定, LH-07). */
export interface StoryChecklist {
  imminentRisk: boolean;
  problemsAtOnce: boolean;
  lackOfResources: boolean;
  beyondExperience: boolean;
  earlierAttemptsFailed: boolean;
  severalDepartments: boolean;
  riskRising: boolean;
}

/** One expert's opinion in the three prompts. */
export interface StoryOpinion {
  field: HelpField;
  judgement: string;
  advice: string;
  risk: string;
}

/** The five kinds of support (LH-05): 转介, 督导, 会诊, 研讨, 资源链接. */
export type SupportKind = 'referral' | 'supervision' | 'consultation' | 'seminar' | 'resource-link';

/** A decision of the conference with the result that its action brought. */
export interface StoryDecision {
  field: HelpField;
  kind: SupportKind;
  text: string;
  doneText: string;
}

/** Texts of a published case; they carry {name} and {child} only, filled with pseudonyms. */
export interface StoryPublication {
  title: string;
  background: string;
  process: string;
  outcome: string;
  reflection: string;
}

/**
 * A hard case, told with placeholders. Identifying: {name} {child} {school} {address} {phone} {worker}.
 * Varying: {age} {childAge} {months} {amount}.
 */
export interface Story {
  key: string;
  domain: CaseDomain;
  helpFields: readonly HelpField[];
  title: string;
  recipient: { gender: Gender; age: Range };
  child: { gender: Gender; age: Range } | null;
  months: Range;
  amount: Range;
  household: string;
  story: string;
  tried: string;
  asks: string;
  checklist: StoryChecklist;
  /** A wish about the panel, such as a woman for violence at home. */
  wish: 'female-expert' | null;
  opinions: readonly [StoryOpinion, StoryOpinion, StoryOpinion];
  decisions: readonly StoryDecision[];
  minutes: string;
  closing: { result: string; reflection: string };
  methods: readonly string[];
  publication: StoryPublication;
  /** Set on the two persons that the demo tells whole. */
  persona: { requirement: 'LH-24' | 'LH-25'; name: string; pseudonym: string; age: number; closesInDays: Range; path: 'ordinary' | 'crisis' } | null;
}
