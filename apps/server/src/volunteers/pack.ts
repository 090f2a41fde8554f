import { volunteersPackOf } from '@jieyou/core/volunteers/pack.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures of the rule pack in force. */
export const packOf = async (ctx: Pick<Ctx, 'tx' | 'today' | 'actor'>) =>
  volunteersPackOf((await packInForce(ctx.tx, 'volunteers', ctx.actor.districtId, ctx.today)).values);
