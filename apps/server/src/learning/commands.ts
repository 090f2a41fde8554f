import { workingDayAfter } from '@jieyou/core/calendar/rules.ts';
import type { LearningEvent } from '@jieyou/core/learning/events.ts';
import { competitionMoves } from '@jieyou/core/learning/moves.ts';
import { learningPackOf } from '@jieyou/core/learning/pack.ts';
import {
  callVerdict,
  enteringVerdict,
  ineligibility,
  judgesVerdict,
  movingVerdict,
  recusalOf,
  resultOf,
  scoringVerdict,
  totalOf,
  withdrawVerdict,
} from '@jieyou/core/learning/rules.ts';
import type { CompetitionDraft, CompetitionMove, CompetitionStatus } from '@jieyou/core/learning/schema.ts';
import { addMonths } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { holidayTable } from '../calendar/index.ts';
import { anonymisedText, giveAward } from '../casebank/index.ts';
import { centreOf, holdersOf } from '../identity/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './store.ts';

const record = (ctx: Ctx<never>, type: LearningEvent, competition: string, facts: Record<string, string> = {}) =>
  ctx.record({ type, recordKind: 'competition', recordId: competition, facts });

const tell = (ctx: Ctx<never>, persons: readonly string[], kind: string, competition: string, number = '') =>
  ctx.notify([...new Set(persons)], { kind, recordKind: 'competition', recordId: competition, number });

const rulesOf = async (ctx: Ctx<never>) => {
  const { values, version } = await packInForce(ctx.tx, 'learning', ctx.actor.districtId, ctx.today);
  const pack = learningPackOf(values);
  return {
    version,
    noticeDays: pack['competition.noticeDays'],
    least: pack['competition.leastScores'],
    months: pack['competition.supervisedMonths'],
  };
};

const competitionOf = async (ctx: Ctx<never>, id: string): Promise<store.CompetitionKept> =>
  (await store.competitionById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();

type CallCodes = 'learning.weights-not-hundred' | 'learning.criterion-twice' | 'learning.days-backwards' | 'learning.no-judge';

const checkCall = async (ctx: Ctx<CallCodes>, call: CompetitionDraft): Promise<{ id: string; personId: string }[]> => {
  const verdict = callVerdict(call);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const judges = [...new Set(call.judgeIds)];
  const possible = await store.possibleJudges(ctx.tx, ctx.actor.districtId, judges, ctx.today);
  if (possible.length !== judges.length) ctx.refuse('learning.no-judge');
  return judges.map((personId) => ({ id: ctx.id(), personId }));
};

/** Calls for entries; nobody but the centre sees it before it is announced. */
export const createCompetition = async (ctx: Ctx<CallCodes>, draft: CompetitionDraft) => {
  const judges = await checkCall(ctx, draft);
  const { judgeIds: _, ...call } = draft;
  const id = ctx.id();
  const { districtId, personId } = ctx.actor;
  await store.insertCompetition(ctx.tx, { id, districtId, madeBy: personId }, call);
  await store.nameJudges(ctx.tx, districtId, id, judges);
  await record(ctx, 'learning.competition-called', id);
  return { id, version: 1 };
};

/** Changes a call before it is announced. */
export const updateCompetition = async (
  ctx: Ctx<CallCodes | 'record.changed-meanwhile' | 'learning.not-now'>,
  id: string,
  { version, ...draft }: CompetitionDraft & { version: number },
) => {
  const was = await competitionOf(ctx, id);
  if (was.status !== 'draft') ctx.refuse('learning.not-now', { status: was.status });
  const judges = await checkCall(ctx, draft);
  const { judgeIds: _, ...call } = draft;
  const now = await store.changeCompetition(ctx.tx, ctx.actor.districtId, id, version, store.callRow(call));
  if (now === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await store.nameJudges(ctx.tx, ctx.actor.districtId, id, judges);
  await record(ctx, 'learning.competition-changed', id);
  return { id, version: now };
};

/** Names other judges while nobody scores yet. */
export const changeJudges = async (
  ctx: Ctx<'record.changed-meanwhile' | 'learning.no-judge' | 'learning.judges-settled'>,
  id: string,
  given: { version: number; judgeIds: readonly string[] },
) => {
  const { tx, actor, today } = ctx;
  const was = await competitionOf(ctx, id);
  if (!judgesVerdict(was.status).ok) return ctx.refuse('learning.judges-settled');
  const judges = [...new Set(given.judgeIds)];
  if ((await store.possibleJudges(tx, actor.districtId, judges, today)).length !== judges.length) ctx.refuse('learning.no-judge');
  const version = await store.changeCompetition(tx, actor.districtId, id, given.version, {});
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  const named = judges.map((personId) => ({ id: ctx.id(), personId }));
  await store.nameJudges(tx, actor.districtId, id, named);
  await record(ctx, 'learning.judges-changed', id);
  return { id, version };
};

type MoveCodes =
  | 'record.changed-meanwhile'
  | 'learning.not-now'
  | 'learning.entries-undecided'
  | 'learning.too-few-judges'
  | 'learning.scores-missing'
  | 'learning.notice-running'
  | 'learning.objections-open'
  | 'learning.reason-missing';

// Who may not judge what, by the stated rules; known before the first text is opened.
const recuse = async (ctx: Ctx<never>, competitionId: string, months: number): Promise<void> => {
  const { tx, actor, today } = ctx;
  const { districtId } = actor;
  const since = addMonths(today, -months);
  const judges = await store.judgesOf(tx, districtId, competitionId);
  for (const entry of (await store.entriesOf(tx, districtId, competitionId)).filter((e) => e.status === 'eligible')) {
    for (const judge of judges) {
      const cause = recusalOf({
        judgeId: judge.personId,
        judgeOrganisationId: judge.organisationId,
        authorId: entry.authorId,
        authorOrganisationId: entry.organisationId,
        supervises: await store.supervises(tx, districtId, judge.personId, entry.authorId, since),
      });
      if (cause === null) continue;
      const row = { districtId, id: ctx.id(), competitionId, entryId: entry.id, judgeId: judge.personId, cause, says: '', at: ctx.now };
      await tx.insertInto('competitionRecusal').values(row).execute();
    }
  }
};

/** Takes a competition to its next step; what belongs to the step happens with it. */
export const moveCompetition = async (
  ctx: Ctx<MoveCodes>,
  id: string,
  given: { version: number; move: CompetitionMove; reason?: string | undefined },
) => {
  const { tx, actor, today } = ctx;
  const { districtId } = actor;
  const competition = await competitionOf(ctx, id);
  const rules = await rulesOf(ctx);
  if (given.move === 'start' && competition.status === 'checking') await recuse(ctx, id, rules.months);
  const entries = await store.entriesOf(tx, districtId, id);
  const judges = await store.judgesOf(tx, districtId, id);
  const recusals = await store.recusalsOf(tx, districtId, id);
  const eligible = entries.filter((e) => e.status === 'eligible');
  const objections = await tx.selectFrom('competitionObjection').select('answeredAt').where('competitionId', '=', id).execute();
  const verdict = movingVerdict({
    status: competition.status,
    move: given.move,
    today,
    scoreBy: competition.scoreBy,
    noticeUntil: competition.noticeUntil,
    undecided: entries.filter((e) => e.status === 'entered').length,
    eligible: eligible.length,
    withoutJudges: eligible.filter((e) => judges.length - recusals.filter((r) => r.entryId === e.id).length < rules.least).length,
    missingScores: (await store.progressOf(tx, id)).reduce((n, p) => n + p.expected - p.given, 0),
    openObjections: objections.filter((o) => o.answeredAt === null).length,
    reason: given.reason,
  });
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const status = competitionMoves[given.move].to as CompetitionStatus;
  const notice = { noticeFrom: today, noticeUntil: workingDayAfter(today, rules.noticeDays, await holidayTable(tx)) };
  const version = await store.changeCompetition(tx, districtId, id, given.version, {
    status,
    ...(given.move === 'publicise' ? notice : {}),
    ...(given.move === 'rescore' ? { noticeFrom: null, noticeUntil: null, result: null } : {}),
  });
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: competition.version });
  if (given.move === 'finish') {
    // Points can be read from here on only.
    const result = resultOf({
      entries: eligible,
      judges: judges.map((j) => j.personId),
      recusals,
      scores: await store.scoresOf(tx, districtId, id),
      criteria: competition.criteria,
      awards: competition.awards,
      least: rules.least,
    });
    await sql`update competition set result = ${JSON.stringify(result)}::jsonb, pack_version = ${rules.version}
      where district_id = ${districtId} and id = ${id}`.execute(tx);
  }
  if (given.move === 'award') await giveAwards(ctx, competition, eligible);
  await record(ctx, 'learning.competition-moved', id, { move: given.move });
  const authors = eligible.map((e) => e.authorId);
  if (status === 'open') await tell(ctx, await holdersOf(tx, districtId, 'worker'), 'learning.called', id);
  if (status === 'scoring')
    await tell(
      ctx,
      judges.map((j) => j.personId),
      'learning.score-wanted',
      id,
    );
  if (status === 'noticed') await tell(ctx, authors, 'learning.noticed', id);
  if (status === 'awarded') await tell(ctx, authors, 'learning.awarded', id);
  await ctx.changed('competition', id);
  return { id, version };
};

const giveAwards = async (ctx: Ctx<never>, competition: store.CompetitionKept, eligible: readonly store.EntryKept[]): Promise<void> => {
  for (const { entryId, award } of competition.result ?? []) {
    const entry = eligible.find((e) => e.id === entryId);
    if (award === null || entry === undefined) continue;
    await sql`update competition_entry set award = ${award} where district_id = ${ctx.actor.districtId} and id = ${entryId}`.execute(
      ctx.tx,
    );
    if (entry.entryId !== null) await giveAward(ctx, entry.entryId, award);
  }
};

/** Enters a case of one's own. */
export const enterCompetition = async (
  ctx: Ctx<'learning.not-open' | 'learning.already-entered' | 'learning.not-own-case'>,
  id: string,
  given: { requestId: string; statement: string },
) => {
  const { tx, actor, today } = ctx;
  const { districtId } = actor;
  const competition = await competitionOf(ctx, id);
  const mine = await store.entriesOf(tx, districtId, id);
  const entered = mine.some((e) => e.requestId === given.requestId && e.status !== 'withdrawn');
  const verdict = enteringVerdict({ ...competition, today, entered });
  if (!verdict.ok) return ctx.refuse(verdict.code);
  const own = await sql<{ authorId: string; organisationId: string | null }>`
    select r.asker_id as author_id, r.organisation_id from own_publications() p
    join support_request r on r.district_id = ${districtId} and r.id = p.request_id where p.request_id = ${given.requestId}`.execute(tx);
  const author = own.rows[0] ?? ctx.refuse('learning.not-own-case');
  const entry = ctx.id();
  // A code without meaning: neither the person nor the order of entering shows in it.
  const code = entry.slice(-6).toUpperCase();
  const row = { ...author, districtId, id: entry, competitionId: id, code, requestId: given.requestId, statement: given.statement };
  await tx
    .insertInto('competitionEntry')
    .values({ ...row, status: 'entered', enteredAt: ctx.now })
    .execute();
  await record(ctx, 'learning.entered', id, { entry });
  return { id: entry, version: 1 };
};

/** Takes an own entry back before the judges begin. */
export const withdrawEntry = async (ctx: Ctx<'learning.entry-settled'>, id: string) => {
  const { tx, actor } = ctx;
  const entry = (await store.entryById(tx, actor.districtId, id)) ?? ctx.notFound();
  if (!actor.selves.includes(entry.authorId)) return ctx.notFound();
  const competition = await competitionOf(ctx, entry.competitionId);
  const verdict = withdrawVerdict(entry.status, competition.status);
  if (!verdict.ok) return ctx.refuse(verdict.code);
  if (!(await store.changeEntry(tx, actor.districtId, id, entry.version, { status: 'withdrawn' }))) ctx.refuse('learning.entry-settled');
  await record(ctx, 'learning.entry-withdrawn', entry.competitionId, { entry: id });
  return { ok: true as const };
};

/** Checks an entry against every condition, and takes the anonymised text that the judges will read. */
export const checkEntry = async (
  ctx: Ctx<'record.changed-meanwhile' | 'learning.entry-settled'>,
  id: string,
  given: { version: number; refuse?: string | undefined },
) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const entry = (await store.entryById(tx, districtId, id)) ?? ctx.notFound();
  const competition = await competitionOf(ctx, entry.competitionId);
  if (!withdrawVerdict(entry.status, competition.status).ok) return ctx.refuse('learning.entry-settled');
  const found = await anonymisedText(ctx, entry.requestId);
  const refusedByCentre = (given.refuse ?? '') !== '';
  const reasons = ineligibility({ ...found, hasText: found.text !== null, domains: competition.domains, refusedByCentre });
  const status = reasons.length === 0 ? ('eligible' as const) : ('ineligible' as const);
  if (!(await store.changeEntry(tx, districtId, id, given.version, { status, reasons, entryId: found.entryId })))
    return ctx.refuse('record.changed-meanwhile', { version: entry.version });
  await sql`delete from competition_text where district_id = ${districtId} and id = ${id}`.execute(tx);
  if (status === 'eligible' && found.text !== null) {
    const { title, sections } = found.text;
    const text = { districtId, id, competitionId: entry.competitionId, code: entry.code, title, sections: JSON.stringify(sections) };
    await tx.insertInto('competitionText').values(text).execute();
  }
  await record(ctx, 'learning.entry-checked', entry.competitionId, { entry: id, status });
  await tell(ctx, [entry.authorId], 'learning.checked', entry.competitionId, entry.code);
  return { id, version: given.version + 1, reasons };
};

const textForJudge = async (ctx: Ctx<never>, id: string) => {
  const text = (await store.textById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  return (await store.judgesHere(ctx.tx, text.competitionId)) ? text : ctx.notFound();
};

/** Scores an entry, or corrects the own score; the earlier one stays. */
export const giveScore = async (
  ctx: Ctx<'learning.scoring-over' | 'learning.points-missing' | 'learning.correction-needs-reason'>,
  id: string,
  given: { points: Record<string, number>; comment: string; reason?: string | undefined },
) => {
  const { tx, actor } = ctx;
  const { competitionId } = await textForJudge(ctx, id);
  const competition = await competitionOf(ctx, competitionId);
  const scores = await store.scoresOf(tx, actor.districtId, competitionId);
  const correction = scores.some((s) => s.entryId === id && s.judgeId === actor.personId);
  const total = totalOf(competition.criteria, given.points);
  const open = competition.status === 'scoring';
  const verdict = scoringVerdict({ open, complete: total !== undefined, correction, reason: given.reason });
  if (!verdict.ok) return ctx.refuse(verdict.code);
  if (total === undefined) return ctx.refuse('learning.points-missing');
  const points = JSON.stringify(Object.fromEntries(competition.criteria.map((c) => [c.key, given.points[c.key]])));
  const key = { districtId: actor.districtId, id: ctx.id(), competitionId, entryId: id, judgeId: actor.personId };
  await tx
    .insertInto('competitionScore')
    .values({ ...key, points, total, comment: given.comment, reason: given.reason ?? '', at: ctx.now })
    .execute();
  await record(ctx, correction ? 'learning.score-corrected' : 'learning.scored', competitionId, { entry: id });
  return { id, total };
};

/** A judge who recognises a case stands aside. */
export const recuseFromEntry = async (ctx: Ctx<'learning.scoring-over'>, id: string, given: { reason: string }) => {
  const { tx, actor } = ctx;
  const { competitionId } = await textForJudge(ctx, id);
  if ((await competitionOf(ctx, competitionId)).status !== 'scoring') return ctx.refuse('learning.scoring-over');
  const key = { districtId: actor.districtId, id: ctx.id(), competitionId, entryId: id, judgeId: actor.personId };
  await tx
    .insertInto('competitionRecusal')
    .values({ ...key, cause: 'declared', says: given.reason, at: ctx.now })
    .execute();
  await record(ctx, 'learning.recused', competitionId, { entry: id });
  return { ok: true as const };
};

/** An objection during the public notice. */
export const objectToResult = async (ctx: Ctx<'learning.not-in-notice'>, competitionId: string, given: { says: string }) => {
  const { tx, actor, today } = ctx;
  const { status, noticeUntil } = await competitionOf(ctx, competitionId);
  if (status !== 'noticed' || noticeUntil === null || today > noticeUntil) return ctx.refuse('learning.not-in-notice');
  const id = ctx.id();
  await tx
    .insertInto('competitionObjection')
    .values({ districtId: actor.districtId, id, competitionId, byId: actor.personId, says: given.says, at: ctx.now })
    .execute();
  await record(ctx, 'learning.objected', competitionId);
  await tell(ctx, await centreOf(tx, actor.districtId), 'learning.objected', competitionId);
  return { id };
};

/** Answers an objection, once. */
export const answerObjection = async (ctx: Ctx<'learning.objection-answered'>, id: string, given: { answer: string; upheld: boolean }) => {
  const { tx, actor } = ctx;
  const { rows } = await sql<{ competitionId: string; byId: string; answeredAt: string | null }>`
    select competition_id, by_id, answered_at from competition_objection where district_id = ${actor.districtId} and id = ${id}`.execute(
    tx,
  );
  const was = rows[0] ?? ctx.notFound();
  if (was.answeredAt !== null) return ctx.refuse('learning.objection-answered');
  await sql`update competition_objection set answer = ${given.answer}, upheld = ${given.upheld}, answered_by = ${actor.personId},
    answered_at = ${ctx.now} where district_id = ${actor.districtId} and id = ${id}`.execute(tx);
  await record(ctx, 'learning.objection-answered', was.competitionId);
  await tell(ctx, [was.byId], 'learning.objection-answered', was.competitionId);
  return { ok: true as const };
};
