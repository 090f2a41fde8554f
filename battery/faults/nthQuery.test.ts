/**
 * The n-th statement of a write fails, for every n until none is left: the server says no, the connection is cut before it is sent, or
 * after it was done and before anybody heard of it. Each time all of the act is there or nothing, jobs and files included; the answer is
 * 503 with the time to wait; and the same key does it once.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { Role } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMBEDDED_LOGIN, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { setUnnamedAside } from '../../apps/server/src/platform/files/files.ts';
import { Queue } from '../../apps/server/src/platform/queue/queue.ts';
import { type Row, rows } from '../../apps/server/test/access.data.ts';
import { AccessWorld, callerOf, endpointOf, questions, type Target } from '../../apps/server/test/access.world.ts';
import { startTestApp, type TestApp } from '../../apps/server/test/harness.ts';
import { differing, filesOutOfStep, fingerprintOf, lastCommit } from './invariants.ts';
import { isBattery, tell } from './rounds.ts';

const MAIL = { JIEYOU_SMTP_HOST: '127.0.0.1', JIEYOU_SMTP_FROM: 'zhongxin@jieyou.example', JIEYOU_PUBLIC_URL: 'https://jieyou.example' };

/** No write has so many statements. */
const MOST_STATEMENTS = 400;

/** A full disk, as PostgreSQL says it. */
const FULL = `do $$ begin raise exception using errcode = '53100', message = 'could not extend file: No space left on device'; end $$`;

type Strike = 'refused' | 'cut before' | 'cut after';
const STRIKES: readonly Strike[] = ['refused', 'cut before', 'cut after'];

/** The answer at rest and the commit travel in one packet; last statements of an act may travel with them. */
const COMMITTING = /^(commit|update idempotency_key|delete from idempotency_key)/;

type Query = (...args: unknown[]) => unknown;
type Wire = { connection: { stream: { destroy(): void } } };

/** Counts the statements that the door sends, and strikes the one that was chosen. */
class Striker {
  #at = 0;
  #sent = 0;
  #strike: Strike = 'refused';
  readonly #known = new WeakSet<object>();
  /** What was struck: its first words. */
  struck: string | undefined;
  /** Whether the commit was on its way before the answer to what was struck. */
  committing = false;

  constructor(pool: pg.Pool) {
    pool.on('acquire', (client) => {
      if (this.#known.has(client)) return;
      this.#known.add(client);
      const query = client.query.bind(client) as unknown as Query;
      Object.assign(client, { query: (...args: unknown[]) => this.#pass(client as unknown as Wire, query, args) });
    });
  }

  arm(strike: Strike, at: number): void {
    this.#strike = strike;
    this.#at = at;
    this.#sent = 0;
    this.struck = undefined;
    this.committing = false;
  }

  disarm(): void {
    this.#at = 0;
  }

  #pass(client: Wire, query: Query, args: unknown[]): unknown {
    const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text;
    // What tidies up after a failure is no part of the act.
    if (this.#at === 0 || text === 'rollback') return query(...args);
    this.#sent += 1;
    if (this.struck !== undefined && text === 'commit') this.committing = true;
    if (this.#sent !== this.#at) return query(...args);
    this.struck = text.trim().slice(0, 60);
    const back = args.find((a) => typeof a === 'function') as ((error: Error | null, result?: unknown) => void) | undefined;
    // A server that lives does not refuse to begin: there the connection is lost.
    const strike = this.#strike === 'refused' && text.startsWith('begin') ? 'cut before' : this.#strike;
    if (strike === 'refused') return back === undefined ? query(FULL) : query(FULL, back);
    const gone = Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
    if (strike === 'cut before') {
      client.connection.stream.destroy();
      return back === undefined ? Promise.reject(gone) : back(gone);
    }
    const lose = (): void => {
      client.connection.stream.destroy();
    };
    if (back !== undefined) {
      const rest = args.filter((a) => typeof a !== 'function');
      return query(...rest, () => {
        lose();
        back(gone);
      });
    }
    return (query(...args) as Promise<unknown>).then(
      () => {
        lose();
        throw gone;
      },
      (error: unknown) => {
        throw error;
      },
    );
  }
}

let t: TestApp;
let w: AccessWorld;
let queue: Queue;
let striker: Striker;
beforeAll(async () => {
  t = await startTestApp({ settings: MAIL });
  // A queue that takes jobs and runs none, so that jobs are seen where they wait.
  queue = new Queue(urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }), () => undefined);
  await queue.start([]);
  Object.assign(t.services, { queue });
  w = new AccessWorld(t);
  striker = new Striker(t.services.db.pool);
}, 120_000);
afterAll(async () => {
  await queue?.stop();
  await t?.stop();
});

const nameOf = (row: Row): string => (row.about === null ? row.endpoint : `${row.endpoint} ${row.about}`);
/** Somebody who may. */
const whoOf = (row: Row): Role | undefined =>
  Role.options.find((role) => {
    const cell = row.roles[role];
    return (typeof cell === 'object' ? cell[0] : cell) === 200;
  });

const writing = rows.filter((row) => endpointOf(row.endpoint).method !== 'GET' && whoOf(row) !== undefined);

/** Those of the sample: a file, a job, a number from a series, several tables, a move between states. */
const SAMPLE = ['addAttachment 个案的附件', 'submitSupportRequest', 'startArchive'];
const chosen = isBattery ? writing : writing.filter((row) => SAMPLE.includes(nameOf(row)));

const tally = { acts: 0, statements: 0 };
let keys = 0;

/** Waits until the server has done with connections that were cut: what was sent in one packet may still commit. */
const settled = async (): Promise<void> => {
  const busy = sql`select 1 from pg_stat_activity
    where datname = current_database() and usename = ${EMBEDDED_LOGIN} and state <> 'idle' and pid <> pg_backend_pid()`;
  while ((await busy.execute(t.owner)).rows.length > 0) await sleep(2);
};

/** Strikes one statement after the other until the act gets through. What is wrong, in words. */
const strikeAll = async (row: Row, strike: Strike): Promise<string[]> => {
  const wrongs: string[] = [];
  const role = whoOf(row) as Role;
  const who = callerOf(role, 'own');
  const target: Target = await (questions[nameOf(row)] ?? questions[row.endpoint] ?? (async () => ({ ask: {} })))(w, 'own', role);
  const endpoint = endpointOf(row.endpoint);
  const keyed = endpoint.repeatable !== true && endpoint.streams === undefined && row.nobody === 401;
  const withKey = (): Target => {
    keys += 1;
    return keyed ? { ...target, ask: { ...target.ask, key: `strike-${String(keys).padStart(6, '0')}` } } : target;
  };
  // What is remembered of the session is remembered before.
  await w.ask(who, 'readSession', target.session === undefined ? { ask: {} } : { ask: {}, session: target.session });
  const before = await fingerprintOf(t.owner);
  let quietSince = await lastCommit(t.owner);
  const changedSince = async (): Promise<string[]> => {
    const last = await lastCommit(t.owner);
    if (last === quietSince) return [];
    const changed = differing(before, await fingerprintOf(t.owner));
    if (changed.length === 0) quietSince = last;
    return changed;
  };
  for (let n = 1; n <= MOST_STATEMENTS; n += 1) {
    const say = (what: string): void => {
      wrongs.push(`${nameOf(row)}, ${strike} at ${n} (${striker.struck}): ${what}`);
    };
    const asked = withKey();
    striker.arm(strike, n);
    const reply = await w.ask(who, row.endpoint, asked);
    striker.disarm();
    await settled();
    // Where the commit was on its way, nobody knows what became of it: the file stays until the next start, which sets it aside.
    if (strike !== 'refused' && striker.struck !== undefined && (striker.committing || COMMITTING.test(striker.struck)))
      await setUnnamedAside(t.owner, join(t.services.env.dataDir, 'files'));
    const outOfStep = await filesOutOfStep(t.owner, t.services.env.dataDir);
    if (striker.struck === undefined) {
      // Nothing was left to strike: the act went through.
      if (reply.status !== 200) say(`answered ${reply.status} though nothing was struck: ${reply.bytes.toString('utf8').slice(0, 200)}`);
      if (outOfStep.length > 0) say(outOfStep.join('; '));
      tally.acts += 1;
      tally.statements += n - 1;
      return wrongs;
    }
    const changed = await changedSince();
    if (reply.status === 200) {
      // Something that the act does not need, such as news to open pages.
      if (/pg_notify/.test(striker.struck)) return wrongs;
      say('answered 200');
      return wrongs;
    }
    if (reply.status !== 503) say(`answered ${reply.status}: ${reply.bytes.toString('utf8').slice(0, 200)}`);
    if (changed.length === 0) {
      if (outOfStep.length > 0) say(outOfStep.join('; '));
      continue;
    }
    // All of it is there, and nobody was told: the same key tells, and does nothing again.
    const committed = strike === 'cut after' && (striker.committing || COMMITTING.test(striker.struck));
    const afterwards = /^insert into access_record|pg_notify|^update session/.test(striker.struck);
    if (!committed && !afterwards) {
      say(`part of it is there: ${changed.join(', ')}`);
      return wrongs;
    }
    if (!keyed) return wrongs;
    const was = await fingerprintOf(t.owner);
    const again = await w.ask(who, row.endpoint, asked);
    // Signed out is signed out: the key's owner is a stranger now.
    if (again.status !== 200 && row.endpoint !== 'signOut')
      say(`the same key answered ${again.status}: ${again.bytes.toString('utf8').slice(0, 200)}`);
    const twice = differing(was, await fingerprintOf(t.owner));
    if (twice.length > 0) say(`the same key did it again: ${twice.join(', ')}`);
    const left = await filesOutOfStep(t.owner, t.services.env.dataDir);
    if (left.length > 0) say(`after the same key: ${left.join('; ')}`);
    tally.acts += 1;
    tally.statements += n;
    return wrongs;
  }
  return [...wrongs, `${nameOf(row)} never got through`];
};

describe('7 each statement of a write fails: all or nothing', () => {
  test('every endpoint that writes has a question to be asked', () => {
    const asked = new Set(writing.map((row) => row.endpoint));
    expect(allEndpoints.filter((e) => e.method !== 'GET' && !asked.has(e.id)).map((e) => e.id)).toEqual([]);
  });

  test.each(chosen.map((row) => [nameOf(row), row] as const))(
    '7 %s',
    async (_, row) => {
      const wrongs: string[] = [];
      for (const strike of STRIKES) wrongs.push(...(await strikeAll(row, strike)));
      expect(wrongs).toEqual([]);
    },
    120_000,
  );

  test('7 statements were struck', () => {
    tell('statements struck', tally);
    expect(tally.acts).toBeGreaterThanOrEqual(chosen.length);
  });
});
