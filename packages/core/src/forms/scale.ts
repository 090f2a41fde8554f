/**
 * Scores. Whole points only: what is missing is extended from what was answered and rounded to the nearest whole point, half up. Where too
 * much is missing or no band fits, there is no word but the advice to ask somebody; nobody guesses, and nothing is decided by a score.
 */
import type { FormDocument, FormScale } from './document.ts';
import { fieldsOf, pointsOf, spanOf } from './document.ts';
import type { FormValues } from './filling.ts';
import type { FormResult } from './schema.ts';

/** The score of one scale; null where none of its items was answered and none had to be. */
export const scoreOf = (document: FormDocument, scale: FormScale, kept: FormValues): FormResult | null => {
  const fields = new Map(fieldsOf(document).map((f) => [f.key, f]));
  let sum = 0;
  let answered = 0;
  for (const key of scale.items) {
    const item = fields.get(key);
    const value = kept[key];
    const points = item?.kind === 'item' && typeof value === 'string' ? pointsOf(item, value) : null;
    if (points === null) continue;
    sum += points;
    answered += 1;
  }
  if (answered === 0) return null;
  const missing = scale.items.length - answered;
  const { most } = spanOf(document, scale);
  const shared = { scale: scale.key, title: scale.title, most, answered, missing, more: scale.more };
  if (missing > scale.missingAtMost)
    return { ...shared, score: null, extended: false, band: null, says: scale.refer, tone: 'watch', referred: 'too-many-missing' };
  // Half up in whole numbers: sum × items ÷ answered.
  const score = missing === 0 ? sum : Math.floor((2 * sum * scale.items.length + answered) / (2 * answered));
  const band = scale.bands.find((b) => score >= b.from && score <= b.to);
  if (band === undefined)
    return { ...shared, score, extended: missing > 0, band: null, says: scale.refer, tone: 'watch', referred: 'no-band' };
  return { ...shared, score, extended: missing > 0, band: band.label, says: band.says, tone: band.tone, referred: null };
};

/** The scores of a form, scale by scale. */
export const scoresOf = (document: FormDocument, kept: FormValues): FormResult[] =>
  (document.scales ?? []).flatMap((scale) => scoreOf(document, scale, kept) ?? []);
