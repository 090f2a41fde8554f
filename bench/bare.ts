/**
 * The measure: Fastify and pg with nothing in between. The same rows for the same questions, by named statements on the same number
 * of connections, as the owner: no session, no rights, no row-level security, no transaction, no audit, no history, no input check.
 */
import { randomUUID } from 'node:crypto';
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
