import { moves } from '../shared/moves.ts';
import type { RequestStatus } from './schema.ts';

/** Moves by name; the commands, events and buttons use the same names. */
export type RequestMove =
  | 'submit'
  | 'accept'
  | 'ask'
  | 'supply'
  | 'decline'
  | 'divert'
  | 'toCrisis'
  | 'invite'
  | 'hold'
  | 'support'
  | 'close'
  | 'withdraw'
  | 'endElsewhere'
  | 'markDuplicate';

/** Every way a request may change its state (SM-2). Server check, buttons, diagram and reachability test all read this table. */
export const requestMoves = moves<RequestStatus, RequestMove>({
  submit: { from: ['draft'], to: ['submitted', 'crisis'] },
  accept: { from: ['submitted', 'crisis'], to: 'matching' },
  ask: { from: ['submitted'], to: 'needs-info' },
  supply: { from: ['needs-info'], to: 'submitted' },
  decline: { from: ['submitted', 'needs-info'], to: 'declined' },
  divert: { from: ['submitted'], to: 'advised' },
  toCrisis: { from: ['submitted', 'needs-info', 'matching', 'supporting'], to: 'crisis' },
  invite: { from: ['matching', 'supporting', 'following'], to: 'supporting' },
  hold: { from: ['supporting', 'following'], to: 'following' },
  support: { from: ['matching'], to: 'supporting' },
  close: { from: ['supporting', 'following'], to: 'closed' },
  withdraw: { from: ['draft', 'submitted', 'needs-info', 'crisis', 'matching', 'supporting'], to: 'withdrawn' },
  endElsewhere: { from: ['submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'], to: 'ended-elsewhere' },
  markDuplicate: { from: ['submitted', 'needs-info', 'crisis', 'matching'], to: 'duplicate' },
});
