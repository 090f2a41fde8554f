import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { type CryptoProvider, indexSecret, KeyMissing, type Place, Sm4Provider } from './crypto.ts';

const KeyFile = z.object({
  current: z.string().min(1),
  /** Which key makes the blind index, the first one where nothing is said; and the one under which it is coming. */
  index: z.string().min(1).optional(),
  indexNext: z.string().min(1).optional(),
  /** What makes the marks, once the index left the first key. */
  marks: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  keys: z.array(z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/), secret: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
});
type KeyList = z.infer<typeof KeyFile>;

/** How long a process may go on enciphering under the key that was current before; a key that it does not know it looks up at once. */
export const NOTICED_WITHIN_MS = 1_000;

const newKey = (): KeyList['keys'][number] => ({ id: `k${randomBytes(3).toString('hex')}`, secret: randomBytes(32).toString('hex') });

const read = (path: string): KeyList => {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`密钥文件 ${path} 可被其他用户读取，请先执行 chmod 600`);
  }
  const parsed = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`密钥文件 ${path} 的内容不是有效的密钥清单`);
  return parsed.data;
};

const textOf = (list: KeyList): string => `${JSON.stringify(list, null, 2)}\n`;

/** Written aside, made durable, then renamed: a crash leaves the old list or the new one, and who reads never sees a half. */
const replace = (path: string, list: KeyList): void => {
  const { uid, gid } = statSync(path);
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, 'w', 0o600);
  writeFileSync(file, textOf(list));
  fsyncSync(file);
  closeSync(file);
  chmodSync(part, 0o600);
  if (process.getuid?.() === 0) chownSync(part, uid, gid);
  renameSync(part, path);
};

const providerOf = (list: KeyList): Sm4Provider =>
  new Sm4Provider(new Map(list.keys.map((k) => [k.id, Buffer.from(k.secret, 'hex')])), list.current, {
    index: list.index,
    indexNext: list.indexNext,
    marks: list.marks === undefined ? undefined : Buffer.from(list.marks, 'hex'),
  });

/** The keys of a file. It follows the file: a new key is taken up while the platform runs. */
export class KeyRing implements CryptoProvider {
  readonly #path: string;
  #provider: Sm4Provider;
  #stamp: string;
  #lookedAt = performance.now();

  constructor(path: string) {
    this.#path = path;
    this.#stamp = this.#stampNow();
    this.#provider = providerOf(read(path));
  }

  get keyId(): string {
    return this.#now().keyId;
  }

  encrypt(plain: string, place: Place): string {
    return this.#now().encrypt(plain, place);
  }

  decrypt(ciphertext: string, place: Place): string {
    return this.#knowing((provider) => provider.decrypt(ciphertext, place));
  }

  encryptBytes(plain: Buffer, place: Place): Buffer {
    return this.#now().encryptBytes(plain, place);
  }

  decryptBytes(ciphertext: Buffer, place: Place): Buffer {
    return this.#knowing((provider) => provider.decryptBytes(ciphertext, place));
  }

  blindIndex(plain: string, field: string): string {
    return this.#now().blindIndex(plain, field);
  }

  mark(plain: string, field: string): string {
    return this.#now().mark(plain, field);
  }

  #stampNow(): string {
    const { mtimeMs, ino, size } = statSync(this.#path);
    return `${ino} ${mtimeMs} ${size}`;
  }

  /** Reads the file again when it is another one than before. A file that is gone or spoiled does not stop a platform that runs. */
  #look(): void {
    this.#lookedAt = performance.now();
    try {
      const stamp = this.#stampNow();
      if (stamp === this.#stamp) return;
      this.#provider = providerOf(read(this.#path));
      this.#stamp = stamp;
    } catch {
      // The keys that are known go on.
    }
  }

  #now(): Sm4Provider {
    if (performance.now() - this.#lookedAt > NOTICED_WITHIN_MS) this.#look();
    return this.#provider;
  }

  #knowing<T>(open: (provider: Sm4Provider) => T): T {
    try {
      return open(this.#provider);
    } catch (error) {
      if (!(error instanceof KeyMissing)) throw error;
      this.#look();
      return open(this.#provider);
    }
  }
}

/** Reads the key file; makes one only where `create` says so, that is beside an embedded database. Refuses a file that others may read. */
export const providerFromKeyFile = (path: string, create: boolean): CryptoProvider => {
  if (!existsSync(path)) {
    if (!create) throw new Error(`密钥文件不存在：${path}`);
    const key = newKey();
    writeFileSync(path, textOf({ current: key.id, keys: [key] }), { mode: 0o600, flag: 'wx' });
    chmodSync(path, 0o600);
  }
  return new KeyRing(path);
};

/** Ids of the keys in the file in their order, the current one, and the one that makes the blind index. */
export const keysIn = (path: string): { ids: string[]; current: string; index: string; indexNext: string | undefined } => {
  const list = read(path);
  return { ids: list.keys.map((k) => k.id), current: list.current, index: list.index ?? list.keys[0]?.id ?? '', indexNext: list.indexNext };
};

/** The same keys with the blind index under this one alone. */
export const indexedUnder = (path: string, id: string): CryptoProvider => {
  const { indexNext: _, ...list } = read(path);
  return providerOf({ ...list, index: id });
};

/** From now on values of the index are given under both keys. What makes the marks stays what it was, without its key. */
export const beginIndex = (path: string, from: string, to: string): void => {
  const list = read(path);
  const first = Buffer.from(list.keys[0]?.secret ?? '', 'hex');
  replace(path, { ...list, index: from, indexNext: to, marks: list.marks ?? indexSecret(first).toString('hex') });
};

/** The index stands under this key alone. */
export const endIndex = (path: string, id: string): void => {
  const { indexNext: _, ...list } = read(path);
  replace(path, { ...list, index: id });
};

/** Adds a key and makes it the current one; answers its id. */
export const addKey = (path: string): string => {
  const list = read(path);
  const key = newKey();
  replace(path, { current: key.id, keys: [...list.keys, key] });
  return key.id;
};

/** Removes a key for good. The caller has made sure that nothing stands under it. */
export const removeKey = (path: string, id: string): void => {
  const list = read(path);
  if ([list.current, list.index ?? list.keys[0]?.id, list.indexNext].includes(id))
    throw new Error('当前的密钥和用于精确检索的密钥不能移除');
  replace(path, { ...list, keys: list.keys.filter((k) => k.id !== id) });
};
