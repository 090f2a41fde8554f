import type { listClues as listEndpoint } from '@jieyou/core/appeals/endpoints.ts';
import { clueActs } from '@jieyou/core/appeals/rules.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { appealClock, callRulesOf } from './clock.ts';
import * as store from './store.ts';

/** The communities of the own post, each with the street whose station answers. */
export const communitiesOf = async (ctx: Ctx): Promise<{ id: string; name: string; streetId: string | null }[]> =>
  (
    await sql<{ id: string; name: string; streetId: string | null }>`select d.id, d.name,
      (select s.id from division s where s.tier = 'street' and starts_with(d.path, s.path)) as street_id
      from division d where d.tier = 'community' and d.valid_to is null
        and exists (select 1 from unnest(${[...scopeOf(ctx.actor, 'civil-affairs', 'division')]}::text[]) as own(path) where starts_with(d.path, own.path))
      order by d.code, d.id`.execute(ctx.tx)
  ).rows;

type Row = Pick<
  store.AppealRecord,
  'id' | 'districtId' | 'number' | 'status' | 'topic' | 'urgent' | 'takerId' | 'askedAt' | 'dueAt' | 'atRiskAt' | 'version'
> & {
  accompaniedOn: string | null;
  communityName: string | null;
  stationName: string;
  stationPhone: string | null;
};

const COLUMNS = sql`a.id, a.district_id, a.number, a.status, a.topic, a.urgent, a.taker_id, a.asked_at, a.due_at, a.at_risk_at, a.version,
  a.accompanied_on, c.name as community_name, coalesce(s.name, own.centre_name, own.name) as station_name, s.phone as station_phone`;
const JOINS = sql`join division own on own.id = a.district_id left join division c on c.id = a.community_id left join station s on s.id = a.station_id`;
const mine = (ctx: Ctx) =>
  sql<boolean>`a.district_id = ${ctx.actor.districtId} and a.teller_id = any(${[...scopeOf(ctx.actor, 'civil-affairs', 'self')]}::uuid[])`;

const rowOf = ({ districtId: _, takerId, atRiskAt, ...row }: Row, ctx: Ctx, rules: Awaited<ReturnType<typeof callRulesOf>>) => ({
  ...row,
  topic: row.topic as 'family',
  dueAt: appealClock({ ...row, takerId }, ctx.now, rules).dueAt,
});

/** The own clues, the newest first. */
export const listClues = async (ctx: Ctx, query: z.infer<typeof listEndpoint.query>) => {
  const rules = await callRulesOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const page = await readPage<Row>(ctx.tx, query, {
    columns: COLUMNS,
    from: sql`from appeal a ${JOINS}`,
    where: allOf([mine(ctx), query.status !== undefined && sql`a.status = any(${query.status}::text[])`]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'a',
  });
  const communities = (await communitiesOf(ctx)).map(({ id, name }) => ({ id, name }));
  return { ...page, rows: page.rows.map((row) => rowOf(row, ctx, rules)), communities };
};

/** An own clue as commands look at it; another's is as if it did not exist. */
export const clueOf = async (ctx: Ctx, id: string): Promise<Row> =>
  (await sql<Row>`select ${COLUMNS} from appeal a ${JOINS} where ${mine(ctx)} and a.id = ${id}`.execute(ctx.tx)).rows[0] ?? ctx.notFound();

/** An own clue, its words and what was answered to its teller. */
export const readClue = async (ctx: Ctx, id: string) => {
  const { tx, crypto } = ctx;
  const row = await clueOf(ctx, id);
  const content =
    (await tx
      .selectFrom('appealContent')
      .select(['saysCt', 'nameMasked', 'phoneMasked'])
      .where('districtId', '=', row.districtId)
      .where('id', '=', id)
      .executeTakeFirst()) ?? ctx.notFound();
  const steps = await tx
    .selectFrom('appealStep')
    .select(['id', 'at', 'kind', 'saysCt'])
    .where('districtId', '=', row.districtId)
    .where('appealId', '=', id)
    .where('toResident', '=', true)
    .orderBy('id', 'desc')
    .execute();
  ctx.saw('appeal', id);
  return {
    ...rowOf(row, ctx, await callRulesOf(tx, row.districtId, ctx.today)),
    says: crypto.decrypt(content.saysCt, store.appealPlace(id, 'says')),
    name: content.nameMasked,
    phone: content.phoneMasked,
    steps: steps.map((s) => ({
      at: s.at,
      kind: s.kind as 'asked',
      says: s.saysCt === null ? null : crypto.decrypt(s.saysCt, store.stepPlace(s.id)),
    })),
    can: clueActs(row.status, row.accompaniedOn),
  };
};
