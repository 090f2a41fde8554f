/**
 * The working-day clock. Deadlines in 工作日 count days on which the centre works: Monday to Friday, without the days off
 * and with the make-up days of the holiday table. A deadline in 日 (calendar days) is another thing: see `shared/day.ts`.
 *
 * A moment is placed on the clock like this: on a working day before opening, the clock starts at that day's opening;
 * after closing (17:30:00.001 and later) or on a day off, at the next working day's opening; at closing exactly it is
 * still that day. Working time is the time between opening and closing of working days.
 */
import {
  addDays,
  compareInstants,
  type Day,
  dayOf,
  daysBetween,
  type Instant,
  instantAt,
  laterOf,
  msIntoDay,
  msOf,
  msOfTime,
  msPerHour,
  msPerMinute,
  weekdayOf,
  yearOf,
} from '../shared/day.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { Clock, ClockReading, HolidayRow, HolidayTable, OpeningHours } from './schema.ts';

/** The centre's hours where no rule pack says otherwise (本平台默认). */
export const defaultHours: OpeningHours = { opensAt: '09:00', closesAt: '17:30' };

/**
 * Makes the table from its rows. A year counts as covered when its 1 January has a row, which every yearly notice has
 * (元旦); `coveredYears` overrules that.
 */
export const holidayTable = (rows: readonly HolidayRow[], coveredYears?: Iterable<number>): HolidayTable => {
  const off = new Map<Day, string>();
  const work = new Map<Day, string>();
  for (const row of rows) {
    // The last row of a day wins, so a correction appended to the table is heard.
    off.delete(row.day);
    work.delete(row.day);
    (row.kind === 'off' ? off : work).set(row.day, row.name);
  }
  const years = coveredYears ?? [...off.keys(), ...work.keys()].filter((d) => d.endsWith('-01-01')).map(yearOf);
  return { off, work, coveredYears: new Set(years) };
};

/** Whether the centre works on a day. */
export const isWorkingDay = (d: Day, table: HolidayTable): boolean => table.work.has(d) || (weekdayOf(d) <= 5 && !table.off.has(d));

/** How far a search for a working day goes before the table must be wrong, in days. */
const searchLimit = 400;

const stepToWorkingDay = (d: Day, step: 1 | -1, table: HolidayTable): Day => {
  let found = d;
  for (let n = 0; n < searchLimit; n += 1) {
    found = addDays(found, step);
    if (isWorkingDay(found, table)) return found;
  }
  throw new RangeError(`no working day within ${searchLimit} days of ${d}: the holiday table is wrong`);
};

/** The first working day after a day. Throws RangeError when the table knows none within 400 days. */
export const nextWorkingDay = (d: Day, table: HolidayTable): Day => stepToWorkingDay(d, 1, table);

/** The last working day before a day. Throws RangeError when the table knows none within 400 days. */
export const previousWorkingDay = (d: Day, table: HolidayTable): Day => stepToWorkingDay(d, -1, table);

/** The day `n` working days after a day (which itself is not counted): n = 5 from 2026-09-30 is 2026-10-13. */
export const workingDayAfter = (d: Day, n: number, table: HolidayTable): Day => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError('working days are counted in whole numbers from 0');
  let found = d;
  for (let left = n; left > 0; left -= 1) found = nextWorkingDay(found, table);
  return found;
};

type Hours = { readonly opens: number; readonly closes: number };
const hoursOf = (hours: OpeningHours): Hours => {
  const opens = msOfTime(hours.opensAt);
  const closes = msOfTime(hours.closesAt);
  if (closes <= opens) throw new RangeError('closing time must be after opening time');
  return { opens, closes };
};

/** Working time of one working day in milliseconds. */
export const workingDayMs = (hours: OpeningHours = defaultHours): number => {
  const { opens, closes } = hoursOf(hours);
  return closes - opens;
};

/** A moment as working day and time of day within the hours. */
type Placed = { readonly day: Day; readonly ms: number };

const place = (at: Instant, table: HolidayTable, { opens, closes }: Hours): Placed => {
  const onDay = dayOf(at);
  const ms = msIntoDay(at);
  if (!isWorkingDay(onDay, table) || ms > closes) return { day: nextWorkingDay(onDay, table), ms: opens };
  return { day: onDay, ms: Math.max(ms, opens) };
};

/** The moment from which the clock counts for something that happens at `at` (see the head of this file). */
export const effectiveStart = (at: Instant, table: HolidayTable, hours: OpeningHours = defaultHours): Instant => {
  const placed = place(at, table, hoursOf(hours));
  return instantAt(placed.day, placed.ms);
};

/**
 * Due time: the same time of day, `n` working days after the effective start. n = 0 is the effective start itself.
 * Throws RangeError for an n that is not a whole number from 0.
 */
export const addWorkingDays = (start: Instant, n: number, table: HolidayTable, hours: OpeningHours = defaultHours): Instant => {
  const placed = place(start, table, hoursOf(hours));
  return instantAt(workingDayAfter(placed.day, n, table), placed.ms);
};

/**
 * Adds working time in milliseconds to a moment: whole working days first, which keep the time of day, then the rest. A
 * sum that ends exactly at closing stays at closing and does not jump to the next opening. Adding 0 leaves the moment as it is.
 */
export const addWorkingTime = (start: Instant, ms: number, table: HolidayTable, hours: OpeningHours = defaultHours): Instant => {
  if (!(ms >= 0)) throw new RangeError('working time to add must not be negative');
  if (ms === 0) return start;
  const h = hoursOf(hours);
  const dayLength = h.closes - h.opens;
  const placed = place(start, table, h);
  const wholeDays = Math.floor(ms / dayLength);
  const landed = workingDayAfter(placed.day, wholeDays, table);
  const time = placed.ms + (ms - wholeDays * dayLength);
  return time <= h.closes ? instantAt(landed, time) : instantAt(nextWorkingDay(landed, table), h.opens + (time - h.closes));
};

// The first Monday of the reckoning: five days of every seven count from there.
const firstMonday = '1970-01-05' as Day;

/** Days on which the table departs from Monday to Friday, each list in order. */
type Departures = { readonly off: readonly Day[]; readonly work: readonly Day[] };
const departuresKept = new WeakMap<HolidayTable, Departures>();
const departuresOf = (table: HolidayTable): Departures => {
  const kept = departuresKept.get(table);
  if (kept !== undefined) return kept;
  const found = {
    off: [...table.off.keys()].filter((d) => weekdayOf(d) <= 5 && !table.work.has(d)).sort(),
    work: [...table.work.keys()].filter((d) => weekdayOf(d) > 5).sort(),
  };
  departuresKept.set(table, found);
  return found;
};

/** How many of the days, which stand in order, lie before a day. */
const before = (days: readonly Day[], d: Day): number => {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as Day) < d) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Working days from `from` up to but without `to`, which is not earlier. Without walking the days: a list of old clocks reads many. */
const workingDaysBetween = (from: Day, to: Day, table: HolidayTable): number => {
  const weekdaysBefore = (d: Day): number => {
    const n = daysBetween(firstMonday, d);
    const weeks = Math.floor(n / 7);
    return weeks * 5 + Math.min(n - weeks * 7, 5);
  };
  const { off, work } = departuresOf(table);
  const between = (days: readonly Day[]) => before(days, to) - before(days, from);
  return weekdaysBefore(to) - weekdaysBefore(from) - between(off) + between(work);
};

/** Working time from `from` to `to` in milliseconds; negative when `to` is earlier. */
export const workingTimeBetween = (from: Instant, to: Instant, table: HolidayTable, hours: OpeningHours = defaultHours): number => {
  if (compareInstants(from, to) > 0) return -workingTimeBetween(to, from, table, hours) + 0;
  const h = hoursOf(hours);
  const first = dayOf(from);
  const last = dayOf(to);
  const since = (d: Day, ms: number) => (isWorkingDay(d, table) ? Math.min(Math.max(ms, h.opens), h.closes) - h.opens : 0);
  return workingDaysBetween(first, last, table) * (h.closes - h.opens) + since(last, msIntoDay(to)) - since(first, msIntoDay(from));
};

/**
 * From when a clock is at risk: within the last working day before it is due, that is from the same time of day on the
 * working day before; never before its start.
 */
export const atRiskFrom = (startedAt: Instant, dueAt: Instant, table: HolidayTable, hours: OpeningHours = defaultHours): Instant => {
  const due = place(dueAt, table, hoursOf(hours));
  return laterOf(startedAt, instantAt(previousWorkingDay(due.day, table), due.ms));
};

/**
 * Years that the table ought to cover and does not, for days from `from` to `to`. The last three days of December belong
 * to the next year's notice too (2023-12-30 was off by the notice for 2024), so a due day there asks for that year.
 */
export const uncoveredYears = (from: Day, to: Day, table: HolidayTable): number[] => {
  const years: number[] = [];
  for (let year = yearOf(from); year <= yearOf(addDays(to, 3)); year += 1) if (!table.coveredYears.has(year)) years.push(year);
  return years;
};

/** Refused when a deadline touches years whose holidays are not in the table yet: it is provisional and may move. */
export const deadlineWarning = (from: Instant, dueAt: Instant, table: HolidayTable): Verdict<'calendar.year-uncovered'> => {
  const years = uncoveredYears(dayOf(from), dayOf(dueAt), table);
  return years.length === 0 ? yes : no('calendar.year-uncovered', { years: years.map(String) });
};

/** What the clock shows at `now`. At the due moment itself it is not over yet; one millisecond later it is. */
export const clockState = (
  clock: Clock & { readonly now: Instant; readonly table: HolidayTable; readonly hours?: OpeningHours },
): ClockReading => {
  const { startedAt, dueAt, pausedAt, now, table } = clock;
  const hours = clock.hours ?? defaultHours;
  const readAt = pausedAt ?? now;
  const riskFrom = atRiskFrom(startedAt, dueAt, table, hours);
  const over = compareInstants(readAt, dueAt) > 0;
  const running = over ? 'overdue' : compareInstants(readAt, riskFrom) >= 0 ? 'at-risk' : 'on-track';
  return {
    state: pausedAt === null ? running : 'paused',
    atRiskFrom: riskFrom,
    remainingMs: workingTimeBetween(readAt, dueAt, table, hours),
    over,
    workingDayMs: workingDayMs(hours),
    uncoveredYears: uncoveredYears(dayOf(startedAt), dayOf(dueAt), table),
  };
};

/**
 * The due time after a pause: later by the working time that the pause took, so that as much working time is left at
 * the end of the pause as at its beginning (as much over, when the clock was over). A pause at night costs nothing.
 * Throws RangeError when the pause ends before it begins.
 */
export const shiftForPause = (
  dueAt: Instant,
  pausedAt: Instant,
  resumedAt: Instant,
  table: HolidayTable,
  hours: OpeningHours = defaultHours,
): Instant => addWorkingTime(dueAt, workingTimeBetween(pausedAt, resumedAt, table, hours), table, hours);

const inUnits = (ms: number, dayMs: number): string => {
  if (ms >= dayMs) return `${Math.floor(ms / dayMs)} 个工作日`;
  if (ms >= msPerHour) return `${Math.floor(ms / msPerHour)} 小时`;
  return `${Math.max(1, Math.floor(ms / msPerMinute))} 分钟`;
};

/**
 * The reading in words, in working time and rounded down: 还剩 1 个工作日, 还剩 3 小时, 已超 3 小时, 暂停：等您补充.
 * `pausedFor` says what a pause waits for, in the reader's terms.
 */
export const remainingInWords = (reading: ClockReading, pausedFor = '等您补充'): string => {
  if (reading.state === 'paused') return `暂停：${pausedFor}`;
  if (reading.over) return reading.remainingMs > -msPerMinute ? '刚到期' : `已超 ${inUnits(-reading.remainingMs, reading.workingDayMs)}`;
  return reading.remainingMs < msPerMinute ? '即将到期' : `还剩 ${inUnits(reading.remainingMs, reading.workingDayMs)}`;
};

/** How long a moment is ago or ahead in whole milliseconds of ordinary time; for clocks of minutes (危机 15 分钟), not 工作日. */
export const ordinaryTimeBetween = (from: Instant, to: Instant): number => msOf(to) - msOf(from);
