import type { Role } from '@jieyou/core/identity/schema.ts';
import { addDays, type Day } from '@jieyou/core/shared/day.ts';
import { absenceReach, workerReach } from '@jieyou/core/workforce/policy.ts';
import type { Gender, WorkerLevel } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { namedLike } from './search.ts';
import { currentRole } from './store.ts';

type Page = { limit: number; after?: string | undefined; count?: 'yes' | undefined };

type WorkerRow = {
  id: string;
  personId: string;
  name: string;
  namePinyin: string;
  gender: Gender;
  post: string;
  level: WorkerLevel;
  organisationId: string;
  organisationName: string;
  stationId: string | null;
  stationName: string | null;
  phone: string | null;
  joinedOn: string;
  leftOn: string | null;
  hasAccount: boolean;
  version: number;
};

// One flat row a worker, with every column by which a role reaches it.
const workers = sql`from (
  select w.id, p.id as person_id, p.name, p.name_pinyin, p.name_initials, p.gender, p.post, w.level, p.organisation_id,
    coalesce(o.name, '') as organisation_name, p.station_id, s.name as station_name, p.phone, w.joined_on, w.left_on, w.district_id,
    d.path as division_path, exists (select 1 from account a where a.person_id = p.id) as has_account, w.version
  from worker w
  join person p on p.id = w.person_id
  left join organisation o on o.id = p.organisation_id
  left join station s on s.id = p.station_id
  left join division d on d.id = s.division_id) as v`;

const byName: readonly SortKey[] = [
  { column: 'name_pinyin', direction: 'asc', type: 'text' },
  { column: 'person_id', direction: 'asc', type: 'uuid' },
];
const byJoining: readonly SortKey[] = [
  { column: 'joined_on', direction: 'desc', type: 'date' },
  { column: 'id', direction: 'asc', type: 'uuid' },
];

const withinReach = (ctx: Ctx<never>): RawBuilder<boolean> =>
  sql<boolean>`v.district_id = ${ctx.actor.districtId} and ${reachSql(ctx.actor, workerReach, 'v')}`;

/** One page of the workers in the person's reach. */
export const listWorkers = (
  ctx: Ctx<never>,
  query: Page & {
    text?: string | undefined;
    level?: WorkerLevel[] | undefined;
    organisationId?: string | undefined;
    stationId?: string | undefined;
    state?: 'serving' | 'left' | undefined;
    sort: 'name' | 'joined';
  },
) =>
  readPage<WorkerRow>(ctx.tx, query, {
    columns: sql`v.*`,
    from: workers,
    where: allOf([
      withinReach(ctx),
      namedLike('v', query.text),
      query.level !== undefined && sql`v.level = any(${query.level})`,
      query.organisationId !== undefined && sql`v.organisation_id = ${query.organisationId}`,
      query.stationId !== undefined && sql`v.station_id = ${query.stationId}`,
      query.state === 'serving' && sql`(v.left_on is null or v.left_on > ${ctx.today}::date)`,
      query.state === 'left' && sql`v.left_on <= ${ctx.today}::date`,
    ]),
    sort: query.sort === 'joined' ? byJoining : byName,
    alias: 'v',
  });

/** One worker in the person's reach. */
export const readWorker = async (ctx: Ctx<never>, id: string): Promise<WorkerRow> => {
  const { rows } = await sql<WorkerRow>`select v.* ${workers} where v.id = ${id} and ${withinReach(ctx)}`.execute(ctx.tx);
  return rows[0] ?? ctx.notFound();
};

type PersonChoice = { personId: string; name: string; post: string; organisationName: string | null; roles: Role[] };

const MOST_CHOICES = 20;

/** People of the district who hold a role and can sign in, for a picker. */
export const listPeople = async (ctx: Ctx<never>, query: { text?: string | undefined; role?: Role[] | undefined }) => {
  // Who appoints must find everybody, also those who hold nothing yet; others choose among people who can act.
  const appoints = ctx.actor.roles.includes('security');
  const { rows } = await sql<PersonChoice>`
    select p.id as person_id, p.name, p.post, o.name as organisation_name, coalesce(held.roles, '{}') as roles
    from person p
    left join organisation o on o.id = p.organisation_id
    left join lateral (select array_agg(distinct r.role order by r.role) as roles from role_assignment r
                       where r.person_id = p.id and ${currentRole('r', ctx.today)}) as held on true
    where ${allOf([
      sql`p.district_id = ${ctx.actor.districtId}`,
      !appoints && sql`held.roles is not null and exists (select 1 from account a where a.person_id = p.id and not a.disabled)`,
      namedLike('p', query.text),
      query.role !== undefined && sql`held.roles && ${query.role}::text[]`,
    ])}
    order by p.name_pinyin, p.id limit ${MOST_CHOICES}`.execute(ctx.tx);
  return { rows };
};

type AssignmentRow = {
  id: string;
  personId: string;
  name: string;
  username: string;
  role: Role;
  scopeName: string;
  validFrom: string;
  validTo: string | null;
  deputyId: string | null;
  deputyName: string | null;
  absentNow: boolean;
  version: number;
};

/** One page of role assignments, the newest first. */
export const listAssignments = (
  ctx: Ctx<never>,
  query: Page & { text?: string | undefined; role?: Role[] | undefined; state?: 'current' | 'ended' | 'coming' | undefined },
) => {
  const named = namedLike('p', query.text);
  const account = `${(query.text ?? '').toLowerCase().replace(/[\\%_]/g, '')}%`;
  return readPage<AssignmentRow>(ctx.tx, query, {
    columns: sql`r.id, r.person_id, p.name, coalesce(a.username, '') as username, r.role,
      coalesce(s.name, o.name, d.name, own.name) as scope_name,
      r.valid_from, r.valid_to, r.deputy_id, deputy.name as deputy_name, r.version,
      exists (select 1 from absence b where b.person_id = r.person_id and b.ended_at is null
              and b.from_day <= ${ctx.today}::date and b.to_day >= ${ctx.today}::date) as absent_now`,
    from: sql`from role_assignment r
      join person p on p.id = r.person_id
      join division own on own.id = r.district_id
      left join account a on a.person_id = r.person_id
      left join station s on s.id = r.station_id
      left join organisation o on o.id = r.organisation_id
      left join division d on d.id = r.division_id
      left join person deputy on deputy.id = r.deputy_id`,
    where: allOf([
      sql`r.district_id = ${ctx.actor.districtId}`,
      named !== undefined && sql`(${named} or a.username like ${account})`,
      query.role !== undefined && sql`r.role = any(${query.role})`,
      query.state === 'current' && currentRole('r', ctx.today),
      query.state === 'ended' && sql`r.valid_to < ${ctx.today}::date`,
      query.state === 'coming' && sql`r.valid_from > ${ctx.today}::date`,
    ]),
    sort: [
      { column: 'valid_from', direction: 'desc', type: 'date' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'r',
  });
};

type AbsenceRow = {
  id: string;
  personId: string;
  name: string;
  fromDay: string;
  toDay: string;
  reason: string;
  deputies: string[];
  version: number;
};

const ABSENCES_SHOWN = 200;
const DAYS_LOOKED_BACK = 90;

/** Absences that stand or are not long over: one's own, and everybody's for those who keep them. */
export const listAbsences = async (ctx: Ctx<never>) => {
  const { rows } = await sql<AbsenceRow>`
    select b.id, b.person_id, p.name, b.from_day, b.to_day, b.reason, b.version,
      coalesce((select array_agg(distinct d.name) from role_assignment r join person d on d.id = r.deputy_id
                where r.person_id = b.person_id and (r.valid_to is null or r.valid_to >= ${ctx.today}::date)), '{}') as deputies
    from absence b join person p on p.id = b.person_id
    where b.district_id = ${ctx.actor.districtId} and b.ended_at is null and b.to_day >= ${addDays(ctx.today, -DAYS_LOOKED_BACK)}::date
      and (b.person_id = ${ctx.actor.personId} or ${reachSql(ctx.actor, absenceReach, 'b')})
    order by b.from_day desc, b.id desc limit ${ABSENCES_SHOWN}`.execute(ctx.tx);
  return { rows };
};

type RotaRow = {
  id: string;
  day: string;
  dutyId: string;
  dutyName: string;
  backupId: string;
  backupName: string;
  phone: string;
  version: number;
};

const ROTA_DAYS = 60;

/** The centre's rota for sixty days. */
export const listRota = async (ctx: Ctx<never>, query: { from?: string | undefined }) => {
  const from = (query.from ?? ctx.today) as Day;
  const { rows } = await sql<RotaRow>`
    select r.id, r.day, r.duty_id, duty.name as duty_name, r.backup_id, backup.name as backup_name, r.phone, r.version
    from rota_day r join person duty on duty.id = r.duty_id join person backup on backup.id = r.backup_id
    where r.district_id = ${ctx.actor.districtId} and r.day >= ${from}::date and r.day < ${addDays(from, ROTA_DAYS)}::date
    order by r.day`.execute(ctx.tx);
  return { rows };
};
