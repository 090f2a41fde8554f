import { alikeVerdict } from '@jieyou/core/casebank/alike.ts';
import { recallsPublication } from '@jieyou/core/casebank/policy.ts';
import { applyFindings, ENTRY_NOTE, PARTS, releaseVerdict } from '@jieyou/core/casebank/rules.ts';
import type { DraftStatus, RecallCause, RecallStatus, Sections } from '@jieyou/core/casebank/schema.ts';
import { mayEver } from '@jieyou/core/identity/policy.ts';
import { dayOf, formatDay, instant } from '@jieyou/core/shared/day.ts';
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { liveConsent } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage, type SortKey } from '../platform/http/paging.ts';
import { measure } from './meter.ts';
import { methodsFrom, publishedTexts, textsOf } from './redacting.ts';
import * as store from './store.ts';

const NEWEST: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];
type Status = z.infer<typeof DraftStatus>;

type DraftLine = {
  id: string;
  requestId: string;
  archiveNo: string | null;
  status: Status;
  title: string;
  domain: CaseDomain;
  openFindings: number;
  draftedByName: string;
  updatedAt: string;
};

/** Drafts of the centre. Their titles are shown redacted, as they would be published. */
export const listDrafts = async (ctx: Ctx, query: { limit: number; after?: string | undefined; status?: string[] | undefined }) => {
  const { tx, actor } = ctx;
  const page = await readPage<DraftLine>(tx, query, {
    columns: sql`d.id, d.request_id, q.archive_no, d.status, d.title, q.domain, p.name as drafted_by_name, d.updated_at,
      (select count(*)::int from publication_finding f where f.district_id = d.district_id and f.draft_id = d.id and f.status = 'open') as open_findings`,
    from: sql`from publication_draft d
      join support_request q on q.district_id = d.district_id and q.id = d.request_id
      join person p on p.id = d.drafted_by`,
    where: allOf([sql`d.district_id = ${actor.districtId}`, query.status !== undefined && sql`d.status = any(${query.status}::text[])`]),
    sort: NEWEST,
    alias: 'd',
  });
  const ids = page.rows.map((row) => row.id);
  const found =
    ids.length === 0
      ? []
      : await tx
          .selectFrom('publicationFinding')
          .select(['draftId', 'startAt as start', 'endAt as end', 'replacement', 'status'])
          .where('districtId', '=', actor.districtId)
          .where('draftId', 'in', ids)
          .where('part', '=', 'title')
          .execute();
  const titleOf = (row: DraftLine) => {
    const places = found.filter((f) => f.draftId === row.id);
    return applyFindings(row.title, places as { start: number; end: number; replacement: string; status: 'open' | 'confirmed' | 'kept' }[]);
  };
  return { ...page, rows: page.rows.map((row) => ({ ...row, title: titleOf(row) })) };
};

const CONTEXT = 16;

/** A draft with each replacement and the words around it. */
export const readDraft = async (ctx: Ctx, id: string) => {
  const { tx, actor } = ctx;
  const draft = (await store.draftById(tx, actor.districtId, id)) ?? ctx.notFound();
  const request = (await store.requestById(tx, actor, draft.requestId)) ?? ctx.notFound();
  const findings = await store.findingsOf(tx, actor.districtId, id);
  const consent = await liveConsent(tx, { districtId: actor.districtId, caseId: request.caseId }, 'publication', ctx.today);
  const drafter = await tx.selectFrom('person').select('name').where('id', '=', draft.draftedBy).executeTakeFirstOrThrow();
  const raw = textsOf(draft);
  const shown = publishedTexts(raw, findings);
  const { title, methods, ...sections } = shown;
  const meter = await measure(ctx, draft.requestId, Object.values(shown));
  const openFindings = findings.filter((f) => f.status === 'open').length;
  ctx.saw('draft', id);
  const release = releaseVerdict({
    status: draft.status,
    drafterId: draft.draftedBy,
    releaserId: actor.personId,
    consentLives: consent !== undefined,
    openFindings,
  });
  return {
    id,
    requestId: draft.requestId,
    archiveNo: request.archiveNo,
    status: draft.status as Status,
    title,
    pseudonym: draft.pseudonym,
    domain: request.domain as CaseDomain,
    helpFields: request.helpFields as HelpField[],
    methods: methodsFrom(methods),
    sections,
    findings: findings
      .sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || a.start - b.start)
      .map((f) => ({
        id: f.id,
        where: f.part,
        kind: f.kind,
        original: f.original,
        replacement: f.replacement,
        source: f.source,
        status: f.status,
        before: raw[f.part].slice(Math.max(0, f.start - CONTEXT), f.start),
        after: raw[f.part].slice(f.end, f.end + CONTEXT),
      })),
    openFindings,
    meter,
    consent: consent === undefined ? null : { id: consent.id, expiresOn: consent.expiresOn },
    draftedById: draft.draftedBy,
    draftedByName: drafter.name,
    updatedAt: draft.updatedAt,
    can: draft.status === 'draft' ? ['edit', 'confirm', 'discard', ...(release.ok && alikeVerdict(meter).ok ? ['release'] : [])] : [],
    version: draft.version,
  };
};

type BankLine = {
  id: string;
  number: string;
  title: string;
  domain: CaseDomain;
  helpFields: HelpField[];
  methods: string[];
  year: number;
  releasedOn: string;
  award: string | null;
  snippet: string;
};

/** Characters of the excerpt around the first hit, and how many of them stand before it. */
const SNIPPET = 60;
const BEFORE_HIT = 20;

const ENTRY_COLUMNS = sql`e.number, e.title, e.domain, e.help_fields, e.methods, e.year, e.released_on, e.award`;

/**
 * Published cases, newest first; every district of the platform reads the same ones. With a text, the pairs of neighbouring
 * characters lead to the candidates through their index, and the text itself is compared only as far as the page reaches.
 */
export const searchCaseBank = async (
  ctx: Ctx,
  query: {
    limit: number;
    after?: string | undefined;
    text?: string | undefined;
    domain?: string[] | undefined;
    helpField?: string[] | undefined;
    method?: string | undefined;
    excellent?: 'yes' | undefined;
    ours?: 'yes' | undefined;
    releasedUntil?: string | undefined;
  },
) => {
  const filters = allOf([
    sql`e.recalled_at is null`,
    query.domain !== undefined && sql`e.domain = any(${query.domain}::text[])`,
    query.helpField !== undefined && sql`e.help_fields && ${query.helpField}::text[]`,
    query.excellent !== undefined && sql`e.award is not null`,
    query.ours !== undefined && sql`e.district_id = ${ctx.actor.districtId}`,
    query.releasedUntil !== undefined && sql`e.released_on <= ${query.releasedUntil}::date`,
    query.method !== undefined && query.method !== '' && sql`e.methods @> ${[query.method]}::text[]`,
  ]);
  if (query.text === undefined) {
    const page = await readPage<BankLine>(ctx.tx, query, {
      columns: sql`e.id, ${ENTRY_COLUMNS}, left(e.sections ->> 'background', ${SNIPPET}::int) as snippet`,
      from: sql`from casebank_entry e`,
      where: filters,
      sort: NEWEST,
      alias: 'e',
    });
    return { ...page, rows: page.rows.map(inOneLine) };
  }
  const text = query.text;
  // `offset 0` and `limit 1` keep the two steps apart: the candidates in their order first, then each text only when its row is reached.
  const page = await readPage<BankLine>(ctx.tx, query, {
    columns: sql`h.id, e.number, e.title, e.domain, e.help_fields, e.methods, e.year, e.released_on, e.award, e.snippet`,
    from: sql`from (select c.id from casebank_with_pairs(zh_bigrams(${text})) as c(id) order by c.id desc offset 0) as h cross join lateral (
      select ${ENTRY_COLUMNS},
        substr(e.search_text, greatest(1, strpos(lower(e.search_text), lower(${text})) - ${BEFORE_HIT}::int), ${SNIPPET}::int) as snippet
      from casebank_entry e where e.id = h.id and ${filters} and lower(e.search_text) like lower(${containing(text)}) limit 1) as e`,
    where: sql<boolean>`true`,
    sort: NEWEST,
    alias: 'h',
    count: false,
  });
  const counted = query.after === undefined && page.next === null ? page.rows.length : null;
  return { ...page, count: counted, rows: page.rows.map(inOneLine) };
};

const inOneLine = (row: BankLine): BankLine => ({ ...row, snippet: row.snippet.replace(/\s+/g, ' ').trim() });

/** One published case; one that was recalled says so, and shows nothing. */
export const readPublishedCase = async (ctx: Ctx<'casebank.recalled'>, id: string) => {
  const { rows } = await sql<Omit<BankLine, 'snippet'> & { sections: Sections; districtId: string; recalledAt: string | null }>`
    select e.id, ${ENTRY_COLUMNS}, e.sections, e.district_id, e.recalled_at from casebank_entry e where e.id = ${id}`.execute(ctx.tx);
  const { districtId, recalledAt, ...entry } = rows[0] ?? ctx.notFound();
  if (recalledAt !== null) return ctx.refuse('casebank.recalled', { on: formatDay(dayOf(instant(recalledAt))) });
  const own = mayEver(recallsPublication, ctx.actor) && districtId === ctx.actor.districtId;
  const recall = own
    ? await ctx.tx
        .selectFrom('casebankRecall')
        .select(['id', 'cause', 'proposedAt'])
        .where('districtId', '=', districtId)
        .where('entryId', '=', id)
        .where('status', '=', 'proposed')
        .executeTakeFirst()
    : undefined;
  return {
    ...entry,
    note: ENTRY_NOTE,
    recall: recall === undefined ? null : { ...recall, cause: recall.cause as RecallCause },
    can: own ? ['recall'] : [],
  };
};

type RecallLine = {
  id: string;
  entryId: string;
  number: string;
  cause: RecallCause;
  status: z.infer<typeof RecallStatus>;
  says: string;
  proposedAt: string;
  decidedByName: string | null;
  decidedAt: string | null;
};

/** Recalls of the centre's district, newest first. */
export const listRecalls = (ctx: Ctx<never>, query: { limit: number; after?: string | undefined; status?: string[] | undefined }) =>
  readPage<RecallLine>(ctx.tx, query, {
    columns: sql`p.id, p.entry_id, e.number, p.cause, p.status, p.says, p.proposed_at, w.name as decided_by_name, p.decided_at`,
    from: sql`from casebank_recall p join casebank_entry e on e.id = p.entry_id left join person w on w.id = p.decided_by`,
    where: allOf([
      sql`p.district_id = ${ctx.actor.districtId}`,
      query.status !== undefined && sql`p.status = any(${query.status}::text[])`,
    ]),
    sort: [
      { column: 'proposedAt', direction: 'desc', type: 'timestamptz' },
      { column: 'id', direction: 'desc', type: 'uuid' },
    ],
    alias: 'p',
  });
