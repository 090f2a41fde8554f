/** Tables from outside: what a file is, what is wrong with it, and its rows one after the other. */
import type { Cell } from '@jieyou/core/imports/reading.ts';
import { encodingOf, rowsOfCsv } from './commas.ts';
import { Damaged, partsOf, TooMuch } from './parts.ts';
import { DeclaresEntities } from './tags.ts';
import { dayStylesOf, rowsOfSheet, type SheetRow, sharedTextsOf, sheetsOf, TextsTooLarge, TooManyColumns } from './workbook.ts';

export type { SheetRow };

const MEGABYTE = 1024 * 1024;

/** What a file may cost. */
export type TableBounds = {
  readonly megabytes: number;
  readonly unpackedMegabytes: number;
  readonly ratio: number;
  readonly textMegabytes: number;
  readonly columns: number;
};

/** Why a file is not taken at all. */
export type FileRefusal =
  | 'too-large'
  | 'not-a-table'
  | 'other-ending'
  | 'old-excel'
  | 'encrypted'
  | 'macros'
  | 'unsafe-parts'
  | 'unpacks-too-large';

/** Why the reading of a file ended. */
export type ReadingFailure = 'unpacks-too-large' | 'entities' | 'too-many-columns' | 'texts-too-large' | 'damaged';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const partBounds = (bounds: TableBounds) => ({ unpackedBytes: bounds.unpackedMegabytes * MEGABYTE, ratio: bounds.ratio });

/** What a file is, by its content and its name's ending; nothing of it is unpacked. */
export const tableKind = (file: Buffer, name: string, bounds: TableBounds): { format: 'xlsx' | 'csv' } | { refused: FileRefusal } => {
  const refused = (why: FileRefusal) => ({ refused: why });
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (file.length > bounds.megabytes * MEGABYTE) return refused('too-large');
  if (file.length < 4) return refused('not-a-table');
  if (file.subarray(0, 8).equals(OLE)) return refused(file.includes(ENCRYPTED) ? 'encrypted' : 'old-excel');
  if (file.readUInt32LE(0) === 0x04034b50) {
    if (ending === 'xlsm' || ending === 'xltm') return refused('macros');
    if (ending !== 'xlsx') return refused('other-ending');
    const found = partsOf(file, partBounds(bounds));
    if ('refused' in found) return refused(found.refused === 'damaged' ? 'not-a-table' : found.refused);
    if (!found.parts.has('xl/workbook.xml')) return refused('not-a-table');
    return { format: 'xlsx' };
  }
  if (ending === 'xlsx') return refused('other-ending');
  if (!['csv', 'txt'].includes(ending) || encodingOf(file) === undefined) return refused('not-a-table');
  return { format: 'csv' };
};

const failureOf = (error: unknown): ReadingFailure | undefined => {
  if (error instanceof TooMuch) return 'unpacks-too-large';
  if (error instanceof DeclaresEntities) return 'entities';
  if (error instanceof TooManyColumns) return 'too-many-columns';
  if (error instanceof TextsTooLarge) return 'texts-too-large';
  return error instanceof Damaged ? 'damaged' : undefined;
};

/** A table that can be read: its sheets by name, and the rows of one of them, as often as they are wanted. */
export type Table = { readonly sheets: readonly string[]; readonly rows: (sheet: number) => AsyncGenerator<SheetRow> };

/** A file whose reading ended, with why. */
export class Unreadable extends Error {
  readonly why: ReadingFailure;
  constructor(why: ReadingFailure, cause: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

const told = (error: unknown): unknown => {
  const why = failureOf(error);
  return why === undefined ? error : new Unreadable(why, error);
};

async function* guarded(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  try {
    yield* rows;
  } catch (error) {
    throw told(error);
  }
}

/** Opens a table. Throws {@link Unreadable} here, or while its rows are read. */
export const openTable = async (file: Buffer, format: 'xlsx' | 'csv', bounds: TableBounds): Promise<Table> => {
  if (format === 'csv') return { sheets: ['CSV'], rows: () => guarded(rowsOfCsv(file, bounds.columns)) };
  try {
    const found = partsOf(file, partBounds(bounds));
    if ('refused' in found) throw found.refused === 'unpacks-too-large' ? new TooMuch('declared') : new Damaged(found.refused);
    const { parts } = found;
    const { sheets, from1904 } = await sheetsOf(file, parts);
    const [shared, days] = [await sharedTextsOf(file, parts, bounds.textMegabytes * MEGABYTE), await dayStylesOf(file, parts)];
    const reading = {
      unpackedBytes: bounds.unpackedMegabytes * MEGABYTE,
      textBytes: bounds.textMegabytes * MEGABYTE,
      columns: bounds.columns,
    };
    return {
      sheets: sheets.map((s) => s.name),
      rows: (sheet) => {
        const chosen = sheets[sheet];
        if (chosen === undefined) throw new Unreadable('damaged', undefined);
        return guarded(rowsOfSheet(file, chosen.part, { shared, days, from1904 }, reading));
      },
    };
  } catch (error) {
    throw told(error);
  }
};

/** A cell as plain text, for a file that is handed back. */
export const cellText = (cell: Cell): string => cell.text;
