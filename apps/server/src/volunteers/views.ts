import type { ActivityCategory } from '@jieyou/core/activities/schema.ts';
import { periodDays } from '@jieyou/core/contacts/rules.ts';
import { addMonths, type Day, monthOf, yearOf } from '@jieyou/core/shared/day.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { volunteerMoves } from '@jieyou/core/volunteers/moves.ts';
import { hoursScope, seesVolunteerContent, volunteerReach, volunteerTaskReach } from '@jieyou/core/volunteers/policy.ts';
import { fitOf, loadSince } from '@jieyou/core/volunteers/rules.ts';
import type {
  HoursCell,
  Proposal,
  Turn,
  TurnStatus,
  VolunteerFor,
  VolunteerLedger,
  VolunteerRow,
  VolunteerSkill,
  VolunteerSlot,
  VolunteerStatus,
  VolunteerTask,
  VolunteerTaskRow,
  VolunteerTaskStatus,
} from '@jieyou/core/volunteers/schema.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { ageToday, openLookup } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

/** What the register is narrowed to. */
export type VolunteerFilter = {
  readonly lookup?: string | undefined;
  readonly status?: VolunteerStatus[] | undefined;
  readonly skill?: VolunteerSkill[] | undefined;
  readonly slot?: VolunteerSlot[] | undefined;
  readonly areaId?: string | undefined;
  readonly stationId?: string | undefined;
};
type Paged = { limit: number; after?: string | undefined; count?: 'yes' | undefined };
type Listed = Omit<VolunteerRow, 'age'> & { birthOn: string | null };

// Row-level security leaves who sees names only neither the person nor the tasks.
const CAME = sql`from volunteer_turn t join volunteer_task k on k.district_id = t.district_id and k.id = t.task_id and k.status = 'settled'
  where t.district_id = v.district_id and t.volunteer_id = v.id and t.status = 'came'`;
const LINE = sql`v.id, v.name_masked as name, v.status, v.team, v.skills,
  array(select d.name from division d where d.id = any (v.areas) order by d.path) as area_names, v.slots, v.since, v.insured_until, s.name as station_name,
  c.birth_on, c.phone_masked as phone`;
const FROM = sql`from volunteer v join station s on s.id = v.station_id
  left join volunteer_content c on c.district_id = v.district_id and c.id = v.id`;
const hoursOf = (shown: boolean) =>
  shown
    ? sql`(select coalesce(sum(t.minutes), 0)::int ${CAME}) as minutes, (select count(*)::int ${CAME}) as tasks`
    : sql`null::int as minutes, null::int as tasks`;

/** One page of the register in reach, the latest first. */
export const listVolunteers = async (ctx: Ctx, query: VolunteerFilter & Paged) => {
  const { actor, tx } = ctx;
  const area = query.areaId === undefined ? undefined : ((await store.areaPath(tx, query.areaId)) ?? [query.areaId]);
  const index = query.lookup === undefined || query.lookup === '' ? undefined : store.indexesOf(ctx.crypto, openLookup(ctx, query.lookup));
  const page = await readPage<Listed>(tx, query, {
    columns: sql`${LINE}, ${hoursOf(seesVolunteerContent(actor.roles))}`,
    from: FROM,
    where: allOf([
      sql`v.district_id = ${actor.districtId}`,
      reachSql(actor, volunteerReach, 'v'),
      query.status !== undefined && sql`v.status = any(${[...query.status]}::text[])`,
      query.skill !== undefined && sql`v.skills && ${[...query.skill]}::text[]`,
      query.slot !== undefined && sql`v.slots @> ${[...query.slot]}::text[]`,
      area !== undefined && sql`(v.areas = '{}' or v.areas && ${area}::uuid[])`,
      query.stationId !== undefined && sql`v.station_id = ${query.stationId}`,
      index !== undefined &&
        sql`v.id in (select x.id from volunteer_content x where x.district_id = ${actor.districtId}
          and (x.name_index = ${index.name} or x.id_number_index = ${index.idNumber} or x.phone_index = ${index.phone}))`,
    ]),
    sort: NEWEST,
    alias: 'v',
  });
  ctx.saw('volunteers', actor.personId, { outcome: index === undefined ? 'list' : 'list-by-identity' });
  return { ...page, rows: page.rows.map(({ birthOn, ...row }) => ({ ...row, age: ageToday(birthOn, ctx.today) })) };
};
const NEWEST: readonly SortKey[] = [
  { column: 'since', direction: 'desc', type: 'date' },
  { column: 'id', direction: 'desc', type: 'uuid' },
];

/** One volunteer: masked, with the tasks that the asker reaches. */
export const readVolunteer = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const facts = (await store.volunteerById(tx, actor, id)) ?? ctx.notFound();
  const { rows } = await sql<
    Listed & {
      areas: string[];
      version: number;
      stoppedOn: string | null;
      gender: Gender | null;
      idNumber: string | null;
      idAgreedOn: string | null;
      guardianName: string | null;
      guardianPhone: string | null;
      guardianAgreedOn: string | null;
      expertise: string | null;
      notes: string | null;
      stopSays: string | null;
    }
  >`select ${LINE}, ${hoursOf(seesVolunteerContent(actor.roles))}, v.areas::text[] as areas, v.version, v.stopped_on, c.gender, c.id_number_masked as id_number,
      c.id_agreed_on, c.guardian_name_masked as guardian_name, c.guardian_phone_masked as guardian_phone, c.guardian_agreed_on, c.expertise, c.notes,
      c.stop_says
    ${FROM} where v.district_id = ${actor.districtId} and v.id = ${id}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const turns = await sql<{
    taskId: string;
    title: string;
    startsAt: string;
    taskStatus: VolunteerTaskStatus;
    status: TurnStatus;
    minutes: number | null;
  }>`select k.id as task_id, k.title, k.starts_at, k.status as task_status, t.status, t.minutes
    from volunteer_turn t join volunteer_task k on k.district_id = t.district_id and k.id = t.task_id
    where t.district_id = ${actor.districtId} and t.volunteer_id = ${id} order by k.starts_at desc, k.id desc limit 100`.execute(tx);
  ctx.saw('volunteer', id);
  const may = facts.kept && facts.erasedAt === null;
  return {
    ...row,
    age: ageToday(row.birthOn, ctx.today),
    expertise: row.expertise ?? '',
    notes: row.notes ?? '',
    erased: facts.erasedAt !== null,
    turns: turns.rows,
    can: may
      ? [
          ...movesFrom(volunteerMoves, facts.status),
          'unmask',
          'print',
          ...(facts.status === 'withdrawn' ? [] : ['edit']),
          ...(facts.status === 'withdrawn' && facts.headed ? ['erase'] : []),
        ]
      : [],
    seenBy: volunteerReach.map((l) => l.says),
  };
};

/** What the list of tasks is narrowed to. */
export type TaskFilter = {
  readonly status?: VolunteerTaskStatus[] | undefined;
  readonly class?: ActivityCategory[] | undefined;
  readonly forKind?: VolunteerFor[] | undefined;
  readonly forId?: string | undefined;
  readonly mine?: 'yes' | undefined;
  readonly lead?: 'gone' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const OWN_TURNS = sql`from volunteer_turn t where t.district_id = k.district_id and t.task_id = k.id`;
const taskColumns = (selves: readonly string[]) => sql`k.id, k.title, k.class, k.status, k.for_kind, k.starts_at, k.ends_at, k.place,
  (select d.name from division d where d.id = k.area_id) as area_name, k.wanted,
  (select count(*)::int ${OWN_TURNS} and t.status in ('confirmed', 'came')) as confirmed, (select count(*)::int ${OWN_TURNS} and t.status = 'invited') as invited,
  (select coalesce(sum(t.minutes), 0)::int ${OWN_TURNS}) as minutes, k.lead_id, p.name as lead_name, leads_at(k.lead_id, k.station_id) as lead_active,
  s.name as station_name, k.lead_id = any (${[...selves]}::uuid[]) as mine, k.criteria, k.version`;
const TASK_FROM = sql`from volunteer_task k join person p on p.id = k.lead_id join station s on s.id = k.station_id`;

/** One page of the tasks in reach, the latest first. */
export const listVolunteerTasks = async (ctx: Ctx<never>, query: TaskFilter & Paged) => {
  const at = (day: string): RawBuilder<unknown> => sql`(${day}::date)::timestamp at time zone 'Asia/Shanghai'`;
  return readPage<VolunteerTaskRow>(ctx.tx, query, {
    columns: taskColumns(ctx.actor.selves),
    from: TASK_FROM,
    where: allOf([
      sql`k.district_id = ${ctx.actor.districtId}`,
      reachSql(ctx.actor, volunteerTaskReach, 'k'),
      query.status !== undefined && sql`k.status = any(${[...query.status]}::text[])`,
      query.class !== undefined && sql`k.class = any(${[...query.class]}::text[])`,
      query.forKind !== undefined && sql`k.for_kind = any(${[...query.forKind]}::text[])`,
      query.forId !== undefined &&
        sql`(k.for_id = ${query.forId} or (k.for_kind = 'session' and k.for_id in (select s.id from group_session s
          where s.district_id = k.district_id and s.group_id = ${query.forId})))`,
      query.mine !== undefined && sql`k.lead_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.lead !== undefined && sql`k.status in ('open', 'staffed', 'done') and not leads_at(k.lead_id, k.station_id)`,
      query.from !== undefined && sql`k.starts_at >= ${at(query.from)}`,
      query.to !== undefined && sql`k.starts_at < ${at(query.to)} + interval '1 day'`,
    ]),
    sort: [
      { column: 'starts_at', direction: 'desc', type: 'timestamptz' },
      { column: 'id', direction: 'desc', type: 'uuid' },
    ],
    alias: 'k',
    countFrom: sql`from volunteer_task k`,
  });
};

/** The page of what a task helps with; null where that is not in reach, so that nobody learns of it from here. */
const pageOf = async (ctx: Ctx<never>, kind: VolunteerFor, id: string | null): Promise<string | null> => {
  if (kind === 'own' || id === null) return null;
  if (kind === 'session') {
    const found = await sql<{
      groupId: string;
    }>`select group_id from group_session where district_id = ${ctx.actor.districtId} and id = ${id}`.execute(ctx.tx);
    return found.rows[0] === undefined ? null : `/groups/${found.rows[0].groupId}/sessions/${id}`;
  }
  const [table, page] = {
    activity: ['activity', 'activities'],
    group: ['service_group', 'groups'],
    relief: ['relief_case', 'relief-cases'],
    visit: ['visit', 'visits'],
  }[kind] as [string, string];
  const { rows } = await sql`select 1 from ${sql.table(table)} where district_id = ${ctx.actor.districtId} and id = ${id}`.execute(ctx.tx);
  return rows.length === 0 ? null : `/${page}/${id}`;
};

const canOf = (ctx: Ctx<never>, task: store.TaskFacts, turns: readonly { status: TurnStatus }[]): string[] => {
  const leads = ctx.actor.selves.includes(task.leadId);
  const begun = Date.parse(task.startsAt) <= Date.parse(ctx.now);
  const comes = turns.some((t) => t.status === 'confirmed');
  const live = task.status === 'open' || task.status === 'staffed' || task.status === 'done';
  const works = ctx.actor.assignments.some((a) => a.role === 'worker' && a.stationId === task.stationId);
  const acts: [string, boolean][] = [
    ['edit', leads && task.status === 'open'],
    ['invite', leads && task.status === 'open'],
    ['answer', leads && (task.status === 'open' || task.status === 'staffed')],
    ['staff', leads && task.status === 'open' && comes],
    ['reopen', leads && task.status === 'staffed'],
    ['hours', (leads || works) && begun && (task.status === 'staffed' || task.status === 'done')],
    ['settle', leads && task.status === 'done'],
    ['cancel', leads && (task.status === 'open' || task.status === 'staffed')],
  ];
  const may = task.leadActive ? acts.flatMap(([act, yes]) => (yes ? [act] : [])) : [];
  return [...may, ...(live && (leads || task.headed) ? ['hand-over'] : [])];
};

/** One task with who was asked to it. */
export const readVolunteerTask = async (ctx: Ctx<never>, id: string): Promise<VolunteerTask> => {
  const { tx, actor } = ctx;
  const facts = (await store.taskById(tx, actor, id)) ?? ctx.notFound();
  const { rows } = await sql<
    VolunteerTaskRow & {
      says: string;
      summary: string | null;
      cancelSays: string | null;
      handedSays: string | null;
      recordedByName: string | null;
      settledByName: string | null;
      settledAt: string | null;
    }
  >`select ${taskColumns(actor.selves)}, c.says, c.summary, c.cancel_says, c.handed_says, k.settled_at,
      (select w.name from person w where w.id = k.recorded_by) as recorded_by_name, (select w.name from person w where w.id = k.settled_by) as settled_by_name
    ${TASK_FROM} join volunteer_task_content c on c.district_id = k.district_id and c.id = k.id
    where k.district_id = ${actor.districtId} and k.id = ${id}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const turns = await sql<Turn>`select t.id, t.volunteer_id, v.name_masked as name, c.phone_masked as phone, t.status, t.minutes
    from volunteer_turn t join volunteer v on v.district_id = t.district_id and v.id = t.volunteer_id
      left join volunteer_content c on c.district_id = v.district_id and c.id = v.id
    where t.district_id = ${actor.districtId} and t.task_id = ${id} order by v.name_masked, t.id`.execute(tx);
  const can = canOf(ctx, facts, turns.rows);
  const leads = can.includes('hand-over')
    ? await sql<{ personId: string; name: string }>`select distinct p.id as person_id, p.name, p.name_pinyin from role_assignment a
        join person p on p.id = a.person_id
        where a.district_id = ${actor.districtId} and a.role = 'worker' and a.station_id = ${facts.stationId} and a.person_id <> ${facts.leadId}
          and leads_at(a.person_id, a.station_id) order by p.name_pinyin nulls last, p.id limit 100`.execute(tx)
    : { rows: [] };
  ctx.saw('volunteer-task', id);
  return {
    ...row,
    areaId: facts.areaId,
    skills: facts.skills as VolunteerSkill[],
    risky: facts.risky,
    opens: await pageOf(ctx, facts.forKind, facts.forId),
    turns: turns.rows,
    leads: leads.rows.map(({ personId, name }) => ({ personId, name })),
    can,
    seenBy: volunteerTaskReach.map((l) => l.says),
  };
};

const MOST_PROPOSED = 60;

/** Who fits a task and why, by name: nobody stands before another. */
export const listProposals = async (ctx: Ctx<never>, id: string): Promise<{ rows: Proposal[]; more: number }> => {
  const task = (await store.taskById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (task.status !== 'open') return { rows: [], more: 0 };
  const pack = await packOf(ctx);
  const sought = await store.soughtBy(ctx.tx, task);
  const people = await store.candidatesOf(ctx.tx, ctx.actor.districtId, task, loadSince(task.startsAt, pack), null);
  const fit = people.flatMap((one): Proposal[] => {
    const reasons = fitOf(one, sought, pack);
    if (reasons === undefined) return [];
    return [{ id: one.id, name: one.name, team: one.team, skills: one.skills as VolunteerSkill[], reasons, lately: one.lately }];
  });
  ctx.saw('volunteers', ctx.actor.personId, { outcome: 'list' });
  return { rows: fit.slice(0, MOST_PROPOSED), more: Math.max(0, fit.length - MOST_PROPOSED) };
};

/** What the ledger of hours is narrowed to. */
export type HoursFilter = {
  readonly period?: string | undefined;
  readonly stationId?: string | undefined;
  readonly class?: ActivityCategory | undefined;
};

/** The month or year that is asked for: this month when nothing is said. */
export const hoursPeriod = (ctx: Pick<Ctx, 'today'>, filter: HoursFilter): string => filter.period ?? ctx.today.slice(0, 7);

/** Settled hours of a month or a year within one's reach. */
export const readVolunteerLedger = async (ctx: Ctx<never>, filter: HoursFilter): Promise<VolunteerLedger> => {
  const { tx, actor } = ctx;
  const period = hoursPeriod(ctx, filter);
  const { from, to } = periodDays(period);
  const { rows } = await sql<Omit<HoursCell, 'label'> & { what: string }>`select what, key, tasks, times, persons, minutes
    from volunteer_hours(${from}, ${to}, ${filter.stationId ?? null}, ${filter.class ?? null})`.execute(tx);
  const stations = await sql<{ key: string; label: string }>`select id::text as key, name as label from station
    where district_id = ${actor.districtId} order by tier, name_pinyin, id`.execute(tx);
  const register = await sql<{ status: VolunteerStatus; count: number }>`select v.status, count(*)::int as count from volunteer v
    where v.district_id = ${actor.districtId} and ${reachSql(actor, volunteerReach, 'v')}
      and (${filter.stationId ?? null}::uuid is null or v.station_id = ${filter.stationId ?? null}) group by 1 order by 1`.execute(tx);
  const months = Array.from({ length: 12 }, (_, i) => addMonths(from, i)).filter((m) => m <= to);
  const cells = (what: string, named: readonly { key: string; label: string }[]): HoursCell[] =>
    named.flatMap(({ key, label }) => {
      const found = rows.find((r) => r.what === what && r.key === key);
      return found === undefined
        ? []
        : [{ key, label, tasks: found.tasks, times: found.times, persons: found.persons, minutes: found.minutes }];
    });
  const [total] = cells('all', [{ key: '', label: '合计' }]);
  const groups: VolunteerLedger['groups'] = [
    {
      key: 'class',
      title: '按服务类别',
      cells: cells(
        'class',
        Object.entries(activityCategoryLabels).map(([key, label]) => ({ key, label })),
      ),
    },
    ...(period.length === 4
      ? [
          {
            key: 'month' as const,
            title: '按月',
            cells: cells(
              'month',
              months.map((m) => ({ key: m, label: `${yearOf(m as Day)}年${monthOf(m as Day)}月` })),
            ),
          },
        ]
      : []),
    { key: 'station', title: '按站点', cells: cells('station', stations.rows) },
  ];
  return {
    period,
    scope: hoursScope(actor.roles),
    total: total ?? { key: '', label: '合计', tasks: 0, times: 0, persons: 0, minutes: 0 },
    groups,
    register: register.rows,
    asOf: ctx.now,
  };
};

/** One volunteer in one settled task. */
export type HoursRow = {
  readonly day: string;
  readonly title: string;
  readonly class: ActivityCategory;
  readonly name: string;
  readonly team: string;
  readonly minutes: number;
  readonly leadName: string;
  readonly stationName: string;
};

/** Settled hours line by line for the ledger on paper, at most one more than `most`; or those of one volunteer. */
export const hoursRows = async (
  ctx: Ctx<never>,
  of: { from: string; to: string; stationId?: string | undefined; class?: ActivityCategory | undefined; volunteerId?: string | undefined },
  most: number,
): Promise<HoursRow[]> =>
  (
    await sql<HoursRow>`select (k.starts_at at time zone 'Asia/Shanghai')::date::text as day, k.title, k.class, v.name_masked as name, v.team, t.minutes,
      p.name as lead_name, s.name as station_name
    from volunteer_task k join volunteer_turn t on t.district_id = k.district_id and t.task_id = k.id and t.status = 'came'
      join volunteer v on v.district_id = t.district_id and v.id = t.volunteer_id
      join person p on p.id = k.lead_id join station s on s.id = k.station_id
    where ${allOf([
      sql`k.district_id = ${ctx.actor.districtId}`,
      reachSql(ctx.actor, volunteerTaskReach, 'k'),
      sql`k.status = 'settled'`,
      sql`(k.starts_at at time zone 'Asia/Shanghai')::date between ${of.from} and ${of.to}`,
      of.stationId !== undefined && sql`k.station_id = ${of.stationId}`,
      of.class !== undefined && sql`k.class = ${of.class}`,
      of.volunteerId !== undefined && sql`t.volunteer_id = ${of.volunteerId}`,
    ])} order by k.starts_at, k.id, v.name_masked limit ${sql.lit(most + 1)}`.execute(ctx.tx)
  ).rows;
