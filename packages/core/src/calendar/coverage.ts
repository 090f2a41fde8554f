/** Which years the holiday table covers, and when somebody must be told that it does not. */
import { type Day, monthOf, yearOf } from '../shared/day.ts';

/** A year with fewer rows was not entered: every yearly notice names more days off than these. */
export const rowsOfCoveredYear = 5;

/** The State Council's notice for a year comes in the autumn before; from this month on a missing one is worth a warning. */
const warningMonth = 11;

/** Years whose yearly notice is in the table, in order. Days that a neighbouring year's notice sets do not make a year covered. */
export const coveredYearsOf = (days: Iterable<Day>): number[] => {
  const rows = new Map<number, number>();
  for (const day of days) rows.set(yearOf(day), (rows.get(yearOf(day)) ?? 0) + 1);
  return [...rows]
    .filter(([, n]) => n >= rowsOfCoveredYear)
    .map(([year]) => year)
    .sort((a, b) => a - b);
};

/**
 * What to tell whoever looks at the table; null where nothing is missing. `latestDue` is the last day on which a running clock
 * is due: a clock that reaches into an uncovered year is provisional at any time of the year.
 */
export const coverageWarning = (coveredYears: readonly number[], today: Day, latestDue: Day | null): string | null => {
  const year = yearOf(today);
  const last = latestDue === null ? year : Math.max(year, yearOf(latestDue));
  const crossed: number[] = [];
  for (let y = year; y <= last; y += 1) if (!coveredYears.includes(y)) crossed.push(y);
  if (latestDue !== null && crossed.length > 0)
    return `${crossed.join('、')} 年的放假安排还没有录入，有时限跨入该年，目前按周一至周五推算，可能不准。`;
  if (crossed.length > 0) return `${year} 年的放假安排还没有录入，时限按周一至周五推算，可能不准。`;
  if (monthOf(today) >= warningMonth && !coveredYears.includes(year + 1))
    return `${year + 1} 年的放假安排还没有录入，请在通知公布后尽快补上，否则跨年时限可能不准。`;
  return null;
};
