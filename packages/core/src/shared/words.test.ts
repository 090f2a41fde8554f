import { describe, expect, it } from 'vitest';
import { AnyDay, AnyMoment, amount, line, ordinal, passage } from './words.ts';

describe('a day that somebody can mean', () => {
  it.each(['1850-01-01', '2024-02-29', '2199-12-31'])('%s', (day) => expect(AnyDay.safeParse(day).success).toBe(true));
  it.each(['0000-01-01', '1582-10-10', '1849-12-31', '2200-01-01', '9999-12-31', '2026-02-29', 'gestern'])(
    'is not %s, and one sentence says why',
    (day) => {
      const answer = AnyDay.safeParse(day);
      expect(answer.error?.issues).toHaveLength(1);
      expect(AnyMoment.safeParse(`${day}T00:00:00.000Z`).error?.issues).toHaveLength(1);
    },
  );
});

describe('a text that people type', () => {
  it.each(['坏\u0000字', '坏\u0007字', '坏\ud800字', '坏\u007f字'])('holds no control and no half character: %j', (text) => {
    expect([line(20).safeParse(text).success, passage(20).safeParse(text).success]).toEqual([false, false]);
  });
  it('keeps rare characters, and breaks where there are several lines', () => {
    expect(line(20).parse(' 㛃𬭎·𰻝 ')).toBe('㛃𬭎·𰻝');
    expect(passage(20).parse('一\n二\t三')).toBe('一\n二\t三');
    expect(line(20).safeParse('一\n二').success).toBe(false);
  });
});

describe('an amount with its unit', () => {
  it.each([
    [0, '次', '0 次'],
    [1.5, '小时', '1.5 小时'],
    [40, '%', '40%'],
    [36.5, '℃', '36.5℃'],
    [3, '', '3'],
    [3, null, '3'],
    ['', undefined, ''],
  ])('%s %s: %s', (n, unit, says) => expect(amount(n, unit)).toBe(says));
});

describe('the number of a chapter', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [99, '九十九'],
  ])('%i: %s', (n, says) => expect(ordinal(n)).toBe(says));
});
