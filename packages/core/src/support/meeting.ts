/** Rules of a conference's time: which slot suits best and why, whether the client may come. Pure. */
import { z } from 'zod';
import { dayOf, type Instant, weekdayOf } from '../shared/day.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { type PanelExpert, PanelFacts } from './panel.ts';

/** An answer to one slot. */
export const SlotAnswer = z.enum(['yes', 'if-need-be', 'no']);
export type SlotAnswer = z.infer<typeof SlotAnswer>;

/** Somebody who is asked for a time. */
export type PollVoter = {
  readonly personId: string;
  readonly name: string;
  readonly required: boolean;
  /** In the order of the slots; null where the person has not answered. */
  readonly answers: readonly SlotAnswer[] | null;
  /** What is known of an expert's days; null for others. */
  readonly availability: Pick<PanelExpert, 'weekdays' | 'away' | 'termFrom' | 'termTo'> | null;
};

/** Why a slot stands where it stands. */
export const SlotReason = z.object({
  code: z.enum(['all-required', 'required-cannot', 'required-silent', 'away', 'weekday', 'counts']),
  facts: PanelFacts,
});
export type SlotReason = z.infer<typeof SlotReason>;

/** A slot with its count and its reasons. */
export type RankedSlot = {
  readonly at: Instant;
  readonly yes: number;
  readonly ifNeedBe: number;
  readonly no: number;
  readonly silent: number;
  readonly reasons: readonly SlotReason[];
};

const unavailable = (voter: PollVoter, at: Instant): 'away' | 'weekday' | null => {
  const known = voter.availability;
  if (known === null) return null;
  const d = dayOf(at);
  if (known.away.some((a) => d >= a.from && d <= a.to)) return 'away';
  return known.weekdays.includes(weekdayOf(d)) ? null : 'weekday';
};

/**
 * Slots, the best first (本平台默认): the fewest required people who cannot; then the fewest who cannot at all; the fewest who are silent
 * and away or not free on that weekday by what they registered; the fewest silent; the most who said yes; the earliest. An answer
 * outweighs what is registered: who says yes on a day away comes.
 */
export const rankSlots = (slots: readonly Instant[], voters: readonly PollVoter[]): RankedSlot[] => {
  const judged = slots.map((at, i) => {
    const answered = (answer: SlotAnswer) => voters.filter((v) => v.answers?.[i] === answer);
    const cannot = answered('no');
    const silent = voters.filter((v) => v.answers === null);
    const away = silent.filter((v) => unavailable(v, at) === 'away');
    const weekday = silent.filter((v) => unavailable(v, at) === 'weekday');
    const requiredCannot = cannot.filter((v) => v.required);
    const requiredSilent = silent.filter((v) => v.required);
    return { at, yes: answered('yes'), ifNeedBe: answered('if-need-be'), cannot, silent, away, weekday, requiredCannot, requiredSilent };
  });
  const names = (of: readonly PollVoter[]) => of.map((v) => v.name);
  return [...judged]
    .sort(
      (a, b) =>
        a.requiredCannot.length - b.requiredCannot.length ||
        a.cannot.length - b.cannot.length ||
        a.away.length + a.weekday.length - (b.away.length + b.weekday.length) ||
        a.silent.length - b.silent.length ||
        b.yes.length - a.yes.length ||
        Date.parse(a.at) - Date.parse(b.at),
    )
    .map((s) => {
      const reasons: SlotReason[] = [];
      const required = voters.filter((v) => v.required);
      if (s.requiredCannot.length > 0) reasons.push({ code: 'required-cannot', facts: { names: names(s.requiredCannot) } });
      else if (s.requiredSilent.length > 0) reasons.push({ code: 'required-silent', facts: { names: names(s.requiredSilent) } });
      else if (required.length > 0) reasons.push({ code: 'all-required', facts: { people: required.length } });
      if (s.away.length > 0) reasons.push({ code: 'away', facts: { names: names(s.away) } });
      if (s.weekday.length > 0) reasons.push({ code: 'weekday', facts: { names: names(s.weekday) } });
      reasons.push({
        code: 'counts',
        facts: { yes: s.yes.length, ifNeedBe: s.ifNeedBe.length, no: s.cannot.length, silent: s.silent.length },
      });
      return { at: s.at, yes: s.yes.length, ifNeedBe: s.ifNeedBe.length, no: s.cannot.length, silent: s.silent.length, reasons };
    });
};

/** Whether a question for a time may be asked: slots that differ and lie ahead, a deadline before the first of them. */
export const pollVerdict = (
  slots: readonly Instant[],
  deadline: Instant,
  now: Instant,
): Verdict<'support.slots-twice' | 'support.slot-past' | 'support.poll-deadline-late' | 'support.deadline-past'> => {
  const times = slots.map((s) => Date.parse(s));
  if (new Set(times).size !== times.length) return no('support.slots-twice');
  if (times.some((s) => s <= Date.parse(now))) return no('support.slot-past');
  if (Date.parse(deadline) <= Date.parse(now)) return no('support.deadline-past');
  return Date.parse(deadline) < Math.min(...times) ? yes : no('support.poll-deadline-late');
};

/**
 * Whether the client may come to a conference (LH-19): a live consent for attending; for a minor one that a guardian signed, and the
 * guardian comes along.
 */
export const attendanceVerdict = (facts: {
  readonly consentLives: boolean;
  readonly minor: boolean;
  readonly signedBy: string;
  readonly companion: string;
}): Verdict<'support.attendance-consent-missing' | 'support.guardian-needed'> => {
  if (!facts.consentLives) return no('support.attendance-consent-missing');
  if (!facts.minor) return yes;
  // „本人" alone is no guardian's signature; a guardian signs with name or relation.
  return facts.signedBy.trim() === '本人' || facts.companion.trim() === '' ? no('support.guardian-needed') : yes;
};

/** Figures of the rule pack `expert-time`. */
export const ExpertTimePack = z.object({
  /** Minutes. */
  'conference.minutes': z.int().min(15).max(480),
  /** Hours. */
  'conference.listedHours': z.int().min(1),
  'opinion.minutes': z.int().min(1).max(120),
});
export type ExpertTimePack = z.infer<typeof ExpertTimePack>;
