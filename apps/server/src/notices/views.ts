import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import type { NoticeRow } from './store.ts';

/** One page of one's own messages, the newest first. */
export const listNotices = (ctx: Ctx<never>, query: { limit: number; after?: string | undefined; state: 'unread' | 'all' }) =>
  readPage<NoticeRow>(ctx.tx, query, {
    columns: sql`n.id, n.kind, n.record_kind, n.record_id, n.number, n.sent_at, n.read_at`,
    from: sql`from notice n`,
    where: allOf([sql`n.person_id = ${ctx.actor.personId}`, query.state === 'unread' && sql`n.read_at is null`]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'n',
  });
