import { moves } from '../shared/moves.ts';
import type { ActivityStatus } from './schema.ts';

/** Moves of an activity. */
export type ActivityMove = 'publish' | 'withdraw' | 'finish' | 'correct' | 'cancel';

/** What may become of an activity. What is done is corrected, never undone; what is cancelled stays so. */
export const activityMoves = moves<ActivityStatus, ActivityMove>({
  publish: { from: ['planned'], to: 'published' },
  withdraw: { from: ['published'], to: 'planned' },
  finish: { from: ['planned', 'published'], to: 'done' },
  correct: { from: ['done'], to: 'done' },
  cancel: { from: ['planned', 'published'], to: 'cancelled' },
});
