import { z } from 'zod';

/** Figures of the rule pack `sealing`. */
export const SealingPack = z.object({ longestOpeningHours: z.int().min(1) });

/** Reads stored values; a missing figure throws. */
export const sealingPackOf = (values: Readonly<Record<string, unknown>>): z.infer<typeof SealingPack> => SealingPack.parse(values);
