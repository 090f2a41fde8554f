import { describe, expect, test } from 'vitest';
import type { Day } from '../shared/day.ts';
import { type AlikeCount, alikeVerdict, bornFor, meterOf, type Shown, type Subject, shownIn } from './alike.ts';

const mother: Subject = { age: 45, gender: 'female', streetNames: ['民治街道', '民治'] };

describe('what a text still says', () => {
  test.each<[string, Subject, Partial<Shown>]>([
    ['45岁的单亲母亲', mother, { age: 'exact', years: 45, gender: true, street: false }],
    ['四十五岁', mother, { age: 'exact' }],
    ['４５岁', mother, { age: 'exact' }],
    ['四十多岁', mother, { age: 'band' }],
    ['40岁左右', mother, { age: 'band' }],
    ['44岁时求助', mother, { age: 'exact', years: 45 }],
    ['46 岁', mother, { age: 'exact' }],
    ['43岁的邻居', mother, { age: 'none', years: null }],
    ['47岁', mother, { age: 'none' }],
    ['孩子今年12岁', mother, { age: 'none' }],
    ['三十多岁', mother, { age: 'none' }],
    ['中年', mother, { age: 'none', gender: false }],
    ['住在民治街道', mother, { street: true }],
    ['住在民治', mother, { street: true }],
    ['住在某街道', mother, { street: false }],
    ['其他人帮忙', { ...mother, gender: 'male' }, { gender: false }],
    ['他失业两年', { ...mother, gender: 'male' }, { gender: true }],
    ['她失业两年', { ...mother, gender: 'male' }, { gender: false }],
    ['她失业两年', { ...mother, gender: 'unknown' }, { gender: false }],
    ['十二岁', { ...mother, age: null }, { age: 'exact', years: 12 }],
    ['十几年前', { ...mother, age: null }, { age: 'none', years: null }],
    ['', { ...mother, age: null, streetNames: [] }, { age: 'none', street: false, gender: false }],
    ['0岁', { ...mother, age: 0 }, { age: 'exact', years: 0 }],
    ['45岁，也写四十多岁', mother, { age: 'exact' }],
  ])('%s', (text, subject, expected) => expect(shownIn([text], subject)).toMatchObject(expected));
});

describe('birth days of an age', () => {
  test.each([
    [45, 45, '2026-03-05', { from: '1980-03-06', to: '1981-03-05' }],
    [40, 49, '2026-03-05', { from: '1976-03-06', to: '1986-03-05' }],
    [0, 0, '2026-03-05', { from: '2025-03-06', to: '2026-03-05' }],
    [1, 1, '2025-02-28', { from: '2023-03-01', to: '2024-02-28' }],
  ])('%i to %i on %s', (from, to, on, expected) => expect(bornFor(from, to, on as Day)).toEqual(expected));
});

const counts = (given: Partial<Record<string, number>>): AlikeCount[] =>
  [false, true].flatMap((street) =>
    (['none', 'band', 'exact'] as const).flatMap((age) =>
      [false, true].map((gender) => ({
        street,
        age,
        gender,
        people: given[[street ? 's' : '', age === 'none' ? '' : age[0], gender ? 'g' : ''].join('')] ?? 0,
      })),
    ),
  );
const all: Shown = { age: 'exact', years: 45, street: true, gender: true };

describe('how many people it may be', () => {
  test.each([
    [0, false],
    [4, false],
    [5, true],
    [6, true],
  ])('%i of at least 5', (people, enough) => {
    const meter = meterOf(all, counts({ seg: people }), 5);
    expect([meter.people, meter.enough, alikeVerdict(meter).ok]).toEqual([people, enough, enough]);
  });
  test.each<[string, Record<string, number>, string[]]>([
    ['the street first', { seg: 1, eg: 5 }, ['street']],
    ['then a decade', { seg: 1, eg: 4, sbg: 5 }, ['age-band']],
    ['then no age', { seg: 1, sg: 5 }, ['age']],
    ['then no gender', { seg: 1, se: 5 }, ['gender']],
    ['two together', { seg: 1, bg: 5 }, ['street', 'age-band']],
    ['all three', { '': 5 }, ['street', 'age', 'gender']],
    ['nothing helps while the domain is that rare', { '': 4 }, ['wait']],
    ['nothing was counted', {}, ['wait']],
  ])('%s', (_says, given, coarsen) => expect(meterOf(all, counts(given), 5).coarsen).toEqual(coarsen));
  test('what the text does not say is not asked to be left out', () => {
    const little: Shown = { age: 'none', years: null, street: false, gender: false };
    expect(meterOf(little, counts({ '': 4 }), 5)).toEqual({ people: 4, least: 5, enough: false, shown: ['domain'], coarsen: ['wait'] });
    expect(meterOf(little, counts({ '': 5 }), 5)).toEqual({ people: 5, least: 5, enough: true, shown: ['domain'], coarsen: [] });
  });
  test('a missing count is none', () => expect(meterOf(all, [], 1).enough).toBe(false));
});
