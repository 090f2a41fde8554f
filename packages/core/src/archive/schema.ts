import { z } from 'zod';
import { AnyMoment, Id } from '../shared/words.ts';

/** Where the making of an archive stands. */
export const ArchiveStatus = z.enum(['waiting', 'making', 'ready', 'failed', 'expired']);
export type ArchiveStatus = z.infer<typeof ArchiveStatus>;

/** Why an archive could not be made. */
export const ArchiveFailure = z.enum(['no-browser', 'out-of-reach', 'went-wrong']);
export type ArchiveFailure = z.infer<typeof ArchiveFailure>;

/** One archive that somebody took or is taking: who, why, and by which hash a copy is told. */
export const Archive = z.object({
  id: Id,
  /** Of a request, or of a case. */
  requestId: Id.nullable(),
  caseId: Id.nullable(),
  number: z.string(),
  status: ArchiveStatus,
  /** Made after the request or the case had ended, or as it stood before. */
  final: z.boolean(),
  byName: z.string(),
  /** Only who asked for it may download it. */
  mine: z.boolean(),
  reason: z.string(),
  askedAt: AnyMoment,
  percent: z.int(),
  failure: ArchiveFailure.nullable(),
  pages: z.int().nullable(),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  expiresAt: AnyMoment.nullable(),
});
export type Archive = z.infer<typeof Archive>;
