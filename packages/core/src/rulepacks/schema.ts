import { z } from 'zod';
import { AnyDay, AnyMoment, Id, line, passage } from '../shared/words.ts';

/** One value with its source article, or marked as the platform's own default. */
export const RuleValue = z.object({
  key: z.string(),
  label: z.string(),
  value: z.unknown(),
  unit: z.string().nullable(),
  source: z.string(),
  isOurs: z.boolean(),
});

export const RulePack = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  version: z.string(),
  divisionName: z.string(),
  effectiveFrom: AnyDay,
  effectiveTo: AnyDay.nullable(),
  inForce: z.boolean(),
});

/** States of a draft of a new version. */
export const DraftStatus = z.enum(['draft', 'submitted', 'issued', 'withdrawn']);
export type DraftStatus = z.infer<typeof DraftStatus>;

/** How a value is typed in, read from the pack's schema; `fixed` is not edited in the browser. */
export const RuleInput = z.object({
  kind: z.enum(['integer', 'decimal', 'list', 'text', 'time', 'weights', 'fixed']),
  min: z.int().nullable(),
  max: z.int().nullable(),
});

export const RuleChange = z.object({ key: line(80), value: z.unknown(), source: passage(400, 2) });

/** What an edit sends: all changed figures at once, each with its source. */
export const RuleDraftEdit = z.object({
  version: z.int().min(1),
  effectiveFrom: AnyDay,
  reason: passage(1000, 2),
  changes: z.array(RuleChange).max(200),
});

/** One step of a draft. */
export const RuleStep = z.discriminatedUnion('move', [
  z.object({ move: z.literal('submit'), version: z.int().min(1) }),
  z.object({ move: z.literal('return'), version: z.int().min(1), reason: passage(600, 2) }),
  z.object({ move: z.literal('approve'), version: z.int().min(1) }),
  z.object({ move: z.literal('withdraw'), version: z.int().min(1) }),
]);
export type RuleStep = z.infer<typeof RuleStep>;

export const RuleDraftRow = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  baseVersion: z.string(),
  issuedVersion: z.string().nullable(),
  divisionName: z.string(),
  status: DraftStatus,
  effectiveFrom: AnyDay.nullable(),
  reason: z.string(),
  authorName: z.string(),
  decidedByName: z.string().nullable(),
  decidedAt: AnyMoment.nullable(),
  returnedReason: z.string().nullable(),
  updatedAt: AnyMoment,
  version: z.int(),
});

/** A figure of a draft: as it is, as it will be, and what it touches. */
export const DraftValue = RuleValue.extend({
  input: RuleInput,
  changed: z.boolean(),
  newValue: z.unknown(),
  newSource: z.string().nullable(),
  /** Running clocks that keep the earlier figure; null where the figure drives none. */
  running: z.int().nullable(),
});

export const RuleDraftFile = RuleDraftRow.extend({ values: z.array(DraftValue), can: z.array(z.string()) });
export type RuleDraftFile = z.infer<typeof RuleDraftFile>;
