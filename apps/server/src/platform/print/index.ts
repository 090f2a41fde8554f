/** Printing: official papers as HTML, and as A4 PDF where a Chromium is found. */
import type { printBook as print } from './book.ts';

export type { Book, Chapter, Enclosure, LeftOutside, PrintedBook } from './book.ts';
export { closePrinter, hasPrinter, renderPdf } from './browser.ts';
export { type LedgerPaper, type LedgerTable, ledgerPaper } from './ledger.ts';
export { officialPaper, type Paper, type PaperPart, type PrintedPhoto, plain, type SignatureBox } from './paper.ts';
export { sendPaper } from './send.ts';
export { type LedgerPart, ledgerColumn, paperDay, sendLedger } from './sendLedger.ts';
export { stationOn } from './station.ts';

/** Prints a book of cover, contents, chapters and enclosures; what it needs is loaded when the first book is printed. */
export const printBook: typeof print = async (...given) => (await import('./book.ts')).printBook(...given);
