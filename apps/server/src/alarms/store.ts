import type { NewStep, OrderStand } from '@jieyou/core/alarms/rules.ts';
import type { AlarmEntryKind, AlarmKind, AlarmStatus, Capacity, StepCode } from '@jieyou/core/alarms/schema.ts';
import type { Risk } from '@jieyou/core/cases/schema.ts';
import { type Insertable, sql, type Updateable } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';

/** A record as commands look at it. */
export type AlarmRecord = {
  readonly districtId: string;
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly stationId: string;
  readonly workerId: string;
  readonly supervisorId: string | null;
  readonly kind: AlarmKind;
  readonly status: AlarmStatus;
  readonly rating: Risk | null;
  readonly orderTo: string | null;
  readonly capacity: Capacity | null;
  readonly registeredBy: string;
  readonly version: number;
};

/** A record that row-level security shows. */
export const alarmById = async (tx: Tx, districtId: string, id: string): Promise<AlarmRecord | undefined> =>
  (
    await sql<AlarmRecord>`select a.district_id, a.id, a.case_id, a.case_number, a.station_id, a.worker_id, a.supervisor_id, a.kind, a.status, a.rating,
        a.order_to, c.capacity, a.registered_by, a.version
      from alarm a join alarm_content c on c.district_id = a.district_id and c.id = a.id
      where a.district_id = ${districtId} and a.id = ${id}`.execute(tx)
  ).rows[0];

/** Steps and kinds of entries, which decide what comes next. */
export const standOf = async (
  tx: Tx,
  districtId: string,
  id: string,
): Promise<{ steps: { id: string; code: StepCode; required: boolean; open: boolean; done: boolean }[]; entries: AlarmEntryKind[] }> => {
  const { rows: steps } = await sql<{ id: string; code: StepCode; required: boolean; open: boolean; done: boolean }>`
    select s.id, s.code, s.required, s.done_at is null and s.dropped_at is null as open, s.done_at is not null as done
    from alarm_step s where s.district_id = ${districtId} and s.alarm_id = ${id} order by s.due_at, s.id`.execute(tx);
  const { rows } = await sql<{ kind: AlarmEntryKind }>`select e.kind from alarm_entry e
    where e.district_id = ${districtId} and e.alarm_id = ${id} order by e.id`.execute(tx);
  return { steps, entries: rows.map((r) => r.kind) };
};

/** Writes a record with its words; false when the id is taken. */
export const insertAlarm = async (
  tx: Tx,
  register: Insertable<DB['alarm']>,
  content: Omit<Insertable<DB['alarmContent']>, 'districtId' | 'id'>,
): Promise<boolean> => {
  const made = await tx
    .insertInto('alarm')
    .values(register)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  await tx
    .insertInto('alarmContent')
    .values({ ...content, districtId: register.districtId, id: register.id })
    .execute();
  return true;
};

/** Moves a record on from the version that was read; false when somebody was faster. */
export const moveAlarm = async (tx: Tx, record: AlarmRecord, version: number, change: Updateable<DB['alarm']>): Promise<boolean> =>
  (
    await tx
      .updateTable('alarm')
      .set({ ...change, version: record.version + 1 })
      .where('districtId', '=', record.districtId)
      .where('id', '=', record.id)
      .where('version', '=', version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

type Of = { readonly districtId: string; readonly id: string; readonly caseId: string };

export const insertSteps = async (
  tx: Tx,
  of: Of,
  steps: readonly NewStep[],
  at: string,
  newId: () => string,
  orderId: string | null = null,
): Promise<void> => {
  if (steps.length === 0) return;
  await tx
    .insertInto('alarmStep')
    .values(steps.map((s) => ({ ...s, orderId, districtId: of.districtId, id: newId(), alarmId: of.id, caseId: of.caseId, openedAt: at })))
    .execute();
};

/** Steps of a kind that are open and have no visit yet, with the day by which each is due. */
export const stepsWithoutVisit = async (tx: Tx, of: Of, code: StepCode): Promise<{ id: string; dueAt: string }[]> =>
  (
    await sql<{
      id: string;
      dueAt: string;
    }>`select s.id, s.due_at from alarm_step s where s.district_id = ${of.districtId} and s.alarm_id = ${of.id}
      and s.code = ${code} and s.done_at is null and s.dropped_at is null and s.visit_id is null and s.due_at is not null order by s.due_at`.execute(
      tx,
    )
  ).rows;

/** Ties a step to the visit by which it is done. */
export const setVisit = async (tx: Tx, of: Of, stepId: string, visitId: string): Promise<void> => {
  await tx.updateTable('alarmStep').set({ visitId }).where('districtId', '=', of.districtId).where('id', '=', stepId).execute();
};

export const insertEntry = async (
  tx: Tx,
  of: Of,
  row: {
    id: string;
    kind: AlarmEntryKind;
    at: string;
    writtenAt: string;
    byId: string | null;
    body: object;
    placeCt?: string | null;
    orderId?: string | null;
  },
): Promise<void> => {
  await tx
    .insertInto('alarmEntry')
    .values({ ...row, body: JSON.stringify(row.body), districtId: of.districtId, alarmId: of.id, caseId: of.caseId })
    .execute();
};

/** The protection orders of a record, in the order in which they were applied for. */
export const ordersOf = async (tx: Tx, districtId: string, alarmId: string): Promise<(OrderStand & { no: number; appliedAt: string })[]> =>
  (
    await sql<
      OrderStand & { no: number; appliedAt: string }
    >`select o.id, o.no, o.applied_at, o.status, o.decided_on, o.valid_to, o.ended_on,
      o.reconsidered_on, o.answered from alarm_order o where o.district_id = ${districtId} and o.alarm_id = ${alarmId} order by o.no`.execute(
      tx,
    )
  ).rows;

/** Begins an order with its application. */
export const insertOrder = async (tx: Tx, of: Of, row: { id: string; no: number; appliedAt: string }): Promise<void> => {
  await tx
    .insertInto('alarmOrder')
    .values({ ...row, status: 'applied', districtId: of.districtId, alarmId: of.id, caseId: of.caseId })
    .execute();
};

/** Writes where an order stands now. */
export const moveOrder = async (tx: Tx, of: Of, o: OrderStand): Promise<void> => {
  const { id, status, decidedOn, validTo, endedOn, reconsideredOn, answered } = o;
  const stand = { status, decidedOn, validTo, endedOn, reconsideredOn, answered };
  await tx.updateTable('alarmOrder').set(stand).where('districtId', '=', of.districtId).where('id', '=', id).execute();
};

/** Ticks open steps; answers how many were open. */
export const endSteps = async (
  tx: Tx,
  of: Of,
  which: { readonly ids?: readonly string[]; readonly codes?: readonly StepCode[]; readonly orderId?: string },
  change: { doneAt: string; doneBy: string } | { droppedAt: string },
): Promise<number> => {
  if ((which.ids ?? which.codes ?? []).length === 0) return 0;
  let query = tx
    .updateTable('alarmStep')
    .set(change)
    .where('districtId', '=', of.districtId)
    .where('alarmId', '=', of.id)
    .where('doneAt', 'is', null)
    .where('droppedAt', 'is', null);
  if (which.ids !== undefined) query = query.where('id', 'in', [...which.ids]);
  if (which.orderId !== undefined) query = query.where('orderId', '=', which.orderId);
  if (which.codes !== undefined) query = query.where('code', 'in', [...which.codes]);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
};

/** Who supervises whoever registers a record, if anybody. */
export const supervisorFor = async (tx: Tx, personId: string, stationId: string): Promise<string | null> =>
  (await sql<{ id: string | null }>`select supervisor_for_report(${personId}, ${stationId}::uuid) as id`.execute(tx)).rows[0]?.id ?? null;

/** Whether a visit belongs to a case. */
export const visitOfCase = async (tx: Tx, districtId: string, caseId: string, id: string): Promise<boolean> =>
  (await tx
    .selectFrom('visit')
    .select('id')
    .where('districtId', '=', districtId)
    .where('caseId', '=', caseId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined;

/** An appeal behind a record. */
export type AppealBehind = { readonly channel: string; readonly urgent: boolean; readonly askedAt: string; readonly toldAt: string | null };

/** What a resident asked, where it belongs to a case: by which way it came, whether it told of danger, and when; undefined out of reach. */
export const appealOfCase = async (tx: Tx, districtId: string, caseId: string, id: string): Promise<AppealBehind | undefined> =>
  tx
    .selectFrom('appeal')
    .select(['channel', 'urgent', 'askedAt', 'toldAt'])
    .where('districtId', '=', districtId)
    .where('caseId', '=', caseId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Day of birth of a case's recipient. */
export const birthOf = async (tx: Tx, districtId: string, recipientId: string): Promise<string | null> =>
  (await tx.selectFrom('recipient').select('birthOn').where('districtId', '=', districtId).where('id', '=', recipientId).executeTakeFirst())
    ?.birthOn ?? null;
