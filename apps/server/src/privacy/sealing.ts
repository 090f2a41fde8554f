import type { CryptoProvider } from '../platform/crypto/crypto.ts';

/** Who asks, and about whom. */
export type Persons = {
  readonly askerName: string;
  readonly askerPhone: string | null;
  readonly subjectName: string;
  readonly subjectIdNumber: string | null;
  readonly subjectPhone: string | null;
};

const place = (row: string, field: string) => ({ table: 'privacy_request_content', row, field });

export const sealPersons = (crypto: CryptoProvider, id: string, persons: Persons): string =>
  crypto.encrypt(JSON.stringify(persons), place(id, 'persons'));
export const openPersons = (crypto: CryptoProvider, id: string, ciphertext: string): Persons =>
  JSON.parse(crypto.decrypt(ciphertext, place(id, 'persons'))) as Persons;

/** Names of other people, which a copy must not show: encrypted like the recipient's own. */
export const sealWithheld = (crypto: CryptoProvider, id: string, names: readonly string[]): string =>
  crypto.encrypt(JSON.stringify(names), place(id, 'withheld'));
export const openWithheld = (crypto: CryptoProvider, id: string, ciphertext: string | null): string[] =>
  ciphertext === null ? [] : (JSON.parse(crypto.decrypt(ciphertext, place(id, 'withheld'))) as string[]);
