import { join } from 'node:path';
import { allJobs, buildApp } from './app.ts';
import { makeSessions } from './identity/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { CryptoProvider } from './platform/crypto/crypto.ts';
import { Database } from './platform/db/database.ts';
import type { Env } from './platform/env.ts';
import { FileStore } from './platform/files/files.ts';
import { AccessLog } from './platform/http/accessLog.ts';
import type { Services } from './platform/http/context.ts';
import { makeLog } from './platform/log.ts';
import { openPost } from './platform/mail/post.ts';
import { Live } from './platform/notify/live.ts';
import { closePrinter } from './platform/print/index.ts';
import { Queue } from './platform/queue/queue.ts';

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
  const db = new Database(given.url, {
    max: given.env.JIEYOU_POOL,
    onIdleError: (error) => log.warn({ err: error.message }, 'idle connection lost'),
  });
  const live = new Live();
  let ready = false;
  const queue = given.queue
    ? new Queue(given.url, (error) => log.error({ err: error instanceof Error ? error.message : String(error) }, 'job'))
    : null;
  const services: Services = {
    db,
    clock: given.clock ?? systemClock,
    crypto: given.crypto,
    files: new FileStore(join(given.env.dataDir, 'files'), given.crypto),
    queue,
    live,
    post: openPost(given.env),
    accessLog: new AccessLog(db),
    log,
    env: given.env,
    demo: given.demo,
    sessions: makeSessions(db, live, given.env),
    isReady: () => ready,
  };
  const app = await buildApp(services, given.dist === undefined ? {} : { dist: given.dist });
  live.start(db);
  await app.ready();
  return {
    app,
    services,
    /** Starts the jobs and lets /readyz answer. */
    open: async () => {
      await queue?.start(allJobs(services));
      ready = true;
    },
    stop: async () => {
      ready = false;
      await app.close();
      await queue?.stop();
      await live.stop();
      await closePrinter();
      await db.end();
    },
  };
};
