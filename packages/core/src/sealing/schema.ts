import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** States of a sealed file. */
export const SealStatus = z.enum(['proposed', 'refused', 'sealed', 'unseal-proposed', 'unsealed']);
export type SealStatus = z.infer<typeof SealStatus>;

/** On what ground a file is sealed. */
export const SealBasis = z.enum(['criminal-record', 'non-prosecution', 'community-correction']);
export type SealBasis = z.infer<typeof SealBasis>;

/** Parts of a sealed file that a query letter may name. */
export const SealedPart = z.enum(['identity', 'summary', 'notes', 'requests', 'files']);
export type SealedPart = z.infer<typeof SealedPart>;

/** Proposal: the case by its number, and the decision of the judicial authority. The reason names no fact of the case. */
export const SealingDraft = z.object({
  caseNumber: line(40, 4),
  authority: line(80, 2),
  decisionNo: line(60, 2),
  decidedOn: AnyDay,
  basis: SealBasis,
  reason: passage(300, 2),
});

/** A letter by which an office asks to look (查询函). */
export const LetterDraft = z.object({
  unit: line(80, 2),
  letterNo: line(60, 2),
  letterOn: AnyDay,
  basis: line(120, 2),
  scope: z.array(SealedPart).min(1, { error: '至少选一部分' }),
  untilDay: AnyDay,
  hours: z.int().min(1).max(720),
  readerIds: z.array(Id).min(1, { error: '至少指定一人' }).max(5),
});
export type LetterDraft = z.infer<typeof LetterDraft>;

/** The minimal list: number, state and date. */
export const SealedRow = z.object({
  id: Id,
  number: z.string(),
  status: SealStatus,
  sealedAt: AnyMoment.nullable(),
  version: z.int(),
});

export const LetterStatus = z.enum(['registered', 'open', 'refused', 'over']);

export const Letter = z.object({
  id: Id,
  unit: z.string(),
  letterNo: z.string(),
  letterOn: AnyDay,
  basis: z.string(),
  scope: z.array(SealedPart),
  untilDay: AnyDay,
  hours: z.int(),
  readers: z.array(z.string()),
  status: LetterStatus,
  scanned: z.boolean(),
  registeredBy: z.string(),
  approvals: z.array(
    z.object({ by: z.string(), role: z.enum(['centre', 'security']), decision: z.enum(['approve', 'refuse']), at: AnyMoment }),
  ),
  opensAt: AnyMoment.nullable(),
  closesAt: AnyMoment.nullable(),
  can: z.array(z.enum(['scan', 'decide'])),
});

/** What the two who keep it see: the decision and the letters, never the content. */
export const Sealing = SealedRow.extend({
  authority: z.string(),
  decisionNo: z.string(),
  decidedOn: AnyDay,
  basis: SealBasis,
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: AnyMoment,
  decidedBy: z.string().nullable(),
  unsealReason: z.string().nullable(),
  letters: z.array(Letter),
  readings: z.array(z.object({ by: z.string(), letterNo: z.string(), at: AnyMoment, file: z.boolean() })),
  can: z.array(z.enum(['decide', 'register-letter', 'propose-unsealing', 'decide-unsealing'])),
});
export type Sealing = z.infer<typeof Sealing>;

/** A sealed file as it is read under a letter. */
export const OpenedFile = z.object({
  number: z.string(),
  unit: z.string(),
  letterNo: z.string(),
  closesAt: AnyMoment,
  watermark: z.string(),
  parts: z.array(z.object({ part: SealedPart, entries: z.array(z.object({ title: z.string(), text: z.string() })) })),
  files: z.array(z.object({ id: Id, name: z.string(), mime: z.string() })),
});
