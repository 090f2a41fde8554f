/**
 * Writes a list of any length as a workbook while its rows are pulled: A4 landscape across the width of a sheet, heading in view and
 * repeated on every printed sheet, page numbers. Texts are inline strings and never formulas.
 */
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

/** A cell of a list; a day as '2026-03-05' becomes a day of the workbook. */
export type ListCell = string | number | null;

/** A list: its headings with widths in characters, and its rows. */
export type ListSheet = {
  readonly name: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: AsyncIterable<readonly ListCell[]>;
  /** Stands below the last row, across the columns. */
  readonly foot: string;
  readonly mostRows?: number;
};

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? '');
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const KINDS = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

// Looks by their number below: text, heading, day, number, the line at the foot.
const LOOK = { text: 0, head: 1, day: 2, number: 3, foot: 4 };
const SIDES = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color auto="1"/></${side}>`).join('');
const look = (format: number, font: number, border: number, alignment: string): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment ${alignment}/></xf>`;
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${SIDES}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">${look(49, 0, 1, 'vertical="center" wrapText="1"')}${look(49, 1, 1, 'horizontal="center" vertical="center" wrapText="1"')}${look(164, 0, 1, 'horizontal="left" vertical="center"')}${look(0, 0, 1, 'vertical="center"')}${look(49, 0, 0, 'vertical="center"')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** Days since Excel's first, or nothing for what only looks like a day. */
const serialOf = (text: string): number | null => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  // 1900 was no leap year, but Excel counts one: days before March of it would be told wrongly.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text || text < '1900-03-01'
    ? null
    : at.getTime() / 86_400_000 + 25_569;
};

const textCell = (text: string, at: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
const cellXml = (value: ListCell, at: string): string => {
  if (typeof value === 'number') return `<c r="${at}" s="${LOOK.number}"><v>${value}</v></c>`;
  if (value === null || value === '') return `<c r="${at}" s="${LOOK.text}"/>`;
  const day = serialOf(value);
  return day === null ? textCell(value, at, LOOK.text) : `<c r="${at}" s="${LOOK.day}"><v>${day}</v></c>`;
};
const rowXml = (cells: readonly string[], row: number, lines = 1): string =>
  `<row r="${row}"${lines > 1 ? ` ht="${Math.min(400, lines * LINE_POINTS)}" customHeight="1"` : ''}>${cells.join('')}</row>`;
// A sign of Chinese is two figures wide; not every program finds the height of a row by itself.
const LINE_POINTS = 16;
const linesIn = (value: ListCell, width: number): number =>
  typeof value !== 'string'
    ? 1
    : value
        .split('\n')
        .reduce((n, l) => n + Math.max(1, Math.ceil([...l].reduce((w, c) => w + (c < '\u2e80' ? 1.1 : 2.1), 0) / (width - 1))), 0);

async function* sheetXml(plan: ListSheet, rows: AsyncIterator<readonly ListCell[]>, told: { done: boolean }): AsyncGenerator<string> {
  const across = plan.columns.length;
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${plan.columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
  yield rowXml(
    plan.columns.map((c, i) => textCell(c.title, `${letters(i)}1`, LOOK.head)),
    1,
  );
  const most = plan.mostRows ?? 1_048_000;
  let row = 1;
  while (row < most) {
    const next = await rows.next();
    if (next.done === true) {
      told.done = true;
      break;
    }
    row += 1;
    yield rowXml(
      Array.from({ length: Math.max(across, next.value.length) }, (_, i) => cellXml(next.value[i] ?? null, `${letters(i)}${row}`)),
      row,
      Math.max(1, ...plan.columns.map((c, i) => linesIn(next.value[i] ?? null, c.width))),
    );
  }
  if (told.done && plan.foot !== '') yield rowXml([textCell(plan.foot, `A${row + 2}`, LOOK.foot)], row + 2);
  yield '</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>';
}

type Packed = { readonly name: string; readonly at: number; readonly crc: number; readonly packed: number; readonly bytes: number };

const CHUNK = 64 * 1024;
async function* inChunks(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < CHUNK) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting, 'utf8');
}

const DEFLATED = 8;
/** Sizes follow the content: the name of a part is written before it is known how long it becomes. */
const SIZES_FOLLOW = 8;
const FIRST_DAY = 0x21;

/** Until what was written is taken up, or nobody reads any more. */
const roomIn = (deflate: DeflateRaw): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      deflate.off('drain', go).off('close', go);
      resolve();
    };
    deflate.on('drain', go).on('close', go);
    if (deflate.destroyed) go();
  });

async function* partOf(name: string, texts: AsyncIterable<string> | Iterable<string>, at: number): AsyncGenerator<Buffer, Packed> {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(SIZES_FOLLOW, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt16LE(FIRST_DAY, 12);
  head.writeUInt16LE(name.length, 26);
  yield Buffer.concat([head, Buffer.from(name, 'latin1')]);
  const sums = { crc: 0, packed: 0, bytes: 0 };
  const deflate = createDeflateRaw();
  const fed = (async () => {
    try {
      for await (const chunk of inChunks(texts)) {
        sums.crc = crc32(chunk, sums.crc);
        sums.bytes += chunk.length;
        if (!deflate.write(chunk)) await roomIn(deflate);
        if (deflate.destroyed) return;
      }
      deflate.end();
    } catch (error) {
      deflate.destroy(error as Error);
    }
  })();
  try {
    for await (const chunk of deflate) {
      sums.packed += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  } finally {
    deflate.destroy();
    await fed;
  }
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(sums.crc, 4);
  tail.writeUInt32LE(sums.packed, 8);
  tail.writeUInt32LE(sums.bytes, 12);
  yield tail;
  return { name, at, ...sums };
}

const directoryEntry = (part: Packed): Buffer => {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(SIZES_FOLLOW, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(FIRST_DAY, 14);
  entry.writeUInt32LE(part.crc, 16);
  entry.writeUInt32LE(part.packed, 20);
  entry.writeUInt32LE(part.bytes, 24);
  entry.writeUInt16LE(part.name.length, 28);
  entry.writeUInt32LE(part.at, 42);
  return Buffer.concat([entry, Buffer.from(part.name, 'latin1')]);
};

/** The workbook, piece by piece; another sheet begins where one is full. */
export async function* streamList(plan: ListSheet): AsyncGenerator<Buffer> {
  const rows = plan.rows[Symbol.asyncIterator]();
  const parts: Packed[] = [];
  let at = 0;
  const write = async function* (name: string, texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
    const from = at;
    const part = partOf(name, texts, from);
    try {
      for (;;) {
        const next = await part.next();
        if (next.done === true) {
          parts.push(next.value);
          return;
        }
        at += next.value.length;
        yield next.value;
      }
    } finally {
      await part.return({ name, at: from, crc: 0, packed: 0, bytes: 0 });
    }
  };
  const told = { done: false };
  let sheets = 0;
  try {
    while (!told.done) {
      sheets += 1;
      yield* write(`xl/worksheets/sheet${sheets}.xml`, sheetXml(plan, rows, told));
    }
  } finally {
    await rows.return?.();
  }
  const names = Array.from({ length: sheets }, (_, i) => (i === 0 ? plan.name : `${plan.name.slice(0, 26)}_${i + 1}`));
  const each = (of: (name: string, n: number) => string): string => names.map((name, i) => of(name, i + 1)).join('');
  yield* write('xl/styles.xml', [STYLES]);
  yield* write('xl/workbook.xml', [
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets><definedNames>${each((name, n) => `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">'${escaped(name)}'!$1:$1</definedName>`)}</definedNames></workbook>`,
  ]);
  yield* write('xl/_rels/workbook.xml.rels', [
    `${HEAD}<Relationships xmlns="${RELATIONS}">${each((_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ]);
  yield* write('_rels/.rels', [
    `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ]);
  yield* write('[Content_Types].xml', [
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KINDS}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${KINDS}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${KINDS}.worksheet+xml"/>`)}</Types>`,
  ]);
  const directory = Buffer.concat(parts.map(directoryEntry));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  yield Buffer.concat([directory, end]);
}
