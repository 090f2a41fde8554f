import type { FastifyReply } from 'fastify';

// RFC 5987 leaves fewer characters as they are than encodeURIComponent does.
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The header `content-disposition` that names a file, in Chinese too; what cannot read that falls back to a plain name of the same
 * ending. An attachment is saved, `inline` may be shown by the browser.
 */
export const fileAs = (name: string, how: 'attachment' | 'inline' = 'attachment'): string =>
  `${how}; filename="file${/\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''}"; filename*=UTF-8''${encoded(name)}`;

/** Answers with a file that somebody put there: it is saved, never shown inside the platform's own pages, and kept by nothing on the way. */
export const answerKeptFile = (reply: FastifyReply, mime: string, disposition: string): void => {
  reply
    .header('content-type', mime)
    .header('content-disposition', disposition)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', 'sandbox')
    .header('cache-control', 'private, no-store');
};
