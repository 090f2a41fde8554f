import type { ArchiveEvent } from '@jieyou/core/archive/events.ts';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile, fileAs } from '../platform/http/fileAs.ts';
import { hasPrinter } from '../platform/print/index.ts';
import * as store from './store.ts';

const record = (ctx: Ctx<never>, type: ArchiveEvent, id: string, of: store.Subject) =>
  ctx.record({ type, recordKind: 'archive', recordId: id, ...(of.kind === 'request' ? { requestRef: of.id } : {}), facts: {} });

const begin = async (
  ctx: Ctx<'archive.no-browser' | 'archive.making'>,
  of: store.Subject,
  from: { number: string; final: boolean },
  reason: string,
) => {
  const { tx, actor } = ctx;
  if (!hasPrinter()) ctx.refuse('archive.no-browser');
  const running = (await store.archivesOf(tx, actor.districtId, of)).find(
    (a) => a.personId === actor.personId && (a.status === 'waiting' || a.status === 'making'),
  );
  if (running !== undefined) ctx.refuse('archive.making');
  const id = ctx.id();
  await tx
    .insertInto('requestArchive')
    .values({
      districtId: actor.districtId,
      id,
      requestId: of.kind === 'request' ? of.id : null,
      caseId: of.kind === 'case' ? of.id : null,
      number: from.number,
      final: from.final,
      personId: actor.personId,
      accountId: actor.accountId,
      reason,
      askedAt: ctx.now,
      status: 'waiting',
    })
    .execute();
  await record(ctx, 'archive.started', id, of);
  ctx.saw(of.kind, of.id, { kind: 'export', reason, outcome: 'archive-started' });
  await ctx.enqueue('archive.make', { districtId: actor.districtId, id });
  return { id };
};

/** Begins an archive of a request; it is made by a job, under the rights of who asked. */
export const startArchive = async (ctx: Ctx<'archive.no-browser' | 'archive.making'>, id: string, reason: string) => {
  const of = { kind: 'request', id } as const;
  return begin(ctx, of, (await store.toArchive(ctx.tx, ctx.actor, of)) ?? ctx.notFound(), reason);
};

/** Begins an archive of a case in the same way; what is only kept is not lent. */
export const startCaseArchive = async (
  ctx: Ctx<'archive.no-browser' | 'archive.making' | 'archive.case-still'>,
  id: string,
  reason: string,
) => {
  const of = { kind: 'case', id } as const;
  const file = (await store.toArchive(ctx.tx, ctx.actor, of)) ?? ctx.notFound();
  if (file.still) ctx.refuse('archive.case-still');
  return begin(ctx, of, file, reason);
};

/** Hands the file over, to who asked for it, while it is kept and what it was made of is still in reach. */
export const downloadArchive = async (ctx: Ctx<'archive.not-ready' | 'archive.expired'>, id: string): Promise<Buffer> => {
  const { tx, actor } = ctx;
  const row = (await store.archiveById(tx, actor.districtId, id)) ?? ctx.notFound();
  if (row.personId !== actor.personId) ctx.notFound();
  const of = store.subjectOf(row);
  if ((await store.toArchive(tx, actor, of)) === undefined) ctx.notFound();
  if (row.status === 'expired' || (row.expiresAt !== null && row.expiresAt <= ctx.now)) ctx.refuse('archive.expired');
  if (row.status !== 'ready' || row.storedAs === null) return ctx.refuse('archive.not-ready');
  const pdf = await ctx.services.files.get(row.id, row.storedAs);
  ctx.saw(of.kind, of.id, { kind: 'export', reason: row.reason, outcome: 'archive-downloaded' });
  answerKeptFile(ctx.http.reply, 'application/pdf', fileAs(`${of.kind === 'case' ? '个案卷宗' : '求助档案'}${row.number}.pdf`));
  return pdf;
};
