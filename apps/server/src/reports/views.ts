import { reportPackOf } from '@jieyou/core/reports/pack.ts';
import { seenByReport } from '@jieyou/core/reports/policy.ts';
import { actsOf, closingGaps, keeps, minutesToReport } from '@jieyou/core/reports/rules.ts';
import type { EntryKind, Placement, PoliceManner, ReportStatus, Situation } from '@jieyou/core/reports/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { packInForce } from '../rulepacks/index.ts';
import { reportInReach } from './standing.ts';

// A reading by the reporter is recorded without a name: the audit trail must not tell who reported.
const UNNAMED = { actorId: null, accountId: null, ip: null };

type Row = {
  id: string;
  number: string;
  status: ReportStatus;
  situation: Situation;
  stationName: string | null;
  discoveredAt: string;
  registeredAt: string;
  acknowledgedAt: string | null;
  reportedAt: string | null;
  mine: boolean;
};

/** Reports in reach, the newest first. The register only: no place, no child, no narrative. */
export const listReports = async (
  ctx: Ctx,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    status?: ReportStatus[] | undefined;
    situation?: Situation[] | undefined;
    mine?: 'yes' | undefined;
  },
) => {
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`m.id, m.number, m.status, m.situation, s.name as station_name, m.discovered_at, m.registered_at, m.acknowledged_at, m.reported_at,
      reported_by_me(m.district_id, m.id) as mine`,
    from: sql`from mandatory_report m left join station s on s.id = m.station_id`,
    where: allOf([
      sql`m.district_id = ${ctx.actor.districtId}`,
      query.status !== undefined && sql`m.status = any(${query.status})`,
      query.situation !== undefined && sql`m.situation = any(${query.situation})`,
      query.mine === 'yes' && sql`reported_by_me(m.district_id, m.id)`,
    ]),
    sort: [
      { column: 'registered_at', direction: 'desc', type: 'timestamptz' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'm',
  });
  if (page.rows.length > 0) ctx.saw('report', ctx.actor.districtId, { outcome: 'list', ...UNNAMED });
  return { ...page, rows: page.rows.map((r) => ({ ...r, minutes: minutesToReport(r.discoveredAt, r.reportedAt, ctx.now) })) };
};

type EntryRow = {
  id: string;
  kind: EntryKind;
  at: string;
  writtenAt: string;
  byName: string | null;
  ofReporter: boolean;
  unit: string | null;
  manner: PoliceManner | null;
  officerNo: string | null;
  receiptNo: string | null;
  placement: Placement | null;
  says: string | null;
};

/** One report with its entries. */
export const readReport = async (ctx: Ctx, id: string) => {
  const { report, facts } = await reportInReach(ctx, id);
  const { rows: found } = await sql<{
    place: string;
    seen: string;
    child: string | null;
    stationName: string | null;
    supervisorName: string | null;
    reporterName: string | null;
  }>`select c.place, c.seen, c.child, s.name as station_name, v.name as supervisor_name, w.name as reporter_name
    from report_content c left join station s on s.id = ${report.stationId}::uuid left join person v on v.id = ${report.supervisorId}::uuid
      left join person w on w.id = ${report.reporterId}::uuid
    where c.district_id = ${report.districtId} and c.id = ${id}`.execute(ctx.tx);
  const content = found[0] ?? ctx.notFound();
  const { rows: entries } =
    await sql<EntryRow>`select e.id, e.kind, e.at, e.written_at, p.name as by_name, e.of_reporter, e.unit, e.manner, e.officer_no,
      e.receipt_no, e.placement, e.says
    from report_entry e left join person p on p.id = e.by_id
    where e.district_id = ${report.districtId} and e.report_id = ${id} order by e.id`.execute(ctx.tx);
  ctx.saw('report', id, keeps(facts.standings) ? {} : UNNAMED);
  const kinds = entries.map((e) => e.kind);
  return {
    ...content,
    id,
    number: report.number,
    status: report.status,
    situation: report.situation,
    discoveredAt: report.discoveredAt,
    registeredAt: report.registeredAt,
    acknowledgedAt: report.acknowledgedAt,
    reportedAt: report.reportedAt,
    dueAt: report.dueAt,
    centreSince: report.centreSince,
    minutes: minutesToReport(report.discoveredAt, report.reportedAt, ctx.now),
    mine: facts.standings.includes('reporter'),
    caseId: report.caseId,
    requestId: report.requestId,
    entries: entries.map(({ byName, ofReporter, ...e }) => ({ ...e, by: ofReporter ? '报告人' : (byName ?? '平台') })),
    missing: closingGaps(kinds),
    can: actsOf(facts, kinds),
    seenBy: [...seenByReport],
  };
};

/** Figures of this year: of the whole district for the centre, of what they keep for heads and supervisors. */
export const readReportFigures = async (ctx: Ctx) => {
  const year = Number(ctx.today.slice(0, 4));
  const from = `${year}-01-01T00:00:00+08:00`;
  const to = `${year + 1}-01-01T00:00:00+08:00`;
  type Figures = { total: number; waiting: number; reported: number; medianMinutes: number | null };
  const { rows } = ctx.actor.roles.includes('centre')
    ? await sql<Figures>`select total, waiting, reported, median_minutes from report_figures(${from}::timestamptz, ${to}::timestamptz)`.execute(
        ctx.tx,
      )
    : await sql<Figures>`select count(*)::int as total,
          (count(*) filter (where m.acknowledged_at is null and m.status not in ('closed', 'not-applicable')))::int as waiting,
          count(m.reported_at)::int as reported,
          (percentile_disc(0.5) within group (order by extract(epoch from m.reported_at - m.discovered_at) / 60)
            filter (where m.reported_at is not null))::int as median_minutes
        from mandatory_report m where m.district_id = ${ctx.actor.districtId} and m.registered_at >= ${from}::timestamptz and m.registered_at < ${to}::timestamptz
          and not reported_by_me(m.district_id, m.id)`.execute(ctx.tx);
  const figures = rows[0] ?? ctx.notFound();
  const { fewestForFigures } = reportPackOf((await packInForce(ctx.tx, 'reports', ctx.actor.districtId, ctx.today)).values);
  return { year, ...figures, medianMinutes: figures.reported < fewestForFigures ? null : figures.medianMinutes, asOf: ctx.now };
};
