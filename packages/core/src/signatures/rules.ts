/** Who has to sign, what exactly was signed, and how the drawing is made of points. Days compare as text. */
import { ageOn, type Day } from '../shared/day.ts';
import type { SignatureShown, SignerBox, SignerNeed, SignerRole, SignState, Strokes } from './schema.ts';

/** What the rule table looks at. */
export type SigningFacts = {
  readonly birthOn: Day | null;
  /** A guardian is recorded. */
  readonly hasGuardian: boolean;
  /** Every guardian that is recorded does violence to the person: none of them may sign. */
  readonly guardianKeptBack: boolean;
};

/** Figures of the pack `cases` on which the table rests. */
export type SigningFigures = {
  readonly 'agreement.guardianBelow': number;
  readonly 'agreement.adultAt': number;
  readonly 'agreement.heardFrom'?: number | undefined;
};

const guardianNeed = (facts: SigningFacts, source: SignerNeed['source']): SignerNeed =>
  facts.guardianKeptBack ? { who: 'authority', source: 'guardian-kept-back' } : { who: 'guardian', source };

/**
 * Who has to sign on a day. Below fourteen the guardian; from fourteen to seventeen both; an adult alone, unless there is a guardian, who then
 * acts for the adult. Where each guardian is in conflict with the person, an authority signs in the guardian's place.
 */
export const signersNeeded = (facts: SigningFacts, on: Day, figures: SigningFigures): SignerNeed[] => {
  const age = facts.birthOn === null ? undefined : ageOn(facts.birthOn, on);
  if (age !== undefined && age < figures['agreement.guardianBelow']) return [guardianNeed(facts, 'below-guardian-age')];
  if (age !== undefined && age < figures['agreement.adultAt']) return [{ who: 'person', source: 'minor' }, guardianNeed(facts, 'minor')];
  return facts.hasGuardian ? [guardianNeed(facts, 'adult-guardian')] : [{ who: 'person', source: 'adult' }];
};

/** Who may sign besides: a child that is old enough to be heard, an adult whose guardian acts, a witness. */
export const signersWelcome = (facts: SigningFacts, on: Day, figures: SigningFigures, needs: readonly SignerNeed[]): SignerRole[] => {
  const age = facts.birthOn === null ? undefined : ageOn(facts.birthOn, on);
  const heardFrom = figures['agreement.heardFrom'] ?? figures['agreement.guardianBelow'];
  const person = !needs.some((n) => n.who === 'person') && (age === undefined || age >= heardFrom);
  return [...(person ? (['person'] as const) : []), 'witness'];
};

/**
 * Whose boxes stand on the person's side of a paper that is printed to be signed, the person first: who has to sign, and the person who may
 * besides. Where nobody knows the age and no guardian is recorded, the guardian of a minor has a box as well.
 */
export const signerBoxes = (facts: SigningFacts, on: Day, figures: SigningFigures): SignerBox[] => {
  const needs = signersNeeded(facts, on, figures);
  const beside = signersWelcome(facts, on, figures, needs).includes('person');
  return [
    ...(beside ? [{ who: 'person', why: 'beside' } as const] : []),
    ...needs.map(({ who, source }) => ({ who, why: source }) as SignerBox),
    ...(facts.birthOn === null && !facts.hasGuardian ? [{ who: 'guardian', why: 'age-unknown' } as const] : []),
  ];
};

/** Who signs a form: whom its template asks for, and of the person's side those whom age and capacity ask for. */
export const formSigners = (asked: readonly ('person' | 'guardian' | 'worker')[], needs: readonly SignerNeed[]): SignerNeed[] => [
  // Where the person alone is asked and may not sign alone, the guardian signs as well.
  ...needs.filter((n) => asked.includes('person') || (asked.includes('guardian') && n.who !== 'person')),
  ...(asked.includes('worker') ? [{ who: 'worker' as const, source: 'form' as const }] : []),
];

/** How it stands with one who has to sign this version of a paper. */
export const stateOf = (who: SignerRole, signatures: readonly Pick<SignatureShown, 'who' | 'hash'>[], hash: string): SignState => {
  const own = signatures.filter((s) => s.who === who);
  if (own.some((s) => s.hash === hash)) return 'signed';
  return own.length > 0 ? 'changed' : 'missing';
};

/** Who is still missing on this version: nobody at all, or somebody who signed another one. */
export const missingOf = (
  needs: readonly SignerNeed[],
  signatures: readonly Pick<SignatureShown, 'who' | 'hash'>[],
  hash: string,
): { readonly missing: SignerRole[]; readonly changed: SignerRole[] } => {
  const open = needs.map((n) => n.who).filter((who) => stateOf(who, signatures, hash) !== 'signed');
  return { missing: open, changed: open.filter((who) => stateOf(who, signatures, hash) === 'changed') };
};

/** Any value as text that does not hang on the order of its keys. */
export const stableText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${stableText(v)}`)
      .join(',')}}`;
  return JSON.stringify(value ?? null);
};

/** What is signed of a plan: its words and what was explained with it. Its SHA-256 tells one version from another. */
export const planText = (caseId: string, plan: unknown, terms: string): string => stableText({ kind: 'plan', caseId, terms, plan });

/** What is signed of a form: the version of the template and every answer. */
export const formText = (of: { readonly id: string; readonly templateId: string }, values: unknown): string =>
  stableText({ kind: 'form', id: of.id, templateId: of.templateId, values });

/** The drawing as an SVG path: through the middle between every two points, as a pen goes. Numbers only. */
export const strokePath = (strokes: Strokes): string =>
  strokes.lines
    .map((line) => {
      const at = (i: number): readonly [number, number] => [line[i * 2] ?? 0, line[i * 2 + 1] ?? 0];
      const count = line.length / 2;
      const [x0, y0] = at(0);
      if (count === 1) return `M${x0} ${y0}h1`;
      let path = `M${x0} ${y0}`;
      for (let i = 1; i < count - 1; i += 1) {
        const [x, y] = at(i);
        const [nx, ny] = at(i + 1);
        path += `Q${x} ${y} ${(x + nx) / 2} ${(y + ny) / 2}`;
      }
      const [x, y] = at(count - 1);
      return `${path}L${x} ${y}`;
    })
    .join('');
