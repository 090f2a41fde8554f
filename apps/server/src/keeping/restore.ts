/** `npm run restore -- --from=FOLDER --data=FOLDER --keys=FILE`: a backup becomes a data folder with which the platform starts. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keysIn, providerFromKeyFile } from '../platform/crypto/keyFile.ts';
import { syncFolder } from '../platform/db/baseBackup.ts';
import { clusterAt, removeCluster } from '../platform/db/embedded.ts';
import { FileStore } from '../platform/files/files.ts';
import { takeLock } from '../platform/processLock.ts';
import { copyBack, HASTY, layCluster } from './backup.ts';
import { mustBeEmpty, readManifest } from './manifest.ts';
import { openEmbedded, runCommand, Unfit } from './opened.ts';
import { differences, faultsOf, lookAtAll } from './whole.ts';

const HELP = '用法：npm run restore -- --from=备份文件夹 --data=空文件夹 --keys=密钥文件';
const migrations = join(import.meta.dirname, '../../migrations');

/** Runs the command; answers the exit code. */
export const runRestore = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<number> =>
  runCommand(say, async () => {
    const { values } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' }, data: { type: 'string' }, keys: { type: 'string' } },
    });
    const place = (given: string | undefined): string => {
      if (given === undefined || given === '') throw new Unfit(HELP);
      return resolve(env.INIT_CWD ?? process.cwd(), given);
    };
    const [from, data, keyFile] = [place(values.from), place(values.data), place(values.keys ?? env.JIEYOU_KEY_FILE)];
    const startedAt = performance.now();
    const manifest = await readManifest(from);
    mustBeEmpty(data);
    if (clusterAt(join(data, 'pg')) !== undefined)
      throw new Unfit(`${join(data, 'pg')} 的数据库已在 ${clusterAt(join(data, 'pg'))}，没有写入任何内容`);
    if (!readdirSync(migrations).includes(manifest.migration.newest)) {
      throw new Unfit(`备份的数据库结构是 ${manifest.migration.newest}，比这里的程序新：请先取得同样或更新的版本`);
    }
    const needed = [...new Set([manifest.indexKey, ...manifest.keys])];
    if (!existsSync(keyFile)) throw new Unfit(`密钥文件不存在：${keyFile}。这份备份需要密钥 ${needed.join('、')}`);
    const held = keysIn(keyFile);
    const missing = needed.filter((id) => !held.ids.includes(id));
    if (missing.length > 0) throw new Unfit(`密钥文件 ${keyFile} 缺少密钥 ${missing.join('、')}，没有恢复：请找到备份时的密钥文件`);
    if (held.index !== manifest.indexKey)
      throw new Unfit(`密钥文件的第一把应是 ${manifest.indexKey}（精确检索靠它），现在是 ${held.index}，没有恢复`);

    // Beside the target and renamed at the end: a restoration that was broken off leaves nothing that looks like data.
    const part = `${data}.part`;
    await mkdir(dirname(data), { recursive: true });
    const release = takeLock(`${data}.lock`);
    const discard = async (): Promise<void> => {
      removeCluster(join(part, 'pg'));
      await rm(part, { recursive: true, force: true });
    };
    try {
      await discard();
      await mkdir(part, { recursive: true, mode: 0o700 });
      await copyBack(join(from, 'files'), join(part, 'files'), manifest.files);
      await layCluster(from, manifest, join(part, 'pg'));
      say(`已恢复 ${manifest.madeAt} 的备份，用时 ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒；正在核对…`);
      const crypto = providerFromKeyFile(keyFile, false);
      const at = await openEmbedded(join(part, 'pg'), HASTY);
      try {
        const found = await lookAtAll(at, crypto, new FileStore(join(part, 'files'), crypto));
        const end = found.chainEnd === null ? null : `${found.chainEnd.day}:${found.chainEnd.hash}`;
        const wanted = manifest.chainEnd === null ? null : `${manifest.chainEnd.day}:${manifest.chainEnd.hash}`;
        const faults = [
          ...faultsOf(found).filter((fault) => !manifest.faults.includes(fault)),
          ...differences(found.counts, manifest.counts, manifest.counts),
          ...(end === wanted ? [] : [`审计链尾应为 ${wanted ?? '无'}，实为 ${end ?? '无'}`]),
        ];
        if (faults.length > 0) {
          for (const line of faults.slice(0, 20)) say(`  ${line}`);
          throw new Unfit(`恢复后核对不符（${faults.length} 处），没有留下数据`);
        }
        for (const fault of manifest.faults) say(`  备份时平台里就有的问题：${fault}`);
        say(
          `核对相符：${Object.keys(found.counts).length} 张表的行数、审计链 ${manifest.chainDays} 天、密文 ${manifest.fields} 处、附件 ${manifest.attachments} 个`,
        );
      } finally {
        await at.close();
      }
      await moveWhole(part, data);
      syncFolder(data, [...everyFileIn(data)]);
      say(
        `共用时 ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒。启动：JIEYOU_DATA=${data} JIEYOU_KEY_FILE=${keyFile} npm start`,
      );
      return 0;
    } finally {
      await discard();
      release();
    }
  });

const everyFileIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((e) =>
    e.isFile() ? [relative(folder, join(e.parentPath, e.name))] : [],
  );

const moveWhole = async (part: string, data: string): Promise<void> => {
  const outside = clusterAt(join(part, 'pg'));
  // Where the server's account cannot reach the folder, the cluster lies elsewhere under a name made from the folder's: it comes home.
  if (outside !== undefined && outside !== join(part, 'pg')) {
    for (const end of ['', '.pw']) {
      await rename(`${outside}${end}`, join(part, `pg${end}`)).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error;
        const { cp } = await import('node:fs/promises');
        await cp(`${outside}${end}`, join(part, `pg${end}`), { recursive: true });
      });
    }
  }
  await rm(data, { recursive: true, force: true });
  await rename(part, data);
};

if (import.meta.main) process.exitCode = await runRestore(process.argv.slice(2), process.env, (line) => console.error(line));
