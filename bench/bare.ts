/**
 * The measure: Fastify and pg with nothing in between. The same rows for the same questions, by named statements on the same number
 * of connections, as the owner: no session, no rights, no row-level security, no transaction, no audit, no history, no input check.
 */
import { randomUUID } from 'node:crypto';
import { weightOf } from '@jieyou/core/search/rules.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import Fastify from 'fastify';
import pg from 'pg';
import { answerParent, tellPort } from './child.ts';

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
const pool = new pg.Pool({ connectionString: process.env.BENCH_OWNER_URL as string, max: 12, pipeline: true } as pg.PoolConfig);
const workerId = process.env.BENCH_WORKER as string;
const districtId = process.env.BENCH_DISTRICT as string;
const app = Fastify();

const COLUMNS = `r.id, r.receipt_no as "receiptNo", r.archive_no as "archiveNo", r.status, r.domain, r.help_fields as "helpFields", r.risk,
  s.name as "stationName", o.name as "organisationName", r.asker_id as "askerId", a.name as "askerName", r.holder_id as "holderId", h.name as "holderName",
  r.clock_kind as "clockKind", r.clock_started_at as "clockStartedAt", r.clock_due_at as "clockDueAt", r.clock_paused_at as "clockPausedAt",
  r.next_on as "nextOn", r.submitted_at as "submittedAt", r.closed_at as "closedAt", r.solved, r.updated_at as "updatedAt", r.version`;
const FROM = `from support_request r join station s on s.id = r.station_id join person a on a.id = r.asker_id
  left join organisation o on o.id = r.organisation_id left join person h on h.id = r.holder_id`;

const PARTS = {
  register: `select ${COLUMNS} ${FROM} where r.district_id = $1 and r.id = $2`,
  content: `select case_number as "caseNumber", recipient_masked as "recipientName", household, story, tried, asks, wishes, checklist
    from support_content where district_id = $1 and id = $2`,
  attachments: 'select id, name, mime, bytes from attachment where district_id = $1 and request_id = $2 and removed_at is null order by id',
  statements: `select t.event_id as "eventId", t.kind, t.says, t.at, p.name as "byName" from support_statement t join person p on p.id = t.by_id
    where t.district_id = $1 and t.request_id = $2 order by t.id`,
  lines: 'select id, kind, task, status, result from support_line where district_id = $1 and request_id = $2 order by id',
  actions:
    'select id, says, status, due_on as "dueOn", result from support_action where district_id = $1 and request_id = $2 order by due_on, id',
  rounds: 'select id, number, deadline from support_round where district_id = $1 and request_id = $2 order by number desc',
  conferences: 'select id, status, place from support_conference where district_id = $1 and request_id = $2 order by id desc',
  closing: 'select solved, evaluation, satisfaction, follow_up_on as "followUpOn" from support_closing where district_id = $1 and id = $2',
  timeline: `select e.id, e.at, e.type, p.name as "byName" from event e left join person p on p.id = e.actor_id
    where e.district_id = $1 and e.request_ref = $2 order by e.id desc limit 200`,
};

const wholeRequest = async (id: string): Promise<object> => {
  const client = await pool.connect();
  try {
    const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
    const found = await Promise.all(names.map((name) => client.query({ name, text: PARTS[name], values: [districtId, id] })));
    const part = (name: keyof typeof PARTS): pg.QueryResultRow[] => found[names.indexOf(name)]?.rows ?? [];
    return {
      ...part('register')[0],
      content: { ...part('content')[0], attachments: part('attachments') },
      statements: part('statements'),
      lines: part('lines'),
      actions: part('actions'),
      rounds: part('rounds'),
      conferences: part('conferences'),
      closing: part('closing')[0] ?? null,
      timeline: part('timeline'),
    };
  } finally {
    client.release();
  }
};

app.get('/request/:id', (request) => wholeRequest((request.params as { id: string }).id));

// The same, and who read it is on disk before the reply leaves, as the profession asks of every reading.
app.get('/kept-request/:id', async (request) => {
  const { id } = request.params as { id: string };
  const found = await wholeRequest(id);
  await pool.query({
    name: 'kept',
    text: `insert into bare.access_record (district_id, id, at, kind, action, actor_id, account_id, record_kind, record_id, outcome, http_request, ip)
      values ($1, $2, now(), 'read', 'readSupportRequest', $3, $3, 'request', $4, 'shown', $5, $6)`,
    values: [districtId, randomUUID(), workerId, id, request.id, request.ip],
  });
  return found;
});

app.get('/own', async () => ({
  rows: (
    await pool.query({
      name: 'own',
      text: `select ${COLUMNS} ${FROM} where r.district_id = $1 and r.asker_id = $2 order by r.id desc limit 50`,
      values: [districtId, workerId],
    })
  ).rows,
}));

app.get('/board', async () => ({
  rows: (
    await pool.query({
      name: 'board',
      text: `select ${COLUMNS} ${FROM} where r.district_id = $1 and r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')
        order by r.clock_due_at, r.id limit 50`,
      values: [districtId],
    })
  ).rows,
}));

app.post('/note/:id', async (request) => {
  const { id: caseId } = request.params as { id: string };
  const note = request.body as { happenedOn: string; body: string };
  const id = randomUUID();
  await pool.query({
    name: 'note',
    text: 'insert into bare.case_note (district_id, id, case_id, author_id, happened_on, written_at, body) values ($1, $2, $3, $4, $5, now(), $6)',
    values: [districtId, id, caseId, workerId, note.happenedOn, note.body],
  });
  return { id, version: 1 };
});

// What a note leaves behind on the platform, stored without asking anybody: note, moved case, event, history, answered key.
const WHOLE = `with note as (
    insert into bare.case_note (district_id, id, case_id, author_id, happened_on, written_at, body) values ($1, $2, $3, $4, $5, now(), $6) returning *),
  moved as (update bare.case_file set updated_at = now() where district_id = $1 and id = $3),
  told as (insert into bare.event (district_id, id, at, type, actor_id, record_kind, record_id, facts)
    select $1, gen_random_uuid(), now(), 'case.note-added', $4, 'case', $3, jsonb_build_object('note', id) from note),
  kept as (insert into bare.row_history (district_id, table_name, row_id, operation, actor_id, after)
    select $1, 'case_note', id, 'INSERT', $4, to_jsonb(note) from note)
  insert into bare.idempotency_key (account_id, key, endpoint, body_hash, status, reply, created_at)
    select $4, $7, 'addNote', '', 200, jsonb_build_object('id', id, 'version', 1), now() from note`;

app.post('/whole-note/:id', async (request) => {
  const { id: caseId } = request.params as { id: string };
  const note = request.body as { happenedOn: string; body: string };
  const id = randomUUID();
  const key = request.headers['idempotency-key'];
  await pool.query({ name: 'whole', text: WHOLE, values: [districtId, id, caseId, workerId, note.happenedOn, note.body, key] });
  return { id, version: 1 };
});

const CASE = `f.id, f.number, f.status, f.stage, f.recipient_id as "recipientId", r.name_masked as "recipientName", r.gender as "recipientGender",
  r.birth_on as "birthOn", f.domain, f.risk, f.worker_id as "workerId", p.name as "workerName", s.name as "stationName", f.opened_on as "openedOn",
  f.updated_at as "updatedAt", f.version, (select count(*)::int from support_request q where q.district_id = f.district_id and q.case_id = f.id
    and q.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')) as "openRequests"`;
const CASE_FROM = `from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
  join person p on p.id = f.worker_id join station s on s.id = f.station_id`;

app.get('/caseload', async () => ({
  rows: (
    await pool.query({
      name: 'caseload',
      text: `select ${CASE} ${CASE_FROM} where f.district_id = $1 and f.worker_id = $2 order by f.id desc limit 50`,
      values: [districtId, workerId],
    })
  ).rows,
}));

const CASE_PARTS = {
  row: `select ${CASE} ${CASE_FROM} where f.district_id = $1 and f.id = $2`,
  recipient: `select r.id, r.name_masked, r.id_number_masked, r.phone_masked, r.address_masked, r.name_ct, r.id_number_ct, r.phone_ct, r.address_ct
    from recipient r join case_file f on f.district_id = r.district_id and f.recipient_id = r.id where f.district_id = $1 and f.id = $2`,
  contact: `select c.how, c.times from recipient_contact c join case_file f on f.district_id = c.district_id and f.recipient_id = c.recipient_id
    where f.district_id = $1 and f.id = $2 and c.ended_at is null order by c.id desc limit 1`,
  content: 'select household, aliases, school, summary from case_content where district_id = $1 and id = $2',
  coWorkers: 'select c.id, p.name from case_circle c join person p on p.id = c.person_id where c.district_id = $1 and c.case_id = $2',
  notes: `select n.id, p.name as "authorName", n.happened_on as "happenedOn", n.written_at as "writtenAt", n.kind, n.minutes, n.took_part as "tookPart", n.body,
      n.place, n.goal, n.state, n.reflection, n.next_plan
    from case_note n join person p on p.id = n.author_id where n.district_id = $1 and n.case_id = $2 order by n.written_at desc, n.id desc limit 21`,
  consents: `select id, receiver, purpose, fields, signed_by as "signedBy", granted_on as "grantedOn", expires_on as "expiresOn", withdrawn_on as "withdrawnOn"
    from consent where district_id = $1 and case_id = $2 order by granted_on desc, id desc limit 200`,
  attachments: 'select id, name, mime, bytes from attachment where district_id = $1 and case_id = $2 and removed_at is null order by id',
  requests: `select id, receipt_no as "receiptNo", status, updated_at as "updatedAt" from support_request
    where district_id = $1 and case_id = $2 order by id desc limit 50`,
};

app.get('/case/:id', async (request) => {
  const { id } = request.params as { id: string };
  const client = await pool.connect();
  try {
    const names = Object.keys(CASE_PARTS) as (keyof typeof CASE_PARTS)[];
    const found = await Promise.all(
      names.map((name) => client.query({ name: `case-${name}`, text: CASE_PARTS[name], values: [districtId, id] })),
    );
    const part = (name: keyof typeof CASE_PARTS): pg.QueryResultRow[] => found[names.indexOf(name)]?.rows ?? [];
    return {
      ...part('row')[0],
      ...part('content')[0],
      recipient: part('recipient')[0],
      contact: part('contact')[0] ?? null,
      coWorkers: part('coWorkers'),
      notes: part('notes').slice(0, 20),
      consents: part('consents'),
      attachments: part('attachments'),
      requests: part('requests'),
    };
  } finally {
    client.release();
  }
});

// What a process record leaves behind on the platform: what a note does, and the act of service that ledgers are made of.
const RECORD = `with note as (
    insert into bare.case_note (district_id, id, case_id, author_id, happened_on, written_at, body, kind, minutes, took_part)
      values ($1, $2, $3, $4, $5, now(), $6, 'talk', 40, '本人') returning *),
  moved as (update bare.case_file set updated_at = now() where district_id = $1 and id = $3 returning *),
  act as (insert into bare.service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, minutes, people, who, worker_id,
      station_id, organisation_id, division_path, case_id, recipient_id, written_at)
    select $1, gen_random_uuid(), 'note', $2, 'talk', m.domain, $5, 40, 1, array[m.recipient_id], $4, m.station_id, m.organisation_id, m.division_path,
      $3, m.recipient_id, now() from moved m),
  told as (insert into bare.event (district_id, id, at, type, actor_id, record_kind, record_id, facts)
    select $1, gen_random_uuid(), now(), 'case.note-added', $4, 'case', $3, jsonb_build_object('note', id) from note),
  kept as (insert into bare.row_history (district_id, table_name, row_id, operation, actor_id, after)
    select $1, 'case_note', id, 'INSERT', $4, to_jsonb(note) from note)
  insert into bare.idempotency_key (account_id, key, endpoint, body_hash, status, reply, created_at)
    select $4, $7, 'addNote', '', 200, jsonb_build_object('id', id, 'version', 1), now() from note`;

app.post('/record/:id', async (request) => {
  const { id: caseId } = request.params as { id: string };
  const note = request.body as { happenedOn: string; body: string };
  const id = randomUUID();
  const key = request.headers['idempotency-key'];
  await pool.query({ name: 'record', text: RECORD, values: [districtId, id, caseId, workerId, note.happenedOn, note.body, key] });
  return { id, version: 1 };
});

// The same window, weighed in the same way, compared along the same cases; the worker's cases as the rows say it, and nobody asked.
const NOTES = `select h.id, h.happened_on as "on", e.name, e."where", e.by, e.first, e.times, substr(e.body, greatest(1, e.first - 26), 100) as snippet
  from (select n.id, n.happened_on from case_note n
    where n.district_id = $1 and strpos(case when n.goal is null then n.body else n.body || n.place || n.goal || n.state || n.reflection || n.next_plan end, $3) > 0
      and n.case_id = any (array(select f.id from case_file f where f.district_id = $1 and f.worker_id = $2))
    order by n.happened_on desc, n.id desc limit 61) as h
  cross join lateral (select f.number as name, r.name_masked as "where", p.name as by, n.body, strpos(n.body, $3) as first,
      (length(n.body) - length(replace(n.body, $3, ''))) / length($3) as times
    from case_note n join case_file f on f.district_id = n.district_id and f.id = n.case_id
      join recipient r on r.district_id = f.district_id and r.id = f.recipient_id join person p on p.id = n.author_id
    where n.district_id = $1 and n.id = h.id limit 1) as e
  order by h.happened_on desc, h.id desc limit 61`;

app.post('/notes', async (request) => {
  const { typed } = request.body as { typed: string };
  const { rows } = await pool.query({ name: 'notes', text: NOTES, values: [districtId, workerId, typed] });
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) as Day;
  const hits = rows
    .slice(0, 60)
    .map((row) => ({ ...row, weight: weightOf(row, today) }))
    .sort((a, b) => b.weight - a.weight || b.on.localeCompare(a.on) || b.id.localeCompare(a.id))
    .slice(0, 20);
  return { words: [typed], sections: [{ kind: 'note', hits }] };
});

const LEDGER = `with reached as materialized (
    select c.kind, c.domain, date_trunc('month', c.happened_on)::date::text as month, c.station_id::text as station,
      c.organisation_id::text as organisation, c.worker_id::text as worker, c.people, coalesce(c.minutes, 0) as minutes, c.who
    from service_contact c where c.district_id = $1 and c.station_id = $2 and c.happened_on between $3::date and ($3::date + interval '1 month - 1 day')::date),
  parts as (
    select v.what, v.key, r.people, r.minutes, r.who from reached r, lateral (values ('all', ''), ('kind', r.kind), ('domain', r.domain),
      ('month', r.month), ('station', r.station), ('organisation', r.organisation), ('worker', r.worker)) as v(what, key) where v.key is not null)
  select u.what, u.key, u.acts, u.times, u.minutes, (u.unknown + coalesce(k.known, 0))::int as persons
  from (select what, key, count(*)::int as acts, sum(people)::int as times, sum(minutes)::int as minutes,
      sum(people - cardinality(who)) as unknown from parts group by 1, 2) u
    left join (select p.what, p.key, count(distinct w) as known from parts p, unnest(p.who) as w group by 1, 2) k on k.what = u.what and k.key = u.key`;

app.get('/ledger', async (request) => {
  const { month } = request.query as { month: string };
  const [sums, stations, organisations] = await Promise.all([
    pool.query({ name: 'ledger', text: LEDGER, values: [districtId, process.env.BENCH_STATION, month] }),
    pool.query({ name: 'stations', text: 'select id, name from station where district_id = $1 order by name', values: [districtId] }),
    pool.query({
      name: 'organisations',
      text: 'select id, name from organisation where district_id = $1 order by name',
      values: [districtId],
    }),
  ]);
  return {
    total: sums.rows.find((row) => row.what === 'all'),
    sums: sums.rows,
    stations: stations.rows,
    organisations: organisations.rows,
  };
});

app.get('/search', async (request) => {
  const { text } = request.query as { text: string };
  const { rows } = await pool.query({
    name: 'search',
    text: `select id, number, title, domain, help_fields as "helpFields", methods, year, released_on as "releasedOn",
      substr(search_text, greatest(1, strpos(search_text, $1) - 20), 60) as snippet
      from casebank_entry where recalled_at is null and search_text like '%' || $1 || '%' order by id desc limit 20`,
    values: [text],
  });
  return { rows };
});

answerParent(() => pool.end());
tellPort(await app.listen({ host: '127.0.0.1', port: 0 }));
