/** A part of a paper, in the order in which it is read. */
export type PaperPart =
  | { readonly kind: 'heading'; readonly text: string }
  /** Each line of the text becomes a paragraph of its own. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A drawing made here (SVG), never anything from outside. */
  | { readonly kind: 'drawing'; readonly svg: string; readonly caption: string }
  | { readonly kind: 'subheading'; readonly text: string }
  /** Photographs, two a row, with what is written under them. */
  | { readonly kind: 'photos'; readonly photos: readonly PrintedPhoto[] }
  /** Boxes to sign in, by whom. */
  | { readonly kind: 'signatures'; readonly who: readonly (string | SignatureBox)[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** To be filled in with a pen: room beside each label, and a box that is not cut by the end of a page. */
      readonly byHand?: true;
    };

/** A photograph that a paper shows: JPEG or PNG, its size in pixels. */
export type PrintedPhoto = {
  readonly mime: string;
  readonly content: Buffer;
  readonly width: number;
  readonly height: number;
  readonly caption: string;
};

/** Photographs two by two, as they stand in a row. */
export const inRows = (photos: readonly PrintedPhoto[]): (readonly PrintedPhoto[])[] =>
  Array.from({ length: Math.ceil(photos.length / 2) }, (_, i) => photos.slice(2 * i, 2 * i + 2));

/** A box to sign in: empty, or with what was drawn (a path made here, never markup from outside) and a line of words. */
export type SignatureBox = {
  readonly label: string;
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly says?: string;
};

/** An official paper: all of it plain text. */
export type Paper = {
  readonly title: string;
  /** 文号, shown under the title. */
  readonly number: string;
  /** 成文日期 as people read it, at the end on the right. */
  readonly date: string;
  /** Who issues it, above the date. */
  readonly issuer?: string;
  /** 密级 or 内部资料, on the upper left. */
  readonly secrecy?: string;
  readonly parts: readonly PaperPart[];
  /** Boxes to sign in, by whom. */
  readonly signatures?: readonly (string | SignatureBox)[];
  /** Who printed it and when; across every page and at its foot. */
  readonly watermark: string;
  /** Where a content security policy asks for one. */
  readonly styleNonce?: string;
};

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as HTML. */
export const plain = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');

// GB/T 9704-2012: 天头 37, 订口 28, 版心 156 × 225 mm; body 3号 (16 pt) at 29 pt, title 2号 (22 pt), page numbers 4号 (14 pt) "— 1 —",
// odd pages on the right, even ones on the left. The commercial faces come first by name, the free ones stand in.
/** How official papers look. */
export const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt "Times New Roman", "Noto Serif CJK SC", serif; padding-right: 14pt; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt "Times New Roman", "Noto Serif CJK SC", serif; padding-left: 14pt; } }
* { box-sizing: border-box; font-variant-ligatures: none; }
html { color: #000; background: #fff; }
body { margin: 0; font: 16pt/29pt "仿宋_GB2312", "FangSong_GB2312", FangSong, STFangsong, "Noto Serif CJK SC", serif; text-align: justify; overflow-wrap: anywhere; }
.secrecy { font-family: SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0 0 14pt; font: 22pt/33pt "方正小标宋简体", FZXiaoBiaoSong-B05S, STZhongsong, "Noto Serif CJK SC", serif; font-weight: 700; text-align: center; }
.number { margin: 0 0 29pt; text-align: center; }
h2 { margin: 0; font: 16pt/29pt SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; text-indent: 2em; break-after: avoid; }
h3 { margin: 0; font: 16pt/29pt "楷体_GB2312", KaiTi, STKaiti, "Noto Serif CJK SC", serif; font-weight: 700; text-indent: 2em; break-after: avoid; }
figure { margin: 8pt 0; text-align: center; break-inside: avoid; }
figcaption { font-size: 12pt; line-height: 20pt; text-align: center; }
.photos { display: grid; grid-template-columns: 1fr 1fr; gap: 10pt; margin: 8pt 0; break-inside: avoid; }
.photos figure { margin: 0; }
.photos img { display: block; max-width: 100%; max-height: 62mm; margin: 0 auto; }
p { margin: 0; text-indent: 2em; orphans: 2; widows: 2; }
ol { margin: 0; padding: 0; list-style: none; counter-reset: item; }
ol li { text-indent: 2em; counter-increment: item; }
ol li::before { content: counter(item) ". "; }
/* The browser cuts half of an edge that stands on the margin. */
table { width: calc(100% - 1.5pt); margin: 8pt 0.75pt; border-collapse: collapse; font-size: 12pt; line-height: 20pt; text-align: left; }
th, td { padding: 3pt 5pt; border: 0.75pt solid #000; vertical-align: top; }
td { white-space: pre-line; }
th { font-family: SimHei, STHeiti, "Noto Sans CJK SC", sans-serif; font-weight: 400; }
.whole, td span { white-space: nowrap; }
.pair th:first-child { width: 32%; }
.hand { table-layout: fixed; }
.hand .whole { white-space: normal; }
.hand td { height: 27pt; }
.hand.two th:first-child { width: 38%; }
.hand.box { break-inside: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
/* Nobody signs a page on which nothing stands: what was said last comes along. */
.end { break-inside: avoid; break-before: avoid; }
.close { margin-top: 29pt; text-align: right; }
.close div { padding-right: 4em; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 8pt; margin: 22pt 0.75pt 0; break-inside: avoid; }
.signatures.three { grid-template-columns: 1fr 1fr 1fr; }
.signatures div { height: 60pt; padding: 3pt 6pt; border: 0.75pt solid #000; font-size: 12pt; line-height: 20pt; }
div.signature { height: auto; min-height: 60pt; }
.signature svg { display: block; width: 100%; height: 42pt; }
.signature small { display: block; font-size: 10pt; line-height: 14pt; }
.watermark { position: fixed; inset: 0; z-index: -1; display: grid; grid-template-rows: repeat(3, 1fr); align-items: center; justify-items: center; color: rgba(0, 0, 0, 0.09); font: 18pt/1 "Noto Sans CJK SC", sans-serif; pointer-events: none; }
.watermark span { transform: rotate(-30deg); white-space: nowrap; }
@media screen { body { width: 156mm; margin: 12mm auto; } .watermark { width: 100vw; } }
`;

const paragraphs = (text: string): string =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${plain(line.trim())}</p>`)
    .join('');

// Labels, moments and names are read at a glance: such a column is not broken, unless something in it is long.
const WHOLE = /^(项目|时间|时段|日期|月份|经办|分钟|附件|社工|姓名|服务对象)/;
const LONGEST_WHOLE = 18;
// A short heading over a column of 是 and 否 would stand one sign above the other.
const SHORT_HEAD = 4;

// A value of a few signs, “6 小时”, is not broken between them.
const VALUE = /^-?\d+(\.\d+)? ?\p{Script=Han}{1,4}$/u;

// A day that breaks after its month is read as another one, and so is the number of a case that breaks after its year.
const wholeWords = (html: string): string => html.replace(/\d{4}年\d{1,2}月\d{1,2}日|\d{6,9}-[A-Z]{2}-\d{4}-\d{4,}/g, '<span>$&</span>');

const boxHtml = (box: string | SignatureBox): string => {
  const label = `${plain(typeof box === 'string' ? box : box.label)}（签字）`;
  if (typeof box === 'string' || box.says === undefined) return `<div>${label}</div>`;
  const drawn =
    box.path === undefined
      ? ''
      : `<svg viewBox="0 0 ${Number(box.width)} ${Number(box.height)}" role="img" aria-label="${label}"><path d="${plain(box.path)}" fill="none" stroke="#000" stroke-width="1.6" vector-effect="non-scaling-stroke" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return `<div class="signature">${label}${drawn}<small>${plain(box.says)}</small></div>`;
};

const signatureBoxes = (boxes: readonly (string | SignatureBox)[]): string =>
  boxes.length === 0
    ? ''
    : `<div class="signatures${boxes.length === 3 && boxes.every((box) => typeof box === 'string' || box.says === undefined) ? ' three' : ''}">${boxes.map(boxHtml).join('')}</div>`;

const photoHtml = ({ mime, content, caption }: PrintedPhoto): string =>
  `<figure><img src="data:${plain(mime)};base64,${content.toString('base64')}" alt="${plain(caption)}"><figcaption>${plain(caption)}</figcaption></figure>`;

/** A part as HTML. */
export const partHtml = (part: PaperPart): string => {
  switch (part.kind) {
    case 'heading':
      return `<h2>${plain(part.text)}</h2>`;
    case 'subheading':
      return `<h3>${plain(part.text)}</h3>`;
    case 'drawing':
      return `<figure>${part.svg}<figcaption>${plain(part.caption)}</figcaption></figure>`;
    case 'photos':
      return inRows(part.photos)
        .map((row) => `<div class="photos">${row.map(photoHtml).join('')}</div>`)
        .join('');
    case 'text':
      return paragraphs(part.text);
    case 'signatures':
      return signatureBoxes(part.who);
    case 'list':
      return `<ol>${part.items.map((item) => `<li>${plain(item)}</li>`).join('')}</ol>`;
    case 'table': {
      const whole = part.head.map((h, i) => WHOLE.test(h) && part.rows.every((row) => (row[i] ?? '').length <= LONGEST_WHOLE));
      const cells = (tag: 'th' | 'td', row: readonly string[]) =>
        `<tr>${row
          .map((cell, i) => {
            const unbroken = whole[i] || (tag === 'th' ? cell.length <= SHORT_HEAD : VALUE.test(cell));
            return `<${tag}${unbroken ? ' class="whole"' : ''}>${unbroken ? plain(cell) : wholeWords(plain(cell))}</${tag}>`;
          })
          .join('')}</tr>`;
      // Labels and what they say: of one width in all tables of a paper, however short the words are.
      const pair = part.head.length === 2 && part.head[0] === '项目' ? ' class="pair"' : '';
      const drawn = part.byHand ? ` class="hand${['', ' box', ' two'][part.head.length] ?? ''}"` : pair;
      return `<table${drawn}><thead>${cells('th', part.head)}</thead><tbody>${part.rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
    }
  }
};

/** An official paper as one page of HTML that prints to A4 by the habits of 公文 (GB/T 9704-2012); everything given is escaped. */
export const officialPaper = (paper: Paper): string => {
  const mark = plain(paper.watermark);
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    `<title>${plain(paper.title)}</title>`,
    `<style${paper.styleNonce === undefined ? '' : ` nonce="${plain(paper.styleNonce)}"`}>${STYLE}</style></head><body>`,
    `<div class="watermark" aria-hidden="true"><span>${mark}</span><span>${mark}</span><span>${mark}</span></div>`,
    paper.secrecy === undefined ? '' : `<div class="secrecy">${plain(paper.secrecy)}</div>`,
    `<h1>${plain(paper.title)}</h1>${paper.number === '' ? '' : `<div class="number">${plain(paper.number)}</div>`}`,
    ...paper.parts.map(partHtml),
    `<div class="end"><div class="close">${paper.issuer === undefined ? '' : `<div>${plain(paper.issuer)}</div>`}<div>${plain(paper.date)}</div></div>`,
    signatureBoxes(paper.signatures ?? []),
    '</div></body></html>',
  ].join('');
};
