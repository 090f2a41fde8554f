import { listContacts } from '@jieyou/core/contacts/endpoints.ts';
import * as endpoints from '@jieyou/core/relief/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const TODAY = '2026-03-05';
const person = async (username = 'worker') => {
  const caseId = await openCase(t, username);
  return (await sql<{ id: string }>`select recipient_id as id from case_file where id = ${caseId}`.execute(t.owner)).rows[0]?.id ?? '';
};
const draft = (recipientId: string, over: object = {}) => ({
  recipientId,
  source: 'list' as const,
  needs: ['living', 'policy'] as ('living' | 'policy')[],
  needSays: '米面快没了，不知道怎样申请临时救助',
  screenedOn: '2026-03-02',
  adviserKind: 'volunteer' as const,
  adviserName: '热心老周',
  ...over,
});
const codeOf = async (reply: Promise<{ error: { code?: string | undefined } }>) => (await reply).error.code;
const thing = {
  line: 'material' as const,
  what: '大米',
  onDay: '2026-03-03',
  fromWhom: '区慈善会',
  quantity: 2,
  unit: '袋',
  valueFen: 12_000,
  receipt: 'signed' as const,
  minutes: null,
};
const service = {
  line: 'service' as const,
  what: '陪同申请临时救助',
  onDay: '2026-03-04',
  fromWhom: '社工站',
  quantity: null,
  unit: null,
  valueFen: null,
  receipt: null,
  minutes: 50,
};

test('screened, linked, delivered on two lines, heard and closed; a service is one act of service', async () => {
  const worker = await t.as('worker');
  const who = await person();
  expect((await worker.call(endpoints.screenRelief, { body: draft(await person('worker2')) })).status).toBe(404);
  expect(await codeOf(worker.call(endpoints.screenRelief, { body: draft(who, { screenedOn: '2026-03-06' }) }))).toBe('relief.in-future');
  const { id } = await worker.ok(endpoints.screenRelief, { body: draft(who) });
  expect(await codeOf(worker.call(endpoints.screenRelief, { body: draft(who) }))).toBe('relief.open-already');
  const read = (username = 'worker') => t.as(username).then((c) => c.ok(endpoints.readRelief, { params: { id } }));
  const move = async (step: string, over: object = {}) =>
    worker.call(endpoints.moveRelief, {
      params: { id },
      body: { move: step as 'link', says: null, satisfied: null, dropped: null, version: (await read()).version, ...over },
    });
  const add = (item: object, over: object = {}) =>
    worker.call(endpoints.addReliefItem, { params: { id }, body: { ...item, ...over } as never });
  expect(await codeOf(add(thing))).toBe('relief.not-open');
  expect(await codeOf(move('deliver'))).toBe('relief.moved-on');
  expect(await codeOf(move('link'))).toBe('relief.says-missing');
  expect((await move('link', { says: '慈善会物资，街道临时救助窗口' })).status).toBe(200);
  expect(await codeOf(move('deliver'))).toBe('relief.nothing-delivered');
  for (const [item, code] of [
    [{ ...thing, receipt: null }, 'relief.material-incomplete'],
    [{ ...thing, minutes: 5 }, 'relief.material-incomplete'],
    [{ ...service, minutes: null }, 'relief.service-incomplete'],
    [{ ...thing, onDay: '2026-03-06' }, 'relief.in-future'],
    [{ ...thing, onDay: '2026-03-01' }, 'relief.before-screening'],
  ] as const)
    expect(await codeOf(add(item))).toBe(code);
  expect((await add(thing)).status).toBe(200);
  expect((await move('deliver')).error).toMatchObject({ code: 'relief.line-missing', facts: { line: 'service' } });
  const made = (await add(service)).body as { id: string };
  const acts = async () => (await worker.ok(listContacts, { query: { period: '2026-03', kind: ['case-relief'] } as never })).rows;
  expect(await acts()).toEqual([expect.objectContaining({ kind: 'case-relief', domain: 'relief', minutes: 50, people: 1 })]);
  // Written down wrongly: it stays readable, and leaves the ledger.
  const voidIt = () => worker.call(endpoints.voidReliefItem, { params: { id, itemId: made.id }, body: { says: '记到别人名下了' } });
  expect((await voidIt()).status).toBe(200);
  expect(await codeOf(voidIt())).toBe('relief.moved-on');
  expect([await acts(), (await read()).services]).toEqual([[], 0]);
  expect((await add(service)).status).toBe(200);
  expect((await move('deliver')).status).toBe(200);
  expect(await codeOf(move('hear', { says: '够吃一个月' }))).toBe('relief.satisfied-missing');
  expect((await move('hear', { says: '够吃一个月', satisfied: 5 })).status).toBe(200);
  expect(await codeOf(move('drop', { says: '不要了', dropped: 'declined' }))).toBe('relief.moved-on');
  expect((await move('close')).status).toBe(200);
  expect(await read()).toMatchObject({
    status: 'closed',
    things: 1,
    services: 1,
    valueFen: 12_000,
    minutes: 50,
    satisfied: 5,
    adviser: { kind: 'volunteer', name: '热心老周' },
    recipientName: expect.stringContaining('*'),
    can: [],
  });
  expect((await read('head')).can).toEqual([]);
  for (const username of ['worker2', 'worker3', 'head2'])
    expect((await (await t.as(username)).call(endpoints.readRelief, { params: { id } })).status).toBe(404);
  const { rows: kept } = await sql<{ one: string }>`select to_jsonb(c)::text as one from relief_content c where id = ${id}`.execute(
    t.owner,
  );
  expect(kept[0]?.one).not.toContain('热心老周');
  expect(
    (await worker.ok(endpoints.listRelief, { query: { status: ['closed'], need: ['policy'] } as never })).rows.map((r) => r.id),
  ).toEqual([id]);
  expect((await worker.call(endpoints.exportRelief, { query: { reason: '季度核对' } })).raw.slice(0, 2)).toBe('PK');
});

test('a case ends without help for a reason; a person who is sealed or stands still keeps nothing new', async () => {
  const worker = await t.as('worker');
  const who = await person();
  const { id } = await worker.ok(endpoints.screenRelief, { body: draft(who) });
  const drop = (over: object) =>
    worker.call(endpoints.moveRelief, {
      params: { id },
      body: { move: 'drop', says: '子女已接回同住', satisfied: null, dropped: null, version: 1, ...over },
    });
  expect(await codeOf(drop({}))).toBe('relief.drop-missing');
  expect(await codeOf(drop({ dropped: 'no-need', version: 2 }))).toBe('record.changed-meanwhile');
  expect((await drop({ dropped: 'no-need' })).status).toBe(200);
  const again = await worker.ok(endpoints.screenRelief, { body: draft(who, { screenedOn: TODAY }) });
  await sql`update recipient set stopped_at = now() where id = ${who}`.execute(t.owner);
  const still = worker.call(endpoints.moveRelief, {
    params: { id: again.id },
    body: { move: 'link', says: '慈善会', satisfied: null, dropped: null, version: 1 },
  });
  expect(await codeOf(still)).toBe('relief.person-still');
  await sql`update recipient set sealed_at = now() where id = ${who}`.execute(t.owner);
  expect((await worker.call(endpoints.readRelief, { params: { id: again.id } })).status).toBe(404);
});
