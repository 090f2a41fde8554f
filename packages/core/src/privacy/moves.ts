import { moves } from '../shared/moves.ts';
import type { RightStatus } from './schema.ts';

/** Moves of a request about own data. */
export type RightMove = 'check' | 'confirm' | 'reject' | 'answer' | 'answerPartly' | 'refuse' | 'withdraw';

/** Every way such a request may go; the server's check, the buttons and the reachability test read this table. */
export const rightMoves = moves<RightStatus, RightMove>({
  check: { from: ['received'], to: 'checking' },
  confirm: { from: ['received', 'checking'], to: 'answering' },
  reject: { from: ['received', 'checking'], to: 'refused' },
  answer: { from: ['answering'], to: 'done' },
  answerPartly: { from: ['answering'], to: 'partly' },
  refuse: { from: ['answering'], to: 'refused' },
  withdraw: { from: ['received', 'checking', 'answering'], to: 'withdrawn' },
});

/** States in which the clock runs. */
export const RUNNING: readonly RightStatus[] = ['received', 'checking', 'answering'];
