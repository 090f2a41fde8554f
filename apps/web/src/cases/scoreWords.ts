import { laterScore, pointsWords } from '@jieyou/core/cases/scores.ts';
import type { CaseScore, ScoreCorrected, ScoreCourse } from '@jieyou/core/cases/stageSchema.ts';
import { formReferredLabels } from '@jieyou/core/texts/formLabels.ts';
import { shortDay } from '../house/format.ts';

const bandWords = (s: CaseScore): string => s.band ?? (s.referred === null ? '' : formReferredLabels[s.referred]);

/** A score with its band, day and version, in one line. */
export const scoreWords = (s: CaseScore): string =>
  `${s.title} ${pointsWords(s)}${bandWords(s) === '' ? '' : `，${bandWords(s)}`}（${shortDay(s.on)}，第 ${s.edition} 版）`;

/** The scores that a paper cites, each with what the scale says to do and, where it was measured again since, the later one. */
export const citedWords = (cited: readonly CaseScore[], onFile: readonly CaseScore[], corrected: readonly ScoreCorrected[]): string =>
  cited
    .map((s) => {
      const by = corrected.find((c) => c.answerId === s.answerId)?.by ?? null;
      const later = laterScore(onFile, s, by);
      return `${scoreWords(s)}。${s.says}${later === null ? '' : `　后来又测：${scoreWords(later)}`}`;
    })
    .join('\n');

/** The same scale then and now, one scale a line. */
export const courseWords = (courses: readonly ScoreCourse[]): string =>
  courses
    .map(({ first, last }) =>
      last === null
        ? `${scoreWords(first)}，只测过这一次。${first.says}`
        : `${scoreWords(first)} → ${scoreWords(last)}${first.edition === last.edition ? '' : '，版本不同，不宜直接比较'}。${last.says}`,
    )
    .join('\n');
