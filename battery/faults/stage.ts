/**
 * A platform that may be struck: a PostgreSQL of its own with fsync on, the server as `npm start` runs it as a process of its own, and
 * two bad networks: one before the database and one before the server. Clients come through the second.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import { assemble } from '../../apps/server/src/assemble.ts';
import { sealDays, verifySeals } from '../../apps/server/src/audit/index.ts';
import { providerFromKeyFile } from '../../apps/server/src/platform/crypto/keyFile.ts';
import { ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { type EmbeddedPostgres, removeCluster, startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { postgresProcessesIn } from '../../apps/server/src/platform/db/orphans.ts';
import type { DB } from '../../apps/server/src/platform/db/types.ts';
import { Settings } from '../../apps/server/src/platform/env.ts';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { idAt } from '../../apps/server/src/platform/ids.ts';
import { TestClock } from '../../apps/server/test/harness.ts';
import { makeSession } from '../../apps/server/test/sessions.ts';
import { buildWorld } from '../../apps/server/test/world.ts';
import { NODE_FLAGS } from '../../scripts/flags.mjs';
import { brokenIn, filesOutOfStep } from './invariants.ts';
import { FaultProxy } from './proxy.ts';
import { type Acknowledged, caseOf, nothingSeen, type Seen, startWriters, type Target } from './writers.ts';

const CASES = 24;
const DATABASE = 'faults';
const repoRoot = join(import.meta.dirname, '../..');
const MAIN = join(repoRoot, 'apps/server/src/main.ts');

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Waits until something is so; fails with what was waited for. */
export const until = async (what: string, met: () => boolean | Promise<boolean>, patienceMs = 60_000): Promise<void> => {
  for (const patience = Date.now() + patienceMs; !(await met()); await sleep(5))
    if (Date.now() > patience) throw new Error(`in vain: ${what}`);
};

/** What one outage did. `backMs` is the time from its end to the first acknowledgement. */
export type Outage = { readonly backMs: number; readonly slowestMs: number };

/** A platform under faults. */
export class Stage {
  readonly scratch = mkdtempSync(join(tmpdir(), 'jieyou-faults-'));
  readonly #pgData: string;
  readonly #pgSettings: Record<string, string>;
  readonly #settings: Readonly<Record<string, string>>;
  readonly seen: Seen = nothingSeen();
  postgres!: EmbeddedPostgres;
  /** Before the database. */
  database!: FaultProxy;
  /** Before the server; clients come through it. */
  front!: FaultProxy;
  server!: ChildProcess;
  target!: Target;
  #serverPort = 0;

  private constructor(given: { pgData?: string; pgSettings?: Record<string, string>; settings?: Readonly<Record<string, string>> }) {
    this.#pgData = given.pgData ?? join(this.scratch, 'pg');
    this.#pgSettings = given.pgSettings ?? {};
    this.#settings = given.settings ?? {};
  }

  static async open(
    given: { pgData?: string; pgSettings?: Record<string, string>; settings?: Readonly<Record<string, string>> } = {},
  ): Promise<Stage> {
    const stage = new Stage(given);
    await stage.startPostgres();
    await prepareDatabase(stage.postgres.superuserUrl('postgres'), DATABASE);
    stage.database = await FaultProxy.to(stage.postgres.port);
    stage.#serverPort = await freePort();
    stage.front = await FaultProxy.to(stage.#serverPort);
    await stage.#people();
    await stage.startServer();
    await stage.#cases();
    return stage;
  }

  get crypto() {
    return providerFromKeyFile(join(this.scratch, 'key.json'), true);
  }

  /** The queue under the owner's hand, past every proxy. */
  async queue(): Promise<PgBoss> {
    const boss = new PgBoss({
      connectionString: urlOf(this.postgres.superuserUrl('postgres'), { database: DATABASE }),
      supervise: false,
      schedule: false,
      max: 1,
    });
    boss.on('error', () => undefined);
    return boss.start();
  }

  /** The owner's access, past every proxy. */
  owner(): Kysely<DB> & AsyncDisposable {
    return ownerDatabase(urlOf(this.postgres.superuserUrl('postgres'), { database: DATABASE }));
  }

  /** Where the platform finds its database: through the proxy. */
  get appUrl(): string {
    return this.#struck(urlOf(this.postgres.superuserUrl('postgres'), { database: DATABASE, user: 'jieyou', password: 'jieyou' }));
  }

  #struck(given: string): string {
    const url = new URL(given);
    url.port = String(this.database.port);
    return url.href;
  }

  // ── The database ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  async startPostgres(): Promise<void> {
    this.postgres = await startEmbeddedPostgres({
      dataDir: this.#pgData,
      settings: this.#pgSettings,
      ...(this.postgres === undefined ? {} : { port: this.postgres.port }),
    });
  }

  get #postmaster(): number {
    return Number(readFileSync(join(this.postgres.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** SIGQUIT is PostgreSQL's immediate stop: no checkpoint, recovery from the log at the next start. SIGKILL is a crash. */
  async killPostgres(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    process.kill(this.#postmaster, signal);
    await this.postgres.exited;
  }

  /** Every process of the server stands still, and those that it makes meanwhile never begin. */
  freezePostgres(): void {
    process.kill(this.#postmaster, 'SIGSTOP');
    for (const pid of postgresProcessesIn(this.postgres.dataDir)) process.kill(pid, 'SIGSTOP');
  }

  thawPostgres(): void {
    for (const pid of postgresProcessesIn(this.postgres.dataDir)) process.kill(pid, 'SIGCONT');
  }

  async #people(): Promise<void> {
    await using owner = this.owner();
    await buildWorld(owner, this.crypto, new Date());
    this.target = { origin: `http://127.0.0.1:${this.front.port}`, headers: await this.signIn(owner, 'worker', 1), caseIds: [] };
  }

  /** Headers of a session of the account. */
  async signIn(owner: Kysely<DB>, username: string, order: number): Promise<Record<string, string>> {
    const session = await makeSession(owner, username, { id: idAt(Date.now(), order) });
    return { cookie: `${SESSION_COOKIE}=${session.token}`, 'x-csrf-token': session.csrfToken };
  }

  async #cases(): Promise<void> {
    const caseIds: string[] = [];
    for (let i = 0; i < CASES; i += 1) {
      const made = await fetch(`${this.target.origin}/api/cases`, {
        method: 'POST',
        headers: { ...this.target.headers, 'content-type': 'application/json' },
        body: JSON.stringify(caseOf('', 'low')),
      });
      if (made.status !== 200) throw new Error(`no case: ${made.status} ${await made.text()}`);
      caseIds.push(((await made.json()) as { id: string }).id);
    }
    this.target = { ...this.target, caseIds };
  }

  // ── The server ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Starts the server; resolves when it is ready unless told not to wait. */
  async startServer(wait = true): Promise<void> {
    const { DATABASE_URL: _url, DATABASE_OWNER_URL: _owner, JIEYOU_KEY_FILE: _key, ...inherited } = process.env;
    this.server = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
      cwd: repoRoot,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...inherited,
        NODE_ENV: 'production',
        PORT: String(this.#serverPort),
        HOST: '127.0.0.1',
        JIEYOU_DATA: this.scratch,
        JIEYOU_KEY_FILE: join(this.scratch, 'key.json'),
        DATABASE_URL: this.appUrl,
        DATABASE_OWNER_URL: this.#struck(urlOf(this.postgres.superuserUrl('postgres'), { database: DATABASE })),
        JIEYOU_LOG: 'warn',
        JIEYOU_RATE_PER_MINUTE: '10000000',
        JIEYOU_WEB_BUILD: '0',
        ...this.#settings,
      },
    });
    const keep = (chunk: Buffer): void => appendFileSync(join(this.scratch, 'server.log'), chunk);
    this.server.stdout?.on('data', keep);
    this.server.stderr?.on('data', keep);
    if (wait) await until('the server to be ready', () => this.isReady());
  }

  /** What the server wrote so far. */
  get said(): string {
    return readFileSync(join(this.scratch, 'server.log'), 'utf8');
  }

  get serverRuns(): boolean {
    return this.server.exitCode === null && this.server.signalCode === null;
  }

  async isReady(): Promise<boolean> {
    if (!this.serverRuns) throw new Error(`the server ended: ${this.said.slice(-2000)}`);
    return (await this.probe('/readyz', 2_000)).status === 200;
  }

  async stopServer(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (!this.serverRuns) return this.server.exitCode;
    const gone = once(this.server, 'exit') as Promise<[number | null]>;
    this.server.kill(signal);
    return (await gone)[0];
  }

  /** Asks as the worker; status 0 when there was no answer. */
  async probe(path: string, patienceMs = 20_000): Promise<{ status: number; retryAfter: string | null; ms: number }> {
    const asked = Date.now();
    return fetch(`${this.target.origin}${path}`, { headers: this.target.headers, signal: AbortSignal.timeout(patienceMs) })
      .then(async (answer) => {
        await answer.text();
        return { status: answer.status, retryAfter: answer.headers.get('retry-after'), ms: Date.now() - asked };
      })
      .catch(() => ({ status: 0, retryAfter: null, ms: Date.now() - asked }));
  }

  // ── Faults and what they left ───────────────────────────────────────────────────────────────────────────────────────────────

  /** Strikes while people write: `strike` makes the fault and resolves when it is over, then work must go on. */
  async strikeUnderWriters(
    strike: () => Promise<void>,
    { writers = 8, before = 40, after = 20, randomMs = 200 }: { writers?: number; before?: number; after?: number; randomMs?: number } = {},
  ): Promise<Outage> {
    const { seen } = this;
    seen.slowestMs = 0;
    const told = (): number => seen.acknowledged.length + seen.wrong.length;
    const begun = told();
    const writing = startWriters(this.target, seen, writers);
    await until('writes before the fault', () => told() >= begun + before);
    await sleep(Math.random() * randomMs);
    await strike();
    const overAt = Date.now();
    const atStrike = told();
    await until('a write after the fault', () => told() > atStrike);
    const backMs = Date.now() - overAt;
    await until('more writes', () => told() >= atStrike + after);
    await writing.stop();
    return { backMs, slowestMs: seen.slowestMs };
  }

  /** What is wrong after all faults so far: lost, doubled, wrongly answered, broken. Empty when all is whole. */
  async wrongs(): Promise<string[]> {
    const { seen } = this;
    const wrongs = [...seen.wrong];
    if (seen.withoutRetryAfter > 0) wrongs.push(`503 without Retry-After: ${seen.withoutRetryAfter}`);
    await using owner = this.owner();
    for (const kind of Object.keys(KINDS) as Acknowledged['kind'][]) wrongs.push(...(await this.#lostOrDoubled(owner, kind)));
    return [...wrongs, ...(await brokenIn(owner)), ...(await filesOutOfStep(owner, this.scratch))];
  }

  async #lostOrDoubled(owner: Kysely<DB>, kind: Acknowledged['kind']): Promise<string[]> {
    const of = KINDS[kind];
    const written = this.seen.acknowledged.filter((a) => a.kind === kind);
    const table = sql.table(of.table);
    const { rows } = await sql<Record<string, number>>`
      with w as materialized (select id, key, mark from unnest(${written.map((a) => a.id)}::uuid[], ${written.map((a) => a.key)}::text[], ${written.map((a) => a.mark)}::text[]) as w(id, key, mark))
      select count(distinct id)::int as written,
        count(*) filter (where (select count(*) from ${table} t where t.id = w.id) = 1)::int as kept,
        count(*) filter (where exists (select 1 from ${table} t where t.id = w.id and ${of.mark}))::int as marked,
        count(*) filter (where (select count(*) from event e where e.type = ${of.event} and ${of.fact} = w.id::text) = 1)::int as events,
        count(*) filter (where (select count(*) from row_history h where h.row_id = w.id and h.table_name = ${of.table} and h.operation = 'INSERT') = 1)::int as histories,
        count(*) filter (where exists (select 1 from idempotency_key k where k.key = w.key and k.status = 200 and k.reply like '%' || w.id || '%'))::int as keys,
        (select count(*) from ${table})::int as total
      from w`.execute(owner);
    const { total = 0, ...found } = rows[0] ?? {};
    const wrongs = Object.entries(found)
      .filter(([, n]) => n !== written.length)
      .map(([what, n]) => `${kind}: ${written.length} were acknowledged, ${what} ${n}`);
    // A row that nobody was told of would be the double of a write that was repeated.
    const more = kind === 'case' ? this.target.caseIds.length : 0;
    if (total !== written.length + more) wrongs.push(`${kind}: ${total} rows for ${written.length + more} acts`);
    return wrongs;
  }

  /** The chain over the trails can be reckoned, and holds what was written before and after every fault. */
  async chainHolds(): Promise<boolean> {
    const env = { ...Settings.parse({ JIEYOU_LOG: 'error' }), dataDir: this.scratch };
    const clock = new TestClock(new Date(Date.now() + 2 * 86_400_000).toISOString());
    const url = urlOf(this.postgres.superuserUrl('postgres'), { database: DATABASE, user: 'jieyou', password: 'jieyou' });
    const platform = await assemble({ url, env, crypto: this.crypto, clock, demo: false, queue: false });
    try {
      return (await sealDays(platform.services)) > 0 && (await verifySeals(platform.services)).ok;
    } finally {
      await platform.stop();
    }
  }

  async close(): Promise<void> {
    await this.front?.close();
    await this.database?.close();
    if (this.server !== undefined) await this.stopServer('SIGKILL');
    await this.postgres?.stop();
    removeCluster(this.#pgData);
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

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
  file: { table: 'attachment', event: 'case.attachment-added', fact: sql`e.facts ->> 'attachment'`, mark: sql`t.name = w.mark || '.pdf'` },
} as const;
