import { describe, expect, it } from 'vitest';
import type { Instant } from '../shared/day.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { visitMoves } from './moves.ts';
import type { VisitPack } from './pack.ts';
import {
  companionVerdict,
  doneWhen,
  dueOn,
  dueState,
  intervalDays,
  isMinor,
  missVerdict,
  planVerdict,
  recordVerdict,
  visitActs,
} from './rules.ts';

const pack: VisitPack = {
  'interval.extreme': 3,
  'interval.high': 7,
  'interval.alone': 14,
  'interval.frail': 14,
  'interval.child': 14,
  'interval.disabled': 30,
  'interval.elder': 21,
  'interval.other': 30,
  'elder.age': 80,
  'first.days': 7,
  'soon.days': 3,
};
const today = '2026-03-05' as never;
const plain = { risk: 'low', needs: [], birthOn: null } as const;

describe('how often somebody is visited', () => {
  it.each([
    ['nothing in particular', plain, 30],
    ['living alone', { ...plain, needs: ['alone'] }, 14],
    ['high risk', { ...plain, risk: 'high' }, 7],
    ['high risk and alone: the shorter', { ...plain, risk: 'high', needs: ['alone', 'disabled'] }, 7],
    ['extreme risk', { ...plain, risk: 'extreme', needs: ['child'] }, 3],
    ['medium risk adds nothing', { ...plain, risk: 'medium' }, 30],
    ['79 years and 364 days', { ...plain, birthOn: '1946-03-06' }, 30],
    ['80 years today', { ...plain, birthOn: '1946-03-05' }, 21],
    ['disabled is as rare as the rest', { ...plain, needs: ['disabled'] }, 30],
  ] as const)('%s', (_, facts, days) => {
    expect(intervalDays(facts, pack, today)).toBe(days);
  });

  it.each([
    ['counted from the last visit', { lastOn: '2026-02-19', openedOn: '2024-01-01', needs: ['alone'] }, '2026-03-05'],
    ['over the end of a month', { lastOn: '2026-01-31', openedOn: '2024-01-01' }, '2026-03-02'],
    ['over a leap day', { lastOn: '2028-02-28', openedOn: '2024-01-01', needs: ['alone'] }, '2028-03-13'],
    ['never visited: from the opening', { lastOn: null, openedOn: '2026-03-01' }, '2026-03-08'],
    ['never visited and extreme: not later than the interval', { lastOn: null, openedOn: '2026-03-01', risk: 'extreme' }, '2026-03-04'],
    ['visited today', { lastOn: '2026-03-05', openedOn: '2026-03-05' }, '2026-04-04'],
  ] as const)('due: %s', (_, facts, due) => {
    expect(dueOn({ ...plain, ...facts }, pack, today)).toBe(due);
  });

  it.each([
    ['2026-03-04', '2026-02-01', 'overdue'],
    ['2026-03-04', null, 'never'],
    ['2026-03-05', null, 'today'],
    ['2026-03-05', '2026-02-01', 'today'],
    ['2026-03-06', null, 'soon'],
    ['2026-03-08', '2026-02-01', 'soon'],
    ['2026-03-09', '2026-02-01', 'later'],
  ] as const)('%s, last %s: %s', (due, last, state) => {
    expect(dueState(due, last, pack, today)).toBe(state);
  });

  it('no lead at all: only the day itself is near', () => {
    const none = { ...pack, 'soon.days': 0 };
    expect([dueState('2026-03-05', null, none, today), dueState('2026-03-06', null, none, today)]).toEqual(['today', 'later']);
  });
});

describe('who comes along (ST-03)', () => {
  const companion = { role: 'civil-affairs', name: '社区民政员' };
  it.each([
    ['first, with somebody', true, companion, null, true],
    ['first, alone with a reason', true, null, '民政员外出', true],
    ['first, alone without a reason', true, null, null, 'visits.companion-missing'],
    ['later, alone', false, null, null, true],
    ['later, with somebody', false, companion, null, true],
    ['both at once', true, companion, '民政员外出', 'visits.companion-or-alone'],
    ['both at once, later', false, companion, '民政员外出', 'visits.companion-or-alone'],
  ] as const)('%s', (_, first, who, aloneReason, answer) => {
    const verdict = companionVerdict({ first, companion: who, aloneReason });
    expect(verdict.ok ? true : verdict.code).toBe(answer);
  });
});

describe('what is recorded', () => {
  const good = {
    visitedOn: '2026-03-05',
    companion: null,
    aloneReason: null,
    action: null,
    next: null,
    scales: ['good', 'fair', 'watch'],
  } as const;
  const facts = { first: false, caseStatus: 'open', today } as const;
  const action = { what: '联系家属', byWhom: '本人', until: '2026-03-05' };
  const judge = (over: object, more: object = {}) => {
    const verdict = recordVerdict({ ...good, ...over } as never, { ...facts, ...more } as never);
    return verdict.ok ? true : verdict.code;
  };
  it.each([
    [{}, {}, true],
    [{ visitedOn: '2026-03-06' }, {}, 'visits.in-future'],
    [{ visitedOn: '2026-03-04' }, {}, true],
    [{}, { caseStatus: 'closed' }, 'visits.case-closed'],
    [{}, { first: true }, 'visits.companion-missing'],
    [{ scales: ['urgent', 'good', 'good'] }, {}, 'visits.action-missing'],
    [{ scales: ['urgent', 'good', 'good'], action }, {}, true],
    [{ scales: ['good', 'good', 'good'], action }, {}, true],
    [{ action: { ...action, until: '2026-03-04' } }, {}, 'visits.action-in-past'],
    [{ next: { on: '2026-03-05' } }, {}, 'visits.next-not-later'],
    [{ next: { on: '2026-03-06' } }, {}, true],
    [{ next: { on: '2027-03-05' } }, {}, true],
    [{ next: { on: '2027-03-06' } }, {}, 'visits.too-far'],
  ])('%o %o', (over, more, answer) => {
    expect(judge(over, more)).toBe(answer);
  });

  it('nobody was met: not tomorrow, not under a closed case', () => {
    const miss = (visitedOn: string, status = 'open') => missVerdict({ visitedOn, next: null }, status, today);
    expect([miss('2026-03-05').ok, miss('2026-03-06').ok, miss('2026-03-05', 'closed').ok]).toEqual([true, false, false]);
  });

  it('a plan is for today or later, a year ahead at most', () => {
    const plan = (on: string, status = 'open') => {
      const verdict = planVerdict(status, on, today);
      return verdict.ok ? true : verdict.code;
    };
    expect([plan('2026-03-04'), plan('2026-03-05'), plan('2027-03-05'), plan('2027-03-06'), plan('2026-03-05', 'closed')]).toEqual([
      'visits.in-past',
      true,
      true,
      'visits.too-far',
      'visits.case-closed',
    ]);
  });
});

it('help and a report are offered where something urgent was seen, a report for minors only', () => {
  const acts = (over: object) =>
    visitActs({ status: 'done', writes: true, own: true, caseOpen: true, openActions: 0, urgent: true, minor: true, ...over } as never);
  expect(acts({})).toEqual(['ask-for-help', 'report-minor', 'attach']);
  expect(acts({ minor: false })).toEqual(['ask-for-help', 'attach']);
  expect(acts({ urgent: false })).toEqual(['attach']);
  expect(acts({ urgent: false, writes: false })).toEqual([]);
  expect(acts({ own: false, minor: false })).toEqual(['attach']);
  expect(acts({ urgent: false, openActions: 1 })).toEqual(['finish-action', 'attach']);
  expect(acts({ status: 'planned', urgent: false })).toEqual(['record', 'miss', 'move', 'cancel']);
  expect(acts({ status: 'planned', urgent: false, caseOpen: false })).toEqual(['cancel']);
  expect(acts({ status: 'planned', urgent: false, writes: false })).toEqual([]);
});

it('a minor is under eighteen; without a day of birth nobody is', () => {
  expect([isMinor('2008-03-06', today), isMinor('2008-03-05', today), isMinor(null, today)]).toEqual([true, false, false]);
});

it('an action told later counts from when it was done, unless the clock that says so is wrong', () => {
  const [recorded, now] = ['2026-03-05T02:00:00.000Z', '2026-03-05T06:00:00.000Z'] as [string, Instant];
  const when = (told?: string) => doneWhen(told, recorded, now);
  expect([when('2026-03-05T05:00:00Z'), when('2026-03-05T01:59:59.000Z'), when('2026-03-05T06:00:01.000Z'), when()]).toEqual([
    '2026-03-05T05:00:00Z',
    now,
    now,
    now,
  ]);
});

it('what was recorded stays', () => {
  expect(endStates(visitMoves)).toEqual(['done', 'not-met', 'cancelled']);
  expect(reachable(visitMoves, 'planned').size).toBe(4);
});
