import { type Actor, type Assignment, type Role, SECOND_FACTOR_ROLES, type SessionStage } from '@jieyou/core/identity/schema.ts';
import type { Database } from '../platform/db/database.ts';

type ActorRow = {
  session_id: string;
  csrf_token: string;
  stage: SessionStage;
  last_seen_at: string;
  account_id: string;
  person_id: string;
  name: string;
  district_id: string;
  organisation_id: string | null;
  station_id: string | null;
  expert_id: string | null;
  assignments:
    | {
        role: Role;
        district_id: string;
        station_id: string | null;
        organisation_id: string | null;
        division_path: string | null;
        person_id: string;
        deputy_for: string | null;
      }[]
    | null;
};

const PERSON = `a.id as account_id, p.id as person_id, p.name, p.district_id, p.organisation_id, p.station_id, e.id as expert_id,
    (select json_agg(json_build_object('role', r.role, 'district_id', r.district_id, 'station_id', r.station_id,
        'organisation_id', r.organisation_id, 'division_path', d.path, 'person_id', r.person_id,
        'deputy_for', case when r.person_id = p.id then null else r.person_id end))
     from role_assignment r left join division d on d.id = r.division_id
     where r.valid_from <= $3::date and (r.valid_to is null or r.valid_to >= $3::date)
       and (r.person_id = p.id or (r.deputy_id = p.id and exists (
         select 1 from absence b where b.person_id = r.person_id and b.ended_at is null and b.from_day <= $3::date and b.to_day >= $3::date)))
    ) as assignments`;

// One statement: session, account, person, the roles held today, and those of absent people whose deputy this person is.
const FIND = `
  select s.id as session_id, s.csrf_token, s.stage, s.last_seen_at, ${PERSON}
  from session s
  join account a on a.id = s.account_id
  join person p on p.id = a.person_id
  left join expert e on e.person_id = p.id and e.active
  where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2::timestamptz and not a.disabled
    and s.last_seen_at > $2::timestamptz - make_interval(mins => $4)`;

// The same person without a session: what somebody asked for is made later under the rights held then.
const FIND_BY_ACCOUNT = `
  select $2::text as session_id, '' as csrf_token, 'full' as stage, '' as last_seen_at, ${PERSON}
  from account a
  join person p on p.id = a.person_id
  left join expert e on e.person_id = p.id and e.active
  where a.id = $1 and not a.disabled`;

/** The person behind a session, with everything that decides what may be seen today. */
export const findActor = async (
  db: Database,
  tokenHash: Buffer,
  now: Date,
  today: string,
  idleMinutes: number,
): Promise<{ actor: Actor; csrfToken: string; lastSeenAt: Date } | null> => {
  const [row] = await db.query<ActorRow>(FIND, [tokenHash, now.toISOString(), today, idleMinutes], 'find-actor');
  if (row === undefined) return null;
  return { actor: actorOf(row), csrfToken: row.csrf_token, lastSeenAt: new Date(row.last_seen_at) };
};

/** The person of an account as of today, for work that goes on after the request has been answered; null where the account is disabled. */
export const actorOfAccount = async (db: Database, accountId: string, today: string): Promise<Actor | null> => {
  const [row] = await db.query<ActorRow>(FIND_BY_ACCOUNT, [accountId, accountId, today], 'find-actor-by-account');
  return row === undefined ? null : actorOf(row);
};

const actorOf = (row: ActorRow): Actor => {
  const assignments: Assignment[] = (row.assignments ?? []).map((a) => ({
    role: a.role,
    districtId: a.district_id,
    stationId: a.station_id,
    organisationId: a.organisation_id,
    divisionPath: a.division_path,
    personId: a.person_id,
    deputyFor: a.deputy_for,
  }));
  return {
    accountId: row.account_id,
    personId: row.person_id,
    name: row.name,
    districtId: row.district_id,
    organisationId: row.organisation_id,
    stationId: row.station_id,
    expertId: row.expert_id,
    roles: [...new Set(assignments.map((a) => a.role))],
    assignments,
    selves: [...new Set([row.person_id, ...assignments.flatMap((a) => a.deputyFor ?? [])])],
    sessionId: row.session_id,
    stage: row.stage,
  };
};

/** Whether somebody who holds these roles must carry a second factor. */
export const needsSecondFactor = (roles: readonly string[]): boolean =>
  roles.some((r) => (SECOND_FACTOR_ROLES as readonly string[]).includes(r));
