import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Standing } from '@jieyou/core/reports/policy.ts';
import type { ReportFacts } from '@jieyou/core/reports/rules.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

/** As whom the asker stands towards a report; a deputy stands as the one who is away, never as the reporter. */
const standingsOf = (ctx: Ctx, report: store.ReportRecord): Standing[] => [
  ...(report.reporterId === ctx.actor.personId ? (['reporter'] as const) : []),
  ...(report.stationId !== null && scopeOf(ctx.actor, 'head', 'station').includes(report.stationId) ? (['head'] as const) : []),
  ...(report.supervisorId !== null && scopeOf(ctx.actor, 'supervisor', 'self').includes(report.supervisorId)
    ? (['supervisor'] as const)
    : []),
  ...(report.centreSince !== null && scopeOf(ctx.actor, 'centre', 'district').includes(report.districtId) ? (['centre'] as const) : []),
];

/** What decides about acts on a report. */
const factsOf = (ctx: Ctx, report: store.ReportRecord): ReportFacts => {
  const standings = standingsOf(ctx, report);
  const waits = report.status === 'closing' || report.status === 'disputed';
  return {
    status: report.status,
    acknowledged: report.acknowledgedAt !== null,
    hasSupervisor: report.supervisorId !== null,
    // Nobody's name beside a proposal means that it was the reporter's.
    proposedByMe: waits && (report.proposedBy === null ? standings.includes('reporter') : ctx.actor.selves.includes(report.proposedBy)),
    standings,
  };
};

/** A report within reach, or as if it did not exist. */
export const reportInReach = async (ctx: Ctx, id: string): Promise<{ report: store.ReportRecord; facts: ReportFacts }> => {
  const report = (await store.findReport(ctx.tx, id)) ?? ctx.notFound();
  const facts = factsOf(ctx, report);
  return facts.standings.length === 0 ? ctx.notFound() : { report, facts };
};
