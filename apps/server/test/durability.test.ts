/**
 * The server or the database is killed without warning while people write. Whatever was acknowledged is there exactly once, with its
 * event and its history; whatever was not is repeated with its key and is not doubled. PostgreSQL runs with fsync on, as in production.
 * `DURABILITY_ROUNDS=20` kills each of the two ten times.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble } from '../src/assemble.ts';
import { sealDays, verifySeals } from '../src/audit/index.ts';
import { newToken, tokenHash } from '../src/identity/sessions.ts';
import { Sm4Provider } from '../src/platform/crypto/crypto.ts';
import { ownerDatabase } from '../src/platform/db/database.ts';
import { type EmbeddedPostgres, removeCluster, startEmbeddedPostgres } from '../src/platform/db/embedded.ts';
import { prepareDatabase, urlOf } from '../src/platform/db/migrate.ts';
import { Settings } from '../src/platform/env.ts';
import { SESSION_COOKIE } from '../src/platform/http/serve.ts';
import { idAt } from '../src/platform/ids.ts';
import { type Seen, startWriters, type Target } from './durability/writers.ts';
import { TestClock } from './harness.ts';
import { buildWorld } from './world.ts';

const ROUNDS = Number(process.env.DURABILITY_ROUNDS ?? 4);
const WRITES_BEFORE_KILL = 200;
const WRITES_AFTER_KILL = 40;
const CONNECTIONS = 8;
const CASES = 24;
/** A kill comes at a random moment of so many milliseconds after the 200th acknowledgement. */
const RANDOM_MS = 400;

const scratch = mkdtempSync(join(tmpdir(), 'jieyou-durability-'));
const pgData = join(scratch, 'pg');
const crypto = new Sm4Provider(new Map([['test', Buffer.alloc(32, 7)]]), 'test');
let postgres: EmbeddedPostgres;
let appUrl: string;
let port: number;
let server: ChildProcess;
let target: Target;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const startServer = async (): Promise<void> => {
  server = fork(join(import.meta.dirname, 'durability/server.ts'), {
    env: { ...process.env, DURABILITY_URL: appUrl, DURABILITY_PORT: String(port), DURABILITY_DATA: scratch },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await once(server, 'message');
};

const killServer = async (): Promise<void> => {
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
};

const killPostgres = async (): Promise<void> => {
  process.kill(Number(readFileSync(join(postgres.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await postgres.exited;
};

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ dataDir: pgData });
  appUrl = await prepareDatabase(postgres.superuserUrl('postgres'), 'durability');
  port = await freePort();
  await using owner = ownerDatabase(urlOf(postgres.superuserUrl('postgres'), { database: 'durability' }));
  await buildWorld(owner, crypto, new Date());
  const account = await owner.selectFrom('account').select('id').where('username', '=', 'worker').executeTakeFirstOrThrow();
  const session = { token: newToken(), csrfToken: newToken() };
  const later = new Date(Date.now() + 86_400_000).toISOString();
  await owner
    .insertInto('session')
    .values({
      id: idAt(Date.now(), 1),
      tokenHash: tokenHash(session.token),
      csrfToken: session.csrfToken,
      accountId: account.id,
      stage: 'full',
      createdAt: new Date().toISOString(),
      lastSeenAt: later,
      expiresAt: later,
      ip: '127.0.0.1',
      device: 'test',
    })
    .execute();
  await startServer();
  const headers = { cookie: `${SESSION_COOKIE}=${session.token}`, 'x-csrf-token': session.csrfToken };
  const caseIds: string[] = [];
  for (let i = 0; i < CASES; i += 1) {
    const recipient = { name: `林桦${i}`, gender: 'female', birthOn: null, idNumber: null, phone: null, address: null };
    const body = {
      recipient,
      household: '',
      aliases: [],
      school: null,
      domain: 'parent-child',
      helpFields: ['law'],
      risk: 'low',
      summary: '独自抚养孩子',
    };
    const made = await fetch(`http://127.0.0.1:${port}/api/cases`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect({ status: made.status, text: made.status === 200 ? '' : await made.text() }).toEqual({ status: 200, text: '' });
    caseIds.push(((await made.json()) as { id: string }).id);
  }
  target = { origin: `http://127.0.0.1:${port}`, headers, caseIds };
}, 120_000);

afterAll(async () => {
  if (server?.exitCode === null && server.signalCode === null) await killServer();
  await postgres?.stop();
  removeCluster(pgData);
  rmSync(scratch, { recursive: true, force: true });
}, 60_000);

const until = async (what: string, met: () => boolean): Promise<void> => {
  for (const patience = Date.now() + 60_000; !met(); await sleep(5)) if (Date.now() > patience) throw new Error(`in vain: ${what}`);
};

const probe = async (path: string): Promise<{ status: number; retryAfter: string | null }> => {
  const answer = await fetch(`${target.origin}${path}`, { headers: target.headers, signal: AbortSignal.timeout(20_000) });
  await answer.text();
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
};

test(
  'nothing acknowledged is lost and nothing is doubled when server or database is killed',
  async () => {
    const seen: Seen = { acknowledged: [], repeated: 0, unavailable: 0, withoutRetryAfter: 0, wrong: [], lastAt: 0 };
    const recoveries: Record<'server' | 'database', number[]> = { server: [], database: [] };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = seen.acknowledged.length;
      const writers = startWriters(target, seen, CONNECTIONS);
      const acknowledged = (more: number) => () => seen.acknowledged.length + seen.wrong.length >= before + more;
      await until('200 writes', acknowledged(WRITES_BEFORE_KILL));
      await sleep(Math.random() * RANDOM_MS);
      const kills = round % 2 === 1 ? 'server' : 'database';
      if (kills === 'server') {
        await killServer();
        await startServer();
      } else {
        await killPostgres();
        // While the database is away: an answer that says so and when to come again, for readers and for health checks.
        for (const path of ['/api/cases', '/api/support-requests', '/readyz']) {
          expect({ path, ...(await probe(path)) }).toEqual({ path, status: 503, retryAfter: '1' });
        }
        expect((await probe('/healthz')).status).toBe(200);
        postgres = await startEmbeddedPostgres({ dataDir: pgData, port: postgres.port });
      }
      const backAt = Date.now();
      const atKill = seen.acknowledged.length;
      await until('writes after the kill', () => seen.acknowledged.length + seen.wrong.length > atKill);
      recoveries[kills].push(Math.max(0, Date.now() - backAt));
      await until('more writes', () => seen.acknowledged.length + seen.wrong.length >= atKill + WRITES_AFTER_KILL);
      await writers.stop();
    }
    expect(seen.wrong).toEqual([]);
    expect(seen.withoutRetryAfter).toBe(0);

    await using owner = ownerDatabase(urlOf(postgres.superuserUrl('postgres'), { database: 'durability' }));
    const KINDS = {
      note: { table: 'case_note', event: 'case.note-added', fact: sql`e.facts ->> 'note'`, mark: sql`t.body like '%' || w.mark` },
      case: {
        table: 'case_file',
        event: 'case.opened',
        fact: sql`e.record_id::text`,
        mark: sql`exists (select 1 from case_content c where c.id = t.id and c.household = w.mark)`,
      },
      request: {
        table: 'support_request',
        event: 'support.created',
        fact: sql`e.record_id::text`,
        mark: sql`exists (select 1 from support_content c where c.id = t.id and c.story = w.mark)`,
      },
    } as const;
    const found: Record<string, object> = {};
    for (const [kind, of] of Object.entries(KINDS)) {
      const written = seen.acknowledged.filter((a) => a.kind === kind);
      const table = sql.table(of.table);
      const { rows } = await sql<{ written: number; kept: number; marked: number; events: number; histories: number; keys: number }>`
        with w as materialized (select id, key, mark from unnest(${written.map((a) => a.id)}::uuid[], ${written.map((a) => a.key)}::text[], ${written.map((a) => a.mark)}::text[]) as w(id, key, mark))
        select count(*)::int as written,
          count(*) filter (where (select count(*) from ${table} t where t.id = w.id) = 1)::int as kept,
          count(*) filter (where exists (select 1 from ${table} t where t.id = w.id and ${of.mark}))::int as marked,
          count(*) filter (where (select count(*) from event e where e.type = ${of.event} and ${of.fact} = w.id::text) = 1)::int as events,
          count(*) filter (where (select count(*) from row_history h where h.row_id = w.id and h.table_name = ${of.table} and h.operation = 'INSERT') = 1)::int as histories,
          count(*) filter (where exists (select 1 from idempotency_key k where k.key = w.key and k.status = 200 and k.reply like '%' || w.id || '%'))::int as keys
        from w`.execute(owner);
      const all = written.length;
      expect({ kind, ...rows[0] }).toEqual({ kind, written: all, kept: all, marked: all, events: all, histories: all, keys: all });
      // Rows that nobody was told of would be doubles of a write that was repeated.
      const total = (await sql<{ n: number }>`select count(*)::int as n from ${table}`.execute(owner)).rows[0]?.n;
      expect({ kind, total }).toEqual({ kind, total: all + (kind === 'case' ? CASES : 0) });
      expect(new Set(written.map((a) => a.id)).size).toBe(all);
      found[kind] = { acknowledged: all, repeated: written.filter((a) => a.tries > 1).length };
    }

    // The chain over the trails can be reckoned, and holds what was written before and after every kill.
    const env = { ...Settings.parse({ JIEYOU_LOG: 'error' }), dataDir: scratch };
    const clock = new TestClock(new Date(Date.now() + 2 * 86_400_000).toISOString());
    const platform = await assemble({ url: appUrl, env, crypto, clock, demo: false, queue: false });
    try {
      expect(await sealDays(platform.services)).toBeGreaterThan(0);
      expect((await verifySeals(platform.services)).ok).toBe(true);
    } finally {
      await platform.stop();
    }
    if (process.env.DURABILITY_ROUNDS !== undefined) {
      console.log(
        JSON.stringify(
          {
            rounds: ROUNDS,
            acknowledged: seen.acknowledged.length,
            found,
            resent: seen.repeated,
            unavailable: seen.unavailable,
            recoveries,
          },
          null,
          2,
        ),
      );
    }
  },
  60_000 + ROUNDS * 90_000,
);
