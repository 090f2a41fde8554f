import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './assemble.ts';
import { providerFromKeyFile } from './platform/crypto/keyFile.ts';
import { ownerDatabase } from './platform/db/database.ts';
import { clusterAt, type EmbeddedPostgres, startEmbeddedPostgres } from './platform/db/embedded.ts';
import { migrate, prepareDatabase } from './platform/db/migrate.ts';
import { untilReachable } from './platform/db/reachable.ts';
import { BadSettings, readEnv } from './platform/env.ts';
import { setUnnamedAside } from './platform/files/files.ts';
import { told } from './platform/log.ts';
import { LockHeld, takeLock } from './platform/processLock.ts';
import { prepareQueue } from './platform/queue/queue.ts';
import { buildWebIfStale } from './platform/webBuild.ts';

const repoRoot = join(import.meta.dirname, '../../..');
const startedAt = Date.now();
const say = (line: string): void => console.error(`[解忧 +${((Date.now() - startedAt) / 1000).toFixed(1)}s] ${line}`);

const cleanup: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | undefined;
const stop = (why: string, code = 0): void => {
  stopping ??= (async () => {
    say(`${why}，正在停止…`);
    // A stop that hangs must not leave a ghost behind.
    const hard = setTimeout(() => process.exit(1), 15_000);
    for (const one of cleanup.reverse()) await Promise.resolve(one()).catch((error: unknown) => console.error(JSON.stringify(told(error))));
    clearTimeout(hard);
    say('已停止');
    process.exit(code);
  })();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop('收到停止信号'));
process.on('disconnect', () => stop('启动程序已退出'));
// Node would print the whole error: PostgreSQL's says which value it stumbled over.
for (const bug of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(bug, (error: unknown) => {
    console.error(JSON.stringify({ level: 60, msg: bug, err: told(error) }));
    stop('程序出错', 1);
  });
}

/** The many of the demo follow once the platform is open, in a thread of their own; a stop in between leaves whole chunks. */
const loadTheMany = async (superuserUrl: string, keyFile: string): Promise<void> => {
  const { startBulk } = await import('../demo/bulk/index.ts');
  const bulk = await startBulk(superuserUrl, keyFile, say);
  if (bulk !== null) cleanup.push(bulk.stop);
};

/** The embedded server is started again when it dies while the platform lives: requests answer 503 meanwhile. */
const keepAlive = (server: EmbeddedPostgres, dataDir: string): void => {
  let current = server;
  cleanup.push(() => current.stop());
  const watch = async (): Promise<void> => {
    await current.exited;
    if (stopping !== undefined) return;
    say('数据库意外退出，正在重新启动…');
    try {
      current = await startEmbeddedPostgres({ dataDir, log: say, port: current.port });
      say('数据库已恢复');
      void watch();
    } catch (error) {
      console.error(JSON.stringify(told(error)));
      stop('数据库无法恢复', 1);
    }
  };
  void watch();
};

try {
  const env = readEnv(process.env, repoRoot);
  mkdirSync(env.dataDir, { recursive: true, mode: 0o700 });
  const release = takeLock(join(env.dataDir, 'server.lock'));
  cleanup.push(release);

  const web = buildWebIfStale(repoRoot, say);
  const embedded = env.DATABASE_URL === undefined;
  // Beside a database that is there already, a fresh key would open nothing of it and write what the lost one cannot find.
  const first = embedded && env.JIEYOU_KEY_FILE === undefined && clusterAt(join(env.dataDir, 'pg')) === undefined;
  const keyFile = env.JIEYOU_KEY_FILE ?? join(env.dataDir, 'key.json');
  const crypto = providerFromKeyFile(keyFile, first);
  let url: string;
  let demo = false;
  let many: string | null = null;
  const filesInStep = async (ownerUrl: string): Promise<void> => {
    await using owner = ownerDatabase(ownerUrl);
    const moved = await setUnnamedAside(owner, join(env.dataDir, 'files'));
    if (moved > 0) say(`上次中断时留下 ${moved} 个没有登记的文件，已移到 files/unnamed`);
  };
  if (env.DATABASE_URL === undefined) {
    const dataDir = join(env.dataDir, 'pg');
    const server = await startEmbeddedPostgres({ dataDir, log: say });
    keepAlive(server, dataDir);
    say(`PostgreSQL ${server.version} 已就绪`);
    url = await prepareDatabase(server.superuserUrl('postgres'), 'jieyou');
    const { loadDemoIfEmpty } = await import('../demo/load.ts');
    const bulk = env.JIEYOU_DEMO_BULK === '1';
    demo = await loadDemoIfEmpty(server.superuserUrl('jieyou'), crypto, { want: env.JIEYOU_DEMO === '1', bulk, dataDir: env.dataDir, say });
    if (demo && bulk) many = server.superuserUrl('jieyou');
    await filesInStep(server.superuserUrl('jieyou'));
  } else {
    url = env.DATABASE_URL;
    await untilReachable(url, () => say('数据库还连接不上，等待中…'));
    if (env.DATABASE_OWNER_URL !== undefined) {
      const applied = await migrate(env.DATABASE_OWNER_URL);
      await prepareQueue(env.DATABASE_OWNER_URL);
      const { installLaterPacks } = await import('./ground.ts');
      await using owner = ownerDatabase(env.DATABASE_OWNER_URL);
      await owner.transaction().execute(installLaterPacks);
      await filesInStep(env.DATABASE_OWNER_URL);
      if (applied.length > 0) say(`数据库结构已更新：${applied.join('、')}`);
    }
  }
  await web;
  const platform = await assemble({ url, env, crypto, demo, queue: true, dist: join(repoRoot, 'apps/web/dist') });
  cleanup.push(platform.stop);
  const address = await platform.listen({ host: env.HOST, port: env.PORT });
  await platform.open();
  say(`已启动：${address}`);
  if (demo) {
    say('演示账号（密码 jieyou-demo）：worker 社工、worker2 另一站社工、head 站长、centre / centre2 支援中心、expert / expert2 专家、');
    say('supervisor 督导、agency 机构、officer 主管部门、street 街道、system / security / audit 三类管理员；动态口令在登录页显示');
  }
  if (many !== null) await loadTheMany(many, keyFile);
} catch (error) {
  if (error instanceof BadSettings) console.error(error.message);
  else if (error instanceof LockHeld) console.error('解忧已在这个数据目录上运行；如需同时运行另一套，请设置 JIEYOU_DATA 与 PORT。');
  else console.error(error instanceof Error ? error.stack : error);
  stop('启动没有成功', error instanceof LockHeld ? 3 : 1);
}
