import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { Env } from '../env.ts';

/** A mail on its way out. */
export type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Identity of the mail, so that the same one sent twice is recognised. */
  readonly messageId: string;
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly file: string } | null;
};

/** What became of an attempt: taken by the server; the address refused for good; put off; or the server itself could not be spoken with. */
export type Posted = { readonly is: 'sent' } | { readonly is: 'bounced' | 'later' | 'unreachable'; readonly says: string };

/** The way out for mail; null where the operator has set none. */
export type Post = {
  readonly sender: string;
  readonly linkTo: (path: string) => string;
  readonly send: (letter: Letter) => Promise<Posted>;
  /** Fails, with codes only, when the server cannot be spoken with; sends nothing. */
  readonly check: () => Promise<void>;
};

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

// The server's words may repeat the address; its code and ours tell an operator enough.
const wordsOf = (error: SmtpError): string =>
  [error.code, error.command, error.responseCode === undefined ? undefined : String(error.responseCode)].filter(Boolean).join(' ') ||
  'unknown';

const UNREACHABLE = ['ETIMEDOUT', 'ECONNECTION', 'ESOCKET', 'EDNS', 'ETLS', 'EAUTH', 'ECONNREFUSED'];

/** Opens the way out by the settings; connects only when something is sent. */
export const openPost = (env: Env): Post | null => {
  const { JIEYOU_SMTP_HOST: host, JIEYOU_SMTP_FROM: sender, JIEYOU_PUBLIC_URL: site } = env;
  if (host === undefined || sender === undefined || site === undefined) return null;
  const security = env.JIEYOU_SMTP_SECURITY;
  const limit = env.JIEYOU_SMTP_SECONDS * 1000;
  const ca = env.JIEYOU_SMTP_CA_FILE;
  const transport = createTransport({
    host,
    port: env.JIEYOU_SMTP_PORT,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: limit,
    greetingTimeout: limit,
    socketTimeout: limit,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(ca === undefined ? {} : { tls: { ca: readFileSync(ca) } }),
    ...(env.JIEYOU_SMTP_USER === undefined ? {} : { auth: { user: env.JIEYOU_SMTP_USER, pass: env.JIEYOU_SMTP_PASSWORD ?? '' } }),
  });
  return {
    sender,
    linkTo: (path) => new URL(path, site).href,
    send: async (letter) => {
      try {
        await transport.sendMail({
          from: { name: '解忧', address: sender },
          to: letter.to,
          subject: letter.subject,
          text: letter.text,
          messageId: letter.messageId,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(letter.calendar === null
            ? {}
            : { icalEvent: { method: letter.calendar.method, filename: 'huizhen.ics', content: letter.calendar.file } }),
        });
        return { is: 'sent' };
      } catch (thrown) {
        const error = thrown as SmtpError;
        // Only what a server says for good about the recipient is a bounce; a refused sign-in or a full disk is the operator's to mend.
        const ofRecipient = error.command === 'RCPT TO' && (error.responseCode ?? 0) >= 500;
        const unreachable = UNREACHABLE.includes(error.code ?? '');
        return { is: ofRecipient ? 'bounced' : unreachable ? 'unreachable' : 'later', says: wordsOf(error) };
      }
    },
    check: async () => {
      await transport.verify().catch((error: SmtpError) => {
        throw Object.assign(new Error('the mail server cannot be used'), { code: wordsOf(error) });
      });
    },
  };
};
