import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile, fileAs } from '../platform/http/fileAs.ts';
import { attachmentInReach } from './attachmentStore.ts';

/** A file, opened for its reader; it is saved and never shown inside the platform's own pages. */
export const readAttachment = async (ctx: Ctx, id: string): Promise<Buffer> => {
  const file = (await attachmentInReach(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const content = await ctx.services.files.get(file.id, file.storedAs);
  ctx.saw('attachment', id, { outcome: 'downloaded' });
  // Whoever has it from a packet does not learn its name; the link of the packet's page gives it one.
  answerKeptFile(ctx.http.reply, file.mime, file.seesRecord ? fileAs(file.name) : 'attachment');
  return content;
};
