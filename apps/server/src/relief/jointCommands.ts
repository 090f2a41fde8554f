import type { ReliefEvent } from '@jieyou/core/relief/events.ts';
import { callVerdict, concludeVerdict, settleVerdict, undertakingVerdict } from '@jieyou/core/relief/rules.ts';
import type { JointDraft, UndertakingDraft } from '@jieyou/core/relief/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { ensure, inHand } from './commands.ts';
import * as store from './jointStore.ts';

const note = async (ctx: Ctx<never>, type: ReliefEvent, joint: { id: string; reliefId: string }, more: Record<string, string> = {}) => {
  await ctx.record({ type, recordKind: 'relief-joint', recordId: joint.id, facts: { relief: joint.reliefId, ...more } });
  await ctx.changed('relief', joint.reliefId);
};

/** Tells who sits at the table, save the one who acts. Nothing of the person stands in what is told. */
const tellTable = async (ctx: Ctx<never>, kind: 'relief.joint-called' | 'relief.joint-concluded', id: string, staff: readonly string[]) => {
  const others = staff.filter((one) => !ctx.actor.selves.includes(one));
  if (others.length > 0) await ctx.notify(others, { kind, recordKind: 'relief-joint', recordId: id, number: '' });
};

/** A consultation of a relief case that the person carries; beyond reach it is as if it did not exist. */
const jointInHand = async (ctx: Ctx<'relief.person-still'>, id: string): Promise<store.JointFacts> => {
  const joint = (await store.jointById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  await inHand(ctx, joint.reliefId);
  return joint;
};

/** Calls the parts of the consortium together; whoever of them has an account is told. */
export const callReliefJoint = async (
  ctx: Ctx<'relief.moved-on' | 'relief.person-still' | 'relief.day-past' | 'relief.member-unknown'>,
  reliefId: string,
  { members, ...draft }: JointDraft,
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, reliefId);
  ensure(ctx, callVerdict({ status: was.status, onDay: draft.onDay, today: ctx.today }));
  const staff = [...new Set(members.flatMap((m) => m.personId ?? []))];
  if ((await store.staffHere(tx, actor, ctx.today, staff)) !== staff.length) return ctx.refuse('relief.member-unknown');
  const id = ctx.id();
  const { districtId } = actor;
  await tx
    .insertInto('reliefJoint')
    .values({
      districtId,
      id,
      reliefId,
      recipientId: was.recipientId,
      status: 'called',
      ...draft,
      staff,
      madeBy: actor.personId,
      updatedAt: ctx.now,
    })
    .execute();
  for (const { name, ...member } of members) {
    const memberId = ctx.id();
    const nameCt = name === null ? null : ctx.crypto.encrypt(name, store.memberPlace(memberId));
    await tx
      .insertInto('reliefJointMember')
      .values({ districtId, id: memberId, jointId: id, ...member, nameCt })
      .execute();
  }
  await note(ctx, 'relief.joint-called', { id, reliefId });
  await tellTable(ctx, 'relief.joint-called', id, staff);
  return { id, version: 1 };
};

/** Writes down what came of a consultation, or calls it off; whoever sits at the table is told. */
export const concludeReliefJoint = async (
  ctx: Ctx<'relief.person-still' | 'relief.joint-over' | 'relief.in-future' | 'record.changed-meanwhile'>,
  id: string,
  ask: { readonly held: boolean; readonly says: string; readonly version: number },
) => {
  const joint = await jointInHand(ctx, id);
  ensure(ctx, concludeVerdict({ status: joint.status, held: ask.held, onDay: joint.onDay, today: ctx.today }));
  const { numUpdatedRows } = await ctx.tx
    .updateTable('reliefJoint')
    .set({ status: ask.held ? 'held' : 'called-off', outcome: ask.says, updatedAt: ctx.now, version: ask.version + 1 })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .where('version', '=', ask.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return ctx.refuse('record.changed-meanwhile', { version: joint.version });
  await note(ctx, 'relief.joint-concluded', joint, { held: String(ask.held) });
  // Once the case has ended they read the table no longer.
  if (joint.reliefStatus !== 'closed') await tellTable(ctx, 'relief.joint-concluded', id, joint.staff);
  return { id, version: ask.version + 1 };
};

/** Takes a seat away: whoever sat there reads the table no longer, nor undertakes anything. */
export const unseatJointMember = async (
  ctx: Ctx<'relief.person-still' | 'relief.member-unknown' | 'relief.undertakings-open' | 'relief.last-seat'>,
  id: string,
  memberId: string,
) => {
  const { tx, actor } = ctx;
  const joint = await jointInHand(ctx, id);
  const member = await store.memberOf(tx, actor.districtId, id, memberId);
  if (member === undefined) return ctx.refuse('relief.member-unknown');
  const count = await store.openUndertakings(tx, actor.districtId, joint.reliefId, memberId);
  if (count > 0) return ctx.refuse('relief.undertakings-open', { count });
  if ((await store.seatsTaken(tx, actor.districtId, id)) < 2) return ctx.refuse('relief.last-seat');
  await tx
    .updateTable('reliefJointMember')
    .set({ leftOn: ctx.today })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', memberId)
    .execute();
  const version = joint.version + 1;
  // Somebody may sit at the table in two parts; the reading ends with the last of them.
  await sql`update relief_joint j set version = ${version}, updated_at = ${ctx.now}, staff = array(select distinct m.person_id
      from relief_joint_member m where m.district_id = j.district_id and m.joint_id = j.id and m.left_on is null and m.person_id is not null)
    where j.district_id = ${actor.districtId} and j.id = ${id}`.execute(tx);
  await note(ctx, 'relief.member-left', joint);
  return { id, version };
};

/** Writes down who does what until when. */
export const addUndertaking = async (
  ctx: Ctx<'relief.person-still' | 'relief.joint-not-held' | 'relief.due-early' | 'relief.member-unknown' | 'relief.moved-on'>,
  id: string,
  { memberId, what, dueOn }: UndertakingDraft,
) => {
  const { tx, actor } = ctx;
  const joint = await jointInHand(ctx, id);
  if (joint.reliefStatus === 'closed') return ctx.refuse('relief.moved-on', { status: 'closed' });
  ensure(ctx, undertakingVerdict({ status: joint.status, onDay: joint.onDay, dueOn }));
  const member = await store.memberOf(tx, actor.districtId, id, memberId);
  if (member === undefined) return ctx.refuse('relief.member-unknown');
  const own = ctx.id();
  await tx
    .insertInto('reliefUndertaking')
    .values({
      districtId: actor.districtId,
      id: own,
      jointId: id,
      memberId,
      what,
      dueOn,
      status: 'open',
      workerId: joint.workerId ?? actor.personId,
      byPerson: member.personId,
    })
    .execute();
  await note(ctx, 'relief.undertaking-given', joint);
  return { id: own, version: 1 };
};

/** Writes down that what was undertaken is done, or will not be: by who carries the case, or by the one who undertook it. */
export const settleUndertaking = async (
  ctx: Ctx<'relief.person-still' | 'relief.undertaking-over' | 'relief.in-future' | 'relief.due-early' | 'record.changed-meanwhile'>,
  id: string,
  ask: { readonly done: boolean; readonly onDay: string; readonly says: string; readonly version: number },
) => {
  const { tx, actor } = ctx;
  const found = (await store.undertakingById(tx, actor, id)) ?? ctx.notFound();
  if (!found.settles) throw new Denied();
  if (found.still) return ctx.refuse('relief.person-still');
  ensure(ctx, settleVerdict({ status: found.status, onDay: ask.onDay, metOn: found.metOn, today: ctx.today }));
  const { numUpdatedRows } = await tx
    .updateTable('reliefUndertaking')
    .set({ status: ask.done ? 'done' : 'dropped', settledOn: ask.onDay, says: ask.says, version: ask.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('version', '=', ask.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return ctx.refuse('record.changed-meanwhile', { version: found.version });
  await note(ctx, 'relief.undertaking-settled', { id: found.jointId, reliefId: found.reliefId }, { done: String(ask.done) });
  return { id, version: ask.version + 1 };
};
