import { z } from 'zod';

/** Figures of the rule pack `calls`: what residents and callers are promised. None of them is given by a source. */
export const CallsPack = z.object({
  /** Working days until a resident has an answer. */
  'appeal.answerDays': z.int().min(1),
  /** Minutes until somebody has taken over an urgent appeal. */
  'appeal.urgentMinutes': z.int().min(1),
  /** Days for which an ended appeal still answers to its code. */
  'appeal.seenDays': z.int().min(1),
  /** Working days of a ticket that names no limit of its own. */
  'ticket.days': z.int().min(1),
});
export type CallsPack = z.infer<typeof CallsPack>;

/** Reads stored values; a missing figure throws, since a promise must not be guessed. */
export const callsPackOf = (values: Readonly<Record<string, unknown>>): CallsPack => CallsPack.parse(values);
