/** Rules on requests about own data, on how long files are kept, and on breaches. Days compare as text. */
import { addDays, addMonths, addMs, type Day, daysBetween, type Instant, isMinorOn, msPerHour } from '../shared/day.ts';
import { moveVerdict } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { type RightMove, rightMoves } from './moves.ts';
import type { PrivacyPack } from './pack.ts';
import type { AskerKind, HoldGround, IdentityProof, RetentionClass, RightKind, RightStatus, StopGround } from './schema.ts';

/** Last day of the answer: the day of receipt is not counted (民法典 201). */
export const answerDueOn = (receivedOn: Day, pack: PrivacyPack): Day => addDays(receivedOn, pack['answer.days']);

/** Days left until the last day; negative when it is over. */
export const daysLeft = (dueOn: Day, today: Day): number => daysBetween(today, dueOn);

/** Kinds whose person must be found: by ID number, or by name and phone together. */
export const searchableVerdict = (draft: {
  readonly subjectIdNumber: string | null;
  readonly subjectPhone: string | null;
}): Verdict<'privacy.person-unclear'> =>
  draft.subjectIdNumber === null && draft.subjectPhone === null ? no('privacy.person-unclear') : yes;

/** Whether what was looked at is enough for who asks: a guardian shows guardianship or the household register, an heir death and kinship. */
export const identityVerdict = (asker: AskerKind, checked: readonly IdentityProof[]): Verdict<'privacy.identity-thin'> => {
  const has = (...any: IdentityProof[]) => any.some((p) => checked.includes(p));
  const oneself = has('id-card', 'known-in-person');
  const enough =
    asker === 'self'
      ? oneself
      : asker === 'guardian'
        ? oneself && has('household-register', 'guardianship')
        : oneself && has('death-certificate') && has('household-register', 'kinship');
  return enough ? yes : no('privacy.identity-thin', { asker });
};

/** Whether a near relative may ask this: PIPL 49 names access, copy, correction and deletion. */
export const kindVerdict = (asker: AskerKind, kind: RightKind): Verdict<'privacy.not-for-heirs'> =>
  asker === 'heir' && (kind === 'withdraw-consent' || kind === 'explain') ? no('privacy.not-for-heirs') : yes;

/** Whether a move may be made now. */
export const rightMoveVerdict = (status: RightStatus, move: RightMove): Verdict<'privacy.moved-on'> =>
  moveVerdict(rightMoves, status, move).ok ? yes : no('privacy.moved-on', { status });

/** Nobody decides alone: the one who decides did not receive it. */
export const deciderVerdict = (request: { readonly receivedBy: string }, selves: readonly string[]): Verdict<'privacy.own-receipt'> =>
  selves.includes(request.receivedBy) ? no('privacy.own-receipt') : yes;

/** A refusal in whole or in part says why, and what the person may do then (PIPL 50; 未成年人网络保护条例 34). */
export const decisionVerdict = (decision: {
  readonly outcome: 'done' | 'partly' | 'refused';
  readonly reason: string;
  readonly route: string;
  readonly answer: string | null;
}): Verdict<'privacy.reason-missing' | 'privacy.answer-missing'> => {
  if (decision.outcome !== 'done' && (decision.reason === '' || decision.route === '')) return no('privacy.reason-missing');
  if (decision.outcome !== 'refused' && (decision.answer === null || decision.answer === '')) return no('privacy.answer-missing');
  return yes;
};

/** What retention looks at. `closedOn` is null while the case is open. */
export type KeptFacts = {
  readonly closedOn: Day | null;
  readonly birthOn: Day | null;
  readonly judicial: boolean;
  readonly extendedUntil: Day | null;
};

const ADULT_AT_MONTHS = 18 * 12;

/** Judicial files and files of those who were minors at the end are kept apart, with terms of their own. */
export const retentionClassOf = (facts: Pick<KeptFacts, 'birthOn' | 'judicial'>, on: Day): RetentionClass =>
  facts.judicial ? 'judicial' : facts.birthOn !== null && isMinorOn(facts.birthOn, on) ? 'minor' : 'adult';

/**
 * Last day of keeping: so many years after the end; of a minor's file, after the eighteenth birthday. An extension counts where it is
 * later. Null while the case is open: its term has not begun.
 */
export const keepUntil = (facts: KeptFacts, pack: PrivacyPack): { readonly retentionClass: RetentionClass; readonly until: Day } | null => {
  if (facts.closedOn === null) return null;
  const retentionClass = retentionClassOf(facts, facts.closedOn);
  const grownUp = retentionClass === 'minor' && facts.birthOn !== null ? addMonths(facts.birthOn, ADULT_AT_MONTHS) : facts.closedOn;
  const from = grownUp > facts.closedOn ? grownUp : facts.closedOn;
  const until = addMonths(from, pack[`retention.${retentionClass}`] * 12);
  return { retentionClass, until: facts.extendedUntil !== null && facts.extendedUntil > until ? facts.extendedUntil : until };
};

/** Why a case may not be deleted yet, in the order in which it is told; none means that it may. The last day of keeping still blocks. */
export const deletionBlocks = (
  facts: KeptFacts & { readonly holds: readonly HoldGround[] },
  pack: PrivacyPack,
  today: Day,
): StopGround[] => {
  const kept = keepUntil(facts, pack);
  const grounds: StopGround[] = [...new Set<StopGround>(facts.holds)];
  if (kept === null) grounds.push('open-case');
  else if (kept.until >= today) grounds.push('retention-term');
  return grounds;
};

/** Whether a closed case may go on a destruction list today. */
export const destructionVerdict = (
  facts: KeptFacts & { readonly holds: readonly HoldGround[] },
  pack: PrivacyPack,
  today: Day,
): Verdict<'privacy.not-due' | 'privacy.on-hold'> => {
  const blocks = deletionBlocks(facts, pack, today);
  if (blocks.some((b) => b !== 'open-case' && b !== 'retention-term')) return no('privacy.on-hold');
  return blocks.length > 0 ? no('privacy.not-due') : yes;
};

/** Nobody appraises and approves the same list. */
export const approverVerdict = (list: { readonly appraisedBy: string }, selves: readonly string[]): Verdict<'privacy.own-appraisal'> =>
  selves.includes(list.appraisedBy) ? no('privacy.own-appraisal') : yes;

/** An extension has a day, and one that lies ahead. */
export const markVerdict = (
  mark: { readonly kind: string; readonly until: string | null },
  today: Day,
): Verdict<'privacy.until-missing'> =>
  mark.kind === 'extension' && (mark.until === null || mark.until <= today) ? no('privacy.until-missing') : yes;

/** By when the authority must have been told of a breach. */
export const noticeDueAt = (foundAt: Instant, pack: PrivacyPack): Instant => addMs(foundAt, pack['breach.noticeHours'] * msPerHour);

/** What a breach still waits for. Where a reason for not telling persons is kept, they need not be told (PIPL 57). */
export const breachWaits = (breach: {
  readonly authorityToldAt: string | null;
  readonly personsToldAt: string | null;
  readonly exemptReason: string | null;
  readonly measures: string;
}): ('authority' | 'persons' | 'measures')[] => [
  ...(breach.authorityToldAt === null ? (['authority'] as const) : []),
  ...(breach.personsToldAt === null && breach.exemptReason === null ? (['persons'] as const) : []),
  ...(breach.measures === '' ? (['measures'] as const) : []),
];

/** Whether the notice to the authority came, or is, too late. */
export const noticeLate = (dueAt: Instant, toldAt: string | null, now: Instant): boolean => Date.parse(toldAt ?? now) > Date.parse(dueAt);

/** Last day on which an impact assessment is kept: at least three years (PIPL 56). */
export const assessmentKeepUntil = (assessedOn: Day, pack: PrivacyPack): Day => addMonths(assessedOn, pack['assessment.keepYears'] * 12);
