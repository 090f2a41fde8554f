import { describe, expect, it, test } from 'vitest';
import { type Day, day } from '../shared/day.ts';
import { signerBoxTitle } from '../texts/signatureLabels.ts';
import * as rules from './rules.ts';
import { SignatureDraft, type SignerNeed, Strokes } from './schema.ts';

const FIGURES = { 'agreement.guardianBelow': 14, 'agreement.adultAt': 18, 'agreement.heardFrom': 8 };
const today = day('2026-03-05');

describe('who has to sign', () => {
  const who = (birthOn: string | null, hasGuardian = false, on: Day = today) =>
    rules
      .signersNeeded({ birthOn: birthOn === null ? null : day(birthOn), hasGuardian, guardianKeptBack: false }, on, FIGURES)
      .map((n) => n.who);
  test.each([
    ['13, fourteen tomorrow', '2012-03-06', ['guardian']],
    ['fourteen today', '2012-03-05', ['person', 'guardian']],
    ['fourteen yesterday', '2012-03-04', ['person', 'guardian']],
    ['17, eighteen tomorrow', '2008-03-06', ['person', 'guardian']],
    ['eighteen today', '2008-03-05', ['person']],
    ['just born', '2026-03-05', ['guardian']],
    ['of a hundred years', '1926-03-05', ['person']],
    ['without a birth date', null, ['person']],
  ])('of somebody %s', (_says, birthOn, expected) => expect(who(birthOn)).toEqual(expected));

  it('of an adult with a guardian is the guardian’s; a leap day counts on the first of March', () => {
    expect(who('1980-01-01', true)).toEqual(['guardian']);
    expect(who(null, true)).toEqual(['guardian']);
    expect(who('2012-02-29', false, day('2026-02-28'))).toEqual(['guardian']);
    expect(who('2012-02-29', false, day('2026-03-01'))).toEqual(['person', 'guardian']);
  });

  it('is an authority where each guardian is in conflict with the person, whatever the age', () => {
    const needs = (birthOn: string) =>
      rules.signersNeeded({ birthOn: day(birthOn), hasGuardian: true, guardianKeptBack: true }, today, FIGURES);
    expect(needs('2020-01-01')).toEqual([{ who: 'authority', source: 'guardian-kept-back' }]);
    expect(needs('2010-01-01')).toEqual([
      { who: 'person', source: 'minor' },
      { who: 'authority', source: 'guardian-kept-back' },
    ]);
    expect(needs('1980-01-01')).toEqual([{ who: 'authority', source: 'guardian-kept-back' }]);
  });

  test.each([
    ['7, eight tomorrow', '2018-03-06', ['witness']],
    ['eight today', '2018-03-05', ['person', 'witness']],
    ['13', '2012-03-06', ['person', 'witness']],
    ['fourteen, who has to sign anyway', '2012-03-05', ['witness']],
    ['grown up', '1980-01-01', ['witness']],
  ])('besides, of somebody %s', (_says, birthOn, expected) => {
    const facts = { birthOn: day(birthOn), hasGuardian: false, guardianKeptBack: false };
    expect(rules.signersWelcome(facts, today, FIGURES, rules.signersNeeded(facts, today, FIGURES))).toEqual(expected);
  });

  test.each<[string, string | null, boolean, boolean, string[]]>([
    ['7', '2018-03-06', false, false, ['guardian below-guardian-age']],
    ['8', '2018-03-05', false, false, ['person beside', 'guardian below-guardian-age']],
    ['14', '2012-03-05', false, false, ['person minor', 'guardian minor']],
    ['17, with a guardian', '2008-03-06', true, false, ['person minor', 'guardian minor']],
    ['18', '2008-03-05', false, false, ['person adult']],
    ['18, with a guardian', '2008-03-05', true, false, ['person beside', 'guardian adult-guardian']],
    ['80, with a guardian who is kept back', '1946-01-01', true, true, ['person beside', 'authority guardian-kept-back']],
    ['no known age', null, false, false, ['person adult', 'guardian age-unknown']],
    ['no known age, with a guardian', null, true, false, ['person beside', 'guardian adult-guardian']],
  ])('on a printed paper, of somebody of %s', (_says, birthOn, hasGuardian, guardianKeptBack, expected) => {
    const facts = { birthOn: birthOn === null ? null : day(birthOn), hasGuardian, guardianKeptBack };
    const boxes = rules.signerBoxes(facts, today, FIGURES);
    expect(boxes.map((b) => `${b.who} ${b.why}`)).toEqual(expected);
    expect(new Set(boxes.map(signerBoxTitle)).size).toBe(boxes.length);
  });

  it('has its words over the box', () => {
    expect(
      (
        [
          ['person', 'adult'],
          ['person', 'beside'],
          ['guardian', 'minor'],
          ['guardian', 'adult-guardian'],
          ['guardian', 'age-unknown'],
          ['authority', 'guardian-kept-back'],
        ] as const
      ).map(([who, why]) => signerBoxTitle({ who, why })),
    ).toEqual([
      '服务对象',
      '服务对象（能表达意愿时）',
      '监护人（不满十八周岁）',
      '监护人（无或限制民事行为能力）',
      '监护人（不满十八周岁时）',
      '村（居）委会或民政部门',
    ]);
  });

  it('of a form is whom the template asks for; where the person may not sign, the guardian does', () => {
    const child: SignerNeed[] = [{ who: 'guardian', source: 'below-guardian-age' }];
    const both: SignerNeed[] = [
      { who: 'person', source: 'minor' },
      { who: 'guardian', source: 'minor' },
    ];
    const who = (asked: Parameters<typeof rules.formSigners>[0], needs: SignerNeed[]) => rules.formSigners(asked, needs).map((n) => n.who);
    expect(who(['person'], child)).toEqual(['guardian']);
    expect(who(['person', 'worker'], both)).toEqual(['person', 'guardian', 'worker']);
    expect(who(['guardian'], both)).toEqual(['guardian']);
    expect(who(['guardian', 'worker'], [{ who: 'person', source: 'adult' }])).toEqual(['worker']);
    expect(who(['worker'], both)).toEqual(['worker']);
  });
});

describe('what was signed', () => {
  it('is one text whatever the order of its keys, and another with one word changed', () => {
    expect(rules.stableText({ b: [1, { d: null, c: '甲' }], a: undefined })).toBe('{"b":[1,{"c":"甲","d":null}]}');
    const of = { id: 'f', templateId: 't' };
    expect(rules.formText(of, { b: 1, a: 2 })).toBe(rules.formText(of, { a: 2, b: 1 }));
    expect(rules.formText(of, { a: 2 })).not.toBe(rules.formText({ ...of, templateId: 'u' }, { a: 2 }));
    expect(rules.planText('c', { aim: '甲' }, '话')).not.toBe(rules.planText('c', { aim: '甲' }, '别的话'));
  });

  it('holds for this version only', () => {
    const needs: SignerNeed[] = [
      { who: 'person', source: 'minor' },
      { who: 'guardian', source: 'minor' },
    ];
    const signed = [{ who: 'person' as const, hash: 'old' }];
    expect(rules.missingOf(needs, signed, 'new')).toEqual({ missing: ['person', 'guardian'], changed: ['person'] });
    expect(rules.missingOf(needs, [...signed, { who: 'person', hash: 'new' }], 'new')).toEqual({ missing: ['guardian'], changed: [] });
    expect(rules.missingOf([], [], 'new')).toEqual({ missing: [], changed: [] });
  });
});

describe('strokes', () => {
  const strokes = (lines: unknown, more: object = {}) => Strokes.safeParse({ width: 300, height: 120, lines, ...more }).success;
  const long = Array.from({ length: 20 }, (_, i) => i);

  it('are numbers inside the box, and not too many', () => {
    expect(
      strokes([
        [0, 0],
        [300, 120],
      ]),
    ).toBe(true);
    for (const wrong of [
      [],
      [[]],
      [[1]],
      [[1, 2, 3]],
      [[301, 1]],
      [[1, 121]],
      [[-1, 0]],
      [[1.5, 2]],
      [['1', '2']],
      [[Number.NaN, 1]],
      [[1e9, 1]],
      '<path d="M0 0"/>',
      Array.from({ length: 161 }, () => [1, 1]),
      [Array.from({ length: 12_002 }, () => 1)],
      Array.from({ length: 7 }, () => Array.from({ length: 2000 }, () => 1)),
    ])
      expect(strokes(wrong), JSON.stringify(wrong).slice(0, 60)).toBe(false);
    expect(strokes([[1, 1]], { width: 5000 })).toBe(false);
    expect(strokes([[1, 1]], { path: '"/><script>' })).toBe(false);
    expect(strokes(Array.from({ length: 6 }, () => Array.from({ length: 2000 }, () => 1)))).toBe(true);
  });

  it('become a path of nothing but numbers and letters of a path', () => {
    const path = rules.strokePath({
      width: 300,
      height: 120,
      lines: [
        [1, 2],
        [1, 2, 3, 4],
        [0, 0, 10, 0, 10, 10],
      ],
    });
    expect(path).toBe('M1 2h1M1 2L3 4M0 0Q10 0 10 5L10 10');
    expect(path).toMatch(/^[MQLh0-9. ]+$/);
  });

  it('of a signature by hand are more than a slip; without them a reason, and with a mark a witness', () => {
    const draft = (more: object) =>
      SignatureDraft.safeParse({
        id: '0196a000-0000-7000-8000-000000000000',
        who: 'person',
        way: 'drawn',
        name: '王桦',
        relation: '',
        reason: '',
        witness: '',
        strokes: { width: 300, height: 120, lines: [long] },
        hash: 'a'.repeat(64),
        signedAt: '2026-03-05T02:00:00.000Z',
        ...more,
      }).success;
    expect(draft({})).toBe(true);
    expect(draft({ strokes: null })).toBe(false);
    expect(draft({ strokes: { width: 300, height: 120, lines: [long.slice(0, 14)] } })).toBe(false);
    expect(draft({ strokes: { width: 300, height: 120, lines: [long.slice(0, 16)] } })).toBe(true);
    expect(draft({ way: 'typed', strokes: null })).toBe(false);
    expect(draft({ way: 'typed', strokes: null, reason: '手抖，不能写字' })).toBe(true);
    expect(draft({ way: 'typed', reason: '手抖，不能写字' })).toBe(false);
    expect(draft({ way: 'mark', strokes: null, reason: '不识字' })).toBe(false);
    expect(draft({ way: 'mark', strokes: null, reason: '不识字', witness: '李四' })).toBe(true);
    expect(draft({ who: 'guardian' })).toBe(false);
    expect(draft({ who: 'guardian', relation: '母亲' })).toBe(true);
    expect(draft({ hash: 'A'.repeat(64) })).toBe(false);
  });
});
