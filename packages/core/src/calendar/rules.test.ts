import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  compareInstants,
  day,
  dayOf,
  type Instant,
  instantAt,
  instantOf,
  msIntoDay,
  msOf,
  msOfTime,
  msPerHour,
  weekdayOf,
} from '../shared/day.ts';
import { holidays2024to2026 } from './holidays-2024-2026.ts';
import {
  addWorkingDays,
  addWorkingTime,
  atRiskFrom,
  clockState,
  deadlineWarning,
  defaultHours,
  effectiveStart,
  holidayTable,
  isWorkingDay,
  nextWorkingDay,
  remainingInWords,
  shiftForPause,
  uncoveredYears,
  workingDayAfter,
  workingDayMs,
  workingTimeBetween,
} from './rules.ts';
import { HolidayRow } from './schema.ts';

const table = holidayTable(holidays2024to2026);
/** '2026-03-05 14:30' in Asia/Shanghai; seconds may follow. */
const at = (text: string): Instant => instantOf(Date.parse(`${text.replace(' ', 'T')}+08:00`));
const dayMs = workingDayMs();

describe('the holiday table of 2024 to 2026', () => {
  test('rows are valid, in order, each day once; days off in and around the week, make-up days on weekends only', () => {
    const days = holidays2024to2026.map((row) => row.day);
    expect(new Set(days).size).toBe(days.length);
    expect([...days].sort()).toEqual(days);
    for (const row of holidays2024to2026) {
      HolidayRow.parse(row);
      if (row.kind === 'work') expect(weekdayOf(row.day), row.day).toBeGreaterThan(5);
    }
  });
  test.each([
    [2024, 8],
    [2025, 5],
    [2026, 6],
  ])('%i has %i make-up days', (year, makeUp) => {
    expect(holidays2024to2026.filter((r) => r.kind === 'work' && r.day.startsWith(String(year)))).toHaveLength(makeUp);
  });
  test('covered years come from 1 January', () => expect([...table.coveredYears]).toEqual([2024, 2025, 2026]));
  test.each([
    ['2026-10-10', true],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-09', true],
    ['2026-10-11', false],
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2026-03-02', true],
    ['2026-03-07', false],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2025-01-26', true],
    ['2024-05-11', true],
    ['2024-02-09', true],
    ['2024-02-18', true],
    ['2026-09-20', true],
    ['2027-01-01', true],
  ])('%s worked: %s', (d, worked) => expect(isWorkingDay(day(d), table)).toBe(worked));
  test.each([
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-02-13', 0, '2026-02-13'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2025-01-27', 1, '2025-02-05'],
    ['2024-09-30', 2, '2024-10-09'],
    ['2026-04-30', 3, '2026-05-08'],
    ['2026-04-30', 4, '2026-05-09'],
  ])('%s + %i 工作日 = %s', (from, n, to) => expect(workingDayAfter(day(from), n, table)).toBe(to));
  test('a later row of the same day corrects an earlier one', () => {
    const fixed = holidayTable([...holidays2024to2026, { day: day('2026-10-10'), kind: 'off', name: '国庆节' }]);
    expect(isWorkingDay(day('2026-10-10'), fixed)).toBe(false);
  });
  test('a table without any working day is noticed, not searched for ever', () => {
    const rows = Array.from({ length: 500 }, (_, n) => ({ day: addDays(day('2026-01-01'), n), kind: 'off' as const, name: '休' }));
    expect(() => nextWorkingDay(day('2026-01-01'), holidayTable(rows))).toThrow(RangeError);
  });
});

describe('due time', () => {
  test.each([
    ['on a working day', '2026-03-05 14:30', 2, '2026-03-09 14:30'],
    ['before opening counts from opening', '2026-03-05 07:00', 2, '2026-03-09 09:00'],
    ['one minute before opening', '2026-03-05 08:59', 1, '2026-03-06 09:00'],
    ['at opening', '2026-03-05 09:00', 1, '2026-03-06 09:00'],
    ['one before closing', '2026-03-05 17:29', 1, '2026-03-06 17:29'],
    ['at closing is still that day', '2026-03-05 17:30', 1, '2026-03-06 17:30'],
    ['one after closing', '2026-03-05 17:31', 1, '2026-03-09 09:00'],
    ['a second after closing', '2026-03-05 17:30:01', 2, '2026-03-10 09:00'],
    ['at midnight', '2026-03-06 00:00', 1, '2026-03-09 09:00'],
    ['Saturday', '2026-03-07 12:00', 2, '2026-03-11 09:00'],
    ['Saturday that is worked', '2026-02-28 12:00', 1, '2026-03-02 12:00'],
    ['in the spring festival', '2026-02-18 12:00', 3, '2026-02-27 09:00'],
    ['over National Day', '2026-09-30 10:15', 5, '2026-10-13 10:15'],
    ['no days', '2026-03-05 14:30', 0, '2026-03-05 14:30'],
    ['no days, at night', '2026-03-05 22:00', 0, '2026-03-06 09:00'],
    ['year end', '2025-12-31 16:00', 2, '2026-01-05 16:00'],
  ])('%s: %s + %i = %s', (_, start, n, due) => expect(addWorkingDays(at(start), n, table)).toBe(at(due)));
  test.each([-1, 1.5, Number.NaN])('%s working days cannot be counted', (n) => {
    expect(() => addWorkingDays(at('2026-03-05 14:30'), n, table)).toThrow(RangeError);
  });
  test('hours that close before they open are refused', () => {
    expect(() => addWorkingDays(at('2026-03-05 14:30'), 1, table, { opensAt: '17:30', closesAt: '09:00' })).toThrow(RangeError);
  });
});

describe('working time', () => {
  test.each([
    ['2026-03-05 09:00', '2026-03-05 17:30', 8.5],
    ['2026-03-05 10:00', '2026-03-05 10:00', 0],
    ['2026-03-05 17:30', '2026-03-06 09:00', 0],
    ['2026-03-05 16:30', '2026-03-06 10:00', 2],
    ['2026-03-06 16:30', '2026-03-09 10:00', 2],
    ['2026-03-07 00:00', '2026-03-08 23:00', 0],
    ['2026-03-06 10:00', '2026-03-05 16:30', -2],
    ['2026-09-30 09:00', '2026-10-08 09:00', 8.5],
    ['2026-03-05 06:00', '2026-03-05 08:00', 0],
  ])('%s to %s: %d hours', (from, to, hours) => expect(workingTimeBetween(at(from), at(to), table)).toBe(hours * msPerHour));
  test.each([
    ['2026-03-05 15:30', 2, '2026-03-05 17:30'],
    ['2026-03-05 15:30', 2.5, '2026-03-06 09:30'],
    ['2026-03-05 09:00', 8.5, '2026-03-06 09:00'],
    ['2026-03-05 17:30', 8.5, '2026-03-06 17:30'],
    ['2026-03-05 17:30', 1, '2026-03-06 10:00'],
    ['2026-03-07 12:00', 0, '2026-03-07 12:00'],
    ['2026-03-07 12:00', 1, '2026-03-09 10:00'],
  ])('%s + %d hours = %s', (start, hours, end) => expect(addWorkingTime(at(start), hours * msPerHour, table)).toBe(at(end)));
  test('cannot be taken away', () => expect(() => addWorkingTime(at('2026-03-05 15:30'), -1, table)).toThrow(RangeError));
});

const moment = fc.integer({ min: 0, max: 1000 * 24 * 60 }).map((minutes) => instantOf(msOf(at('2024-01-02 00:00')) + minutes * 60_000));

describe('laws of the clock', () => {
  test('working time is what walking the days one by one counts', () => {
    const walked = (from: Instant, to: Instant): number => {
      const [opens, closes] = [msOfTime(defaultHours.opensAt), msOfTime(defaultHours.closesAt)];
      let total = 0;
      for (let d = dayOf(from); d <= dayOf(to); d = addDays(d, 1)) {
        const within = (ms: number) => Math.min(Math.max(ms, opens), closes);
        if (!isWorkingDay(d, table)) continue;
        total += (d === dayOf(to) ? within(msIntoDay(to)) : closes) - (d === dayOf(from) ? within(msIntoDay(from)) : opens);
      }
      return total;
    };
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [from, to] = compareInstants(a, b) <= 0 ? [a, b] : [b, a];
        expect(workingTimeBetween(from, to, table)).toBe(walked(from, to));
      }),
    );
  });
  test('n working days hold n working days of working time, and fall into working hours', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 15 }), (start, n) => {
        const due = addWorkingDays(start, n, table);
        expect(workingTimeBetween(start, due, table)).toBe(n * dayMs);
        expect(isWorkingDay(dayOf(due), table)).toBe(true);
        expect(msIntoDay(due)).toBeGreaterThanOrEqual(msOfTime(defaultHours.opensAt));
        expect(msIntoDay(due)).toBeLessThanOrEqual(msOfTime(defaultHours.closesAt));
        expect(compareInstants(effectiveStart(start, table), due)).toBeLessThanOrEqual(0);
      }),
    );
  });
  test('working time adds up', () => {
    fc.assert(
      fc.property(moment, moment, moment, (a, b, c) => {
        expect(workingTimeBetween(a, b, table) + workingTimeBetween(b, c, table)).toBe(workingTimeBetween(a, c, table));
      }),
    );
  });
  test('adding working time is undone by measuring it', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 20 * dayMs }), (start, ms) => {
        expect(workingTimeBetween(start, addWorkingTime(start, ms, table), table)).toBe(ms);
      }),
    );
  });
  test('a pause keeps the remaining working time, also of a clock that is over', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 40_000 }),
        (start, n, before, length) => {
          const due = addWorkingDays(start, n, table);
          const pausedAt = instantOf(msOf(start) + before * 60_000);
          const resumedAt = instantOf(msOf(pausedAt) + length * 60_000);
          const shifted = shiftForPause(due, pausedAt, resumedAt, table);
          expect(workingTimeBetween(resumedAt, shifted, table)).toBe(workingTimeBetween(pausedAt, due, table));
          expect(compareInstants(shifted, due)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
  test('at risk for one working day at most', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 6 }), (start, n) => {
        const due = addWorkingDays(start, n, table);
        const risk = atRiskFrom(start, due, table);
        expect(workingTimeBetween(risk, due, table)).toBe(Math.min(n, 1) * dayMs);
        expect(compareInstants(risk, start)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a pause', () => {
  test.each([
    ['two hours', '2026-03-09 10:00', '2026-03-09 12:00', '2026-03-11 16:30'],
    ['two hours into the next day', '2026-03-09 10:00', '2026-03-09 13:30', '2026-03-12 09:30'],
    ['a night', '2026-03-09 18:00', '2026-03-10 08:00', '2026-03-11 14:30'],
    ['no time at all', '2026-03-09 10:00', '2026-03-09 10:00', '2026-03-11 14:30'],
    ['over a weekend', '2026-03-06 10:00', '2026-03-09 10:00', '2026-03-12 14:30'],
  ])('%s', (_, paused, resumed, due) => expect(shiftForPause(at('2026-03-11 14:30'), at(paused), at(resumed), table)).toBe(at(due)));
  test('cannot end before it begins', () => {
    expect(() => shiftForPause(at('2026-03-11 14:30'), at('2026-03-10 10:00'), at('2026-03-09 10:00'), table)).toThrow(RangeError);
  });
});

describe('what the clock shows', () => {
  const read = (now: string, pausedAt: string | null = null, due = '2026-03-09 14:30') =>
    clockState({
      startedAt: at('2026-03-05 14:30'),
      dueAt: at(due),
      pausedAt: pausedAt === null ? null : at(pausedAt),
      now: at(now),
      table,
    });
  test.each([
    ['2026-03-05 14:30', 'on-track', '还剩 2 个工作日'],
    ['2026-03-05 14:31', 'on-track', '还剩 1 个工作日'],
    ['2026-03-06 14:29', 'on-track', '还剩 1 个工作日'],
    ['2026-03-06 14:30', 'at-risk', '还剩 1 个工作日'],
    ['2026-03-06 14:31', 'at-risk', '还剩 8 小时'],
    ['2026-03-08 12:00', 'at-risk', '还剩 5 小时'],
    ['2026-03-09 11:30', 'at-risk', '还剩 3 小时'],
    ['2026-03-09 13:31', 'at-risk', '还剩 59 分钟'],
    ['2026-03-09 14:29', 'at-risk', '还剩 1 分钟'],
    ['2026-03-09 14:30', 'at-risk', '即将到期'],
    ['2026-03-09 14:30:01', 'overdue', '刚到期'],
    ['2026-03-09 14:31', 'overdue', '已超 1 分钟'],
    ['2026-03-09 17:30', 'overdue', '已超 3 小时'],
    ['2026-03-10 08:00', 'overdue', '已超 3 小时'],
    ['2026-03-10 14:30', 'overdue', '已超 1 个工作日'],
  ])('at %s: %s, %s', (now, state, words) => {
    const reading = read(now);
    expect(reading.state).toBe(state);
    expect(remainingInWords(reading)).toBe(words);
    expect(reading.atRiskFrom).toBe(at('2026-03-06 14:30'));
  });
  test('due at closing, read in the evening: over although no working time has passed', () => {
    const reading = read('2026-03-09 20:00', null, '2026-03-09 17:30');
    expect([reading.state, reading.remainingMs, remainingInWords(reading)]).toEqual(['overdue', 0, '刚到期']);
  });
  test('paused: stands still, however late it gets', () => {
    const reading = read('2026-04-20 10:00', '2026-03-09 11:30');
    expect([reading.state, reading.remainingMs, remainingInWords(reading)]).toEqual(['paused', 3 * msPerHour, '暂停：等您补充']);
    expect(remainingInWords(reading, '等待求助社工补充')).toBe('暂停：等待求助社工补充');
  });
  test('a clock of no days is at risk from its start', () => {
    const start = at('2026-03-05 14:30');
    expect(clockState({ startedAt: start, dueAt: start, pausedAt: null, now: start, table }).state).toBe('at-risk');
  });
});

describe('years without a notice', () => {
  test.each([
    ['2026-12-20', '2026-12-28', []],
    ['2026-12-20', '2026-12-29', [2027]],
    ['2026-12-31', '2027-01-05', [2027]],
    ['2023-12-01', '2023-12-05', [2023]],
    ['2026-06-01', '2028-01-01', [2027, 2028]],
    ['2026-01-01', '2026-01-01', []],
  ])('%s to %s lacks %j', (from, to, years) => expect(uncoveredYears(day(from), day(to), table)).toEqual(years));
  test('the warning names the years; the clock carries them', () => {
    const start = instantAt(day('2026-12-30'), '10:00');
    const due = addWorkingDays(start, 5, table);
    expect(deadlineWarning(start, due, table)).toEqual({ ok: false, code: 'calendar.year-uncovered', facts: { years: ['2027'] } });
    expect(clockState({ startedAt: start, dueAt: due, pausedAt: null, now: start, table }).uncoveredYears).toEqual([2027]);
    expect(deadlineWarning(at('2026-03-05 10:00'), at('2026-03-09 10:00'), table)).toEqual({ ok: true });
  });
});
