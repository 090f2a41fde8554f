import { expect, test } from 'vitest';
import { awayVerdict, termVerdict } from './rules.ts';

const today = '2026-03-05';
const noted = [
  { fromDay: '2026-03-10', toDay: '2026-03-12' },
  { fromDay: '2026-04-01', toDay: '2026-04-01' },
];

test.each([
  ['2026-03-05', '2026-03-05', 'yes'],
  ['2026-03-01', '2026-03-05', 'yes'],
  ['2026-03-01', '2026-03-04', 'experts.away-past'],
  ['2026-03-09', '2026-03-08', 'experts.away-backwards'],
  ['2026-03-06', '2026-03-09', 'yes'],
  ['2026-03-13', '2026-03-31', 'yes'],
  ['2026-03-06', '2026-03-10', 'experts.away-overlaps'],
  ['2026-03-12', '2026-03-13', 'experts.away-overlaps'],
  ['2026-03-11', '2026-03-11', 'experts.away-overlaps'],
  ['2026-03-20', '2026-05-01', 'experts.away-overlaps'],
])('away from %s to %s → %s', (fromDay, toDay, outcome) => {
  const verdict = awayVerdict({ fromDay, toDay }, today, noted);
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

test('the refusal names the days that are noted already', () => {
  expect(awayVerdict({ fromDay: '2026-03-20', toDay: '2026-05-01' }, today, noted)).toMatchObject({
    facts: { fromDay: '2026-04-01', toDay: '2026-04-01' },
  });
});

test('a term ends on its first day or later', () => {
  expect(termVerdict({ termFrom: '2026-01-01', termTo: '2026-01-01' }).ok).toBe(true);
  expect(termVerdict({ termFrom: '2026-01-01', termTo: '2025-12-31' }).ok).toBe(false);
});
