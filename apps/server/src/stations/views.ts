import type { OrganisationType, StationTier } from '@jieyou/core/stations/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import type { OrganisationRow, StationRow } from './store.ts';

type Page = { limit: number; after?: string | undefined; text?: string | undefined };

// Found by any part of the Chinese name or by any part of its pinyin.
const named = (alias: string, text: string | undefined): RawBuilder<unknown> | undefined => {
  const given = (text ?? '').trim();
  if (given === '') return undefined;
  return sql`(${sql.ref(`${alias}.name`)} like ${containing(given)}
    or ${sql.ref(`${alias}.name_pinyin`)} like ${containing(given.toLowerCase().replace(/\s/g, ''))})`;
};

const workersServing = (column: RawBuilder<unknown>, today: string): RawBuilder<unknown> => sql`
  (select count(*)::int from person p join worker w on w.person_id = p.id
   where ${column} and (w.left_on is null or w.left_on > ${today}::date)) as workers`;

/** One page of the organisations of the district. */
export const listOrganisations = (ctx: Ctx<never>, query: Page & { type?: OrganisationType[] | undefined }) =>
  readPage<OrganisationRow & { divisionName: string; workers: number }>(ctx.tx, query, {
    columns: sql`o.*, d.name as division_name, ${workersServing(sql`p.organisation_id = o.id`, ctx.today)}`,
    from: sql`from organisation o join division d on d.id = o.division_id`,
    where: allOf([
      sql`o.district_id = ${ctx.actor.districtId}`,
      named('o', query.text),
      query.type !== undefined && sql`o.type = any(${query.type})`,
    ]),
    sort: [
      { column: 'name_pinyin', direction: 'asc', type: 'text' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'o',
  });

/** One page of the stations of the district, tier by tier; a division stands for itself and everything below it. */
export const listStations = (
  ctx: Ctx<never>,
  query: Page & { tier?: z.infer<typeof StationTier>[] | undefined; divisionId?: string | undefined },
) =>
  readPage<StationRow & { divisionName: string; operatorName: string | null; workers: number }>(ctx.tx, query, {
    columns: sql`s.*, d.name as division_name, o.name as operator_name, ${workersServing(sql`p.station_id = s.id`, ctx.today)}`,
    from: sql`from station s join division d on d.id = s.division_id left join organisation o on o.id = s.operator_id`,
    where: allOf([
      sql`s.district_id = ${ctx.actor.districtId}`,
      named('s', query.text),
      query.tier !== undefined && sql`s.tier = any(${query.tier})`,
      query.divisionId !== undefined &&
        sql`exists (select 1 from division up where up.id = ${query.divisionId} and starts_with(d.path, up.path))`,
    ]),
    sort: [
      { column: 'tier', direction: 'asc', type: 'text' },
      { column: 'name_pinyin', direction: 'asc', type: 'text' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 's',
  });
