/** In which order resources are offered to a household, and why. Pure: the same bank and facts give the same order. */
import type { Day } from '../shared/day.ts';
import type { HelpField } from '../shared/fields.ts';
import { type Answer, type Eligibility, evaluate, type HouseholdFacts, type Outcome } from './eligibility.ts';
import { type Intake, type IntakeState, intakeState } from './rules.ts';

/** A resource as ranking looks at it. */
export type Candidate = Intake & {
  readonly id: string;
  readonly name: string;
  readonly helpFields: readonly HelpField[];
  readonly issuingTier: 'nation' | 'province' | 'city' | 'district' | 'street';
  readonly eligibility: Eligibility | null;
};

/** A ranked resource: the answer, how many of the wanted fields it serves, and whether it takes somebody now. */
export type Ranked<C extends Candidate> = {
  readonly candidate: C;
  readonly outcome: Outcome;
  /** Whether its conditions are written as rules; where not, somebody has to read them. */
  readonly ruled: boolean;
  readonly serves: readonly HelpField[];
  readonly intake: IntakeState;
};

const UNRULED: Outcome = {
  answer: 'may',
  findings: [{ answer: 'may', says: '条件还没有整理成规则，请看条件原文' }],
  missing: [],
};

const ANSWERS: readonly Answer[] = ['fits', 'may', 'not'];
const TAKES: readonly IntakeState['takes'][] = ['yes', 'unknown', 'no'];
// What is nearer is reached sooner.
const NEAR: readonly Candidate['issuingTier'][] = ['street', 'district', 'city', 'province', 'nation'];

/**
 * Best first: what fits before what may fit before what does not; then what serves more of the wanted fields, what takes somebody now,
 * what has rules, what lacks fewer facts, what is nearer; by name at last. Where fields are wanted, what serves none is left out.
 */
export const rankResources = <C extends Candidate>(
  candidates: readonly C[],
  ask: { readonly facts: HouseholdFacts; readonly helpFields: readonly HelpField[]; readonly today: Day },
): Ranked<C>[] => {
  const keyed = candidates.flatMap((candidate) => {
    const serves = candidate.helpFields.filter((f) => ask.helpFields.includes(f));
    if (ask.helpFields.length > 0 && serves.length === 0) return [];
    const outcome = candidate.eligibility === null ? UNRULED : evaluate(candidate.eligibility, ask.facts, ask.today);
    const intake = intakeState(candidate, ask.today);
    const ruled = candidate.eligibility !== null;
    const key = [
      ANSWERS.indexOf(outcome.answer),
      -serves.length,
      TAKES.indexOf(intake.takes),
      ruled ? 0 : 1,
      outcome.missing.length,
      NEAR.indexOf(candidate.issuingTier),
    ];
    return [{ key, ranked: { candidate, outcome, ruled, serves, intake } }];
  });
  const compare = (a: (typeof keyed)[number], b: (typeof keyed)[number]): number => {
    for (const [i, value] of a.key.entries()) {
      const difference = value - (b.key[i] ?? 0);
      if (difference !== 0) return difference;
    }
    const one = a.ranked.candidate;
    const other = b.ranked.candidate;
    return one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1;
  };
  return keyed.sort(compare).map((k) => k.ranked);
};

/** What to ask next: the facts that stand between the household and the most resources. */
export const nextQuestions = (ranked: readonly Ranked<Candidate>[], most = 6): { readonly says: string; readonly opens: number }[] => {
  const opens = new Map<string, number>();
  for (const one of ranked) {
    if (one.outcome.answer === 'may') for (const missing of one.outcome.missing) opens.set(missing, (opens.get(missing) ?? 0) + 1);
  }
  return [...opens]
    .map(([says, count]) => ({ says, opens: count }))
    .sort((a, b) => b.opens - a.opens || (a.says < b.says ? -1 : 1))
    .slice(0, most);
};
