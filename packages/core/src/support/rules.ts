import { reaches } from '../identity/policy.ts';
import type { Actor } from '../identity/schema.ts';
import { addDays, type Day, dayOf, type Instant } from '../shared/day.ts';
import type { HelpField } from '../shared/fields.ts';
import { movesFrom } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { type RequestMove, requestMoves } from './moves.ts';
import { contentReach, requestReach } from './policy.ts';
import type { ChecklistAnswers, RequestStatus } from './schema.ts';

/** Facts of a request that decide who may do what. */
export type RequestFacts = {
  readonly id: string;
  readonly districtId: string;
  readonly status: RequestStatus;
  readonly askerId: string;
  readonly holderId: string | null;
  readonly stationId: string;
  readonly organisationId: string | null;
  readonly divisionPath: string;
  readonly crisisSince: string | null;
  readonly crisisAcknowledgedAt: string | null;
};

const reachFacts = (facts: RequestFacts) => ({
  id: facts.id,
  districtId: facts.districtId,
  askerId: facts.askerId,
  stationId: facts.stationId,
  organisationId: facts.organisationId,
  divisionPath: facts.divisionPath,
});

/** Whether the actor reaches the register of a request; a draft is its asker's alone. */
export const reachesRequest = (actor: Actor, facts: RequestFacts): boolean =>
  reaches(actor, facts.status === 'draft' ? requestReach.filter((l) => l.role === 'worker') : requestReach, reachFacts(facts));

/** Whether the actor also reads its content. */
export const reachesContent = (actor: Actor, facts: RequestFacts): boolean =>
  reaches(actor, facts.status === 'draft' ? contentReach.filter((l) => l.role === 'worker') : contentReach, reachFacts(facts));

const isCentre = (actor: Actor): boolean => actor.roles.includes('centre');
const isAsker = (actor: Actor, facts: RequestFacts): boolean => actor.roles.includes('worker') && actor.selves.includes(facts.askerId);

/** One who screens is not the asker, nor does the asker's deputy screen. */
export const screenerVerdict = (actor: Actor, facts: { readonly askerId: string }): Verdict<'support.screener-is-asker'> =>
  actor.selves.includes(facts.askerId) ? no('support.screener-is-asker') : yes;

/** What is missing before a request may be submitted: the paths of the fields, in the form's order. */
export const submissionGaps = (draft: {
  readonly story: string;
  readonly tried: string;
  readonly asks: string;
  readonly domain: string | null;
  readonly helpFields: readonly HelpField[];
  readonly checklist: ChecklistAnswers;
}): string[] => {
  const gaps: string[] = [];
  // An ordinary case says no problem: here it is asked for (LH-14).
  if (draft.domain === null) gaps.push('domain');
  if (draft.helpFields.length === 0) gaps.push('helpFields');
  // In a crisis nobody writes essays: the danger and what is asked are enough.
  const urgent = draft.checklist.imminentRisk === true;
  if (draft.story.length < (urgent ? 4 : 20)) gaps.push('story');
  if (!urgent && draft.tried.length < 2) gaps.push('tried');
  if (draft.asks.length < 2) gaps.push('asks');
  if (draft.checklist.imminentRisk === null) gaps.push('checklist.imminentRisk');
  if (!urgent) {
    for (const [key, answer] of Object.entries(draft.checklist))
      if (answer === null && key !== 'imminentRisk') gaps.push(`checklist.${key}`);
  }
  return gaps;
};

/** Others' opinions open to an expert after an own one, and when quorum is reached or the deadline has passed. */
export const opinionsVerdict = (facts: {
  readonly ownGiven: boolean;
  readonly given: number;
  readonly quorum: number;
  readonly deadline: Instant;
  readonly now: Instant;
}): Verdict<'support.opinions-sealed'> => {
  // No count in the facts: how many have answered is itself something an expert must not learn early.
  if (!facts.ownGiven) return no('support.opinions-sealed', { own: false });
  return facts.given >= facts.quorum || facts.now >= facts.deadline ? yes : no('support.opinions-sealed', { own: true });
};

/** The last moment at which a packet opens: so many days after the deadline for opinions. */
export const packetExpiresAt = (deadline: Instant, days: number): Instant =>
  new Date(Date.parse(deadline) + days * 86_400_000).toISOString() as Instant;

/** A conference needs experts of at least so many different HelpFields. */
export const fieldsVerdict = (attended: readonly (readonly HelpField[])[], needed: number): Verdict<'support.two-fields-needed'> => {
  const fields = new Set(attended.flat());
  return fields.size >= needed ? yes : no('support.two-fields-needed', { fields: [...fields], needed });
};

/** A decision's due date may be today or later. */
export const dueVerdict = (dueOn: string, today: Day): Verdict<'support.decision-due-past'> =>
  dueOn >= today ? yes : no('support.decision-due-past', { dueOn });

/** Closing is refused while an action or a line has no result, and needs a follow-up date from tomorrow on. */
export const closingVerdict = (facts: {
  readonly openActions: number;
  readonly openLines: number;
  readonly followUpOn: string;
  readonly today: Day;
}): Verdict<'support.actions-open' | 'support.lines-open' | 'support.follow-up-past'> => {
  if (facts.openActions > 0) return no('support.actions-open', { open: facts.openActions });
  if (facts.openLines > 0) return no('support.lines-open', { open: facts.openLines });
  return facts.followUpOn > facts.today ? yes : no('support.follow-up-past', { followUpOn: facts.followUpOn });
};

/** Only who holds the request closes it; a deputy does it for an absent holder. */
export const holderVerdict = (actor: Actor, facts: { readonly holderId: string | null }): Verdict<'support.not-the-holder'> =>
  facts.holderId !== null && actor.selves.includes(facts.holderId) ? yes : no('support.not-the-holder');

/** The chair keeps the minutes, or somebody of the centre does. */
export const chairVerdict = (actor: Actor, facts: { readonly chairId: string }): Verdict<'support.not-the-chair'> =>
  isCentre(actor) || actor.personId === facts.chairId ? yes : no('support.not-the-chair');

/** A quorum cannot exceed those who are asked; without one, all must answer. */
export const quorumVerdict = (quorum: number | undefined, asked: number): Verdict<'support.quorum-too-high'> =>
  quorum === undefined || quorum <= asked ? yes : no('support.quorum-too-high', { quorum, asked });

/** Whether nothing has happened for so many days. */
export const isStale = (updatedAt: Instant, today: Day, days: number): boolean => addDays(dayOf(updatedAt), days) <= today;

const MOVES_OF_CENTRE: readonly RequestMove[] = ['accept', 'ask', 'decline', 'divert', 'toCrisis', 'markDuplicate'];

/**
 * What somebody may do with a request now: the names of moves and acts, for buttons. The commands check again; this only spares
 * people a refusal.
 */
export const requestActs = (
  actor: Actor,
  facts: RequestFacts & {
    readonly openActions: number;
    readonly openLines: number;
    readonly plannedConferences: number;
    readonly proposed: boolean;
    readonly drafted: boolean;
  },
): string[] => {
  const acts: string[] = [];
  const open = movesFrom(requestMoves, facts.status);
  if (isAsker(actor, facts)) {
    if (facts.status === 'draft') acts.push('edit', 'attach');
    for (const move of ['submit', 'supply', 'withdraw', 'endElsewhere'] as const) if (open.includes(move)) acts.push(move);
  }
  if (isCentre(actor) && facts.status !== 'draft') {
    const mayScreen = screenerVerdict(actor, facts).ok;
    if (mayScreen) for (const move of MOVES_OF_CENTRE) if (open.includes(move)) acts.push(move);
    if (mayScreen && facts.status === 'crisis' && facts.crisisAcknowledgedAt === null) acts.unshift('acknowledgeCrisis');
    const live = ['submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'].includes(facts.status);
    if (live && mayScreen) acts.push('assignHolder', 'endElsewhere', 'attach');
    if (open.includes('invite') && mayScreen) {
      acts.push('proposePanel', 'addLine');
      if (facts.proposed) acts.push('inviteExperts');
    }
    if (facts.plannedConferences > 0 && open.includes('hold')) acts.push('holdConference', 'revokeInvitation');
    if (open.includes('close') && holderVerdict(actor, facts).ok && facts.openActions === 0 && facts.openLines === 0) acts.push('close');
    if (facts.status === 'closed' && !facts.drafted) acts.push('draftPublication');
  }
  return [...new Set(acts)];
};
