import { randomBytes } from 'node:crypto';
import { dayOf, formatDay, formatInstant } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import type { Ctx } from '../http/context.ts';
import { fileAs } from '../http/fileAs.ts';
import { renderPdf } from './browser.ts';
import { officialPaper, type Paper } from './paper.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Answers with a paper as its reader asked for it: a page to print, a PDF, or a Word file to write on in. It names reader and moment. */
export const sendPaper = async (
  ctx: Ctx<'print.no-browser'>,
  format: PaperFormat,
  /** Of the file, without its ending. */
  name: string,
  given: Omit<Paper, 'date' | 'watermark' | 'styleNonce'> & { readonly date?: string; readonly watermark?: string },
): Promise<Buffer | string> => {
  const { reply } = ctx.http;
  const paper: Paper = { date: formatDay(dayOf(ctx.now)), watermark: `${ctx.actor.name} ${formatInstant(ctx.now)}`, ...given };
  if (format === 'docx') {
    // Half a megabyte that a process which writes no Word file does without.
    const { paperAsWord } = await import('./word.ts');
    reply
      .type(WORD)
      .header('content-disposition', fileAs(`${name}.docx`))
      .header('cache-control', 'private, no-store');
    return paperAsWord(paper);
  }
  const styleNonce = randomBytes(16).toString('base64url');
  const html = officialPaper({ ...paper, styleNonce });
  if (format === 'pdf') {
    const pdf = await renderPdf(html);
    if (pdf === null) return ctx.refuse('print.no-browser');
    reply.type('application/pdf').header('content-disposition', fileAs(`${name}.pdf`, 'inline'));
    return pdf;
  }
  // Photographs stand in the page itself; nothing is fetched for it.
  const pictures = paper.parts.some((part) => part.kind === 'photos') ? 'img-src data:; ' : '';
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', `default-src 'none'; ${pictures}style-src 'nonce-${styleNonce}'; frame-ancestors 'self'`);
  return html;
};
