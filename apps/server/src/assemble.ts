import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allJobs, buildApp } from './app.ts';
import { keepClearOfSeals } from './audit/index.ts';
import { makeSessions } from './identity/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { CryptoProvider } from './platform/crypto/crypto.ts';
import { Database } from './platform/db/database.ts';
import type { Env } from './platform/env.ts';
import { FileStore } from './platform/files/files.ts';
import { AccessLog } from './platform/http/accessLog.ts';
import type { Services } from './platform/http/context.ts';
import { drainOf } from './platform/http/drain.ts';
import { Gate } from './platform/http/gate.ts';
import { Guesses } from './platform/http/guesses.ts';
import { listen } from './platform/http/listen.ts';
import { makeLog, told } from './platform/log.ts';
import { openPost } from './platform/mail/post.ts';
import { Metrics } from './platform/metrics.ts';
import { Live } from './platform/notify/live.ts';
import { offerFigures, openOperatorDoor } from './platform/operator.ts';
import { closePrinter } from './platform/print/index.ts';
import { Queue } from './platform/queue/queue.ts';

/** While it lasts, answers close their connections and readyz says 503, so that clients and balancers turn away; then those under way end. */
const POLITE_MS = 1_000;
const LONGEST_MS = 6_000;
/** How many times as long one may wait in the line of searches. */
const LANE_PATIENCE = 10;

/** Puts the running platform together on a prepared database; used by the server and, with another clock, by the tests. */
export const assemble = async (given: {
  url: string;
  env: Env;
  crypto: CryptoProvider;
  clock?: Clock;
  demo: boolean;
  queue: boolean;
  dist?: string;
}) => {
  const log = makeLog(given.env.JIEYOU_LOG);
  const { env } = given;
  const db = new Database(given.url, {
    max: env.JIEYOU_POOL,
    acquireMs: env.JIEYOU_ACQUIRE_SECONDS * 1000,
    statementMs: env.JIEYOU_STATEMENT_SECONDS * 1000,
    lockMs: env.JIEYOU_LOCK_SECONDS * 1000,
    idleInTransactionMs: env.JIEYOU_IDLE_TRANSACTION_SECONDS * 1000,
    slowMs: env.JIEYOU_SLOW_MS,
    onSlow: (slow) => log.warn(slow, 'slow statement'),
    onIdleError: (error) => log.warn({ err: told(error) }, 'idle connection lost'),
  });
  const live = new Live();
  let ready = false;
  let operator: Server | null = null;
  const queue = given.queue ? new Queue(given.url, (error) => log.error({ err: told(error) }, 'job')) : null;
  const services: Services = {
    db,
    clock: given.clock ?? systemClock,
    crypto: given.crypto,
    files: new FileStore(join(given.env.dataDir, 'files'), given.crypto),
    queue,
    live,
    post: openPost(given.env),
    accessLog: new AccessLog(db),
    gate: new Gate({ most: env.JIEYOU_AT_ONCE, waiting: env.JIEYOU_WAITING, waitMs: env.JIEYOU_WAIT_MS }),
    // Whoever stands here holds no place of the gate and no connection, and so may wait longer.
    lane: new Gate({ most: env.JIEYOU_SEARCHES_AT_ONCE, waiting: env.JIEYOU_WAITING, waitMs: env.JIEYOU_WAIT_MS * LANE_PATIENCE }),
    metrics: new Metrics(),
    log,
    env: given.env,
    demo: given.demo,
    guesses: new Guesses(),
    sessions: makeSessions(db, live, given.env),
    isReady: () => ready,
  };
  const app = await buildApp(services, given.dist === undefined ? {} : { dist: given.dist });
  live.start(db);
  const drain = drainOf(app);
  offerFigures(services, drain.connections);
  await app.ready();
  return {
    app,
    services,
    /** Opens the port; answers the address. */
    listen: async (at: { host: string; port: number }): Promise<string> => {
      const { address, doors } = await listen(app, at);
      drain.alsoClose(doors);
      return address;
    },
    /** Starts the jobs and lets /readyz answer. */
    open: async () => {
      await keepClearOfSeals(services);
      operator = await openOperatorDoor(services, env);
      await queue?.start(allJobs(services));
      ready = true;
    },
    /** Requests under way are answered, open pages told to ask elsewhere, jobs under way ended or handed back: 9 seconds at most. */
    stop: async () => {
      ready = false;
      live.leave();
      await Promise.all([drain.run({ politeMs: POLITE_MS, longestMs: LONGEST_MS }), queue?.stop()]);
      services.gate.close();
      services.lane.close();
      operator?.close();
      operator?.closeAllConnections();
      await live.stop();
      await closePrinter();
      // A connection that never comes back must not hold the stop.
      await Promise.race([db.end(), sleep(1_000, undefined, { ref: false })]);
    },
  };
};
