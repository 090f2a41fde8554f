import { describe, expect, it } from 'vitest';
import type { Day } from '../shared/day.ts';
import { type Answer, type Condition, Eligibility, evaluate, type HouseholdFacts, liesIn, type Rule } from './eligibility.ts';

const TODAY = '2026-03-05' as Day;
const ask = (rule: Rule, facts: HouseholdFacts, today = TODAY) => evaluate(rule, facts, today);
const status = (over: Partial<Extract<Condition, { kind: 'status' }>>): Condition => ({
  kind: 'status',
  anyOf: ['disabled'],
  classes: [],
  grade: null,
  ...over,
});
const street = { code: '440309001000', name: '一街道' };
const district = { code: '440309000000', name: '甲区' };

describe('one condition', () => {
  const table: readonly [string, Condition, HouseholdFacts, Answer, string?][] = [
    ['one below the age', { kind: 'age', min: 60, max: null }, { age: 59 }, 'not', '59 岁，要求60 周岁及以上'],
    ['at the age', { kind: 'age', min: 60, max: null }, { age: 60 }, 'fits'],
    ['born sixty years ago today', { kind: 'age', min: 60, max: null }, { birthOn: '1966-03-05' }, 'fits'],
    ['sixty only tomorrow', { kind: 'age', min: 60, max: null }, { birthOn: '1966-03-06' }, 'not'],
    ['the day of birth counts before a typed age', { kind: 'age', min: 60, max: null }, { birthOn: '1990-01-01', age: 70 }, 'not'],
    ['a newborn has an age', { kind: 'age', min: null, max: 3 }, { age: 0 }, 'fits'],
    ['at the upper end', { kind: 'age', min: 3, max: 12 }, { age: 12 }, 'fits'],
    ['one above the upper end', { kind: 'age', min: 3, max: 12 }, { age: 13 }, 'not', '13 岁，要求3 至 12 周岁'],
    ['no age', { kind: 'age', min: 60, max: null }, {}, 'may', '还不知道年龄'],
    ['no age, said to be unknown', { kind: 'age', min: 60, max: null }, { age: null, birthOn: null }, 'may'],
    ['for women, a woman', { kind: 'gender', is: 'female' }, { gender: 'female' }, 'fits'],
    ['for women, a man', { kind: 'gender', is: 'female' }, { gender: 'male' }, 'not'],
    ['for women, nobody known', { kind: 'gender', is: 'female' }, { gender: null }, 'may'],
    ['income of nothing', { kind: 'income', atMost: 0, source: '标准' }, { incomePerHead: 0 }, 'fits'],
    ['income at the figure', { kind: 'income', atMost: 142_000, source: '标准' }, { incomePerHead: 142_000 }, 'fits'],
    [
      'one 分 above',
      { kind: 'income', atMost: 142_000, source: '标准' },
      { incomePerHead: 142_001 },
      'not',
      '人均月收入 1420.01 元，高于 1420 元（标准）',
    ],
    ['income unknown', { kind: 'income', atMost: 142_000, source: '标准' }, {}, 'may', '还不知道家庭人均月收入'],
    ['one of two statuses', status({ anyOf: ['minimum-living', 'marginal'] }), { statuses: { marginal: true } }, 'fits', '是低保边缘对象'],
    [
      'one denied, one open',
      status({ anyOf: ['minimum-living', 'marginal'] }),
      { statuses: { marginal: false } },
      'may',
      '还不知道是否低保',
    ],
    ['both denied', status({ anyOf: ['minimum-living', 'marginal'] }), { statuses: { marginal: false, 'minimum-living': false } }, 'not'],
    ['any disability', status({}), { statuses: { disabled: true } }, 'fits'],
    ['at the grade', status({ grade: 2 }), { statuses: { disabled: true }, disabilityGrade: 2 }, 'fits'],
    ['a graver grade', status({ grade: 2 }), { statuses: { disabled: true }, disabilityGrade: 1 }, 'fits'],
    [
      'a lighter grade',
      status({ grade: 2 }),
      { statuses: { disabled: true }, disabilityGrade: 3 },
      'not',
      '残疾等级是三级，要求二级及以上',
    ],
    ['a grade not known', status({ grade: 2 }), { statuses: { disabled: true } }, 'may', '还不知道残疾等级'],
    ['the class', status({ classes: ['mind'] }), { statuses: { disabled: true }, disabilityClasses: ['mind', 'limbs'] }, 'fits'],
    ['another class', status({ classes: ['mind'] }), { statuses: { disabled: true }, disabilityClasses: ['limbs'] }, 'not'],
    [
      'class not known, grade too light',
      status({ classes: ['mind'], grade: 1 }),
      { statuses: { disabled: true }, disabilityGrade: 4 },
      'not',
    ],
    ['not disabled; the class does not matter', status({ classes: ['mind'] }), { statuses: { disabled: false } }, 'not'],
    ['registered in a street of the district', { kind: 'registration', places: [district] }, { registration: street }, 'fits'],
    ['registered in the district, the street is asked for', { kind: 'registration', places: [street] }, { registration: district }, 'may'],
    ['registered elsewhere', { kind: 'registration', places: [street] }, { registration: { code: '440306001000', name: '乙街道' } }, 'not'],
    ['residence not known', { kind: 'residence', places: [street] }, {}, 'may'],
    ['a circumstance', { kind: 'circumstance', anyOf: ['violence'] }, { circumstances: { violence: true } }, 'fits'],
    ['a circumstance denied', { kind: 'circumstance', anyOf: ['violence'] }, { circumstances: { violence: false } }, 'not'],
    ['a circumstance not asked yet', { kind: 'circumstance', anyOf: ['violence'] }, { circumstances: {} }, 'may'],
    ['the last day of a term', { kind: 'since', event: 'birth', months: 12 }, { events: { birth: '2025-03-05' } }, 'fits'],
    ['a day after the term', { kind: 'since', event: 'birth', months: 12 }, { events: { birth: '2025-03-04' } }, 'not'],
    ['an event still to come', { kind: 'since', event: 'graduation', months: 12 }, { events: { graduation: '2026-07-01' } }, 'not'],
    ['an event without a day', { kind: 'since', event: 'birth', months: 12 }, {}, 'may', '还不知道生育的日期'],
    ['the first day of a period', { kind: 'period', from: '2026-03-05', to: '2026-03-05' }, {}, 'fits'],
    ['a day before the period', { kind: 'period', from: '2026-03-06', to: null }, {}, 'not'],
    ['a day after the period', { kind: 'period', from: '2026-01-01', to: '2026-03-04' }, {}, 'not', '2026年3月4日已停止受理'],
    ['consent given', { kind: 'consent', by: 'self' }, { consent: true }, 'fits'],
    ['consent refused', { kind: 'consent', by: 'guardian' }, { consent: false }, 'not', '监护人没有同意'],
    ['consent not asked', { kind: 'consent', by: 'self' }, {}, 'may'],
  ];
  it.each(table)('%s', (_, condition, facts, answer, says) => {
    const outcome = ask(condition, facts);
    expect(outcome.answer).toBe(answer);
    expect(outcome.findings.length).toBeGreaterThan(0);
    expect(outcome.missing.length > 0).toBe(answer === 'may');
    if (says !== undefined) expect(outcome.findings[0]?.says).toBe(says);
  });

  it('a term of months ends with the month where the day does not exist', () => {
    const rule: Condition = { kind: 'since', event: 'discharge', months: 1 };
    const facts: HouseholdFacts = { events: { discharge: '2026-01-31' } };
    expect(ask(rule, facts, '2026-02-28' as Day).answer).toBe('fits');
    expect(ask(rule, facts, '2026-03-01' as Day).answer).toBe('not');
  });

  it('somebody born on 29 February is of age on 1 March', () => {
    const rule: Condition = { kind: 'age', min: 18, max: null };
    expect(ask(rule, { birthOn: '2008-02-29' }, '2026-02-28' as Day).answer).toBe('not');
    expect(ask(rule, { birthOn: '2008-02-29' }, '2026-03-01' as Day).answer).toBe('fits');
  });
});

describe('groups', () => {
  const old: Condition = { kind: 'age', min: 60, max: null };
  const poor: Condition = { kind: 'income', atMost: 142_000, source: '标准' };
  const woman: Condition = { kind: 'gender', is: 'female' };
  const all = (...of: Rule[]): Rule => ({ kind: 'all', of });
  const any = (...of: Rule[]): Rule => ({ kind: 'any', of });
  const none = (...of: Rule[]): Rule => ({ kind: 'not', of });
  const table: readonly [string, Rule, HouseholdFacts, Answer, readonly string[]][] = [
    ['all hold', all(old, woman), { age: 70, gender: 'female' }, 'fits', []],
    ['all, one open', all(old, woman), { age: 70 }, 'may', ['性别']],
    ['all, one open and one against: nothing more is asked', all(old, woman), { gender: 'male' }, 'not', []],
    ['any, one holds: nothing more is asked', any(old, poor), { age: 70 }, 'fits', []],
    ['any, one against and one open', any(old, poor), { age: 20 }, 'may', ['家庭人均月收入']],
    ['any, all against', any(old, poor), { age: 20, incomePerHead: 900_000 }, 'not', []],
    ['none, its part holds', none(old), { age: 70 }, 'not', []],
    ['none, its part does not hold', none(old), { age: 20 }, 'fits', []],
    ['none, its part is open', none(old), {}, 'may', ['年龄']],
    ['none of two, one holds and one is open', none(old, poor), { age: 70 }, 'not', []],
    ['none of two, one against and one open', none(old, poor), { age: 20 }, 'may', ['家庭人均月收入']],
    ['groups in groups', all(any(old, poor), none(woman)), { age: 70, gender: 'male' }, 'fits', []],
    ['what is missing twice is asked once', all(old, any(old, poor)), {}, 'may', ['年龄', '家庭人均月收入']],
  ];
  it.each(table)('%s', (_, rule, facts, answer, missing) => {
    const outcome = ask(rule, facts);
    expect([outcome.answer, outcome.missing]).toEqual([answer, missing]);
  });

  it('says what is excluded', () => {
    expect(ask(none(old), { age: 70 }).findings[0]?.says).toBe('属于不受理的情形：70 岁，在60 周岁及以上之内');
  });
});

describe('places', () => {
  it.each([
    ['440309001002', '440309001000', 'in'],
    ['440309001000', '440309000000', 'in'],
    ['440309000000', '440300000000', 'in'],
    ['440300000000', '440000000000', 'in'],
    ['440309000000', '440309001000', 'wider'],
    ['440309001000', '440309010000', 'out'],
    ['440309010000', '440309001000', 'out'],
    ['450309001000', '440309001000', 'out'],
  ] as const)('%s and %s: %s', (place, within, expected) => {
    expect(liesIn(place, within)).toBe(expected);
  });
});

describe('what the form may send', () => {
  it.each([
    ['an empty group', { kind: 'all', of: [] }],
    ['an age without ends', { kind: 'all', of: [{ kind: 'age', min: null, max: null }] }],
    ['an age turned round', { kind: 'all', of: [{ kind: 'age', min: 10, max: 3 }] }],
    ['a period turned round', { kind: 'all', of: [{ kind: 'period', from: '2026-02-01', to: '2026-01-01' }] }],
    ['an unknown condition', { kind: 'all', of: [{ kind: 'zodiac', is: 'dog' }] }],
    ['a third level of groups', { kind: 'all', of: [{ kind: 'any', of: [{ kind: 'not', of: [{ kind: 'gender', is: 'female' }] }] }] }],
  ])('refuses %s', (_, rules) => {
    expect(Eligibility.safeParse(rules).success).toBe(false);
  });
});
