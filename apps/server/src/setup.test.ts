import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ownerDatabase } from './platform/db/database.ts';
import { ensureDatabase, urlOf } from './platform/db/migrate.ts';
import { runSeed } from './seed.ts';
import { planFrom, runSetup, seedsOfPath } from './setup.ts';

const tag = randomBytes(5).toString('hex');
const login = `app_${tag}`;
const folder = mkdtempSync(join(tmpdir(), 'jieyou-setup-'));
const keyFile = join(folder, 'key.json');
const databaseOf = (name: string) => urlOf(inject('pgSuperuser'), { database: name });
const envOf = (name: string) => ({
  DATABASE_OWNER_URL: databaseOf(name),
  DATABASE_URL: urlOf(databaseOf(name), { user: login, password: 'p@ss word' }),
  JIEYOU_KEY_FILE: keyFile,
});
const run = async (name: string, args: string[] = []): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const code = await runSetup(
    args,
    envOf(name),
    (line) => void lines.push(line),
    async () => null,
  );
  return { code, said: lines.join('\n') };
};
const seed = async (name: string): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const code = await runSeed(envOf(name), (line) => void lines.push(line));
  return { code, said: lines.join('\n') };
};
const names = [`setup_${tag}_a`, `setup_${tag}_b`] as const;

beforeAll(async () => {
  for (const name of names) await ensureDatabase(inject('pgSuperuser'), name);
});
afterAll(async () => {
  const server = ownerDatabase(inject('pgSuperuser'));
  for (const name of names) await sql`drop database if exists ${sql.id(name)} with (force)`.execute(server);
  await sql`drop role if exists ${sql.id(login)}`.execute(server);
  await server.destroy();
  rmSync(folder, { recursive: true, force: true });
});

it('refuses to seed before the set-up, says each missing setting, and then prepares everything once', async () => {
  expect(() => planFrom({})).toThrow(/DATABASE_OWNER_URL[\s\S]*DATABASE_URL[\s\S]*JIEYOU_KEY_FILE/);
  expect(() => planFrom({ ...envOf(names[0]), DATABASE_URL: databaseOf(names[0]) })).toThrow(
    /不能与 DATABASE_OWNER_URL 相同|写明用户和密码/,
  );

  const first = await run(names[0]);
  expect(first.said).toContain('广东省/深圳市/龙华区');
  expect(first.code).toBe(0);
  expect(first.said.match(/一次性密码 \S{14}/g)).toHaveLength(3);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);

  const again = await run(names[0]);
  expect(again).toEqual({ code: 0, said: '已经初始化过，没有改动任何内容' });

  const app = ownerDatabase(envOf(names[0]).DATABASE_URL);
  expect((await sql<{ n: number }>`select count(*)::int as n from division where tier = 'street'`.execute(app)).rows[0]?.n).toBe(6);
  await expect(sql`create table public.mine (id int)`.execute(app)).rejects.toThrow();
  const accounts = await app.selectFrom('account').select(['username', 'mustChange', 'isDemo']).orderBy('username').execute();
  expect(accounts.map((a) => [a.username, a.mustChange, a.isDemo])).toEqual([
    ['audit', true, false],
    ['security', true, false],
    ['system', true, false],
  ]);
  await app.destroy();
});

it('seeds the demo with disabled accounts, once, and leaves the administrators as they are', async () => {
  expect((await seed(names[0])).said).toContain('均已停用');
  const owner = ownerDatabase(databaseOf(names[0]));
  const accounts = await owner.selectFrom('account').select(['username', 'disabled', 'isDemo', 'secondFactor']).execute();
  expect(accounts).toHaveLength(15);
  expect(accounts.every((a) => !a.isDemo && a.secondFactor === null)).toBe(true);
  expect(
    accounts
      .filter((a) => !a.disabled)
      .map((a) => a.username)
      .sort(),
  ).toEqual(['audit', 'security', 'system']);
  expect(
    (await sql<{ n: number }>`select count(*)::int as n from division where tier = 'district' and name = '龙华区'`.execute(owner)).rows[0]
      ?.n,
  ).toBe(1);
  expect((await sql<{ n: number }>`select count(*)::int as n from worker`.execute(owner)).rows[0]?.n).toBe(879);
  await owner.destroy();
  expect(await seed(names[0])).toEqual({ code: 1, said: '没有载入：数据库里已有机构、人员或个案，演示数据只能载入空库' });
});

it('sets up another district, and seeds neither an unprepared database nor another district', async () => {
  expect((await seed(names[1])).said).toContain('请先运行 npm run setup');
  expect((await run(names[1], ['--division', '试验省/试验市/某某区', '--code', '990001'])).code).toBe(0);
  expect((await seed(names[1])).said).toContain('不是演示区');
  expect(() => seedsOfPath('省/市/区/街道', null)).toThrow(/省\/市\/区县/);
  expect(seedsOfPath('某某市/某某区', '110101').seeds.map((s) => [s.tier, s.code])).toEqual([
    ['province', null],
    ['district', '110101'],
  ]);
  expect((await run(names[1], ['--wrong'])).said).toContain('不认识的参数');
});
