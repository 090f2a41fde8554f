import { clockState, remainingInWords } from '@jieyou/core/calendar/rules.ts';
import type * as endpoints from '@jieyou/core/calls/endpoints.ts';
import { callActs, ticketActs } from '@jieyou/core/calls/rules.ts';
import type { CallStatus, TicketStatus } from '@jieyou/core/calls/schema.ts';
import type { Instant } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { type CallRules, callRulesOf, matchesOfPhone } from '../appeals/index.ts';
import { exactIndexes } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import * as store from './store.ts';

const MOST_LINES = 12;

/** Numbers to call, in the order in which they are shown. */
export const listHotlines = (ctx: Ctx, query: z.infer<typeof endpoints.listHotlines.query>) =>
  readPage<{
    id: string;
    number: string;
    name: string;
    helps: string;
    hours: string;
    source: string;
    urgent: boolean;
    active: boolean;
    position: number;
    version: number;
  }>(ctx.tx, query, {
    columns: sql`h.id, h.number, h.name, h.helps, h.hours, h.source, h.urgent, h.active, h.position, h.version`,
    from: sql`from hotline h`,
    where: allOf([
      sql`h.district_id = ${ctx.actor.districtId}`,
      query.text !== undefined &&
        query.text !== '' &&
        sql`(h.name like ${containing(query.text)} or h.helps like ${containing(query.text)} or h.number like ${containing(query.text)})`,
    ]),
    sort: [
      { column: 'position', direction: 'asc', type: 'int' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'h',
  });

/** Whom somebody calls while no network carries anything to anybody: hotlines in use, urgent ones first, then the centre and the own station. */
export const linesToCall = async (ctx: Ctx): Promise<{ number: string; says: string }[]> => {
  const { districtId, assignments } = ctx.actor;
  const own = assignments.flatMap((a) => a.stationId ?? []);
  const { rows } = await sql<{ number: string; says: string }>`
    select number, says from (
      select h.number, h.name as says, case when h.urgent then 0 else 3 end as part, h.position, h.id from hotline h
        where h.district_id = ${districtId} and h.active
      union all
      select s.phone, s.name, case when s.id = any(${own}::uuid[]) then 1 else 2 end, 0, s.id from station s
        where s.district_id = ${districtId} and s.phone is not null and (s.id = any(${own}::uuid[]) or s.tier = 'district-station')) as l
    order by part, position, id limit ${MOST_LINES}`.execute(ctx.tx);
  return rows;
};

type CallRow = {
  id: string;
  number: string;
  kind: 'help';
  status: CallStatus;
  relation: 'self';
  takerName: string;
  startedAt: string;
  savedAt: string;
  appealNumber: string | null;
  handedTo: string | null;
  version: number;
};

const CALL = sql`c.id, c.number, c.kind, c.status, c.relation, p.name as taker_name, c.started_at, c.saved_at, a.number as appeal_number,
  (select string_agg(distinct h.hotline_number, '、') from hotline_hand_over h where h.district_id = c.district_id and h.call_id = c.id) as handed_to,
  c.version`;
const CALL_FROM = sql`from hotline_call c join person p on p.id = c.taker_id
  left join appeal a on a.district_id = c.district_id and a.id = c.appeal_id`;

/** Calls, the newest first. */
export const listCalls = (ctx: Ctx, query: z.infer<typeof endpoints.listCalls.query>) =>
  readPage<CallRow>(ctx.tx, query, {
    columns: CALL,
    from: CALL_FROM,
    where: allOf([
      sql`c.district_id = ${ctx.actor.districtId}`,
      query.kind !== undefined && sql`c.kind = any(${query.kind}::text[])`,
      query.status !== undefined && sql`c.status = any(${query.status}::text[])`,
      query.number !== undefined && query.number !== '' && sql`c.number = ${query.number.toUpperCase()}`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'c',
  });

/** One call, with what became of it. */
export const readCall = async (ctx: Ctx, id: string) => {
  const { tx, actor, crypto } = ctx;
  const call = (await store.callById(tx, actor.districtId, id)) ?? ctx.notFound();
  const { rows } = await sql<CallRow>`select ${CALL} ${CALL_FROM} where c.district_id = ${actor.districtId} and c.id = ${id}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const content = (await store.callContent(tx, actor.districtId, id)) ?? ctx.notFound();
  const { rows: overs } = await sql<{
    id: string;
    number: string;
    name: string;
    at: string;
    byName: string;
    outcome: 'connected';
    saidCt: string;
  }>`select h.id, h.hotline_number as number, h.hotline_name as name, h.at, p.name as by_name, h.outcome, h.said_ct
    from hotline_hand_over h join person p on p.id = h.by_id where h.district_id = ${actor.districtId} and h.call_id = ${id} order by h.id`.execute(
    tx,
  );
  const { rows: appeals } = await sql<{
    id: string;
    number: string;
    status: string;
    stationName: string | null;
    urgent: boolean;
    askedAt: string;
    dueAt: string;
    endedAt: string | null;
  }>`
    select a.id, a.number, a.status, s.name as station_name, a.urgent, a.asked_at, a.due_at, a.ended_at from appeal a left join station s on s.id = a.station_id
    where a.district_id = ${actor.districtId} and a.id = ${call.appealId}`.execute(tx);
  const { rows: requests } = await sql<{ id: string; receiptNo: string | null; status: string }>`
    select r.id, r.receipt_no, r.status from support_request r
    where r.district_id = ${actor.districtId} and r.appeal_id = ${call.appealId} order by r.id`.execute(tx);
  ctx.saw('call', id);
  return {
    ...row,
    callerName: content.callerNameMasked,
    callerPhone: content.callerPhoneMasked,
    personName: content.personNameMasked,
    personPhone: content.personPhoneMasked,
    says: crypto.decrypt(content.saysCt, store.callPlace(id, 'says')),
    result: content.resultCt === null ? null : crypto.decrypt(content.resultCt, store.callPlace(id, 'result')),
    handOvers: overs.map(({ saidCt, ...over }) => ({ ...over, says: crypto.decrypt(saidCt, store.handOverPlace(over.id)) })),
    appeal: appeals[0] ?? null,
    requests,
    can: callActs(call.status),
  };
};

/** Who is known under a phone, before anything is written twice. The number stays in the body: addresses are logged. */
export const findCallMatches = async (ctx: Ctx, phone: string) => {
  const index = exactIndexes(ctx.crypto, phone).phone;
  const { rows: calls } = await sql<{ id: string; number: string; status: string; name: string | null; takerName: string }>`
    select c.id, c.number, c.status, case when t.caller_phone_index = ${index} then t.caller_name_masked else t.person_name_masked end as name,
      p.name as taker_name
    from hotline_call_content t join hotline_call c on c.district_id = t.district_id and c.id = t.id join person p on p.id = c.taker_id
    where t.district_id = ${ctx.actor.districtId} and (t.caller_phone_index = ${index} or t.person_phone_index = ${index})
    order by c.id desc limit 5`.execute(ctx.tx);
  const known = await matchesOfPhone(ctx, index, null);
  ctx.saw('call', ctx.actor.personId, { outcome: 'list-by-identity' });
  return {
    rows: [
      ...known,
      ...calls.map((c) => ({
        kind: 'call' as const,
        id: c.id,
        number: c.number,
        name: c.name,
        status: c.status,
        workerName: c.takerName,
        stationName: null,
        mine: true,
      })),
    ],
  };
};

type TicketRow = {
  id: string;
  source: string;
  externalNo: string;
  status: TicketStatus;
  holderName: string;
  receivedAt: string;
  limitDays: number;
  clockStartedAt: string;
  clockDueAt: string;
  clockPausedAt: string | null;
  satisfaction: 'very' | null;
  answeredAt: string | null;
  version: number;
};

const TICKET = sql`k.id, k.source, k.external_no, k.status, p.name as holder_name, k.received_at, k.limit_days, k.clock_started_at, k.clock_due_at,
  k.clock_paused_at, k.satisfaction, k.answered_at, k.version`;

const ticketRow = (row: TicketRow, now: Instant, rules: CallRules) => {
  const reading = clockState({
    startedAt: row.clockStartedAt as Instant,
    dueAt: row.clockDueAt as Instant,
    pausedAt: row.clockPausedAt as Instant | null,
    now,
    table: rules.holidays,
    hours: rules.hours,
  });
  const { clockStartedAt: _, clockDueAt, clockPausedAt: __, answeredAt: ___, ...rest } = row;
  return {
    ...rest,
    dueAt: clockDueAt,
    clock:
      row.status === 'answered'
        ? { state: 'none' as const, dueAt: null, words: (row.answeredAt ?? '') > clockDueAt ? '超时回复' : '按时回复' }
        : { state: reading.state, dueAt: clockDueAt, words: remainingInWords(reading, '等来电人或其他部门') },
  };
};

/** Tickets by their clocks: what is due first stands first, answered ones last. */
export const listTickets = async (ctx: Ctx, query: z.infer<typeof endpoints.listTickets.query>) => {
  const rules = await callRulesOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const page = await readPage<TicketRow & { rank: number }>(ctx.tx, query, {
    columns: sql`${TICKET}, k.rank`,
    from: sql`from (select x.*, case when x.status = 'answered' then 1 else 0 end as rank from ticket x
      where x.district_id = ${ctx.actor.districtId}) k join person p on p.id = k.holder_id`,
    where: allOf([
      query.status !== undefined && sql`k.status = any(${query.status}::text[])`,
      query.clock === 'overdue' && sql`k.status = 'open' and k.clock_due_at < ${ctx.now}`,
      query.externalNo !== undefined && query.externalNo !== '' && sql`k.external_no like ${containing(query.externalNo)}`,
    ]),
    sort: [
      { column: 'rank', direction: 'asc', type: 'int' },
      { column: 'clock_due_at', direction: 'asc', type: 'timestamptz' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'k',
  });
  return { ...page, rows: page.rows.map(({ rank: _, ...row }) => ticketRow(row, ctx.now, rules)) };
};

/** One ticket. */
export const readTicket = async (ctx: Ctx, id: string) => {
  const { tx, actor, crypto } = ctx;
  const { rows } = await sql<TicketRow>`select ${TICKET} from ticket k join person p on p.id = k.holder_id
    where k.district_id = ${actor.districtId} and k.id = ${id}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const content = await tx
    .selectFrom('ticketContent')
    .selectAll()
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const open = (field: string, ciphertext: string | null) =>
    ciphertext === null ? null : crypto.decrypt(ciphertext, store.ticketPlace(id, field));
  ctx.saw('ticket', id);
  return {
    ...ticketRow(row, ctx.now, await callRulesOf(tx, actor.districtId, ctx.today)),
    callerName: content.callerNameMasked,
    callerPhone: content.callerPhoneMasked,
    asks: open('asks', content.asksCt) ?? '',
    pause: open('pause', content.pauseCt),
    reply: open('reply', content.replyCt),
    answeredAt: row.answeredAt,
    can: ticketActs(row.status),
  };
};
