import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import { groupMoves, isRunning, sessionMoves } from '@jieyou/core/groups/moves.ts';
import { seenByGroup } from '@jieyou/core/groups/policy.ts';
import { lacksOf, reviewVerdict, summariesOf, wasIn } from '@jieyou/core/groups/rules.ts';
import type {
  GroupKind,
  GroupRow,
  GroupSessionRow,
  GroupStatus,
  LeadChange,
  LeaveReason,
  ListedSession,
  MeasureValue,
  Presence,
  SessionStatus,
} from '@jieyou/core/groups/schema.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import { ageToday } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { helpOf, seenNames } from '../volunteers/index.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

const SESSIONS = sql`from group_session s where s.district_id = g.district_id and s.group_id = g.id`;
const COLUMNS = sql`g.id, g.title, g.kind, g.domain, g.status, g.place, g.starts_on, g.max_size, g.planned_fen, g.spent_fen, g.version, p.name as lead_name, t.name as station_name,
  (select min(s.planned_on) ${SESSIONS} and s.status = 'planned') as next_on,
  (select count(*)::int ${SESSIONS} and s.status = 'held') as held,
  (select count(*)::int ${SESSIONS} and s.status <> 'cancelled') as sessions,
  (select coalesce(sum(s.came + s.guests), 0)::int ${SESSIONS} and s.status = 'held') as times,
  (select count(*)::int from group_member m where m.district_id = g.district_id and m.group_id = g.id and m.left_on is null) as members`;
const FROM = sql`from service_group g join person p on p.id = g.lead_id join station t on t.id = g.station_id`;

export type GroupFilter = {
  readonly status?: GroupStatus[] | undefined;
  readonly kind?: GroupKind[] | undefined;
  readonly domain?: ServiceDomain[] | undefined;
  readonly title?: string | undefined;
  readonly leadId?: string | undefined;
  readonly mine?: 'yes' | undefined;
  readonly waiting?: 'approval' | 'session' | undefined;
};

const condition = (ctx: Ctx<never>, filter: GroupFilter) =>
  allOf([
    sql`g.district_id = ${ctx.actor.districtId}`,
    store.groupInReach(ctx.actor, 'g'),
    filter.status !== undefined && sql`g.status = any(${[...filter.status]}::text[])`,
    filter.kind !== undefined && sql`g.kind = any(${[...filter.kind]}::text[])`,
    filter.domain !== undefined && sql`g.domain = any(${[...filter.domain]}::text[])`,
    filter.title !== undefined && filter.title !== '' && sql`strpos(g.title, ${filter.title}) > 0`,
    filter.leadId !== undefined && sql`g.lead_id = ${filter.leadId}`,
    filter.mine === 'yes' && store.groupInHand(ctx.actor, 'g'),
    filter.waiting === 'approval' && sql`g.status = 'submitted'`,
    filter.waiting === 'session' && sql`exists (select 1 ${SESSIONS} and s.status = 'planned' and s.planned_on <= ${ctx.today})`,
  ]);

const SORTS: Readonly<Record<'newest' | 'start', readonly SortKey[]>> = {
  newest: [{ column: 'id', direction: 'desc', type: 'uuid' }],
  start: [
    { column: 'starts_on', direction: 'desc', type: 'date' },
    { column: 'id', direction: 'desc', type: 'uuid' },
  ],
};

/** One page of the groups in reach. */
export const listGroups = (
  ctx: Ctx<never>,
  query: GroupFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined; sort?: 'newest' | 'start' | undefined },
) =>
  readPage<GroupRow>(ctx.tx, query, {
    columns: COLUMNS,
    from: FROM,
    where: condition(ctx, query),
    sort: SORTS[query.sort ?? 'newest'],
    alias: 'g',
    countFrom: sql`from service_group g`,
  });

const SESSION_COLUMNS = sql`s.id, s.number, s.status, c.title, s.planned_on, s.place, s.held_on, s.minutes, s.came, s.guests, c.dynamics, c.reached, s.version`;
const SESSION_FROM = sql`from group_session s join group_session_content c on c.district_id = s.district_id and c.id = s.id`;

const SESSION_SORTS: Readonly<Record<'newest' | 'soonest', readonly SortKey[]>> = {
  newest: [
    { column: 'planned_on', direction: 'desc', type: 'date' },
    { column: 'id', direction: 'desc', type: 'uuid' },
  ],
  soonest: [
    { column: 'planned_on', direction: 'asc', type: 'date' },
    { column: 'id', direction: 'asc', type: 'uuid' },
  ],
};

type SessionFilter = {
  readonly status?: SessionStatus[] | undefined;
  readonly mine?: 'yes' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort?: 'newest' | 'soonest' | undefined;
};

/** Sessions of the groups in reach, over groups; a session stands on the day when it was held, or else for which it is planned. */
export const listSessions = (
  ctx: Ctx<never>,
  query: SessionFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) =>
  readPage<ListedSession>(ctx.tx, query, {
    columns: sql`${SESSION_COLUMNS}, s.group_id, g.title as group_title, g.status as group_status`,
    from: sql`${SESSION_FROM} join service_group g on g.district_id = s.district_id and g.id = s.group_id`,
    where: allOf([
      sql`s.district_id = ${ctx.actor.districtId}`,
      store.groupInReach(ctx.actor, 'g'),
      query.status !== undefined && sql`s.status = any(${[...query.status]}::text[])`,
      query.mine === 'yes' && store.groupInHand(ctx.actor, 'g'),
      query.from !== undefined && sql`coalesce(s.held_on, s.planned_on) >= ${query.from}`,
      query.to !== undefined && sql`coalesce(s.held_on, s.planned_on) <= ${query.to}`,
    ]),
    sort: SESSION_SORTS[query.sort ?? 'newest'],
    alias: 's',
    countFrom: sql`from group_session s join service_group g on g.district_id = s.district_id and g.id = s.group_id`,
  });

/** A group with its plan book, its members, its sessions and its numbers. */
export const readGroup = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor, today } = ctx;
  const { districtId } = actor;
  const facts = (await store.groupById(tx, actor, id)) ?? ctx.notFound();
  const plan = (await store.planOf(tx, ctx.crypto, districtId, id)) ?? ctx.notFound();
  const { rows } = await sql<
    GroupRow & {
      coLeadIds: string[];
      minSize: number;
      submittedByName: string | null;
      submittedAt: string | null;
      approvedByName: string | null;
      approvedAt: string | null;
      endedOn: string | null;
    }
  >`select ${COLUMNS}, g.co_lead_ids, g.min_size, u.name as submitted_by_name, g.submitted_at, a.name as approved_by_name, g.approved_at, g.ended_on
    ${FROM} left join person u on u.id = g.submitted_by left join person a on a.id = g.approved_by
    where g.district_id = ${districtId} and g.id = ${id}`.execute(tx);
  const { coLeadIds, ...row } = rows[0] ?? ctx.notFound();
  const coLeads = await sql<{
    personId: string;
    name: string;
  }>`select id as person_id, name from person where id = any(${coLeadIds}::uuid[])
    order by name_pinyin nulls last, id`.execute(tx);
  const reviews = await sql<{ id: string; decision: 'approve' | 'return'; says: string; byName: string; at: string }>`
    select r.id, r.decision, r.says, p.name as by_name, r.at from group_review r join person p on p.id = r.by_id
    where r.district_id = ${districtId} and r.group_id = ${id} order by r.id desc`.execute(tx);
  const leadChanges = await sql<Omit<LeadChange, 'can'> & { toId: string }>`
    select c.id, c.to_id, f.name as from_name, t.name as to_name, c.stays, c.reason, c.status, a.name as asked_by_name, c.asked_at,
      b.name as answered_by_name, c.answered_at, c.answer, c.version
    from group_lead_change c join person f on f.id = c.from_id join person t on t.id = c.to_id join person a on a.id = c.asked_by
      left join person b on b.id = c.answered_by
    where c.district_id = ${districtId} and c.group_id = ${id} order by c.id desc limit 20`.execute(tx);
  const sessions = await sql<GroupSessionRow>`select ${SESSION_COLUMNS} ${SESSION_FROM}
    where s.district_id = ${districtId} and s.group_id = ${id} order by s.number`.execute(tx);
  const members = await store.membersOf(tx, districtId, id);
  // The person's own page opens for whoever serves the person; a colleague's stays closed.
  const inReach = await sql<{ id: string }>`select r.id from recipient r where r.district_id = ${districtId}
    and r.id = any(${members.map((m) => m.recipientId)}::uuid[])`.execute(tx);
  const attended = await sql<{ memberId: string; came: number }>`select a.member_id, count(*)::int as came
    from group_attendance a join group_session s on s.district_id = a.district_id and s.id = a.session_id and s.status = 'held'
      join group_member m on m.district_id = a.district_id and m.id = a.member_id and s.held_on >= m.joined_on and (m.left_on is null or s.held_on <= m.left_on)
    where a.district_id = ${districtId} and s.group_id = ${id} and a.presence in ('present', 'late') group by a.member_id`.execute(tx);
  const measures = await sql<MeasureValue>`select v.member_id, v.indicator_id, max(v.value) filter (where v.moment = 'before') as before,
      max(v.value) filter (where v.moment = 'after') as after,
      (array_agg(v.answer_id) filter (where v.moment = 'before'))[1] as before_from,
      (array_agg(v.answer_id) filter (where v.moment = 'after'))[1] as after_from
    from group_measure v join group_member m on m.district_id = v.district_id and m.id = v.member_id
    where v.district_id = ${districtId} and m.group_id = ${id} group by v.member_id, v.indicator_id`.execute(tx);
  ctx.saw('group', id);
  const held = sessions.rows.filter((s) => s.status === 'held');
  const pack = await packOf(ctx);
  const lacks = facts.status === 'drafting' ? lacksOf(plan, pack) : [];
  const leads = actor.selves.includes(facts.leadId);
  const over = facts.status === 'closed' || facts.status === 'cancelled';
  const steps = movesFrom(groupMoves, facts.status);
  const heads = actor.assignments.some((a) => a.role === 'head' && a.stationId === facts.stationId);
  const reviews_ = heads && reviewVerdict({ authors: [facts.submittedBy, facts.madeBy, facts.leadId] }, actor.selves).ok;
  const { sessions: planned, volunteers, ...book } = plan;
  return {
    ...row,
    coLeads: coLeads.rows,
    ...book,
    plan: planned,
    volunteers: await seenNames(ctx, volunteers, facts.inHand && !over ? facts.stationId : null),
    lacks,
    leadChanges: leadChanges.rows.map(({ toId, ...c }) => ({
      ...c,
      can:
        c.status !== 'asked'
          ? []
          : [
              ...(heads ? [...(actor.selves.includes(toId) ? [] : ['confirm' as const]), 'decline' as const] : []),
              ...(facts.inHand ? ['withdraw' as const] : []),
            ],
    })),
    reviews: reviews.rows,
    sessionRows: sessions.rows,
    memberRows: members.map((m) => ({
      id: m.id,
      recipientId: inReach.rows.some((r) => r.id === m.recipientId) ? m.recipientId : null,
      name: m.name,
      gender: m.gender,
      age: ageToday(m.birthOn, today),
      joinedOn: m.joinedOn,
      leftOn: m.leftOn,
      leaveReason: m.leaveReason as LeaveReason | null,
      came: attended.rows.find((a) => a.memberId === m.id)?.came ?? 0,
      asked: held.filter((s) => s.heldOn !== null && wasIn(m, s.heldOn)).length,
      still: m.still,
      version: m.version,
    })),
    measures: measures.rows,
    scores: plan.indicators.length === 0 ? [] : await store.scoresOf(tx, districtId, id),
    summaries: summariesOf(
      plan.indicators,
      members.map((m) => m.id),
      measures.rows,
    ),
    persons: attended.rows.length,
    can: [
      ...(facts.inHand ? steps.filter((m) => !['approve', 'return', 'close', 'correct'].includes(m)) : []),
      ...(facts.inHand && leads ? steps.filter((m) => m === 'close' || m === 'correct') : []),
      ...(reviews_ ? steps.filter((m) => m === 'approve' || m === 'return') : []),
      ...(facts.inHand && facts.status === 'drafting' ? ['edit'] : []),
      ...(facts.inHand && !over ? ['name-volunteers'] : []),
      ...(facts.inHand && ['approved', 'beginning', 'turning', 'working'].includes(facts.status) ? ['join'] : []),
      ...(facts.inHand && !over ? ['leave'] : []),
      ...((facts.inHand || heads) && !over && !leadChanges.rows.some((c) => c.status === 'asked') ? ['change-lead'] : []),
      ...(facts.inHand && isRunning(facts.status) ? ['plan-session'] : []),
      ...(facts.inHand && facts.status !== 'cancelled' ? ['form'] : []),
      ...(facts.inHand && (facts.status === 'approved' || isRunning(facts.status)) && plan.indicators.length > 0 ? ['measure'] : []),
    ],
    seenBy: seenByGroup,
  };
};

/** One session: its list and its words. */
export const readSession = async (ctx: Ctx<never>, id: string, sessionId: string) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const group = (await store.groupById(tx, actor, id)) ?? ctx.notFound();
  const { rows } = await sql<
    GroupSessionRow & {
      aim: string;
      helpers: number | null;
      process: string;
      dynamicsSays: string;
      reachedSays: string;
      next: string;
      cancelSays: string | null;
      recordedBy: string | null;
      recordedByName: string | null;
      recordedAt: string | null;
      leadName: string;
    }
  >`select ${SESSION_COLUMNS}, c.aim, s.helpers, c.process, c.dynamics_says, c.reached_says, c.next, c.cancel_says, s.recorded_by,
      p.name as recorded_by_name, s.recorded_at, l.name as lead_name
    ${SESSION_FROM} left join person p on p.id = s.recorded_by join person l on l.id = ${group.leadId}
    where s.district_id = ${districtId} and s.group_id = ${id} and s.id = ${sessionId}`.execute(tx);
  const { recordedBy, ...row } = rows[0] ?? ctx.notFound();
  const told = await sql<{ memberId: string; presence: Presence }>`select member_id, presence from group_attendance
    where district_id = ${districtId} and session_id = ${sessionId}`.execute(tx);
  const members = await store.membersOf(tx, districtId, id);
  const plan = await store.planOf(tx, ctx.crypto, districtId, id);
  ctx.saw('group', id);
  const day = row.heldOn;
  const own = actor.selves.includes(recordedBy ?? '');
  const mayRecord = isRunning(group.status) || (row.status === 'held' && group.status === 'closed');
  return {
    ...row,
    groupId: id,
    groupTitle: group.title,
    groupStatus: group.status,
    help: await helpOf(ctx, 'session', sessionId),
    volunteers: await seenNames(ctx, plan?.volunteers ?? [], null),
    attendance: members
      .filter((m) => (day === null ? m.leftOn === null : wasIn(m, day)))
      .map((m) => ({
        memberId: m.id,
        name: m.name,
        joinedOn: m.joinedOn,
        leftOn: m.leftOn,
        still: m.still,
        presence: told.rows.find((a) => a.memberId === m.id)?.presence ?? null,
      })),
    can: group.inHand
      ? [
          ...movesFrom(sessionMoves, row.status).filter((m) =>
            m === 'shift' ? isRunning(group.status) : row.status === 'held' ? own && mayRecord : mayRecord,
          ),
          ...(group.status === 'cancelled' || row.status === 'cancelled' ? [] : ['form']),
        ]
      : [],
    seenBy: seenByGroup,
  };
};

/** The sessions of one's own running groups that are to be recorded in these days, with their lists, for a phone without network. */
export const carriedSessions = async (ctx: Ctx<never>, to: string, most: number) => {
  const { rows } = await listSessions(ctx, { status: ['planned'], mine: 'yes', to, sort: 'newest', limit: most });
  const sessions = [];
  for (const s of rows.filter((row) => isRunning(row.groupStatus))) sessions.push(await readSession(ctx, s.groupId, s.id));
  return sessions;
};
