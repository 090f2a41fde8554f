import type { ReportText } from '@jieyou/core/figures/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/** The newest words of a year's report; undefined before anybody wrote some. */
export const newestText = async (tx: Tx, districtId: string, year: number): Promise<ReportText | undefined> =>
  (
    await sql<ReportText>`select t.version, t.opening, t.outlook, p.name as saved_by_name, t.saved_at from year_report_text t join person p on p.id = t.saved_by
      where t.district_id = ${districtId} and t.year = ${year} order by t.version desc limit 1`.execute(tx)
  ).rows[0];

/** Whoever saves waits for whoever saves the same year. */
export const lockYear = async (tx: Tx, districtId: string, year: number): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`year-report ${districtId} ${year}`}, 0))`.execute(tx);
};
