/**
 * A named server is saved with PostgreSQL's own pg_dump and comes back in another database under another owner: rows, chain, ciphertext,
 * row-level security and the functions that run as their owner. Where no pg_dump of the server's version is at hand (beside the embedded
 * server there is none) these tests are left out; the second suite of .ci/run has one.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endOfChain, sealDays, verifySeals } from '../src/audit/index.ts';
import { runBackup } from '../src/keeping/backup.ts';
import { walkCiphertexts } from '../src/keeping/ciphertexts.ts';
import { countRows } from '../src/keeping/whole.ts';
import { Database, ownerDatabase } from '../src/platform/db/database.ts';
import { EMBEDDED_LOGIN, ensureRoles, urlOf } from '../src/platform/db/migrate.ts';
import { readEnv } from '../src/platform/env.ts';
import { AccessWorld } from './access.world.ts';
import { startTestApp, type TestApp } from './harness.ts';

const bin = '/usr/lib/postgresql/15/bin';
const given = process.env.TEST_DATABASE_URL;
const serverTest = given !== undefined && existsSync(join(bin, 'pg_dump')) ? test : (): void => {};

const tag = randomBytes(4).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'jieyou-dump-'));
let t: TestApp;
let back: ReturnType<typeof ownerDatabase>;
let backUrl: string;

const run = (program: string, ...args: string[]): void => {
  const { status, stderr } = spawnSync(join(bin, program), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
};

/** What protects the rows, as the catalogue tells it. */
const protection = async (db: typeof back) => ({
  policies: (
    await sql`select tablename, policyname, cmd, qual, with_check from pg_policies where schemaname = 'public' order by 1, 2`.execute(db)
  ).rows,
  secured: (await sql`select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace order by 1`.execute(db))
    .rows,
  definers: (
    await sql`select proname, proconfig, prosecdef from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`.execute(
      db,
    )
  ).rows,
  grants: (
    await sql`select table_name, privilege_type from information_schema.role_table_grants where grantee = 'jieyou_app' order by 1, 2`.execute(
      db,
    )
  ).rows,
  triggers: (await sql`select tgrelid::regclass::text as on, tgname from pg_trigger where not tgisinternal order by 1, 2`.execute(db)).rows,
});

beforeAll(async () => {
  if (given === undefined) return;
  t = await startTestApp();
  const w = new AccessWorld(t);
  await w.held('own', { attach: true });
  await w.sealed('other');
  t.clock.advance({ days: 2 });
  await sealDays(t.services);
  const file = join(folder, 'jieyou.dump');
  run('pg_dump', '-Fc', '-f', file, t.superuserUrl);
  await sql`create role ${sql.id(`owner_${tag}`)} login createrole`.execute(t.owner);
  await sql`create database ${sql.id(`back_${tag}`)} owner ${sql.id(`owner_${tag}`)} template template0`.execute(t.owner);
  backUrl = urlOf(t.superuserUrl, { database: `back_${tag}` });
  // Roles belong to the cluster and are in no dump of a database.
  await ensureRoles(backUrl, { name: EMBEDDED_LOGIN, password: 'jieyou' });
  run('pg_restore', '--exit-on-error', '--no-owner', `--role=owner_${tag}`, '-d', backUrl, file);
  back = ownerDatabase(backUrl);
}, 90_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (given === undefined) return;
  await back?.destroy();
  await sql`drop database if exists ${sql.id(`back_${tag}`)} with (force)`.execute(t.owner);
  await sql`drop role if exists ${sql.id(`owner_${tag}`)}`.execute(t.owner);
  await t.stop();
});

test('beside a named server the backup command writes nothing and names the tools', async () => {
  const lines: string[] = [];
  const to = join(folder, 'nowhere');
  const env = () => readEnv({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c', JIEYOU_KEY_FILE: join(folder, 'key.json') }, folder);
  expect(await runBackup([`--to=${to}`], env, 'test', (line) => void lines.push(line))).toBe(1);
  expect(lines.join('\n')).toMatch(/pg_dump.*pgBackRest/);
  expect(existsSync(to)).toBe(false);
});

serverTest('pg_dump gives back every row, the chain and every ciphertext', async () => {
  expect(await countRows(back)).toEqual(await countRows(t.owner));
  const app = new Database(urlOf(backUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }), { max: 2, onIdleError: () => undefined });
  try {
    const services = { db: app, clock: t.clock };
    expect((await verifySeals(services)).ok).toBe(true);
    expect(await endOfChain(services)).toEqual(await endOfChain(t.services));
  } finally {
    await app.end();
  }
  const found = await walkCiphertexts(back, t.crypto, t.services.files, (bytes) => createHash('sha256').update(bytes).digest('hex'));
  expect(found.problems).toEqual([]);
  expect(found.files).toBeGreaterThan(1);
});

serverTest('pg_dump keeps what protects the rows: policies, grants, triggers and functions of the owner', async () => {
  expect(await protection(back)).toEqual(await protection(t.owner));
  const { rows } = await sql<{ owners: string[] }>`select array_agg(distinct pg_get_userbyid(proowner)::text) as owners from pg_proc
    where prosecdef and pronamespace = 'public'::regnamespace`.execute(back);
  expect(rows[0]?.owners).toEqual([`owner_${tag}`]);
  const app = new Database(urlOf(backUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }), { max: 2, onIdleError: () => undefined });
  try {
    // Without anybody's settings no row of content is seen, and the trails cannot be changed.
    for (const table of ['case_file', 'case_note', 'recipient', 'support_request', 'sealed_content', 'event'])
      expect([table, await app.query(`select 1 from ${table} limit 1`)]).toEqual([table, []]);
    await expect(app.query('delete from event')).rejects.toThrow('permission denied');
    // A writing under the platform's login leaves its history through the owner's function.
    const before = (await sql<{ n: number }>`select count(*)::int as n from row_history`.execute(back)).rows[0]?.n ?? 0;
    const worker = await sql<{ id: string; person: string; district: string }>`select f.id, f.worker_id as person, f.district_id as district
      from case_file f where f.sealed_at is null limit 1`.execute(back);
    const one = worker.rows[0];
    await app.transaction(
      'write',
      { district: one?.district ?? '', worker_selves: `{${one?.person}}`, person: one?.person ?? '' },
      async (tx) => {
        await sql`update case_file set risk = 'high', version = version + 1 where id = ${one?.id}`.execute(tx);
      },
    );
    const after = (await sql<{ n: number }>`select count(*)::int as n from row_history`.execute(back)).rows[0]?.n ?? 0;
    expect(after).toBe(before + 1);
  } finally {
    await app.end();
  }
});
