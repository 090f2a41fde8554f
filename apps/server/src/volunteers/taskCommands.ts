import type { Instant } from '@jieyou/core/shared/day.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { VolunteerEvent } from '@jieyou/core/volunteers/events.ts';
import { type VolunteerTaskMove, volunteerTaskMoves } from '@jieyou/core/volunteers/moves.ts';
import {
  type ComeRefusal,
  comeVerdict,
  type HoursRefusal,
  hoursVerdict,
  loadSince,
  taskTimesVerdict,
  textsVerdict,
} from '@jieyou/core/volunteers/rules.ts';
import type { VolunteerFor, VolunteerTaskDraft } from '@jieyou/core/volunteers/schema.ts';
import { sql } from 'kysely';
import { ownPlace } from '../contacts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

const note = (ctx: Ctx<never>, type: VolunteerEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'volunteer-task', recordId: id, facts });

type TextCodes = 'volunteers.text-has-number' | 'volunteers.text-names-recipient';

/** What volunteers read names nobody of those behind the task. */
const checkTexts = (ctx: Ctx<TextCodes>, texts: readonly string[], people: NonNullable<Awaited<ReturnType<typeof store.behind>>>): void => {
  const open = (one: (typeof people)[number], field: 'name' | 'phone' | 'idNumber', ciphertext: string | null) =>
    ciphertext === null ? [] : [ctx.crypto.decrypt(ciphertext, { table: one.table, row: one.id, field })];
  const verdict = textsVerdict(texts, {
    names: people.flatMap((p) => open(p, 'name', p.nameCt)),
    numbers: people.flatMap((p) => [...open(p, 'phone', p.phoneCt), ...open(p, 'idNumber', p.idNumberCt)]),
  });
  if (!verdict.ok) ctx.refuse(verdict.code);
};

type PlanCodes = 'volunteers.ends-before' | 'volunteers.area-unknown' | TextCodes;

const checkPlan = async (ctx: Ctx<PlanCodes>, draft: VolunteerTaskDraft): Promise<void> => {
  const times = taskTimesVerdict(draft.startsAt, draft.endsAt);
  if (!times.ok) ctx.refuse(times.code);
  if (draft.areaId !== null && !(await store.areasKnown(ctx.tx, ctx.actor.districtId, [draft.areaId])))
    ctx.refuse('volunteers.area-unknown');
};

const columnsOf = (draft: VolunteerTaskDraft) => ({
  title: draft.title,
  class: draft.class,
  startsAt: draft.startsAt,
  endsAt: draft.endsAt,
  place: draft.place,
  areaId: draft.areaId,
  wanted: draft.wanted,
  skills: [...new Set(draft.skills)],
  risky: draft.risky,
  // Why it was chosen may be said anew, and is not taken away.
  ...(draft.criteria == null ? {} : { criteria: JSON.stringify(draft.criteria) }),
});

/** Everything of a task that others read. */
const textsOf = (draft: VolunteerTaskDraft): string[] => [
  draft.title,
  draft.place,
  draft.says,
  ...(draft.criteria == null ? [] : Object.values(draft.criteria).map((one) => one.says)),
];

/** Makes a task that the asker leads, on its own or beside work of the asker. */
export const createVolunteerTask = async (
  ctx: Ctx<PlanCodes | 'volunteers.no-station' | 'volunteers.for-unknown'>,
  { forKind, forId, ...draft }: VolunteerTaskDraft & { forKind: VolunteerFor; forId: string | null },
) => {
  const { tx, actor } = ctx;
  const place = await ownPlace(ctx);
  if (place === undefined) return ctx.refuse('volunteers.no-station');
  await checkPlan(ctx, draft);
  const people = await store.behind(tx, actor.districtId, forKind, forId);
  if (people === undefined) return ctx.refuse('volunteers.for-unknown');
  checkTexts(ctx, textsOf(draft), people);
  const post = actor.assignments.find((a) => a.role === 'worker');
  const id = ctx.id();
  await tx
    .insertInto('volunteerTask')
    .values({
      districtId: actor.districtId,
      id,
      ...columnsOf(draft),
      status: 'open',
      forKind,
      forId,
      // A deputy makes it for the person whose work it is.
      leadId: post?.deputyFor ?? actor.personId,
      ...place,
      madeBy: actor.personId,
      updatedAt: ctx.now,
    })
    .execute();
  await tx.insertInto('volunteerTaskContent').values({ districtId: actor.districtId, id, says: draft.says }).execute();
  await note(ctx as Ctx<never>, 'volunteer-task.made', id, { class: draft.class, for: forKind });
  return { id, version: 1 };
};

type Moving = 'volunteers.moved-on' | 'volunteers.lead-only' | 'volunteers.lead-gone';

/** A task that the asker leads and that still stands: its lead is at work. */
const led = async (ctx: Ctx<Moving>, id: string): Promise<store.TaskFacts> => {
  const found = (await store.taskById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.leadActive) return ctx.refuse('volunteers.lead-gone');
  if (!ctx.actor.selves.includes(found.leadId)) return ctx.refuse('volunteers.lead-only');
  return found;
};

const mayMove = (ctx: Ctx<'volunteers.moved-on'>, of: store.TaskFacts, move: VolunteerTaskMove): void => {
  if (!moveVerdict(volunteerTaskMoves, of.status, move).ok) ctx.refuse('volunteers.moved-on', { status: of.status });
};

/** Changes a task while it looks for people. What people have agreed to stays as they agreed to it. */
export const updateVolunteerTask = async (
  ctx: Ctx<PlanCodes | Moving | 'volunteers.people-fixed' | 'record.changed-meanwhile'>,
  id: string,
  { version, ...draft }: VolunteerTaskDraft & { version: number },
) => {
  const { tx, actor } = ctx;
  const was = await led(ctx, id);
  mayMove(ctx, was, 'staff');
  await checkPlan(ctx, draft);
  checkTexts(ctx, textsOf(draft), (await store.behind(tx, actor.districtId, was.forKind, was.forId)) ?? []);
  await store.lockTask(tx, actor.districtId, id);
  const agreed = (await store.turnsOf(tx, actor.districtId, id)).some((t) => t.status === 'confirmed');
  const same = Date.parse(was.startsAt) === Date.parse(draft.startsAt) && Date.parse(was.endsAt) === Date.parse(draft.endsAt);
  if (agreed && (!same || (draft.risky && !was.risky))) return ctx.refuse('volunteers.people-fixed');
  const next = await store.changeTask(tx, actor.districtId, was, version, { ...columnsOf(draft), updatedAt: ctx.now });
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await store.putTaskWords(tx, actor.districtId, id, { says: draft.says });
  await note(ctx as Ctx<never>, 'volunteer-task.changed', id);
  await ctx.changed('volunteer-task', id);
  return { id, version: next };
};

/** Settles who comes, looks for people again, settles the hours, or calls it off. */
export const moveVolunteerTask = async (
  ctx: Ctx<Moving | 'volunteers.nobody-comes' | 'volunteers.reason-missing' | 'record.changed-meanwhile'>,
  id: string,
  ask: { move: 'staff' | 'reopen' | 'settle' | 'cancel'; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const was = await led(ctx, id);
  mayMove(ctx, was, ask.move);
  if (ask.move === 'cancel' && ask.says === '') return ctx.refuse('volunteers.reason-missing');
  await store.lockTask(tx, actor.districtId, id);
  if (ask.move === 'staff' && !(await store.turnsOf(tx, actor.districtId, id)).some((t) => t.status === 'confirmed'))
    return ctx.refuse('volunteers.nobody-comes');
  // Words first: what is over is changed no more.
  if (ask.move === 'cancel') await store.putTaskWords(tx, actor.districtId, id, { cancelSays: ask.says });
  const next = await store.changeTask(tx, actor.districtId, was, ask.version, {
    status: volunteerTaskMoves[ask.move].to as string,
    updatedAt: ctx.now,
    ...(ask.move === 'settle' ? { settledBy: actor.personId, settledAt: ctx.now } : {}),
  });
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await note(ctx as Ctx<never>, 'volunteer-task.moved', id, { move: ask.move });
  await ctx.changed('volunteer-task', id);
  return { id, version: next };
};

/** Refuses where somebody who is to be there may not. */
export const mayCome = async (ctx: Ctx<ComeRefusal>, task: store.TaskFacts, ids: readonly string[]): Promise<void> => {
  const pack = await packOf(ctx);
  const people = await store.candidatesOf(ctx.tx, ctx.actor.districtId, task, loadSince(task.startsAt, pack), ids);
  if (people.length < ids.length) ctx.notFound();
  const sought = await store.soughtBy(ctx.tx, task);
  for (const one of people) {
    const verdict = comeVerdict(one, sought, pack);
    if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  }
};

/** Asks people of the station to come. */
export const inviteVolunteers = async (
  ctx: Ctx<Moving | ComeRefusal | 'volunteers.asked-before'>,
  id: string,
  volunteerIds: readonly string[],
) => {
  const { tx, actor } = ctx;
  const was = await led(ctx, id);
  mayMove(ctx, was, 'staff');
  await store.lockTask(tx, actor.districtId, id);
  const ids = [...new Set(volunteerIds)];
  const asked = new Set((await store.turnsOf(tx, actor.districtId, id)).map((t) => t.volunteerId));
  if (ids.some((v) => asked.has(v))) return ctx.refuse('volunteers.asked-before');
  await mayCome(ctx, was, ids);
  await tx
    .insertInto('volunteerTurn')
    .values(
      ids.map((volunteerId) => ({
        districtId: actor.districtId,
        id: ctx.id(),
        taskId: id,
        volunteerId,
        status: 'invited',
        invitedAt: ctx.now,
        invitedBy: actor.personId,
      })),
    )
    .execute();
  await note(ctx as Ctx<never>, 'volunteer-task.invited', id, { people: ids.length });
  await ctx.changed('volunteer-task', id);
  return { id, version: was.version };
};

/** Writes down whether somebody comes. */
export const answerTurn = async (
  ctx: Ctx<Moving | ComeRefusal | 'volunteers.enough'>,
  at: { id: string; turnId: string },
  to: 'confirmed' | 'declined',
) => {
  const { tx, actor } = ctx;
  const was = await led(ctx, at.id);
  await store.lockTask(tx, actor.districtId, at.id);
  const turns = await store.turnsOf(tx, actor.districtId, at.id);
  const turn = turns.find((t) => t.id === at.turnId) ?? ctx.notFound();
  if ((was.status !== 'open' && was.status !== 'staffed') || turn.status === to)
    return ctx.refuse('volunteers.moved-on', { status: was.status });
  if (to === 'confirmed') {
    if (turns.filter((t) => t.status === 'confirmed').length >= was.wanted) return ctx.refuse('volunteers.enough');
    await mayCome(ctx, was, [turn.volunteerId]);
  }
  await tx
    .updateTable('volunteerTurn')
    .set({ status: to, version: turn.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', turn.id)
    .execute();
  await note(ctx as Ctx<never>, 'volunteer-task.answered', at.id, { to });
  await ctx.changed('volunteer-task', at.id);
  return { id: turn.id, version: turn.version + 1 };
};

/** Writes down who came and how long; a colleague of the station who was there may, the lead settles it. */
export const recordHours = async (
  ctx: Ctx<'volunteers.moved-on' | 'volunteers.lead-gone' | HoursRefusal | TextCodes | 'record.changed-meanwhile'>,
  id: string,
  body: { hours: readonly { turnId: string; minutes: number | null }[]; summary: string; version: number },
) => {
  const { tx, actor } = ctx;
  const was = (await store.taskById(tx, actor, id)) ?? ctx.notFound();
  if (!was.leadActive) return ctx.refuse('volunteers.lead-gone');
  mayMove(ctx, was, 'finish');
  await store.lockTask(tx, actor.districtId, id);
  const verdict = hoursVerdict(body.hours, await store.turnsOf(tx, actor.districtId, id), was, ctx.now as Instant);
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  checkTexts(ctx, [body.summary], (await store.behind(tx, actor.districtId, was.forKind, was.forId)) ?? []);
  await sql`update volunteer_turn t set status = case when g.minutes is null then 'absent' else 'came' end, minutes = g.minutes, version = t.version + 1
    from (select (e ->> 'turnId')::uuid as id, (e ->> 'minutes')::int as minutes from jsonb_array_elements(${JSON.stringify(body.hours)}::jsonb) e) g
    where t.district_id = ${actor.districtId} and t.task_id = ${id} and t.id = g.id`.execute(tx);
  await store.putTaskWords(tx, actor.districtId, id, { summary: body.summary });
  const next = await store.changeTask(tx, actor.districtId, was, body.version, {
    status: 'done',
    recordedBy: actor.personId,
    recordedAt: ctx.now,
    updatedAt: ctx.now,
  });
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await note(ctx as Ctx<never>, 'volunteer-task.recorded', id, { people: body.hours.length });
  await ctx.changed('volunteer-task', id);
  return { id, version: next };
};

/** Gives a task to another social worker of the station: the lead does, or the head. */
export const handOver = async (
  ctx: Ctx<'volunteers.moved-on' | 'volunteers.lead-unknown' | 'volunteers.lead-hands-over' | 'record.changed-meanwhile'>,
  id: string,
  ask: { leadId: string; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const was = (await store.taskById(tx, actor, id)) ?? ctx.notFound();
  if (!was.headed && !actor.selves.includes(was.leadId)) return ctx.refuse('volunteers.lead-hands-over');
  mayMove(ctx, was, 'hand-over');
  const { rows } = await sql<{ may: boolean }>`select leads_at(${ask.leadId}, ${was.stationId}) as may`.execute(tx);
  if (rows[0]?.may !== true || ask.leadId === was.leadId) return ctx.refuse('volunteers.lead-unknown');
  await store.putTaskWords(tx, actor.districtId, id, { handedSays: ask.says });
  const next = await store.changeTask(tx, actor.districtId, was, ask.version, { leadId: ask.leadId, updatedAt: ctx.now });
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await note(ctx as Ctx<never>, 'volunteer-task.handed', id);
  await ctx.notify([ask.leadId], { kind: 'volunteer-task.handed', recordKind: 'volunteer-task', recordId: id, number: '' });
  await ctx.changed('volunteer-task', id);
  return { id, version: next };
};
