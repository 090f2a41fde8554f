import * as endpoints from '@jieyou/core/divisions/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const community = (over: object = {}) =>
  ({ parentId: t.world.streetId, tier: 'community', name: '新桥社区', code: '990001001001', validFrom: '2026-01-01', ...over }) as never;

test('everybody sees the divisions of the own district and those above it, by code', async () => {
  const { rows } = await (await t.as('worker')).ok(endpoints.listDivisions);
  expect(rows.map((row) => row.name)).toEqual(['试验市', '甲区', '一街道', '甲社区', '二街道', '丙社区']);
  const streets = await (await t.as('worker')).ok(endpoints.listDivisions, { query: { tier: 'street', parentId: t.world.districtId } });
  expect(streets.rows).toHaveLength(2);
  expect((await (await t.as('bcentre')).ok(endpoints.listDivisions)).rows.map((row) => row.name)).toEqual([
    '试验市',
    '乙区',
    '乙街道',
    '乙社区',
  ]);
});

test('a new division stands below its parent on the path of ids, with a code of its own', async () => {
  const system = await t.as('system');
  const made = await system.ok(endpoints.createDivision, { body: community() });
  const row = await t.owner.selectFrom('division').select(['path', 'fullName']).where('id', '=', made.id).executeTakeFirstOrThrow();
  expect(row.path.endsWith(`/${t.world.districtId}/${t.world.streetId}/${made.id}/`)).toBe(true);
  expect(row.fullName).toBe('一街道新桥社区');
  expect((await system.call(endpoints.createDivision, { body: community() })).error).toMatchObject({
    code: 'divisions.code-taken',
    facts: { name: '新桥社区' },
  });
  expect((await system.call(endpoints.createDivision, { body: community({ tier: 'street', code: null }) })).error.code).toBe(
    'divisions.tier-not-below-parent',
  );
  expect(
    (await system.call(endpoints.createDivision, { body: community({ parentId: t.world.otherDistrictId, tier: 'street', code: null }) }))
      .status,
  ).toBe(404);
  expect((await (await t.as('centre')).call(endpoints.createDivision, { body: community({ code: null }) })).status).toBe(403);
});

test('a new name reaches the full names below; the path stays', async () => {
  const system = await t.as('system');
  const before = await t.owner.selectFrom('division').select(['id', 'path']).where('name', '=', '新桥社区').executeTakeFirstOrThrow();
  await system.ok(endpoints.updateDivision, { params: { id: t.world.streetId }, body: { version: 1, name: '新街道' } });
  const after = await t.owner.selectFrom('division').select(['path', 'fullName']).where('id', '=', before.id).executeTakeFirstOrThrow();
  expect(after).toEqual({ path: before.path, fullName: '新街道新桥社区' });
});

test('a division ends with a successor that is another one; its code is free again', async () => {
  const system = await t.as('system');
  const old = await t.owner.selectFrom('division').select('id').where('name', '=', '新桥社区').executeTakeFirstOrThrow();
  const change = (body: object) => system.call(endpoints.updateDivision, { params: { id: old.id }, body: body as never });
  expect((await change({ version: 1, successorId: old.id })).error.code).toBe('divisions.successor-is-itself');
  expect((await change({ version: 1, successorId: t.world.otherDistrictId })).status).toBe(404);
  expect((await change({ version: 1, validTo: '2025-12-31' })).status).toBe(400);
  const heir = await system.ok(endpoints.createDivision, { body: community({ name: '大桥社区', code: null }) });
  expect((await change({ version: 1, validTo: '2026-02-28', successorId: heir.id })).body.version).toBe(2);
  expect((await change({ version: 1, name: '晚了' })).error.code).toBe('record.changed-meanwhile');
  await system.ok(endpoints.updateDivision, { params: { id: heir.id }, body: { version: 1, code: '990001001001' } });
  expect((await change({ version: 2, validTo: null })).error.code).toBe('divisions.code-taken');
});

test('the authority of the district changes its name, and other districts are out of reach', async () => {
  const system = await t.as('system');
  await system.ok(endpoints.updateDivision, { params: { id: t.world.districtId }, body: { version: 1, authorityName: '甲区社会工作部' } });
  const rows = (await system.ok(endpoints.listDivisions, { query: { text: '甲区' } })).rows;
  expect(rows.map((row) => row.authorityName)).toEqual(['甲区社会工作部']);
  expect(
    (await system.call(endpoints.updateDivision, { params: { id: t.world.otherDistrictId }, body: { version: 1, authorityName: '别的' } }))
      .status,
  ).toBe(404);
});
