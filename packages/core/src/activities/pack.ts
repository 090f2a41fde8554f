import { z } from 'zod';

/** Figures of the rule pack `activities`. */
export const ActivitiesPack = z.object({
  'registration.people': z.int().min(1).max(100),
  'registration.waiting': z.int().min(0).max(10_000),
});

/** Reads stored values; a missing figure throws. */
export const activitiesPackOf = (values: Readonly<Record<string, unknown>>): z.infer<typeof ActivitiesPack> => ActivitiesPack.parse(values);
