import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CryptoProvider } from '../crypto/crypto.ts';

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
    const part = `${path}.part`;
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(sealed);
      await handle.sync();
    } catch (error) {
      await handle.close();
      await rm(part, { force: true });
      throw error;
    }
    await handle.close();
    await rename(part, path);
    return { storedAs, sha256: createHash('sha256').update(content).digest('hex') };
  }

  async get(row: string, storedAs: string, crypto: CryptoProvider = this.#crypto): Promise<Buffer> {
    if (!/^[0-9a-f-]{36}$/.test(storedAs)) throw new Error('not a name of ours');
    return crypto.decryptBytes(await readFile(join(this.#folder, storedAs)), { table: 'attachment', row, field: 'content' });
  }

  async remove(storedAs: string): Promise<void> {
    await rm(join(this.#folder, storedAs), { force: true });
  }
}
