import { type GroupsPack, groupsPackOf } from '@jieyou/core/groups/pack.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures of the rule pack in force. */
export const packOf = async (ctx: Pick<Ctx, 'tx' | 'today' | 'actor'>): Promise<GroupsPack> =>
  groupsPackOf((await packInForce(ctx.tx, 'groups', ctx.actor.districtId, ctx.today)).values);
