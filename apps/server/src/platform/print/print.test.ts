import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { unzip } from '../../../test/unzip.ts';
import { closePrinter, officialPaper, renderPdf } from './index.ts';
import { asTyped, repairedTable } from './letters.ts';

afterAll(closePrinter);

/** What all glyphs of the file stand for by their last written tables. */
const wordsOf = (pdf: Buffer): string => {
  const text = pdf.toString('latin1');
  const tables = new Map<string, string>();
  for (const { 1: number = '', 2: bytes = '', 0: head, index } of text.matchAll(/\n(\d+) 0 obj\s*<<[^>]*\/Length (\d+)>> stream\n/g)) {
    const packed = pdf.subarray(index + head.length, index + head.length + Number(bytes));
    try {
      tables.set(number, inflateSync(packed).toString('latin1'));
    } catch {
      // A picture or a font.
    }
  }
  return [...new Set([...text.matchAll(/\/ToUnicode (\d+) 0 R/g)].map(([, number = '']) => number))]
    .flatMap((number) => [...(tables.get(number) ?? '').matchAll(/<\w+>\s*<(\w{4,8})>\n/g)])
    .map(([, letter = '']) => Buffer.from(letter, 'hex').swap16().toString('utf16le'))
    .join('');
};

const paper = {
  title: '会诊意见书',
  number: '甲社支〔2026〕3号',
  date: '2026年3月5日',
  watermark: '陈敏仪 2026年3月5日 10:00',
  parts: [
    { kind: 'heading', text: '一、共识' },
    { kind: 'text', text: '第一行\n第二行 <script>alert(1)</script>' },
    { kind: 'list', items: ['联系学校 & 家长'] },
    { kind: 'table', head: ['事项', '负责人'], rows: [['"复学"', "吴'启明"]] },
  ],
  signatures: ['主持人', '专家'],
} as const;

test('a paper holds what it was given, escaped, each line a paragraph', () => {
  const html = officialPaper(paper);
  expect(html).toContain('<p>第一行</p><p>第二行 &lt;script&gt;alert(1)&lt;/script&gt;</p>');
  expect(html).toContain('<li>联系学校 &amp; 家长</li>');
  expect(html).toContain('<td>&quot;复学&quot;</td><td>吴&#39;启明</td>');
  expect(html).not.toContain('<script');
  expect(html.match(/陈敏仪 2026年3月5日 10:00/g)).toHaveLength(3);
  expect(html).toContain('<div>主持人（签字）</div><div>专家（签字）</div>');
});

test('a value with its unit is not broken, and three boxes stand in a line unless one tells more than whose it is', () => {
  const html = officialPaper({
    ...paper,
    parts: [
      {
        kind: 'table',
        head: ['分目标与指标', '目标'],
        rows: [
          ['6 小时', '-1.5 分'],
          ['6 小时（照顾负担）', '每周六小时'],
        ],
      },
    ],
  });
  expect([...html.matchAll(/<td( class="whole")?>([^<]*)</g)].map(([, whole, text]) => [text, whole !== undefined])).toEqual([
    ['6 小时', true],
    ['-1.5 分', true],
    ['6 小时（照顾负担）', false],
    ['每周六小时', false],
  ]);
  const linesOf = (signatures: readonly (string | { label: string; says?: string })[]) =>
    officialPaper({ ...paper, signatures }).includes('<div class="signatures three">');
  const [person, worker] = [{ label: '服务对象' }, '承办社工'];
  expect([linesOf([person, worker, '站长']), linesOf([{ ...person, says: '当面签' }, worker, '站长']), linesOf([person, worker])]).toEqual([
    true,
    false,
    false,
  ]);
});

test('without a browser there is no PDF and no error', async () => {
  const real = await vi.importActual<typeof import('node:fs')>('node:fs');
  vi.resetModules();
  vi.doMock('node:fs', () => ({ ...real, existsSync: () => false }));
  const without = await import('./browser.ts');
  expect(await without.renderPdf('<p>无</p>')).toBeNull();
  vi.doUnmock('node:fs');
  // Files of one worker share their modules: the one without a browser is for nobody else.
  vi.resetModules();
});

test('a paper becomes an A4 PDF that fetched nothing, several at once', async () => {
  let asked = 0;
  const outside = createServer((_request, response) => {
    asked += 1;
    response.end('x');
  });
  await new Promise<void>((ready) => outside.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
  const html = officialPaper(paper).replace('</body>', `<img src="${address}a.png"><link rel="stylesheet" href="${address}b.css"></body>`);
  const made = await Promise.all([renderPdf(html), renderPdf(html), renderPdf(html), renderPdf(html)]);
  outside.close();
  for (const pdf of made) {
    // Machines without any Chromium print in the user's browser; the suite installs one where it may.
    if (pdf === null) continue;
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text).toMatch(/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
  }
  expect(asked).toBe(0);
});

test('radicals become the signs that people type, other signs stay', () => {
  expect(asTyped('⻛险 ⻅⾯ ⻆⾊ 长⻘ 风险')).toBe('风险 见面 角色 长青 风险');
  const table = 'x\n1 beginbfrange\n<0001> <0003> <2EC5>\nendbfrange\n2 beginbfchar\n<0007> <98CE>\n<0008> <D83DDE00>\nendbfchar\nendcmap';
  expect(repairedTable(table)).toBe(
    'x\n5 beginbfchar\n<0001> <89C1>\n<0002> <89D2>\n<0003> <89D2>\n<0007> <98CE>\n<0008> <D83DDE00>\nendbfchar\nendcmap',
  );
  expect(repairedTable('1 beginbfchar\n<0007> <98CE>\nendbfchar')).toBeUndefined();
});

test('a printed file can be searched for its words in every face', async () => {
  const words = '风险 见面 角色 长期 青年 门 马 页 食 首 龙 一 人 力 老 儿 女';
  const parts = [
    { kind: 'heading', text: words },
    { kind: 'text', text: words },
  ] as const;
  const pdf = await renderPdf(officialPaper({ ...paper, parts }));
  if (pdf === null) return;
  const found = wordsOf(pdf);
  expect(found).not.toMatch(/[\u2e80-\u2fdf]/);
  for (const sign of words.replaceAll(' ', '')) expect(found).toContain(sign);
  const { PDFDocument } = await import('pdf-lib');
  expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1);
});

const hostile = {
  ...paper,
  title: '计划 <w:p> & "引号"',
  parts: [
    { kind: 'heading', text: '一、目标' },
    { kind: 'subheading', text: '（一）总目标' },
    { kind: 'text', text: '第一行\r\n]]><w:fldSimple w:instr="DDEAUTO c:\\x"/>\u0007\u0000\ud800 {=1+1}\n\n末行\u2028又一行' },
    { kind: 'list', items: ['甲', '乙'] },
    {
      kind: 'table',
      head: ['项目', '内容'],
      rows: [
        ['=cmd|calc', '一\n二'],
        ['很长', '长'.repeat(500)],
      ],
    },
    { kind: 'drawing', svg: '<svg><script/></svg>', caption: '家系图' },
    { kind: 'signatures', who: ['服务对象', '承办社工', '站长'] },
  ],
} as const;

test('a paper becomes a Word file: A4, Chinese faces with others in their place, heading rows, and of what people wrote only words', async () => {
  const { columnWidths, paperAsWord } = await import('./word.ts');
  const files = unzip(await paperAsWord(hostile));
  const names = [...files.keys()];
  // Nothing that runs, and nothing that is embedded or fetched.
  expect(names.filter((n) => /vba|macro|embeddings|activeX|media|\.bin$/i.test(n))).toEqual([]);
  const xml = (name: string): string => files.get(name)?.toString('utf8') ?? expect.fail(name);
  for (const name of names) expect([name, xml(name).includes('TargetMode="External"')]).toEqual([name, false]);
  const body = xml('word/document.xml');
  expect(body).toContain('<w:pgSz w:w="11906" w:h="16838"');
  expect(body).toContain('w:eastAsia="仿宋"');
  expect(body).toContain('w:eastAsia="黑体"');
  expect(xml('word/fontTable.xml')).toContain('<w:font w:name="仿宋"><w:altName w:val="FangSong,');
  // The only field is the page number at the foot.
  expect(body).not.toMatch(/<w:(instrText|fldSimple|fldChar|hyperlink|object)/);
  expect([...xml('word/footer1.xml').matchAll(/<w:instrText[^>]*>([^<]*)</g)].map((m) => m[1])).toEqual(['PAGE']);
  const said = [...body.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((m) => m[1]);
  expect(said).toEqual(
    expect.arrayContaining([
      '计划 &lt;w:p&gt; &amp; &quot;引号&quot;',
      '第一行',
      ']]&gt;&lt;w:fldSimple w:instr=&quot;DDEAUTO c:\\x&quot;/&gt;\ufffd {=1+1}',
      '末行',
      '又一行',
      '1. 甲',
      '=cmd|calc',
      '一',
      '二',
      '（图：家系图，见打印版）',
      '服务对象（签字）',
      '站长（签字）',
      '专家（签字）',
    ]),
  );
  expect(said.join('')).not.toMatch(/[\u0000-\u0008\ud800-\udfff]/);
  expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(1);
  // Well formed: what opens is closed, in order.
  const open: string[] = [];
  for (const [, end = '', tag = '', alone = ''] of body.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (end === '/') expect(open.pop()).toBe(tag);
    else if (alone === '') open.push(tag);
  }
  expect(open).toEqual([]);
  expect(xml('word/header1.xml')).toContain('陈敏仪 2026年3月5日 10:00');
  const widths = columnWidths(['项目', '内容'], [['甲', '长'.repeat(99)]]);
  expect(widths.reduce((a, b) => a + b, 0)).toBe(11906 - 1587 - 1474);
  expect((widths[0] ?? 0) * 4).toBeLessThan(widths[1] ?? 0);
});

test('headings of a Word file are headings of Word, stay with their table, and a day is not broken', async () => {
  const { columnWidths, paperAsWord } = await import('./word.ts');
  const files = unzip(
    await paperAsWord({
      title: '小组计划书',
      number: '第 1 版',
      date: '2026年3月5日',
      watermark: '陈敏仪',
      parts: [
        { kind: 'heading', text: '一、预算𠮷' },
        { kind: 'subheading', text: '物料' },
        { kind: 'table', head: ['日期', '事项'], rows: [['2026年10月10日', '茶点']] },
      ],
      signatures: ['社工', '站长', '督导'],
    }),
  );
  const body = String(files.get('word/document.xml'));
  const styles = String(files.get('word/styles.xml'));
  for (const id of ['Title', 'Heading1', 'Heading2']) {
    expect(body).toContain(`<w:pStyle w:val="${id}"/>`);
    expect(new RegExp(`w:styleId="${id}"[\\s\\S]*?<w:keepNext/>[\\s\\S]*?</w:style>`).test(styles)).toBe(true);
  }
  // What stands between a heading and the first row of its table goes with them.
  const between = body.slice(body.indexOf('物料'), body.indexOf('2026年10月10日'));
  expect(between.match(/<w:keepNext\/>/g)).toHaveLength(3);
  const [day = 0] = columnWidths(['日期', '事项', '目标'], [['2026年10月10日', '长'.repeat(60), '长'.repeat(60)]]);
  expect(day).toBeGreaterThanOrEqual(2400);
});
