import { expect, test } from 'vitest';
import { day } from '../shared/day.ts';
import { loadByPeriod, periodOf } from './load.ts';

test('a quarter begins on the first of its first month', () => {
  expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map((d) => periodOf(day(d), 'quarter'))).toEqual([
    '2026-Q1',
    '2026-Q1',
    '2026-Q2',
    '2026-Q4',
  ]);
  expect(periodOf(day('2026-02-28'), 'month')).toBe('2026-02');
});

test('minutes are summed where somebody entered them; what nobody entered is counted, not guessed', () => {
  const work = [
    { on: day('2026-03-31'), kind: 'panel' as const, minutes: null },
    { on: day('2026-03-31'), kind: 'opinion' as const, minutes: 20 },
    { on: day('2026-04-01'), kind: 'opinion' as const, minutes: null },
    { on: day('2026-04-02'), kind: 'conference' as const, minutes: 90 },
  ];
  expect(loadByPeriod(work, 'month')).toEqual([
    { period: '2026-04', panels: 0, opinions: 1, conferences: 1, minutes: 90, withoutMinutes: 1 },
    { period: '2026-03', panels: 1, opinions: 1, conferences: 0, minutes: 20, withoutMinutes: 0 },
  ]);
  expect(loadByPeriod([], 'quarter')).toEqual([]);
});
