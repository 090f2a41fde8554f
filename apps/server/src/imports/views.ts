import { importActs } from '@jieyou/core/imports/rules.ts';
import type { Import, ImportKind, ImportStatus, RowProblem } from '@jieyou/core/imports/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import * as store from './store.ts';

type Paging = { limit: number; after?: string | undefined; count?: 'yes' | undefined };
const NEWEST: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];

const countsOf = (i: store.ImportRecord) => ({
  read: i.rowsRead,
  fresh: i.rowsNew,
  known: i.rowsKnown,
  double: i.rowsDouble,
  wrong: i.rowsWrong,
  skipped: i.rowsSkipped,
  upgraded: i.idsUpgraded,
  filled: i.cellsFilled,
  added: i.rowsAdded,
  undone: i.rowsUndone,
});

const registerOf = (i: store.ImportRecord) => ({
  id: i.id,
  kind: i.kind,
  status: i.status,
  fileName: i.fileName,
  stationName: i.stationName,
  byName: i.byName,
  madeAt: i.madeAt,
  counts: countsOf(i),
  failure: i.failure,
});

/** One page of the imports in reach, the newest first. */
export const listImports = async (ctx: Ctx, query: Paging & { kind?: ImportKind[] | undefined; status?: ImportStatus[] | undefined }) => {
  const page = await readPage<store.ImportRecord>(ctx.tx, query, {
    columns: store.COLUMNS,
    from: store.FROM,
    where: allOf([
      sql`i.district_id = ${ctx.actor.districtId}`,
      store.importInReach(ctx.actor, 'i'),
      query.kind !== undefined && sql`i.kind = any(${[...query.kind]}::text[])`,
      query.status !== undefined && sql`i.status = any(${[...query.status]}::text[])`,
    ]),
    sort: NEWEST,
    alias: 'i',
  });
  return { ...page, rows: page.rows.map(registerOf) };
};

/** One import with what was found in its file. The rows of the preview are for who brought the file. */
export const readImport = async (ctx: Ctx, id: string): Promise<z.infer<typeof Import>> => {
  const found = (await store.importById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const mine = found.personId === ctx.actor.personId;
  const preview =
    mine && found.previewCt !== null
      ? (JSON.parse(ctx.crypto.decrypt(found.previewCt, { table: 'ledger_import', row: found.id, field: 'preview' })) as z.infer<
          typeof Import
        >['preview'])
      : [];
  ctx.saw('import', found.id);
  const left = found.rowsWrong + found.rowsDouble;
  return {
    ...registerOf(found),
    mine,
    bytes: found.bytes,
    keptUntil: found.keptUntil,
    fileKept: found.storedAs !== null,
    sheets: found.sheets,
    sheet: found.sheet,
    headRow: found.headRow,
    columns: found.columns as z.infer<typeof Import>['columns'],
    preview,
    appliedRow: found.appliedRow,
    doubles: found.doubles,
    confirmedAt: found.confirmedAt,
    finishedAt: found.finishedAt,
    undoneByName: found.undoneByName,
    undoneAt: found.undoneAt,
    undoReason: found.undoReason,
    version: found.version,
    can: importActs({
      status: found.status,
      mine,
      fileKept: found.storedAs !== null,
      fresh: found.rowsNew,
      double: found.rowsDouble,
      left,
      added: found.rowsAdded - found.rowsUndone,
    }),
  };
};

type RowShown = { id: string; rowNo: number; state: 'wrong' | 'double' | 'known'; problems: RowProblem[] };
const IN_ORDER: readonly SortKey[] = [
  { column: 'row_no', direction: 'asc', type: 'int' },
  { column: 'id', direction: 'asc', type: 'uuid' },
];

/** Rows that were not taken, by number, with codes; never a word of them. */
export const listImportRows = async (ctx: Ctx, id: string, query: Paging & { state?: RowShown['state'][] | undefined }) => {
  const found = (await store.importById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  return readPage<RowShown>(ctx.tx, query, {
    columns: sql`x.id, x.row_no, x.state, x.problems`,
    from: sql`from ledger_import_row x`,
    where: allOf([
      sql`x.district_id = ${ctx.actor.districtId}`,
      sql`x.import_id = ${found.id}`,
      sql`x.state = any(${[...(query.state ?? ['wrong', 'double', 'known'])]}::text[])`,
    ]),
    sort: IN_ORDER,
    alias: 'x',
  });
};
