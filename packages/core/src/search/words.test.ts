import { expect, test } from 'vitest';
import type { Day } from '../shared/day.ts';
import { weightOf } from './rules.ts';
import { fold, marksOf, pairsOf, wordsOf } from './words.ts';

test('what was typed as words: two characters at least, in any width, without punctuation', () => {
  const table: [string, string[]][] = [
    ['低', []],
    ['低 保', []],
    ['，。！', []],
    ['低保', ['低保']],
    ['低保，', ['低保']],
    ['单亲母亲', ['单亲母亲']],
    ['低保 学籍', ['低保', '学籍']],
    ['低保　低保', ['低保']],
    ['低保 的', ['低保']],
    ['ＧＡ－２０２６', ['ga', '2026']],
    ['Ga2026号', ['ga2026号']],
    ['1', []],
    ['12', ['12']],
    // A character beyond the basic plane is one character, not two.
    ['𬭚', []],
    ['𬭚氏', ['𬭚氏']],
    ['😀', []],
    ['😀😀', ['😀😀']],
    ['王·桦', []],
    ['阿依·古丽', ['阿依', '古丽']],
  ];
  for (const [typed, words] of table) expect([typed, wordsOf(typed)]).toEqual([typed, words]);
});

test('pairs of a word, each once', () => {
  expect(pairsOf('单亲母亲')).toEqual(['单亲', '亲母', '母亲']);
  expect(pairsOf('哈哈哈')).toEqual(['哈哈']);
  expect(pairsOf('𬭚氏😀')).toEqual(['𬭚氏', '氏😀']);
  expect(pairsOf('低')).toEqual([]);
});

test('a folded text keeps every place', () => {
  for (const text of ['Ａ低保，b。\n１２ -ß😀𬭚', '', 'ÉＺ']) {
    expect(fold(text)).toHaveLength(text.length);
    expect(fold(fold(text))).toBe(fold(text));
  }
});

test('where the words stand: all of them, overlapping ones as one, in either width', () => {
  expect(marksOf('申请低保，低保已批', ['低保'])).toEqual([
    [2, 4],
    [5, 7],
  ]);
  expect(marksOf('单亲母亲', ['单亲', '亲母'])).toEqual([[0, 3]]);
  expect(marksOf('编号ＧＡ１２', ['ga12'])).toEqual([[2, 6]]);
  expect(marksOf('😀低保', ['低保'])).toEqual([[2, 4]]);
  expect(marksOf('没有', ['低保'])).toEqual([]);
});

test('the opening, repetition and newness weigh; more than three times says no more', () => {
  const today = '2026-03-05' as Day;
  const weight = (first: number, times: number, on: string | null) => weightOf({ first, times, on: on as Day | null }, today);
  expect(weight(30, 1, '2025-01-01')).toBe(3);
  expect(weight(31, 1, '2025-01-01')).toBe(1);
  expect([weight(31, 3, '2025-01-01'), weight(31, 4, '2025-01-01')]).toEqual([3, 3]);
  // A month and half a year, each to the day.
  expect(['2026-02-02', '2026-02-01', '2025-09-03', '2025-09-02'].map((on) => weight(31, 1, on))).toEqual([3, 2, 2, 1]);
  expect(weight(31, 1, null)).toBe(1);
  expect(weight(31, 1, '2026-03-09')).toBe(3);
});
