import * as endpoints from '@jieyou/core/resources/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const draft = (over: object = {}) =>
  ({
    kind: 'policy',
    name: '临时救助',
    category: '社会救助',
    audience: '遭遇突发困难的家庭',
    authority: '街道办事处',
    conditions: '基本生活暂时出现严重困难',
    materials: ['身份证明', '申请书'],
    summary: '一次性救助金，紧急时先行救助',
    helpFields: ['economy'],
    issuingTier: 'city',
    phone: null,
    source: '演示',
    validFrom: '2025-01-01',
    validTo: null,
    ...over,
  }) as never;

test('a resource is registered under the division of its tier and found by two characters and more', async () => {
  const centre = await t.as('centre');
  const { id } = await centre.ok(endpoints.createResource, { body: draft() });
  expect(await (await t.as('worker')).ok(endpoints.readResource, { params: { id } })).toMatchObject({
    divisionName: '试验市',
    valid: true,
    materials: ['身份证明', '申请书'],
  });
  const found = async (text: string) => (await centre.ok(endpoints.listResources, { query: { text } })).rows.length;
  for (const text of ['救助', '先行救助', '突发困难的', '临时 救助金', '急']) expect([text, await found(text)]).toEqual([text, 1]);
  // Each pair of 困难救助 stands somewhere in the text, the phrase does not.
  for (const text of ['困难救助', '%', '救_', '助救', '救助 没有']) expect([text, await found(text)]).toEqual([text, 0]);
});

test('what the nation issues belongs to no division; a street’s offer stands under the district', async () => {
  const centre = await t.as('centre');
  const named = async (issuingTier: string) => {
    const { id } = await centre.ok(endpoints.createResource, { body: draft({ name: `层级${issuingTier}`, issuingTier }) });
    return (await centre.ok(endpoints.readResource, { params: { id } })).divisionName;
  };
  expect([await named('nation'), await named('province'), await named('district'), await named('street')]).toEqual([
    '全国',
    '试验市',
    '甲区',
    '甲区',
  ]);
});

test('validity ends with its last day', async () => {
  const centre = await t.as('centre');
  const { id } = await centre.ok(endpoints.createResource, { body: draft({ name: '限期政策', validTo: '2026-03-05' }) });
  const states = async () => {
    const has = async (state: 'valid' | 'expired') =>
      (await centre.ok(endpoints.listResources, { query: { state, text: '限期政策' } })).rows.length;
    return [await has('valid'), await has('expired'), (await centre.ok(endpoints.readResource, { params: { id } })).valid];
  };
  expect(await states()).toEqual([1, 0, true]);
  t.clock.advance({ days: 1 });
  expect(await states()).toEqual([0, 1, false]);
  t.clock.advance({ days: -1 });
  expect((await centre.call(endpoints.updateResource, { params: { id }, body: { version: 1, validFrom: '2026-03-06' } })).error.code).toBe(
    'resources.validity-backwards',
  );
  expect(
    (await centre.ok(endpoints.updateResource, { params: { id }, body: { version: 1, validTo: null, issuingTier: 'district' } })).version,
  ).toBe(2);
  expect((await centre.call(endpoints.updateResource, { params: { id }, body: { version: 1, phone: '1' } })).error.code).toBe(
    'record.changed-meanwhile',
  );
  expect(await centre.ok(endpoints.readResource, { params: { id } })).toMatchObject({ validTo: null, divisionName: '甲区' });
});

test('the newest comes first, page by page, and filters combine', async () => {
  const centre = await t.as('centre');
  for (const i of [1, 2, 3])
    await centre.ok(endpoints.createResource, { body: draft({ kind: 'resource', name: `法律援助${i}`, helpFields: ['law', 'family'] }) });
  const first = await centre.ok(endpoints.listResources, { query: { helpField: ['law'], kind: ['resource'], limit: 2, count: 'yes' } });
  expect(first.rows.map((row) => row.name)).toEqual(['法律援助3', '法律援助2']);
  expect(first.count).toBe(3);
  const second = await centre.ok(endpoints.listResources, {
    query: { helpField: ['law'], kind: ['resource'], limit: 2, after: first.next ?? '' },
  });
  expect([second.rows.map((row) => row.name), second.next]).toEqual([['法律援助1'], null]);
  expect((await centre.ok(endpoints.listResources, { query: { helpField: ['law'], kind: ['policy'] } })).rows).toEqual([]);
});

test('another district’s bank does not exist; administrators see none; workers do not write', async () => {
  const id = (await (await t.as('centre')).ok(endpoints.listResources)).rows[0]?.id ?? '';
  expect((await (await t.as('bcentre')).call(endpoints.readResource, { params: { id } })).status).toBe(404);
  expect((await (await t.as('bcentre')).call(endpoints.updateResource, { params: { id }, body: { version: 1, phone: '1' } })).status).toBe(
    404,
  );
  expect((await (await t.as('bworker')).ok(endpoints.listResources)).rows).toEqual([]);
  expect((await (await t.as('system')).call(endpoints.listResources)).status).toBe(403);
  expect((await (await t.as('worker')).call(endpoints.createResource, { body: draft() })).status).toBe(403);
});

test('a partner has a liaison person, is found by what it offers, and can be taken out of use', async () => {
  const centre = await t.as('centre');
  const body = {
    type: 'charity',
    name: '暖阳基金会',
    offers: '大病救助',
    liaison: '江川',
    liaisonPost: '项目主任',
    phone: '0755',
    helpFields: ['medical'],
  } as never;
  const { id } = await centre.ok(endpoints.createPartner, { body });
  for (const text of ['暖阳', '大病', '江川'])
    expect((await centre.ok(endpoints.listPartners, { query: { text } })).rows.map((row) => row.id)).toEqual([id]);
  expect((await centre.ok(endpoints.listPartners, { query: { type: ['government'] } })).rows).toEqual([]);
  await centre.ok(endpoints.updatePartner, { params: { id }, body: { version: 1, active: false } });
  expect((await (await t.as('worker')).ok(endpoints.listPartners)).rows).toMatchObject([{ active: false, version: 2 }]);
  expect((await (await t.as('bcentre')).call(endpoints.updatePartner, { params: { id }, body: { version: 2, active: true } })).status).toBe(
    404,
  );
});
