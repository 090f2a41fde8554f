import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { alertsOf, type FormFacts, type FormValues } from '@jieyou/core/forms/filling.ts';
import { seenByForm } from '@jieyou/core/forms/policy.ts';
import { formActs } from '@jieyou/core/forms/rules.ts';
import type { FormAnswerRow, FormResult, FormStatus, FormTemplateRow } from '@jieyou/core/forms/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { type RawBuilder, sql } from 'kysely';
import { caseById, circleOf, handedOver, listedCase } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { sheetOf } from './hands.ts';
import * as store from './store.ts';

type Paging = { limit: number; after?: string | undefined; count?: 'yes' | undefined };

const templateColumns = sql`h.id, h.code, h.title, h.standard, h.subject, h.signer, h.edition, h.issuer_name, h.own, h.issued_at,
  (select p.name from person p where p.id = h.issued_by) as issued_by_name, h.reason,
  coalesce(jsonb_array_length(h.document -> 'scales'), 0) as scales, h.leads and not h.retired as current, h.retired`;

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

type Row = Omit<FormAnswerRow, 'mine'>;

const SELECT = sql`select a.district_id, a.id, a.case_id, f.number as case_number, r.name_masked as recipient_name, a.code, t.title, t.edition, a.status,
    a.revision, a.root_id, a.author_id, p.name as author_name, a.made_at, a.saved_at, a.submitted_at, b.name as decided_by_name, a.decided_at
  from form_answer a join case_file f on f.district_id = a.district_id and f.id = a.case_id
    join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
    join form_template t on t.id = a.template_id join person p on p.id = a.author_id left join person b on b.id = a.decided_by`;

const shown =
  (actor: Actor) =>
  (row: Row): FormAnswerRow => ({ ...row, mine: actor.selves.includes(row.authorId) });

// A case may have been handed over without its papers or its records; each form says which of them it is.
const shownTo = (actor: Actor): RawBuilder<unknown> =>
  sql`(case a.kept_as when 'papers' then ${handedOver(actor, 'papers', 'f', 'a.made_at', 'a.author_id')}
    else ${handedOver(actor, 'records', 'f', 'a.made_at', 'a.author_id')} end)`;

/** One page of the filled forms in reach: the register, names masked, no answer. */
export const listAnswers = async (
  ctx: Ctx<never>,
  query: Paging & {
    status?: FormStatus[] | undefined;
    code?: string | undefined;
    caseId?: string | undefined;
    mine?: 'yes' | undefined;
    from?: string | undefined;
    to?: string | undefined;
    sort?: 'newest' | 'oldest' | undefined;
  },
) => {
  const circle = await circleOf(ctx.tx, ctx.actor);
  const direction = query.sort === 'oldest' ? 'asc' : 'desc';
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`d.*`,
    from: sql`from (${SELECT} where a.district_id = ${ctx.actor.districtId} and ${listedCase(ctx.actor, 'f', circle)} and ${shownTo(ctx.actor)}
      ${query.caseId === undefined ? sql`` : sql`and a.case_id = ${query.caseId}`}) as d`,
    where: allOf([
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

/** One filled form on its own version, with the course of its scales in this case. */
export const readAnswer = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const found = (await store.answerById(tx, actor.districtId, id)) ?? ctx.notFound();
  const file = (await caseById(tx, actor, found.caseId)) ?? ctx.notFound();
  const { rows: registers } =
    await sql<Row>`${SELECT} where a.district_id = ${actor.districtId} and a.id = ${id} and ${shownTo(actor)}`.execute(tx);
  const register = registers[0] ?? ctx.notFound();
  const content = (await store.contentOf(tx, actor.districtId, id)) ?? ctx.notFound();
  const template = (await store.templateById(tx, actor.districtId, found.templateId)) ?? ctx.notFound();
  const document = template.document as FormDocument;
  const { rows: editions } = await sql<{ id: string; revision: number; status: FormStatus; savedAt: string; authorName: string }>`
    select a.id, a.revision, a.status, a.saved_at, p.name as author_name from form_answer a join person p on p.id = a.author_id
    where a.district_id = ${actor.districtId} and a.case_id = ${found.caseId} and a.root_id = ${found.rootId} order by a.revision desc, a.id desc`.execute(
    tx,
  );
  const { rows: decisions } = await sql<{ signs: boolean; says: string; byName: string; at: string }>`
    select x.signs, x.says, p.name as by_name, x.decided_at as at from form_decision x join person p on p.id = x.decided_by
    where x.district_id = ${actor.districtId} and x.answer_id = ${id} order by x.id desc`.execute(tx);
  const course = content.results.length === 0 ? [] : await courseOf(ctx, found.caseId, found.code);
  ctx.saw('form-answer', id);
  return {
    ...shown(actor)(register),
    version: found.version,
    templateId: found.templateId,
    document,
    values: content.answers as Record<string, unknown>,
    facts: content.facts as Record<string, unknown>,
    results: content.results,
    signing: await sheetOf(ctx, { answer: found, file, document, values: content.answers }),
    alerts: alertsOf(document, content.answers as FormValues, content.facts as FormFacts),
    course,
    decisions,
    editions,
    can: formActs({
      status: found.status,
      own: actor.selves.includes(found.authorId),
      writes: file.inHand,
      signs: store.heads(actor, file.stationId),
      caseOpen: file.status === 'open',
      correctedBy: await store.isCorrected(tx, actor.districtId, id),
    }),
    seenBy: seenByForm,
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

/** The same scales in the same case over time: what stands, oldest first. */
const courseOf = async (ctx: Ctx<never>, caseId: string, code: string) => {
  const { rows } = await sql<{ id: string; at: Instant; results: FormResult[] }>`
    select * from (select a.id, a.submitted_at as at, c.results from form_answer a
      join form_answer_content c on c.district_id = a.district_id and c.id = a.id
      join case_file f on f.district_id = a.district_id and f.id = a.case_id
    where a.district_id = ${ctx.actor.districtId} and a.case_id = ${caseId} and a.code = ${code} and a.status in ('waiting', 'submitted', 'signed')
      and ${shownTo(ctx.actor)} order by a.submitted_at desc, a.id desc limit ${MOST_MEASURED}) as x order by x.at, x.id`.execute(ctx.tx);
  return rows.map((r) => ({ id: r.id, on: dayOf(r.at), results: r.results }));
};
