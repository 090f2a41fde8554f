import { createHash, randomInt } from 'node:crypto';
import type { ActivityEvent } from '@jieyou/core/activities/events.ts';
import { type ActivityMove, activityMoves } from '@jieyou/core/activities/moves.ts';
import { budgetSums, finishVerdict, minutesOf, placeFor, timesVerdict } from '@jieyou/core/activities/rules.ts';
import { type ActivityDraft, type BudgetLine, categoryDomain } from '@jieyou/core/activities/schema.ts';
import { peopleAndTimes } from '@jieyou/core/contacts/rules.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import type { HelpRefusal, HelpTold, NamedVolunteer } from '@jieyou/core/shared/helping.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import { exactIndexes } from '../cases/index.ts';
import { ownPlace, recordContact } from '../contacts/index.ts';
import { standingForm } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { keptNames, mayName, recordHelp } from '../volunteers/index.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

const note = (ctx: Ctx<never>, type: ActivityEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'activity', recordId: id, facts });

// Sixteen signs of which none looks like another: about 78 bits, which nobody tries out.
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const newCode = (): string => Array.from({ length: 16 }, () => SIGNS[randomInt(SIGNS.length)]).join('');

/** An activity that the asker leads or helps to lead. */
export const inHand = async (ctx: Ctx<never>, id: string): Promise<store.ActivityFacts> => {
  const found = (await store.activityById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  return found;
};

type PlanCodes = 'volunteers.not-on-register' | 'activities.ends-before' | 'activities.campaign-unknown' | 'activities.co-lead-unknown';

const checkPlan = async (ctx: Ctx<PlanCodes>, draft: ActivityDraft, stationId: string): Promise<void> => {
  const times = timesVerdict(draft.startsAt, draft.endsAt);
  if (!times.ok) ctx.refuse(times.code);
  if (draft.campaignId !== null) {
    const { rows } = await sql`select 1 from campaign where district_id = ${ctx.actor.districtId} and id = ${draft.campaignId}`.execute(
      ctx.tx,
    );
    if (rows.length === 0) ctx.refuse('activities.campaign-unknown');
  }
  if (draft.coLeadIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`select distinct person_id as id from role_assignment
    where role = 'worker' and station_id = ${stationId} and person_id = any(${draft.coLeadIds}::uuid[])
      and valid_from <= app_today() and (valid_to is null or valid_to >= app_today())`.execute(ctx.tx);
  if (rows.length < new Set(draft.coLeadIds).size) ctx.refuse('activities.co-lead-unknown');
};

const columnsOf = (draft: ActivityDraft) => ({
  title: draft.title,
  category: draft.category,
  campaignId: draft.campaignId,
  place: draft.place,
  startsAt: draft.startsAt,
  endsAt: draft.endsAt,
  capacity: draft.capacity,
  coLeadIds: [...new Set(draft.coLeadIds)],
  plannedFen: budgetSums(draft.budget).planned,
});

const contentOf = (ctx: Pick<Ctx, 'crypto' | 'actor'>, id: string, draft: ActivityDraft) => ({
  districtId: ctx.actor.districtId,
  id,
  aims: draft.aims,
  budget: draft.budget,
  volunteersCt: ctx.crypto.encrypt(keptNames(draft.volunteers), store.volunteersPlace(id)),
});

/** Plans an activity of the worker's station. */
export const createActivity = async (ctx: Ctx<PlanCodes | 'activities.no-station'>, draft: ActivityDraft) => {
  const { tx, actor } = ctx;
  const place = await ownPlace(ctx);
  if (place === undefined) return ctx.refuse('activities.no-station');
  await checkPlan(ctx, draft, place.stationId);
  await mayName(ctx, draft.volunteers, [], place.stationId);
  const post = actor.assignments.find((a) => a.role === 'worker');
  const id = ctx.id();
  await tx
    .insertInto('activity')
    .values({
      districtId: actor.districtId,
      id,
      ...columnsOf(draft),
      status: 'planned',
      // A deputy plans for the person whose work it is.
      leadId: post?.deputyFor ?? actor.personId,
      ...place,
      publicCode: newCode(),
      updatedAt: ctx.now,
    })
    .execute();
  await store.putContent(tx, contentOf(ctx, id, draft));
  await note(ctx, 'activity.planned', id, { category: draft.category });
  return { id, version: 1 };
};

type Moving = 'activities.moved-on' | 'record.changed-meanwhile';
const mayMove = (ctx: Ctx<Moving>, of: store.ActivityFacts, move: ActivityMove): void => {
  if (!moveVerdict(activityMoves, of.status, move).ok) ctx.refuse('activities.moved-on', { status: of.status });
};

/** Changes the plan of an activity that is not over. */
export const updateActivity = async (
  ctx: Ctx<Moving | PlanCodes>,
  id: string,
  { version, ...draft }: ActivityDraft & { version: number },
) => {
  const was = await inHand(ctx, id);
  mayMove(ctx, was, 'cancel');
  await checkPlan(ctx, draft, was.stationId);
  await mayName(ctx, draft.volunteers, await store.volunteersOf(ctx, id), was.stationId);
  const next = await store.changeActivity(ctx.tx, ctx.actor.districtId, was, version, columnsOf(draft), ctx.now);
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await store.putContent(ctx.tx, contentOf(ctx, id, draft));
  await note(ctx, 'activity.changed', id);
  await ctx.changed('activity', id);
  return { id, version: next };
};

/** Names volunteers of the register, or finds the person behind a name that was typed; after the end as well, for their hours. */
export const nameActivityVolunteers = async (
  ctx: Ctx<Moving | 'volunteers.not-on-register'>,
  id: string,
  { version, volunteers }: { volunteers: NamedVolunteer[]; version: number },
) => {
  const was = await inHand(ctx, id);
  if (was.status === 'cancelled') return ctx.refuse('activities.moved-on', { status: was.status });
  await mayName(ctx, volunteers, await store.volunteersOf(ctx, id), was.stationId);
  const next = await store.changeActivity(ctx.tx, ctx.actor.districtId, was, version, {}, ctx.now);
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await ctx.tx
    .updateTable('activityContent')
    .set({ volunteersCt: ctx.crypto.encrypt(keptNames(volunteers), store.volunteersPlace(id)) })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .execute();
  await note(ctx, 'activity.changed', id);
  await ctx.changed('activity', id);
  return { id, version: next };
};

/** Publishes, withdraws or cancels. */
export const moveActivity = async (
  ctx: Ctx<Moving | 'activities.reason-missing'>,
  id: string,
  ask: { move: 'publish' | 'withdraw' | 'cancel'; reason: string | null; version: number },
) => {
  const was = await inHand(ctx, id);
  mayMove(ctx, was, ask.move);
  if (ask.move === 'cancel' && ask.reason === null) return ctx.refuse('activities.reason-missing');
  const change = {
    status: activityMoves[ask.move].to as 'planned',
    ...(ask.move === 'cancel' && ask.reason !== null ? { cancelReason: ask.reason } : {}),
  };
  const next = await store.changeActivity(ctx.tx, ctx.actor.districtId, was, ask.version, change, ctx.now);
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await note(ctx, 'activity.moved', id, { move: ask.move });
  await ctx.changed('activity', id);
  return { id, version: next };
};

/** A resident registers by the link; unknown codes and unpublished activities answer alike. */
export const registerAsResident = async (
  ctx: Ctx<'activities.registration-closed' | 'activities.too-many-people' | 'activities.waiting-full'>,
  code: string,
  body: { name: string; phone: string; people: number },
) => {
  const { tx, crypto } = ctx;
  const { rows: known } = await sql<{ districtId: string }>`select district_id from public_activity(${code})`.execute(tx);
  const districtId = known[0]?.districtId;
  if (districtId === undefined) return ctx.notFound();
  const pack = await packOf(ctx, districtId);
  if (body.people > pack['registration.people']) return ctx.refuse('activities.too-many-people', { most: pack['registration.people'] });
  const id = ctx.id();
  const { rows } = await sql<{ activityId: string; state: string }>`select activity_id, state from register_for_activity(
    ${code}, ${id}, ${body.people}::int, ${crypto.encrypt(body.name, store.registrationPlace(id, 'name'))}, ${maskName(body.name)},
    ${crypto.encrypt(body.phone, store.registrationPlace(id, 'phone'))}, ${maskPhone(body.phone)}, ${exactIndexes(crypto, body.phone).phone ?? null},
    ${pack['registration.waiting']}::int)`.execute(tx);
  const { state, activityId } = rows[0] ?? { state: 'closed', activityId: id };
  if (state === 'closed') return ctx.refuse('activities.registration-closed');
  if (state === 'waiting-full') return ctx.refuse('activities.waiting-full');
  // Who it was is not known, and the address from which it came is not kept.
  const type: ActivityEvent = 'activity.registered';
  await tx
    .insertInto('event')
    .values({
      districtId,
      id: ctx.id(),
      at: ctx.now,
      type,
      recordKind: 'activity',
      recordId: activityId,
      facts: '{}',
      httpRequest: ctx.http.id,
    })
    .execute();
  return { state: state as 'in' | 'waiting' };
};

/** Holds an activity, so that those who change its registrations come one after the other. */
export const lock = (ctx: Ctx<never>, id: string) =>
  sql`select 1 from activity where district_id = ${ctx.actor.districtId} and id = ${id} for update`.execute(ctx.tx);
const countOf = (all: readonly store.RegistrationFacts[]) => ({
  taken: all.reduce((n, r) => n + (r.status === 'in' ? r.people : 0), 0),
  waiting: all.filter((r) => r.status === 'waiting').length,
});

/** A worker writes somebody down, at the door as well. */
export const registerByWorker = async (
  ctx: Ctx<'activities.moved-on' | 'activities.registered-before' | 'activities.too-many-people'>,
  id: string,
  body: { name: string; phone: string | null; people: number },
) => {
  const { tx, actor, crypto } = ctx;
  const was = await inHand(ctx, id);
  if (was.status !== 'planned' && was.status !== 'published') return ctx.refuse('activities.moved-on', { status: was.status });
  const most = (await packOf(ctx, actor.districtId))['registration.people'];
  if (body.people > most) return ctx.refuse('activities.too-many-people', { most });
  await lock(ctx, id);
  const all = await store.registrationsOf(tx, actor.districtId, id);
  const phoneIndex = body.phone === null ? null : await standingForm(tx, exactIndexes(crypto, body.phone).phone);
  if (phoneIndex !== null && all.some((r) => r.phoneIndex === phoneIndex && r.status !== 'cancelled'))
    return ctx.refuse('activities.registered-before');
  const status = placeFor({ capacity: was.capacity, ...countOf(all), people: body.people });
  const registrationId = ctx.id();
  await tx
    .insertInto('activityRegistration')
    .values({
      districtId: actor.districtId,
      id: registrationId,
      activityId: id,
      status,
      source: 'worker',
      people: body.people,
      registeredAt: ctx.now,
      nameCt: crypto.encrypt(body.name, store.registrationPlace(registrationId, 'name')),
      nameMasked: maskName(body.name),
      phoneCt: body.phone === null ? null : crypto.encrypt(body.phone, store.registrationPlace(registrationId, 'phone')),
      phoneMasked: body.phone === null ? null : maskPhone(body.phone),
      phoneIndex,
    })
    .execute();
  await note(ctx, 'activity.registered', id, { status });
  await ctx.changed('activity', id);
  return { id: registrationId, status };
};

/** Lets somebody who waits have a place, or takes a registration out. */
export const changeRegistration = async (
  ctx: Ctx<'activities.moved-on' | 'activities.no-room'>,
  id: string,
  registrationId: string,
  to: 'in' | 'cancelled',
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  await lock(ctx, id);
  const all = await store.registrationsOf(tx, actor.districtId, id);
  const one = all.find((r) => r.id === registrationId) ?? ctx.notFound();
  const mayStill = was.status === 'planned' || was.status === 'published';
  if (!mayStill || one.status === 'cancelled' || one.status === to) return ctx.refuse('activities.moved-on', { status: was.status });
  if (to === 'in' && was.capacity !== null && countOf(all).taken + one.people > was.capacity) return ctx.refuse('activities.no-room');
  await tx
    .updateTable('activityRegistration')
    .set({ status: to, version: one.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', registrationId)
    .execute();
  await note(ctx, 'activity.registration-changed', id, { to });
  await ctx.changed('activity', id);
  return { id: registrationId, version: one.version + 1 };
};

/** Name and phone of one who registered, for a reason that is kept. */
export const unmaskRegistration = async (ctx: Ctx<never>, id: string, registrationId: string, reason: string) => {
  const was = (await store.activityById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const one = (await store.registrationsOf(ctx.tx, ctx.actor.districtId, was.id)).find((r) => r.id === registrationId) ?? ctx.notFound();
  ctx.saw('activity', id, { kind: 'unmask', reason, outcome: 'registration' });
  await note(ctx, 'activity.unmasked', id);
  return {
    name: ctx.crypto.decrypt(one.nameCt, store.registrationPlace(one.id, 'name')),
    phone: one.phoneCt === null ? null : ctx.crypto.decrypt(one.phoneCt, store.registrationPlace(one.id, 'phone')),
  };
};

/** Who came: by registration, and how many without one. What is done is corrected by ending it again. */
export const signIn = async (
  ctx: Ctx<Moving>,
  id: string,
  body: { came: readonly { id: string; came: number }[]; walkIns: number; version: number },
) => {
  const was = await inHand(ctx, id);
  if (was.status === 'cancelled') return ctx.refuse('activities.moved-on', { status: was.status });
  const next = await store.changeActivity(ctx.tx, ctx.actor.districtId, was, body.version, { walkIns: body.walkIns }, ctx.now);
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await sql`update activity_registration r set came = g.came, version = r.version + 1
    from (select (e ->> 'id')::uuid as id, (e ->> 'came')::int as came from jsonb_array_elements(${JSON.stringify(body.came)}::jsonb) e) g
    where r.district_id = ${ctx.actor.districtId} and r.activity_id = ${id} and r.id = g.id and r.status <> 'cancelled'
      and r.came is distinct from g.came`.execute(ctx.tx);
  await note(ctx, 'activity.signed-in', id, { walkIns: body.walkIns });
  await ctx.changed('activity', id);
  return { id, version: next };
};

// An opaque key of a person who is known by a phone only; the index is keyed, so nobody gets from here to the phone.
const personKey = (phoneIndex: string): string => {
  const h = createHash('sha256').update(`activity person ${phoneIndex}`).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
};

// Whom a registration is linked to counts as that person, in every act of service; without a link the phone tells them again.
const countOfCame = async (ctx: Pick<Ctx, 'tx' | 'actor'>, was: store.ActivityFacts) => {
  const { tx, actor } = ctx;
  const came = (await store.registrationsOf(tx, actor.districtId, was.id)).filter((r) => r.status !== 'cancelled' && (r.came ?? 0) > 0);
  const linked = await store.attendantsCounted(tx, was.id);
  const people = came.reduce((n, r) => n + (r.came ?? 0), was.walkIns);
  const keysOf = (r: store.RegistrationFacts): string[] => {
    const behind = linked.filter((l) => l.registrationId === r.id).map((l) => l.recipientId);
    return behind.length > 0 ? behind.slice(0, r.came ?? 0) : [r.phoneIndex === null ? r.id : personKey(r.phoneIndex)];
  };
  const who = [...new Set(came.flatMap(keysOf))];
  const minutes = minutesOf(was.startsAt, was.endsAt);
  const { times, persons } = peopleAndTimes([{ people, minutes, who }]);
  return { people, who, minutes, times, persons };
};

/**
 * Counts an activity that is over again, since somebody was recognised in it, or not any more. Where the list of who came was changed since
 * it ended, all of it is counted when the end is corrected.
 */
export const recount = async (ctx: Pick<Ctx, 'tx' | 'actor'>, was: store.ActivityFacts): Promise<void> => {
  if (was.status !== 'done') return;
  const { persons, who, times } = await countOfCame(ctx, was);
  if (times !== was.times) return;
  await sql`select recount_activity(${was.id}, ${persons}::int, ${who}::uuid[])`.execute(ctx.tx);
};

/** Ends an activity, or corrects its end: it is one act of service, told anew each time. */
export const finishActivity = async (
  ctx: Ctx<Moving | 'activities.not-yet' | 'activities.lead-finishes' | HelpRefusal>,
  id: string,
  body: { summary: string; budget: readonly BudgetLine[]; help?: HelpTold | undefined; version: number },
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  mayMove(ctx, was, was.status === 'done' ? 'correct' : 'finish');
  if (!actor.selves.includes(was.leadId)) return ctx.refuse('activities.lead-finishes');
  const verdict = finishVerdict(was.startsAt, ctx.today);
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  // Whoever is recognised at the same moment comes before or after, and is counted either way.
  await lock(ctx as unknown as Ctx<never>, id);
  const { people, who, minutes, times, persons } = await countOfCame(ctx, was);
  const sums = budgetSums(body.budget);
  const next = await store.changeActivity(
    tx,
    actor.districtId,
    was,
    body.version,
    { status: 'done', times, persons, plannedFen: sums.planned, spentFen: sums.spent },
    ctx.now,
  );
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await sql`update activity_content set summary = ${body.summary}, budget = ${JSON.stringify(body.budget)}::jsonb
    where district_id = ${actor.districtId} and id = ${id}`.execute(tx);
  await recordContact(ctx, {
    kind: 'activity',
    domain: categoryDomain[was.category],
    happenedOn: dayOf(was.startsAt as Instant),
    minutes: Math.min(minutes, 6000),
    people,
    who,
    activityId: id,
    sourceKind: 'activity',
    sourceId: id,
    place: was,
    workerId: was.leadId,
  });
  if (body.help !== undefined)
    await recordHelp(
      ctx,
      {
        kind: 'activity',
        id,
        title: was.title,
        class: was.category,
        place: was.place,
        startsAt: was.startsAt,
        minutes: Math.min(minutes, 1440),
      },
      body.help,
    );
  await note(ctx, 'activity.finished', id, { times });
  await ctx.changed('activity', id);
  return { id, version: next };
};

/** Makes a campaign week of the district. */
export const createCampaign = async (ctx: Ctx<'activities.ends-before'>, draft: { name: string; fromDay: string; toDay: string }) => {
  if (draft.toDay < draft.fromDay) return ctx.refuse('activities.ends-before');
  const id = ctx.id();
  await ctx.tx
    .insertInto('campaign')
    .values({ districtId: ctx.actor.districtId, id, ...draft, madeBy: ctx.actor.personId, madeAt: ctx.now })
    .execute();
  const type: ActivityEvent = 'campaign.made';
  await ctx.record({ type, recordKind: 'campaign', recordId: id });
  return { id, version: 1 };
};
