/** Hours that experts gave, as somebody entered them, by month or quarter. Pure; nothing here compares people. */
import { type Day, monthOf, yearOf } from '../shared/day.ts';

/** Month or quarter as people read it: '2026-03', '2026-Q1'. */
export const periodOf = (d: Day, by: 'month' | 'quarter'): string =>
  by === 'month' ? d.slice(0, 7) : `${yearOf(d)}-Q${Math.ceil(monthOf(d) / 3)}`;

/** Pieces of work by their day, summed by period, the newest first. Minutes nobody entered stay out of the sum and are counted. */
export const loadByPeriod = (
  work: readonly { readonly on: Day; readonly kind: 'panel' | 'opinion' | 'conference'; readonly minutes: number | null }[],
  by: 'month' | 'quarter',
): { period: string; panels: number; opinions: number; conferences: number; minutes: number; withoutMinutes: number }[] => {
  const sums = new Map<string, { panels: number; opinions: number; conferences: number; minutes: number; withoutMinutes: number }>();
  for (const w of work) {
    const period = periodOf(w.on, by);
    const sum = sums.get(period) ?? { panels: 0, opinions: 0, conferences: 0, minutes: 0, withoutMinutes: 0 };
    if (w.kind === 'panel') sum.panels += 1;
    if (w.kind === 'opinion') sum.opinions += 1;
    if (w.kind === 'conference') sum.conferences += 1;
    if (w.kind !== 'panel') {
      if (w.minutes === null) sum.withoutMinutes += 1;
      else sum.minutes += w.minutes;
    }
    sums.set(period, sum);
  }
  return [...sums].map(([period, sum]) => ({ period, ...sum })).sort((a, b) => (a.period < b.period ? 1 : -1));
};
