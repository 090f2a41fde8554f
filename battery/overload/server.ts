/** The real server as a process of its own, started as an operator starts it, on a database that is given. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { idAt } from '../../apps/server/src/platform/ids.ts';
import { makeSession } from '../../apps/server/test/sessions.ts';
import { NODE_FLAGS } from '../../scripts/flags.mjs';

const MAIN = join(import.meta.dirname, '../../apps/server/src/main.ts');
const START_MS = 60_000;

/** The key file of a scratch folder. */
export const KEY_FILE = 'key.json';

/** A port that nobody used a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A running server: where it listens, and everything that it has written. */
export type Running = {
  readonly port: number;
  readonly operatorPort: number;
  readonly process: ChildProcess;
  readonly written: () => string;
  /** Sends SIGTERM; answers the exit code and how long it took. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly ms: number }>;
};

/** Starts the server in `folder` and waits until it says that it is ready. */
export const startServer = async (folder: string, url: string, env: Readonly<Record<string, string>> = {}): Promise<Running> => {
  const operatorPort = await freePort();
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      JIEYOU_DATA: folder,
      JIEYOU_KEY_FILE: join(folder, KEY_FILE),
      JIEYOU_WEB_BUILD: '0',
      JIEYOU_RATE_PER_MINUTE: '100000000',
      JIEYOU_METRICS_PORT: String(operatorPort),
      DATABASE_URL: url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const take = (chunk: Buffer): void => {
    written += chunk.toString('utf8');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  for (const end = Date.now() + START_MS; ; await sleep(20)) {
    const port = /已启动：\S+:(\d+)/.exec(written)?.[1];
    if (port !== undefined) {
      return {
        port: Number(port),
        operatorPort,
        process: child,
        written: () => written,
        stop: async () => {
          const started = performance.now();
          const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve([child.exitCode]);
          child.kill('SIGTERM');
          const [code] = (await gone) as [number | null];
          return { code, ms: performance.now() - started };
        },
      };
    }
    if (child.exitCode !== null || Date.now() > end) throw new Error(`the server did not start:\n${written}`);
  }
};

/** The key of throw-away districts. */
export const SECRET = '07'.repeat(32);

/** Writes the key file of a throw-away district. */
export const writeKeyFile = (folder: string): void =>
  writeFileSync(join(folder, KEY_FILE), JSON.stringify({ current: 'bench', keys: [{ id: 'bench', secret: SECRET }] }), { mode: 0o600 });

/** A session of an account of the world, made by the owner: signing in has tests of its own. */
export const sessionOf = async (ownerUrl: string, username: string, order: number): Promise<{ token: string; csrfToken: string }> => {
  await using owner = ownerDatabase(ownerUrl);
  return await makeSession(owner, username, { id: idAt(Date.now(), order) });
};

/** One figure of the operator's door; 0 where it is not there. */
export const figures = async (port: number): Promise<Map<string, number>> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(10_000) })).text();
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const cut = line.lastIndexOf(' ');
        return [line.slice(0, cut), Number(line.slice(cut + 1))];
      }),
  );
};
