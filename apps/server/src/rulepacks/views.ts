import type { Ctx } from '../platform/http/context.ts';
import { type PackRow, packsAbove, valuesOf } from './store.ts';

// Of each code the closest division speaks, and there the newest pack that is effective: the first effective one of the order.
const inForceAmong = (packs: readonly PackRow[], day: string): ReadonlySet<string> => {
  const spoken = new Map<string, string>();
  for (const pack of packs) {
    const effective = pack.effectiveFrom <= day && (pack.effectiveTo === null || pack.effectiveTo >= day);
    if (effective && !spoken.has(pack.code)) spoken.set(pack.code, pack.id);
  }
  return new Set(spoken.values());
};

/** Every pack that holds for the person's district or stands above it. */
export const listPacks = async (ctx: Ctx<never>) => {
  const packs = await packsAbove(ctx.tx, ctx.actor.districtId);
  const inForce = inForceAmong(packs, ctx.today);
  return { rows: packs.map((pack) => ({ ...pack, inForce: inForce.has(pack.id) })) };
};

/** A pack with its figures and their sources. */
export const readPack = async (ctx: Ctx<never>, id: string) => {
  const pack = (await listPacks(ctx)).rows.find((p) => p.id === id) ?? ctx.notFound();
  return { ...pack, values: await valuesOf(ctx.tx, pack.id) };
};
