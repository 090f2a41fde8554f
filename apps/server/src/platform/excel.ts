import { Readable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { type CellValue, readXlsx, writeXlsx } from 'hucre/xlsx';
import { type ListCell, streamList } from './sheets/stream.ts';

/** MIME type of an Excel workbook. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook of one table: its rows are pulled as the receiver reads, so that memory stays small whatever their number. */
export type WorkbookPlan = {
  readonly title: string;
  readonly columns: readonly { readonly title: string /** In characters. */; readonly width: number }[];
  readonly rows: AsyncIterable<readonly (string | number | null)[]>;
  /** Who exports, and when, in words: stands below the last row; nothing stands there when it is empty. */
  readonly madeBy: string;
  readonly madeAt: string;
};

// Excel refuses longer cells, and shows a file with such characters as damaged.
const LONGEST_CELL = 32_000;
const UNPRINTABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// Texts are written as inline strings and never as formulas: '=1+1' arrives as these four characters.
const cell = (value: string | number | null): CellValue =>
  typeof value === 'string' ? value.replace(UNPRINTABLE, '').slice(0, LONGEST_CELL) : value;

async function* writable(rows: WorkbookPlan['rows']): AsyncGenerator<ListCell[]> {
  for await (const row of rows) yield row.map((value) => (typeof value === 'string' ? String(cell(value)) : value));
}

/** Writes the workbook: a heading row that stays in view, the rows, and a last line that says who made it and when. */
export const streamWorkbook = (plan: WorkbookPlan): Readable =>
  Readable.from(
    streamList({
      name: plan.title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 28),
      columns: plan.columns,
      rows: writable(plan.rows),
      foot: plan.madeBy === '' ? '' : String(cell(`导出人：${plan.madeBy}　导出时间：${plan.madeAt}`)),
    }),
    { objectMode: false },
  );

/** Bounds of a workbook that comes from outside. */
export type WorkbookBounds = {
  readonly maxMegabytes: number;
  /** How many times larger than the file its parts may be together. */
  readonly maxRatio: number;
  readonly maxRows: number;
};
/** Why a workbook is not read. */
export type WorkbookRefusal = 'too-large' | 'unreadable' | 'too-many-rows';

const MEGABYTE = 1024 * 1024;
const MOST_PARTS = 500;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;

/**
 * Unpacks every part of a zip file within a budget and forgets it again: what a part says of its own size may be a lie. False for a
 * file that is no zip, that has too many parts, or that would not fit.
 */
const unpacksWithin = (file: Buffer, budget: number): boolean => {
  let end = file.length - 22;
  while (end >= 0 && file.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return false;
  const parts = file.readUInt16LE(end + 10);
  if (parts === 0 || parts > MOST_PARTS) return false;
  let at = file.readUInt32LE(end + 16);
  let left = budget;
  for (let i = 0; i < parts; i += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY_ENTRY) return false;
    const method = file.readUInt16LE(at + 10);
    const packed = file.readUInt32LE(at + 20);
    const start = file.readUInt32LE(at + 42);
    if (start + 30 > file.length || file.readUInt32LE(start) !== LOCAL_ENTRY) return false;
    const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    const bytes = file.subarray(from, from + packed);
    if (bytes.length < packed || left <= 0) return false;
    if (method === 0) left -= packed;
    else if (method === 8) {
      try {
        left -= inflateRawSync(bytes, { maxOutputLength: left }).length;
      } catch {
        return false;
      }
    } else return false;
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return left >= 0;
};

/** Reads the rows of a workbook's first sheet as texts; days as '2026-03-05'. Formulas come as their last values and are never run. */
export const readWorkbook = async (file: Buffer, bounds: WorkbookBounds): Promise<{ rows: string[][] } | { refused: WorkbookRefusal }> => {
  if (file.length > bounds.maxMegabytes * MEGABYTE) return { refused: 'too-large' };
  if (file.length < 22 || file.readUInt32LE(0) !== LOCAL_ENTRY) return { refused: 'unreadable' };
  // Small honest workbooks repeat themselves much; a megabyte does no harm whatever the ratio.
  if (!unpacksWithin(file, Math.max(MEGABYTE, file.length * bounds.maxRatio))) return { refused: 'unreadable' };
  try {
    const book = await readXlsx(file, { sheets: [0], maxRows: bounds.maxRows + 2, range: `A1:AZ${bounds.maxRows + 2}` });
    const rows = book.sheets[0]?.rows ?? [];
    if (rows.length > bounds.maxRows + 1) return { refused: 'too-many-rows' };
    return { rows: rows.map((row) => row.map(asText)) };
  } catch {
    return { refused: 'unreadable' };
  }
};

const asText = (value: CellValue | undefined): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return typeof value === 'object' ? '' : String(value).trim();
};

/** A table of a report: merged title, who fills it in, header, rows, and how it was reckoned. */
export type SheetPlan = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
};

// What is a whole or decimal number on paper is one in the sheet, so that it can be summed; the rest stays text.
const numberOrText = (value: string): CellValue => (/^\d{1,12}(\.\d+)?$/.test(value) ? Number(value) : cell(value));

const LINE = { style: 'thin' as const };
const BOXED = { border: { top: LINE, right: LINE, bottom: LINE, left: LINE } };
/** A4 landscape across the width of a sheet, heading rows repeated, sheets numbered. */
const ACROSS = { paperSize: 'a4' as const, orientation: 'landscape' as const, fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
const PRINTED = {
  pageSetup: { ...ACROSS, printTitlesRow: '$1:$3' },
  headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
};
// Rows whose height is not said stay one line high in some programs; a sign of Chinese is about two widths of a figure, bold a little more.
const headHeight = (columns: readonly { readonly title: string; readonly width: number }[]): { height: number } => ({
  height: ROW_POINTS * Math.max(1, ...columns.map((c) => Math.ceil((c.title.length * 2.3) / c.width))) + 4,
});
const LOOKS = {
  title: { font: { size: 16, bold: true }, alignment: { horizontal: 'center' as const, vertical: 'center' as const } },
  said: { font: { size: 10 }, alignment: { wrapText: true, vertical: 'top' as const } },
  head: { ...BOXED, font: { bold: true }, alignment: { horizontal: 'center' as const, vertical: 'center' as const, wrapText: true } },
  body: { ...BOXED, alignment: { vertical: 'center' as const } },
};
const FIRST_WIDTH = 36;
const NEXT_WIDTH = 16;
const ROW_POINTS = 16;
// Long sentences need room beside one another even where the table has two columns.
const LEAST_COLUMNS = 5;

/** A workbook with one sheet for each table, by the habits of statistics: A4 landscape, title, who fills it in, heading rows repeated. */
export const writeSheets = async (plan: {
  readonly sheets: readonly SheetPlan[];
  readonly heading: string;
  readonly period: string;
}): Promise<Buffer> => {
  const made = await writeXlsx({
    sheets: plan.sheets.map((sheet, i) => {
      const across = Math.max(LEAST_COLUMNS, sheet.head.length);
      const rows: CellValue[][] = [
        [cell(sheet.title)],
        [cell(`${plan.heading}　期间：${plan.period}`)],
        sheet.head.map(cell),
        ...sheet.rows.map((row) => row.map(numberOrText)),
        [cell(sheet.note)],
      ];
      const last = rows.length - 1;
      const lookOf = (row: number) =>
        row === 0 ? LOOKS.title : row === 1 || row === last ? LOOKS.said : row === 2 ? LOOKS.head : LOOKS.body;
      const wide = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: across - 1 });
      // A sign of Chinese is about two widths of a figure.
      const room = FIRST_WIDTH + NEXT_WIDTH * (across - 1);
      const high = (row: number) => ({ height: ROW_POINTS * Math.ceil((String(rows[row]?.[0] ?? '').length * 2) / room) + 4 });
      return {
        name: `${i + 1} ${sheet.title.replace(/[\\/?*[\]:']/g, ' ')}`.slice(0, 28),
        columns: Array.from({ length: across }, (_, c) => ({ width: c === 0 ? FIRST_WIDTH : NEXT_WIDTH })),
        rows,
        cells: new Map(rows.flatMap((row, r) => row.map((value, c) => [`${r},${c}`, { value, style: lookOf(r) }] as const))),
        rowDefs: new Map([
          [0, { height: 28 }],
          [1, high(1)],
          [last, high(last)],
        ]),
        merges: [wide(0), wide(1), wide(last)],
        freezePane: { rows: 3 },
        ...PRINTED,
      };
    }),
  });
  return Buffer.from(made);
};

/** A form to fill in: merged title, who fills it in, headings; below them empty cells that keep what is typed as text. */
export type TemplatePlan = {
  readonly title: string;
  readonly line: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  /** How it is filled in, on a second sheet. */
  readonly notes: readonly string[];
};

// A column's format does not reach cells that are not there: what is typed into them would be read as a number and lose digits.
const ROWS_TO_FILL = 300;

/** Writes a template. Every cell below the headings is a text cell, so that ID numbers and telephones stay as they are typed. */
export const writeTemplate = async (plan: TemplatePlan): Promise<Buffer> => {
  const across = plan.columns.length;
  const head = [[cell(plan.title)], [cell(plan.line)], plan.columns.map((c) => cell(c.title))];
  const rows: CellValue[][] = [...head, ...Array.from({ length: ROWS_TO_FILL }, () => plan.columns.map(() => null))];
  const lookOf = (row: number) =>
    row === 0 ? LOOKS.title : row === 1 ? LOOKS.said : row === 2 ? LOOKS.head : { ...LOOKS.body, numFmt: '@' };
  const made = await writeXlsx({
    sheets: [
      {
        name: '填写',
        columns: plan.columns.map((c) => ({ width: c.width })),
        rows,
        cells: new Map(rows.flatMap((row, r) => row.map((value, c) => [`${r},${c}`, { value, style: lookOf(r) }] as const))),
        rowDefs: new Map([
          [0, { height: 28 }],
          [1, { height: 2 * ROW_POINTS }],
          [2, headHeight(plan.columns)],
        ]),
        merges: [0, 1].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: across - 1 })),
        freezePane: { rows: 3 },
        ...PRINTED,
      },
      {
        name: '怎样填写',
        columns: [{ width: 100 }],
        rows: plan.notes.map((note) => [cell(note)]),
        cells: new Map(plan.notes.map((note, r) => [`${r},0`, { value: cell(note), style: LOOKS.said }] as const)),
        rowDefs: new Map(
          plan.notes.map((note, r) => [r, { height: ROW_POINTS * Math.max(1, Math.ceil((note.length * 2) / 100)) }] as const),
        ),
        pageSetup: ACROSS,
        headerFooter: PRINTED.headerFooter,
      },
    ],
  });
  return Buffer.from(made);
};

/** A cell of a ledger: a text, a number, a calendar day as '2026-03-05', or nothing. */
export type LedgerValue = string | number | null;

/** A ledger (台账): one sheet by the habits of the field. `kind` says how the cells of a column are written. */
export type LedgerSheet = {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly width: number; readonly kind: 'text' | 'number' | 'money' | 'day' }[];
  readonly rows: readonly (readonly LedgerValue[])[];
  /** The last row: 合计. */
  readonly sums: readonly LedgerValue[];
  readonly note: string;
};

const DAY_FORMAT = 'yyyy"年"m"月"d"日"';
const NUMBER_FORMAT = '#,##0';
const MONEY_FORMAT = '#,##0.00';
const isDay = (value: LedgerValue): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

// The number of a day as Excel counts them: midnight in UTC, so that no zone moves it.
const dayCell = (value: LedgerValue): CellValue =>
  isDay(value) ? new Date(`${value}T00:00:00Z`) : typeof value === 'string' ? cell(value) : value;

/**
 * A workbook of ledgers: merged title, who fills it in with day and units, heading that stays in view and repeats in print, real days and
 * numbers, sums at the end; A4 landscape. Texts are inline strings and never formulas.
 */
export const writeLedgers = async (plan: { readonly heading: string; readonly sheets: readonly LedgerSheet[] }): Promise<Buffer> => {
  const made = await writeXlsx({
    sheets: plan.sheets.map((sheet) => {
      const across = sheet.columns.length;
      const written = (value: LedgerValue, c: number): CellValue =>
        sheet.columns[c]?.kind === 'day' ? dayCell(value) : typeof value === 'string' ? cell(value) : value;
      const rows: CellValue[][] = [
        [cell(sheet.title)],
        [cell(plan.heading)],
        sheet.columns.map((c) => cell(c.title)),
        ...sheet.rows.map((row) => row.map(written)),
        sheet.sums.map(written),
        [cell(sheet.note)],
      ];
      const [sums, last] = [rows.length - 2, rows.length - 1];
      const lookOf = (row: number, c: number) => {
        if (row === 0) return LOOKS.title;
        if (row === 1 || row === last) return LOOKS.said;
        if (row === 2) return LOOKS.head;
        const kind = sheet.columns[c]?.kind;
        const font = row === sums ? { font: { bold: true } } : {};
        if (kind === 'day') return { ...LOOKS.body, ...font, numFmt: DAY_FORMAT };
        if (kind === 'money') return { ...LOOKS.body, ...font, numFmt: MONEY_FORMAT };
        return kind === 'number' ? { ...LOOKS.body, ...font, numFmt: NUMBER_FORMAT } : { ...LOOKS.body, ...font, numFmt: '@' };
      };
      const wide = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: across - 1 });
      const room = sheet.columns.reduce((n, c) => n + c.width, 0);
      const high = (row: number) => ({ height: ROW_POINTS * Math.ceil((String(rows[row]?.[0] ?? '').length * 2) / room) + 4 });
      return {
        name: sheet.name.replace(/[\\/?*[\]:']/g, ' ').slice(0, 28),
        columns: sheet.columns.map((c) => ({ width: c.width })),
        rows,
        cells: new Map(rows.flatMap((row, r) => row.map((value, c) => [`${r},${c}`, { value, style: lookOf(r, c) }] as const))),
        rowDefs: new Map([
          [0, { height: 28 }],
          [1, high(1)],
          [2, headHeight(sheet.columns)],
          [last, high(last)],
        ]),
        merges: [wide(0), wide(1), wide(last)],
        freezePane: { rows: 3 },
        ...PRINTED,
      };
    }),
  });
  return Buffer.from(made);
};
