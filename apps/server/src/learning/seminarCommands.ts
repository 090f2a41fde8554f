import { minutesVerdict, planVerdict } from '@jieyou/core/learning/cadence.ts';
import type { LearningEvent } from '@jieyou/core/learning/events.ts';
import type { SeminarMinutes, SeminarPlan, SeriesDraft } from '@jieyou/core/learning/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './seminarStore.ts';

const record = (ctx: Ctx<never>, type: LearningEvent, recordKind: 'seminar-series' | 'seminar', recordId: string) =>
  ctx.record({ type, recordKind, recordId, facts: {} });

const seriesOf = async (ctx: Ctx<never>, id: string) => (await store.seriesById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
const seminarOf = async (ctx: Ctx<never>, id: string) => (await store.seminarById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();

/** Sets up a series; how often it meets is its own figure or the rule pack's. */
export const createSeries = async (ctx: Ctx<never>, draft: SeriesDraft) => {
  const id = ctx.id();
  const { districtId, personId } = ctx.actor;
  await ctx.tx
    .insertInto('seminarSeries')
    .values({ ...draft, id, districtId, madeBy: personId, status: 'running' })
    .execute();
  await record(ctx, 'learning.series-created', 'seminar-series', id);
  return { id, version: 1 };
};

/** Changes a series, ends it or takes it up again. */
export const updateSeries = async (
  ctx: Ctx<'record.changed-meanwhile' | 'learning.seminar-planned'>,
  id: string,
  {
    version,
    ...change
  }: { [K in keyof SeriesDraft]?: SeriesDraft[K] | undefined } & {
    version: number;
    status?: 'running' | 'ended' | undefined;
  },
) => {
  const was = await seriesOf(ctx, id);
  if (change.status === 'ended' && was.plannedOn !== null) return ctx.refuse('learning.seminar-planned');
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const done = await ctx.tx
    .updateTable('seminarSeries')
    .set({ ...set, version: version + 1 })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await record(ctx, 'learning.series-changed', 'seminar-series', id);
  return { id, version: version + 1 };
};

type Whom = 'learning.person-unknown' | 'learning.case-unknown';

const peopleAndCases = async (ctx: Ctx<Whom>, given: { personIds: readonly string[]; entryIds: readonly string[] }) => {
  const { tx, actor, today } = ctx;
  const persons = [...new Set(given.personIds)];
  const entries = [...new Set(given.entryIds)];
  if ((await store.servingPersons(tx, actor.districtId, persons, today)).length !== persons.length) ctx.refuse('learning.person-unknown');
  if ((await store.publishedCases(tx, actor.districtId, entries)).length !== entries.length) ctx.refuse('learning.case-unknown');
  return {
    members: persons.map((personId) => ({ id: ctx.id(), personId })),
    entries: entries.map((entryId) => ({ id: ctx.id(), entryId })),
  };
};

const rowOf = ({ memberIds: _m, entryIds: _e, agenda, ...plan }: SeminarPlan) => ({ ...plan, agenda: JSON.stringify(agenda) });

/** Plans a seminar and asks the people to come. */
export const planSeminar = async (ctx: Ctx<Whom | 'learning.series-ended'>, seriesId: string, plan: SeminarPlan) => {
  const series = await seriesOf(ctx, seriesId);
  if (series.status === 'ended') return ctx.refuse('learning.series-ended');
  const { members, entries } = await peopleAndCases(ctx, { personIds: plan.memberIds, entryIds: plan.entryIds });
  const id = ctx.id();
  const { districtId, personId } = ctx.actor;
  await ctx.tx
    .insertInto('seminar')
    .values({ ...rowOf(plan), id, districtId, seriesId, madeBy: personId, status: 'planned' })
    .execute();
  await store.nameMembers(ctx.tx, { districtId, seminarId: id }, members);
  await store.linkCases(ctx.tx, { districtId, seminarId: id }, entries);
  await record(ctx, 'learning.seminar-planned', 'seminar', id);
  await ctx.notify(
    members.map((m) => m.personId),
    { kind: 'learning.seminar-invited', recordKind: 'seminar', recordId: id, number: '' },
  );
  return { id, version: 1 };
};

const changeSeminar = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  was: store.SeminarKept,
  version: number,
  set: Record<string, unknown>,
): Promise<void> => {
  const done = await ctx.tx
    .updateTable('seminar')
    .set({ ...set, version: version + 1 } as never)
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', was.id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) ctx.refuse('record.changed-meanwhile', { version: was.version });
};

/** Changes the plan of a seminar; who is newly asked is told. */
export const updateSeminar = async (
  ctx: Ctx<Whom | 'record.changed-meanwhile' | 'learning.seminar-over'>,
  id: string,
  { version, ...plan }: SeminarPlan & { version: number },
) => {
  const was = await seminarOf(ctx, id);
  const verdict = planVerdict(was.status, 'change');
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const key = { districtId: ctx.actor.districtId, seminarId: id };
  const before = (await store.membersOf(ctx.tx, key.districtId, id)).map((m) => m.id);
  const { members, entries } = await peopleAndCases(ctx, { personIds: plan.memberIds, entryIds: plan.entryIds });
  await changeSeminar(ctx, was, version, rowOf(plan));
  await store.nameMembers(ctx.tx, key, members);
  await store.linkCases(ctx.tx, key, entries);
  await record(ctx, 'learning.seminar-changed', 'seminar', id);
  const added = members.map((m) => m.personId).filter((p) => !before.includes(p));
  if (added.length > 0) await ctx.notify(added, { kind: 'learning.seminar-invited', recordKind: 'seminar', recordId: id, number: '' });
  return { id, version: version + 1 };
};

/** Writes or corrects the minutes, with who came and which cases were spoken of. */
export const recordSeminar = async (
  ctx: Ctx<Whom | 'record.changed-meanwhile' | 'learning.seminar-over' | 'learning.seminar-not-yet'>,
  id: string,
  given: SeminarMinutes & { version: number },
) => {
  const { tx, actor, today } = ctx;
  const was = await seminarOf(ctx, id);
  const verdict = minutesVerdict({ status: was.status, heldOn: was.heldOn as Day, today: today as Day });
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const key = { districtId: actor.districtId, seminarId: id };
  const invited = (await store.membersOf(tx, actor.districtId, id)).map((m) => m.id);
  // Who came without having been asked is written down as well.
  const extra = given.attendedIds.filter((p) => !invited.includes(p));
  const { members, entries } = await peopleAndCases(ctx, { personIds: extra, entryIds: given.entryIds });
  await changeSeminar(ctx, was, given.version, { status: 'held', minutes: given.minutes, conclusions: given.conclusions });
  if (members.length > 0)
    await tx
      .insertInto('seminarMember')
      .values(members.map((m) => ({ ...m, ...key })))
      .execute();
  await sql`update seminar_member set attended = person_id = any(${given.attendedIds}::uuid[])
    where district_id = ${key.districtId} and seminar_id = ${id}`.execute(tx);
  await store.linkCases(tx, key, entries);
  await record(ctx, 'learning.seminar-recorded', 'seminar', id);
  return { id, version: given.version + 1 };
};

/** Calls a seminar off; who was asked is told by the changed record. */
export const cancelSeminar = async (
  ctx: Ctx<'record.changed-meanwhile' | 'learning.seminar-over'>,
  id: string,
  given: { version: number; reason: string },
) => {
  const was = await seminarOf(ctx, id);
  const verdict = planVerdict(was.status, 'cancel');
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  await changeSeminar(ctx, was, given.version, { status: 'cancelled', reason: given.reason });
  await record(ctx, 'learning.seminar-cancelled', 'seminar', id);
  const members = await store.membersOf(ctx.tx, ctx.actor.districtId, id);
  await ctx.notify(
    members.map((m) => m.id),
    { kind: 'learning.seminar-cancelled', recordKind: 'seminar', recordId: id, number: '' },
  );
  return { id, version: given.version + 1 };
};
