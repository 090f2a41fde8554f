import { CasesPack } from '@jieyou/core/cases/pack.ts';
import { type WorkAsked, type WorkNow, workAsked } from '@jieyou/core/cases/work.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import { planText, signerBoxes, signersNeeded, signersWelcome } from '@jieyou/core/signatures/rules.ts';
import type { SigningSheet } from '@jieyou/core/signatures/schema.ts';
import { AGREEMENT_TERMS } from '@jieyou/core/texts/signatureLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import { hashOf, openHands, signaturesOn, signingFacts } from '../signatures/index.ts';
import * as stages from './stageStore.ts';
import { type CaseFacts, closedBefore } from './store.ts';

/** The stages of a case, as far as the person may read them. */
export type Loaded = {
  readonly facts: CaseFacts;
  readonly papers: readonly stages.PaperRow[];
  /** The plan that was signed last, as far as it may be read. */
  readonly plan: stages.PaperRow | undefined;
};

/** Everything of the stages that the person may read. */
export const loadStages = async (ctx: Ctx<never>, facts: CaseFacts): Promise<Loaded> => {
  const before = closedBefore(ctx.actor, facts, 'papers');
  const papers = (await stages.papersOf(ctx.tx, ctx.actor.districtId, facts.id)).filter(
    (p) => before === null || p.writtenAt > before || p.authorId === ctx.actor.personId,
  );
  return { facts, papers, plan: papers.find((p) => p.kind === 'plan' && p.status === 'signed') };
};

/** Figures of the cases room on a day. */
export const casesPackOf = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>): Promise<CasesPack> =>
  CasesPack.parse((await packInForce(ctx.tx, 'cases', ctx.actor.districtId, ctx.today)).values);

/** Whether the case is asked about work (YC-11). */
export const workAskedOf = ({ facts, plan }: Loaded): WorkAsked => workAsked({ ...facts, goals: plan?.content.plan?.goals ?? [] });

/** What is known of work. */
export const workNowOf = (facts: CaseFacts): WorkNow | null =>
  facts.workOutcome === null ? null : { outcome: facts.workOutcome, onDay: facts.workOn, place: facts.workPlace, seenOn: facts.workSeenOn };

/** Whether the case was ever taken on: what was declined begins anew. */
export const wasAccepted = (papers: readonly stages.PaperRow[]): boolean => {
  const decided = papers.find((p) => p.kind === 'intake')?.outcome;
  return decided !== 'decline' && decided !== 'refer';
};

/** Whether a guardian is recorded for the person: at intake, or by an earlier signature. */
export const hasGuardian = (papers: readonly stages.PaperRow[]): boolean =>
  (papers.find((p) => p.kind === 'intake')?.content.intake?.guardian ?? null) !== null ||
  papers.some((p) => p.status === 'signed' && p.content.agreement?.signers.some((s) => s.who === 'guardian') === true);

/** The hash of a plan with what is explained beside it: of the draft and of the paper that is sent the same. */
export const planHash = (caseId: string, plan: unknown): string => hashOf(planText(caseId, plan, AGREEMENT_TERMS));

/** Who signs on the person's side, by age and guardian, and who may besides. */
export const signersOfCase = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>, recipientId: string, papers: readonly stages.PaperRow[]) => {
  const [facts, pack] = [await signingFacts(ctx, recipientId, hasGuardian(papers)), await casesPackOf(ctx)];
  const needs = signersNeeded(facts, ctx.today, pack);
  return { needs, also: signersWelcome(facts, ctx.today, pack, needs) };
};

/** Whose boxes stand under a paper of a case that was to be signed on a day. */
export const boxesOfCase = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>, facts: Pick<CaseFacts, 'id' | 'recipientId'>, on: Day) => {
  const told = hasGuardian(await stages.papersOf(ctx.tx, ctx.actor.districtId, facts.id));
  return signerBoxes(await signingFacts(ctx, facts.recipientId, told), on, await casesPackOf(ctx));
};

/** The plan that is about to be sent, with who has signed it by hand; null where none is. */
export const signingOf = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'crypto' | 'today'>,
  { facts, papers }: Loaded,
): Promise<(SigningSheet & { paperId: string }) | null> => {
  const latest = papers.find((p) => p.kind === 'plan');
  const plan = latest?.content.plan ?? null;
  if (latest === undefined || plan === null || facts.stage !== 'planning' || latest.status === 'signed' || latest.status === 'sent')
    return null;
  const hash = planHash(facts.id, plan);
  const signers = await signersOfCase(ctx, facts.recipientId, papers);
  const signatures = await signaturesOn(ctx, { caseId: facts.id, kind: 'plan' });
  return { paperId: latest.id, hash, ...signers, signatures, open: facts.inHand };
};

/** Who has signed a plan by hand, and who has signed another version of it. */
export const handsOn = (sheet: SigningSheet) => {
  const { missing, changed } = openHands(sheet.needs, sheet.signatures, sheet.hash);
  return { signed: sheet.needs.map((n) => n.who).filter((who) => !missing.includes(who)), changed };
};

/** Who signs under a case, for papers of other rooms. */
export const signersUnder = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>, facts: CaseFacts) =>
  signersOfCase(ctx, facts.recipientId, await stages.papersOf(ctx.tx, ctx.actor.districtId, facts.id));
