import { describe, expect, it } from 'vitest';
import {
  baselineScore,
  citedScores,
  correctionsSaid,
  coursesOf,
  followingScore,
  laterScore,
  latestScores,
  pointsWords,
  type ScoreUnfit,
  scoresIn,
} from './scores.ts';
import type { CaseScore, PaperContent, ScoreCorrected } from './stageSchema.ts';

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
    // The correction of the cited one is no further measurement.
    expect([laterScore([c], a, '3'), laterScore(onFile, a, '8')]).toEqual([null, c]);
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

describe('scores that stand for the values of a goal', () => {
  const none = score('4', 's01', null);
  // A number that falls into no band: the scale says whom to ask, and nobody guesses.
  const asks = score('5', 's01', 22, { band: null, referred: 'no-band' as CaseScore['referred'] });
  const longer = score('6', 's01', 12, { most: 48 });
  const file = [a, b, none, asks, c, longer];
  const cite = (answerId: string, scale = 'total') => ({ answerId, scale });
  const told = (one: { score: { answerId: string } } | { why: ScoreUnfit }) => ('why' in one ? one.why : one.score.answerId);

  it.each<[string, ReturnType<typeof cite>, 'up' | 'down', string]>([
    ['no such answer', cite('9'), 'down', 'unknown'],
    ['no such scale', cite('1', 'other'), 'down', 'unknown'],
    ['no number', cite('4'), 'down', 'no-score'],
    ['a number with the word to ask somebody', cite('5'), 'down', 'referred'],
    ['a scale that gets better the other way', cite('1'), 'up', 'wrong-way'],
    ['the first one', cite('1'), 'down', '1'],
    ['zero is a score', cite('7'), 'down', '7'],
  ])('as a baseline: %s', (_, cites, direction, expected) =>
    expect(told(baselineScore([...file, score('7', 's01', 0)], cites, direction))).toBe(expected),
  );

  it.each<[string, ReturnType<typeof cite>, CaseScore | undefined, string]>([
    ['no such answer', cite('9'), a, 'unknown'],
    ['no number', cite('4'), a, 'no-score'],
    ['whom to ask', cite('5'), a, 'referred'],
    ['the baseline itself', cite('1'), a, 'not-later'],
    ['one before the baseline', cite('1'), c, 'not-later'],
    ['another form', cite('2'), a, 'other-scale'],
    ['the same form with another length', cite('6'), a, 'other-scale'],
    ['a goal whose baseline was typed', cite('3'), undefined, 'other-scale'],
    ['a later one', cite('3'), a, '3'],
    ['the same day as a baseline that is gone', cite('3'), score('0', 's01', 35), 'not-later'],
    ['a day after a baseline that is gone', cite('3'), score('0', 's01', 35, { on: '2026-02-27' as CaseScore['on'] }), '3'],
  ])('afterwards: %s', (_, cites, baseline, expected) => expect(told(followingScore(file, cites, baseline))).toBe(expected));
});

describe('scores that were corrected after a paper cited them', () => {
  const now = (of: CaseScore, over: Partial<ScoreCorrected> = {}): ScoreCorrected => ({
    answerId: of.answerId,
    scale: of.scale,
    score: of.score,
    most: of.most,
    band: of.band,
    on: '2026-03-09' as ScoreCorrected['on'],
    by: '90',
    ...over,
  });
  const none = score('7', 's01', null);
  it.each<[string, CaseScore[], ScoreCorrected[], string]>([
    ['nothing', [a, b], [], ''],
    [
      'another number and band',
      [a, b],
      [now(a, { score: 12, band: '轻' })],
      '量表已更正：负担，原 30 / 40 分（重），现 12 / 40 分（轻），2026年3月9日更正（原表2026年3月1日填）。',
    ],
    [
      'another band at the same number',
      [a],
      [now(a, { band: '中' })],
      '量表已更正：负担，原 30 / 40 分（重），现 30 / 40 分（中），2026年3月9日更正（原表2026年3月1日填）。',
    ],
    [
      'no number any more',
      [a],
      [now(none, { answerId: '1' })],
      '量表已更正：负担，原 30 / 40 分（重），现 不计分，2026年3月9日更正（原表2026年3月1日填）。',
    ],
    [
      'a number in no band',
      [a],
      [now(a, { score: 22, band: null })],
      '量表已更正：负担，原 30 / 40 分（重），现 22 / 40 分（没有结论），2026年3月9日更正（原表2026年3月1日填）。',
    ],
    ['the same number and band', [a], [now(a)], ''],
    ['another scale of the form', [a], [now(a, { scale: 'other', score: 1 })], ''],
    ['another form', [a], [now(b, { score: 1 })], ''],
  ])('%s', (_, cited, corrected, said) => expect(correctionsSaid(cited, corrected)).toBe(said));

  it('stand in an assessment, at the beginning and the end of goals, and then and now; each once', () => {
    const goal = (s?: CaseScore) => ({ key: 'g', ...(s === undefined ? {} : { score: s }) });
    const content = (over: object) => over as unknown as Partial<PaperContent>;
    expect(scoresIn({})).toEqual([]);
    expect(scoresIn(content({ assessment: { scores: [a] } }))).toEqual([a]);
    expect(scoresIn(content({ assessment: {}, plan: { goals: [goal(), goal(b)] } }))).toEqual([b]);
    expect(
      scoresIn(
        content({
          evaluation: {
            measures: [goal(c), goal()],
            courses: [
              { first: a, last: c },
              { first: b, last: null },
            ],
          },
        }),
      ),
    ).toEqual([c, a, b]);
  });
});
