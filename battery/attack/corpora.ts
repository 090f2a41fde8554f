import { readFileSync } from 'node:fs';

/** A text that was chosen to break something, and why. */
export type Hostile = { readonly family: string; readonly text: string };

/** Names of the corpora. */
export const CORPORA = ['hostile', 'chinese', 'injections', 'formulas'] as const;

/** The texts of a corpus, as they stand in its file. */
export const corpus = (name: (typeof CORPORA)[number]): readonly Hostile[] =>
  readFileSync(new URL(`../corpora/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [family, text, times] = JSON.parse(line) as [string, string, number?];
      return { family, text: times === undefined ? text : text.repeat(times) };
    });

/** Every text of every corpus. */
export const allTexts = (): readonly Hostile[] => CORPORA.flatMap(corpus);

/** One of several. */
export const oneOf = <T>(roll: () => number, from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
