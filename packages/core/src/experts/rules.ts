import { no, type Verdict, yes } from '../shared/verdict.ts';

/** Days on which an expert cannot come, the first and the last one included. */
export type AwayDays = { readonly fromDay: string; readonly toDay: string };

/** A term (聘期) ends on its first day or later. */
export const termVerdict = (term: { readonly termFrom: string; readonly termTo: string }): Verdict<'experts.term-backwards'> =>
  term.termTo >= term.termFrom ? yes : no('experts.term-backwards');

/** Why days away are not noted. */
export type AwayRefusal = 'experts.away-backwards' | 'experts.away-past' | 'experts.away-overlaps';

/** Days away end on their first day or later, are not over yet, and share no day with those that are noted already. */
export const awayVerdict = (away: AwayDays, today: string, noted: readonly AwayDays[]): Verdict<AwayRefusal> => {
  if (away.toDay < away.fromDay) return no('experts.away-backwards');
  if (away.toDay < today) return no('experts.away-past');
  const shared = noted.find((n) => n.fromDay <= away.toDay && n.toDay >= away.fromDay);
  return shared === undefined ? yes : no('experts.away-overlaps', { fromDay: shared.fromDay, toDay: shared.toDay });
};
