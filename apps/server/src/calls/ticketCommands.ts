import { addWorkingDays, atRiskFrom, shiftForPause } from '@jieyou/core/calendar/rules.ts';
import type { CallEvent } from '@jieyou/core/calls/events.ts';
import { type TicketMove, ticketMoves } from '@jieyou/core/calls/moves.ts';
import type { TicketDraft } from '@jieyou/core/calls/schema.ts';
import { type Instant, instantOf } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { z } from 'zod';
import { callRulesOf } from '../appeals/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

type Moving = 'calls.moved-on' | 'record.changed-meanwhile';

const record = (ctx: Ctx, type: CallEvent, ticket: { id: string; externalNo: string }) =>
  ctx.record({ type, recordKind: 'ticket', recordId: ticket.id, facts: { number: ticket.externalNo } });

/** Registers a ticket; its clock runs in working days from when it was received. */
export const createTicket = async (ctx: Ctx<'calls.ticket-taken' | 'calls.received-in-future'>, draft: z.infer<typeof TicketDraft>) => {
  const { tx, actor, crypto } = ctx;
  if (Date.parse(draft.receivedAt) > Date.parse(ctx.now)) return ctx.refuse('calls.received-in-future');
  const before = await tx
    .selectFrom('ticket as k')
    .innerJoin('person as p', 'p.id', 'k.holderId')
    .select('p.name')
    .where('k.districtId', '=', actor.districtId)
    .where('k.source', '=', draft.source)
    .where('k.externalNo', '=', draft.externalNo)
    .executeTakeFirst();
  if (before !== undefined) return ctx.refuse('calls.ticket-taken', { holder: before.name });
  const rules = await callRulesOf(tx, actor.districtId, ctx.today);
  const limitDays = draft.limitDays ?? rules.pack['ticket.days'];
  const receivedAt = instantOf(Date.parse(draft.receivedAt));
  const dueAt = addWorkingDays(receivedAt, limitDays, rules.holidays, rules.hours);
  const id = ctx.id();
  await tx
    .insertInto('ticket')
    .values({
      districtId: actor.districtId,
      id,
      source: draft.source,
      externalNo: draft.externalNo,
      status: 'open',
      holderId: actor.personId,
      receivedAt,
      limitDays,
      clockStartedAt: receivedAt,
      clockDueAt: dueAt,
      clockAtRiskAt: atRiskFrom(receivedAt, dueAt, rules.holidays, rules.hours),
      packVersion: rules.version,
      updatedAt: ctx.now,
    })
    .execute();
  const seal = (field: string, value: string | null) => (value === null ? null : crypto.encrypt(value, store.ticketPlace(id, field)));
  await tx
    .insertInto('ticketContent')
    .values({
      districtId: actor.districtId,
      id,
      asksCt: crypto.encrypt(draft.asks, store.ticketPlace(id, 'asks')),
      callerNameCt: seal('callerName', draft.callerName),
      callerNameMasked: draft.callerName === null ? null : maskName(draft.callerName),
      callerPhoneCt: seal('callerPhone', draft.callerPhone),
      callerPhoneMasked: draft.callerPhone === null ? null : maskPhone(draft.callerPhone),
    })
    .execute();
  await record(ctx, 'ticket.registered', { id, externalNo: draft.externalNo });
  return { id, version: 1 };
};

const ready = async (ctx: Ctx<Moving>, id: string, move: TicketMove, version: number): Promise<store.TicketRecord> => {
  const ticket = (await store.ticketById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  if (!moveVerdict(ticketMoves, ticket.status, move).ok) ctx.refuse('calls.moved-on', { status: ticket.status });
  if (ticket.version !== version) ctx.refuse('record.changed-meanwhile', { version: ticket.version });
  return ticket;
};

const changed = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  ticket: store.TicketRecord,
  change: Parameters<typeof store.changeTicket>[2],
  type: CallEvent,
) => {
  const version = await store.changeTicket(ctx.tx, ticket, change, ctx.now);
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: ticket.version });
  await record(ctx, type, ticket);
  await ctx.changed('ticket', ticket.id);
  return { id: ticket.id, version };
};

const keep = (ctx: Ctx, id: string, values: { pauseCt?: string; replyCt?: string }) =>
  ctx.tx.updateTable('ticketContent').set(values).where('districtId', '=', ctx.actor.districtId).where('id', '=', id).execute();

/** Stops the clock for a reason, or lets it run again: later by the working time that the pause took. */
export const moveTicketClock = async (ctx: Ctx<Moving>, id: string, body: { act: 'pause' | 'resume'; why: string; version: number }) => {
  const ticket = await ready(ctx, id, body.act, body.version);
  await keep(ctx, id, { pauseCt: ctx.crypto.encrypt(body.why, store.ticketPlace(id, 'pause')) });
  if (body.act === 'pause') return changed(ctx, ticket, { status: 'paused', clockPausedAt: ctx.now }, 'ticket.paused');
  const rules = await callRulesOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const pausedAt = (ticket.clockPausedAt ?? ctx.now) as Instant;
  const dueAt = shiftForPause(ticket.clockDueAt as Instant, pausedAt, ctx.now, rules.holidays, rules.hours);
  const atRisk = atRiskFrom(ticket.clockStartedAt as Instant, dueAt, rules.holidays, rules.hours);
  return changed(ctx, ticket, { status: 'open', clockDueAt: dueAt, clockAtRiskAt: atRisk, clockPausedAt: null }, 'ticket.resumed');
};

/** Registers what was answered; the clock stops. */
export const answerTicket = async (ctx: Ctx<Moving>, id: string, body: { reply: string; version: number }) => {
  const ticket = await ready(ctx, id, 'answer', body.version);
  await keep(ctx, id, { replyCt: ctx.crypto.encrypt(body.reply, store.ticketPlace(id, 'reply')) });
  return changed(ctx, ticket, { status: 'answered', answeredAt: ctx.now }, 'ticket.answered');
};

/** Registers how content the caller was. */
export const rateTicket = async (ctx: Ctx<Moving>, id: string, body: { satisfaction: string; version: number }) => {
  const ticket = await ready(ctx, id, 'rate', body.version);
  return changed(ctx, ticket, { satisfaction: body.satisfaction }, 'ticket.rated');
};

/** Opens the caller's name or phone for a reason that is kept. */
export const unmaskTicket = async (ctx: Ctx, id: string, ask: { field: 'callerName' | 'callerPhone'; reason: string }) => {
  const ticket = (await store.ticketById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const content = await ctx.tx
    .selectFrom('ticketContent')
    .select(['callerNameCt', 'callerPhoneCt'])
    .where('districtId', '=', ticket.districtId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const ciphertext = ask.field === 'callerName' ? content.callerNameCt : content.callerPhoneCt;
  ctx.saw('ticket', id, { kind: 'unmask', reason: ask.reason, outcome: ask.field });
  await record(ctx, 'ticket.unmasked', ticket);
  return { field: ask.field, value: ciphertext === null ? null : ctx.crypto.decrypt(ciphertext, store.ticketPlace(id, ask.field)) };
};
