const HOUR = 3_600_000;
/** Clocks of phones are mended by minutes; more than this backwards was done by hand. */
const MENDED_MS = 10 * 60_000;

/** Times by the phone's own clock, in milliseconds. `seen` is the highest that it ever showed. */
export type PocketTimes = { readonly now: number; readonly seen: number; readonly contact: number };

/**
 * Whether the phone may still show what it carries. `over`: too long without the platform, everything is forgotten. `set-back`: the
 * clock shows less than it once did; it opens again with the network, so that turning the clock back gains no hour.
 */
export const pocketState = (times: PocketTimes, hours: number): 'open' | 'over' | 'set-back' => {
  if (Math.max(times.now, times.seen) - times.contact >= hours * HOUR) return 'over';
  return times.now < times.seen - MENDED_MS ? 'set-back' : 'open';
};

/** The highest time seen, after the clock showed `now` and the phone was awake for `awake` milliseconds since it last looked. */
export const seenAfter = (seen: number, now: number, awake: number): number => Math.max(now, seen + Math.max(0, awake));

/** Tries that are left after so many wrong PINs; none left: everything is forgotten. */
export const triesLeft = (wrong: number, most: number): number => Math.max(0, most - wrong);

/** Whether something waits so long that it is shown in red. */
export const waitsLong = (since: number, now: number, hours: number): boolean => now - since >= hours * HOUR;

/** A PIN is six digits, not all alike and not counting up or down. */
export const pinIsGood = (pin: string): boolean => {
  if (!/^\d{6}$/.test(pin)) return false;
  const steps = new Set([...pin].slice(1).map((d, at) => Number(d) - Number(pin[at])));
  return steps.size > 1 || ![-1, 0, 1].includes([...steps][0] ?? 0);
};

/** One field that two changed differently. */
export type Clash<T> = { readonly field: keyof T; readonly mine: unknown; readonly theirs: unknown };

const alike = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = new Set([...Object.keys(x), ...Object.keys(y)]);
  return [...names].every((name) => alike(x[name], y[name]));
};

/**
 * Two changes of one record, field by field, against what it was when mine began. Fields that only I changed go on; what the other
 * changed stays theirs; where both changed the same one differently, a person decides.
 */
export const mergeChange = <T extends Record<string, unknown>>(
  base: Partial<T>,
  mine: Partial<T>,
  theirs: T,
): { readonly goesOn: Partial<T>; readonly clashes: readonly Clash<T>[] } => {
  const goesOn: Partial<T> = {};
  const clashes: Clash<T>[] = [];
  for (const field of Object.keys(mine) as (keyof T)[]) {
    if (alike(mine[field], theirs[field])) continue;
    // Without a word of what it was, nobody knows who changed it.
    if (Object.hasOwn(base, field) && alike(base[field], theirs[field])) goesOn[field] = mine[field] as T[keyof T];
    else clashes.push({ field, mine: mine[field], theirs: theirs[field] });
  }
  return { goesOn, clashes };
};
