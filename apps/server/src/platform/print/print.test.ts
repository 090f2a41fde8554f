import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
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

test('without a browser there is no PDF and no error', async () => {
  const real = await vi.importActual<typeof import('node:fs')>('node:fs');
  vi.resetModules();
  vi.doMock('node:fs', () => ({ ...real, existsSync: () => false }));
  const without = await import('./browser.ts');
  expect(await without.renderPdf('<p>无</p>')).toBeNull();
  vi.doUnmock('node:fs');
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
