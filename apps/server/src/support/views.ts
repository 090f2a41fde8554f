import { consentVerdict, receiverSays } from '@jieyou/core/cases/rules.ts';
import { addDays, ageOn, type Day, type Instant, startOfDay } from '@jieyou/core/shared/day.ts';
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import { contentReach, requestReach } from '@jieyou/core/support/policy.ts';
import { reachesContent, reachesRequest, requestActs } from '@jieyou/core/support/rules.ts';
import type { ChecklistAnswers, RequestFile, RequestRow, RequestStatus } from '@jieyou/core/support/schema.ts';
import { eventSays } from '@jieyou/core/texts/eventLabels.ts';
import { type RawBuilder, sql } from 'kysely';
import { holidayTable } from '../calendar/index.ts';
import { similarEntries } from '../casebank/index.ts';
import { attachmentsOf, consentsOfCase } from '../cases/index.ts';
import { fixed, hot } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage, type SortKey } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { expertTimePack } from './appointments.ts';
import { clockView } from './clock.ts';
import { proposalView } from './proposalView.ts';
import * as store from './store.ts';

/** What a list of requests may be narrowed by. */
export type RequestFilter = {
  status?: RequestStatus[] | undefined;
  live?: 'yes' | 'no' | undefined;
  clock?: ('on-track' | 'at-risk' | 'overdue' | 'paused' | 'none')[] | undefined;
  domain?: string[] | undefined;
  helpField?: string[] | undefined;
  stationId?: string | undefined;
  organisationId?: string | undefined;
  divisionId?: string | undefined;
  submittedFrom?: string | undefined;
  submittedTo?: string | undefined;
  closedFrom?: string | undefined;
  closedTo?: string | undefined;
  answered?: 'yes' | undefined;
  expertId?: string | undefined;
  invitedFrom?: string | undefined;
  invitedTo?: string | undefined;
  holder?: 'me' | 'nobody' | undefined;
  asker?: 'me' | undefined;
  number?: string | undefined;
  solved?: 'yes' | 'no' | undefined;
  sort: 'due' | 'newest' | 'updated';
};

type Row = {
  id: string;
  receiptNo: string | null;
  archiveNo: string | null;
  status: RequestStatus;
  domain: RequestRow['domain'];
  helpFields: HelpField[];
  risk: RequestRow['risk'];
  stationName: string;
  organisationName: string | null;
  askerId: string;
  askerName: string;
  holderId: string | null;
  holderName: string | null;
  holderAbsent: boolean;
  clockKind: string | null;
  clockStartedAt: string | null;
  clockDueAt: string | null;
  clockPausedAt: string | null;
  crisisAcknowledgedAt: string | null;
  nextOn: string | null;
  submittedAt: string | null;
  closedAt: string | null;
  solved: boolean | null;
  updatedAt: string;
  version: number;
};

/** A holder is absent who is away today without a deputy, or who is of the centre no longer; asked once for a statement. */
const ABSENT = fixed`(r.holder_id is not null and r.holder_id <> all ((select centre_present())::uuid[]))`;

const COLUMNS = fixed`r.id, r.receipt_no, r.archive_no, r.status, r.domain, r.help_fields, r.risk, s.name as station_name, o.name as organisation_name,
  r.asker_id, a.name as asker_name, r.holder_id, h.name as holder_name, ${ABSENT} as holder_absent, r.clock_kind, r.clock_started_at, r.clock_due_at,
  r.clock_paused_at, r.crisis_acknowledged_at, r.next_on, r.submitted_at, r.closed_at, r.solved, r.updated_at, r.version`;

const FROM = fixed`from support_request r join station s on s.id = r.station_id join person a on a.id = r.asker_id
  left join organisation o on o.id = r.organisation_id left join person h on h.id = r.holder_id`;

const LIVE = sql`r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')`;

const SORTS: Readonly<Record<RequestFilter['sort'], readonly SortKey[]>> = {
  newest: [{ column: 'id', direction: 'desc', type: 'uuid' }],
  due: [
    { column: 'clock_due_at', direction: 'asc', type: 'timestamptz' },
    { column: 'id', direction: 'asc', type: 'uuid' },
  ],
  updated: [
    { column: 'updated_at', direction: 'desc', type: 'timestamptz' },
    { column: 'id', direction: 'desc', type: 'uuid' },
  ],
};

const clockCondition = (state: string, now: string): RawBuilder<unknown> => {
  switch (state) {
    case 'paused':
      return sql`r.clock_paused_at is not null`;
    case 'overdue':
      return sql`(r.clock_paused_at is null and r.clock_due_at < ${now} and (r.clock_kind <> 'crisis' or r.crisis_acknowledged_at is null))`;
    case 'at-risk':
      return sql`(r.clock_paused_at is null and r.clock_due_at >= ${now} and r.clock_at_risk_at <= ${now}
        and (r.clock_kind <> 'crisis' or r.crisis_acknowledged_at is null))`;
    case 'on-track':
      return sql`(r.clock_paused_at is null and r.clock_due_at >= ${now} and (r.clock_at_risk_at > ${now} or r.crisis_acknowledged_at is not null))`;
    default:
      return sql`r.clock_due_at is null`;
  }
};

/** A column that names the actor or somebody the actor stands in for. One person is asked for by equality, which an index can follow. */
const oneOfSelves = (ctx: Ctx, column: RawBuilder<unknown>): RawBuilder<unknown> =>
  ctx.actor.selves.length === 1 ? sql`${column} = ${ctx.actor.selves[0]}` : sql`${column} = any(${[...ctx.actor.selves]}::uuid[])`;

const beginOf = (day: string, later = 0): string => startOfDay(addDays(day as Day, later));

/** The condition of a list of requests: reach and filters, one for list, count and export. */
export const requestCondition = (ctx: Ctx, filter: Omit<RequestFilter, 'sort'>): RawBuilder<boolean> =>
  allOf([
    reachSql(ctx.actor, requestReach, 'r'),
    // A draft is its asker's alone.
    sql`(r.status <> 'draft' or ${oneOfSelves(ctx, sql`r.asker_id`)})`,
    filter.status && sql`r.status = any(${filter.status}::text[])`,
    filter.live === 'yes' && LIVE,
    filter.live === 'no' && sql`not (${LIVE})`,
    filter.clock &&
      sql`(${sql.join(
        filter.clock.map((c) => clockCondition(c, ctx.now)),
        sql` or `,
      )})`,
    filter.domain && sql`r.domain = any(${filter.domain}::text[])`,
    filter.helpField && sql`r.help_fields && ${filter.helpField}::text[]`,
    filter.stationId !== undefined && sql`r.station_id = ${filter.stationId}`,
    filter.organisationId !== undefined && sql`r.organisation_id = ${filter.organisationId}`,
    filter.divisionId !== undefined && sql`starts_with(r.division_path, (select v.path from division v where v.id = ${filter.divisionId}))`,
    filter.submittedFrom !== undefined && sql`(r.status <> 'draft' and r.submitted_at >= ${beginOf(filter.submittedFrom)})`,
    filter.submittedTo !== undefined && sql`(r.status <> 'draft' and r.submitted_at < ${beginOf(filter.submittedTo, 1)})`,
    filter.closedFrom !== undefined && sql`r.closed_at >= ${beginOf(filter.closedFrom)}`,
    filter.closedTo !== undefined && sql`r.closed_at < ${beginOf(filter.closedTo, 1)}`,
    filter.answered === 'yes' && sql`r.first_answered_at is not null`,
    filter.expertId !== undefined &&
      sql`exists (select 1 from support_invitation i where i.district_id = r.district_id and i.request_id = r.id and i.expert_id = ${filter.expertId}
        and i.status not in ('declined', 'revoked')
        and i.invited_at >= ${filter.invitedFrom === undefined ? '-infinity' : beginOf(filter.invitedFrom)}::timestamptz
        and i.invited_at < ${filter.invitedTo === undefined ? 'infinity' : beginOf(filter.invitedTo, 1)}::timestamptz)`,
    filter.holder === 'me' && oneOfSelves(ctx, sql`r.holder_id`),
    filter.holder === 'nobody' && sql`(${LIVE} and (r.holder_id is null or ${ABSENT.sql}))`,
    filter.asker === 'me' && oneOfSelves(ctx, sql`r.asker_id`),
    filter.number !== undefined &&
      filter.number !== '' &&
      sql`(r.receipt_no like ${containing(filter.number)} or r.archive_no like ${containing(filter.number)})`,
    filter.solved && sql`r.solved = ${filter.solved === 'yes'}`,
  ]);

/** Requests that the actor reaches. */
export const listRequests = async (
  ctx: Ctx,
  query: RequestFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) => {
  const page = await readPage<Row>(ctx.tx, query, {
    columns: COLUMNS.sql,
    from: FROM.sql,
    where: requestCondition(ctx, query),
    sort: SORTS[query.sort],
    alias: 'r',
  });
  const holidays = await holidayTable(ctx.tx);
  return { ...page, rows: page.rows.map((row) => rowView(row, ctx.now, holidays)) };
};

const rowView = (row: Row, now: Instant, holidays: Parameters<typeof clockView>[2]['holidays']): RequestRow => ({
  id: row.id,
  receiptNo: row.receiptNo,
  archiveNo: row.archiveNo,
  status: row.status,
  domain: row.domain,
  helpFields: row.helpFields,
  risk: row.risk,
  stationName: row.stationName,
  organisationName: row.organisationName ?? '',
  askerId: row.askerId,
  askerName: row.askerName,
  holderId: row.holderId,
  holderName: row.holderName,
  holderAbsent: row.holderAbsent,
  clock: clockView(row, now, { holidays }),
  nextOn: row.nextOn,
  submittedAt: row.submittedAt,
  closedAt: row.closedAt,
  solved: row.solved,
  updatedAt: row.updatedAt,
  version: row.version,
});

type FileRow = Row &
  store.RequestRecord & {
    duplicateOf: string | null;
    crisisAcknowledgedBy: string | null;
    appealId: string | null;
    callNumber: string | null;
  };

/** One request as its page shows it; content only for those who work on it. */
export const readRequest = async (ctx: Ctx, id: string): Promise<RequestFile> => {
  const [row] = await hot<FileRow>(
    ctx.tx,
  )`select ${COLUMNS}, ${store.NOTED}, r.district_id, r.station_id, r.organisation_id, r.division_path, r.crisis_since, r.case_id, r.appeal_id, r.call_number,
      r.crisis_duty_id, r.crisis_backup_id, r.crisis_escalated_at, r.pack_version, r.duplicate_of, r.crisis_acknowledged_by
    ${FROM} where r.district_id = ${ctx.actor.districtId} and r.id = ${id}`;
  if (row === undefined || !reachesRequest(ctx.actor, row)) return ctx.notFound();
  const holidays = await holidayTable(ctx.tx);
  const reads = reachesContent(ctx.actor, row);
  const register = rowView(row, ctx.now, holidays);
  const seenBy = (reads ? contentReach : requestReach).map((l) => l.says);
  if (!reads) {
    return {
      ...register,
      content: null,
      screening: null,
      question: null,
      proposal: null,
      rounds: [],
      conferences: [],
      lines: [],
      actions: [],
      closing: null,
      duplicateOf: null,
      publication: null,
      origin: null,
      crisis: null,
      timeline: timelineOf(await eventsOf(ctx, id), new Map()),
      can: [],
      seenBy,
    };
  }
  const centre = ctx.actor.roles.includes('centre');
  // One flight: none of these needs another's answer.
  const [statements, events, content, lines, actions, rounds, conferences, proposal, publication, closing, appeal] = await Promise.all([
    statementsOf(ctx, row.districtId, id),
    eventsOf(ctx, id),
    contentOf(ctx, row, centre),
    linesOf(ctx, row.districtId, id),
    actionsOf(ctx, row.districtId, id),
    roundsOf(ctx, row, centre),
    conferencesOf(ctx, row),
    centre ? proposalView(ctx, id) : null,
    centre ? publicationOf(ctx, row) : undefined,
    hot<{ solved: boolean; evaluation: string; satisfaction: number | null; followUpOn: string }>(ctx.tx)`
      select solved, evaluation, satisfaction, follow_up_on from support_closing where district_id = ${row.districtId} and id = ${id}`,
    row.appealId === null
      ? []
      : hot<{ channel: NonNullable<RequestFile['origin']>['channel'] }>(
          ctx.tx,
        )`select channel from appeal where district_id = ${row.districtId} and id = ${row.appealId}`,
  ]);
  const asked = [...statements.values()].filter((s) => s.kind === 'screening').at(-1);
  const exit = asked === undefined ? null : String((asked.facts as { exit?: string }).exit ?? '');
  ctx.saw('request', id);
  return {
    ...register,
    content,
    screening:
      asked === undefined
        ? null
        : {
            exit: exit ?? '',
            byName: asked.byName,
            at: asked.at,
            checklistVersion: String((asked.facts as { checklistVersion?: string }).checklistVersion ?? ''),
            says: asked.says,
          },
    question: row.status === 'needs-info' && exit === 'ask' ? (asked?.says ?? null) : null,
    proposal,
    rounds,
    conferences,
    lines,
    actions,
    closing: closing[0] ?? null,
    duplicateOf: row.duplicateOf === null ? null : await duplicateOf(ctx, row.duplicateOf),
    publication: publication ?? null,
    origin:
      row.appealId === null
        ? null
        : {
            appealId: row.appealId,
            channel: appeal[0]?.channel ?? (row.callNumber === null ? null : ('hotline' as const)),
            callNumber: row.callNumber,
          },
    crisis: row.crisisSince === null ? null : await crisisOf(ctx, row),
    timeline: timelineOf(events, statements),
    can: requestActs(ctx.actor, {
      ...row,
      openActions: actions.filter((a) => a.status === 'open').length,
      openLines: lines.filter((l) => l.status === 'open').length,
      plannedConferences: conferences.filter((c) => c.status === 'planned').length,
      proposed: proposal !== null,
      drafted: publication !== undefined,
    }),
    seenBy,
  };
};

/** The request that this one repeats, where the reader reaches it. */
const duplicateOf = async (ctx: Ctx, id: string): Promise<RequestFile['duplicateOf']> => {
  const [found] = await hot<{ id: string; receiptNo: string | null }>(ctx.tx)`
    select id, coalesce(archive_no, receipt_no) as receipt_no from support_request where district_id = ${ctx.actor.districtId} and id = ${id}`;
  return found === undefined ? null : { id: found.id, receiptNo: found.receiptNo ?? '' };
};

/** Published cases that resemble a request whose content is in reach. */
export const similarCases = async (ctx: Ctx, id: string) => {
  const request = await store.findRequest(ctx.tx, id);
  if (request === undefined || !reachesContent(ctx.actor, request)) return ctx.notFound();
  const content = (await store.findContent(ctx.tx, request.districtId, id)) ?? ctx.notFound();
  ctx.saw('request', id);
  return similarEntries(ctx, {
    domain: request.domain as RequestRow['domain'],
    helpFields: request.helpFields,
    texts: [content.story, content.tried, content.asks],
  });
};

const crisisOf = async (ctx: Ctx, row: FileRow) => {
  const duty = await store.dutyOf(ctx.tx, row.districtId, ctx.today);
  const names = await store.namesOf(ctx.tx, [row.crisisDutyId, row.crisisAcknowledgedBy]);
  return {
    dutyName: row.crisisDutyId === null ? '支援中心全体' : (names.get(row.crisisDutyId) ?? ''),
    phone: duty?.phone ?? '',
    acknowledgedAt: row.crisisAcknowledgedAt,
    acknowledgedBy: row.crisisAcknowledgedBy === null ? null : (names.get(row.crisisAcknowledgedBy) ?? ''),
    escalatedAt: row.crisisEscalatedAt,
  };
};

const contentOf = async (ctx: Ctx, row: FileRow, centre: boolean): Promise<RequestFile['content']> => {
  const [content, attachments, consents] = await Promise.all([
    store.findContent(ctx.tx, row.districtId, row.id),
    attachmentsOf(ctx.tx, row.districtId, { kind: 'request', id: row.id }),
    centre ? consentsOfCase(ctx.tx, row.districtId, row.caseId) : [],
  ]);
  if (content === undefined) return null;
  return {
    caseId: centre && !ctx.actor.selves.includes(row.askerId) ? null : row.caseId,
    caseNumber: content.caseNumber,
    recipientName: content.recipientMasked,
    recipientGender: content.recipientGender as 'female',
    recipientAge: content.recipientBirthOn === null ? null : (ageOn(content.recipientBirthOn as Day, ctx.today) ?? null),
    household: content.household,
    story: content.story,
    tried: content.tried,
    asks: content.asks,
    wishes: content.wishes,
    checklist: content.checklist as unknown as ChecklistAnswers,
    checklistResult: content.checklistResult as never,
    attachments,
    consents: consents
      .filter((c) => consentVerdict(c, { purpose: c.purpose, fields: [], today: ctx.today }).ok)
      .map((c) => ({ id: c.id, receiver: receiverSays(c), purpose: c.purpose, fields: c.fields, expiresOn: c.expiresOn })),
  };
};

type Statement = { kind: string; says: string; at: string; byName: string; facts: object };

const statementsOf = async (ctx: Ctx, districtId: string, requestId: string): Promise<Map<string, Statement>> => {
  const rows = await hot<Statement & { eventId: string }>(ctx.tx)`select t.event_id, t.kind, t.says, t.at, p.name as by_name, t.facts
    from support_statement t join person p on p.id = t.by_id where t.district_id = ${districtId} and t.request_id = ${requestId} order by t.id`;
  return new Map(rows.map((r) => [r.eventId, r]));
};

const publicationOf = async (
  ctx: Ctx,
  row: { districtId: string; id: string },
): Promise<NonNullable<RequestFile['publication']> | undefined> =>
  (
    await hot<{ draftId: string; entryId: string | null }>(ctx.tx)`
      select d.id as draft_id, e.id as entry_id from publication_draft d left join casebank_entry e on d.status = 'released' and e.draft_id = d.id
      where d.district_id = ${row.districtId} and d.request_id = ${row.id} and d.status <> 'discarded'`
  )[0];

type TimelineRow = { id: string; at: string; type: string; byName: string | null; helpField: HelpField | null };

const eventsOf = (ctx: Ctx, requestId: string): Promise<TimelineRow[]> => hot<TimelineRow>(ctx.tx)`
  select e.id, e.at, e.type, p.name as by_name, e.help_field from event e left join person p on p.id = e.actor_id
  where e.district_id = ${ctx.actor.districtId} and e.request_ref = ${requestId} order by e.id desc limit 200`;

const timelineOf = (rows: readonly TimelineRow[], statements: ReadonlyMap<string, Statement>): RequestFile['timeline'] =>
  rows.map((r) => {
    const said = statements.get(r.id)?.says;
    return { ...r, says: said === undefined || said === '' ? eventSays(r.type) : `${eventSays(r.type)}：${said}` };
  });

/** What was recorded under a line, as the reader's own policies show it. */
const RECORDS = fixed`coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'status', s.status,
    'on', (s.opened_at at time zone 'Asia/Shanghai')::date) order by s.id)
  from support_response s where s.district_id = l.district_id and s.line_id = l.id), '[]'::jsonb) as records`;

const linesOf = (ctx: Ctx, districtId: string, requestId: string): Promise<RequestFile['lines']> => hot<RequestFile['lines'][number]>(
  ctx.tx,
)`
  select l.id, l.request_id, l.number as receipt_no, l.help_field, l.kind, l.holder_id, p.name as holder_name,
    l.provider_name, l.task, l.status, l.result, l.opened_at, l.closed_at, l.version, ${RECORDS}
  from support_line l left join person p on p.id = l.holder_id where l.district_id = ${districtId} and l.request_id = ${requestId} order by l.id`;

const ACTION = fixed`a.id, a.request_id, a.says as text, a.owner_id, p.name as owner_name, a.due_on, (a.status = 'open' and a.due_on < app_today()) as overdue,
  a.status, a.result, a.done_at, a.version`;

const actionsOf = (ctx: Ctx, districtId: string, requestId: string): Promise<RequestFile['actions']> => hot<RequestFile['actions'][number]>(
  ctx.tx,
)`
  select ${ACTION} from support_action a join person p on p.id = a.owner_id
  where a.district_id = ${districtId} and a.request_id = ${requestId} order by a.due_on, a.id`;

const conferencesOf = async (ctx: Ctx, row: { districtId: string; id: string }): Promise<RequestFile['conferences']> => {
  const rows = await hot<Omit<RequestFile['conferences'][number], 'attendees'> & { attendeeIds: string[] | null }>(ctx.tx)`
    select c.id, c.status, c.chair_id, p.name as chair_name, c.planned_at, c.place, c.cancel_reason, c.held_at, m.minutes, m.consensus, m.attendee_ids, c.version
    from support_conference c join person p on p.id = c.chair_id
      left join support_minutes m on m.district_id = c.district_id and m.id = c.id
    where c.district_id = ${row.districtId} and c.request_id = ${row.id} order by c.id desc`;
  const attendees = await expertsByIds(
    ctx,
    rows.flatMap((r) => r.attendeeIds ?? []),
  );
  return rows.map(({ attendeeIds, ...r }) => ({ ...r, attendees: (attendeeIds ?? []).flatMap((id) => attendees.get(id) ?? []) }));
};

/** Experts by id, with their fields. */
export const expertsByIds = async (
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { expertId: string; name: string; helpFields: HelpField[]; title: string }>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ expertId: string; name: string; helpFields: HelpField[]; title: string }>`
    select e.id as expert_id, p.name, e.help_fields, e.title from expert e join person p on p.id = e.person_id where e.id = any(${[...new Set(ids)]}::uuid[])`.execute(
    ctx.tx,
  );
  return new Map(rows.map((r) => [r.expertId, r]));
};

const roundsOf = async (ctx: Ctx, row: FileRow, centre: boolean): Promise<RequestFile['rounds']> => {
  type RoundRow = Omit<RequestFile['rounds'][number], 'invitations' | 'opinions' | 'basis' | 'opinionsOpen'> & {
    basisKind: string;
    opinionsOpenAt: string | null;
  };
  const rounds = await hot<RoundRow>(
    ctx.tx,
  )`select id, number, deadline, quorum, asked, given, opinions_open_at, basis_kind, packet_hash, packet_fields
    from support_round where district_id = ${row.districtId} and request_id = ${row.id} order by number desc`;
  if (rounds.length === 0) return [];
  const { rows: invitations } = await sql<RequestFile['rounds'][number]['invitations'][number] & { roundId: string }>`
    select i.id, i.round_id, i.expert_id, p.name as expert_name, i.help_fields, i.status, i.answered_at, i.decline_reason, i.opinion_at, i.openings as opened,
      r.deadline, (select rp.name from support_invitation ri join expert re on re.id = ri.expert_id join person rp on rp.id = re.person_id
        where ri.district_id = i.district_id and ri.id = i.replaces_id) as replaces, i.version
    from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
      join expert e on e.id = i.expert_id join person p on p.id = e.person_id
    where i.district_id = ${row.districtId} and i.request_id = ${row.id} order by i.id`.execute(ctx.tx);
  // Row-level security decides: the centre at once, the asker's side after the conference.
  const { rows: opinions } = await sql<RequestFile['rounds'][number]['opinions'][number] & { roundId: string }>`
    select o.id as invitation_id, o.round_id, p.name as expert_name, e.help_fields, o.judgement, o.advice, o.risk, o.given_at
    from support_opinion o join expert e on e.id = o.expert_id join person p on p.id = e.person_id
    where o.district_id = ${row.districtId} and o.request_id = ${row.id} order by o.given_at, o.id`.execute(ctx.tx);
  const BASIS: Readonly<Record<string, string>> = { consent: '服务对象同意', emergency: '紧急情况', 'statutory-duty': '履行法定职责' };
  return rounds.map(({ basisKind, opinionsOpenAt, ...r }) => ({
    ...r,
    basis: BASIS[basisKind] ?? basisKind,
    opinionsOpen: opinionsOpenAt !== null || r.deadline <= ctx.now,
    // The asker learns that experts were asked, not how each of them stands, until the conference.
    invitations: invitations
      .filter((i) => i.roundId === r.id)
      .map(({ roundId: _, ...i }) => (centre ? i : { ...i, opened: 0, declineReason: null })),
    opinions: opinions.filter((o) => o.roundId === r.id).map(({ roundId: _, ...o }) => o),
  }));
};

type Paged = { limit: number; after?: string | undefined; count?: 'yes' | undefined };
const BY_ID_DESC: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];

/** Actions that the actor, or somebody the actor stands in for, owns. */
export const ownActions = async (ctx: Ctx, query: Paged & { status?: string[] | undefined }) => {
  const page = await readPage<RequestFile['actions'][number] & { receiptNo: string | null }>(ctx.tx, query, {
    columns: sql`${ACTION.sql}, a.number as receipt_no`,
    from: sql`from support_action a join person p on p.id = a.owner_id`,
    where: allOf([
      sql`a.district_id = ${ctx.actor.districtId} and a.owner_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.status && sql`a.status = any(${query.status}::text[])`,
    ]),
    sort: BY_ID_DESC,
    alias: 'a',
  });
  for (const row of page.rows) ctx.saw('action', row.id);
  return page;
};

/** Lines that the actor holds. */
export const ownLines = async (ctx: Ctx, query: Paged & { status?: string[] | undefined }) => {
  const page = await readPage<RequestFile['lines'][number]>(ctx.tx, query, {
    columns: sql`l.id, l.request_id, l.number as receipt_no, l.help_field, l.kind, l.holder_id, p.name as holder_name, l.provider_name, l.task, l.status,
      l.result, l.opened_at, l.closed_at, l.version, ${RECORDS.sql}`,
    from: sql`from support_line l left join person p on p.id = l.holder_id`,
    where: allOf([
      sql`l.district_id = ${ctx.actor.districtId} and l.holder_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.status && sql`l.status = any(${query.status}::text[])`,
    ]),
    sort: BY_ID_DESC,
    alias: 'l',
  });
  for (const row of page.rows) ctx.saw('line', row.id);
  return page;
};

const OWN_INVITATION = sql`i.id, i.number, i.domain, i.help_fields, i.status, i.invited_at, r.deadline, c.planned_at, c.place, c.id as conference_id, c.status as conference_status,
  coalesce(p.name, '') as chair_name, r.pledge_text, i.pledged_at, i.opinion_at, r.expires_at,
  (i.pledged_at is not null and i.status in ('accepted', 'answered') and r.expires_at > app_now()) as can_read,
  (i.opinion_at is not null and r.expires_at > app_now() and (r.opinions_open_at is not null or r.deadline <= app_now())) as opinions_open, i.version`;
const OWN_INVITATION_FROM = sql`from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
  left join lateral (select c.* from support_conference c where c.district_id = r.district_id and c.round_id = r.id
    order by c.status = 'cancelled', c.id desc limit 1) c on true
  left join person p on p.id = c.chair_id`;

type OwnInvitationRow = {
  id: string;
  number: string;
  domain: CaseDomain;
  helpFields: HelpField[];
  status: 'invited' | 'accepted' | 'declined' | 'answered' | 'revoked' | 'expired';
  invitedAt: string;
  deadline: string;
  plannedAt: string | null;
  place: string | null;
  conferenceId: string | null;
  conferenceStatus: 'planned' | 'held' | 'cancelled' | null;
  chairName: string;
  pledgeText: string;
  pledgedAt: string | null;
  opinionAt: string | null;
  expiresAt: string;
  canRead: boolean;
  opinionsOpen: boolean;
  version: number;
};

/** An expert's invitations; a revoked one is as if it never was. */
export const ownInvitations = async (ctx: Ctx, query: Paged & { state: 'waiting' | 'all' }) => {
  const page = await readPage<OwnInvitationRow>(ctx.tx, query, {
    columns: OWN_INVITATION,
    from: OWN_INVITATION_FROM,
    where: allOf([
      sql`i.district_id = ${ctx.actor.districtId} and i.expert_id = ${ctx.actor.expertId} and i.status <> 'revoked'`,
      query.state === 'waiting' && sql`i.status in ('invited', 'accepted') and r.expires_at > app_now()`,
    ]),
    sort: BY_ID_DESC,
    alias: 'i',
  });
  const minutesNeeded = (await expertTimePack(ctx.tx, ctx.actor.districtId, ctx.today))['opinion.minutes'];
  return { ...page, rows: page.rows.map((row) => ({ ...row, minutesNeeded })) };
};

/** One of the expert's invitations. */
export const ownInvitation = async (ctx: Ctx, id: string) => {
  const { rows } = await sql<OwnInvitationRow>`select ${OWN_INVITATION} ${OWN_INVITATION_FROM}
    where i.id = ${id} and i.expert_id = ${ctx.actor.expertId} and i.status <> 'revoked'`.execute(ctx.tx);
  const row = rows[0] ?? ctx.notFound();
  return { ...row, minutesNeeded: (await expertTimePack(ctx.tx, ctx.actor.districtId, ctx.today))['opinion.minutes'] };
};
