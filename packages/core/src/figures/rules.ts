/** How figures are reckoned and shown. */

/** The value below which the share `percent` of all lies (nearest rank); undefined of nothing. */
export const quantile = (values: readonly number[], percent: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
};

/** The middle value; of two the mean. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  return upper === undefined || sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
};

/** Whether so many numbers, each below the smallest that may be shown, are told one by one by their sum: all are one, or all the largest. */
const toldBySum = (count: number, sum: number, smallest: number): boolean => count > 0 && (sum === count || sum === count * (smallest - 1));

/**
 * Numbers that stand for so few that a person could be recognised are withheld. Where only one is, or where the sum of those that are
 * leaves one answer only (three of them, together three), the next smallest goes with them: else the total would tell. Null in the
 * place of what is withheld.
 */
export const withheld = (values: readonly number[], smallest: number): (number | null)[] => {
  const hidden = new Set(values.flatMap((v, i) => (v > 0 && v < smallest ? [i] : [])));
  const sum = [...hidden].reduce((told, i) => told + (values[i] ?? 0), 0);
  if (hidden.size === 1 || toldBySum(hidden.size, sum, smallest)) {
    const [next] = values
      .map((v, i) => ({ v, i }))
      .filter(({ v, i }) => v > 0 && !hidden.has(i))
      .sort((a, b) => a.v - b.v);
    if (next !== undefined) hidden.add(next.i);
  }
  return values.map((v, i) => (hidden.has(i) ? null : v));
};

/** Whether a total may stand beside its parts: not where it would tell what is withheld, be it the only one or each of several. */
export const totalMayShow = (shown: readonly (number | null)[], total: number, smallest: number): boolean => {
  const count = shown.filter((v) => v === null).length;
  const rest = shown.reduce<number>((left, v) => left - (v ?? 0), total);
  return count !== 1 && !toldBySum(count, rest, smallest) && !(total > 0 && total < smallest);
};
