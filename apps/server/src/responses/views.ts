import { consentVerdict, receiverSays } from '@jieyou/core/cases/rules.ts';
import { professionals } from '@jieyou/core/identity/policy.ts';
import * as rules from '@jieyou/core/responses/rules.ts';
import type { ResponseFile, ResponseKind, ResponseRow, ResponseStatus } from '@jieyou/core/responses/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage, type SortKey } from '../platform/http/paging.ts';
import * as store from './store.ts';

/** What a list of records may be narrowed by. */
export type ResponseFilter = {
  kind?: ResponseKind | undefined;
  status?: ResponseStatus[] | undefined;
  turn?: 'me' | undefined;
  number?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  sort: 'newest' | 'day' | 'updated';
};

const COLUMNS = sql`s.id, s.line_id, s.request_id, s.number, s.kind, s.help_field, s.status, a.name as author_name, t.name as to_name,
  case when s.to_id is null then null else coalesce(ts.name, o.name, '') end as to_place, w.name as worker_name,
  coalesce((select array_agg(n.name order by n.name) from person n where n.id = any(s.next_ids)), '{}') as next_names,
  s.held_on, s.minutes, s.amount_fen, s.opened_at, s.ended_at, s.updated_at, s.version`;
const FROM = sql`from support_response s join person a on a.id = s.author_id left join person t on t.id = s.to_id
  left join station ts on ts.id = t.station_id left join organisation o on o.id = t.organisation_id left join person w on w.id = s.worker_id`;

const BY_ID: SortKey = { column: 'id', direction: 'desc', type: 'uuid' };
const SORTS: Readonly<Record<ResponseFilter['sort'], readonly SortKey[]>> = {
  newest: [BY_ID],
  day: [{ column: 'held_on', direction: 'desc', type: 'date' }, BY_ID],
  updated: [{ column: 'updated_at', direction: 'desc', type: 'timestamptz' }, BY_ID],
};

const condition = (ctx: Ctx, filter: Omit<ResponseFilter, 'sort'>): RawBuilder<boolean> =>
  allOf([
    store.inReach(ctx.actor),
    filter.kind !== undefined && sql`s.kind = ${filter.kind}`,
    filter.status && sql`s.status = any(${filter.status}::text[])`,
    filter.turn === 'me' && sql`s.next_ids && ${[...ctx.actor.selves]}::uuid[]`,
    filter.number !== undefined && filter.number !== '' && sql`s.number like ${containing(filter.number)}`,
    filter.from !== undefined && sql`coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date) >= ${filter.from}::date`,
    filter.to !== undefined && sql`coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date) <= ${filter.to}::date`,
  ]);

/** Records in reach, register only. */
export const listResponses = (ctx: Ctx, query: ResponseFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined }) =>
  readPage<ResponseRow>(ctx.tx, query, { columns: COLUMNS, from: FROM, where: condition(ctx, query), sort: SORTS[query.sort], alias: 's' });

/** One record with its narrative, and what the reader may do with it. */
export const readResponse = async (ctx: Ctx<never>, id: string): Promise<ResponseFile> => {
  const record = (await store.findResponse(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const { rows } = await sql<ResponseRow & { lineTask: string | null; lineOpen: boolean | null; opensRequest: boolean }>`select ${COLUMNS},
      (select l.status = 'open' from support_line l where l.district_id = s.district_id and l.id = s.line_id) as line_open,
      (select l.task from support_line l where l.district_id = s.district_id and l.id = s.line_id) as line_task,
      request_reached(s.district_id, s.request_id) as opens_request
    ${FROM} where s.id = ${id} and ${store.inReach(ctx.actor)}`.execute(ctx.tx);
  const { lineOpen, lineTask, ...row } = rows[0] ?? ctx.notFound();
  const content = (await store.contentOf(ctx.tx, record)) ?? ctx.notFound();
  const names =
    content.kind === 'seminar'
      ? (
          await sql<{ name: string }>`select name from person where id = any(${content.participantIds}::uuid[]) order by name`.execute(
            ctx.tx,
          )
        ).rows
      : [];
  ctx.saw('response', id);
  return {
    ...row,
    content,
    // The receiver of a transfer does not hold the line; its task is not among what was handed over.
    lineTask: lineTask ?? '',
    participants: names.map((n) => n.name),
    supervisorSignedAt: record.supervisorSignedAt,
    workerSignedAt: record.workerSignedAt,
    readers: rules.readersOf(record),
    can: rules.responseActs(ctx.actor, record),
    myTurn: record.nextIds.some((p) => ctx.actor.selves.includes(p)),
    closesLine: lineOpen === true && rules.closesLine(ctx.actor, record.holderId),
  };
};

/** What somebody needs to see before writing a record under a line. */
export const lineOpening = async (ctx: Ctx<never>, line: store.LineRecord & { askerId: string | null }, text?: string) => {
  const kind = rules.kindOfLine(line.kind);
  const people = kind === 'transfer' || kind === 'seminar' ? await store.colleagues(ctx.tx, line.districtId, professionals, { text }) : [];
  const { rows: requests } = await sql<{ caseId: string }>`select case_id from support_request where district_id = ${line.districtId}
    and id = ${line.requestId}`.execute(ctx.tx);
  const request = requests[0];
  const consents = kind === 'transfer' && request !== undefined ? await consentsOfCase(ctx.tx, line.districtId, request.caseId) : [];
  const { rows } = await sql<{ name: string }>`select name from person where id = ${line.holderId}`.execute(ctx.tx);
  ctx.saw('line', line.id);
  return {
    people: people.map(({ organisationId: _, ...p }) => p),
    consents: consents
      .filter((c) => consentVerdict(c, { purpose: 'referral', fields: [], today: ctx.today }).ok)
      .map((c) => ({ id: c.id, receiver: receiverSays(c), expiresOn: c.expiresOn })),
    supervisor: rows[0]?.name ?? null,
    kind,
    task: line.task,
    number: line.number,
    requestId: line.requestId,
  };
};
