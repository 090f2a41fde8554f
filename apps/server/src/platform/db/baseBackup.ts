import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A file of a backup: where it lies in it, how long it is, and its hash. */
export type Kept = { readonly path: string; readonly bytes: number; readonly sha256: string };

// What PostgreSQL's manual says to leave out of a low-level backup: it belongs to the running server or is made anew.
const EMPTY_FOLDERS = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT = /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|current_logfiles|pg_internal\.init|pgsql_tmp.*)$/;
const CONTROL = 'global/pg_control';

const PIECE = 1 << 20;
const piece = Buffer.allocUnsafe(PIECE);

/**
 * Copies a file and reckons its hash on the way; null when it vanished, as a dropped table's may. Without giving way in between: most
 * of the thousand files are small, and the command does nothing else.
 */
export const copyHashed = (from: string, to: string, path: string): Kept | null => {
  const hash = createHash('sha256');
  let bytes = 0;
  let source: number;
  try {
    source = openSync(join(from, path), 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let target: number | undefined;
  try {
    mkdirSync(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    target = openSync(join(to, path), 'w', 0o600);
    for (let read = readSync(source, piece, 0, PIECE, null); read > 0; read = readSync(source, piece, 0, PIECE, null)) {
      const part = piece.subarray(0, read);
      hash.update(part);
      for (let at = 0; at < read; ) at += writeSync(target, part, at, read - at);
      bytes += read;
    }
  } finally {
    closeSync(source);
    if (target !== undefined) closeSync(target);
  }
  return { path, bytes, sha256: hash.digest('hex') };
};

/** Makes what was written last through a power cut: a backup that is only in memory is none. */
export const syncFolder = (folder: string, paths: readonly string[]): void => {
  // One call for the whole file system where there is one; a call for each of a thousand files takes long.
  if (process.platform === 'linux' && spawnSync('sync', ['-f', folder], { stdio: 'ignore' }).status === 0) return;
  for (const path of paths) {
    const file = openSync(join(folder, path), 'r');
    fsyncSync(file);
    closeSync(file);
  }
};

const walk = async (root: string, under = ''): Promise<{ files: string[]; folders: string[] }> => {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await readdir(join(root, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (LEFT_OUT.test(entry.name)) continue;
    if (entry.isSymbolicLink()) throw new Error(`表空间或链接 ${path} 不在数据目录里，内置数据库的备份不支持`);
    if (entry.isFile()) files.push(path);
    if (!entry.isDirectory()) continue;
    folders.push(path);
    if (EMPTY_FOLDERS.has(path)) continue;
    const below = await walk(root, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return { files: [], folders: [] };
    });
    files.push(...below.files);
    folders.push(...below.folders);
  }
  return { files, folders };
};

const mustExist = async (folder: string, path: string): Promise<void> => {
  if (!(await stat(join(folder, path)).catch(() => null))?.isFile()) throw new Error(`备份所需的 WAL 段 ${path} 已不在`);
};

/**
 * A low-level backup of a running server (PostgreSQL manual, “Making a Base Backup Using the Low Level API”): the data folder as it
 * lies between `pg_backup_start` and `pg_backup_stop`, with the WAL that makes it whole. `atStop` runs just before and just after the
 * moment that the backup stands for. Nobody who works has to wait.
 */
export const baseBackup = async (
  superuserUrl: string,
  dataDir: string,
  to: string,
  atStop: (when: 'before' | 'after') => Promise<void>,
): Promise<Kept[]> => {
  const client = new pg.Client({ connectionString: superuserUrl, application_name: 'jieyou backup' });
  await client.connect();
  try {
    const one = async <T>(text: string): Promise<T> => (await client.query(text)).rows[0] as T;
    // Keeps the WAL from being recycled under a long backup; gone with this connection.
    await client.query(`select pg_create_physical_replication_slot('jieyou_backup_' || pg_backend_pid(), true, true)`);
    const { from } = await one<{ from: string }>(`select pg_walfile_name(pg_backup_start('jieyou', true)) as from`);
    const { files, folders } = await walk(dataDir);
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const folder of folders) await mkdir(join(to, folder), { recursive: true, mode: 0o700 });
    const kept: Kept[] = [];
    const take = (path: string): void => {
      const file = copyHashed(dataDir, to, path);
      if (file !== null) kept.push(file);
    };
    for (const path of files.filter((name) => name !== CONTROL)) take(path);
    take(CONTROL);
    await atStop('before');
    const stop = await one<{ label: string; map: string; to: string }>(
      `select labelfile as label, spcmapfile as map, pg_walfile_name(lsn) as to from pg_backup_stop(false)`,
    );
    await atStop('after');
    if (stop.map.trim() !== '') throw new Error('数据库使用了表空间，内置数据库的备份不支持');
    // The segment is ended by the stop; names of one timeline are in the order of their text.
    const segments = (await readdir(join(dataDir, 'pg_wal'))).filter((n) => /^[0-9A-F]{24}$/.test(n) && n >= from && n <= stop.to).sort();
    await mustExist(dataDir, `pg_wal/${from}`);
    await mustExist(dataDir, `pg_wal/${stop.to}`);
    for (const segment of segments) take(`pg_wal/${segment}`);
    const label = join(to, 'backup_label');
    const file = await open(label, 'w', 0o600);
    await file.writeFile(stop.label);
    await file.close();
    await chmod(label, 0o600);
    const text = await readFile(label);
    kept.push({ path: 'backup_label', bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') });
    return kept;
  } finally {
    await client.end().catch(() => undefined);
  }
};
