import type { CallEvent } from '@jieyou/core/calls/events.ts';
import { type CallMove, callMoves } from '@jieyou/core/calls/moves.ts';
import { callStart, contactOf, endsAtOnce } from '@jieyou/core/calls/rules.ts';
import type { CallDraft, CallField, HandOverDraft, HotlineDraft, SendDraft } from '@jieyou/core/calls/schema.ts';
import { yearOf } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import type { z } from 'zod';
import { openAppeal } from '../appeals/index.ts';
import { exactIndexes } from '../cases/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

type Moving = 'calls.moved-on' | 'record.changed-meanwhile';
type Send = z.infer<typeof SendDraft>;
type HandOver = z.infer<typeof HandOverDraft>;
type NewCall = z.infer<typeof CallDraft> & {
  readonly send?: Send | undefined;
  readonly handOver?: HandOver | undefined;
  readonly result?: string | undefined;
};

const record = (ctx: Ctx, type: CallEvent, recordKind: string, recordId: string, facts: Facts = {}) =>
  ctx.record({ type, recordKind, recordId, facts });

const found = async (ctx: Ctx, id: string): Promise<store.CallRecord> =>
  (await store.callById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();

const ensure = (ctx: Ctx<Moving>, call: store.CallRecord, move: CallMove, version: number): void => {
  if (!moveVerdict(callMoves, call.status, move).ok) ctx.refuse('calls.moved-on', { status: call.status });
  if (call.version !== version) ctx.refuse('record.changed-meanwhile', { version: call.version });
};

const changed = async (ctx: Ctx<'record.changed-meanwhile'>, call: store.CallRecord, change: Parameters<typeof store.changeCall>[2]) => {
  const version = await store.changeCall(ctx.tx, call, change, ctx.now);
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: call.version });
  await ctx.changed('call', call.id);
  return { ...call, ...change, version };
};

/** Writes a call down: who took it and when stand by themselves. What follows at once is part of the same act. */
export const createCall = async (ctx: Ctx<'calls.no-way-back' | 'calls.hotline-unknown' | 'appeals.place-unknown'>, draft: NewCall) => {
  const { tx, actor, crypto } = ctx;
  const id = ctx.id();
  const year = yearOf(ctx.today);
  const number = `RX-${year}-${String(await nextNumber(tx, { districtId: actor.districtId, kind: 'RX', scope: '', year })).padStart(5, '0')}`;
  const status = endsAtOnce(draft.kind) || draft.result !== undefined ? 'done' : 'open';
  const startedAt = callStart(draft.startedAt, ctx.now);
  await tx
    .insertInto('hotlineCall')
    .values({
      districtId: actor.districtId,
      id,
      number,
      kind: draft.kind,
      status,
      relation: draft.relation,
      takerId: actor.personId,
      startedAt,
      savedAt: ctx.now,
      updatedAt: ctx.now,
    })
    .execute();
  const seal = (field: string, value: string | null | undefined) =>
    value === null || value === undefined ? null : crypto.encrypt(value, store.callPlace(id, field));
  const phoneIndex = (phone: string | null) => (phone === null ? null : exactIndexes(crypto, phone).phone);
  await tx
    .insertInto('hotlineCallContent')
    .values({
      districtId: actor.districtId,
      id,
      saysCt: crypto.encrypt(draft.says, store.callPlace(id, 'says')),
      resultCt: seal('result', draft.result),
      callerNameCt: seal('callerName', draft.callerName),
      callerNameMasked: draft.callerName === null ? null : maskName(draft.callerName),
      callerPhoneCt: seal('callerPhone', draft.callerPhone),
      callerPhoneMasked: draft.callerPhone === null ? null : maskPhone(draft.callerPhone),
      callerPhoneIndex: phoneIndex(draft.callerPhone),
      personNameCt: seal('personName', draft.personName),
      personNameMasked: draft.personName === null ? null : maskName(draft.personName),
      personPhoneCt: seal('personPhone', draft.personPhone),
      personPhoneMasked: draft.personPhone === null ? null : maskPhone(draft.personPhone),
      personPhoneIndex: phoneIndex(draft.personPhone),
    })
    .execute();
  await record(ctx, 'call.taken', 'call', id, { number, kind: draft.kind });
  let call: store.CallRecord = {
    id,
    districtId: actor.districtId,
    number,
    kind: draft.kind,
    relation: draft.relation,
    status,
    appealId: null,
    startedAt,
    version: 1,
  };
  if (status === 'open' && draft.handOver !== undefined) call = await handedOver(ctx as never, call, draft.handOver);
  if (status === 'open' && draft.send !== undefined) call = await sent(ctx as never, call, draft.send, draft);
  return { id, version: call.version, number };
};

type Said = Parameters<typeof contactOf>[0] & { readonly says: string };

/** A station answers: the call becomes an appeal on the list of the street's station. */
const sent = async (
  ctx: Ctx<'record.changed-meanwhile' | 'calls.no-way-back' | 'appeals.place-unknown'>,
  call: store.CallRecord,
  send: Send,
  said: Said,
): Promise<store.CallRecord> => {
  const contact = contactOf(said);
  if (contact.phone === null && send.safeNote === null) return ctx.refuse('calls.no-way-back');
  const appeal = await openAppeal(
    ctx as never,
    call.districtId,
    { ...send, says: said.says, name: contact.name, phone: contact.phone, reach: contact.phone === null ? 'other' : 'phone' },
    { call: { id: call.id, number: call.number, takerId: ctx.actor.personId, startedAt: call.startedAt } },
  );
  await record(ctx, 'call.sent', 'call', call.id, { number: call.number, appeal: appeal.number });
  return changed(ctx, call, { status: 'sent', appealId: appeal.id });
};

const handedOver = async (
  ctx: Ctx<'record.changed-meanwhile' | 'calls.hotline-unknown'>,
  call: store.CallRecord,
  over: HandOver,
): Promise<store.CallRecord> => {
  const line = await ctx.tx
    .selectFrom('hotline')
    .select(['number', 'name'])
    .where('districtId', '=', call.districtId)
    .where('id', '=', over.hotlineId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (line === undefined) return ctx.refuse('calls.hotline-unknown');
  const id = ctx.id();
  await ctx.tx
    .insertInto('hotlineHandOver')
    .values({
      districtId: call.districtId,
      id,
      callId: call.id,
      hotlineNumber: line.number,
      hotlineName: line.name,
      at: ctx.now,
      byId: ctx.actor.personId,
      outcome: over.outcome,
      saidCt: ctx.crypto.encrypt(over.says, store.handOverPlace(id)),
    })
    .execute();
  await record(ctx, 'call.handed', 'call', call.id, { number: call.number, to: line.number, outcome: over.outcome });
  return changed(ctx, call, { status: call.status === 'sent' ? 'sent' : 'handed' });
};

const saidOf = async (ctx: Ctx, call: store.CallRecord): Promise<Said> => {
  const content = (await store.callContent(ctx.tx, call.districtId, call.id)) ?? ctx.notFound();
  const open = (field: string, ciphertext: string | null) =>
    ciphertext === null ? null : ctx.crypto.decrypt(ciphertext, store.callPlace(call.id, field));
  return {
    relation: call.relation,
    says: ctx.crypto.decrypt(content.saysCt, store.callPlace(call.id, 'says')),
    callerName: open('callerName', content.callerNameCt),
    callerPhone: open('callerPhone', content.callerPhoneCt),
    personName: open('personName', content.personNameCt),
    personPhone: open('personPhone', content.personPhoneCt),
  };
};

/** Sends a call that was written down to the street's station. */
export const sendCall = async (
  ctx: Ctx<Moving | 'calls.no-way-back' | 'appeals.place-unknown'>,
  id: string,
  body: Send & { version: number },
) => {
  const call = await found(ctx, id);
  ensure(ctx, call, 'send', body.version);
  const { version: _, ...send } = body;
  const after = await sent(ctx, call, send, await saidOf(ctx, call));
  return { id, version: after.version, appealId: after.appealId as string };
};

/** Hands a caller over to another hotline. */
export const handOverCall = async (ctx: Ctx<Moving | 'calls.hotline-unknown'>, id: string, body: HandOver & { version: number }) => {
  const call = await found(ctx, id);
  ensure(ctx, call, 'hand', body.version);
  const after = await handedOver(ctx, call, body);
  return { id, version: after.version };
};

/** Ends a call with what came of it. */
export const endCall = async (ctx: Ctx<Moving>, id: string, body: { result: string; version: number }) => {
  const call = await found(ctx, id);
  ensure(ctx, call, 'end', body.version);
  await ctx.tx
    .updateTable('hotlineCallContent')
    .set({ resultCt: ctx.crypto.encrypt(body.result, store.callPlace(id, 'result')) })
    .where('districtId', '=', call.districtId)
    .where('id', '=', id)
    .execute();
  const after = await changed(ctx, call, { status: 'done' });
  await record(ctx, 'call.ended', 'call', id, { number: call.number });
  return { id, version: after.version };
};

/** Opens one item of a call for a reason that is kept. */
export const unmaskCall = async (ctx: Ctx, id: string, ask: { field: z.infer<typeof CallField>; reason: string }) => {
  const call = await found(ctx, id);
  const value = (await saidOf(ctx, call))[ask.field];
  ctx.saw('call', id, { kind: 'unmask', reason: ask.reason, outcome: ask.field });
  await record(ctx, 'call.unmasked', 'call', id, { field: ask.field });
  return { field: ask.field, value };
};

const taken = async (ctx: Ctx<'calls.hotline-taken'>, number: string | undefined, except: string | null): Promise<void> => {
  if (number === undefined) return;
  const other = await ctx.tx
    .selectFrom('hotline')
    .select('id')
    .where('districtId', '=', ctx.actor.districtId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (other !== undefined && other.id !== except) ctx.refuse('calls.hotline-taken');
};

/** Adds a number to call. */
export const createHotline = async (ctx: Ctx<'calls.hotline-taken'>, draft: z.infer<typeof HotlineDraft>) => {
  await taken(ctx, draft.number, null);
  const id = ctx.id();
  await ctx.tx
    .insertInto('hotline')
    .values({ ...draft, hours: draft.hours ?? '', id, districtId: ctx.actor.districtId })
    .execute();
  await record(ctx, 'hotline.added', 'hotline', id, { number: draft.number });
  return { id, version: 1 };
};

type HotlineChange = { [K in keyof z.infer<typeof HotlineDraft>]?: z.infer<typeof HotlineDraft>[K] | undefined } & {
  readonly active?: boolean | undefined;
  readonly version: number;
};

/** Corrects a number, or takes it out of use. */
export const updateHotline = async (ctx: Ctx<'calls.hotline-taken' | 'record.changed-meanwhile'>, id: string, change: HotlineChange) => {
  const { version, hours, ...rest } = change;
  const was = await ctx.tx
    .selectFrom('hotline')
    .select('version')
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (was === undefined) return ctx.notFound();
  await taken(ctx, change.number, id);
  const values = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const done = await ctx.tx
    .updateTable('hotline')
    .set({ ...values, ...(hours === undefined ? {} : { hours: hours ?? '' }), version: version + 1 })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await record(ctx, 'hotline.changed', 'hotline', id, { fields: Object.keys(values).join(',') });
  return { id, version: version + 1 };
};
