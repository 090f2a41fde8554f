import type { KnownIdentity } from '@jieyou/core/casebank/redaction.ts';
import type { Material, Part } from '@jieyou/core/casebank/rules.ts';
import type { Sections } from '@jieyou/core/casebank/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { contentReach } from '@jieyou/core/support/policy.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

/** A request as a source of publication. */
export type SourceRequest = {
  readonly id: string;
  readonly status: string;
  readonly caseId: string;
  readonly receiptNo: string | null;
  readonly archiveNo: string | null;
  readonly domain: string;
  readonly helpFields: string[];
  readonly askerId: string;
  readonly closedAt: string | null;
};

const centreReach = contentReach.filter((line) => line.role === 'centre');

/** A request whose content the centre reads; undefined for one that is missing or beyond it. */
export const requestById = async (tx: Tx, actor: Actor, id: string): Promise<SourceRequest | undefined> => {
  const { rows } = await sql<SourceRequest>`
    select q.id, q.status, q.case_id, q.receipt_no, q.archive_no, q.domain, q.help_fields, q.asker_id, q.closed_at
    from support_request q
    where q.district_id = ${actor.districtId} and q.id = ${id} and q.status <> 'draft' and ${reachSql(actor, centreReach, 'q')}`.execute(
    tx,
  );
  return rows[0];
};

/** What the work on a request left behind. */
export const materialOf = async (tx: Tx, districtId: string, requestId: string): Promise<Material> => {
  const of = { districtId, requestId };
  const content = await tx
    .selectFrom('supportContent')
    .select(['story', 'tried'])
    .where('districtId', '=', districtId)
    .where('id', '=', requestId)
    .executeTakeFirst();
  const rowsOf = <T>(query: { execute(): Promise<T[]> }) => query.execute();
  const [conferences, actions, lines, closing] = await Promise.all([
    rowsOf(
      tx
        .selectFrom('supportMinutes')
        .select(['minutes', 'consensus'])
        .where((eb) => eb.and(of))
        .orderBy('id'),
    ),
    rowsOf(
      tx
        .selectFrom('supportAction')
        .select(['says', 'result'])
        .where((eb) => eb.and(of))
        .orderBy('id'),
    ),
    rowsOf(
      tx
        .selectFrom('supportLine')
        .select(['task', 'result'])
        .where((eb) => eb.and(of))
        .orderBy('id'),
    ),
    rowsOf(tx.selectFrom('supportClosing').select('evaluation').where('districtId', '=', districtId).where('id', '=', requestId)),
  ]);
  return {
    story: content?.story ?? '',
    tried: content?.tried ?? '',
    conferences,
    actions,
    lines,
    evaluation: closing[0]?.evaluation ?? '',
  };
};

/** The encrypted identities of the request's recipient. */
export const identitiesOf = async (tx: Tx, districtId: string, requestId: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('supportContent')
      .select('identitiesCt')
      .where('districtId', '=', districtId)
      .where('id', '=', requestId)
      .executeTakeFirst()
  )?.identitiesCt;

/**
 * People and places of the work around a request, with the words that stand for them: nobody is to be recognised by the station that
 * asked or by an expert who came. Words with the surname 某 keep titles readable (某老师).
 */
export const surroundings = async (tx: Tx, districtId: string, requestId: string): Promise<KnownIdentity[]> => {
  const { rows } = await sql<KnownIdentity>`
    with q as (select * from support_request where district_id = ${districtId} and id = ${requestId})
    select 'name' as kind, p.name as value, '某社工' as replacement from q join person p on p.id = q.asker_id
    union select 'organisation', s.name, '某站' from q join station s on s.id = q.station_id
    union select 'organisation', o.name, '某机构' from q join organisation o on o.id = q.organisation_id
    union select 'organisation', o.name, '某机构' from q join station s on s.id = q.station_id join organisation o on o.id = s.operator_id
    union select 'name', p.name, '某专家' from q
      join support_invitation i on i.district_id = q.district_id and i.request_id = q.id
      join expert e on e.id = i.expert_id join person p on p.id = e.person_id
    union select 'organisation', e.organisation_name, '某单位' from q
      join support_invitation i on i.district_id = q.district_id and i.request_id = q.id join expert e on e.id = i.expert_id
    union select 'name', p.name, '某同事' from q
      join support_action a on a.district_id = q.district_id and a.request_id = q.id join person p on p.id = a.owner_id
    union select 'name', p.name, '某同事' from q
      join support_line l on l.district_id = q.district_id and l.request_id = q.id join person p on p.id = l.holder_id
    union select 'organisation', l.provider_name, '某机构' from q
      join support_line l on l.district_id = q.district_id and l.request_id = q.id where length(l.provider_name) >= 2
    union select 'other', n.number, '某号' from q
      join support_content c on c.district_id = q.district_id and c.id = q.id,
      lateral (values (c.case_number), (q.receipt_no), (q.archive_no)) as n(number) where n.number is not null`.execute(tx);
  // Of one value the first word stays: the asker who also owns an action is 某社工.
  const order = ['某社工', '某专家', '某同事'];
  return rows
    .sort((a, b) => order.indexOf(a.replacement) - order.indexOf(b.replacement))
    .filter((row, i) => rows.findIndex((other) => other.value === row.value) === i);
};

/** A draft as it is stored: the text before redaction. */
export type DraftRow = {
  readonly id: string;
  readonly requestId: string;
  readonly status: string;
  readonly title: string;
  readonly pseudonym: string;
  readonly methods: string[];
  readonly sections: Sections;
  readonly draftedBy: string;
  readonly updatedAt: string;
  readonly version: number;
};

export const draftById = async (tx: Tx, districtId: string, id: string): Promise<DraftRow | undefined> => {
  const row = await tx
    .selectFrom('publicationDraft')
    .select(['id', 'requestId', 'status', 'title', 'pseudonym', 'methods', 'sections', 'draftedBy', 'updatedAt', 'version'])
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, sections: row.sections as unknown as Sections };
};

/** Stores a new draft; false when the request has one already. */
export const insertDraft = async (
  tx: Tx,
  draft: Omit<DraftRow, 'status' | 'version' | 'updatedAt'> & { readonly districtId: string; readonly at: string },
): Promise<boolean> => {
  const result = await sql`
    insert into publication_draft (district_id, id, request_id, status, title, pseudonym, methods, sections, drafted_by, created_at, updated_at)
    values (${draft.districtId}, ${draft.id}, ${draft.requestId}, 'draft', ${draft.title}, ${draft.pseudonym}, ${draft.methods},
            ${JSON.stringify(draft.sections)}::jsonb, ${draft.draftedBy}, ${draft.at}, ${draft.at})
    on conflict (district_id, request_id) where status <> 'discarded' do nothing`.execute(tx);
  return result.numAffectedRows === 1n;
};

/** Moves a draft on from the version that the editor saw; undefined when somebody was faster. */
export const moveDraft = async (
  tx: Tx,
  districtId: string,
  id: string,
  version: number,
  at: string,
  change: { readonly status?: string; readonly title?: string; readonly methods?: string[]; readonly sections?: Sections },
): Promise<number | undefined> => {
  const { sections, ...columns } = change;
  const row = await tx
    .updateTable('publicationDraft')
    .set({ ...columns, ...(sections === undefined ? {} : { sections: JSON.stringify(sections) }), updatedAt: at, version: version + 1 })
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '=', 'draft')
    .returning('version')
    .executeTakeFirst();
  return row?.version;
};

/** A finding as it is stored. */
export type FindingRow = {
  readonly id: string;
  readonly part: Part;
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
  readonly source: 'known' | 'pattern' | 'person';
  readonly status: 'open' | 'confirmed' | 'kept';
  readonly reason: string | null;
  readonly decidedBy: string | null;
};

/** Findings of drafts, in the order of the text. */
export const findingsOf = async (tx: Tx, districtId: string, draftId: string): Promise<FindingRow[]> => {
  const rows = await tx
    .selectFrom('publicationFinding')
    .select([
      'id',
      'part',
      'startAt as start',
      'endAt as end',
      'kind',
      'original',
      'replacement',
      'source',
      'status',
      'reason',
      'decidedBy',
    ])
    .where('districtId', '=', districtId)
    .where('draftId', '=', draftId)
    .orderBy('part')
    .orderBy('startAt')
    .execute();
  return rows as FindingRow[];
};

export const insertFindings = async (tx: Tx, districtId: string, draftId: string, findings: readonly FindingRow[]): Promise<void> => {
  if (findings.length === 0) return;
  const rows = findings.map(({ start, end, ...row }) => ({ ...row, districtId, draftId, startAt: start, endAt: end }));
  // A statement holds 65,535 values.
  for (let at = 0; at < rows.length; at += 1000)
    await tx
      .insertInto('publicationFinding')
      .values(rows.slice(at, at + 1000))
      .execute();
};

export const deleteFindings = async (tx: Tx, districtId: string, draftId: string, parts?: readonly Part[]): Promise<void> => {
  if (parts !== undefined && parts.length === 0) return;
  await tx
    .deleteFrom('publicationFinding')
    .where('districtId', '=', districtId)
    .where('draftId', '=', draftId)
    .$if(parts !== undefined, (q) => q.where('part', 'in', [...(parts ?? [])]))
    .execute();
};

export const decideFinding = async (
  tx: Tx,
  districtId: string,
  id: string,
  decision: {
    readonly status: 'confirmed' | 'kept';
    readonly replacement: string;
    readonly reason: string | null;
    readonly decidedBy: string;
  },
): Promise<void> => {
  await tx.updateTable('publicationFinding').set(decision).where('districtId', '=', districtId).where('id', '=', id).execute();
};

/** Highest sequence number of a year among published cases, wherever they were numbered. */
export const highestEntry = async (tx: Tx, year: number): Promise<number> => {
  const { rows } = await sql<{ highest: number | null }>`
    select max(split_part(number, '-', 3)::int) as highest from casebank_entry where number like ${`AL-${year}-%`}`.execute(tx);
  return rows[0]?.highest ?? 0;
};

export const insertEntry = async (
  tx: Tx,
  entry: {
    readonly id: string;
    readonly districtId: string;
    readonly number: string;
    readonly draftId: string;
    readonly title: string;
    readonly domain: string;
    readonly helpFields: string[];
    readonly methods: string[];
    readonly year: number;
    readonly sections: Sections;
    readonly searchText: string;
    readonly draftedBy: string;
    readonly releasedBy: string;
    readonly releasedOn: string;
  },
): Promise<void> => {
  await tx
    .insertInto('casebankEntry')
    .values({ ...entry, sections: JSON.stringify(entry.sections) })
    .execute();
};

/** Released cases whose words are not kept yet; locked, so that two who index do not count a word twice. */
export const entriesToIndex = (tx: Tx, limit: number): Promise<{ id: string; searchText: string }[]> =>
  tx
    .selectFrom('casebankEntry')
    .select(['id', 'searchText'])
    .where('indexedAt', 'is', null)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

/** Keeps the words of one case and counts them; `terms` are sorted, so that two releases lock the counts in the same order. */
export const keepTerms = async (tx: Tx, entryId: string, terms: readonly string[]): Promise<void> => {
  await sql`insert into casebank_entry_term (term, entry_id) select term, ${entryId} from unnest(${[...terms]}::text[]) as t(term)`.execute(
    tx,
  );
  await sql`insert into casebank_term (term, entries) select term, 1 from unnest(${[...terms]}::text[]) as t(term)
    on conflict (term) do update set entries = casebank_term.entries + 1`.execute(tx);
  await tx.updateTable('casebankEntry').set({ indexedAt: sql`now()` }).where('id', '=', entryId).execute();
};

/** The uppermost division over a district: published cases are numbered for the whole platform. */
export const rootOf = async (tx: Tx, districtId: string): Promise<string> => {
  const row = await tx.selectFrom('division').select('path').where('id', '=', districtId).executeTakeFirstOrThrow();
  return row.path.split('/')[1] ?? districtId;
};

/** An own entry with the people whom its recall concerns. */
export const entryForRecall = async (tx: Tx, districtId: string, id: string) =>
  (
    await sql<{ number: string; draftedBy: string; releasedBy: string; askerId: string; requestId: string }>`
      select e.number, e.drafted_by, e.released_by, r.asker_id, r.id as request_id
      from casebank_entry e join publication_draft d on d.district_id = e.district_id and d.id = e.draft_id
        join support_request r on r.district_id = d.district_id and r.id = d.request_id
      where e.district_id = ${districtId} and e.id = ${id}`.execute(tx)
  ).rows[0];

/** Takes the entry back; false when it was taken back before. */
export const recallEntry = async (tx: Tx, id: string, at: string): Promise<boolean> =>
  (await sql`update casebank_entry set recalled_at = ${at} where id = ${id} and recalled_at is null`.execute(tx)).numAffectedRows === 1n;

type Decided = { readonly says: string; readonly by: string; readonly at: string };

/** Settles the open proposal, or notes a recall that nobody had proposed. */
export const decideRecall = async (
  tx: Tx,
  recall: Decided & { readonly id: string; readonly districtId: string; readonly entryId: string; readonly cause: string },
): Promise<void> => {
  const { id, districtId, entryId, cause, says, by, at } = recall;
  const open = await sql`update casebank_recall set status = 'recalled', says = ${says}, decided_by = ${by}, decided_at = ${at}
    where district_id = ${districtId} and entry_id = ${entryId} and status = 'proposed'`.execute(tx);
  if (open.numAffectedRows === 1n) return;
  await tx
    .insertInto('casebankRecall')
    .values({ districtId, id, entryId, cause, status: 'recalled', says, proposedAt: at, decidedBy: by, decidedAt: at })
    .execute();
};

export const recallById = async (tx: Tx, districtId: string, id: string) =>
  (
    await sql<{ status: string; cause: string; entryId: string; requestId: string; caseId: string }>`
      select p.status, p.cause, p.entry_id, r.id as request_id, r.case_id
      from casebank_recall p join casebank_entry e on e.id = p.entry_id
        join publication_draft d on d.district_id = e.district_id and d.id = e.draft_id
        join support_request r on r.district_id = d.district_id and r.id = d.request_id
      where p.district_id = ${districtId} and p.id = ${id}`.execute(tx)
  ).rows[0];

export const dismissRecall = async (tx: Tx, districtId: string, id: string, { says, by, at }: Decided): Promise<boolean> =>
  (
    await sql`update casebank_recall set status = 'dismissed', says = ${says}, decided_by = ${by}, decided_at = ${at}
      where district_id = ${districtId} and id = ${id} and status = 'proposed'`.execute(tx)
  ).numAffectedRows === 1n;
