import { MOST_VIEWS, type NewView, type ViewContent } from '@jieyou/core/lists/schema.ts';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

/** Keeps what somebody chose in a list under a name. */
export const saveView = async (ctx: Ctx<'lists.name-taken' | 'lists.views-full'>, body: z.infer<typeof NewView>) => {
  const { list, ...content } = body;
  const { personId } = ctx.actor;
  if ((await store.viewsOf(ctx.tx, personId, list)).length >= MOST_VIEWS) ctx.refuse('lists.views-full', { most: MOST_VIEWS });
  const id = ctx.id();
  if (!(await store.insertView(ctx.tx, { id, personId, list, content, now: ctx.now }))) ctx.refuse('lists.name-taken');
  return { id, version: 1 };
};

/** Changes a view of one's own. */
export const changeView = async (
  ctx: Ctx<'lists.name-taken' | 'record.changed-meanwhile'>,
  id: string,
  { version, ...content }: z.infer<typeof ViewContent> & { version: number },
) => {
  const views = await store.viewsBeside(ctx.tx, ctx.actor.personId, id);
  const view = views.find((one) => one.id === id) ?? ctx.notFound();
  if (views.some((one) => one.id !== id && one.name === content.name)) ctx.refuse('lists.name-taken');
  const next = await store.updateView(ctx.tx, id, version, content, ctx.now);
  return { id, version: next ?? ctx.refuse('record.changed-meanwhile', { version: view.version }) };
};

/** Takes a view of one's own away. */
export const removeView = async (ctx: Ctx, id: string): Promise<{ ok: true }> =>
  (await store.deleteView(ctx.tx, ctx.actor.personId, id)) ? { ok: true } : ctx.notFound();
