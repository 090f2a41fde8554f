import { describe, expect, it } from 'vitest';
import { endStates, movesFrom, moveVerdict, reachable } from '../shared/moves.ts';
import { endOf, type GroupMove, groupMoves, isRunning, phaseOf, sessionMoves } from './moves.ts';
import {
  came,
  groupSums,
  holdVerdict,
  joinVerdict,
  lacksOf,
  leadAnswerVerdict,
  leadVerdict,
  leaveVerdict,
  measureVerdict,
  offeredScores,
  phaseVerdict,
  planVerdict,
  reviewVerdict,
  summariesOf,
  wasIn,
} from './rules.ts';
import { GroupStatus, type Presence, SessionStatus } from './schema.ts';

const PACK = { 'size.least': 3, 'size.most': 30, 'sessions.least': 2 };
const code = (v: { ok: boolean; code?: string }) => (v.ok ? 'yes' : v.code);

describe('the life of a group', () => {
  const may: Readonly<Record<GroupStatus, string>> = {
    drafting: 'submit cancel',
    submitted: 'approve return cancel',
    approved: 'rework start cancel',
    beginning: 'turn cancel',
    turning: 'mature back wind-up cancel',
    working: 'back wind-up cancel',
    ending: 'close',
    closed: 'correct',
    cancelled: '',
  };
  it.each(GroupStatus.options)('%s: what may follow, and nothing else', (status) => {
    expect(movesFrom(groupMoves, status).join(' ')).toBe(may[status]);
    for (const move of Object.keys(groupMoves) as GroupMove[])
      expect([move, moveVerdict(groupMoves, status, move).ok]).toEqual([move, may[status].split(' ').includes(move)]);
  });
  it('falls back one phase, never two', () => {
    expect([endOf('working', 'back'), endOf('turning', 'back'), endOf('beginning', 'turn')]).toEqual(['turning', 'beginning', 'turning']);
  });
  it('reaches every status; only what is cancelled stays for ever', () => {
    expect([...reachable(groupMoves, 'drafting')].sort()).toEqual([...GroupStatus.options].sort());
    expect(endStates(groupMoves)).toEqual(['cancelled']);
    expect([...reachable(sessionMoves, 'planned')].sort()).toEqual([...SessionStatus.options].sort());
  });
  it('has five phases while it lives; sessions are held in four of them', () => {
    expect(GroupStatus.options.map((s) => phaseOf(s))).toEqual([
      'preparing',
      'preparing',
      'preparing',
      'beginning',
      'turning',
      'working',
      'ending',
      null,
      null,
    ]);
    expect(GroupStatus.options.filter(isRunning)).toEqual(['beginning', 'turning', 'working', 'ending']);
  });
});

describe('the plan', () => {
  const scale = { title: '压力', least: 0, most: 40 };
  it.each([
    [2, 10, [scale], 'groups.size-beyond'],
    [3, 30, [scale], 'yes'],
    [3, 31, [scale], 'groups.size-beyond'],
    [6, 5, [scale], 'groups.size-upside-down'],
    [5, 5, [], 'yes'],
    [5, 8, [{ ...scale, least: 40 }], 'groups.scale-upside-down'],
    [5, 8, [{ ...scale, least: 41 }], 'groups.scale-upside-down'],
    [5, 8, [{ ...scale, least: 39 }], 'yes'],
  ])('from %i to %i people', (minSize, maxSize, indicators, expected) => {
    expect(code(planVerdict({ minSize, maxSize, indicators }, PACK))).toBe(expected);
  });
  const whole = { idea: '理念', goals: '目标', audience: '对象', recruiting: '招募', sessions: [1, 2], risks: [1] };
  it.each([
    [{}, []],
    [{ sessions: [1] }, ['sessions']],
    [{ sessions: [] }, ['sessions']],
    [{ idea: '  ', risks: [] }, ['idea', 'risks']],
    [
      { idea: '', goals: '', audience: '', recruiting: '', sessions: [], risks: [] },
      ['idea', 'goals', 'audience', 'recruiting', 'sessions', 'risks'],
    ],
  ])('lacks what %j leaves out', (over, lacks) => {
    expect(lacksOf({ ...whole, ...over }, PACK)).toEqual(lacks);
  });
  it('is approved by nobody whose plan it is, a deputy of the author included', () => {
    expect(code(reviewVerdict({ authors: ['a', null, 'b'] }, ['c']))).toBe('yes');
    expect(code(reviewVerdict({ authors: ['a', null, 'b'] }, ['c', 'b']))).toBe('groups.reviewer-is-author');
    expect(code(reviewVerdict({ authors: [null] }, ['c']))).toBe('yes');
  });
});

describe('phases', () => {
  it.each([
    ['start', { members: 2 }, 'groups.too-few-members'],
    ['start', { members: 3 }, 'yes'],
    ['turn', { held: 0 }, 'groups.no-session-held'],
    ['turn', { held: 1, planned: 5 }, 'yes'],
    ['mature', { held: 0 }, 'yes'],
    ['close', { held: 0 }, 'groups.no-session-held'],
    ['close', { held: 4, planned: 1 }, 'groups.sessions-open'],
    ['close', { held: 4, planned: 0 }, 'yes'],
  ])('%s with %j', (move, over, expected) => {
    expect(code(phaseVerdict(move, { members: 0, minSize: 3, held: 0, planned: 0, ...over }))).toBe(expected);
  });
});

describe('members', () => {
  const ask = {
    status: 'approved' as GroupStatus,
    members: 3,
    maxSize: 5,
    already: false,
    still: false,
    joinedOn: '2026-03-05',
    today: '2026-03-05',
  };
  it.each<[object, string]>([
    [{}, 'yes'],
    [{ members: 4 }, 'yes'],
    [{ members: 5 }, 'groups.full'],
    [{ members: 6 }, 'groups.full'],
    [{ already: true }, 'groups.member-already'],
    [{ still: true }, 'groups.person-still'],
    [{ joinedOn: '2026-03-06' }, 'groups.in-future'],
    ...(['drafting', 'submitted', 'ending', 'closed', 'cancelled'] as const).map(
      (status) => [{ status }, 'groups.not-joinable'] as [object, string],
    ),
    ...(['beginning', 'turning', 'working'] as const).map((status) => [{ status }, 'yes'] as [object, string]),
  ])('join with %j', (over, expected) => {
    expect(code(joinVerdict({ ...ask, ...over }))).toBe(expected);
  });
  it.each([
    ['2026-03-01', null, 'yes'],
    ['2026-02-28', null, 'groups.left-before-joined'],
    ['2026-03-05', null, 'yes'],
    ['2026-03-06', null, 'groups.in-future'],
    ['2026-03-05', '2026-03-04', 'groups.left-already'],
  ])('leave on %s', (on, leftOn, expected) => {
    expect(code(leaveVerdict({ joinedOn: '2026-03-01', leftOn, on, today: '2026-03-05' }))).toBe(expected);
  });
  it('are in from the first day to the last, both included, over the end of a month', () => {
    const m = { joinedOn: '2026-02-28', leftOn: '2026-03-31' };
    expect(['2026-02-27', '2026-02-28', '2026-03-31', '2026-04-01'].map((d) => wasIn(m, d))).toEqual([false, true, true, false]);
    expect(wasIn({ ...m, leftOn: null }, '2030-01-01')).toBe(true);
  });
});

describe('a session', () => {
  const m = (id: string, over: object = {}) => ({ id, joinedOn: '2026-03-01', leftOn: null as string | null, still: false, ...over });
  const a = (memberId: string, presence: Presence = 'present') => ({ memberId, presence });
  const of = {
    status: 'working' as GroupStatus,
    correcting: false,
    heldOn: '2026-03-04',
    today: '2026-03-05',
    members: [m('1'), m('2')],
    attendance: [a('1'), a('2')],
    guests: 0,
    helpers: 0,
  };
  it.each([
    ['hours of more volunteers than there were', { helpers: 1, help: { minutes: [1, 2] } }, 'groups.helpers-fewer'],
    ['hours of as many', { helpers: 2, help: { minutes: [1, 2] } }, 'yes'],
    ['all are told', {}, 'yes'],
    ['today', { heldOn: '2026-03-05' }, 'yes'],
    ['tomorrow', { heldOn: '2026-03-06' }, 'groups.in-future'],
    ['one is not told', { attendance: [a('1')] }, 'groups.attendance-missing'],
    ['one twice', { attendance: [a('1'), a('1'), a('2')] }, 'groups.not-a-member'],
    ['a stranger', { attendance: [a('1'), a('2'), a('9')] }, 'groups.not-a-member'],
    ['one joined later', { members: [m('1'), m('2', { joinedOn: '2026-03-05' })], attendance: [a('1')] }, 'yes'],
    ['one left before', { members: [m('1'), m('2', { leftOn: '2026-03-03' })] }, 'groups.not-a-member'],
    ['one left that day', { members: [m('1'), m('2', { leftOn: '2026-03-04' })] }, 'yes'],
    ['one stands still and is left out', { members: [m('1'), m('2', { still: true })], attendance: [a('1')] }, 'yes'],
    ['one stands still and is told', { members: [m('1'), m('2', { still: true })] }, 'groups.person-still'],
    ['nobody came', { attendance: [a('1', 'absent'), a('2', 'excused')] }, 'groups.nobody-came'],
    ['one came late', { attendance: [a('1', 'absent'), a('2', 'late')] }, 'yes'],
    ['guests only', { attendance: [a('1', 'absent'), a('2', 'absent')], guests: 1 }, 'yes'],
    ['not begun', { status: 'approved' as const }, 'groups.not-running'],
    ['over', { status: 'closed' as const }, 'groups.not-running'],
    ['over, and corrected', { status: 'closed' as const, correcting: true }, 'yes'],
    ['cancelled, and corrected', { status: 'cancelled' as const, correcting: true }, 'groups.not-running'],
  ])('%s', (_, over, expected) => {
    expect(code(holdVerdict({ ...of, ...over }))).toBe(expected);
  });
  it('counts who was there, late or not', () => {
    expect((['present', 'late', 'excused', 'absent'] as const).map(came)).toEqual([true, true, false, false]);
  });
});

describe('measures', () => {
  const scale = { id: 's', title: '压力', least: 0, most: 40, better: 'down' as const };
  const v = (value: number | null, memberId = '1', indicatorId = 's') => ({ memberId, indicatorId, value });
  it.each([
    [[v(0)], 'yes'],
    [[v(40)], 'yes'],
    [[v(41)], 'groups.value-beyond'],
    [[v(-1)], 'groups.value-beyond'],
    [[v(null)], 'yes'],
    [[v(1, '9')], 'groups.not-a-member'],
    [[v(1, '2')], 'groups.person-still'],
    [[v(1, '1', 'x')], 'groups.indicator-unknown'],
  ])('%j', (values, expected) => {
    const members = [
      { id: '1', still: false },
      { id: '2', still: true },
    ];
    expect(code(measureVerdict({ indicators: [scale], members, values, takenOn: '2026-03-05', today: '2026-03-05' }))).toBe(expected);
  });
  const score = (over: object = {}) => ({
    answerId: 'a',
    scale: 'stress',
    memberId: '1',
    code: 's01',
    title: '压力',
    score: 12,
    most: 40,
    more: 'worse' as const,
    on: '2026-03-01',
    ...over,
  });
  const cites = (over: object = {}) => ({ ...v(12), cited: score(over) });
  it.each([
    ['the own score', [cites()], [], 'yes'],
    ['not on file', [{ ...v(null), cited: null }], [], 'groups.score-unknown'],
    ['of another member', [cites({ memberId: '3' })], [], 'groups.score-unknown'],
    ['on another scale of ends', [cites({ most: 36 })], [], 'groups.score-unfit'],
    ['where more is better', [cites({ more: 'better' })], [], 'groups.score-unfit'],
    ['two scales under one indicator', [cites(), { ...cites({ memberId: '3', scale: 'other' }), memberId: '3' }], [], 'groups.score-unfit'],
    ['another scale than before', [cites()], [{ indicatorId: 's', code: 's02', scale: 'stress' }], 'groups.score-unfit'],
    ['as before', [cites()], [{ indicatorId: 's', code: 's01', scale: 'stress' }], 'yes'],
  ])('cite a score: %s', (_, values, standing, expected) => {
    const members = [
      { id: '1', still: false },
      { id: '3', still: false },
    ];
    expect(code(measureVerdict({ indicators: [scale], members, values, standing, takenOn: '2026-03-05', today: '2026-03-05' }))).toBe(
      expected,
    );
  });
  it('are offered from the forms: the first before, the last after, never one score for both', () => {
    const once = score({ memberId: '2', answerId: 'x' });
    const all = [score(), once, score({ answerId: 'b', score: 9 }), score({ answerId: 'c', most: 10 })];
    expect(offeredScores(scale, 'before', all).map((s) => s.answerId)).toEqual(['a', 'x']);
    expect(offeredScores(scale, 'after', all).map((s) => s.answerId)).toEqual(['b']);
  });
  it('are not of tomorrow', () => {
    expect(code(measureVerdict({ indicators: [scale], members: [], values: [], takenOn: '2026-03-06', today: '2026-03-05' }))).toBe(
      'groups.in-future',
    );
  });
  const value = (memberId: string, before: number | null, after: number | null) => ({ memberId, indicatorId: 's', before, after });
  it('tell before and after over those with both values; what is missing stays missing', () => {
    const told = [value('1', 30, 20), value('2', 21, 21), value('3', 10, 12), value('4', 5, null), value('5', null, 0)];
    expect(summariesOf([scale], ['1', '2', '3', '4', '5', '6'], told)).toEqual([
      { indicatorId: 's', both: 3, one: 2, none: 1, before: 20.3, after: 17.7, better: 1, same: 1, worse: 1 },
    ]);
    expect(summariesOf([{ ...scale, better: 'up' }], ['1'], told)[0]).toMatchObject({ better: 0, worse: 1 });
    expect(summariesOf([scale], [], told)[0]).toMatchObject({ both: 0, one: 0, none: 0, before: null, after: null });
    // Zero is a value.
    expect(summariesOf([scale], ['7'], [value('7', 0, 0)])[0]).toMatchObject({ both: 1, before: 0, after: 0, same: 1 });
  });
});

it('a budget knows what nobody has filled in yet', () => {
  expect(groupSums([])).toEqual({ planned: 0, spent: 0, open: 0 });
  expect(
    groupSums([
      { title: '茶', planned: 5, spent: null },
      { title: '纸', planned: 7, spent: 0 },
    ]),
  ).toEqual({ planned: 12, spent: 0, open: 1 });
});

describe('the lead of a group', () => {
  const of = { status: 'working', leadId: 'a', toId: 'b', approvedBy: 'h', ofStation: true, running: false } as const;
  const code = (more: object) => {
    const verdict = leadVerdict({ ...of, ...more });
    return verdict.ok ? 'yes' : verdict.code;
  };
  it('goes to a worker of the station while the group lives, once at a time', () => {
    expect([code({}), code({ toId: 'a' }), code({ ofStation: false }), code({ toId: 'h' }), code({ running: true })]).toEqual([
      'yes',
      'groups.lead-same',
      'groups.lead-elsewhere',
      'groups.lead-approved',
      'groups.lead-asked',
    ]);
    for (const status of ['closed', 'cancelled']) expect(code({ status })).toBe('groups.moved-on');
    for (const status of ['drafting', 'submitted', 'approved', 'ending']) expect(code({ status })).toBe('yes');
  });
  it('is confirmed once, never for oneself, and declined with a word', () => {
    const answer = (more: object) => {
      const verdict = leadAnswerVerdict({ status: 'asked', decision: 'confirm', toSelf: false, says: '', ...more });
      return verdict.ok ? 'yes' : verdict.code;
    };
    expect(answer({})).toBe('yes');
    expect(answer({ toSelf: true })).toBe('groups.lead-own');
    expect([answer({ decision: 'decline' }), answer({ decision: 'decline', says: '人手不够' })]).toEqual(['groups.reason-missing', 'yes']);
    expect(answer({ decision: 'withdraw', toSelf: true })).toBe('yes');
    for (const status of ['confirmed', 'declined', 'withdrawn']) expect(answer({ status })).toBe('groups.lead-answered');
  });
});
