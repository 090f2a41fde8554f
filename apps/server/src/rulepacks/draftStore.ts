import type { DraftStatus } from '@jieyou/core/rulepacks/schema.ts';
import { sql, type Updateable } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';

/** A draft as its commands need it. */
export type DraftRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly divisionId: string;
  readonly code: string;
  readonly title: string;
  readonly baseId: string;
  readonly status: DraftStatus;
  readonly effectiveFrom: string | null;
  readonly authorId: string;
  readonly version: number;
};

export type ChangeRow = { key: string; value: unknown; source: string };

/** A draft of the district. */
export const findDraft = async (tx: Tx, districtId: string, id: string): Promise<DraftRecord | undefined> =>
  (
    await sql<DraftRecord>`select id, district_id, division_id, code, title, base_id, status, effective_from, author_id, version
      from rule_draft where district_id = ${districtId} and id = ${id}`.execute(tx)
  ).rows[0];

export const changesOf = (tx: Tx, draftId: string): Promise<ChangeRow[]> =>
  tx.selectFrom('ruleDraftChange').select(['key', 'value', 'source']).where('draftId', '=', draftId).orderBy('key').execute();

/** Changes a draft from the state and version that were read. */
export const changeDraft = async (tx: Tx, draft: DraftRecord, change: Updateable<DB['ruleDraft']>): Promise<boolean> =>
  (
    await tx
      .updateTable('ruleDraft')
      .set({ ...change, version: draft.version + 1 })
      .where('id', '=', draft.id)
      .where('status', '=', draft.status)
      .where('version', '=', draft.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Replaces what is changed. */
export const keepChanges = async (tx: Tx, draft: DraftRecord, changes: readonly ChangeRow[]): Promise<void> => {
  await tx.deleteFrom('ruleDraftChange').where('draftId', '=', draft.id).execute();
  if (changes.length === 0) return;
  await tx
    .insertInto('ruleDraftChange')
    .values(changes.map((c) => ({ ...c, value: JSON.stringify(c.value), draftId: draft.id, districtId: draft.districtId })))
    .execute();
};

/** Days from which versions of the division's own pack run. */
export const issuedDays = async (tx: Tx, draft: { divisionId: string; code: string }): Promise<string[]> =>
  (
    await tx
      .selectFrom('rulePack')
      .select('effectiveFrom')
      .where('divisionId', '=', draft.divisionId)
      .where('code', '=', draft.code)
      .execute()
  ).map((p) => p.effectiveFrom);

/** Names of all versions of a pack, so that a result that names one means that one. */
export const versionNames = async (tx: Tx, code: string): Promise<string[]> =>
  (await tx.selectFrom('rulePack').select('version').where('code', '=', code).execute()).map((p) => p.version);

/** Who of the authority may decide today, besides somebody. */
export const officersOf = async (tx: Tx, districtId: string): Promise<string[]> =>
  (
    await sql<{ personId: string }>`select distinct person_id from role_assignment where district_id = ${districtId} and role = 'officer'
      and valid_from <= app_today() and (valid_to is null or valid_to >= app_today())`.execute(tx)
  ).rows.map((r) => r.personId);
