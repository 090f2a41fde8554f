/** A named server of Debian's PostgreSQL 15 under pgBackRest: a base backup, the archive of the WAL, and the way back after a kill. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { verifySeals } from '../../apps/server/src/audit/index.ts';
import type { countRows as Count } from '../../apps/server/src/keeping/whole.ts';
import { Sm4Provider } from '../../apps/server/src/platform/crypto/crypto.ts';
import { Database, ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { prepareDatabase, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { buildWorld } from '../../apps/server/test/world.ts';

const bin = '/usr/lib/postgresql/15/bin';
const ACCOUNT = 'postgres';
const EVENTS = 500;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Runs where both are installed and we may become the server's account; elsewhere says that it was left out. */
export const pgBackRest = async (
  folder: string,
  check: (what: string, held: boolean, told?: string) => void,
  countRows: typeof Count,
): Promise<void> => {
  if (process.getuid?.() !== 0 || !existsSync(join(bin, 'postgres')) || spawnSync('pgbackrest', ['version']).status !== 0) {
    console.log('（没有 Debian 的 PostgreSQL 15 与 pgBackRest，或不是 root：这一段没有运行）');
    return;
  }
  const place = join(folder, 'named');
  const [cluster, repository, log, restored] = ['cluster', 'repository', 'log', 'restored'].map((name) => join(place, name)) as [
    string,
    string,
    string,
    string,
  ];
  mkdirSync(place);
  chmodSync(place, 0o711);
  for (const one of [cluster, repository, log, restored]) mkdirSync(one, { mode: 0o700 });
  const password = randomBytes(12).toString('hex');
  writeFileSync(join(place, 'pw'), password, { mode: 0o600 });
  const port = await freePort();
  const config = join(place, 'pgbackrest.conf');
  // As docs/operations.md gives it, with a place and a port of this run.
  writeFileSync(
    config,
    `[global]
repo1-path=${repository}
repo1-retention-full=2
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${randomBytes(24).toString('hex')}
log-path=${log}
lock-path=${log}
start-fast=y
archive-timeout=60

[jieyou]
pg1-path=${cluster}
pg1-port=${port}
pg1-socket-path=${log}
`,
    { mode: 0o640 },
  );
  spawnSync('chown', ['-R', `${ACCOUNT}:${ACCOUNT}`, place]);
  const as = (command: string, args: readonly string[]): { ok: boolean; said: string } => {
    const ran = spawnSync('runuser', ['-u', ACCOUNT, '--', command, ...args], {
      cwd: '/',
      encoding: 'utf8',
      timeout: 600_000,
      env: { PATH: process.env.PATH, PGPASSFILE: join(place, 'pgpass') },
    });
    return { ok: ran.status === 0, said: `${ran.stdout}${ran.stderr}`.trim() };
  };
  const rest = (...args: string[]) => as('pgbackrest', [`--config=${config}`, '--stanza=jieyou', ...args]);
  writeFileSync(join(place, 'pgpass'), `*:*:*:postgres:${password}\n`, { mode: 0o600 });
  spawnSync('chown', [`${ACCOUNT}:${ACCOUNT}`, join(place, 'pgpass')]);
  const settings = (data: string): string =>
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${log} -c wal_level=replica -c archive_mode=on -c archive_timeout=300 ` +
    `-c archive_command='pgbackrest --config=${config} --stanza=jieyou archive-push %p' -c max_connections=50 -D ${data}`;
  const start = (data: string) =>
    as(join(bin, 'pg_ctl'), ['start', '-w', '-t', '120', '-D', data, '-l', join(log, 'server.log'), '-o', settings(data)]);
  const made = as(join(bin, 'initdb'), [
    '-D',
    cluster,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${join(place, 'pw')}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  if (!made.ok) throw new Error(made.said);
  let where = cluster;
  try {
    const first = start(cluster);
    if (!first.ok) throw new Error(first.said);
    const superuser = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    const appUrl = await prepareDatabase(superuser, 'jieyou');
    const ownerUrl = urlOf(superuser, { database: 'jieyou' });
    let owner = ownerDatabase(ownerUrl);
    await buildWorld(owner, new Sm4Provider(new Map([['test', Buffer.alloc(32, 7)]]), 'test'), new Date());
    const stanza = rest('stanza-create');
    const checked = rest('check');
    check('pgBackRest：归档通了', stanza.ok && checked.ok, `${stanza.said}${checked.said}`.slice(-300));
    const startedAt = performance.now();
    const full = rest('--type=full', 'backup');
    check('pgBackRest：使用中做全量备份', full.ok, `${((performance.now() - startedAt) / 1000).toFixed(1)} 秒`);
    // What is written after the base backup comes back from the archive alone.
    await sql`insert into event (district_id, id, at, type, record_kind, record_id, facts)
      select d.id, gen_random_uuid(), now(), 'after', 'x', d.id, '{}' from division d, generate_series(1, ${EVENTS}) where d.tier = 'district' and d.id = (select id from division where tier = 'district' limit 1)`.execute(
      owner,
    );
    const before = await countRows(owner);
    // In life `archive_timeout` does this every five minutes at the latest.
    const { rows } = await sql<{ wal: string }>`select pg_walfile_name(pg_switch_wal()) as wal`.execute(owner);
    const archived = async (): Promise<boolean> =>
      (await sql<{ wal: string }>`select coalesce(last_archived_wal, '') as wal from pg_stat_archiver`.execute(owner)).rows.some(
        (row) => row.wal.slice(0, 24) >= (rows[0]?.wal ?? 'F'),
      );
    for (const patience = performance.now() + 60_000; !(await archived()) && performance.now() < patience; ) await sleep(100);
    await owner.destroy();
    as(join(bin, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'immediate', '-w']);
    const restoring = performance.now();
    const back = rest(`--pg1-path=${restored}`, 'restore');
    where = restored;
    const second = start(restored);
    check(
      'pgBackRest：恢复到空目录并启动',
      back.ok && second.ok,
      `${((performance.now() - restoring) / 1000).toFixed(1)} 秒 ${back.said.slice(-200)}`,
    );
    owner = ownerDatabase(ownerUrl);
    const after = await countRows(owner);
    const differing = Object.keys(before).filter((table) => before[table] !== after[table]);
    check(
      'pgBackRest：行数相同，全量备份之后写的也在',
      differing.length === 0 && (after['public.event'] ?? 0) >= EVENTS,
      differing.join('、'),
    );
    const app = new Database(appUrl, { max: 2, onIdleError: () => undefined });
    const seen = await app.query('select 1 from person limit 1');
    const content = await app.query('select 1 from recipient limit 1');
    const chain = await verifySeals({ db: app, clock: { now: () => new Date() } });
    check('pgBackRest：行级安全与审计链仍在', chain.ok && content.length === 0, `person ${seen.length}`);
    await app.end();
    await owner.destroy();
  } finally {
    as(join(bin, 'pg_ctl'), ['stop', '-D', where, '-m', 'immediate', '-w']);
  }
};
