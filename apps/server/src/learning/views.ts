import { mayEver } from '@jieyou/core/identity/policy.ts';
import { competitionMoves } from '@jieyou/core/learning/moves.ts';
import { learningPackOf } from '@jieyou/core/learning/pack.ts';
import { entersCompetitions, judgesCompetitions, runsCompetitions } from '@jieyou/core/learning/policy.ts';
import { judgesVerdict } from '@jieyou/core/learning/rules.ts';
import type { CompetitionStatus } from '@jieyou/core/learning/schema.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './store.ts';

type Line = {
  id: string;
  title: string;
  status: CompetitionStatus;
  opensOn: string;
  closesOn: string;
  scoreBy: string;
  noticeUntil: string | null;
  entries: number;
};

/** Competitions of the district; entries count as far as the reader may see them. */
export const listCompetitions = (ctx: Ctx<never>, query: { limit: number; after?: string | undefined; status?: string[] | undefined }) =>
  readPage<Line>(ctx.tx, query, {
    columns: sql`c.id, c.title, c.status, c.opens_on, c.closes_on, c.score_by, c.notice_until, (select count(*)::int from competition_entry e
      where e.district_id = c.district_id and e.competition_id = c.id and e.status <> 'withdrawn') as entries`,
    from: sql`from competition c`,
    where: allOf([
      sql`c.district_id = ${ctx.actor.districtId}`,
      query.status !== undefined && sql`c.status = any(${query.status}::text[])`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'c',
  });

type Objection = { id: string; says: string; byName: string; at: string; answer: string | null; upheld: boolean | null };

/** A competition as far as the reader may see it: authors are the centre's until the public notice, points nobody's while judges score. */
export const readCompetition = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor, today } = ctx;
  const { districtId } = actor;
  const { result, ...competition } = (await store.competitionById(tx, districtId, id)) ?? ctx.notFound();
  const { status, noticeUntil } = competition;
  const centre = mayEver(runsCompetitions, actor);
  const entries = await store.entriesOf(tx, districtId, id);
  const { rows: numbers } = await sql<{ id: string; number: string }>`
    select e.id, coalesce(r.archive_no, r.receipt_no, '') as number from competition_entry e
    join support_request r on r.district_id = e.district_id and r.id = e.request_id
    where e.district_id = ${districtId} and e.competition_id = ${id}`.execute(tx);
  const told = status === 'noticed' || status === 'awarded';
  const progress = centre && status === 'scoring' ? await store.progressOf(tx, id) : [];
  const judges = centre || told ? await store.judgesOf(tx, districtId, id) : [];
  const { rows: objections } = await sql<Objection>`select o.id, o.says, p.name as by_name, o.at, o.answer, o.upheld
    from competition_objection o join person p on p.id = o.by_id
    where o.district_id = ${districtId} and o.competition_id = ${id} order by o.id`.execute(tx);
  const mayEnter = mayEver(entersCompetitions, actor) && status === 'open' && today >= competition.opensOn && today <= competition.closesOn;
  const mayObject = status === 'noticed' && noticeUntil !== null && today <= noticeUntil;
  const { rows: comments } = await sql<{ entryId: string; comment: string }>`select entry_id, comment from comments_on(${id})`.execute(tx);
  const isJudge = mayEver(judgesCompetitions, actor) && (await store.judgesHere(tx, id));
  const works = isJudge ? (await listBlindEntries(ctx, id)).rows : [];
  const pack = learningPackOf((await packInForce(tx, 'learning', districtId, today)).values);
  return {
    ...competition,
    rules: {
      noticeDays: pack['competition.noticeDays'],
      leastScores: pack['competition.leastScores'],
      supervisedMonths: pack['competition.supervisedMonths'],
    },
    own: isJudge ? { given: works.filter((one) => one.total !== null).length, expected: works.length } : null,
    entries: entries.map((e) => ({
      id: e.id,
      code: e.code,
      status: e.status,
      requestNo: numbers.find((n) => n.id === e.id)?.number ?? '',
      title: e.title,
      authorName: e.authorName,
      organisationName: e.organisationName,
      statement: centre || actor.selves.includes(e.authorId) ? e.statement : '',
      reasons: e.reasons,
      own: actor.selves.includes(e.authorId),
      version: e.version,
    })),
    judges: judges.map(({ personId, name }) => {
      const one = progress.find((p) => p.judgeId === personId);
      return { personId, name, given: one?.given ?? null, expected: one?.expected ?? null };
    }),
    result: (told || (centre && status === 'scored') ? (result ?? []) : []).map((row) => {
      const entry = entries.find((e) => e.id === row.entryId && e.status === 'eligible');
      const people = { authorName: entry?.authorName ?? null, organisationName: entry?.organisationName ?? null };
      const written = comments.filter((one) => one.entryId === row.entryId).map((one) => one.comment);
      return { ...row, ...people, title: entry?.title ?? null, comments: written };
    }),
    objections,
    isJudge,
    can: [
      ...(centre ? movesFrom(competitionMoves, status) : []),
      ...(centre && status === 'draft' ? ['edit'] : []),
      ...(centre && judgesVerdict(status).ok ? ['judges'] : []),
      ...(centre && (status === 'open' || status === 'checking') ? ['check'] : []),
      ...(mayEnter ? ['enter'] : []),
      ...(mayObject ? ['object'] : []),
    ],
  };
};

type Choice = { requestId: string; number: string; title: string | null; kind: 'entry' | 'draft' };

/** Cases of one's own that may be entered. */
export const listEntryChoices = async (ctx: Ctx<never>) => ({
  rows: (await sql<Choice>`select request_id, number, title, kind from own_publications()`.execute(ctx.tx)).rows,
});

/** What a judge has to score; what the judge is recused from is not there. */
export const listBlindEntries = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  if (!(await store.judgesHere(tx, id))) return ctx.notFound();
  const scores = (await store.scoresOf(tx, actor.districtId, id)).filter((s) => s.judgeId === actor.personId);
  const rows = (await store.textsOf(tx, actor.districtId, id)).map((t) => {
    const score = scores.find((s) => s.entryId === t.id);
    return { ...t, total: score === undefined ? null : Number(score.total) };
  });
  return { rows };
};

/** One entry without its people; the mean of the others only after the own score. */
export const readBlindEntry = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const text = (await store.textById(tx, actor.districtId, id)) ?? ctx.notFound();
  if (!(await store.judgesHere(tx, text.competitionId))) return ctx.notFound();
  const { criteria, status } = (await store.competitionById(tx, actor.districtId, text.competitionId)) ?? ctx.notFound();
  const scores = await store.scoresOf(tx, actor.districtId, text.competitionId);
  const own = scores.find((s) => s.entryId === id && s.judgeId === actor.personId);
  const { rows } = await sql<{ scores: number; mean: string | null }>`select scores, mean from others_mean(${id})`.execute(tx);
  const others = rows[0];
  return {
    ...text,
    criteria,
    own: own === undefined ? null : { points: own.points, comment: own.comment, total: Number(own.total), corrections: own.corrections },
    others: own === undefined || others === undefined ? null : { ...others, mean: others.mean === null ? null : Number(others.mean) },
    open: status === 'scoring',
  };
};
