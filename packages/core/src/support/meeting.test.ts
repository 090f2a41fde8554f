import { expect, test } from 'vitest';
import { type Day, day, type Instant, instant } from '../shared/day.ts';
import { attendanceVerdict, type PollVoter, pollVerdict, rankSlots } from './meeting.ts';

// Wednesday 11, Thursday 12 and Friday 13 March 2026, ten o'clock in Shanghai.
const [WED, THU, FRI] = ['2026-03-11', '2026-03-12', '2026-03-13'].map((d) => instant(`${d}T02:00:00.000Z`)) as [Instant, Instant, Instant];
const voter = (name: string, answers: PollVoter['answers'], more: Partial<PollVoter> = {}): PollVoter => ({
  personId: name,
  name,
  required: true,
  answers,
  availability: null,
  ...more,
});
const order = (voters: PollVoter[], slots = [WED, THU, FRI]) => rankSlots(slots, voters).map((s) => s.at);

test('a required person who cannot outweighs any number of others', () => {
  const easy = (name: string) => voter(name, ['yes', 'no', 'no'], { required: false });
  expect(order([voter('甲', ['no', 'if-need-be', 'yes']), easy('乙'), easy('丙')])[2]).toBe(WED);
});

test('of slots that suit alike more yes wins, then the earlier', () => {
  expect(order([voter('甲', ['if-need-be', 'yes', 'yes'])])).toEqual([THU, FRI, WED]);
  expect(order([voter('甲', ['yes', 'yes', 'yes'])], [FRI, WED, THU])).toEqual([WED, THU, FRI]);
});

test('who is silent counts by the days that were registered; an answer outweighs them', () => {
  const registered = {
    weekdays: [3, 4],
    away: [{ from: day('2026-03-11'), to: day('2026-03-11') }],
    termFrom: '2026-01-01' as Day,
    termTo: null,
  };
  const silent = voter('甲', null, { availability: registered });
  // Away on Wednesday, no working day of the expert's on Friday.
  expect(order([silent])).toEqual([THU, WED, FRI]);
  const [best, second, third] = rankSlots([WED, THU, FRI], [silent]);
  expect(best?.reasons.map((r) => r.code)).toEqual(['required-silent', 'counts']);
  expect(second?.reasons.map((r) => r.code)).toEqual(['required-silent', 'away', 'counts']);
  expect(third?.reasons.map((r) => r.code)).toEqual(['required-silent', 'weekday', 'counts']);
  expect(order([voter('甲', ['yes', 'no', 'no'], { availability: registered })])[0]).toBe(WED);
});

test('says that all who are required can come; and with nobody asked says no such thing', () => {
  const [best] = rankSlots([WED, THU], [voter('甲', ['yes', 'no']), voter('乙', ['if-need-be', 'yes'])]);
  expect(best).toMatchObject({ at: WED, yes: 1, ifNeedBe: 1, no: 0, silent: 0 });
  expect(best?.reasons[0]).toEqual({ code: 'all-required', facts: { people: 2 } });
  expect(rankSlots([WED], [])[0]?.reasons.map((r) => r.code)).toEqual(['counts']);
});

test('a question names different slots ahead, and ends before the first', () => {
  const now = instant('2026-03-10T02:00:00.000Z');
  const ask = (slots: Instant[], deadline: string) => {
    const verdict = pollVerdict(slots, instant(deadline), now);
    return verdict.ok ? 'yes' : verdict.code;
  };
  expect(ask([WED, THU], '2026-03-11T01:59:59.999Z')).toBe('yes');
  expect(ask([WED, THU], WED)).toBe('support.poll-deadline-late');
  expect(ask([WED, WED], '2026-03-10T10:00:00.000Z')).toBe('support.slots-twice');
  expect(ask([now, WED], '2026-03-10T10:00:00.000Z')).toBe('support.slot-past');
  expect(ask([WED, THU], now)).toBe('support.deadline-past');
});

test('a client comes with consent; a minor with a guardian’s signature and company', () => {
  const may = (over: object) => {
    const verdict = attendanceVerdict({ consentLives: true, minor: false, signedBy: '本人', companion: '', ...over });
    return verdict.ok ? 'yes' : verdict.code;
  };
  expect(may({})).toBe('yes');
  expect(may({ consentLives: false })).toBe('support.attendance-consent-missing');
  expect(may({ minor: true, companion: '母亲' })).toBe('support.guardian-needed');
  expect(may({ minor: true, signedBy: '母亲', companion: ' ' })).toBe('support.guardian-needed');
  expect(may({ minor: true, signedBy: '母亲', companion: '母亲' })).toBe('yes');
});
