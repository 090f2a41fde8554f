import { expect, test } from 'vitest';
import { addDays, type Day } from '../shared/day.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { cadenceState, dueDay, minutesVerdict, planVerdict } from './cadence.ts';
import { seminarMoves } from './moves.ts';
import { learningPackOf } from './pack.ts';
import { judgesVerdict } from './rules.ts';
import { CompetitionStatus, OutputDraft, SeminarPlan, SeminarStatus, SeriesDraft } from './schema.ts';

// Saturdays and Sundays, a public holiday, and a Saturday that is worked.
const OFF = ['2026-03-07', '2026-03-08', '2026-03-01', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'];
const workingDayFrom = (d: Day): Day => (OFF.includes(d) ? workingDayFrom(addDays(d, 1)) : d);

test.each<[string, string, string | null, number, string]>([
  ['the first on its own day', '2026-03-05', null, 30, '2026-03-05'],
  ['the first after a weekend', '2026-03-07', null, 30, '2026-03-09'],
  ['thirty days later', '2026-01-05', '2026-02-03', 30, '2026-03-05'],
  ['over the end of February', '2026-01-05', '2026-01-30', 30, '2026-03-02'],
  ['a single day', '2026-01-05', '2026-03-04', 1, '2026-03-05'],
  ['a public holiday waits for the next working day', '2026-01-05', '2026-09-01', 30, '2026-10-05'],
  ['a Saturday that is worked stays', '2026-01-05', '2026-09-10', 30, '2026-10-10'],
])('due: %s', (_says, startsOn, lastHeldOn, everyDays, expected) =>
  expect(dueDay({ startsOn: startsOn as Day, lastHeldOn: lastHeldOn as Day | null, everyDays }, workingDayFrom)).toBe(expected),
);

test.each<[string, Partial<Parameters<typeof cadenceState>[0]>, string]>([
  ['the day before', { today: '2026-03-04' as Day }, 'later'],
  ['on the day', {}, 'due'],
  ['the day after', { today: '2026-03-06' as Day }, 'overdue'],
  ['late but planned', { today: '2026-03-20' as Day, planned: true }, 'planned'],
  ['ended, whatever else', { today: '2026-03-20' as Day, planned: true, ended: true }, 'ended'],
])('a series %s', (_says, change, state) =>
  expect(cadenceState({ ended: false, planned: false, dueOn: '2026-03-05' as Day, today: '2026-03-05' as Day, ...change })).toBe(state),
);

test('minutes are written from the day on, and corrected later; a cancelled seminar has none', () => {
  const of = (status: SeminarStatus, today: string) => {
    const verdict = minutesVerdict({ status, heldOn: '2026-03-05' as Day, today: today as Day });
    return verdict.ok ? 'yes' : verdict.code;
  };
  expect(of('planned', '2026-03-04')).toBe('learning.seminar-not-yet');
  expect(of('planned', '2026-03-05')).toBe('yes');
  expect(of('held', '2026-03-06')).toBe('yes');
  expect(of('cancelled', '2026-03-06')).toBe('learning.seminar-over');
});

test('only a planned seminar is changed or cancelled', () => {
  for (const act of ['change', 'cancel'] as const) {
    expect(planVerdict('planned', act).ok).toBe(true);
    expect(planVerdict('held', act)).toMatchObject({ code: 'learning.seminar-over' });
    expect(planVerdict('cancelled', act).ok).toBe(false);
  }
  expect([...reachable(seminarMoves, 'planned')].sort()).toEqual([...SeminarStatus.options].sort());
  // Minutes may be corrected, so a held seminar is no dead end for them; only a cancelled one is.
  expect(endStates(seminarMoves)).toContain('cancelled');
});

test('judges are named anew until somebody scores', () => {
  expect(CompetitionStatus.options.filter((s) => judgesVerdict(s).ok)).toEqual(['draft', 'open', 'checking']);
});

test('a figure that is missing, or a share of a day, is no figure', () => {
  const pack = {
    'competition.noticeDays': 5,
    'competition.leastScores': 2,
    'competition.supervisedMonths': 24,
    'seminar.everyDays': 30,
  };
  expect(learningPackOf(pack)).toEqual(pack);
  expect(() => learningPackOf({ ...pack, 'seminar.everyDays': undefined })).toThrow();
  expect(() => learningPackOf({ ...pack, 'competition.noticeDays': 0 })).toThrow();
  expect(() => learningPackOf({ ...pack, 'seminar.everyDays': 1.5 })).toThrow();
});

test('what people type is told apart from what makes no sense', () => {
  const series = { title: '家校协同', theme: '复学个案里怎样一起做', everyDays: null, startsOn: '2026-03-05' };
  expect(SeriesDraft.safeParse(series).success).toBe(true);
  for (const everyDays of [0, 367, 2.5]) expect(SeriesDraft.safeParse({ ...series, everyDays }).success).toBe(false);
  expect(SeriesDraft.safeParse({ ...series, everyDays: 366 }).success).toBe(true);
  const id = '00000000-0000-7000-8000-000000000001';
  const point = { title: '案例介绍', minutes: 20, leader: '' };
  const of = { topic: '返校第一周', heldOn: '2026-03-05', startsAt: '14:30', place: '会议室', guests: '' };
  const plan = { ...of, memberIds: [id], agenda: [point], entryIds: [] };
  expect(SeminarPlan.safeParse(plan).success).toBe(true);
  expect(SeminarPlan.safeParse({ ...plan, agenda: [] }).success).toBe(false);
  expect(SeminarPlan.safeParse({ ...plan, memberIds: [] }).success).toBe(false);
  expect(SeminarPlan.safeParse({ ...plan, agenda: [{ ...point, minutes: 0 }] }).success).toBe(false);
  const output = { kind: 'paper', title: '家校协同', year: 2026, authors: ['课题组'], status: 'writing', outlet: '', summary: '' };
  const whole = { ...output, link: '', entryIds: [], seminarIds: [] };
  expect(OutputDraft.safeParse(whole).success).toBe(true);
  expect(OutputDraft.safeParse({ ...whole, link: 'https://example.org/a' }).success).toBe(true);
  for (const link of ['javascript:alert(1)', 'ftp://example.org', '网址'])
    expect(OutputDraft.safeParse({ ...whole, link }).success).toBe(false);
  expect(OutputDraft.safeParse({ ...whole, authors: [] }).success).toBe(false);
  expect(OutputDraft.safeParse({ ...whole, year: 26 }).success).toBe(false);
});
