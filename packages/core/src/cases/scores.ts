/** Scores that papers of a case cite: what stands on file, what came later, and then and now. */
import type { CaseScore, ScoreCited, ScoreCourse } from './stageSchema.ts';

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

/** What the same scale came to after the score that is cited; null where that is the last one. `onFile` stands oldest first. */
export const laterScore = <S extends Measured>(onFile: readonly S[], cited: Measured): S | null => {
  const last = onFile.findLast((s) => sameScale(s, cited));
  return last === undefined || last.answerId === cited.answerId ? null : last;
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
