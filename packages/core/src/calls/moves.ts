import { moves } from '../shared/moves.ts';
import type { CallStatus, TicketStatus } from './schema.ts';

/** Moves of a call. */
export type CallMove = 'send' | 'hand' | 'end';

/** What may become of a call: a station answers it, another hotline helps, or it was settled at the desk. */
export const callMoves = moves<CallStatus, CallMove>({
  send: { from: ['open', 'handed'], to: 'sent' },
  hand: { from: ['open', 'handed', 'sent'], to: ['handed', 'sent'] },
  end: { from: ['open', 'handed'], to: 'done' },
});

/** Moves of a ticket. */
export type TicketMove = 'pause' | 'resume' | 'answer' | 'rate';

/** What may become of a ticket of another hotline. */
export const ticketMoves = moves<TicketStatus, TicketMove>({
  pause: { from: ['open'], to: 'paused' },
  resume: { from: ['paused'], to: 'open' },
  answer: { from: ['open', 'paused'], to: 'answered' },
  rate: { from: ['answered'], to: 'answered' },
});
