import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import { readCase } from '@jieyou/core/cases/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import * as privacy from '@jieyou/core/privacy/endpoints.ts';
import * as resources from '@jieyou/core/resources/endpoints.ts';
import { moveRuleDraft } from '@jieyou/core/rulepacks/endpoints.ts';
import { updateSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { planVisit } from '@jieyou/core/visits/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { acceptRequest, draftRequest, openCase, submitRequest } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

const OTHERS: ReadonlySet<string> = new Set(['appeal', 'call', 'ticket', 'referral', 'right', 'right-answer', 'destruction', 'rule-draft']);

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

test('what waits on a case of one’s own says whose it is, masked, with the number; a danger says the number alone', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '欧阳小桦' });
  const { number, recipientName } = await worker.ok(readCase, { params: { id: caseId } });
  const visit = { caseId, plannedOn: t.clock.now().toISOString().slice(0, 10), half: 'morning', reason: 'first', why: '看看腿伤' } as const;
  const { id } = await worker.ok(planVisit, { body: visit });
  const w = new AccessWorld(t);
  const alarm = await w.alarm('own');
  const answer = await worker.call(readWorkbench);
  const named = (recordId: string) =>
    answer.body.todos.filter((todo) => todo.recordId === recordId).map((todo) => [todo.kind, todo.number, todo.recipientName]);
  expect(recipientName).toBe('欧阳*桦');
  expect(named(id)).toEqual([['visit', number, '欧阳*桦']]);
  expect(named(alarm.id).map(([kind, , name]) => [kind, name])).toEqual([['alarm', null]]);
  expect(answer.raw).not.toContain('欧阳小桦');
});

test('nobody else’s list names the recipient', async () => {
  for (const username of ['worker2', 'worker3', 'head', 'centre', 'officer']) {
    const { todos } = await (await t.as(username)).ok(readWorkbench);
    expect([username, todos.filter((todo) => todo.recipientName !== null)]).toEqual([username, []]);
  }
});

test('what a worker has handed on lies with others, in whose hands, and only the worker is told', async () => {
  const awaitedOf = async (username: string) => (await (await t.as(username)).ok(readWorkbench)).awaited;
  const before = (await awaitedOf('worker')).length;
  const submitted = await submitRequest(t);
  const accepted = await acceptRequest(t);
  const rows = await awaitedOf('worker');
  expect(rows.length).toBe(before + 2);
  const centre = (
    await t.owner
      .selectFrom('person')
      .select('name')
      .where('id', '=', t.world.persons['centre'] as string)
      .executeTakeFirstOrThrow()
  ).name;
  expect(rows.find((row) => row.recordId === submitted.id)).toMatchObject({ kind: 'request', with: null });
  expect(rows.find((row) => row.recordId === accepted.id)).toMatchObject({ kind: 'request', with: centre });
  for (const username of ['worker2', 'head', 'centre', 'officer', 'agency'])
    expect([username, await awaitedOf(username)]).toEqual([username, []]);
});

test('what other rooms leave to somebody waits on the workbench until it is done, and on nobody else’s', async () => {
  const w = new AccessWorld(t);
  const waiting = async (username: string) =>
    (await (await t.as(username)).ok(readWorkbench)).todos
      .filter((todo) => OTHERS.has(todo.kind))
      .map((todo) => `${todo.kind} ${todo.recordId}`);
  const everybody = ['worker', 'worker2', 'worker3', 'head', 'centre', 'centre2', 'officer', 'agency', 'bworker', 'bcentre'];
  const told: { readonly kind: string; readonly id: string; readonly of: readonly string[]; readonly done: () => Promise<unknown> }[] = [];

  const taken = await w.appeal('own');
  told.push({
    kind: 'appeal',
    id: taken.id,
    of: ['worker'],
    done: async () =>
      (await t.as('worker')).ok(appeals.answerAppeal, { params: { id: taken.id }, body: { says: '请来站里谈', version: 2 } }),
  });
  const ticket = await w.ticket('own');
  const by = { centre: await t.as('centre'), centre2: await t.as('centre2') };
  told.push({
    kind: 'ticket',
    id: ticket,
    of: ['centre'],
    done: () => by.centre.ok(calls.answerTicket, { params: { id: ticket }, body: { reply: '已上门', version: 1 } }),
  });
  const call = await w.calledIn('own');
  told.push({
    kind: 'call',
    id: call,
    of: ['centre'],
    done: () => by.centre.ok(calls.endCall, { params: { id: call }, body: { result: '已告知', version: 1 } }),
  });
  const referral = await w.referral('own');
  told.push({
    kind: 'referral',
    id: referral.id,
    of: ['worker'],
    done: async () =>
      (await t.as('worker')).ok(resources.withdrawReferral, { params: { id: referral.id }, body: { version: 1, reason: '家长改了主意' } }),
  });
  const list = await w.destruction('own');
  told.push({
    kind: 'destruction',
    id: list,
    of: ['centre', 'centre2'],
    done: () => by.centre2.ok(privacy.answerDestruction, { params: { id: list }, body: { answer: 'return', says: '再核', version: 1 } }),
  });
  const { draftId } = await w.ruleDraft('own', 'submitted');
  told.push({
    kind: 'rule-draft',
    id: draftId,
    of: ['officer'],
    done: async () =>
      (await t.as('officer')).ok(moveRuleDraft, { params: { id: draftId }, body: { move: 'return', reason: '再议', version: 1 } }),
  });

  for (const username of everybody) {
    const there = await waiting(username);
    expect([username, told.filter((x) => there.includes(`${x.kind} ${x.id}`)).map((x) => x.kind)]).toEqual([
      username,
      told.filter((x) => x.of.includes(username)).map((x) => x.kind),
    ]);
  }
  for (const one of told) {
    await one.done();
    for (const username of one.of)
      expect([one.kind, await waiting(username)]).toEqual([one.kind, expect.not.arrayContaining([`${one.kind} ${one.id}`])]);
  }
});

test('a request about own data waits for its receiver, then for whoever may decide', async () => {
  const w = new AccessWorld(t);
  const kinds = async (username: string, id: string) =>
    (await (await t.as(username)).ok(readWorkbench)).todos.filter((todo) => todo.recordId === id).map((todo) => todo.kind);
  const received = await w.right('own', 'received');
  expect(await kinds('worker', received.id)).toEqual(['right']);
  expect(await kinds('head', received.id)).toEqual([]);
  const prepared = await w.right('own', 'prepared');
  expect(await kinds('worker', prepared.id)).toEqual([]);
  expect(await kinds('head', prepared.id)).toEqual(['right-answer']);
  expect(await kinds('centre', prepared.id)).toEqual(['right-answer']);
  expect(await kinds('worker3', prepared.id)).toEqual([]);
});

test('an appeal that waits is on the workbench of the station’s workers, not of another station', async () => {
  const w = new AccessWorld(t);
  const { id } = await w.appeal('own', 'waiting');
  const has = async (username: string) => (await (await t.as(username)).ok(readWorkbench)).todos.some((todo) => todo.recordId === id);
  expect(await has('worker')).toBe(true);
  expect(await has('worker2')).toBe(false);
  expect(await has('bworker')).toBe(false);
});
