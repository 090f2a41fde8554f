import { expect, test } from 'vitest';
import type { Role } from '../identity/schema.ts';
import {
  type AssignmentChange,
  absenceVerdict,
  assignmentVerdict,
  type HeldRole,
  leavingVerdict,
  rotaVerdict,
  scopeVerdict,
  termsMeet,
} from './rules.ts';

const held = (role: Role, from = '2025-01-01', to: string | null = null): HeldRole => ({ role, from, to });
const change = (over: Partial<AssignmentChange>): AssignmentChange => ({
  role: 'worker',
  term: { from: '2026-01-01', to: null },
  holderId: 'zhou',
  heldByHolder: [],
  deputyId: null,
  heldByDeputy: [],
  changedBy: 'admin',
  ...over,
});
const codeOf = (verdict: { ok: boolean; code?: string }) => (verdict.ok ? 'yes' : verdict.code);

test.each<[string, Partial<AssignmentChange>, string]>([
  ['a first role', {}, 'yes'],
  ['two working roles together', { role: 'head', heldByHolder: [held('worker')] }, 'yes'],
  ['an administrator beside work', { role: 'audit', heldByHolder: [held('worker')] }, 'workforce.roles-exclude'],
  ['work beside an administrator', { role: 'worker', heldByHolder: [held('system')] }, 'workforce.roles-exclude'],
  ['a second administrator', { role: 'audit', heldByHolder: [held('system')] }, 'workforce.roles-exclude'],
  ['the same administrator again', { role: 'audit', heldByHolder: [held('audit')] }, 'yes'],
  ['an administrator after work has ended', { role: 'audit', heldByHolder: [held('worker', '2025-01-01', '2025-12-31')] }, 'yes'],
  [
    'an administrator on the last day of work',
    { role: 'audit', heldByHolder: [held('worker', '2025-01-01', '2026-01-01')] },
    'workforce.roles-exclude',
  ],
  [
    'an administrator whose term ends before the coming work',
    { role: 'audit', term: { from: '2026-01-01', to: '2026-03-31' }, heldByHolder: [held('worker', '2026-04-01')] },
    'yes',
  ],
  ['a deputy who is an administrator', { deputyId: 'wu', heldByDeputy: [held('security')] }, 'workforce.roles-exclude'],
  ['a deputy from another trade', { deputyId: 'wu', heldByDeputy: [held('supervisor')] }, 'yes'],
  ['a deputy of oneself', { deputyId: 'zhou' }, 'workforce.deputy-is-self'],
  ['an own role', { holderId: 'admin' }, 'workforce.own-role'],
  ['becoming somebody’s deputy oneself', { deputyId: 'admin' }, 'workforce.own-role'],
])('%s', (_says, over, expected) => {
  expect(codeOf(assignmentVerdict(change(over)))).toBe(expected);
});

test.each<[Role, 'station' | 'organisation' | 'street' | 'community' | null]>([
  ['head', 'station'],
  ['agency', 'organisation'],
  ['street', 'street'],
  ['civil-affairs', 'community'],
  ['worker', null],
  ['centre', null],
  ['audit', null],
])('%s needs the scope %s and no other', (role, needed) => {
  const none = { station: false, organisation: false, street: false, community: false };
  const all = { station: true, organisation: true, street: true, community: true };
  expect(codeOf(scopeVerdict(role, all))).toBe('yes');
  expect(codeOf(scopeVerdict(role, none))).toBe(needed === null ? 'yes' : 'workforce.scope-missing');
  if (needed !== null) {
    expect(codeOf(scopeVerdict(role, { ...none, [needed]: true }))).toBe('yes');
    expect(codeOf(scopeVerdict(role, { ...all, [needed]: false }))).toBe('workforce.scope-missing');
  }
});

test.each([
  ['2026-01-01', '2026-01-31', '2026-01-31', null, true],
  ['2026-01-01', '2026-01-30', '2026-01-31', null, false],
  ['2026-02-01', null, '2025-01-01', '2026-01-31', false],
  ['2026-02-01', null, '2025-01-01', null, true],
])('terms %s–%s and %s–%s share a day: %s', (aFrom, aTo, bFrom, bTo, expected) => {
  expect(termsMeet({ from: aFrom, to: aTo }, { from: bFrom, to: bTo })).toBe(expected);
  expect(termsMeet({ from: bFrom, to: bTo }, { from: aFrom, to: aTo })).toBe(expected);
});

test('whoever holds work cannot leave, and the refusal names only what is there', () => {
  expect(leavingVerdict({ cases: 0, requests: 0 })).toEqual({ ok: true });
  expect(leavingVerdict({ cases: 2, requests: 1 })).toEqual({
    ok: false,
    code: 'workforce.still-holds-work',
    facts: { cases: 2, requests: 1 },
  });
  expect(leavingVerdict({ cases: 0, requests: 1 })).toEqual({ ok: false, code: 'workforce.still-holds-work', facts: { requests: 1 } });
});

test('an absence of one day is one; a rota names two people', () => {
  expect(absenceVerdict({ fromDay: '2026-03-05', toDay: '2026-03-05' }).ok).toBe(true);
  expect(absenceVerdict({ fromDay: '2026-03-05', toDay: '2026-03-04' }).ok).toBe(false);
  expect(rotaVerdict({ dutyId: 'a', backupId: 'b' }).ok).toBe(true);
  expect(rotaVerdict({ dutyId: 'a', backupId: 'a' }).ok).toBe(false);
});
