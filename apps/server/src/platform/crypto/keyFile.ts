import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Sm4Provider } from './crypto.ts';

const KeyFile = z.object({
  current: z.string().min(1),
  keys: z.array(z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/), secret: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
});

/** Reads the key file; makes one only where `create` says so, that is beside an embedded database. Refuses a file that others may read. */
export const providerFromKeyFile = (path: string, create: boolean): Sm4Provider => {
  if (!existsSync(path)) {
    if (!create) throw new Error(`密钥文件不存在：${path}`);
    const id = `k${randomBytes(3).toString('hex')}`;
    writeFileSync(path, `${JSON.stringify({ current: id, keys: [{ id, secret: randomBytes(32).toString('hex') }] }, null, 2)}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
    chmodSync(path, 0o600);
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`密钥文件 ${path} 可被其他用户读取，请先执行 chmod 600`);
  }
  const parsed = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`密钥文件 ${path} 的内容不是有效的密钥清单`);
  return new Sm4Provider(new Map(parsed.data.keys.map((k) => [k.id, Buffer.from(k.secret, 'hex')])), parsed.data.current);
};
