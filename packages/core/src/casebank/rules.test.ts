import { expect, test } from 'vitest';
import {
  applyFindings,
  carryDecisions,
  composeSections,
  type DraftPlace,
  decisionVerdict,
  draftingVerdict,
  draftOpenVerdict,
  entryNumber,
  releaseVerdict,
  SECTION_MAX,
  withPseudonym,
} from './rules.ts';

const outcomeOf = (verdict: { ok: true } | { ok: false; code: string }) => (verdict.ok ? 'yes' : verdict.code);

test.each([
  ['closed', true, 'yes'],
  ['following', true, 'casebank.request-not-closed'],
  ['withdrawn', true, 'casebank.request-not-closed'],
  ['closed', false, 'casebank.consent-missing'],
])('a draft from a request that is %s, consent %s → %s', (requestStatus, consentLives, outcome) => {
  expect(outcomeOf(draftingVerdict({ requestStatus, consentLives }))).toBe(outcome);
});

const ready = { status: 'draft', drafterId: 'a', releaserId: 'b', consentLives: true, openFindings: 0 };
test.each([
  ['everything in order', {}, 'yes'],
  ['the drafter', { releaserId: 'a' }, 'casebank.same-person'],
  ['consent withdrawn', { consentLives: false }, 'casebank.consent-missing'],
  ['one finding open', { openFindings: 1 }, 'casebank.findings-open'],
  ['released already', { status: 'released' }, 'casebank.draft-over'],
  ['discarded', { status: 'discarded' }, 'casebank.draft-over'],
])('release, %s → %s', (_says, change, outcome) => {
  expect(outcomeOf(releaseVerdict({ ...ready, ...change }))).toBe(outcome);
});

test('only a draft can be changed', () => {
  expect(['draft', 'released', 'discarded'].map((s) => draftOpenVerdict(s).ok)).toEqual([true, false, false]);
});

test.each([
  ['known', 'confirm', undefined, 'yes'],
  ['known', 'keep', '是公开的名字', 'casebank.known-cannot-stay'],
  ['pattern', 'confirm', undefined, 'yes'],
  ['pattern', 'keep', undefined, 'casebank.keep-needs-reason'],
  ['pattern', 'keep', '', 'casebank.keep-needs-reason'],
  ['pattern', 'keep', '是书名', 'yes'],
] as const)('a %s finding, %s with reason %s → %s', (source, decision, reason, outcome) => {
  expect(outcomeOf(decisionVerdict({ source }, { decision, reason }))).toBe(outcome);
});

const place = (start: number, original: string, more: Partial<DraftPlace> = {}): DraftPlace => ({
  part: 'background',
  start,
  end: start + original.length,
  kind: 'name',
  original,
  replacement: '小林',
  source: 'pattern',
  status: 'open',
  ...more,
});

test.each([
  ['王小桦来了', [place(0, '王小桦')], '小林来了'],
  ['王小桦来了', [place(0, '王小桦', { status: 'confirmed' })], '小林来了'],
  ['王小桦来了', [place(0, '王小桦', { status: 'kept' })], '王小桦来了'],
  ['见王小桦与李四', [place(5, '李四', { replacement: '某人' }), place(1, '王小桦')], '见小林与某人'],
  ['王小桦', [], '王小桦'],
])('%s reads, published, %#', (raw, places, text) => {
  expect(applyFindings(raw, places)).toBe(text);
});

test('a decision survives an edit elsewhere and not one beside it', () => {
  const raw = '那天下午王小桦独自来到站里，李四在门外等着。';
  const kept = place(raw.indexOf('王小桦'), '王小桦', { status: 'kept' });
  const other = place(raw.indexOf('李四'), '李四', { status: 'confirmed' });
  const edited = '那天下午王小桦独自来到站里，社工李四在门外等着。';
  const found = [place(edited.indexOf('王小桦'), '王小桦'), place(edited.indexOf('李四'), '李四')];
  expect(carryDecisions({ raw, places: [kept, other] }, { raw: edited, places: found }).map((f) => f.from?.status ?? 'new')).toEqual([
    'kept',
    'new',
  ]);
});

test('one decision is not given to two places', () => {
  const raw = '王小桦';
  const twice = [place(0, '王小桦'), place(0, '王小桦')];
  expect(
    carryDecisions({ raw, places: [place(0, '王小桦', { status: 'kept' })] }, { raw, places: twice }).map((f) => f.from !== null),
  ).toEqual([true, false]);
});

test('sections are composed of what was written, and cut where the form ends', () => {
  const material = {
    story: '长'.repeat(SECTION_MAX.background + 5),
    tried: '家访三次',
    conferences: [{ minutes: '到会五人', consensus: '先稳住作息' }],
    actions: [
      { says: '联系学校', result: '已返校' },
      { says: '没有结果的', result: null },
    ],
    lines: [{ task: '申请救助', result: '已获批' }],
    evaluation: '目标达成',
  };
  const sections = composeSections(material);
  expect(sections.background).toHaveLength(SECTION_MAX.background);
  expect(sections.process).toBe('此前做过的工作：\n家访三次\n会诊纪要：\n到会五人\n会诊共识：\n先稳住作息');
  expect(sections.outcome).toBe('联系学校：已返校\n申请救助：已获批\n目标达成');
  expect(sections.reflection).toBe('目标达成');
});

test('only the recipient gets the pseudonym', () => {
  const known = [
    { kind: 'name', value: '王小桦', replacement: '某某' },
    { kind: 'name', value: '赵社工', replacement: '某社工' },
    { kind: 'phone', value: '13800138000', replacement: '某某' },
  ] as const;
  expect(withPseudonym(known, '林晓岚').map((k) => k.replacement)).toEqual(['林晓岚', '某社工', '某某']);
});

test('numbers of published cases', () => {
  expect([entryNumber(2026, 1), entryNumber(2026, 12_345)]).toEqual(['AL-2026-0001', 'AL-2026-12345']);
});
