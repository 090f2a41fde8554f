import { describe, expect, it } from 'vitest';
import { endStates, movesFrom, moveVerdict, reachable } from '../shared/moves.ts';
import { type ReliefAct, sumRelief } from './ledger.ts';
import { type ReliefMove, reliefMoves } from './moves.ts';
import {
  callVerdict,
  concludeVerdict,
  deliverVerdict,
  endVerdict,
  handVerdict,
  isOverdue,
  itemVerdict,
  settleVerdict,
  undertakingVerdict,
} from './rules.ts';
import { type ReliefItemDraft, ReliefStatus } from './schema.ts';

const code = (v: { ok: boolean; code?: string }) => (v.ok ? 'yes' : v.code);

describe('the life of a relief case', () => {
  const may: Readonly<Record<ReliefStatus, string>> = {
    screened: 'link drop',
    linked: 'deliver drop',
    delivered: 'hear',
    feedback: 'close',
    closed: '',
  };
  it.each(ReliefStatus.options)('%s: what may follow, and nothing else', (status) => {
    expect(movesFrom(reliefMoves, status).join(' ')).toBe(may[status]);
    for (const move of Object.keys(reliefMoves) as ReliefMove[])
      expect([move, moveVerdict(reliefMoves, status, move).ok]).toEqual([move, may[status].split(' ').includes(move)]);
  });
  it('reaches every status and ends in one', () => {
    expect([...reachable(reliefMoves, 'screened')].sort()).toEqual([...ReliefStatus.options].sort());
    expect(endStates(reliefMoves)).toEqual(['closed']);
  });
});

const thing: ReliefItemDraft = {
  line: 'material',
  what: '大米',
  onDay: '2026-03-03',
  fromWhom: '慈善会',
  quantity: 1,
  unit: '袋',
  valueFen: 0,
  receipt: 'none',
  minutes: null,
};
const service: ReliefItemDraft = { ...thing, line: 'service', quantity: null, unit: null, valueFen: null, receipt: null, minutes: 1 };

describe('an item', () => {
  const of = { status: 'linked' as ReliefStatus, screenedOn: '2026-02-28', today: '2026-03-05' };
  it.each<[object, object, string]>([
    [thing, {}, 'yes'],
    [service, {}, 'yes'],
    [thing, { status: 'delivered' }, 'yes'],
    [thing, { status: 'screened' }, 'relief.not-open'],
    [thing, { status: 'feedback' }, 'relief.not-open'],
    [thing, { status: 'closed' }, 'relief.not-open'],
    [{ ...thing, onDay: '2026-03-05' }, {}, 'yes'],
    [{ ...thing, onDay: '2026-03-06' }, {}, 'relief.in-future'],
    [{ ...thing, onDay: '2026-02-28' }, {}, 'yes'],
    [{ ...thing, onDay: '2026-02-27' }, {}, 'relief.before-screening'],
    [{ ...thing, quantity: null }, {}, 'relief.material-incomplete'],
    [{ ...thing, unit: null }, {}, 'relief.material-incomplete'],
    [{ ...thing, valueFen: null }, {}, 'relief.material-incomplete'],
    [{ ...thing, receipt: null }, {}, 'relief.material-incomplete'],
    [{ ...thing, minutes: 1 }, {}, 'relief.material-incomplete'],
    [{ ...service, minutes: null }, {}, 'relief.service-incomplete'],
    [{ ...service, valueFen: 0 }, {}, 'relief.service-incomplete'],
  ])('%j under %j', (item, over, expected) => {
    expect(code(itemVerdict(item as ReliefItemDraft, { ...of, ...over }))).toBe(expected);
  });
});

it.each([
  [0, 0, null, 'relief.nothing-delivered'],
  [0, 0, '没有', 'relief.nothing-delivered'],
  [1, 0, null, 'relief.line-missing'],
  [0, 1, null, 'relief.line-missing'],
  [1, 0, '本人不要服务', 'yes'],
  [1, 1, null, 'yes'],
])('%i things and %i services are delivered with %j: %s', (things, services, says, expected) => {
  expect(code(deliverVerdict({ things, services, says }))).toBe(expected);
});

describe('the ledger of relief', () => {
  const act = (over: Partial<ReliefAct> = {}): ReliefAct => ({
    line: 'material',
    onDay: '2026-03-03',
    recipientId: 'a',
    householdId: 'h',
    valueFen: 12_050,
    minutes: null,
    ...over,
  });
  const visit = (over: Partial<ReliefAct> = {}) => act({ line: 'service', valueFen: null, minutes: 50, ...over });
  it.each<[string, ReliefAct[], Partial<ReturnType<typeof sumRelief>>]>([
    ['nothing', [], { households: 0, persons: 0, unhoused: 0, times: 0, things: 0, valueFen: 0, minutes: 0 }],
    ['two persons of one household', [act(), act({ recipientId: 'b' })], { households: 1, persons: 2, times: 2, valueFen: 24_100 }],
    ['the same household twice', [act(), act({ onDay: '2026-03-20' })], { households: 1, persons: 1, times: 2, things: 2 }],
    ['rice and oil on one day', [act(), act({ valueFen: 1 })], { times: 1, things: 2, valueFen: 12_051 }],
    ['two services on one day are two', [visit(), visit()], { times: 2, things: 0, minutes: 100, valueFen: 0 }],
    ['a thing and a service on one day', [act(), visit()], { persons: 1, times: 2, things: 1, minutes: 50 }],
    ['no household', [act({ householdId: null }), visit({ householdId: null })], { households: 0, persons: 1, unhoused: 1 }],
    ['a household since the middle of the month', [act({ householdId: null }), act()], { households: 1, persons: 1, unhoused: 0 }],
    ['moved to another household', [act(), act({ householdId: 'i' })], { households: 2, persons: 1 }],
  ])('%s', (_, acts, sums) => {
    expect(sumRelief(acts)).toMatchObject(sums);
  });
});

describe('a table of the consortium', () => {
  const [before, day, after] = ['2026-02-28', '2026-03-01', '2026-03-02'] as const;
  it.each<[string, ReliefStatus, string, string]>([
    ['for a day that is over', 'screened', before, 'relief.day-past'],
    ['for today', 'screened', day, 'yes'],
    ['for tomorrow, near its end', 'feedback', after, 'yes'],
    ['of a case that has ended', 'closed', after, 'relief.moved-on'],
    ['of a case that has ended, for a day that is over', 'closed', before, 'relief.moved-on'],
  ])('is called %s', (_, status, onDay, said) => expect(code(callVerdict({ status, onDay, today: day }))).toBe(said));

  it.each([
    ['nothing waits', 0, 0, 'yes'],
    ['a table is called', 1, 0, 'relief.joint-called'],
    ['something undertaken has no end', 0, 1, 'relief.undertakings-open'],
    ['both: the table first', 2, 1, 'relief.joint-called'],
  ])('a case ends while %s', (_, called, undertakings, said) => expect(code(endVerdict({ called, undertakings }))).toBe(said));

  it.each<[string, Parameters<typeof concludeVerdict>[0]['status'], boolean, string, string]>([
    ['held a day early', 'called', true, after, 'relief.in-future'],
    ['held on its day', 'called', true, day, 'yes'],
    ['held, told the day after', 'called', true, before, 'yes'],
    ['called off before its day', 'called', false, after, 'yes'],
    ['held already', 'held', true, day, 'relief.joint-over'],
    ['called off already', 'called-off', false, day, 'relief.joint-over'],
  ])('is concluded: %s', (_, status, held, onDay, said) => expect(code(concludeVerdict({ status, held, onDay, today: day }))).toBe(said));

  it.each<[string, Parameters<typeof undertakingVerdict>[0]['status'], string, string]>([
    ['until the day before the meeting', 'held', before, 'relief.due-early'],
    ['until its day', 'held', day, 'yes'],
    ['until the day after', 'held', after, 'yes'],
    ['at one that is still to come', 'called', after, 'relief.joint-not-held'],
    ['at one that was called off', 'called-off', after, 'relief.joint-not-held'],
  ])('something is undertaken %s', (_, status, dueOn, said) => expect(code(undertakingVerdict({ status, onDay: day, dueOn }))).toBe(said));

  it.each<[string, Parameters<typeof settleVerdict>[0], string]>([
    ['on the day of the meeting', { status: 'open', onDay: day, metOn: day, today: day }, 'yes'],
    ['before the meeting', { status: 'open', onDay: before, metOn: day, today: day }, 'relief.due-early'],
    ['tomorrow', { status: 'open', onDay: after, metOn: day, today: day }, 'relief.in-future'],
    ['twice', { status: 'done', onDay: day, metOn: day, today: day }, 'relief.undertaking-over'],
    ['after it was dropped', { status: 'dropped', onDay: day, metOn: day, today: day }, 'relief.undertaking-over'],
  ])('what was undertaken ends %s', (_, of, said) => expect(code(settleVerdict(of))).toBe(said));

  it.each<[Parameters<typeof isOverdue>[0]['status'], string, boolean]>([
    ['open', before, true],
    ['open', day, false],
    ['open', after, false],
    ['done', before, false],
    ['dropped', before, false],
  ])('%s until %s: overdue %s', (status, dueOn, late) => expect(isOverdue({ status, dueOn }, day)).toBe(late));
});

describe('whether a relief case goes to somebody else', () => {
  const of = { status: 'linked' as ReliefStatus, workerId: 'a', toId: 'b', ofStation: true, sees: true };
  it.each<[string, Partial<typeof of>, string | undefined]>([
    ['to another worker of the station who sees the person', {}, undefined],
    ['before anything was linked', { status: 'screened' }, undefined],
    ['after the person was heard', { status: 'feedback' }, undefined],
    ['one that has ended', { status: 'closed' }, 'relief.moved-on'],
    ['to who carries it already', { toId: 'a' }, 'relief.hand-same'],
    ['to somebody of another station, or who left', { ofStation: false }, 'relief.hand-elsewhere'],
    ['to who would not see the person', { sees: false }, 'relief.hand-unseen'],
    ['elsewhere and unseen: the station is said first', { ofStation: false, sees: false }, 'relief.hand-elsewhere'],
  ])('%s', (_, over, code) => {
    const verdict = handVerdict({ ...of, ...over });
    expect(verdict.ok ? undefined : verdict.code).toBe(code);
  });
});
