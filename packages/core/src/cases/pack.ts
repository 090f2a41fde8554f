import { z } from 'zod';

/** Figures of the rule pack `cases`, under the keys of the stored values. */
export const CasesPack = z.object({
  /** Full years below which the guardian alone signs. */
  'agreement.guardianBelow': z.int().min(1).max(18),
  /** Full years from which a child is heard and may sign beside the guardian; packs of earlier days do not say. */
  'agreement.heardFrom': z.int().min(1).max(18).optional(),
  /** Full years from which the person signs alone. */
  'agreement.adultAt': z.int().min(14).max(30),
  /** Full years below which a child counts as left behind; packs of earlier days do not say. */
  'leftBehind.below': z.int().min(1).max(18).optional(),
  /** Calendar days after the crisis lane within which the assessment is owed. */
  'crisis.assessmentDays': z.int().min(1),
  /** Calendar days from closing to the follow-up that is proposed. */
  'followUp.days': z.int().min(1),
  /** Longest pause in calendar days, until somebody looks at the case again. */
  'pause.longestDays': z.int().min(1),
});
export type CasesPack = z.infer<typeof CasesPack>;
