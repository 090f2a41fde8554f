/**
 * While the blind index comes under another key, a value is given in both forms, and the database says which of them stands in the rows.
 * The tag is drawn anew by each process: no text that somebody typed looks like one.
 */
import { randomBytes } from 'node:crypto';

const TAG = `bi${randomBytes(8).toString('hex')}:`;
const PAIR = new RegExp(`${TAG}([A-Za-z0-9_-]{43})>([A-Za-z0-9_-]{43})`, 'g');

/** A value of the index in its old and its new form, as one word. */
export const bothForms = (older: string, newer: string): string => `${TAG}${older}>${newer}`;

type Pairs = Map<string, readonly [string, string]>;

const find = (value: unknown, pairs: Pairs): void => {
  if (typeof value === 'string') {
    if (value.includes(TAG)) for (const [both, older = '', newer = ''] of value.matchAll(PAIR)) pairs.set(both, [older, newer]);
  } else if (Array.isArray(value)) for (const one of value) find(one, pairs);
};

const settled = (value: unknown, forms: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return value.includes(TAG) ? value.replace(PAIR, (both) => forms.get(both) ?? both) : value;
  return Array.isArray(value) ? value.map((one) => settled(one, forms)) : value;
};

/** Asks for the form that stands; `values` as they are where none is given in both. */
export const inStandingForm = (
  values: readonly unknown[],
  ask: (older: string[], newer: string[]) => Promise<string[]>,
): undefined | Promise<unknown[]> => {
  const pairs: Pairs = new Map();
  for (const value of values) find(value, pairs);
  if (pairs.size === 0) return undefined;
  const all = [...pairs];
  return ask(
    all.map(([, [older]]) => older),
    all.map(([, [, newer]]) => newer),
  ).then((forms) => {
    const known = new Map(all.map(([both], i) => [both, forms[i] as string]));
    return values.map((value) => settled(value, known));
  });
};
