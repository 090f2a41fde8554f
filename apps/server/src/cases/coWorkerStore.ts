import { type RawBuilder, sql } from 'kysely';
import { hot, type Tx } from '../platform/db/database.ts';

/** Somebody who works along on a case, or did. */
export type CoWorkerRow = {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly reason: string;
  readonly namedByName: string | null;
  readonly current: boolean;
};

/** Everybody who works or worked along on a case that the person was shown, by name. */
export const coWorkersOf = (tx: Tx, caseId: string): Promise<CoWorkerRow[]> => hot<CoWorkerRow>(tx)`select * from co_workers_of(${caseId})`;

// Holds the role at the station today; a role without a station counts at the person's own, as when a case is opened.
const workerOfStation = (districtId: string, stationId: string): RawBuilder<unknown> => sql`
  p.district_id = ${districtId} and exists (select 1 from role_assignment r where r.person_id = p.id and r.district_id = p.district_id
    and r.role = 'worker' and coalesce(r.station_id, p.station_id) = ${stationId}
    and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today()))`;

/** Whether somebody is a worker of a station today. */
export const isWorkerOfStation = async (tx: Tx, districtId: string, stationId: string, personId: string): Promise<boolean> =>
  (await sql`select 1 from person p where p.id = ${personId} and ${workerOfStation(districtId, stationId)}`.execute(tx)).rows.length > 0;

/** Workers of a station by name; `named` narrows them. */
export const workersOfStation = async (
  tx: Tx,
  districtId: string,
  stationId: string,
  but: readonly string[],
  named: RawBuilder<unknown>,
  limit: number,
) =>
  (
    await sql<{ personId: string; name: string; post: string }>`select p.id as person_id, p.name, p.post from person p
      where ${workerOfStation(districtId, stationId)} and p.id <> all(${[...but]}::uuid[]) and ${named}
      order by p.name_pinyin, p.id limit ${limit}`.execute(tx)
  ).rows;

export const insertCoWorker = async (
  tx: Tx,
  row: {
    districtId: string;
    id: string;
    caseId: string;
    personId: string;
    fromDay: string;
    toDay: string | null;
    reason: string;
    namedBy: string;
  },
): Promise<void> => {
  await tx.insertInto('caseCircle').values(row).execute();
};

/** Ends somebody's working along; whom it concerned, or undefined where it was over already. */
export const endCoWork = async (tx: Tx, caseId: string, id: string): Promise<string | undefined> =>
  (await sql<{ personId: string }>`select person_id from end_co_work(${caseId}, ${id})`.execute(tx)).rows[0]?.personId;
