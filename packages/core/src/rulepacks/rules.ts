import type { Actor } from '../identity/schema.ts';
import { addDays, type Day } from '../shared/day.ts';
import { movesFrom, moveVerdict } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { ruleMoves } from './moves.ts';
import type { DraftStatus, RuleStep } from './schema.ts';

/** Facts of a draft that decide who may do what. */
export type DraftFacts = { readonly status: DraftStatus; readonly authorId: string };

/** Whether the draft's state allows the step. */
export const draftStepVerdict = (facts: DraftFacts, move: RuleStep['move'] | 'edit'): Verdict<'rulepacks.draft-moved-on'> =>
  moveVerdict(ruleMoves, facts.status, move).ok ? yes : no('rulepacks.draft-moved-on', { status: facts.status });

/** A second person decides: never the author, nor somebody who stands in for the author; and somebody of the authority. */
export const decisionVerdict = (
  actor: Pick<Actor, 'personId' | 'selves' | 'roles'>,
  facts: DraftFacts,
): Verdict<'rulepacks.author-approves' | 'rulepacks.authority-approves'> => {
  if (actor.personId === facts.authorId || actor.selves.includes(facts.authorId)) return no('rulepacks.author-approves');
  return actor.roles.includes('officer') ? yes : no('rulepacks.authority-approves');
};

/** A version begins today or later, and not before one that was already issued for the same division. */
export const effectiveVerdict = (
  from: string,
  today: string,
  issued: readonly string[],
): Verdict<'rulepacks.date-past' | 'rulepacks.later-version-stands'> => {
  if (from < today) return no('rulepacks.date-past', { day: from });
  const later = issued.filter((day) => day >= from).sort()[0];
  return later === undefined ? yes : no('rulepacks.later-version-stands', { day: later });
};

/** The last day of the version before. */
export const lastDayBefore = (from: string): Day => addDays(from as Day, -1);

/** The next version's name: its year, and the first number that no version of the pack above or here bears. */
export const nextVersion = (from: string, names: readonly string[]): string => {
  const year = from.slice(0, 4);
  const used = names.flatMap((name) => (name.startsWith(`${year}.`) ? [Number(name.slice(5))] : [])).filter(Number.isInteger);
  return `${year}.${Math.max(0, ...used) + 1}`;
};

/** Steps open to somebody, for buttons; the command checks again. */
export const draftActs = (actor: Actor, facts: DraftFacts): string[] =>
  movesFrom(ruleMoves, facts.status).filter((move) => (move === 'approve' || move === 'return' ? decisionVerdict(actor, facts).ok : true));
