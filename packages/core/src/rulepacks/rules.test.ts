import { expect, it } from 'vitest';
import { endStates, reachable } from '../shared/moves.ts';
import { ruleMoves } from './moves.ts';
import * as rules from './rules.ts';

it.each([
  ['2026-03-04', [], 'rulepacks.date-past'],
  ['2026-03-05', [], true],
  ['2026-03-06', [], true],
  ['2026-03-06', ['2026-03-05'], true],
  ['2026-03-06', ['2026-03-06'], 'rulepacks.later-version-stands'],
  ['2026-03-06', ['2024-01-01', '2026-03-07'], 'rulepacks.later-version-stands'],
] as const)('effective %s on 5 March beside %j', (from, issued, said) => {
  const verdict = rules.effectiveVerdict(from, '2026-03-05', issued);
  expect(verdict.ok || verdict.code).toBe(said);
});

it.each([
  ['2026-03-01', '2026-02-28'],
  ['2024-03-01', '2024-02-29'],
  ['2026-01-01', '2025-12-31'],
])('before %s ends %s', (from, last) => expect(rules.lastDayBefore(from)).toBe(last));

it.each([
  ['2026-03-06', ['2026.1'], '2026.2'],
  ['2026-03-06', ['2026.1', '2026.10', '2025.30'], '2026.11'],
  ['2027-01-01', ['2026.1'], '2027.1'],
  ['2026-03-06', ['甲-1'], '2026.1'],
  ['2026-03-06', [], '2026.1'],
])('the version from %s beside %j', (from, names, next) => expect(rules.nextVersion(from, names)).toBe(next));

it('a second person of the authority decides; not the author, nor the author’s deputy, nor the centre', () => {
  const draft = { status: 'submitted', authorId: 'a' } as const;
  const officer = (personId: string, selves = [personId]) => ({ personId, selves, roles: ['officer' as const] });
  expect(rules.decisionVerdict(officer('b'), draft).ok).toBe(true);
  expect(rules.decisionVerdict(officer('a'), draft)).toMatchObject({ code: 'rulepacks.author-approves' });
  expect(rules.decisionVerdict(officer('b', ['b', 'a']), draft)).toMatchObject({ code: 'rulepacks.author-approves' });
  expect(rules.decisionVerdict({ ...officer('b'), roles: ['centre'] }, draft)).toMatchObject({ code: 'rulepacks.authority-approves' });
});

it('what was issued or withdrawn has no further step', () => {
  expect([...reachable(ruleMoves, 'draft')].sort()).toEqual(['draft', 'issued', 'submitted', 'withdrawn']);
  expect(endStates(ruleMoves).sort()).toEqual(['issued', 'withdrawn']);
  for (const status of ['issued', 'withdrawn'] as const)
    expect(rules.draftStepVerdict({ status, authorId: 'a' }, 'edit')).toMatchObject({ code: 'rulepacks.draft-moved-on' });
});
