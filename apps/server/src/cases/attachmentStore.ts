import type { Attachment } from '@jieyou/core/cases/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { contentReach, draftReach } from '@jieyou/core/support/policy.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';
import { caseInHand, caseInReach, handedOver } from './store.ts';

/** A file as it is stored. */
export type AttachmentRow = {
  readonly id: string;
  readonly caseId: string | null;
  readonly requestId: string | null;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  readonly storedAs: string;
  readonly addedBy: string;
};

// Drafts are the asker's alone.
const readsRequest = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${reachSql(actor, draftReach, 'q')} or (q.status <> 'draft' and ${reachSql(actor, contentReach, 'q')}))`;

const addsToRequest = (actor: Actor): RawBuilder<boolean> => {
  const adding = contentReach.filter((line) => line.role === 'worker' || line.role === 'centre');
  return sql<boolean>`(${reachSql(actor, draftReach, 'q')} or (q.status <> 'draft' and ${reachSql(actor, adding, 'q')}))`;
};

// The expert's own invitation, pledged, neither revoked nor expired, with the file in its packet.
const inOwnPacket = (actor: Actor): RawBuilder<boolean> =>
  actor.expertId === null || !actor.roles.includes('expert')
    ? sql<boolean>`false`
    : sql<boolean>`exists (
        select 1 from packet_attachment k
        join support_round o on o.district_id = k.district_id and o.id = k.round_id
        join support_invitation i on i.district_id = k.district_id and i.round_id = k.round_id
        where k.district_id = a.district_id and k.attachment_id = a.id and i.expert_id = ${actor.expertId}
          and i.pledged_at is not null and i.status in ('accepted', 'answered') and o.expires_at > app_now())`;

/** A file that the person may read, and whether the record itself is in reach or only a packet; undefined for others. */
export const attachmentInReach = async (
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(AttachmentRow & { readonly seesRecord: boolean }) | undefined> => {
  const { rows } = await sql<AttachmentRow & { seesRecord: boolean; inPacket: boolean }>`
    select a.id, a.case_id, a.request_id, a.name, a.mime, a.bytes, a.stored_as, a.added_by, ${inOwnPacket(actor)} as in_packet,
      (exists (select 1 from case_file f where f.district_id = a.district_id and f.id = a.case_id and ${caseInReach(actor, 'f')}
        and ${handedOver(actor, 'attachments', 'f', 'a.added_at', 'a.added_by')})
      or exists (select 1 from support_request q where q.district_id = a.district_id and q.id = a.request_id and ${readsRequest(actor)}))
        as sees_record
    from attachment a
    where a.district_id = ${actor.districtId} and a.id = ${id} and a.removed_at is null`.execute(tx);
  const row = rows[0];
  return row !== undefined && (row.seesRecord || row.inPacket) ? row : undefined;
};

/**
 * Whether the person sees the record and may add files to it. It stays locked until the end, so that two who add at once are
 * counted one after the other.
 */
export const recordForFiles = async (
  tx: Tx,
  actor: Actor,
  to: { kind: 'case' | 'request'; id: string },
): Promise<{ sees: boolean; adds: boolean; already: number }> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attachments ${to.id}`}, 0))`.execute(tx);
  const { rows } =
    to.kind === 'case'
      ? await sql<{ adds: boolean }>`select ${caseInHand(actor, 'f')} as adds from case_file f
          where f.district_id = ${actor.districtId} and f.id = ${to.id} and ${caseInReach(actor, 'f')}`.execute(tx)
      : await sql<{ adds: boolean }>`select ${addsToRequest(actor)} as adds from support_request q
          where q.district_id = ${actor.districtId} and q.id = ${to.id} and ${readsRequest(actor)}`.execute(tx);
  const column = to.kind === 'case' ? 'caseId' : 'requestId';
  const counted = await tx
    .selectFrom('attachment')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('districtId', '=', actor.districtId)
    .where(column, '=', to.id)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return { sees: rows.length > 0, adds: rows[0]?.adds === true, already: Number(counted.n) };
};

export const insertAttachment = async (
  tx: Tx,
  row: AttachmentRow & { districtId: string; visitId: string | null; sha256: string; addedAt: string },
): Promise<void> => {
  await tx.insertInto('attachment').values(row).execute();
};

const FOREIGN_KEY = '23503';

/**
 * Deletes a file's row. False when a packet holds it: the foreign key knows, even where row-level security hides the packet from
 * the person. The transaction cannot go on after that.
 */
export const deleteAttachment = async (tx: Tx, districtId: string, id: string): Promise<boolean> => {
  try {
    await tx.deleteFrom('attachment').where('districtId', '=', districtId).where('id', '=', id).execute();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === FOREIGN_KEY) return false;
    throw error;
  }
};

/** Whether a visit is one of this case. */
export const isVisitOf = async (tx: Tx, districtId: string, caseId: string, visitId: string): Promise<boolean> =>
  (await sql`select 1 from visit v where v.district_id = ${districtId} and v.case_id = ${caseId} and v.id = ${visitId}`.execute(tx)).rows
    .length > 0;

/** Photographs and papers of a visit, oldest first, as far as a handover of the case gave them. */
export const visitFiles = async (tx: Tx, actor: Actor, visitId: string): Promise<Attachment[]> =>
  (
    await sql<Attachment>`select a.id, a.name, a.mime, a.bytes, p.name as added_by_name, a.added_at
      from attachment a join person p on p.id = a.added_by join case_file f on f.district_id = a.district_id and f.id = a.case_id
      where a.district_id = ${actor.districtId} and a.visit_id = ${visitId} and a.removed_at is null and ${caseInReach(actor, 'f')}
        and ${handedOver(actor, 'attachments', 'f', 'a.added_at', 'a.added_by')} order by a.id`.execute(tx)
  ).rows;

/** Files of a case with their hashes, as far as a handover gave them. */
export const caseFilesWithHash = async (tx: Tx, actor: Actor, caseId: string) =>
  (
    await sql<FileWithHash>`select a.id, a.name, a.mime, a.bytes, a.sha256, a.stored_as, p.name as added_by_name, a.added_at
      from attachment a join person p on p.id = a.added_by join case_file f on f.district_id = a.district_id and f.id = a.case_id
      where a.district_id = ${actor.districtId} and a.case_id = ${caseId} and a.removed_at is null and ${caseInReach(actor, 'f')}
        and ${handedOver(actor, 'attachments', 'f', 'a.added_at', 'a.added_by')} order by a.id`.execute(tx)
  ).rows;

type FileWithHash = {
  id: string;
  name: string;
  mime: string;
  bytes: number;
  sha256: string;
  storedAs: string;
  addedByName: string;
  addedAt: string;
};

/** Files of a request with their hashes. */
export const filesWithHash = async (tx: Tx, districtId: string, requestId: string) =>
  (
    await sql<FileWithHash>`select a.id, a.name, a.mime, a.bytes, a.sha256, a.stored_as, p.name as added_by_name, a.added_at
      from attachment a join person p on p.id = a.added_by
      where a.district_id = ${districtId} and a.request_id = ${requestId} and a.removed_at is null order by a.id`.execute(tx)
  ).rows;
