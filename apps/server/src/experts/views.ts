import { loadByPeriod } from '@jieyou/core/experts/load.ts';
import { availabilityReach } from '@jieyou/core/experts/policy.ts';
import { reaches } from '@jieyou/core/identity/policy.ts';
import { addDays, type Day, startOfDay } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import { namedLike } from '../workforce/index.ts';
import * as store from './store.ts';

const shown = (row: store.ExpertRow, panels: ReadonlyMap<string, number>, today: string) => ({
  ...row,
  inTerm: row.termFrom <= today && row.termTo >= today,
  panelsThisMonth: panels.get(row.id) ?? 0,
});

/** One page of the bank, in the order of names. */
export const listExperts = async (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    text?: string | undefined;
    helpField?: HelpField[] | undefined;
    state?: 'in-term' | 'out-of-term' | 'inactive' | undefined;
    termOn?: string | undefined;
    loadFrom?: string | undefined;
    loadTo?: string | undefined;
    loadLeast?: number | undefined;
    loadMost?: number | undefined;
  },
) => {
  const named = namedLike('e', query.text);
  const inTerm = sql`e.term_from <= ${ctx.today}::date and e.term_to >= ${ctx.today}::date`;
  const page = await readPage<store.ExpertRow>(ctx.tx, query, {
    columns: sql`e.*`,
    from: store.experts,
    where: allOf([
      sql`e.district_id = ${ctx.actor.districtId}`,
      named && sql`(${named} or (e.title || ' ' || e.specialities || ' ' || e.organisation_name) like ${containing(query.text ?? '')})`,
      query.helpField !== undefined && sql`e.help_fields && ${query.helpField}::text[]`,
      query.state === 'in-term' && sql`e.active and ${inTerm}`,
      query.state === 'out-of-term' && sql`e.active and not (${inTerm})`,
      query.state === 'inactive' && sql`not e.active`,
      query.termOn !== undefined && sql`e.active and e.term_from <= ${query.termOn}::date and e.term_to >= ${query.termOn}::date`,
      query.loadFrom !== undefined &&
        query.loadTo !== undefined &&
        sql`exists (select 1 from expert_load(${startOfDay(query.loadFrom as Day)}, ${startOfDay(addDays(query.loadTo as Day, 1))}) l
          where l.expert_id = e.id and l.panels >= ${query.loadLeast ?? 0}::int and l.panels <= ${query.loadMost ?? 100_000}::int)`,
    ]),
    sort: [
      { column: 'name_pinyin', direction: 'asc', type: 'text' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'e',
  });
  const panels = await store.panelsOfMonth(
    ctx.tx,
    page.rows.map((row) => row.id),
    ctx.today,
  );
  return { ...page, rows: page.rows.map((row) => shown(row, panels, ctx.today)) };
};

/** The expert who asks, as far as it concerns the own time; who has the role without being in the bank has none. */
export const readOwnExpert = async (ctx: Ctx<never>) => {
  const id = ctx.actor.expertId ?? ctx.notFound();
  const row = (await store.expertById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  return { ...shown(row, await store.panelsOfMonth(ctx.tx, [id], ctx.today), ctx.today), away: await store.awayOf(ctx.tx, id) };
};

/** One expert with the days away and the declared relations. */
export const readExpert = async (ctx: Ctx<never>, id: string) => {
  const row = (await store.expertById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  return {
    ...shown(row, await store.panelsOfMonth(ctx.tx, [id], ctx.today), ctx.today),
    away: await store.awayOf(ctx.tx, id),
    relations: await store.relationsOf(ctx.tx, id),
    hasAccount: await store.hasAccount(ctx.tx, row.personId),
  };
};

/** How often an expert was asked and how many minutes were entered, by month or quarter; for the expert and the centre, and no ranking. */
export const expertLoad = async (ctx: Ctx<never>, id: string, by: 'month' | 'quarter') => {
  const expert = await store.expertById(ctx.tx, ctx.actor.districtId, id);
  if (expert === undefined || !reaches(ctx.actor, availabilityReach, { id, districtId: expert.districtId })) return ctx.notFound();
  return { periods: loadByPeriod(await store.workOf(ctx.tx, id), by) };
};
