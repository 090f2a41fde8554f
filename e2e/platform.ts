/** A platform as `npm start` runs it, with a data folder of its own: one for all journeys, and one for a journey that changes what all stand on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeCluster } from '../apps/server/src/platform/db/embedded.ts';
import { healDataDir } from '../apps/server/src/platform/db/orphans.ts';
import { LockHeld, takeLock } from '../apps/server/src/platform/processLock.ts';
import { PATIENT } from '../apps/server/test/patience.ts';

const repoRoot = join(import.meta.dirname, '..');
/** The first start builds the pages when they are stale, makes a database and loads the demo district. */
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 20_000;

/** The platform as `npm start` runs it, with a data folder of its own; settings of this machine do not reach it. */
const spawnPlatform = (dataDir: string, settings: Readonly<Record<string, string>>): ChildProcess => {
  const { DATABASE_URL: _url, DATABASE_OWNER_URL: _owner, JIEYOU_KEY_FILE: _key, ...inherited } = process.env;
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(repoRoot, 'apps/server/src/main.ts')], {
    cwd: repoRoot,
    // The channel tells the platform when this process is gone, so that a killed run leaves no orphan.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...inherited,
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '127.0.0.1',
      JIEYOU_DATA: dataDir,
      JIEYOU_DEMO: '1',
      // Journeys are told on the few; the many would only slow them down.
      JIEYOU_DEMO_BULK: '0',
      ...PATIENT,
      ...settings,
    },
  });
};

/** The address that the platform prints once it listens; what it said so far when it ends or stays silent instead. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`平台 ${START_LIMIT_MS / 1000} 秒内没有启动：\n${said}`)), START_LIMIT_MS);
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-8000);
      const address = /已启动：(http:\/\/\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`平台没有启动（退出码 ${code}）：\n${said}`));
    });
  });

const untilReady = async (address: string): Promise<void> => {
  for (let tries = 0; tries < 240; tries += 1) {
    const reply = await fetch(`${address}/readyz`).catch(() => null);
    if (reply?.status === 200) return;
    await sleep(250);
  }
  throw new Error('平台已监听，但没有就绪');
};

const stopPlatform = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(timer);
};

const removeAll = (dataDir: string): void => {
  if (existsSync(join(dataDir, 'pg'))) removeCluster(join(dataDir, 'pg'));
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
};

/** What a killed run left behind; a run that is under way holds its lock and is left alone. */
export const removeAbandoned = async (root: string): Promise<void> => {
  if (!existsSync(root)) return;
  const found = readdirSync(root).filter((name) => /^e2e-[0-9a-f]+(\.lock)?$/.test(name));
  for (const name of new Set(found.map((entry) => entry.replace('.lock', '')))) {
    const dataDir = join(root, name);
    try {
      const release = takeLock(`${dataDir}.lock`);
      await healDataDir(join(dataDir, 'pg'), () => {});
      removeAll(dataDir);
      release();
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
    }
  }
};

/** Where data folders of journeys lie. */
export const dataRoot = (): string => process.env.JIEYOU_DATA ?? join(repoRoot, '.data');

/** Starts a platform and answers its address and how it is taken away, data and all. */
export const startPlatform = async (
  settings: Readonly<Record<string, string>> = {},
): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> => {
  const dataDir = join(dataRoot(), `e2e-${randomBytes(4).toString('hex')}`);
  const release = takeLock(`${dataDir}.lock`);
  mkdirSync(dataDir, { recursive: true });
  const child = spawnPlatform(dataDir, settings);
  const stop = async (): Promise<void> => {
    await stopPlatform(child);
    removeAll(dataDir);
    release();
  };
  try {
    const address = await addressOf(child);
    await untilReady(address);
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
