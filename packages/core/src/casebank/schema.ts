import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { CaseDomain, HelpField } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** The four parts of a published case. */
export const Section = z.enum(['background', 'process', 'outcome', 'reflection']);
export type Section = z.infer<typeof Section>;

export const Sections = z.object({
  background: passage(6000, 10),
  process: passage(8000, 10),
  outcome: passage(4000, 10),
  reflection: passage(4000, 4),
});
export type Sections = z.infer<typeof Sections>;

export const Method = line(20);

/** One place in a text where something was, or may have to be, replaced. `where` names the section or the title. */
export const DraftFinding = z.object({
  id: Id,
  where: z.string(),
  kind: z.string(),
  original: z.string(),
  replacement: z.string(),
  source: z.enum(['known', 'pattern', 'person']),
  status: z.enum(['open', 'confirmed', 'kept']),
  before: z.string(),
  after: z.string(),
});
export type DraftFinding = z.infer<typeof DraftFinding>;

export const DraftStatus = z.enum(['draft', 'released', 'discarded']);

/** What a text may leave out so that it fits more people; `wait`: nothing helps while so few people are known. */
export const Coarsening = z.enum(['street', 'age-band', 'age', 'gender', 'wait']);
export type Coarsening = z.infer<typeof Coarsening>;

/** How many people of the district a text may be about. */
export const Meter = z.object({
  people: z.int(),
  least: z.int(),
  enough: z.boolean(),
  shown: z.array(z.enum(['domain', 'age', 'age-band', 'street', 'gender'])),
  coarsen: z.array(Coarsening),
});
export type Meter = z.infer<typeof Meter>;

/** Why a published case is recalled. */
export const RecallCause = z.enum(['consent-withdrawn', 'recognised', 'mistake', 'other']);
export type RecallCause = z.infer<typeof RecallCause>;
export const RecallStatus = z.enum(['proposed', 'recalled', 'dismissed']);

/** A recall, proposed or decided. */
export const RecallRow = z.object({
  id: Id,
  entryId: Id,
  number: z.string(),
  cause: RecallCause,
  status: RecallStatus,
  says: z.string(),
  proposedAt: AnyMoment,
  decidedByName: z.string().nullable(),
  decidedAt: AnyMoment.nullable(),
});

export const PublicationDraft = z.object({
  id: Id,
  requestId: Id,
  archiveNo: z.string().nullable(),
  status: DraftStatus,
  title: z.string(),
  pseudonym: z.string(),
  domain: CaseDomain,
  helpFields: z.array(HelpField),
  methods: z.array(z.string()),
  /** The text as it would be published: every finding replaced except those kept by a person. */
  sections: Sections,
  findings: z.array(DraftFinding),
  openFindings: z.int(),
  meter: Meter,
  consent: z.object({ id: Id, expiresOn: AnyDay.nullable() }).nullable(),
  draftedById: Id,
  draftedByName: z.string(),
  updatedAt: AnyMoment,
  can: z.array(z.string()),
  version: z.int(),
});

export const DraftRow = PublicationDraft.pick({
  id: true,
  requestId: true,
  archiveNo: true,
  status: true,
  title: true,
  domain: true,
  openFindings: true,
  draftedByName: true,
  updatedAt: true,
});

export const BankRow = z.object({
  id: Id,
  number: z.string(),
  title: z.string(),
  domain: CaseDomain,
  helpFields: z.array(HelpField),
  methods: z.array(z.string()),
  year: z.int(),
  releasedOn: AnyDay,
  /** The prize of a competition; null for a case without one. */
  award: z.string().nullable(),
  snippet: z.string(),
});

/** A published case that resembles a request, and why. */
export const SimilarCase = BankRow.pick({
  id: true,
  number: true,
  title: true,
  domain: true,
  helpFields: true,
  methods: true,
  year: true,
}).extend({
  why: z.object({ sameDomain: z.boolean(), sharedFields: z.array(HelpField), sharedWords: z.array(z.string()) }),
});

export const BankEntry = BankRow.omit({ snippet: true }).extend({
  sections: Sections,
  note: z.string(),
  /** For the centre that published it: an open proposal to recall it. */
  recall: z.object({ id: Id, cause: RecallCause, proposedAt: AnyMoment }).nullable(),
  can: z.array(z.string()),
});
