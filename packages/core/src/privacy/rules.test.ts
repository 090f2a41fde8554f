import { describe, expect, it } from 'vitest';
import { type Day, day, instant } from '../shared/day.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { rightMoves } from './moves.ts';
import type { PrivacyPack } from './pack.ts';
import {
  answerDueOn,
  assessmentKeepUntil,
  breachWaits,
  daysLeft,
  decisionVerdict,
  deletionBlocks,
  destructionVerdict,
  identityVerdict,
  keepUntil,
  markVerdict,
  noticeDueAt,
  noticeLate,
} from './rules.ts';
import { RightStatus } from './schema.ts';

const pack: PrivacyPack = {
  'answer.days': 30,
  'answer.warnDays': 5,
  'retention.adult': 10,
  'retention.minor': 10,
  'retention.judicial': 30,
  'assessment.keepYears': 3,
  'breach.noticeHours': 4,
};
const file = (more: { closedOn?: Day | null; birthOn?: Day | null; judicial?: boolean; extendedUntil?: Day | null } = {}) => ({
  closedOn: day('2016-03-05'),
  birthOn: null,
  judicial: false,
  extendedUntil: null,
  ...more,
});

describe('the clock of an answer', () => {
  it.each([
    ['2026-03-05', '2026-04-04'],
    ['2026-01-31', '2026-03-02'],
    ['2024-01-30', '2024-02-29'],
  ])('received on %s, due on %s', (received, due) => expect(answerDueOn(day(received), pack)).toBe(due));
  it.each([
    ['2026-04-03', 1],
    ['2026-04-04', 0],
    ['2026-04-05', -1],
  ])('on %s there are %i days left', (today, left) => expect(daysLeft(day('2026-04-04'), day(today))).toBe(left));
});

describe('states', () => {
  it('are all reached, and end in four ways', () => {
    expect([...reachable(rightMoves, 'received')].sort()).toEqual([...RightStatus.options].sort());
    expect(endStates(rightMoves).sort()).toEqual(['done', 'partly', 'refused', 'withdrawn']);
  });
});

describe('who asks', () => {
  it.each([
    ['self', [], false],
    ['self', ['call-back'], false],
    ['self', ['known-in-person'], true],
    ['guardian', ['id-card'], false],
    ['guardian', ['household-register'], false],
    ['guardian', ['id-card', 'guardianship'], true],
    ['heir', ['id-card', 'death-certificate'], false],
    ['heir', ['id-card', 'death-certificate', 'kinship'], true],
  ] as const)('%s with %j: %s', (asker, checked, ok) => expect(identityVerdict(asker, checked).ok).toBe(ok));
});

describe('a decision', () => {
  const said = { outcome: 'done' as const, reason: '', route: '', answer: '已办' };
  it('that grants has an answer', () => {
    expect(decisionVerdict(said).ok).toBe(true);
    expect(decisionVerdict({ ...said, answer: null })).toMatchObject({ code: 'privacy.answer-missing' });
  });
  it('that refuses says why and what one may do then', () => {
    expect(decisionVerdict({ ...said, outcome: 'refused', reason: '理由' })).toMatchObject({ code: 'privacy.reason-missing' });
    expect(decisionVerdict({ ...said, outcome: 'refused', route: '途径' })).toMatchObject({ code: 'privacy.reason-missing' });
    expect(decisionVerdict({ ...said, outcome: 'refused', reason: '理由', route: '途径', answer: null }).ok).toBe(true);
    expect(decisionVerdict({ ...said, outcome: 'partly', reason: '理由', route: '途径', answer: '' })).toMatchObject({
      code: 'privacy.answer-missing',
    });
  });
});

describe('how long a file is kept', () => {
  it.each([
    ['an adult’s', file(), 'adult', '2026-03-05'],
    ['one closed on 29 February', file({ closedOn: day('2016-02-29') }), 'adult', '2026-02-28'],
    ['one whose person was 18 on the day', file({ birthOn: day('1998-03-05') }), 'adult', '2026-03-05'],
    ['one whose person was a day younger', file({ birthOn: day('1998-03-06') }), 'minor', '2026-03-06'],
    ['a child’s', file({ birthOn: day('2010-06-01') }), 'minor', '2038-06-01'],
    ['a judicial one of a child', file({ birthOn: day('2010-06-01'), judicial: true }), 'judicial', '2046-03-05'],
    ['an extended one', file({ extendedUntil: day('2030-01-01') }), 'adult', '2030-01-01'],
    ['one whose extension ended before the term', file({ extendedUntil: day('2020-01-01') }), 'adult', '2026-03-05'],
  ])('%s', (_, facts, retentionClass, until) => expect(keepUntil(facts, pack)).toEqual({ retentionClass, until }));
  it('has no term while it is open', () => expect(keepUntil(file({ closedOn: null }), pack)).toBeNull());
});

describe('what blocks a deletion', () => {
  const on = (today: string, more: Parameters<typeof file>[0] = {}, holds: readonly ('judicial' | 'mandatory-report')[] = []) =>
    deletionBlocks({ ...file(more), holds }, pack, day(today));
  it('is the term, its last day included', () => {
    expect([on('2026-03-04'), on('2026-03-05'), on('2026-03-06')]).toEqual([['retention-term'], ['retention-term'], []]);
  });
  it('is an open case, a mandatory report, a court', () => {
    expect(on('2026-03-06', { closedOn: null })).toEqual(['open-case']);
    expect(on('2026-03-06', {}, ['mandatory-report', 'judicial', 'judicial'])).toEqual(['mandatory-report', 'judicial']);
    expect(on('2026-03-05', {}, ['judicial'])).toEqual(['judicial', 'retention-term']);
  });
  it('keeps a file off the list of destruction', () => {
    const verdict = (today: string, holds: readonly 'judicial'[]) => destructionVerdict({ ...file(), holds }, pack, day(today));
    expect(verdict('2026-03-06', []).ok).toBe(true);
    expect(verdict('2026-03-05', [])).toMatchObject({ code: 'privacy.not-due' });
    expect(verdict('2026-03-06', ['judicial'])).toMatchObject({ code: 'privacy.on-hold' });
  });
  it('an extension ends after today', () => {
    expect(markVerdict({ kind: 'extension', until: null }, day('2026-03-05')).ok).toBe(false);
    expect(markVerdict({ kind: 'extension', until: '2026-03-05' }, day('2026-03-05')).ok).toBe(false);
    expect(markVerdict({ kind: 'extension', until: '2026-03-06' }, day('2026-03-05')).ok).toBe(true);
    expect(markVerdict({ kind: 'hold', until: null }, day('2026-03-05')).ok).toBe(true);
  });
});

describe('a breach', () => {
  const due = noticeDueAt(instant('2026-03-05T22:00:00.000Z'), pack);
  it('is told to the authority within its hours, the last moment included', () => {
    expect(due).toBe('2026-03-06T02:00:00.000Z');
    expect(noticeLate(due, '2026-03-06T02:00:00.000Z', instant('2026-03-09T00:00:00.000Z'))).toBe(false);
    expect(noticeLate(due, '2026-03-06T02:00:00.001Z', instant('2026-03-09T00:00:00.000Z'))).toBe(true);
    expect(noticeLate(due, null, instant('2026-03-06T02:00:00.001Z'))).toBe(true);
  });
  it('waits for notice, persons and measures; persons need not be told where a reason is kept', () => {
    const one = { authorityToldAt: null, personsToldAt: null, exemptReason: null, measures: '' };
    expect(breachWaits(one)).toEqual(['authority', 'persons', 'measures']);
    expect(breachWaits({ ...one, authorityToldAt: 'x', exemptReason: '未造成危害', measures: '已撤回' })).toEqual([]);
  });
});

it('an assessment is kept three years', () => {
  expect(assessmentKeepUntil(day('2024-02-29'), pack)).toBe('2027-02-28');
});
