/** Mail: what may be sent at once, when the day's digest goes, how often a mail is tried. Pure; figures come from the rule pack. */
import { z } from 'zod';
import { TimeOfDay } from '../shared/day.ts';

/** Groups of messages that a person may want at once; everything else waits for the day's digest. */
export const MailTopic = z.enum(['crisis', 'invitation', 'conference', 'cancellation', 'poll']);
export type MailTopic = z.infer<typeof MailTopic>;

/** What goes at once unless the person says otherwise (本平台默认). */
export const defaultTopics: readonly MailTopic[] = ['crisis', 'invitation', 'conference', 'cancellation'];

const TOPICS: Readonly<Record<string, MailTopic>> = {
  'support.crisis': 'crisis',
  'support.crisis-escalated': 'crisis',
  'support.invited': 'invitation',
  'support.invitation-revoked': 'invitation',
  'support.poll-opened': 'poll',
  'support.conference-planned': 'conference',
  'support.conference-moved': 'conference',
  'support.conference-cancelled': 'cancellation',
};

/** The group of a kind of message; undefined where it only ever comes in the digest. */
export const topicOf = (kind: string): MailTopic | undefined => TOPICS[kind];

/** Kinds that carry a calendar entry: their room sends them itself. */
export const calendarKinds: readonly string[] = ['support.conference-planned', 'support.conference-moved', 'support.conference-cancelled'];

/** Records of which no mail speaks, not even by number: a mailbox would tell who reported, or that a sealed file was opened. */
export const neverMailed: readonly string[] = ['report', 'sealed-file', 'query-letter'];

/** Figures of the rule pack `mail`. */
export const MailPack = z.object({
  'digest.at': TimeOfDay,
  /** Minutes after each failed attempt. */
  'retry.minutes': z.array(z.int().min(1)).min(1),
  'code.minutes': z.int().min(1),
  'code.tries': z.int().min(1),
});
export type MailPack = z.infer<typeof MailPack>;

/** When to try again after so many attempts; null: no more. */
export const nextTry = (attempts: number, now: Date, pack: Pick<MailPack, 'retry.minutes'>): Date | null => {
  const minutes = pack['retry.minutes'][attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
};

/** An address as its owner recognises it: the first letter, then the domain. */
export const maskedAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
};
