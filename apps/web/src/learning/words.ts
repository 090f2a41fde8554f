import type { CompetitionStatus, EntryStatus } from '@jieyou/core/learning/schema.ts';
import type { Tone } from '../house/StatusTag.tsx';

/** What the state of a competition means for who looks. */
export const competitionTones: Readonly<Record<CompetitionStatus, Tone>> = {
  draft: 'rest',
  open: 'moving',
  checking: 'moving',
  scoring: 'moving',
  scored: 'needs',
  noticed: 'needs',
  awarded: 'done',
  cancelled: 'rest',
};

/** What the state of an entry means for who looks. */
export const entryTones: Readonly<Record<EntryStatus, Tone>> = {
  entered: 'needs',
  eligible: 'done',
  ineligible: 'danger',
  withdrawn: 'rest',
  recalled: 'rest',
};
