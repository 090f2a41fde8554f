import type { CaseEvent } from '@jieyou/core/cases/events.ts';
import { cleanFileName, type FileRefusal, fileVerdict } from '@jieyou/core/cases/rules.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { dropIfItFails, dropIfItSucceeds } from './aftermath.ts';
import * as store from './attachmentStore.ts';
import { kindOf } from './fileKind.ts';

type Target = { readonly kind: 'case' | 'request'; readonly id: string };

const record = (ctx: Ctx<never>, to: Target, what: 'added' | 'removed', file: { id: string; mime: string; bytes: number }) => {
  const type: CaseEvent = `${to.kind === 'case' ? 'case' : 'support'}.attachment-${what}`;
  const facts = { attachment: file.id, mime: file.mime, bytes: file.bytes };
  return ctx.record({ type, recordKind: to.kind, recordId: to.id, facts, ...(to.kind === 'request' ? { requestRef: to.id } : {}) });
};

/** Attaches a file whose content is what its name promises. */
export const addAttachment = async (
  ctx: Ctx<FileRefusal>,
  to: Target,
  given: { name: string; visitId: string | null; content: Buffer },
) => {
  const { tx, actor } = ctx;
  const { sees, adds, already } = await store.recordForFiles(tx, actor, to);
  if (!sees) ctx.notFound();
  if (!adds) throw new Denied();
  if (given.visitId !== null && (to.kind !== 'case' || !(await store.isVisitOf(tx, actor.districtId, to.id, given.visitId))))
    ctx.notFound();
  const name = cleanFileName(given.name);
  const found = await kindOf(given.content);
  const verdict = fileVerdict({ name, bytes: given.content.length, found, already });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const id = ctx.id();
  // The file first: a row without its file would be a promise that cannot be kept.
  const stored = await ctx.services.files.put(id, given.content);
  dropIfItFails(ctx.http.request, stored.storedAs);
  const file = { id, name, mime: found ?? '', bytes: given.content.length };
  await store.insertAttachment(tx, {
    ...file,
    ...stored,
    districtId: actor.districtId,
    caseId: to.kind === 'case' ? to.id : null,
    requestId: to.kind === 'request' ? to.id : null,
    visitId: given.visitId,
    addedBy: actor.personId,
    addedAt: ctx.now,
  });
  await record(ctx, to, 'added', file);
  await ctx.changed(to.kind, to.id);
  return { ...file, addedByName: actor.name, addedAt: ctx.now };
};

/** Takes a file away again, its adder only, and only while no packet holds it. */
export const removeAttachment = async (ctx: Ctx<'files.in-packet' | 'files.not-yours'>, id: string) => {
  const file = (await store.attachmentInReach(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (file.addedBy !== ctx.actor.personId) ctx.refuse('files.not-yours');
  if (!(await store.deleteAttachment(ctx.tx, ctx.actor.districtId, id))) ctx.refuse('files.in-packet');
  dropIfItSucceeds(ctx.http.request, file.storedAs);
  const to: Target = file.caseId === null ? { kind: 'request', id: file.requestId ?? '' } : { kind: 'case', id: file.caseId };
  await record(ctx, to, 'removed', file);
  await ctx.changed(to.kind, to.id);
  return { ok: true as const };
};
