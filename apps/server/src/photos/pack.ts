import { photosPackOf } from '@jieyou/core/photos/pack.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures of the rule pack in force. */
export const packOf = async (ctx: Pick<Ctx, 'tx' | 'today'>, districtId: string) =>
  photosPackOf((await packInForce(ctx.tx, 'photos', districtId, ctx.today)).values);
