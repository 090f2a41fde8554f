import { workingDayMs, workingTimeBetween } from '@jieyou/core/calendar/rules.ts';
import { seesNoContent } from '@jieyou/core/figures/policy.ts';
import { median, quantile, totalMayShow, withheld } from '@jieyou/core/figures/rules.ts';
import type { FigureGroup, Figures } from '@jieyou/core/figures/schema.ts';
import { addDays, addMonths, type Day, dayFrom, daysBetween, type Instant, monthOf, startOfDay, yearOf } from '@jieyou/core/shared/day.ts';
import { caseDomainLabels, caseDomains, helpFieldLabels, helpFields } from '@jieyou/core/shared/fields.ts';
import { ClockState, RequestStatus } from '@jieyou/core/support/schema.ts';
import { clockStateLabels, requestStatusLabels } from '@jieyou/core/texts/labels.ts';
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

const address = (query: Readonly<Record<string, string>>): string => `/requests?${new URLSearchParams(query).toString()}`;

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
  const pack = (await packInForce(ctx.tx, 'figures', district, today)).values;
  const smallest = seesNoContent(actor.roles) ? Number(pack['smallest.shown']) : 0;
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
    parts: readonly { key: string; label: string; opens: Readonly<Record<string, string>> }[],
    sums: ReadonlyMap<string, number>,
    earlier: ReadonlyMap<string, number> | null,
    adds = true,
    everything = false,
  ): FigureGroup => {
    const kept = parts.filter((p) => everything || (sums.get(p.key) ?? 0) + (earlier?.get(p.key) ?? 0) > 0);
    const values = withheld(
      kept.map((p) => sums.get(p.key) ?? 0),
      smallest,
    );
    const earlierValues =
      earlier === null
        ? null
        : withheld(
            kept.map((p) => earlier.get(p.key) ?? 0),
            smallest,
          );
    const total = kept.reduce((all, p) => all + (sums.get(p.key) ?? 0), 0);
    return {
      key,
      title,
      unit: '件',
      how,
      total: adds && totalMayShow(values, total, smallest) ? total : null,
      cells: kept.map((p, i) => ({
        key: p.key,
        label: p.label,
        value: values[i] ?? null,
        earlier: earlierValues === null ? null : (earlierValues[i] ?? null),
        opens: values[i] === null ? null : address(p.opens),
      })),
    };
  };
  const solvedIn = { status: 'closed', solved: 'yes', closedFrom: from, closedTo: to };
  const solved = now.filter((r) => r.kind === 'solved');
  const solvedBefore = before.filter((r) => r.kind === 'solved');
  const streetOf = (row: Tally): string | undefined => streets.find((s) => row.divisionPath.startsWith(s.path))?.id;
  const months = monthsBetween(from, to).map((m) => {
    const first = m < from ? from : m;
    const end = addDays(addMonths(m, 1), -1);
    return { key: m as string, label: `${yearOf(m)}年${monthOf(m)}月`, first, last: end > to ? to : end };
  });
  const monthOfRow = (row: Tally): string | undefined => row.month ?? undefined;
  const named = (places: readonly Place[], filter: string) =>
    places.map((p) => ({ key: p.id, label: p.name, opens: { ...solvedIn, [filter]: p.id } }));
  const SOLVED = '结束时间在所选期间、评估为“已解决”的求助';
  const groups = [
    group(
      'status',
      '现在的求助，按状态',
      '所有已提交过的求助（草稿除外），按此刻的状态数',
      RequestStatus.options.filter((s) => s !== 'draft').map((s) => ({ key: s, label: requestStatusLabels[s], opens: { status: s } })),
      new Map(statuses.map((s) => [s.key, s.n])),
      null,
    ),
    group(
      'clock',
      '在办求助，按时限',
      '正在办理的求助此刻的时限状态；没有时限在走的不计',
      clocks.map(([state]) => ({ key: state, label: clockStateLabels[state], opens: { live: 'yes', clock: state } })),
      new Map(clocks),
      null,
      true,
      true,
    ),
    group(
      'asked-month',
      '提交的求助，按月',
      '提交时间在该月的求助',
      months.map((m) => ({ key: m.key, label: m.label, opens: { submittedFrom: m.first, submittedTo: m.last } })),
      summed(
        now.filter((r) => r.kind === 'asked'),
        monthOfRow,
      ),
      null,
      true,
      true,
    ),
    group(
      'solved-month',
      '解决的求助，按月',
      SOLVED,
      months.map((m) => ({ key: m.key, label: m.label, opens: { ...solvedIn, closedFrom: m.first, closedTo: m.last } })),
      summed(solved, monthOfRow),
      null,
      true,
      true,
    ),
    group(
      'solved-domain',
      '解决的求助，按问题领域',
      `${SOLVED}；每份求助只有一个主要领域`,
      caseDomains.map((d) => ({ key: d, label: caseDomainLabels[d], opens: { ...solvedIn, domain: d } })),
      summed(solved, (r) => r.key),
      summed(solvedBefore, (r) => r.key),
      true,
      true,
    ),
    group(
      'solved-field',
      '解决的求助，按所需专业',
      `${SOLVED}；一份求助可以需要几个专业，各数一次，所以不合计`,
      helpFields.map((f) => ({ key: f, label: helpFieldLabels[f], opens: { ...solvedIn, helpField: f } })),
      summed(
        now.filter((r) => r.kind === 'solved-field'),
        (r) => r.key,
      ),
      summed(
        before.filter((r) => r.kind === 'solved-field'),
        (r) => r.key,
      ),
      false,
      true,
    ),
    group(
      'solved-street',
      '解决的求助，按街道',
      `${SOLVED}；按求助时站点所在街道`,
      named(streets, 'divisionId'),
      summed(solved, streetOf),
      summed(solvedBefore, streetOf),
    ),
    group(
      'solved-station',
      '解决的求助，按站点',
      `${SOLVED}；按求助时的站点`,
      named(stations, 'stationId'),
      summed(solved, (r) => r.stationId),
      summed(solvedBefore, (r) => r.stationId),
    ),
    group(
      'solved-agency',
      '解决的求助，按机构',
      `${SOLVED}；按求助社工当时所属机构`,
      named(organisations, 'organisationId'),
      summed(solved, (r) => r.organisationId ?? undefined),
      summed(solvedBefore, (r) => r.organisationId ?? undefined),
    ),
  ];
  const times = await answerTimes(ctx, from, to);
  const earlierTimes = await answerTimes(ctx, earlierFrom, earlierTo);
  const high = Number(pack['quantile.high']);
  const few = times.length > 0 && times.length < smallest;
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
      earlierMedian: earlierTimes.length < Math.max(1, smallest) ? null : rounded(median(earlierTimes)),
      opens: few || times.length === 0 ? null : address({ submittedFrom: from, submittedTo: to, answered: 'yes' }),
      how: '所选期间提交、已有首次答复的求助：从提交到中心首次筛选或接手危机，按工作时间折算为工作日',
    },
    growth: await growthOf(ctx, Number(pack['trend.months']), to),
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
  const rows = await hot<{ experts: number; kinds: number; domains: number; resources: number; published: number }>(ctx.tx)`
    select (select count(*)::int from expert e where e.district_id = ${district} and e.active and e.term_from <= d.day and e.term_to >= d.day) as experts,
      (select count(distinct x.kind)::int from line_kinds_until(d.day) x) as kinds,
      (select count(distinct t.key)::int from domains_until(d.day) t) as domains,
      (select count(*)::int from resource s where s.district_id = ${district} and s.valid_from <= d.day and (s.valid_to is null or s.valid_to >= d.day)) as resources,
      (select count(*)::int from casebank_entry c where c.district_id = ${district} and c.released_on <= d.day
        and (c.recalled_at is null or (c.recalled_at at time zone 'Asia/Shanghai')::date > d.day)) as published
    from unnest(${ends}::date[]) with ordinality as d(day, i) order by d.i`;
  const line = (key: keyof (typeof rows)[number], label: string, unit: string, how: string, opens: string | null) => ({
    key,
    label,
    unit,
    how,
    opens: last === ctx.today ? opens : null,
    values: rows.map((r) => r[key]),
  });
  return {
    months: ends.map((d) => `${yearOf(d)}年${monthOf(d)}月`),
    series: [
      line('experts', '专家', '人', '月末在聘期内的专家（现已停用的不计）', '/experts?state=in-term'),
      line('kinds', '支援方式', '种', '到月末为止用过的支援方式', null),
      line('domains', '问题领域', '个', '到月末为止受理过的问题领域', null),
      line('resources', '政策与资源', '条', '月末有效的政策与资源', '/resources?state=valid'),
      line('published', '已发布案例', '个', '月末在案例库中、未撤回的案例', '/casebank'),
    ],
  };
};

/** Requests by station and status, from the kept rows. */
export const countRequests = async (ctx: Ctx) => {
  const rows = await hot<{ stationId: string; status: string; count: number }>(
    ctx.tx,
  )`select station_id, key as status, sum(n)::int as count from figure_tally
    where district_id = ${ctx.actor.districtId} and kind = 'status' group by 1, 2 having sum(n) <> 0 order by 1, 2`;
  if (!seesNoContent(ctx.actor.roles)) return { asOf: ctx.now, smallest: 0, rows };
  const smallest = Number((await packInForce(ctx.tx, 'figures', ctx.actor.districtId, ctx.today)).values['smallest.shown']);
  const shown = withheld(
    rows.map((r) => r.count),
    smallest,
  );
  return { asOf: ctx.now, smallest, rows: rows.map((r, i) => ({ ...r, count: shown[i] ?? null })) };
};

const SPREAD: readonly { label: string; from: number; to: number }[] = [
  { label: '0 次', from: 0, to: 0 },
  { label: '1 次', from: 1, to: 1 },
  { label: '2 次', from: 2, to: 2 },
  { label: '3–4 次', from: 3, to: 4 },
  { label: '5–9 次', from: 5, to: 9 },
  { label: '10 次以上', from: 10, to: Number.MAX_SAFE_INTEGER },
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
      ? SPREAD.map((s) => ({ label: s.label, experts: rows.filter((r) => r.panels >= s.from && r.panels <= s.to).length }))
      : [],
    persons: rows,
  };
};
