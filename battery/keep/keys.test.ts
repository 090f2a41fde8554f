/** Keys are changed while people work, the change survives a kill, and the chain over the trails names its first broken link. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as sealing from '@jieyou/core/sealing/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealDays } from '../../apps/server/src/audit/index.ts';
import { sealRecipient } from '../../apps/server/src/cases/index.ts';
import { runAudit } from '../../apps/server/src/keeping/audit.ts';
import { sealedTables } from '../../apps/server/src/keeping/ciphertexts.ts';
import { runKeys } from '../../apps/server/src/keeping/keys.ts';
import { keysIn, NOTICED_WITHIN_MS, providerFromKeyFile } from '../../apps/server/src/platform/crypto/keyFile.ts';
import { EMBEDDED_LOGIN, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { readEnv } from '../../apps/server/src/platform/env.ts';
import { momentOfId } from '../../apps/server/src/platform/idTime.ts';
import { AccessWorld, casts } from '../../apps/server/test/access.world.ts';
import { casesFoundBy, startTestApp, type TestApp } from '../../apps/server/test/harness.ts';
import { NODE_FLAGS } from '../../scripts/flags.mjs';

const MANY = 600;
const folder = mkdtempSync(join(tmpdir(), 'jieyou-keys-'));
const keyFile = join(folder, 'key.json');
writeFileSync(keyFile, JSON.stringify({ current: 'old', keys: [{ id: 'old', secret: '07'.repeat(32) }] }), { mode: 0o600 });

let t: TestApp;
let w: AccessWorld;
let appeal: { id: string; code: string };
let letterId: string;
let sealedFileId: string;
let caseId: string;
let attachmentId: string;
let environment: Record<string, string>;

const run = async (what: typeof runKeys, ...args: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const code = await what(
    args,
    () => readEnv(environment, folder),
    (line) => void lines.push(line),
  );
  return { code, said: lines.join('\n') };
};
const keys = (...args: string[]) => run(runKeys, ...args);
const audit = (...args: string[]) => run(runAudit, ...args);

beforeAll(async () => {
  t = await startTestApp({ crypto: providerFromKeyFile(keyFile, false) });
  environment = {
    JIEYOU_DATA: t.services.env.dataDir,
    JIEYOU_KEY_FILE: keyFile,
    DATABASE_OWNER_URL: t.superuserUrl,
    DATABASE_URL: urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }),
  };
  w = new AccessWorld(t);
  ({ caseId } = await w.held('own', { attach: true }));
  attachmentId = await w.attach('own', { kind: 'case', id: caseId });
  appeal = await w.appeal('own');
  await w.calledIn('own');
  await w.ticket('own');
  await w.output('own', true);
  const sealed = await w.sealed('other');
  sealedFileId = sealed.fileId;
  const centre = await t.as('centre2');
  const draft = { ...w.letterDraft(t.world.persons.centre3 ?? ''), scope: ['identity' as const, 'files' as const] };
  letterId = (await centre.ok(sealing.registerQueryLetter, { params: { id: sealed.id }, body: draft })).id;
  await centre.ok(sealing.addLetterScan, { params: { id: letterId }, file: Buffer.from('%PDF-1.4\n%%EOF\n') });
  for (const by of ['centre', 'security'])
    await (await t.as(by)).ok(sealing.decideQueryLetter, { params: { id: letterId }, body: { decision: 'approve' } });
  // Enough rows that a kill finds the change half done.
  const one = await t.owner.selectFrom('recipient').select(['id']).where('nameCt', '<>', '').executeTakeFirstOrThrow();
  const made = Array.from({ length: MANY }, () => globalThis.crypto.randomUUID());
  const name = made.map((id) => t.crypto.encrypt('某服务对象', { table: 'recipient', row: id, field: 'name' }));
  await sql`insert into recipient select (jsonb_populate_record(r, jsonb_build_object('id', v.id, 'name_ct', v.name, 'id_number_ct', null,
      'phone_ct', null, 'address_ct', null, 'id_number_index', null, 'phone_index', null))).*
    from recipient r, unnest(${made}::uuid[], ${name}::text[]) as v(id, name) where r.id = ${one.id}`.execute(t.owner);
}, 60_000);
afterAll(async () => {
  await t.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Columns of any table in which a text begins like a ciphertext. */
const holding = async (): Promise<string[]> => {
  const { rows } = await sql<{ table: string; column: string }>`select c.table_name as table, c.column_name as column
    from information_schema.columns c join information_schema.tables b using (table_schema, table_name)
    where c.table_schema = 'public' and b.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb', 'ARRAY') order by 1, 2`.execute(
    t.owner,
  );
  const found: string[] = [];
  for (const { table, column } of rows) {
    const hit =
      await sql`select 1 from ${sql.table(table)} where ${sql.ref(column)}::text ~ 's1\\.[A-Za-z0-9_-]{1,20}\\.[A-Za-z0-9_-]{60}' limit 1`.execute(
        t.owner,
      );
    if (hit.rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
};

const historyRows = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from row_history`.execute(t.owner)).rows[0]?.n ?? 0;

/** What people see of what is enciphered, in every kind of place. */
const seen = async () => ({
  appeal: (await (await t.as(casts.own.worker)).ok(appeals.readAppeal, { params: { id: appeal.id } })).content,
  name: await (await t.as(casts.own.worker)).ok(cases.unmaskRecipient, { params: { id: caseId }, body: { field: 'name', reason: '核对' } }),
  file: (await (await t.as(casts.own.worker)).call(cases.readAttachment, { params: { id: attachmentId } })).raw.slice(0, 5),
  sealed: (await (await t.as('centre3')).ok(sealing.openSealedFile, { params: { id: letterId } })).parts,
  sealedFile: (
    await (await t.as('centre3')).call(sealing.readSealedAttachment, { params: { id: letterId, fileId: sealedFileId } })
  ).raw.slice(0, 5),
});

test('every place in which ciphertext stands is found in the catalogue, and all of it opens', async () => {
  const known = (await sealedTables(t.owner)).flatMap((one) => Object.keys(one.columns).map((column) => `${one.table}.${column}`));
  const sealed = ['sealed_content.key_ct', 'sealed_content.body_ct'];
  const places = await holding();
  expect(places.filter((place) => ![...known, ...sealed, 'row_history.before', 'row_history.after'].includes(place))).toEqual([]);
  expect(places.length).toBeGreaterThan(12);
  const { code, said } = await keys('check');
  expect(said).toContain('全部打得开');
  expect(code).toBe(0);
});

test('a change of keys that is killed in the middle goes on at the next run, while people work', async () => {
  const before = await seen();
  const traces = await historyRows();
  const stale =
    (await sql<{ ct: string }>`select name_ct as ct from recipient where name_ct <> '' limit 1`.execute(t.owner)).rows[0]?.ct ?? '';
  const underOld = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from recipient where name_ct like 's1.old.%'`.execute(t.owner)).rows[0]?.n ?? 0;
  const all = await underOld();

  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, new URL('../../apps/server/src/keeping/keys.ts', import.meta.url).pathname, 'rotate'],
    {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    },
  );
  const gone = once(child, 'exit');
  for (const until = Date.now() + 30_000; (await underOld()) === all && Date.now() < until; ) await sleep(2);
  child.kill('SIGKILL');
  await gone;
  const left = await underOld();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(all);
  // Half of it under each key: everything is read, and what is written now stands under the new one.
  expect(await seen()).toEqual(before);
  const status = await keys('status');
  expect(status.said).toMatch(/密钥 old（用于精确检索）：[1-9]/);
  const current = JSON.parse(readFileSync(keyFile, 'utf8')).current as string;
  expect(current).not.toBe('old');

  let working = true;
  const work = (async () => {
    let done = 0;
    for (; working; done += 1) await w.calledIn('own');
    return done;
  })();
  const again = await keys('rotate');
  working = false;
  expect(await work).toBeGreaterThan(0);
  expect(again.said).toContain(`接着完成上次的更换：当前密钥 ${current}`);
  expect(again.code).toBe(0);

  const after = await keys('status');
  expect(after.said).toContain('密钥 old（用于精确检索）：0 处');
  expect(after.said).toMatch(new RegExp(`密钥 ${current}（当前）：[1-9]`));
  expect((await keys('check')).code).toBe(0);
  expect(await seen()).toEqual(before);
  // Neither a trace of the change nor the old ciphertext is left; the trail of people is whole.
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from row_history where http_request like 'keys.rotate:%'
    or strpos(coalesce(before::text, '') || coalesce(after::text, ''), ${stale}) > 0`.execute(t.owner);
  expect(rows[0]?.n).toBe(0);
  expect(await historyRows()).toBeGreaterThanOrEqual(traces);
}, 90_000);

test('a key goes only when nothing stands under it, and never the current one or that of the search', async () => {
  const { current } = JSON.parse(readFileSync(keyFile, 'utf8')) as { current: string };
  const next = await keys('rotate');
  expect(next.code).toBe(0);
  expect((await keys('retire', '--id=old')).said).toContain('用于精确检索');
  const newest = (JSON.parse(readFileSync(keyFile, 'utf8')) as { current: string }).current;
  expect((await keys('retire', `--id=${newest}`)).said).toContain('当前密钥');
  const place = { table: 'mail', row: globalThis.crypto.randomUUID(), field: 'body' };
  const one = await t.owner.selectFrom('recipient').selectAll().where('nameCt', '<>', '').executeTakeFirstOrThrow();
  const ring = JSON.parse(readFileSync(keyFile, 'utf8')) as { current: string };
  copyFileSync(keyFile, `${keyFile}.was`);
  writeFileSync(keyFile, JSON.stringify({ ...ring, current }), { mode: 0o600 });
  const older = providerFromKeyFile(keyFile, false).encrypt('留下的', { ...place, table: 'recipient', row: one.id, field: 'name' });
  copyFileSync(`${keyFile}.was`, keyFile);
  await t.owner.updateTable('recipient').set({ nameCt: older }).where('id', '=', one.id).execute();
  const refused = await keys('retire', `--id=${current}`);
  expect(refused.said).toMatch(new RegExp(`还有 [12] 处内容在密钥 ${current} 下`));
  expect((await keys('rotate')).code).toBe(0);
  expect((await keys('retire', `--id=${current}`)).code).toBe(0);
  expect((await keys('check')).code).toBe(0);
}, 60_000);

test('the blind index comes under another key while people work, goes on after a kill, finds everybody at every moment, and lets the old key go', async () => {
  const worker = await t.as(casts.own.worker);
  const told = [
    { name: '章若溪', phone: '13712340001', idNumber: '440304199003070027' },
    { name: '单明远', phone: '13712340002', idNumber: null },
  ];
  const known: { caseId: string; words: string[] }[] = [];
  for (const one of told) {
    const { caseId: id } = await w.held('own');
    const { recipientId } = await t.owner.selectFrom('caseFile').select('recipientId').where('id', '=', id).executeTakeFirstOrThrow();
    const sealed = sealRecipient(
      t.crypto,
      recipientId,
      { gender: 'female', birthOn: null, name: one.name, idNumber: one.idNumber, phone: one.phone, address: null } as Parameters<
        typeof sealRecipient
      >[2],
      '2026-03-06' as Parameters<typeof sealRecipient>[3],
    );
    await t.owner.updateTable('recipient').set(sealed).where('id', '=', recipientId).execute();
    known.push({ caseId: id, words: [one.name, one.phone, ...(one.idNumber === null ? [] : [one.idNumber])] });
  }
  const missed: string[] = [];
  let looked = 0;
  const everybody = async (): Promise<void> => {
    for (const one of known)
      for (const word of one.words) {
        looked += 1;
        if (!(await casesFoundBy(worker, word)).some((row) => row.id === one.caseId)) missed.push(word);
      }
  };
  await everybody();
  expect(missed).toEqual([]);
  const { index: first } = keysIn(keyFile);
  expect(first).toBe('old');
  const newest = keysIn(keyFile).current;
  const pairs = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from index_move`.execute(t.owner)).rows[0]?.n ?? 0;
  const olderForms = (
    await sql<{ v: string }>`select name_index as v from recipient where name_ct <> '' union
    select phone_index from recipient where phone_index is not null`.execute(t.owner)
  ).rows.map((row) => row.v);

  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, new URL('../../apps/server/src/keeping/keys.ts', import.meta.url).pathname, 'reindex'],
    { env: { ...process.env, ...environment }, stdio: 'ignore' },
  );
  const gone = once(child, 'exit');
  for (const until = Date.now() + 30_000; (await pairs()) === 0 && Date.now() < until; ) await sleep(2);
  child.kill('SIGKILL');
  await gone;
  expect(await pairs()).toBeGreaterThan(0);
  expect(keysIn(keyFile)).toMatchObject({ index: 'old', indexNext: newest });
  await everybody();
  expect(missed).toEqual([]);
  expect((await keys('retire', '--id=old')).said).toContain('用于精确检索');

  let working = true;
  const work = (async () => {
    for (; working; ) {
      const { caseId: id } = await w.calledIn('own').then(() => w.held('own'));
      const { recipientId } = await t.owner.selectFrom('caseFile').select('recipientId').where('id', '=', id).executeTakeFirstOrThrow();
      const { phoneCt } = await t.owner.selectFrom('recipient').select('phoneCt').where('id', '=', recipientId).executeTakeFirstOrThrow();
      if (phoneCt !== null)
        known.push({ caseId: id, words: [t.crypto.decrypt(phoneCt, { table: 'recipient', row: recipientId, field: 'phone' })] });
      await everybody();
      if (known.length > 8) known.splice(2, 3);
    }
  })();
  const again = await keys('reindex');
  working = false;
  await work;
  expect(again.said).toContain(`接着完成上次的更换：精确检索改用密钥 ${newest}`);
  expect(again.code).toBe(0);
  expect(keysIn(keyFile)).toMatchObject({ index: newest, indexNext: undefined });
  await everybody();
  expect(missed).toEqual([]);
  expect(looked).toBeGreaterThan(20);

  // The old key goes, for good; its form of no value is left anywhere, and everybody is found.
  expect((await keys('retire', '--id=old')).code).toBe(0);
  expect(keysIn(keyFile).ids).not.toContain('old');
  await sleep(NOTICED_WITHIN_MS + 100);
  await everybody();
  expect(missed).toEqual([]);
  expect(await pairs()).toBe(0);
  const kept = await sql<{
    n: number;
  }>`select (select count(*)::int from recipient where name_index = any(${olderForms}) or phone_index = any(${olderForms}))
    + (select count(*)::int from row_history where coalesce(before ->> 'name_index', after ->> 'name_index') = any(${olderForms})) as n`.execute(
    t.owner,
  );
  expect(kept.rows[0]?.n).toBe(0);
  // The code that a resident was given opens the appeal as before, and a number of the household is one number still.
  expect((await t.nobody.ok(appeals.readOwnAppeal, { body: { code: appeal.code } })).number).toBeTruthy();
}, 90_000);

test('a row whose ciphertext was changed, and a key that is missing, are named', async () => {
  const [one, two] = await t.owner.selectFrom('recipient').select(['id', 'nameCt']).where('nameCt', '<>', '').limit(2).execute();
  await t.owner
    .updateTable('recipient')
    .set({ nameCt: two?.nameCt ?? '' })
    .where('id', '=', one?.id ?? '')
    .execute();
  const swapped = await keys('check');
  expect(swapped.said).toContain(`recipient ${one?.id} name：打不开`);
  expect(swapped.code).toBe(1);
  await t.owner
    .updateTable('recipient')
    .set({ nameCt: one?.nameCt ?? '' })
    .where('id', '=', one?.id ?? '')
    .execute();

  // The history keeps both changes of this test.
  await sql`delete from row_history where row_id = ${one?.id} and operation = 'UPDATE' and http_request is null`.execute(t.owner);

  copyFileSync(keyFile, `${keyFile}.was`);
  writeFileSync(keyFile, JSON.stringify({ current: 'other', keys: [{ id: 'other', secret: '09'.repeat(32) }] }), { mode: 0o600 });
  const { current } = JSON.parse(readFileSync(`${keyFile}.was`, 'utf8')) as { current: string };
  const lost = await keys('check');
  expect(lost.said).toContain(`缺少密钥：${current}`);
  expect(lost.code).toBe(1);
  copyFileSync(`${keyFile}.was`, keyFile);
  expect((await keys('check')).code).toBe(0);
}, 60_000);

test('the chain is verified by a command, which names the one row that was changed, taken or slipped in, and a chain that was cut off', async () => {
  t.clock.advance({ days: 2 });
  expect(await sealDays(t.services)).toBeGreaterThan(0);
  const whole = await audit('verify');
  expect(whole.code).toBe(0);
  const end = /链尾 (\S+)/.exec(whole.said)?.[1] ?? '';
  expect((await audit('verify', `--holds=${end}`)).code).toBe(0);

  const event = await t.owner.selectFrom('event').select(['id', 'ip', 'at']).orderBy('id').executeTakeFirstOrThrow();
  await t.owner.updateTable('event').set({ ip: '192.0.2.9' }).where('id', '=', event.id).execute();
  const broken = await audit('verify');
  expect(broken.said).toContain('审计链在 2026-03-05 断开：当天的审计记录被改动');
  expect(broken.code).toBe(1);
  // The row by its id and its time in Shanghai, whatever was done to it.
  const timeOf = (id: string): string => new Date(momentOfId(id)).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
  const named = broken.said.split('\n').slice(1);
  expect(named).toEqual([`  记录 ${event.id}（${timeOf(event.id)}）被改动`]);
  await t.owner.updateTable('event').set({ ip: event.ip }).where('id', '=', event.id).execute();
  expect((await audit('verify')).code).toBe(0);
  const other = await t.owner.selectFrom('event').selectAll().where('id', '<>', event.id).orderBy('id').executeTakeFirstOrThrow();
  const slipped = `${event.id.slice(0, 24)}000000000001`;
  const rename = async (from: string, to: string): Promise<void> => {
    await sql`insert into event select (jsonb_populate_record(null::event, to_jsonb(e) || jsonb_build_object('id', ${to}::text))).*
      from event e where e.id = ${from}`.execute(t.owner);
    await t.owner.deleteFrom('event').where('id', '=', from).execute();
  };
  await rename(other.id, slipped);
  expect(new Set((await audit('verify')).said.split('\n').slice(1))).toEqual(
    new Set([`  记录 ${other.id}（${timeOf(other.id)}）被删除`, `  记录 ${slipped}（${timeOf(slipped)}）是后来插入的`]),
  );
  await rename(slipped, other.id);
  expect((await audit('verify')).code).toBe(0);

  // A chain that was cut off is whole in itself: only somebody who wrote down its end can tell.
  await t.owner.deleteFrom('auditSeal').where('day', '=', end.slice(0, 10)).execute();
  expect((await audit('verify')).code).toBe(0);
  const cut = await audit('verify', `--holds=${end}`);
  expect(cut.said).toContain('链被截短');
  expect(cut.code).toBe(1);
});
