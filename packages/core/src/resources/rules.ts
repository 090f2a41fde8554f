import type { ConsentPurpose, PacketField, ReceiverKind } from '../cases/schema.ts';
import { addDays, type Day, formatDay } from '../shared/day.ts';
import { namesReceiver } from '../shared/receiver.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';

/** A policy or resource ends on its first day or later; no end is given where it runs until further notice. */
export const validityVerdict = (validity: {
  readonly validFrom: string;
  readonly validTo: string | null;
}): Verdict<'resources.validity-backwards'> =>
  validity.validTo === null || validity.validTo >= validity.validFrom ? yes : no('resources.validity-backwards');

/** What is known of whether somebody may be referred to it now; null where nobody said. */
export type Intake = {
  readonly intake: 'open' | 'closed' | null;
  /** The last day for which that was said. */
  readonly intakeUntil: string | null;
  readonly places: number | null;
};
export type IntakeState = { readonly takes: 'yes' | 'no' | 'unknown'; readonly says: string };

/** Whether it takes referrals today. What was said until a day that is over is no longer known. */
export const intakeState = (facts: Intake, today: string): IntakeState => {
  const { intake, intakeUntil, places } = facts;
  if (intake === null) return { takes: 'unknown', says: '没有登记是否接收，请先问' };
  const until = intakeUntil === null ? '' : formatDay(intakeUntil as Day);
  if (intakeUntil !== null && intakeUntil < today) return { takes: 'unknown', says: `上次说到${until}为止，请先问` };
  if (intake === 'closed') return { takes: 'no', says: until === '' ? '现在不接收' : `不接收，至${until}` };
  if (places === 0) return { takes: 'no', says: '名额已满' };
  return { takes: 'yes', says: `正在接收${until === '' ? '' : `，至${until}`}${places === null ? '' : `，余 ${places} 个名额`}` };
};

/** Whether somebody has to look at it again: its day of review has come, or it ends within the lead time. What has ended is done with. */
export const needsReview = (
  facts: { readonly reviewOn: string | null; readonly validTo: string | null },
  today: Day,
  leadDays: number,
): boolean => {
  if (facts.validTo !== null && facts.validTo < today) return false;
  return (facts.reviewOn !== null && facts.reviewOn <= today) || (facts.validTo !== null && facts.validTo <= addDays(today, leadDays));
};

/** The next review lies ahead. */
export const reviewVerdict = (nextOn: string, today: string): Verdict<'resources.review-past'> =>
  nextOn > today ? yes : no('resources.review-past', { nextOn });

/** What was said of intake holds today at least. */
export const intakeVerdict = (until: string | null, today: string): Verdict<'resources.intake-past'> =>
  until === null || until >= today ? yes : no('resources.intake-past', { until });

/** A span of days of an agreement or of a liaison person ends on its first day or later. */
export const spanVerdict = (span: { readonly fromDay: string; readonly toDay: string | null }): Verdict<'resources.span-backwards'> =>
  span.toDay === null || span.toDay >= span.fromDay ? yes : no('resources.span-backwards');

type ConsentFacts = {
  readonly receiver: string;
  readonly receiverKind: ReceiverKind | null;
  readonly receiverId: string | null;
  readonly purpose: ConsentPurpose;
  readonly fields: readonly PacketField[];
  readonly grantedOn: string;
  readonly expiresOn: string | null;
  readonly withdrawnOn: string | null;
};

/** Whether a consent is for a partner: the one of the register that it names, else by its words; words of an organisation may mean a partner. */
export const isForPartner = (
  consent: Pick<ConsentFacts, 'receiver' | 'receiverKind' | 'receiverId'>,
  partner: { readonly id: string; readonly name: string },
): boolean => {
  if (consent.receiverId !== null) return consent.receiverKind === 'partner' && consent.receiverId === partner.id;
  if (consent.receiverKind === null || consent.receiverKind === 'public' || consent.receiverKind === 'expert') return false;
  return namesReceiver(consent.receiver, partner.name);
};

/** Why a referral is not made. */
export type ReferralRefusal =
  | 'resources.partner-stopped'
  | 'resources.until-past'
  | 'resources.consent-missing'
  | 'resources.consent-receiver-unnamed'
  | 'resources.consent-other-receiver'
  | 'resources.consent-too-narrow'
  | 'resources.consent-too-short';

/** Whether a referral may go out: to a partner that works along, until a day ahead, under a live consent that names it and every part. */
export const referralVerdict = (facts: {
  readonly partner: { readonly id: string; readonly name: string; readonly active: boolean };
  readonly consent: ConsentFacts | undefined;
  readonly consentLives: boolean;
  readonly fields: readonly PacketField[];
  readonly until: string;
  readonly today: string;
}): Verdict<ReferralRefusal> => {
  const { partner, consent, until, today } = facts;
  if (!partner.active) return no('resources.partner-stopped');
  if (until < today) return no('resources.until-past', { until });
  if (consent === undefined || consent.purpose !== 'referral' || !facts.consentLives) return no('resources.consent-missing');
  if (consent.receiverKind === null) return no('resources.consent-receiver-unnamed');
  if (!isForPartner(consent, partner)) return no('resources.consent-other-receiver', { receiver: consent.receiver });
  const missing = facts.fields.filter((f) => !consent.fields.includes(f));
  if (missing.length > 0) return no('resources.consent-too-narrow', { missing });
  if (consent.expiresOn !== null && consent.expiresOn < until) return no('resources.consent-too-short', { expiresOn: consent.expiresOn });
  return yes;
};

/** The partner's answer lies between the day of sending and today. */
export const answeredVerdict = (answeredOn: string, sentOn: string, today: string): Verdict<'resources.answer-day'> =>
  answeredOn >= sentOn && answeredOn <= today ? yes : no('resources.answer-day', { sentOn });

/** States of a request in which a resource may be linked: the centre begins the support, the asker goes on with it. */
export const mayLink = (status: string, centre: boolean): boolean =>
  status === 'supporting' || status === 'following' || (centre && status === 'matching');

/** Whether a request may be referred to a partner: while somebody works on it. */
export const mayRefer = (status: string): boolean =>
  ['submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'].includes(status);

const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, inOrder(one)]),
  );
};

/** Whether two values say the same, whatever the order of their keys: the database keeps keys in its own. */
export const alike = (a: unknown, b: unknown): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
