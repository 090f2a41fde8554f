import { describe, expect, it } from 'vitest';
import {
  alikeBy,
  type CategorySpan,
  categoryEndVerdict,
  categoryVerdict,
  holdsOn,
  type MergeSide,
  memberVerdict,
  mergeVerdict,
  namesOnePerson,
  recipientActs,
  sureness,
  undoVerdict,
} from './rules.ts';

const span = (more: Partial<CategorySpan> = {}): CategorySpan => ({
  category: 'subsistence',
  disability: null,
  fromDay: '2026-01-01',
  toDay: null,
  ...more,
});
const codeOf = (verdict: { ok: boolean; code?: string }) => (verdict.ok ? 'yes' : verdict.code);

describe('a category', () => {
  it.each([
    ['2025-12-31', false],
    ['2026-01-01', true],
    ['2026-02-28', true],
    ['2026-03-01', false],
  ])('that runs to the end of February holds on %s: %s', (day, expected) => {
    expect(holdsOn({ fromDay: '2026-01-01', toDay: '2026-02-28' }, day)).toBe(expected);
  });
  it('without an end holds on', () => expect(holdsOn({ fromDay: '2026-01-01', toDay: null }, '2199-01-01')).toBe(true));

  const today = '2026-03-05';
  it.each<[string, CategorySpan, CategorySpan[], string | null, string]>([
    ['begins today', span({ fromDay: today }), [], null, 'yes'],
    ['begins tomorrow', span({ fromDay: '2026-03-06' }), [], null, 'recipients.category-in-future'],
    ['holds already', span(), [span({ fromDay: '2020-01-01' })], null, 'recipients.category-overlaps'],
    ['ended the day before', span(), [span({ fromDay: '2020-01-01', toDay: '2025-12-31' })], null, 'yes'],
    ['ended on the first day', span(), [span({ fromDay: '2020-01-01', toDay: '2026-01-01' })], null, 'recipients.category-overlaps'],
    ['is recorded for an earlier time', span({ fromDay: '2024-01-01', toDay: '2025-12-31' }), [span()], null, 'yes'],
    ['is another', span({ category: 'destitute' }), [span()], null, 'yes'],
    [
      'is another class of disability',
      span({ category: 'disabled', disability: 'limb' }),
      [span({ category: 'disabled', disability: 'sight' })],
      null,
      'yes',
    ],
    [
      'is the same class of disability',
      span({ category: 'disabled', disability: 'limb' }),
      [span({ category: 'disabled', disability: 'limb' })],
      null,
      'recipients.category-overlaps',
    ],
    ['is a further other', span({ category: 'other' }), [span({ category: 'other' })], null, 'yes'],
    ['of children, of a child', span({ category: 'child-in-need' }), [], '2015-06-01', 'yes'],
    ['of children, on the day before eighteen', span({ category: 'migrant-child', fromDay: '2026-02-28' }), [], '2008-03-01', 'yes'],
    ['left behind, on the day before sixteen', span({ category: 'left-behind-child', fromDay: '2026-02-28' }), [], '2010-03-01', 'yes'],
    [
      'left behind, at sixteen',
      span({ category: 'left-behind-child', fromDay: '2026-03-01' }),
      [],
      '2010-03-01',
      'recipients.category-too-old',
    ],
    ['left behind, born on a leap day', span({ category: 'left-behind-child', fromDay: '2024-02-28' }), [], '2008-02-29', 'yes'],
    ['an orphan at sixteen', span({ category: 'orphan', fromDay: '2026-03-01' }), [], '2010-03-01', 'yes'],
    ['an orphan at eighteen', span({ category: 'orphan', fromDay: '2026-03-01' }), [], '2008-03-01', 'recipients.category-not-minor'],
    [
      'of children, at eighteen',
      span({ category: 'migrant-child', fromDay: '2026-03-01' }),
      [],
      '2008-03-01',
      'recipients.category-not-minor',
    ],
    ['of children, born unknown', span({ category: 'child-in-need' }), [], null, 'yes'],
  ])('that %s', (_, draft, recorded, birthOn, expected) => {
    expect(codeOf(categoryVerdict(draft, { recorded, birthOn, today }))).toBe(expected);
  });

  it.each([
    ['2025-12-31', null, 'recipients.category-backwards'],
    ['2026-01-01', null, 'yes'],
    ['2026-03-01', '2026-03-02', 'yes'],
    ['2026-03-02', '2026-03-02', 'recipients.category-over'],
    ['2026-03-03', '2026-03-02', 'recipients.category-over'],
  ])('ends on %s when its end is %s: %s', (toDay, was, expected) => {
    expect(codeOf(categoryEndVerdict({ fromDay: '2026-01-01', toDay: was }, toDay))).toBe(expected);
  });
});

describe('two rows', () => {
  const nothing = { idNumber: false, phone: false, name: false, birthOn: false };
  it.each([
    [nothing, []],
    [{ ...nothing, phone: true }, []],
    [{ ...nothing, name: true }, []],
    [{ ...nothing, name: true, phone: true }, []],
    [{ ...nothing, birthOn: true }, []],
    [{ ...nothing, idNumber: true }, ['id-number']],
    [{ ...nothing, phone: true, birthOn: true }, ['phone-birth']],
    [{ ...nothing, name: true, birthOn: true }, ['name-birth']],
    [{ idNumber: true, phone: true, name: true, birthOn: true }, ['id-number', 'phone-birth', 'name-birth']],
  ])('with %o in common look alike by %o', (common, expected) => expect(alikeBy(common)).toEqual(expected));

  const side = (more: Partial<MergeSide> = {}): MergeSide => ({ id: 'a', merged: false, still: false, idNumberIndex: null, ...more });
  it.each<[Partial<MergeSide>, Partial<MergeSide>, string]>([
    [{}, {}, 'yes'],
    [{}, { id: 'a' }, 'recipients.same-row'],
    [{ merged: true }, {}, 'recipients.merged-already'],
    [{}, { merged: true }, 'recipients.merged-already'],
    [{ still: true }, {}, 'recipients.stands-still'],
    [{}, { still: true }, 'recipients.stands-still'],
    [{ idNumberIndex: 'x' }, {}, 'yes'],
    [{ idNumberIndex: 'x' }, { idNumberIndex: 'x' }, 'yes'],
    [{ idNumberIndex: 'x' }, { idNumberIndex: 'y' }, 'recipients.other-id-number'],
  ])('kept %o, gone %o: %s', (kept, gone, expected) => {
    expect(codeOf(mergeVerdict(side(kept), side({ id: 'b', ...gone })))).toBe(expected);
  });
  it.each([
    [{ undone: false, keptMerged: false, still: false }, 'yes'],
    [{ undone: true, keptMerged: false, still: false }, 'recipients.undone-already'],
    [{ undone: false, keptMerged: true, still: false }, 'recipients.merged-further'],
    [{ undone: false, keptMerged: false, still: true }, 'recipients.stands-still'],
  ])('a merge %o is taken back: %s', (merge, expected) => expect(codeOf(undoVerdict(merge))).toBe(expected));
});

it.each([
  [{ name: null, birthOn: null, idNumber: 'x', phone: null }, true],
  [{ name: 'x', birthOn: 'x', idNumber: null, phone: 'x' }, true],
  [{ name: 'x', birthOn: 'x', idNumber: null, phone: null }, false],
  [{ name: 'x', birthOn: null, idNumber: null, phone: 'x' }, false],
  [{ name: null, birthOn: 'x', idNumber: null, phone: 'x' }, false],
  [{ name: null, birthOn: null, idNumber: null, phone: 'x' }, false],
])('%o names one person: %s', (typed, expected) => expect(namesOnePerson(typed)).toBe(expected));

it('the surest finding stands first', () => {
  expect(sureness(['pinyin', 'id-number'])).toBe(0);
  expect(sureness(['phone'])).toBeLessThan(sureness(['name-birth', 'pinyin']));
  expect(sureness(['former-name'])).toBeLessThan(sureness(['pinyin']));
  expect(sureness([])).toBeGreaterThan(sureness(['pinyin']));
});

it.each([
  [{ relation: 'child' as const, hasHead: true, households: [] }, 'yes'],
  [{ relation: 'head' as const, hasHead: false, households: [] }, 'yes'],
  [{ relation: 'head' as const, hasHead: true, households: [] }, 'recipients.head-already'],
  [{ relation: 'child' as const, hasHead: true, households: ['h'] }, 'recipients.member-already'],
  [{ relation: 'child' as const, hasHead: true, households: ['other'] }, 'recipients.in-other-household'],
])('somebody joins a household %o: %s', (facts, expected) => {
  expect(codeOf(memberVerdict({ ...facts, householdId: 'h' }))).toBe(expected);
});

it('buttons follow whether one works on a case of the person, and whether the file stands still', () => {
  expect(recipientActs({ writes: true, still: false })).toEqual(['unmask', 'edit', 'merge']);
  expect(recipientActs({ writes: false, still: false })).toEqual(['unmask', 'merge']);
  expect(recipientActs({ writes: true, still: true })).toEqual(['unmask']);
});
