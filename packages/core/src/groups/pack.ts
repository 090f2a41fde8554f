import { z } from 'zod';

/** Figures of the rule pack `groups`. */
export const GroupsPack = z.object({
  'size.least': z.int().min(1).max(100),
  'size.most': z.int().min(1).max(200),
  'sessions.least': z.int().min(1).max(40),
});
export type GroupsPack = z.infer<typeof GroupsPack>;

/** Reads stored values; a missing figure throws. */
export const groupsPackOf = (values: Readonly<Record<string, unknown>>): GroupsPack => GroupsPack.parse(values);
