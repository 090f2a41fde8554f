/**
 * A book: cover, contents with page numbers, chapters, and enclosures that were files of their own. Every page carries "— n —" and the
 * watermark, every chapter and enclosure a bookmark. Printed twice: the first time shows on which page each chapter begins.
 */
import {
  degrees,
  PDFArray,
  PDFDict,
  PDFDocument,
  type PDFEmbeddedPage,
  PDFHexString,
  PDFName,
  type PDFPage,
  PDFRef,
  StandardFonts,
} from 'pdf-lib';
import { renderPdf } from './browser.ts';
import { type PaperPart, partHtml, plain, STYLE } from './paper.ts';

export type Chapter = { readonly title: string; readonly parts: readonly PaperPart[] };

/** A file that becomes pages of the book; loaded only while its pages are made, so that memory holds one at a time. */
export type Enclosure = { readonly title: string; readonly mime: string; readonly bytes: number; readonly load: () => Promise<Buffer> };

export type Book = {
  readonly title: string;
  readonly number: string;
  readonly issuer: string;
  readonly date: string;
  readonly secrecy?: string;
  /** Lines of the cover: what, and its words. */
  readonly cover: readonly (readonly [string, string])[];
  /** Each chapter begins on a page of its own. */
  readonly apart?: true;
  readonly chapters: readonly Chapter[];
  readonly enclosures: readonly Enclosure[];
  /** Bounds of what is merged; what goes beyond stays outside. */
  readonly most: { readonly bytes: number; readonly pages: number };
  readonly watermark: string;
};

/** Why an enclosure stayed outside. */
export type LeftOutside = 'kind' | 'unreadable' | 'too-much';
type Plan = { readonly enclosure: Enclosure; readonly pages: number; readonly outside: LeftOutside | null };
export type PrintedBook = { readonly pdf: Buffer; readonly pages: number; readonly enclosures: readonly Plan[] };

const A4 = { width: 595.28, height: 841.89 };
const EDGE = { side: 42, top: 64, foot: 56 };
const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

const BOOK = `${STYLE}
@page :right { @bottom-right { content: none; } }
@page :left { @bottom-left { content: none; } }
.cover { break-after: page; padding-top: 18mm; }
.cover h1 { margin-bottom: 14pt; font-size: 28pt; line-height: 42pt; }
.cover table { font-size: 16pt; line-height: 29pt; }
.cover table, .cover th, .cover td { border: 0; }
.cover th { width: 7em; background: none; font-weight: 400; text-align: left; vertical-align: top; }
.cover .close { margin-top: 24pt; }
.contents { break-after: page; }
.contents h1 { font-size: 22pt; }
.contents a { display: flex; gap: 8pt; color: #000; text-decoration: none; break-inside: avoid; }
.contents a span:first-child { flex: 0 1 auto; }
.contents a i { flex: 1; border-bottom: 1pt dotted #000; margin-bottom: 8pt; }
.contents a span:last-child { flex: 0 0 3em; text-align: right; }
.chapter + .chapter { margin-top: 20pt; }
.apart + .apart { break-before: page; margin-top: 0; }
.chapter h2 { margin-bottom: 8pt; font-size: 18pt; text-indent: 0; }
`;

const marks = (mark: string): string =>
  `<div class="watermark" aria-hidden="true"><span>${plain(mark)}</span><span>${plain(mark)}</span><span>${plain(mark)}</span></div>`;

const bookHtml = (book: Book, starts: readonly (number | null)[], enclosed: readonly { title: string; page: number | null }[]): string => {
  const row = (title: string, to: string, page: number | null) =>
    `<a${to}><span>${plain(title)}</span><i></i><span>${page ?? ''}</span></a>`;
  return [
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${plain(book.title)}</title><style>${BOOK}</style></head><body>`,
    marks(book.watermark),
    `<div class="cover">${book.secrecy === undefined ? '' : `<div class="secrecy">${plain(book.secrecy)}</div>`}`,
    `<h1>${plain(book.title)}</h1><div class="number">${plain(book.number)}</div>`,
    `<table>${book.cover.map(([what, words]) => `<tr><th>${plain(what)}</th><td>${plain(words)}</td></tr>`).join('')}</table>`,
    `<div class="close"><div>${plain(book.issuer)}</div><div>${plain(book.date)}</div></div></div>`,
    '<div class="contents"><h1>目　录</h1>',
    ...book.chapters.map((c, i) => row(c.title, ` href="#c${i}"`, starts[i] ?? null)),
    ...enclosed.map((e) => row(e.title, '', e.page)),
    '</div>',
    ...book.chapters.map(
      (c, i) =>
        `<div class="chapter${book.apart ? ' apart' : ''}"><h2 id="c${i}">${plain(c.title)}</h2>${c.parts.map(partHtml).join('')}</div>`,
    ),
    '</body></html>',
  ].join('');
};

const sheetHtml = (title: string, watermark: string, image?: { mime: string; base64: string }): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><style>${STYLE}
@page { size: A4; margin: 10mm 15mm; }
@page :right { @bottom-right { content: none; } } @page :left { @bottom-left { content: none; } }
html, body { background: none; height: 100%; }
.head { font: 10.5pt/16pt "Noto Sans CJK SC", sans-serif; border-bottom: 0.5pt solid #999; white-space: nowrap; overflow: hidden; }
.shown { display: block; max-width: 180mm; max-height: 240mm; margin: 6mm auto 0; }
.watermark { z-index: 1; color: rgba(90, 90, 90, 0.2); }
</style></head><body>${marks(watermark)}<div class="head">${plain(title)}</div>${
    image === undefined ? '' : `<img class="shown" alt="" src="data:${image.mime};base64,${image.base64}">`
  }</body></html>`;

const open = (bytes: Uint8Array): Promise<PDFDocument> => PDFDocument.load(bytes, { updateMetadata: false });

/** On which page (from 1) each chapter begins. */
const startsOf = (doc: PDFDocument, chapters: number): number[] => {
  const dests = doc.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict);
  const pages = doc.getPages().map((p) => p.ref);
  return Array.from({ length: chapters }, (_, i) => {
    const to = dests?.lookupMaybe(PDFName.of(`c${i}`), PDFArray)?.get(0);
    return to instanceof PDFRef ? pages.findIndex((ref) => ref === to) + 1 : 0;
  });
};

/** How many pages a file has; throws where one of them cannot be drawn, before the book relies on it. */
const readablePages = async (source: PDFDocument): Promise<number> => {
  const trial = await PDFDocument.create();
  for (const page of source.getPages()) if (page.node.Contents() !== undefined) await (await trial.embedPage(page)).embed();
  return source.getPageCount();
};

/** Which enclosures can be merged, and how many pages they take. */
const planOf = async (book: Book): Promise<Plan[]> => {
  const plans: Plan[] = [];
  let bytes = 0;
  let pages = 0;
  for (const enclosure of book.enclosures) {
    const outside = (why: LeftOutside) => plans.push({ enclosure, pages: 0, outside: why });
    const isPdf = enclosure.mime === 'application/pdf';
    if (!isPdf && !IMAGES.includes(enclosure.mime)) {
      outside('kind');
      continue;
    }
    if (bytes + enclosure.bytes > book.most.bytes || pages >= book.most.pages) {
      outside('too-much');
      continue;
    }
    let more = 1;
    if (isPdf) {
      try {
        more = await readablePages(await open(await enclosure.load()));
      } catch {
        // Broken, or locked by a password.
        more = 0;
      }
    }
    if (more === 0) outside('unreadable');
    else if (pages + more > book.most.pages) outside('too-much');
    else {
      bytes += enclosure.bytes;
      pages += more;
      plans.push({ enclosure, pages: more, outside: null });
    }
  }
  return plans;
};

/** Draws a page of a file into the frame of a sheet as it is read there, turned as the file says. */
const drawInFrame = (sheet: PDFPage, drawn: PDFEmbeddedPage, turned: number): void => {
  const angle = ((turned % 360) + 360) % 360;
  const upright = angle % 180 === 0;
  const room = { width: A4.width - 2 * EDGE.side, height: A4.height - EDGE.top - EDGE.foot };
  const scale = Math.min(room.width / (upright ? drawn.width : drawn.height), room.height / (upright ? drawn.height : drawn.width), 1);
  const [width, height] = [drawn.width * scale, drawn.height * scale];
  const [w, h] = upright ? [width, height] : [height, width];
  const x = (A4.width - w) / 2;
  const y = EDGE.foot + (room.height - h) / 2;
  const at = { 0: [x, y], 90: [x, y + width], 180: [x + width, y + height], 270: [x + height, y] }[angle] ?? [x, y];
  sheet.drawPage(drawn, { x: at[0] ?? x, y: at[1] ?? y, width, height, rotate: degrees(-angle) });
};

/** Adds the pages of one enclosure; false where it cannot be read after all. */
const enclose = async (doc: PDFDocument, plan: Plan, watermark: string): Promise<boolean> => {
  const { enclosure } = plan;
  const content = await enclosure.load();
  if (enclosure.mime !== 'application/pdf') {
    const made = await renderPdf(sheetHtml(enclosure.title, watermark, { mime: enclosure.mime, base64: content.toString('base64') }));
    // Where the browser could not read it, no picture is in what it printed.
    if (made === null || !made.includes('/Subtype /Image')) return false;
    const [drawn] = await doc.embedPdf(made, [0]);
    if (drawn !== undefined) doc.addPage([A4.width, A4.height]).drawPage(drawn);
    return true;
  }
  const source = await open(content);
  const head = await renderPdf(sheetHtml(enclosure.title, watermark));
  const [over] = head === null ? [] : await doc.embedPdf(head, [0]);
  for (const page of source.getPages()) {
    const sheet = doc.addPage([A4.width, A4.height]);
    // An empty page stays empty.
    if (page.node.Contents() !== undefined) {
      const box = page.getCropBox();
      // Drawn, not copied: what a file would do when it is opened does not come along.
      const drawn = await doc.embedPage(page, { left: box.x, bottom: box.y, right: box.x + box.width, top: box.y + box.height });
      drawInFrame(sheet, drawn, page.getRotation().angle);
    }
    if (over !== undefined) sheet.drawPage(over);
  }
  return true;
};

const bookmarks = (doc: PDFDocument, entries: readonly { title: string; page: number }[]): void => {
  const { context } = doc;
  const root = context.nextRef();
  const refs = entries.map(() => context.nextRef());
  for (const [i, entry] of entries.entries()) {
    const to = context.obj([doc.getPage(entry.page - 1).ref, PDFName.of('Fit')]);
    const item = context.obj({ Parent: root, Dest: to });
    item.set(PDFName.of('Title'), PDFHexString.fromText(entry.title));
    const [before, after] = [refs[i - 1], refs[i + 1]];
    if (before !== undefined) item.set(PDFName.of('Prev'), before);
    if (after !== undefined) item.set(PDFName.of('Next'), after);
    context.assign(refs[i] as PDFRef, item);
  }
  const outline = context.obj({ Type: 'Outlines', Count: entries.length });
  const [first, last] = [refs[0], refs.at(-1)];
  if (first !== undefined) outline.set(PDFName.of('First'), first);
  if (last !== undefined) outline.set(PDFName.of('Last'), last);
  context.assign(root, outline);
  doc.catalog.set(PDFName.of('Outlines'), root);
  doc.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
};

/**
 * Prints a book; null where no browser is there. `chapters` is asked once it is known which enclosures stay outside, so that the list
 * of files can say so. `progress` hears how far it is, in percent.
 */
export const printBook = async (
  book: Omit<Book, 'chapters'> & { readonly chapters: (plans: readonly Plan[]) => readonly Chapter[] },
  progress: (percent: number) => Promise<void> = async () => undefined,
): Promise<PrintedBook | null> => {
  let plans = await planOf({ ...book, chapters: [] });
  await progress(20);
  const whole = (): Book => ({ ...book, chapters: book.chapters(plans) });
  const enclosed = (from: number) => {
    let page = from + 1;
    return plans
      .filter((p) => p.outside === null)
      .map((p) => {
        const at = page;
        page += p.pages;
        return { title: p.enclosure.title, page: at };
      });
  };
  const print = async (starts: readonly (number | null)[], pages: number) => {
    const made = await renderPdf(bookHtml(whole(), starts, enclosed(pages)));
    if (made === null) return null;
    const doc = await open(made);
    return { doc, starts: startsOf(doc, whole().chapters.length), pages: doc.getPageCount() };
  };
  // Pictures that turn out to be unreadable are found while they are drawn; then the list of files is written once more.
  for (;;) {
    const first = await print(
      whole().chapters.map(() => null),
      0,
    );
    await progress(40);
    const second = first === null ? null : await print(first.starts, first.pages);
    if (second === null) return null;
    await progress(60);
    const { doc } = second;
    const merged = plans.filter((p) => p.outside === null);
    let unreadable: Plan | undefined;
    for (const [i, plan] of merged.entries()) {
      if (!(await enclose(doc, plan, book.watermark))) {
        unreadable = plan;
        break;
      }
      await progress(60 + Math.round((30 * (i + 1)) / merged.length));
    }
    if (unreadable !== undefined) {
      const gone = unreadable;
      plans = plans.map((p) => (p === gone ? { ...p, pages: 0, outside: 'unreadable' } : p));
      continue;
    }
    const chapters = whole().chapters.map((c, i) => ({ title: c.title, page: second.starts[i] || 1 }));
    bookmarks(doc, [...chapters, ...enclosed(second.pages)]);
    const face = await doc.embedFont(StandardFonts.TimesRoman);
    const sheets = doc.getPages();
    for (const [i, sheet] of sheets.entries()) {
      const words = `\u2014 ${i + 1} \u2014`;
      const width = face.widthOfTextAtSize(words, 14);
      // Odd pages on the right, even ones on the left (GB/T 9704).
      const x = i % 2 === 0 ? A4.width - 74 - 14 - width : 79 + 14;
      sheet.drawText(words, { x, y: 36, size: 14, font: face });
    }
    doc.setTitle(book.title);
    doc.setCreator(book.issuer);
    const pdf = Buffer.from(await doc.save());
    return { pdf, pages: sheets.length, enclosures: plans };
  }
};
