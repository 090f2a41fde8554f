import { moves } from '../shared/moves.ts';
import type { AlarmStatus } from './schema.ts';

/** Moves of a record by name. None takes it back or deletes it. */
export type AlarmMove = 'settle' | 'flareUp' | 'review' | 'close';

/** Every way a record may change its state (SM-11, SM-12). A crisis is looked back upon before it is closed. */
export const alarmMoves = moves<AlarmStatus, AlarmMove>({
  settle: { from: ['open'], to: 'settled' },
  flareUp: { from: ['settled', 'reviewed'], to: 'open' },
  review: { from: ['settled'], to: 'reviewed' },
  close: { from: ['settled', 'reviewed'], to: 'closed' },
});
