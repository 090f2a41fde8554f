/**
 * `npm run backup -- --to=FOLDER`: a backup of the embedded database and the attachments while the platform runs, by PostgreSQL's own
 * means, and then the proof that it comes back: it is restored into a scratch folder, started and compared.
 */
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keysIn, providerFromKeyFile } from '../platform/crypto/keyFile.ts';
import { baseBackup, copyHashed, type Kept, syncFolder } from '../platform/db/baseBackup.ts';
import { adoptCluster, removeCluster } from '../platform/db/embedded.ts';
import type { Env } from '../platform/env.ts';
import { FileStore } from '../platform/files/files.ts';
import { takeLock } from '../platform/processLock.ts';
import { FORMAT, MANIFEST, type Manifest, mustBeEmpty } from './manifest.ts';
import { keyFileOf, openDatabase, openEmbedded, runCommand, settings, Unfit } from './opened.ts';
import { type Counts, countRows, differences, faultsOf, lookAtAll, migrationOf } from './whole.ts';

type Say = (line: string) => void;
const HELP = '用法：npm run backup -- --to=空文件夹';
const NAMES = /^[0-9a-f-]{36}$/;

/** Copies the attachments that are not in the backup yet. */
const copyFiles = async (from: string, to: string, kept: Map<string, Kept>): Promise<void> => {
  const names = await readdir(from).catch(() => [] as string[]);
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of names) {
    if (!NAMES.test(name) || kept.has(name)) continue;
    const file = copyHashed(from, to, name);
    if (file !== null) kept.set(name, file);
  }
};

/** Copies a backed-up folder, and refuses what is not as the manifest says. */
export const copyBack = async (from: string, to: string, files: readonly Kept[]): Promise<void> => {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const file of files) {
    const copied = copyHashed(from, to, file.path);
    if (copied === null) throw new Unfit(`备份里缺少 ${file.path}`);
    if (copied.sha256 !== file.sha256) throw new Unfit(`备份里的 ${file.path} 与清单的指纹不同，已被改动或损坏`);
  }
};

/** PostgreSQL wants its folders there even when they are empty; a list of files does not name those. */
export const EMPTY_FOLDERS = [
  ...[
    'pg_commit_ts',
    'pg_dynshmem',
    'pg_logical/mappings',
    'pg_logical/snapshots',
    'pg_notify',
    'pg_replslot',
    'pg_serial',
    'pg_snapshots',
  ],
  ...['pg_stat', 'pg_stat_tmp', 'pg_subtrans', 'pg_tblspc', 'pg_twophase', 'pg_wal/archive_status', 'pg_wal/summaries'],
];

/** While a backup is looked at nothing has to survive a crash; what is kept of it is made durable at the end. */
export const HASTY = { fsync: 'off' };

/** Lays a cluster out from a backup, ready to be started. */
export const layCluster = async (backup: string, manifest: Pick<Manifest, 'database'>, to: string): Promise<void> => {
  await copyBack(join(backup, 'pg'), to, manifest.database);
  for (const folder of EMPTY_FOLDERS) await mkdir(join(to, folder), { recursive: true, mode: 0o700 });
  await adoptCluster(to, HASTY);
};

const took = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} 秒`;

/** Runs the command; answers the exit code. */
export const runBackup = (args: readonly string[], env: () => Env, version: string, say: Say): Promise<number> =>
  runCommand(say, async () => {
    const { values } = parseArgs({ args: [...args], options: { to: { type: 'string' } } });
    if (values.to === undefined || values.to === '') throw new Unfit(HELP);
    const given = env();
    if (given.DATABASE_URL !== undefined) {
      throw new Unfit(
        '自备数据库请用 pg_dump 或 pgBackRest 备份，见 docs/operations.md “备份与恢复”；之后可用 npm run keys -- check 和 npm run audit -- verify 核对',
      );
    }
    const keyFile = keyFileOf(given);
    const crypto = providerFromKeyFile(keyFile, false);
    const to = resolve(process.env.INIT_CWD ?? process.cwd(), values.to);
    mustBeEmpty(to);
    const [part, scratch] = [`${to}.part`, `${to}.verify`];
    await mkdir(dirname(to), { recursive: true });
    const release = takeLock(`${to}.lock`);
    const discard = async (): Promise<void> => {
      await rm(part, { recursive: true, force: true });
      removeCluster(join(scratch, 'pg'));
      await rm(scratch, { recursive: true, force: true });
    };
    try {
      // What a killed run left behind; nobody else writes here while the lock is held.
      await discard();
      const startedAt = performance.now();
      const live = await openDatabase(given);
      const counts: { before: Counts; after: Counts } = { before: {}, after: {} };
      const files = new Map<string, Kept>();
      let database: Kept[] = [];
      let migration = { newest: '', count: 0 };
      try {
        await mkdir(part, { recursive: true, mode: 0o700 });
        await chmod(part, 0o700);
        const store = join(given.dataDir, 'files');
        migration = await migrationOf(live.owner);
        database = await baseBackup(live.superuserUrl as string, live.pgDir as string, join(part, 'pg'), async (when) => {
          // Files that were there before the moment and those that came just before it: none that a row names is missing.
          await copyFiles(store, join(part, 'files'), files);
          counts[when] = await countRows(live.owner);
        });
      } finally {
        await live.close();
      }
      syncFolder(
        join(part, 'pg'),
        database.map((file) => file.path),
      );
      syncFolder(join(part, 'files'), [...files.keys()]);
      const size = [...database, ...files.values()].reduce((sum, file) => sum + file.bytes, 0);
      say(`已复制 ${(size / 1e6).toFixed(0)} MB，其中附件 ${files.size} 个，用时 ${took(startedAt)}；正在试恢复…`);

      const verifiedAt = performance.now();
      await layCluster(part, { database }, join(scratch, 'pg'));
      const restored = await openEmbedded(join(scratch, 'pg'), HASTY);
      let faults: string[];
      let manifest: Manifest;
      try {
        const found = await lookAtAll(restored, crypto, new FileStore(join(part, 'files'), crypto));
        const lost = differences(found.counts, counts.before, counts.after);
        if (lost.length > 0) {
          for (const line of lost.slice(0, 20)) say(`  ${line}`);
          throw new Unfit(`试恢复与平台里的不符（${lost.length} 处），备份没有保留，请再运行一次`);
        }
        faults = faultsOf(found);
        const { walked } = found;
        manifest = {
          format: FORMAT,
          madeAt: new Date().toISOString(),
          platform: version,
          postgres: (await restored.app.query<{ v: string }>('show server_version'))[0]?.['server_version' as 'v'] ?? '',
          migration,
          keys: Object.keys(walked.byKey).sort(),
          indexKey: keysIn(keyFile).index,
          counts: found.counts,
          chainDays: found.chain.ok ? found.chain.days : 0,
          chainEnd: found.chainEnd,
          attachments: walked.files,
          fields: walked.fields + walked.history + walked.sealed,
          database,
          files: [...files.values()],
          faults,
        };
      } finally {
        await restored.close();
      }
      const file = await open(join(part, MANIFEST), 'wx', 0o600);
      await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
      await file.sync();
      await file.close();
      await rm(to, { recursive: true, force: true });
      await rename(part, to);
      const rows = Object.values(manifest.counts).reduce((sum, n) => sum + n, 0);
      say(
        `试恢复通过，用时 ${took(verifiedAt)}：${Object.keys(manifest.counts).length} 张表 ${rows} 行，审计链 ${manifest.chainDays} 天，密文 ${manifest.fields} 处、附件 ${manifest.attachments} 个${faults.length === 0 ? '都打得开' : '，有打不开的'}`,
      );
      // What the platform itself has lost must not stand in the way of saving the rest; nor may it pass unsaid.
      for (const line of faults) say(`  平台里就有的问题：${line}`);
      say(`备份在 ${to}。恢复需要密钥 ${[...new Set([...manifest.keys, manifest.indexKey])].join('、')}；密钥不在备份里，请另行保管`);
      return faults.length === 0 ? 0 : 1;
    } finally {
      await discard();
      release();
    }
  });

if (import.meta.main) {
  const { default: about } = await import('../../../../package.json', { with: { type: 'json' } });
  process.exitCode = await runBackup(process.argv.slice(2), settings, about.version, (line) => console.error(line));
}
