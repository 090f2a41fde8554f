import type { ActivityCategory } from '@jieyou/core/activities/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type Day, day, isMinorOn } from '@jieyou/core/shared/day.ts';
import {
  idNumberFacts,
  maskIdNumber,
  maskMinorName,
  maskName,
  maskPhone,
  normaliseIdNumber,
  normalisePhone,
  toHalfWidth,
} from '@jieyou/core/shared/identifiers.ts';
import { volunteerHeads, volunteerKeepers, volunteerReach, volunteerTaskReach } from '@jieyou/core/volunteers/policy.ts';
import type { Candidate, Sought } from '@jieyou/core/volunteers/rules.ts';
import type { TurnStatus, VolunteerDraft, VolunteerFor, VolunteerStatus, VolunteerTaskStatus } from '@jieyou/core/volunteers/schema.ts';
import { type Insertable, sql, type Updateable } from 'kysely';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import { reachSql } from '../platform/http/scope.ts';

/** Where each encrypted item belongs. */
export const sealedAt = (row: string, field: 'name' | 'phone' | 'idNumber' | 'guardianName' | 'guardianPhone') => ({
  table: 'volunteer_content',
  row,
  field,
});

/** Blind indexes under which a volunteer is found; their own, so that nobody is matched with recipients by them. */
export const indexesOf = (crypto: CryptoProvider, typed: string) => ({
  name: crypto.blindIndex(toHalfWidth(typed).replace(/\s+/g, ''), 'volunteer.name'),
  idNumber: crypto.blindIndex(idNumberFacts(typed)?.number ?? normaliseIdNumber(typed), 'volunteer.idNumber'),
  phone: crypto.blindIndex(normalisePhone(typed), 'volunteer.phone'),
});

/** How the register shows somebody's name. */
export const shownName = (name: string, birthOn: string | null, today: Day): string =>
  birthOn !== null && isMinorOn(day(birthOn), today) ? maskMinorName(name, null, null) : maskName(name);

/** What is stored of a volunteer's person: each item enciphered for its row and field, its mask, and a blind index. */
export const sealVolunteer = (crypto: CryptoProvider, id: string, v: VolunteerDraft, today: Day) => {
  const minor = isMinorOn(day(v.birthOn), today);
  const seal = (field: Parameters<typeof sealedAt>[1], value: string | null) =>
    value === null ? null : crypto.encrypt(value, sealedAt(id, field));
  return {
    gender: v.gender,
    birthOn: v.birthOn,
    nameCt: crypto.encrypt(v.name, sealedAt(id, 'name')),
    nameIndex: indexesOf(crypto, v.name).name,
    phoneCt: seal('phone', v.phone),
    phoneMasked: v.phone === null ? null : maskPhone(v.phone),
    phoneIndex: v.phone === null ? null : indexesOf(crypto, v.phone).phone,
    idNumberCt: seal('idNumber', v.idNumber),
    idNumberMasked: v.idNumber === null ? null : maskIdNumber(v.idNumber, { minor }),
    idNumberIndex: v.idNumber === null ? null : indexesOf(crypto, v.idNumber).idNumber,
    idAgreedOn: v.idAgreedOn,
    guardianNameCt: seal('guardianName', v.guardianName),
    guardianNameMasked: v.guardianName === null ? null : maskName(v.guardianName),
    guardianPhoneCt: seal('guardianPhone', v.guardianPhone),
    guardianPhoneMasked: v.guardianPhone === null ? null : maskPhone(v.guardianPhone),
    guardianAgreedOn: v.guardianAgreedOn,
    expertise: v.expertise,
    notes: v.notes,
  };
};

/** Someone on the register, as commands look at it. */
export type VolunteerFacts = {
  readonly id: string;
  readonly status: VolunteerStatus;
  readonly stationId: string;
  readonly erasedAt: string | null;
  readonly version: number;
  readonly kept: boolean;
  readonly headed: boolean;
};

/** A volunteer in the person's reach; undefined for one that is missing or beyond it. */
export const volunteerById = async (tx: Tx, actor: Actor, id: string): Promise<VolunteerFacts | undefined> =>
  (
    await sql<VolunteerFacts>`select v.id, v.status, v.station_id, v.erased_at, v.version, ${reachSql(actor, volunteerKeepers, 'v')} as kept,
      ${reachSql(actor, volunteerHeads, 'v')} as headed
    from volunteer v where v.district_id = ${actor.districtId} and v.id = ${id} and ${reachSql(actor, volunteerReach, 'v')}`.execute(tx)
  ).rows[0];

/** What is kept of a volunteer's person, for the station and the centre. */
export const contentById = (tx: Tx, districtId: string, id: string) =>
  tx.selectFrom('volunteerContent').selectAll().where('districtId', '=', districtId).where('id', '=', id).executeTakeFirst();

/** Changes a line of the register as the editor saw it; undefined when somebody was faster. */
export const changeVolunteer = async (
  tx: Tx,
  districtId: string,
  was: { readonly id: string; readonly status: string },
  version: number,
  change: Omit<Updateable<DB['volunteer']>, 'districtId' | 'id' | 'version'>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('volunteer')
      .set({ ...change, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', was.id)
      .where('version', '=', version)
      .where('status', '=', was.status)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? version + 1
    : undefined;

/** A task, as commands look at it. */
export type TaskFacts = {
  readonly id: string;
  readonly class: ActivityCategory;
  readonly status: VolunteerTaskStatus;
  readonly forKind: VolunteerFor;
  readonly forId: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly areaId: string | null;
  readonly wanted: number;
  readonly skills: string[];
  readonly risky: boolean;
  readonly leadId: string;
  readonly stationId: string;
  readonly leadActive: boolean;
  readonly version: number;
  readonly headed: boolean;
};

/** A task in the person's reach; undefined for one that is missing or beyond it. */
export const taskById = async (tx: Tx, actor: Actor, id: string): Promise<TaskFacts | undefined> =>
  (
    await sql<TaskFacts>`select k.id, k.class, k.status, k.for_kind, k.for_id, k.starts_at, k.ends_at, k.area_id, k.wanted, k.skills, k.risky, k.lead_id,
      k.station_id, k.version, leads_at(k.lead_id, k.station_id) as lead_active, ${reachSql(actor, volunteerHeads, 'k')} as headed
    from volunteer_task k where k.district_id = ${actor.districtId} and k.id = ${id} and ${reachSql(actor, volunteerTaskReach, 'k')}`.execute(
      tx,
    )
  ).rows[0];

/** Changes a task as the editor saw it; undefined when somebody was faster. */
export const changeTask = async (
  tx: Tx,
  districtId: string,
  was: { readonly id: string; readonly status: string },
  version: number,
  change: Omit<Updateable<DB['volunteerTask']>, 'districtId' | 'id' | 'version'>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('volunteerTask')
      .set({ ...change, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', was.id)
      .where('version', '=', version)
      .where('status', '=', was.status)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? version + 1
    : undefined;

/** Lets two acts on one task follow each other. */
export const lockTask = (tx: Tx, districtId: string, id: string) =>
  sql`select 1 from volunteer_task where district_id = ${districtId} and id = ${id} for update`.execute(tx);

/** What volunteers read, and what was said of a task. */
export const putTaskWords = async (
  tx: Tx,
  districtId: string,
  id: string,
  words: Omit<Updateable<DB['volunteerTaskContent']>, 'districtId' | 'id'>,
): Promise<void> => {
  await tx.updateTable('volunteerTaskContent').set(words).where('districtId', '=', districtId).where('id', '=', id).execute();
};

/** Who was asked to a task. */
export const turnsOf = (
  tx: Tx,
  districtId: string,
  taskId: string,
): Promise<{ id: string; volunteerId: string; status: TurnStatus; version: number }[]> =>
  tx
    .selectFrom('volunteerTurn')
    .select(['id', 'volunteerId', 'status', 'version'])
    .where('districtId', '=', districtId)
    .where('taskId', '=', taskId)
    .orderBy('id')
    .execute() as Promise<{ id: string; volunteerId: string; status: TurnStatus; version: number }[]>;

/** Somebody who may be asked to a task, with what the rule looks at. */
export type CandidateRow = Candidate & { readonly id: string; readonly name: string; readonly team: string };

/**
 * Volunteers of the task's station who were not asked yet, or exactly those that are named: with another task at the same time, and how
 * many there were since a day.
 */
export const candidatesOf = async (
  tx: Tx,
  districtId: string,
  task: Pick<TaskFacts, 'id' | 'stationId' | 'startsAt' | 'endsAt'>,
  since: string,
  only: readonly string[] | null,
): Promise<CandidateRow[]> =>
  (
    await sql<CandidateRow>`
    with near as materialized (
      select t.volunteer_id, k.starts_at, k.ends_at, k.status from volunteer_turn t join volunteer_task k on k.district_id = t.district_id and k.id = t.task_id
      where t.district_id = ${districtId} and t.status in ('confirmed', 'came') and k.id <> ${task.id} and k.status <> 'cancelled'
        and k.starts_at >= (${since}::date)::timestamp at time zone 'Asia/Shanghai' and k.starts_at <= ${task.endsAt})
    select v.id, v.name_masked as name, v.team, v.status, v.skills, v.areas::text[] as areas, v.slots, c.birth_on, c.guardian_agreed_on, v.insured_until,
      exists (select 1 from near n where n.volunteer_id = v.id and n.status in ('open', 'staffed', 'done') and n.starts_at < ${task.endsAt}
        and n.ends_at > ${task.startsAt}) as busy,
      (select count(*)::int from near n where n.volunteer_id = v.id) as lately
    from volunteer v join volunteer_content c on c.district_id = v.district_id and c.id = v.id
    where v.district_id = ${districtId} and v.station_id = ${task.stationId} and (
      case when ${only}::uuid[] is null then v.status = 'active' and not exists (
          select 1 from volunteer_turn t where t.district_id = v.district_id and t.task_id = ${task.id} and t.volunteer_id = v.id)
        else v.id = any (${only}::uuid[]) end)
    order by v.name_masked, v.id`.execute(tx)
  ).rows;

/** Ids of a division and of those above it; undefined for one that is unknown. */
export const areaPath = async (tx: Tx, id: string): Promise<string[] | undefined> => {
  const found = await tx.selectFrom('division').select('path').where('id', '=', id).executeTakeFirst();
  return found?.path.split('/').filter(Boolean);
};

/** What a task asks for, with the divisions above its area. */
export const soughtBy = async (tx: Tx, task: TaskFacts): Promise<Sought> => ({
  startsAt: task.startsAt,
  endsAt: task.endsAt,
  skills: task.skills,
  risky: task.risky,
  areas: task.areaId === null ? [] : ((await areaPath(tx, task.areaId)) ?? []),
});

/** Whether all of these are divisions of the district. */
export const areasKnown = async (tx: Tx, districtId: string, ids: readonly string[]): Promise<boolean> => {
  if (ids.length === 0) return true;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from division d join division r on r.id = ${districtId}
    where d.id = any(${[...ids]}::uuid[]) and starts_with(d.path, r.path) and d.valid_to is null`.execute(tx);
  return rows[0]?.n === new Set(ids).size;
};

/** What a task helps with, as far as the asker reaches it: the page, and who stands behind it, enciphered. */
type Behind = {
  readonly table: string;
  readonly id: string;
  readonly nameCt: string;
  readonly phoneCt: string | null;
  readonly idNumberCt: string | null;
};

/** Whether the work that a task helps with is in reach and goes on, and the people behind it. */
export const behind = async (tx: Tx, districtId: string, kind: VolunteerFor, id: string | null): Promise<readonly Behind[] | undefined> => {
  if (kind === 'own' || id === null) return [];
  const person = sql`'recipient' as table, r.id, r.name_ct, r.phone_ct, r.id_number_ct`;
  if (kind === 'activity') {
    const there = await tx
      .selectFrom('activity')
      .select('id')
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('status', '<>', 'cancelled')
      .executeTakeFirst();
    if (there === undefined) return undefined;
    return (
      await sql<Behind>`select 'activity_registration' as table, g.id, g.name_ct, g.phone_ct, null as id_number_ct from activity_registration g
        where g.district_id = ${districtId} and g.activity_id = ${id} and g.status <> 'cancelled' limit 2000`.execute(tx)
    ).rows;
  }
  if (kind === 'group') {
    const there = await tx
      .selectFrom('serviceGroup')
      .select('id')
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('status', 'not in', ['closed', 'cancelled'])
      .executeTakeFirst();
    if (there === undefined) return undefined;
    return (
      await sql<Behind>`select ${person} from group_member m join recipient r on r.district_id = m.district_id and r.id = m.recipient_id
        where m.district_id = ${districtId} and m.group_id = ${id} and r.name_ct <> ''`.execute(tx)
    ).rows;
  }
  if (kind === 'session') {
    const { rows: there } = await sql<{ groupId: string }>`select s.group_id from group_session s
      join service_group g on g.district_id = s.district_id and g.id = s.group_id and g.status not in ('closed', 'cancelled')
      where s.district_id = ${districtId} and s.id = ${id} and s.status <> 'cancelled'`.execute(tx);
    return there[0] === undefined ? undefined : behind(tx, districtId, 'group', there[0].groupId);
  }
  const { rows } =
    kind === 'relief'
      ? await sql<Behind>`select ${person} from relief_case x join recipient r on r.district_id = x.district_id and r.id = x.recipient_id
          where x.district_id = ${districtId} and x.id = ${id} and x.status <> 'closed' and r.name_ct <> ''`.execute(tx)
      : await sql<Behind>`select ${person} from visit x join case_file f on f.district_id = x.district_id and f.id = x.case_id
            join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
          where x.district_id = ${districtId} and x.id = ${id} and x.status = 'planned' and r.name_ct <> ''`.execute(tx);
  return rows.length === 0 ? undefined : rows;
};

/** Enters somebody: the line and the person. */
export const insertVolunteer = async (
  tx: Tx,
  line: Insertable<DB['volunteer']>,
  person: Omit<Insertable<DB['volunteerContent']>, 'districtId' | 'id'>,
): Promise<void> => {
  await tx.insertInto('volunteer').values(line).execute();
  await tx
    .insertInto('volunteerContent')
    .values({ ...person, districtId: line.districtId, id: line.id })
    .execute();
};
