import { describe, expect, it } from 'vitest';
import { dayOf, type Instant } from '../shared/day.ts';
import { caseDomains } from '../shared/fields.ts';
import {
  contactKindLabels,
  ledgerBookLabels,
  serviceClassLabels,
  serviceDomainLabels,
  serviceDomainOptions,
} from '../texts/contactsLabels.ts';
import { contactsPackOf } from './pack.ts';
import { ledgerScope, seesRows } from './policy.ts';
import { bookOf, type Counted, peopleAndTimes, periodDays, periodSays, serviceDomainOf } from './rules.ts';
import { ContactKind, LedgerBook, LedgerPeriod, ServiceDomain } from './schema.ts';

const act = (people: number, who: string[] = [], minutes: number | null = null): Counted => ({ people, who, minutes });

describe('persons and times', () => {
  it.each([
    ['nothing', [], { acts: 0, times: 0, persons: 0, minutes: 0 }],
    ['one person once', [act(1, ['甲'])], { acts: 1, times: 1, persons: 1, minutes: 0 }],
    ['one person three times', [act(1, ['甲'], 30), act(1, ['甲']), act(1, ['甲'], 15)], { acts: 3, times: 3, persons: 1, minutes: 45 }],
    ['two persons, one of them twice', [act(1, ['甲']), act(1, ['乙']), act(1, ['甲'])], { acts: 3, times: 3, persons: 2, minutes: 0 }],
    ['a group of three twice', [act(3, ['甲', '乙', '丙'], 90), act(2, ['甲', '丙'], 90)], { acts: 2, times: 5, persons: 3, minutes: 180 }],
    ['a case and a group share a person', [act(1, ['甲']), act(2, ['甲', '乙'])], { acts: 2, times: 3, persons: 2, minutes: 0 }],
    ['unknown people count each time', [act(40, ['甲'], 120), act(40, ['甲'], 120)], { acts: 2, times: 80, persons: 79, minutes: 240 }],
    ['an activity to which nobody came', [act(0, [], 60)], { acts: 1, times: 0, persons: 0, minutes: 60 }],
    ['a name twice in one list', [act(2, ['甲', '甲'])], { acts: 1, times: 2, persons: 2, minutes: 0 }],
  ] as const)('%s', (_says, acts, expected) => {
    expect(peopleAndTimes(acts as readonly Counted[])).toEqual(expected);
  });
});

describe('periods', () => {
  it.each([
    ['2026-02', '2026-02-01', '2026-02-28', '2026年2月'],
    ['2024-02', '2024-02-01', '2024-02-29', '2024年2月'],
    ['2025-12', '2025-12-01', '2025-12-31', '2025年12月'],
    ['2026-01', '2026-01-01', '2026-01-31', '2026年1月'],
    ['2026', '2026-01-01', '2026-12-31', '2026年'],
    ['2100', '2100-01-01', '2100-12-31', '2100年'],
  ])('%s runs from its first day to its last', (period, from, to, says) => {
    expect([periodDays(period).from, periodDays(period).to, periodSays(period)]).toEqual([from, to, says]);
    expect(LedgerPeriod.safeParse(period).success).toBe(true);
  });

  it.each(['', '26', '2026-13', '2026-00', '2026-3', '2026-03-05', '1999', '２０２６'])('%s is none', (period) => {
    expect(LedgerPeriod.safeParse(period).success).toBe(false);
  });

  // Midnight of Shanghai is 16:00 in UTC: the last evening of the year is still of the old year, the next minute is not.
  it.each([
    ['2025-12-31T15:59:59.999Z', '2025-12-31', '2025'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01', '2026'],
    ['2026-02-28T15:59:59.000Z', '2026-02-28', '2026-02'],
    ['2026-02-28T16:00:00.000Z', '2026-03-01', '2026-03'],
  ])('%s falls into %s', (at, day, period) => {
    const on = dayOf(at as Instant);
    expect(on).toBe(day);
    expect(on >= periodDays(period).from && on <= periodDays(period).to).toBe(true);
  });
});

describe('words', () => {
  it('every kind has a book, every case domain a field of service, and all have names', () => {
    expect(ContactKind.options.map(bookOf).filter((b) => !LedgerBook.options.includes(b))).toEqual([]);
    expect(caseDomains.map(serviceDomainOf).filter((d) => d === 'other')).toEqual([]);
    expect(serviceDomainOf('sealed')).toBe('other');
    expect(serviceDomainOf('constructor')).toBe('other');
    expect(Object.keys(contactKindLabels)).toEqual(ContactKind.options);
    expect(Object.keys(ledgerBookLabels)).toEqual(LedgerBook.options);
    expect(Object.keys(serviceDomainLabels)).toEqual(ServiceDomain.options);
    // Every field can be chosen once, under its class or outside of the four.
    expect(serviceDomainOptions.flatMap((c) => c.options.map((o) => o.value)).toSorted()).toEqual(ServiceDomain.options.toSorted());
    expect(serviceDomainOptions.map((c) => c.label)).toEqual([...Object.values(serviceClassLabels), '四大类以外']);
  });

  it('rows are for who did or answers for the service, numbers for the others', () => {
    const told = (roles: string[]) => [ledgerScope(roles), seesRows(roles)];
    expect(['worker', 'head', 'centre', 'officer', 'street', 'agency'].map((r) => told([r]))).toEqual([
      ['本人', true],
      ['本站', true],
      ['本区', false],
      ['本区', false],
      ['本街道', false],
      ['本机构', false],
    ]);
    expect(told(['worker', 'head'])).toEqual(['本站', true]);
  });

  it('a pack without a figure is refused', () => {
    expect(contactsPackOf({ 'print.rows': 2000, 'sheet.rows': 50_000 })['print.rows']).toBe(2000);
    expect(() => contactsPackOf({ 'print.rows': 2000 })).toThrow();
  });
});
