import { defaultTopics, type MailTopic } from '@jieyou/core/notices/mail.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { packInForce } from '../rulepacks/index.ts';
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

type RecentMail = { kind: string; status: 'waiting' | 'sending' | 'sent' | 'skipped' | 'bounced' | 'failed'; at: string };

/** One's own address, masked, with what it is used for and the last mails. */
export const ownMail = async (ctx: Ctx<never>) => {
  const row = await ctx.tx.selectFrom('mailAddress').selectAll().where('id', '=', ctx.actor.personId).executeTakeFirst();
  const { rows: recent } = await sql<RecentMail>`select kind, status, coalesce(sent_at, created_at) as at from mail
    where person_id = ${ctx.actor.personId} order by id desc limit 10`.execute(ctx.tx);
  const { values } = await packInForce(ctx.tx, 'mail', ctx.actor.districtId, ctx.today);
  return {
    on: ctx.services.post !== null,
    address: row?.addressMasked ?? null,
    verified: row !== undefined && row.verifiedAt !== null,
    atOnce: row === undefined ? [...defaultTopics] : (row.atOnce as MailTopic[]),
    digest: row?.digest ?? true,
    digestAt: String(values['digest.at']),
    bounced: row?.bounceSays ?? null,
    recent,
  };
};
