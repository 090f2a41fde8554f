import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { SealStatus } from './schema.ts';

/** Why an act on a sealed file is refused. */
export type SealRefusal =
  | 'sealing.moved-on'
  | 'sealing.same-person'
  | 'sealing.in-future'
  | 'sealing.letter-over'
  | 'sealing.no-scan'
  | 'sealing.decided'
  | 'sealing.too-long';

/** A second person decides what another proposed, and only while it waits. */
export const decisionVerdict = (facts: {
  readonly status: SealStatus;
  readonly waits: 'proposed' | 'unseal-proposed';
  readonly proposedByMe: boolean;
}): Verdict<'sealing.moved-on' | 'sealing.same-person'> => {
  if (facts.status !== facts.waits) return no('sealing.moved-on', { status: facts.status });
  return facts.proposedByMe ? no('sealing.same-person') : yes;
};

/** Whether a letter can be registered: the file is sealed, the letter was written, and its time lies ahead and is not longer than the rule allows. */
export const letterVerdict = (facts: {
  readonly status: SealStatus;
  readonly letterOn: string;
  readonly untilDay: string;
  readonly hours: number;
  readonly longest: number;
  readonly today: string;
}): Verdict<'sealing.moved-on' | 'sealing.in-future' | 'sealing.letter-over' | 'sealing.too-long'> => {
  if (facts.status !== 'sealed') return no('sealing.moved-on', { status: facts.status });
  if (facts.letterOn > facts.today) return no('sealing.in-future');
  if (facts.untilDay < facts.today) return no('sealing.letter-over');
  return facts.hours > facts.longest ? no('sealing.too-long', { longest: facts.longest }) : yes;
};

/** One of the two approvals of a letter: not by who registered it, one for each role, with the letter's picture at hand, within its days. */
export const approvalVerdict = (facts: {
  readonly status: string;
  readonly scanned: boolean;
  readonly registeredByMe: boolean;
  readonly roleDone: boolean;
  readonly untilDay: string;
  readonly today: string;
}): Verdict<SealRefusal> => {
  if (facts.status !== 'registered' || facts.roleDone) return no('sealing.decided');
  if (facts.registeredByMe) return no('sealing.same-person');
  if (!facts.scanned) return no('sealing.no-scan');
  return facts.untilDay < facts.today ? no('sealing.letter-over') : yes;
};

/** When an approved letter closes: after its hours, and never after its last day (Asia/Shanghai). */
export const closesAt = (openedAt: string, hours: number, untilDay: string): string => {
  const byHours = Date.parse(openedAt) + hours * 3_600_000;
  const byDay = Date.parse(`${untilDay}T24:00:00+08:00`);
  return new Date(Math.min(byHours, byDay)).toISOString();
};
