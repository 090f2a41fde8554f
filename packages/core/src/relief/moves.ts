import { moves } from '../shared/moves.ts';
import type { ReliefStatus } from './schema.ts';

/** Moves of a relief case. */
export type ReliefMove = 'link' | 'deliver' | 'hear' | 'close' | 'drop';

/** Screened, linked, delivered, heard, closed (HZ-02); before help has come it may end without any, for a reason. */
export const reliefMoves = moves<ReliefStatus, ReliefMove>({
  link: { from: ['screened'], to: 'linked' },
  deliver: { from: ['linked'], to: 'delivered' },
  hear: { from: ['delivered'], to: 'feedback' },
  close: { from: ['feedback'], to: 'closed' },
  drop: { from: ['screened', 'linked'], to: 'closed' },
});
