import { z } from 'zod';

/** Figures of the rule pack `contacts`. */
export const ContactsPack = z.object({
  'print.rows': z.int().min(100).max(10_000),
  'sheet.rows': z.int().min(1_000).max(100_000),
});

/** Reads stored values; a missing figure throws. */
export const contactsPackOf = (values: Readonly<Record<string, unknown>>): z.infer<typeof ContactsPack> => ContactsPack.parse(values);
