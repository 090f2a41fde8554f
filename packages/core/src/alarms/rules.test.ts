import { describe, expect, it } from 'vitest';
import { type Day, dayOf, type Instant } from '../shared/day.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { alarmMoves } from './moves.ts';
import { alarmPackOf } from './pack.ts';
import {
  type AlarmFacts,
  alarmActs,
  BY_ENTRY,
  beganAt,
  capacityVerdict,
  clockOf,
  clocksFrom,
  entryVerdict,
  figureOf,
  higher,
  lookAgainVerdict,
  mayTick,
  movesTo,
  nextOrderEnd,
  type OrderStand,
  orderAfter,
  orderAtMost,
  orderDaysLeft,
  orderEntryVerdict,
  orderToldAt,
  orderVerdict,
  pastVerdict,
  sameHolder,
  sourceInWords,
  stepsOfChange,
  stepsOfEntry,
  stepsOfRating,
  stepsOfViolence,
  warningVisits,
} from './rules.ts';
import { AlarmEntryDraft, type AlarmEntryKind, StepCode } from './schema.ts';

const pack = alarmPackOf({
  'actions.extreme': ['stay', 'emergency-call', 'guardian', 'hospital', 'tell-head', 'tell-supervisor', 'follow-up'],
  'actions.high': ['supervision', 'tell-head', 'safety-plan', 'limit-means', 'follow-up'],
  'actions.medium': ['plan', 'look-again'],
  'actions.low': ['look-again'],
  'immediate.minutes': 30,
  'followUp.hours': 24,
  'plan.days': 3,
  'lookAgain.medium.days': 7,
  'lookAgain.low.days': 30,
  'head.minutes': 120,
  'danger.hours': 24,
  'police.hours': 2,
  'warning.firstDays': 7,
  'warning.everyDays': 30,
  'warning.forDays': 97,
  'court.hours': 72,
  'court.urgentHours': 24,
  'order.months': 6,
  'order.alarmDays': 15,
  'reconsider.days': 5,
  'aid.decideDays': 7,
  'aid.assignDays': 3,
});

const NOON = '2026-03-05T04:00:00.000Z' as Instant;
const TODAY = '2026-03-05' as Day;
const due = (steps: readonly { code: string; dueAt: string | null }[]) => Object.fromEntries(steps.map((s) => [s.code, s.dueAt]));
const entryOf = (entry: object) => AlarmEntryDraft.parse(entry);
const ORDER = '01990000-0000-7000-8000-000000000001';
const OTHER = '01990000-0000-7000-8000-000000000002';
const order = (over: Partial<OrderStand> = {}): OrderStand => ({
  ...{ id: ORDER, status: 'applied', decidedOn: null, validTo: null, endedOn: null, reconsideredOn: null, answered: false },
  ...over,
});
const inForce = (over: Partial<OrderStand> = {}) => order({ status: 'in-force', decidedOn: TODAY, validTo: '2026-09-05', ...over });
const codeOf = (verdict: { ok: boolean; code?: string }) => (verdict.ok ? 'yes' : verdict.code);

describe('what a rating asks for', () => {
  it('at the highest everything at once, a visit again within 24 hours', () => {
    expect(due(stepsOfRating('extreme', NOON, pack))).toEqual({
      stay: '2026-03-05T04:30:00.000Z',
      'emergency-call': '2026-03-05T04:30:00.000Z',
      guardian: '2026-03-05T04:30:00.000Z',
      hospital: '2026-03-05T04:30:00.000Z',
      'tell-head': '2026-03-05T04:30:00.000Z',
      'tell-supervisor': '2026-03-05T04:30:00.000Z',
      'follow-up': '2026-03-06T04:00:00.000Z',
    });
  });
  // The day of Shanghai ends at 16:00 UTC.
  it.each([
    ['2026-03-05T04:00:00.000Z', '2026-03-05T15:59:59.999Z'],
    ['2026-03-05T15:59:00.000Z', '2026-03-05T15:59:59.999Z'],
    ['2026-03-05T16:00:00.000Z', '2026-03-06T15:59:59.999Z'],
    // Where others change their clocks nothing happens here.
    ['2026-03-29T01:30:00.000Z', '2026-03-29T15:59:59.999Z'],
    ['2026-02-28T15:00:00.000Z', '2026-02-28T15:59:59.999Z'],
    ['2028-02-29T15:00:00.000Z', '2028-02-29T15:59:59.999Z'],
  ])('high, rated at %s: supervised on the same day, until %s', (at, until) => {
    expect(due(stepsOfRating('high', at as Instant, pack))['supervision']).toBe(until);
  });
  it('medium and low: a plan and a day to look again, which may be earlier', () => {
    expect(due(stepsOfRating('medium', NOON, pack))).toEqual({
      plan: '2026-03-08T15:59:59.999Z',
      'look-again': '2026-03-12T15:59:59.999Z',
    });
    expect(due(stepsOfRating('low', NOON, pack))).toEqual({ 'look-again': '2026-04-04T15:59:59.999Z' });
    expect(due(stepsOfRating('low', NOON, pack, '2026-03-10' as Day))).toEqual({ 'look-again': '2026-03-10T15:59:59.999Z' });
  });
  it.each([
    [null, 'medium', 'yes'],
    ['2026-03-04', 'medium', 'alarms.look-again-late'],
    ['2026-03-05', 'medium', 'yes'],
    ['2026-03-12', 'medium', 'yes'],
    ['2026-03-13', 'medium', 'alarms.look-again-late'],
    ['2026-03-13', 'low', 'yes'],
    ['2026-04-04', 'low', 'yes'],
    ['2026-04-05', 'low', 'alarms.look-again-late'],
  ] as const)('looking again on %s at %s: %s', (on, rating, says) => {
    expect(codeOf(lookAgainVerdict(on, rating, TODAY, pack))).toBe(says);
  });
  it('raised, what is missing begins; lowered, what was done is not done again and the rest ends', () => {
    const open = (code: string) => ({ code: code as never, open: true, done: false });
    const done = (code: string) => ({ code: code as never, open: false, done: true });
    const codes = (steps: readonly { code: string }[]) => steps.map((s) => s.code);
    const raised = stepsOfChange('medium', 'extreme', [open('plan'), open('look-again'), done('stay')], NOON, pack);
    expect(codes(raised.opens)).toEqual(pack['actions.extreme']);
    expect(raised.drops).toEqual(['plan', 'look-again']);
    const lowered = stepsOfChange('extreme', 'high', [open('stay'), done('tell-head'), open('follow-up'), done('safety-plan')], NOON, pack);
    expect(codes(lowered.opens)).toEqual(['supervision', 'limit-means']);
    expect(lowered.drops).toEqual(['stay']);
    expect(codes(stepsOfChange('low', 'low', [done('look-again')], NOON, pack).opens)).toEqual(['look-again']);
    expect([higher('high', 'low'), higher('low', 'low'), higher('low', 'extreme')]).toEqual([true, false, false]);
  });
});

describe('clocks', () => {
  const at = (dueAt: string | null, more = {}) => ({ dueAt, tellAt: dueAt, doneAt: null, droppedAt: null, required: true, ...more });
  it.each([
    ['2026-03-06T03:59:00.000Z', 'at-risk', '还剩 1 分钟'],
    ['2026-03-06T04:00:00.000Z', 'at-risk', '还剩 1 分钟'],
    ['2026-03-06T04:00:00.001Z', 'overdue', '已超 1 分钟'],
    ['2026-03-06T04:01:00.000Z', 'overdue', '已超 1 分钟'],
    ['2026-03-06T05:00:00.000Z', 'overdue', '已超 1 小时'],
    ['2026-03-08T04:00:00.000Z', 'overdue', '已超 2 天'],
    ['2026-03-05T04:00:00.000Z', 'at-risk', '还剩 24 小时'],
    ['2026-03-05T03:59:00.000Z', 'on-track', '还剩 24 小时'],
    ['2026-03-04T04:00:00.000Z', 'on-track', '还剩 2 天'],
  ])('due 24 hours after noon; at %s: %s', (now, state, words) => {
    expect(clockOf(at('2026-03-06T04:00:00.000Z'), now as Instant)).toEqual({ state, words });
  });
  it('done, ended, without a clock, and a right that has lapsed', () => {
    expect(clockOf(at(NOON, { doneAt: NOON }), NOON).state).toBe('done');
    expect(clockOf(at(NOON, { droppedAt: NOON }), NOON).state).toBe('dropped');
    expect(clockOf(at(null), NOON).state).toBe('none');
    expect(clockOf(at('2026-03-05T03:59:00.000Z', { required: false }), NOON)).toEqual({ state: 'lapsed', words: '期限已过' });
    expect(clockOf(at('2026-04-05T03:59:00.000Z', { tellAt: NOON }), NOON).state).toBe('at-risk');
  });
  it('nothing is told of what lies ahead; a minute is allowed for clocks that differ', () => {
    expect(codeOf(pastVerdict('2026-03-05T04:01:00.000Z', NOON))).toBe('yes');
    expect(codeOf(pastVerdict('2026-03-05T04:01:00.001Z', NOON))).toBe('alarms.in-future');
    expect(codeOf(pastVerdict('2026-03-05', NOON))).toBe('yes');
    expect(codeOf(pastVerdict('2026-03-06', NOON))).toBe('alarms.in-future');
  });
});

describe('the beginning of the clocks', () => {
  const now = '2026-03-05T06:00:00.000Z' as Instant;
  const appeal = (over: object) => ({ urgent: true, askedAt: '2026-03-05T05:20:00.000Z', toldAt: null as string | null, ...over });
  it.each([
    ['danger told in a call: from the beginning of the call', { toldAt: '2026-03-05T05:10:00.000Z' }, '2026-03-05T05:10:00.000Z'],
    ['danger told without a call: from when it was asked', {}, '2026-03-05T05:20:00.000Z'],
    ['no word of danger: from the registration', { urgent: false, toldAt: '2026-03-05T05:10:00.000Z' }, now],
    ['at this very moment', { toldAt: now }, now],
    ['never later than the registration', { toldAt: '2026-03-05T06:00:00.001Z' }, now],
  ])('%s', (_, over, from) => {
    expect(clocksFrom(appeal(over), now)).toBe(from);
  });
  it.each([
    ['written without network: from when it was seen', ['2026-03-05T02:00:00.000Z', null], '2026-03-05T02:00:00.000Z'],
    [
      'told to the hotline before it was seen: the earlier one',
      ['2026-03-05T02:00:00Z', '2026-03-05T01:59:59.999Z'],
      '2026-03-05T01:59:59.999Z',
    ],
    ['a phone whose clock is fast: the registration', ['2026-03-06T02:00:00.000Z', null], now],
    ['nothing said: the registration', [null], now],
  ])('%s', (_, told, from) => {
    expect(beganAt(told, now)).toBe(from);
  });
  it('a day for looking again that passed before the network came back is taken as it was set', () => {
    const set = (since?: Day) => lookAgainVerdict('2026-03-04', 'low', '2026-03-05' as Day, pack, since).ok;
    expect([set(), set('2026-03-03' as Day)]).toEqual([false, true]);
  });
  it('a call of the evening before: the actions of the same day were due on that day', () => {
    const began = clocksFrom(appeal({ toldAt: '2026-03-04T15:50:00.000Z' }), now);
    const due = Object.fromEntries(stepsOfRating('high', began, pack).map((s) => [s.code, s.dueAt]));
    expect(due['safety-plan']).toBe('2026-03-04T15:59:59.999Z');
  });
});

describe('an order shorter than its alarm, and several', () => {
  const granted = (validTo: string) =>
    stepsOfEntry(
      entryOf({
        kind: 'order-decided',
        orderId: ORDER,
        at: '2026-03-05T04:00:00.000Z',
        outcome: 'granted',
        number: null,
        contents: ['no-contact'],
        validTo,
        says: '',
      }),
      pack,
    ).opens.find((s) => s.code === 'order-ends');
  it.each([
    // Exactly fifteen days, one more, one fewer, and an order of a single day.
    ['2026-03-20', '2026-03-05T00:00:00.000Z'],
    ['2026-03-21', '2026-03-06T00:00:00.000Z'],
    ['2026-03-19', '2026-03-04T00:00:00.000Z'],
    ['2026-03-05', '2026-02-18T00:00:00.000Z'],
  ])('until %s it rings from %s, at once where that is past', (to, rings) => {
    const step = granted(to);
    expect([step?.tellAt, step?.dueAt]).toEqual([rings, `${to}T15:59:59.999Z`]);
    const stand = { dueAt: step?.dueAt ?? null, tellAt: step?.tellAt ?? null, doneAt: null, droppedAt: null, required: true };
    expect(clockOf(stand, rings as Instant).state).toBe('at-risk');
    expect(clockOf(stand, step?.dueAt as Instant).state).toBe('at-risk');
    expect(clockOf(stand, `${to}T16:00:00.000Z` as Instant).state).toBe('overdue');
  });
  it('a minute before it rings it is on track', () => {
    const step = granted('2026-09-05');
    const stand = { dueAt: step?.dueAt ?? null, tellAt: step?.tellAt ?? null, doneAt: null, droppedAt: null, required: true };
    expect(clockOf(stand, '2026-08-20T23:59:00.000Z' as Instant).state).toBe('on-track');
    expect(clockOf(stand, '2026-08-21T00:00:00.000Z' as Instant).state).toBe('at-risk');
  });
});

describe('protection orders', () => {
  it.each([
    ['2026-03-05', '2026-09-05'],
    ['2026-08-31', '2027-02-28'],
    ['2027-08-31', '2028-02-29'],
    ['2026-08-29', '2027-02-28'],
    ['2027-08-29', '2028-02-29'],
    ['2026-08-28', '2027-02-28'],
    ['2026-03-31', '2026-09-30'],
    ['2026-12-31', '2027-06-30'],
    ['2028-02-29', '2028-08-29'],
    ['2027-02-28', '2027-08-28'],
  ])('an order of %s ends on %s at the latest', (from, to) => {
    expect(orderAtMost(from as Day, pack)).toBe(to);
    expect(codeOf(orderVerdict(from as Day, to, pack))).toBe('yes');
    const later = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    expect(orderVerdict(from as Day, later, pack)).toEqual({ ok: false, code: 'alarms.order-too-long', facts: { last: to } });
  });
  it('has an end, not before its beginning', () => {
    expect(codeOf(orderVerdict(TODAY, null, pack))).toBe('alarms.order-needs-end');
    expect(codeOf(orderVerdict(TODAY, '2026-03-04', pack))).toBe('alarms.order-needs-end');
    expect(codeOf(orderVerdict(TODAY, '2026-03-05', pack))).toBe('yes');
  });
  it.each([
    ['2026-09-05', '2026-08-21T00:00:00.000Z'],
    ['2026-03-15', '2026-02-28T00:00:00.000Z'],
    ['2028-03-15', '2028-02-29T00:00:00.000Z'],
    ['2027-01-10', '2026-12-26T00:00:00.000Z'],
  ])('an order until %s rings at %s: eight in the morning, fifteen days before', (to, at) => {
    expect(orderToldAt(to as Day, pack)).toBe(at);
    expect(orderDaysLeft(to, dayOf(at as Instant))).toBe(15);
  });
  it('the court decides within 72 hours, within 24 where it is urgent', () => {
    const applied = (urgent: boolean) =>
      stepsOfEntry(entryOf({ kind: 'order-applied', at: NOON, court: '区法院', by: 'kin', urgent, says: '' }), pack).opens[0]?.dueAt;
    expect([applied(false), applied(true)]).toEqual(['2026-03-08T04:00:00.000Z', '2026-03-06T04:00:00.000Z']);
  });
  const decided = (outcome: string, validTo: string | null) =>
    stepsOfEntry(
      entryOf({ kind: 'order-decided', orderId: ORDER, at: NOON, outcome, number: null, contents: ['no-contact'], validTo, says: '' }),
      pack,
      order(),
    );
  it('granted: five days to ask again, and its end; refused: five days to ask again', () => {
    const granted = decided('granted', '2026-09-05');
    expect(granted.ends).toEqual(['court-decision']);
    expect(granted.opens).toEqual([
      { code: 'reconsider', required: false, tellAt: '2026-03-10T00:00:00.000Z', dueAt: '2026-03-10T15:59:59.999Z' },
      { code: 'order-ends', required: true, tellAt: '2026-08-21T00:00:00.000Z', dueAt: '2026-09-05T15:59:59.999Z' },
    ]);
    expect(decided('refused', null).opens.map((s) => s.code)).toEqual(['reconsider']);
    expect(decided('withdrawn', null)).toEqual({ opens: [], ends: ['court-decision'] });
  });
  it('extended, it ends later; over, nothing rings any more', () => {
    const extended = stepsOfEntry(entryOf({ kind: 'order-extended', orderId: ORDER, on: TODAY, validTo: '2027-03-05', says: '' }), pack);
    expect([extended.ends, extended.opens[0]?.dueAt]).toEqual([['order-ends'], '2027-03-05T15:59:59.999Z']);
    const over = stepsOfEntry(entryOf({ kind: 'order-over', orderId: ORDER, on: TODAY, how: 'ended', says: '' }), pack);
    expect([over.ends, over.drops, over.opens]).toEqual([['order-ends'], ['reconsider'], []]);
  });
});

describe('one order beside another', () => {
  const about = (kind: string, more: object) => entryOf({ kind, orderId: ORDER, says: kind === 'breach' ? '到楼下叫喊' : '', ...more });
  const says = (o: OrderStand | undefined, kind: string, more: object) => codeOf(orderEntryVerdict(o, about(kind, more), pack));
  const decision = (outcome: string, validTo: string | null, at: string = NOON) => ({ at, outcome, number: null, contents: [], validTo });

  it.each<[string, OrderStand | undefined, string, object, string]>([
    ['an order that is not of this record', undefined, 'order-over', { on: TODAY, how: 'ended' }, 'alarms.no-order'],
    ['a decision twice', inForce(), 'order-decided', decision('granted', '2026-09-05'), 'alarms.no-application'],
    ['a decision again, asked for', inForce({ reconsideredOn: TODAY }), 'order-decided', decision('refused', null), 'yes'],
    [
      'and answered',
      inForce({ reconsideredOn: TODAY, answered: true }),
      'order-decided',
      decision('refused', null),
      'alarms.no-application',
    ],
    ['granted for too long', order(), 'order-decided', decision('granted', '2026-09-06'), 'alarms.order-too-long'],
    ['an extension on its last day', inForce(), 'order-extended', { on: '2026-09-05', validTo: '2027-03-05' }, 'yes'],
    ['a day after it', inForce(), 'order-extended', { on: '2026-09-06', validTo: '2027-03-05' }, 'alarms.no-order'],
    ['an extension that is too long', inForce(), 'order-extended', { on: TODAY, validTo: '2027-03-06' }, 'alarms.order-too-long'],
    ['an end before it was made', inForce(), 'order-over', { on: '2026-03-04', how: 'ended' }, 'alarms.no-order'],
    ['asking again twice', inForce({ reconsideredOn: TODAY }), 'reconsidered', { on: TODAY }, 'alarms.no-order'],
    ['a breach on its last day', inForce(), 'breach', { at: '2026-09-05T15:59:00.000Z', outcome: 'pending' }, 'yes'],
    ['a breach a minute later', inForce(), 'breach', { at: '2026-09-05T16:00:00.000Z', outcome: 'pending' }, 'alarms.no-order'],
  ])('%s', (_, o, kind, more, code) => expect(says(o, kind, more)).toBe(code));

  it('each goes on for itself; the record tells the day that comes first', () => {
    const granted = orderAfter(order(), about('order-decided', decision('granted', '2026-09-05')));
    expect(granted).toMatchObject({ status: 'in-force', decidedOn: TODAY, validTo: '2026-09-05' });
    const other = inForce({ id: OTHER, validTo: '2026-06-01' });
    expect(nextOrderEnd([granted, other])).toBe('2026-06-01');
    const over = orderAfter(other, about('order-over', { on: '2026-05-01', how: 'revoked' }));
    expect([over.status, over.endedOn, nextOrderEnd([granted, over]), nextOrderEnd([over]), nextOrderEnd([])]).toEqual([
      'over',
      '2026-05-01',
      '2026-09-05',
      null,
      null,
    ]);
  });
  it('a court that looks again may grant, revoke or leave it', () => {
    const asked = (o: OrderStand) => orderAfter(o, about('reconsidered', { on: TODAY }));
    const again = (o: OrderStand, outcome: string, to: string | null) =>
      orderAfter(asked(o), about('order-decided', decision(outcome, to)));
    expect(again(order({ status: 'refused', decidedOn: TODAY }), 'granted', '2026-08-01')).toMatchObject({
      status: 'in-force',
      answered: true,
    });
    expect(again(inForce(), 'refused', null)).toMatchObject({ status: 'over', endedOn: TODAY });
    expect(again(inForce(), 'withdrawn', null)).toMatchObject({ status: 'in-force', validTo: '2026-09-05', answered: true });
  });
});

describe('warning letters and legal aid', () => {
  it('visits: the first after a week, then at the cadence to the end', () => {
    expect(warningVisits('2026-01-31' as Day, pack)).toEqual(['2026-02-07', '2026-03-09', '2026-04-08', '2026-05-08']);
    expect(warningVisits(TODAY, { ...pack, 'warning.forDays': 6 })).toEqual([]);
    expect(warningVisits(TODAY, { ...pack, 'warning.forDays': 36 })).toHaveLength(1);
    expect(warningVisits(TODAY, { ...pack, 'warning.forDays': 37 })).toHaveLength(2);
    const opens = stepsOfEntry(
      entryOf({ kind: 'warning', issuedOn: TODAY, unit: '派出所', number: null, prohibitions: '不得殴打' }),
      pack,
    ).opens;
    expect(opens.map((s) => s.code)).toEqual(['warning-visit', 'warning-visit', 'warning-visit', 'warning-visit']);
  });
  it('seven days to decide, three to assign; the first day does not count', () => {
    const of = (entry: object) => stepsOfEntry(entryOf(entry), pack);
    expect(due(of({ kind: 'aid-applied', on: TODAY, unit: '法援中心' }).opens)).toEqual({ 'aid-decision': '2026-03-12T15:59:59.999Z' });
    expect(due(of({ kind: 'aid-decided', on: TODAY, granted: true }).opens)).toEqual({ 'aid-assignment': '2026-03-08T15:59:59.999Z' });
    expect(of({ kind: 'aid-decided', on: TODAY, granted: false })).toEqual({ opens: [], ends: ['aid-decision'] });
    expect(of({ kind: 'aid-assigned', on: TODAY, lawyer: null }).ends).toEqual(['aid-assignment']);
  });
  it('what was told or done ends what waited for it', () => {
    const ends = (entry: object) => stepsOfEntry(entryOf(entry), pack).ends;
    const told = (whom: string) => ends({ kind: 'told', at: NOON, whom, name: null, says: '' });
    expect(['head', 'supervisor', 'kin', 'guardian', 'police', 'ambulance', 'hospital', 'school'].map(told)).toEqual([
      ['tell-head'],
      ['tell-supervisor'],
      ['guardian'],
      ['guardian'],
      ['emergency-call'],
      ['emergency-call'],
      ['hospital'],
      [],
    ]);
    const police = (manner: string) => ends({ kind: 'police', at: NOON, manner, unit: '派出所', receiptNo: null, says: '' });
    expect([police('110'), police('station')]).toEqual([['police-duty', 'emergency-call'], ['police-duty']]);
    expect(ends({ kind: 'reported', reportId: '01990000-0000-7000-8000-000000000000' })).toEqual(['police-duty']);
    expect(ends({ kind: 'reconsidered', orderId: ORDER, on: TODAY, says: '' })).toEqual(['reconsider']);
  });
});

describe('violence at home', () => {
  it('a capable adult chooses; for everybody else there is the duty to report; danger asks for 110 at once', () => {
    const codes = (capacity: 'full' | 'limited' | 'none', immediate = false) =>
      stepsOfViolence({ capacity, immediate }, NOON, pack).map((s) => s.code);
    expect(codes('full')).toEqual(['choice', 'danger-check']);
    expect(codes('limited')).toEqual(['police-duty', 'danger-check']);
    expect(codes('none', true)).toEqual(['emergency-call', 'police-duty', 'danger-check']);
  });
  it.each([
    ['full', true, 'alarms.minor-capacity'],
    ['limited', true, 'yes'],
    ['full', false, 'yes'],
  ] as const)('capacity %s of a minor (%s): %s', (capacity, minor, says) => expect(codeOf(capacityVerdict(capacity, minor))).toBe(says));
});

describe('what may be added', () => {
  const facts = (over: Partial<AlarmFacts> = {}): AlarmFacts => ({
    kind: 'violence',
    status: 'open',
    capacity: 'full',
    standing: 'works',
    openSteps: [],
    entries: [],
    orders: [],
    ...over,
  });
  const crisis = (over: Partial<AlarmFacts> = {}) => facts({ kind: 'crisis', capacity: null, ...over });
  it.each<[string, AlarmFacts, AlarmEntryKind, string]>([
    ['nothing to a closed record', facts({ status: 'closed' }), 'addition', 'alarms.moved-on'],
    ['no order in a crisis', crisis(), 'order-applied', 'alarms.not-here'],
    ['no rating in violence', facts(), 'rated', 'alarms.not-here'],
    ['the platform’s own kinds by nobody', facts(), 'done', 'alarms.not-here'],
    ['a supervisor adds', facts({ standing: 'supervisor' }), 'addition', 'yes'],
    ['a supervisor does not close', facts({ standing: 'supervisor', status: 'settled' }), 'closed', 'alarms.not-here'],
    ['the head does', facts({ standing: 'head', status: 'settled' }), 'closed', 'yes'],
    ['a choice of a capable adult', facts(), 'choice', 'yes'],
    ['not of somebody without full capacity', facts({ capacity: 'limited' }), 'choice', 'alarms.choice-not-theirs'],
    ['no decision without an application', facts(), 'order-decided', 'alarms.no-application'],
    ['a decision after one', facts({ orders: [order()] }), 'order-decided', 'yes'],
    ['no second decision where nobody asked again', facts({ orders: [inForce()] }), 'order-decided', 'alarms.no-application'],
    ['of two, one still waits', facts({ orders: [inForce(), order({ id: OTHER })] }), 'order-decided', 'yes'],
    ['no breach without an order', facts(), 'breach', 'alarms.no-order'],
    ['a breach of one', facts({ orders: [inForce()] }), 'breach', 'yes'],
    ['of one that ended, told later', facts({ orders: [inForce({ status: 'over', endedOn: '2026-05-01' })] }), 'breach', 'yes'],
    ['no extension without an order', facts(), 'order-extended', 'alarms.no-order'],
    ['no result while something is open', facts({ openSteps: ['danger-check'] }), 'settled', 'alarms.open-steps'],
    ['a result with nothing open', facts(), 'settled', 'yes'],
    ['limited capacity and no report', facts({ capacity: 'limited' }), 'settled', 'alarms.must-report'],
    ['limited capacity, nobody reported, already settled', facts({ capacity: 'none', status: 'settled' }), 'closed', 'alarms.must-report'],
    ['reported to the police', facts({ capacity: 'limited', entries: ['police'] }), 'settled', 'yes'],
    ['a mandatory report is linked', facts({ capacity: 'none', entries: ['reported'] }), 'settled', 'yes'],
    ['violence is closed after its result', facts({ status: 'settled' }), 'closed', 'yes'],
    ['not before', facts(), 'closed', 'alarms.moved-on'],
    ['a crisis not without looking back', crisis({ status: 'settled' }), 'closed', 'alarms.review-missing'],
    ['a crisis after looking back', crisis({ status: 'reviewed' }), 'closed', 'yes'],
    ['nobody looks back on what is under way', crisis(), 'reviewed', 'alarms.moved-on'],
    ['nor twice', crisis({ status: 'reviewed' }), 'reviewed', 'alarms.moved-on'],
    ['a settled crisis is rated anew', crisis({ status: 'settled' }), 'rated', 'yes'],
  ])('%s', (_, given, entry, says) => expect(codeOf(entryVerdict(given, entry))).toBe(says));

  it('moves as the table says, and ends closed', () => {
    expect(reachable(alarmMoves, 'open')).toEqual(new Set(['open', 'settled', 'reviewed', 'closed']));
    expect(endStates(alarmMoves)).toEqual(['closed']);
    expect([movesTo('open', 'settled'), movesTo('settled', 'rated'), movesTo('open', 'rated'), movesTo('open', 'told')]).toEqual([
      'settled',
      'open',
      'open',
      'open',
    ]);
  });
  it('a supervisor ticks the supervision and nothing else; what has an entry of its own is not ticked', () => {
    expect(StepCode.options.filter((code) => mayTick('supervisor', code))).toEqual(['supervision']);
    expect(StepCode.options.filter((code) => !mayTick('works', code))).toEqual(StepCode.options.filter((code) => BY_ENTRY.includes(code)));
  });
  it('offers what is allowed', () => {
    const acts = alarmActs({ ...crisis({ status: 'closed' }), minor: true, own: true, caseOpen: true });
    expect(acts).toEqual(['print']);
    expect(alarmActs({ ...crisis({ standing: 'supervisor' }), minor: false, own: false, caseOpen: true })).toEqual(['addition', 'tick']);
    expect(alarmActs({ ...facts(), minor: true, own: true, caseOpen: true })).toContain('report-minor');
  });
  it('every step has a figure behind it', () => {
    expect([
      figureOf('stay', 'crisis', pack),
      figureOf('plan', 'crisis', pack),
      figureOf('emergency-call', 'violence', pack),
      figureOf('order-ends', 'violence', pack),
    ]).toEqual(['actions.extreme', 'actions.medium', 'immediate.minutes', 'order.alarmDays']);
  });
});

describe('who does violence and who is a guardian', () => {
  const known = (recipientId: string | null, name: string, phone: string | null) => ({ recipientId, name, phone });
  it.each([
    ['both on the register, the same', known('r1', 'n', null), known('r1', 'other', null), true],
    ['both on the register, namesakes with one phone', known('r1', 'n', 'p'), known('r2', 'n', 'p'), false],
    ['one on the register, the same name', known('r1', 'n', null), known(null, 'n', null), true],
    ['the same name and phone', known(null, 'n', 'p'), known(null, 'n', 'p'), true],
    ['namesakes with phones that differ', known(null, 'n', 'p'), known(null, 'n', 'q'), false],
    ['another name on the same phone, which rings at the same place', known(null, 'n', 'p'), known(null, 'm', 'p'), true],
    ['the same name, one phone unknown', known(null, 'n', 'p'), known(null, 'n', null), true],
    ['another name, no phones', known(null, 'n', null), known(null, 'm', null), false],
  ])('%s', (_says, abuser, guardian, same) => expect(sameHolder(abuser, guardian)).toBe(same));
});

describe('where a figure comes from', () => {
  const stands = { title: '危机与家暴', version: '2026.1' };
  it.each([
    ['SM-12', '规则包“危机与家暴”2026.1 版'],
    ['SM-12；送医依精神卫生法 28', '送医依精神卫生法 28；规则包“危机与家暴”2026.1 版'],
    ['反家庭暴力法 30', '反家庭暴力法 30；规则包“危机与家暴”2026.1 版'],
    ['本平台默认（供 SM-11 使用）', '本平台默认；规则包“危机与家暴”2026.1 版'],
    ['', '规则包“危机与家暴”2026.1 版'],
  ])('%s', (source, says) => expect(sourceInWords(source, stands)).toBe(says));
});
