import { no, type Verdict, yes } from '../shared/verdict.ts';

/** A term (聘期) ends on its first day or later. */
export const termVerdict = (term: { readonly termFrom: string; readonly termTo: string }): Verdict<'experts.term-backwards'> =>
  term.termTo >= term.termFrom ? yes : no('experts.term-backwards');

/** Days away end on their first day or later. */
export const awayVerdict = (away: { readonly fromDay: string; readonly toDay: string }): Verdict<'experts.away-backwards'> =>
  away.toDay >= away.fromDay ? yes : no('experts.away-backwards');
