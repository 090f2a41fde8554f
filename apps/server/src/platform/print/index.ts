/** Printing: official papers as HTML, and as A4 PDF where a Chromium is found. */
export { closePrinter, hasPrinter, renderPdf } from './browser.ts';
export { officialPaper, type Paper, type PaperPart } from './paper.ts';
