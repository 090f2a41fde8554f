import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { updateSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftRequest, openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const records = async () =>
  (await t.owner.selectFrom('accessRecord').select('id').where('action', '=', 'readWorkbench').where('kind', '=', 'read').execute()).length;

test('drafts are told apart by the masked recipient and the day on which each was begun', async () => {
  const worker = await t.as('worker');
  expect((await worker.ok(readWorkbench)).todos).toEqual([]);
  expect(await records()).toBe(0);
  const first = await draftRequest(t, await openCase(t, 'worker', { name: '王小桦' }));
  t.clock.advance({ days: 1 });
  const second = await draftRequest(t, await openCase(t, 'worker', { name: '李明' }));
  await worker.ok(updateSupportRequest, { params: { id: first.id }, body: { version: 1, tried: '又家访了一次' } });
  const answer = await worker.call(readWorkbench);
  expect(answer.body.todos.map((todo) => [todo.kind, todo.recordId, todo.recipientName, todo.since.slice(0, 10)])).toEqual([
    ['draft', first.id, '王*桦', '2026-03-05'],
    ['draft', second.id, '李*', '2026-03-06'],
  ]);
  expect(answer.raw).not.toContain('王小桦');
  expect(await records()).toBe(1);
});

test('nobody else’s list names the recipient', async () => {
  for (const username of ['worker2', 'worker3', 'head', 'centre', 'officer']) {
    const { todos } = await (await t.as(username)).ok(readWorkbench);
    expect([username, todos.filter((todo) => todo.recipientName !== null)]).toEqual([username, []]);
  }
});
