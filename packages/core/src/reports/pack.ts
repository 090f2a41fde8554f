import { z } from 'zod';

/** Figures of the rule pack `reports`. The law says 立即; how soon somebody must have seen it is ours. */
export const ReportPack = z.object({
  acknowledgeMinutes: z.int().min(1),
  remindMinutes: z.int().min(1),
  remindersBeforeCentre: z.int().min(0),
  fewestForFigures: z.int().min(1),
});
export type ReportPack = z.infer<typeof ReportPack>;

/** Reads stored values; a missing figure throws. */
export const reportPackOf = (values: Readonly<Record<string, unknown>>): ReportPack => ReportPack.parse(values);
