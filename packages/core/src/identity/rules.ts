/** Attempts that may fail before an account is locked. Ours: no source gives a number. */
export const FREE_ATTEMPTS = 5;

/** Longest lock in seconds. */
export const LONGEST_LOCK = 3600;

/**
 * Seconds for which an account is locked after so many failures in a row: none up to the fifth, then a minute, doubling each time
 * up to an hour. Back-off slows guessing without letting anybody shut a colleague out for a day.
 */
export const lockedFor = (failures: number): number =>
  failures < FREE_ATTEMPTS ? 0 : Math.min(LONGEST_LOCK, 60 * 2 ** (failures - FREE_ATTEMPTS));
