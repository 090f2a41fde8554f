import type { DivisionTier } from '@jieyou/core/divisions/schema.ts';
import type { Ctx } from '../platform/http/context.ts';
import { divisionById, pageOfDivisions } from './store.ts';

/** The divisions of the person's district, and those above it. */
export const listDivisions = async (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    parentId?: string | undefined;
    tier?: DivisionTier | undefined;
    text?: string | undefined;
  },
) => {
  const district = (await divisionById(ctx.tx, ctx.actor.districtId)) ?? ctx.notFound();
  return pageOfDivisions(ctx.tx, district.path, query);
};
