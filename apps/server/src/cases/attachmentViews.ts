import type { Ctx } from '../platform/http/context.ts';
import { attachmentInReach } from './attachmentStore.ts';

// RFC 5987 leaves fewer characters as they are than encodeURIComponent does.
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** A file, opened for its reader; it is saved and never shown inside the platform's own pages. */
export const readAttachment = async (ctx: Ctx, id: string): Promise<Buffer> => {
  const file = (await attachmentInReach(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const content = await ctx.services.files.get(file.id, file.storedAs);
  ctx.saw('attachment', id, { outcome: 'downloaded' });
  // Whoever has it from a packet does not learn its name; the link of the packet's page gives it one.
  const named = file.seesRecord ? `; filename="attachment"; filename*=UTF-8''${encoded(file.name)}` : '';
  ctx.http.reply
    .header('content-type', file.mime)
    .header('content-disposition', `attachment${named}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', 'sandbox')
    .header('cache-control', 'private, no-store');
  return content;
};
