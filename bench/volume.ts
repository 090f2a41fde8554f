import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import pg from 'pg';
import { indexEntries } from '../apps/server/src/casebank/index.ts';
import { newToken, tokenHash } from '../apps/server/src/identity/sessions.ts';
import type { CryptoProvider } from '../apps/server/src/platform/crypto/crypto.ts';
import { ownerDatabase } from '../apps/server/src/platform/db/database.ts';
import type { DB } from '../apps/server/src/platform/db/types.ts';
import { idAt } from '../apps/server/src/platform/ids.ts';
import { buildWorld } from '../apps/server/test/world.ts';
import { pick, random, textOf } from './words.ts';

const SEED = 20_260_101;
const WORKERS = 200;
const STATIONS = 40;
const ENTRY_CHARACTERS = 600;
/** The account whose own list is measured has this many requests. */
const OWN = 600;

export type Session = { readonly token: string; readonly csrfToken: string };

/** What the measured requests refer to. */
export type Volume = {
  readonly districtId: string;
  /** The station of the worker and the head. */
  readonly stationId: string;
  readonly workerId: string;
  readonly worker: Session;
  readonly centre: Session;
  readonly head: Session;
  /** Whole months in which the worker's station has acts of service. */
  readonly months: readonly string[];
  readonly ownRequests: readonly string[];
  readonly ownCases: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
};

const CASE_DOMAINS =
  "array['parent-child','youth-internet','domestic-violence','family-relations','mental-recovery','disability-inclusion','end-of-life']";

// Ids in the order of their moments, made in SQL: 48 bits of milliseconds, the version, the kind of row, its number.
const ID_FUNCTION = `create or replace function pg_temp.bid(kind int, n bigint, at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(kind), 3, '0')
    || lpad(to_hex(n), 12, '0'))::uuid $$`;

const makeSession = async (owner: Kysely<DB>, username: string, order: number): Promise<Session> => {
  const account = await owner.selectFrom('account').select('id').where('username', '=', username).executeTakeFirstOrThrow();
  const session = { token: newToken(), csrfToken: newToken() };
  const now = Date.now();
  await owner
    .insertInto('session')
    .values({
      id: idAt(now, order),
      tokenHash: tokenHash(session.token),
      csrfToken: session.csrfToken,
      accountId: account.id,
      stage: 'full',
      createdAt: new Date(now).toISOString(),
      lastSeenAt: new Date(now + 86_400_000).toISOString(),
      expiresAt: new Date(now + 86_400_000).toISOString(),
      ip: '127.0.0.1',
      device: 'bench',
    })
    .execute();
  return session;
};

/**
 * Fills the prepared, empty database by the owner, with triggers and foreign keys asleep while the rows run in: `requests` requests
 * over as many cases, five notes a case, and a twentieth as many released cases.
 */
export const loadVolume = async (
  ownerUrl: string,
  crypto: CryptoProvider,
  requests: number,
  say: (line: string) => void,
): Promise<Volume> => {
  await using owner = ownerDatabase(ownerUrl);
  const world = await buildWorld(owner, crypto, new Date());
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const run = async (what: string, text: string, values: unknown[] = []): Promise<void> => {
      const started = performance.now();
      const { rowCount } = await client.query(text, values);
      say(`${what}: ${rowCount ?? 0} rows, ${((performance.now() - started) / 1000).toFixed(1)} s`);
    };
    await client.query(
      `set session_replication_role = replica; set maintenance_work_mem = '256MB'; set synchronous_commit = off; ${ID_FUNCTION}`,
    );
    const d = world.districtId;
    const next = random(SEED);
    // Words are looked up in an index that is built once the rows are there.
    const { rows: wordIndexes } = await client.query<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'public' and indexname like '%\\_words' and indexdef like '%search_words%'`,
    );
    for (const index of wordIndexes) await client.query(`drop index ${index.name}`);
    await client.query('create temp table paragraph (n int primary key, body text)');
    const paragraphs = Array.from({ length: 1_000 }, () => textOf(next, 120 + Math.floor(next() * 200)));
    await client.query('insert into paragraph select ordinality - 1, body from unnest($1::text[]) with ordinality as u(body)', [
      paragraphs,
    ]);

    await run(
      'stations',
      `insert into station (id, district_id, division_id, tier, name, operator_id)
       select pg_temp.bid(1, n, timestamptz '2024-01-01 00:00:00Z'), $1, $2, 'street-station', '第' || n || '社工站', (array[$3, $4])[1 + n % 2]::uuid from generate_series(1, ${STATIONS}) n`,
      [d, world.streetId, world.organisations.o1, world.organisations.o2],
    );
    await run(
      'people',
      `insert into person (id, district_id, name, gender, post, organisation_id, station_id)
       select pg_temp.bid(2, n, timestamptz '2024-01-01 00:00:00Z'), $1, '社工' || n, 'female', '社工', (array[$2, $3])[1 + n % 2]::uuid, pg_temp.bid(1, 1 + n % ${STATIONS}, timestamptz '2024-01-01 00:00:00Z')
       from generate_series(1, ${WORKERS}) n`,
      [d, world.organisations.o1, world.organisations.o2],
    );
    // One row of placement for each case: who, where, when; everything else hangs on it.
    await client.query(
      `create temp table placed as select n, at, own,
         case when own then $2::uuid else pg_temp.bid(2, w, timestamptz '2024-01-01 00:00:00Z') end as worker_id,
         case when own then $3::uuid else pg_temp.bid(1, 1 + w % ${STATIONS}, timestamptz '2024-01-01 00:00:00Z') end as station_id,
         case when own then $4::uuid else (array[$4, $5])[1 + w % 2]::uuid end as organisation_id,
         pg_temp.bid(3, n, at) as recipient_id, pg_temp.bid(4, n, at) as case_id, pg_temp.bid(5, n, at) as request_id,
         case when n > ${requests} * 0.97 then (array['submitted','needs-info','matching','supporting','following'])[1 + (n / 3) % 5] else 'closed' end as status,
         (select path from division where id = $1) as path, (${CASE_DOMAINS})[1 + n % 7] as domain
       from (select n, now() - make_interval(mins => (${requests} - n) * 7) as at, n % ${Math.floor(requests / OWN)} = 0 as own, 1 + (n * 7919) % ${WORKERS} as w
         from generate_series(1, ${requests}) n) as p`,
      [world.streetId, world.persons.worker, world.stations.s1, world.organisations.o1, world.organisations.o2],
    );
    await client.query('analyze placed');
    await run(
      'recipients',
      `insert into recipient (district_id, id, station_id, worker_id, gender, birth_on, name_masked, name_ct, name_index)
       select $1, recipient_id, station_id, worker_id, 'female', date '1950-01-01' + (n % 25000), '王*', 'sealed', md5(n::text) from placed`,
      [d],
    );
    await run(
      'cases',
      `insert into case_file (district_id, id, number, status, recipient_id, worker_id, station_id, organisation_id, division_path, domain, service_domain, help_fields, risk, opened_on, updated_at)
       select $1, case_id, 'GA-' || n, 'open', recipient_id, worker_id, station_id, organisation_id, path, domain, 'family', array['law','family'], 'medium', at::date, at from placed`,
      [d],
    );
    await run(
      'case contents',
      `insert into case_content (district_id, id, household, summary) select $1, case_id, '与家人同住', p.body from placed join paragraph p on p.n = placed.n % 1000`,
      [d],
    );
    await run(
      'notes',
      `insert into case_note (district_id, id, case_id, author_id, happened_on, written_at, body)
       select $1, pg_temp.bid(6, placed.n * 8 + k, at + make_interval(mins => k)), case_id, worker_id, at::date, at + make_interval(mins => k), p.body
       from placed cross join generate_series(1, 5) k join paragraph p on p.n = (placed.n * 5 + k) % 1000`,
      [d],
    );
    await run(
      'acts of service',
      `insert into service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, minutes, people, who, worker_id, station_id,
         organisation_id, division_path, case_id, recipient_id, written_at)
       select $1, pg_temp.bid(10, placed.n * 8 + k, at + make_interval(mins => k)), 'note', pg_temp.bid(6, placed.n * 8 + k, at + make_interval(mins => k)),
         'talk', domain, at::date, 40, 1, array[recipient_id], worker_id, station_id, organisation_id, path, case_id, recipient_id, at
       from placed cross join generate_series(1, 5) k`,
      [d],
    );
    await run(
      'requests',
      `insert into support_request (district_id, id, receipt_no, archive_no, status, domain, help_fields, risk, case_id, station_id, organisation_id, division_path,
         asker_id, holder_id, clock_kind, clock_started_at, clock_due_at, clock_at_risk_at, clock_paused_at, pack_version, submitted_at, accepted_at, closed_at, solved, created_at, updated_at)
       select $1, request_id, 'QZ-' || n, case when status = 'submitted' then null else 'YN-' || n end, status, domain, array['law','family'], 'medium', case_id, station_id, organisation_id, path,
         worker_id, case when status = 'submitted' then null when n % 2 = 0 then $2::uuid else $3::uuid end,
         case when status = 'closed' then null else 'panel' end, case when status = 'closed' then null else at end,
         case when status = 'closed' then null else at + interval '3 days' end, case when status = 'closed' then null else at + interval '2 days' end,
         case when status = 'needs-info' then at + interval '1 hour' end, '2026.1', at, at, case when status = 'closed' then at + interval '30 days' end,
         case when status = 'closed' then true end, at, at + interval '1 minute' from placed`,
      [d, world.persons.centre, world.persons.centre2],
    );
    await run(
      'request contents',
      `insert into support_content (district_id, id, case_number, recipient_masked, recipient_gender, recipient_birth_on, household, story, tried, asks, checklist, identities_ct)
       select $1, request_id, 'GA-' || placed.n, '王*', 'female', date '1950-01-01' + (placed.n % 25000)::int, '与家人同住', p.body, left(q.body, 80), left(p.body, 40),
         '{"imminentRisk":false,"problemsAtOnce":true,"lackOfResources":true,"beyondExperience":false,"earlierAttemptsFailed":true,"severalDepartments":true,"riskRising":false}', 'sealed'
       from placed join paragraph p on p.n = placed.n % 1000 join paragraph q on q.n = (placed.n + 1) % 1000`,
      [d],
    );
    await run(
      'events',
      `insert into event (district_id, id, at, type, actor_id, record_kind, record_id, request_ref)
       select $1, pg_temp.bid(7, n * 4 + k, at + make_interval(secs => k)), at + make_interval(secs => k),
         (array['support.created','support.submitted','support.accepted'])[k], case when k = 3 then $2::uuid else worker_id end, 'request', request_id, request_id
       from placed cross join generate_series(1, 3) k where k < 3 or status <> 'submitted'`,
      [d, world.persons.centre],
    );
    await run(
      'statements',
      `insert into support_statement (district_id, id, request_id, event_id, kind, by_id, at, says, facts)
       select $1, pg_temp.bid(8, n, at + interval '3 seconds'), request_id, pg_temp.bid(7, n * 4 + 3, at + interval '3 seconds'), 'screening', $2, at + interval '3 seconds',
         '符合疑难个案界定', '{"exit":"accept","checklistVersion":"2026.1"}' from placed where status <> 'submitted'`,
      [d, world.persons.centre],
    );
    await run(
      'closings',
      `insert into support_closing (district_id, id, solved, evaluation, satisfaction, follow_up_on, by_id, at)
       select $1, request_id, true, '服务目标达成', 5, (at + interval '60 days')::date, $2, at + interval '30 days' from placed where status = 'closed'`,
      [d, world.persons.centre],
    );
    const entries = Math.floor(requests / 20);
    for (let from = 0; from < entries; from += 500) {
      const texts = Array.from({ length: Math.min(500, entries - from) }, () => {
        const background = textOf(next, ENTRY_CHARACTERS / 2);
        return {
          title: textOf(next, 10).slice(0, 18),
          background,
          course: textOf(next, ENTRY_CHARACTERS / 2),
          method: pick(next, ['个案管理', '危机干预', '叙事疗法', '家庭治疗']),
        };
      });
      await client.query(
        `insert into casebank_entry (id, district_id, number, draft_id, title, domain, help_fields, methods, year, sections, search_text, drafted_by, released_by, released_on)
         select pg_temp.bid(9, $2 + i, now() - make_interval(mins => 100000 - ($2 + i)::int)), $1, 'AL-' || ($2 + i), gen_random_uuid(), t.title, (${CASE_DOMAINS})[1 + i % 7], array['law','family'],
           array[t.method], 2025, json_build_object('background', t.background, 'course', t.course), concat_ws(E'\\n', t.title, t.background, t.course, t.method), $3, $4, current_date
         from unnest($5::text[], $6::text[], $7::text[], $8::text[]) with ordinality as t(title, background, course, method, i)`,
        [
          d,
          from,
          world.persons.centre,
          world.persons.centre2,
          ...(['title', 'background', 'course', 'method'] as const).map((part) => texts.map((t) => t[part])),
        ],
      );
    }
    say(`released cases: ${entries} rows, words kept of ${await indexEntries(owner, entries)}`);
    for (const index of wordIndexes) {
      await run(`index ${index.name}`, index.definition);
      await client.query(`alter index ${index.name} alter column 1 set statistics 0`);
    }
    // The bare handler writes here: the same columns, keys and indexes, no triggers.
    await client.query(`create schema bare; create table bare.case_note (like case_note including all);
      alter table bare.case_note add foreign key (district_id, case_id) references case_file (district_id, id), add foreign key (author_id) references person (id);
      create table bare.case_file (like case_file including all);
      create table bare.access_record (like access_record including all);
      create table bare.service_contact (like service_contact including all);
      create table bare.event (like event including all);
      create table bare.row_history (like row_history including all);
      create table bare.idempotency_key (like idempotency_key including all);
      insert into bare.case_file select f.* from case_file f join placed on placed.case_id = f.id where placed.own`);
    await run('vacuum and statistics', 'vacuum analyze');
    const own = await client.query<{ request_id: string; case_id: string }>(
      'select request_id, case_id from placed where own order by n desc',
    );
    const months = await client.query<{ month: string }>(
      `select to_char(happened_on, 'YYYY-MM') as month from service_contact where station_id = $1 group by 1 order by count(*) desc, 1 limit 6`,
      [world.stations.s1],
    );
    const counts: Record<string, number> = {};
    for (const table of ['support_request', 'case_file', 'case_note', 'service_contact', 'event', 'casebank_entry']) {
      counts[table] = Number((await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n);
    }
    const length = (await sql<{ n: number }>`select avg(length(search_text))::int as n from casebank_entry`.execute(owner)).rows[0]?.n;
    counts['characters of a released case'] = Number(length);
    await client.query('checkpoint');
    return {
      districtId: d,
      stationId: world.stations.s1,
      workerId: world.persons.worker as string,
      worker: await makeSession(owner, 'worker', 1),
      centre: await makeSession(owner, 'centre', 2),
      head: await makeSession(owner, 'head', 3),
      months: months.rows.map((r) => r.month),
      ownRequests: own.rows.map((r) => r.request_id),
      ownCases: own.rows.map((r) => r.case_id),
      counts,
    };
  } finally {
    await client.end();
  }
};
