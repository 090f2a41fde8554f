/** Files from outside: honest ones in every dress that Excel and WPS give them, and those that mean harm. */
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { bookOf, partsOfBook, sheetXml } from '../../../test/ledgerBook.ts';
import { zip } from '../zip.ts';
import { openTable, type TableBounds, tableKind, Unreadable } from './index.ts';

const BOUNDS: TableBounds = { megabytes: 2, unpackedMegabytes: 12, ratio: 60, textMegabytes: 1, columns: 50 };
const AT = new Date('2026-03-05T02:00:00Z');

const all = async (file: Buffer, format: 'xlsx' | 'csv' = 'xlsx', sheet = 0, bounds = BOUNDS) => {
  const table = await openTable(file, format, bounds);
  const rows: [number, string[]][] = [];
  for await (const row of table.rows(sheet))
    rows.push([row.rowNo, row.cells.map((c) => (c.form === 'text' ? c.text : `${c.form}:${c.text}`))]);
  return rows;
};
const why = async (file: Buffer, format: 'xlsx' | 'csv' = 'xlsx'): Promise<string> => {
  try {
    await all(file, format);
    return 'read';
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.why;
  }
};
const refusal = (file: Buffer, name = '名册.xlsx') => {
  const kind = tableKind(file, name, BOUNDS);
  return 'refused' in kind ? kind.refused : kind.format;
};
const part = (name: string, text: string) => ({ name, content: Buffer.from(text) });

describe('honest tables', () => {
  it('give texts, numbers as they are written, days, last values of formulas, errors', async () => {
    const file = bookOf({
      名册: [
        ['姓名 & <号>', null, { raw: '4.40301195103051E+17' }],
        [],
        [{ serial: 45_000 }, { formula: 'A1', value: '算好的' }, { formula: '1+1' }, { error: '#REF!' }],
      ],
    });
    expect(refusal(file)).toBe('xlsx');
    expect(await all(file)).toEqual([
      [1, ['姓名 & <号>', '', 'number:4.40301195103051E+17']],
      [3, ['day:45000', '算好的', 'formula:', 'error:#REF!']],
    ]);
  });

  it('written by our own hand, with shared texts, are read as well', async () => {
    const made = await writeXlsx({
      sheets: [
        {
          name: '一',
          rows: [
            ['表头', '日期'],
            ['同一个词', new Date('2026-03-05T00:00:00Z')],
            ['同一个词', 12],
          ],
        },
      ],
    });
    expect(await all(Buffer.from(made))).toEqual([
      [1, ['表头', '日期']],
      [2, ['同一个词', 'day:46086']],
      [3, ['同一个词', 'number:12']],
    ]);
  });

  it('days that count from 1904 are days that count from 1900', async () => {
    const book = zip(
      partsOfBook(
        [{ name: '一', xml: sheetXml([[{ serial: 100 }]]) }],
        [
          part(
            'xl/workbook.xml',
            '<workbook><workbookPr date1904="1"/><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>',
          ),
        ],
      ),
      AT,
    );
    expect(await all(book)).toEqual([[1, ['day:1562']]]);
  });

  it('texts with phonetic signs, rich runs and comments', async () => {
    const shared = '<sst><si><r><t>王</t></r><r><t>小</t></r><rPh><t>wang</t></rPh></si><!-- <si> --><si><t><![CDATA[a<b]]></t></si></sst>';
    const xml = '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row></sheetData></worksheet>';
    expect(await all(zip(partsOfBook([{ name: '一', xml }], [part('xl/sharedStrings.xml', shared)]), AT))).toEqual([[1, ['王小', 'a<b']]]);
  });

  it('as CSV: marks, quotes, tabs, line ends, UTF-16', async () => {
    const text = '\ufeff姓名,备注\r\n"王,小""桦""","两\n行"\r\n\r\n李,无';
    const rows: [number, string[]][] = [
      [1, ['姓名', '备注']],
      [2, ['王,小"桦"', '两\n行']],
      [4, ['李', '无']],
    ];
    expect(await all(Buffer.from(text), 'csv')).toEqual(rows);
    expect(await all(Buffer.from(text, 'utf16le'), 'csv')).toEqual(rows);
    expect(await all(Buffer.from('姓名\t电话\n王\t1'), 'csv')).toEqual([
      [1, ['姓名', '电话']],
      [2, ['王', '1']],
    ]);
    // 姓名, in GB18030.
    expect(await all(Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31]), 'csv')).toEqual([[1, ['姓名', '1']]]);
  });
});

describe('what means harm is refused before it is unpacked', () => {
  const honest = bookOf({ 名册: [['姓名', '电话']] });
  it('a zip bomb that says how large it is', () => {
    expect(refusal(bookOf({ 名册: [['x']] }, [{ name: 'xl/media/a.xml', content: Buffer.alloc(16 * 1024 * 1024) }]))).toBe(
      'unpacks-too-large',
    );
  });
  it('more megabytes than are taken', () => expect(refusal(Buffer.concat([honest, Buffer.alloc(3 * 1024 * 1024)]))).toBe('too-large'));
  it('paths that lead out', () => {
    for (const name of ['../../etc/passwd', 'xl/../../a.xml', '/root/a.xml', 'C:\\a.xml', 'xl\\a.xml'])
      expect(refusal(bookOf({ 名册: [['x']] }, [part(name, 'x')]))).toBe('unsafe-parts');
  });
  it('macros, by part and by ending', () => {
    expect(refusal(bookOf({ 名册: [['x']] }, [part('xl/vbaProject.bin', 'x')]))).toBe('macros');
    expect(refusal(bookOf({ 名册: [['x']] }, [part('xl/macrosheets/sheet1.xml', 'x')]))).toBe('macros');
    expect(refusal(honest, '名册.xlsm')).toBe('macros');
  });
  it('archives and programs inside', () => {
    for (const name of ['xl/embeddings/inner.zip', 'xl/embeddings/book.xlsx', 'xl/embeddings/oleObject1.bin', 'a.exe'])
      expect(refusal(bookOf({ 名册: [['x']] }, [part(name, 'x')]))).toBe('unsafe-parts');
  });
  it('a password, in both fashions', () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(refusal(ole)).toBe('encrypted');
    expect(refusal(ole.subarray(0, 600), '名册.xls')).toBe('old-excel');
    const locked = Buffer.from(honest);
    const at = locked.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    locked.writeUInt16LE(locked.readUInt16LE(at + 8) | 1, at + 8);
    expect(refusal(locked)).toBe('encrypted');
  });
  it('an ending that says something else than the content', () => {
    expect(refusal(honest, '名册.csv')).toBe('other-ending');
    expect(refusal(Buffer.from('姓名,电话'), '名册.xlsx')).toBe('other-ending');
    expect(refusal(Buffer.from('<html></html>'), '名册.html')).toBe('not-a-table');
    expect(refusal(Buffer.from([1, 0, 2, 0, 3, 0]), '名册.csv')).toBe('not-a-table');
    expect(refusal(zip([part('word/document.xml', 'x')], AT))).toBe('not-a-table');
    expect(refusal(honest.subarray(0, 100))).toBe('not-a-table');
  });
});

describe('what lies about itself is found while it is read', () => {
  const withPart = (name: string, content: Buffer | string) =>
    zip(partsOfBook([{ name: '名册', xml: sheetXml([['姓名']]) }], [{ name, content: Buffer.from(content) }]), AT);

  it('a part that is larger than its directory says', async () => {
    const file = withPart('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${'<row></row>'.repeat(1_300_000)}</sheetData></worksheet>`);
    // Both places where the size stands say one byte.
    const lie = Buffer.from(file);
    for (let at = lie.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = lie.indexOf('PK\u0001\u0002', at + 4, 'latin1'))
      lie.writeUInt32LE(1, at + 24);
    expect(refusal(lie)).toBe('xlsx');
    expect(await why(lie)).toBe('unpacks-too-large');
  });
  it('entities: many laughs, outside files', async () => {
    const laughs =
      '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
    const outside = '<!DOCTYPE l SYSTEM "file:///etc/passwd"><worksheet/>';
    for (const xml of [laughs, outside])
      for (const name of ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/workbook.xml', 'xl/styles.xml'])
        expect(await why(withPart(name, xml))).toBe('entities');
    expect(
      await why(
        withPart('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row><c t="str"><v>&xxe;</v></c></row></sheetData></worksheet>'),
      ),
    ).toBe('entities');
  });
  it('a million columns', async () => {
    expect(
      await why(
        withPart('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>'),
      ),
    ).toBe('too-many-columns');
    expect(await why(Buffer.from(`${',x'.repeat(1_000)}\n`), 'csv')).toBe('too-many-columns');
  });
  it('a giant of shared texts', async () => {
    expect(await why(withPart('xl/sharedStrings.xml', `<sst>${'<si><t>文字文字文字文字</t></si>'.repeat(60_000)}</sst>`))).toBe(
      'texts-too-large',
    );
  });
  it('rows out of order, tags without end, bytes that are no UTF-8, a torn part, a sheet elsewhere', async () => {
    const row = (xml: string) => why(withPart('xl/worksheets/sheet1.xml', xml));
    expect(await row('<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="1"/></sheetData></worksheet>')).toBe('damaged');
    expect(await row(`<worksheet><sheetData><row ${'x'.repeat(200_000)}`)).toBe('damaged');
    expect(await row('<worksheet><sheetData><row r="1"><c r="1A"><v>1</v></c></row></sheetData></worksheet>')).toBe('damaged');
    expect(await why(withPart('xl/worksheets/sheet1.xml', Buffer.from([0x3c, 0xff, 0xfe, 0x3e])))).toBe('damaged');
    expect(
      await why(
        withPart(
          'xl/_rels/workbook.xml.rels',
          '<Relationships><Relationship Id="rId1" Target="http://x.example/a.xml" TargetMode="External"/></Relationships>',
        ),
      ),
    ).toBe('damaged');
    const torn = zip(partsOfBook([{ name: '名册', xml: sheetXml([['姓名']]) }]), AT);
    const packed = deflateRawSync(Buffer.from(sheetXml([['姓名']])));
    const at = torn.indexOf(packed);
    torn.fill(0xff, at, at + packed.length);
    expect(await why(torn)).toBe('damaged');
  });
});
