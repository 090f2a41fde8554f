import { describe, expect, test } from 'vitest';
import { endStates, reachable } from '../shared/moves.ts';
import { competitionMoves, entryMoves } from './moves.ts';
import {
  callVerdict,
  enteringVerdict,
  ineligibility,
  movingVerdict,
  recusalOf,
  resultOf,
  scoringVerdict,
  totalOf,
  withdrawVerdict,
} from './rules.ts';
import { CompetitionStatus, type Criterion, EntryStatus } from './schema.ts';

const criteria: Criterion[] = [
  { key: 'method', title: '方法', weight: 60, says: '' },
  { key: 'effect', title: '成效', weight: 40, says: '' },
];
const codeOf = (verdict: { ok: boolean; code?: string }) => (verdict.ok ? 'yes' : verdict.code);

test('every state is reached; a competition ends awarded or cancelled', () => {
  expect([...reachable(competitionMoves, 'draft')].sort()).toEqual([...CompetitionStatus.options].sort());
  expect(endStates(competitionMoves).sort()).toEqual(['awarded', 'cancelled']);
  expect([...reachable(entryMoves, 'entered')].sort()).toEqual([...EntryStatus.options].sort());
});

test.each<[string, Partial<Parameters<typeof callVerdict>[0]>, string]>([
  ['a hundred together', {}, 'yes'],
  ['ninety-nine', { criteria: [{ ...criteria[0]!, weight: 59 }, criteria[1]!] }, 'learning.weights-not-hundred'],
  ['a hundred and one', { criteria: [{ ...criteria[0]!, weight: 61 }, criteria[1]!] }, 'learning.weights-not-hundred'],
  ['none', { criteria: [] }, 'learning.weights-not-hundred'],
  [
    'one criterion twice',
    {
      criteria: [
        { ...criteria[0]!, weight: 50 },
        { ...criteria[0]!, weight: 50 },
      ],
    },
    'learning.criterion-twice',
  ],
  ['one day for all', { opensOn: '2026-03-01', closesOn: '2026-03-01', scoreBy: '2026-03-01' }, 'yes'],
  ['closing before opening', { opensOn: '2026-03-02', closesOn: '2026-03-01' }, 'learning.days-backwards'],
  ['scoring before closing', { scoreBy: '2026-03-30' }, 'learning.days-backwards'],
])('a call: %s', (_says, change, code) =>
  expect(codeOf(callVerdict({ criteria, opensOn: '2026-03-01', closesOn: '2026-03-31', scoreBy: '2026-04-15', ...change }))).toBe(code),
);

test.each<[string, Partial<Parameters<typeof enteringVerdict>[0]>, string]>([
  ['on the first day', { today: '2026-03-01' }, 'yes'],
  ['on the last', { today: '2026-03-31' }, 'yes'],
  ['the day before', { today: '2026-02-28' }, 'learning.not-open'],
  ['the day after', { today: '2026-04-01' }, 'learning.not-open'],
  ['when it is closed', { status: 'checking' }, 'learning.not-open'],
  ['a second time', { entered: true }, 'learning.already-entered'],
])('entering %s', (_says, change, code) =>
  expect(
    codeOf(
      enteringVerdict({ status: 'open', opensOn: '2026-03-01', closesOn: '2026-03-31', today: '2026-03-10', entered: false, ...change }),
    ),
  ).toBe(code),
);

test('an entry is taken back until the judges begin', () => {
  expect(withdrawVerdict('entered', 'open').ok).toBe(true);
  expect(withdrawVerdict('eligible', 'checking').ok).toBe(true);
  expect(withdrawVerdict('eligible', 'scoring').ok).toBe(false);
  expect(withdrawVerdict('withdrawn', 'open').ok).toBe(false);
});

const fine = {
  closed: true,
  hasText: true,
  openFindings: 0,
  consentLives: true,
  recalled: false,
  domain: 'end-of-life',
  domains: [],
  refusedByCentre: false,
};
test.each<[string, Partial<Parameters<typeof ineligibility>[0]>, string[]]>([
  ['nothing in the way', {}, []],
  ['its domain is asked for', { domains: ['end-of-life'] }, []],
  ['another domain', { domains: ['parent-child'] }, ['other-domain']],
  ['still running', { closed: false }, ['not-closed']],
  ['no text', { hasText: false }, ['no-text']],
  ['recalled', { recalled: true, hasText: false }, ['recalled']],
  ['one finding open', { openFindings: 1 }, ['findings-open']],
  ['no consent and refused', { consentLives: false, refusedByCentre: true }, ['consent-missing', 'centre']],
])('eligible: %s', (_says, change, reasons) => expect(ineligibility({ ...fine, ...change })).toEqual(reasons));

const pair = { judgeId: 'j', judgeOrganisationId: 'o1', authorId: 'a', authorOrganisationId: 'o2', supervises: false };
test.each<[string, Partial<Parameters<typeof recusalOf>[0]>, string | null]>([
  ['strangers', {}, null],
  ['the own case', { authorId: 'j' }, 'self'],
  ['the own agency', { authorOrganisationId: 'o1' }, 'own-agency'],
  ['nobody’s agency is no common agency', { judgeOrganisationId: null, authorOrganisationId: null }, null],
  ['the own worker', { supervises: true }, 'supervised'],
])('recusal: %s', (_says, change, cause) => expect(recusalOf({ ...pair, ...change })).toBe(cause));

test.each<[Record<string, number>, number | undefined]>([
  [{ method: 100, effect: 100 }, 100],
  [{ method: 0, effect: 0 }, 0],
  [{ method: 90, effect: 80 }, 86],
  [{ method: 90.5, effect: 80.3 }, 86.42],
  [{ method: 90 }, undefined],
  [{ method: 101, effect: 0 }, undefined],
  [{ method: -1, effect: 0 }, undefined],
  [{ method: Number.NaN, effect: 0 }, undefined],
])('total of %j', (points, total) => expect(totalOf(criteria, points)).toBe(total));

test.each<[string, Parameters<typeof scoringVerdict>[0], string]>([
  ['a first score', { open: true, complete: true, correction: false, reason: undefined }, 'yes'],
  ['after the end', { open: false, complete: true, correction: false, reason: undefined }, 'learning.scoring-over'],
  ['half of it', { open: true, complete: false, correction: false, reason: undefined }, 'learning.points-missing'],
  ['a correction without a word', { open: true, complete: true, correction: true, reason: '' }, 'learning.correction-needs-reason'],
  ['a correction', { open: true, complete: true, correction: true, reason: '看错' }, 'yes'],
])('scoring: %s', (_says, facts, code) => expect(codeOf(scoringVerdict(facts))).toBe(code));

describe('the result', () => {
  const s = (entryId: string, judgeId: string, method: number, effect: number) => ({ entryId, judgeId, points: { method, effect } });
  const of = (change: Partial<Parameters<typeof resultOf>[0]>) =>
    resultOf({
      entries: ['A', 'B', 'C'].map((id) => ({ id, code: id })),
      judges: ['x', 'y'],
      recusals: [],
      scores: [],
      criteria,
      awards: [
        { title: '一等奖', places: 1 },
        { title: '二等奖', places: 1 },
      ],
      least: 1,
      ...change,
    }).map((r) => `${r.code} ${r.mean} ${r.place} ${r.award ?? '-'} ${r.scores}/${r.missing}/${r.recused}`);
  test('by the mean of the totals', () =>
    expect(
      of({
        scores: [
          s('A', 'x', 80, 80),
          s('A', 'y', 90, 90),
          s('B', 'x', 90, 90),
          s('B', 'y', 90, 90),
          s('C', 'x', 70, 70),
          s('C', 'y', 60, 60),
        ],
      }),
    ).toEqual(['B 90 1 一等奖 2/0/0', 'A 85 2 二等奖 2/0/0', 'C 65 3 - 2/0/0']));
  test('equal totals: the heavier criterion decides', () =>
    expect(of({ scores: [s('A', 'x', 80, 90), s('B', 'x', 86, 81), s('C', 'x', 10, 10)] }).slice(0, 2)).toEqual([
      'B 84 1 一等奖 1/1/0',
      'A 84 2 二等奖 1/1/0',
    ]));
  test('equal in every criterion: the smaller distance decides', () =>
    expect(
      of({ scores: [s('A', 'x', 100, 100), s('A', 'y', 80, 80), s('B', 'x', 92, 92), s('B', 'y', 88, 88)], least: 2 }).slice(0, 2),
    ).toEqual(['B 90 1 一等奖 2/0/0', 'A 90 2 二等奖 2/0/0']));
  test('equal in everything: the place and its award are shared, the next place is left out', () =>
    expect(of({ scores: [s('A', 'x', 90, 90), s('B', 'x', 90, 90), s('C', 'x', 80, 80)] })).toEqual([
      'A 90 1 一等奖 1/1/0',
      'B 90 1 一等奖 1/1/0',
      'C 80 3 - 1/1/0',
    ]));
  test('a missing score is left out and not nought; one too few has no place', () =>
    expect(of({ scores: [s('A', 'x', 80, 80), s('A', 'y', 80, 80), s('B', 'x', 100, 100)], least: 2 })).toEqual([
      'A 80 1 一等奖 2/0/0',
      'B null null - 1/1/0',
      'C null null - 0/2/0',
    ]));
  test('a recused judge’s score does not count, nor that of somebody who is no judge', () =>
    expect(
      of({ scores: [s('A', 'x', 100, 100), s('A', 'y', 60, 60), s('A', 'z', 100, 100)], recusals: [{ entryId: 'A', judgeId: 'x' }] })[0],
    ).toBe('A 60 1 一等奖 1/0/1'));
  test('no scores, no places, even when none is needed', () => expect(of({ least: 0 })[0]).toBe('A null null - 0/2/0'));
  test('no entries', () => expect(of({ entries: [] })).toEqual([]));
});

const now: Parameters<typeof movingVerdict>[0] = {
  status: 'checking',
  move: 'start',
  today: '2026-04-15',
  scoreBy: '2026-04-15',
  noticeUntil: null,
  undecided: 0,
  eligible: 1,
  withoutJudges: 0,
  missingScores: 0,
  openObjections: 0,
  reason: undefined,
};
test.each<[string, Partial<typeof now>, string]>([
  ['start', {}, 'yes'],
  ['start with one undecided', { undecided: 1 }, 'learning.entries-undecided'],
  ['start without entries', { eligible: 0 }, 'learning.entries-undecided'],
  ['start where nobody may judge', { withoutJudges: 1 }, 'learning.too-few-judges'],
  ['start twice', { status: 'scoring' }, 'learning.not-now'],
  ['finish with all scores', { status: 'scoring', move: 'finish' }, 'yes'],
  ['finish on the last day with one missing', { status: 'scoring', move: 'finish', missingScores: 1 }, 'learning.scores-missing'],
  ['finish the day after', { status: 'scoring', move: 'finish', missingScores: 1, today: '2026-04-16' }, 'yes'],
  ['award on the last day of the notice', { status: 'noticed', move: 'award', noticeUntil: '2026-04-15' }, 'learning.notice-running'],
  ['award the day after', { status: 'noticed', move: 'award', noticeUntil: '2026-04-14' }, 'yes'],
  ['award without a notice', { status: 'noticed', move: 'award' }, 'learning.notice-running'],
  [
    'award with an objection',
    { status: 'noticed', move: 'award', noticeUntil: '2026-04-14', openObjections: 1 },
    'learning.objections-open',
  ],
  ['cancel without a word', { move: 'cancel' }, 'learning.reason-missing'],
  ['cancel', { move: 'cancel', reason: '作品太少' }, 'yes'],
  ['score again', { status: 'noticed', move: 'rescore', reason: '异议成立' }, 'yes'],
  ['score again after the awards', { status: 'awarded', move: 'rescore', reason: '异议成立' }, 'learning.not-now'],
])('%s', (_says, change, code) => expect(codeOf(movingVerdict({ ...now, ...change }))).toBe(code));
