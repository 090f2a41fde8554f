import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { SigningSheet } from '../signatures/schema.ts';
import { FormEach, FormKey, FormSigner, FormSubject, FormTone, MOST_ROWS } from './document.ts';

/** States of a filled form. What was submitted stays; a correction is a further edition that takes its place. */
export const FormStatus = z.enum(['draft', 'waiting', 'returned', 'submitted', 'signed', 'replaced', 'discarded']);
export type FormStatus = z.infer<typeof FormStatus>;

/** Why a score has no word: too much was missing, or no band fits. */
export const FormReferred = z.enum(['too-many-missing', 'no-band']);
export type FormReferred = z.infer<typeof FormReferred>;

/** What a scale came to. */
export const FormResult = z.object({
  scale: z.string(),
  title: z.string(),
  score: z.int().nullable(),
  most: z.int(),
  answered: z.int(),
  missing: z.int(),
  /** Whether missing items were made up for by the others. */
  extended: z.boolean(),
  more: z.enum(['worse', 'better']),
  band: z.string().nullable(),
  says: z.string(),
  tone: FormTone,
  referred: FormReferred.nullable(),
});
export type FormResult = z.infer<typeof FormResult>;

const Cell = z.union([line(500, 0), z.number(), z.null()]);

/** An answer as it is sent; whether it fits its field, the version of the form says. */
export const FormValue = z.union([
  passage(5000, 0),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(FormKey).max(40),
  z.array(z.record(FormKey, Cell)).max(MOST_ROWS),
  z.strictObject({ name: line(40, 0), on: z.union([AnyDay, z.literal('')]) }),
]);

const MOST_ANSWERS = 200;

/** Answers by the key of their field. */
export const FormValuesSent = z
  .record(FormKey, FormValue)
  .refine((values) => Object.keys(values).length <= MOST_ANSWERS, { error: '填写的栏目太多' });

/** What a form stands under: a case; a group as a whole, one session or one member of it; an activity. */
export const FormUnder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case'), id: Id }),
  z.object({ kind: z.literal('group'), id: Id, sessionId: Id.nullable(), memberId: Id.nullable() }),
  z.object({ kind: z.literal('activity'), id: Id }),
]);
export type FormUnder = z.infer<typeof FormUnder>;
/** The kinds of what a form stands under. */
export const FormUnderKind = z.enum(['case', 'group', 'activity']);
export type FormUnderKind = z.infer<typeof FormUnderKind>;

/** A version of a template in lists. */
export const FormTemplateRow = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  standard: z.string(),
  subject: FormSubject,
  each: FormEach.nullable(),
  signer: FormSigner,
  edition: z.int(),
  issuerName: z.string(),
  /** Whether this district issued it itself. */
  own: z.boolean(),
  issuedAt: AnyMoment,
  issuedByName: z.string().nullable(),
  reason: z.string(),
  scales: z.int(),
  /** Whether forms are begun on it here and now. */
  current: z.boolean(),
  retired: z.boolean(),
});
export type FormTemplateRow = z.infer<typeof FormTemplateRow>;

/** A version with its document; the document is read by `FormDocument`. */
export const FormTemplate = FormTemplateRow.extend({
  document: z.unknown(),
  editions: z.array(FormTemplateRow),
  can: z.array(z.enum(['issue', 'retire'])),
});
export type FormTemplate = z.infer<typeof FormTemplate>;

/** A filled form in lists: register only, names masked. */
export const FormAnswerRow = z.object({
  id: Id,
  under: FormUnder,
  /** The number of the case, or the title of the group or the activity. */
  number: z.string(),
  /** The masked name of the person, or which session; empty where it is about the whole. */
  whose: z.string(),
  code: z.string(),
  title: z.string(),
  edition: z.int(),
  status: FormStatus,
  /** 1 for the first, 2 for its first correction, and so on. */
  revision: z.int(),
  authorId: Id,
  authorName: z.string(),
  mine: z.boolean(),
  madeAt: AnyMoment,
  savedAt: AnyMoment,
  submittedAt: AnyMoment.nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: AnyMoment.nullable(),
});
export type FormAnswerRow = z.infer<typeof FormAnswerRow>;

export const FormAct = z.enum(['fill', 'discard', 'sign', 'correct', 'print']);
export type FormAct = z.infer<typeof FormAct>;

/** One filled form with its words. */
export const FormAnswer = FormAnswerRow.extend({
  version: z.int(),
  templateId: Id,
  /** The version on which it was begun. */
  document: z.unknown(),
  /** Answers of the fields that are shown. */
  values: z.record(z.string(), z.unknown()),
  facts: z.record(z.string(), z.unknown()),
  results: z.array(FormResult),
  /** Supervisors before whom its author may lay it instead of the head; empty where there is no choice. */
  signers: z.array(z.object({ id: Id, name: z.string() })),
  /** The supervisor before whom it lies; null where the head of the station signs. */
  signerName: z.string().nullable(),
  /** Who signs by hand, and who has; null where the template asks nobody. */
  signing: SigningSheet.nullable(),
  alerts: z.array(z.string()),
  /** Earlier and later measurements of the same scales of this person, oldest first; this one among them. */
  course: z.array(z.object({ id: Id, on: AnyDay, results: z.array(FormResult) })),
  decisions: z.array(z.object({ signs: z.boolean(), says: z.string(), byName: z.string(), at: AnyMoment })),
  /** All editions of this form, newest first. */
  editions: z.array(z.object({ id: Id, revision: z.int(), status: FormStatus, savedAt: AnyMoment, authorName: z.string() })),
  can: z.array(FormAct),
  seenBy: z.array(z.string()),
});
export type FormAnswer = z.infer<typeof FormAnswer>;
