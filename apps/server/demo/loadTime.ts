/** Moments of the demo, all counted from the first start. */
import { coveredYearsOf } from '@jieyou/core/calendar/coverage.ts';
import { holidays2024to2026 } from '@jieyou/core/calendar/holidays-2024-2026.ts';
import { clockState, holidayTable, isWorkingDay, nextWorkingDay, previousWorkingDay } from '@jieyou/core/calendar/rules.ts';
import { addDays, type Day, dayOf, type Instant, instantAt, instantOf, msIntoDay, msOf } from '@jieyou/core/shared/day.ts';
import { hoursOf, type Rules, startedClock } from '../src/support/clock.ts';
import type { Random } from './random.ts';

/** Holidays as the loader reckons with them. */
export const demoHolidays = holidayTable(holidays2024to2026, coveredYearsOf(holidays2024to2026.map((row) => row.day)));

/** The first start and what is reckoned from it. */
export class DemoTime {
  readonly now: Instant;
  readonly today: Day;
  readonly rules: Rules;

  constructor(now: Date, rules: Rules) {
    this.now = now.toISOString() as Instant;
    this.today = dayOf(this.now);
    this.rules = rules;
  }

  /** A calendar day counted from today; negative is past. */
  day(offset: number): Day {
    return addDays(this.today, offset);
  }

  /** The working day at or after a day. */
  workday(from: Day): Day {
    return isWorkingDay(from, demoHolidays) ? from : nextWorkingDay(from, demoHolidays);
  }

  /** A working moment so many working days after a day, at a drawn minute of the office hours. */
  after(from: Day, workingDays: number, random: Random): Instant {
    let found = this.workday(from);
    for (let left = workingDays; left > 0; left -= 1) found = nextWorkingDay(found, demoHolidays);
    return instantAt(found, (9 * 60 + 10 + random.int(0, 480)) * 60_000 + random.int(0, 59) * 1000);
  }

  /** A working moment so many working days before the day of another. */
  before(at: Instant, workingDays: number, random: Random): Instant {
    let found = this.workday(dayOf(at));
    for (let left = workingDays; left > 0; left -= 1) found = previousWorkingDay(found, demoHolidays);
    return instantAt(found, (9 * 60 + 10 + random.int(0, 400)) * 60_000);
  }

  /** A working moment so many working days before today, never in the future. */
  ago(workingDays: number, random: Random): Instant {
    let found = isWorkingDay(this.today, demoHolidays) ? this.today : previousWorkingDay(this.today, demoHolidays);
    for (let left = workingDays; left > 0; left -= 1) found = previousWorkingDay(found, demoHolidays);
    return this.notAfter(instantAt(found, (9 * 60 + 10 + random.int(0, 450)) * 60_000), 20);
  }

  /** The same moment told by waking hours (8:30 to 21:00): the day is drawn together, so that the order of moments stays. */
  waking(at: Instant): Instant {
    return instantAt(dayOf(at), 8.5 * 3_600_000 + Math.floor((msIntoDay(at) * 12.5) / 24));
  }

  /** The moment itself, or so many minutes ago if it lies later than that. */
  notAfter(at: Instant, minutesAgo: number): Instant {
    const latest = msOf(this.now) - minutesAgo * 60_000;
    return msOf(at) <= latest ? at : instantOf(latest);
  }

  /** A start by which a clock reads as wanted now, with some room before it reads otherwise. Recent, in office hours where possible. */
  startFor(kind: 'screening' | 'panel' | 'conference', state: 'on-track' | 'at-risk' | 'overdue', skip = 0): Instant {
    const step = 17 * 60_000;
    let left = skip;
    for (let at = msOf(this.now) - 41 * 60_000; at > msOf(this.now) - 40 * 86_400_000; at -= step) {
      const start = instantOf(at);
      const clock = startedClock(this.rules, kind, start);
      const reading = clockState({
        startedAt: start,
        dueAt: clock.clockDueAt as Instant,
        pausedAt: null,
        now: this.now,
        table: demoHolidays,
        hours: hoursOf(this.rules.pack),
      });
      if (reading.state !== state) continue;
      left -= 1;
      if (left < 0) return start;
    }
    throw new RangeError(`no start makes the ${kind} clock ${state}`);
  }
}
