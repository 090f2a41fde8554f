import type { CaseEvent } from '@jieyou/core/cases/events.ts';
import { type CoWorkerRefusal, coWorkerVerdict } from '@jieyou/core/cases/rules.ts';
import type { CoWorkerDraft } from '@jieyou/core/cases/schema.ts';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './coWorkerStore.ts';
import { caseWhoseCircle } from './coWorkerViews.ts';
import { touchCase } from './store.ts';

const record = (ctx: Ctx<never>, type: CaseEvent, id: string, facts: Record<string, string | null>) =>
  ctx.record({ type, recordKind: 'case', recordId: id, facts });

/** Lets a colleague of the station work along on a case from today. */
export const nameCoWorker = async (ctx: Ctx<CoWorkerRefusal>, caseId: string, draft: z.infer<typeof CoWorkerDraft>) => {
  const { tx, actor } = ctx;
  const found = await caseWhoseCircle(ctx, caseId);
  // The case's row makes two who name the same colleague wait for each other.
  await touchCase(tx, actor.districtId, caseId, ctx.now);
  const verdict = coWorkerVerdict({
    status: found.status,
    isWorker: draft.personId === found.workerId,
    ofStation: await store.isWorkerOfStation(tx, actor.districtId, found.stationId, draft.personId),
    already: (await store.coWorkersOf(tx, caseId)).some((c) => c.current && c.personId === draft.personId),
    toDay: draft.toDay,
    today: ctx.today,
  });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const id = ctx.id();
  await store.insertCoWorker(tx, { ...draft, districtId: actor.districtId, id, caseId, fromDay: ctx.today, namedBy: actor.personId });
  await record(ctx, 'case.co-worker-named', caseId, { person: draft.personId, fromDay: ctx.today, toDay: draft.toDay });
  await ctx.notify([draft.personId], { kind: 'cases.co-worker-named', recordKind: 'case', recordId: caseId, number: found.number });
  await ctx.changed('case', caseId);
  return { id, version: 1 };
};

/** Ends a colleague's working along; from this moment the case is out of reach again. */
export const removeCoWorker = async (ctx: Ctx<'cases.circle-over'>, caseId: string, circleId: string): Promise<{ ok: true }> => {
  await caseWhoseCircle(ctx, caseId);
  if (!(await store.coWorkersOf(ctx.tx, caseId)).some((c) => c.id === circleId)) ctx.notFound();
  const personId = (await store.endCoWork(ctx.tx, caseId, circleId)) ?? ctx.refuse('cases.circle-over');
  await record(ctx, 'case.co-worker-removed', caseId, { person: personId });
  await ctx.changed('case', caseId);
  return { ok: true };
};
