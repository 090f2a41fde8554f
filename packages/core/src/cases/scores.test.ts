import { describe, expect, it } from 'vitest';
import { citedScores, coursesOf, laterScore, latestScores, pointsWords } from './scores.ts';
import type { CaseScore } from './stageSchema.ts';

const score = (answerId: string, code: string, points: number | null, over: Partial<CaseScore> = {}): CaseScore => ({
  answerId,
  code,
  form: code,
  edition: 1,
  on: '2026-03-01' as CaseScore['on'],
  scale: 'total',
  title: '负担',
  score: points,
  most: 40,
  missing: 0,
  more: 'worse',
  band: points === null ? null : '重',
  says: '请问督导',
  referred: points === null ? 'too-many-missing' : null,
  ...over,
});
const [a, b, c] = [score('1', 's01', 30), score('2', 's02', 4), score('3', 's01', 12)];
const onFile = [a, b, c];

describe('scores that a paper cites', () => {
  it('are those on file, each once and in their order; what is not there is told', () => {
    const cite = (answerId: string, scale = 'total') => ({ answerId, scale });
    expect(citedScores(onFile, [cite('3'), cite('1'), cite('3')])).toEqual([a, c]);
    expect(citedScores(onFile, [])).toEqual([]);
    expect([citedScores(onFile, [cite('9')]), citedScores(onFile, [cite('1', 'other')])]).toEqual([undefined, undefined]);
  });

  it('know the later measurement of the same scale of the same form, and of no other', () => {
    expect([laterScore(onFile, a), laterScore(onFile, b), laterScore(onFile, c)]).toEqual([c, null, null]);
    // A corrected form takes the place of the one that was cited.
    expect(laterScore([c], a)).toEqual(c);
    // The same word in another form is another scale.
    expect(laterScore([a, score('4', 's09', 1)], a)).toBeNull();
    expect(laterScore([], a)).toBeNull();
  });

  it('stand then and now, once a scale, and alone where they were measured once', () => {
    expect(latestScores(onFile)).toEqual([c, b]);
    expect(coursesOf(onFile, [a, c, b])).toEqual([
      { first: a, last: c },
      { first: b, last: null },
    ]);
    expect(coursesOf([], [a])).toEqual([]);
  });

  it('say that there are no points rather than none', () => {
    expect([pointsWords(a), pointsWords(score('5', 's01', null)), pointsWords(score('6', 's01', 0))]).toEqual([
      '30 / 40 分',
      '不计分',
      '0 / 40 分',
    ]);
  });
});
