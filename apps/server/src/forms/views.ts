import { type FormDocument, fieldsOf } from '@jieyou/core/forms/document.ts';
import { alertsOf, answerText, type FormFacts, type FormValues } from '@jieyou/core/forms/filling.ts';
import { formOfRoom } from '@jieyou/core/forms/rooms.ts';
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
import { dayOf, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { type RawBuilder, sql } from 'kysely';
import { circleOf } from '../cases/index.ts';
import { streamWorkbook, WORKBOOK_TYPE } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { sheetOf } from './hands.ts';
import * as store from './store.ts';
import { formsLaidBefore, formsUnder, seenByOf, UNDER, type UnderRow, underFrom, underOf } from './under.ts';

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

type Filter = {
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
};

const named = (query: Filter): FormUnder['kind'] | null => {
  if (query.caseId !== undefined) return 'case';
  if (query.activityId !== undefined) return 'activity';
  return query.groupId === undefined && query.sessionId === undefined ? null : 'group';
};

/** What the filter leaves of the forms in reach, as `d`. Where one file is named only its own kind is looked at. */
const narrowed = async (ctx: Ctx<never>, query: Filter) => {
  const under = formsUnder(ctx.actor, COLUMNS, JOINS, await circleOf(ctx.tx, ctx.actor));
  const only = named(query);
  const id = query.caseId ?? query.groupId ?? query.activityId;
  const kinds = FormUnderKind.options.filter((k) => (only === null || k === only) && (query.kind === undefined || query.kind.includes(k)));
  const laid = ctx.actor.roles.includes('supervisor') ? [sql`(${formsLaidBefore(ctx.actor, COLUMNS, JOINS)})`] : [];
  const parts = [...(kinds.length === 0 ? FormUnderKind.options : kinds).map((k) => sql`(${under[k]})`), ...laid];
  return {
    from: sql`from (${sql.join(parts, sql` union all `)}) as d`,
    where: allOf([
      kinds.length === 0 ? sql`false` : laid.length > 0 && sql`d.subject_kind = any(${kinds}::text[])`,
      id !== undefined && sql`d.under_id = ${id}`,
      query.sessionId !== undefined && sql`d.session_id = ${query.sessionId}`,
      // What was put away or replaced is looked for by name.
      query.status === undefined ? sql`d.status not in ('discarded', 'replaced')` : sql`d.status = any(${query.status}::text[])`,
      query.code !== undefined && sql`d.code = ${query.code}`,
      query.mine === 'yes' && sql`d.author_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.from !== undefined && sql`(d.saved_at at time zone 'Asia/Shanghai')::date >= ${query.from}::date`,
      query.to !== undefined && sql`(d.saved_at at time zone 'Asia/Shanghai')::date <= ${query.to}::date`,
    ]),
  };
};

/** One page of the filled forms in reach: the register, names masked, no answer. */
export const listAnswers = async (ctx: Ctx<never>, query: Paging & Filter) => {
  const direction = query.sort === 'oldest' ? 'asc' : 'desc';
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`d.*`,
    ...(await narrowed(ctx, query)),
    sort: [
      { column: 'savedAt', direction, type: 'timestamptz' },
      { column: 'id', direction, type: 'uuid' },
    ],
    alias: 'd',
  });
  ctx.saw('form-answer', ctx.actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(shown(ctx.actor)) };
};

const MOST_EXPORTED = 2000;
const HANDED_IN: readonly FormStatus[] = ['waiting', 'submitted', 'signed'];

/** What was handed in on one form as a workbook: a row each, a column a field, in the order of the newest version; older versions' own fields follow. */
export const exportAnswers = async (ctx: Ctx<'forms.too-many-rows'>, query: Filter & { code: string; reason: string }) => {
  const status = (query.status ?? HANDED_IN).filter((s) => HANDED_IN.includes(s));
  const { from, where } = await narrowed(ctx as Ctx<never>, { ...query, status });
  const { rows } = await sql<Row & { answers: FormValues; results: FormResult[]; templateId: string }>`
    select d.*, a.template_id, c.answers, c.results ${from} join form_answer a on a.district_id = d.district_id and a.id = d.id
      join form_answer_content c on c.district_id = d.district_id and c.id = d.id
    where ${where} order by d.submitted_at, d.id limit ${sql.lit(MOST_EXPORTED + 1)}`.execute(ctx.tx);
  if (rows.length > MOST_EXPORTED) return ctx.refuse('forms.too-many-rows', { most: MOST_EXPORTED });
  const { rows: versions } = await sql<{ id: string; document: FormDocument }>`select t.id, t.document from form_template t
    where t.id = any(${[...new Set(rows.map((r) => r.templateId))]}::uuid[]) order by t.issued_at desc, t.edition desc`.execute(ctx.tx);
  const documents = new Map(versions.map((v) => [v.id, v.document]));
  // What the worker thinks to himself stays in the house.
  const columns = new Map<string, string>();
  for (const { document } of versions)
    for (const field of fieldsOf(document)) if (field.professional !== true && !columns.has(field.key)) columns.set(field.key, field.label);
  const scales = new Map(versions.flatMap((v) => (v.document.scales ?? []).map((s) => [s.key, s.title] as const)).reverse());
  ctx.saw('form-answer', ctx.actor.personId, { kind: 'export', reason: query.reason, outcome: 'exported' });
  const title = versions[0]?.document.title ?? '表单';
  ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`${title}${ctx.today}.xlsx`));
  const heads = ['个案、小组、活动', '服务对象、节次', '版本', '状态', '填写人', '提交日期'];
  return streamWorkbook({
    title,
    columns: [
      ...heads.map((h) => ({ title: h, width: 16 })),
      ...[...columns.values()].map((h) => ({ title: h, width: 24 })),
      ...[...scales.values()].flatMap((h) => [
        { title: `${h}得分`, width: 10 },
        { title: `${h}分段`, width: 12 },
      ]),
    ],
    rows: (async function* () {
      for (const r of rows) {
        const fields = new Map(fieldsOf(documents.get(r.templateId) as FormDocument).map((f) => [f.key, f]));
        yield [
          r.number,
          r.whose,
          r.edition,
          formStatusLabels[r.status],
          r.authorName,
          r.submittedAt === null ? null : dayOf(r.submittedAt as Instant),
          ...[...columns.keys()].map((key) => {
            const field = fields.get(key);
            if (field === undefined || field.professional === true) return null;
            const value = r.answers[key];
            return field.kind === 'number' && typeof value === 'number' ? value : answerText(field, value) || null;
          }),
          ...[...scales.keys()].flatMap((key) => {
            const result = r.results.find((x) => x.scale === key);
            return [result?.score ?? null, result?.band ?? null];
          }),
        ];
      }
    })(),
    madeBy: ctx.actor.name,
    madeAt: formatInstant(ctx.now as Instant),
  });
};

/** Forms under the same, by the index of its kind; of a group, of the same session or member. */
const besides = (of: FormUnder): RawBuilder<unknown> =>
  of.kind === 'case'
    ? sql`a.case_id = ${of.id}`
    : of.kind === 'activity'
      ? sql`a.activity_id = ${of.id}`
      : sql`a.group_id = ${of.id} and a.session_id is not distinct from ${of.sessionId} and a.member_id is not distinct from ${of.memberId}`;

const nameOf = async ({ tx }: Ctx<never>, person: string | null): Promise<string | null> =>
  person === null
    ? null
    : ((await sql<{ name: string }>`select p.name from person p where p.id = ${person}`.execute(tx)).rows[0]?.name ?? null);

/** One filled form on its own version, with the course of its scales for this person. */
export const readAnswer = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const found = (await store.answerById(tx, actor.districtId, id)) ?? ctx.notFound();
  const under = (await underOf(ctx, found.under)) ?? null;
  if (under === null && !store.isBefore(actor, found)) ctx.notFound();
  const inReach =
    under === null
      ? sql`${formsLaidBefore(actor, COLUMNS, JOINS)}`
      : formsUnder(actor, COLUMNS, JOINS, await circleOf(tx, actor))[found.under.kind];
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
  const can = formActs({
    status: found.status,
    own: actor.selves.includes(found.authorId),
    writes: under?.inHand === true,
    signs: store.signs(actor, found),
    open: under !== null && openVerdict(under).ok,
    correctedBy: await store.isCorrected(tx, actor.districtId, id),
  });
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
    can,
    signers: can.includes('fill') && document.signer === 'head-or-supervisor' ? await store.supervisorsOf(tx, found.authorId) : [],
    signerName: await nameOf(ctx, found.signerId),
    seenBy: seenByOf(found.under, found.signerId !== null),
  };
};

/** Forms that may be begun under a case without network: those that the person used last come first, as many as the bound lets in. */
export const carriedForms = async (ctx: Ctx<never>, kilobytes: number): Promise<(FormTemplateRow & { document: unknown })[]> => {
  if (kilobytes === 0) return [];
  const { rows } = await sql<FormTemplateRow & { document: unknown; bytes: number }>`
    select ${templateColumns}, h.document, octet_length(h.document::text) as bytes from ${store.templatesHere(ctx.actor.districtId)} h
    where h.leads and not h.retired and h.subject = 'case' and h.code <> all(${Object.values(formOfRoom)}::text[])
    order by (select max(a.made_at) from form_answer a where a.district_id = ${ctx.actor.districtId} and a.code = h.code
      and a.author_id = any(${[...ctx.actor.selves]}::uuid[])) desc nulls last, h.code`.execute(ctx.tx);
  let left = kilobytes * 1024;
  return rows.flatMap(({ bytes, ...row }) => {
    left -= bytes;
    return left < 0 ? [] : [row];
  });
};

const MOST_MEASURED = 12;

/** The same scales of the same person over time: what stands, oldest first; a correction stands on the day of what it corrects. */
const courseOf = async (ctx: Ctx<never>, inReach: RawBuilder<unknown>, of: store.AnswerFacts) => {
  const { rows } = await sql<{ id: string; at: Instant; results: FormResult[] }>`
    select * from (select a.id, coalesce(m.submitted_at, a.submitted_at) as at, c.results
      from (${inReach} and ${besides(of.under)} and a.code = ${of.code} and a.status in ('waiting', 'submitted', 'signed')) as a
        join form_answer_content c on c.district_id = a.district_id and c.id = a.id
        left join form_answer m on m.district_id = a.district_id and m.id = a.root_id
      order by at desc, a.id desc limit ${MOST_MEASURED}) as x order by x.at, x.id`.execute(ctx.tx);
  return rows.map((r) => ({ id: r.id, on: dayOf(r.at), results: r.results }));
};
