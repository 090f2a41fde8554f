import { expect, test } from 'vitest';
import { successorVerdict, tierVerdict } from './rules.ts';
import type { DivisionTier } from './schema.ts';

test.each<[DivisionTier, DivisionTier, boolean]>([
  ['province', 'city', true],
  ['city', 'district', true],
  ['district', 'street', true],
  ['street', 'community', true],
  ['district', 'community', false],
  ['street', 'street', false],
  ['street', 'district', false],
  ['community', 'community', false],
])('below a %s comes a %s: %s', (parent, tier, expected) => {
  expect(tierVerdict(parent, tier).ok).toBe(expected);
});

test('a division is not its own successor', () => {
  expect(successorVerdict('a', 'a').ok).toBe(false);
  expect(successorVerdict('a', 'b').ok).toBe(true);
  expect(successorVerdict('a', null).ok).toBe(true);
  expect(successorVerdict('a', undefined).ok).toBe(true);
});
