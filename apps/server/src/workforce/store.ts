import type { Role } from '@jieyou/core/identity/schema.ts';
import type { HeldRole } from '@jieyou/core/workforce/rules.ts';
import type { Gender, WorkerLevel } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { Given } from '../platform/db/given.ts';

/** Somebody of the staff. */
export type PersonRow = {
  id: string;
  districtId: string;
  name: string;
  namePinyin: string;
  nameInitials: string;
  gender: Gender;
  post: string;
  organisationId: string | null;
  stationId: string | null;
  phone: string | null;
};

/** A role with its scope, holder and deputy. */
export type AssignmentRecord = {
  id: string;
  districtId: string;
  personId: string;
  role: Role;
  stationId: string | null;
  organisationId: string | null;
  divisionId: string | null;
  validFrom: string;
  validTo: string | null;
  deputyId: string | null;
  version: number;
};

/** A role that counts today: begun and not over. */
export const currentRole = (alias: string, day: string): RawBuilder<unknown> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`${column('valid_from')} <= ${day}::date and (${column('valid_to')} is null or ${column('valid_to')} >= ${day}::date)`;
};

/** Somebody of the district's staff. */
export const personOf = async (tx: Tx, districtId: string, id: string): Promise<PersonRow | undefined> =>
  (await tx.selectFrom('person').selectAll().where('id', '=', id).where('districtId', '=', districtId).executeTakeFirst()) as
    | PersonRow
    | undefined;

export const insertPerson = async (tx: Tx, person: PersonRow): Promise<void> => {
  await tx.insertInto('person').values(person).execute();
};

export const changePerson = async (tx: Tx, id: string, change: Given<Omit<PersonRow, 'id' | 'districtId'>>): Promise<void> => {
  if (Object.keys(change).length === 0) return;
  await tx
    .updateTable('person')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

/** A worker's record of service with what decides who may touch it. */
export const workerById = (tx: Tx, id: string) =>
  tx
    .selectFrom('worker as w')
    .innerJoin('person as p', 'p.id', 'w.personId')
    .select(['w.id', 'w.personId', 'w.districtId', 'w.joinedOn', 'w.leftOn', 'w.version', 'p.organisationId', 'p.stationId', 'p.name'])
    .where('w.id', '=', id)
    .executeTakeFirst();

export const insertWorker = async (
  tx: Tx,
  worker: { id: string; personId: string; districtId: string; level: WorkerLevel; joinedOn: string },
): Promise<void> => {
  await tx.insertInto('worker').values(worker).execute();
};

/** Changes a record of service as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateWorker = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<{ level: WorkerLevel; joinedOn: string; leftOn: string | null }>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('worker')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Open cases and live requests of a person, counted across what the asker may see. */
export const openWorkOf = async (tx: Tx, personId: string): Promise<{ cases: number; requests: number }> => {
  const { rows } = await sql<{ cases: number; requests: number }>`select cases, requests from open_work_of(${personId})`.execute(tx);
  return rows[0] ?? { cases: 0, requests: 0 };
};

/** Ends the given roles of a person with a day; a role that had not begun ends on its first day. */
export const endRoles = async (tx: Tx, personId: string, roles: readonly Role[], lastDay: string): Promise<string[]> => {
  const { rows } = await sql<{ role: string }>`update role_assignment
    set valid_to = greatest(valid_from, ${lastDay}::date), version = version + 1
    where person_id = ${personId} and role = any(${[...roles]}) and (valid_to is null or valid_to > ${lastDay}::date)
    returning role`.execute(tx);
  return rows.map((row) => row.role);
};

/** Everything that a person holds or deputises for and that is not over; `besides` leaves out the assignment being changed. */
export const rolesTouching = async (tx: Tx, personId: string, today: string, besides: string | null): Promise<HeldRole[]> => {
  const { rows } = await sql<HeldRole>`select role, valid_from as "from", valid_to as "to" from role_assignment
    where (person_id = ${personId} or deputy_id = ${personId}) and (valid_to is null or valid_to >= ${today}::date)
      and (${besides}::uuid is null or id <> ${besides}::uuid)`.execute(tx);
  return rows;
};

/** Whether the person holds the role on a day. */
export const holdsRole = async (tx: Tx, districtId: string, personId: string, role: Role, day: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from role_assignment r
    where r.district_id = ${districtId} and r.person_id = ${personId} and r.role = ${role} and ${currentRole('r', day)} limit 1`.execute(
    tx,
  );
  return rows.length > 0;
};

export const assignmentById = async (tx: Tx, districtId: string, id: string): Promise<AssignmentRecord | undefined> =>
  (await tx.selectFrom('roleAssignment').selectAll().where('id', '=', id).where('districtId', '=', districtId).executeTakeFirst()) as
    | AssignmentRecord
    | undefined;

export const insertAssignment = async (tx: Tx, row: Omit<AssignmentRecord, 'version'> & { grantedBy: string }): Promise<void> => {
  await tx.insertInto('roleAssignment').values(row).execute();
};

/** Changes an assignment as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateAssignment = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<Pick<AssignmentRecord, 'validTo' | 'deputyId'>>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('roleAssignment')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

export const accountOf = (tx: Tx, personId: string) =>
  tx.selectFrom('account').select(['id', 'username']).where('personId', '=', personId).executeTakeFirst();

/** Opens an account with a password that must be changed; false when the name is taken. */
export const openAccount = async (
  tx: Tx,
  account: { id: string; personId: string; username: string; passwordHash: string; createdAt: string },
): Promise<boolean> => {
  const opened = await tx
    .insertInto('account')
    .values({ ...account, mustChange: true })
    .onConflict((c) => c.column('username').doNothing())
    .returning('id')
    .executeTakeFirst();
  return opened !== undefined;
};

/** Which of the scopes exist in the district; a division counts as the tier that it is. */
export const scopesFound = async (
  tx: Tx,
  districtId: string,
  scope: { stationId: string | null; organisationId: string | null; divisionId: string | null },
): Promise<{ station: boolean; organisation: boolean; street: boolean; community: boolean }> => {
  const { rows } = await sql<{ station: boolean; organisation: boolean; street: boolean; community: boolean }>`select
    exists (select 1 from station where id = ${scope.stationId}::uuid and district_id = ${districtId}) as station,
    exists (select 1 from organisation where id = ${scope.organisationId}::uuid and district_id = ${districtId}) as organisation,
    exists (select 1 from division d join division own on own.id = ${districtId}
            where d.id = ${scope.divisionId}::uuid and d.tier = 'street' and starts_with(d.path, own.path)) as street,
    exists (select 1 from division d join division own on own.id = ${districtId}
            where d.id = ${scope.divisionId}::uuid and d.tier = 'community' and starts_with(d.path, own.path)) as community`.execute(tx);
  return rows[0] ?? { station: false, organisation: false, street: false, community: false };
};

/** Who stands in for a person in roles that are not over. */
export const deputiesOf = async (tx: Tx, personId: string, today: string): Promise<string[]> => {
  const { rows } = await sql<{ deputyId: string }>`select distinct deputy_id from role_assignment
    where person_id = ${personId} and deputy_id is not null and (valid_to is null or valid_to >= ${today}::date)`.execute(tx);
  return rows.map((row) => row.deputyId);
};

export const insertAbsence = async (
  tx: Tx,
  row: { id: string; districtId: string; personId: string; fromDay: string; toDay: string; reason: string },
): Promise<void> => {
  await tx.insertInto('absence').values(row).execute();
};

/** An absence of the district that is not ended yet. */
export const absenceById = (tx: Tx, districtId: string, id: string) =>
  tx
    .selectFrom('absence')
    .selectAll()
    .where('id', '=', id)
    .where('districtId', '=', districtId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();

export const endAbsence = async (tx: Tx, id: string, endedAt: string): Promise<boolean> => {
  const ended = await tx
    .updateTable('absence')
    .set((eb) => ({ endedAt, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
};

/** Enters or replaces a day of the rota. */
export const saveRota = (
  tx: Tx,
  row: { id: string; districtId: string; day: string; dutyId: string; backupId: string; phone: string },
): Promise<{ id: string; version: number }> => {
  const { dutyId, backupId, phone } = row;
  return tx
    .insertInto('rotaDay')
    .values(row)
    .onConflict((c) =>
      c.columns(['districtId', 'day']).doUpdateSet((eb) => ({ dutyId, backupId, phone, version: eb('rotaDay.version', '+', 1) })),
    )
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow();
};
