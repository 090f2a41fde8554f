import { contactReach, ledgerScope, seesRows, seesWorkers } from '@jieyou/core/contacts/policy.ts';
import { bookOf, LEDGER_HOW, periodDays } from '@jieyou/core/contacts/rules.ts';
import {
  ContactKind,
  type ContactRow,
  type Ledger,
  type LedgerBook,
  type LedgerCell,
  ServiceDomain,
} from '@jieyou/core/contacts/schema.ts';
import { figuresPackOf } from '@jieyou/core/figures/pack.ts';
import { seesNoContent } from '@jieyou/core/figures/policy.ts';
import { totalMayShow, withheld } from '@jieyou/core/figures/rules.ts';
import { addMonths, type Day, monthOf, yearOf } from '@jieyou/core/shared/day.ts';
import { contactKindLabels, serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { hot } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { packInForce } from '../rulepacks/index.ts';

/** What a ledger is narrowed to. */
export type LedgerFilter = {
  readonly period?: string | undefined;
  readonly book?: readonly LedgerBook[] | undefined;
  readonly kind?: readonly ContactKind[] | undefined;
  readonly domain?: readonly ServiceDomain[] | undefined;
  readonly workerId?: string | undefined;
  readonly stationId?: string | undefined;
  readonly organisationId?: string | undefined;
};

/** The month or year that is asked for: this month when nothing is said. */
export const periodOf = (ctx: Pick<Ctx, 'today'>, filter: LedgerFilter): string => filter.period ?? ctx.today.slice(0, 7);

/** Kinds that book and kind leave, null for all. */
const kindsOf = (filter: LedgerFilter): ContactKind[] | null => {
  const { book, kind } = filter;
  if (book === undefined && kind === undefined) return null;
  return ContactKind.options.filter((k) => (book?.includes(bookOf(k)) ?? true) && (kind?.includes(k) ?? true));
};

/** Acts of the filter within the person's reach. */
const condition = (ctx: Ctx<never>, filter: LedgerFilter): RawBuilder<boolean> => {
  const { from, to } = periodDays(periodOf(ctx, filter));
  const kinds = kindsOf(filter);
  return allOf([
    sql`c.district_id = ${ctx.actor.districtId}`,
    reachSql(ctx.actor, contactReach, 'c'),
    sql`c.happened_on between ${from} and ${to}`,
    kinds !== null && sql`c.kind = any(${kinds}::text[])`,
    filter.domain !== undefined && sql`c.domain = any(${[...filter.domain]}::text[])`,
    filter.workerId !== undefined && sql`c.worker_id = ${filter.workerId}`,
    filter.stationId !== undefined && sql`c.station_id = ${filter.stationId}`,
    filter.organisationId !== undefined && sql`c.organisation_id = ${filter.organisationId}`,
  ]);
};

/** A row as it is read; the keys of persons stay on the server. */
export type KeptRow = Omit<z.infer<typeof ContactRow>, 'opens'> & {
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly caseId: string | null;
  readonly activityId: string | null;
  readonly groupId: string | null;
  readonly who: string[];
};

// Where the record below is no longer in reach, its own policy hides number and name.
const COLUMNS = sql`c.id, c.happened_on, c.kind, c.domain, c.minutes, c.people, c.who, c.source_kind, c.source_id, p.name as worker_name, s.name as station_name,
  o.name as organisation_name, coalesce(f.number, av.title, gr.title) as subject, case when c.case_id is null or f.id is not null then r.name_masked end as recipient_name, f.id as case_id, av.id as activity_id, gr.id as group_id`;
const FROM = sql`from service_contact c
  join person p on p.id = c.worker_id
  join station s on s.id = c.station_id
  left join organisation o on o.id = c.organisation_id
  left join case_file f on f.district_id = c.district_id and f.id = c.case_id
  left join activity av on av.district_id = c.district_id and av.id = c.activity_id
  left join service_group gr on gr.district_id = c.district_id and gr.id = c.group_id
  left join recipient r on r.district_id = c.district_id and r.id = c.recipient_id`;
const NEWEST: readonly SortKey[] = [
  { column: 'happened_on', direction: 'desc', type: 'date' },
  { column: 'id', direction: 'desc', type: 'uuid' },
];

const opensOf = (row: KeptRow): string | null => {
  if (row.caseId !== null) return row.sourceKind === 'visit' ? `/visits/${row.sourceId}` : `/cases/${row.caseId}`;
  if (row.groupId !== null) return `/groups/${row.groupId}`;
  return row.activityId === null ? null : `/activities/${row.activityId}`;
};

/** One page of the acts in reach, the newest first. */
export const listContacts = async (
  ctx: Ctx<never>,
  query: LedgerFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) => {
  const page = await readPage<KeptRow>(ctx.tx, query, {
    columns: COLUMNS,
    from: FROM,
    where: condition(ctx, query),
    sort: NEWEST,
    alias: 'c',
    countFrom: sql`from service_contact c`,
  });
  ctx.saw('ledger', ctx.actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(({ who: _, ...row }) => ({ ...row, opens: opensOf({ ...row, who: [] }) })) };
};

/** The acts of a ledger in the order of their days, at most one more than `most`. */
export const rowsForPaper = async (ctx: Ctx<never>, filter: LedgerFilter, most: number): Promise<KeptRow[]> =>
  (
    await sql<KeptRow>`select ${COLUMNS} ${FROM} where ${condition(ctx, filter)} order by c.happened_on, c.id limit ${sql.lit(most + 1)}`.execute(
      ctx.tx,
    )
  ).rows;

type Sum = { what: string; key: string; acts: number; times: number; minutes: number; persons: number };

/** Sums over the rows themselves, for those who see them: packed first, then each person counted once in each place of each division. */
const sumsOfRows = async (ctx: Ctx<never>, filter: LedgerFilter): Promise<Sum[]> =>
  (
    await sql<Sum>`
    with packed as materialized (
      select c.kind, c.domain, date_trunc('month', c.happened_on::timestamp) as month, c.station_id, c.organisation_id, c.worker_id, c.who,
        count(*) as acts, sum(c.people) as times, sum(coalesce(c.minutes, 0)) as minutes, sum(c.people - cardinality(c.who)) as unknown
      from service_contact c where ${condition(ctx, filter)} group by 1, 2, 3, 4, 5, 6, 7),
    met as (
      select grouping(kind, domain, month, station_id, organisation_id, worker_id) as g, kind, domain, month, station_id, organisation_id, worker_id, w
      from (select p.kind, p.domain, p.month, p.station_id, p.organisation_id, p.worker_id, unnest(p.who) as w from packed p) p
      group by grouping sets ((w), (kind, w), (domain, w), (month, w), (station_id, w), (organisation_id, w), (worker_id, w))),
    counted as (
      select g, kind, domain, month, station_id, organisation_id, worker_id, 0 as acts, 0 as times, 0 as minutes, count(*) as persons
      from met group by 1, 2, 3, 4, 5, 6, 7
      union all
      select grouping(kind, domain, month, station_id, organisation_id, worker_id), kind, domain, month, station_id, organisation_id, worker_id,
        sum(acts), sum(times), sum(minutes), sum(unknown)
      from packed group by grouping sets ((), (kind), (domain), (month), (station_id), (organisation_id), (worker_id)))
    select d.what, d.key, sum(c.acts)::int as acts, sum(c.times)::int as times, sum(c.minutes)::int as minutes, sum(c.persons)::int as persons
    from counted c, lateral (select
      case c.g when 63 then 'all' when 31 then 'kind' when 47 then 'domain' when 55 then 'month' when 59 then 'station' when 61 then 'organisation'
        when 62 then 'worker' end as what,
      case c.g when 63 then '' when 31 then c.kind when 47 then c.domain when 55 then c.month::date::text when 59 then c.station_id::text
        when 61 then c.organisation_id::text when 62 then c.worker_id::text end as key) d
    where d.key is not null and c.acts is not null group by 1, 2`.execute(ctx.tx)
  ).rows;

/** Sums from the kept rows of plus and minus, for those who see numbers only; persons are counted inside the database. */
const sumsOfTally = async (ctx: Ctx<never>, filter: LedgerFilter): Promise<Sum[]> => {
  const { from, to } = periodDays(periodOf(ctx, filter));
  const kinds = kindsOf(filter);
  const domains = filter.domain === undefined ? null : [...filter.domain];
  const [stationId, organisationId] = [filter.stationId ?? null, filter.organisationId ?? null];
  const { rows } = await sql<Omit<Sum, 'persons'>>`
    with kept as (
      select t.month::text as month, t.kind, t.domain, t.station_id::text as station, t.organisation_id::text as organisation,
        sum(t.acts) as acts, sum(t.times) as times, sum(t.minutes) as minutes
      from contact_tally t
      where t.district_id = ${ctx.actor.districtId} and t.month between ${from} and ${to}
        and (${kinds}::text[] is null or t.kind = any(${kinds}::text[])) and (${domains}::text[] is null or t.domain = any(${domains}::text[]))
        and (${stationId}::uuid is null or t.station_id = ${stationId}) and (${organisationId}::uuid is null or t.organisation_id = ${organisationId})
      group by 1, 2, 3, 4, 5)
    select v.what, v.key, sum(k.acts)::int as acts, sum(k.times)::int as times, sum(k.minutes)::int as minutes
    from kept k, lateral (values ('all', ''), ('kind', k.kind), ('domain', k.domain), ('month', k.month), ('station', k.station),
      ('organisation', k.organisation)) as v(what, key)
    where v.key is not null group by 1, 2 having sum(k.acts) <> 0`.execute(ctx.tx);
  const { rows: persons } = await sql<Pick<Sum, 'what' | 'key' | 'persons'>>`
    select what, key, persons from contact_persons(${from}, ${to}, ${kinds}::text[], ${domains}::text[], ${stationId}::uuid, ${organisationId}::uuid)`.execute(
    ctx.tx,
  );
  const counted = new Map(persons.map((p) => [`${p.what} ${p.key}`, p.persons]));
  return rows.map((r) => ({ ...r, persons: counted.get(`${r.what} ${r.key}`) ?? 0 }));
};

type Named = readonly { readonly key: string; readonly label: string }[];
const NOTHING = { acts: 0, times: 0, persons: 0, minutes: 0 };
const HIDDEN = { acts: null, times: null, persons: null, minutes: null };

/** The numbers of a month or a year, as far as the person reaches: from rows where rows may be seen, else from kept sums. */
export const ledgerOf = async (ctx: Ctx<never>, filter: LedgerFilter): Promise<Ledger> => {
  const { roles, districtId } = ctx.actor;
  const period = periodOf(ctx, filter);
  const { from, to } = periodDays(period);
  const byRows = seesRows(roles);
  const sums = byRows ? await sumsOfRows(ctx, filter) : await sumsOfTally(ctx, filter);
  const smallest =
    !byRows && seesNoContent(roles)
      ? figuresPackOf((await packInForce(ctx.tx, 'figures', districtId, ctx.today)).values)['smallest.shown']
      : 0;
  const places = async (table: 'station' | 'organisation'): Promise<Named> =>
    table === 'station'
      ? hot<{ key: string; label: string }>(
          ctx.tx,
        )`select id::text as key, name as label from station where district_id = ${districtId} order by name`
      : hot<{ key: string; label: string }>(
          ctx.tx,
        )`select id::text as key, name as label from organisation where district_id = ${districtId} order by name`;
  const [workers, stations, organisations] = await Promise.all([
    seesWorkers(roles)
      ? workersOfStation(
          ctx,
          sums.flatMap((s) => (s.what === 'worker' ? [s.key] : [])),
        )
      : [],
    places('station'),
    places('organisation'),
  ]);
  const months = Array.from({ length: 12 }, (_, i) => addMonths(from, i)).filter((m) => m <= to);

  const group = (what: string, title: string, filterKey: string | null, named: Named) => {
    const found = new Map(sums.filter((s) => s.what === what).map((s) => [s.key, s]));
    const present = named.filter((n) => found.has(n.key));
    const shown = withheld(
      present.map((n) => found.get(n.key)?.persons ?? 0),
      smallest,
    );
    const cells: LedgerCell[] = present.map((n, i) => {
      const { acts, times, persons, minutes } = found.get(n.key) ?? { ...NOTHING };
      return { ...n, ...(shown[i] === null ? HIDDEN : { acts, times, persons, minutes }) };
    });
    return { group: { key: what, title, filter: filterKey, cells }, shown };
  };
  const made = [
    group(
      'kind',
      '按类别',
      'kind',
      ContactKind.options.map((k) => ({ key: k, label: contactKindLabels[k] })),
    ),
    group(
      'domain',
      '按服务领域',
      'domain',
      ServiceDomain.options.map((d) => ({ key: d, label: serviceDomainLabels[d] })),
    ),
    ...(period.length === 4
      ? [
          group(
            'month',
            '按月',
            'period',
            months.map((m) => ({ key: m, label: `${yearOf(m as Day)}年${monthOf(m as Day)}月` })),
          ),
        ]
      : []),
    ...(seesWorkers(roles)
      ? [
          group(
            'worker',
            '按社工（按姓名排列）',
            'workerId',
            workers.map((w) => ({ key: w.personId, label: w.name })),
          ),
        ]
      : []),
    group('station', '按站点', 'stationId', stations),
    group('organisation', '按机构', 'organisationId', organisations),
  ];
  const all = sums.find((s) => s.what === 'all') ?? NOTHING;
  const mayTotal = made.every(({ shown }) => totalMayShow(shown, all.persons, smallest));
  return {
    asOf: ctx.now,
    from,
    to,
    scope: ledgerScope(roles),
    rows: byRows,
    smallest,
    total: {
      key: 'all',
      label: '合计',
      ...(mayTotal ? { acts: all.acts, times: all.times, persons: all.persons, minutes: all.minutes } : HIDDEN),
    },
    // Of one place alone the division says what the total says.
    groups: made.map((m) => m.group).filter((g) => !['station', 'organisation'].includes(g.key) || g.cells.length > 1 || !byRows),
    how: LEDGER_HOW,
    workers,
  };
};

/** Workers of the head's stations, now or before, and whoever served for them in this ledger, by name. */
const workersOfStation = (ctx: Ctx<never>, served: readonly string[]): Promise<{ personId: string; name: string }[]> =>
  hot<{ personId: string; name: string }>(ctx.tx)`
    select p.id as person_id, p.name from person p
    where p.district_id = ${ctx.actor.districtId} and (
      p.id in (select r.person_id from role_assignment r join person w on w.id = r.person_id
        where r.district_id = ${ctx.actor.districtId} and r.role = 'worker'
          and coalesce(r.station_id, w.station_id) = any ((select app_ids('head_stations'))::uuid[]))
      or p.id = any(${[...served]}::uuid[]) or p.id = ${ctx.actor.personId})
    order by p.name_pinyin nulls last, p.id`;
