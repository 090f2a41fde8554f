import type { CaseEvent } from '@jieyou/core/cases/events.ts';
import type { CaseMove } from '@jieyou/core/cases/moves.ts';
import { baselineScore, citedScores, coursesOf, followingScore } from '@jieyou/core/cases/scores.ts';
import {
  actVerdict,
  agreementVerdict,
  archiveVerdict,
  assessmentDueOn,
  closableVerdict,
  closingVerdict,
  followUpVerdict,
  measuresVerdict,
  moveOfDecision,
  pauseVerdict,
  planVerdict,
  signerVerdict,
  stageAfter,
  standingVerdict,
  statusOfStage,
  waitingVerdict,
} from '@jieyou/core/cases/stageRules.ts';
import {
  AgreementRole,
  type EvaluationContent,
  type FollowUpContent,
  type PaperContent,
  type PaperKind,
  type PlanContent,
  type ScoreCited,
  type StageAct,
  TARGET_NOT_BETTER,
} from '@jieyou/core/cases/stageSchema.ts';
import { workAfter, workCheckedVerdict, workFoundVerdict } from '@jieyou/core/cases/work.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import { PrivacyPack } from '@jieyou/core/privacy/pack.ts';
import { keepUntil } from '@jieyou/core/privacy/rules.ts';
import { day } from '@jieyou/core/shared/day.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import type { SignatureDraft, SignatureShown } from '@jieyou/core/signatures/schema.ts';
import { scoreUnfitLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import type { z } from 'zod';
import { type Contact, recordContact } from '../contacts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied, Invalid } from '../platform/http/errors.ts';
import { packInForce } from '../rulepacks/index.ts';
import { isKeptBack, keepSignature, signedOn } from '../signatures/index.ts';
import { caseInHand } from './commands.ts';
import { toldOf } from './paperText.ts';
import { exactIndexes } from './recipient.ts';
import { casesPackOf, handsOn, type Loaded, loadStages, signingOf, wasAccepted, workAskedOf, workNowOf } from './stageLoading.ts';
import * as stages from './stageStore.ts';
import { type CaseFacts, fieldOn, recipientById } from './store.ts';
import { attachmentsOf } from './views.ts';

/** Why a move on a case is refused. */
export type MoveRefusal =
  | 'record.changed-meanwhile'
  | 'cases.stage-moved-on'
  | 'cases.signature-missing'
  | 'cases.signature-in-future'
  | 'signatures.guardian-kept-back'
  | 'cases.signer-is-author'
  | 'cases.signer-unknown'
  | 'cases.plan-over'
  | 'cases.plan-missing'
  | 'cases.assessment-owed'
  | 'cases.request-live'
  | 'cases.alarm-open'
  | 'cases.goals-not-evaluated'
  | 'cases.goals-differ'
  | 'cases.day-past'
  | 'cases.pause-too-long'
  | 'cases.note-in-future'
  | 'cases.before-closing'
  | 'cases.follow-up-outstanding'
  | 'cases.work-missing'
  | 'cases.work-not-asked'
  | 'cases.work-in-future'
  | 'cases.work-holds';

type Change = {
  readonly move: CaseMove;
  readonly set?: Partial<stages.StageColumns>;
  readonly paper?: {
    readonly kind: PaperKind;
    readonly content: Partial<PaperContent>;
    readonly status?: 'written' | 'draft' | 'sent';
    readonly outcome?: string;
    readonly satisfaction?: number | null;
    readonly happenedOn?: string;
    readonly dueOn?: string | null;
    readonly signerId?: string | null;
  };
};

const met = <C extends MoveRefusal>(ctx: Ctx<MoveRefusal>, verdict: Verdict<C>): void => {
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
};

/** Who is asked to sign: the one chosen, or the heads of the station; never the author or the case's worker. */
const signersFor = async (ctx: Ctx<MoveRefusal>, facts: CaseFacts, signerId: string | null): Promise<string[]> => {
  const all = await stages.signersOf(ctx.tx, ctx.actor.districtId, facts.stationId);
  const asked = signerId === null ? all.filter((s) => s.role === 'head') : all.filter((s) => s.id === signerId);
  if (asked.length === 0) return ctx.refuse('cases.signer-unknown');
  const may = asked.filter((s) => signerVerdict({ authorId: ctx.actor.personId, workerId: facts.workerId }, [s.id]).ok);
  return may.length === 0 ? ctx.refuse('cases.signer-is-author') : may.map((s) => s.id);
};

/** A signature by hand as the agreement names it. */
const handSigner = (s: SignatureShown) => {
  const who = AgreementRole.safeParse(s.who);
  return who.success
    ? [{ who: who.data, name: s.name, relation: s.relation, signedOn: signedOn(s), attachmentId: null, signatureId: s.id }]
    : [];
};

/** What is under way in a case and keeps it from being closed. */
const livesOf = async ({ tx, actor }: Ctx<never>, id: string) => ({
  openRequests: await stages.openRequestsOf(tx, actor.districtId, id),
  openAlarms: (await stages.openAlarmsOf(tx, actor.districtId, id)).length,
});

/** The scores that a paper cites, as they stand on file today: what it says of them does not change afterwards. */
const citedIn = async (ctx: Ctx<MoveRefusal>, caseId: string, cites: readonly ScoreCited[] | undefined) => {
  if (cites === undefined || cites.length === 0) return { onFile: [], cited: [] };
  const onFile = await stages.scoresOf(ctx.tx, ctx.actor, caseId);
  const cited = citedScores(onFile, cites);
  if (cited === undefined) throw new Invalid([{ path: 'cites', message: '所引的量表不在这个个案里，或已经更正，请重新选' }]);
  return { onFile, cited };
};

/** A plan as it is kept: where a goal cites a score, the score is its baseline. */
const planKept = async (ctx: Ctx<MoveRefusal>, caseId: string, plan: PlanContent): Promise<NonNullable<PaperContent['plan']>> => {
  const onFile = plan.goals.some((g) => g.cites != null) ? await stages.scoresOf(ctx.tx, ctx.actor, caseId) : [];
  const goals = plan.goals.map(({ cites, ...goal }, i) => {
    if (cites == null) return goal;
    const one = baselineScore(onFile, cites, goal.direction);
    if ('why' in one)
      throw new Invalid([
        { path: `plan.goals.${i}.${one.why === 'wrong-way' ? 'direction' : 'cites'}`, message: scoreUnfitLabels[one.why] },
      ]);
    const { score } = one.score;
    if (goal.direction === 'up' ? goal.target <= score : goal.target >= score)
      throw new Invalid([{ path: `plan.goals.${i}.target`, message: TARGET_NOT_BETTER }]);
    return { ...goal, baseline: score, score: one.score };
  });
  return { ...plan, goals };
};

type Measures = NonNullable<PaperContent['evaluation']>['measures'];

/** How the goals stand now: where a later score of the baseline's scale is cited, it is the value. */
const measuresKept = async (
  ctx: Ctx<MoveRefusal>,
  caseId: string,
  goals: NonNullable<PaperContent['plan']>['goals'],
  measures: z.infer<typeof EvaluationContent>['measures'],
): Promise<Measures> => {
  const onFile = measures.some((m) => m.cites != null) ? await stages.scoresOf(ctx.tx, ctx.actor, caseId) : [];
  return measures.map(({ cites, ...said }, i) => {
    if (cites == null) return said;
    const one = followingScore(onFile, cites, goals.find((g) => g.key === said.key)?.score);
    if ('why' in one) throw new Invalid([{ path: `measures.${i}.cites`, message: scoreUnfitLabels[one.why] }]);
    return { ...said, now: one.score.score, score: one.score };
  });
};

const changeOf = async (ctx: Ctx<MoveRefusal>, loaded: Loaded, act: StageAct): Promise<Change> => {
  const { facts, papers, plan } = loaded;
  const { tx, actor, today } = ctx;
  const owed = facts.assessmentDueOn !== null;
  switch (act.move) {
    case 'decide-intake': {
      const { move: _, version: __, ...content } = act;
      // What is not taken on is closed as well.
      if (act.decision === 'decline' || act.decision === 'refer') met(ctx, closableVerdict(await livesOf(ctx, facts.id)));
      const pack = await casesPackOf(ctx);
      const set =
        act.decision === 'crisis'
          ? { assessmentDueOn: assessmentDueOn(today, pack) }
          : act.decision === 'accept'
            ? {}
            : { closedOn: today };
      return {
        move: moveOfDecision(act.decision),
        set,
        paper: { kind: 'intake', content: { intake: content }, outcome: act.decision },
      };
    }
    case 'crisis': {
      const assessed = papers.some((p) => p.kind === 'assessment');
      return {
        move: 'crisis',
        set: assessed ? {} : { assessmentDueOn: assessmentDueOn(today, await casesPackOf(ctx)) },
        paper: { kind: 'intake', content: { reason: act.reason }, outcome: 'crisis' },
      };
    }
    case 'assess': {
      const { move: _, version: __, cites, ...said } = act;
      const { cited } = await citedIn(ctx, facts.id, cites);
      const content = { ...said, ...(cited.length === 0 ? {} : { scores: cited }) };
      return {
        move: facts.stage === 'assessment' ? 'assess' : 'assess-again',
        set: { assessmentDueOn: null, risk: act.risk },
        paper: { kind: 'assessment', content: { assessment: content }, outcome: act.risk },
      };
    }
    case 'draft-plan':
      return {
        move: 'draft-plan',
        paper: { kind: 'plan', content: { plan: await planKept(ctx, facts.id, act.plan) }, status: 'draft', dueOn: act.plan.endsOn },
      };
    case 'send-plan': {
      const draft = papers.find((p) => p.kind === 'plan');
      const content = draft?.content.plan;
      if (draft === undefined || content === undefined || content === null || draft.status === 'signed')
        return ctx.refuse('cases.plan-missing');
      met(ctx, planVerdict(content, today));
      const sheet = (await signingOf(ctx, loaded)) ?? ctx.refuse('cases.plan-missing');
      const byHand = handsOn(sheet);
      met(
        ctx,
        agreementVerdict(
          act.agreement,
          sheet.needs.map((n) => n.who),
          today,
          byHand,
        ),
      );
      for (const s of act.agreement.signers)
        if (s.who === 'guardian' && (await isKeptBack(ctx, facts.recipientId, exactIndexes(ctx.crypto, s.name).name)))
          ctx.refuse('signatures.guardian-kept-back');
      const agreement = {
        ...act.agreement,
        signers: [
          ...act.agreement.signers.filter((s) => !byHand.signed.includes(s.who)).map((s) => ({ ...s, signatureId: null })),
          ...sheet.signatures.filter((s) => s.hash === sheet.hash).flatMap(handSigner),
        ],
      };
      const drawn = act.agreement.signers.flatMap((s) => s.attachmentId ?? []);
      if (drawn.length > 0) {
        const kept = (await attachmentsOf(tx, actor.districtId, { kind: 'case', id: facts.id })).map((a) => a.id);
        if (drawn.some((id) => !kept.includes(id)))
          throw new Invalid([{ path: 'agreement.signers', message: '签名图片不在这个个案里，请重新签' }]);
      }
      return {
        move: 'send-plan',
        paper: {
          kind: 'plan',
          content: { plan: content, agreement },
          status: 'sent',
          dueOn: content.endsOn,
          signerId: act.signerId,
        },
      };
    }
    case 'take-back':
      return { move: facts.stage === 'plan-signing' ? 'take-back-plan' : 'take-back-closing', set: { stageBefore: null } };
    case 'replan':
      return { move: 'replan' };
    case 'evaluate': {
      const { move: _, version: __, cites, ...said } = act;
      const goals = plan?.content.plan?.goals ?? [];
      met(ctx, measuresVerdict(goals, act.measures));
      const measures = await measuresKept(ctx, facts.id, goals, act.measures);
      const { onFile, cited } = await citedIn(ctx, facts.id, cites);
      const content = { ...said, measures, ...(cited.length === 0 ? {} : { courses: coursesOf(onFile, cited) }) };
      return {
        move: act.kind === 'stage' ? 'evaluate-stage' : 'evaluate-closing',
        paper: { kind: 'evaluation', content: { evaluation: content }, outcome: act.kind, satisfaction: act.satisfaction },
      };
    }
    case 'work-on':
      return { move: 'work-on' };
    case 'propose-closing': {
      const evaluated = papers.find((p) => p.kind === 'evaluation')?.outcome === 'closing';
      met(
        ctx,
        closingVerdict({
          kind: act.closing.kind,
          stage: facts.stage,
          evaluated,
          assessmentOwed: owed,
          ...(await livesOf(ctx, facts.id)),
          followUpOn: act.closing.followUpOn,
          today,
        }),
      );
      const work = act.closing.work ?? null;
      met(ctx, workFoundVerdict(work, { asked: workAskedOf(loaded), kind: act.closing.kind, today }));
      return {
        move: 'propose-closing',
        set: { stageBefore: facts.stage },
        paper: {
          kind: 'closing',
          content: { closing: { ...act.closing, work } },
          status: 'sent',
          outcome: act.closing.kind,
          dueOn: act.closing.followUpOn,
          signerId: act.signerId,
        },
      };
    }
    case 'follow-up': {
      const { move: _, version: __, work: checked = null, ...content } = act;
      met(ctx, followUpVerdict(content, facts.closedOn, today));
      const before = workNowOf(facts);
      met(ctx, workCheckedVerdict(checked, { asked: workAskedOf(loaded), before, happenedOn: content.happenedOn }));
      const found = checked === null ? null : workAfter(checked, before);
      const work =
        checked === null || found === null
          ? null
          : { ...found, says: checked.says, holds: checked.holds, since: checked.holds === null ? null : (before?.onDay ?? null) };
      return {
        move: 'follow-up',
        set: {
          nextFollowUpOn: content.nextOn,
          ...(found === null
            ? {}
            : { workOutcome: found.outcome, workOn: found.onDay, workPlace: found.place, workSeenOn: content.happenedOn }),
        },
        paper: {
          kind: 'follow-up',
          content: { followUp: { ...content, work } },
          outcome: content.result,
          happenedOn: content.happenedOn,
          dueOn: content.nextOn,
        },
      };
    }
    case 'pause':
      met(ctx, pauseVerdict(act.lookAgainOn, today, await casesPackOf(ctx)));
      return {
        move: 'pause',
        set: { stageBefore: facts.stage, lookAgainOn: act.lookAgainOn },
        paper: { kind: 'pause', content: { reason: act.reason }, dueOn: act.lookAgainOn },
      };
    case 'resume':
      return { move: 'resume', set: { stageBefore: null, lookAgainOn: null } };
    case 'reopen':
      return {
        move: 'reopen',
        set: {
          closedOn: null,
          closingKind: null,
          nextFollowUpOn: null,
          archivedOn: null,
          retentionClass: null,
          keepUntil: null,
          workOutcome: null,
          workOn: null,
          workPlace: null,
          workSeenOn: null,
        },
        paper: { kind: 'reopening', content: { reason: act.reason } },
      };
    case 'archive': {
      met(ctx, archiveVerdict(facts.nextFollowUpOn));
      const { birthOn } = await recipientById(tx, actor.districtId, facts.recipientId);
      const pack = PrivacyPack.parse((await packInForce(tx, 'privacy', actor.districtId, today)).values);
      const marks = await stages.keepingOfOpened(tx);
      const kept = keepUntil(
        {
          closedOn: day(facts.closedOn ?? today),
          birthOn: birthOn === null ? null : day(birthOn),
          judicial: marks.judicial,
          extendedUntil: marks.extendedUntil === null ? null : day(marks.extendedUntil),
        },
        pack,
      );
      return {
        move: 'archive',
        set: {
          archivedOn: today,
          closedOn: facts.closedOn ?? today,
          retentionClass: kept?.retentionClass ?? 'adult',
          keepUntil: kept?.until ?? null,
        },
      };
    }
  }
};

const KIND_OF_WAY: Readonly<Record<z.infer<typeof FollowUpContent>['way'], Contact['kind']>> = {
  phone: 'case-phone',
  visit: 'case-home',
  meeting: 'case-interview',
  message: 'case-online',
  other: 'case-other',
};

/** Makes the next move on a case, and writes what belongs to it. */
export const moveCase = async (ctx: Ctx<MoveRefusal>, id: string, act: StageAct) => {
  const { tx, actor } = ctx;
  const facts = await caseInHand(ctx, id);
  if (facts.version !== act.version) ctx.refuse('record.changed-meanwhile', { version: facts.version });
  const loaded = await loadStages(ctx, facts);
  const from = { stage: facts.stage, before: facts.stageBefore, accepted: wasAccepted(loaded.papers) };
  // Where the case stands is told before anything else: what does not fit the stage need not be checked.
  const intended = MOVES_OF[act.move](act, facts);
  const next = stageAfter(from, intended);
  met(ctx, next);
  met(ctx, actVerdict(facts.stage, act.move, intended));
  const change = await changeOf(ctx, loaded, act);
  const signers = change.paper?.status === 'sent' ? await signersFor(ctx, facts, change.paper.signerId ?? null) : [];
  const moved = next.to !== facts.stage;
  const version = await stages.updateStage(tx, actor.districtId, id, facts.version, ctx.now, {
    ...change.set,
    stage: next.to,
    status: statusOfStage(next.to),
    ...(moved ? { stageSince: ctx.now } : {}),
  });
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: facts.version });
  if (act.move === 'take-back') await takeBack(ctx, loaded);
  const paperId = change.paper === undefined ? null : await writePaper(ctx, loaded, change.paper);
  const type: CaseEvent = 'case.stage-moved';
  await ctx.record({ type, recordKind: 'case', recordId: id, facts: { move: intended, from: facts.stage, to: next.to, paper: paperId } });
  if (act.move === 'follow-up' && paperId !== null)
    await recordContact(ctx, {
      kind: KIND_OF_WAY[act.way],
      domain: await fieldOn(tx, actor.districtId, facts, act.happenedOn),
      happenedOn: act.happenedOn,
      minutes: null,
      people: 1,
      caseId: id,
      recipientId: facts.recipientId,
      sourceKind: 'follow-up',
      sourceId: paperId,
      place: facts,
    });
  if (paperId !== null && signers.length > 0)
    await ctx.notify(signers, { kind: 'cases.paper-sent', recordKind: 'case-paper', recordId: paperId, number: facts.number });
  await ctx.changed('case', id);
  return { id, version };
};

const MOVES_OF: { readonly [M in StageAct['move']]: (act: StageAct, facts: CaseFacts) => CaseMove } = {
  'decide-intake': (act) => (act.move === 'decide-intake' ? moveOfDecision(act.decision) : 'accept'),
  crisis: () => 'crisis',
  assess: (_, facts) => (facts.stage === 'assessment' ? 'assess' : 'assess-again'),
  'draft-plan': () => 'draft-plan',
  'send-plan': () => 'send-plan',
  'take-back': (_, facts) => (facts.stage === 'plan-signing' ? 'take-back-plan' : 'take-back-closing'),
  replan: () => 'replan',
  evaluate: (act) => (act.move === 'evaluate' && act.kind === 'stage' ? 'evaluate-stage' : 'evaluate-closing'),
  'work-on': () => 'work-on',
  'propose-closing': () => 'propose-closing',
  'follow-up': () => 'follow-up',
  pause: () => 'pause',
  resume: () => 'resume',
  reopen: () => 'reopen',
  archive: () => 'archive',
};

const writePaper = async (ctx: Ctx<MoveRefusal>, { facts, plan }: Loaded, paper: NonNullable<Change['paper']>): Promise<string> => {
  const id = ctx.id();
  const sent = paper.status === 'sent';
  await stages.insertPaper(
    ctx.tx,
    {
      districtId: ctx.actor.districtId,
      id,
      caseId: facts.id,
      caseNumber: facts.number,
      stationId: facts.stationId,
      kind: paper.kind,
      status: paper.status ?? 'written',
      outcome: paper.outcome ?? null,
      satisfaction: paper.satisfaction ?? null,
      happenedOn: paper.happenedOn ?? ctx.today,
      dueOn: paper.dueOn ?? null,
      authorId: ctx.actor.personId,
      writtenAt: ctx.now,
      signerId: paper.signerId ?? null,
      sentAt: sent ? ctx.now : null,
    },
    paper.content,
    toldOf(paper.content, plan?.content.plan ?? null),
  );
  return id;
};

/** The worker takes back what waits for a signature. */
const takeBack = async (ctx: Ctx<MoveRefusal>, { facts, papers }: Loaded): Promise<void> => {
  const kind = facts.stage === 'plan-signing' ? 'plan' : 'closing';
  const waiting = papers.find((p) => p.kind === kind && p.status === 'sent');
  if (waiting === undefined || !(await stages.movePaper(ctx.tx, ctx.actor.districtId, waiting, { status: 'taken-back' })))
    ctx.refuse('record.changed-meanwhile', { version: facts.version });
};

/** Takes a signature on the plan that is about to be sent: on the words that stand there, and on no others. */
export const signCasePlan = async (
  ctx: Ctx<'cases.paper-moved-on' | 'signatures.paper-changed' | 'signatures.guardian-kept-back' | 'signatures.id-taken'>,
  id: string,
  draft: SignatureDraft,
) => {
  const paper = (await stages.paperById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const facts = await caseInHand(ctx as Ctx<never>, paper.caseId);
  const sheet = await signingOf(ctx, await loadStages(ctx as Ctx<never>, facts));
  if (sheet === null || sheet.paperId !== id) return ctx.refuse('cases.paper-moved-on', { status: paper.status });
  if (sheet.hash !== draft.hash) return ctx.refuse('signatures.paper-changed');
  const of = { kind: 'plan' as const, id, caseId: facts.id, stationId: facts.stationId, recipientId: facts.recipientId };
  const not = await keepSignature(ctx, of, draft, exactIndexes(ctx.crypto, draft.name).name);
  if (not !== null) return ctx.refuse(not);
  const type: CaseEvent = 'case.plan-hand-signed';
  await ctx.record({ type, recordKind: 'case', recordId: facts.id, facts: { paper: id, who: draft.who, way: draft.way } });
  await ctx.changed('case', facts.id);
  return { id: draft.id, version: 1 };
};

/** Signs a plan or a closing, or sends it back to the worker with the reason. */
export const decideCasePaper = async (
  ctx: Ctx<
    | 'record.changed-meanwhile'
    | 'cases.paper-moved-on'
    | 'cases.signer-is-author'
    | 'cases.stage-moved-on'
    | 'cases.request-live'
    | 'cases.alarm-open'
    | 'cases.not-over'
  >,
  id: string,
  decision: { readonly version: number; readonly decision: 'sign' | 'return'; readonly reason: string },
) => {
  const { tx, actor } = ctx;
  const paper = (await stages.paperById(tx, actor.districtId, id)) ?? ctx.notFound();
  const isHead = scopeOf(actor, 'head', 'station').includes(paper.stationId);
  const asked = paper.signerId !== null && actor.selves.includes(paper.signerId);
  if (!isHead && !asked) throw new Denied();
  const waiting = waitingVerdict(paper.status);
  if (!waiting.ok) ctx.refuse(waiting.code, waiting.facts);
  const of = (await stages.caseOfPaper(tx, id)) ?? ctx.notFound();
  const signs = decision.decision === 'sign';
  const kind = paper.kind === 'plan' ? 'plan' : 'closing';
  const move: CaseMove = `${signs ? 'sign' : 'return'}-${kind}`;
  const own = !signerVerdict({ authorId: paper.authorId, workerId: of.workerId }, actor.selves).ok;
  if (!standingVerdict(move, { writes: false, heads: isHead, asked, own }).ok) ctx.refuse('cases.signer-is-author');
  const next = stageAfter({ stage: of.stage, before: of.stageBefore, accepted: true }, move);
  if (!next.ok) ctx.refuse(next.code, next.facts);
  if (signs && kind === 'closing') {
    const closable = closableVerdict({ openRequests: of.openRequests, openAlarms: await stages.openAlarmsOfPaper(tx, id) });
    // That there is a danger is for those who reach the case.
    if (!closable.ok) {
      if (closable.code === 'cases.alarm-open' && !isHead) ctx.refuse('cases.not-over');
      ctx.refuse(closable.code, closable.facts);
    }
  }
  const version = await stages.decidePaper(tx, id, decision.version, signs, next.to, decision.reason);
  if (version === null) return ctx.refuse('record.changed-meanwhile', { version: paper.version });
  const type: CaseEvent = signs ? 'case.paper-signed' : 'case.paper-returned';
  await ctx.record({ type, recordKind: 'case', recordId: of.caseId, facts: { paper: id, kind, to: next.to } });
  const notice = {
    kind: signs ? 'cases.paper-signed' : 'cases.paper-returned',
    recordKind: 'case',
    recordId: of.caseId,
    number: of.number,
  };
  await ctx.notify([...new Set([paper.authorId, of.workerId])], notice);
  await ctx.changed('case', of.caseId);
  return { id, version };
};
