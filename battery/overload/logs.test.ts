/**
 * Names, phones, numbers, passwords, codes and texts are sent to the real server in every way that may leave a trace: as they should be,
 * wrong, malformed, in addresses and headers, and where the database and a job break over them. No byte of them is in anything that the
 * server or its database writes. Then the operator's door: figures without ids, health by part, nothing for strangers.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { EMBEDDED_LOGIN, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { told } from '../../apps/server/src/platform/log.ts';
import { type ClonedDatabase, cloneDatabase } from '../../apps/server/test/database.ts';
import { buildWorld } from '../../apps/server/test/world.ts';
import { BENCH_KEY } from '../../bench/key.ts';
import { type Running, sessionOf, startServer, writeKeyFile } from './server.ts';

/** Invented, and unlike anything that the platform says by itself. */
const CANARIES = {
  name: '欧阳翡翠瓮',
  phone: '13900009173',
  idNumber: '11010119900307721X',
  password: 'Kanari-Passw0rt-Zypresse',
  code: 'ZQX7WK',
  note: '昙花夜半开了三朵半',
  latin: 'kolibri quartz vermilion',
} as const;
const TOKEN = 'operator-token-of-the-test-0001';

const folder = mkdtempSync(join(tmpdir(), 'jieyou-logs-'));
let database: ClonedDatabase;
let server: Running;
let session: { token: string; csrfToken: string };
let origin: string;

beforeAll(async () => {
  database = await cloneDatabase();
  await using owner = ownerDatabase(database.superuserUrl);
  await buildWorld(owner, BENCH_KEY, new Date());
  session = await sessionOf(database.superuserUrl, 'worker', 1);
  writeKeyFile(folder);
  server = await startServer(folder, urlOf(database.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }), {
    JIEYOU_LOG: 'debug',
    JIEYOU_SLOW_MS: '1',
    JIEYOU_METRICS_TOKEN: TOKEN,
  });
  origin = `http://127.0.0.1:${server.port}`;
}, 60_000);
afterAll(async () => {
  if (server?.process.exitCode === null) server.process.kill('SIGKILL');
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Sent = { method?: string; body?: string | Buffer; type?: string; headers?: Record<string, string> };

const send = async (
  path: string,
  { method, body, type = 'application/json', headers = {} }: Sent = {},
): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${origin}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      cookie: `${SESSION_COOKIE}=${session.token}`,
      'x-csrf-token': session.csrfToken,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text() };
};
const json = (body: unknown): Sent => ({ body: JSON.stringify(body) });
const asked = (text: string): string => encodeURIComponent(text);

const operator = (path: string, token: string | null): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.operatorPort}${path}`, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });

test('no personal data is in anything that is written', async () => {
  const { name, phone, idNumber, password, code, note, latin } = CANARIES;
  const seen: number[] = [];
  const tried = async (path: string, sent: Sent = {}): Promise<string> => {
    const { status, text } = await send(path, sent);
    seen.push(status);
    return text;
  };
  const opened = {
    recipient: { name, gender: 'female', birthOn: null, idNumber: null, phone, address: null },
    household: note,
    aliases: [],
    school: null,
    serviceDomain: 'family',
    domain: 'parent-child',
    helpFields: ['law'],
    risk: 'low',
    summary: `${note}${latin}`,
  };
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  // As it should be.
  const { id } = JSON.parse(await tried('/api/cases', json(opened))) as { id: string };
  await tried(`/api/cases/${id}`);
  await tried(`/api/cases/${id}/notes`, json({ happenedOn: day, body: `${name} ${note} ${latin}` }));
  await tried(`/api/casebank?limit=20&text=${asked(note.slice(0, 4))}`);
  expect(seen).toEqual([200, 200, 200, 200]);
  // Wrong, malformed, in the wrong place.
  await tried('/api/session', json({ username: name, password }));
  await tried('/api/session', json({ username: 'worker', password, code }));
  await tried('/api/second-factor/confirmation', json({ code }));
  await tried('/api/cases', json({ ...opened, recipient: { ...opened.recipient, idNumber, birthOn: note } }));
  await tried('/api/cases', json({ ...opened, [latin]: name, domain: note }));
  await tried('/api/cases', { body: `{"summary": ${latin} ${name}` });
  await tried('/api/cases', { body: `${latin}`, type: `text/${latin.split(' ')[0]}` });
  await tried('/api/cases', { ...json(opened), headers: { 'idempotency-key': latin } });
  await tried('/api/cases', { ...json(opened), headers: { 'x-csrf-token': password } });
  await tried(`/api/cases/${asked(note)}`);
  await tried(`/api/${asked(name)}?phone=${phone}&text=${asked(note)}`);
  await tried(`/api/cases?after=${asked(latin)}&limit=${asked(note)}`);
  await tried(`/api/cases/${id}/notes`, json({ happenedOn: day, body: `${latin}\u0000${note}` }));
  await tried(`/api/case/${id}/attachments?name=${asked(`${name}.pdf`)}`, {
    body: Buffer.from(`${note} ${latin}`),
    type: 'application/octet-stream',
  });
  await tried('/api/cases', { method: 'PATCH', ...json({ note }) });
  expect(seen.filter((status) => status === 200)).toHaveLength(4);
  expect(seen.filter((status) => status >= 500)).toEqual([]);

  // Where the database breaks over it: the value stands in the message, the detail and the hint, with and without quotes.
  const owner = new pg.Client({ connectionString: database.superuserUrl });
  await owner.connect();
  const breaks = async (statement: string): Promise<void> => {
    await owner.query(
      `create or replace function break_over() returns trigger language plpgsql as $$ begin ${statement}; return new; end $$`,
    );
    expect((await send(`/api/cases/${id}/notes`, json({ happenedOn: day, body: `${name} ${note} ${latin}` }))).status).toBe(500);
  };
  await owner.query('create function break_over() returns trigger language plpgsql as $$ begin return new; end $$');
  await owner.query('create trigger break_over before insert on case_note for each row execute function break_over()');
  await breaks(`raise exception 'stumbled over % and %', new.body, new.author_id using detail = new.body, hint = new.body`);
  await breaks('perform new.body::uuid');
  await breaks('perform new.body::date');
  await breaks(`execute 'select 1 from ' || quote_ident(new.body)`);
  await breaks(`raise unique_violation using message = new.body, detail = 'Key (' || new.body || ') already exists.', constraint = 'c'`);
  await breaks(`raise warning 'about %', new.body; raise exception 'x'`);
  await owner.query('drop trigger break_over on case_note');
  // And a job.
  await owner.query(
    `create or replace function break_over() returns trigger language plpgsql as $$ begin raise exception '${latin} ${note}'; end $$`,
  );
  await owner.query('create trigger break_over before delete on idempotency_key execute function break_over()');
  await owner.query(`insert into pgboss.job (name, data) values ('platform.housekeeping', '{"note": "${note}"}')`);
  for (const end = Date.now() + 8_000; !server.written().includes('"msg":"job"'); await new Promise((r) => setTimeout(r, 50)))
    if (Date.now() > end) throw new Error('the job did not break');
  const { rows } = await owner.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
  await owner.end();

  const written = server.written();
  const lines = written
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  // What must be there, so that silence is no proof.
  expect(lines.filter((l) => l.msg === 'bug')).toHaveLength(6);
  expect(lines.filter((l) => l.msg === 'answered').length).toBeGreaterThan(20);
  expect(
    lines.some(
      (l) => l.msg === 'slow statement' && String(l.statement).includes('$1') && Number(l.ms) >= 1 && typeof l.requestId === 'string',
    ),
  ).toBe(true);
  const bug = lines.find((l) => l.msg === 'bug');
  expect(bug).toMatchObject({ requestId: expect.any(String), url: '/api/cases/:id/notes', err: { code: 'P0001' } });

  const ofDatabase = readFileSync(join(dirname(rows[0]?.folder ?? ''), `${basename(rows[0]?.folder ?? '')}.log`), 'utf8');
  expect(ofDatabase).toContain('ready to accept connections');
  const found = (text: string): string[] =>
    [...Object.values(CANARIES), ...latin.split(' '), session.token, session.csrfToken, TOKEN, asked(name), asked(note)].filter((canary) =>
      text.includes(canary),
    );
  expect(found(written)).toEqual([]);
  expect(found(ofDatabase)).toEqual([]);
}, 60_000);

test('an error is told without what may be a person’s', () => {
  const { name, phone, note, latin } = CANARIES;
  const broken = (() => {
    try {
      JSON.parse(`{"a": ${latin}}`);
    } catch (error) {
      return error;
    }
    return undefined;
  })();
  const errors = [
    broken,
    new TypeError(`cannot read ${name} of "${latin}"`, { cause: new Error(`tel ${phone} '${note}'`) }),
    latin,
    { note },
  ];
  for (const error of errors) {
    const text = JSON.stringify(told(error));
    for (const canary of [name, phone, note, latin]) expect(text).not.toContain(canary);
  }
  expect(told(new TypeError('the transaction is over'))).toMatchObject({ name: 'TypeError', message: 'the transaction is over' });
});

test('the operator learns figures and how each part does; a stranger learns nothing', async () => {
  for (const token of [null, 'wrong', `${TOKEN}x`]) {
    for (const path of ['/metrics', '/readyz', '/']) expect((await operator(path, token)).status).toBe(401);
  }
  // Not at the door of the public, however one asks.
  for (const path of ['/metrics', '/api/metrics'])
    expect((await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(404);
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ ok: true });

  const text = await (await operator('/metrics', TOKEN)).text();
  for (const line of [
    /^jieyou_requests_total\{endpoint="createCase",outcome="ok"\} 1$/m,
    /^jieyou_requests_total\{endpoint="addNote",outcome="bug"\} 6$/m,
    /^jieyou_request_seconds_bucket\{endpoint="addNote",le="\+Inf"\} \d+$/m,
    /^jieyou_gate_running \d+$/m,
    /^jieyou_gate_turned_away_total\{rank="last"\} \d+$/m,
    /^jieyou_pool_connections\{state="waiting"\} \d+$/m,
    /^jieyou_jobs\{state="waiting"\} \d+$/m,
    /^jieyou_event_loop_late_seconds [\d.]+$/m,
    /^jieyou_memory_bytes\{kind="rss"\} \d+$/m,
    /^jieyou_slow_statements_total [1-9]\d*$/m,
  ])
    expect(text).toMatch(line);
  // Every line is what Prometheus reads, and no label holds an id.
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) jieyou_\w+ .+|jieyou_\w+(\{[a-z]+="[\w+.-]+"(,[a-z]+="[\w+.-]+")*\})? [\d.e+-]+)$/);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);

  const health = await operator('/readyz', TOKEN);
  const said = await health.text();
  expect(health.status).toBe(200);
  expect(JSON.parse(said)).toMatchObject({
    ok: true,
    parts: {
      database: { ok: true, ms: expect.any(Number) },
      queue: { ok: true, waiting: expect.any(Number) },
      files: { ok: true, freeBytes: expect.any(Number) },
      mail: { ok: true, off: true },
    },
  });
  expect(said).not.toContain(EMBEDDED_LOGIN);
  rmSync(join(folder, 'files'), { recursive: true });
  const later = await operator('/readyz', TOKEN);
  expect({ status: later.status, files: ((await later.json()) as { parts: { files: object } }).parts.files }).toEqual({
    status: 503,
    files: { ok: false, ms: expect.any(Number), why: 'ENOENT' },
  });
}, 30_000);
