import type { CaseEvent } from '@jieyou/core/cases/events.ts';
import { type HandoverRefusal, handoverVerdict } from '@jieyou/core/cases/stageRules.ts';
import { HandedClass, type HandoverAnswer, type HandoverDraft } from '@jieyou/core/cases/stageSchema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { isWorkerOfStation } from './coWorkerStore.ts';
import { caseWhoseCircle } from './coWorkerViews.ts';
import * as stages from './stageStore.ts';

type Draft = z.infer<typeof HandoverDraft>;
type Going = { readonly id: string; readonly number: string; readonly stationId: string; readonly fromId: string };

const record = (ctx: Ctx<never>, type: CaseEvent, caseId: string, facts: Record<string, string | null>) =>
  ctx.record({ type, recordKind: 'case', recordId: caseId, facts });

/** Register and consents always go along: without them nobody may work on the case. */
const given = (mayRead: readonly HandedClass[]): HandedClass[] =>
  HandedClass.options.filter((c) => c === 'register' || c === 'consents' || mayRead.includes(c));

/** The one case that is meant, or those of a caseload that can go; how many of it stay. */
const goingOf = async (
  ctx: Ctx<HandoverRefusal | 'cases.handover-nothing'>,
  draft: Draft,
): Promise<{ readonly going: Going[]; readonly skipped: number }> => {
  const { tx, actor } = ctx;
  if (draft.caseId !== null) {
    const found = await caseWhoseCircle(ctx, draft.caseId);
    const verdict = handoverVerdict({
      stage: found.stage,
      isWorker: draft.toId === found.workerId,
      ofStation: await isWorkerOfStation(tx, actor.districtId, found.stationId, draft.toId),
      running: await stages.hasHandover(tx, actor.districtId, found.id),
    });
    if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
    return { going: [{ id: found.id, number: found.number, stationId: found.stationId, fromId: found.workerId }], skipped: 0 };
  }
  const fromId = draft.fromId ?? '';
  const load = await stages.caseloadOf(tx, fromId);
  if (load.length === 0) return ctx.refuse('cases.handover-nothing');
  const stations = new Map<string, boolean>();
  for (const { stationId } of load)
    if (!stations.has(stationId)) stations.set(stationId, await isWorkerOfStation(tx, actor.districtId, stationId, draft.toId));
  const verdicts = load.map((c) => ({
    case: c,
    verdict: handoverVerdict({
      stage: c.stage,
      isWorker: draft.toId === fromId,
      ofStation: stations.get(c.stationId) === true,
      running: c.running,
    }),
  }));
  const going = verdicts.filter((v) => v.verdict.ok).map(({ case: c }) => ({ ...c, fromId }));
  const first = verdicts[0]?.verdict;
  if (going.length === 0 && first !== undefined && !first.ok) return ctx.refuse(first.code, first.facts);
  return { going, skipped: load.length - going.length };
};

/** Proposes to pass on one case or a caseload; the head may let a whole caseload go at once. */
export const proposeHandover = async (ctx: Ctx<HandoverRefusal | 'cases.handover-nothing'>, draft: Draft) => {
  const { tx, actor } = ctx;
  const { going, skipped } = await goingOf(ctx, draft);
  const headOf = scopeOf(actor, 'head', 'station');
  if (draft.atOnce && going.some((c) => !headOf.includes(c.stationId))) throw new Denied();
  for (const one of going) {
    const id = ctx.id();
    await tx
      .insertInto('caseHandover')
      .values({
        districtId: actor.districtId,
        id,
        caseId: one.id,
        number: one.number,
        stationId: one.stationId,
        fromId: one.fromId,
        toId: draft.toId,
        status: draft.atOnce ? 'ordered' : 'proposed',
        cause: draft.cause,
        reason: draft.reason,
        mayRead: given(draft.mayRead),
        proposedBy: actor.personId,
        proposedAt: ctx.now,
        answeredAt: draft.atOnce ? ctx.now : null,
      })
      .execute();
    if (draft.atOnce && !(await stages.passOn(tx, id))) ctx.refuse('cases.handover-nothing');
    await record(ctx, draft.atOnce ? 'case.handed-over' : 'case.handover-proposed', one.id, {
      handover: id,
      from: one.fromId,
      to: draft.toId,
    });
    const kind = draft.atOnce ? 'cases.handed-over' : 'cases.handover-proposed';
    const about = draft.atOnce ? { recordKind: 'case', recordId: one.id } : { recordKind: 'case-handover', recordId: id };
    await ctx.notify([draft.toId], { kind, ...about, number: one.number });
    if (draft.atOnce)
      await ctx.notify([one.fromId], { kind: 'cases.handed-away', recordKind: 'case-handover', recordId: id, number: one.number });
    await ctx.changed('case', one.id);
  }
  const reliefs = draft.caseId === null && draft.fromId !== null ? await stages.reliefLoadOf(tx, draft.fromId) : 0;
  return { cases: going.length, skipped, reliefs };
};

/** The colleague takes a case over or declines; who proposed it, the former worker or the head may withdraw it. */
export const answerHandover = async (
  ctx: Ctx<'record.changed-meanwhile' | 'cases.handover-over' | 'cases.handover-not-yours' | 'cases.handover-reason'>,
  id: string,
  answer: z.infer<typeof HandoverAnswer>,
) => {
  const { tx, actor } = ctx;
  const one = (await stages.handoverById(tx, actor, id)) ?? ctx.notFound();
  const takes = scopeOf(actor, 'worker', 'self').includes(one.toId);
  const withdraws =
    actor.selves.includes(one.proposedBy) || actor.selves.includes(one.fromId) || scopeOf(actor, 'head', 'station').includes(one.stationId);
  if (!takes && !withdraws) ctx.notFound();
  if (answer.decision === 'withdraw' ? !withdraws : !takes) ctx.refuse('cases.handover-not-yours');
  if (one.status !== 'proposed') ctx.refuse('cases.handover-over', { status: one.status });
  if (one.version !== answer.version) ctx.refuse('record.changed-meanwhile', { version: one.version });
  if (answer.decision === 'decline' && answer.reason.length < 2) ctx.refuse('cases.handover-reason');
  const status = ({ accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const)[answer.decision];
  const row = await tx
    .updateTable('caseHandover')
    .set({ status, answer: answer.reason, answeredAt: ctx.now, version: one.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('status', '=', 'proposed')
    .where('version', '=', one.version)
    .returning('version')
    .executeTakeFirst();
  if (row === undefined) return ctx.refuse('record.changed-meanwhile', { version: one.version });
  // The case went elsewhere in the meantime, or was stopped.
  if (status === 'accepted' && !(await stages.passOn(tx, id))) ctx.refuse('cases.handover-over', { status: 'over' });
  const type: CaseEvent =
    status === 'accepted' ? 'case.handed-over' : status === 'declined' ? 'case.handover-declined' : 'case.handover-withdrawn';
  await record(ctx, type, one.caseId, { handover: id, from: one.fromId, to: one.toId });
  const tell = status === 'withdrawn' ? [one.toId] : [...new Set([one.proposedBy, one.fromId])];
  await ctx.notify(tell, { kind: 'cases.handover-answered', recordKind: 'case-handover', recordId: id, number: one.number });
  await ctx.changed('case', one.caseId);
  return { id, version: row.version };
};
