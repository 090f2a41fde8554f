/** What a person sees who leaves in a hurry: an empty tab, which needs no network and which nobody wonders about. */
const NEUTRAL = 'about:blank';

/**
 * Leaves at once. A page cannot erase what the browser remembers; it can forget what was typed, show nothing while the next page
 * loads, and put the next page in its own place, so that "back" does not lead here.
 */
export const leave = (): void => {
  forgetAll();
  document.title = '';
  document.body.replaceChildren();
  window.history.replaceState(null, '', '/p/');
  window.location.replace(NEUTRAL);
};

const KEY = 'p';

/** What was typed and not yet sent; it lives in this tab only and ends with it. */
export const recallTyped = <T>(): T | null => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as T | null;
  } catch {
    return null;
  }
};

export const rememberTyped = (typed: object): void => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(typed));
  } catch {
    // Private windows may have no room; then nothing is kept, which does no harm.
  }
};

/** Forgets everything that this page has put down. */
export const forgetAll = (): void => {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
};
