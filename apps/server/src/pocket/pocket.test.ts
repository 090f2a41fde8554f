import { randomUUID } from 'node:crypto';
import * as groups from '@jieyou/core/groups/endpoints.ts';
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
  // Whom one calls while nothing is sent: urgent hotlines first, the own station, the centre.
  expect(found.lines?.[0]?.number).toBe('110');
  expect(found.actions).toEqual([]);
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

test('a phone carries the sessions of own running groups that are to be recorded, and a session kept twice is one act of service', async () => {
  const worker = await t.as('worker');
  const head = await t.as('head');
  const persons = [];
  for (let n = 0; n < 3; n += 1) {
    const caseId = await openCase(t);
    const { rows } = await sql<{ id: string }>`select recipient_id as id from case_file where id = ${caseId}`.execute(t.owner);
    persons.push(rows[0]?.id ?? '');
  }
  const session = (title: string, plannedOn: string) => ({ title, aim: '说压力', plannedOn, place: '渔村祠堂' });
  const scale = { id: randomUUID(), title: '压力分数', least: 0, most: 40, better: 'down' as const };
  const draft = {
    title: '渔村照顾者小组',
    kind: 'support' as const,
    domain: 'elder' as const,
    place: '渔村祠堂',
    minSize: 3,
    maxSize: 4,
    coLeadIds: [],
    idea: '同路人互相支持',
    goals: '压力分数下降',
    audience: '照顾失能老人的家属',
    recruiting: '从个案里邀请',
    sessions: [session('认识彼此', '2026-03-02'), session('压力在哪里', '2026-03-12'), session('告别', '2026-03-13')],
    budget: [],
    risks: [{ what: '有人哭', answer: '协助社工陪到隔壁' }],
    indicators: [scale],
    volunteers: [],
  };
  const { id } = await worker.ok(groups.createGroup, { body: draft });
  const version = async () => (await worker.ok(groups.readGroup, { params: { id } })).version;
  await worker.ok(groups.moveGroup, { params: { id }, body: { move: 'submit', says: null, version: await version() } });
  await head.ok(groups.reviewGroup, { params: { id }, body: { decision: 'approve', says: '', version: await version() } });
  // Not begun yet: nothing is carried.
  expect((await worker.ok(readPocket, {})).sessions).toEqual([]);
  for (const recipientId of persons) await worker.ok(groups.joinGroup, { params: { id }, body: { recipientId, joinedOn: '2026-03-01' } });
  await worker.ok(groups.moveGroup, { params: { id }, body: { move: 'start', says: null, version: await version() } });

  const carried = (await worker.ok(readPocket, {})).sessions ?? [];
  expect(carried.map((s) => s.title)).toEqual(['压力在哪里', '认识彼此']);
  const [, first] = carried;
  if (first === undefined) throw new Error('none');
  expect(first.attendance).toHaveLength(3);
  expect(first.attendance.every((a) => a.name.includes('*'))).toBe(true);
  // Nothing of it reaches the phone of a colleague, and the list over groups keeps to the same reach.
  expect((await (await t.as('worker2')).ok(readPocket, {})).sessions).toEqual([]);
  expect((await (await t.as('worker2')).ok(groups.listSessions, { query: {} as never })).rows.filter((r) => r.groupId === id)).toEqual([]);
  const listed = await head.ok(groups.listSessions, { query: { status: ['planned'], to: '2026-03-12', sort: 'soonest' } as never });
  expect(listed.rows.filter((r) => r.groupId === id).map((r) => r.title)).toEqual(['认识彼此', '压力在哪里']);
  expect((await head.ok(groups.listSessions, { query: { mine: 'yes' } as never })).rows).toEqual([]);

  const body = {
    heldOn: '2026-03-02',
    minutes: 90,
    attendance: first.attendance.map((a) => ({ memberId: a.memberId, presence: 'present' as const })),
    guests: 0,
    helpers: 0,
    process: '没有网络时记的',
    dynamics: 'some' as const,
    dynamicsSays: '',
    reached: 'partly' as const,
    reachedSays: '',
    next: '',
    version: first.version,
  };
  const key = randomUUID();
  const sent = () => worker.call(groups.holdSession, { params: { id, sessionId: first.id }, body, key });
  expect([(await sent()).status, (await sent()).status]).toEqual([200, 200]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from service_contact where source_id = ${first.id}`.execute(t.owner);
  expect(rows[0]?.n).toBe(1);
  // Another phone that wrote upon the same beginning overwrites nothing, and what is recorded is carried no longer.
  const late = await worker.call(groups.holdSession, { params: { id, sessionId: first.id }, body: { ...body, process: '另一台写的' } });
  expect([late.status, late.error.code]).toEqual([409, 'record.changed-meanwhile']);
  expect((await worker.ok(groups.readSession, { params: { id, sessionId: first.id } })).process).toBe('没有网络时记的');
  expect((await worker.ok(readPocket, {})).sessions?.map((s) => s.title)).toEqual(['压力在哪里']);
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
