import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { alertsOf, type FormFacts, type FormValues } from '@jieyou/core/forms/filling.ts';
import { formActs, openVerdict } from '@jieyou/core/forms/rules.ts';
import {
  type FormAnswerRow,
  type FormResult,
  type FormStatus,
  type FormTemplateRow,
  type FormUnder,
  FormUnderKind,
} from '@jieyou/core/forms/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { type RawBuilder, sql } from 'kysely';
import { circleOf } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { sheetOf } from './hands.ts';
import * as store from './store.ts';
import { formsUnder, seenByOf, UNDER, type UnderRow, underFrom, underOf } from './under.ts';

type Paging = { limit: number; after?: string | undefined; count?: 'yes' | undefined };

const templateColumns = sql`h.id, h.code, h.title, h.standard, h.subject, h.signer, h.edition, h.issuer_name, h.own, h.issued_at,
  (select p.name from person p where p.id = h.issued_by) as issued_by_name, h.reason,
  h.document ->> 'each' as each, coalesce(jsonb_array_length(h.document -> 'scales'), 0) as scales, h.leads and not h.retired as current, h.retired`;

/** One page of the forms that lead here. */
export const listTemplates = async (
  ctx: Ctx<never>,
  query: Paging & { subject?: string[] | undefined; word?: string | undefined; own?: 'yes' | undefined },
) =>
  readPage<FormTemplateRow>(ctx.tx, query, {
    columns: sql`d.*`,
    from: sql`from (select ${templateColumns}, h.leads from ${store.templatesHere(ctx.actor.districtId)} h) as d`,
    where: allOf([
      sql`d.leads`,
      query.subject !== undefined && sql`d.subject = any(${query.subject}::text[])`,
      query.word !== undefined && query.word !== '' && sql`strpos(d.title, ${query.word}) > 0`,
      query.own === 'yes' && sql`d.own`,
    ]),
    sort: [{ column: 'code', direction: 'asc', type: 'text' }],
    alias: 'd',
  });

/** One version with its document, and all versions of its code. */
export const readTemplate = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const found = (await store.templateById(tx, actor.districtId, id)) ?? ctx.notFound();
  const { rows } = await sql<FormTemplateRow>`select ${templateColumns} from ${store.templatesHere(actor.districtId)} h
    where h.code = ${found.code} order by h.issued_at desc, h.edition desc`.execute(tx);
  const row = rows.find((r) => r.id === id) ?? ctx.notFound();
  const centre = actor.roles.includes('centre');
  return {
    ...row,
    document: found.document,
    editions: rows,
    can: centre ? (found.current ? (['issue', 'retire'] as const).slice() : found.retired ? (['issue'] as const).slice() : []) : [],
  };
};

type Row = Omit<FormAnswerRow, 'mine' | 'under'> & UnderRow;

const COLUMNS = sql`a.district_id, a.id, ${UNDER}, a.code, t.title, t.edition, a.status, a.revision, a.root_id, a.author_id, p.name as author_name,
  a.made_at, a.saved_at, a.submitted_at, b.name as decided_by_name, a.decided_at`;
const JOINS = sql`join form_template t on t.id = a.template_id join person p on p.id = a.author_id left join person b on b.id = a.decided_by`;

const shown =
  (actor: Actor) =>
  ({ subjectKind, underId, sessionId, memberId, ...row }: Row): FormAnswerRow => ({
    ...row,
    under: underFrom({ subjectKind, underId, sessionId, memberId }),
    mine: actor.selves.includes(row.authorId),
  });

/** One page of the filled forms in reach: the register, names masked, no answer. */
export const listAnswers = async (
  ctx: Ctx<never>,
  query: Paging & {
    status?: FormStatus[] | undefined;
    code?: string | undefined;
    kind?: FormUnder['kind'][] | undefined;
    caseId?: string | undefined;
    groupId?: string | undefined;
    sessionId?: string | undefined;
    activityId?: string | undefined;
    mine?: 'yes' | undefined;
    from?: string | undefined;
    to?: string | undefined;
    sort?: 'newest' | 'oldest' | undefined;
  },
) => {
  const under = formsUnder(ctx.actor, COLUMNS, JOINS, await circleOf(ctx.tx, ctx.actor));
  // Where one file is named only its own kind is looked at.
  const only =
    query.caseId !== undefined
      ? 'case'
      : (query.groupId ?? query.sessionId) !== undefined
        ? 'group'
        : query.activityId !== undefined
          ? 'activity'
          : null;
  const kinds = FormUnderKind.options.filter((k) => (only === null || k === only) && (query.kind === undefined || query.kind.includes(k)));
  const parts = (kinds.length === 0 ? FormUnderKind.options : kinds).map((k) => sql`(${under[k]})`);
  const direction = query.sort === 'oldest' ? 'asc' : 'desc';
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`d.*`,
    from: sql`from (${sql.join(parts, sql` union all `)}) as d`,
    where: allOf([
      kinds.length === 0 && sql`false`,
      only !== null && sql`d.under_id = ${query.caseId ?? query.groupId ?? query.activityId ?? sql`d.under_id`}`,
      query.sessionId !== undefined && sql`d.session_id = ${query.sessionId}`,
      // What was put away or replaced is looked for by name.
      query.status === undefined ? sql`d.status not in ('discarded', 'replaced')` : sql`d.status = any(${query.status}::text[])`,
      query.code !== undefined && sql`d.code = ${query.code}`,
      query.mine === 'yes' && sql`d.author_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.from !== undefined && sql`(d.saved_at at time zone 'Asia/Shanghai')::date >= ${query.from}::date`,
      query.to !== undefined && sql`(d.saved_at at time zone 'Asia/Shanghai')::date <= ${query.to}::date`,
    ]),
    sort: [
      { column: 'savedAt', direction, type: 'timestamptz' },
      { column: 'id', direction, type: 'uuid' },
    ],
    alias: 'd',
  });
  ctx.saw('form-answer', ctx.actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(shown(ctx.actor)) };
};

/** Forms under the same, by the index of its kind; of a group, of the same session or member. */
const besides = (of: FormUnder): RawBuilder<unknown> =>
  of.kind === 'case'
    ? sql`a.case_id = ${of.id}`
    : of.kind === 'activity'
      ? sql`a.activity_id = ${of.id}`
      : sql`a.group_id = ${of.id} and a.session_id is not distinct from ${of.sessionId} and a.member_id is not distinct from ${of.memberId}`;

/** One filled form on its own version, with the course of its scales for this person. */
export const readAnswer = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const found = (await store.answerById(tx, actor.districtId, id)) ?? ctx.notFound();
  const under = (await underOf(ctx, found.under)) ?? ctx.notFound();
  const inReach = formsUnder(actor, COLUMNS, JOINS, await circleOf(tx, actor))[found.under.kind];
  const { rows: registers } = await sql<Row>`${inReach} and a.id = ${id}`.execute(tx);
  const register = registers[0] ?? ctx.notFound();
  const content = (await store.contentOf(tx, actor.districtId, id)) ?? ctx.notFound();
  const template = (await store.templateById(tx, actor.districtId, found.templateId)) ?? ctx.notFound();
  const document = template.document as FormDocument;
  const { rows: editions } = await sql<{ id: string; revision: number; status: FormStatus; savedAt: string; authorName: string }>`
    select a.id, a.revision, a.status, a.saved_at, p.name as author_name from form_answer a join person p on p.id = a.author_id
    where a.district_id = ${actor.districtId} and ${besides(found.under)} and a.root_id = ${found.rootId} order by a.revision desc, a.id desc`.execute(
    tx,
  );
  const { rows: decisions } = await sql<{ signs: boolean; says: string; byName: string; at: string }>`
    select x.signs, x.says, p.name as by_name, x.decided_at as at from form_decision x join person p on p.id = x.decided_by
    where x.district_id = ${actor.districtId} and x.answer_id = ${id} order by x.id desc`.execute(tx);
  const course = content.results.length === 0 ? [] : await courseOf(ctx, inReach, found);
  ctx.saw('form-answer', id);
  return {
    ...shown(actor)(register),
    version: found.version,
    templateId: found.templateId,
    document,
    values: content.answers as Record<string, unknown>,
    facts: content.facts as Record<string, unknown>,
    results: content.results,
    signing: await sheetOf(ctx, { answer: found, under, document, values: content.answers }),
    alerts: alertsOf(document, content.answers as FormValues, content.facts as FormFacts),
    course,
    decisions,
    editions,
    can: formActs({
      status: found.status,
      own: actor.selves.includes(found.authorId),
      writes: under.inHand,
      signs: store.heads(actor, under.stationId),
      open: openVerdict(under).ok,
      correctedBy: await store.isCorrected(tx, actor.districtId, id),
    }),
    seenBy: seenByOf(found.under),
  };
};

/** Forms that may be begun under a case without network: those that the person used last come first, as many as the bound lets in. */
export const carriedForms = async (ctx: Ctx<never>, kilobytes: number): Promise<(FormTemplateRow & { document: unknown })[]> => {
  if (kilobytes === 0) return [];
  const { rows } = await sql<FormTemplateRow & { document: unknown; bytes: number }>`
    select ${templateColumns}, h.document, octet_length(h.document::text) as bytes from ${store.templatesHere(ctx.actor.districtId)} h
    where h.leads and not h.retired and h.subject = 'case'
    order by (select max(a.made_at) from form_answer a where a.district_id = ${ctx.actor.districtId} and a.code = h.code
      and a.author_id = any(${[...ctx.actor.selves]}::uuid[])) desc nulls last, h.code`.execute(ctx.tx);
  let left = kilobytes * 1024;
  return rows.flatMap(({ bytes, ...row }) => {
    left -= bytes;
    return left < 0 ? [] : [row];
  });
};

const MOST_MEASURED = 12;

/** The same scales of the same person over time: what stands, oldest first. */
const courseOf = async (ctx: Ctx<never>, inReach: RawBuilder<unknown>, of: store.AnswerFacts) => {
  const { rows } = await sql<{ id: string; at: Instant; results: FormResult[] }>`
    select * from (select a.id, a.submitted_at as at, c.results from (${inReach} and ${besides(of.under)} and a.code = ${of.code}
        and a.status in ('waiting', 'submitted', 'signed')) as a join form_answer_content c on c.district_id = a.district_id and c.id = a.id
      order by a.submitted_at desc, a.id desc limit ${MOST_MEASURED}) as x order by x.at, x.id`.execute(ctx.tx);
  return rows.map((r) => ({ id: r.id, on: dayOf(r.at), results: r.results }));
};
