import type { ReportEvent } from '@jieyou/core/reports/events.ts';
import { reportPackOf } from '@jieyou/core/reports/pack.ts';
import type { Standing } from '@jieyou/core/reports/policy.ts';
import {
  acknowledgeVerdict,
  decideClosingVerdict,
  disputeVerdict,
  entryVerdict,
  keeps,
  pastVerdict,
  proposeClosingVerdict,
  type ReportFacts,
  type ReportRefusal,
  signOffVerdict,
} from '@jieyou/core/reports/rules.ts';
import type { EntryDraft, EntryKind, ReportDraft, ReportStatus } from '@jieyou/core/reports/schema.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import { centreOf, holdersAt } from '../identity/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import { reportInReach } from './standing.ts';
import * as store from './store.ts';

const ensure = <Code extends ReportRefusal>(ctx: Ctx<Code>, verdict: Verdict<ReportRefusal>): void => {
  if (!verdict.ok) ctx.refuse(verdict.code as Code, verdict.facts);
};

/** Remembers what happened; what the reporter did without the reporter's name. */
const record = (ctx: Ctx, type: ReportEvent, report: { id: string }, facts: { standings: readonly Standing[] } | 'reporter', more = {}) =>
  ctx.record({
    type,
    recordKind: 'report',
    recordId: report.id,
    facts: more,
    ...(facts === 'reporter' || facts.standings.includes('reporter') ? { unnamed: true as const } : {}),
  });

/** Everybody who keeps a report now. */
const keepersOf = async (ctx: Ctx, report: store.ReportRecord): Promise<string[]> => [
  ...(await holdersAt(ctx.tx, report.stationId, ['head'])),
  ...(report.supervisorId === null ? [] : [report.supervisorId]),
  ...(report.centreSince === null ? [] : await centreOf(ctx.tx, report.districtId)),
];

const tell = (ctx: Ctx, report: { id: string; number: string }, persons: readonly (string | null)[], kind: string) =>
  ctx.notify(
    [...new Set(persons)].filter((p) => p !== ctx.actor.personId),
    { kind, recordKind: 'report', recordId: report.id, number: report.number },
  );

/** Registers a report at once. Nobody is asked, and what comes twice from one device is one report. */
export const createReport = async (ctx: Ctx<'reports.in-future'>, draft: ReportDraft) => {
  const { actor, tx } = ctx;
  const before = await store.findReport(tx, draft.id);
  if (before !== undefined && before.reporterId === actor.personId)
    return { id: before.id, version: before.version, number: before.number, dueAt: before.dueAt };
  ensure(ctx, pastVerdict(draft.discoveredAt, ctx.now));
  // A link to what the reporter does not reach is left out; the report itself is never refused for it.
  const request = draft.requestId === null ? undefined : await store.originOfRequest(tx, draft.requestId);
  const caseId = request?.caseId ?? draft.caseId;
  const ofCase = caseId === null ? undefined : await store.stationOfCase(tx, caseId);
  const stationId = ofCase ?? request?.stationId ?? actor.stationId;
  const supervisorId = await store.supervisorFor(tx, actor.personId, stationId);
  const heads = (await holdersAt(tx, stationId, ['head'])).filter((person) => person !== actor.personId);
  const pack = reportPackOf((await packInForce(tx, 'reports', actor.districtId, ctx.today)).values);
  const dueAt = new Date(Date.parse(ctx.now) + pack.acknowledgeMinutes * 60_000);
  const year = Number(ctx.today.slice(0, 4));
  const sequence = await nextNumber(tx, { districtId: actor.districtId, kind: 'QB', scope: '', year });
  const number = `QB-${year}-${String(sequence).padStart(4, '0')}`;
  const centreSince = heads.length === 0 || supervisorId === null ? ctx.now : null;
  const key = { districtId: actor.districtId, id: draft.id };
  const made = await store.insertReport(tx, {
    register: {
      ...key,
      number,
      status: 'registered',
      situation: draft.situation,
      stationId,
      supervisorId,
      discoveredAt: draft.discoveredAt ?? ctx.now,
      registeredAt: ctx.now,
      dueAt: dueAt.toISOString(),
      remindAt: dueAt.toISOString(),
      centreSince,
    },
    reporter: {
      ...key,
      reporterId: actor.personId,
      stationId,
      supervisorId,
      caseId: ofCase === undefined ? null : caseId,
      requestId: request === undefined ? null : draft.requestId,
    },
    content: { ...key, place: draft.place, seen: draft.seen, child: draft.child },
  });
  if (!made) return ctx.notFound();
  await record(ctx, 'report.registered', key, 'reporter', { number });
  const to = [...heads, supervisorId, ...(centreSince === null ? [] : await centreOf(tx, actor.districtId))];
  await tell(ctx, { id: draft.id, number }, to, 'report.registered');
  await ctx.enqueue('reports.remind', { districtId: actor.districtId }, dueAt);
  return { id: draft.id, version: 1, number, dueAt: dueAt.toISOString() };
};

type EntryMore = Partial<Record<'unit' | 'manner' | 'officerNo' | 'receiptNo' | 'placement' | 'says', string | null>> & { at?: string };

const writeEntry = (ctx: Ctx, report: store.ReportRecord, facts: ReportFacts, kind: EntryKind, { at, ...more }: EntryMore = {}) => {
  const ofReporter = facts.standings.includes('reporter');
  return store.insertEntry(ctx.tx, {
    districtId: report.districtId,
    id: ctx.id(),
    reportId: report.id,
    kind,
    at: at ?? ctx.now,
    writtenAt: ctx.now,
    byId: ofReporter ? null : ctx.actor.personId,
    ofReporter,
    ...more,
  });
};

type Moving = 'reports.moved-on';

const move = async (ctx: Ctx<Moving>, report: store.ReportRecord, change: Parameters<typeof store.moveReport>[2]) => {
  if (!(await store.moveReport(ctx.tx, report, change))) ctx.refuse('reports.moved-on');
  await ctx.changed('report', report.id);
  return { id: report.id, version: report.version + 1 };
};

/** A head, the supervisor or the centre has seen it. */
export const acknowledgeReport = async (ctx: Ctx<Moving | 'reports.second-person' | 'reports.acknowledged'>, id: string) => {
  const { report, facts } = await reportInReach(ctx, id);
  ensure(ctx, acknowledgeVerdict(facts));
  const moved = await move(ctx, report, { acknowledgedAt: ctx.now, status: report.status === 'registered' ? 'handling' : report.status });
  await writeEntry(ctx, report, facts, 'acknowledged');
  await record(ctx, 'report.acknowledged', report, facts);
  await tell(ctx, report, [report.reporterId], 'report.moved');
  return moved;
};

/** Adds an entry; a police report and an answer of the police also move the report on. */
export const addReportEntry = async (
  ctx: Ctx<Moving | 'reports.second-person' | 'reports.over' | 'reports.in-future'>,
  id: string,
  draft: EntryDraft,
) => {
  const { report, facts } = await reportInReach(ctx, id);
  ensure(ctx, entryVerdict(facts, draft.kind));
  const { kind, ...more } = draft;
  const at = 'at' in draft ? draft.at : ctx.now;
  ensure(ctx, pastVerdict(at, ctx.now));
  let next: ReportStatus = report.status;
  if (kind === 'police' && (next === 'registered' || next === 'handling')) next = 'reported';
  if (kind === 'feedback' && next === 'reported') next = 'following';
  const moved = await move(ctx, report, {
    status: next,
    // The first police report stops the time from the discovery, whichever was written down first.
    ...(kind === 'police' && (report.reportedAt === null || at < report.reportedAt) ? { reportedAt: at } : {}),
  });
  await writeEntry(ctx, report, facts, kind, { ...more, at });
  await record(ctx, 'report.entry-added', report, facts, { kind });
  await tell(ctx, report, [...(await keepersOf(ctx, report)), report.reporterId], 'report.moved');
  return moved;
};

/** "Does not belong": a reason, and the supervisor's signature. There is no other way to leave a report unreported. */
export const disputeReport = async (ctx: Ctx<Moving | 'reports.second-person'>, id: string, reason: string) => {
  const { report, facts } = await reportInReach(ctx, id);
  ensure(ctx, disputeVerdict(facts));
  const moved = await move(ctx, report, { status: 'disputed', proposedBy: ctx.actor.personId });
  await writeEntry(ctx, report, facts, 'disputed', { says: reason });
  await record(ctx, 'report.disputed', report, facts);
  const signs = report.supervisorId === null ? await centreOf(ctx.tx, report.districtId) : [report.supervisorId];
  await tell(ctx, report, signs, 'report.second-person');
  return moved;
};

export const decideDispute = async (
  ctx: Ctx<Moving | 'reports.second-person' | 'reports.supervisor-signs'>,
  id: string,
  { decision, says }: { decision: 'sign' | 'overrule'; says: string },
) => {
  const { report, facts } = await reportInReach(ctx, id);
  ensure(ctx, signOffVerdict(facts));
  const signed = decision === 'sign';
  const moved = await move(ctx, report, {
    status: signed ? 'not-applicable' : 'handling',
    proposedBy: null,
    ...(report.acknowledgedAt === null ? { acknowledgedAt: ctx.now } : {}),
    ...(signed ? { closedAt: ctx.now } : {}),
  });
  await writeEntry(ctx, report, facts, signed ? 'signed-off' : 'overruled', { says });
  await record(ctx, 'report.dispute-decided', report, facts, { decision });
  await tell(ctx, report, [...(await keepersOf(ctx, report)), report.reporterId], 'report.moved');
  return moved;
};

export const proposeReportClosing = async (ctx: Ctx<Moving | 'reports.incomplete'>, id: string, says: string) => {
  const { report, facts } = await reportInReach(ctx, id);
  ensure(ctx, proposeClosingVerdict(facts, (await store.kindsOf(ctx.tx, report)) as EntryKind[]));
  const moved = await move(ctx, report, { status: 'closing', proposedBy: keeps(facts.standings) ? ctx.actor.personId : null });
  await writeEntry(ctx, report, facts, 'closing-proposed', { says });
  await record(ctx, 'report.closing-proposed', report, facts);
  await tell(ctx, report, await keepersOf(ctx, report), 'report.second-person');
  return moved;
};

export const decideReportClosing = async (
  ctx: Ctx<Moving | 'reports.second-person'>,
  id: string,
  { decision, says }: { decision: 'confirm' | 'return'; says: string },
) => {
  const { report, facts } = await reportInReach(ctx, id);
  ensure(ctx, decideClosingVerdict(facts));
  const confirmed = decision === 'confirm';
  const moved = await move(ctx, report, {
    status: confirmed ? 'closed' : 'following',
    proposedBy: null,
    ...(confirmed ? { closedAt: ctx.now } : {}),
  });
  await writeEntry(ctx, report, facts, confirmed ? 'closing-confirmed' : 'closing-returned', { says });
  await record(ctx, 'report.closing-decided', report, facts, { decision });
  await tell(ctx, report, [...(await keepersOf(ctx, report)), report.reporterId], 'report.moved');
  return moved;
};
