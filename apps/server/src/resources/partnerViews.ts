import type { PartnerType } from '@jieyou/core/resources/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import * as store from './partnerStore.ts';

/** One page of partners, the newest first. */
export const listPartners = (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    text?: string | undefined;
    type?: PartnerType[] | undefined;
    helpField?: HelpField[] | undefined;
    active?: 'yes' | undefined;
  },
) =>
  readPage<store.PartnerRow>(ctx.tx, query, {
    columns: store.partnerColumns,
    from: store.partnerSource(ctx.today),
    where: allOf([
      sql`p.district_id = ${ctx.actor.districtId}`,
      query.text !== undefined &&
        query.text !== '' &&
        sql`lower(p.name || ' ' || p.offers || ' ' || coalesce(l.name, '')) like ${containing(query.text.toLowerCase())}`,
      query.type !== undefined && sql`p.type = any(${query.type})`,
      query.helpField !== undefined && sql`p.help_fields && ${query.helpField}::text[]`,
      query.active === 'yes' && sql`p.active`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'p',
  });

/** One partner: whom to call, what was agreed, and how many referrals the reader may see. */
export const readPartner = async (ctx: Ctx<never>, id: string) => {
  const partner = (await store.partnerById(ctx.tx, ctx.actor.districtId, id, ctx.today)) ?? ctx.notFound();
  const { rows } = await sql<{ offered: number; accepted: number; done: number; returned: number }>`
    select count(*) filter (where status = 'offered')::int as offered, count(*) filter (where status = 'accepted')::int as accepted,
      count(*) filter (where status = 'done')::int as done, count(*) filter (where status = 'returned')::int as returned
    from partner_referral where district_id = ${ctx.actor.districtId} and partner_id = ${id}`.execute(ctx.tx);
  return {
    ...partner,
    liaisons: await store.liaisonsOf(ctx.tx, id, ctx.today),
    agreements: await store.agreementsOf(ctx.tx, id, ctx.today),
    referrals: rows[0] ?? { offered: 0, accepted: 0, done: 0, returned: 0 },
  };
};
