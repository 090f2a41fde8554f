import { expect, test } from 'vitest';
import type { Day } from '../shared/day.ts';
import { coverageWarning, coveredYearsOf } from './coverage.ts';
import { holidays2024to2026 } from './holidays-2024-2026.ts';

test('the three yearly notices cover three years; a stray day of a neighbouring year covers none', () => {
  const days = holidays2024to2026.map((row) => row.day);
  expect(coveredYearsOf(days)).toEqual([2024, 2025, 2026]);
  expect(coveredYearsOf([...days, '2023-12-30' as Day, '2023-12-31' as Day])).toEqual([2024, 2025, 2026]);
  expect(coveredYearsOf([])).toEqual([]);
});

test.each<[string, string, string | null, string | null]>([
  ['spring of a covered year', '2026-03-05', null, null],
  ['the last day of October', '2026-10-31', null, null],
  ['the first day of November', '2026-11-01', null, '2027'],
  ['a clock that is due this year', '2026-03-05', '2026-12-31', null],
  ['a clock that is due next year', '2026-03-05', '2027-01-04', '2027 年的放假安排还没有录入，有时限跨入'],
  ['a year without its notice', '2027-03-05', null, '2027'],
  ['an old clock that is long overdue', '2026-03-05', '2025-12-31', null],
])('%s', (_says, today, due, expected) => {
  const warning = coverageWarning([2024, 2025, 2026], today as Day, due as Day | null);
  if (expected === null) expect(warning).toBeNull();
  else expect(warning).toContain(expected);
});

test('an old overdue clock does not hide that this year is missing', () => {
  expect(coverageWarning([2026], '2027-03-05' as Day, '2026-12-31' as Day)).toContain('2027 年');
});
