import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archiveNumber, caseNumber, numberTextVerdict, numberVerdict, parseNumber, receiptNumber } from './receipts.ts';

describe('numbers for people', () => {
  test('made', () => {
    expect(receiptNumber(2026, 1)).toBe('QZ-2026-00001');
    expect(receiptNumber(2026, 99_999)).toBe('QZ-2026-99999');
    expect(archiveNumber('440309001', 2026, 12)).toBe('440309001-YN-2026-0012');
    expect(caseNumber('440309001', 2026, 9_999)).toBe('440309001-GA-2026-9999');
  });
  test.each([
    [() => receiptNumber(2026, 0)],
    [() => receiptNumber(2026, 100_000)],
    [() => receiptNumber(26, 1)],
    [() => receiptNumber(2026, 1.5)],
    [() => archiveNumber('440309001', 2026, 10_000)],
    [() => archiveNumber('440309', 2026, 1)],
    [() => archiveNumber('440309000', 2026, 1)],
    [() => caseNumber('44030900A', 2026, 1)],
    [() => caseNumber('', 2026, 1)],
  ])('refused %#', (make) => expect(make).toThrow(RangeError));
  test('the verdict names the reason', () => {
    expect(numberVerdict({ kind: 'archive', year: 2026, sequence: 10_000, streetCode: '440309001' })).toEqual({
      ok: false,
      code: 'number.sequence',
      facts: { sequence: 10_000, highest: 9_999 },
    });
    expect(numberVerdict({ kind: 'receipt', year: 2026, sequence: 1, streetCode: '440309001' }).ok).toBe(false);
    expect(numberVerdict({ kind: 'case', year: 2026, sequence: 1, streetCode: null }).ok).toBe(false);
  });
  test.each([
    ['QZ-2026-00001', 'receipt'],
    [' qz-2026-00001 ', 'receipt'],
    ['440309001-YN-2026-0012', 'archive'],
    ['440309001-GA-2026-0012', 'case'],
    ['QZ-2026-0001', undefined],
    ['QZ-2026-00000', undefined],
    ['440309001-XX-2026-0012', undefined],
    ['440309000-YN-2026-0012', undefined],
    ['', undefined],
    ['QZ-2026-00001-1', undefined],
  ])('%j is %s', (text, kind) => {
    expect(parseNumber(text)?.kind).toBe(kind);
    expect(numberTextVerdict('receipt', text).ok).toBe(kind === 'receipt');
  });
  test('what is made is read again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2999 }),
        fc.integer({ min: 1, max: 9_999 }),
        fc.integer({ min: 1, max: 999 }),
        (year, sequence, street) => {
          const streetCode = `440309${String(street).padStart(3, '0')}`;
          expect(parseNumber(archiveNumber(streetCode, year, sequence))).toEqual({ kind: 'archive', year, sequence, streetCode });
          expect(parseNumber(receiptNumber(year, sequence))).toEqual({ kind: 'receipt', year, sequence, streetCode: null });
        },
      ),
    );
  });
});
