/**
 * What a rule answers: yes, or no with a code and the facts that explain it. Rules return verdicts and never throw;
 * commands turn a "no" into a refusal, and the web words it from the code and the facts.
 */

/** One fact of a refusal: plain data that can be sent, logged and put into a sentence. Never a client's name or number. */
export type Fact = string | number | boolean | null | readonly string[];

/** Facts by name; the names belong to the code that carries them. */
export type Facts = Readonly<Record<string, Fact>>;

/** A rule's refusal: the code is a fact about the world ('case.visits-outstanding'), the facts fill its sentence. */
export type No<Code extends string> = { readonly ok: false; readonly code: Code; readonly facts: Facts };

/** A rule's answer. */
export type Verdict<Code extends string> = { readonly ok: true } | No<Code>;

/** The rule is met. */
export const yes: { readonly ok: true } = Object.freeze({ ok: true });

/** The rule is not met, with the code and the facts of its sentence. */
export const no = <Code extends string>(code: Code, facts: Facts = {}): No<Code> => ({ ok: false, code, facts });

/** The first refusal in the order given, or yes; an empty list is yes. */
export const firstNo = <Code extends string>(...verdicts: readonly Verdict<Code>[]): Verdict<Code> =>
  verdicts.find((verdict) => !verdict.ok) ?? yes;
