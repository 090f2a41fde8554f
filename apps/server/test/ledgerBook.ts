/** Workbooks as people keep their ledgers, made for tests: merged titles, remarks, numbers where texts should be. Invented people throughout. */
import { idCheckCharacter } from '@jieyou/core/shared/identifiers.ts';
import { type ZipEntry, zip } from '../src/platform/zip.ts';

/** A cell: a text, a number as it is written, a day by its serial, a formula with or without its last value, an error. */
export type Put =
  | string
  | number
  | null
  | { readonly raw: string }
  | { readonly serial: number }
  | { readonly formula: string; readonly value?: string }
  | { readonly error: string };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

const cellXml = (value: Put, at: string): string => {
  if (value === null) return '';
  if (typeof value === 'string') return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
  if ('raw' in value) return `<c r="${at}"><v>${value.raw}</v></c>`;
  if ('serial' in value) return `<c r="${at}" s="1"><v>${value.serial}</v></c>`;
  if ('error' in value) return `<c r="${at}" t="e"><v>${value.error}</v></c>`;
  return `<c r="${at}" t="str"><f>${escaped(value.formula)}</f>${value.value === undefined ? '' : `<v>${escaped(value.value)}</v>`}</c>`;
};

/** The XML of a sheet. */
export const sheetXml = (rows: readonly (readonly Put[])[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map((row, r) => (row.length === 0 ? '' : `<row r="${r + 1}">${row.map((v, c) => cellXml(v, `${letters(c)}${r + 1}`)).join('')}</row>`))
    .join('')}</sheetData></worksheet>`;

const text = (name: string, content: string): ZipEntry => ({ name, content: Buffer.from(content, 'utf8') });

/** The parts of a workbook; what is given beside the sheets stands in it too, or in the place of a part of the same name. */
export const partsOfBook = (
  sheets: readonly { readonly name: string; readonly xml: string }[],
  more: readonly ZipEntry[] = [],
): ZipEntry[] => {
  const parts = [
    text('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    text(
      'xl/_rels/workbook.xml.rels',
      `<Relationships>${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="x/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    text(
      'xl/workbook.xml',
      `<workbook xmlns:r="r"><workbookPr/><sheets>${sheets.map((s, i) => `<sheet name="${escaped(s.name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    text('xl/styles.xml', '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
    ...sheets.map((s, i) => text(`xl/worksheets/sheet${i + 1}.xml`, s.xml)),
  ];
  return [...parts.filter((p) => !more.some((m) => m.name === p.name)), ...more];
};

/** A workbook of some sheets. */
export const bookOf = (sheets: Readonly<Record<string, readonly (readonly Put[])[]>>, more: readonly ZipEntry[] = []): Buffer =>
  zip(
    partsOfBook(
      Object.entries(sheets).map(([name, rows]) => ({ name, xml: sheetXml(rows) })),
      more,
    ),
    new Date('2026-03-05T02:00:00Z'),
  );

const SURNAMES = '钟离 上官 皇甫 尉迟 闻人 司徒 端木 南宫 万俟 公冶'.split(' ');
const GIVEN = '示岚 样书 例舟 试禾 演柏 拟桐 设榆 假槐 虚棠 托楠'.split(' ');

/** An invented name; numbers far apart give different names now and then. */
export const inventedName = (n: number): string => `${SURNAMES[n % 10]}${GIVEN[Math.floor(n / 10) % 10]}`;

/** An ID number with a right check character, of a division that does not exist in the district's data. */
export const inventedId = (n: number): string => {
  const year = 1930 + (n % 70);
  const first17 = `6599${String(10 + Math.floor(n / 21_000))}${year}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}${String(n % 1000).padStart(3, '0')}`;
  return first17 + idCheckCharacter(first17);
};

/** Headings of a register as people write them. */
export const REGISTER_HEAD = [
  '序号',
  '姓名',
  '性别',
  '身份证号码',
  '出生日期',
  '联系电话',
  '家庭地址',
  '人员类别',
  '责任社工（空白同上）',
  '备注',
];
const asWide = (text: string): string => text.replace(/[0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
/** Rows of a register as people keep it: dates in every fashion, digits of both widths, numbers of 15 digits as numbers. */
export const dirtyRows = (count: number, from = 0): Put[][] =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const id = inventedId(n);
    const [year, month, day] = [id.slice(6, 10), Number(id.slice(10, 12)), Number(id.slice(12, 14))];
    const old = `${id.slice(0, 6)}${id.slice(8, 17)}`;
    const serial = Math.round(Date.UTC(Number(year), month - 1, day) / 86_400_000) + 25_569;
    const dates: Put[] = [
      `${year}.${month}.${day}`,
      `${year}年${month}月${day}日`,
      `${year}-${month}-${day}`,
      `${id.slice(6, 14)}`,
      { serial },
    ];
    const phone = `139${String(10_000_000 + n)}`;
    return [
      n + 1,
      `${inventedName(n).slice(0, 2)} ${inventedName(n).slice(2)}`,
      Number(id[16]) % 2 === 1 ? '男' : '女',
      n % 4 === 1 && Number(id.slice(6, 10)) < 2000 ? { raw: old } : n % 4 === 2 ? asWide(id) : id,
      dates[n % 5] ?? null,
      n % 3 === 0 ? { raw: phone } : asWide(phone),
      '示例街道示例社区 1 号',
      ['低保', '低保、独居老人', '肢体残疾二级', ''][n % 4] ?? '',
      n === from ? '周晓岚' : null,
      '不导入的话',
    ];
  });

/** Rows of which none can be taken, each for a reason of its own. */
export const WRONG_ROWS: Put[][] = [
  [901, '公式甲', '女', { formula: '1+1' }, null, '13900009001', '', '', null],
  [902, "=cmd|'/c calc'!A1", '女', null, '1951.3.5', '13900009002', '', '', null],
  [903, '丢位乙', '女', { raw: '4.40301195103051E+17' }, null, null, '', '', null],
  [904, '日期丙', '女', null, '1951年', '13900009004', '', '', null],
  [905, '校验丁', '男', '659910195103051230', null, null, '', '', null],
  [906, null, '男', null, '1950.1.1', '13900009006', '', '', null],
  [907, '类别戊', '女', null, '1950.1.1', '13900009007', '', '外星人', null],
  [908, '社工己', '女', null, '1950.1.1', '13900009008', '', '', '查无此人'],
  [909, '坏格庚', '女', { error: '#REF!' }, '1950.1.1', null, '', '', null],
];
