/** Rows of a CSV file in UTF-8 with or without mark, in UTF-16 with one, or in GB18030, as Chinese Excel and WPS write them. */
import type { Cell } from '@jieyou/core/imports/reading.ts';
import { Damaged } from './parts.ts';
import type { SheetRow } from './workbook.ts';
import { TooManyColumns } from './workbook.ts';

const PIECE = 256 * 1024;
const isUtf8 = (file: Buffer): boolean => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < file.length; at += PIECE) decoder.decode(file.subarray(at, at + PIECE), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
};

/** The encoding of a text file; undefined where it is no text. */
export const encodingOf = (file: Buffer): 'utf-8' | 'utf-16le' | 'gb18030' | undefined => {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le';
  if (file.includes(0)) return undefined;
  if (isUtf8(file)) return 'utf-8';
  const decoder = new TextDecoder('gb18030', { fatal: true });
  try {
    for (let at = 0; at < file.length; at += PIECE) decoder.decode(file.subarray(at, at + PIECE), { stream: true });
    decoder.decode();
    return 'gb18030';
  } catch {
    return undefined;
  }
};

const MOST_CELL = 4_000;
const cellOf = (text: string): Cell => ({ text: text.slice(0, MOST_CELL), form: 'text' });

/** The sign between cells: the one that the first lines hold most often. */
const separatorOf = (start: string): string => {
  const count = (sign: string) => start.split(sign).length;
  return [',', '\t', ';', '，'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
};

/** The rows of a CSV file that hold anything; `rowNo` counts records. */
export async function* rowsOfCsv(file: Buffer, columns: number): AsyncGenerator<SheetRow> {
  const encoding = encodingOf(file);
  if (encoding === undefined) throw new Damaged('no text');
  const decoder = new TextDecoder(encoding);
  let separator: string | undefined;
  let cells: Cell[] = [];
  let current = '';
  let quoted = false;
  let afterQuote = false;
  let rowNo = 0;
  let carriage = false;
  const endCell = (): void => {
    if (cells.length >= columns && current.trim() !== '') throw new TooManyColumns(String(cells.length));
    if (cells.length < columns) cells.push(cellOf(current));
    current = '';
    afterQuote = false;
  };
  const endRow = (): SheetRow | undefined => {
    endCell();
    rowNo += 1;
    const row = { rowNo, cells };
    cells = [];
    return row.cells.some((c) => c.text.trim() !== '') ? row : undefined;
  };
  for (let at = 0; at < file.length; at += PIECE) {
    const text = decoder.decode(file.subarray(at, at + PIECE), { stream: at + PIECE < file.length });
    separator ??= separatorOf(text.slice(0, 4_000));
    for (const c of text) {
      if (quoted) {
        if (c === '"') {
          quoted = false;
          afterQuote = true;
        } else if (current.length < 32_000) current += c;
        continue;
      }
      if (afterQuote && c === '"') {
        current += '"';
        quoted = true;
        afterQuote = false;
        continue;
      }
      const wasCarriage = carriage;
      carriage = c === '\r';
      if (c === '\n' && wasCarriage) continue;
      if (c === '\n' || c === '\r') {
        const row = endRow();
        if (row !== undefined) yield row;
      } else if (c === separator) endCell();
      else if (c === '"' && current === '') quoted = true;
      else if (current.length < 32_000) current += c;
    }
    // Others want to be served as well.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (current !== '' || cells.length > 0) {
    const row = endRow();
    if (row !== undefined) yield row;
  }
}
