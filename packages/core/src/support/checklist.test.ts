import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, type ChecklistAnswers, ChecklistKey, ChecklistPack, ChecklistResult, defaultChecklist } from './checklist.ts';

const none: ChecklistAnswers = {
  imminentRisk: false,
  problemsAtOnce: false,
  lackOfResources: false,
  beyondExperience: false,
  earlierAttemptsFailed: false,
  severalDepartments: false,
  riskRising: false,
};
const blank = Object.fromEntries(Object.keys(none).map((key) => [key, null])) as ChecklistAnswers;

describe('界定 proposes', () => {
  test.each([
    ['nothing applies', {}, 'supervision-advice', 0, []],
    ['one below the cut', { riskRising: true }, 'supervision-advice', 1, ['riskRising']],
    ['at the cut', { riskRising: true, problemsAtOnce: true }, 'hard', 2, ['problemsAtOnce', 'riskRising']],
    [
      'one above',
      { riskRising: true, problemsAtOnce: true, lackOfResources: true },
      'hard',
      3,
      ['problemsAtOnce', 'lackOfResources', 'riskRising'],
    ],
    ['imminent risk alone', { imminentRisk: true }, 'crisis', 0, ['imminentRisk']],
    [
      'imminent risk and all',
      Object.fromEntries(Object.keys(none).map((k) => [k, true])),
      'crisis',
      6,
      ['imminentRisk', ...ChecklistKey.options],
    ],
  ] as const)('%s', (_, answers, outcome, score, reasons) => {
    const result = assess(defaultChecklist, { ...none, ...answers });
    expect(result).toEqual({ outcome, score, reasons, hardAt: 2, packVersion: 'default-1', missing: [], open: false });
    ChecklistResult.parse(result);
  });
  test('an unanswered question counts as no, is named, and may keep the outcome open', () => {
    expect(assess(defaultChecklist, blank)).toMatchObject({
      outcome: 'supervision-advice',
      open: true,
      missing: ['imminentRisk', ...ChecklistKey.options],
    });
    // One item missing of two needed: cannot reach the cut.
    expect(assess(defaultChecklist, { ...none, riskRising: null })).toMatchObject({ missing: ['riskRising'], open: false });
    expect(assess(defaultChecklist, { ...none, riskRising: null, problemsAtOnce: true })).toMatchObject({
      outcome: 'supervision-advice',
      open: true,
    });
    // Hard already: only the danger could change it.
    expect(assess(defaultChecklist, { ...none, riskRising: null, problemsAtOnce: true, lackOfResources: true })).toMatchObject({
      outcome: 'hard',
      open: false,
    });
    expect(assess(defaultChecklist, { ...none, imminentRisk: null })).toMatchObject({ missing: ['imminentRisk'], open: true });
    expect(assess(defaultChecklist, { ...blank, imminentRisk: true })).toMatchObject({ outcome: 'crisis', open: false });
  });
  test('weights and cut come from the pack; what the pack leaves out is not asked', () => {
    const pack: ChecklistPack = {
      version: 'lh-2',
      hardAt: 3,
      items: [
        { key: 'riskRising', label: '风险上升', weight: 3 },
        { key: 'beyondExperience', label: '经验', weight: 2 },
      ],
    };
    expect(assess(pack, { ...none, beyondExperience: true, problemsAtOnce: true })).toMatchObject({
      outcome: 'supervision-advice',
      score: 2,
      packVersion: 'lh-2',
    });
    expect(assess(pack, { ...none, riskRising: true })).toMatchObject({ outcome: 'hard', score: 3 });
    expect(assess(pack, { ...none, problemsAtOnce: null }).missing).toEqual([]);
  });
  test.each([
    [{ ...defaultChecklist, items: [] }],
    [{ ...defaultChecklist, hardAt: 7 }],
    [{ ...defaultChecklist, hardAt: 0 }],
    [{ ...defaultChecklist, items: [...defaultChecklist.items, defaultChecklist.items[0]] }],
    [{ ...defaultChecklist, version: '' }],
  ])('a pack that cannot work is refused %#', (pack) => expect(ChecklistPack.safeParse(pack).success).toBe(false));
  test('the platform pack is valid', () => expect(ChecklistPack.parse(defaultChecklist)).toEqual(defaultChecklist));
  test('one more yes never makes a case less hard; open is false exactly when no answer can change the outcome', () => {
    const answer = fc.constantFrom(true, false, null);
    const answers = fc.record(Object.fromEntries(Object.keys(none).map((k) => [k, answer]))) as fc.Arbitrary<ChecklistAnswers>;
    const rank = { 'supervision-advice': 0, hard: 1, crisis: 2 };
    fc.assert(
      fc.property(answers, (given) => {
        const result = assess(defaultChecklist, given);
        const all = (value: boolean) =>
          assess(defaultChecklist, Object.fromEntries(Object.entries(given).map(([k, v]) => [k, v ?? value])) as ChecklistAnswers).outcome;
        expect(rank[all(true)]).toBeGreaterThanOrEqual(rank[result.outcome]);
        expect(result.open).toBe(all(true) !== all(false));
      }),
    );
  });
});
