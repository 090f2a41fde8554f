import type { VisitPack } from '@jieyou/core/visits/pack.ts';
import { NEED_OF_CATEGORY } from '@jieyou/core/visits/rules.ts';
import type { VisitNeed, VisitStatus } from '@jieyou/core/visits/schema.ts';
import { type Insertable, type RawBuilder, sql, type Updateable } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';

/** A visit as commands look at it. */
export type VisitFacts = {
  readonly id: string;
  readonly caseId: string;
  readonly status: VisitStatus;
  readonly recordedBy: string | null;
  readonly recordedAt: string | null;
  readonly version: number;
};

/** A visit that row-level security shows. */
export const visitById = async (tx: Tx, districtId: string, id: string): Promise<VisitFacts | undefined> =>
  (
    await sql<VisitFacts>`select v.id, v.case_id, v.status, v.recorded_by, v.recorded_at, v.version from visit v
      where v.district_id = ${districtId} and v.id = ${id}`.execute(tx)
  ).rows[0];

/** What of the recipient of a case decides how a visit is recorded. */
export type PersonFacts = {
  readonly birthOn: string | null;
  readonly openedOn: string;
  readonly lastOn: string | null;
  readonly needs: VisitNeed[];
  readonly fromCategories: VisitNeed[];
};

/** When the recipient of a case was last met at home, by whichever case in reach. */
const LAST = (
  alias: string,
) => sql`(select max(v.visited_on) from visit v join case_file o on o.district_id = v.district_id and o.id = v.case_id
  where o.district_id = ${sql.ref(`${alias}.district_id`)} and o.recipient_id = ${sql.ref(`${alias}.recipient_id`)} and v.status = 'done')`;

const MAPPED = Object.entries(NEED_OF_CATEGORY);
/** What follows from the categories of the recipient of a case that hold today. */
const FROM_CATEGORIES = (
  alias: string,
) => sql`(select coalesce(array_agg(distinct m.need), '{}') from (values ${sql.join(MAPPED.map(([category, need]) => sql`(${category}::text, ${need}::text)`))}) as m(category, need)
  join recipient_category c on c.district_id = ${sql.ref(`${alias}.district_id`)} and c.recipient_id = ${sql.ref(`${alias}.recipient_id`)}
    and c.category = m.category and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()))`;

export const personOf = async (tx: Tx, districtId: string, caseId: string): Promise<PersonFacts | undefined> =>
  (
    await sql<PersonFacts>`select r.birth_on, f.opened_on, ${LAST('f')} as last_on, coalesce(n.needs, '{}') as needs,
        ${FROM_CATEGORIES('f')} as from_categories
      from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
        left join visit_need n on n.district_id = f.district_id and n.id = f.id
      where f.district_id = ${districtId} and f.id = ${caseId}`.execute(tx)
  ).rows[0];

/** Writes a visit with its words; false when the id is taken. */
export const insertVisit = async (
  tx: Tx,
  register: Insertable<DB['visit']>,
  content: Omit<Insertable<DB['visitContent']>, 'districtId' | 'id'>,
): Promise<boolean> => {
  const made = await tx
    .insertInto('visit')
    .values(register)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  await tx
    .insertInto('visitContent')
    .values({ ...content, districtId: register.districtId, id: register.id })
    .execute();
  return true;
};

/** Changes a visit that is still planned, in the version that was read; false when somebody was faster. */
export const changePlanned = async (
  tx: Tx,
  visit: { readonly districtId: string; readonly id: string; readonly version: number },
  register: Updateable<DB['visit']>,
  content?: Updateable<DB['visitContent']>,
): Promise<boolean> => {
  const moved = await tx
    .updateTable('visit')
    .set({ ...register, version: visit.version + 1 })
    .where('districtId', '=', visit.districtId)
    .where('id', '=', visit.id)
    .where('status', '=', 'planned')
    .where('version', '=', visit.version)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  if (content !== undefined)
    await tx.updateTable('visitContent').set(content).where('districtId', '=', visit.districtId).where('id', '=', visit.id).execute();
  return true;
};

export const insertAction = async (tx: Tx, row: Insertable<DB['visitAction']>): Promise<void> => {
  await tx.insertInto('visitAction').values(row).execute();
};

/** Ticks an immediate action off; false where it was. */
export const finishAction = async (
  tx: Tx,
  of: { readonly districtId: string; readonly visitId: string; readonly id: string },
  done: { readonly doneAt: string; readonly doneBy: string; readonly doneSays: string | null },
): Promise<boolean> =>
  (
    await tx
      .updateTable('visitAction')
      .set(done)
      .where('districtId', '=', of.districtId)
      .where('visitId', '=', of.visitId)
      .where('id', '=', of.id)
      .where('doneAt', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Whether an action belongs to a visit. */
export const hasAction = async (tx: Tx, districtId: string, visitId: string, id: string): Promise<boolean> =>
  (await tx
    .selectFrom('visitAction')
    .select('id')
    .where('districtId', '=', districtId)
    .where('visitId', '=', visitId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined;

/** Sets what makes visits needed more often; answers the version. */
export const setNeeds = async (tx: Tx, row: Omit<Insertable<DB['visitNeed']>, 'version'>): Promise<number> =>
  (
    await tx
      .insertInto('visitNeed')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['districtId', 'id']).doUpdateSet((eb) => ({
          needs: eb.ref('excluded.needs'),
          setBy: eb.ref('excluded.setBy'),
          setAt: eb.ref('excluded.setAt'),
          version: sql<number>`visit_need.version + 1`,
        })),
      )
      .returning('version')
      .executeTakeFirstOrThrow()
  ).version;

const NEEDS = [
  ['alone', 'interval.alone'],
  ['frail', 'interval.frail'],
  ['child', 'interval.child'],
  ['disabled', 'interval.disabled'],
  ['other', 'interval.other'],
] as const satisfies readonly (readonly [VisitNeed, keyof VisitPack])[];

// `offset 0` keeps each step by itself: flattened, the last visit would be looked up a dozen times for each person.
/** Everybody in an open case that `reach` lets through, with the day by which a visit is due: the rule of core in SQL, for paging. */
export const dueSource = (districtId: string, pack: VisitPack, today: string, reach: RawBuilder<boolean>): RawBuilder<unknown> => {
  const interval = sql`least(${pack['interval.other']}::int,
    case when f.risk = 'extreme' then ${pack['interval.extreme']}::int end,
    case when f.risk = 'high' then ${pack['interval.high']}::int end,
    case when r.birth_on <= (${today}::date - make_interval(years => ${pack['elder.age']}::int))::date then ${pack['interval.elder']}::int end,
    ${sql.join(NEEDS.map(([need, key]) => sql`case when ${need} = any(n.needs) or ${need} = any(k.needs) then ${pack[key]}::int end`))})`;
  return sql`from (
    select x.*, case when x.due_on < ${today}::date then case when x.last_on is null then 'never' else 'overdue' end
      when x.due_on = ${today}::date then 'today' when x.due_on <= ${today}::date + ${pack['soon.days']}::int then 'soon' else 'later' end as state
    from (select q.*, case when q.last_on is null then q.opened_on + least(${pack['first.days']}::int, q.interval_days) else q.last_on + q.interval_days end as due_on
      from (select f.id, f.number as case_number, r.name_masked as recipient_name, r.gender as recipient_gender, r.birth_on, f.worker_id, f.opened_on,
          p.name as worker_name, coalesce(a.name, '') as area_name, f.risk, coalesce(n.needs, '{}') as needs, k.needs as from_categories, ${interval} as interval_days,
          ${LAST('f')} as last_on, nx.planned_on, nx.id as planned_id,
          (select max(v.visited_on) from visit v where v.district_id = f.district_id and v.case_id = f.id and v.status = 'not-met') as missed_on
        from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
          join person p on p.id = f.worker_id left join division a on a.path = f.division_path
          left join visit_need n on n.district_id = f.district_id and n.id = f.id
          cross join lateral (select ${FROM_CATEGORIES('f')} as needs offset 0) k
          left join lateral (select v.id, v.planned_on from visit v where v.district_id = f.district_id and v.case_id = f.id and v.status = 'planned'
            order by v.planned_on, v.id limit 1) nx on true
        where f.district_id = ${districtId} and f.status = 'open' and ${reach}
          -- Somebody with two open cases stands here once, with the newer one.
          and not exists (select 1 from case_file o where o.district_id = f.district_id and o.recipient_id = f.recipient_id and o.status = 'open' and o.id > f.id)
        offset 0) as q offset 0) as x) as d`;
};
