/**
 * `npm run battery -- backup [--quick]`: the rows of the bench, real ciphertext and attachments, saved while the platform runs and somebody
 * writes, killed in the middle, restored under another user, started and signed in to; keys changed over all of it; and, where Debian's
 * PostgreSQL 15 and pgBackRest are installed, a base backup with an archive of the WAL, restored to the last transaction.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { sealDays } from '../../apps/server/src/audit/index.ts';
import { countRows } from '../../apps/server/src/keeping/whole.ts';
import { providerFromKeyFile } from '../../apps/server/src/platform/crypto/keyFile.ts';
import { Database, ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { removeCluster, runningEmbedded, startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase } from '../../apps/server/src/platform/db/migrate.ts';
import { FileStore } from '../../apps/server/src/platform/files/files.ts';
import { idAt } from '../../apps/server/src/platform/ids.ts';
import { TEST_PASSWORD } from '../../apps/server/test/world.ts';
import { loadVolume } from '../../bench/volume.ts';
import { NODE_FLAGS } from '../../scripts/flags.mjs';
import { pgBackRest } from './pgBackRest.ts';

const repo = join(import.meta.dirname, '../..');
const ATTACHMENTS = 2_000;
const ATTACHMENT_BYTES = 60_000;
const LIMIT_SECONDS = 15 * 60;
const CHUNK = 5_000;
const ANYBODY = 65534;

type Ran = { readonly code: number | null; readonly said: string; readonly seconds: number };

const begin = (what: string, args: readonly string[], env: Record<string, string>, as: { uid?: number; gid?: number } = {}): ChildProcess =>
  spawn(process.execPath, [...NODE_FLAGS, join(repo, 'apps/server/src', what), ...args], {
    env: { PATH: process.env.PATH, JIEYOU_WEB_BUILD: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...as,
  });

const end = async (child: ChildProcess): Promise<Ran> => {
  const started = performance.now();
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, seconds: (performance.now() - started) / 1000 };
};

const platform = async (data: string, keys: string): Promise<{ child: ChildProcess; origin: string }> => {
  const child = begin('main.ts', [], { JIEYOU_DATA: data, JIEYOU_KEY_FILE: keys, PORT: '0', JIEYOU_DEMO: '0' });
  let said = '';
  for await (const chunk of child.stderr as NodeJS.ReadableStream) {
    said += String(chunk);
    const origin = /已启动：(\S+)/.exec(said)?.[1];
    if (origin !== undefined) {
      child.stderr?.resume();
      return { child, origin };
    }
  }
  throw new Error(said);
};

const stopped = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};

/** The whole battery. */
export const run = async (options: Readonly<Record<string, string>>): Promise<{ passed: number; failed: number }> => {
  const requests = options.quick === undefined ? 100_000 : 10_000;
  const count = { passed: 0, failed: 0 };
  const check = (what: string, held: boolean, told = ''): void => {
    count[held ? 'passed' : 'failed'] += 1;
    console.log(`${held ? '✓' : '✗'} ${what}${told === '' ? '' : `：${told}`}`);
  };
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-keep-'));
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  const keys = join(data, 'key.json');
  const saved = join(folder, 'saved');
  const own = { JIEYOU_DATA: data, JIEYOU_KEY_FILE: keys };
  let live: ChildProcess | undefined;
  try {
    mkdirSync(data, { mode: 0o700 });
    const crypto = providerFromKeyFile(keys, true);
    const server = await startEmbeddedPostgres({ dataDir: join(data, 'pg'), settings: { fsync: 'off' } });
    const appUrl = await prepareDatabase(server.superuserUrl('postgres'), 'jieyou');
    await loadVolume(server.superuserUrl('jieyou'), crypto, requests, (line) => console.log(line));
    await encipher(server.superuserUrl('jieyou'), crypto, new FileStore(join(data, 'files'), crypto));
    const app = new Database(appUrl, { max: 2, onIdleError: () => undefined });
    const days = await sealDays({ db: app, clock: { now: () => new Date() } } as never);
    await app.end();
    await server.stop();
    console.log(`${requests} 份求助、${ATTACHMENTS} 个附件，审计链 ${days} 天`);

    const running = await platform(data, keys);
    live = running.child;
    const there = runningEmbedded(join(data, 'pg'));
    if (there === undefined) throw new Error('the platform does not run');
    await using owner = ownerDatabase(there.superuserUrl('jieyou'));
    const district = await owner.selectFrom('division').select('id').where('tier', '=', 'district').executeTakeFirstOrThrow();
    let writing = true;
    const writer = (async () => {
      let n = 0;
      for (; writing; n += 1) {
        const now = new Date();
        const event = {
          districtId: district.id,
          id: idAt(now.getTime(), n & 0xfff),
          at: now.toISOString(),
          type: 'battery',
          recordKind: 'x',
        };
        await owner
          .insertInto('event')
          .values({ ...event, recordId: district.id, facts: '{}' } as never)
          .execute();
      }
      return n;
    })();
    const slow: number[] = [];
    const reader = (async () => {
      while (writing) {
        const at = performance.now();
        const { status } = await fetch(`${running.origin}/readyz`);
        if (status !== 200) slow.push(Number.POSITIVE_INFINITY);
        slow.push(performance.now() - at);
        await sleep(50);
      }
    })();

    // Killed in the middle, at a moment of no choosing: nothing that looks whole, and the next run is not in its way.
    const killed = begin('keeping/backup.ts', [`--to=${saved}`], own);
    await sleep(1_500);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    check('一次被杀的备份没有留下看似完整的备份', !existsSync(join(saved, 'manifest.json')));
    const made = await end(begin('keeping/backup.ts', [`--to=${saved}`], own));
    writing = false;
    const written = await writer;
    await reader;
    check('备份在使用中完成并试恢复通过', made.code === 0, `${made.seconds.toFixed(0)} 秒，其间写入 ${written} 次\n${made.said.trim()}`);
    check('备份在 15 分钟以内', made.seconds <= LIMIT_SECONDS);
    check('备份期间平台一直就绪', slow.every(Number.isFinite), `最慢 ${Math.max(...slow).toFixed(0)} 毫秒`);

    const other = process.getuid?.() === 0 ? { uid: ANYBODY, gid: ANYBODY } : {};
    const theirs = join(folder, 'theirs');
    mkdirSync(theirs);
    cpSync(keys, join(theirs, 'key.json'));
    renameSync(saved, join(theirs, 'saved'));
    const asOther = process.getuid?.() !== 0 || spawnSync('test', ['-r', join(repo, 'package.json')], other).status === 0;
    if (process.getuid?.() === 0 && asOther) spawnSync('chown', ['-R', `${ANYBODY}:${ANYBODY}`, theirs]);
    const from = [`--from=${join(theirs, 'saved')}`];
    const target = join(theirs, 'restored');
    const back = await end(
      begin('keeping/restore.ts', [...from, `--data=${target}`, `--keys=${join(theirs, 'key.json')}`], {}, asOther ? other : {}),
    );
    check(
      `在${asOther && other.uid !== undefined ? '另一个用户' : '本用户'}下恢复并核对相符`,
      back.code === 0,
      `${back.seconds.toFixed(0)} 秒\n${back.said.trim()}`,
    );
    check('恢复在 15 分钟以内', back.seconds <= LIMIT_SECONDS);
    if (process.getuid?.() === 0) spawnSync('chown', ['-R', '0:0', theirs]);

    const again = await platform(target, join(theirs, 'key.json'));
    const signIn = await fetch(`${again.origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ username: 'worker', password: TEST_PASSWORD }),
    });
    check(
      '恢复后的平台启动、就绪，可以登录',
      (await fetch(`${again.origin}/readyz`)).status === 200 && signIn.status === 200,
      `登录 ${signIn.status}`,
    );
    await stopped(again.child);

    const manifest = JSON.parse(readFileSync(join(theirs, 'saved/manifest.json'), 'utf8')) as {
      indexKey: string;
      files: { path: string }[];
    };
    const wrong = join(folder, 'wrong.json');
    const key = { id: manifest.indexKey, secret: 'ab'.repeat(32) };
    writeFileSync(wrong, JSON.stringify({ current: key.id, keys: [key] }), { mode: 0o600 });
    const refused = await end(begin('keeping/restore.ts', [...from, `--data=${join(folder, 'no')}`, `--keys=${wrong}`], {}));
    check(
      '编号相同而内容不同的密钥被识破，没有留下数据',
      refused.code === 1 && !existsSync(join(folder, 'no')),
      refused.said.trim().split('\n').at(-1),
    );

    const lost = join(data, 'files', manifest.files[7]?.path ?? '');
    renameSync(lost, `${lost}.aside`);
    const incomplete = await end(begin('keeping/backup.ts', [`--to=${join(folder, 'incomplete')}`], own));
    renameSync(`${lost}.aside`, lost);
    check(
      '平台已丢失的附件被说出来，其余照样备份',
      incomplete.code === 1 && existsSync(join(folder, 'incomplete/manifest.json')) && incomplete.said.includes('文件不在'),
    );

    const rotated = await end(begin('keeping/keys.ts', ['rotate'], own));
    check('全部内容在使用中改用新密钥', rotated.code === 0, `${rotated.seconds.toFixed(0)} 秒，${rotated.said.trim().split('\n').at(-2)}`);
    const opened = await end(begin('keeping/keys.ts', ['check'], own));
    check('改用之后全部打得开', opened.code === 0, opened.said.trim());
    const chain = await end(begin('keeping/audit.ts', ['verify'], own));
    check('审计链完好', chain.code === 0, `${chain.seconds.toFixed(0)} 秒，${chain.said.trim()}`);
    await sql`update event set type = 'tampered' where id = (select id from event order by id limit 1)`.execute(owner);
    const broken = await end(begin('keeping/audit.ts', ['verify'], own));
    check('改动一行审计记录，命令说出是哪一天', broken.code === 1 && broken.said.includes('断开'), broken.said.trim());
    await stopped(live);
    live = undefined;
    await pgBackRest(folder, check, countRows);
    check(
      '没有留下试恢复的目录',
      readdirSync(folder).every((name) => !/\.(part|verify)$/.test(name)),
    );
  } finally {
    if (live !== undefined) await stopped(live);
    for (const place of ['data', 'theirs/restored', 'saved.verify']) removeCluster(join(folder, place, 'pg'));
    rmSync(folder, { recursive: true, force: true });
  }
  return count;
};

/** Gives the rows of the bench real ciphertext, and cases some attachments. */
const encipher = async (ownerUrl: string, crypto: ReturnType<typeof providerFromKeyFile>, files: FileStore): Promise<void> => {
  await using owner = ownerDatabase(ownerUrl);
  const every = async (table: string, column: string, field: string, plain: string): Promise<void> => {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where ${sql.ref(column)} = 'sealed'`.execute(owner);
    for (let at = 0; at < rows.length; at += CHUNK) {
      const ids = rows.slice(at, at + CHUNK).map((row) => row.id);
      const sealed = ids.map((id) => crypto.encrypt(plain, { table, row: id, field }));
      await sql`update ${sql.table(table)} t set ${sql.ref(column)} = v.ct from unnest(${ids}::uuid[], ${sealed}::text[]) as v(id, ct)
        where t.id = v.id and t.district_id is not null`.execute(owner);
    }
  };
  await every('recipient', 'name_ct', 'name', '某服务对象');
  await every('support_content', 'identities_ct', 'identities', '[]');
  const cases = await owner.selectFrom('caseFile').select(['districtId', 'id', 'workerId']).limit(ATTACHMENTS).execute();
  for (const one of cases) {
    const id = randomUUID();
    const { storedAs, sha256 } = await files.put(id, Buffer.alloc(ATTACHMENT_BYTES, id));
    await owner
      .insertInto('attachment')
      .values({
        ...{ districtId: one.districtId, id, caseId: one.id, name: '附件.pdf', mime: 'application/pdf', bytes: ATTACHMENT_BYTES, sha256 },
        ...{ storedAs, addedBy: one.workerId, addedAt: new Date().toISOString() },
      })
      .execute();
  }
};
