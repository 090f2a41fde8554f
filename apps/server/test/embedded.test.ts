import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, removeCluster, startEmbeddedPostgres } from '../src/platform/db/embedded.ts';
import { postgresProcessesIn } from '../src/platform/db/orphans.ts';
import { LockHeld } from '../src/platform/processLock.ts';

// A space and an umlaut: installations live in folders that people name.
const scratch = mkdtempSync(join(tmpdir(), 'jieyou embedded ü-'));
const dataDir = join(scratch, 'pg');
const started: EmbeddedPostgres[] = [];

async function start(port?: number): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...(port === undefined ? {} : { port }) });
  started.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.superuserUrl('postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterGone(filesIn: string): Promise<void> {
  for (let i = 0; i < 200 && postgresProcessesIn(filesIn).length > 0; i += 1) await sleep(50);
}

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});
afterAll(() => {
  removeCluster(dataDir);
  rmSync(scratch, { recursive: true, force: true });
});

test('a second start finds what the first one wrote', async () => {
  const first = await start();
  expect(first.version).toMatch(/^18\./);
  await query(first, 'create table kept (id int)');
  await query(first, 'insert into kept values (7)');
  await first.stop();
  expect(existsSync(`${dataDir}.lock`)).toBe(false);
  expect(await query(await start(), 'select id from kept')).toEqual([{ id: 7 }]);
});

test('it compares text by code point in UTF-8 and keeps statements out of its log', async () => {
  const server = await start();
  const [row] = await query(server, "select datlocprovider as provider, datlocale as locale from pg_database where datname = 'postgres'");
  expect(row).toEqual({ provider: 'b', locale: 'C.UTF-8' });
  await expect(query(server, "select '身份证'::int")).rejects.toThrow();
  await expect(query(server, "insert into nowhere values ('secret-of-a-client')")).rejects.toThrow();
  expect(readFileSync(`${dataDir}.log`, 'utf8')).not.toContain('secret-of-a-client');
});

test('a stale lock file whose process lives as something else is healed', async () => {
  const before = await start();
  await before.stop();
  writeFileSync(join(before.dataDir, 'postmaster.pid'), `${process.ppid}\n${before.dataDir}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`);
  expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server killed under a living owner starts again on the same port with every acknowledged row', async () => {
  const first = await start();
  await query(first, 'create table acknowledged (id int)');
  for (let id = 1; id <= 20; id += 1) await query(first, `insert into acknowledged values (${id})`);
  const pid = Number(readFileSync(join(first.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await first.exited;
  const again = await start(first.port);
  expect(again.superuserUrl('postgres')).toBe(first.superuserUrl('postgres'));
  expect(await query(again, 'select count(*)::int as rows from acknowledged')).toEqual([{ rows: 20 }]);
});

test('while one process owns the folder, another start is refused and disturbs nothing', async () => {
  const server = await start();
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(LockHeld);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a missing password file is an error and never a reason to begin with an empty database', async () => {
  const before = await start();
  await before.stop();
  const password = readFileSync(`${before.dataDir}.pw`, 'utf8');
  rmSync(`${before.dataDir}.pw`);
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow('缺少数据库口令文件');
  expect(existsSync(join(before.dataDir, 'PG_VERSION'))).toBe(true);
  writeFileSync(`${before.dataDir}.pw`, password, { mode: 0o600 });
});

test('records stay at hand when user namespaces are switched off and on again', async () => {
  const first = await start();
  await query(first, 'create table moved (id int)');
  await query(first, 'insert into moved values (1)');
  await first.stop();
  for (const off of ['1', '']) {
    vi.stubEnv('JIEYOU_NO_USERNS', off);
    const server = await start();
    expect(await query(server, 'select id from moved')).toEqual([{ id: 1 }]);
    await server.stop();
  }
  vi.unstubAllEnvs();
});

/** Another process that owns the folder, so that it can be killed without warning. */
async function startOwner(environment: Record<string, string> = {}): Promise<{ dataDir: string; kill(): Promise<void> }> {
  const module = new URL('../src/platform/db/embedded.ts', import.meta.url).href;
  const code = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(server.dataDir);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  return {
    dataDir: line.toString().trim(),
    async kill() {
      owner.kill('SIGKILL');
      await once(owner, 'exit');
    },
  };
}

/** Elsewhere no kernel feature ties a child to its parent, and a test that cannot run is left out, not skipped. */
const linuxTest = process.platform === 'linux' ? test : (): void => {};

linuxTest('when the owner is killed, the server stops by itself', async () => {
  const owner = await startOwner();
  expect(postgresProcessesIn(owner.dataDir).length).toBeGreaterThan(0);
  await owner.kill();
  await postmasterGone(owner.dataDir);
  expect(postgresProcessesIn(owner.dataDir)).toEqual([]);
  expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
});

linuxTest('an orphan that outlived its owner is stopped before the next start', async () => {
  const owner = await startOwner({ JIEYOU_NO_PDEATHSIG: '1' });
  await owner.kill();
  const orphans = postgresProcessesIn(owner.dataDir);
  expect(orphans.length).toBeGreaterThan(0);
  const server = await start();
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(postgresProcessesIn(server.dataDir).filter((pid) => orphans.includes(pid))).toEqual([]);
});
