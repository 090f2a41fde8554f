import { moves } from '../shared/moves.ts';
import type { CompetitionMove, CompetitionStatus, EntryStatus, SeminarStatus } from './schema.ts';

/** Every way a competition goes on. Scores may be asked for again after the result, never after the awards. */
export const competitionMoves = moves<CompetitionStatus, CompetitionMove>({
  announce: { from: ['draft'], to: 'open' },
  close: { from: ['open'], to: 'checking' },
  start: { from: ['checking'], to: 'scoring' },
  finish: { from: ['scoring'], to: 'scored' },
  publicise: { from: ['scored'], to: 'noticed' },
  rescore: { from: ['scored', 'noticed'], to: 'scoring' },
  award: { from: ['noticed'], to: 'awarded' },
  cancel: { from: ['draft', 'open', 'checking', 'scoring'], to: 'cancelled' },
});

/** What may become of an entry; a withdrawn consent or a recalled case takes it out at any time. */
export const entryMoves = moves<EntryStatus, 'check' | 'withdraw' | 'recall'>({
  check: { from: ['entered', 'eligible', 'ineligible'], to: ['eligible', 'ineligible'] },
  withdraw: { from: ['entered', 'eligible', 'ineligible'], to: 'withdrawn' },
  recall: { from: ['entered', 'eligible', 'ineligible'], to: 'recalled' },
});

/** What may become of a seminar; minutes may be corrected, and the history keeps what they said. */
export const seminarMoves = moves<SeminarStatus, 'change' | 'record' | 'cancel'>({
  change: { from: ['planned'], to: 'planned' },
  record: { from: ['planned', 'held'], to: 'held' },
  cancel: { from: ['planned'], to: 'cancelled' },
});
