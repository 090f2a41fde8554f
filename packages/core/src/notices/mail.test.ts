import { expect, test } from 'vitest';
import { calendarKinds, defaultTopics, maskedAddress, nextTry, topicOf } from './mail.ts';

test('a mail is tried after each pause of the pack, and no more after the last', () => {
  const now = new Date('2026-03-05T02:00:00.000Z');
  const pack = { 'retry.minutes': [1, 5] };
  expect(nextTry(1, now, pack)?.toISOString()).toBe('2026-03-05T02:01:00.000Z');
  expect(nextTry(2, now, pack)?.toISOString()).toBe('2026-03-05T02:05:00.000Z');
  expect(nextTry(3, now, pack)).toBeNull();
});

test('crisis, invitation and cancellation go at once unless somebody says otherwise; ordinary news never', () => {
  for (const kind of ['support.crisis', 'support.invited', 'support.conference-cancelled']) expect(defaultTopics).toContain(topicOf(kind));
  expect(topicOf('support.opinion-given')).toBeUndefined();
  expect(calendarKinds.every((kind) => topicOf(kind) !== undefined)).toBe(true);
});

test('of an address the first letter and the domain are shown', () => {
  expect(maskedAddress('zhang.san@posthaus.example')).toBe('z***@posthaus.example');
});
