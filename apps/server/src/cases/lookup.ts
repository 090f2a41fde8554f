import { CiphertextBroken, KeyMissing, type Place } from '../platform/crypto/crypto.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';

// Bound to who asked: in other hands, or in an address that was passed on, it opens nothing.
const placeOf = (ctx: Ctx): Place => ({ table: 'lookup', row: ctx.actor.personId, field: 'typed' });

/** What somebody looks for, as a word for the address of a list (ASVS 14.2.1). */
export const sealLookup = (ctx: Ctx, typed: string): { lookup: string } => ({ lookup: ctx.crypto.encrypt(typed, placeOf(ctx)) });

/** What was typed; anything that this person did not seal is a wrong field. */
export const openLookup = (ctx: Ctx, lookup: string): string => {
  try {
    return ctx.crypto.decrypt(lookup, placeOf(ctx));
  } catch (error) {
    if (!(error instanceof CiphertextBroken) && !(error instanceof KeyMissing)) throw error;
    throw new Invalid([{ path: 'lookup', message: '查找的内容已经失效，请重新填写' }]);
  }
};
