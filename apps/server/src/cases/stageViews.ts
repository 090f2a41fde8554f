import { signerVerdict, stageActs, statusOfStage } from '@jieyou/core/cases/stageRules.ts';
import { AgreementRole, HandedClass, type HandoverRow, type PaperContent, type StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import { addDays } from '@jieyou/core/shared/day.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { namedLike } from '../workforce/index.ts';
import { ageToday } from './recipient.ts';
import { casesPackOf, loadStages, signersOfCase, signingOf, workAskedOf, workNowOf } from './stageLoading.ts';
import * as stages from './stageStore.ts';
import { caseById, closedBefore } from './store.ts';

const EMPTY: PaperContent = {
  intake: null,
  assessment: null,
  plan: null,
  agreement: null,
  evaluation: null,
  closing: null,
  followUp: null,
  reason: null,
};

type Shown = Pick<
  stages.PaperRow,
  | 'id'
  | 'kind'
  | 'edition'
  | 'status'
  | 'authorName'
  | 'writtenAt'
  | 'sentAt'
  | 'signerName'
  | 'decidedByName'
  | 'decidedAt'
  | 'answer'
  | 'version'
  | 'content'
>;
const shown = (p: Shown, corrected: stages.Corrected) => ({
  id: p.id,
  kind: p.kind,
  edition: p.edition,
  status: p.status,
  authorName: p.authorName,
  writtenAt: p.writtenAt,
  sentAt: p.sentAt,
  signerName: p.signerName,
  decidedByName: p.decidedByName,
  decidedAt: p.decidedAt,
  answer: p.answer,
  version: p.version,
  content: { ...EMPTY, ...p.content },
  corrected: [...(corrected.get(p.id) ?? [])],
});

/** The stages of a case: where it stands, what was written, who signs, what comes next. */
export const readStages = async (ctx: Ctx, id: string): Promise<StageFile> => {
  const { tx, actor, today } = ctx;
  const facts = (await caseById(tx, actor, id)) ?? ctx.notFound();
  const loaded = await loadStages(ctx, facts);
  const { papers, plan } = loaded;
  const [{ needs }, signing, pack, handovers, scores, corrected] = await Promise.all([
    signersOfCase(ctx, facts.recipientId, papers),
    signingOf(ctx, loaded),
    casesPackOf(ctx),
    handoverRows(ctx, sql`h.case_id = ${id}`),
    stages.scoresOf(tx, actor, id),
    stages.correctedIn(
      tx,
      papers.map((p) => p.id),
    ),
  ]);
  ctx.saw('case', id);
  const latestPlan = papers.find((p) => p.kind === 'plan');
  const hasDraft = latestPlan !== undefined && latestPlan.status !== 'signed';
  const waiting = papers.find((p) => p.status === 'sent');
  const maySign =
    waiting !== undefined &&
    (scopeOf(actor, 'head', 'station').includes(facts.stationId) ||
      (waiting.signerId !== null && actor.selves.includes(waiting.signerId))) &&
    signerVerdict({ authorId: waiting.authorId, workerId: facts.workerId }, actor.selves).ok;
  return {
    id,
    number: facts.number,
    status: statusOfStage(facts.stage),
    stage: facts.stage,
    stageSince: facts.stageSince,
    stageBefore: facts.stageBefore,
    lookAgainOn: facts.lookAgainOn,
    assessmentDueOn: facts.assessmentDueOn,
    closingKind: facts.closingKind,
    closedOn: facts.closedOn,
    nextFollowUpOn: facts.nextFollowUpOn,
    archivedOn: facts.archivedOn,
    retentionClass: facts.retentionClass,
    keepUntil: facts.keepUntil,
    withheld: HandedClass.options.filter((c) => closedBefore(actor, facts, c) !== null),
    version: facts.version,
    papers: papers.map((p) => shown(p, corrected)),
    scores,
    mustSign: needs.map((n) => AgreementRole.parse(n.who)),
    signing,
    proposed: { followUpOn: addDays(today, pack['followUp.days']), latestLookAgain: addDays(today, pack['pause.longestDays']) },
    work: { asked: workAskedOf(loaded), now: workNowOf(facts) },
    can: facts.inHand ? stageActs({ stage: facts.stage, hasDraft, hasPlan: plan !== undefined, nextFollowUpOn: facts.nextFollowUpOn }) : [],
    signs: maySign ? (waiting?.id ?? null) : null,
    openAlarms: await stages.openAlarmsOf(tx, actor.districtId, id),
    handovers,
  };
};

/** Who may be asked to sign what the person writes on a case. */
export const listSigners = async (ctx: Ctx, id: string) => {
  const facts = (await caseById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!facts.inHand) throw new Denied();
  const all = await stages.signersOf(ctx.tx, ctx.actor.districtId, facts.stationId);
  const may = all.filter((s) => signerVerdict({ authorId: ctx.actor.personId, workerId: facts.workerId }, [s.id]).ok);
  const heads = may.filter((s) => s.role === 'head');
  return {
    rows: [
      ...(heads.length === 0 ? [] : [{ id: null, name: heads.map((s) => s.name).join('、'), says: '本站站长' }]),
      ...may.filter((s) => s.role === 'supervisor').map((s) => ({ id: s.id, name: s.name, says: '督导' })),
    ],
  };
};

/** A plan, an evaluation or a closing, for the circle of the case or for the one before whom it lies. */
export const readCasePaper = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const paper = (await stages.paperById(tx, actor.districtId, id)) ?? ctx.notFound();
  const of = (await stages.caseOfPaper(tx, id)) ?? ctx.notFound();
  const facts = await caseById(tx, actor, of.caseId);
  const before = facts === undefined ? null : closedBefore(actor, facts, 'papers');
  if (before !== null && paper.writtenAt <= before && paper.authorId !== actor.personId) ctx.notFound();
  // Whoever reaches neither the case nor has the paper before them: the register's policy has shown it to nobody else.
  if (facts === undefined && (paper.signerId === null || !actor.selves.includes(paper.signerId) || paper.status !== 'sent')) ctx.notFound();
  const beside = (await stages.papersBeside(tx, id)).filter((p) => before === null || p.writtenAt > before);
  const corrected = await stages.correctedBefore(tx, id);
  ctx.saw('case-paper', id);
  const mayBySeat =
    scopeOf(actor, 'head', 'station').includes(paper.stationId) || (paper.signerId !== null && actor.selves.includes(paper.signerId));
  const verdict = signerVerdict({ authorId: paper.authorId, workerId: of.workerId }, actor.selves);
  const signs = paper.status === 'sent' && mayBySeat && verdict.ok;
  const first = (kind: string) => {
    const found = beside.find((p) => p.kind === kind);
    return found === undefined ? null : shown(found, corrected);
  };
  return {
    paper: shown(paper, corrected),
    plan: first('plan'),
    evaluation: first('evaluation'),
    caseId: of.caseId,
    number: of.number,
    recipientName: of.nameMasked,
    recipientGender: of.gender as Gender,
    recipientAge: ageToday(of.birthOn, ctx.today),
    workerName: of.workerName,
    stationName: of.stationName,
    opensCase: facts !== undefined,
    signs,
    whyNot: paper.status === 'sent' && mayBySeat && !verdict.ok ? verdict.code : null,
    openAlarms: await stages.openAlarmsOf(tx, actor.districtId, of.caseId),
  };
};

type HandoverShown = Omit<z.infer<typeof HandoverRow>, 'can'> & { fromId: string; toId: string; proposedBy: string; stationId: string };

const HANDOVER = sql`h.id, h.case_id, h.number, h.station_id, h.from_id, h.to_id, f.name as from_name, t.name as to_name, h.status, h.cause, h.reason, h.may_read,
  h.proposed_by, b.name as proposed_by_name, h.proposed_at, h.answered_at, h.answer, h.version`;
const HANDOVER_FROM = sql`from case_handover h join person f on f.id = h.from_id join person t on t.id = h.to_id join person b on b.id = h.proposed_by`;

const withActs = (ctx: Ctx<never>, row: HandoverShown): z.infer<typeof HandoverRow> => {
  const { fromId, toId, proposedBy, stationId, ...rest } = row;
  const { actor } = ctx;
  const takes = scopeOf(actor, 'worker', 'self').includes(toId);
  const withdraws =
    actor.selves.includes(proposedBy) || actor.selves.includes(fromId) || scopeOf(actor, 'head', 'station').includes(stationId);
  const can = row.status === 'proposed' ? [...(takes ? ['accept', 'decline'] : []), ...(withdraws ? ['withdraw'] : [])] : [];
  return { ...rest, can };
};

const handoverRows = async (ctx: Ctx<never>, condition: RawBuilder<unknown>) => {
  const { rows } =
    await sql<HandoverShown>`select ${HANDOVER} ${HANDOVER_FROM} where h.district_id = ${ctx.actor.districtId} and ${condition}
    order by h.id desc limit 20`.execute(ctx.tx);
  return rows.map((row) => withActs(ctx, row));
};

const BY_ID: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];

/** Handovers that concern the person, or the head's stations. */
export const listHandovers = async (
  ctx: Ctx,
  query: { limit: number; after?: string | undefined; count?: 'yes' | undefined; status?: string[] | undefined },
) => {
  const { actor } = ctx;
  const own = sql`${[...scopeOf(actor, 'worker', 'self')]}::uuid[]`;
  const page = await readPage<HandoverShown>(ctx.tx, query, {
    columns: HANDOVER,
    from: HANDOVER_FROM,
    where: allOf([
      sql`h.district_id = ${actor.districtId}`,
      sql`(h.from_id = any(${own}) or h.to_id = any(${own}) or h.station_id = any(${[...scopeOf(actor, 'head', 'station')]}::uuid[]))`,
      query.status !== undefined && sql`h.status = any(${query.status}::text[])`,
    ]),
    sort: BY_ID,
    alias: 'h',
  });
  return { ...page, rows: page.rows.map((row) => withActs(ctx, row)) };
};

const MOST_CHOICES = 20;

/** Workers of the person's stations who are there today. */
export const listHandoverChoices = async (ctx: Ctx, text: string | undefined) => {
  const { actor } = ctx;
  const stations = [...new Set([...scopeOf(actor, 'head', 'station'), ...scopeOf(actor, 'worker', 'station')])];
  const { rows } = await sql<{ personId: string; name: string; post: string; mine: boolean }>`
    select p.id as person_id, p.name, p.post, p.id = any(${[...scopeOf(actor, 'worker', 'self')]}::uuid[]) as mine from person p
    where p.district_id = ${actor.districtId} and ${namedLike('p', text) ?? sql`true`} and exists (select 1 from role_assignment r
      where r.person_id = p.id and r.district_id = p.district_id and r.role = 'worker'
        and coalesce(r.station_id, p.station_id) = any(${stations}::uuid[])
        and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today()))
    order by p.name_pinyin, p.id limit ${MOST_CHOICES}`.execute(ctx.tx);
  return { rows };
};
