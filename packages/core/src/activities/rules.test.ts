import { describe, expect, it } from 'vitest';
import { endStates, moveVerdict, reachable } from '../shared/moves.ts';
import { activityMoves } from './moves.ts';
import { budgetSums, finishVerdict, minutesOf, placeFor, timesVerdict, yuan } from './rules.ts';
import { ActivityCode, ActivityStatus, RegistrationDraft } from './schema.ts';

describe('places', () => {
  it.each([
    ['no limit', { capacity: null, taken: 900, waiting: 0, people: 5 }, 'in'],
    ['the first', { capacity: 10, taken: 0, waiting: 0, people: 1 }, 'in'],
    ['one below', { capacity: 10, taken: 8, waiting: 0, people: 1 }, 'in'],
    ['exactly full', { capacity: 10, taken: 8, waiting: 0, people: 2 }, 'in'],
    ['one above', { capacity: 10, taken: 8, waiting: 0, people: 3 }, 'waiting'],
    ['full', { capacity: 10, taken: 10, waiting: 0, people: 1 }, 'waiting'],
    ['room for one, but somebody waits', { capacity: 10, taken: 9, waiting: 1, people: 1 }, 'waiting'],
  ] as const)('%s', (_says, of, expected) => expect(placeFor(of)).toBe(expected));
});

describe('an activity', () => {
  it('reaches every state, ends done or cancelled, and is corrected only once done', () => {
    expect([...reachable(activityMoves, 'planned')].sort()).toEqual([...ActivityStatus.options].sort());
    expect(endStates(activityMoves)).toEqual(['cancelled']);
    expect(moveVerdict(activityMoves, 'done', 'correct').ok).toBe(true);
    for (const [state, move] of [
      ['done', 'cancel'],
      ['cancelled', 'publish'],
      ['published', 'correct'],
      ['done', 'finish'],
    ] as const)
      expect([state, move, moveVerdict(activityMoves, state, move).ok]).toEqual([state, move, false]);
  });

  // 16:00 in UTC is midnight of the next day in Shanghai.
  it.each([
    ['2025-12-31T15:59:00.000Z', '2025-12-31', true],
    ['2025-12-31T16:00:00.000Z', '2025-12-31', false],
    ['2025-12-31T16:00:00.000Z', '2026-01-01', true],
    ['2026-03-06T01:00:00.000Z', '2026-03-05', false],
  ])('that starts at %s may be over on %s: %s', (startsAt, today, ok) => expect(finishVerdict(startsAt, today).ok).toBe(ok));

  it('ends after it begins and lasts whole minutes', () => {
    const at = '2026-03-05T01:00:00.000Z';
    expect(timesVerdict(at, '2026-03-05T01:00:01.000Z').ok).toBe(true);
    expect([timesVerdict(at, at).ok, timesVerdict(at, '2026-03-05T00:59:00.000Z').ok]).toEqual([false, false]);
    expect([minutesOf(at, '2026-03-05T02:30:00.000Z'), minutesOf(at, at)]).toEqual([90, 0]);
  });

  it('sums money in 分', () => {
    expect(budgetSums([])).toEqual({ planned: 0, spent: 0 });
    expect(
      budgetSums([
        { title: '物料', planned: 12_345, spent: 12_000 },
        { title: '茶水', planned: 5, spent: null },
      ]),
    ).toEqual({ planned: 12_350, spent: 12_000 });
    expect([yuan(0), yuan(5), yuan(123_456)]).toEqual(['0.00', '0.05', '1,234.56']);
  });

  it('takes a name, a phone and a number of people, and no machine', () => {
    const given = { name: '欧阳娜', phone: '19900001234', people: 2, leaveEmpty: '' };
    const ok = (over: object) => RegistrationDraft.safeParse({ ...given, ...over }).success;
    expect([
      ok({}),
      ok({ people: 1 }),
      ok({ people: 0 }),
      ok({ people: 1.5 }),
      ok({ phone: '123' }),
      ok({ name: '' }),
      ok({ leaveEmpty: 'x' }),
    ]).toEqual([true, true, false, false, false, false, false]);
    expect(['a'.repeat(16), 'a'.repeat(15), 'A'.repeat(16), `${'a'.repeat(15)}'`].map((c) => ActivityCode.safeParse(c).success)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
