import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import { closePrinter, officialPaper, renderPdf } from './index.ts';

afterAll(closePrinter);

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
