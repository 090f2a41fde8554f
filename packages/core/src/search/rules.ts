import { type Day, daysBetween } from '../shared/day.ts';

/** What of a hit decides its place. */
export type HitFacts = {
  /** Place of the first word in the text, from 1. */
  readonly first: number;
  /** How often the words stand there. */
  readonly times: number;
  readonly on: Day | null;
};

/** A word within so many characters stands in the opening: what a record begins with is what it is about. */
export const OPENING = 30;

/** More repetitions than this say nothing more. */
const MOST_TIMES = 3;

/** Newer than this counts more: a month, half a year. */
const NEW_DAYS = [31, 183] as const;

/** The weight of a hit: the opening, how often, how new. Among equals the newer one stands first. */
export const weightOf = ({ first, times, on }: HitFacts, today: Day): number => {
  const opening = first <= OPENING ? 2 : 0;
  const age = on === null ? Number.POSITIVE_INFINITY : daysBetween(on, today);
  const recent = NEW_DAYS.filter((days) => age <= days).length;
  return opening + Math.min(times, MOST_TIMES) + recent;
};
