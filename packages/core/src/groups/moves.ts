import { moves } from '../shared/moves.ts';
import type { GroupPhase, GroupStatus, SessionStatus } from './schema.ts';

/** Moves of a group. */
export type GroupMove =
  | 'submit'
  | 'approve'
  | 'return'
  | 'rework'
  | 'start'
  | 'turn'
  | 'mature'
  | 'back'
  | 'wind-up'
  | 'close'
  | 'correct'
  | 'cancel';

/**
 * The life of a group: a plan that somebody else approves, then 建立, 转折, 成熟, 结束. Groups fall back, so one phase back is a move; what
 * is closed is corrected, never undone; what is cancelled stays so.
 */
export const groupMoves = moves<GroupStatus, GroupMove>({
  submit: { from: ['drafting'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted'], to: 'drafting' },
  rework: { from: ['approved'], to: 'drafting' },
  start: { from: ['approved'], to: 'beginning' },
  turn: { from: ['beginning'], to: 'turning' },
  mature: { from: ['turning'], to: 'working' },
  back: { from: ['turning', 'working'], to: ['beginning', 'turning'] },
  'wind-up': { from: ['turning', 'working'], to: 'ending' },
  close: { from: ['ending'], to: 'closed' },
  correct: { from: ['closed'], to: 'closed' },
  cancel: { from: ['drafting', 'submitted', 'approved', 'beginning', 'turning', 'working'], to: 'cancelled' },
});

/** Moves of a session. */
export type SessionMove = 'shift' | 'hold' | 'correct' | 'cancel';

/** A session is held once; its record is corrected, or taken back with a reason. */
export const sessionMoves = moves<SessionStatus, SessionMove>({
  shift: { from: ['planned'], to: 'planned' },
  hold: { from: ['planned'], to: 'held' },
  correct: { from: ['held'], to: 'held' },
  cancel: { from: ['planned', 'held'], to: 'cancelled' },
});

/** The status in which a move ends: falling back goes one phase back. */
export const endOf = (status: GroupStatus, move: GroupMove): GroupStatus => {
  if (move === 'back') return status === 'working' ? 'turning' : 'beginning';
  return groupMoves[move].to as GroupStatus;
};

const PHASES: Readonly<Record<GroupStatus, GroupPhase | null>> = {
  drafting: 'preparing',
  submitted: 'preparing',
  approved: 'preparing',
  beginning: 'beginning',
  turning: 'turning',
  working: 'working',
  ending: 'ending',
  closed: null,
  cancelled: null,
};
/** The phase of a group; null once it is over. */
export const phaseOf = (status: GroupStatus): GroupPhase | null => PHASES[status];

/** Whether sessions are held in this status. */
export const isRunning = (status: GroupStatus): boolean => ['beginning', 'turning', 'working', 'ending'].includes(status);
