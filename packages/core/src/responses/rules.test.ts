import { describe, expect, it } from 'vitest';
import { reachable } from '../shared/moves.ts';
import { responseMoves } from './moves.ts';
import * as rules from './rules.ts';
import { ResponseKind } from './schema.ts';

const facts = (over: Partial<rules.ResponseFacts>): rules.ResponseFacts => ({
  kind: 'transfer',
  status: 'sent',
  holderId: 'holder',
  authorId: 'author',
  toId: 'to',
  workerId: null,
  supervisorSignedAt: null,
  workerSignedAt: null,
  ...over,
});
const who = (personId: string, roles: readonly 'worker'[] | readonly 'centre'[] = ['worker'], selves: string[] = [personId]) => ({
  personId,
  selves,
  roles: [...roles],
});

describe('tables', () => {
  it.each([
    ['transfer', ['accepted', 'done', 'returned', 'sent', 'withdrawn']],
    ['supervision', ['half-signed', 'questioned', 'signed', 'withdrawn', 'written']],
    ['seminar', ['concluded', 'held', 'planned', 'withdrawn']],
    ['resource-link', ['asked', 'closed', 'declined', 'promised', 'provided', 'withdrawn']],
  ] as const)('%s reaches its states', (kind, states) => {
    const { start, table } = responseMoves[kind];
    expect([...reachable(table, start)].sort()).toEqual([...states]);
  });

  it('every kind that goes on has somebody next, every end has nobody', () => {
    for (const kind of ResponseKind.options) {
      const { start, table } = responseMoves[kind];
      for (const status of reachable(table, start)) {
        const next = rules.nextOf(facts({ kind, status, workerId: kind === 'supervision' ? 'worker' : null }));
        expect([kind, status, next.length > 0]).toEqual([kind, status, rules.isUnderWay(status)]);
      }
    }
  });
});

describe('sessions', () => {
  it.each([
    ['09:00', '09:00', null],
    ['09:00', '09:01', 1],
    ['09:00', '08:59', null],
    ['14:30', '16:00', 90],
    ['00:00', '23:59', 1439],
  ])('from %s to %s', (from, to, minutes) => expect(rules.minutesBetween(from, to)).toBe(minutes));

  it.each([
    ['2026-03-04', true],
    ['2026-03-05', true],
    ['2026-03-06', 'responses.date-future'],
  ])('held on %s, written on 5 March', (heldOn, said) => {
    const verdict = rules.sessionVerdict({ heldOn, startsAt: '09:00', endsAt: '10:00' }, '2026-03-05');
    expect(verdict.ok || verdict.code).toBe(said);
  });

  it('needs a holder who is not the supervised worker', () => {
    expect(rules.supervisorVerdict('s', 'w')).toEqual({ ok: true });
    expect(rules.supervisorVerdict(null, 'w')).toMatchObject({ code: 'responses.line-without-supervisor' });
    expect(rules.supervisorVerdict('w', 'w')).toMatchObject({ code: 'responses.own-supervisor' });
  });
});

describe('whose turn it is', () => {
  it('the receiver or the deputy answers a transfer; the centre does not', () => {
    expect(rules.turnVerdict(who('to'), facts({}), 'accept').ok).toBe(true);
    expect(rules.turnVerdict(who('deputy', ['worker'], ['deputy', 'to']), facts({}), 'accept').ok).toBe(true);
    expect(rules.turnVerdict(who('author'), facts({}), 'accept').ok).toBe(false);
    expect(rules.turnVerdict(who('c', ['centre']), facts({}), 'return').ok).toBe(false);
    expect(rules.turnVerdict(who('c', ['centre']), facts({ status: 'returned' }), 'redirect').ok).toBe(true);
    expect(rules.turnVerdict(who('to'), facts({ status: 'returned' }), 'redirect').ok).toBe(false);
  });

  it('both sign, each once and for themselves', () => {
    const written = facts({ kind: 'supervision', status: 'written', workerId: 'worker' });
    expect(rules.turnVerdict(who('to'), written, 'sign').ok).toBe(true);
    expect(rules.turnVerdict(who('worker'), written, 'sign').ok).toBe(true);
    expect(rules.turnVerdict(who('deputy', ['worker'], ['deputy', 'worker']), written, 'sign')).toMatchObject({
      code: 'responses.not-your-turn',
    });
    const half = { ...written, status: 'half-signed' as const, supervisorSignedAt: '2026-03-05T01:00:00.000Z' };
    expect(rules.turnVerdict(who('to'), half, 'sign')).toMatchObject({ code: 'responses.signed-already' });
    expect(rules.turnVerdict(who('to'), half, 'question').ok).toBe(true);
    expect(rules.nextOf(half)).toEqual(['worker']);
    expect(rules.signedStatus(half)).toBe('half-signed');
    expect(rules.signedStatus({ ...half, workerSignedAt: '2026-03-05T02:00:00.000Z' })).toBe('signed');
  });
});

describe('receivers', () => {
  it.each([
    ['b', 'a', null, true],
    ['a', 'a', null, 'responses.receiver-is-sender'],
    ['b', 'a', 'b', 'responses.same-receiver'],
    ['c', 'a', 'b', true],
  ])('to %s from %s, returned by %s', (toId, senderId, returnedBy, said) => {
    const verdict = rules.receiverVerdict({ toId, senderId, returnedBy });
    expect(verdict.ok || verdict.code).toBe(said);
  });
  it('reads only what is theirs', () => {
    expect((['sent', 'accepted', 'done', 'returned', 'withdrawn'] as const).map(rules.receiverReads)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a line ends', () => {
  it.each([
    ['supervision', [], true],
    ['supervision', ['half-signed'], 'responses.record-under-way'],
    ['supervision', ['signed', 'written'], 'responses.record-under-way'],
    ['supervision', ['withdrawn'], true],
    ['supervision', ['withdrawn', 'signed'], true],
    ['supervision', ['written'], 'responses.record-under-way'],
    ['referral', ['returned'], 'responses.record-under-way'],
    ['referral', ['done'], true],
    ['resource', ['declined'], true],
    ['resource', ['closed'], true],
    ['seminar', ['held'], 'responses.record-under-way'],
    ['seminar', ['concluded'], true],
    ['conference', [], true],
  ] as const)('%s with %j', (kind, records, said) => {
    const verdict = rules.lineClosingVerdict(kind, records);
    expect(verdict.ok || verdict.code).toBe(said);
  });
});
