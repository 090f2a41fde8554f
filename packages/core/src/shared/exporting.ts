import { z } from 'zod';
import type { Policy } from '../identity/policy.ts';
import { type Endpoint, endpoint, type PageQuery, severalOf } from './endpoint.ts';
import { passage } from './words.ts';

/** Why a list leaves the platform. */
export const Reason = passage(200, 2);

/** Columns that stay behind, by their keys: those which one has hidden in the list. */
export const Leave = severalOf(z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,59}$/));

type Paging = typeof PageQuery.shape;

/** Query of an export: the conditions and the order of its list, what stays behind, and why. */
export type ExportQuery<S extends z.ZodRawShape> = z.ZodObject<Omit<S, keyof Paging> & { leave: typeof Leave; reason: typeof Reason }>;

/**
 * The export of a list: the same people may ask (or fewer, where `allow` names them), under the same conditions and in the same order, and what it holds is what the pages of
 * the list would show.
 */
export const exportOf = <S extends Paging & z.ZodRawShape>(
  list: { readonly path: string; readonly allow: Policy; readonly query: z.ZodObject<S> },
  id: string,
  says: string,
  allow: Policy = list.allow,
): Endpoint<z.ZodObject<Record<never, never>>, ExportQuery<S>, z.ZodObject<Record<never, never>>, z.ZodAny, never> => {
  const { limit: _limit, after: _after, count: _count, ...conditions } = list.query.shape;
  return endpoint({
    id,
    method: 'GET',
    path: `${list.path}/export`,
    says: `按当前筛选导出${says}（Excel），须填写理由`,
    allow,
    query: z.object({ ...conditions, leave: Leave, reason: Reason }) as unknown as ExportQuery<S>,
    reply: z.any(),
    reads: 'content',
    streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    rate: 'heavy',
  });
};
