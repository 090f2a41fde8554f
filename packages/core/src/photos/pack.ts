import { z } from 'zod';

/** Figures of the rule pack `photos`. */
export const PhotosPack = z.object({
  'record.most': z.int().min(1).max(30),
  // The door takes no file that is larger than an attachment.
  'file.megabytes': z.int().min(1).max(20),
  'side.pixels': z.int().min(800).max(8000),
});
export type PhotosPack = z.infer<typeof PhotosPack>;

/** Reads stored values; a missing figure throws. */
export const photosPackOf = (values: Readonly<Record<string, unknown>>): PhotosPack => PhotosPack.parse(values);
