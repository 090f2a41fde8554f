/** Rules of the stages of a case (SM-1). Days compare as text. */
import { addDays, type Day } from '../shared/day.ts';
import { movesFrom, moveVerdict } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { type CaseMove, caseMoves } from './moves.ts';
import type { CasesPack } from './pack.ts';
import type { Agreement, CaseStage, CaseStep, ClosingKind, Goal, IntakeDecision, PaperStatus, StageAct } from './stageSchema.ts';

const ENDED: readonly CaseStage[] = ['declined', 'closed', 'archived'];

/** Whether a case at this stage is worked on: what every other room means by open. */
export const statusOfStage = (stage: CaseStage): 'open' | 'closed' => (ENDED.includes(stage) ? 'closed' : 'open');

const STEPS: Readonly<Record<Exclude<CaseStage, 'paused'>, CaseStep>> = {
  intake: 'intake',
  declined: 'intake',
  assessment: 'assessment',
  planning: 'plan',
  'plan-signing': 'plan',
  intervention: 'intervention',
  evaluation: 'evaluation',
  'closing-signing': 'closing',
  closed: 'closing',
  archived: 'closing',
};

/** The step of the six at which a case stands; a paused one stands where it was paused. */
export const stepOfStage = (stage: CaseStage, before: CaseStage | null): CaseStep => {
  const at = stage === 'paused' ? (before ?? 'intake') : stage;
  return at === 'paused' ? 'intake' : STEPS[at];
};

/** Why a case does not move. */
export type StageRefusal = 'cases.stage-moved-on';

/** Moves after which the case goes back to where it came from. */
const BACK: readonly CaseMove[] = ['resume', 'return-closing', 'take-back-closing'];

/** Where a move leads from here; `before` is where a pause or a closing came from, `accepted` whether the case was ever taken on. */
export const stageAfter = (
  at: { readonly stage: CaseStage; readonly before: CaseStage | null; readonly accepted: boolean },
  move: CaseMove,
): Verdict<StageRefusal> & { readonly to: CaseStage } => {
  const ends = Object.hasOwn(caseMoves, move) ? caseMoves[move].to : [];
  const to: CaseStage =
    typeof ends === 'string'
      ? ends
      : BACK.includes(move)
        ? (at.before ?? at.stage)
        : move === 'reopen'
          ? at.accepted
            ? 'assessment'
            : 'intake'
          : at.stage;
  const verdict = moveVerdict(caseMoves, at.stage, move, to);
  return { ...(verdict.ok ? yes : no('cases.stage-moved-on', { stage: at.stage, move })), to };
};

/**
 * Whether an act of the worker belongs to the stage at all. At intake the way into a crisis is one of the decisions, which says where the
 * case comes from; later it is an act of its own.
 */
export const actVerdict = (stage: CaseStage, act: StageAct['move'], move: CaseMove): Verdict<StageRefusal> =>
  (act === 'decide-intake' && stage !== 'intake') || (act === 'crisis' && stage === 'intake')
    ? no('cases.stage-moved-on', { stage, move })
    : yes;

const SIGNING: readonly CaseMove[] = ['sign-plan', 'return-plan', 'sign-closing', 'return-closing'];

/** How somebody stands towards a case: works on it, heads its station, was asked to sign, wrote the paper or carries the case. */
export type CaseStanding = { readonly writes: boolean; readonly heads: boolean; readonly asked: boolean; readonly own: boolean };

/** Who makes a move: the work is of those who work on the case, the signature of the head or of whoever was asked, never of the author. */
export const standingVerdict = (move: CaseMove, at: CaseStanding): Verdict<'cases.not-theirs' | 'cases.signer-is-author'> => {
  if (!SIGNING.includes(move)) return at.writes ? yes : no('cases.not-theirs');
  if (!at.heads && !at.asked) return no('cases.not-theirs');
  return at.own ? no('cases.signer-is-author') : yes;
};

/**
 * Whether everybody who must sign has signed, on paper or by hand on the screen, and not after today; `changed` signed by hand another version
 * of the plan.
 */
export const agreementVerdict = (
  agreement: Agreement,
  mustSign: readonly string[],
  today: string,
  byHand: { readonly signed: readonly string[]; readonly changed: readonly string[] } = { signed: [], changed: [] },
): Verdict<'cases.signature-missing' | 'cases.signature-in-future'> => {
  const missing = mustSign.filter((who) => !byHand.signed.includes(who) && !agreement.signers.some((s) => s.who === who));
  if (missing.length > 0) return no('cases.signature-missing', { missing, changed: missing.filter((who) => byHand.changed.includes(who)) });
  return agreement.signers.some((s) => s.signedOn > today) ? no('cases.signature-in-future') : yes;
};

/** A plan that is sent for signing is not over yet. */
export const planVerdict = (plan: { readonly endsOn: string }, today: string): Verdict<'cases.plan-over'> =>
  plan.endsOn < today ? no('cases.plan-over', { endsOn: plan.endsOn }) : yes;

/** Nobody signs the own work: neither who wrote it nor who carries the case, nor who stands in for them today. */
export const signerVerdict = (
  paper: { readonly authorId: string; readonly workerId: string },
  selves: readonly string[],
): Verdict<'cases.signer-is-author'> =>
  selves.includes(paper.authorId) || selves.includes(paper.workerId) ? no('cases.signer-is-author') : yes;

/** Whether a paper still waits for its signature. */
export const waitingVerdict = (status: PaperStatus): Verdict<'cases.paper-moved-on'> =>
  status === 'sent' ? yes : no('cases.paper-moved-on', { status });

/** What a decision at intake does to the case. */
export const moveOfDecision = (decision: IntakeDecision): CaseMove => decision;

/** What keeps a case from being closed whatever its kind: a request that runs, a danger that is not over. */
export const closableVerdict = (facts: {
  readonly openRequests: number;
  readonly openAlarms: number;
}): Verdict<'cases.request-live' | 'cases.alarm-open'> => {
  if (facts.openAlarms > 0) return no('cases.alarm-open', { count: facts.openAlarms });
  return facts.openRequests > 0 ? no('cases.request-live') : yes;
};

/** Whether the closing may be proposed: what is owed has been written, no request runs, and reached goals have been measured. */
export const closingVerdict = (facts: {
  readonly kind: ClosingKind;
  readonly stage: CaseStage;
  readonly evaluated: boolean;
  readonly assessmentOwed: boolean;
  readonly openRequests: number;
  /** Records of a crisis or of violence at home that are not closed. */
  readonly openAlarms: number;
  readonly followUpOn: string | null;
  readonly today: string;
}): Verdict<'cases.assessment-owed' | 'cases.request-live' | 'cases.alarm-open' | 'cases.goals-not-evaluated' | 'cases.day-past'> => {
  const live = closableVerdict(facts);
  if (!live.ok) return live;
  // Nobody can be assessed who has died or cannot be found.
  if (facts.assessmentOwed && facts.kind !== 'died' && facts.kind !== 'lost') return no('cases.assessment-owed');
  if (facts.kind === 'achieved' && (facts.stage !== 'evaluation' || !facts.evaluated)) return no('cases.goals-not-evaluated');
  return facts.followUpOn !== null && facts.followUpOn <= facts.today ? no('cases.day-past', { day: facts.followUpOn }) : yes;
};

/** Whether a pause has a day to look again, ahead and not too far. */
export const pauseVerdict = (lookAgainOn: string, today: Day, pack: CasesPack): Verdict<'cases.day-past' | 'cases.pause-too-long'> => {
  if (lookAgainOn <= today) return no('cases.day-past', { day: lookAgainOn });
  const latest = addDays(today, pack['pause.longestDays']);
  return lookAgainOn > latest ? no('cases.pause-too-long', { latest }) : yes;
};

/** Whether a follow-up fits: after the closing, not ahead of today, and the next one ahead. */
export const followUpVerdict = (
  visit: { readonly happenedOn: string; readonly nextOn: string | null },
  closedOn: string | null,
  today: string,
): Verdict<'cases.note-in-future' | 'cases.before-closing' | 'cases.day-past'> => {
  if (visit.happenedOn > today) return no('cases.note-in-future', { happenedOn: visit.happenedOn, today });
  if (closedOn !== null && visit.happenedOn < closedOn) return no('cases.before-closing', { closedOn });
  return visit.nextOn !== null && visit.nextOn <= today ? no('cases.day-past', { day: visit.nextOn }) : yes;
};

/** Whether a case may be archived: no follow-up is still to be made. */
export const archiveVerdict = (nextFollowUpOn: string | null): Verdict<'cases.follow-up-outstanding'> =>
  nextFollowUpOn === null ? yes : no('cases.follow-up-outstanding', { day: nextFollowUpOn });

/** Day by which the assessment is owed after the crisis lane. */
export const assessmentDueOn = (today: Day, pack: CasesPack): Day => addDays(today, pack['crisis.assessmentDays']);

/** Whether an evaluation speaks of every goal of the plan that was signed, and of no other. */
export const measuresVerdict = (
  goals: readonly Pick<Goal, 'key'>[],
  measures: readonly { readonly key: string }[],
): Verdict<'cases.goals-differ'> => {
  const said = measures.map((m) => m.key);
  return goals.length === said.length && goals.every((g) => said.includes(g.key)) ? yes : no('cases.goals-differ');
};

/** How far a goal has come, in whole percent between baseline and target; beyond them it stays at 0 and 100. */
export const goalProgress = (
  goal: Pick<Goal, 'baseline' | 'target' | 'direction'>,
  now: number | null,
): { readonly percent: number; readonly reached: boolean } | null => {
  if (now === null) return null;
  const reached = goal.direction === 'up' ? now >= goal.target : now <= goal.target;
  const way = goal.target - goal.baseline;
  const percent = way === 0 ? (reached ? 100 : 0) : Math.round(((now - goal.baseline) / way) * 100);
  // 99.6 is not there yet.
  return { percent: reached ? 100 : Math.min(99, Math.max(0, percent)), reached };
};

/** Why a case is not handed over. */
export type HandoverRefusal = 'cases.handover-same' | 'cases.handover-other-station' | 'cases.handover-running' | 'cases.archived';

/** Whether a case may go to somebody: a colleague of the station, not its worker, once at a time, and not out of the archive. */
export const handoverVerdict = (facts: {
  readonly stage: CaseStage;
  readonly isWorker: boolean;
  readonly ofStation: boolean;
  readonly running: boolean;
}): Verdict<HandoverRefusal> => {
  if (facts.stage === 'archived') return no('cases.archived');
  if (facts.isWorker) return no('cases.handover-same');
  if (!facts.ofStation) return no('cases.handover-other-station');
  return facts.running ? no('cases.handover-running') : yes;
};

/** Acts on a stage, as the page offers them. */
export type StageActName = StageAct['move'] | 'evaluate-stage' | 'evaluate-closing';

const ACTS: Readonly<Partial<Record<CaseMove, StageActName>>> = {
  accept: 'decide-intake',
  crisis: 'crisis',
  assess: 'assess',
  'assess-again': 'assess',
  'draft-plan': 'draft-plan',
  'send-plan': 'send-plan',
  'take-back-plan': 'take-back',
  replan: 'replan',
  'evaluate-stage': 'evaluate-stage',
  'evaluate-closing': 'evaluate-closing',
  'work-on': 'work-on',
  'propose-closing': 'propose-closing',
  'take-back-closing': 'take-back',
  'follow-up': 'follow-up',
  pause: 'pause',
  resume: 'resume',
  reopen: 'reopen',
  archive: 'archive',
};

/** What the one who works on a case may do with its stage now. */
export const stageActs = (facts: {
  readonly stage: CaseStage;
  readonly hasDraft: boolean;
  readonly hasPlan: boolean;
  readonly nextFollowUpOn: string | null;
}): StageActName[] =>
  movesFrom(caseMoves, facts.stage).flatMap((move) => {
    const act = ACTS[move];
    if (act === undefined) return [];
    // At intake the crisis lane is one of the decisions.
    if (act === 'crisis' && facts.stage === 'intake') return [];
    if (act === 'send-plan' && !facts.hasDraft) return [];
    if (act === 'archive' && facts.stage === 'closed' && facts.nextFollowUpOn !== null) return [];
    return [act];
  });

/** The act that comes next, for the main button; null where somebody else's is next, `note` where the work itself is. */
export const nextStageAct = (facts: {
  readonly stage: CaseStage;
  readonly hasDraft: boolean;
  readonly hasPlan: boolean;
  readonly assessmentOwed: boolean;
  readonly nextFollowUpOn: string | null;
}): StageActName | 'note' | null => {
  switch (facts.stage) {
    case 'intake':
      return 'decide-intake';
    case 'assessment':
      return 'assess';
    case 'planning':
      return facts.hasDraft ? 'send-plan' : 'draft-plan';
    case 'intervention':
      return facts.assessmentOwed ? 'assess' : facts.hasPlan ? 'note' : 'replan';
    case 'evaluation':
      return 'propose-closing';
    case 'closed':
      return facts.nextFollowUpOn === null ? 'archive' : 'follow-up';
    case 'paused':
      return 'resume';
    case 'declined':
      return 'archive';
    case 'plan-signing':
    case 'closing-signing':
    case 'archived':
      return null;
  }
};
