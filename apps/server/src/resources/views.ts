import { intakeState, needsReview } from '@jieyou/core/resources/rules.ts';
import type { IssuingTier, PolicyType, Resource } from '@jieyou/core/resources/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage, type SortKey } from '../platform/http/paging.ts';
import * as store from './store.ts';

type Page = { limit: number; after?: string | undefined; count?: 'yes' | undefined; text?: string | undefined };

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

/** A resource as lists show it: with what follows from its facts today. */
const shown = (
  { eligibility, ...row }: store.ResourceRow,
  today: Day,
  leadDays: number,
): z.infer<typeof Resource> & { keeperId: string | null } => {
  const state = intakeState(row, today);
  return {
    ...row,
    ruled: eligibility !== null,
    takes: state.takes,
    intakeSays: state.says,
    needsReview: needsReview(row, today, leadDays),
  };
};

/** One page of policies and resources, the newest first. */
export const listResources = async (
  ctx: Ctx<never>,
  query: Page & {
    kind?: store.ResourceKept['kind'][] | undefined;
    policyType?: z.infer<typeof PolicyType>[] | undefined;
    helpField?: HelpField[] | undefined;
    issuingTier?: z.infer<typeof IssuingTier>[] | undefined;
    state?: 'valid' | 'expired' | undefined;
    validOn?: string | undefined;
    takes?: 'yes' | undefined;
    review?: 'due' | undefined;
    ruled?: 'yes' | 'no' | undefined;
  },
) => {
  const leadDays = (await store.figuresOf(ctx.tx, ctx.actor.districtId, ctx.today))['review.leadDays'];
  const page = await readPage<store.ResourceRow>(ctx.tx, query, {
    columns: store.resourceColumns(ctx.today),
    from: store.resourceSource,
    where: allOf([
      sql`r.district_id = ${ctx.actor.districtId}`,
      ...mentions(query.text),
      query.kind !== undefined && sql`r.kind = any(${query.kind})`,
      query.policyType !== undefined && sql`r.policy_type = any(${query.policyType})`,
      query.helpField !== undefined && sql`r.help_fields && ${query.helpField}::text[]`,
      query.issuingTier !== undefined && sql`r.issuing_tier = any(${query.issuingTier})`,
      query.state === 'valid' && store.validOn(ctx.today),
      query.validOn !== undefined && store.validOn(query.validOn as Day),
      query.state === 'expired' && sql`r.valid_to < ${ctx.today}::date`,
      query.takes === 'yes' &&
        sql`(r.intake = 'open' and (r.intake_until is null or r.intake_until >= ${ctx.today}::date) and r.places is distinct from 0)`,
      query.review === 'due' && store.reviewDue(ctx.today, leadDays),
      query.ruled === 'yes' && sql`r.eligibility is not null`,
      query.ruled === 'no' && sql`r.eligibility is null`,
    ]),
    sort: newestFirst,
    alias: 'r',
  });
  return { ...page, rows: page.rows.map((row) => shown(row, ctx.today, leadDays)) };
};

/** One policy or resource of the district, with the rules of its versions. */
export const readResource = async (ctx: Ctx<never>, id: string) => {
  const row = (await store.resourceById(ctx.tx, ctx.actor.districtId, id, ctx.today)) ?? ctx.notFound();
  const leadDays = (await store.figuresOf(ctx.tx, ctx.actor.districtId, ctx.today))['review.leadDays'];
  return { ...shown(row, ctx.today, leadDays), eligibility: row.eligibility, editions: await store.editionsOf(ctx.tx, id) };
};
