/** Reads a file back as a reader of PDF finds its words: page by page, by the tables of its fonts. */
import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRawStream, PDFRef } from 'pdf-lib';

const unhex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
const textOf = (stream: unknown): string =>
  stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1') : '';

const lettersOf = (font: PDFDict): Map<string, string> => {
  const letters = new Map<string, string>();
  const table = textOf(font.lookup(PDFName.of('ToUnicode')));
  for (const [, kind, block = ''] of table.matchAll(/beginbf(char|range)([\s\S]*?)endbf\1/g)) {
    if (kind === 'char') for (const [, g = '', l = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) letters.set(g.toLowerCase(), unhex(l));
    else
      for (const [, from = '', to = '', l = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
        for (let i = 0; i <= Number.parseInt(to, 16) - Number.parseInt(from, 16); i += 1)
          letters.set(
            (Number.parseInt(from, 16) + i).toString(16).padStart(from.length, '0'),
            unhex((Number.parseInt(l, 16) + i).toString(16).padStart(l.length, '0')),
          );
  }
  return letters;
};

const wordsIn = (drawn: string, resources: PDFDict | undefined): string => {
  const fonts = resources?.lookupMaybe(PDFName.of('Font'), PDFDict);
  const forms = resources?.lookupMaybe(PDFName.of('XObject'), PDFDict);
  let letters = new Map<string, string>();
  let width = 4;
  let said = '';
  for (const [, font, shown, form] of drawn.matchAll(/\/([\w.+-]+) [\d.]+ Tf|(\[[^\]]*\] ?TJ|<\w+> ?Tj)|\/([\w.+-]+) Do/g)) {
    if (font !== undefined) {
      const one = fonts?.lookupMaybe(PDFName.of(font), PDFDict);
      letters = one === undefined ? new Map() : lettersOf(one);
      width = [...letters.keys()][0]?.length ?? 2;
    }
    for (const [, hex = ''] of (shown ?? '').matchAll(/<(\w+)>/g))
      for (let at = 0; at < hex.length; at += width) {
        const glyph = hex.slice(at, at + width).toLowerCase();
        // The standard faces have no table: their bytes are letters.
        said += letters.get(glyph) ?? (letters.size === 0 ? Buffer.from(glyph, 'hex').toString('latin1') : '');
      }
    const inner = form === undefined ? undefined : forms?.lookup(PDFName.of(form));
    if (inner instanceof PDFRawStream) said += wordsIn(textOf(inner), inner.dict.lookupMaybe(PDFName.of('Resources'), PDFDict));
  }
  return said;
};

/** Words of each page without blanks, and the bookmarks with their pages (from 1). */
export const readBook = async (file: Buffer) => {
  const doc = await PDFDocument.load(file);
  const pages = doc.getPages();
  const words = pages.map((page) => {
    const contents = page.node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray().map((r) => doc.context.lookup(r)) : [contents];
    return wordsIn(streams.map(textOf).join('\n'), page.node.Resources()).replace(/\s/g, '');
  });
  const bookmarks: { title: string; page: number }[] = [];
  const outline = doc.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict);
  let at = outline?.lookupMaybe(PDFName.of('First'), PDFDict);
  while (at !== undefined) {
    const to = at.lookup(PDFName.of('Dest'), PDFArray).get(0);
    bookmarks.push({
      title: at.lookup(PDFName.of('Title'), PDFHexString).decodeText(),
      page: to instanceof PDFRef ? pages.findIndex((p) => p.ref === to) + 1 : 0,
    });
    at = at.lookupMaybe(PDFName.of('Next'), PDFDict);
  }
  const count = outline?.lookupMaybe(PDFName.of('Count'), PDFNumber)?.asNumber() ?? 0;
  return { words, bookmarks, count };
};
