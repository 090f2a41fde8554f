/** How a command of the operator reaches the platform's database: the one that runs, or one started for the command. */
import { join } from 'node:path';
import { Database, ownerDatabase } from '../platform/db/database.ts';
import { clusterAt, runningEmbedded, startEmbeddedPostgres } from '../platform/db/embedded.ts';
import { EMBEDDED_LOGIN, urlOf } from '../platform/db/migrate.ts';
import { BadSettings, type Env, readEnv } from '../platform/env.ts';

/** Something that the operator has to put right; the message says what. */
export class Unfit extends Error {}

const repoRoot = join(import.meta.dirname, '../../../..');

/** The settings as the platform reads them. */
export const settings = (): Env => readEnv(process.env, repoRoot);

/** The file with the keys. */
export const keyFileOf = (env: Env): string => env.JIEYOU_KEY_FILE ?? join(env.dataDir, 'key.json');

/** What a command works with; `dataDir` only beside an embedded database. */
export type Opened = {
  readonly superuserUrl: string | null;
  readonly pgDir: string | null;
  readonly running: boolean;
  readonly owner: ReturnType<typeof ownerDatabase>;
  /** Under the platform's own login, for what its rights suffice. */
  readonly app: Database;
  close(): Promise<void>;
};

/** Opens the database of these settings. The embedded one is started when it does not run, and stopped again. */
export const openDatabase = async (env: Env): Promise<Opened> => {
  if (env.DATABASE_URL !== undefined) {
    if (env.DATABASE_OWNER_URL === undefined) throw new Unfit('使用自备数据库时，本命令还需要 DATABASE_OWNER_URL（数据库属主的连接）');
    return opened(env.DATABASE_OWNER_URL, env.DATABASE_URL, null, null, true, async () => undefined);
  }
  return openEmbedded(join(env.dataDir, 'pg'));
};

/** Opens the cluster in this folder. */
export const openEmbedded = async (folder: string, options: Record<string, string> = {}): Promise<Opened> => {
  const pgDir = clusterAt(folder);
  if (pgDir === undefined) throw new Unfit(`${folder} 里没有数据库`);
  const running = runningEmbedded(folder);
  const started = running === undefined ? await startEmbeddedPostgres({ dataDir: folder, settings: options }) : undefined;
  const server = (running ?? started) as NonNullable<typeof running>;
  const ownerUrl = server.superuserUrl('jieyou');
  const appUrl = urlOf(ownerUrl, { user: EMBEDDED_LOGIN, password: EMBEDDED_LOGIN });
  const stop = async (): Promise<void> => started?.stop();
  return opened(ownerUrl, appUrl, server.superuserUrl('jieyou'), server.dataDir, running !== undefined, stop);
};

const opened = (
  ownerUrl: string,
  appUrl: string,
  superuserUrl: string | null,
  pgDir: string | null,
  running: boolean,
  stop: () => Promise<void>,
): Opened => {
  const owner = ownerDatabase(ownerUrl);
  const app = new Database(appUrl, { max: 2, onIdleError: () => undefined });
  return {
    superuserUrl,
    pgDir,
    running,
    owner,
    app,
    close: async () => {
      await owner.destroy();
      await app.end();
      await stop();
    },
  };
};

/** Runs a command and answers its exit code; a failure is said in words, never with what may stand in a driver's message. */
export const runCommand = async (say: (line: string) => void, work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: string };
    if (error instanceof Unfit || error instanceof BadSettings) say(error.message);
    else if (code !== undefined && ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code))
      say('连接不上数据库，请核对设置');
    else if (code === '28P01' || code === '28000') say('数据库拒绝登录，请核对用户与密码');
    else if (code === 'ENOSPC') say('磁盘已满，没有完成');
    else say(error instanceof Error ? `没有完成：${error.message}` : String(error));
    return 1;
  }
};
