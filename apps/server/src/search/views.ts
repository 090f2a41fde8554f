import { seesAppeals } from '@jieyou/core/appeals/policy.ts';
import { keepsTickets, takesCalls } from '@jieyou/core/calls/policy.ts';
import { mayEver } from '@jieyou/core/identity/policy.ts';
import { seesReferrals, seesResources } from '@jieyou/core/resources/policy.ts';
import { searchesAlarms, searchesRecords, searchesReports, searchesRequests, searchesResponses } from '@jieyou/core/search/policy.ts';
import { weightOf } from '@jieyou/core/search/rules.ts';
import { type SearchHit, SearchKind, type SearchSection } from '@jieyou/core/search/schema.ts';
import { marksOf, pairsOf, wordsOf } from '@jieyou/core/search/words.ts';
import { type Day, day } from '@jieyou/core/shared/day.ts';
import { seesVolunteers, seesVolunteerTasks } from '@jieyou/core/volunteers/policy.ts';
import { workerReach } from '@jieyou/core/workforce/policy.ts';
import { sql } from 'kysely';
import { searchCaseBank } from '../casebank/index.ts';
import { caseInReach, exactIndexes } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';
import { allOf, containing } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { namedLike } from '../workforce/index.ts';
import { identified, NO_DAY } from './registers.ts';
import { lettersOf, soundsLike } from './sound.ts';
import * as store from './store.ts';

/** How many of each kind stand on the first page, and on a page of one kind. */
const FIRST = 5;
const PAGE = 20;

/** So many newest records are weighed against each other; older ones follow after them. */
const WINDOW = 60;

export type Asked = {
  readonly typed: string;
  readonly kind?: SearchKind | undefined;
  readonly caseId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
};

type Question = Asked & { readonly words: readonly string[]; readonly most: number };
type Ask = Ctx<'search.too-short'>;

// Where a page ended: the place before its window, and the place of its last hit within the window; nothing of what was typed.
type Cursor = {
  readonly window: { readonly onDay: string; readonly id: string } | null;
  readonly last: { readonly weight: number; readonly onDay: string; readonly id: string } | null;
};
const encode = ({ window: w, last: l }: Cursor): string =>
  Buffer.from(JSON.stringify([w?.onDay ?? null, w?.id ?? null, l?.weight ?? null, l?.onDay ?? null, l?.id ?? null])).toString('base64url');
const DAY = /^\d{4}-\d\d-\d\d$/;
const UUID = /^[0-9a-f-]{36}$/;
const decode = (after: string | undefined): Cursor => {
  if (after === undefined) return { window: null, last: null };
  try {
    const [wDay, wId, weight, lDay, lId] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as unknown[];
    const place = (on: unknown, id: unknown) =>
      typeof on === 'string' && DAY.test(on) && typeof id === 'string' && UUID.test(id) ? { onDay: on, id } : null;
    const window = place(wDay, wId);
    const last = place(lDay, lId);
    if ((wDay === null || window !== null) && (lDay === null || (last !== null && typeof weight === 'number')))
      return { window, last: last === null ? null : { ...last, weight: weight as number } };
  } catch {
    // Falls through to the refusal below.
  }
  throw new Invalid([{ path: 'after', message: '翻页位置已失效，请从第一页重新查找' }]);
};

type Weighed = store.Found & { readonly weight: number };
const inOrder = (a: Pick<Weighed, 'weight' | 'onDay' | 'id'>, b: Pick<Weighed, 'weight' | 'onDay' | 'id'>): number =>
  b.weight - a.weight || b.onDay.localeCompare(a.onDay) || b.id.localeCompare(a.id);

/** The page that opens a record; what stands on the page of another is named in the address, so that it is shown and marked. */
const OPENS: Readonly<Record<store.RecordKind, (row: store.Found) => string>> = {
  note: (row) => `/cases/${row.under}?at=${row.id}`,
  visit: (row) => `/visits/${row.under}`,
  action: (row) => `/visits/${row.under}?at=${row.id}`,
  paper: (row) => `/case-papers/${row.under}`,
  form: (row) => `/forms/${row.under}`,
  alarm: (row) => (row.under === row.id ? `/alarms/${row.under}` : `/alarms/${row.under}?at=${row.id}`),
  case: (row) => `/cases/${row.under}`,
  request: (row) => `/requests/${row.under}`,
  response: (row) => `/responses/${row.under}`,
  group: (row) => `/groups/${row.under}`,
  session: (row) => `/groups/${row.under}/sessions/${row.id}`,
  activity: (row) => `/activities/${row.under}`,
  relief: (row) => (row.under === row.id ? `/relief-cases/${row.under}` : `/relief-cases/${row.under}?at=${row.id}`),
  volunteer: (row) => `/volunteers/${row.under}`,
  task: (row) => `/volunteer-tasks/${row.under}`,
  ticket: (row) => `/tickets/${row.under}`,
  appeal: (row) => `/appeals/${row.under}`,
  call: (row) => `/calls/${row.under}`,
  referral: (row) => `/referrals/${row.under}`,
  partner: (row) => `/partners/${row.under}`,
  resource: (row) => `/resources/${row.under}`,
  file: (row) => (row.what === 'case' ? `/cases/${row.under}` : `/requests/${row.under}`),
  report: (row) => `/reports/${row.under}`,
};

const marks = (text: string, words: readonly string[]): SearchHit['marks'] =>
  marksOf(text, words).map(([from, until]) => ({ from, until }));

/**
 * One page of records of a kind: the newest window, weighed, from where the last page ended. Asked for in the turn in which the cases are
 * looked up, and again for the few of whom something was withheld.
 */
const recordsOf = async (
  ctx: Ask,
  kind: store.RecordKind,
  files: Promise<store.Closed> | store.Closed,
  ask: Question,
): Promise<SearchSection> => {
  const { tx, actor, today } = ctx;
  const cursor = decode(ask.after);
  const newest = (closed: store.Closed) =>
    store.newestOf(tx, actor, kind, {
      words: ask.words,
      pairs: [...new Set(ask.words.flatMap(pairsOf))],
      closed,
      caseId: ask.caseId,
      from: ask.from,
      to: ask.to,
      after: cursor.window,
      most: WINDOW + 1,
    });
  const [closed, early] = await Promise.all([files, newest(store.NOTHING_CLOSED)]);
  const found = store.mayBeClosed(kind, closed) ? await newest(closed) : early;
  const window = found.slice(0, WINDOW);
  const edge = found.length > WINDOW ? window.at(-1) : undefined;
  const weighed: Weighed[] = window.map((row) => ({
    ...row,
    weight: weightOf({ first: row.first, times: row.times, on: day(row.onDay) }, today as Day),
  }));
  const { last } = cursor;
  const left = weighed.sort(inOrder).filter((row) => last === null || inOrder(row, last) > 0);
  const shown = left.slice(0, ask.most);
  const end = shown.at(-1);
  const next =
    left.length > shown.length && end !== undefined
      ? encode({ window: cursor.window, last: end })
      : edge === undefined
        ? null
        : encode({ window: edge, last: null });
  const names = await store.namesOf(
    tx,
    actor,
    [...new Set(shown.flatMap((row) => (row.whose === null ? (row.caseId ?? []) : [])))],
    [...new Set(shown.flatMap((row) => row.byId ?? []))],
  );
  const hits = shown.flatMap((row): SearchHit[] => {
    const file = names.cases.get(row.caseId ?? '');
    const name = row.number ?? file?.number;
    if (name === undefined) return [];
    const snippet = row.snippet.replace(/\s/g, ' ');
    return [
      {
        id: row.id,
        name,
        nameMarks: marks(name, ask.words),
        what: row.what,
        where: row.whose ?? file?.recipientName ?? '',
        by: names.persons.get(row.byId ?? '') ?? null,
        on: row.onDay === NO_DAY ? null : row.onDay,
        snippet: snippet === name ? null : snippet,
        marks: snippet === name ? [] : marks(snippet, ask.words),
        opens: OPENS[kind](row),
      },
    ];
  });
  const seen = SAW[kind];
  if (seen !== null) for (const row of shown) ctx.saw(...seen(row), { outcome: 'search' });
  return { kind, hits, next };
};

const itself =
  (recordKind: string) =>
  (row: store.Found): [string, string] => [recordKind, row.id];
const below =
  (recordKind: string) =>
  (row: store.Found): [string, string] => [recordKind, row.under];
/** As what a hit is recorded as seen: what stands on the page of another, as that one. */
const SAW: Readonly<Record<store.RecordKind, null | ((row: store.Found) => [string, string])>> = {
  note: itself('note'),
  visit: itself('visit'),
  action: below('visit'),
  paper: itself('case-paper'),
  form: itself('form-answer'),
  alarm: below('alarm'),
  case: itself('case'),
  request: itself('request'),
  response: itself('response'),
  group: itself('group'),
  session: below('group'),
  activity: itself('activity'),
  relief: below('relief'),
  volunteer: itself('volunteer'),
  task: itself('volunteer-task'),
  ticket: itself('ticket'),
  appeal: itself('appeal'),
  call: itself('call'),
  referral: itself('referral'),
  // Open to every post: nobody's content.
  partner: null,
  resource: null,
  file: itself('attachment'),
  report: itself('report'),
};

/** Cases whose number holds what was typed: they stand before those whose story does. */
const casesByNumber = async (ctx: Ask, ask: Question): Promise<SearchHit[]> => {
  if (!/\d/.test(ask.typed)) return [];
  const { rows } = await sql<{ id: string; number: string; stage: string; openedOn: string; recipientName: string; workerName: string }>`
    select f.id, f.number, f.stage, f.opened_on, r.name_masked as recipient_name, p.name as worker_name
    from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id join person p on p.id = f.worker_id
    where f.district_id = ${ctx.actor.districtId} and ${caseInReach(ctx.actor, 'f')} and f.number ilike ${containing(ask.typed)}
      and ${ask.caseId === undefined ? sql`true` : sql`f.id = ${ask.caseId}`}
    order by f.id desc limit ${sql.lit(ask.most)}`.execute(ctx.tx);
  if (ask.after === undefined) for (const row of rows) ctx.saw('case', row.id, { outcome: 'search' });
  return rows.map((row) => ({
    id: row.id,
    name: row.number,
    nameMarks: marks(row.number, ask.words),
    what: row.stage,
    where: row.recipientName,
    by: row.workerName,
    on: row.openedOn,
    snippet: null,
    marks: [],
    opens: `/cases/${row.id}`,
  }));
};

/** Recipients by their whole name, ID number or phone, through the blind index and in no other way; masked. */
const recipientsOf = async (ctx: Ask, ask: Question): Promise<SearchHit[]> => {
  const { tx, actor } = ctx;
  const index = exactIndexes(ctx.crypto, ask.typed);
  const { rows } = await sql<{ id: string; name: string; numbers: string[] }>`
    select r.id, r.name_masked as name, c.numbers from recipient r cross join lateral (
      select array_agg(f.number order by f.id desc) as numbers from case_file f
      where f.district_id = r.district_id and f.recipient_id = r.id and ${caseInReach(actor, 'f')}) as c
    where r.district_id = ${actor.districtId} and r.merged_into is null and c.numbers is not null
      and (r.name_index = ${index.name} or r.id_number_index = ${index.idNumber} or r.phone_index = ${index.phone})
    order by r.id desc limit ${sql.lit(ask.most)}`.execute(tx);
  for (const row of rows) ctx.saw('recipient', row.id, { outcome: 'list-by-identity' });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    nameMarks: [],
    what: null,
    where: row.numbers.join('、'),
    by: null,
    on: null,
    snippet: null,
    marks: [],
    opens: `/recipients/${row.id}`,
  }));
};

const plain = (id: string, name: string, words: readonly string[], more: Partial<SearchHit>): SearchHit => ({
  id,
  name,
  nameMarks: marks(name, words),
  what: null,
  where: '',
  by: null,
  on: null,
  snippet: null,
  marks: [],
  opens: null,
  ...more,
});

/** People of the district's staff who hold a post, by name, pinyin or initials. Whoever may see a record of service may open it. */
const staffOf = async (ctx: Ask, ask: Question): Promise<SearchHit[]> => {
  const { actor, today } = ctx;
  const { rows } = await sql<{
    id: string;
    name: string;
    post: string;
    organisation: string | null;
    station: string | null;
    workerId: string | null;
  }>`
    select p.id, p.name, p.post, o.name as organisation, s.name as station, v.id as worker_id
    from person p left join organisation o on o.id = p.organisation_id left join station s on s.id = p.station_id
      left join division d on d.id = s.division_id
      left join lateral (select w.id, w.district_id, p.station_id, p.organisation_id, d.path as division_path from worker w
        where w.person_id = p.id) as v on ${reachSql(actor, workerReach, 'v')}
    where ${allOf([
      sql`p.district_id = ${actor.districtId}`,
      sql`exists (select 1 from role_assignment r where r.person_id = p.id and r.valid_from <= ${today}::date
        and (r.valid_to is null or r.valid_to >= ${today}::date))`,
      namedLike('p', ask.typed),
    ])} order by p.name_pinyin, p.id limit ${sql.lit(ask.most)}`.execute(ctx.tx);
  return rows.map((row) =>
    plain(row.id, row.name, ask.words, {
      where: [row.organisation, row.station, row.post].filter((part) => part !== null && part !== '').join(' · '),
      opens: row.workerId === null ? null : `/workers/${row.workerId}`,
    }),
  );
};

type Named = { readonly id: string; readonly name: string; readonly what: string; readonly where: string };

// A district has some hundred stations, organisations and places: what was typed is compared with their names and sounds here.
const named = (rows: readonly Named[], ask: Question): SearchHit[] => {
  const letters = lettersOf(ask.typed);
  return rows
    .flatMap((row) => {
      const stands = ask.words.every((word) => marksOf(row.name, [word]).length > 0)
        ? 0
        : letters === null
          ? null
          : soundsLike(row.name, letters);
      return stands === null ? [] : [{ row, stands }];
    })
    .sort((a, b) => a.stands - b.stands || a.row.name.length - b.row.name.length || a.row.id.localeCompare(b.row.id))
    .slice(0, ask.most)
    .map(({ row }) => plain(row.id, row.name, ask.words, { what: row.what, where: row.where }));
};

const stationsOf = async (ctx: Ask, ask: Question): Promise<SearchHit[]> => {
  const { rows } = await sql<Named>`select s.id, s.name, s.tier as what, concat_ws(' · ', d.name, s.phone) as where
    from station s join division d on d.id = s.division_id where s.district_id = ${ctx.actor.districtId}`.execute(ctx.tx);
  return named(rows, ask);
};

const organisationsOf = async (ctx: Ask, ask: Question): Promise<SearchHit[]> => {
  const { rows } = await sql<Named>`select o.id, o.name, o.type as what, concat_ws(' · ', d.name, o.phone) as where
    from organisation o join division d on d.id = o.division_id where o.district_id = ${ctx.actor.districtId} and o.active`.execute(ctx.tx);
  return named(rows, ask);
};

const placesOf = async (ctx: Ask, ask: Question): Promise<SearchHit[]> => {
  const { rows } = await sql<Named>`select d.id, d.name, d.tier as what, d.full_name as where
    from division own join division d on starts_with(d.path, own.path)
    where own.id = ${ctx.actor.districtId} and (d.valid_to is null or d.valid_to > ${ctx.today}::date)`.execute(ctx.tx);
  return named(rows, ask);
};

/** People of the registers by what identifies them, before those in whose records the words stand. */
const identifiedOf = async (ctx: Ask, kind: 'volunteer' | 'appeal' | 'call', ask: Question): Promise<SearchHit[]> => {
  const { phone } = exactIndexes(ctx.crypto, ask.typed);
  const rows = await identified(ctx.tx, ctx.actor, ctx.crypto, kind, ask.typed, phone, ask.most);
  if (ask.after === undefined) for (const row of rows) ctx.saw(kind, row.id, { outcome: 'list-by-identity' });
  return rows.map((row) =>
    plain(row.id, row.name, [], { what: row.what, where: row.where, on: row.on, opens: OPENS[kind]({ under: row.id } as store.Found) }),
  );
};

/** Partners, policies and resources by name or by its sound, before those whose text holds the words. */
const calledSo = async (ctx: Ask, kind: 'partner' | 'resource', ask: Question): Promise<SearchHit[]> => {
  const { rows } = await (kind === 'partner'
    ? sql<Named>`select p.id, p.name, p.type as what, p.offers as where from partner p where p.district_id = ${ctx.actor.districtId}`
    : sql<Named>`select r.id, r.name, r.kind as what, r.authority as where from resource r where r.district_id = ${ctx.actor.districtId}`
  ).execute(ctx.tx);
  return named(rows, ask).map((hit) => ({ ...hit, opens: `/${kind}s/${hit.id}` }));
};

const entriesOf = async (ctx: Ask, ask: Question): Promise<SearchSection> => {
  const text = [...ask.words].sort((a, b) => b.length - a.length)[0] ?? '';
  const page = await searchCaseBank(ctx as Ctx<never>, { limit: ask.most, after: ask.after, text });
  const hits = page.rows.map((row) =>
    plain(row.id, row.title, ask.words, {
      where: row.number,
      on: row.releasedOn,
      snippet: row.snippet,
      marks: marks(row.snippet, ask.words),
      opens: `/casebank/${row.id}`,
    }),
  );
  return { kind: 'entry', hits, next: page.next };
};

/** What was looked for, in everything that the person may see, kind by kind. */
export const searchAll = async (ctx: Ask, asked: Asked): Promise<{ sections: SearchSection[] }> => {
  const words = wordsOf(asked.typed);
  if (words.length === 0) return ctx.refuse('search.too-short');
  const ask: Question = { ...asked, words, most: asked.limit ?? (asked.kind === undefined ? FIRST : PAGE) };
  const records = mayEver(searchesRecords, ctx.actor);
  const requests = mayEver(searchesRequests, ctx.actor);
  const alarms = mayEver(searchesAlarms, ctx.actor);
  const volunteers = mayEver(seesVolunteers, ctx.actor);
  const resources = mayEver(seesResources, ctx.actor);
  const responses = mayEver(searchesResponses, ctx.actor);
  let files: Promise<store.Closed> | undefined;
  const ofFiles = async (kind: store.RecordKind): Promise<SearchSection> => {
    files ??= store.openFiles(ctx.tx, ctx.actor, ask.caseId);
    return recordsOf(ctx, kind, files, ask);
  };
  // Residents and callers are found by number and phone: without a digit, of either width, there is nothing to compare.
  const digits = ask.words.some((word) => /\d/.test(word));
  const numbered = (kind: 'appeal' | 'call') => () =>
    digits ? after(identifiedOf(ctx, kind, ask), recordsOf(ctx, kind, store.NOTHING_CLOSED, ask)) : whole(kind, Promise.resolve([]));
  const ofOthers = (kind: store.RecordKind) => () => recordsOf(ctx, kind, store.NOTHING_CLOSED, ask);
  const whole = async (kind: SearchKind, hits: Promise<SearchHit[]>): Promise<SearchSection> => ({ kind, hits: await hits, next: null });
  // What a name, a number or a phone leads to stands first, and once: on no later page again.
  const after = async (first: Promise<SearchHit[]>, rest: Promise<SearchSection>): Promise<SearchSection> => {
    const [sure, section] = await Promise.all([first, rest]);
    return {
      ...section,
      hits: [...(ask.after === undefined ? sure : []), ...section.hits.filter((hit) => !sure.some((one) => one.id === hit.id))],
    };
  };
  const finders: Readonly<Record<SearchKind, false | (() => Promise<SearchSection>)>> = {
    recipient: records && (() => whole('recipient', recipientsOf(ctx, ask))),
    case: records && (() => after(casesByNumber(ctx, ask), ofFiles('case'))),
    note: records && (() => ofFiles('note')),
    visit: records && (() => ofFiles('visit')),
    action: records && (() => ofFiles('action')),
    paper: records && (() => ofFiles('paper')),
    form: records && (() => ofFiles('form')),
    alarm: alarms && (() => ofFiles('alarm')),
    request: requests && ofOthers('request'),
    response: responses && ofOthers('response'),
    group: records && ofOthers('group'),
    session: records && ofOthers('session'),
    activity: records && ofOthers('activity'),
    relief: records && ofOthers('relief'),
    // A file of a case stands under it, one of a request is read by whoever reads the request.
    file: requests && (() => ofFiles('file')),
    report: mayEver(searchesReports, ctx.actor) && ofOthers('report'),
    appeal: mayEver(seesAppeals, ctx.actor) && numbered('appeal'),
    call: mayEver(takesCalls, ctx.actor) && numbered('call'),
    referral: mayEver(seesReferrals, ctx.actor) && ofOthers('referral'),
    ticket: mayEver(keepsTickets, ctx.actor) && ofOthers('ticket'),
    task: mayEver(seesVolunteerTasks, ctx.actor) && ofOthers('task'),
    volunteer: volunteers && (() => after(identifiedOf(ctx, 'volunteer', ask), ofOthers('volunteer')())),
    partner: resources && (() => after(calledSo(ctx, 'partner', ask), ofOthers('partner')())),
    resource: resources && (() => after(calledSo(ctx, 'resource', ask), ofOthers('resource')())),
    staff: () => whole('staff', staffOf(ctx, ask)),
    station: () => whole('station', stationsOf(ctx, ask)),
    organisation: () => whole('organisation', organisationsOf(ctx, ask)),
    place: () => whole('place', placesOf(ctx, ask)),
    entry: () => entriesOf(ctx, ask),
  };
  // Within one case, or between two days, only what has a case or a day is meant.
  const narrowed = ask.caseId !== undefined ? IN_CASE : ask.from !== undefined || ask.to !== undefined ? DATED : SearchKind.options;
  const kinds = SearchKind.options.filter((kind) => narrowed.includes(kind) && (ask.kind === undefined || ask.kind === kind));
  // A place that is none is refused whatever is looked for; that of the case bank is its own, where the case bank is asked.
  if (asked.kind !== 'entry' || kinds.length === 0) decode(asked.after);
  const sections = await Promise.all(
    kinds.flatMap((kind) => {
      const find = finders[kind];
      return find === false ? [] : [find()];
    }),
  );
  return { sections: sections.filter((section) => section.hits.length > 0 || section.next !== null) };
};

/** What stands under a case, and what has a day. */
const IN_CASE: readonly SearchKind[] = ['case', 'note', 'visit', 'action', 'paper', 'form', 'alarm', 'request', 'response', 'file'];
const DATED: readonly SearchKind[] = [
  ...IN_CASE,
  'group',
  'session',
  'activity',
  'relief',
  'report',
  'appeal',
  'call',
  'ticket',
  'referral',
  'volunteer',
  'task',
  'resource',
];
