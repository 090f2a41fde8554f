import { moves } from '../shared/moves.ts';
import type { VisitStatus } from './schema.ts';

/** What may happen to a visit. */
export type VisitMove = 'record' | 'miss' | 'cancel';

/** Every way a visit may change its state. What was recorded stays as it was. */
export const visitMoves = moves<VisitStatus, VisitMove>({
  record: { from: ['planned'], to: 'done' },
  miss: { from: ['planned'], to: 'not-met' },
  cancel: { from: ['planned'], to: 'cancelled' },
});
