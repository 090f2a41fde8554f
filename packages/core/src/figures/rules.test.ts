import { expect, test } from 'vitest';
import { median, quantile, totalMayShow, withheld } from './rules.ts';

test('the median and the share of nothing, one, two and many', () => {
  expect([median([]), median([3]), median([4, 1]), median([9, 1, 4])]).toEqual([undefined, 3, 2.5, 4]);
  expect([quantile([], 90), quantile([3], 90), quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90), quantile([1, 2], 90)]).toEqual([
    undefined,
    3,
    9,
    2,
  ]);
});

test('numbers below the smallest are withheld, zero and the smallest are shown', () => {
  expect(withheld([0, 1, 2, 3, 10], 3)).toEqual([0, null, null, 3, 10]);
  expect(withheld([], 3)).toEqual([]);
});

test('a single one takes the next smallest with it, so that the total does not tell it', () => {
  expect(withheld([0, 2, 7, 5], 3)).toEqual([0, null, 7, null]);
  expect(withheld([0, 2], 3)).toEqual([0, null]);
});

test('several whose sum leaves one answer only take the next smallest with them', () => {
  // Three of 1 to 2 that are three together are each one; three that are six together are each two.
  expect(withheld([1, 1, 1, 9, 4], 3)).toEqual([null, null, null, 9, null]);
  expect(withheld([2, 2, 2, 9, 4], 3)).toEqual([null, null, null, 9, null]);
  expect(withheld([1, 1, 2, 9, 4], 3)).toEqual([null, null, null, 9, 4]);
  expect(withheld([1, 1, 0], 3)).toEqual([null, null, 0]);
  expect(totalMayShow([null, null, 0], 2, 3)).toBe(false);
  expect(totalMayShow([null, null, 0], 4, 3)).toBe(false);
  expect(totalMayShow([null, null, 0], 3, 3)).toBe(true);
  expect(totalMayShow([null, null, null, 9, null], 16, 3)).toBe(true);
});

test('a total is not shown where it would tell the one that is withheld', () => {
  expect(totalMayShow([0, null], 2, 3)).toBe(false);
  expect(totalMayShow([null, null, 7], 12, 3)).toBe(true);
  expect(totalMayShow([1, 1], 2, 3)).toBe(false);
  expect(totalMayShow([0, 0], 0, 3)).toBe(true);
});
