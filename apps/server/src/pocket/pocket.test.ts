import { randomUUID } from 'node:crypto';
import { readSession, signOut } from '@jieyou/core/identity/endpoints.ts';
import { readPocket } from '@jieyou/core/pocket/endpoints.ts';
import { planVisit } from '@jieyou/core/visits/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

test('a phone carries own open cases in a few words, and who is visited in the next days with phone and address', async () => {
  const worker = await t.as('worker');
  const [near, far, without] = [await openCase(t), await openCase(t), await openCase(t)];
  const plan = (caseId: string, plannedOn: string) =>
    worker.ok(planVisit, { body: { id: randomUUID(), caseId, plannedOn, half: 'any', reason: 'regular', why: '' } });
  await plan(near, '2026-03-12');
  await plan(far, '2026-03-13');
  const found = await worker.ok(readPocket, {});
  expect(found.terms).toMatchObject({ 'offline.hours': 72, 'pin.tries': 5, 'days.around': 7 });
  expect(found.visits.map((v) => v.caseId)).toEqual([near]);
  expect(found.cases.map((c) => c.id).sort()).toEqual([near, far, without].sort());
  expect(found.starts.map((s) => s.caseId)).toContain(near);
  const facts = (id: string) => found.facts.find((f) => f.caseId === id);
  expect(facts(near)?.phone).toMatch(/^\d{11}$/);
  expect(facts(near)?.address).toEqual(expect.any(String));
  expect([facts(far)?.phone, facts(without)?.address]).toEqual([null, null]);
  // Names stay masked; what was opened is recorded with its reason.
  expect(found.cases.every((c) => c.recipientName.includes('*'))).toBe(true);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from access_record
    where kind = 'unmask' and action = 'readPocket' and reason like '随身资料%'`.execute(t.owner);
  expect(rows[0]?.n).toBe(2);
  // What is not one's own is not carried: neither a closed case nor one of a colleague.
  const other = await (await t.as('worker2')).ok(readPocket, {});
  expect(other.cases.map((c) => c.id)).not.toContain(near);
  expect(JSON.stringify(other)).not.toContain(near);
});

test('a session that was ended on purpose says so, one that ran out does not', async () => {
  const [left, idle] = [await t.as('worker'), await t.as('head')];
  const code = async (who: typeof left) => (await who.call(readSession, {})).error.code;
  await left.ok(signOut, {});
  expect([await code(left), await code(idle)]).toEqual(['identity.revoked', undefined]);
  t.clock.advance({ days: 400 });
  expect([await code(left), await code(idle)]).toEqual(['identity.revoked', 'signed-out']);
  // Nobody's token is as good as none.
  const reply = await t.app.inject({ method: 'GET', url: readSession.path, headers: { cookie: `jieyou_session=${'a'.repeat(43)}` } });
  expect(reply.json().code).toBe('signed-out');
});
