import { timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Env } from './env.ts';
import type { Services } from './http/context.ts';
import { told } from './log.ts';

/** How a part of the platform does. */
export type PartHealth = { readonly ok: boolean; readonly ms: number } & Readonly<Record<string, unknown>>;

const PATIENCE_MS = 3_000;
// A disk that is nearly full fails at night, when nobody looks.
const LEAST_FREE_BYTES = 200_000_000;

const timed = async (look: () => Promise<Readonly<Record<string, unknown>>>): Promise<PartHealth> => {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer in time')), PATIENCE_MS);
  });
  try {
    const found = await Promise.race([look(), late]);
    return { ok: true, ms: Math.round(performance.now() - started), ...found };
  } catch (error) {
    const { name, code, message } = told(error);
    return { ok: false, ms: Math.round(performance.now() - started), why: code ?? message ?? name };
  } finally {
    clearTimeout(timer);
  }
};

/** Looks at each part; mail that is away stops nobody from working, so it is told and does not count. */
export const healthByPart = async (
  services: Services,
): Promise<{ readonly ok: boolean; readonly parts: Readonly<Record<string, PartHealth>> }> => {
  const files = join(services.env.dataDir, 'files');
  const [database, queue, store, mail] = await Promise.all([
    timed(async () => {
      await services.db.query('select 1');
      const { totalCount, idleCount, waitingCount } = services.db.pool;
      return { connections: totalCount, idle: idleCount, waiting: waitingCount };
    }),
    timed(async () => {
      if (services.queue === null) return { off: true };
      return { ...(await queueLengths(services)), ok: services.isReady() };
    }),
    timed(async () => {
      await access(files, constants.R_OK | constants.W_OK);
      const { bavail, bsize } = await statfs(files);
      const freeBytes = bavail * bsize;
      return { freeBytes, ok: freeBytes > LEAST_FREE_BYTES };
    }),
    timed(async () => {
      if (services.post === null) return { off: true };
      await services.post.check();
      return {};
    }),
  ]);
  return { ok: services.isReady() && database.ok && queue.ok && store.ok, parts: { database, queue, files: store, mail } };
};

const queueLengths = async (services: Services): Promise<{ waiting: number; active: number; failed: number }> => {
  const rows = await services.db.query<{ state: string; n: number }>(
    `select state::text, count(*)::int as n from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by state`,
  );
  const of = (...states: string[]): number => rows.filter((r) => states.includes(r.state)).reduce((sum, r) => sum + r.n, 0);
  return { waiting: of('created', 'retry'), active: of('active'), failed: of('failed') };
};

/** Tells the metrics where the platform's own figures stand. */
export const offerFigures = (services: Services, connections: () => number): void => {
  const { metrics, gate, lane, db } = services;
  metrics.offer('jieyou_gate_running', 'Requests under way.', () => gate.state.running);
  metrics.offer('jieyou_gate_waiting', 'Requests that wait for a place.', () => gate.state.waiting);
  metrics.offer('jieyou_gate_places', 'Requests that may be under way at once.', () => gate.state.most);
  metrics.offer('jieyou_lane_running', 'Searches under way.', () => lane.state.running);
  metrics.offer('jieyou_lane_waiting', 'Searches that wait for a place.', () => lane.state.waiting);
  metrics.offer(
    'jieyou_gate_turned_away_total',
    'Requests turned away with 503, by rank.',
    () => new Map(['urgent', 'ordinary', 'last'].map((rank, i) => [rank, gate.state.turnedAway[i] ?? 0])),
    'rank',
    'counter',
  );
  metrics.offer(
    'jieyou_event_loop_late_seconds',
    'How late the event loop came round, the worst of the last moments.',
    () => gate.state.lateMs / 1000,
  );
  metrics.offer(
    'jieyou_pool_connections',
    'Connections to the database, and requests that wait for one.',
    () =>
      new Map([
        ['open', db.pool.totalCount],
        ['idle', db.pool.idleCount],
        ['waiting', db.pool.waitingCount],
      ]),
    'state',
  );
  metrics.offer('jieyou_slow_statements_total', 'Statements over the limit of the slow log.', () => db.slowStatements, 'part', 'counter');
  metrics.offer('jieyou_http_connections', 'Open connections of clients.', connections);
  metrics.offer(
    'jieyou_memory_bytes',
    'Memory of the process.',
    () => {
      const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
      return new Map(Object.entries({ rss, heap_used: heapUsed, heap_total: heapTotal, external }));
    },
    'kind',
  );
  metrics.offer(
    'jieyou_handles',
    'Open sockets, timers and files that keep the process alive.',
    () => process.getActiveResourcesInfo().length,
  );
  metrics.offer(
    'jieyou_cpu_seconds_total',
    'Processor time of the process.',
    () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    'part',
    'counter',
  );
  metrics.offer('jieyou_up_seconds', 'Time since the start of the process.', () => process.uptime());
};

const allowed = (given: string | undefined, token: string | undefined): boolean => {
  if (token === undefined) return true;
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(`Bearer ${token}`)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * A door of its own for the operator: figures and health by part, on a port that no proxy leads to. Without a token it listens on this
 * machine only; the settings refuse anything else.
 */
export const openOperatorDoor = async (services: Services, env: Env): Promise<Server | null> => {
  if (env.JIEYOU_METRICS_PORT === undefined) return null;
  let queueAt = 0;
  let lengths = new Map<string, number>();
  services.metrics.offer('jieyou_jobs', 'Jobs by state, seconds old at most.', () => lengths, 'state');
  const refresh = async (): Promise<void> => {
    if (services.queue === null || Date.now() - queueAt < 10_000) return;
    queueAt = Date.now();
    // Figures that are missing for a moment must not hide the others.
    await queueLengths(services).then(
      (found) => {
        lengths = new Map(Object.entries(found));
      },
      () => {
        lengths = new Map();
      },
    );
  };
  const server = createServer((request, response) => {
    const end = (status: number, type: string, text: string): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(text);
    };
    const answer = async (): Promise<void> => {
      if (!allowed(request.headers.authorization, env.JIEYOU_METRICS_TOKEN)) return end(401, 'text/plain', 'unauthorised\n');
      if (request.method !== 'GET') return end(405, 'text/plain', 'GET only\n');
      if (request.url === '/metrics') {
        await refresh();
        return end(200, 'text/plain; version=0.0.4; charset=utf-8', services.metrics.text());
      }
      if (request.url === '/readyz') {
        const health = await healthByPart(services);
        return end(health.ok ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
      }
      end(404, 'text/plain', 'not found\n');
    };
    answer().catch((error: unknown) => {
      services.log.error({ err: told(error) }, 'operator door');
      if (!response.headersSent) end(500, 'text/plain', 'error\n');
    });
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(env.JIEYOU_METRICS_PORT, env.JIEYOU_METRICS_HOST, done);
  });
  return server;
};
