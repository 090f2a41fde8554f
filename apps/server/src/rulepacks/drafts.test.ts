import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import * as rulepacks from '@jieyou/core/rulepacks/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { submitRequest } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { idAt } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import { packInForce } from './index.ts';

let t: TestApp;
let base: string;
beforeAll(async () => {
  t = await startTestApp();
  base = (await t.owner.selectFrom('rulePack').select('id').where('code', '=', 'support').executeTakeFirstOrThrow()).id;
});
afterAll(() => t.stop());

const screeningOn = async (day: string, districtId = t.world.districtId) => {
  const pack = await workLater(t.services, {}, (tx) => packInForce(tx, 'support', districtId, day));
  return [pack.version, pack.values['clock.screening']];
};
const draft = async (who: string, packId = base) => (await t.as(who)).call(rulepacks.draftRules, { params: { id: packId } });
const edit = async (who: string, id: string, version: number, over: object = {}) =>
  (await t.as(who)).call(rulepacks.editRuleDraft, {
    params: { id },
    body: {
      version,
      effectiveFrom: '2026-03-09',
      reason: '区里要求当天筛选',
      changes: [{ key: 'clock.screening', value: 1, source: '甲区支援中心工作规定第三条' }],
      ...over,
    },
  });
const step = async (who: string, id: string, move: 'submit' | 'approve' | 'withdraw' | 'return', version: number) =>
  (await t.as(who)).call(rulepacks.moveRuleDraft, {
    params: { id },
    body: move === 'return' ? { move, version, reason: '请补充出处' } : { move, version },
  });
const submitted = async () => {
  const request = await submitRequest(t);
  return t.owner.selectFrom('supportRequest').select(['packVersion', 'clockDueAt']).where('id', '=', request.id).executeTakeFirstOrThrow();
};

test('two persons issue a version: figures are checked, the day before the old one holds, at the day the new one, results name theirs', async () => {
  const made = await draft('centre');
  expect(made.status).toBe(200);
  const id = made.body.id;
  // Two drafts at once: the second is refused, whoever begins it.
  expect((await draft('centre2')).error.code).toBe('rulepacks.draft-exists');
  expect((await step('centre', id, 'submit', 1)).error.code).toBe('rulepacks.nothing-changed');

  for (const [change, path] of [
    [{ key: 'clock.screening', value: 0, source: '规定' }, 'changes.0.value'],
    [{ key: 'clock.screening', value: 1.5, source: '规定' }, 'changes.0.value'],
    [{ key: 'clock.screening', value: '1', source: '规定' }, 'changes.0.value'],
    [{ key: 'workday.opensAt', value: '25:00', source: '规定' }, 'changes.0.value'],
    [{ key: 'workday.opensAt', value: '18:00', source: '规定' }, 'changes'],
    [{ key: 'checklist.hardAt', value: 7, source: '规定' }, 'changes'],
    [{ key: 'checklist.items', value: [], source: '规定' }, 'changes.0.value'],
    [{ key: 'nowhere', value: 1, source: '规定' }, 'changes.0.value'],
    [{ key: 'clock.screening', value: 1, source: '' }, 'changes.0.source'],
  ] as const) {
    const answer = await edit('centre', id, 1, { changes: [change] });
    expect([answer.status, answer.error.fields?.[0]?.path]).toEqual([400, path]);
  }
  expect((await edit('centre', id, 1, { effectiveFrom: '2026-03-04' })).error.code).toBe('rulepacks.date-past');
  expect((await edit('centre', id, 1)).status).toBe(200);
  expect((await edit('centre', id, 1)).error.code).toBe('record.changed-meanwhile');
  const file = await (await t.as('officer')).ok(rulepacks.readRuleDraft, { params: { id } });
  expect(file.values.filter((v) => v.changed).map((v) => [v.key, v.value, v.newValue, v.newSource, v.running])).toEqual([
    ['clock.screening', 2, 1, '甲区支援中心工作规定第三条', 0],
  ]);
  expect(file.values.find((v) => v.key === 'workday.opensAt')?.input.kind).toBe('time');
  expect(file.values.find((v) => v.key === 'checklist.items')?.input.kind).toBe('weights');

  expect((await step('officer', id, 'approve', 2)).error.code).toBe('rulepacks.draft-moved-on');
  expect((await step('centre', id, 'submit', 2)).status).toBe(200);
  expect((await edit('centre', id, 3)).error.code).toBe('rulepacks.draft-moved-on');
  expect((await step('centre', id, 'approve', 3)).error.code).toBe('rulepacks.author-approves');
  expect((await step('centre2', id, 'approve', 3)).error.code).toBe('rulepacks.authority-approves');
  expect((await step('officer', id, 'return', 3)).status).toBe(200);
  expect((await step('centre', id, 'submit', 4)).status).toBe(200);
  expect((await (await t.as('officer')).ok(listNotices)).rows.map((n) => n.kind)).toContain('rulepacks.to-approve');
  expect((await step('officer', id, 'approve', 5)).status).toBe(200);
  expect((await step('officer', id, 'withdraw', 6)).error.code).toBe('rulepacks.draft-moved-on');

  expect(await screeningOn('2026-03-08')).toEqual(['2026.1', 2]);
  expect(await screeningOn('2026-03-09')).toEqual(['2026.2', 1]);
  expect(await screeningOn('2026-03-10')).toEqual(['2026.2', 1]);
  // The neighbour stays with the city's.
  expect(await screeningOn('2026-03-10', t.world.otherDistrictId)).toEqual(['2026.1', 2]);

  const before = await submitted();
  t.clock.set('2026-03-09T01:00:00.000Z');
  const after = await submitted();
  expect([before.packVersion, before.clockDueAt]).toEqual(['2026.1', '2026-03-09T02:00:00.000Z']);
  expect([after.packVersion, after.clockDueAt?.slice(0, 10)]).toEqual(['2026.2', '2026-03-10']);
});

test('of the division’s own versions the earlier one ends the day before; its figures stay, and so does its name', async () => {
  const own = await t.owner.selectFrom('rulePack').select('id').where('version', '=', '2026.2').executeTakeFirstOrThrow();
  expect((await draft('officer')).error.code).toBe('rulepacks.not-in-force');
  const { id } = (await draft('officer', own.id)).body;
  expect((await edit('officer', id, 1, { effectiveFrom: '2026-03-09' })).error.code).toBe('rulepacks.later-version-stands');
  const changes = [{ key: 'clock.screening', value: 3, source: '本平台默认' }];
  expect((await edit('officer', id, 1, { effectiveFrom: '2026-03-12', changes })).status).toBe(200);
  expect((await step('officer', id, 'submit', 2)).status).toBe(200);
  // The author is of the authority, and still not the second person.
  expect((await step('officer', id, 'approve', 3)).error.code).toBe('rulepacks.author-approves');
  // Another officer of the district.
  await t.owner
    .insertInto('roleAssignment')
    .values({
      id: idAt(Date.parse('2026-01-01T00:00:00Z'), 77),
      districtId: t.world.districtId,
      personId: t.world.persons.centre2 ?? '',
      role: 'officer',
      validFrom: '2026-01-01',
    })
    .execute();
  // The day came and went before somebody approved.
  t.clock.set('2026-03-13T01:00:00.000Z');
  expect((await step('centre2', id, 'approve', 3)).error.code).toBe('rulepacks.date-past');
  t.clock.set('2026-03-12T01:00:00.000Z');
  expect((await step('centre2', id, 'approve', 3)).status).toBe(200);
  expect(await screeningOn('2026-03-11')).toEqual(['2026.2', 1]);
  expect(await screeningOn('2026-03-12')).toEqual(['2026.3', 3]);
  const ended = await t.owner.selectFrom('rulePack').select(['effectiveTo']).where('id', '=', own.id).executeTakeFirstOrThrow();
  expect(ended.effectiveTo).toBe('2026-03-11');
});

test('a draft is withdrawn; one that rests on a version no longer in force is refused', async () => {
  const calls = (await t.owner.selectFrom('rulePack').select('id').where('code', '=', 'calls').executeTakeFirstOrThrow()).id;
  const first = (await draft('centre', calls)).body.id;
  expect((await step('centre', first, 'withdraw', 1)).status).toBe(200);
  const { id } = (await draft('centre', calls)).body;
  await edit('centre', id, 1, { effectiveFrom: '2026-03-20', changes: [{ key: 'ticket.days', value: 8, source: '区里通知' }] });
  await step('centre', id, 'submit', 2);
  const inserted = idAt(Date.parse('2026-03-01T00:00:00Z'), 5);
  await t.owner
    .insertInto('rulePack')
    .values({
      id: inserted,
      divisionId: t.world.districtId,
      code: 'calls',
      title: '热线与居民求助',
      version: '甲',
      effectiveFrom: '2026-03-15',
      effectiveTo: null,
    })
    .execute();
  expect((await step('officer', id, 'approve', 3)).error.code).toBe('rulepacks.base-moved');
  const rows = (await (await t.as('officer')).ok(rulepacks.listRuleDrafts)).rows.map((r) => [r.code, r.status, r.issuedVersion]);
  expect(rows).toEqual([
    ['calls', 'submitted', null],
    ['calls', 'withdrawn', null],
    ['support', 'issued', '2026.3'],
    ['support', 'issued', '2026.2'],
  ]);
  expect((await (await t.as('bcentre')).call(rulepacks.readRuleDraft, { params: { id } })).status).toBe(404);
});

test('what was issued cannot be rewritten by the platform’s own login', async () => {
  for (const rewrite of [
    "update rule_pack set version = 'x'",
    "update rule_value set value = '9'",
    'delete from rule_value',
    'delete from rule_pack',
  ])
    await expect(
      workLater(t.services, {}, (tx) =>
        tx.executeQuery({ sql: rewrite, parameters: [], query: { kind: 'RawNode' } as never, queryId: { queryId: 'x' } } as never),
      ),
    ).rejects.toThrow('permission denied');
});

test('a figure that a room could not read is never issued: every pack is held to the schema by which it is read', async () => {
  const wrong: readonly (readonly [code: string, key: string, value: unknown, kind: string])[] = [
    ['calls', 'appeal.answerDays', 0, 'integer'],
    ['reports', 'acknowledgeMinutes', 0, 'integer'],
    ['expert-time', 'conference.minutes', 5, 'integer'],
    ['casebank', 'similar.commonShare', 1.5, 'decimal'],
    ['resources', 'import.maxRatio', 1, 'integer'],
    ['sealing', 'longestOpeningHours', 0, 'integer'],
    ['mail', 'digest.at', '上午', 'time'],
    ['mail', 'retry.minutes', [1, 0], 'list'],
    ['privacy', 'assessment.keepYears', 2, 'integer'],
    ['field', 'domains', 8, 'fixed'],
  ];
  for (const [code, key, value, kind] of wrong) {
    const { rows } = await (await t.as('centre')).ok(rulepacks.listRulePacks);
    const pack = rows.find((p) => p.code === code && p.inForce)?.id ?? '';
    const live = (await (await t.as('centre')).ok(rulepacks.listRuleDrafts, { query: { code, status: ['draft', 'submitted'] } })).rows[0];
    if (live !== undefined) await step('centre', live.id, 'withdraw', live.version);
    const { id } = (await draft('centre', pack)).body;
    const file = await (await t.as('centre')).ok(rulepacks.readRuleDraft, { params: { id } });
    expect([code, key, file.values.find((v) => v.key === key)?.input.kind]).toEqual([code, key, kind]);
    const answer = await edit('centre', id, 1, { effectiveFrom: '2026-04-01', changes: [{ key, value, source: '区里通知' }] });
    expect([code, key, answer.status, answer.error.fields?.[0]?.path]).toEqual([code, key, 400, 'changes.0.value']);
    await step('centre', id, 'withdraw', 1);
  }
});
