/** Rows of a workbook, one after the other: formulas give their last value and are never run, numbers stay as they are written. */
import type { Cell } from '@jieyou/core/imports/reading.ts';
import { bytesOf, Damaged, type Part, TooMuch } from './parts.ts';
import { attribute, type Tag, tagsOf, textOf } from './tags.ts';

export class TooManyColumns extends Error {}
export class TextsTooLarge extends Error {}

/** What a workbook may cost. */
export type ReadingBounds = { readonly unpackedBytes: number; readonly textBytes: number; readonly columns: number };

type Parts = ReadonlyMap<string, Part>;
const SMALL_PART = 4 * 1024 * 1024;

async function* each(file: Buffer, part: Part, most: number): AsyncGenerator<Tag> {
  for await (const tags of tagsOf(bytesOf(file, part, most))) yield* tags;
}

const needed = (parts: Parts, name: string): Part => {
  const part = parts.get(name);
  if (part === undefined) throw new Damaged(`${name} is missing`);
  return part;
};

/** A workbook's sheets by name, in their order, and whether its days count from 1904. Hidden sheets too: the person chooses. */
export const sheetsOf = async (file: Buffer, parts: Parts): Promise<{ sheets: { name: string; part: Part }[]; from1904: boolean }> => {
  const targets = new Map<string, string>();
  for await (const tag of each(file, needed(parts, 'xl/_rels/workbook.xml.rels'), SMALL_PART)) {
    if (tag.name !== 'Relationship') continue;
    const [id, target, mode] = ['Id', 'Target', 'TargetMode'].map((name) => attribute(tag, name));
    if (id === undefined || target === undefined || mode === 'External') continue;
    targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const sheets: { name: string; part: Part }[] = [];
  let from1904 = false;
  for await (const tag of each(file, needed(parts, 'xl/workbook.xml'), SMALL_PART)) {
    if (tag.name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute(tag, 'date1904') ?? '');
    if (tag.name !== 'sheet' || tag.closes) continue;
    const part = parts.get(targets.get(/(?:^|\s)\w+:id\s*=\s*["']([^"']*)["']/.exec(tag.attributes)?.[1] ?? '') ?? '');
    if (part !== undefined && part.name.startsWith('xl/worksheets/'))
      sheets.push({ name: (attribute(tag, 'name') ?? '').slice(0, 60), part });
  }
  if (sheets.length === 0) throw new Damaged('no sheet');
  return { sheets, from1904 };
};

const DAY_FORMATS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const isDayFormat = (code: string): boolean => /[ymd]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** Which styles of a workbook show a number as a day. */
export const dayStylesOf = async (file: Buffer, parts: Parts): Promise<ReadonlySet<number>> => {
  const part = parts.get('xl/styles.xml');
  const days = new Set<number>();
  if (part === undefined) return days;
  const own = new Map<number, boolean>();
  let inside = false;
  let index = 0;
  for await (const tag of each(file, part, SMALL_PART * 4)) {
    if (tag.name === 'numFmt' && !tag.closes) own.set(Number(attribute(tag, 'numFmtId')), isDayFormat(attribute(tag, 'formatCode') ?? ''));
    if (tag.name === 'cellXfs') inside = !tag.closes;
    if (tag.name !== 'xf' || !inside || tag.closes) continue;
    const format = Number(attribute(tag, 'numFmtId') ?? '0');
    if (own.get(format) ?? DAY_FORMATS.has(format)) days.add(index);
    index += 1;
  }
  return days;
};

/** The texts that cells share. The one thing of a workbook that must be held whole: bounded in itself. */
export const sharedTextsOf = async (file: Buffer, parts: Parts, most: number): Promise<string[]> => {
  const part = parts.get('xl/sharedStrings.xml');
  const texts: string[] = [];
  if (part === undefined) return texts;
  let current = '';
  let phonetic = false;
  let inText = false;
  try {
    for await (const tags of tagsOf(bytesOf(file, part, most)))
      for (const tag of tags) {
        if (tag.name === 'si') {
          if (tag.closes) texts.push(current);
          else if (tag.empty) texts.push('');
          current = '';
        } else if (tag.name === 'rPh') phonetic = !tag.closes;
        else if (tag.name === 't') {
          if (tag.closes && inText && !phonetic) current += textOf(tag.before);
          inText = !tag.closes && !tag.empty;
        }
      }
  } catch (error) {
    if (error instanceof TooMuch) throw new TextsTooLarge(part.name);
    throw error;
  }
  return texts;
};

/** A row of the sheet: its number as people count, and its cells. */
export type SheetRow = { readonly rowNo: number; readonly cells: Cell[] };

const EMPTY: Cell = { text: '', form: 'text' };
const LETTERS = /^([A-Z]{1,3})\d+$/;
const columnOf = (reference: string): number => {
  const letters = LETTERS.exec(reference)?.[1];
  if (letters === undefined) throw new Damaged('a cell without place');
  let n = 0;
  for (const c of letters) n = n * 26 + c.charCodeAt(0) - 64;
  return n - 1;
};

const MOST_CELL = 4_000;
const cellOf = (
  type: string,
  style: number,
  value: string,
  formula: boolean,
  shared: readonly string[],
  days: ReadonlySet<number>,
  shift: number,
): Cell => {
  if (type === 's') return { text: shared[Number(value)]?.slice(0, MOST_CELL) ?? '', form: 'text' };
  if (type === 'inlineStr' || type === 'str')
    return formula && value === '' ? { text: '', form: 'formula' } : { text: value.slice(0, MOST_CELL), form: 'text' };
  if (type === 'e') return { text: value.slice(0, 20), form: 'error' };
  if (type === 'b') return { text: value === '1' ? '是' : '否', form: 'text' };
  if (type === 'd') return { text: value.slice(0, 40), form: 'text' };
  if (value === '') return formula ? { text: '', form: 'formula' } : EMPTY;
  if (!days.has(style)) return { text: value.slice(0, 40), form: 'number' };
  return { text: shift === 0 ? value.slice(0, 40) : String(Number(value) + shift), form: 'day' };
};

const DAYS_FROM_1904 = 1_462;

/** The rows of a sheet that hold anything. */
export async function* rowsOfSheet(
  file: Buffer,
  sheet: Part,
  found: { readonly shared: readonly string[]; readonly days: ReadonlySet<number>; readonly from1904: boolean },
  bounds: ReadingBounds,
): AsyncGenerator<SheetRow> {
  const shift = found.from1904 ? DAYS_FROM_1904 : 0;
  let rowNo = 0;
  let cells: Cell[] = [];
  let anything = false;
  let column = -1;
  let type = '';
  let style = -1;
  let value = '';
  let formula = false;
  let inRow = false;
  let inCell = false;
  let phonetic = false;
  // Batch by batch: a step of an asynchronous loop for each tag would cost more than the reading.
  for await (const tags of tagsOf(bytesOf(file, sheet, bounds.unpackedBytes)))
    for (const tag of tags) {
      if (tag.name === 'row') {
        if (!tag.closes) {
          const named = Number(attribute(tag, 'r') ?? rowNo + 1);
          if (!Number.isInteger(named) || named <= rowNo || named > 2_000_000) throw new Damaged('rows out of order');
          rowNo = named;
          cells = [];
          anything = false;
          column = -1;
          inRow = true;
        }
        if ((tag.closes || tag.empty) && inRow) {
          inRow = false;
          if (anything) yield { rowNo, cells };
        }
      } else if (!inRow) continue;
      else if (tag.name === 'c') {
        if (!tag.closes) {
          const reference = attribute(tag, 'r');
          column = reference === undefined ? column + 1 : columnOf(reference);
          type = attribute(tag, 't') ?? '';
          style = Number(attribute(tag, 's') ?? '-1');
          value = '';
          formula = false;
          inCell = true;
        }
        if ((tag.closes || tag.empty) && inCell) {
          inCell = false;
          const cell = cellOf(type, style, value, formula, found.shared, found.days, shift);
          if (cell.text === '' && cell.form === 'text') continue;
          if (column >= bounds.columns) throw new TooManyColumns(String(column));
          while (cells.length < column) cells.push(EMPTY);
          cells[column] = cell;
          anything = true;
        }
      } else if (tag.name === 'f') formula = true;
      else if (tag.name === 'rPh') phonetic = !tag.closes;
      else if (tag.closes && inCell && (tag.name === 'v' || (tag.name === 't' && !phonetic))) value += textOf(tag.before);
    }
}
