import type { ReliefEvent } from '@jieyou/core/relief/events.ts';
import { type ReliefMove, reliefMoves } from '@jieyou/core/relief/moves.ts';
import { deliverVerdict, endVerdict, itemVerdict } from '@jieyou/core/relief/rules.ts';
import type { ReliefDraft, ReliefDrop, ReliefItemDraft, ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import { sql } from 'kysely';
import { ownPlace, recordContact, withdrawContact } from '../contacts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { personSeen } from '../recipients/index.ts';
import { calledTables, openUndertakings } from './jointStore.ts';
import * as store from './store.ts';

/** Remembers an act on a relief case, and tells open pages. */
export const note = async (ctx: Ctx<never>, type: ReliefEvent, id: string, facts: Record<string, string | number | null> = {}) => {
  await ctx.record({ type, recordKind: 'relief', recordId: id, facts });
  await ctx.changed('relief', id);
};

/** Refuses what a rule does not allow. */
export const ensure = <Code extends string>(ctx: Ctx<Code>, verdict: Verdict<string>): void => {
  // Each endpoint lists the refusals that its rule may give.
  if (!verdict.ok) ctx.refuse(verdict.code as Code, verdict.facts);
};

/** A relief case of one's own, locked: acts on it follow each other. */
export const inHand = async (ctx: Ctx<'relief.person-still'>, id: string): Promise<store.ReliefFacts> => {
  const found = (await store.reliefById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  if (found.still) return ctx.refuse('relief.person-still');
  await sql`select 1 from relief_case where district_id = ${ctx.actor.districtId} and id = ${id} for update`.execute(ctx.tx);
  return (await store.reliefById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
};

/** Writes down what a screening found. */
export const screenRelief = async (
  ctx: Ctx<'relief.no-station' | 'relief.person-still' | 'relief.in-future' | 'relief.open-already'>,
  { adviserKind, adviserName, needSays, needs, ...draft }: ReliefDraft,
) => {
  const { tx, actor } = ctx;
  const place = await ownPlace(ctx);
  if (place === undefined) return ctx.refuse('relief.no-station');
  const person = await personSeen(ctx, draft.recipientId);
  if (person.still) return ctx.refuse('relief.person-still');
  if (draft.screenedOn > ctx.today) return ctx.refuse('relief.in-future');
  const workerId = actor.assignments.find((a) => a.role === 'worker')?.deputyFor ?? actor.personId;
  const { rows } = await sql`select 1 from relief_case where district_id = ${actor.districtId} and recipient_id = ${person.id}
    and worker_id = ${workerId} and status <> 'closed'`.execute(tx);
  if (rows.length > 0) return ctx.refuse('relief.open-already');
  const id = ctx.id();
  await tx
    .insertInto('reliefCase')
    .values({
      districtId: actor.districtId,
      id,
      recipientId: person.id,
      status: 'screened',
      source: draft.source,
      needs: [...new Set(needs)],
      screenedOn: draft.screenedOn,
      workerId,
      ...place,
      madeBy: actor.personId,
      updatedAt: ctx.now,
    })
    .execute();
  const adviserCt = ctx.crypto.encrypt(adviserName, store.adviserPlace(id));
  await tx.insertInto('reliefContent').values({ districtId: actor.districtId, id, needSays, adviserKind, adviserCt }).execute();
  await note(ctx, 'relief.screened', id);
  return { id, version: 1 };
};

type Ask = { move: ReliefMove; says: string | null; satisfied: number | null; dropped: ReliefDrop | null; version: number };

/** Links, delivers, hears, closes, or ends without help. */
export const moveRelief = async (
  ctx: Ctx<
    | 'relief.moved-on'
    | 'record.changed-meanwhile'
    | 'relief.person-still'
    | 'relief.says-missing'
    | 'relief.satisfied-missing'
    | 'relief.drop-missing'
    | 'relief.nothing-delivered'
    | 'relief.line-missing'
    | 'relief.joint-called'
    | 'relief.undertakings-open'
  >,
  id: string,
  ask: Ask,
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  if (!moveVerdict(reliefMoves, was.status, ask.move).ok) return ctx.refuse('relief.moved-on', { status: was.status });
  if (ask.move === 'deliver') ensure(ctx, deliverVerdict({ ...(await store.itemCounts(tx, actor.districtId, id)), says: ask.says }));
  if ((ask.move === 'link' || ask.move === 'hear' || ask.move === 'drop') && ask.says === null) return ctx.refuse('relief.says-missing');
  if (ask.move === 'hear' && ask.satisfied === null) return ctx.refuse('relief.satisfied-missing');
  if (ask.move === 'drop' && ask.dropped === null) return ctx.refuse('relief.drop-missing');
  if (ask.move === 'close' || ask.move === 'drop') {
    const called = await calledTables(tx, actor.districtId, id);
    ensure(ctx, endVerdict({ called, undertakings: await openUndertakings(tx, actor.districtId, id) }));
  }
  const { numUpdatedRows } = await tx
    .updateTable('reliefCase')
    .set({
      status: reliefMoves[ask.move].to as ReliefStatus,
      updatedAt: ctx.now,
      version: ask.version + 1,
      ...(ask.move === 'hear' ? { satisfied: ask.satisfied } : {}),
      ...(ask.move === 'drop' ? { dropped: ask.dropped } : {}),
    })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('version', '=', ask.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  const words = {
    link: { linkSays: ask.says },
    deliver: { oneLineSays: ask.says },
    hear: { feedbackSays: ask.says },
    close: { closeSays: ask.says },
    drop: { closeSays: ask.says },
  }[ask.move];
  await tx.updateTable('reliefContent').set(words).where('districtId', '=', actor.districtId).where('id', '=', id).execute();
  await note(ctx, 'relief.moved', id, { move: ask.move });
  return { id, version: ask.version + 1 };
};

/** Writes down a thing or a service; a service is an act of service. */
export const addReliefItem = async (
  ctx: Ctx<
    | 'relief.not-open'
    | 'relief.person-still'
    | 'relief.in-future'
    | 'relief.before-screening'
    | 'relief.material-incomplete'
    | 'relief.service-incomplete'
  >,
  id: string,
  item: ReliefItemDraft,
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  ensure(ctx, itemVerdict(item, { status: was.status, screenedOn: was.screenedOn, today: ctx.today }));
  const itemId = ctx.id();
  await tx
    .insertInto('reliefItem')
    .values({ districtId: actor.districtId, id: itemId, reliefId: id, ...item, recordedBy: actor.personId, recordedAt: ctx.now })
    .execute();
  if (item.line === 'service')
    await recordContact(ctx, {
      kind: 'case-relief',
      domain: 'relief',
      happenedOn: item.onDay,
      minutes: item.minutes,
      people: 1,
      recipientId: was.recipientId,
      sourceKind: 'relief-item',
      sourceId: itemId,
      place: was,
    });
  await note(ctx, 'relief.item-recorded', id, { line: item.line });
  return { id: itemId, version: 1 };
};

/** Takes an item back that was written down wrongly; it stays readable. */
export const voidReliefItem = async (
  ctx: Ctx<'relief.moved-on' | 'relief.person-still' | 'relief.recorder-only'>,
  id: string,
  itemId: string,
  says: string,
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  const item =
    (await tx
      .selectFrom('reliefItem')
      .select(['line', 'recordedBy', 'voidSays', 'version'])
      .where('districtId', '=', actor.districtId)
      .where('reliefId', '=', id)
      .where('id', '=', itemId)
      .executeTakeFirst()) ?? ctx.notFound();
  if (was.status === 'closed' || item.voidSays !== null) return ctx.refuse('relief.moved-on', { status: was.status });
  if (!actor.selves.includes(item.recordedBy)) return ctx.refuse('relief.recorder-only');
  await tx
    .updateTable('reliefItem')
    .set({ voidSays: says, version: item.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', itemId)
    .execute();
  if (item.line === 'service') await withdrawContact(ctx, 'relief-item', itemId);
  await note(ctx, 'relief.item-voided', id, { line: item.line });
  return { id: itemId, version: item.version + 1 };
};
