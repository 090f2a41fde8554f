import { describe, expect, it } from 'vitest';
import { endStates, reachable } from '../shared/moves.ts';
import { reportMoves } from './moves.ts';
import type { Standing } from './policy.ts';
import {
  acknowledgeVerdict,
  actsOf,
  closingGaps,
  decideClosingVerdict,
  disputeVerdict,
  entryVerdict,
  minutesToReport,
  pastVerdict,
  proposeClosingVerdict,
  type ReportFacts,
  signOffVerdict,
} from './rules.ts';
import { type EntryKind, ReportStatus } from './schema.ts';

const facts = (over: Partial<ReportFacts> = {}): ReportFacts => ({
  status: 'registered',
  acknowledged: false,
  hasSupervisor: true,
  proposedByMe: false,
  standings: ['head'],
  ...over,
});
const code = (v: { ok: true } | { ok: false; code: string }) => (v.ok ? 'yes' : v.code);
const as = (...standings: Standing[]) => ({ standings });
const ALL: EntryKind[] = ['police', 'authority', 'feedback', 'placement', 'follow-up'];

describe('the states', () => {
  it('are all reached, and end only where a second person signed', () => {
    expect([...reachable(reportMoves, 'registered')].sort()).toEqual([...ReportStatus.options].sort());
    expect(endStates(reportMoves).sort()).toEqual(['closed', 'not-applicable']);
  });
  it('know no way to delete, to take back or not to report', () => {
    expect(Object.keys(reportMoves).filter((m) => /delete|withdraw|cancel|discard|ignore/i.test(m))).toEqual([]);
  });
});

describe('the time from the discovery to the police', () => {
  const found = '2026-03-05T02:00:00.000Z';
  it.each([
    ['at once', found, 0],
    ['59 seconds', '2026-03-05T02:00:59.000Z', 0],
    ['one minute', '2026-03-05T02:01:00.000Z', 1],
    ['over midnight', '2026-03-06T02:30:00.000Z', 1470],
    ['a clock that ran behind', '2026-03-05T01:59:00.000Z', 0],
  ])('%s', (_, reported, minutes) => expect(minutesToReport(found, reported, '2026-03-09T00:00:00.000Z')).toBe(minutes));
  it('runs until now while nobody has told the police', () => expect(minutesToReport(found, null, '2026-03-05T02:17:30.000Z')).toBe(17));
});

describe('moments', () => {
  const now = '2026-03-05T02:00:00.000Z';
  it.each([
    [null, 'yes'],
    ['2026-03-05T01:59:59.000Z', 'yes'],
    [now, 'yes'],
    ['2026-03-05T02:01:00.000Z', 'yes'],
    ['2026-03-05T02:01:01.000Z', 'reports.in-future'],
  ])('%s', (at, expected) => expect(code(pastVerdict(at, now))).toBe(expected));
});

describe('to acknowledge', () => {
  it.each([
    ['the head', facts(), 'yes'],
    ['the supervisor', facts(as('supervisor')), 'yes'],
    ['the centre', facts(as('centre')), 'yes'],
    ['the reporter', facts(as('reporter')), 'reports.second-person'],
    ['the head who reported', facts(as('reporter', 'head')), 'reports.second-person'],
    ['a second time', facts({ acknowledged: true, status: 'handling' }), 'reports.acknowledged'],
    ['after the reporter has called the police', facts({ status: 'reported' }), 'yes'],
    ['while the supervisor is to sign', facts({ status: 'disputed' }), 'reports.moved-on'],
  ])('%s', (_, f, expected) => expect(code(acknowledgeVerdict(f))).toBe(expected));
});

describe('to add', () => {
  it.each([
    ['the reporter: police', facts(as('reporter')), 'police', 'yes'],
    ['the reporter: authority', facts(as('reporter')), 'authority', 'yes'],
    ['the reporter: a word more', facts(as('reporter')), 'addition', 'yes'],
    ['the reporter: materials', facts(as('reporter')), 'materials', 'reports.second-person'],
    ['the reporter: placement', facts(as('reporter')), 'placement', 'reports.second-person'],
    ['the head: materials', facts(), 'materials', 'yes'],
    ['feedback before the police were told', facts(), 'feedback', 'reports.moved-on'],
    ['feedback afterwards', facts({ status: 'reported' }), 'feedback', 'yes'],
    ['after the end', facts({ status: 'closed' }), 'addition', 'reports.over'],
    ['after it did not belong', facts({ status: 'not-applicable' }), 'police', 'reports.over'],
  ] as const)('%s', (_, f, kind, expected) => expect(code(entryVerdict(f, kind))).toBe(expected));
});

describe('经核实不属于', () => {
  it.each([
    ['the head proposes', facts(), 'yes'],
    ['the reporter does not', facts(as('reporter')), 'reports.second-person'],
    ['not after the police were told', facts({ status: 'reported' }), 'reports.moved-on'],
  ])('%s', (_, f, expected) => expect(code(disputeVerdict(f))).toBe(expected));
  const waiting = { status: 'disputed' } as const;
  it.each([
    ['the supervisor signs', facts({ ...waiting, ...as('supervisor') }), 'yes'],
    ['not the one who proposed it', facts({ ...waiting, ...as('supervisor'), proposedByMe: true }), 'reports.second-person'],
    ['not the supervisor who reported', facts({ ...waiting, ...as('reporter', 'supervisor') }), 'reports.second-person'],
    ['not another head', facts({ ...waiting, ...as('head') }), 'reports.supervisor-signs'],
    ['not the centre while there is a supervisor', facts({ ...waiting, ...as('centre') }), 'reports.supervisor-signs'],
    ['the centre where there is none', facts({ ...waiting, ...as('centre'), hasSupervisor: false }), 'yes'],
    ['nothing waits', facts(as('supervisor')), 'reports.moved-on'],
  ])('%s', (_, f, expected) => expect(code(signOffVerdict(f))).toBe(expected));
});

describe('the end', () => {
  it('needs every step', () => {
    expect(closingGaps([])).toEqual(ALL);
    for (const kind of ALL) expect(closingGaps(ALL.filter((k) => k !== kind))).toEqual([kind]);
    expect(closingGaps(ALL)).toEqual([]);
  });
  it.each([
    ['complete', facts({ status: 'following' }), ALL, 'yes'],
    ['the reporter proposes it too', facts({ status: 'following', ...as('reporter') }), ALL, 'yes'],
    ['one step missing', facts({ status: 'following' }), ALL.slice(1), 'reports.incomplete'],
    ['before the police answered', facts({ status: 'reported' }), ALL, 'reports.moved-on'],
  ] as const)('%s', (_, f, kinds, expected) => expect(code(proposeClosingVerdict(f, kinds))).toBe(expected));
  const closing = { status: 'closing' } as const;
  it.each([
    ['a second person', facts(closing), 'yes'],
    ['not the one who proposed it', facts({ ...closing, proposedByMe: true }), 'reports.second-person'],
    ['not the reporter', facts({ ...closing, ...as('reporter') }), 'reports.second-person'],
    ['not the head who reported', facts({ ...closing, ...as('reporter', 'head') }), 'reports.second-person'],
    ['nothing waits', facts({ status: 'following' }), 'reports.moved-on'],
  ])('%s', (_, f, expected) => expect(code(decideClosingVerdict(f))).toBe(expected));
});

it('buttons are those acts that would be taken', () => {
  expect(actsOf(facts(), [])).toEqual(['acknowledge', 'add', 'keep', 'dispute', 'print']);
  expect(actsOf(facts(as('reporter')), [])).toEqual(['add']);
  expect(actsOf(facts({ status: 'closed', acknowledged: true }), ALL)).toEqual(['print']);
});
