import { z } from 'zod';

/** Figures of the rule pack `resources`. */
export const ResourcePack = z.object({
  /** Days. */
  'review.leadDays': z.int().min(0),
  /** Months. */
  'review.everyMonths': z.int().min(1),
  'referral.answerDays': z.int().min(1),
  'import.maxRows': z.int().min(1),
  'import.maxMegabytes': z.int().min(1),
  'import.maxRatio': z.int().min(2),
});
export type ResourcePack = z.infer<typeof ResourcePack>;

/** Reads stored values; a missing or malformed figure throws, since a rule without its figure must not guess. */
export const resourcePackOf = (values: Readonly<Record<string, unknown>>): ResourcePack => ResourcePack.parse(values);
