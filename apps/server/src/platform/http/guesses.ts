/** A name that nobody has, as often as it was tried. */
export type Tried = { readonly failures: number; readonly lockedUntil: string | null };

const MINUTE_MS = 60_000;
// People whose session has ended bring a token that is nobody's, too; a whole office of them is no attack.
const TOKENS_A_MINUTE = 60;
const MOST_KEPT = 10_000;

const kept = <V>(map: Map<string, V>, key: string, value: V): void => {
  if (map.size >= MOST_KEPT) map.clear();
  map.set(key, value);
};

/**
 * What strangers guess. Tokens that nobody was given are counted by address, so that inventing them makes nobody many; names that nobody
 * has are locked like names that somebody has, so that a lock tells nothing. Of this process alone: each guards what it answers.
 */
export class Guesses {
  readonly #tokens = new Map<string, { count: number; readonly until: number }>();
  readonly #names = new Map<string, Tried>();

  /** A token from this address was nobody's. */
  token(address: string): void {
    const known = this.#tokens.get(address);
    if (known === undefined || known.until < Date.now()) kept(this.#tokens, address, { count: 1, until: Date.now() + MINUTE_MS });
    else known.count += 1;
  }

  /** Whether more tokens than people bring by mistake came from this address. */
  isGuessing(address: string): boolean {
    const known = this.#tokens.get(address);
    return known !== undefined && known.count > TOKENS_A_MINUTE && known.until >= Date.now();
  }

  name(name: string): Tried {
    return this.#names.get(name) ?? { failures: 0, lockedUntil: null };
  }

  countName(name: string, tried: Tried): void {
    kept(this.#names, name, tried);
  }
}
