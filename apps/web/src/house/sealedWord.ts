/** What identifies a person goes sealed into addresses: they are logged, kept by browsers and passed on. */
import { sealLookup } from '@jieyou/core/cases/endpoints.ts';
import { call } from './client.ts';

// While the page lives it knows what was typed; after a reload the field stays empty and the list filtered.
const typedOf = new Map<string, string>();

/** The word for the address that stands for what was typed. */
export const seal = async (typed: string): Promise<string> => {
  const { lookup } = await call(sealLookup, { body: { typed: typed.trim() } });
  typedOf.set(lookup, typed.trim());
  return lookup;
};

/** What was typed; a text that is no sealed word is itself. */
export const unsealed = (word: string): string => typedOf.get(word) ?? (/^s\d+\./.test(word) ? '' : word);
