import type { Actor } from '@jieyou/core/identity/schema.ts';
import { importReach, servesAtStation } from '@jieyou/core/imports/policy.ts';
import type { ImportFailure, ImportKind, ImportStatus, RowProblem } from '@jieyou/core/imports/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

/** An import as it is kept. */
export type ImportRecord = {
  readonly districtId: string;
  readonly id: string;
  readonly kind: ImportKind;
  readonly status: ImportStatus;
  readonly stationId: string;
  readonly stationName: string;
  readonly personId: string;
  readonly byName: string;
  readonly accountId: string;
  readonly workerId: string;
  readonly fileName: string;
  readonly format: 'xlsx' | 'csv';
  readonly bytes: number;
  readonly storedAs: string | null;
  readonly keptUntil: string;
  readonly sheets: string[];
  readonly sheet: number;
  readonly headRow: number | null;
  readonly columns: { title: string; key: string | null; fill: boolean }[];
  readonly previewCt: string | null;
  readonly rowsRead: number;
  readonly rowsNew: number;
  readonly rowsKnown: number;
  readonly rowsDouble: number;
  readonly rowsWrong: number;
  readonly rowsSkipped: number;
  readonly idsUpgraded: number;
  readonly cellsFilled: number;
  readonly doubles: 'add' | 'leave';
  readonly appliedRow: number;
  readonly rowsAdded: number;
  readonly rowsUndone: number;
  readonly failure: ImportFailure | null;
  readonly run: number;
  readonly madeAt: string;
  readonly confirmedAt: string | null;
  readonly finishedAt: string | null;
  readonly undoneBy: string | null;
  readonly undoneByName: string | null;
  readonly undoneAt: string | null;
  readonly undoReason: string | null;
  readonly version: number;
};

/** Columns and tables of an import, for single reads and lists. */
export const COLUMNS = sql`i.*, s.name as station_name, p.name as by_name, u.name as undone_by_name`;
export const FROM = sql`from ledger_import i join station s on s.id = i.station_id join person p on p.id = i.person_id left join person u on u.id = i.undone_by`;

/** The condition under which an import is in reach. */
export const importInReach = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, importReach, alias);

/** An import in reach; undefined for one that is missing or beyond it. */
export const importById = async (tx: Tx, actor: Actor, id: string): Promise<ImportRecord | undefined> =>
  (
    await sql<ImportRecord>`select ${COLUMNS} ${FROM} where i.district_id = ${actor.districtId} and i.id = ${id} and ${importInReach(actor, 'i')}`.execute(
      tx,
    )
  ).rows[0];

/** An import as the job finds it. */
export const importForJob = async (tx: Tx, districtId: string, id: string): Promise<ImportRecord | undefined> =>
  (await sql<ImportRecord>`select ${COLUMNS} ${FROM} where i.district_id = ${districtId} and i.id = ${id}`.execute(tx)).rows[0];

type Change = Partial<Omit<ImportRecord, 'columns'>> & { readonly columns?: string };

/** Changes an import from the version that the person saw; undefined when somebody, or the job, was faster. */
export const moveImport = async (
  tx: Tx,
  districtId: string,
  id: string,
  version: number,
  from: readonly ImportStatus[],
  change: Change & { readonly touchedAt: string },
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('ledgerImport')
      .set({ ...(change as object), version: sql<number>`version + 1` } as never)
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('version', '=', version)
      .where('status', 'in', [...from])
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** A run of the job begins: the next number, so that an older one writes nothing any more. */
export const beginRun = async (
  tx: Tx,
  districtId: string,
  id: string,
  from: readonly ImportStatus[],
  change: Change & { readonly touchedAt: string },
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('ledgerImport')
      .set({ ...(change as object), run: sql<number>`run + 1`, version: sql<number>`version + 1` } as never)
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('status', 'in', [...from])
      .returning('run')
      .executeTakeFirst()
  )?.run;

/** Writes how far a run has come; false where it is no longer the one that runs. */
export const goOn = async (
  tx: Tx,
  districtId: string,
  id: string,
  run: number,
  change: Change & { readonly touchedAt: string },
): Promise<boolean> => {
  const moves = change.status !== undefined;
  const row = await tx
    .updateTable('ledgerImport')
    .set({ ...(change as object), ...(moves ? { version: sql<number>`version + 1` } : {}) } as never)
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .where('run', '=', run)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

/** A row that is remembered. */
export type KeptRow = {
  readonly id: string;
  readonly rowNo: number;
  readonly state: 'wrong' | 'double' | 'known' | 'added';
  readonly problems: readonly RowProblem[];
  readonly fingerprint?: string | null;
  readonly madeId?: string | null;
  readonly withIds?: readonly string[];
};

/** Remembers rows; what was remembered of the same row before is replaced. */
export const keepRows = async (tx: Tx, districtId: string, importId: string, rows: readonly KeptRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const given = rows.map((r) => ({
    id: r.id,
    row_no: r.rowNo,
    state: r.state,
    problems: r.problems,
    fingerprint: r.fingerprint ?? null,
    made_id: r.madeId ?? null,
    with_ids: r.withIds ?? [],
  }));
  await sql`insert into ledger_import_row (district_id, id, import_id, row_no, state, problems, fingerprint, made_id, with_ids)
    select ${districtId}, x.id, ${importId}, x.row_no, x.state, x.problems, x.fingerprint, x.made_id, x.with_ids
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as x(id uuid, row_no int, state text, problems jsonb, fingerprint text, made_id uuid, with_ids uuid[])
    on conflict (district_id, import_id, row_no) do update set state = excluded.state, problems = excluded.problems,
      fingerprint = excluded.fingerprint, made_id = excluded.made_id, with_ids = excluded.with_ids`.execute(tx);
};

/** Forgets what an earlier check remembered. */
export const forgetRows = async (tx: Tx, districtId: string, importId: string): Promise<void> => {
  await tx
    .deleteFrom('ledgerImportRow')
    .where('districtId', '=', districtId)
    .where('importId', '=', importId)
    .where('state', '<>', 'added')
    .execute();
};

/** Which of these keyed hashes an earlier import of the same station has made somebody of. */
export const madeBefore = async (tx: Tx, districtId: string, fingerprints: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ fingerprint: string }>`select x.fingerprint from ledger_import_row x
    where x.district_id = ${districtId} and x.state = 'added' and x.fingerprint = any(${[...fingerprints]}::text[])`.execute(tx);
  return new Set(rows.map((r) => r.fingerprint));
};

/** Rows that made something and were not taken back, the first of them. */
export const madeRows = async (tx: Tx, districtId: string, importId: string, most: number): Promise<{ id: string; madeId: string }[]> =>
  (
    await sql<{ id: string; madeId: string }>`select x.id, x.made_id from ledger_import_row x
      where x.district_id = ${districtId} and x.import_id = ${importId} and x.state = 'added' order by x.row_no limit ${sql.lit(most)}`.execute(
      tx,
    )
  ).rows;

/** Marks rows as taken back. */
export const markUndone = async (tx: Tx, districtId: string, ids: readonly string[]): Promise<void> => {
  await sql`update ledger_import_row set state = 'undone' where district_id = ${districtId} and id = any(${[...ids]}::uuid[])`.execute(tx);
};

/** What hangs on the people of an import. */
export const peopleHeld = async (tx: Tx, importId: string): Promise<{ why: string; n: number }[]> =>
  (await sql<{ why: string; n: number }>`select why, n from imported_people_held(${importId}, null)`.execute(tx)).rows;

/** Takes some people of an import back; -1 where something hangs on one of them. */
export const takePeopleBack = async (tx: Tx, importId: string, ids: readonly string[]): Promise<number> =>
  (await sql<{ n: number }>`select take_people_back(${importId}, ${[...ids]}::uuid[]) as n`.execute(tx)).rows[0]?.n ?? 0;

/** Those who serve or served at a station, by name. */
export const workersOf = async (tx: Tx, districtId: string, stationId: string): Promise<Map<string, string[]>> => {
  const { rows } = await sql<{ name: string; who: string[] }>`
    select p.name, array_agg(distinct p.id::text) as who from role_assignment r join person p on p.id = r.person_id
    where r.district_id = ${districtId} and r.station_id = ${stationId} and r.role = any(${[...servesAtStation]}::text[]) group by p.name`.execute(
    tx,
  );
  return new Map(rows.map((r) => [r.name.replace(/\s+/g, ''), r.who]));
};
