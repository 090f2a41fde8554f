/**
 * Numbers for people: the receipt at submission, the archive number at acceptance (受理, LH-08) and the ordinary case's
 * number. Each has its own yearly sequence from 1, without gaps and never reused; the district's tables hold the counters.
 */
import { no, type Verdict, yes } from '../shared/verdict.ts';

/** Kind of number: receipt (QZ, 求助), archive number of a hard case (YN, 疑难), number of an ordinary case (GA, 个案). */
export type NumberKind = 'receipt' | 'archive' | 'case';

/** What a number says. `streetCode` is the 9-digit code of the 街道; receipts are numbered for the centre and have none. */
export type NumberParts = {
  readonly kind: NumberKind;
  readonly year: number;
  readonly sequence: number;
  readonly streetCode: string | null;
};

/** Why a number cannot be made or read. */
export type NumberRefusal = 'number.form' | 'number.street-code' | 'number.year' | 'number.sequence';

/** The highest sequence number of a year that the form holds. */
export const highestSequence: Readonly<Record<NumberKind, number>> = { receipt: 99_999, archive: 9_999, case: 9_999 };

const letters = { archive: 'YN', case: 'GA' } as const;

/** Whether these parts make a number: a 9-digit street code where one belongs, a year from 2000 to 2999, a sequence in its range. */
export const numberVerdict = (parts: NumberParts): Verdict<NumberRefusal> => {
  const { kind, year, sequence, streetCode } = parts;
  // A code that ends in 000 is a county's; 街道, 镇 and 乡 begin at 001 (GB/T 10114).
  const streetFits = kind === 'receipt' ? streetCode === null : streetCode !== null && /^[1-9]\d{5}(?!000)\d{3}$/.test(streetCode);
  if (!streetFits) return no('number.street-code', { kind, streetCode });
  if (!Number.isInteger(year) || year < 2000 || year > 2999) return no('number.year', { year });
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > highestSequence[kind]) {
    return no('number.sequence', { sequence, highest: highestSequence[kind] });
  }
  return yes;
};

const made = (parts: NumberParts): string => {
  const verdict = numberVerdict(parts);
  if (!verdict.ok) throw new RangeError(`${verdict.code}: ${JSON.stringify(verdict.facts)}`);
  const { kind, year, sequence, streetCode } = parts;
  return kind === 'receipt'
    ? `QZ-${year}-${String(sequence).padStart(5, '0')}`
    : `${streetCode}-${letters[kind]}-${year}-${String(sequence).padStart(4, '0')}`;
};

/** Receipt of a request, QZ-2026-00001. Throws RangeError when the year's numbers are used up: ask `numberVerdict` first. */
export const receiptNumber = (year: number, sequence: number): string => made({ kind: 'receipt', year, sequence, streetCode: null });

/** Archive number of an accepted hard case, 440309001-YN-2026-0001. Throws RangeError like `receiptNumber`. */
export const archiveNumber = (streetCode: string, year: number, sequence: number): string =>
  made({ kind: 'archive', year, sequence, streetCode });

/** Number of an ordinary case, 440309001-GA-2026-0001. Throws RangeError like `receiptNumber`. */
export const caseNumber = (streetCode: string, year: number, sequence: number): string =>
  made({ kind: 'case', year, sequence, streetCode });

/** Reads a number that a person typed: spaces around and lowercase letters are forgiven. Undefined when it is none of the three. */
export const parseNumber = (text: string): NumberParts | undefined => {
  const match = /^(?:QZ-(\d{4})-(\d{5})|(\d{9})-(YN|GA)-(\d{4})-(\d{4}))$/.exec(text.trim().toUpperCase());
  if (!match) return undefined;
  const parts: NumberParts =
    match[1] === undefined
      ? { kind: match[4] === 'YN' ? 'archive' : 'case', year: Number(match[5]), sequence: Number(match[6]), streetCode: match[3] ?? null }
      : { kind: 'receipt', year: Number(match[1]), sequence: Number(match[2]), streetCode: null };
  return numberVerdict(parts).ok ? parts : undefined;
};

/** Whether the text is a well-formed number of the kind. */
export const numberTextVerdict = (kind: NumberKind, text: string): Verdict<'number.form'> =>
  parseNumber(text)?.kind === kind ? yes : no('number.form', { kind });
