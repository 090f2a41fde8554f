import { workingDayMs, workingTimeBetween } from '@jieyou/core/calendar/rules.ts';
import { searchesCaseBank } from '@jieyou/core/casebank/policy.ts';
import { seesExperts } from '@jieyou/core/experts/policy.ts';
import { figuresPackOf } from '@jieyou/core/figures/pack.ts';
import { seesNoContent } from '@jieyou/core/figures/policy.ts';
import { median, quantile, totalMayShow, withheld } from '@jieyou/core/figures/rules.ts';
import type { FigureGroup, Figures } from '@jieyou/core/figures/schema.ts';
import { mayEver, type Policy } from '@jieyou/core/identity/policy.ts';
import { seesResources } from '@jieyou/core/resources/policy.ts';
import { addDays, addMonths, type Day, dayFrom, daysBetween, type Instant, monthOf, startOfDay, yearOf } from '@jieyou/core/shared/day.ts';
import { caseDomainLabels, caseDomains, helpFieldLabels, helpFields } from '@jieyou/core/shared/fields.ts';
import { ClockState, RequestStatus } from '@jieyou/core/support/schema.ts';
import { clockStateLabels, lineKindLabels, requestStatusLabels } from '@jieyou/core/texts/labels.ts';
import { sql } from 'kysely';
import { holidayTable } from '../calendar/index.ts';
import { hot } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import { requestCondition } from '../support/index.ts';

type Tally = {
  kind: string;
  key: string;
  month: string | null;
  stationId: string;
  organisationId: string | null;
  divisionPath: string;
  n: number;
};
type Place = { id: string; name: string };

const firstOfMonth = (d: Day): Day => dayFrom(yearOf(d), monthOf(d), 1) as Day;
const isWholeMonths = (from: Day, to: Day): boolean => from === firstOfMonth(from) && addDays(to, 1) === firstOfMonth(addDays(to, 1));

/** Counts of the period from the kept rows where it is made of whole months, else from the registers themselves: the same numbers. */
export const talliesOf = async (ctx: Ctx, from: Day, to: Day): Promise<Tally[]> => {
  const district = ctx.actor.districtId;
  // Row-level security narrows both to what the person reaches.
  if (isWholeMonths(from, to)) {
    return hot<Tally>(ctx.tx)`select kind, key, month, station_id, organisation_id, division_path, sum(n)::int as n from figure_tally
      where district_id = ${district} and kind <> 'status' and month >= ${from} and month <= ${to} group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0`;
  }
  const [begin, end] = [startOfDay(from), startOfDay(addDays(to, 1))];
  return (
    await sql<Tally>`select f.kind, f.key, f.month, r.station_id, r.organisation_id, r.division_path, count(*)::int as n
    from support_request r, lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f
    where ${requestCondition(ctx, {})} and f.kind <> 'status'
      and case when f.kind = 'asked' then r.submitted_at >= ${begin} and r.submitted_at < ${end} else r.closed_at >= ${begin} and r.closed_at < ${end} end
    group by 1, 2, 3, 4, 5, 6`.execute(ctx.tx)
  ).rows;
};

type Filters = Readonly<Record<string, string | readonly string[]>>;

/** Address of a page with filters; several values of one filter stand one after another. */
const addressOf = (path: string, filters: Filters): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) for (const one of typeof value === 'string' ? [value] : value) query.append(key, one);
  return `${path}?${query.toString()}`;
};
const address = (filters: Filters): string => addressOf('/requests', filters);

const summed = (rows: readonly Tally[], keyOf: (row: Tally) => string | undefined): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + row.n);
  }
  return sums;
};

const monthsBetween = (from: Day, to: Day): Day[] => {
  const months: Day[] = [];
  for (let m = firstOfMonth(from); m <= to && months.length < 120; m = addMonths(m, 1)) months.push(m);
  return months;
};

const earlierThan = (from: Day, to: Day): readonly [Day, Day] =>
  isWholeMonths(from, to)
    ? [addMonths(from, -monthsBetween(from, to).length), addDays(from, -1)]
    : [addDays(from, -(daysBetween(from, to) + 1)), addDays(from, -1)];

const answerTimes = async (ctx: Ctx, from: Day, to: Day): Promise<number[]> => {
  const rows = (
    await sql<{ a: string; b: string }>`select r.submitted_at as a, r.first_answered_at as b from support_request r
    where ${requestCondition(ctx, { submittedFrom: from, submittedTo: to, answered: 'yes' })}`.execute(ctx.tx)
  ).rows;
  const holidays = await holidayTable(ctx.tx);
  const day = workingDayMs();
  return rows.map((r) => workingTimeBetween(r.a as Instant, r.b as Instant, holidays) / day);
};

const rounded = (days: number | undefined): number | null => (days === undefined ? null : Math.round(days * 10) / 10);

/** The figures of a period, as far as the person reaches. */
export const figuresOf = async (ctx: Ctx, given: { from?: string | undefined; to?: string | undefined }): Promise<Figures> => {
  const { actor, today } = ctx;
  const district = actor.districtId;
  const from = (given.from ?? dayFrom(yearOf(today), 1, 1)) as Day;
  const asked = (given.to ?? addDays(addMonths(firstOfMonth(today), 1), -1)) as Day;
  const to = asked < from ? from : asked;
  const pack = figuresPackOf((await packInForce(ctx.tx, 'figures', district, today)).values);
  const smallest = seesNoContent(actor.roles) ? pack['smallest.shown'] : 0;
  const [earlierFrom, earlierTo] = earlierThan(from, to);
  const now = await talliesOf(ctx, from, to);
  const before = await talliesOf(ctx, earlierFrom, earlierTo);
  const statuses = await hot<{ key: string; n: number }>(ctx.tx)`select key, sum(n)::int as n from figure_tally
    where district_id = ${district} and kind = 'status' group by key`;
  const clocks = await Promise.all(
    ClockState.options
      .filter((s) => s !== 'none')
      .map(async (state) => {
        const [row] = (
          await sql<{ n: number }>`select count(*)::int as n from support_request r
          where ${requestCondition(ctx, { live: 'yes', clock: [state] })}`.execute(ctx.tx)
        ).rows;
        return [state, row?.n ?? 0] as const;
      }),
  );
  const stations = await hot<Place>(ctx.tx)`select id, name from station where district_id = ${district} order by name`;
  const organisations = await hot<Place>(ctx.tx)`select id, name from organisation where district_id = ${district} order by name`;
  const streets = await hot<Place & { path: string }>(
    ctx.tx,
  )`select v.id, v.name, v.path from division v join division d on d.id = ${district}
    where v.tier = 'street' and starts_with(v.path, d.path) order by v.code`;

  const group = (
    key: string,
    title: string,
    how: string,
    parts: readonly { key: string; label: string; opens: Filters }[],
    sums: ReadonlyMap<string, number>,
    given: {
      /** The same numbers of the period before, and what differs in the address. */
      earlier?: readonly [ReadonlyMap<string, number>, Filters];
      /** What the total opens, and how many that are: parts may leave some out. */
      total?: readonly [Filters, number];
      everything?: boolean;
    },
  ): FigureGroup => {
    const { earlier } = given;
    const kept = parts.filter((p) => given.everything === true || (sums.get(p.key) ?? 0) + (earlier?.[0].get(p.key) ?? 0) > 0);
    const shown = (of: ReadonlyMap<string, number>) =>
      withheld(
        kept.map((p) => of.get(p.key) ?? 0),
        smallest,
      );
    const values = shown(sums);
    const earlierValues = earlier === undefined ? null : shown(earlier[0]);
    const total = kept.reduce((all, p) => all + (sums.get(p.key) ?? 0), 0);
    const mayTotal = given.total !== undefined && totalMayShow(values, total, smallest);
    return {
      key,
      title,
      unit: '件',
      how,
      total: mayTotal ? total : null,
      totalOpens: mayTotal && given.total?.[1] === total ? address(given.total[0]) : null,
      cells: kept.map((p, i) => {
        const [value, before] = [values[i] ?? null, earlierValues?.[i] ?? null];
        return {
          key: p.key,
          label: p.label,
          value,
          opens: value === null ? null : address(p.opens),
          earlier: before,
          earlierOpens: before === null || earlier === undefined ? null : address({ ...p.opens, ...earlier[1] }),
        };
      }),
    };
  };
  const solvedIn = { status: 'closed', solved: 'yes', closedFrom: from, closedTo: to };
  const solved = now.filter((r) => r.kind === 'solved');
  const solvedBefore = before.filter((r) => r.kind === 'solved');
  const streetOf = (row: Tally): string | undefined => streets.find((s) => row.divisionPath.startsWith(s.path))?.id;
  // Months that have not begun have nothing to tell.
  const months = monthsBetween(from, to < today ? to : today).map((m) => {
    const first = m < from ? from : m;
    const end = addDays(addMonths(m, 1), -1);
    return { key: m as string, label: `${yearOf(m)}年${monthOf(m)}月`, first, last: end > to ? to : end };
  });
  const monthOfRow = (row: Tally): string | undefined => row.month ?? undefined;
  const named = (places: readonly Place[], filter: string) =>
    places.map((p) => ({ key: p.id, label: p.name, opens: { ...solvedIn, [filter]: p.id } }));
  const SOLVED = '结束时间在所选期间、评估为“已解决”的求助';
  const solvedBy = (keyOf: (row: Tally) => string | undefined) =>
    [summed(solved, keyOf), [summed(solvedBefore, keyOf), { closedFrom: earlierFrom, closedTo: earlierTo }] as const] as const;
  const [byDomain, byDomainBefore] = solvedBy((r) => r.key);
  const [byStreet, byStreetBefore] = solvedBy(streetOf);
  const [byStation, byStationBefore] = solvedBy((r) => r.stationId);
  const [byAgency, byAgencyBefore] = solvedBy((r) => r.organisationId ?? undefined);
  const fields = (rows: readonly Tally[]) =>
    summed(
      rows.filter((r) => r.kind === 'solved-field'),
      (r) => r.key,
    );
  const askedRows = now.filter((r) => r.kind === 'asked');
  const many = (rows: readonly { n: number }[]): number => rows.reduce((n, r) => n + r.n, 0);
  const allSolved = [solvedIn, many(solved)] as const;
  const sent = RequestStatus.options.filter((s) => s !== 'draft');
  const groups = [
    group(
      'status',
      '现在的求助，按状态',
      '所有已提交过的求助（草稿除外），按此刻的状态数',
      sent.map((s) => ({ key: s, label: requestStatusLabels[s], opens: { status: s } })),
      new Map(statuses.map((s) => [s.key, s.n])),
      { total: [{ status: sent }, many(statuses)] },
    ),
    group(
      'clock',
      '在办求助，按时限',
      '正在办理的求助此刻的时限状态；没有时限在走的不计',
      clocks.map(([state]) => ({ key: state, label: clockStateLabels[state], opens: { live: 'yes', clock: state } })),
      new Map(clocks),
      { total: [{ live: 'yes', clock: clocks.map(([state]) => state) }, clocks.reduce((n, [, one]) => n + one, 0)], everything: true },
    ),
    group(
      'asked-month',
      '提交的求助，按月',
      '提交时间在该月的求助',
      months.map((m) => ({ key: m.key, label: m.label, opens: { submittedFrom: m.first, submittedTo: m.last } })),
      summed(askedRows, monthOfRow),
      { total: [{ submittedFrom: from, submittedTo: to }, many(askedRows)], everything: true },
    ),
    group(
      'solved-month',
      '解决的求助，按月',
      SOLVED,
      months.map((m) => ({ key: m.key, label: m.label, opens: { ...solvedIn, closedFrom: m.first, closedTo: m.last } })),
      summed(solved, monthOfRow),
      { total: allSolved, everything: true },
    ),
    group(
      'solved-domain',
      '解决的求助，按问题领域',
      `${SOLVED}；每份求助只有一个主要领域`,
      caseDomains.map((d) => ({ key: d, label: caseDomainLabels[d], opens: { ...solvedIn, domain: d } })),
      byDomain,
      { earlier: byDomainBefore, total: allSolved, everything: true },
    ),
    group(
      'solved-field',
      '解决的求助，按所需专业',
      `${SOLVED}；一份求助可以需要几个专业，各数一次，所以不合计`,
      helpFields.map((f) => ({ key: f, label: helpFieldLabels[f], opens: { ...solvedIn, helpField: f } })),
      fields(now),
      { earlier: [fields(before), byDomainBefore[1]], everything: true },
    ),
    group(
      'solved-street',
      '解决的求助，按街道',
      `${SOLVED}；按求助时站点所在街道，区级站点的不在其中`,
      named(streets, 'divisionId'),
      byStreet,
      { earlier: byStreetBefore, total: allSolved },
    ),
    group('solved-station', '解决的求助，按站点', `${SOLVED}；按求助时的站点`, named(stations, 'stationId'), byStation, {
      earlier: byStationBefore,
      total: allSolved,
    }),
    group(
      'solved-agency',
      '解决的求助，按机构',
      `${SOLVED}；按求助社工当时所属机构，没有机构的不在其中`,
      named(organisations, 'organisationId'),
      byAgency,
      { earlier: byAgencyBefore, total: allSolved },
    ),
  ];
  const times = await answerTimes(ctx, from, to);
  const earlierTimes = await answerTimes(ctx, earlierFrom, earlierTo);
  const high = pack['quantile.high'];
  const few = times.length > 0 && times.length < smallest;
  const fewBefore = earlierTimes.length < Math.max(1, smallest);
  return {
    asOf: ctx.now,
    from,
    to,
    scope: scopeWords(actor.roles),
    smallest,
    groups,
    answer: {
      count: few ? 0 : times.length,
      median: few ? null : rounded(median(times)),
      high: few ? null : rounded(quantile(times, high)),
      quantile: high,
      opens: few || times.length === 0 ? null : address({ submittedFrom: from, submittedTo: to, answered: 'yes' }),
      earlierCount: fewBefore ? 0 : earlierTimes.length,
      earlierMedian: fewBefore ? null : rounded(median(earlierTimes)),
      earlierOpens: fewBefore ? null : address({ submittedFrom: earlierFrom, submittedTo: earlierTo, answered: 'yes' }),
      how: '所选期间提交、已有首次答复的求助：从提交到中心首次筛选或接手危机，按工作时间折算为工作日',
    },
    growth: await growthOf(ctx, pack['trend.months'], to),
  };
};

const scopeWords = (roles: readonly string[]): string => {
  if (roles.includes('centre') || roles.includes('officer')) return '本区';
  if (roles.includes('street')) return '本街道';
  return roles.includes('agency') ? '本机构' : '本站';
};

/** How many there were at the end of each of the last months, counted from the registers themselves. */
const growthOf = async (ctx: Ctx, many: number, to: Day): Promise<Figures['growth']> => {
  const district = ctx.actor.districtId;
  const last = to < ctx.today ? to : ctx.today;
  const ends = Array.from({ length: many }, (_, i) => {
    const end = addDays(addMonths(firstOfMonth(last), i - many + 2), -1);
    return end > last ? last : end;
  });
  const rows = await hot<{ experts: number; resources: number; published: number }>(ctx.tx)`
    select (select count(*)::int from expert e where e.district_id = ${district} and e.active and e.term_from <= d.day and e.term_to >= d.day) as experts,
      (select count(*)::int from resource s where s.district_id = ${district} and s.valid_from <= d.day and (s.valid_to is null or s.valid_to >= d.day)) as resources,
      (select count(*)::int from casebank_entry c where c.district_id = ${district} and c.released_on <= d.day and c.recalled_at is null) as published
    from unnest(${ends}::date[]) with ordinality as d(day, i) order by d.i`;
  type Since = { key: string; since: Day };
  const kinds = await hot<Since>(ctx.tx)`select key, since from line_kinds_since() order by since, key`;
  const domains = await hot<Since>(ctx.tx)`select key, since from domains_since() order by since, key`;
  const counted = (
    key: keyof (typeof rows)[number],
    label: string,
    unit: string,
    how: string,
    may: Policy,
    path: string,
    filters: (day: Day) => Filters,
  ) => ({
    key,
    label,
    unit,
    how,
    values: rows.map((r) => r[key]),
    opens: ends.map((day) => (mayEver(may, ctx.actor) ? addressOf(path, filters(day)) : null)),
    names: ends.map(() => null),
  });
  const told = (key: string, label: string, unit: string, how: string, since: readonly Since[], nameOf: (key: string) => string) => {
    const names = ends.map((day) => since.filter((s) => s.since <= day).map((s) => nameOf(s.key)));
    return { key, label, unit, how, values: names.map((n) => n.length), opens: ends.map(() => null), names };
  };
  return {
    months: ends.map((d) => `${yearOf(d)}年${monthOf(d)}月`),
    series: [
      counted('experts', '专家', '人', '那天在聘期内的专家（现已停用的不计）', seesExperts, '/experts', (termOn) => ({ termOn })),
      told('kinds', '支援方式', '种', '到那天为止用过的支援方式', kinds, (k) => labelOf(lineKindLabels, k)),
      told('domains', '问题领域', '个', '到那天为止收到过求助的问题领域', domains, (k) => labelOf(caseDomainLabels, k)),
      counted('resources', '政策与资源', '条', '那天有效的政策与资源', seesResources, '/resources', (validOn) => ({ validOn })),
      counted(
        'published',
        '已发布案例',
        '个',
        '到那天为止发布、现在仍在案例库的本区案例（撤回的不计）',
        searchesCaseBank,
        '/casebank',
        (releasedUntil) => ({ ours: 'yes', releasedUntil }),
      ),
    ],
  };
};

const labelOf = (labels: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(labels, key) ? (labels[key] ?? key) : key;

/** Requests by station and status, from the kept rows. */
export const countRequests = async (ctx: Ctx) => {
  const rows = await hot<{ stationId: string; status: string; count: number }>(
    ctx.tx,
  )`select station_id, key as status, sum(n)::int as count from figure_tally
    where district_id = ${ctx.actor.districtId} and kind = 'status' group by 1, 2 having sum(n) <> 0 order by 1, 2`;
  if (!seesNoContent(ctx.actor.roles)) return { asOf: ctx.now, smallest: 0, rows };
  const smallest = figuresPackOf((await packInForce(ctx.tx, 'figures', ctx.actor.districtId, ctx.today)).values)['smallest.shown'];
  const shown = withheld(
    rows.map((r) => r.count),
    smallest,
  );
  return { asOf: ctx.now, smallest, rows: rows.map((r, i) => ({ ...r, count: shown[i] ?? null })) };
};

const SPREAD: readonly { label: string; from: number; to: number | null }[] = [
  { label: '0 件', from: 0, to: 0 },
  { label: '1 件', from: 1, to: 1 },
  { label: '2 件', from: 2, to: 2 },
  { label: '3–4 件', from: 3, to: 4 },
  { label: '5–9 件', from: 5, to: 9 },
  { label: '10 件以上', from: 10, to: null },
];

/** How the work is spread over the experts; rows of persons by name, never by number. */
export const expertLoad = async (ctx: Ctx, given: { from?: string | undefined; to?: string | undefined }) => {
  const from = (given.from ?? dayFrom(yearOf(ctx.today), 1, 1)) as Day;
  const to = (given.to ?? ctx.today) as Day;
  const { rows } = await sql<{ expertId: string; name: string; panels: number }>`select e.id as expert_id, p.name, l.panels
    from expert_load(${startOfDay(from)}, ${startOfDay(addDays(to, 1))}) l join expert e on e.id = l.expert_id join person p on p.id = e.person_id
    order by p.name_pinyin, e.id`.execute(ctx.tx);
  const centre = ctx.actor.roles.includes('centre');
  return {
    asOf: ctx.now,
    spread: centre
      ? SPREAD.map((s) => ({
          label: s.label,
          experts: rows.filter((r) => r.panels >= s.from && (s.to === null || r.panels <= s.to)).length,
          opens: addressOf('/experts', {
            loadFrom: from,
            loadTo: to,
            loadLeast: String(s.from),
            ...(s.to === null ? {} : { loadMost: String(s.to) }),
          }),
        }))
      : [],
    persons: rows.map((r) => ({
      ...r,
      opens: centre ? address({ expertId: r.expertId, invitedFrom: from, invitedTo: to }) : null,
    })),
  };
};
