import type { Actor } from '@jieyou/core/identity/schema.ts';
import { reliefReach } from '@jieyou/core/relief/policy.ts';
import type { JointStatus, ReliefStatus, UndertakingStatus } from '@jieyou/core/relief/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

const selves = (actor: Actor) => sql`${[...actor.selves]}::uuid[]`;
const carried = reliefReach.filter((line) => line.role === 'worker');

/** The relief case of a consultation, where the person reaches it: all of it, or as the one who carries it. */
export const reliefOf = (actor: Actor, alias: string, how: 'reached' | 'in-hand'): RawBuilder<boolean> =>
  sql`exists (select 1 from relief_case r where r.district_id = ${sql.ref(`${alias}.district_id`)} and r.id = ${sql.ref(`${alias}.relief_id`)}
    and ${reachSql(actor, how === 'reached' ? reliefReach : carried, 'r')})`;

/** The condition under which somebody sees a consultation: through the relief case, or because they are named, as long as the case goes on. */
export const jointSeen = (actor: Actor, alias: string): RawBuilder<boolean> =>
  sql`(${reliefOf(actor, alias, 'reached')} or ${sql.ref(`${alias}.staff`)} && ${selves(actor)}
    and relief_goes_on(${sql.ref(`${alias}.district_id`)}, ${sql.ref(`${alias}.relief_id`)}))`;

/** A consultation as commands look at it; the case's own facts are null to who is only named. */
export type JointFacts = {
  readonly id: string;
  readonly reliefId: string;
  readonly status: JointStatus;
  readonly onDay: string;
  readonly reliefStatus: ReliefStatus | null;
  readonly workerId: string | null;
  /** Members of the staff who sit at the table. */
  readonly staff: readonly string[];
  readonly version: number;
};
export const jointById = async (tx: Tx, actor: Actor, id: string): Promise<JointFacts | undefined> =>
  (
    await sql<JointFacts>`select j.id, j.relief_id, j.status, j.on_day, r.status as relief_status, r.worker_id, j.staff, j.version
      from relief_joint j left join relief_case r on r.district_id = j.district_id and r.id = j.relief_id
      where j.district_id = ${actor.districtId} and j.id = ${id} and ${jointSeen(actor, 'j')}`.execute(tx)
  ).rows[0];

export const memberOf = async (tx: Tx, districtId: string, jointId: string, id: string) =>
  tx
    .selectFrom('reliefJointMember')
    .select(['id', 'personId'])
    .where('districtId', '=', districtId)
    .where('jointId', '=', jointId)
    .where('id', '=', id)
    .where('leftOn', 'is', null)
    .executeTakeFirst();

/** How many still sit at a table. */
export const seatsTaken = async (tx: Tx, districtId: string, jointId: string): Promise<number> =>
  (
    await sql<{ n: number }>`select count(*)::int as n from relief_joint_member
      where district_id = ${districtId} and joint_id = ${jointId} and left_on is null`.execute(tx)
  ).rows[0]?.n ?? 0;

/** What somebody undertook, with whether this person may say what became of it. */
export const undertakingById = async (tx: Tx, actor: Actor, id: string) =>
  (
    await sql<{
      jointId: string;
      reliefId: string;
      status: UndertakingStatus;
      metOn: string;
      settles: boolean;
      still: boolean;
      version: number;
    }>`select u.joint_id, j.relief_id, u.status, j.on_day as met_on, u.version, recipient_stands_still(j.district_id, j.recipient_id) as still,
        (coalesce(u.by_person = any(${selves(actor)}), false) or ${reliefOf(actor, 'j', 'in-hand')}) as settles
      from relief_undertaking u join relief_joint j on j.district_id = u.district_id and j.id = u.joint_id
      where u.district_id = ${actor.districtId} and u.id = ${id} and ${jointSeen(actor, 'j')}`.execute(tx)
  ).rows[0];

/** How many tables of a relief case were called and have no outcome yet: neither held nor called off. */
export const calledTables = async (tx: Tx, districtId: string, reliefId: string): Promise<number> =>
  (
    await sql<{ n: number }>`select count(*)::int as n from relief_joint
      where district_id = ${districtId} and relief_id = ${reliefId} and status = 'called'`.execute(tx)
  ).rows[0]?.n ?? 0;

/** How many things that were undertaken for a relief case, or by one member, have no end yet. */
export const openUndertakings = async (tx: Tx, districtId: string, reliefId: string, memberId: string | null = null): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`select count(*)::int as n from relief_undertaking u join relief_joint j on j.district_id = u.district_id and j.id = u.joint_id
      where j.district_id = ${districtId} and j.relief_id = ${reliefId} and u.status = 'open'
        and (${memberId}::uuid is null or u.member_id = ${memberId})`.execute(tx)
  ).rows[0]?.n ?? 0;

const atWork = (today: string) => sql`r.valid_from <= ${today}::date and (r.valid_to is null or r.valid_to >= ${today}::date)
  and r.role = any(array['worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street', 'civil-affairs'])`;

/** Staff of the district who act today and may be named. */
export const staffFrom = (actor: Actor, today: string): RawBuilder<unknown> => sql`from person p
  left join organisation o on o.id = p.organisation_id
  join lateral (select array_agg(distinct r.role order by r.role) as roles from role_assignment r
    where r.person_id = p.id and r.district_id = p.district_id and ${atWork(today)}) held on held.roles is not null
  where p.district_id = ${actor.districtId} and exists (select 1 from account a where a.person_id = p.id and not a.disabled)`;

/** How many of these are staff who may be named. */
export const staffHere = async (tx: Tx, actor: Actor, today: string, ids: readonly string[]): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n ${staffFrom(actor, today)} and p.id = any(${[...ids]}::uuid[])`.execute(tx)).rows[0]
    ?.n ?? 0;

/** Where the name of somebody without an account belongs. */
export const memberPlace = (row: string) => ({ table: 'relief_joint_member', row, field: 'name' });
