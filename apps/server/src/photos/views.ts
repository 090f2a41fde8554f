import type { PhotoOf, PhotoShelf } from '@jieyou/core/photos/schema.ts';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile } from '../platform/http/fileAs.ts';
import type { PrintedPhoto } from '../platform/print/index.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

/** The photographs of an activity or a session, with what is written under them. */
export const listPhotos = async (ctx: Ctx<never>, to: { kind: PhotoOf; id: string }): Promise<PhotoShelf> => {
  const of = (await store.recordById(ctx.tx, ctx.actor, to.kind, to.id)) ?? ctx.notFound();
  const rows = await store.photosOf(ctx.tx, ctx.actor.districtId, of);
  const pack = await packOf(ctx, ctx.actor.districtId);
  for (const { id } of rows) ctx.saw('photo', id);
  const most = pack['record.most'];
  return {
    photos: rows.map(({ captionCt, ...row }) => ({ ...row, caption: ctx.crypto.decrypt(captionCt, store.captionPlace(row.id)) })),
    most,
    megabytes: pack['file.megabytes'],
    can: of.inHand ? [...(of.cancelled || rows.length >= most ? [] : ['add' as const]), 'change' as const] : [],
  };
};

/** A photograph, opened for its reader. */
export const readPhoto = async (ctx: Ctx<never>, id: string): Promise<Buffer> => {
  const photo = await store.photoById(ctx.tx, ctx.actor.districtId, id);
  if (photo === undefined || photo.removedAt !== null) return ctx.notFound();
  const kind = photo.activityId === null ? 'session' : 'activity';
  if ((await store.recordById(ctx.tx, ctx.actor, kind, photo.activityId ?? photo.sessionId ?? '')) === undefined) ctx.notFound();
  const content = await ctx.services.files.get(id, photo.storedAs);
  ctx.saw('photo', id, { outcome: 'opened' });
  answerKeptFile(ctx.http.reply, photo.mime, 'inline');
  return content;
};

/** The photographs of a record that the reader of this transaction reaches, for its paper. */
export const photosForPaper = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'crypto' | 'services'>,
  of: { kind: PhotoOf; id: string },
): Promise<PrintedPhoto[]> =>
  Promise.all(
    (await store.photosOf(ctx.tx, ctx.actor.districtId, of)).map(async ({ id, mime, width, height, captionCt, storedAs }) => ({
      mime,
      width,
      height,
      caption: ctx.crypto.decrypt(captionCt, store.captionPlace(id)),
      content: await ctx.services.files.get(id, storedAs),
    })),
  );
