import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { CryptoProvider } from '../crypto/crypto.ts';
import type { DB } from '../db/types.ts';

/** The disk for files is full, or may not be used for now; the caller may try again. */
export class NoRoom extends Error {}

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'ENFILE', 'EIO']);

/** Where files lie that no row names. */
const ASIDE = 'unnamed';

/** Attachments on disk: outside the web root, under names of our own, encrypted. */
export class FileStore {
  readonly #folder: string;
  readonly #crypto: CryptoProvider;

  constructor(folder: string, crypto: CryptoProvider) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#crypto = crypto;
  }

  /** Stores a file durably and says under which name; bytes are encrypted for the record `row`, under the platform's key or a given one. */
  async put(row: string, content: Buffer, crypto: CryptoProvider = this.#crypto): Promise<{ storedAs: string; sha256: string }> {
    const storedAs = randomUUID();
    const path = join(this.#folder, storedAs);
    const sealed = crypto.encryptBytes(content, { table: 'attachment', row, field: 'content' });
    await this.#write(path, sealed);
    return { storedAs, sha256: createHash('sha256').update(content).digest('hex') };
  }

  /** Puts other bytes under a name that is there; whoever reads meanwhile gets the old ones or the new ones whole. */
  async replace(storedAs: string, sealed: Buffer): Promise<void> {
    await this.#write(this.#pathOf(storedAs), sealed);
  }

  /** All of it under its name and on the disk, the name too, or nothing at all. */
  async #write(path: string, sealed: Buffer): Promise<void> {
    const part = `${path}.part`;
    try {
      const handle = await open(part, 'w', 0o600);
      try {
        await handle.writeFile(sealed);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, path);
      await this.#syncFolder();
    } catch (error) {
      await rm(part, { force: true });
      if (NO_ROOM.has((error as { code?: string }).code ?? '')) throw new NoRoom('no room for files', { cause: error });
      throw error;
    }
  }

  // Without it a power cut may take back the name of a file whose row is there.
  async #syncFolder(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** The bytes as they lie on disk. */
  raw(storedAs: string): Promise<Buffer> {
    return readFile(this.#pathOf(storedAs));
  }

  async get(row: string, storedAs: string, crypto: CryptoProvider = this.#crypto): Promise<Buffer> {
    return crypto.decryptBytes(await this.raw(storedAs), { table: 'attachment', row, field: 'content' });
  }

  #pathOf(storedAs: string): string {
    if (!/^[0-9a-f-]{36}$/.test(storedAs)) throw new Error('not a name of ours');
    return join(this.#folder, storedAs);
  }

  async remove(storedAs: string): Promise<void> {
    await rm(join(this.#folder, storedAs), { force: true });
  }
}

/**
 * Sets aside what a crash left between a file and its row: at the start, while nobody writes, a file that no row names belongs to nothing.
 * It is moved, not deleted, since this may be the right folder beside the wrong database. Says how many.
 */
export const setUnnamedAside = async (owner: Kysely<DB>, folder: string): Promise<number> => {
  if (!existsSync(folder)) return 0;
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('stored_as', 'scan_as')`.execute(owner);
  const named = await owner.transaction().execute(async (tx) => {
    const names = new Set<string>();
    // A write of the process that died may still be on its way to its commit: the lock waits for it.
    for (const { table } of columns) await sql`lock table ${sql.table(table)} in share mode`.execute(tx);
    for (const { table, column } of columns) {
      const name = sql.ref(column);
      const { rows } = await sql<{ name: string }>`select ${name} as name from ${sql.table(table)} where ${name} is not null`.execute(tx);
      for (const row of rows) names.add(row.name);
    }
    return names;
  });
  let moved = 0;
  for (const name of readdirSync(folder)) {
    // Half a file is none; it never had a row.
    if (/^[0-9a-f-]{36}\.part$/.test(name)) await rm(join(folder, name), { force: true });
    if (!/^[0-9a-f-]{36}$/.test(name) || named.has(name)) continue;
    mkdirSync(join(folder, ASIDE), { recursive: true, mode: 0o700 });
    await rename(join(folder, name), join(folder, ASIDE, name));
    moved += 1;
  }
  return moved;
};
