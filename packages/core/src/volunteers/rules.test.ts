import { describe, expect, it } from 'vitest';
import type { Day } from '../shared/day.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { volunteerMoves, volunteerTaskMoves } from './moves.ts';
import type { VolunteersPack } from './pack.ts';
import {
  type Candidate,
  comeVerdict,
  fitOf,
  guardianVerdict,
  hoursSay,
  hoursVerdict,
  type Sought,
  slotsOf,
  taskTimesVerdict,
  textsVerdict,
} from './rules.ts';

const pack: VolunteersPack = {
  'age.least': 14,
  'age.alone': 18,
  'minor.minutes': 240,
  'load.days': 30,
  'load.most': 4,
  'print.rows': 2000,
};
const codeOf = (v: { ok: true } | { ok: false; code: string }) => (v.ok ? 'yes' : v.code);

describe('the rule of age', () => {
  const guardian = { guardianName: '母亲', guardianPhone: '19900000001', guardianAgreedOn: '2026-01-01' };
  const none = { guardianName: null, guardianPhone: null, guardianAgreedOn: null };
  it.each([
    ['one day before 14', '2012-03-06', guardian, 'volunteers.too-young'],
    ['14 today, with a guardian', '2012-03-05', guardian, 'yes'],
    ['14 today, without', '2012-03-05', none, 'volunteers.guardian-missing'],
    ['one day before 18, without', '2008-03-06', none, 'volunteers.guardian-missing'],
    ['one day before 18, guardian without a day', '2008-03-06', { ...guardian, guardianAgreedOn: null }, 'volunteers.guardian-missing'],
    ['one day before 18, guardian without a phone', '2008-03-06', { ...guardian, guardianPhone: null }, 'volunteers.guardian-missing'],
    ['18 today', '2008-03-05', none, 'yes'],
    ['born on 29 February, 18 on 1 March', '2008-02-29', none, 'yes'],
  ])('%s', (_, birthOn, who, answer) => {
    expect(codeOf(guardianVerdict({ birthOn, ...who }, pack, '2026-03-05' as Day))).toBe(answer);
  });
});

describe('who fits', () => {
  // A Friday afternoon by the clock of Shanghai.
  const task: Sought = {
    startsAt: '2026-03-06T06:00:00.000Z',
    endsAt: '2026-03-06T08:00:00.000Z',
    skills: ['talk'],
    areas: ['d', 's'],
    risky: false,
  };
  const one: Candidate = {
    status: 'active',
    skills: ['talk', 'law'],
    areas: ['s'],
    slots: ['weekday-afternoon'],
    birthOn: '1980-01-01',
    guardianAgreedOn: null,
    insuredUntil: null,
    busy: false,
    lately: 0,
  };
  it.each([
    ['skill, area, time, few tasks', {}, {}, ['skill', 'area', 'slot', 'load']],
    ['goes anywhere', { areas: [] }, {}, ['skill', 'any-area', 'slot', 'load']],
    ['no skill is asked for', { skills: [] }, { skills: [] }, ['any-skill', 'area', 'slot', 'load']],
    ['none of the skills', { skills: ['law'] }, {}, undefined],
    ['another area', { areas: ['x'] }, {}, undefined],
    ['another time', { slots: ['weekday-morning'] }, {}, undefined],
    ['one task below what is much', { lately: 3 }, {}, ['skill', 'area', 'slot', 'load']],
    ['as many tasks as is much', { lately: 4 }, {}, undefined],
    [
      'insured to the day, where something may happen',
      { insuredUntil: '2026-03-06' },
      { risky: true },
      ['skill', 'area', 'slot', 'load', 'insured'],
    ],
    ['insured to the day before', { insuredUntil: '2026-03-05' }, { risky: true }, undefined],
    ['busy', { busy: true }, {}, undefined],
    ['paused', { status: 'paused' as const }, {}, undefined],
  ])('%s', (_, who, what, reasons) => {
    expect(fitOf({ ...one, ...who }, { ...task, ...what }, pack)).toEqual(reasons);
  });
  it('a minor comes with consent and not for long', () => {
    const minor = { ...one, birthOn: '2010-01-01', guardianAgreedOn: '2026-01-01' };
    const until = (endsAt: string) => ({ ...task, endsAt });
    expect(codeOf(comeVerdict(minor, until('2026-03-06T10:00:00.000Z'), pack))).toBe('yes');
    expect(codeOf(comeVerdict(minor, until('2026-03-06T10:01:00.000Z'), pack))).toBe('volunteers.minor-too-long');
    expect(codeOf(comeVerdict({ ...minor, guardianAgreedOn: null }, task, pack))).toBe('volunteers.guardian-missing');
    expect(codeOf(comeVerdict({ ...minor, birthOn: '2012-03-07' }, task, pack))).toBe('volunteers.too-young');
  });
  it('parts of the week: noon, evening and the weekend begin on the minute', () => {
    expect(slotsOf('2026-03-06T03:00:00.000Z', '2026-03-06T04:00:00.000Z')).toEqual(['weekday-morning']);
    expect(slotsOf('2026-03-06T03:00:00.000Z', '2026-03-06T04:30:00.000Z')).toEqual(['weekday-morning', 'weekday-afternoon']);
    expect(slotsOf('2026-03-06T10:00:00.000Z', '2026-03-06T11:00:00.000Z')).toEqual(['weekday-evening']);
    expect(slotsOf('2026-03-06T16:00:00.000Z', '2026-03-06T17:00:00.000Z')).toEqual(['weekend-morning']);
  });
});

it('what volunteers read names nobody', () => {
  const known = { names: ['欧阳桐雨', '王兰'], numbers: ['19900007711'] };
  for (const [text, answer] of [
    ['陪一位长者散步', 'yes'],
    ['陪欧阳桐雨散步', 'volunteers.text-names-recipient'],
    ['桐雨 爱下棋', 'volunteers.text-names-recipient'],
    ['王 兰的家', 'volunteers.text-names-recipient'],
    ['木兰花开的地方', 'yes'],
    ['打１９９-0000-7711', 'volunteers.text-names-recipient'],
    ['门卫 13800138000', 'volunteers.text-has-number'],
    ['449900198001010017', 'volunteers.text-has-number'],
  ] as const)
    expect([text, codeOf(textsVerdict([text], known))]).toEqual([text, answer]);
});

it('hours stand for all who were to come, once it has begun, and not longer than it was', () => {
  const task = { startsAt: '2026-03-06T06:00:00.000Z', endsAt: '2026-03-06T08:00:00.000Z' };
  const turns = [
    { id: 'a', status: 'confirmed' as const },
    { id: 'b', status: 'absent' as const },
    { id: 'c', status: 'declined' as const },
  ];
  const given = (a: number | null, ...more: string[]) => [
    { turnId: 'a', minutes: a },
    ...['b', ...more].map((turnId) => ({ turnId, minutes: null })),
  ];
  expect(codeOf(hoursVerdict(given(120), turns, task, task.startsAt))).toBe('yes');
  expect(codeOf(hoursVerdict(given(120), turns, task, '2026-03-06T05:59:59.000Z'))).toBe('volunteers.not-yet');
  expect(codeOf(hoursVerdict(given(121), turns, task, task.endsAt))).toBe('volunteers.hours-too-long');
  expect(codeOf(hoursVerdict([{ turnId: 'a', minutes: 1 }], turns, task, task.endsAt))).toBe('volunteers.hours-missing');
  expect(codeOf(hoursVerdict(given(1, 'c'), turns, task, task.endsAt))).toBe('volunteers.hours-missing');
  expect(codeOf(hoursVerdict(given(1, 'b'), turns, task, task.endsAt))).toBe('volunteers.hours-missing');
  expect([hoursSay(59), hoursSay(60), hoursSay(90)]).toEqual(['59 分钟', '1 小时', '1 小时 30 分']);
  expect(codeOf(taskTimesVerdict(task.startsAt, task.startsAt))).toBe('volunteers.ends-before');
  expect(codeOf(taskTimesVerdict(task.startsAt, '2026-03-07T06:00:00.000Z'))).toBe('yes');
  expect(codeOf(taskTimesVerdict(task.startsAt, '2026-03-07T06:01:00.000Z'))).toBe('volunteers.ends-before');
});

it('every state is reached, and what is settled or left stays', () => {
  expect([...reachable(volunteerTaskMoves, 'open')].sort()).toEqual(['cancelled', 'done', 'open', 'settled', 'staffed']);
  expect(endStates(volunteerTaskMoves).sort()).toEqual(['cancelled', 'settled']);
  expect(endStates(volunteerMoves)).toEqual(['withdrawn']);
});
