import { moves } from '../shared/moves.ts';
import type { ReportStatus } from './schema.ts';

/** Moves of a report by name. There is none by which it is deleted, taken back or left unreported. */
export type ReportMove =
  | 'acknowledge'
  | 'callPolice'
  | 'hearPolice'
  | 'dispute'
  | 'signOff'
  | 'overrule'
  | 'proposeClosing'
  | 'confirmClosing'
  | 'returnClosing';

/** Every way a report may change its state (SM-10). */
export const reportMoves = moves<ReportStatus, ReportMove>({
  acknowledge: { from: ['registered', 'reported', 'following'], to: ['handling', 'reported', 'following'] },
  callPolice: { from: ['registered', 'handling'], to: 'reported' },
  hearPolice: { from: ['reported'], to: 'following' },
  dispute: { from: ['registered', 'handling'], to: 'disputed' },
  signOff: { from: ['disputed'], to: 'not-applicable' },
  overrule: { from: ['disputed'], to: 'handling' },
  proposeClosing: { from: ['following'], to: 'closing' },
  confirmClosing: { from: ['closing'], to: 'closed' },
  returnClosing: { from: ['closing'], to: 'following' },
});
