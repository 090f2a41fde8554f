import type { Ctx } from '../platform/http/context.ts';
import { hasPrinter } from '../platform/print/index.ts';
import * as store from './store.ts';

/** Who took archives of a request, when and why. */
export const listArchives = async (ctx: Ctx, requestId: string) => {
  if ((await store.requestToArchive(ctx.tx, ctx.actor.districtId, requestId)) === undefined) return ctx.notFound();
  const rows = await store.archivesOf(ctx.tx, ctx.actor.districtId, requestId);
  return { rows: rows.map((row) => store.shown(row, ctx.actor.personId)), printer: hasPrinter() };
};

/** The archive of this hash, or nothing: then the file is not one of ours, or was changed. */
export const checkArchive = async (ctx: Ctx, sha256: string) => {
  const row = await store.archiveByHash(ctx.tx, ctx.actor.districtId, sha256);
  return { archive: row === undefined ? null : store.shown(row, ctx.actor.personId) };
};
