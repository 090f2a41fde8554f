import { activitiesPackOf } from '@jieyou/core/activities/pack.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures of the rule pack in force. */
export const packOf = async (ctx: Pick<Ctx, 'tx' | 'today'>, districtId: string) =>
  activitiesPackOf((await packInForce(ctx.tx, 'activities', districtId, ctx.today)).values);
