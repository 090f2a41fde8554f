/** What was saved comes back: rows, chain, attachments, under another user; and what is not whole is refused, with its name. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemoIfEmpty } from '../../apps/server/demo/load.ts';
import { sealDays } from '../../apps/server/src/audit/index.ts';
import { runBackup } from '../../apps/server/src/keeping/backup.ts';
import { runRestore } from '../../apps/server/src/keeping/restore.ts';
import { providerFromKeyFile } from '../../apps/server/src/platform/crypto/keyFile.ts';
import { Database, ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { type EmbeddedPostgres, removeCluster, startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase } from '../../apps/server/src/platform/db/migrate.ts';
import { readEnv } from '../../apps/server/src/platform/env.ts';
import { FileStore } from '../../apps/server/src/platform/files/files.ts';
import { idAt } from '../../apps/server/src/platform/ids.ts';
import { NODE_FLAGS } from '../../scripts/flags.mjs';

const repo = join(import.meta.dirname, '../..');
const FILES = 12;
const folder = mkdtempSync(join(tmpdir(), 'jieyou-backup-'));
// Others walk through it; what lies in it is for its owner alone.
chmodSync(folder, 0o711);
const data = join(folder, 'data');
const saved = join(folder, 'saved');
const keyFile = join(data, 'key.json');
const env = () => readEnv({ JIEYOU_DATA: data, JIEYOU_KEY_FILE: keyFile }, folder);
let server: EmbeddedPostgres;
let owner: ReturnType<typeof ownerDatabase>;
let stored: string[];

type Outcome = { code: number; said: string };
const backup = async (to: string): Promise<Outcome> => {
  const lines: string[] = [];
  const code = await runBackup([`--to=${to}`], env, 'test', (line) => void lines.push(line));
  return { code, said: lines.join('\n') };
};
const restore = async (from: string, to: string, keys = keyFile): Promise<Outcome> => {
  const lines: string[] = [];
  const code = await runRestore([`--from=${from}`, `--data=${to}`, `--keys=${keys}`], {}, (line) => void lines.push(line));
  return { code, said: lines.join('\n') };
};

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir: join(data, 'pg'), settings: { fsync: 'off' } });
  const url = await prepareDatabase(server.superuserUrl('postgres'), 'jieyou');
  const crypto = providerFromKeyFile(keyFile, true);
  await loadDemoIfEmpty(server.superuserUrl('jieyou'), crypto, { want: true, dataDir: data, say: () => undefined });
  owner = ownerDatabase(server.superuserUrl('jieyou'));
  const files = new FileStore(join(data, 'files'), crypto);
  const one = await owner.selectFrom('caseFile').select(['districtId', 'id', 'workerId']).limit(1).executeTakeFirstOrThrow();
  const by = await owner.selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow();
  stored = [];
  for (let i = 0; i < FILES; i += 1) {
    const id = globalThis.crypto.randomUUID();
    const { storedAs, sha256 } = await files.put(id, Buffer.from(`附件 ${i} `.repeat(2_000)));
    stored.push(storedAs);
    await owner
      .insertInto('attachment')
      .values({
        ...{ districtId: one.districtId, id, caseId: one.id, name: `附件${i}.pdf`, mime: 'application/pdf', bytes: 1, sha256, storedAs },
        ...{ addedBy: by.id, addedAt: new Date().toISOString() },
      })
      .execute();
  }
  const app = new Database(url, { max: 2, onIdleError: () => undefined });
  // A month of sealed days is chain enough.
  const { at } = await owner.selectFrom('event').select('at').orderBy('id').limit(1).executeTakeFirstOrThrow();
  await sealDays({ db: app, clock: { now: () => new Date(Date.parse(at) + 30 * 86_400_000) } } as never);
  await app.end();
}, 60_000);
afterAll(async () => {
  await owner.destroy();
  await server.stop();
  removeCluster(join(data, 'pg'));
  rmSync(folder, { recursive: true, force: true });
});

const everyFile = (at: string): string[] =>
  readdirSync(at, { recursive: true, withFileTypes: true }).flatMap((e) => (e.isFile() ? [join(e.parentPath, e.name)] : []));

test('a backup is taken while people write, proven by restoring it, and holds no key', async () => {
  let writing = true;
  const district = await owner.selectFrom('division').select('id').where('tier', '=', 'district').executeTakeFirstOrThrow();
  const writer = (async () => {
    let n = 0;
    for (; writing; n += 1) {
      const at = new Date().toISOString();
      await owner
        .insertInto('event')
        .values({
          districtId: district.id,
          id: idAt(Date.now(), n & 0xfff),
          at,
          type: 'x',
          recordKind: 'x',
          recordId: district.id,
          facts: '{}',
        } as never)
        .execute();
    }
    return n;
  })();
  const { code, said } = await backup(saved);
  writing = false;
  expect(await writer).toBeGreaterThan(20);
  expect(said).toContain('试恢复通过');
  expect(said).toContain(`附件 ${FILES} 个都打得开`);
  expect(code).toBe(0);
  const { keys } = JSON.parse(readFileSync(keyFile, 'utf8')) as { keys: { id: string; secret: string }[] };
  const manifest = JSON.parse(readFileSync(join(saved, 'manifest.json'), 'utf8')) as { keys: string[]; chainEnd: { day: string } };
  expect(manifest.keys).toEqual(keys.map((key) => key.id));
  expect(manifest.chainEnd.day).toMatch(/^\d{4}-/);
  const secrets = keys.flatMap((key) => [Buffer.from(key.secret), Buffer.from(key.secret, 'hex')]);
  const holders = everyFile(saved).filter((path) => secrets.some((secret) => readFileSync(path).includes(secret)));
  expect(holders).toEqual([]);
  // The scratch of the proof is gone, and so is the superuser's password.
  expect(readdirSync(folder).sort()).toEqual(['data', 'saved']);
  expect(everyFile(saved).some((path) => path.endsWith('.pw'))).toBe(false);
  expect((await backup(saved)).said).toContain('不是空的，没有写入任何内容');
}, 60_000);

test('it is restored into an empty place under another user, with the same counts and the same chain', async () => {
  const target = join(folder, 'restored');
  // A root may become anybody; everybody else is the other user already.
  const other = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const mine = mkdtempSync(join(tmpdir(), 'jieyou-other-'));
  const keys = join(mine, 'key.json');
  const from = join(mine, 'saved');
  cpSync(keyFile, keys);
  cpSync(saved, from, { recursive: true });
  const to = join(mine, 'restored');
  if (other.uid !== undefined) spawnSync('chown', ['-R', '65534:65534', mine]);
  const reachable = other.uid === undefined || spawnSync('test', ['-r', join(repo, 'package.json')], other).status === 0;
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, join(repo, 'apps/server/src/keeping/restore.ts'), `--from=${from}`, `--data=${to}`, `--keys=${keys}`],
    { ...(reachable ? other : {}), cwd: mine, stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, HOME: mine } },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(said).toContain('核对相符');
  expect(said).toMatch(/共用时 \d+\.\d 秒/);
  expect(code).toBe(0);
  // A password of its own, so that what leaks of the copy opens nothing here.
  expect(readFileSync(join(to, 'pg.pw'), 'utf8')).not.toBe(readFileSync(`${server.dataDir}.pw`, 'utf8'));
  expect(existsSync(join(to, 'key.json'))).toBe(false);
  rmSync(mine, { recursive: true, force: true });

  writeFileSync(join(folder, 'occupied.txt'), '');
  const occupied = await restore(saved, folder);
  expect(occupied.said).toContain('不是空的，没有写入任何内容');
  expect(occupied.code).toBe(1);
  rmSync(join(folder, 'occupied.txt'));
  expect(existsSync(target)).toBe(false);
}, 60_000);

test('a missing key is named, and nothing is left of the attempt', async () => {
  const { keys } = JSON.parse(readFileSync(keyFile, 'utf8')) as { keys: { id: string }[] };
  const other = join(folder, 'other.json');
  writeFileSync(other, JSON.stringify({ current: 'kother', keys: [{ id: 'kother', secret: 'ab'.repeat(32) }] }), { mode: 0o600 });
  const target = join(folder, 'nowhere');
  for (const path of [other, join(folder, 'absent.json')]) {
    const { code, said } = await restore(saved, target, path);
    expect(said).toContain(keys[0]?.id);
    expect(code).toBe(1);
  }
  expect((await restore(saved, target, other)).said).toContain(`缺少密钥 ${keys[0]?.id}`);
  expect(readdirSync(folder).filter((name) => name.startsWith('nowhere'))).toEqual([]);
}, 60_000);

test('a backup of which one byte was changed, or a file is gone, is refused by name', async () => {
  const broken = join(folder, 'broken');
  cpSync(saved, broken, { recursive: true });
  const file = join(broken, 'files', stored[3] ?? '');
  const bytes = readFileSync(file);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const changed = await restore(broken, join(folder, 'again'));
  expect(changed.said).toContain(`${stored[3]} 与清单的指纹不同`);
  expect(changed.code).toBe(1);
  rmSync(file);
  expect((await restore(broken, join(folder, 'again'))).said).toContain(`备份里缺少 ${stored[3]}`);
  expect(existsSync(join(folder, 'again'))).toBe(false);
  rmSync(broken, { recursive: true });
}, 60_000);

test('the platform makes no fresh key beside a database that is there', () => {
  const place = mkdtempSync(join(tmpdir(), 'jieyou-keyless-'));
  // As it lies after a restoration without the key: only the mark of a cluster counts.
  cpSync(join(saved, 'pg/PG_VERSION'), join(place, 'pg/PG_VERSION'));
  const { status, stderr } = spawnSync(process.execPath, [...NODE_FLAGS, join(repo, 'apps/server/src/main.ts')], {
    env: { PATH: process.env.PATH, JIEYOU_DATA: place, PORT: '0', JIEYOU_WEB_BUILD: '0' },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stderr).toContain('密钥文件不存在');
  expect(status).toBe(1);
  expect(existsSync(join(place, 'key.json'))).toBe(false);
  rmSync(place, { recursive: true, force: true });
}, 40_000);
