/** A sample of the overload battery: the gate turns away and serves again, what is urgent goes first, and a stop cuts nobody off. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { EMBEDDED_LOGIN, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { Busy } from '../../apps/server/src/platform/http/errors.ts';
import { Gate, rankOf } from '../../apps/server/src/platform/http/gate.ts';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { type ClonedDatabase, cloneDatabase } from '../../apps/server/test/database.ts';
import { buildWorld } from '../../apps/server/test/world.ts';
import { BENCH_KEY } from '../../bench/key.ts';
import { figures, type Running, sessionOf, startServer, writeKeyFile } from './server.ts';

const here = () => false;

describe('the gate', () => {
  const outcome = async (turn: Promise<void> | undefined): Promise<string> => {
    if (turn === undefined) return 'at once';
    return turn.then(
      () => 'later',
      (error: unknown) => (error instanceof Busy && error.seconds >= 1 ? 'turned away' : String(error)),
    );
  };

  test('lets in what it has places for, lets some wait, turns away the rest and serves again', async () => {
    const gate = new Gate({ most: 2, waiting: 2, waitMs: 5_000 });
    expect([gate.enter(1, here), gate.enter(1, here)]).toEqual([undefined, undefined]);
    const waiting = [outcome(gate.enter(1, here)), outcome(gate.enter(1, here))];
    expect(gate.refuses(1)).toBe(true);
    expect(await outcome(gate.enter(1, here))).toBe('turned away');
    gate.leave(1);
    gate.leave(1);
    expect(await Promise.all(waiting)).toEqual(['later', 'later']);
    gate.leave(1);
    gate.leave(1);
    expect([gate.state.running, gate.state.waiting, gate.state.turnedAway[1]]).toEqual([0, 0, 2]);
    expect(await outcome(gate.enter(1, here))).toBe('at once');
    gate.close();
  });

  test('keeps places for what is urgent, and takes it first from the line, in place of a list', async () => {
    const gate = new Gate({ most: 1, waiting: 1, waitMs: 5_000 });
    gate.enter(1, here);
    expect(await outcome(gate.enter(0, here))).toBe('at once');
    const list = outcome(gate.enter(2, here));
    expect(gate.refuses(0)).toBe(false);
    const urgent = outcome(gate.enter(0, here));
    expect(await list).toBe('turned away');
    expect(gate.refuses(2)).toBe(true);
    gate.leave(0);
    expect(await urgent).toBe('later');
    gate.close();
  });

  test('lets nobody wait longer than promised, and calls nobody who has gone', async () => {
    const gate = new Gate({ most: 1, waiting: 5, waitMs: 50 });
    gate.enter(1, here);
    const started = performance.now();
    expect(await outcome(gate.enter(1, here))).toBe('turned away');
    expect(performance.now() - started).toBeLessThan(1_000);
    const gone = outcome(gate.enter(1, () => true));
    gate.leave(1);
    expect(await gone).toBe('turned away');
    expect(gate.state.running).toBe(0);
    gate.close();
  });

  test('ranks sign-in, danger to life and mandatory reports first; lists, exports and files last', () => {
    const named = (rank: number): string[] => allEndpoints.filter((e) => rankOf(e) === rank).map((e) => e.id);
    expect(named(0)).toEqual(
      expect.arrayContaining([
        'signIn',
        'readSession',
        'confirmSecondFactor',
        'createReport',
        'acknowledgeCrisis',
        'submitSupportRequest',
        'createCall',
      ]),
    );
    expect(named(0).length).toBeLessThan(20);
    expect(named(1)).toEqual(expect.arrayContaining(['readSupportRequest', 'addNote', 'followLive']));
    expect(named(2)).toEqual(
      expect.arrayContaining(['search', 'listSupportRequests', 'exportSupportRequests', 'searchCaseBank', 'readAttachment']),
    );
  });
});

describe('the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-gate-'));
  let database: ClonedDatabase;
  let server: Running;
  let origin: string;
  let headers: Record<string, string>;
  let caseId: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    await using owner = ownerDatabase(database.superuserUrl);
    await buildWorld(owner, BENCH_KEY, new Date());
    const session = await sessionOf(database.superuserUrl, 'worker', 1);
    writeKeyFile(folder);
    const url = urlOf(database.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' });
    server = await startServer(folder, url, {
      JIEYOU_AT_ONCE: '3',
      JIEYOU_SEARCHES_AT_ONCE: '2',
      JIEYOU_WAITING: '3',
      JIEYOU_WAIT_MS: '300',
      JIEYOU_POOL: '8',
      JIEYOU_LOCK_SECONDS: '2',
    });
    origin = `http://127.0.0.1:${server.port}`;
    headers = { cookie: `${SESSION_COOKIE}=${session.token}`, 'x-csrf-token': session.csrfToken };
    const recipient = { name: '林桦', gender: 'female', birthOn: null, idNumber: null, phone: null, address: null };
    const body = {
      recipient,
      household: '',
      aliases: [],
      school: null,
      serviceDomain: 'family',
      domain: 'parent-child',
      helpFields: ['law'],
      risk: 'low',
      summary: '独自抚养',
    };
    const made = await fetch(`${origin}/api/cases`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    caseId = ((await made.json()) as { id: string }).id;
  }, 60_000);
  afterAll(async () => {
    if (server?.process.exitCode === null) server.process.kill('SIGKILL');
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (path: string, body?: object): Promise<{ status: number; retryAfter: string | null; ms: number; text: string }> => {
    const started = performance.now();
    const answer = await fetch(`${origin}${path}`, {
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      text: await answer.text(),
      ms: performance.now() - started,
    };
  };
  const write = (): ReturnType<typeof ask> =>
    ask(`/api/cases/${caseId}/notes`, { happenedOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), body: '上门探访' });

  test('answers 503 with Retry-After while its places hang on a lock, serves what is urgent beside them, and everybody afterwards', async () => {
    const locker = new pg.Client({ connectionString: database.superuserUrl });
    await locker.connect();
    await locker.query('begin; lock table case_note in exclusive mode');
    const hanging = [write(), write(), write()];
    for (const end = Date.now() + 5_000; ((await figures(server.operatorPort)).get('jieyou_gate_running') ?? 0) < 3; await sleep(10))
      if (Date.now() > end) throw new Error('the places did not fill');
    const crowd = await Promise.all(Array.from({ length: 12 }, () => ask('/api/cases')));
    for (const one of crowd)
      expect({ status: one.status, retryAfter: one.retryAfter }).toEqual({ status: 503, retryAfter: expect.stringMatching(/^[1-3]$/) });
    expect(JSON.parse(crowd[0]?.text ?? '')).toMatchObject({ error: 'unavailable' });
    expect(Math.max(...crowd.map((c) => c.ms))).toBeLessThan(3_000);
    expect((await ask('/api/session')).status).toBe(200);
    expect((await ask('/healthz')).status).toBe(200);
    await locker.query('rollback');
    await locker.end();
    expect((await Promise.all(hanging)).map((h) => h.status)).toEqual([200, 200, 200]);
    expect((await ask('/api/cases')).status).toBe(200);
    expect((await figures(server.operatorPort)).get('jieyou_gate_turned_away_total{rank="last"}')).toBe(12);
  }, 30_000);

  test('searches stand in a line of their own: while theirs hang, all else is served, and those in line are answered afterwards', async () => {
    const locker = new pg.Client({ connectionString: database.superuserUrl });
    await locker.connect();
    await locker.query('begin; lock table case_note in access exclusive mode');
    const hanging = Array.from({ length: 4 }, () => ask('/api/searches', { typed: '探访', kind: 'note' }));
    const at = async (name: string): Promise<number | undefined> => (await figures(server.operatorPort)).get(name);
    for (const end = Date.now() + 1_500; (await at('jieyou_lane_waiting')) !== 2; await sleep(10))
      if (Date.now() > end) throw new Error('nobody stands in line');
    expect(await at('jieyou_lane_running')).toBe(2);
    expect(await at('jieyou_gate_running')).toBe(2);
    expect((await ask('/api/workbench')).status).toBe(200);
    await locker.query('rollback');
    await locker.end();
    expect((await Promise.all(hanging)).map((h) => h.status)).toEqual([200, 200, 200, 200]);
    expect(await at('jieyou_lane_running')).toBe(0);
  }, 30_000);

  test('a lock that is never given up costs a request its time, and answers 503', async () => {
    const locker = new pg.Client({ connectionString: database.superuserUrl });
    await locker.connect();
    await locker.query('begin; lock table case_note in exclusive mode');
    const { status, retryAfter, ms } = await write();
    await locker.query('rollback');
    await locker.end();
    expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: '1' });
    expect(ms).toBeLessThan(5_000);
    expect((await write()).status).toBe(200);
  }, 30_000);

  test('SIGTERM: who was let in is answered, streams end, readyz says so first, and the process ends with 0', async () => {
    const live = fetch(`${origin}/api/live`, { headers }).then((r) => r.text());
    const seen = { answered: 0, refused: 0, cut: 0, notReady: 0 };
    let over = false;
    const client = async (path: string): Promise<void> => {
      while (!over) {
        try {
          const { status } = await ask(path);
          if (status === 200) seen.answered += 1;
          else if (status === 503 && path === '/readyz') seen.notReady += 1;
          else seen.cut += 1;
        } catch (error) {
          const code = (error as { cause?: { code?: string } }).cause?.code;
          if (code !== 'ECONNREFUSED') seen.cut += 1;
          else seen.refused += 1;
          return;
        }
      }
    };
    const clients = [client('/api/cases'), client('/api/session'), client('/readyz')];
    await sleep(500);
    const { code, ms } = await server.stop();
    await Promise.all(clients);
    over = true;
    expect(await live).toContain('retry: 3000');
    expect({ code, cut: seen.cut, refused: seen.refused }).toEqual({ code: 0, cut: 0, refused: 3 });
    expect(seen.answered).toBeGreaterThan(10);
    expect(seen.notReady).toBeGreaterThan(0);
    expect(ms).toBeLessThan(10_000);
  }, 30_000);
});
