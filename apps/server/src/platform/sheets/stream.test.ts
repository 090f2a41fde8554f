import { expect, test } from 'vitest';
import { unzip } from '../../../test/unzip.ts';
import { readWorkbook } from '../excel.ts';
import { type ListCell, streamList } from './stream.ts';

async function* given(rows: readonly (readonly ListCell[])[]): AsyncGenerator<readonly ListCell[]> {
  yield* rows;
}
const bookOf = async (rows: AsyncIterable<readonly ListCell[]>, mostRows?: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  const columns = [
    { title: '姓名', width: 12 },
    { title: '登记日期', width: 14 },
    { title: '人次', width: 8 },
  ];
  for await (const chunk of streamList({
    name: '名册',
    columns,
    rows,
    foot: '导出人：甲',
    ...(mostRows === undefined ? {} : { mostRows }),
  }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
};
const BOUNDS = { maxMegabytes: 5, maxRatio: 200, maxRows: 10_000 };

test('a list prints on A4 landscape across the sheet, its heading repeated; days are days, digits stay text, nothing is a formula', async () => {
  const book = await bookOf(
    given([
      ['=1+1 𠮷<&>', '2026-02-28', 3],
      ['440309199001011234', '2026-02-30', null],
      ['长'.repeat(40), '', 0],
    ]),
  );
  const files = unzip(book);
  const sheet = String(files.get('xl/worksheets/sheet1.xml'));
  expect(sheet).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
  expect(sheet).toContain('state="frozen"');
  expect(String(files.get('xl/workbook.xml'))).toContain(
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">\'名册\'!$1:$1</definedName>',
  );
  expect(sheet).not.toContain('<f>');
  expect(sheet).toContain('<c r="B2" s="2"><v>46081</v></c>');
  // What only looks like a day stays as it was typed; a long text gets its lines.
  expect(sheet).toMatch(/r="B3" s="0" t="inlineStr"/);
  expect(sheet).toMatch(/<row r="4" ht="\d+" customHeight="1">/);
  const read = await readWorkbook(book, BOUNDS);
  expect('rows' in read && read.rows.slice(0, 3)).toEqual([
    ['姓名', '登记日期', '人次'],
    ['=1+1 𠮷<&>', '2026-02-28', '3'],
    ['440309199001011234', '2026-02-30', ''],
  ]);
});

test('a full sheet is followed by another with its own heading, and an error on the way ends the file', async () => {
  const files = unzip(await bookOf(given(Array.from({ length: 7 }, (_, i): ListCell[] => [`第${i}行`, null, i])), 4));
  expect([...files.keys()].filter((name) => name.includes('worksheets/'))).toHaveLength(3);
  for (const n of [1, 2, 3]) expect(String(files.get(`xl/worksheets/sheet${n}.xml`))).toContain('登记日期');
  expect(String(files.get('xl/worksheets/sheet3.xml'))).toContain('第6行');
  async function* breaking(): AsyncGenerator<readonly ListCell[]> {
    yield ['甲', null, 1];
    throw new Error('broken off');
  }
  await expect(bookOf(breaking())).rejects.toThrow('broken off');
});
