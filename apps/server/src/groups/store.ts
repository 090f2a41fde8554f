import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import type { FormResult } from '@jieyou/core/forms/schema.ts';
import { groupReach } from '@jieyou/core/groups/policy.ts';
import type {
  GroupBudgetLine,
  GroupClosing,
  GroupIndicator,
  GroupKind,
  GroupRisk,
  GroupStatus,
  LeadChangeStatus,
  MemberScore,
  ScoreOnForm,
  SessionPlan,
  SessionStatus,
} from '@jieyou/core/groups/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import type { NamedVolunteer } from '@jieyou/core/shared/helping.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql, type Updateable } from 'kysely';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import { reachSql } from '../platform/http/scope.ts';
import { keptNames, namesKept } from '../volunteers/index.ts';

const along = (persons: readonly string[]) => sql`select x.id from service_group x where x.co_lead_ids && ${[...persons]}::uuid[]`;
/** The condition under which somebody reaches a group. */
export const groupInReach = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, groupReach, alias, along);

const kept = groupReach.filter((line) => line.role === 'worker');
/** The condition under which somebody leads it or leads along. */
export const groupInHand = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, kept, alias, along);

/** A group as commands look at it. */
export type GroupFacts = {
  readonly id: string;
  readonly title: string;
  readonly kind: GroupKind;
  readonly domain: ServiceDomain;
  readonly status: GroupStatus;
  readonly leadId: string;
  readonly stationId: string;
  readonly organisationId: string | null;
  readonly divisionPath: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly madeBy: string;
  readonly submittedBy: string | null;
  readonly approvedBy: string | null;
  readonly coLeadIds: string[];
  readonly version: number;
  readonly inHand: boolean;
};

/** A group in the person's reach; undefined for one that is missing or beyond it. */
export const groupById = async (tx: Tx, actor: Actor, id: string): Promise<GroupFacts | undefined> =>
  (
    await sql<GroupFacts>`select g.id, g.title, g.kind, g.domain, g.status, g.lead_id, g.station_id, g.organisation_id, g.division_path, g.min_size,
      g.max_size, g.made_by, g.submitted_by, g.approved_by, g.co_lead_ids, g.version, ${groupInHand(actor, 'g')} as in_hand
    from service_group g where g.district_id = ${actor.districtId} and g.id = ${id} and ${groupInReach(actor, 'g')}`.execute(tx)
  ).rows[0];

/** Lets two acts on one group follow each other. */
export const lockGroup = (tx: Tx, districtId: string, id: string) =>
  sql`select 1 from service_group where district_id = ${districtId} and id = ${id} for update`.execute(tx);

type Change = Omit<Updateable<DB['serviceGroup']>, 'districtId' | 'id' | 'updatedAt' | 'version'>;

/** Changes a group as the editor saw it; undefined when somebody was faster. */
export const changeGroup = async (
  tx: Tx,
  districtId: string,
  was: { readonly id: string; readonly status: string },
  version: number,
  change: Change,
  at: string,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('serviceGroup')
      .set({ ...change, updatedAt: at, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', was.id)
      .where('version', '=', version)
      .where('status', '=', was.status)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? version + 1
    : undefined;

/** The plan book as it is kept. */
export type KeptPlan = {
  readonly idea: string;
  readonly goals: string;
  readonly audience: string;
  readonly recruiting: string;
  readonly sessions: SessionPlan[];
  readonly budget: GroupBudgetLine[];
  readonly risks: GroupRisk[];
  readonly indicators: GroupIndicator[];
  readonly volunteers: NamedVolunteer[];
  readonly closing: GroupClosing | null;
  readonly cancelSays: string | null;
};

const volunteersPlace = (row: string) => ({ table: 'service_group_content', row, field: 'volunteers' });

/** The names of volunteers as they are kept. */
export const sealVolunteers = (crypto: CryptoProvider, id: string, volunteers: readonly NamedVolunteer[]): string =>
  crypto.encrypt(keptNames(volunteers), volunteersPlace(id));

/** Keeps the plan book of a group. */
export const putPlan = async (
  tx: Tx,
  of: { districtId: string; id: string; volunteersCt: string } & Omit<KeptPlan, 'volunteers' | 'closing' | 'cancelSays'>,
): Promise<void> => {
  const lists = {
    sessions: JSON.stringify(of.sessions),
    budget: JSON.stringify(of.budget),
    risks: JSON.stringify(of.risks),
    indicators: JSON.stringify(of.indicators),
  };
  const words = {
    idea: of.idea,
    goals: of.goals,
    audience: of.audience,
    recruiting: of.recruiting,
    volunteersCt: of.volunteersCt,
    ...lists,
  };
  await tx
    .insertInto('serviceGroupContent')
    .values({ districtId: of.districtId, id: of.id, ...words })
    .onConflict((oc) => oc.columns(['districtId', 'id']).doUpdateSet(words))
    .execute();
};

/** The plan book of a group. */
export const planOf = async (tx: Tx, crypto: CryptoProvider, districtId: string, id: string): Promise<KeptPlan | undefined> => {
  const { rows } = await sql<
    Omit<KeptPlan, 'volunteers'> & { volunteersCt: string }
  >`select idea, goals, audience, recruiting, sessions, budget,
    risks, indicators, volunteers_ct, closing, cancel_says from service_group_content where district_id = ${districtId} and id = ${id}`.execute(
    tx,
  );
  if (rows[0] === undefined) return undefined;
  const { volunteersCt, ...plan } = rows[0];
  return { ...plan, volunteers: namesKept(crypto.decrypt(volunteersCt, volunteersPlace(id))) };
};

/** A member as commands look at it. */
export type MemberFacts = {
  readonly id: string;
  readonly recipientId: string;
  readonly name: string;
  readonly gender: Gender;
  readonly birthOn: string | null;
  readonly still: boolean;
  readonly joinedOn: string;
  readonly leftOn: string | null;
  readonly leaveReason: string | null;
  readonly version: number;
};

/** Those who are or were in a group, in the order of joining; nobody who is sealed. */
export const membersOf = async (tx: Tx, districtId: string, groupId: string): Promise<MemberFacts[]> =>
  (
    await sql<MemberFacts>`select m.id, m.recipient_id, p.name, p.gender, p.birth_on, p.still, m.joined_on, m.left_on, m.leave_reason, m.version
    from group_member m join group_people(${groupId}) p on p.member_id = m.id
    where m.district_id = ${districtId} and m.group_id = ${groupId} order by m.left_on is not null, m.joined_on, m.id`.execute(tx)
  ).rows;

/** A session as commands look at it. */
export type SessionFacts = {
  readonly id: string;
  readonly status: SessionStatus;
  readonly number: number;
  readonly recordedBy: string | null;
  readonly place: string;
  readonly version: number;
};

/** A session of a group that row-level security shows. */
export const sessionById = async (tx: Tx, districtId: string, groupId: string, id: string): Promise<SessionFacts | undefined> =>
  (
    await sql<SessionFacts>`select s.id, s.status, s.number, s.recorded_by, s.place, s.version from group_session s
      where s.district_id = ${districtId} and s.group_id = ${groupId} and s.id = ${id}`.execute(tx)
  ).rows[0];

/** How many sessions of a group are held and planned, and the highest number. */
export const sessionCounts = async (
  tx: Tx,
  districtId: string,
  groupId: string,
): Promise<{ held: number; planned: number; last: number }> =>
  (
    await sql<{ held: number; planned: number; last: number }>`select count(*) filter (where status = 'held')::int as held,
      count(*) filter (where status = 'planned')::int as planned, coalesce(max(number), 0)::int as last
    from group_session where district_id = ${districtId} and group_id = ${groupId}`.execute(tx)
  ).rows[0] ?? { held: 0, planned: 0, last: 0 };

/** Puts a session into the row of sessions. */
export const insertSession = async (
  tx: Tx,
  of: { districtId: string; id: string; groupId: string; number: number },
  plan: SessionPlan,
): Promise<void> => {
  await tx
    .insertInto('groupSession')
    .values({ ...of, status: 'planned', plannedOn: plan.plannedOn, place: plan.place })
    .execute();
  await tx.insertInto('groupSessionContent').values({ districtId: of.districtId, id: of.id, title: plan.title, aim: plan.aim }).execute();
};

/** Changes a session as the editor saw it; false when somebody was faster. */
export const changeSession = async (
  tx: Tx,
  districtId: string,
  was: SessionFacts,
  version: number,
  change: Omit<Updateable<DB['groupSession']>, 'districtId' | 'id' | 'version'>,
  content: Omit<Updateable<DB['groupSessionContent']>, 'districtId' | 'id'> = {},
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('groupSession')
    .set({ ...change, version: version + 1 })
    .where('districtId', '=', districtId)
    .where('id', '=', was.id)
    .where('version', '=', version)
    .where('status', '=', was.status)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  if (Object.keys(content).length > 0)
    await tx.updateTable('groupSessionContent').set(content).where('districtId', '=', districtId).where('id', '=', was.id).execute();
  return true;
};

/** Keeps who came; told again, it replaces what was told. */
export const putAttendance = async (
  tx: Tx,
  districtId: string,
  sessionId: string,
  rows: readonly { id: string; memberId: string; presence: string }[],
): Promise<void> => {
  for (const row of rows)
    await sql`insert into group_attendance (district_id, id, session_id, member_id, presence)
      values (${districtId}, ${row.id}, ${sessionId}, ${row.memberId}, ${row.presence})
      on conflict (district_id, session_id, member_id) do update set presence = excluded.presence, version = group_attendance.version + 1
      where group_attendance.presence is distinct from excluded.presence`.execute(tx);
};

/** Keeps what a scale said; an empty value takes one back. */
export const putMeasure = async (
  tx: Tx,
  of: {
    districtId: string;
    id: string;
    memberId: string;
    indicatorId: string;
    moment: string;
    value: number | null;
    takenOn: string;
    recordedBy: string;
    cites: ScoreOnForm | null;
  },
): Promise<void> => {
  if (of.value === null)
    await sql`update group_measure set value = null, answer_id = null, scale = null, taken_on = ${of.takenOn}, recorded_by = ${of.recordedBy},
        version = version + 1
      where district_id = ${of.districtId} and member_id = ${of.memberId} and indicator_id = ${of.indicatorId} and moment = ${of.moment}
        and value is not null`.execute(tx);
  else
    await sql`insert into group_measure (district_id, id, member_id, indicator_id, moment, value, taken_on, recorded_by, answer_id, scale)
      values (${of.districtId}, ${of.id}, ${of.memberId}, ${of.indicatorId}, ${of.moment}, ${of.value}, ${of.takenOn}, ${of.recordedBy},
        ${of.cites?.answerId ?? null}, ${of.cites?.scale ?? null})
      on conflict (district_id, member_id, indicator_id, moment) do update set value = excluded.value, taken_on = excluded.taken_on,
        recorded_by = excluded.recorded_by, answer_id = excluded.answer_id, scale = excluded.scale, version = group_measure.version + 1
      where (group_measure.value, group_measure.taken_on, group_measure.answer_id, group_measure.scale)
        is distinct from (excluded.value, excluded.taken_on, excluded.answer_id, excluded.scale)`.execute(tx);
};

/**
 * Scores on the forms of the members of a group that stand, oldest first; what has no score is none. A correction stands on the day of what
 * it corrects.
 */
export const scoresOf = async (tx: Tx, districtId: string, groupId: string): Promise<MemberScore[]> => {
  const { rows } = await sql<{ memberId: string; answerId: string; code: string; at: Instant; results: FormResult[] }>`
    select a.member_id, a.id as answer_id, a.code, coalesce(m.submitted_at, a.submitted_at) as at, c.results from form_answer a
      join form_answer_content c on c.district_id = a.district_id and c.id = a.id and c.results <> '[]'::jsonb
      left join form_answer m on m.district_id = a.district_id and m.group_id = a.group_id and m.id = a.root_id
    where a.district_id = ${districtId} and a.group_id = ${groupId} and a.member_id is not null and a.status in ('submitted', 'signed')
    order by at, a.id`.execute(tx);
  return rows.flatMap(({ at, results, ...of }) =>
    results.flatMap(({ scale, title, score, most, more }) =>
      score === null ? [] : [{ ...of, scale, title, score, most, more, on: dayOf(at) }],
    ),
  );
};

/** Values of a group that cite a score, with the form and the scale that they are of. */
export const citedMeasures = async (
  tx: Tx,
  districtId: string,
  groupId: string,
): Promise<{ memberId: string; indicatorId: string; moment: string; code: string; scale: string }[]> =>
  (
    await sql<{ memberId: string; indicatorId: string; moment: string; code: string; scale: string }>`
      select v.member_id, v.indicator_id, v.moment, a.code, v.scale from group_measure v
        join form_answer a on a.district_id = v.district_id and a.id = v.answer_id
      where v.district_id = ${districtId} and a.group_id = ${groupId}`.execute(tx)
  ).rows;

/** The heads of a station, now. */
export const headsOf = async (tx: Tx, districtId: string, stationId: string): Promise<string[]> =>
  (
    await sql<{ id: string }>`select distinct r.person_id as id from role_assignment r join person p on p.id = r.person_id
      where r.district_id = ${districtId} and r.role = 'head' and coalesce(r.station_id, p.station_id) = ${stationId}
        and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())`.execute(tx)
  ).rows.map((r) => r.id);

/** Whether all of them are workers of the station now. */
export const areOfStation = async (tx: Tx, stationId: string, persons: readonly string[]): Promise<boolean> => {
  if (persons.length === 0) return true;
  const { rows } = await sql<{ id: string }>`select distinct r.person_id as id from role_assignment r join person p on p.id = r.person_id
    where r.role = 'worker' and coalesce(r.station_id, p.station_id) = ${stationId} and r.person_id = any(${[...persons]}::uuid[])
      and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())`.execute(tx);
  return rows.length === new Set(persons).size;
};

/** A change of the lead as it is kept. */
export type LeadChangeKept = {
  readonly id: string;
  readonly fromId: string;
  readonly toId: string;
  readonly status: LeadChangeStatus;
  readonly askedBy: string;
  readonly version: number;
};

export const leadChangeById = async (tx: Tx, districtId: string, groupId: string, id: string): Promise<LeadChangeKept | undefined> =>
  (
    await sql<LeadChangeKept>`select c.id, c.from_id, c.to_id, c.status, c.asked_by, c.version from group_lead_change c
      where c.district_id = ${districtId} and c.group_id = ${groupId} and c.id = ${id}`.execute(tx)
  ).rows[0];

/** Whether a change of the lead waits for the head. */
export const leadChangeRuns = async (tx: Tx, districtId: string, groupId: string): Promise<boolean> =>
  (
    await sql`select 1 from group_lead_change c where c.district_id = ${districtId} and c.group_id = ${groupId} and c.status = 'asked'`.execute(
      tx,
    )
  ).rows.length > 0;

/** Answers a change as it was seen; false when somebody was faster. */
export const answerLeadChange = async (
  tx: Tx,
  districtId: string,
  of: { readonly id: string; readonly version: number },
  to: { status: LeadChangeStatus; answeredBy: string; answeredAt: string; answer: string },
): Promise<boolean> =>
  (
    await tx
      .updateTable('groupLeadChange')
      .set({ ...to, version: of.version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', of.id)
      .where('status', '=', 'asked')
      .where('version', '=', of.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Passes the lead on; the version of the group after it, null where it went elsewhere in the meantime. */
export const passLead = async (tx: Tx, change: string): Promise<number | null> =>
  (await sql<{ version: number | null }>`select pass_group_lead(${change}) as version`.execute(tx)).rows[0]?.version ?? null;
