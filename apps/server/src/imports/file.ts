/** The rows of a kept file, read by the meaning of its columns. */
import { findHeading, HEAD_WITHIN, headingOf, missingColumns } from '@jieyou/core/imports/columns.ts';
import { type ImportsPack, importsPackOf } from '@jieyou/core/imports/pack.ts';
import { type Cell, cellsByMeaning, isAside, plainOf, readRow } from '@jieyou/core/imports/reading.ts';
import type { ImportColumn, ImportColumnKey, ImportKind } from '@jieyou/core/imports/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import { maskAddress, maskIdNumber, maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import type { Tx } from '../platform/db/database.ts';
import type { SheetRow, Table, TableBounds } from '../platform/sheets/index.ts';
import { packInForce } from '../rulepacks/index.ts';
import type { ReadRowAt } from './judging.ts';

/** The figures by which files are bounded. */
export const figuresOf = async (tx: Tx, districtId: string, today: Day): Promise<ImportsPack> =>
  importsPackOf((await packInForce(tx, 'imports', districtId, today)).values);

/** What a file may cost, from the figures. */
export const boundsOf = (pack: ImportsPack): TableBounds => ({
  megabytes: pack['file.megabytes'],
  unpackedMegabytes: pack['file.unpackedMegabytes'],
  ratio: pack['file.ratio'],
  textMegabytes: pack['file.textMegabytes'],
  columns: pack['file.columns'],
});

/** Where the heading of a sheet stands and what it says. */
export type Layout = { readonly headRow: number; readonly columns: ImportColumn[] };

const firstRows = async (rows: AsyncGenerator<SheetRow>): Promise<SheetRow[]> => {
  const found: SheetRow[] = [];
  for await (const row of rows) {
    found.push(row);
    if (found.length >= HEAD_WITHIN) break;
  }
  return found;
};

/** Looks for the heading of a sheet; undefined where none says what is needed. */
export const layoutOf = async (table: Table, sheet: number, kind: ImportKind): Promise<Layout | undefined> => {
  const rows = await firstRows(table.rows(sheet));
  const found = findHeading(
    kind,
    rows.map((r) => r.cells.map((c) => plainOf(c))),
  );
  const row = found === undefined ? undefined : rows[found.at];
  if (found === undefined || row === undefined || missingColumns(kind, found.columns).length > 0) return undefined;
  return { headRow: row.rowNo, columns: found.columns };
};

/** The heading as somebody chose it: the titles of a row, with the meanings that were given to its columns. */
export const layoutAs = async (
  table: Table,
  sheet: number,
  kind: ImportKind,
  asked: { readonly headRow: number; readonly columns: readonly { key: ImportColumnKey | null; fill: boolean }[] | null },
): Promise<Layout | undefined> => {
  const row = (await firstRows(table.rows(sheet))).find((r) => r.rowNo === asked.headRow);
  if (row === undefined) return undefined;
  const titles = headingOf(
    kind,
    row.cells.map((c) => plainOf(c)),
  );
  const columns =
    asked.columns === null
      ? titles
      : titles.map((c, i) => ({ title: c.title, key: asked.columns?.[i]?.key ?? null, fill: asked.columns?.[i]?.fill ?? false }));
  return missingColumns(kind, columns).length > 0 ? undefined : { headRow: row.rowNo, columns };
};

/** A row below the heading with how it was read; null where it is a sum, a signature or the heading once more. */
export type RowOfFile = {
  readonly row: ReadRowAt | null;
  readonly cells: readonly Cell[];
  readonly said: ReadonlyMap<ImportColumnKey, Cell>;
  readonly filled: readonly number[];
};

/** The rows below the heading, in their order. */
export async function* rowsBelow(table: Table, sheet: number, layout: Layout, kind: ImportKind, today: Day): AsyncGenerator<RowOfFile> {
  const titles = layout.columns.map((c) => c.title);
  let above: ReadonlyMap<ImportColumnKey, Cell> = new Map();
  for await (const { rowNo, cells } of table.rows(sheet)) {
    if (rowNo <= layout.headRow) continue;
    if (isAside(cells, titles)) {
      yield { row: null, cells, said: new Map(), filled: [] };
      continue;
    }
    const { said, filled } = cellsByMeaning(layout.columns, cells, above);
    above = said;
    yield { row: { ...readRow(kind, said, today), rowNo }, cells, said, filled };
  }
}

const MASKS: Readonly<Partial<Record<ImportColumnKey, (text: string) => string>>> = {
  name: maskName,
  idNumber: maskIdNumber,
  phone: maskPhone,
  address: maskAddress,
};

/** What a row of the preview shows of a cell: as it was understood, and masked where it names a person. */
export const shownCell = (key: ImportColumnKey | null, one: RowOfFile): string => {
  const cell = key === null ? undefined : one.said.get(key);
  if (key === null || cell === undefined) return '';
  const text = plainOf(cell);
  const read = one.row?.row ?? null;
  if (key === 'birthOn' && read !== null) return (read.kind === 'recipients' ? read.birthOn : read.person?.birthOn) ?? '';
  if (key === 'happenedOn' && read?.kind === 'contacts') return read.happenedOn;
  if (key === 'name' && read !== null) return maskName((read.kind === 'recipients' ? read.name : read.person?.name) ?? '');
  if (key === 'idNumber' && read !== null) {
    const number = read.kind === 'recipients' ? read.idNumber : (read.person?.idNumber ?? null);
    return number === null ? '' : maskIdNumber(number);
  }
  return (MASKS[key] ?? ((t: string) => t))(text).slice(0, 60);
};
