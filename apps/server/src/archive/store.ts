import type { Archive, ArchiveFailure, ArchiveStatus } from '@jieyou/core/archive/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import { caseById } from '../cases/index.ts';
import type { Tx } from '../platform/db/database.ts';

/** An archive as it is kept. */
export type ArchiveRow = {
  id: string;
  districtId: string;
  requestId: string | null;
  caseId: string | null;
  number: string;
  status: ArchiveStatus;
  final: boolean;
  personId: string;
  accountId: string;
  byName: string;
  reason: string;
  askedAt: string;
  percent: number;
  failure: ArchiveFailure | null;
  pages: number | null;
  bytes: number | null;
  sha256: string | null;
  storedAs: string | null;
  expiresAt: string | null;
};

const COLUMNS = sql`a.id, a.district_id, a.request_id, a.case_id, a.number, a.status, a.final, a.person_id, a.account_id, p.name as by_name, a.reason, a.asked_at,
  a.percent, a.failure, a.pages, a.bytes, a.sha256, a.stored_as, a.expires_at`;
const FROM = sql`from request_archive a join person p on p.id = a.person_id`;

/** What an archive is made of. */
export type Subject = { readonly kind: 'request' | 'case'; readonly id: string };
export const subjectOf = (row: Pick<ArchiveRow, 'requestId' | 'caseId'>): Subject =>
  row.caseId === null ? { kind: 'request', id: row.requestId ?? '' } : { kind: 'case', id: row.caseId };

export const archivesOf = async (tx: Tx, districtId: string, { kind, id }: Subject): Promise<ArchiveRow[]> =>
  (
    await sql<ArchiveRow>`select ${COLUMNS} ${FROM} where a.district_id = ${districtId} and ${sql.ref(`a.${kind}_id`)} = ${id}
      order by a.id desc limit 50`.execute(tx)
  ).rows;

export const archiveById = async (tx: Tx, districtId: string, id: string): Promise<ArchiveRow | undefined> =>
  (await sql<ArchiveRow>`select ${COLUMNS} ${FROM} where a.district_id = ${districtId} and a.id = ${id}`.execute(tx)).rows[0];

export const archiveByHash = async (tx: Tx, districtId: string, sha256: string): Promise<ArchiveRow | undefined> =>
  (
    await sql<ArchiveRow>`select ${COLUMNS} ${FROM} where a.district_id = ${districtId} and a.sha256 = ${sha256} order by a.id limit 1`.execute(
      tx,
    )
  ).rows[0];

/** What is to be archived as it stands, where it is in reach; of requests no draft. */
export const toArchive = async (
  tx: Tx,
  actor: Actor,
  { kind, id }: Subject,
): Promise<{ number: string; final: boolean; still: boolean } | undefined> => {
  if (kind === 'request') return requestToArchive(tx, actor.districtId, id);
  const file = await caseById(tx, actor, id);
  if (file === undefined) return undefined;
  const { rows } = await sql<{ still: boolean }>`select case_stands_still(${actor.districtId}, ${id}) as still`.execute(tx);
  return {
    number: file.number,
    final: file.stage === 'closed' || file.stage === 'archived' || file.stage === 'declined',
    still: rows[0]?.still !== false,
  };
};

const requestToArchive = async (tx: Tx, districtId: string, id: string) =>
  (
    await sql<{ number: string; final: boolean; still: boolean }>`select coalesce(r.archive_no, r.receipt_no, '') as number, false as still,
        r.status not in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following') as final
      from support_request r where r.district_id = ${districtId} and r.id = ${id} and r.status <> 'draft'`.execute(tx)
  ).rows[0];

/** As people see it. */
export const shown = (row: ArchiveRow, personId: string): Archive => ({
  id: row.id,
  requestId: row.requestId,
  caseId: row.caseId,
  number: row.number,
  status: row.status,
  final: row.final,
  byName: row.byName,
  mine: row.personId === personId,
  reason: row.reason,
  askedAt: row.askedAt,
  percent: row.percent,
  failure: row.failure,
  pages: row.pages,
  bytes: row.bytes,
  sha256: row.sha256,
  expiresAt: row.expiresAt,
});
