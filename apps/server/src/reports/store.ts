import type { ReportStatus, Situation } from '@jieyou/core/reports/schema.ts';
import { type Insertable, sql, type Updateable } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';

/** The register row of a report, with what the asker may know of the reporter. */
export type ReportRecord = {
  readonly districtId: string;
  readonly id: string;
  readonly number: string;
  readonly status: ReportStatus;
  readonly situation: Situation;
  readonly stationId: string | null;
  readonly supervisorId: string | null;
  readonly discoveredAt: string;
  readonly registeredAt: string;
  readonly dueAt: string;
  readonly acknowledgedAt: string | null;
  readonly reportedAt: string | null;
  readonly centreSince: string | null;
  readonly proposedBy: string | null;
  readonly version: number;
  /** Null for everybody but the reporter, the head and the supervisor: row-level security leaves the row out. */
  readonly reporterId: string | null;
  readonly caseId: string | null;
  readonly requestId: string | null;
};

/** A report that row-level security shows. */
export const findReport = async (tx: Tx, id: string): Promise<ReportRecord | undefined> =>
  (
    await sql<ReportRecord>`select m.district_id, m.id, m.number, m.status, m.situation, m.station_id, m.supervisor_id, m.discovered_at, m.registered_at,
        m.due_at, m.acknowledged_at, m.reported_at, m.centre_since, m.proposed_by, m.version, o.reporter_id, o.case_id, o.request_id
      from mandatory_report m left join report_reporter o on o.district_id = m.district_id and o.id = m.id where m.id = ${id}`.execute(tx)
  ).rows[0];

/** Whether the asker may know of a report. */
export const reportInSight = async (tx: Tx, id: string): Promise<boolean> => (await findReport(tx, id)) !== undefined;

export type NewReport = {
  readonly register: Insertable<DB['mandatoryReport']>;
  readonly reporter: Insertable<DB['reportReporter']>;
  readonly content: Insertable<DB['reportContent']>;
};

/** Registers a report: the register first, then the reporter, by whom the rest is allowed. False when the id is somebody else's. */
export const insertReport = async (tx: Tx, row: NewReport): Promise<boolean> => {
  const made = await tx
    .insertInto('mandatoryReport')
    .values(row.register)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  await tx.insertInto('reportReporter').values(row.reporter).execute();
  await tx.insertInto('reportContent').values(row.content).execute();
  return true;
};

export const insertEntry = async (tx: Tx, row: Insertable<DB['reportEntry']>): Promise<void> => {
  await tx.insertInto('reportEntry').values(row).execute();
};

/** Moves a report from the state and version that were read; false when somebody was faster. */
export const moveReport = async (
  tx: Tx,
  report: ReportRecord,
  change: Updateable<Pick<DB['mandatoryReport'], 'status' | 'acknowledgedAt' | 'reportedAt' | 'closedAt' | 'proposedBy'>>,
): Promise<boolean> =>
  (
    await tx
      .updateTable('mandatoryReport')
      .set({ ...change, version: report.version + 1 })
      .where('districtId', '=', report.districtId)
      .where('id', '=', report.id)
      .where('version', '=', report.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** The kinds of what was added, as far as it is in reach. */
export const kindsOf = async (tx: Tx, report: ReportRecord): Promise<string[]> =>
  (
    await tx
      .selectFrom('reportEntry')
      .select('kind')
      .where('districtId', '=', report.districtId)
      .where('reportId', '=', report.id)
      .execute()
  ).map((row) => row.kind);

const _people = (rows: { personId: string }[]): string[] => rows.map((row) => row.personId);

/** The supervisor who is named for a report of this person. */
export const supervisorFor = async (tx: Tx, reporterId: string, stationId: string | null): Promise<string | null> =>
  (await sql<{ id: string | null }>`select supervisor_for_report(${reporterId}, ${stationId}::uuid) as id`.execute(tx)).rows[0]?.id ?? null;

/** The station of a case in reach, for a report that begins there. */
export const stationOfCase = async (tx: Tx, caseId: string): Promise<string | undefined> =>
  (await tx.selectFrom('caseFile').select('stationId').where('id', '=', caseId).executeTakeFirst())?.stationId;

/** Case and station of a request in reach. */
export const originOfRequest = async (tx: Tx, requestId: string): Promise<{ caseId: string; stationId: string } | undefined> =>
  tx.selectFrom('supportRequest').select(['caseId', 'stationId']).where('id', '=', requestId).executeTakeFirst();
