import type { HandedClass } from '@jieyou/core/cases/stageSchema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { contentReach } from '@jieyou/core/support/policy.ts';
import { type RawBuilder, sql } from 'kysely';
import { activityInReach } from '../activities/index.ts';
import { closedBefore, namesOfCases, soughtCase } from '../cases/index.ts';
import { groupInReach } from '../groups/index.ts';
import { atOnce, hot, type Tx } from '../platform/db/database.ts';
import { allOf } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { reliefInReach } from '../relief/index.ts';
import { responseInReach } from '../responses/index.ts';
import { isRegister, type RegisterKind, registerOf } from './registers.ts';

/** Kinds of records whose words stand in an index, or along their cases. */
export type IndexedKind =
  | 'case'
  | 'note'
  | 'visit'
  | 'action'
  | 'paper'
  | 'form'
  | 'alarm'
  | 'request'
  | 'response'
  | 'group'
  | 'session'
  | 'activity'
  | 'relief';
export type RecordKind = IndexedKind | RegisterKind;

/** Cases that were taken over without a class of material, with the moment before which it stays closed. */
export type Closed = Readonly<Record<'papers' | 'records', readonly { readonly id: string; readonly before: string }[]>>;

export const NOTHING_CLOSED: Closed = { papers: [], records: [] };

type FileRow = { id: string; workerId: string; stationId: string; withheld: HandedClass[]; withheldBefore: string | null };

/** Whether something of a kind may stay closed after a handover. */
export const mayBeClosed = (kind: RecordKind, closed: Closed): boolean =>
  !isRegister(kind) && SOURCES[kind].handed !== null && closed.papers.length + closed.records.length > 0;

/**
 * Looks up the cases of a person, as every list resolves them, and notes them for the statements that follow, in the same turn too: they
 * never leave the database. What comes back are those of which something was withheld.
 */
export const openFiles = async (tx: Tx, actor: Actor, only: string | undefined): Promise<Closed> => {
  const [found] = await atOnce(
    tx,
    sql<{ withheld: FileRow[] | null }>`
    select set_config('app.searched', coalesce(string_agg(f.id::text, ','), ''), true) is not null as noted,
      jsonb_agg(jsonb_build_object('id', f.id, 'workerId', f.worker_id, 'stationId', f.station_id, 'withheld', f.withheld,
        'withheldBefore', f.withheld_before)) filter (where f.withheld <> '{}') as withheld
    from case_file f where ${allOf([
      sql`f.district_id = ${actor.districtId}`,
      soughtCase(actor, 'f'),
      only !== undefined && sql`f.id = ${only}`,
    ])}`,
  );
  const withheld = found?.withheld ?? [];
  const closedFor = (of: HandedClass) =>
    withheld.flatMap((row) => {
      const before = closedBefore(actor, row, of);
      return before === null ? [] : [{ id: row.id, before }];
    });
  return { papers: closedFor('papers'), records: closedFor('records') };
};

/** Where a kind of record is read: the text, and what is shown beside it. Each statement runs under the policies of its tables. */
type Source = {
  /** The files under which it stands: cases as they were noted; ids that the policies show, and nothing else is ever asked for. */
  readonly files: (actor: Actor, caseId: string | undefined) => RawBuilder<unknown>;
  readonly from: (actor: Actor, id: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** The class of a handover to which it belongs; the row says moment, author, and whether it stays open all the same. */
  readonly handed: RawBuilder<unknown> | null;
};

const CASES = (): RawBuilder<unknown> => sql`app_ids('searched')`;
const RECORDS = sql`'records'`;

/** The centre reads what lies in its district, and names no file. */
const allOfDistrict = (actor: Actor, caseId: string | undefined): boolean =>
  scopeOf(actor, 'centre', 'district').length > 0 && caseId === undefined;

const SOURCES: Readonly<Record<IndexedKind, Source>> = {
  note: {
    files: CASES,
    from: (actor, id) => sql`select t.case_id, t.case_id as under, t.author_id as by_id, t.kind as what,
        concat_ws(chr(10), t.body, t.place, t.goal, t.state, t.reflection, t.next_plan) as told, t.written_at as written,
        t.author_id as author, false as stays from case_note t where t.district_id = ${actor.districtId} and t.id = ${id}`,
    handed: RECORDS,
  },
  visit: {
    files: CASES,
    from: (actor, id) => sql`select v.case_id, v.id as under, v.worker_id as by_id, v.status as what,
        concat_ws(chr(10), t.why, t.health_says, t.safety_says, t.life_says, t.says, t.alone_reason) as told, v.recorded_at as written,
        v.recorded_by as author, v.recorded_at is null or exists (select 1 from visit_action x
          where x.district_id = v.district_id and x.visit_id = v.id and x.done_at is null) as stays
        from visit v join visit_content t on t.district_id = v.district_id and t.id = v.id
        where v.district_id = ${actor.districtId} and v.id = ${id}`,
    handed: RECORDS,
  },
  action: {
    files: CASES,
    from: (
      actor,
      id,
    ) => sql`select t.case_id, t.visit_id as under, t.owner_id as by_id, case when t.done_at is null then 'open' else 'done' end as what,
        concat_ws(chr(10), t.what, t.by_whom, t.done_says) as told, v.recorded_at as written, v.recorded_by as author,
        v.recorded_at is null or exists (select 1 from visit_action x
          where x.district_id = v.district_id and x.visit_id = v.id and x.done_at is null) as stays
        from visit_action t join visit v on v.district_id = t.district_id and v.id = t.visit_id
        where t.district_id = ${actor.districtId} and t.id = ${id}`,
    handed: RECORDS,
  },
  paper: {
    files: CASES,
    from: (
      actor,
      id,
    ) => sql`select p.case_id, p.id as under, p.author_id as by_id, p.kind as what, t.told || chr(10) || t.answer as told, p.written_at as written,
        p.author_id as author, false as stays from case_paper p join case_paper_content t on t.district_id = p.district_id and t.id = p.id
        where p.district_id = ${actor.districtId} and p.id = ${id}`,
    handed: sql`'papers'`,
  },
  // As the list of forms: what was put away or replaced is no record that stands.
  form: {
    files: (actor, caseId) =>
      caseId === undefined
        ? sql`app_ids('searched') || array(select g.id from service_group g where g.district_id = ${actor.districtId} and ${groupInReach(actor, 'g')})
          || array(select v.id from activity v where v.district_id = ${actor.districtId} and ${activityInReach(actor, 'v')})`
        : sql`app_ids('searched')`,
    from: (actor, id) => sql`select a.case_id, a.id as under, a.author_id as by_id, m.title as what, search_strings(t.answers) as told,
        a.made_at as written, a.author_id as author, a.kept_as, false as stays, coalesce(g.title, v.title) as number,
        case when a.case_id is null then coalesce('第 ' || n.number || ' 节', (
          select o.name from group_people(a.group_id) o where o.member_id = a.member_id), '') end as whose
        from form_answer a join form_answer_content t on t.district_id = a.district_id and t.id = a.id join form_template m on m.id = a.template_id
          left join service_group g on g.district_id = a.district_id and g.id = a.group_id
          left join group_session n on n.district_id = a.district_id and n.id = a.session_id
          left join activity v on v.district_id = a.district_id and v.id = a.activity_id
        where a.district_id = ${actor.districtId} and a.id = ${id} and a.status not in ('discarded', 'replaced')`,
    handed: sql`s.kept_as`,
  },
  // What is over is a record of its case, as the list of these records says it; a supervisor sees the record and not the case.
  alarm: {
    files: (actor, caseId) => sql`app_ids('searched') || array(select a.case_id from alarm a
        where a.district_id = ${actor.districtId} and a.supervisor_id = any(${[...scopeOf(actor, 'supervisor', 'self')]}::uuid[])
          and ${caseId === undefined ? sql`true` : sql`a.case_id = ${caseId}`})`,
    from: (actor, id) => sql`select a.case_id, a.id as under, a.worker_id as by_id, a.kind as what, t.told, a.registered_at as written,
        a.registered_by as author, a.case_number as number,
        a.status <> 'closed' or not exists (select 1 from case_file f where f.district_id = a.district_id and f.id = a.case_id) as stays
        from (select c.id as alarm_id, concat_ws(chr(10), c.trigger, c.scale, c.relation) as told from alarm_content c
            where c.district_id = ${actor.districtId} and c.id = ${id}
          union all select e.alarm_id, search_strings(e.body) from alarm_entry e where e.district_id = ${actor.districtId} and e.id = ${id}) as t
          join alarm a on a.district_id = ${actor.districtId} and a.id = t.alarm_id`,
    handed: RECORDS,
  },
  case: {
    files: CASES,
    from: (
      actor,
      id,
    ) => sql`select f.id as case_id, f.id as under, f.worker_id as by_id, f.stage as what, t.summary || chr(10) || t.household as told
        from case_file f join case_content t on t.district_id = f.district_id and t.id = f.id
        where f.district_id = ${actor.districtId} and f.id = ${id}`,
    handed: null,
  },
  request: {
    files: (actor, caseId) =>
      allOfDistrict(actor, caseId)
        ? sql`'{}'::uuid[]`
        : sql`array(select q.id from support_request q where q.district_id = ${actor.districtId}
            and ${reachSql(actor, contentReach, 'q')} and ${caseId === undefined ? sql`true` : sql`q.case_id = ${caseId}`})`,
    from: (actor, id) => sql`select q.case_id, q.id as under, q.asker_id as by_id, q.status as what,
        t.story || chr(10) || t.tried || chr(10) || t.asks || chr(10) || t.household as told,
        coalesce(q.archive_no, q.receipt_no, '草稿') as number, t.recipient_masked as whose
        from support_request q join support_content t on t.district_id = q.district_id and t.id = q.id
        where q.district_id = ${actor.districtId} and q.id = ${id}`,
    handed: null,
  },
  response: {
    files: (actor, caseId) =>
      allOfDistrict(actor, caseId)
        ? sql`'{}'::uuid[]`
        : sql`array(select s.id from support_response s where ${responseInReach(actor)} and ${
            caseId === undefined
              ? sql`true`
              : sql`exists (select 1 from support_request q where q.district_id = s.district_id and q.id = s.request_id and q.case_id = ${caseId})`
          })`,
    from: (
      actor,
      id,
    ) => sql`select null::uuid as case_id, s.id as under, s.author_id as by_id, s.kind as what, search_strings(t.content) as told,
        s.number, '' as whose
        from support_response s join support_response_content t on t.district_id = s.district_id and t.id = s.id
        where s.district_id = ${actor.districtId} and s.id = ${id}`,
    handed: null,
  },
  group: {
    files: (actor) =>
      sql`array(select g.id from service_group g where g.district_id = ${actor.districtId} and ${groupInReach(actor, 'g')})`,
    from: (actor, id) => sql`select null::uuid as case_id, g.id as under, g.lead_id as by_id, g.status as what, concat_ws(chr(10), g.title,
          t.idea, t.goals, t.audience, t.recruiting, search_strings(t.sessions), search_strings(t.risks), search_strings(t.indicators),
          search_strings(t.closing), t.cancel_says) as told, g.title as number, '' as whose
        from service_group g join service_group_content t on t.district_id = g.district_id and t.id = g.id
        where g.district_id = ${actor.districtId} and g.id = ${id}`,
    handed: null,
  },
  session: {
    files: (actor) =>
      sql`array(select g.id from service_group g where g.district_id = ${actor.districtId} and ${groupInReach(actor, 'g')})`,
    from: (actor, id) => sql`select null::uuid as case_id, g.id as under, coalesce(n.recorded_by, g.lead_id) as by_id, n.status as what,
        concat_ws(chr(10), t.title, t.aim, t.process, t.dynamics_says, t.reached_says, t.next, t.cancel_says) as told,
        g.title as number, '第 ' || n.number || ' 节' as whose
        from group_session n join group_session_content t on t.district_id = n.district_id and t.id = n.id
          join service_group g on g.district_id = n.district_id and g.id = n.group_id
        where n.district_id = ${actor.districtId} and n.id = ${id}`,
    handed: null,
  },
  activity: {
    files: (actor) => sql`array(select v.id from activity v where v.district_id = ${actor.districtId} and ${activityInReach(actor, 'v')})`,
    from: (actor, id) => sql`select null::uuid as case_id, v.id as under, v.lead_id as by_id, v.status as what,
        concat_ws(chr(10), v.title, t.aims, t.summary) as told, v.title as number, v.place as whose
        from activity v join activity_content t on t.district_id = v.district_id and t.id = v.id
        where v.district_id = ${actor.districtId} and v.id = ${id}`,
    handed: null,
  },
  relief: {
    files: (actor) => sql`array(select c.id from relief_case c where c.district_id = ${actor.districtId} and ${reliefInReach(actor, 'c')})`,
    from: (
      actor,
      id,
    ) => sql`select null::uuid as case_id, c.id as under, t.by_id, c.status as what, t.told, r.name_masked as number, '' as whose
        from (select o.id as relief_id, null::uuid as by_id,
              concat_ws(chr(10), o.need_says, o.link_says, o.one_line_says, o.feedback_says, o.close_says) as told
            from relief_content o where o.district_id = ${actor.districtId} and o.id = ${id}
          union all select i.relief_id, i.recorded_by, concat_ws(chr(10), i.what, i.from_whom, i.void_says)
            from relief_item i where i.district_id = ${actor.districtId} and i.id = ${id}) as t
          join relief_case c on c.district_id = ${actor.districtId} and c.id = t.relief_id
          join recipient r on r.district_id = c.district_id and r.id = c.recipient_id`,
    handed: null,
  },
};

/** Kinds whose rows say number and place themselves; the others are named by their case. */
const OWN_NAME: ReadonlySet<IndexedKind> = new Set(['form', 'alarm', 'request', 'response', 'group', 'session', 'activity', 'relief']);

/** A record that holds all the words. */
export type Found = {
  readonly id: string;
  readonly onDay: string;
  readonly caseId: string | null;
  /** The record whose page shows it. */
  readonly under: string;
  readonly byId: string | null;
  readonly what: string;
  readonly first: number;
  readonly times: number;
  readonly snippet: string;
  /** What it is called, and whose it is or where; null where its case says it. */
  readonly number: string | null;
  readonly whose: string | null;
};

/** Characters of an excerpt, and how many stand before the word. */
const SNIPPET = 100;
const BEFORE_WORD = 26;

const onlyHan = (word: string): boolean => !/[a-z0-9]/.test(word);

/**
 * The newest records of a kind that hold all the words, `most` of them after a place. Notes are compared along their cases, of other kinds
 * the pairs lead to candidates within the files; day by day each row is then read under its policies, and compared, as far as needed.
 * `offset 0` keeps what is told from being put together once for each place where it is compared.
 */
export const newestOf = async (
  tx: Tx,
  actor: Actor,
  kind: RecordKind,
  ask: {
    readonly words: readonly string[];
    readonly pairs: readonly string[];
    readonly closed: Closed;
    readonly caseId: string | undefined;
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly after: { readonly onDay: string; readonly id: string } | null;
    readonly most: number;
  },
): Promise<Found[]> => {
  // Letters and digits come in several widths; words without any stand in the text as they are.
  const plain = ask.words.every(onlyHan);
  const hay = plain ? sql`s.told` : sql`search_fold(s.told)`;
  const places = ask.words.map((word) => sql`strpos(${hay}, ${word})`);
  const times = ask.words.map((word) => sql`(length(${hay}) - length(replace(${hay}, ${word}, ''))) / length(${word})`);
  if (isRegister(kind)) {
    const { rows: listed } = await sql<Found>`
      select h.id, h.on_day, h.case_id, h.under, h.by_id, h.what, h.first, h.times, h.number, h.whose,
        substr(h.told, greatest(1, h.first - ${BEFORE_WORD}::int), ${SNIPPET}::int) as snippet
      from (select s.*, least(${sql.join(places)}) as first, ${sql.join(times, sql` + `)} as times from (${registerOf(kind, actor, ask.caseId)}) as s
        where ${allOf([
          ...places.map((place) => sql`${place} > 0`),
          ask.from !== undefined && sql`s.on_day >= ${ask.from}::date`,
          ask.to !== undefined && sql`s.on_day <= ${ask.to}::date`,
          ask.after !== null && sql`(s.on_day, s.id) < (${ask.after.onDay}::date, ${ask.after.id}::uuid)`,
        ])}) as h
      order by h.on_day desc, h.id desc limit ${sql.lit(ask.most)}`.execute(tx);
    return listed;
  }
  const source = SOURCES[kind];
  const closed = [...ask.closed.papers.map((c) => ({ ...c, of: 'papers' })), ...ask.closed.records.map((c) => ({ ...c, of: 'records' }))];
  const open =
    source.handed !== null &&
    closed.length > 0 &&
    sql`(s.stays or s.author = ${actor.personId} or not exists (
      select 1 from unnest(${closed.map((c) => c.id)}::uuid[], ${closed.map((c) => c.before)}::timestamptz[], ${closed.map((c) => c.of)}::text[])
        as c(id, before, class) where c.id = s.case_id and c.class = ${source.handed} and s.written <= c.before))`;
  const named = sql.raw(
    kind === 'alarm'
      ? 's.number, null::text as whose'
      : OWN_NAME.has(kind)
        ? 's.number, s.whose'
        : 'null::text as number, null::text as whose',
  );
  const days = sql`${ask.from ?? null}::date, ${ask.to ?? null}::date`;
  const files = source.files(actor, ask.caseId);
  const candidates =
    kind === 'note'
      ? sql`search_notes(${files}, ${[...ask.words]}::text[], ${plain}, ${days})`
      : sql`search_candidates(${kind}, ${files}, ${[...ask.pairs]}::text[], ${days})`;
  return atOnce(
    tx,
    sql<Found>`
    select h.id, h.on_day, e.case_id, e.under, e.by_id, e.what, e.first, e.times, e.number, e.whose,
      substr(e.told, greatest(1, e.first - ${BEFORE_WORD}::int), ${SNIPPET}::int) as snippet
    from (
      select c.id, c.on_day from ${candidates} as c
      where ${ask.after === null ? sql`true` : sql`(c.on_day, c.id) < (${ask.after.onDay}::date, ${ask.after.id}::uuid)`}
      order by c.on_day desc, c.id desc offset 0
    ) as h cross join lateral (
      select s.case_id, s.under, s.by_id, s.what, ${named}, s.told, least(${sql.join(places)}) as first, ${sql.join(times, sql` + `)} as times
      from (${source.from(actor, sql`h.id`)} offset 0) as s
      where ${allOf([...places.map((place) => sql`${place} > 0`), open])} limit 1
    ) as e
    order by h.on_day desc, h.id desc limit ${sql.lit(ask.most)}`,
  );
};

/** Numbers and masked names of cases, and names of staff, for what is shown: asked for in one turn. */
export const namesOf = async (tx: Tx, actor: Actor, cases: readonly string[], persons: readonly string[]) => {
  const [files, staff] = await Promise.all([
    namesOfCases(tx, actor.districtId, 'id', cases),
    persons.length === 0
      ? []
      : hot<{ id: string; name: string }>(tx)`select p.id, p.name from person p where p.id = any(${[...persons]}::uuid[])`,
  ]);
  return { cases: files, persons: new Map(staff.map((p) => [p.id, p.name])) };
};
