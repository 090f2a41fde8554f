import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

/** A person whom the asker sees, as the row that stands; missing and out of reach answer alike. */
export const personSeen = async (ctx: Ctx<never>, id: string): Promise<store.PersonFacts> => {
  const found = (await store.personById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (found.mergedInto === null) return found;
  return (await store.personById(ctx.tx, ctx.actor, found.mergedInto)) ?? ctx.notFound();
};
