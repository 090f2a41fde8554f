import type { CallStatus, TicketStatus } from '@jieyou/core/calls/schema.ts';
import type { Tx } from '../platform/db/database.ts';

/** A call as commands look at it. */
export type CallRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly number: string;
  readonly kind: string;
  readonly relation: string;
  readonly status: CallStatus;
  readonly appealId: string | null;
  readonly startedAt: string;
  readonly version: number;
};

export const callById = async (tx: Tx, districtId: string, id: string): Promise<CallRecord | undefined> =>
  (await tx
    .selectFrom('hotlineCall')
    .select(['id', 'districtId', 'number', 'kind', 'relation', 'status', 'appealId', 'startedAt', 'version'])
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()) as CallRecord | undefined;

/** What was said; nothing where the case behind the call is only kept, or destroyed. */
export const callContent = (tx: Tx, districtId: string, id: string) =>
  tx.selectFrom('hotlineCallContent').selectAll().where('districtId', '=', districtId).where('id', '=', id).executeTakeFirst();

/** Changes a call as the editor saw it; undefined when somebody was faster. */
export const changeCall = async (
  tx: Tx,
  was: CallRecord,
  change: { status: CallStatus; appealId?: string },
  now: string,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('hotlineCall')
      .set({ ...change, updatedAt: now, version: was.version + 1 })
      .where('districtId', '=', was.districtId)
      .where('id', '=', was.id)
      .where('version', '=', was.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? was.version + 1
    : undefined;

/** A ticket as commands look at it. */
export type TicketRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly externalNo: string;
  readonly status: TicketStatus;
  readonly clockStartedAt: string;
  readonly clockDueAt: string;
  readonly clockPausedAt: string | null;
  readonly version: number;
};

export const ticketById = async (tx: Tx, districtId: string, id: string): Promise<TicketRecord | undefined> =>
  (await tx
    .selectFrom('ticket')
    .select(['id', 'districtId', 'externalNo', 'status', 'clockStartedAt', 'clockDueAt', 'clockPausedAt', 'version'])
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()) as TicketRecord | undefined;

/** Changes a ticket as the editor saw it; undefined when somebody was faster. */
export const changeTicket = async (
  tx: Tx,
  was: TicketRecord,
  change: {
    status?: TicketStatus;
    clockDueAt?: string;
    clockAtRiskAt?: string;
    clockPausedAt?: string | null;
    answeredAt?: string;
    satisfaction?: string;
  },
  now: string,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('ticket')
      .set({ ...change, updatedAt: now, version: was.version + 1 })
      .where('districtId', '=', was.districtId)
      .where('id', '=', was.id)
      .where('version', '=', was.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? was.version + 1
    : undefined;

/** Where each encrypted item belongs. */
export const callPlace = (row: string, field: string) => ({ table: 'hotline_call_content', row, field });
export const handOverPlace = (row: string) => ({ table: 'hotline_hand_over', row, field: 'said' });
export const ticketPlace = (row: string, field: string) => ({ table: 'ticket_content', row, field });
