import * as endpoints from '@jieyou/core/audit/endpoints.ts';
import { createWorker, readWorker } from '@jieyou/core/workforce/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { idAt } from '../platform/ids.ts';
import { lowestIdAt, momentOfId } from '../platform/idTime.ts';
import { workLater } from '../platform/later.ts';
import { sealDays, verifySeals } from './index.ts';
import { newestEntriesSql } from './store.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const worker = (name: string, over: object = {}) =>
  ({
    name,
    gender: 'female',
    post: '社工',
    level: 'none',
    organisationId: t.world.organisations.o1,
    stationId: null,
    phone: null,
    joinedOn: '2026-03-01',
    ...over,
  }) as never;

/** Entries of the past, made directly: `count` events of a day, then as many readings. */
const past = async (iso: string, count: number, districtId = t.world.districtId) => {
  const at = Date.parse(iso);
  const actor = t.world.persons.worker ?? '';
  await t.owner
    .insertInto('event')
    .values(
      Array.from({ length: count }, (_, i) => ({
        districtId,
        id: idAt(at + i, 0),
        at: new Date(at + i).toISOString(),
        type: 'case.note-added',
        actorId: actor,
        accountId: null,
        recordKind: 'case',
        recordId: actor,
        facts: JSON.stringify({ words: 12 }),
      })),
    )
    .execute();
  await t.owner
    .insertInto('accessRecord')
    .values(
      Array.from({ length: count }, (_, i) => ({
        districtId,
        id: idAt(at + i, 1),
        at: new Date(at + i).toISOString(),
        kind: 'read',
        action: 'readCase',
        actorId: actor,
        recordKind: 'case',
        recordId: actor,
        outcome: 'shown',
      })),
    )
    .execute();
};

test('an id tells its moment, and bounds of a moment hold every id made then', () => {
  const at = Date.parse('2026-03-05T02:00:00.123Z');
  for (const order of [0, 4095]) {
    expect(momentOfId(idAt(at, order))).toBe(at);
    expect(idAt(at, order) >= lowestIdAt(at)).toBe(true);
    expect(idAt(at - 1, order) < lowestIdAt(at)).toBe(true);
    expect(idAt(at - 1, order) < lowestIdAt(at, -1)).toBe(true);
    expect(idAt(at, order) > lowestIdAt(at, -1)).toBe(true);
  }
});

test('both trails read as one, the newest first, with who, what, which record, when and from where, and no facts', async () => {
  const system = await t.as('system');
  const { id } = await system.ok(createWorker, { body: worker('被登记的人') });
  await system.call(readWorker, { params: { id: t.world.streetId } });
  const audit = await t.as('audit');
  const { rows } = await audit.ok(endpoints.listAuditTrail);
  expect(rows[0]).toMatchObject({
    kind: 'refused',
    action: 'readWorker',
    outcome: 'not-found',
    actorName: '系统管理员',
    username: 'system',
    recordId: t.world.streetId,
  });
  expect(rows[1]).toMatchObject({
    kind: 'event',
    action: 'workforce.worker-registered',
    recordKind: 'worker',
    recordId: id,
    ip: '127.0.0.1',
  });
  const answer = await audit.call(endpoints.listAuditTrail);
  expect(answer.raw).not.toContain('facts');
  expect(answer.raw).not.toContain('被登记的人');
  expect((await (await t.as('baudit')).ok(endpoints.listAuditTrail)).rows).toEqual([]);
  for (const username of ['system', 'security', 'centre'])
    expect((await (await t.as(username)).call(endpoints.listAuditTrail)).status).toBe(403);
});

test('filters by day, kind, person, words of the action and record; pages by key hold both trails', async () => {
  await past('2026-02-10T02:00:00Z', 3);
  const audit = await t.as('audit');
  const list = async (query: object) => (await audit.ok(endpoints.listAuditTrail, { query: { limit: 100, ...query } as never })).rows;
  const february = { from: '2026-02-10', to: '2026-02-10' };
  expect((await list(february)).map((row) => row.kind)).toEqual(['read', 'event', 'read', 'event', 'read', 'event']);
  expect(await list({ from: '2026-02-11', to: '2026-03-04' })).toEqual([]);
  expect(await list({ ...february, kind: ['event'] })).toHaveLength(3);
  expect(await list({ ...february, kind: ['read', 'unmask'] })).toHaveLength(3);
  for (const person of ['周晓岚', 'worker', '晓岚']) expect([person, (await list({ ...february, person })).length]).toEqual([person, 6]);
  expect(await list({ ...february, person: '没有这个人' })).toEqual([]);
  expect(await list({ ...february, action: '写个案记录' })).toHaveLength(3);
  expect(await list({ ...february, action: 'case.note' })).toHaveLength(3);
  // A whole code means that action alone, and whole words every code that bears them.
  expect(new Set((await list({ ...february, action: 'readCase' })).map((row) => row.action))).toEqual(new Set(['readCase']));
  expect(await list({ ...february, action: 'case.note-added' })).toHaveLength(3);
  expect(await list({ ...february, action: '查看个案清单' })).toEqual([]);
  expect(await list({ recordId: t.world.persons.worker })).toHaveLength(6);

  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await audit.ok(endpoints.listAuditTrail, { query: { ...february, limit: 4, ...(after === undefined ? {} : { after }) } });
    seen.push(...page.rows.map((row) => row.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect([seen.length, new Set(seen).size]).toEqual([6, 6]);
  expect([...seen].sort().reverse()).toEqual(seen);
});

test('a page is read by the index of each trail, under the rights of the audit administrator', async () => {
  await past('2025-06-01T02:00:00Z', 2_000);
  await sql`analyze event, access_record`.execute(t.owner);
  const plan = await workLater(t.services, { audit: '1', district: t.world.districtId }, async (tx) => {
    const explained = await sql<Record<string, string>>`explain ${newestEntriesSql({ districtId: t.world.districtId }, 21)}`.execute(tx);
    return explained.rows.map((row) => Object.values(row)[0]).join('\n');
  });
  expect(plan).toMatch(/Index Scan (Backward )?using event_newest on event/);
  expect(plan).toMatch(/Index Scan (Backward )?using access_record_newest on access_record/);
});

test('a place that is none is refused in words', async () => {
  const answer = await (await t.as('audit')).call(endpoints.listAuditTrail, { query: { after: 'x' } });
  expect([answer.status, answer.error.fields?.[0]?.path]).toEqual([400, 'after']);
});

test('an export is a workbook of all rows, records itself with its reason, and holds no formula', async () => {
  const audit = await t.as('audit');
  await t.owner
    .updateTable('person')
    .set({ name: '=HYPERLINK("http://x")' })
    .where('id', '=', t.world.persons.worker ?? '')
    .execute();
  const answer = await audit.call(endpoints.exportAuditTrail, { query: { from: '2025-06-01', to: '2026-02-28', reason: '年度检查' } });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-disposition']).toContain(encodeURIComponent('审计记录-2026-03-05.xlsx'));
  const workbook = await readXlsx(Buffer.from(answer.raw, 'latin1'));
  const rows = workbook.sheets[0]?.rows ?? [];
  expect(rows[0]?.slice(0, 4)).toEqual(['时间', '类别', '操作', '操作人']);
  // 2,006 events and readings of June and February each, a heading, an empty line and the footer.
  expect(rows.filter((row) => row[1] === '操作' || row[1] === '查阅')).toHaveLength(4_006);
  expect(rows[1]?.slice(0, 4)).toEqual(['2026年2月10日 10:00', '查阅', expect.any(String), '=HYPERLINK("http://x")']);
  expect(rows[2]?.[2]).toBe('写个案记录');
  expect(rows.at(-1)?.[0]).toBe('导出人：审计管理员　导出时间：2026年3月5日 10:00');
  const kept = (await audit.ok(endpoints.listAuditTrail, { query: { kind: ['export'] } })).rows;
  expect(kept).toMatchObject([{ action: 'exportAuditTrail', reason: '年度检查', actorName: '审计管理员' }]);
  expect((await audit.call(endpoints.exportAuditTrail, { query: { reason: ' ' } })).status).toBe(400);
  await t.owner
    .updateTable('person')
    .set({ name: '周晓岚' })
    .where('id', '=', t.world.persons.worker ?? '')
    .execute();
});

test('every finished day is sealed once, quiet days too, and today is not', async () => {
  const days = (Date.parse('2026-03-05') - Date.parse('2025-06-01')) / 86_400_000;
  expect(await sealDays(t.services)).toBe(days);
  expect(await sealDays(t.services)).toBe(0);
  const { rows, todayProtectedBy } = await (await t.as('audit')).ok(endpoints.listAuditSeals);
  expect(rows[0]?.day).toBe('2026-03-04');
  expect(rows.at(-1)).toMatchObject({ day: '2025-06-01', entries: 4_000, previous: '0'.repeat(64) });
  expect(rows.find((row) => row.day === '2026-02-10')?.entries).toBe(6);
  expect(rows.find((row) => row.day === '2026-02-11')?.entries).toBe(0);
  expect(todayProtectedBy).toContain('今天的记录只受数据库角色保护');
  for (let i = 1; i < rows.length; i += 1) expect(rows[i - 1]?.previous).toBe(rows[i]?.hash);
  expect(await verifySeals(t.services)).toEqual({ ok: true, days });

  t.clock.advance({ days: 1 });
  const [one, two] = await Promise.all([sealDays(t.services), sealDays(t.services)]);
  expect(one + two).toBe(1);
  t.clock.advance({ days: -1 });
});

test('whatever is changed, removed or slipped in afterwards breaks its day', async () => {
  const at = Date.parse('2026-02-10T02:00:00Z');
  const one = await t.owner
    .selectFrom('event')
    .selectAll()
    .where('id', '>=', lowestIdAt(at))
    .where('id', '<', lowestIdAt(at + 1))
    .executeTakeFirstOrThrow();
  const restore = { ...one, facts: JSON.stringify(one.facts) };
  const broken = { ok: false, day: '2026-02-10', says: 'entries' };

  await t.owner
    .updateTable('event')
    .set({ facts: JSON.stringify({ words: 13 }) })
    .where('id', '=', one.id)
    .execute();
  expect(await verifySeals(t.services)).toMatchObject(broken);
  await t.owner.deleteFrom('event').where('id', '=', one.id).execute();
  expect(await verifySeals(t.services)).toMatchObject(broken);
  await t.owner.insertInto('event').values(restore).execute();
  expect(await verifySeals(t.services)).toMatchObject({ ok: true });

  await past('2026-02-11T02:00:00Z', 1);
  expect(await verifySeals(t.services)).toMatchObject({ ok: false, day: '2026-02-11', says: 'entries' });
  await t.owner
    .deleteFrom('event')
    .where('id', '>=', lowestIdAt(Date.parse('2026-02-10T16:00:00Z')))
    .where('id', '<', lowestIdAt(Date.parse('2026-02-11T16:00:00Z')))
    .execute();
  await t.owner
    .deleteFrom('accessRecord')
    .where('id', '>=', lowestIdAt(Date.parse('2026-02-10T16:00:00Z')))
    .where('id', '<', lowestIdAt(Date.parse('2026-02-11T16:00:00Z')))
    .execute();
  await t.owner.deleteFrom('auditSeal').where('day', '=', '2026-01-15').execute();
  expect(await verifySeals(t.services)).toMatchObject({ ok: false, day: '2026-01-16', says: 'link' });
});

test('the platform’s own role can neither change nor remove what was recorded', async () => {
  for (const statement of [
    "update event set type = 'x'",
    'delete from event',
    "update access_record set outcome = 'x'",
    'delete from access_record',
    "update audit_seal set hash = 'x'",
    'delete from audit_seal',
  ]) {
    await expect(t.services.db.query(statement)).rejects.toThrow('permission denied');
  }
  expect(await t.services.db.query('select 1 from event')).toEqual([]);
  expect(await t.services.db.query('select 1 from access_record')).toEqual([]);
});
