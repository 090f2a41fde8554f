import { z } from 'zod';

/** Figures of the rule pack `privacy`, under the keys of the stored values. */
export const PrivacyPack = z.object({
  /** Calendar days from receipt to answer. */
  'answer.days': z.int().min(1),
  'answer.warnDays': z.int().min(0),
  /** Years. */
  'retention.adult': z.int().min(1),
  'retention.minor': z.int().min(1),
  'retention.judicial': z.int().min(1),
  'assessment.keepYears': z.int().min(3),
  /** Hours from discovery to the notice to the authority. */
  'breach.noticeHours': z.int().min(1),
});
export type PrivacyPack = z.infer<typeof PrivacyPack>;
