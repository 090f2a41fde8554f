import { z } from 'zod';

/** Figures of the rule pack `imports`: how large a file may be, and how long it is kept. */
export const ImportsPack = z.object({
  'file.megabytes': z.int().min(1).max(20),
  'file.unpackedMegabytes': z.int().min(10).max(1_000),
  'file.ratio': z.int().min(10).max(1_000),
  'file.textMegabytes': z.int().min(1).max(200),
  'file.rows': z.int().min(100).max(500_000),
  'file.columns': z.int().min(10).max(200),
  'file.keepDays': z.int().min(1).max(366),
  'running.most': z.int().min(1).max(20),
});
export type ImportsPack = z.infer<typeof ImportsPack>;

/** Reads stored values; a missing figure throws. */
export const importsPackOf = (values: Readonly<Record<string, unknown>>): ImportsPack => ImportsPack.parse(values);
