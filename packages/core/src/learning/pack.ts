import { z } from 'zod';

/** Figures of the rule pack `learning`. */
export const LearningPack = z.object({
  /** Working days of the public notice. */
  'competition.noticeDays': z.int().min(1),
  'competition.leastScores': z.int().min(1),
  /** Months after supervising an author in which a judge stands aside. */
  'competition.supervisedMonths': z.int().min(0),
  /** Days between two seminars of a series that names none of its own. */
  'seminar.everyDays': z.int().min(1).max(366),
});
export type LearningPack = z.infer<typeof LearningPack>;

/** Reads stored values; a missing figure throws, since a rule without its figure must not guess. */
export const learningPackOf = (values: Readonly<Record<string, unknown>>): LearningPack => LearningPack.parse(values);
