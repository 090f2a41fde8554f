import { z } from 'zod';

/** Figures of the rule pack `pocket`: how long and how much a phone keeps without network. */
export const PocketPack = z.object({
  /** Hours without a word from the platform after which the phone forgets everything. */
  'offline.hours': z.int().min(1).max(72),
  /** Wrong PINs after which the phone forgets everything. */
  'pin.tries': z.int().min(1).max(5),
  /** Minutes without a touch after which the PIN is asked again. */
  'lock.minutes': z.int().min(1).max(120),
  /** Hours after which what is unsent is shown in red. */
  'unsent.hours': z.int().min(1).max(72),
  /** Days before and after today of which planned visits are carried. */
  'days.around': z.int().min(1).max(14),
  /** Most cases that are carried. */
  'cases.most': z.int().min(1).max(200),
  /** Kilobytes of templates of forms that are carried; packs of earlier days carry none. */
  'forms.kilobytes': z.int().min(0).max(500).optional(),
});
export type PocketPack = z.infer<typeof PocketPack>;

/** Reads stored values; a missing figure throws. */
export const pocketPackOf = (values: Readonly<Record<string, unknown>>): PocketPack => PocketPack.parse(values);
