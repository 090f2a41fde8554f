import { CasesPack } from '@jieyou/core/cases/pack.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
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

/** Whether the case was ever taken on: what was declined begins anew. */
export const wasAccepted = (papers: readonly stages.PaperRow[]): boolean => {
  const decided = papers.find((p) => p.kind === 'intake')?.outcome;
  return decided !== 'decline' && decided !== 'refer';
};

/** Whether a guardian is recorded for the person: at intake, or by an earlier signature. */
export const hasGuardian = (papers: readonly stages.PaperRow[]): boolean =>
  (papers.find((p) => p.kind === 'intake')?.content.intake?.guardian ?? null) !== null ||
  papers.some((p) => p.status === 'signed' && p.content.agreement?.signers.some((s) => s.who === 'guardian') === true);
