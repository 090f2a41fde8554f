import { describe, expect, it } from 'vitest';
import type { Actor, Role } from '../identity/schema.ts';
import type { Day, Instant } from '../shared/day.ts';
import type { HelpField } from '../shared/fields.ts';
import { diagram, endStates, reachable } from '../shared/moves.ts';
import { requestMoves } from './moves.ts';
import { supportPackOf } from './pack.ts';
import {
  chairVerdict,
  closingVerdict,
  dueVerdict,
  fieldsVerdict,
  holderVerdict,
  isStale,
  opinionsVerdict,
  packetExpiresAt,
  quorumVerdict,
  type RequestFacts,
  reachesContent,
  reachesRequest,
  requestActs,
  screenerVerdict,
  submissionGaps,
} from './rules.ts';
import { RequestStatus } from './schema.ts';

const TODAY = '2026-03-05' as Day;
const at = (iso: string) => iso as Instant;

const actor = (role: Role, more: Partial<Actor> = {}): Actor => ({
  accountId: 'a',
  personId: 'me',
  name: '',
  districtId: 'd1',
  organisationId: null,
  stationId: null,
  expertId: null,
  roles: [role],
  assignments: [
    { role, districtId: 'd1', stationId: 's1', organisationId: 'o1', divisionPath: '/c/d1/st1/', personId: 'me', deputyFor: null },
  ],
  selves: ['me'],
  sessionId: 's',
  stage: 'full',
  ...more,
});

const facts = (more: Partial<RequestFacts> = {}): RequestFacts => ({
  id: 'r',
  districtId: 'd1',
  status: 'submitted',
  askerId: 'asker',
  holderId: null,
  stationId: 's9',
  organisationId: 'o9',
  divisionPath: '/c/d1/st9/',
  crisisSince: null,
  crisisAcknowledgedAt: null,
  ...more,
});

describe('the transition table', () => {
  it('reaches every state from a draft', () =>
    expect([...reachable(requestMoves, 'draft')].sort()).toEqual([...RequestStatus.options].sort()));
  it('ends where work ends', () =>
    expect(endStates(requestMoves).sort()).toEqual(['advised', 'closed', 'declined', 'duplicate', 'ended-elsewhere', 'withdrawn']));
  it('draws itself', () => expect(diagram(requestMoves, { start: 'draft' })).toContain('submitted'));
});

describe('the rule pack', () => {
  it('does not guess a missing figure', () => expect(() => supportPackOf({})).toThrow());
});

describe('one who screens is not the asker', () => {
  it.each<[string[], boolean]>([
    [['me'], true],
    [['me', 'asker'], false],
    [['asker'], false],
  ])('selves %j → %s', (selves, ok) => expect(screenerVerdict(actor('centre', { selves }), facts()).ok).toBe(ok));
});

describe('what is missing before submission', () => {
  const none = {
    imminentRisk: false,
    problemsAtOnce: false,
    lackOfResources: false,
    beyondExperience: false,
    earlierAttemptsFailed: false,
    severalDepartments: false,
    riskRising: false,
  };
  const whole = {
    story: '经'.repeat(20),
    tried: '做过',
    asks: '希望',
    domain: 'parent-child',
    helpFields: ['law'] as HelpField[],
    checklist: none,
  };
  it.each<[string, object, string[]]>([
    ['nothing', {}, []],
    ['a story one character short', { story: '经'.repeat(19) }, ['story']],
    ['no field', { helpFields: [] }, ['helpFields']],
    ['no problem, which an ordinary case need not say', { domain: null }, ['domain']],
    ['no problem in a crisis', { domain: null, checklist: { ...none, imminentRisk: true } }, ['domain']],
    ['nothing tried', { tried: '' }, ['tried']],
    ['no question', { asks: '要' }, ['asks']],
    ['an unanswered item', { checklist: { ...none, riskRising: null } }, ['checklist.riskRising']],
    ['danger not answered', { checklist: { ...none, imminentRisk: null } }, ['checklist.imminentRisk']],
    [
      'in a crisis the essentials are enough',
      { story: '母亲要跳楼', tried: '', checklist: { ...none, imminentRisk: true, riskRising: null } },
      [],
    ],
    ['in a crisis four characters', { story: '要跳楼', checklist: { ...none, imminentRisk: true } }, ['story']],
  ])('%s', (_, change, gaps) => expect(submissionGaps({ ...whole, ...change })).toEqual(gaps));
});

describe('when an expert reads others’ opinions', () => {
  const deadline = at('2026-03-10T10:00:00.000Z');
  it.each<[boolean, number, number, string, boolean]>([
    [false, 3, 3, '2026-03-11T00:00:00.000Z', false],
    [false, 0, 3, '2026-03-05T00:00:00.000Z', false],
    [true, 2, 3, '2026-03-10T09:59:59.999Z', false],
    [true, 2, 3, '2026-03-10T10:00:00.000Z', true],
    [true, 3, 3, '2026-03-05T00:00:00.000Z', true],
    [true, 1, 1, '2026-03-05T00:00:00.000Z', true],
  ])('own %s, %i of %i at %s → %s', (ownGiven, given, quorum, now, ok) =>
    expect(opinionsVerdict({ ownGiven, given, quorum, deadline, now: at(now) }).ok).toBe(ok),
  );
  it('never says how many have answered', () =>
    expect(
      JSON.stringify(opinionsVerdict({ ownGiven: true, given: 2, quorum: 3, deadline, now: at('2026-03-05T00:00:00.000Z') })),
    ).not.toMatch(/2|3/));
});

describe('a packet opens until seven days after the deadline', () => {
  it('across a month’s end', () => expect(packetExpiresAt(at('2026-02-26T10:00:00.000Z'), 7)).toBe('2026-03-05T10:00:00.000Z'));
});

describe('a conference needs experts of two fields', () => {
  it.each<[HelpField[][], boolean]>([
    [[], false],
    [[['law']], false],
    [[['law'], ['law']], false],
    [[['law'], ['family']], true],
    [[['law', 'family']], true],
  ])('%j → %s', (attended, ok) => expect(fieldsVerdict(attended, 2).ok).toBe(ok));
});

describe('a decision is due today or later', () => {
  it.each([
    ['2026-03-04', false],
    ['2026-03-05', true],
    ['2026-03-06', true],
  ])('%s → %s', (dueOn, ok) => expect(dueVerdict(dueOn, TODAY).ok).toBe(ok));
});

describe('closing', () => {
  it.each<[number, number, string, string]>([
    [0, 0, '2026-03-06', 'yes'],
    [1, 0, '2026-03-06', 'support.actions-open'],
    [0, 1, '2026-03-06', 'support.lines-open'],
    [0, 0, '2026-03-05', 'support.follow-up-past'],
    [2, 3, '2026-03-04', 'support.actions-open'],
  ])('%i actions, %i lines, follow-up %s → %s', (openActions, openLines, followUpOn, says) => {
    const verdict = closingVerdict({ openActions, openLines, followUpOn, today: TODAY });
    expect(verdict.ok ? 'yes' : verdict.code).toBe(says);
  });
  it('is the holder’s', () => {
    expect(holderVerdict(actor('centre'), { holderId: 'me' }).ok).toBe(true);
    expect(holderVerdict(actor('centre'), { holderId: 'other' }).ok).toBe(false);
    expect(holderVerdict(actor('centre', { selves: ['me', 'other'] }), { holderId: 'other' }).ok).toBe(true);
    expect(holderVerdict(actor('centre'), { holderId: null }).ok).toBe(false);
  });
});

describe('minutes are kept by the chair or the centre', () => {
  it.each<[Role, string, boolean]>([
    ['expert', 'me', true],
    ['expert', 'other', false],
    ['supervisor', 'other', false],
    ['centre', 'other', true],
  ])('%s, chair %s → %s', (role, chairId, ok) => expect(chairVerdict(actor(role), { chairId }).ok).toBe(ok));
});

describe('a quorum fits those who are asked', () => {
  it.each<[number | undefined, number, boolean]>([
    [undefined, 3, true],
    [3, 3, true],
    [4, 3, false],
  ])('%s of %i → %s', (quorum, asked, ok) => expect(quorumVerdict(quorum, asked).ok).toBe(ok));
});

describe('a request is stale after fourteen days', () => {
  it.each([
    ['2026-02-18T16:00:00.000Z', true],
    ['2026-02-19T15:59:59.000Z', true],
    ['2026-02-19T16:00:00.000Z', false],
  ])('%s → %s', (updatedAt, stale) => expect(isStale(at(updatedAt), TODAY, 14)).toBe(stale));
});

describe('who reaches a request', () => {
  it.each<[string, Actor, Partial<RequestFacts>, boolean, boolean]>([
    ['its asker', actor('worker'), { askerId: 'me' }, true, true],
    ['another worker of the station', actor('worker'), { stationId: 's1' }, false, false],
    ['the head of the station', actor('head'), { stationId: 's1' }, true, true],
    ['the head of another station', actor('head'), {}, false, false],
    ['the centre', actor('centre'), {}, true, true],
    ['the centre, a draft', actor('centre'), { status: 'draft' }, false, false],
    ['the head, a draft', actor('head'), { stationId: 's1', status: 'draft' }, false, false],
    ['the asker, a draft', actor('worker'), { askerId: 'me', status: 'draft' }, true, true],
    ['the centre of another district', actor('centre'), { districtId: 'd2' }, false, false],
    ['the own agency: register only', actor('agency'), { organisationId: 'o1' }, true, false],
    ['another agency', actor('agency'), {}, false, false],
    ['the officer: register only', actor('officer'), {}, true, false],
    ['the own street: register only', actor('street'), { divisionPath: '/c/d1/st1/k/' }, true, false],
    ['another street', actor('street'), {}, false, false],
    ['an expert', actor('expert'), {}, false, false],
    ['a supervisor', actor('supervisor'), {}, false, false],
    ['the system administrator', actor('system'), {}, false, false],
    ['the security administrator', actor('security'), {}, false, false],
    ['the audit administrator', actor('audit'), {}, false, false],
  ])('%s', (_, who, change, register, content) => {
    expect(reachesRequest(who, facts(change))).toBe(register);
    expect(reachesContent(who, facts(change))).toBe(content);
  });
});

describe('what somebody may do next', () => {
  const more = { openActions: 0, openLines: 0, plannedConferences: 0, proposed: false, drafted: false };
  it('the asker submits a draft', () =>
    expect(requestActs(actor('worker'), { ...facts({ askerId: 'me', status: 'draft' }), ...more })).toContain('submit'));
  it('the centre screens', () =>
    expect(requestActs(actor('centre'), { ...facts(), ...more })).toEqual(expect.arrayContaining(['accept', 'ask', 'decline', 'divert'])));
  it('a centre person who asked does not screen the own request', () =>
    expect(requestActs(actor('centre', { selves: ['me', 'asker'] }), { ...facts(), ...more })).not.toContain('accept'));
  it('an office does nothing', () => expect(requestActs(actor('officer'), { ...facts(), ...more })).toEqual([]));
  it('the holder closes once nothing is open', () => {
    const following = facts({ status: 'following', holderId: 'me' });
    expect(requestActs(actor('centre'), { ...following, ...more })).toContain('close');
    expect(requestActs(actor('centre'), { ...following, ...more, openActions: 1 })).not.toContain('close');
    expect(requestActs(actor('centre'), { ...following, holderId: 'other', ...more })).not.toContain('close');
  });
});
