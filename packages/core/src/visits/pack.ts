import { z } from 'zod';

const days = z.int().min(1).max(366);

/** Figures of the rule pack `visits`: how many days may pass between two visits, by what makes them needed. */
export const VisitPack = z.object({
  'interval.extreme': days,
  'interval.high': days,
  'interval.alone': days,
  'interval.frail': days,
  'interval.child': days,
  'interval.disabled': days,
  'interval.elder': days,
  'interval.other': days,
  'elder.age': z.int().min(50).max(120),
  'first.days': z.int().min(0).max(366),
  'soon.days': z.int().min(0).max(60),
});
export type VisitPack = z.infer<typeof VisitPack>;

/** Reads stored values; a missing figure throws. */
export const visitPackOf = (values: Readonly<Record<string, unknown>>): VisitPack => VisitPack.parse(values);
