import type { ResponseStatus } from '@jieyou/core/responses/schema.ts';
import type { Tone } from '../house/StatusTag.tsx';

/** The colour of a state: waits for somebody, goes on, is done, rests. */
export const toneOf = (status: ResponseStatus): Tone => {
  if (['done', 'signed', 'concluded', 'closed'].includes(status)) return 'done';
  if (['withdrawn', 'declined'].includes(status)) return 'rest';
  return ['returned', 'questioned', 'sent', 'half-signed', 'written'].includes(status) ? 'needs' : 'moving';
};
