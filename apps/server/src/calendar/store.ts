import type { Day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/** A day that departs from the plain week. */
export type HolidayRow = { id: string; day: string; kind: 'off' | 'work'; name: string; source: string };

/** Days of a year, or of all years. */
export const holidays = async (tx: Tx, year?: number): Promise<HolidayRow[]> => {
  let query = tx.selectFrom('holiday').selectAll().orderBy('day');
  if (year !== undefined) query = query.where('day', '>=', `${year}-01-01`).where('day', '<=', `${year}-12-31`);
  return (await query.execute()) as HolidayRow[];
};

/** Every day of the table, for reckoning which years it covers. */
export const holidayDays = async (tx: Tx): Promise<Day[]> =>
  (await tx.selectFrom('holiday').select('day').execute()).map((row) => row.day as Day);

/** Enters a day or corrects it; its id stays. */
export const saveHoliday = async (tx: Tx, row: HolidayRow): Promise<string> => {
  const { kind, name, source } = row;
  const saved = await tx
    .insertInto('holiday')
    .values(row)
    .onConflict((c) => c.column('day').doUpdateSet({ kind, name, source }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return saved.id;
};

/** Takes a day out of the table; its id, or undefined when it was not there. */
export const removeHoliday = async (tx: Tx, day: string): Promise<string | undefined> =>
  (await tx.deleteFrom('holiday').where('day', '=', day).returning('id').executeTakeFirst())?.id;

/** The latest moment at which a running clock of the person's district is due, whoever may see the clock. */
export const latestClockDue = async (tx: Tx): Promise<string | null> =>
  (await sql<{ at: string | null }>`select latest_clock_due() as at`.execute(tx)).rows[0]?.at ?? null;
