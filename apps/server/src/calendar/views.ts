import { coverageWarning, coveredYearsOf } from '@jieyou/core/calendar/coverage.ts';
import { dayOf, instant } from '@jieyou/core/shared/day.ts';
import type { Ctx } from '../platform/http/context.ts';
import { holidayDays, holidays, latestClockDue } from './store.ts';

/** The days of a year, which years are entered, and what is missing. */
export const listHolidays = async (ctx: Ctx<never>, query: { year?: number | undefined }) => {
  const due = await latestClockDue(ctx.tx);
  const coveredYears = coveredYearsOf(await holidayDays(ctx.tx));
  return {
    rows: await holidays(ctx.tx, query.year),
    coveredYears,
    warning: coverageWarning(coveredYears, ctx.today, due === null ? null : dayOf(instant(due))),
  };
};
