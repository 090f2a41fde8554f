/** Whether a role may be given, kept or handed to a deputy. Days are inclusive: a term ends with its last day. */
import { mayHoldTogether } from '../identity/policy.ts';
import type { Role } from '../identity/schema.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { scopeNeededBy } from './policy.ts';

/** First and last day of a term; null has no end. */
export type Term = { readonly from: string; readonly to: string | null };

/** A role that somebody holds, or holds as a deputy, for a term. */
export type HeldRole = Term & { readonly role: Role };

/** Whether two terms share a day. */
export const termsMeet = (a: Term, b: Term): boolean => (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

/** Chinese names of the scopes, for the sentence of the refusal. */
const scopeNames = { station: '站点', organisation: '机构', street: '街道', community: '社区（村）' } as const;

/** A role that reaches by scope must name a scope that exists; a division counts only where it is of the tier that the role needs. */
export const scopeVerdict = (
  role: Role,
  found: { readonly station: boolean; readonly organisation: boolean; readonly street: boolean; readonly community: boolean },
): Verdict<'workforce.scope-missing'> => {
  const needed = scopeNeededBy[role];
  return needed === undefined || found[needed] ? yes : no('workforce.scope-missing', { needs: scopeNames[needed] });
};

/** The change of one assignment, with what holder and deputy hold besides it, as holders or as deputies. */
export type AssignmentChange = {
  readonly role: Role;
  readonly term: Term;
  readonly holderId: string;
  readonly heldByHolder: readonly HeldRole[];
  readonly deputyId: string | null;
  readonly heldByDeputy: readonly HeldRole[];
  readonly changedBy: string;
};

const excludes = (change: AssignmentChange, held: readonly HeldRole[]): boolean =>
  !mayHoldTogether([change.role, ...held.filter((other) => termsMeet(other, change.term)).map((other) => other.role)]);

/**
 * Nobody changes an own role, whether as holder or as deputy; nobody deputises for oneself; and the three administrators (三员)
 * exclude each other and every other role on each day, deputies included.
 */
export const assignmentVerdict = (
  change: AssignmentChange,
): Verdict<'workforce.own-role' | 'workforce.deputy-is-self' | 'workforce.roles-exclude'> => {
  if (change.changedBy === change.holderId || change.changedBy === change.deputyId) return no('workforce.own-role');
  if (change.deputyId === change.holderId) return no('workforce.deputy-is-self');
  if (excludes(change, change.heldByHolder)) return no('workforce.roles-exclude');
  if (change.deputyId !== null && excludes(change, change.heldByDeputy)) return no('workforce.roles-exclude');
  return yes;
};

/** A worker who leaves hands over first: open cases and live requests, whether asked or held. */
export const leavingVerdict = (open: { readonly cases: number; readonly requests: number }): Verdict<'workforce.still-holds-work'> =>
  open.cases === 0 && open.requests === 0
    ? yes
    : no('workforce.still-holds-work', { ...facts('cases', open.cases), ...facts('requests', open.requests) });

// A count of nothing is left out, so that the sentence does not say "0 份求助".
const facts = (name: string, count: number): Readonly<Record<string, number>> => (count === 0 ? {} : { [name]: count });

/** An absence ends on its first day or later. */
export const absenceVerdict = (absence: { readonly fromDay: string; readonly toDay: string }): Verdict<'workforce.absence-backwards'> =>
  absence.toDay >= absence.fromDay ? yes : no('workforce.absence-backwards');

/** Who stands behind must be somebody else. */
export const rotaVerdict = (day: { readonly dutyId: string; readonly backupId: string }): Verdict<'workforce.rota-same-person'> =>
  day.dutyId === day.backupId ? no('workforce.rota-same-person') : yes;
