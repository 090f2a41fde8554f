import { z } from 'zod';

/** Figures of the rule pack `volunteers`. */
export const VolunteersPack = z.object({
  'age.least': z.int().min(0).max(18),
  'age.alone': z.int().min(14).max(22),
  'minor.minutes': z.int().min(30).max(1440),
  'load.days': z.int().min(1).max(366),
  'load.most': z.int().min(1).max(100),
  'print.rows': z.int().min(10).max(10_000),
});
export type VolunteersPack = z.infer<typeof VolunteersPack>;

/** Reads stored values; a missing figure throws. */
export const volunteersPackOf = (values: Readonly<Record<string, unknown>>): VolunteersPack => VolunteersPack.parse(values);
