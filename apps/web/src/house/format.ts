/** Days and moments as people read them: Asia/Shanghai, whatever the computer's clock says. */
import {
  type Day,
  dayOf,
  type Instant,
  instantAt,
  instantOf,
  formatDay as sayDay,
  formatInstant as sayInstant,
  type TimeOfDay,
  timeOfDay,
  weekdayOf,
} from '@jieyou/core/shared/day.ts';

/** '2026年3月5日'; a dash where there is none. */
export const formatDay = (day: string | null | undefined): string => (day ? sayDay(day as Day) : '—');

/** '2026年3月5日 14:30'; a dash where there is none. */
export const formatInstant = (at: string | null | undefined): string => (at ? sayInstant(at as Instant) : '—');

/** '3月5日', with the year when it is another one. */
export const shortDay = (day: string | null | undefined): string => {
  if (!day) return '—';
  const full = sayDay(day as Day);
  return day.slice(0, 4) === today().slice(0, 4) ? full.slice(5) : full;
};

/** '3月5日 周四 14:30': a time that people have to fit into their week. */
export const meetingInstant = (at: string | null | undefined): string => {
  if (!at) return '—';
  const day = dayOf(at as Instant);
  return `${shortDay(day)} 周${'一二三四五六日'[weekdayOf(day) - 1]} ${timeOfDay(at as Instant)}`;
};

/** The day in Asia/Shanghai on which a moment fell: the text of a moment is in UTC, where the day begins eight hours later. */
export const dayAt = (at: string): string => dayOf(at as Instant);

/** '3月5日 14:30', or '今天 14:30'. */
export const shortInstant = (at: string | null | undefined): string => {
  if (!at) return '—';
  const day = dayOf(at as Instant);
  return `${day === today() ? '今天' : shortDay(day)} ${timeOfDay(at as Instant)}`;
};

/** The moment it is now. */
export const now = (): Instant => instantOf(Date.now());

/** The day it is in Asia/Shanghai. */
export const today = (): Day => dayOf(now());

/** '14:30'. */
export const clockTime = (at: string): string => timeOfDay(at as Instant);

/** The moment of a day and a time of day in Asia/Shanghai. */
export const momentAt = (day: string, time: string): string => instantAt(day as Day, time as TimeOfDay);

/** The day of a moment in Asia/Shanghai. */
export const dayOfMoment = (at: string): string => dayOf(at as Instant);

/** '1.2 MB'. */
export const formatBytes = (bytes: number): string =>
  bytes < 1024 ? `${bytes} 字节` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

/** '—' for what is empty. */
export const orDash = (text: string | number | null | undefined): string =>
  text === null || text === undefined || text === '' ? '—' : String(text);
