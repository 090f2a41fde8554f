/**
 * `npm run battery -- crash [--rounds=5]`: what clients see of a crash of the database, the platform beside a bare handler (Fastify + pg, one
 * insert, no key), on the same machine in one run. Eight clients write, PostgreSQL is stopped at once and started again, clients repeat
 * until they are answered with 200. Told are answers that failed, rows lost and doubled, and the time until work goes on.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import { urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import type { Battery } from '../battery.ts';
import { Stage, until } from './stage.ts';

const CLIENTS = 8;
const BEFORE_MS = 1_500;
const AFTER_MS = 1_500;
const PAUSE_MS = 50;

type Told = { acts: number; sent: number; errors500: number; unavailable: number; unavailableWithoutWord: number; cut: number };
type Side = {
  readonly name: string;
  readonly address: (turn: number) => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly marks: () => Promise<readonly string[]>;
};

const newTold = (): Told => ({ acts: 0, sent: 0, errors500: 0, unavailable: 0, unavailableWithoutWord: 0, cut: 0 });

/** One writing of a client: the same again until somebody says that it is done. */
const act = async (side: Side, turn: number, told: Told, done: string[]): Promise<void> => {
  const mark = randomUUID();
  const body = JSON.stringify({ happenedOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), body: `入户探访 ${mark}` });
  const headers = { ...side.headers, 'content-type': 'application/json', 'idempotency-key': mark };
  told.acts += 1;
  for (;;) {
    told.sent += 1;
    const answer = await fetch(side.address(turn), { method: 'POST', headers, body, signal: AbortSignal.timeout(25_000) })
      .then(async (r) => ({ status: r.status, word: r.headers.get('retry-after'), text: await r.text() }))
      .catch(() => null);
    if (answer?.status === 200) break;
    if (answer === null) told.cut += 1;
    else if (answer.status === 503) {
      told.unavailable += 1;
      if (answer.word === null) told.unavailableWithoutWord += 1;
    } else told.errors500 += 1;
    await sleep(PAUSE_MS);
  }
  done.push(mark);
};

/** The bare handler on the same database: what a careful beginner writes, with an ear for connections that die. */
const bareSide = async (stage: Stage): Promise<Side & { close(): Promise<void> }> => {
  const connectionString = urlOf(stage.postgres.superuserUrl('postgres'), { database: 'faults' });
  const pool = new pg.Pool({ connectionString, max: 12 });
  pool.on('error', () => undefined);
  await pool.query('create table if not exists bare_note (id uuid primary key default gen_random_uuid(), body text not null)');
  const app = Fastify();
  app.post('/note', async (request) => {
    const { rows } = await pool.query('insert into bare_note (body) values ($1) returning id', [(request.body as { body: string }).body]);
    return { id: rows[0].id };
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    name: 'a bare handler',
    address: () => `${origin}/note`,
    headers: {},
    marks: async () => (await pool.query('select right(body, 36) as mark from bare_note')).rows.map((r: { mark: string }) => r.mark),
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
};

const ourSide = (stage: Stage): Side => ({
  name: 'the platform',
  address: (turn) => `${stage.target.origin}/api/cases/${stage.target.caseIds[turn % stage.target.caseIds.length]}/notes`,
  headers: stage.target.headers,
  marks: async () => {
    await using owner = stage.owner();
    return (await sql<{ mark: string }>`select right(body, 36) as mark from case_note`.execute(owner)).rows.map((r) => r.mark);
  },
});

/** The battery. */
export const run: Battery = async (options) => {
  const rounds = Number(options.rounds ?? 5);
  const stage = await Stage.open();
  const score = { passed: 0, failed: 0 };
  const bare = await bareSide(stage);
  try {
    for (const side of [ourSide(stage), bare]) {
      const told = newTold();
      const done: string[] = [];
      const backs: number[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        let stopping = false;
        const writing = Array.from({ length: CLIENTS }, async (_, i) => {
          for (let turn = i; !stopping; turn += CLIENTS) await act(side, turn, told, done);
        });
        await sleep(BEFORE_MS + Math.random() * 300);
        await stage.killPostgres(round % 2 === 1 ? 'SIGQUIT' : 'SIGKILL');
        await stage.startPostgres();
        const [overAt, before] = [Date.now(), done.length];
        await until('a write after the crash', () => done.length > before);
        backs.push(Date.now() - overAt);
        await sleep(AFTER_MS);
        stopping = true;
        await Promise.all(writing);
      }
      const rows = await side.marks();
      const kept = new Set(rows);
      const lost = done.filter((mark) => !kept.has(mark)).length;
      const doubled = rows.length - kept.size;
      const { errors500, unavailable, unavailableWithoutWord, cut } = told;
      console.log(
        `${side.name}, ${rounds} crashes: ${told.acts} writes acknowledged, ${told.sent} sent; answers 5xx other than 503: ${errors500}, ` +
          `503: ${unavailable} (${unavailableWithoutWord} without Retry-After), cut: ${cut}; lost ${lost}, doubled ${doubled}; back after ${backs.join(', ')} ms`,
      );
      if (side === bare) continue;
      const held = errors500 + unavailableWithoutWord + cut + lost + doubled === 0 && Math.max(...backs) <= 1_000;
      score[held ? 'passed' : 'failed'] += 1;
    }
    return score;
  } finally {
    await bare.close();
    await stage.close();
  }
};
