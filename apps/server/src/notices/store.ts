import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/** A message as it is kept: a kind, a record and its number, and nothing of what stands in the record. */
export type NoticeRow = {
  id: string;
  kind: string;
  recordKind: string;
  recordId: string;
  number: string;
  sentAt: string;
  readAt: string | null;
};

/** Marks one message of a person as read; false when it is not the person's. Reading it again changes nothing. */
export const markRead = async (tx: Tx, personId: string, id: string, now: string): Promise<boolean> => {
  const { rows } =
    await sql`update notice set read_at = coalesce(read_at, ${now}) where id = ${id} and person_id = ${personId} returning id`.execute(tx);
  return rows.length > 0;
};

/** Marks every unread message of a person; how many there were. */
export const markAllRead = async (tx: Tx, personId: string, now: string): Promise<number> => {
  const { numAffectedRows } = await sql`update notice set read_at = ${now} where person_id = ${personId} and read_at is null`.execute(tx);
  return Number(numAffectedRows ?? 0n);
};

/** Whether the person under whose settings the transaction runs sees a request now; row-level security answers. */
export const seesRequest = async (tx: Tx, requestId: string): Promise<boolean> =>
  (await sql`select 1 from support_request where id = ${requestId}`.execute(tx)).rows.length > 0;
