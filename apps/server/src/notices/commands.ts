import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

// The person's other open pages show the same number of unread messages.
const tellOwnPages = (ctx: Ctx<never>): Promise<void> =>
  ctx.services.live.publish(ctx.tx, { kind: 'notice', personId: ctx.actor.personId });

/** Marks one own message as read. */
export const markNoticeRead = async (ctx: Ctx<never>, id: string): Promise<{ ok: true }> => {
  if (!(await store.markRead(ctx.tx, ctx.actor.personId, id, ctx.now))) ctx.notFound();
  await tellOwnPages(ctx);
  return { ok: true };
};

/** Marks all own messages as read. */
export const markAllNoticesRead = async (ctx: Ctx<never>): Promise<{ marked: number }> => {
  const marked = await store.markAllRead(ctx.tx, ctx.actor.personId, ctx.now);
  if (marked > 0) await tellOwnPages(ctx);
  return { marked };
};
