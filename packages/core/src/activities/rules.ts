/** Whether an activity may be planned, joined and ended as asked. */
import { dayOf, type Instant, msOf, msPerMinute } from '../shared/day.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { BudgetLine, RegistrationStatus } from './schema.ts';

/** An activity ends after it begins. */
export const timesVerdict = (startsAt: string, endsAt: string): Verdict<'activities.ends-before'> =>
  msOf(endsAt as Instant) > msOf(startsAt as Instant) ? yes : no('activities.ends-before');

/** What has not begun by the calendar of Shanghai is not over. */
export const finishVerdict = (startsAt: string, today: string): Verdict<'activities.not-yet'> =>
  dayOf(startsAt as Instant) <= today ? yes : no('activities.not-yet', { on: dayOf(startsAt as Instant) });

/** Length of an activity in whole minutes. */
export const minutesOf = (startsAt: string, endsAt: string): number =>
  Math.max(0, Math.round((msOf(endsAt as Instant) - msOf(startsAt as Instant)) / msPerMinute));

/** Whether a party gets places: all of it or none, and nobody passes those who wait. */
export const placeFor = (of: {
  readonly capacity: number | null;
  readonly taken: number;
  readonly waiting: number;
  readonly people: number;
}): Exclude<RegistrationStatus, 'cancelled'> =>
  of.capacity === null || (of.waiting === 0 && of.taken + of.people <= of.capacity) ? 'in' : 'waiting';

/** Planned and spent of a budget, in 分. */
export const budgetSums = (lines: readonly BudgetLine[]): { planned: number; spent: number } => ({
  planned: lines.reduce((n, l) => n + l.planned, 0),
  spent: lines.reduce((n, l) => n + (l.spent ?? 0), 0),
});

/** '1,234.50'. */
export const yuan = (fen: number): string => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
