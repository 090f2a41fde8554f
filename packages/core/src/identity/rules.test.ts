import { describe, expect, it } from 'vitest';
import { mayEver, mayHoldTogether, policy, type Reach, reaches, scopeOf } from './policy.ts';
import { lockedFor } from './rules.ts';
import type { Actor, Assignment, Role } from './schema.ts';

describe('an account is locked with back-off', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 60],
    [6, 120],
    [10, 1920],
    [11, 3600],
    [40, 3600],
  ])('after %i failures for %i seconds', (failures, seconds) => {
    expect(lockedFor(failures)).toBe(seconds);
  });
});

describe('the three administrators exclude each other', () => {
  it.each<[Role[], boolean]>([
    [[], true],
    [['system'], true],
    [['system', 'system'], true],
    [['system', 'security'], false],
    [['security', 'audit'], false],
    [['audit', 'worker'], false],
    [['worker', 'head', 'supervisor'], true],
  ])('%j → %s', (roles, may) => {
    expect(mayHoldTogether(roles)).toBe(may);
  });
});

const held = (role: Role, more: Partial<Assignment> = {}): Assignment => ({
  role,
  districtId: 'd1',
  stationId: null,
  organisationId: null,
  divisionPath: null,
  personId: 'p1',
  deputyFor: null,
  ...more,
});
const actor = (assignments: Assignment[], more: Partial<Actor> = {}): Actor => ({
  accountId: 'a1',
  personId: 'p1',
  name: '',
  districtId: 'd1',
  organisationId: null,
  stationId: null,
  expertId: null,
  roles: [...new Set(assignments.map((a) => a.role))],
  assignments,
  selves: ['p1'],
  sessionId: 's1',
  stage: 'full',
  ...more,
});

describe('who may ever use an endpoint', () => {
  const centreOnly = policy('centreOnly', '', ['centre']);
  it('refuses somebody without a session', () => expect(mayEver(centreOnly, null)).toBe(false));
  it('refuses another role', () => expect(mayEver(centreOnly, actor([held('worker')]))).toBe(false));
  it('lets the role in', () => expect(mayEver(centreOnly, actor([held('centre')]))).toBe(true));
  it('lets everybody in where anyone may', () => expect(mayEver(policy('open', '', 'anyone'), null)).toBe(true));
});

describe('how far a role reaches', () => {
  const reach: Reach = [
    { role: 'worker', within: 'self', column: 'askerId', says: '' },
    { role: 'head', within: 'station', column: 'stationId', says: '' },
    { role: 'street', within: 'division', column: 'divisionPath', says: '' },
    { role: 'worker', within: 'circle', column: 'id', says: '' },
  ];
  const facts = { id: 'r1', askerId: 'p1', stationId: 's1', divisionPath: '/city/district/street/community/' };
  it('own records', () => expect(reaches(actor([held('worker')]), reach, facts)).toBe(true));
  it('not a colleague’s', () =>
    expect(reaches(actor([held('worker', { personId: 'p2' })], { personId: 'p2', selves: ['p2'] }), reach, facts)).toBe(false));
  it('a deputy reaches what the absent colleague reaches', () =>
    expect(
      reaches(actor([held('worker', { deputyFor: 'p1', personId: 'p1' })], { personId: 'p2', selves: ['p2', 'p1'] }), reach, facts),
    ).toBe(true));
  it('a head reaches the own station only', () => {
    expect(reaches(actor([held('head', { stationId: 's1' })]), reach, facts)).toBe(true);
    expect(reaches(actor([held('head', { stationId: 's2' })]), reach, facts)).toBe(false);
  });
  it('a division reaches below its path and not beside it', () => {
    expect(reaches(actor([held('street', { divisionPath: '/city/district/street/' })]), reach, facts)).toBe(true);
    expect(reaches(actor([held('street', { divisionPath: '/city/district/street2/' })]), reach, facts)).toBe(false);
  });
  it('the circle reaches what it works on', () =>
    expect(reaches(actor([held('worker')], { personId: 'p3', selves: ['p3'] }), reach, { ...facts, askerId: 'p9' }, ['p3'])).toBe(true));
  it('a role without a scope reaches nothing', () => expect(scopeOf(actor([held('head')]), 'head', 'station')).toEqual([]));
  it('a missing column reaches nothing', () =>
    expect(reaches(actor([held('head', { stationId: 's1' })]), reach, { askerId: null })).toBe(false));
});
