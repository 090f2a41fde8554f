import type { ArchiveEvent } from '@jieyou/core/archive/events.ts';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile, fileAs } from '../platform/http/fileAs.ts';
import { hasPrinter } from '../platform/print/index.ts';
import * as store from './store.ts';

const record = (ctx: Ctx<never>, type: ArchiveEvent, of: { id: string; requestId: string }) =>
  ctx.record({ type, recordKind: 'archive', recordId: of.id, requestRef: of.requestId, facts: {} });

/** Begins an archive of a request; it is made by a job, under the rights of who asked. */
export const startArchive = async (ctx: Ctx<'archive.no-browser' | 'archive.making'>, requestId: string, reason: string) => {
  const { tx, actor } = ctx;
  const request = (await store.requestToArchive(tx, actor.districtId, requestId)) ?? ctx.notFound();
  if (!hasPrinter()) ctx.refuse('archive.no-browser');
  const running = (await store.archivesOf(tx, actor.districtId, requestId)).find(
    (a) => a.personId === actor.personId && (a.status === 'waiting' || a.status === 'making'),
  );
  if (running !== undefined) ctx.refuse('archive.making');
  const id = ctx.id();
  await tx
    .insertInto('requestArchive')
    .values({
      districtId: actor.districtId,
      id,
      requestId,
      number: request.number,
      final: request.final,
      personId: actor.personId,
      accountId: actor.accountId,
      reason,
      askedAt: ctx.now,
      status: 'waiting',
    })
    .execute();
  await record(ctx, 'archive.started', { id, requestId });
  ctx.saw('request', requestId, { kind: 'export', reason, outcome: 'archive-started' });
  await ctx.enqueue('archive.make', { districtId: actor.districtId, id });
  return { id };
};

/** Hands the file over, to who asked for it, while it is kept and the request is still in reach. */
export const downloadArchive = async (ctx: Ctx<'archive.not-ready' | 'archive.expired'>, id: string): Promise<Buffer> => {
  const { tx, actor } = ctx;
  const row = (await store.archiveById(tx, actor.districtId, id)) ?? ctx.notFound();
  if (row.personId !== actor.personId) ctx.notFound();
  if ((await store.requestToArchive(tx, actor.districtId, row.requestId)) === undefined) ctx.notFound();
  if (row.status === 'expired' || (row.expiresAt !== null && row.expiresAt <= ctx.now)) ctx.refuse('archive.expired');
  if (row.status !== 'ready' || row.storedAs === null) return ctx.refuse('archive.not-ready');
  const pdf = await ctx.services.files.get(row.id, row.storedAs);
  ctx.saw('request', row.requestId, { kind: 'export', reason: row.reason, outcome: 'archive-downloaded' });
  answerKeptFile(ctx.http.reply, 'application/pdf', fileAs(`求助档案${row.number}.pdf`));
  return pdf;
};
