import { movesFrom } from '../shared/moves.ts';
import { type CallMove, callMoves, type TicketMove, ticketMoves } from './moves.ts';
import type { CallStatus, TicketStatus } from './schema.ts';

/** Calls that ask for nothing are over as soon as they are written down. */
export const endsAtOnce = (kind: string): boolean => kind === 'no-action' || kind === 'spam';

/** What may be done with a call. */
export const callActs = (status: CallStatus): CallMove[] => movesFrom(callMoves, status);

/** What may be done with a ticket. */
export const ticketActs = (status: TicketStatus): TicketMove[] => movesFrom(ticketMoves, status);

/** The longest that a call page may have been open; what is older was left lying. */
const LONGEST_CALL_MS = 12 * 3_600_000;

/** When a call began: as the page says, unless its clock is wrong or the page was left lying. */
export const callStart = (said: string, now: string): string => {
  const open = Date.parse(now) - Date.parse(said);
  return open >= 0 && open <= LONGEST_CALL_MS ? said : now;
};

/** Whom the station calls: the person concerned where a number is known, else the caller. */
export const contactOf = (call: {
  readonly relation: string;
  readonly callerName: string | null;
  readonly callerPhone: string | null;
  readonly personName: string | null;
  readonly personPhone: string | null;
}): { readonly name: string | null; readonly phone: string | null } =>
  call.relation === 'self'
    ? { name: call.callerName, phone: call.callerPhone }
    : { name: call.personName, phone: call.personPhone ?? call.callerPhone };
