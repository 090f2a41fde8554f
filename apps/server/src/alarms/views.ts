import { seenByAlarm } from '@jieyou/core/alarms/policy.ts';
import { alarmActs, clockOf, entryVerdict, figureOf, orderActs, orderAtMost, sourceInWords } from '@jieyou/core/alarms/rules.ts';
import type { AlarmEntryKind, AlarmKind, AlarmRow, AlarmStatus, Capacity, Screening, StepCode } from '@jieyou/core/alarms/schema.ts';
import { dangerWordsOf } from '@jieyou/core/alarms/signals.ts';
import type { Risk } from '@jieyou/core/cases/schema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { addDays, type Day, isMinorOn, startOfDay } from '@jieyou/core/shared/day.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { circleOf, handedOver, listedCase, safeContactOf } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { packInForce, packNamed, sourcesInForce } from '../rulepacks/index.ts';
import { alarmInReach, packOf } from './standing.ts';
import { birthOf } from './store.ts';

type Row = {
  id: string;
  kind: AlarmKind;
  status: AlarmStatus;
  rating: Risk | null;
  caseId: string;
  caseNumber: string;
  recipientName: string | null;
  workerName: string;
  registeredAt: string;
  openSteps: number;
  nextCode: StepCode | null;
  nextDueAt: string | null;
  nextTellAt: string | null;
  nextRequired: boolean | null;
  orderTo: string | null;
  version: number;
};

// A supervisor sees the record and not the case: name and person then stay empty.
const SELECT = sql`select a.id, a.kind, a.status, a.rating, a.case_id, a.case_number, r.name_masked as recipient_name, a.worker_id, p.name as worker_name,
    a.registered_at, a.order_to, a.version, n.code as next_code, n.due_at as next_due_at, n.tell_at as next_tell_at, n.required as next_required,
    (select count(*)::int from alarm_step s where s.district_id = a.district_id and s.alarm_id = a.id and s.required
      and s.done_at is null and s.dropped_at is null) as open_steps
  from alarm a join person p on p.id = a.worker_id
    left join case_file f on f.district_id = a.district_id and f.id = a.case_id
    left join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
    left join lateral (select s.code, s.due_at, s.tell_at, s.required from alarm_step s where s.district_id = a.district_id and s.alarm_id = a.id
      and s.done_at is null and s.dropped_at is null and (s.required or s.due_at >= app_now()) order by s.due_at nulls last, s.id limit 1) n on true`;

// What is over is a record of its case: it may have been handed over without them. What is under way goes along.
const shownTo = (actor: Actor): RawBuilder<unknown> =>
  sql`(a.status <> 'closed' or f.id is null or ${handedOver(actor, 'records', 'f', 'a.registered_at', 'a.registered_by')})`;

const shown =
  (ctx: Ctx<never>) =>
  ({ nextTellAt, nextRequired, ...row }: Row): z.infer<typeof AlarmRow> => ({
    ...row,
    clock: clockOf({ dueAt: row.nextDueAt, tellAt: nextTellAt, doneAt: null, droppedAt: null, required: nextRequired ?? true }, ctx.now),
  });

// What a resident asked stands behind a record: it began with it, or was added to it.
const ofAppeal = (id: string): RawBuilder<unknown> =>
  sql`(exists (select 1 from alarm_content c where c.district_id = a.district_id and c.id = a.id and c.source in ('call', 'appeal') and c.source_id = ${id}::uuid)
    or exists (select 1 from alarm_entry e where e.district_id = a.district_id and e.alarm_id = a.id and e.kind = 'appeal' and e.body ->> 'appealId' = ${id}))`;

const SORTS: Readonly<Record<'due' | 'newest', readonly SortKey[]>> = {
  due: [
    { column: 'next_due_at', direction: 'asc', type: 'timestamptz' },
    { column: 'id', direction: 'desc', type: 'uuid' },
  ],
  newest: [{ column: 'id', direction: 'desc', type: 'uuid' }],
};

/** One page of the records in reach, by what is due next. */
export const listAlarms = async (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    kind?: AlarmKind[] | undefined;
    status?: AlarmStatus[] | undefined;
    rating?: Risk[] | undefined;
    due?: 'overdue' | 'today' | 'week' | undefined;
    caseId?: string | undefined;
    appealId?: string | undefined;
    mine?: 'yes' | undefined;
    sort?: 'due' | 'newest' | undefined;
  },
) => {
  const { actor } = ctx;
  const circle = await circleOf(ctx.tx, actor);
  const until = { today: startOfDay(addDays(ctx.today, 1)), week: startOfDay(addDays(ctx.today, 7)), overdue: ctx.now };
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`d.id, d.kind, d.status, d.rating, d.case_id, d.case_number, d.recipient_name, d.worker_name, d.registered_at, d.open_steps,
      d.next_code, d.next_due_at, d.next_tell_at, d.next_required, d.order_to, d.version`,
    from: sql`from (${SELECT} where a.district_id = ${actor.districtId} and ${shownTo(actor)}
      and (${listedCase(actor, 'f', circle)} or a.supervisor_id = any(${[...scopeOf(actor, 'supervisor', 'self')]}::uuid[]))
      ${query.caseId === undefined ? sql`` : sql`and a.case_id = ${query.caseId}`}
      ${query.appealId === undefined ? sql`` : sql`and ${ofAppeal(query.appealId)}`}) as d`,
    where: allOf([
      query.kind !== undefined && sql`d.kind = any(${query.kind}::text[])`,
      query.status !== undefined && sql`d.status = any(${query.status}::text[])`,
      query.rating !== undefined && sql`d.rating = any(${query.rating}::text[])`,
      query.mine === 'yes' && sql`d.worker_id = any(${[...actor.selves]}::uuid[])`,
      query.due !== undefined && sql`d.next_required and d.next_due_at < ${until[query.due]}`,
    ]),
    sort: SORTS[query.sort ?? 'due'],
    alias: 'd',
  });
  ctx.saw('alarm', actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(shown(ctx)) };
};

type Words = {
  source: 'assessment' | 'note' | 'visit' | 'call' | 'appeal' | 'letter' | 'other';
  sourceId: string | null;
  trigger: string;
  screening: Screening | null;
  scale: string | null;
  disclosedBy: 'self' | 'kin' | 'neighbour' | 'school' | 'hospital' | 'police' | 'other' | null;
  forms: ('body' | 'mind' | 'sexual' | 'control' | 'neglect' | 'other')[];
  capacity: Capacity | null;
  immediate: boolean;
  relation: string | null;
  abuser: string | null;
};

/** One record with its words, its steps and what was added. */
export const readAlarm = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const { alarm, file, facts, orders } = await alarmInReach(ctx, id);
  const { rows: registers } =
    await sql<Row>`${SELECT} where a.district_id = ${actor.districtId} and a.id = ${id} and ${shownTo(actor)}`.execute(tx);
  const register = registers[0] ?? ctx.notFound();
  const { rows: words } =
    await sql<Words>`select c.source, c.source_id, c.trigger, c.screening, c.scale, c.disclosed_by, c.forms, c.capacity, c.immediate,
      c.relation, c.abuser_masked as abuser from alarm_content c where c.district_id = ${actor.districtId} and c.id = ${id}`.execute(tx);
  type Step = {
    id: string;
    code: StepCode;
    orderId: string | null;
    required: boolean;
    openedAt: string;
    tellAt: string | null;
    dueAt: string | null;
    doneAt: string | null;
    droppedAt: string | null;
    doneByName: string | null;
    visitId: string | null;
    visitOn: string | null;
    visitStatus: string | null;
  };
  const { rows: steps } =
    await sql<Step>`select s.id, s.code, s.order_id, s.required, s.opened_at, s.tell_at, s.due_at, s.done_at, s.dropped_at, d.name as done_by_name,
      v.id as visit_id, coalesce(v.visited_on, v.planned_on) as visit_on, v.status as visit_status
    from alarm_step s left join person d on d.id = s.done_by left join visit v on v.district_id = s.district_id and v.id = s.visit_id where s.district_id = ${actor.districtId} and s.alarm_id = ${id}
    order by s.done_at is not null or s.dropped_at is not null, s.due_at, s.id`.execute(tx);
  type Entry = {
    id: string;
    kind: AlarmEntryKind;
    at: string;
    byName: string | null;
    orderId: string | null;
    body: Record<string, unknown>;
    placeCt: string | null;
  };
  const { rows: entries } = await sql<Entry>`select e.id, e.kind, e.at, b.name as by_name, e.order_id, e.body, e.place_ct
    from alarm_entry e left join person b on b.id = e.by_id where e.district_id = ${actor.districtId} and e.alarm_id = ${id}
    order by e.at desc, e.id desc`.execute(tx);
  const content = words[0] ?? ctx.notFound();
  const supervisor = file === undefined;
  const birthOn = supervisor ? null : await birthOf(tx, actor.districtId, file.recipientId);
  const { rows: kept } = await sql<{ n: number }>`select count(*)::int as n from recipient_guardian g
    where g.district_id = ${actor.districtId} and g.recipient_id = ${file?.recipientId ?? null}::uuid and g.kept_back_at is not null`.execute(
    tx,
  );
  const { rows: requests } = await sql<{
    id: string;
    receiptNo: string | null;
    status: string;
  }>`select q.id, q.receipt_no, q.status from support_request q
    where q.district_id = ${actor.districtId} and q.case_id = ${alarm.caseId}
      and q.status in ('draft', 'submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following') order by q.id desc limit 5`.execute(
    tx,
  );
  const pack = await packOf(ctx);
  const { rows: appeals } = await sql<{ id: string; number: string }>`select p.id, p.number from appeal p
    where p.district_id = ${actor.districtId} and p.case_id = ${alarm.caseId} and (p.id = ${content.sourceId}::uuid
      or p.id::text = any(${entries.map((e) => String(e.body.appealId ?? ''))}::text[])) order by p.id`.execute(tx);
  const sources = await sourcesInForce(tx, 'alarms', actor.districtId, ctx.today);
  const stands = await packNamed(tx, 'alarms', actor.districtId, ctx.today);
  const numberOf = (orderId: string | null) => orders.find((o) => o.id === orderId)?.no ?? null;
  const minor = birthOn !== null && isMinorOn(birthOn as Day, ctx.today);
  ctx.saw('alarm', id);
  return {
    ...shown(ctx)(register),
    ...content,
    guardiansKeptBack: alarm.kind === 'violence' ? (kept[0]?.n ?? 0) : 0,
    contact: supervisor ? null : await safeContactOf(tx, actor.districtId, file.recipientId),
    minor,
    steps: steps.map(({ orderId, tellAt, droppedAt, visitId, visitOn, visitStatus, ...s }) => ({
      ...s,
      orderNo: numberOf(orderId),
      visit: visitId === null || visitOn === null ? null : { id: visitId, on: visitOn, planned: visitStatus === 'planned' },
      source: sourceInWords(sources[figureOf(s.code, alarm.kind, pack)] ?? '', stands),
      clock: clockOf({ ...s, tellAt, droppedAt }, ctx.now),
    })),
    // Where somebody is sheltered is for those who work on the case and the head.
    entries: entries.map(({ placeCt, orderId, ...e }) => ({
      ...e,
      orderNo: numberOf(orderId),
      body:
        placeCt === null || supervisor
          ? e.body
          : { ...e.body, place: ctx.crypto.decrypt(placeCt, { table: 'alarm_entry', row: e.id, field: 'place' }) },
    })),
    orders: orders.map(({ reconsideredOn, answered, ...o }) => ({
      ...o,
      court: String(entries.find((e) => e.id === o.id)?.body.court ?? ''),
      can: orderActs({ ...o, reconsideredOn, answered }).filter((kind) => entryVerdict(facts, kind).ok),
    })),
    orderAtMost: orderAtMost(ctx.today, pack),
    requests,
    appeals,
    can: alarmActs({
      ...facts,
      minor,
      own: file !== undefined && scopeOf(actor, 'worker', 'self').includes(file.workerId),
      caseOpen: file?.status === 'open',
    }),
    seenBy: seenByAlarm,
  };
};

/** The words in force by which pages offer the way to a record. */
export const readDangerWords = async (ctx: Ctx<never>) =>
  dangerWordsOf((await packInForce(ctx.tx, 'signals', ctx.actor.districtId, ctx.today)).values);
