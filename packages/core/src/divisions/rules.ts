import { no, type Verdict, yes } from '../shared/verdict.ts';
import { DivisionTier } from './schema.ts';

/** A new division stands exactly one tier below its parent (省 → 市 → 区县 → 街道乡镇 → 社区村). */
export const tierVerdict = (parent: DivisionTier, tier: DivisionTier): Verdict<'divisions.tier-not-below-parent'> =>
  DivisionTier.options.indexOf(tier) === DivisionTier.options.indexOf(parent) + 1
    ? yes
    : no('divisions.tier-not-below-parent', { parent, tier });

/** A division cannot carry on its own work after its end. */
export const successorVerdict = (id: string, successorId: string | null | undefined): Verdict<'divisions.successor-is-itself'> =>
  successorId === id ? no('divisions.successor-is-itself') : yes;
