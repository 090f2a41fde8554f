/** localStorage that never throws: it may be full, forbidden or absent. */
const PREFIX = 'jieyou.';

/** Where drafts go on a phone that enciphers them. */
export type Vault = {
  readonly get: (name: string) => unknown;
  readonly set: (name: string, value: unknown) => void;
  readonly drop: (name: string) => void;
};
let vault: Vault | null = null;
const vaultFor = (name: string): Vault | null => (name.startsWith('draft.') ? vault : null);

/** From here on drafts are kept there, and those that lie open move there too. */
export const keepDraftsIn = (next: Vault | null): void => {
  vault = null;
  if (next !== null) {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(`${PREFIX}draft.`)) continue;
      const name = key.slice(PREFIX.length);
      const value = recall(name);
      if (value !== null) next.set(name, value);
      localStorage.removeItem(key);
    }
  }
  vault = next;
};

/** What was kept under a name, or null. */
export const recall = <T>(name: string): T | null => {
  const kept = vaultFor(name);
  if (kept !== null) return (kept.get(name) as T | undefined) ?? null;
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
};

/** Keeps a value; false when this device did not keep it. */
export const remember = (name: string, value: unknown): boolean => {
  const kept = vaultFor(name);
  if (kept !== null) {
    kept.set(name, value);
    return true;
  }
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

/** Forgets a value. */
export const forget = (name: string): void => {
  vaultFor(name)?.drop(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept where nothing can be kept.
  }
};

/** Forgets everything whose name begins so: drafts when somebody signs out on a shared computer. */
export const forgetAll = (beginning: string): void => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX + beginning)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
};
