import { moves } from '../shared/moves.ts';
import type { AppealStatus } from './schema.ts';

/** Moves of an appeal. */
export type AppealMove = 'take' | 'assign' | 'release' | 'pass' | 'answer' | 'open' | 'hand' | 'withdraw';

/** What may become of an appeal. Whoever has not taken it over answers nothing; the resident withdraws while nothing is final. */
export const appealMoves = moves<AppealStatus, AppealMove>({
  take: { from: ['waiting'], to: 'taken' },
  assign: { from: ['waiting', 'taken'], to: 'taken' },
  release: { from: ['taken'], to: 'waiting' },
  pass: { from: ['waiting', 'taken'], to: 'waiting' },
  answer: { from: ['taken'], to: 'answered' },
  open: { from: ['taken'], to: 'opened' },
  hand: { from: ['taken'], to: 'handed' },
  withdraw: { from: ['waiting', 'taken'], to: 'withdrawn' },
});
