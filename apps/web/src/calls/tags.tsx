import type { CallStatus, TicketStatus } from '@jieyou/core/calls/schema.ts';
import { callStatusLabels, ticketStatusLabels } from '@jieyou/core/texts/callsLabels.ts';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';

const CALLS: Readonly<Record<CallStatus, Tone>> = { open: 'needs', sent: 'moving', handed: 'moving', done: 'done' };
const TICKETS: Readonly<Record<TicketStatus, Tone>> = { open: 'moving', paused: 'rest', answered: 'done' };

/** State of a call. */
export const CallStatusTag = ({ status }: { readonly status: CallStatus }) => (
  <StatusTag tone={CALLS[status]}>{callStatusLabels[status]}</StatusTag>
);

/** State of a ticket; one that is overdue says so. */
export const TicketStatusTag = ({ status, overdue }: { readonly status: TicketStatus; readonly overdue: boolean }) => (
  <StatusTag tone={overdue ? 'danger' : TICKETS[status]}>{overdue ? '已超时' : ticketStatusLabels[status]}</StatusTag>
);
