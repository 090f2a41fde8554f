import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import type { VisitEvent } from '@jieyou/core/visits/events.ts';
import {
  doneWhen,
  missVerdict,
  planDayVerdict,
  planVerdict,
  recordVerdict,
  type VisitRefusal,
  visitMoveVerdict,
} from '@jieyou/core/visits/rules.ts';
import type { DayHalf, MissedVisit, VisitNeed, VisitPlan, VisitReason, VisitRecord } from '@jieyou/core/visits/schema.ts';
import type { z } from 'zod';
import { type CaseFacts, caseById, fieldOn, touchCase } from '../cases/index.ts';
import { recordContact } from '../contacts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied, Invalid } from '../platform/http/errors.ts';
import * as store from './store.ts';

const ensure = <Code extends string>(ctx: Ctx<Code>, verdict: Verdict<VisitRefusal>): void => {
  // Each endpoint lists the refusals that its rule may give.
  if (!verdict.ok) ctx.refuse(verdict.code as string as Code, verdict.facts);
};

const record = (ctx: Ctx<never>, type: VisitEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'visit', recordId: id, facts });

/** A case on which the person works; whoever only sees it is denied openly. */
const caseInHand = async (ctx: Ctx<never>, id: string): Promise<CaseFacts> => {
  const found = (await caseById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  return found;
};

/** A visit with its case, in hand. */
const visitInHand = async (ctx: Ctx<never>, id: string) => {
  const visit = (await store.visitById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  return { visit: { ...visit, districtId: ctx.actor.districtId }, file: await caseInHand(ctx, visit.caseId) };
};

type Plan = { readonly on: string; readonly half: DayHalf; readonly reason: VisitReason; readonly why: string; readonly workerId?: string };

const writePlan = (ctx: Ctx<never>, file: CaseFacts, id: string, plan: Plan, followsId: string | null): Promise<boolean> =>
  store.insertVisit(
    ctx.tx,
    {
      districtId: ctx.actor.districtId,
      id,
      caseId: file.id,
      stationId: file.stationId,
      workerId: plan.workerId ?? ctx.actor.personId,
      status: 'planned',
      plannedOn: plan.on,
      half: plan.half,
      reason: plan.reason,
      followsId,
      madeBy: ctx.actor.personId,
      madeAt: ctx.now,
    },
    { why: plan.why },
  );

/** Plans a visit. One that brings its own id is planned once, however often it is sent. */
export const planVisit = async (ctx: Ctx<'visits.case-closed' | 'visits.in-past' | 'visits.too-far'>, draft: z.infer<typeof VisitPlan>) => {
  const file = await caseInHand(ctx, draft.caseId);
  const id = draft.id ?? ctx.id();
  const known = draft.id === undefined ? undefined : await store.visitById(ctx.tx, ctx.actor.districtId, id);
  if (known !== undefined && known.caseId === file.id) return { id, version: known.version };
  ensure(ctx, planVerdict(file.status, draft.plannedOn, ctx.today));
  if (!(await writePlan(ctx, file, id, { on: draft.plannedOn, half: draft.half, reason: draft.reason, why: draft.why }, null))) taken();
  await record(ctx, 'visit.planned', id, { case: file.id, on: draft.plannedOn });
  await ctx.changed('case', file.id);
  return { id, version: 1 };
};

/** Plans a visit that a rule asks for, in the plan of the case's worker; null where the day is past or too far. */
export const planDueVisit = async (ctx: Ctx<never>, file: CaseFacts, on: string, why: string): Promise<string | null> => {
  if (!planVerdict(file.status, on, ctx.today).ok) return null;
  const id = ctx.id();
  await writePlan(ctx, file, id, { on, half: 'any', reason: 'follow-up', why, workerId: file.workerId }, null);
  await record(ctx, 'visit.planned', id, { case: file.id, on });
  return id;
};

const taken = (): never => {
  throw new Invalid([{ path: 'id', message: '这个编号已被使用' }]);
};

/** Moves a planned visit to another day. */
export const moveVisit = async (
  ctx: Ctx<'visits.over' | 'visits.in-past' | 'visits.too-far' | 'record.changed-meanwhile'>,
  id: string,
  change: { plannedOn: string; half: DayHalf; version: number },
) => {
  const { visit, file } = await visitInHand(ctx, id);
  if (visit.status !== 'planned') return ctx.refuse('visits.over', { status: visit.status });
  ensure(ctx, planDayVerdict(change.plannedOn, ctx.today));
  const seen = { ...visit, version: change.version };
  if (!(await store.changePlanned(ctx.tx, seen, { plannedOn: change.plannedOn, half: change.half })))
    return ctx.refuse('record.changed-meanwhile', { version: visit.version });
  await record(ctx, 'visit.moved', id, { case: file.id, on: change.plannedOn });
  await ctx.changed('case', file.id);
  return { id, version: change.version + 1 };
};

type Recording =
  | 'visits.over'
  | 'visits.case-closed'
  | 'visits.in-future'
  | 'visits.in-past'
  | 'visits.too-far'
  | 'visits.next-not-later'
  | 'visits.companion-missing'
  | 'visits.companion-or-alone'
  | 'visits.action-missing'
  | 'visits.action-in-past';

/**
 * Writes down what became of a visit, planned or not. The id is the phone's: what this person has already written under it is answered
 * again and changes nothing, whatever came with it.
 */
const conclude = async <Code extends string>(
  ctx: Ctx<Code>,
  id: string,
  draft: { readonly caseId: string; readonly visitedOn: string; readonly next: { on: string; half: DayHalf } | null },
  end: {
    readonly move: 'record' | 'miss';
    readonly event: VisitEvent;
    readonly judge: (file: CaseFacts, person: store.PersonFacts) => Verdict<VisitRefusal>;
    readonly register: (person: store.PersonFacts) => Partial<Parameters<typeof store.insertVisit>[1]>;
    readonly content: Parameters<typeof store.insertVisit>[2];
    readonly after: (file: CaseFacts) => Promise<void>;
  },
) => {
  const { tx, actor } = ctx;
  const file = await caseInHand(ctx, draft.caseId);
  const status = end.move === 'record' ? 'done' : 'not-met';
  const found = await store.visitById(tx, actor.districtId, id);
  const again = (v: store.VisitFacts | undefined) =>
    v !== undefined && v.caseId === file.id && v.status === status && v.recordedBy === actor.personId;
  if (found !== undefined) {
    if (found.caseId !== file.id) taken();
    if (again(found)) return { id, version: found.version };
    ensure(ctx, visitMoveVerdict(found.status, end.move));
  }
  const person = (await store.personOf(tx, actor.districtId, file.id)) ?? ctx.notFound();
  ensure(ctx, end.judge(file, person));
  const register = {
    status,
    workerId: actor.personId,
    visitedOn: draft.visitedOn,
    recordedBy: actor.personId,
    recordedAt: ctx.now,
    ...end.register(person),
  } as const;
  const version = (found?.version ?? 0) + 1;
  const written =
    found === undefined
      ? await store.insertVisit(
          tx,
          {
            half: 'any',
            reason: person.lastOn === null ? 'first' : 'regular',
            ...register,
            districtId: actor.districtId,
            id,
            caseId: file.id,
            stationId: file.stationId,
            madeBy: actor.personId,
            madeAt: ctx.now,
          },
          end.content,
        )
      : await store.changePlanned(tx, { districtId: actor.districtId, id, version: found.version }, register, end.content);
  if (!written) {
    // The same was sent twice at one moment: whoever came first has written it.
    const meanwhile = await store.visitById(tx, actor.districtId, id);
    if (meanwhile !== undefined && again(meanwhile)) return { id, version: meanwhile.version };
    return meanwhile === undefined ? taken() : ctx.refuse('visits.over' as Code, { status: meanwhile.status });
  }
  await end.after(file);
  if (status === 'done')
    await recordContact(ctx, {
      kind: 'visit',
      domain: await fieldOn(tx, actor.districtId, file, draft.visitedOn),
      happenedOn: draft.visitedOn,
      minutes: register.minutes ?? null,
      people: 1,
      caseId: file.id,
      recipientId: file.recipientId,
      sourceKind: 'visit',
      sourceId: id,
      place: file,
    });
  if (draft.next !== null) {
    const plan = { on: draft.next.on, half: draft.next.half, reason: 'follow-up', why: '' } as const;
    const nextId = ctx.id();
    await writePlan(ctx, file, nextId, plan, id);
    await record(ctx, 'visit.planned', nextId, { case: file.id, on: draft.next.on });
  }
  await touchCase(tx, actor.districtId, file.id, ctx.now);
  await record(ctx, end.event, id, { case: file.id, on: draft.visitedOn });
  await ctx.changed('case', file.id);
  return { id, version };
};

/** Records a visit on which somebody was met. */
export const recordVisit = (ctx: Ctx<Recording>, id: string, draft: VisitRecord) =>
  conclude(ctx, id, draft, {
    move: 'record',
    event: 'visit.recorded',
    judge: (file, person) =>
      recordVerdict(
        { ...draft, scales: [draft.health.scale, draft.safety.scale, draft.life.scale] },
        { first: person.lastOn === null, caseStatus: file.status, today: ctx.today },
      ),
    register: (person) => ({ minutes: draft.minutes, first: person.lastOn === null }),
    content: {
      companionRole: draft.companion?.role ?? null,
      companionName: draft.companion?.name ?? null,
      aloneReason: draft.aloneReason,
      health: draft.health.scale,
      healthSays: draft.health.says,
      safety: draft.safety.scale,
      safetySays: draft.safety.says,
      life: draft.life.scale,
      lifeSays: draft.life.says,
    },
    after: async (file) => {
      if (draft.action === null) return;
      await store.insertAction(ctx.tx, {
        ...draft.action,
        districtId: ctx.actor.districtId,
        id: ctx.id(),
        visitId: id,
        caseId: file.id,
        ownerId: ctx.actor.personId,
      });
    },
  });

/** Records that nobody was met. Staleness goes on: only who was met was visited. */
export const missVisit = (
  ctx: Ctx<Exclude<Recording, `visits.companion-${string}` | `visits.action-${string}`>>,
  id: string,
  draft: MissedVisit,
) =>
  conclude(ctx, id, draft, {
    move: 'miss',
    event: 'visit.missed',
    judge: (file) => missVerdict(draft, file.status, ctx.today),
    register: () => ({ notMet: draft.notMet }),
    content: { says: draft.says },
    after: async () => undefined,
  });

/** Cancels a planned visit, with the reason. */
export const cancelVisit = async (ctx: Ctx<'visits.over'>, id: string, says: string) => {
  const { visit, file } = await visitInHand(ctx, id);
  ensure(ctx, visitMoveVerdict(visit.status, 'cancel'));
  if (!(await store.changePlanned(ctx.tx, visit, { status: 'cancelled' }, { says }))) return ctx.refuse('visits.over');
  await record(ctx, 'visit.cancelled', id, { case: file.id });
  await ctx.changed('case', file.id);
  return { id, version: visit.version + 1 };
};

/** Ticks an immediate action off. */
export const finishVisitAction = async (
  ctx: Ctx<'visits.action-done'>,
  id: string,
  actionId: string,
  { says, at }: { says: string; at?: string | undefined },
) => {
  const { visit, file } = await visitInHand(ctx, id);
  if (!(await store.hasAction(ctx.tx, ctx.actor.districtId, id, actionId))) return ctx.notFound();
  const of = { districtId: ctx.actor.districtId, visitId: id, id: actionId };
  const done = { doneAt: doneWhen(at, visit.recordedAt, ctx.now), doneBy: ctx.actor.personId, doneSays: says === '' ? null : says };
  if (!(await store.finishAction(ctx.tx, of, done))) return ctx.refuse('visits.action-done');
  await record(ctx, 'visit.action-done', id, { case: file.id, action: actionId });
  await ctx.changed('case', file.id);
  return { id, version: visit.version };
};

/** Sets what makes visits needed more often. */
export const setVisitNeeds = async (ctx: Ctx<'visits.case-closed'>, caseId: string, needs: readonly VisitNeed[]) => {
  const file = await caseInHand(ctx, caseId);
  if (file.status !== 'open') return ctx.refuse('visits.case-closed');
  const version = await store.setNeeds(ctx.tx, {
    districtId: ctx.actor.districtId,
    id: caseId,
    needs: [...new Set(needs)],
    setBy: ctx.actor.personId,
    setAt: ctx.now,
  });
  await record(ctx, 'visit.needs-set', caseId, { case: caseId });
  await ctx.changed('case', caseId);
  return { id: caseId, version };
};
