import { addMonths, type Day } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { Given } from '../platform/db/given.ts';

/** A member of the bank with the person behind it. */
export type ExpertRow = {
  id: string;
  districtId: string;
  personId: string;
  name: string;
  namePinyin: string;
  gender: Gender;
  title: string;
  organisationId: string | null;
  organisationName: string;
  helpFields: HelpField[];
  specialities: string;
  termFrom: string;
  termTo: string;
  active: boolean;
  maxPanelsPerMonth: number;
  weekdays: number[];
  version: number;
};

/** Experts with the person behind each, one flat row `e` an expert. */
export const experts = sql`from (
  select x.id, x.district_id, x.person_id, p.name, p.name_pinyin, p.name_initials, p.gender, x.title, p.organisation_id,
    x.organisation_name, x.help_fields, x.specialities, x.term_from, x.term_to, x.active, x.max_panels_per_month, x.weekdays, x.version
  from expert x join person p on p.id = x.person_id) as e`;

export const expertById = async (tx: Tx, districtId: string, id: string): Promise<ExpertRow | undefined> =>
  (await sql<ExpertRow>`select e.* ${experts} where e.id = ${id} and e.district_id = ${districtId}`.execute(tx)).rows[0];

/** Panels for which each expert stands invited in the month of a day, across what the asker may see; who has none is missing. */
export const panelsOfMonth = async (tx: Tx, expertIds: readonly string[], day: Day): Promise<ReadonlyMap<string, number>> => {
  const first = `${day.slice(0, 7)}-01` as Day;
  const { rows } = await sql<{ expertId: string; panels: number }>`
    select expert_id, panels from panels_of_month(${[...expertIds]}::uuid[], ${first}::date, ${addMonths(first, 1)}::date)`.execute(tx);
  return new Map(rows.map((row) => [row.expertId, row.panels]));
};

type Kept = {
  title: string;
  organisationName: string;
  helpFields: HelpField[];
  specialities: string;
  termFrom: string;
  termTo: string;
  maxPanelsPerMonth: number;
  weekdays: number[];
};

export const insertExpert = async (tx: Tx, row: Kept & { id: string; districtId: string; personId: string }): Promise<void> => {
  await tx.insertInto('expert').values(row).execute();
};

/** Changes an expert as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateExpert = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<Kept & { active: boolean }>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('expert')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

export const awayOf = (tx: Tx, expertId: string) =>
  tx
    .selectFrom('expertAway')
    .select(['id', 'fromDay', 'toDay', 'reason'])
    .where('expertId', '=', expertId)
    .orderBy('fromDay')
    .orderBy('id')
    .execute();

/** Makes two who note days for the same expert wait for each other, until the transaction ends. */
export const holdAway = async (tx: Tx, expertId: string): Promise<void> => {
  await tx.selectFrom('expert').select('id').where('id', '=', expertId).forNoKeyUpdate().execute();
};

export const insertAway = async (
  tx: Tx,
  row: { id: string; expertId: string; fromDay: string; toDay: string; reason: string | null },
): Promise<void> => {
  await tx.insertInto('expertAway').values(row).execute();
};

export const removeAway = async (tx: Tx, expertId: string, id: string): Promise<boolean> =>
  (await tx.deleteFrom('expertAway').where('id', '=', id).where('expertId', '=', expertId).returning('id').executeTakeFirst()) !==
  undefined;

/** Relations that an expert declared, with the name of the other side. */
export const relationsOf = async (tx: Tx, expertId: string) =>
  (
    await sql<{ id: string; personId: string | null; organisationId: string | null; otherName: string; says: string }>`
      select r.id, r.person_id, r.organisation_id, coalesce(p.name, o.name) as other_name, r.says
      from expert_relation r left join person p on p.id = r.person_id left join organisation o on o.id = r.organisation_id
      where r.expert_id = ${expertId} order by r.id`.execute(tx)
  ).rows;

/** Whether the other side of a relation is a person or an organisation of the district. */
export const isOfDistrict = async (
  tx: Tx,
  districtId: string,
  side: { personId: string | null; organisationId: string | null },
): Promise<boolean> => {
  const { rows } = await sql`select 1 from person where id = ${side.personId}::uuid and district_id = ${districtId}
    union all select 1 from organisation where id = ${side.organisationId}::uuid and district_id = ${districtId}`.execute(tx);
  return rows.length > 0;
};

export const insertRelation = async (
  tx: Tx,
  row: { id: string; expertId: string; personId: string | null; organisationId: string | null; says: string },
): Promise<void> => {
  await tx.insertInto('expertRelation').values(row).execute();
};

export const removeRelation = async (tx: Tx, expertId: string, id: string): Promise<boolean> =>
  (await tx.deleteFrom('expertRelation').where('id', '=', id).where('expertId', '=', expertId).returning('id').executeTakeFirst()) !==
  undefined;

export const hasAccount = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.selectFrom('account').select('id').where('personId', '=', personId).executeTakeFirst()) !== undefined;

/** Every expert of a district with what matching weighs, seen from one asker. */
export const expertsSeenBy = async (tx: Tx, districtId: string, askerId: string, today: string) =>
  (
    await sql<ExpertRow & { away: { from: Day; to: Day }[]; relations: string[]; supervisedAskerUntil: Day | null }>`select e.*,
        (select coalesce(json_agg(json_build_object('from', a.from_day, 'to', a.to_day) order by a.from_day), '[]')
         from expert_away a where a.expert_id = e.id) as away,
        (select coalesce(array_agg(coalesce(r.person_id, r.organisation_id)), '{}') from expert_relation r where r.expert_id = e.id) as relations,
        (select max(coalesce(s.to_day, ${today}::date)) from supervision_relation s
         where s.supervisor_id = e.person_id and s.worker_person_id = ${askerId} and s.from_day <= ${today}::date) as supervised_asker_until
      ${experts} where e.district_id = ${districtId} order by e.id`.execute(tx)
  ).rows;

/** What an expert did, by day: panels asked for, opinions given, conferences attended, with the minutes where somebody entered them. */
export const workOf = async (tx: Tx, expertId: string) =>
  (
    await sql<{ on: Day; kind: 'panel' | 'opinion' | 'conference'; minutes: number | null }>`
      select (i.invited_at at time zone 'Asia/Shanghai')::date as "on", 'panel' as kind, null::int as minutes
        from support_invitation i where i.expert_id = ${expertId} and i.status in ('invited', 'accepted', 'answered', 'expired')
      union all select (i.opinion_at at time zone 'Asia/Shanghai')::date, 'opinion', f.minutes
        from support_invitation i left join expert_effort f on f.district_id = i.district_id and f.source = 'opinion' and f.source_id = i.id
          and f.expert_id = i.expert_id
        where i.expert_id = ${expertId} and i.opinion_at is not null
      union all select f.on_day, 'conference', f.minutes from expert_effort f where f.expert_id = ${expertId} and f.source = 'conference'`.execute(
      tx,
    )
  ).rows;
