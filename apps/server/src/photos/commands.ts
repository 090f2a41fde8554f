import type { PhotoEvent } from '@jieyou/core/photos/events.ts';
import { type PhotoRefusal, photoVerdict } from '@jieyou/core/photos/rules.ts';
import type { PhotoOf } from '@jieyou/core/photos/schema.ts';
import { dropIfItFails, dropIfItSucceeds } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { bareOf } from './bare.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

const record = async (ctx: Ctx<never>, type: PhotoEvent, id: string, facts: Record<string, string | number>) => {
  await ctx.record({ type, recordKind: 'photo', recordId: id, facts });
};

/** Tells open pages of the record that its photographs changed. */
const tell = (ctx: Ctx<never>, of: Pick<store.PhotoRecord, 'kind' | 'id' | 'groupId'>) =>
  of.kind === 'activity' ? ctx.changed('activity', of.id) : ctx.changed('group', of.groupId ?? of.id);

/** Adds a photograph, bare of what a camera writes beside it. The same one sent again is there once. */
export const addPhoto = async (ctx: Ctx<PhotoRefusal>, to: { kind: PhotoOf; id: string }, id: string, sent: Buffer) => {
  const { tx, actor } = ctx;
  const of = (await store.recordById(tx, actor, to.kind, to.id)) ?? ctx.notFound();
  if (!of.inHand) throw new Denied();
  await store.lockShelf(tx, of.id);
  const before = await store.photoById(tx, actor.districtId, id);
  if (before !== undefined) {
    if ((before.activityId ?? before.sessionId) !== of.id) ctx.notFound();
    return { id, version: before.version };
  }
  const already = (await store.photosOf(tx, actor.districtId, of)).length;
  const bare = bareOf(sent);
  const verdict = photoVerdict(
    { bytes: sent.length, size: bare },
    { cancelled: of.cancelled, already },
    await packOf(ctx, actor.districtId),
  );
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  if (bare === null) return ctx.refuse('photos.not-a-picture');
  // The file first: a row without its file would be a promise that cannot be kept.
  const stored = await ctx.services.files.put(id, bare.content);
  dropIfItFails(ctx.http.request, stored.storedAs);
  const kept = await store.insertPhoto(tx, {
    ...stored,
    id,
    districtId: actor.districtId,
    activityId: of.kind === 'activity' ? of.id : null,
    groupId: of.groupId,
    sessionId: of.kind === 'session' ? of.id : null,
    captionCt: ctx.crypto.encrypt('', store.captionPlace(id)),
    mime: bare.mime,
    bytes: bare.content.length,
    width: bare.width,
    height: bare.height,
    addedBy: actor.personId,
    addedAt: ctx.now,
  });
  if (!kept) ctx.notFound();
  await record(ctx, 'photo.added', id, { of: of.kind, record: of.id, bytes: bare.content.length });
  await tell(ctx, of);
  return { id, version: 1 };
};

/** The photograph that stands, and the record that it shows, for somebody who leads it. */
const inHand = async (ctx: Ctx<never>, id: string) => {
  const photo = await store.photoById(ctx.tx, ctx.actor.districtId, id);
  if (photo === undefined || photo.removedAt !== null) return ctx.notFound();
  const kind = photo.activityId === null ? 'session' : 'activity';
  const of = (await store.recordById(ctx.tx, ctx.actor, kind, photo.activityId ?? photo.sessionId ?? '')) ?? ctx.notFound();
  if (!of.inHand) throw new Denied();
  return { photo, of };
};

/** Writes what stands under a photograph. */
export const describePhoto = async (ctx: Ctx<'record.changed-meanwhile'>, id: string, given: { caption: string; version: number }) => {
  const { photo, of } = await inHand(ctx as Ctx<never>, id);
  const captionCt = ctx.crypto.encrypt(given.caption, store.captionPlace(id));
  if (!(await store.putCaption(ctx.tx, ctx.actor.districtId, id, given.version, captionCt)))
    return ctx.refuse('record.changed-meanwhile', { version: photo.version });
  await record(ctx as Ctx<never>, 'photo.described', id, { of: of.kind, record: of.id });
  await tell(ctx as Ctx<never>, of);
  return { id, version: given.version + 1 };
};

/** Removes a photograph: the file is destroyed, who removed it and when stays. */
export const removePhoto = async (ctx: Ctx<never>, id: string) => {
  const { photo, of } = await inHand(ctx, id);
  // Somebody else removed it at this moment.
  if (!(await store.markRemoved(ctx.tx, ctx.actor.districtId, photo, ctx.actor.personId, ctx.now))) ctx.notFound();
  dropIfItSucceeds(ctx.http.request, photo.storedAs);
  await record(ctx, 'photo.removed', id, { of: of.kind, record: of.id });
  await tell(ctx, of);
  return { ok: true as const };
};
