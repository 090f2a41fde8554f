/** localStorage that never throws: it may be full, forbidden or absent. */
const PREFIX = 'jieyou.';

/** What was kept under a name, or null. */
export const recall = <T>(name: string): T | null => {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
};

/** Keeps a value; false when this device did not keep it. */
export const remember = (name: string, value: unknown): boolean => {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

/** Forgets a value. */
export const forget = (name: string): void => {
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
