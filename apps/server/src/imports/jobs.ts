import type { Actor } from '@jieyou/core/identity/schema.ts';
import { importMoves } from '@jieyou/core/imports/moves.ts';
import { bringsFor } from '@jieyou/core/imports/policy.ts';
import type { ImportColumn, ImportFailure } from '@jieyou/core/imports/schema.ts';
import { type Day, dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { dropTold, placeOfStation } from '../contacts/index.ts';
import { actorOfAccount, districtsAtWork } from '../identity/index.ts';
import type { Settings, Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings, settingsOf } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { openTable, type Table, Unreadable } from '../platform/sheets/index.ts';
import { boundsOf, figuresOf, type Layout, layoutAs, layoutOf, type RowOfFile, rowsBelow, shownCell } from './file.ts';
import { judgeActs, judgePeople, pass, type ReadRowAt, type Seen, type Standing, type Verdict } from './judging.ts';
import * as store from './store.ts';

/** Which import a job is about. */
export type Which = { readonly districtId: string; readonly id: string };

const BATCH = 500;
// A run that would outlast the queue's patience stops after so many batches and asks for another.
const MOST_BATCHES = 80;
const TAKEN_BACK_AT_ONCE = 1_000;
const PREVIEWED = 8;

/** Somebody else runs this import by now, or it was dropped. */
class Overtaken extends Error {}

const todayOf = (services: Services): Day => dayOf(instantOf(services.clock.now().getTime()));
const nowOf = (services: Services): string => services.clock.now().toISOString();

/** The rights of a run: of who brought the file, as they are now; the centre writes for the station that it named. */
const dutyOf = (services: Services, actor: Actor, record: store.ImportRecord): Settings => ({
  ...settingsOf(actor, services.clock.now(), 'job'),
  ...(bringsFor(actor.roles) === 'any' ? { head_stations: record.stationId } : {}),
});

/** Whether somebody may still bring ledgers for the station. */
const mayStill = (actor: Actor | null, record: store.ImportRecord): actor is Actor => {
  if (actor === null || actor.districtId !== record.districtId) return false;
  const reach = bringsFor(actor.roles);
  if (reach === 'any') return true;
  return reach !== null && actor.assignments.some((a) => a.stationId === record.stationId);
};

const inBatches = async function* (rows: AsyncGenerator<RowOfFile>): AsyncGenerator<RowOfFile[]> {
  let batch: RowOfFile[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
};

type Run = {
  readonly services: Services;
  readonly which: Which;
  readonly record: store.ImportRecord;
  readonly run: number;
  readonly duty: Settings;
  readonly table: Table;
  readonly standing: Standing;
};

const step = (
  r: Pick<Run, 'services' | 'which' | 'run' | 'duty'>,
  change: Parameters<typeof store.goOn>[4],
  work?: (tx: Tx) => Promise<void>,
) =>
  workLater(r.services, r.duty, async (tx) => {
    // First the number of the run: its row lock lets one run write at a time.
    if (!(await store.goOn(tx, r.which.districtId, r.which.id, r.run, change))) throw new Overtaken();
    await work?.(tx);
    await r.services.live.changed(tx, r.which.districtId, 'import', r.which.id);
  });

const fail = (services: Services, which: Which, run: number, failure: ImportFailure) =>
  step(
    { services, which, run, duty: platformSettings(which.districtId, services.clock.now()) },
    { status: 'failed', failure, touchedAt: nowOf(services) },
  );

/** Rows of one file write one after the other, whoever brings them: what one adds the next one finds. */
const oneAtATime = (tx: Tx, districtId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`imports ${districtId}`}, 0))`.execute(tx);

const judge = (tx: Tx, r: Run, seen: Seen, rows: readonly ReadRowAt[]) =>
  (r.record.kind === 'recipients' ? judgePeople : judgeActs)(tx, r.standing, seen, rows);

const readRows = (batch: readonly RowOfFile[]): ReadRowAt[] => batch.flatMap((b) => b.row ?? []);

const layoutFor = async (record: store.ImportRecord, table: Table): Promise<Layout | undefined> =>
  record.headRow === null
    ? layoutOf(table, record.sheet, record.kind)
    : layoutAs(table, record.sheet, record.kind, {
        headRow: record.headRow,
        columns: record.columns.length === 0 ? null : (record.columns as ImportColumn[]),
      });

/** Looks a file through: what its columns mean, what each row would do. Nothing is written but numbers and codes. */
const check = async (r: Run, mostRows: number): Promise<void> => {
  const { services, which, record, table } = r;
  const layout = await layoutFor(record, table);
  if (layout === undefined) {
    await step(r, { status: 'failed', failure: 'no-head', sheets: [...table.sheets], touchedAt: nowOf(services) });
    return;
  }
  await step(
    r,
    { sheets: [...table.sheets], headRow: layout.headRow, columns: JSON.stringify(layout.columns), touchedAt: nowOf(services) },
    (tx) => store.forgetRows(tx, which.districtId, which.id),
  );
  const seen: Seen = new Map();
  const count = { read: 0, new: 0, known: 0, double: 0, wrong: 0, skipped: 0, upgraded: 0, filled: 0 };
  const preview: { rowNo: number; cells: string[]; filled: number[] }[] = [];
  const counted = () => ({
    rowsRead: count.read,
    rowsNew: count.new,
    rowsKnown: count.known,
    rowsDouble: count.double,
    rowsWrong: count.wrong,
    rowsSkipped: count.skipped,
    idsUpgraded: count.upgraded,
    cellsFilled: count.filled,
    touchedAt: nowOf(services),
  });
  for await (const batch of inBatches(rowsBelow(table, record.sheet, layout, record.kind, r.standing.today))) {
    const rows = readRows(batch);
    for (const one of batch) {
      if (one.row === null) count.skipped += 1;
      else if (preview.length < PREVIEWED)
        preview.push({ rowNo: one.row.rowNo, cells: layout.columns.map((c) => shownCell(c.key, one)), filled: [...one.filled] });
      count.filled += one.filled.length;
    }
    count.read += rows.length;
    count.upgraded += rows.filter((row) => row.upgraded).length;
    if (count.read > mostRows) throw new TooManyRows();
    let verdicts: Verdict[] = [];
    await workLater(services, r.duty, async (tx) => {
      verdicts = (await judge(tx, r, seen, rows)).verdicts;
    });
    for (const v of verdicts) count[v.state] += 1;
    const kept = verdicts
      .filter((v) => v.problems.length > 0)
      .map((v) => ({ id: newId(services.clock.now().getTime()), rowNo: v.rowNo, state: v.state as 'wrong', problems: v.problems }));
    await step(r, counted(), (tx) => store.keepRows(tx, which.districtId, which.id, kept));
  }
  if (count.read === 0) {
    await step(r, { status: 'failed', failure: 'no-rows', touchedAt: nowOf(services) });
    return;
  }
  const sealed = services.crypto.encrypt(JSON.stringify(preview), { table: 'ledger_import', row: which.id, field: 'preview' });
  await step(r, { ...counted(), status: importMoves.find.to as 'checked', previewCt: sealed });
};

class TooManyRows extends Error {}

/** Writes what was confirmed, batch by batch, each with how far it has come: a run that breaks off is gone on with, and nothing comes twice. */
const apply = async (r: Run, most: number): Promise<'done' | 'more'> => {
  const { services, which, record, table } = r;
  const layout = await layoutFor(record, table);
  if (layout === undefined) throw new Error('the heading of a checked file is gone');
  const seen: Seen = new Map();
  let batches = 0;
  for await (const batch of inBatches(rowsBelow(table, record.sheet, layout, record.kind, r.standing.today))) {
    const rows = readRows(batch);
    const last = rows.at(-1)?.rowNo ?? 0;
    pass(
      r.standing,
      seen,
      rows.filter((row) => row.rowNo <= record.appliedRow),
    );
    const open = rows.filter((row) => row.rowNo > record.appliedRow);
    if (open.length === 0) continue;
    if (batches >= most) return 'more';
    batches += 1;
    await workLater(services, r.duty, async (tx) => {
      if (!(await store.goOn(tx, which.districtId, which.id, r.run, { appliedRow: last, touchedAt: nowOf(services) })))
        throw new Overtaken();
      await oneAtATime(tx, which.districtId);
      const { verdicts, write } = await judge(tx, r, seen, open);
      const take = new Set(
        verdicts.filter((v) => v.state === 'new' || (v.state === 'double' && record.doubles === 'add')).map((v) => v.rowNo),
      );
      const made = await write(tx, take);
      const left = verdicts
        .filter((v) => v.problems.length > 0 && !take.has(v.rowNo))
        .map((v) => ({ id: newId(services.clock.now().getTime()), rowNo: v.rowNo, state: v.state as 'wrong', problems: v.problems }));
      await store.keepRows(tx, which.districtId, which.id, [...made, ...left]);
      await sql`update ledger_import set rows_added = rows_added + ${made.length} where district_id = ${which.districtId} and id = ${which.id}`.execute(
        tx,
      );
      await services.live.changed(tx, which.districtId, 'import', which.id);
    });
  }
  await step(r, { status: importMoves.finish.to as 'done', finishedAt: nowOf(services), touchedAt: nowOf(services) });
  return 'done';
};

/** Takes a whole import back, in the name of the station; stops where something has come to hang on a row meanwhile. */
const takeBack = async (services: Services, record: store.ImportRecord, run: number): Promise<void> => {
  const which = { districtId: record.districtId, id: record.id };
  const duty: Settings = {
    district: record.districtId,
    person: record.undoneBy ?? record.personId,
    head_stations: record.stationId,
    now: nowOf(services),
    http_request: 'job',
  };
  for (;;) {
    const went = await workLater(services, duty, async (tx) => {
      if (!(await store.goOn(tx, which.districtId, which.id, run, { touchedAt: nowOf(services) }))) throw new Overtaken();
      const rows = await store.madeRows(tx, which.districtId, which.id, TAKEN_BACK_AT_ONCE);
      if (rows.length === 0) return 'all' as const;
      const ids = rows.map((row) => row.madeId);
      const gone = record.kind === 'recipients' ? await store.takePeopleBack(tx, which.id, ids) : await dropTold(tx, which.districtId, ids);
      if (gone < 0) return 'held' as const;
      await store.markUndone(
        tx,
        which.districtId,
        rows.map((row) => row.id),
      );
      await sql`update ledger_import set rows_undone = rows_undone + ${rows.length} where district_id = ${which.districtId} and id = ${which.id}`.execute(
        tx,
      );
      await services.live.changed(tx, which.districtId, 'import', which.id);
      return 'more' as const;
    });
    if (went === 'more') continue;
    const held = went === 'held';
    await step(
      { services, which, run, duty },
      {
        status: (held ? importMoves.hold.to : importMoves['take-back'].to) as 'done' | 'undone',
        failure: held ? 'something-hangs-on-it' : null,
        touchedAt: nowOf(services),
      },
    );
    return;
  }
};

const failureOf = (error: unknown): ImportFailure | undefined => {
  if (error instanceof TooManyRows) return 'too-many-rows';
  return error instanceof Unreadable ? error.why : undefined;
};

const reading = async (services: Services, which: Which, record: store.ImportRecord, run: number, most: number): Promise<void> => {
  const today = todayOf(services);
  const applying = record.status === 'applying';
  const end = (failure: ImportFailure) =>
    applying
      ? step(
          { services, which, run, duty: platformSettings(which.districtId, services.clock.now()) },
          { status: 'done', failure, finishedAt: nowOf(services), touchedAt: nowOf(services) },
        )
      : fail(services, which, run, failure);
  const actor = await actorOfAccount(services.db, record.accountId, today);
  if (!mayStill(actor, record)) return end('out-of-reach');
  if (record.storedAs === null) return end('file-gone');
  const duty = dutyOf(services, actor, record);
  const { pack, place, workers } = await workLater(services, duty, async (tx) => ({
    pack: await figuresOf(tx, which.districtId, today),
    place: await placeOfStation(tx, record.stationId),
    workers: await store.workersOf(tx, which.districtId, record.stationId),
  }));
  if (place === undefined) return end('out-of-reach');
  const standing: Standing = {
    districtId: which.districtId,
    stationId: record.stationId,
    personId: record.personId,
    workerId: record.workerId,
    place,
    workers,
    ownOnly: bringsFor(actor.roles) === 'own',
    crypto: services.crypto,
    today,
    at: nowOf(services),
  };
  try {
    const file = await services.files.get(record.id, record.storedAs);
    const table = await openTable(file, record.format, boundsOf(pack));
    const r: Run = { services, which, record, run, duty, table, standing };
    if (!applying) await check(r, pack['file.rows']);
    else if ((await apply(r, most)) === 'more')
      await workLater(services, platformSettings(which.districtId, services.clock.now()), async (tx) =>
        services.queue?.enqueue(tx, 'imports.run', which),
      );
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    await end(failure);
  }
};

/** Goes on with an import from where it stands. May run again at any moment: an older run writes nothing any more. */
export const runImport = async (services: Services, which: Which, most = MOST_BATCHES): Promise<void> => {
  const platform = platformSettings(which.districtId, services.clock.now());
  const begun = await workLater(services, platform, async (tx) => {
    const record = await store.importForJob(tx, which.districtId, which.id);
    if (record === undefined || !['waiting', 'checking', 'applying', 'undoing'].includes(record.status)) return undefined;
    const checking = record.status === 'waiting' || record.status === 'checking';
    const run = await store.beginRun(tx, which.districtId, which.id, [record.status], {
      ...(checking ? { status: importMoves.look.to as 'checking', failure: null } : {}),
      touchedAt: nowOf(services),
    });
    return run === undefined ? undefined : { record, run };
  });
  if (begun === undefined) return;
  try {
    if (begun.record.status === 'undoing') await takeBack(services, begun.record, begun.run);
    else await reading(services, which, begun.record, begun.run, most);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
  }
};

const STUCK_MINUTES = 30;

/** Deletes files whose time is over, and goes on with imports that a crash left lying. */
export const clearImports = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    const gone = await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<{ storedAs: string }>`with gone as (
          select id, stored_as from ledger_import where district_id = ${districtId} and stored_as is not null
            and (kept_until < ${todayOf(services)} or status = 'dropped') and status not in ('checking', 'applying') for update)
        update ledger_import i set stored_as = null, preview_ct = null from gone
        where i.district_id = ${districtId} and i.id = gone.id returning gone.stored_as`.execute(tx);
      const { rows: stuck } = await sql<{ id: string }>`select id from ledger_import where district_id = ${districtId}
        and status in ('waiting', 'checking', 'applying', 'undoing')
        and touched_at < ${new Date(now.getTime() - STUCK_MINUTES * 60_000).toISOString()}`.execute(tx);
      for (const { id } of stuck) await services.queue?.enqueue(tx, 'imports.run', { districtId, id });
      return rows;
    });
    for (const { storedAs } of gone) await services.files.remove(storedAs);
  }
};

/** Jobs of the imports. */
export const importsJobs = (services: Services): Job<object>[] => [
  { name: 'imports.run', run: (data) => runImport(services, data as Which) },
  { name: 'imports.clear', cron: '27 * * * *', run: () => clearImports(services) },
];
