import { coveredYearsOf } from '@jieyou/core/calendar/coverage.ts';
import { holidayTable as tableOf } from '@jieyou/core/calendar/rules.ts';
import type { HolidayTable } from '@jieyou/core/calendar/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import type { Tx } from '../platform/db/database.ts';
import { holidays } from './store.ts';

// Another process may have saved a day: nobody reckons with an older table than this.
const KEPT_MS = 60_000;

let kept: { table: HolidayTable; at: number } | undefined;

/** The holiday table by which the working-day clock reckons; remembered by each process for at most a minute. */
export const holidayTable = async (tx: Tx): Promise<HolidayTable> => {
  const at = performance.now();
  if (kept !== undefined && at - kept.at < KEPT_MS) return kept.table;
  const rows = (await holidays(tx)).map((row) => ({ day: row.day as Day, kind: row.kind, name: row.name }));
  const table = tableOf(rows, coveredYearsOf(rows.map((row) => row.day)));
  // An empty table is a platform that is being set up: the next look may find it filled.
  if (rows.length > 0) kept = { table, at };
  return table;
};

/** Forgets the remembered table. */
export const forgetHolidayTable = (): void => {
  kept = undefined;
};
