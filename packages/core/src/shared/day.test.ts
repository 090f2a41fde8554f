import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  ageOn,
  type Day,
  day,
  dayFrom,
  dayOf,
  daysBetween,
  daysIn,
  formatInstant,
  inRange,
  instant,
  instantAt,
  isDay,
  isMinorOn,
  mondayOf,
  msIntoDay,
  msOfTime,
  overlap,
  startOfDay,
  timeOfDay,
  weekdayOf,
} from './day.ts';

const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((n) => addDays(day('1970-01-01'), n));

describe('days and moments in Asia/Shanghai', () => {
  test.each([
    ['2026-03-04T15:59:59.999Z', '2026-03-04', '23:59'],
    ['2026-03-04T16:00:00.000Z', '2026-03-05', '00:00'],
    ['2026-03-05T06:30:59Z', '2026-03-05', '14:30'],
    ['1969-12-31T15:00:00Z', '1969-12-31', '23:00'],
    ['2025-12-31T16:00:00Z', '2026-01-01', '00:00'],
  ])('%s is %s %s', (at, onDay, time) => {
    expect(dayOf(instant(at))).toBe(onDay);
    expect(timeOfDay(instant(at))).toBe(time);
  });
  test('format', () => expect(formatInstant(instant('2026-03-05T06:30:00.000Z'))).toBe('2026年3月5日 14:30'));
  test('there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399_999 }), (d, ms) => {
        expect(dayOf(instantAt(d, ms))).toBe(d);
        expect(msIntoDay(instantAt(d, ms))).toBe(ms);
      }),
    );
  });
  test('midnight', () => expect(startOfDay(day('2026-03-05'))).toBe('2026-03-04T16:00:00.000Z'));
  test.each(['2026-02-29', '2026-13-01', '2026-3-5', '', '2026-04-31', '2026-03-05T00:00:00Z'])('%j is no day', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => day(text)).toThrow();
  });
  test.each(['2026-03-05', '2026-03-05T06:30:00', '2026-03-05T06:30:00+08:00'])('%j is no moment in UTC', (text) => {
    expect(() => instant(text)).toThrow();
  });
  test.each(['24:00', '9:00', '09:60', '', '09:00:00'])('%j is no time of day', (text) => expect(() => msOfTime(text)).toThrow(RangeError));
});

describe('arithmetic', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 24, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-05-31', 0, '2026-05-31'],
    ['2026-03-31', 1, '2026-04-30'],
  ])('%s + %i months = %s', (from, months, to) => expect(addMonths(day(from), months)).toBe(to));
  test.each([
    ['2026-03-02', 1],
    ['2026-03-08', 7],
    ['1970-01-01', 4],
    ['1969-12-28', 7],
    ['2024-02-29', 4],
  ])('%s is weekday %i', (d, n) => {
    expect(weekdayOf(day(d))).toBe(n);
  });
  test('addDays and daysBetween are inverse; weeks start on Monday', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (d, n) => {
        expect(daysBetween(d, addDays(d, n))).toBe(n);
        expect(weekdayOf(mondayOf(d))).toBe(1);
        expect(daysBetween(mondayOf(d), d)).toBe(weekdayOf(d) - 1);
      }),
    );
  });
  test('dayFrom refuses days that do not exist', () => {
    expect(dayFrom(2026, 2, 29)).toBeUndefined();
    expect(dayFrom(2024, 2, 29)).toBe('2024-02-29');
    expect(dayFrom(2026, 0, 1)).toBeUndefined();
  });
});

describe('age', () => {
  test.each([
    ['2008-03-05', '2026-03-04', 17, true],
    ['2008-03-05', '2026-03-05', 18, false],
    ['2008-03-05', '2026-03-06', 18, false],
    ['2008-02-29', '2026-02-28', 17, true],
    ['2008-02-29', '2026-03-01', 18, false],
    ['2026-03-05', '2026-03-05', 0, true],
    ['2026-03-06', '2026-03-05', undefined, true],
  ])('born %s, on %s: %s', (birth, on, age, minor) => {
    expect(ageOn(day(birth), day(on))).toBe(age);
    expect(isMinorOn(day(birth), day(on))).toBe(minor);
  });
});

describe('half-open ranges', () => {
  const r = (from: string, to: string | null) => ({ from: day(from), to: to === null ? null : day(to) });
  test.each([
    ['2026-03-01', false],
    ['2026-03-02', true],
    ['2026-03-04', true],
    ['2026-03-05', false],
  ])('%s in [2..5): %s', (d, inside) => {
    expect(inRange(day(d), r('2026-03-02', '2026-03-05'))).toBe(inside);
  });
  test.each([
    [r('2026-03-01', '2026-03-05'), r('2026-03-05', '2026-03-09'), false],
    [r('2026-03-01', '2026-03-06'), r('2026-03-05', '2026-03-09'), true],
    [r('2026-03-01', null), r('2026-03-05', '2026-03-06'), true],
    [r('2026-03-05', '2026-03-05'), r('2026-03-01', null), false],
    [r('2026-03-05', null), r('2026-03-01', null), true],
  ])('%j and %j: %s', (a, b, shared) => {
    expect(overlap(a, b)).toBe(shared);
    expect(overlap(b, a)).toBe(shared);
  });
  test('days of a range; an endless one stops at the limit', () => {
    expect(daysIn(r('2026-02-27', '2026-03-02'))).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'] as Day[]);
    expect(daysIn(r('2026-02-27', null), 3)).toHaveLength(3);
    expect(daysIn(r('2026-02-27', '2026-02-27'))).toEqual([]);
  });
});
