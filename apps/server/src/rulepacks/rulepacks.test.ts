import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as endpoints from '@jieyou/core/rulepacks/endpoints.ts';
import { supportPackOf } from '@jieyou/core/support/pack.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { idAt } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import { installRulePacks, packInForce } from './index.ts';

let t: TestApp;
let root: string;
beforeAll(async () => {
  t = await startTestApp();
  root = (await t.owner.selectFrom('division').select('id').where('parentId', 'is', null).executeTakeFirstOrThrow()).id;
  await installRulePacks(t.owner, root);
});
afterAll(() => t.stop());

const inForce = (districtId: string, day: string, code = 'support') =>
  workLater(t.services, {}, (tx) => packInForce(tx, code, districtId, day));

test('the packs are installed once, however often the installation runs', async () => {
  await installRulePacks(t.owner, root);
  const { rows } = await (await t.as('worker')).ok(endpoints.listRulePacks);
  const codes = rows.map((row) => row.code);
  expect(codes).toEqual(expect.arrayContaining(['casebank', 'field', 'support']));
  expect(new Set(codes).size).toBe(codes.length);
  for (const row of rows) expect([row.code, row.inForce, row.divisionName]).toEqual([row.code, true, '试验市']);
});

test('a figure that comes with a later release joins the versions that were issued before it', async () => {
  const later = ['calls', 'ticket.days'] as const;
  await t.owner.deleteFrom('ruleValue').where('key', '=', later[1]).execute();
  expect((await inForce(t.world.districtId, '2026-03-05', later[0])).values).not.toHaveProperty([later[1]]);
  const changed = { 'appeal.answerDays': 2 };
  await t.owner
    .updateTable('ruleValue')
    .set({ value: JSON.stringify(changed['appeal.answerDays']) })
    .where('key', '=', 'appeal.answerDays')
    .execute();
  await installRulePacks(t.owner, root);
  expect((await inForce(t.world.districtId, '2026-03-05', later[0])).values).toMatchObject({ [later[1]]: 5, ...changed });
});

test('the support pack holds every figure of the support room', async () => {
  const pack = await inForce(t.world.districtId, '2026-03-05');
  expect(supportPackOf(pack.values)).toMatchObject({
    'clock.screening': 2,
    'clock.panel': 3,
    'clock.conference': 5,
    'checklist.hardAt': 2,
    'panel.maxPerMonth': 4,
  });
});

test('each figure shows its source or says that it is ours', async () => {
  const caller = await t.as('officer');
  for (const pack of (await caller.ok(endpoints.listRulePacks)).rows) {
    const { values } = await caller.ok(endpoints.readRulePack, { params: { id: pack.id } });
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      expect(value.label).not.toBe('');
      expect([value.key, value.isOurs, value.source.startsWith('本平台默认')]).toEqual([value.key, value.isOurs, value.isOurs]);
    }
  }
});

test('the closest division speaks, within the pack’s days, and a neighbour’s pack is not there', async () => {
  const local = idAt(Date.parse('2026-04-01T00:00:00Z'), 0);
  await t.owner
    .insertInto('rulePack')
    .values({
      id: local,
      divisionId: t.world.districtId,
      code: 'support',
      title: '甲区',
      version: '甲-1',
      effectiveFrom: '2026-04-01',
      effectiveTo: '2026-04-30',
    })
    .execute();
  await t.owner
    .insertInto('ruleValue')
    .values({ packId: local, key: 'stale.days', position: 0, label: '提醒', value: '7', unit: '日', source: '甲区通知', isOurs: false })
    .execute();
  expect((await inForce(t.world.districtId, '2026-03-31')).version).toBe('2026.1');
  expect(await inForce(t.world.districtId, '2026-04-01')).toEqual({ version: '甲-1', values: { 'stale.days': 7 } });
  expect((await inForce(t.world.districtId, '2026-04-30')).version).toBe('甲-1');
  expect((await inForce(t.world.districtId, '2026-05-01')).version).toBe('2026.1');
  expect((await inForce(t.world.otherDistrictId, '2026-04-15')).version).toBe('2026.1');

  t.clock.set('2026-04-15T02:00:00.000Z');
  const rows = (await (await t.as('centre')).ok(endpoints.listRulePacks)).rows.filter((row) => row.code === 'support');
  expect(rows.map((row) => [row.version, row.inForce])).toEqual([
    ['甲-1', true],
    ['2026.1', false],
  ]);
  expect((await (await t.as('bcentre')).call(endpoints.readRulePack, { params: { id: local } })).status).toBe(404);
});

test('without a pack nothing is made up', async () => {
  await expect(inForce(t.world.districtId, '2023-12-31')).rejects.toThrow('no rule pack');
  await expect(inForce(t.world.districtId, '2026-03-05', 'nowhere')).rejects.toThrow('no rule pack');
});

test('every figure of ours is read by some rule: a page of rules shows nothing that has no effect', async () => {
  const core = fileURLToPath(new URL('../../../../packages/core/src', import.meta.url));
  const sources = globSync('**/*.ts', { cwd: core, exclude: ['**/*.test.ts'] }).map((file) => readFileSync(join(core, file), 'utf8'));
  const caller = await t.as('officer');
  for (const pack of (await caller.ok(endpoints.listRulePacks)).rows) {
    const { values } = await caller.ok(endpoints.readRulePack, { params: { id: pack.id } });
    const unread = values.filter((v) => v.isOurs && !sources.some((text) => text.includes(v.key)));
    expect([pack.code, unread.map((v) => v.key)]).toEqual([pack.code, []]);
  }
});
