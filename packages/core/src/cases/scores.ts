/** Scores that papers of a case cite: what stands on file, what came later, and then and now. */
import { type Day, formatDay } from '../shared/day.ts';
import type { CaseScore, PaperContent, ScoreCited, ScoreCorrected, ScoreCourse } from './stageSchema.ts';

type Measured = Pick<CaseScore, 'answerId' | 'code' | 'scale'>;

/** Whether two are measurements of one scale of one form. */
export const sameScale = (a: Pick<Measured, 'code' | 'scale'>, b: Pick<Measured, 'code' | 'scale'>): boolean =>
  a.code === b.code && a.scale === b.scale;

/** The scores that are cited, each once, in the order in which they stand on file; undefined where one of them is not there. */
export const citedScores = <S extends Measured>(onFile: readonly S[], cites: readonly ScoreCited[]): S[] | undefined => {
  const found = onFile.filter((s) => cites.some((c) => c.answerId === s.answerId && c.scale === s.scale));
  return cites.every((c) => found.some((s) => c.answerId === s.answerId && c.scale === s.scale)) ? found : undefined;
};

/** The last measurement of each scale, in the order in which the scales were measured first. */
export const latestScores = <S extends Measured>(onFile: readonly S[]): S[] => {
  const last = new Map<string, S>();
  for (const s of onFile) last.set(`${s.code} ${s.scale}`, s);
  return [...last.values()];
};

/**
 * What the same scale came to after the score that is cited; null where that is the last one. `onFile` stands oldest first. The correction `by`
 * which the cited one was replaced is no further measurement.
 */
export const laterScore = <S extends Measured>(onFile: readonly S[], cited: Measured, by: string | null = null): S | null => {
  const last = onFile.findLast((s) => sameScale(s, cited));
  return last === undefined || last.answerId === cited.answerId || last.answerId === by ? null : last;
};

/** Each scale that is cited, at the beginning and now. */
export const coursesOf = (onFile: readonly CaseScore[], cited: readonly CaseScore[]): ScoreCourse[] =>
  latestScores(cited).flatMap((s) => {
    const course = onFile.filter((one) => sameScale(one, s));
    const [first, last] = [course[0], course.at(-1)];
    return first === undefined || last === undefined ? [] : [{ first, last: last.answerId === first.answerId ? null : last }];
  });

/** The part of a score that one reads first: points, or that there are none. */
export const pointsWords = ({ score, most }: Pick<CaseScore, 'score' | 'most'>): string =>
  score === null ? '不计分' : `${score} / ${most} 分`;

/** Every score that a paper cites, each scale of each form once: what was assessed, where goals begin and stand, then and now. */
export const scoresIn = ({ assessment, plan, evaluation }: Partial<PaperContent>): CaseScore[] => {
  const all = [
    ...(assessment?.scores ?? []),
    ...(plan?.goals ?? []).map((g) => g.score),
    ...(evaluation?.measures ?? []).map((m) => m.score),
    ...(evaluation?.courses ?? []).flatMap((c) => [c.first, c.last]),
  ].filter((s) => s != null);
  return [...new Map(all.map((s) => [`${s.answerId} ${s.scale}`, s])).values()];
};

const pointsAndBand = (s: Pick<CaseScore, 'score' | 'most' | 'band'>): string =>
  s.score === null ? pointsWords(s) : `${pointsWords(s)}（${s.band ?? '没有结论'}）`;

/** Which cited scores were corrected since, then and now, one a line; a correction that left score and band as they were says nothing. */
export const correctionsSaid = (cited: readonly CaseScore[], corrected: readonly ScoreCorrected[]): string =>
  cited
    .flatMap((was) => {
      const now = corrected.find((c) => c.answerId === was.answerId && c.scale === was.scale);
      if (now === undefined || pointsAndBand(was) === pointsAndBand(now)) return [];
      return [
        `量表已更正：${was.title}，原 ${pointsAndBand(was)}，现 ${pointsAndBand(now)}，${formatDay(now.on as Day)}更正（原表${formatDay(was.on as Day)}填）。`,
      ];
    })
    .join('\n');

/** Why a score cannot stand as a value of a goal. */
export type ScoreUnfit = 'unknown' | 'no-score' | 'referred' | 'other-scale' | 'not-later' | 'wrong-way';

/** What keeps a score from standing for a value: without a number, or with the word to ask somebody else, nothing is guessed. */
export const unfitScore = (s: Pick<CaseScore, 'score' | 'referred'>): 'no-score' | 'referred' | null =>
  s.score === null ? 'no-score' : s.referred === null ? null : 'referred';

/** Whether two scores may be compared: one scale of one form, as long and counted the same way. */
const comparable = (a: CaseScore, b: CaseScore): boolean => sameScale(a, b) && a.most === b.most && a.more === b.more;

/** What was measured on the scale of a baseline after it; `onFile` stands oldest first. */
export const scoresSince = (onFile: readonly CaseScore[], baseline: CaseScore): CaseScore[] => {
  const at = onFile.findIndex((s) => s.answerId === baseline.answerId && s.scale === baseline.scale);
  // A baseline that is no longer on file was corrected or kept back: then its day tells. A correction stands on the day of what it corrects.
  return onFile.filter((s, i) => comparable(s, baseline) && (at === -1 ? s.on > baseline.on : i > at));
};

type Found = { readonly score: CaseScore & { readonly score: number } } | { readonly why: ScoreUnfit };

const found = (onFile: readonly CaseScore[], cites: ScoreCited): Found => {
  const score = onFile.find((s) => s.answerId === cites.answerId && s.scale === cites.scale);
  if (score === undefined) return { why: 'unknown' };
  const unfit = unfitScore(score);
  return unfit === null ? { score: score as CaseScore & { readonly score: number } } : { why: unfit };
};

/** The score that a goal takes as its baseline: on file, with a number, and getting better the same way as the goal. */
export const baselineScore = (onFile: readonly CaseScore[], cites: ScoreCited, direction: 'up' | 'down'): Found => {
  const one = found(onFile, cites);
  return 'why' in one || directionOf(one.score) === direction ? one : { why: 'wrong-way' };
};

/** The score that says how a goal stands now: of the scale of its baseline, and later than it. */
export const followingScore = (onFile: readonly CaseScore[], cites: ScoreCited, baseline: CaseScore | undefined): Found => {
  const one = found(onFile, cites);
  if ('why' in one) return one;
  if (baseline === undefined || !comparable(one.score, baseline)) return { why: 'other-scale' };
  return scoresSince(onFile, baseline).includes(one.score) ? one : { why: 'not-later' };
};

/** The way in which a scale gets better. */
export const directionOf = (s: Pick<CaseScore, 'more'>): 'up' | 'down' => (s.more === 'better' ? 'up' : 'down');

/** From which score a value comes: the scale and the day, in brackets; nothing where it was typed. */
export const scoreTag = (s: CaseScore | undefined): string => (s === undefined ? '' : `（${s.title}，${formatDay(s.on as Day)}填）`);

/** A goal in words: its indicator, from where to where, and from which score the first value was taken; marked where the goal is work. */
export const goalSays = (g: NonNullable<PaperContent['plan']>['goals'][number]): string =>
  `${g.text}（${g.indicator}：${g.baseline}${scoreTag(g.score)} → ${g.target} ${g.unit}）${g.work === true ? '（就业目标）' : ''}`;
