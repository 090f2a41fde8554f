import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type CellValue, writeXlsxStream } from 'hucre/xlsx';

/** MIME type of an Excel workbook. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook of one table: its rows are pulled as the receiver reads, so that memory stays small whatever their number. */
export type WorkbookPlan = {
  readonly title: string;
  readonly columns: readonly { readonly title: string /** In characters. */; readonly width: number }[];
  readonly rows: AsyncIterable<readonly (string | number | null)[]>;
  /** Who exports, and when, in words: stands below the last row. */
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

async function* withFooter(plan: WorkbookPlan): AsyncGenerator<CellValue[]> {
  for await (const row of plan.rows) yield row.map(cell);
  yield [];
  yield [cell(`导出人：${plan.madeBy}　导出时间：${plan.madeAt}`)];
}

/** Writes the workbook: a heading row that stays in view, the rows, and a last line that says who made it and when. */
export const streamWorkbook = (plan: WorkbookPlan): Readable =>
  Readable.fromWeb(
    writeXlsxStream(withFooter(plan), {
      name: plan.title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 28),
      columns: plan.columns.map((column) => ({ header: column.title, width: column.width })),
      freezePane: { rows: 1 },
    }) as ReadableStream<Uint8Array>,
  );

/** Header that names a download in Chinese; browsers that do not read it fall back to the plain name. */
export const downloadAs = (name: string): string => `attachment; filename="export.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`;
