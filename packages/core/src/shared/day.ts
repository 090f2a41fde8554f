/**
 * Calendar days and moments. Moments are kept in UTC; people read them in Asia/Shanghai, which is UTC+8 for the whole
 * country and has had no summer time since 1992 (1986–1991 had it: do not format moments of those years with this file;
 * birth dates are days and are not affected).
 */
import { z } from 'zod';

/** A calendar day, '2026-03-05', without time or zone. Days compare as text. */
export const Day = z.iso.date().brand<'Day'>();
/** A calendar day of {@link Day}. */
export type Day = z.infer<typeof Day>;

/** A moment in UTC, '2026-03-05T06:30:00.000Z'. Compare with {@link compareInstants}: texts of different precision do not sort. */
export const Instant = z.iso.datetime().brand<'Instant'>();
/** A moment of {@link Instant}. */
export type Instant = z.infer<typeof Instant>;

/** A time of day on the 24-hour clock in Asia/Shanghai, '09:00'. */
export const TimeOfDay = z.iso.time({ precision: -1 });
/** A time of day of {@link TimeOfDay}. */
export type TimeOfDay = z.infer<typeof TimeOfDay>;

/** Days from `from` up to but without `to`; `to: null` has no end. */
export const DayRange = z.object({ from: Day, to: Day.nullable() });
/** A half-open range of days of {@link DayRange}. */
export type DayRange = { readonly from: Day; readonly to: Day | null };

/** Milliseconds of one minute. */
export const msPerMinute = 60_000;
/** Milliseconds of one hour. */
export const msPerHour = 3_600_000;
/** Milliseconds of one calendar day; Asia/Shanghai has no day of another length. */
export const msPerDay = 86_400_000;

const shanghaiOffset = 8 * msPerHour;
const two = (n: number) => String(n).padStart(2, '0');

/** Milliseconds since 1970 of a moment. */
export const msOf = (instant: Instant): number => Date.parse(instant);

/** The moment at so many milliseconds since 1970. Throws RangeError outside of years 1–9999. */
export const instantOf = (ms: number): Instant => {
  if (!Number.isFinite(ms) || ms < -62_135_596_800_000 || ms > 253_402_300_799_999)
    throw new RangeError('moment outside of years 1 to 9999');
  return new Date(ms).toISOString() as Instant;
};

/** The text as a day. Throws (ZodError) when it is not a day that exists. */
export const day = (text: string): Day => Day.parse(text);

/** The text as a moment in UTC. Throws (ZodError) when it is none. */
export const instant = (text: string): Instant => Instant.parse(text);

/** Whether the text is a day that exists: 2026-02-29 is none. */
export const isDay = (text: string): text is Day => Day.safeParse(text).success;

// A list of clocks steps through the same few weeks for every row: each day is worked out once. Some fifty years of days, then anew.
const DAYS_KEPT = 20_000;
const startsKept = new Map<Day, number>();
const daysKept = new Map<number, Day>();
const keep = <K, V>(kept: Map<K, V>, key: K, value: V): V => {
  if (kept.size >= DAYS_KEPT) kept.clear();
  kept.set(key, value);
  return value;
};

const msOfDay = (d: Day): number => startsKept.get(d) ?? keep(startsKept, d, Date.parse(`${d}T00:00:00Z`));
const dayAtMs = (ms: number): Day => {
  const number = Math.floor(ms / msPerDay);
  return daysKept.get(number) ?? keep(daysKept, number, instantOf(ms).slice(0, 10) as Day);
};

/** The day of a year, month (1–12) and day of the month; undefined when there is no such day. */
export const dayFrom = (year: number, month: number, dayOfMonth: number): Day | undefined => {
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
  return isDay(text) ? text : undefined;
};

/** The calendar day on which a moment falls in Asia/Shanghai. */
export const dayOf = (at: Instant): Day => dayAtMs(msOf(at) + shanghaiOffset);

/** Milliseconds since midnight in Asia/Shanghai. */
export const msIntoDay = (at: Instant): number => {
  const ms = (msOf(at) + shanghaiOffset) % msPerDay;
  // The remainder of an exact day before 1970 is -0.
  return ms < 0 ? ms + msPerDay : ms + 0;
};

/** The time of day of a moment in Asia/Shanghai, '14:30'; seconds are cut off. */
export const timeOfDay = (at: Instant): TimeOfDay => {
  const minutes = Math.floor(msIntoDay(at) / msPerMinute);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** Milliseconds since midnight of a time of day. Throws RangeError on anything that is not HH:mm. */
export const msOfTime = (time: TimeOfDay): number => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) throw new RangeError(`not a time of day: ${time}`);
  return Number(match[1]) * msPerHour + Number(match[2]) * msPerMinute;
};

/** The moment of a time of day (or of milliseconds since midnight) on a day in Asia/Shanghai. */
export const instantAt = (d: Day, time: TimeOfDay | number): Instant =>
  instantOf(msOfDay(d) - shanghaiOffset + (typeof time === 'number' ? time : msOfTime(time)));

/** Midnight at which a day begins in Asia/Shanghai. */
export const startOfDay = (d: Day): Instant => instantAt(d, 0);

/** Negative, zero or positive as `a` is before, at or after `b`. */
export const compareInstants = (a: Instant, b: Instant): number => msOf(a) - msOf(b);

/** The later of two moments. */
export const laterOf = (a: Instant, b: Instant): Instant => (msOf(a) >= msOf(b) ? a : b);

/** The moment so many milliseconds later (earlier when negative). */
export const addMs = (at: Instant, ms: number): Instant => instantOf(msOf(at) + ms);

/** The day so many calendar days later (earlier when negative). */
export const addDays = (d: Day, days: number): Day => dayAtMs(msOfDay(d) + days * msPerDay);

/** Calendar days from `from` to `to`: 1 from a day to the next, negative backwards. */
export const daysBetween = (from: Day, to: Day): number => Math.round((msOfDay(to) - msOfDay(from)) / msPerDay);

/** Year of a day. */
export const yearOf = (d: Day): number => Number(d.slice(0, 4));
/** Month of a day, 1–12. */
export const monthOf = (d: Day): number => Number(d.slice(5, 7));
/** Day of the month, 1–31. */
export const dayOfMonth = (d: Day): number => Number(d.slice(8, 10));

/**
 * The same day of the month so many months later; where that month is shorter, its last day (31 January + 1 month =
 * 28 February; 民法典 202: a period by months ends on the corresponding day, else on the month's last).
 */
export const addMonths = (d: Day, months: number): Day => {
  const index = yearOf(d) * 12 + (monthOf(d) - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  for (let last = dayOfMonth(d); last >= 28; last -= 1) {
    const found = dayFrom(year, month, last);
    if (found !== undefined) return found;
  }
  const found = dayFrom(year, month, dayOfMonth(d));
  if (found === undefined) throw new RangeError('day outside of years 1 to 9999');
  return found;
};

/** Day of the week, Monday 1 to Sunday 7: weeks start on Monday. */
export const weekdayOf = (d: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 => {
  // 1970-01-01 was a Thursday.
  const since = Math.floor(msOfDay(d) / msPerDay) + 3;
  return ((((since % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
};

/** The Monday of the week of a day. */
export const mondayOf = (d: Day): Day => addDays(d, 1 - weekdayOf(d));

/**
 * Age in full years (周岁) on a day, counted from the birthday on; born on 29 February, one turns older on 1 March of a
 * common year. Undefined for a day before birth. Criminal-law ages start one day later (from the day after the birthday):
 * do not use this figure for them.
 */
export const ageOn = (birth: Day, on: Day): number | undefined => {
  if (on < birth) return undefined;
  const years = yearOf(on) - yearOf(birth);
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
};

/** Whether a person is a minor (未成年人: under 18, 未成年人保护法 2) on a day. Before birth, still a minor. */
export const isMinorOn = (birth: Day, on: Day): boolean => (ageOn(birth, on) ?? 0) < 18;

/** '2026年3月5日'. */
export const formatDay = (d: Day): string => `${yearOf(d)}年${monthOf(d)}月${dayOfMonth(d)}日`;

/** '2026年3月5日 14:30' in Asia/Shanghai. */
export const formatInstant = (at: Instant): string => `${formatDay(dayOf(at))} ${timeOfDay(at)}`;

/** Whether a day lies in a half-open range: its first day does, its `to` does not. */
export const inRange = (d: Day, range: DayRange): boolean => d >= range.from && (range.to === null || d < range.to);

/** Whether two half-open ranges share a day; ranges that only touch do not, an empty range never does. */
export const overlap = (a: DayRange, b: DayRange): boolean => {
  // Days are text: the later of two is the greater text.
  const from = [a.from, b.from].sort()[1] ?? a.from;
  return inRange(from, a) && inRange(from, b);
};

/** The days of a range in order, at most `limit` (a range without end stops there). */
export const daysIn = (range: DayRange, limit = 400): Day[] => {
  const days: Day[] = [];
  for (let d = range.from; days.length < limit && inRange(d, range); d = addDays(d, 1)) days.push(d);
  return days;
};
