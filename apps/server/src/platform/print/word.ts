/** An official paper as a Word file, for people who go on writing in it: no macro, nothing linked, no field but the page number. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { inRows, type Paper, type PaperPart, type PrintedPhoto, type SignatureBox } from './paper.ts';

// Twentieths of a point: GB/T 9704-2012 as in STYLE, A4 with 天头 37, 地脚 35, 订口 28, 切口 26 mm.
const TWIPS_PER_MM = 1440 / 25.4;
const mm = (n: number): number => Math.round(n * TWIPS_PER_MM);
const PAGE = { width: mm(210), height: mm(297) };
const MARGIN = { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), header: mm(15), footer: mm(25) };
const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
const LINE = 29 * 20;
const ROW = 20 * 20;
/** Two characters of 16 pt. */
const INDENT = 32 * 20;

type Face = '仿宋' | '黑体' | '楷体' | '宋体';
// Half points.
const SIZE = { title: 44, body: 32, cell: 24, mark: 18, page: 28 };

const face = (name: Face) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: name,
  hint: 'eastAsia',
});

/** Where a face is not installed, Word takes the other name. */
const FONTS = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${(
  [
    ['仿宋', 'FangSong,STFangsong,仿宋_GB2312,Noto Serif CJK SC', 'modern'],
    ['黑体', 'SimHei,STHeiti,Noto Sans CJK SC', 'modern'],
    ['楷体', 'KaiTi,STKaiti,楷体_GB2312,Noto Serif CJK SC', 'modern'],
    ['宋体', 'SimSun,STSong,Noto Serif CJK SC', 'roman'],
  ] as const
)
  .map(
    ([name, other, family]) =>
      `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`,
  )
  .join(
    '',
  )}<w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/><w:family w:val="roman"/></w:font></w:fonts>`;

// What XML 1.0 cannot say would make the file unreadable.
const sayable = (text: string): string => text.toWellFormed().replace(/[^\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
const run = (text: string, name: Face, size: number, bold = false): TextRun =>
  new TextRun({ text: sayable(text), font: face(name), size, ...(bold ? { bold } : {}) });
const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((l) => l.trim())
    .filter((l) => l !== '');

// At least, not exactly: a sign from a taller face is not cut.
const BODY = { indent: { firstLine: INDENT }, alignment: AlignmentType.BOTH, spacing: { line: LINE, lineRule: 'atLeast' as const } };
const paragraph = (text: string, keepNext = false): Paragraph =>
  new Paragraph({ style: 'Body', children: [words(text)], ...(keepNext ? { keepNext } : {}) });
/** A heading that Word's outline and its table of contents know; it stays with what follows. */
const heading = (text: string, level: 'HEADING_1' | 'HEADING_2'): Paragraph =>
  new Paragraph({ heading: HeadingLevel[level], children: [words(text)] });
const words = (text: string): TextRun => new TextRun({ text: sayable(text) });

/** What people change in one place: title, headings and body of the paper. */
const STYLES = {
  default: {
    document: { run: { font: face('仿宋'), size: SIZE.body, language: { value: 'zh-CN', eastAsia: 'zh-CN' } } },
    title: {
      run: { font: face('宋体'), size: SIZE.title, bold: true, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 200 }, keepNext: true },
    },
    heading1: { run: { font: face('黑体'), size: SIZE.body, bold: false, color: '000000' }, paragraph: { ...BODY, keepNext: true } },
    heading2: { run: { font: face('楷体'), size: SIZE.body, bold: true, color: '000000' }, paragraph: { ...BODY, keepNext: true } },
  },
  paragraphStyles: [{ id: 'Body', name: '正文段落', basedOn: 'Normal', quickFormat: true, paragraph: BODY }],
};

const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '000000' };
const BORDERS = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE };
const cell = (text: string, width: number, head: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: BORDERS,
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    children: (linesOf(text).length === 0 ? [''] : linesOf(text)).map(
      (l) =>
        new Paragraph({
          children: [run(l, head ? '黑体' : '仿宋', SIZE.cell)],
          spacing: { line: ROW, lineRule: 'atLeast' },
          // The heading of a table does not stay alone at the foot of a page.
          ...(head ? { keepNext: true } : {}),
        }),
    ),
  });

/** One sign of 12 pt. */
const SIGN = 12 * 20;

// Words count once, digits and letters half; a column is between five and thirty wide.
const wide = (text: string): number => Math.max(...text.split('\n').map((l) => [...l].reduce((n, c) => n + (c < '\u2e80' ? 0.5 : 1), 0)));
const LEAST = 5;
const MOST = 30;
/** Names and labels up to here stand in one line beside what is long. */
const NAME = 8;
/** What a cell keeps free inside its edges. */
const INSIDE = 240;
const DAY = /^\d{4}年\d{1,2}月\d{1,2}日$/;
/** A day with the room that office programs put between figures and signs. */
const DAY_WIDE = 10;

/** Widths of columns by what stands in them; together the whole line. */
export const columnWidths = (head: readonly string[], rows: readonly (readonly string[])[]): number[] => {
  const told = (text: string): number => (DAY.test(text.trim()) ? DAY_WIDE : wide(text) + 1);
  const wants = head.map((h, i) => Math.min(MOST, Math.max(LEAST, wide(h) + 1, ...rows.map((r) => told(r[i] ?? '')))));
  // Days are read at a glance: such a column keeps its width, the others share what is left.
  const isDays = (i: number): boolean => {
    const filled = rows.map((r) => (r[i] ?? '').trim()).filter((text) => text.length > 2);
    return filled.length > 0 && filled.every((text) => DAY.test(text));
  };
  const kept = wants.map((w, i) => (isDays(i) ? w * SIGN : w <= NAME ? (w - 1) * SIGN + INSIDE : 0));
  const taken = kept.reduce((a, b) => a + b, 0);
  const shares = taken > WIDTH * 0.6 || kept.every((k) => k > 0) ? wants.map(() => 0) : kept;
  const rest = wants.reduce((a, w, i) => a + (shares[i] === 0 ? w : 0), 0);
  const left = WIDTH - shares.reduce((a, b) => a + b, 0);
  const widths = wants.map((w, i) => shares[i] || Math.floor((w / rest) * left));
  widths[widths.length - 1] = WIDTH - widths.slice(0, -1).reduce((a, b) => a + b, 0);
  return widths;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): Table => {
  const widths = columnWidths(head, rows);
  const row = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      cantSplit: !isHead && cells.every((c) => c.length < 400),
      tableHeader: isHead,
      children: widths.map((w, i) => cell(cells[i] ?? '', w, isHead)),
    });
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [row(head, true), ...rows.map((r) => row(r, false))],
  });
};

const gap = (keepNext = false): Paragraph => new Paragraph({ children: [], keepNext, spacing: { line: 160, lineRule: 'exact' } });

const signatureTable = (who: readonly (string | SignatureBox)[]): Table => {
  const half = Math.floor(WIDTH / 2);
  // What was drawn stays on the paper that was signed; a file that people write on in says who signed and when.
  const box = (given: string | SignatureBox | undefined, last: boolean): TableCell => {
    const { label, says } = typeof given === 'object' ? given : { label: given, says: undefined };
    return new TableCell({
      width: { size: half, type: WidthType.DXA },
      borders: BORDERS,
      margins: { top: 60, bottom: 60, left: 120, right: 120 },
      verticalAlign: VerticalAlign.TOP,
      children: [label === undefined ? '' : `${label}（签字）`, ...(says === undefined ? [] : [says])].map(
        (l) => new Paragraph({ keepNext: !last, children: [run(l, '仿宋', SIZE.cell)] }),
      ),
    });
  };
  const pairs = Array.from({ length: Math.ceil(who.length / 2) }, (_, i) => [who[2 * i], who[2 * i + 1]]);
  return new Table({
    width: { size: 2 * half, type: WidthType.DXA },
    columnWidths: [half, half],
    layout: TableLayoutType.FIXED,
    rows: pairs.map(
      (pair, i) =>
        new TableRow({
          cantSplit: true,
          height: { value: 60 * 20, rule: 'atLeast' },
          children: pair.map((given) => box(given, i === pairs.length - 1)),
        }),
    ),
  });
};

// Half the line and 62 mm high at most, in the pixels of a Word file (96 an inch).
const PHOTO_WIDE = 270;
const PHOTO_HIGH = 234;
const NO_EDGE = { style: BorderStyle.NONE, size: 0, color: 'auto' };

const photoCell = (photo: PrintedPhoto | undefined, width: number): TableCell => {
  const part = photo === undefined ? 1 : Math.min(1, PHOTO_WIDE / photo.width, PHOTO_HIGH / photo.height);
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: { top: NO_EDGE, bottom: NO_EDGE, left: NO_EDGE, right: NO_EDGE },
    children:
      photo === undefined
        ? [new Paragraph({ children: [] })]
        : [
            new Paragraph({
              alignment: AlignmentType.CENTER,
              keepNext: true,
              children: [
                new ImageRun({
                  type: photo.mime === 'image/png' ? 'png' : 'jpg',
                  data: photo.content,
                  transformation: { width: Math.round(photo.width * part), height: Math.round(photo.height * part) },
                  altText: { name: '照片', title: '照片', description: sayable(photo.caption) },
                }),
              ],
            }),
            new Paragraph({ alignment: AlignmentType.CENTER, children: [run(photo.caption, '仿宋', SIZE.cell)] }),
          ],
  });
};

/** Photographs two a row; a row is not cut by the end of a page. */
const photoTable = (photos: readonly PrintedPhoto[]): Table => {
  const half = Math.floor(WIDTH / 2);
  return new Table({
    width: { size: 2 * half, type: WidthType.DXA },
    columnWidths: [half, half],
    layout: TableLayoutType.FIXED,
    rows: inRows(photos).map((row) => new TableRow({ cantSplit: true, children: [photoCell(row[0], half), photoCell(row[1], half)] })),
  });
};

/** A part; what is `last` stands on the page on which it is signed. */
const partOf = (part: PaperPart, last: boolean): (Paragraph | Table)[] => {
  switch (part.kind) {
    case 'heading':
      return [heading(part.text, 'HEADING_1')];
    case 'subheading':
      return [heading(part.text, 'HEADING_2')];
    case 'text':
      return linesOf(part.text).map((l, i, all) => paragraph(l, last && i === all.length - 1));
    case 'list':
      return part.items.map((item, i) => paragraph(`${i + 1}. ${item}`));
    case 'signatures':
      return part.who.length === 0 ? [] : [gap(true), signatureTable(part.who), gap()];
    // A drawing cannot be written on; the printed paper has it.
    case 'drawing':
      return [paragraph(`（图：${part.caption}，见打印版）`)];
    case 'photos':
      return part.photos.length === 0 ? [] : [gap(true), photoTable(part.photos), gap()];
    case 'table':
      return [gap(true), table(part.head, part.rows), gap()];
  }
};

const closing = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    indent: { right: 2 * INDENT },
    keepNext: true,
    children: [run(text, '仿宋', SIZE.body)],
  });

/** The paper as .docx. Who took it and when stands at the head of every page. */
export const paperAsWord = async (paper: Paper): Promise<Buffer> => {
  const signatures = paper.signatures ?? [];
  const section: ISectionOptions = {
    properties: { page: { size: PAGE, margin: MARGIN } },
    headers: {
      default: new Header({
        children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [run(paper.watermark, '宋体', SIZE.mark)] })],
      }),
    },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ children: ['\u2014 ', PageNumber.CURRENT, ' \u2014'], font: face('宋体'), size: SIZE.page })],
          }),
        ],
      }),
    },
    children: [
      ...(paper.secrecy === undefined ? [] : [new Paragraph({ children: [run(paper.secrecy, '黑体', SIZE.body)] })]),
      new Paragraph({ heading: HeadingLevel.TITLE, children: [words(paper.title)] }),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: LINE }, children: [words(paper.number)] }),
      ...paper.parts.flatMap((part, i) => partOf(part, i === paper.parts.length - 1)),
      new Paragraph({ children: [], keepNext: true }),
      ...(paper.issuer === undefined ? [] : [closing(paper.issuer)]),
      closing(paper.date),
      gap(true),
      ...(signatures.length === 0 ? [] : [signatureTable(signatures), gap()]),
    ],
  };
  const document = new Document({
    title: sayable(paper.title),
    creator: sayable(paper.issuer ?? ''),
    lastModifiedBy: '',
    styles: STYLES,
    sections: [section],
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: FONTS }]);
};
