import type { PartnerType } from '@jieyou/core/resources/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage, type SortKey } from '../platform/http/paging.ts';
import * as store from './store.ts';

type Page = { limit: number; after?: string | undefined; text?: string | undefined };

const newestFirst: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];

// The very expression of the index resource_text; another wording would not use it.
const searched = sql`r.name || ' ' || r.category || ' ' || r.audience || ' ' || r.summary`;

/** Every word of the query stands in the text. Pairs of characters find the rows by index; the text itself decides. */
const mentions = (text: string | undefined): RawBuilder<unknown>[] =>
  (text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const literally = sql`lower(${searched}) like ${containing(word)}`;
      return [...word].length < 2 ? literally : sql`(zh_bigrams(${searched}) @> zh_bigrams(${word}) and ${literally})`;
    });

/** One page of policies and resources, the newest first. */
export const listResources = (
  ctx: Ctx<never>,
  query: Page & {
    kind?: store.ResourceKept['kind'][] | undefined;
    helpField?: HelpField[] | undefined;
    issuingTier?: store.ResourceKept['issuingTier'][] | undefined;
    state?: 'valid' | 'expired' | undefined;
  },
) =>
  readPage<store.ResourceRow>(ctx.tx, query, {
    columns: store.resourceColumns(ctx.today),
    from: store.resourceSource,
    where: allOf([
      sql`r.district_id = ${ctx.actor.districtId}`,
      ...mentions(query.text),
      query.kind !== undefined && sql`r.kind = any(${query.kind})`,
      query.helpField !== undefined && sql`r.help_fields && ${query.helpField}::text[]`,
      query.issuingTier !== undefined && sql`r.issuing_tier = any(${query.issuingTier})`,
      query.state === 'valid' && store.validOn(ctx.today),
      query.state === 'expired' && sql`r.valid_to < ${ctx.today}::date`,
    ]),
    sort: newestFirst,
    alias: 'r',
  });

/** One policy or resource of the district. */
export const readResource = async (ctx: Ctx<never>, id: string): Promise<store.ResourceRow> =>
  (await store.resourceById(ctx.tx, ctx.actor.districtId, id, ctx.today)) ?? ctx.notFound();

/** One page of partners, the newest first. */
export const listPartners = (ctx: Ctx<never>, query: Page & { type?: PartnerType[] | undefined }) =>
  readPage<store.PartnerRow>(ctx.tx, query, {
    columns: sql`p.*`,
    from: sql`from partner p`,
    where: allOf([
      sql`p.district_id = ${ctx.actor.districtId}`,
      query.text !== undefined &&
        query.text !== '' &&
        sql`lower(p.name || ' ' || p.offers || ' ' || p.liaison) like ${containing(query.text.toLowerCase())}`,
      query.type !== undefined && sql`p.type = any(${query.type})`,
    ]),
    sort: newestFirst,
    alias: 'p',
  });
