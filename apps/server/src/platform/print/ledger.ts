import { plain } from './paper.ts';

/** A table of a ledger in print; `right` are the columns of numbers. */
export type LedgerTable = {
  readonly title: string;
  readonly head: readonly string[];
  readonly right: readonly number[];
  readonly rows: readonly (readonly string[])[];
  readonly sums: readonly string[];
};

/** A ledger in print: A4 landscape, heading rows repeated, sums at the end, boxes to sign in. */
export type LedgerPaper = {
  readonly title: string;
  readonly heading: string;
  readonly tables: readonly LedgerTable[];
  readonly note: string;
  readonly signatures: readonly string[];
  readonly watermark: string;
};

const STYLE = `
@page { size: A4 landscape; margin: 16mm 14mm 16mm 14mm; @bottom-center { content: "— " counter(page) " —"; font: 10pt "Times New Roman", "Noto Serif CJK SC", serif; } }
* { box-sizing: border-box; font-variant-ligatures: none; }
html { color: #000; background: #fff; }
body { margin: 0; font: 10pt/15pt "仿宋_GB2312", "FangSong_GB2312", FangSong, STFangsong, "Noto Serif CJK SC", serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 4pt; font: 700 18pt/26pt "方正小标宋简体", FZXiaoBiaoSong-B05S, STZhongsong, "Noto Serif CJK SC", serif; text-align: center; }
h2 { margin: 12pt 0 4pt; font: 400 12pt/18pt SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; break-after: avoid; }
p { margin: 0 0 6pt; }
/* The browser cuts half of an edge that stands on the margin. */
table { width: calc(100% - 1.5pt); margin: 0 0.75pt; border-collapse: collapse; }
th, td { padding: 2pt 4pt; border: 0.75pt solid #000; text-align: left; vertical-align: top; }
th { font: 400 10pt/15pt SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; text-align: center; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.w { white-space: nowrap; }
.s td { font-weight: 700; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.end, .s { break-before: avoid; }
.end { break-inside: avoid; }
.note { margin-top: 8pt; font-size: 9pt; line-height: 13pt; }
.sign { display: flex; gap: 24pt; margin-top: 12pt; }
.sign div { flex: 1; border-bottom: 0.75pt solid #000; padding-bottom: 2pt; }
.watermark { position: fixed; inset: 0; z-index: -1; display: grid; grid-template-columns: 1fr 1fr; align-items: center; justify-items: center; color: rgba(0, 0, 0, 0.07); font: 16pt/1 "Noto Sans CJK SC", sans-serif; }
.watermark span { transform: rotate(-24deg); white-space: nowrap; }
`;

// Days, names and numbers are read at a glance: a column that is short in every row is not broken. In widths of a Chinese sign.
const WHOLE = 12;
const widthOf = (text: string): number => [...text].reduce((n, sign) => n + (sign.charCodeAt(0) < 128 ? 0.5 : 1), 0);

// A sheet holds 76 signs beside each other, of which each column's edge takes nearly one.
const ACROSS = 76;
const EDGE = 0.9;
const ROOM = 14;
const LONG = 8;

/** Which columns are not broken: the short ones, unless the others would then stand one sign above the other. */
const wholeColumns = (t: LedgerTable): boolean[] => {
  const texts = t.head.map((h, i) => [h, ...t.rows.map((row) => row[i] ?? '')]);
  const wide = texts.map((column) => Math.max(...column.map(widthOf)));
  const whole = wide.map((width) => width <= WHOLE);
  // A number that breaks is read as two.
  const mayBreak = texts.map((column, i) => (wide[i] ?? 0) >= LONG && column.some((text) => /[^\x00-\x7f].*[^\x00-\x7f]{3}/.test(text)));
  for (;;) {
    const left = ACROSS - EDGE * wide.length - wide.reduce((sum, width, i) => sum + (whole[i] === true ? width : 0), 0);
    const asked = wide.reduce((sum, width, i) => sum + (whole[i] === true ? 0 : Math.min(width, ROOM)), 0);
    const next = whole.reduce((best, is, i) => (is && mayBreak[i] === true && (wide[i] ?? 0) >= (wide[best] ?? 0) ? i : best), -1);
    if (left >= asked || next < 0) return whole;
    whole[next] = false;
  }
};

/** A ledger as one page of HTML that prints to A4 landscape; everything given is escaped. */
export const ledgerPaper = (paper: LedgerPaper): string => {
  const mark = plain(paper.watermark);
  const tableOf = (t: LedgerTable): string => {
    const whole = wholeColumns(t);
    const classOf = (tag: 'th' | 'td', i: number): string => {
      const names = [tag === 'td' && t.right.includes(i) ? 'n' : '', whole[i] === true ? 'w' : ''].filter(Boolean).join(' ');
      return names === '' ? '' : ` class="${names}"`;
    };
    const cells = (tag: 'th' | 'td', row: readonly string[]) =>
      row.map((c, i) => `<${tag}${classOf(tag, i)}>${plain(c)}</${tag}>`).join('');
    const body = t.rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
    return `<h2>${plain(t.title)}</h2><table><thead><tr>${cells('th', t.head)}</tr></thead><tbody>${body}<tr class="s">${cells('td', t.sums)}</tr></tbody></table>`;
  };
  return [
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${plain(paper.title)}</title><style>${STYLE}</style></head><body>`,
    `<div class="watermark" aria-hidden="true"><span>${mark}</span><span>${mark}</span></div>`,
    `<h1>${plain(paper.title)}</h1><p>${plain(paper.heading)}</p>`,
    ...paper.tables.map(tableOf),
    `<div class="end"><p class="note">${plain(paper.note)}</p>`,
    `<div class="sign">${paper.signatures.map((s) => `<div>${plain(s)}：</div>`).join('')}</div></div></body></html>`,
  ].join('');
};
