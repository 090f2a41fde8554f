import { z } from 'zod';

/** Figures of the rule pack `archive`. */
export const ArchivePack = z.object({
  'download.hours': z.int().min(1).max(720),
  'merge.megabytes': z.int().min(1).max(500),
  'merge.pages': z.int().min(1).max(5000),
});

/** Reads stored values; a missing figure throws. */
export const archivePackOf = (values: Readonly<Record<string, unknown>>): z.infer<typeof ArchivePack> => ArchivePack.parse(values);
