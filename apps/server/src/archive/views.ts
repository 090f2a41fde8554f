import type { Ctx } from '../platform/http/context.ts';
import { hasPrinter } from '../platform/print/index.ts';
import * as store from './store.ts';

/** Who took archives of a request or of a case, when and why. */
export const listArchives = async (ctx: Ctx, of: store.Subject) => {
  if ((await store.toArchive(ctx.tx, ctx.actor, of)) === undefined) return ctx.notFound();
  const rows = await store.archivesOf(ctx.tx, ctx.actor.districtId, of);
  return { rows: rows.map((row) => store.shown(row, ctx.actor.personId)), printer: hasPrinter() };
};

/** The archive of this hash, or nothing: then the file is not one of ours, or was changed. */
export const checkArchive = async (ctx: Ctx, sha256: string) => {
  const row = await store.archiveByHash(ctx.tx, ctx.actor.districtId, sha256);
  return { archive: row === undefined ? null : store.shown(row, ctx.actor.personId) };
};
