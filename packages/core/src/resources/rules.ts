import { no, type Verdict, yes } from '../shared/verdict.ts';

/** A policy or resource ends on its first day or later; no end is given where it runs until further notice. */
export const validityVerdict = (validity: {
  readonly validFrom: string;
  readonly validTo: string | null;
}): Verdict<'resources.validity-backwards'> =>
  validity.validTo === null || validity.validTo >= validity.validFrom ? yes : no('resources.validity-backwards');
