import type { HandedClass } from '@jieyou/core/cases/stageSchema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { circleOf, closedBefore, listedCase } from '../cases/index.ts';
import type { Tx } from '../platform/db/database.ts';
import { allOf } from '../platform/http/paging.ts';

/** Kinds of records whose words stand in an index. */
export type RecordKind = 'note' | 'visit' | 'paper' | 'case' | 'request';

/** The files in which somebody may look: those that row-level security shows, and nothing else is ever asked for. */
export type Files = {
  readonly ids: readonly string[];
  /** Files that were taken over without a class of material, with the moment before which it stays closed. */
  readonly closed: Readonly<Record<'papers' | 'records', readonly { readonly id: string; readonly before: string }[]>>;
};

type FileRow = { id: string; workerId: string; stationId: string; withheld: HandedClass[]; withheldBefore: string | null };

/** The cases of a person, as every list resolves them. */
export const filesOf = async (tx: Tx, actor: Actor, only: string | undefined): Promise<Files> => {
  const circle = await circleOf(tx, actor);
  const { rows } = await sql<FileRow>`select f.id, f.worker_id, f.station_id, f.withheld, f.withheld_before from case_file f
    where ${allOf([
      sql`f.district_id = ${actor.districtId}`,
      listedCase(actor, 'f', circle),
      only !== undefined && sql`f.id = ${only}`,
    ])}`.execute(tx);
  const closedFor = (of: HandedClass) =>
    rows.flatMap((row) => {
      const before = row.withheld.length === 0 ? null : closedBefore(actor, row, of);
      return before === null ? [] : [{ id: row.id, before }];
    });
  return {
    ids: rows.map((row) => row.id),
    closed: { papers: closedFor('papers'), records: closedFor('records') },
  };
};

/** Where a kind of record is read: the text, and what is shown beside it. Each statement runs under the policies of its tables. */
type Source = {
  readonly from: (actor: Actor, id: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** The class of a handover to which it belongs, with the moment and the author that decide. */
  readonly handed: {
    readonly of: 'papers' | 'records';
    readonly written: string;
    readonly author: string;
    readonly unless?: RawBuilder<unknown>;
  } | null;
};

const SOURCES: Readonly<Record<RecordKind, Source>> = {
  note: {
    from: (
      actor,
      id,
    ) => sql`select t.case_id, t.author_id as by_id, t.kind as what, t.body as told, t.written_at as written, t.author_id as author,
        false as stays from case_note t where t.district_id = ${actor.districtId} and t.id = ${id}`,
    handed: { of: 'records', written: 's.written', author: 's.author' },
  },
  visit: {
    from: (actor, id) => sql`select v.case_id, v.worker_id as by_id, v.status as what,
        search_joined(array[t.why, t.health_says, t.safety_says, t.life_says, t.says, t.alone_reason]) as told, v.recorded_at as written,
        v.recorded_by as author, v.recorded_at is null or exists (select 1 from visit_action x
          where x.district_id = v.district_id and x.visit_id = v.id and x.done_at is null) as stays
        from visit v join visit_content t on t.district_id = v.district_id and t.id = v.id
        where v.district_id = ${actor.districtId} and v.id = ${id}`,
    handed: { of: 'records', written: 's.written', author: 's.author' },
  },
  paper: {
    from: (
      actor,
      id,
    ) => sql`select p.case_id, p.author_id as by_id, p.kind as what, t.told || chr(10) || t.answer as told, p.written_at as written,
        p.author_id as author, false as stays from case_paper p join case_paper_content t on t.district_id = p.district_id and t.id = p.id
        where p.district_id = ${actor.districtId} and p.id = ${id}`,
    handed: { of: 'papers', written: 's.written', author: 's.author' },
  },
  case: {
    from: (actor, id) => sql`select f.id as case_id, f.worker_id as by_id, f.stage as what, t.summary || chr(10) || t.household as told
        from case_file f join case_content t on t.district_id = f.district_id and t.id = f.id
        where f.district_id = ${actor.districtId} and f.id = ${id}`,
    handed: null,
  },
  request: {
    from: (actor, id) => sql`select q.case_id, q.asker_id as by_id, q.status as what,
        t.story || chr(10) || t.tried || chr(10) || t.asks || chr(10) || t.household as told
        from support_request q join support_content t on t.district_id = q.district_id and t.id = q.id
        where q.district_id = ${actor.districtId} and q.id = ${id}`,
    handed: null,
  },
};

/** A record that holds all the words. */
export type Found = {
  readonly id: string;
  readonly onDay: string;
  readonly caseId: string | null;
  readonly byId: string;
  readonly what: string;
  readonly first: number;
  readonly times: number;
  readonly snippet: string;
};

/** Characters of an excerpt, and how many stand before the word. */
const SNIPPET = 100;
const BEFORE_WORD = 26;

const onlyHan = (word: string): boolean => !/[a-z0-9]/.test(word);

/**
 * The newest records of a kind that hold all the words, `most` of them after a place. The pairs lead to candidates within the files, day by
 * day; then each row is read under its policies, and its text compared, only as far as needed.
 */
export const newestOf = async (
  tx: Tx,
  actor: Actor,
  kind: RecordKind,
  ask: {
    readonly words: readonly string[];
    readonly pairs: readonly string[];
    readonly files: Files;
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly after: { readonly onDay: string; readonly id: string } | null;
    readonly most: number;
  },
): Promise<Found[]> => {
  const source = SOURCES[kind];
  // Letters and digits come in several widths; words without any stand in the text as they are.
  const hay = ask.words.every(onlyHan) ? sql`s.told` : sql`search_fold(s.told)`;
  const places = ask.words.map((word) => sql`strpos(${hay}, ${word})`);
  const times = ask.words.map((word) => sql`(length(${hay}) - length(replace(${hay}, ${word}, ''))) / length(${word})`);
  const closed = source.handed === null ? [] : ask.files.closed[source.handed.of];
  const open =
    source.handed !== null &&
    closed.length > 0 &&
    sql`(s.stays or ${sql.ref(source.handed.author)} = ${actor.personId} or not exists (
      select 1 from unnest(${closed.map((c) => c.id)}::uuid[], ${closed.map((c) => c.before)}::timestamptz[]) as c(id, before)
      where c.id = s.case_id and ${sql.ref(source.handed.written)} <= c.before))`;
  const { rows } = await sql<Found>`
    select h.id, h.on_day, e.case_id, e.by_id, e.what, e.first, e.times,
      substr(e.told, greatest(1, e.first - ${BEFORE_WORD}::int), ${SNIPPET}::int) as snippet
    from (
      select c.id, c.on_day from search_candidates(${kind}, ${[...ask.files.ids]}::uuid[], ${[...ask.pairs]}::text[], ${ask.from ?? null}::date, ${ask.to ?? null}::date) as c
      where ${ask.after === null ? sql`true` : sql`(c.on_day, c.id) < (${ask.after.onDay}::date, ${ask.after.id}::uuid)`}
      order by c.on_day desc, c.id desc offset 0
    ) as h cross join lateral (
      select s.case_id, s.by_id, s.what, s.told, least(${sql.join(places)}) as first, ${sql.join(times, sql` + `)} as times
      from (${source.from(actor, sql`h.id`)}) as s
      where ${allOf([...places.map((place) => sql`${place} > 0`), open])} limit 1
    ) as e
    order by h.on_day desc, h.id desc limit ${sql.lit(ask.most)}`.execute(tx);
  return rows;
};

/** Numbers and masked names of cases, and names of staff, for what is shown. */
export const namesOf = async (tx: Tx, actor: Actor, cases: readonly string[], persons: readonly string[]) => {
  const [files, staff] = await Promise.all([
    cases.length === 0
      ? []
      : sql<{ id: string; number: string; recipientName: string }>`select f.id, f.number, r.name_masked as recipient_name
          from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
          where f.district_id = ${actor.districtId} and f.id = any(${[...cases]}::uuid[])`
          .execute(tx)
          .then((found) => found.rows),
    persons.length === 0
      ? []
      : sql<{ id: string; name: string }>`select p.id, p.name from person p where p.id = any(${[...persons]}::uuid[])`
          .execute(tx)
          .then((found) => found.rows),
  ]);
  return { cases: new Map(files.map((f) => [f.id, f])), persons: new Map(staff.map((p) => [p.id, p.name])) };
};
