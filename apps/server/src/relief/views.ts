import { scopeOf } from '@jieyou/core/identity/policy.ts';
import { reliefMoves } from '@jieyou/core/relief/moves.ts';
import { seenByRelief } from '@jieyou/core/relief/policy.ts';
import type { Relief, ReliefItem, ReliefNeed, ReliefRow, ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import * as store from './store.ts';

const ITEMS = sql`from relief_item i where i.district_id = r.district_id and i.relief_id = r.id and i.void_says is null`;
// Whoever no longer serves the person sees the case they kept, without the name.
const COLUMNS = sql`r.id, coalesce(p.name_masked, '（不在您的范围）') as recipient_name, coalesce(p.gender, 'unknown') as recipient_gender, r.status, r.source,
  r.needs, r.screened_on, r.dropped, r.version, w.name as worker_name, s.name as station_name,
  (select count(*)::int ${ITEMS} and i.line = 'material') as things, (select count(*)::int ${ITEMS} and i.line = 'service') as services,
  (select coalesce(sum(i.value_fen), 0)::bigint ${ITEMS}) as value_fen, (select coalesce(sum(i.minutes), 0)::int ${ITEMS}) as minutes`;
const FROM = sql`from relief_case r join person w on w.id = r.worker_id join station s on s.id = r.station_id
  left join recipient p on p.district_id = r.district_id and p.id = r.recipient_id`;

export type ReliefFilter = {
  readonly status?: ReliefStatus[] | undefined;
  readonly need?: ReliefNeed[] | undefined;
  readonly workerId?: string | undefined;
};

const condition = (ctx: Ctx<never>, filter: ReliefFilter) =>
  allOf([
    sql`r.district_id = ${ctx.actor.districtId}`,
    store.reliefInReach(ctx.actor, 'r'),
    filter.status !== undefined && sql`r.status = any(${[...filter.status]}::text[])`,
    filter.need !== undefined && sql`r.needs && ${[...filter.need]}::text[]`,
    filter.workerId !== undefined && sql`r.worker_id = ${filter.workerId}`,
  ]);

/** One page of the relief cases in reach, the newest first. */
export const listRelief = async (
  ctx: Ctx<never>,
  query: ReliefFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) => {
  const page = await readPage<ReliefRow>(ctx.tx, query, {
    columns: COLUMNS,
    from: FROM,
    where: condition(ctx, query),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'r',
    countFrom: sql`from relief_case r`,
  });
  ctx.saw('relief', ctx.actor.personId, { outcome: 'list' });
  return page;
};

/** One relief case with both lines. */
export const readRelief = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const facts = (await store.reliefById(tx, actor, id)) ?? ctx.notFound();
  const { rows } = await sql<
    ReliefRow & {
      recipientId: string;
      needSays: string;
      adviserKind: 'worker' | 'volunteer';
      adviserCt: string;
      linkSays: string | null;
      oneLineSays: string | null;
      feedbackSays: string | null;
      satisfied: number | null;
      closeSays: string | null;
      updatedAt: string;
    }
  >`select ${COLUMNS}, r.recipient_id, r.satisfied, r.updated_at, c.need_says, c.adviser_kind, c.adviser_ct, c.link_says, c.one_line_says,
      c.feedback_says, c.close_says
    ${FROM} join relief_content c on c.district_id = r.district_id and c.id = r.id
    where r.district_id = ${actor.districtId} and r.id = ${id}`.execute(tx);
  const { adviserKind, adviserCt, ...row } = rows[0] ?? ctx.notFound();
  const items =
    await sql<ReliefItem>`select i.id, i.line, i.what, i.on_day, i.from_whom, i.quantity, i.unit, i.value_fen, i.receipt, i.minutes,
      i.void_says, p.name as recorded_by_name, i.version
    from relief_item i join person p on p.id = i.recorded_by
    where i.district_id = ${actor.districtId} and i.relief_id = ${id} order by i.on_day, i.id`.execute(tx);
  type Handed = Relief['handovers'][number];
  const { rows: handovers } =
    await sql<Handed>`select h.id, f.name as from_name, t.name as to_name, h.reason, b.name as by_name, h.made_at as at
    from relief_handover h join person f on f.id = h.from_id join person t on t.id = h.to_id join person b on b.id = h.made_by
    where h.district_id = ${actor.districtId} and h.relief_id = ${id} order by h.id desc`.execute(tx);
  type Kin = Pick<ReliefRow, 'id' | 'recipientName' | 'status' | 'screenedOn'>;
  const { rows: household } = await sql<Kin>`select distinct r.id, p.name_masked as recipient_name, r.status, r.screened_on
    from household_member m join household_member o on o.district_id = m.district_id and o.household_id = m.household_id and o.left_on is null
      and o.recipient_id <> m.recipient_id
    join relief_case r on r.district_id = o.district_id and r.recipient_id = o.recipient_id
    join recipient p on p.district_id = r.district_id and p.id = r.recipient_id
    where m.district_id = ${actor.districtId} and m.recipient_id = ${facts.recipientId} and m.left_on is null and ${store.reliefInReach(actor, 'r')}
    order by r.screened_on desc, r.id limit 20`.execute(tx);
  ctx.saw('relief', id);
  const may = facts.inHand && !facts.still;
  const hands = !facts.still && facts.status !== 'closed' && scopeOf(actor, 'head', 'station').includes(facts.stationId);
  return {
    ...row,
    adviser: { kind: adviserKind, name: ctx.crypto.decrypt(adviserCt, store.adviserPlace(id)) },
    items: items.rows,
    household,
    handovers,
    can: [
      ...(may
        ? [
            ...movesFrom(reliefMoves, facts.status),
            ...(facts.status === 'linked' || facts.status === 'delivered' ? ['add-item'] : []),
            ...(facts.status === 'closed' ? [] : ['void-item']),
          ]
        : []),
      ...(hands ? ['hand-over'] : []),
    ],
    seenBy: seenByRelief,
  };
};
