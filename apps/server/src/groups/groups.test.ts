import { randomUUID } from 'node:crypto';
import { listContacts, readLedger } from '@jieyou/core/contacts/endpoints.ts';
import * as endpoints from '@jieyou/core/groups/endpoints.ts';
import type { Presence } from '@jieyou/core/groups/schema.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as volunteers from '@jieyou/core/volunteers/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { sealVolunteers } from './store.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const TODAY = '2026-03-05';
const scale = randomUUID();
const draft = (over: object = {}) => ({
  title: '照顾者喘息小组',
  kind: 'support' as const,
  domain: 'elder' as const,
  place: '社工站小组活动室',
  minSize: 3,
  maxSize: 4,
  coLeadIds: [] as string[],
  idea: '同路人互相支持',
  goals: '压力分数下降',
  audience: '照顾失能老人的家属',
  recruiting: '从个案里邀请',
  sessions: [
    { title: '第二次', aim: '说压力', plannedOn: '2026-03-04', place: '社工站小组活动室' },
    { title: '认识彼此', aim: '定约定', plannedOn: '2026-03-02', place: '社工站小组活动室' },
  ],
  budget: [{ title: '茶点', planned: 20_000, spent: null }],
  risks: [{ what: '有人哭', answer: '协助社工陪到隔壁' }],
  indicators: [{ id: scale, title: '压力分数', least: 0, most: 40, better: 'down' as const }],
  volunteers: [] as { volunteerId: string | null; name: string; task: string }[],
  ...over,
});
/** What the register asks of somebody, besides name and phone. */
const entered = {
  gender: 'female' as const,
  birthOn: '1980-05-01',
  idNumber: null,
  idAgreedOn: null,
  team: '',
  skills: [],
  areas: [],
  slots: [],
  since: '2026-01-05',
  insuredUntil: null,
  guardianName: null,
  guardianPhone: null,
  guardianAgreedOn: null,
  expertise: '',
  notes: '',
};
const as = (username: string) => t.as(username);
const read = async (id: string, username = 'worker') => (await as(username)).ok(endpoints.readGroup, { params: { id } });
const codeOf = async (reply: Promise<{ error: { code?: string | undefined } }>) => (await reply).error.code;
const move = async (id: string, step: string, says: string | null = null, username = 'worker') => {
  const { version } = await read(id);
  return (await as(username)).call(endpoints.moveGroup, { params: { id }, body: { move: step as 'start', says, version } });
};
const review = async (id: string, decision: 'approve' | 'return', says = '', username = 'head') => {
  const { version } = await read(id);
  return (await as(username)).call(endpoints.reviewGroup, { params: { id }, body: { decision, says, version } });
};
const person = async (username = 'worker', name = '王桦') => {
  const caseId = await openCase(t, username, { name });
  const { rows } = await sql<{ id: string }>`select recipient_id as id from case_file where id = ${caseId}`.execute(t.owner);
  return rows[0]?.id ?? '';
};
const join = async (id: string, recipientId: string, joinedOn = '2026-03-01', username = 'worker') =>
  (await as(username)).call(endpoints.joinGroup, { params: { id }, body: { recipientId, joinedOn } });
const plan = async (over: object = {}, username = 'worker') => (await as(username)).ok(endpoints.createGroup, { body: draft(over) });
const approved = async (over: object = {}) => {
  const { id } = await plan(over);
  expect((await move(id, 'submit')).status).toBe(200);
  expect((await review(id, 'approve')).status).toBe(200);
  return id;
};
/** A running group with three members. */
const running = async (over: object = {}) => {
  const id = await approved(over);
  const persons = [await person(), await person(), await person()];
  for (const p of persons) expect((await join(id, p)).status).toBe(200);
  expect((await move(id, 'start')).status).toBe(200);
  const { sessionRows, memberRows } = await read(id);
  return { id, persons, sessions: sessionRows.map((s) => s.id), members: memberRows.map((m) => m.id) };
};
const told = (members: readonly string[], presences: readonly Presence[], over: object = {}) => ({
  heldOn: '2026-03-02',
  minutes: 90,
  attendance: members.map((memberId, i) => ({ memberId, presence: presences[i] ?? ('present' as const) })),
  guests: 1,
  helpers: 1,
  process: '大家说了名字和来的原因',
  dynamics: 'lively' as const,
  dynamicsSays: '有人主动倒茶',
  reached: 'mostly' as const,
  reachedSays: '',
  next: '',
  version: 1,
  ...over,
});
const hold = async (id: string, sessionId: string, body: object, username = 'worker') =>
  (await as(username)).call(endpoints.holdSession, { params: { id, sessionId }, body: body as never });

test('a plan is whole before it is handed in, approved by the head and never by its author, and sent back with a reason', async () => {
  expect(await codeOf((await as('worker')).call(endpoints.createGroup, { body: draft({ minSize: 2 }) }))).toBe('groups.size-beyond');
  expect(await codeOf((await as('worker')).call(endpoints.createGroup, { body: draft({ coLeadIds: [t.world.persons.worker2] }) }))).toBe(
    'groups.co-lead-unknown',
  );
  const { id } = await plan({ idea: '', sessions: [], risks: [] });
  const thin = await move(id, 'submit');
  expect(thin.error).toMatchObject({ code: 'groups.plan-incomplete', facts: { lacks: ['idea', 'sessions', 'risks'] } });
  expect((await read(id)).lacks).toEqual(['idea', 'sessions', 'risks']);
  expect(await codeOf(review(id, 'approve'))).toBe('groups.moved-on');
  await (await as('worker')).ok(endpoints.updateGroup, { params: { id }, body: { ...draft(), version: 1 } });
  expect((await (await as('worker')).call(endpoints.updateGroup, { params: { id }, body: { ...draft(), version: 1 } })).error.code).toBe(
    'record.changed-meanwhile',
  );
  expect((await move(id, 'submit')).status).toBe(200);
  const { rows: told } = await sql<{
    n: number;
  }>`select count(*)::int as n from notice where kind = 'groups.submitted' and record_id = ${id}
    and person_id = ${t.world.persons.head}`.execute(t.owner);
  expect(told[0]?.n).toBe(1);
  expect(await codeOf((await as('worker')).call(endpoints.updateGroup, { params: { id }, body: { ...draft(), version: 3 } }))).toBe(
    'groups.moved-on',
  );
  expect((await review(id, 'approve', '', 'head2')).status).toBe(404);
  expect((await review(id, 'approve', '', 'worker')).status).toBe(403);
  expect(await codeOf(review(id, 'return'))).toBe('groups.reason-missing');
  expect((await review(id, 'return', '第二节再具体些')).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'drafting', reviews: [{ decision: 'return', says: '第二节再具体些' }] });
  expect((await move(id, 'submit')).status).toBe(200);
  // Somebody who holds both posts does not approve the own plan, nor does the table let anybody.
  await sql`update service_group set submitted_by = ${t.world.persons.head} where id = ${id}`.execute(t.owner);
  expect(await codeOf(review(id, 'approve'))).toBe('groups.reviewer-is-author');
  await expect(
    sql`update service_group set status = 'approved', approved_by = ${t.world.persons.head} where id = ${id}`.execute(t.owner),
  ).rejects.toThrow(/check/);
  await sql`update service_group set submitted_by = ${t.world.persons.worker} where id = ${id}`.execute(t.owner);
  expect((await review(id, 'approve', '同意')).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'approved', approvedByName: '孙立春', sessionRows: [] });
  // What was approved is changed only by handing it in again.
  expect((await move(id, 'rework')).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'drafting', approvedByName: null });
});

test('five phases in their order; members within the size; a session is one act of service with persons and times', async () => {
  const worker = await as('worker');
  const id = await approved();
  expect((await move(id, 'start')).error).toMatchObject({ code: 'groups.too-few-members', facts: { have: 0, least: 3 } });
  const [one, two, three, four] = [await person(), await person(), await person(), await person()];
  for (const p of [one, two, three]) expect((await join(id, p)).status).toBe(200);
  expect(await codeOf(join(id, one))).toBe('groups.member-already');
  expect(await codeOf(join(id, four, '2026-03-06'))).toBe('groups.in-future');
  // A person whom the worker does not serve is not found.
  expect((await join(id, await person('worker2'))).status).toBe(404);
  expect((await move(id, 'start')).status).toBe(200);
  expect((await join(id, four)).status).toBe(200);
  expect(await codeOf(join(id, await person()))).toBe('groups.full');
  const begun = await read(id);
  expect(begun.sessionRows.map((s) => [s.number, s.title, s.plannedOn])).toEqual([
    [1, '认识彼此', '2026-03-02'],
    [2, '第二次', '2026-03-04'],
  ]);
  const members = begun.memberRows.map((m) => m.id);
  const [first = '', second = ''] = begun.sessionRows.map((s) => s.id);
  // Each move out of its order is refused.
  for (const step of ['submit', 'start', 'mature', 'back', 'wind-up'])
    expect(await codeOf(move(id, step, '为什么'))).toBe('groups.moved-on');
  expect(await codeOf(move(id, 'turn'))).toBe('groups.no-session-held');
  expect(await codeOf(hold(id, first, told(members.slice(1), [])))).toBe('groups.attendance-missing');
  expect(await codeOf(hold(id, first, told([...members, randomUUID()], [])))).toBe('groups.not-a-member');
  expect(await codeOf(hold(id, first, told(members, [], { heldOn: '2026-03-06' })))).toBe('groups.in-future');
  expect(await codeOf(hold(id, first, told(members, ['absent', 'absent', 'excused', 'absent'], { guests: 0 })))).toBe('groups.nobody-came');
  const ledger = async () => (await worker.ok(readLedger, { query: { book: ['group'], period: '2026-03' } })).total;
  const before = await ledger();
  expect((await hold(id, first, told(members, ['present', 'late', 'absent', 'excused']))).status).toBe(200);
  const after = await ledger();
  // Two members and one guest: three times; persons are two known and one unknown.
  expect(
    [after.acts, after.times, after.persons, after.minutes].map(
      (n, i) => (n ?? 0) - ([before.acts, before.times, before.persons, before.minutes][i] ?? 0),
    ),
  ).toEqual([1, 3, 3, 90]);
  expect((await worker.ok(listContacts, { query: { book: ['group'], period: '2026-03' } })).rows[0]).toMatchObject({
    kind: 'group-session',
    people: 3,
    subject: '照顾者喘息小组',
    opens: `/groups/${id}`,
    recipientName: null,
  });
  // Corrected, it is told anew: no second row.
  expect(await codeOf(hold(id, first, told(members, [])))).toBe('record.changed-meanwhile');
  expect((await hold(id, first, told(members, ['present', 'late', 'present', 'excused'], { version: 2, guests: 0 }))).status).toBe(200);
  expect((await ledger()).acts).toBe(after.acts);
  expect((await move(id, 'turn')).status).toBe(200);
  expect((await move(id, 'back')).error.code).toBe('groups.reason-missing');
  expect((await move(id, 'back', '有冲突没有化解')).status).toBe(200);
  expect((await read(id)).status).toBe('beginning');
  for (const step of ['turn', 'mature', 'wind-up']) expect((await move(id, step)).status).toBe(200);
  expect(await codeOf(join(id, await person()))).toBe('groups.not-joinable');
  const closing = { goals: '多数人压力下降', process: '从客气到互相出主意', lessons: '', followUp: '' };
  const close = async (over: object = {}, username = 'worker') =>
    (await as(username)).call(endpoints.closeGroup, {
      params: { id },
      body: { ...closing, budget: [{ title: '茶点', planned: 20_000, spent: 18_550 }], version: (await read(id)).version, ...over },
    });
  expect((await close()).error).toMatchObject({ code: 'groups.sessions-open', facts: { open: 1 } });
  // The second session did not take place: nothing was counted, and nothing is to be withdrawn.
  await worker.ok(endpoints.cancelSession, { params: { id, sessionId: second }, body: { says: '台风停开', version: 1 } });
  expect((await ledger()).acts).toBe(after.acts);
  expect(await codeOf(close({ budget: [{ title: '茶点', planned: 20_000, spent: null }] }))).toBe('groups.spent-missing');
  expect((await close()).status).toBe(200);
  expect(await read(id)).toMatchObject({
    status: 'closed',
    held: 1,
    sessions: 1,
    times: 3,
    persons: 3,
    closing,
    endedOn: TODAY,
    can: ['correct', 'form'],
  });
  expect((await close({ goals: '四人里三人压力下降' })).status).toBe(200);
  expect(await codeOf(move(id, 'cancel', '不办了'))).toBe('groups.moved-on');
  // On paper: masked names, and no full one.
  for (const what of ['plan', 'summary', 'session'] as const) {
    const paper = await worker.call(endpoints.printGroup, { params: { id }, query: { what, sessionId: first, format: 'html' } });
    expect([what, paper.status]).toEqual([what, 200]);
    const html = Buffer.from(paper.raw, 'latin1').toString('utf8');
    expect(html).toContain('照顾者喘息小组');
    expect(html).not.toContain('王桦');
  }
  const unheld = worker.call(endpoints.printGroup, { params: { id }, query: { what: 'session', sessionId: second, format: 'html' } });
  expect(await codeOf(unheld)).toBe('groups.not-recorded');
});

test('a session that is taken back leaves the ledger; only who recorded it corrects it; the head reads', async () => {
  const { id, sessions, members } = await running({ coLeadIds: [t.world.persons.worker3] });
  const [first = '', second = ''] = sessions;
  const acts = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from service_contact where group_id = ${id}`.execute(t.owner)).rows[0]?.n;
  expect((await hold(id, first, told(members, []), 'worker3')).status).toBe(200);
  expect(await acts()).toBe(1);
  expect(await codeOf(hold(id, first, told(members, [], { version: 2 })))).toBe('groups.recorder-only');
  const cancel = async (username: string, sessionId: string, version: number) =>
    (await as(username)).call(endpoints.cancelSession, { params: { id, sessionId }, body: { says: '记到别的小组了', version } });
  expect(await codeOf(cancel('worker', first, 2))).toBe('groups.recorder-only');
  expect((await cancel('worker3', first, 2)).status).toBe(200);
  expect(await acts()).toBe(0);
  expect(await codeOf(cancel('worker3', first, 3))).toBe('groups.moved-on');
  const worker = await as('worker');
  await worker.ok(endpoints.shiftSession, {
    params: { id, sessionId: second },
    body: { plannedOn: '2026-03-09', place: '二楼', version: 1 },
  });
  const extra = await worker.ok(endpoints.planSession, {
    params: { id },
    body: { title: '加一节', aim: '', plannedOn: '2026-03-12', place: '二楼' },
  });
  const rows = (await read(id)).sessionRows;
  expect(rows.map((s) => [s.number, s.status, s.plannedOn])).toEqual([
    [1, 'cancelled', '2026-03-02'],
    [2, 'planned', '2026-03-09'],
    [3, 'planned', '2026-03-12'],
  ]);
  // The head writes nothing, but may say who leads.
  expect((await read(id, 'head')).can).toEqual(['change-lead']);
  expect((await (await as('head')).ok(endpoints.readSession, { params: { id, sessionId: extra.id } })).can).toEqual([]);
  expect(
    (
      await (
        await as('head')
      ).call(endpoints.planSession, { params: { id }, body: { title: '加一节', aim: '', plannedOn: TODAY, place: '二楼' } })
    ).status,
  ).toBe(403);
  for (const username of ['worker2', 'head2'])
    expect((await (await as(username)).call(endpoints.readGroup, { params: { id } })).status).toBe(404);
  // The group ends early: what was planned is cancelled with it, what was held would stay.
  expect((await move(id, 'cancel')).error.code).toBe('groups.reason-missing');
  expect((await move(id, 'cancel', '来的人太少')).status).toBe(200);
  expect((await read(id)).sessionRows.map((s) => s.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
});

test('members come and go by day; measures keep what is missing; a timeline tells of nobody else', async () => {
  const { id, persons, sessions, members } = await running();
  const worker = await as('worker');
  const [first = ''] = sessions;
  const [one = '', two = '', three = ''] = members;
  const leave = (memberId: string, leftOn: string, version = 1) =>
    worker.call(endpoints.leaveGroup, { params: { id, memberId }, body: { leftOn, reason: 'moved', version } });
  expect(await codeOf(leave(three, '2026-02-28'))).toBe('groups.left-before-joined');
  expect(await codeOf(leave(three, '2026-03-06'))).toBe('groups.in-future');
  expect((await leave(three, '2026-03-01')).status).toBe(200);
  expect(await codeOf(leave(three, '2026-03-02', 2))).toBe('groups.left-already');
  // Whoever left before the day is not on its list.
  expect(await codeOf(hold(id, first, told(members, [])))).toBe('groups.not-a-member');
  expect((await hold(id, first, told([one, two], ['present', 'absent']))).status).toBe(200);
  const put = (moment: 'before' | 'after', values: [string, number | null][], over: object = {}) =>
    worker.call(endpoints.measureGroup, {
      params: { id },
      body: { moment, takenOn: TODAY, values: values.map(([memberId, value]) => ({ memberId, indicatorId: scale, value })), ...over },
    });
  expect(await codeOf(put('before', [[one, 41]]))).toBe('groups.value-beyond');
  expect(await codeOf(put('before', [[randomUUID(), 4]]))).toBe('groups.not-a-member');
  expect(await codeOf(put('before', [[one, 4]], { takenOn: '2026-03-06' }))).toBe('groups.in-future');
  expect(await codeOf(put('before', [], { values: [{ memberId: one, indicatorId: randomUUID(), value: 1 }] }))).toBe(
    'groups.indicator-unknown',
  );
  expect(
    (
      await put('before', [
        [one, 30],
        [two, 20],
        [three, null],
      ])
    ).status,
  ).toBe(200);
  expect((await put('after', [[one, 22]])).status).toBe(200);
  expect((await read(id)).summaries).toEqual([
    { indicatorId: scale, both: 1, one: 1, none: 1, before: 30, after: 22, better: 1, same: 0, worse: 0 },
  ]);
  expect((await put('after', [[one, null]])).status).toBe(200);
  expect((await read(id)).summaries[0]).toMatchObject({ both: 0, before: null, after: null });
  const steps = await worker.ok(recipients.listRecipientSteps, { params: { id: persons[0] ?? '' }, query: {} });
  expect(steps.rows.filter((s) => s.kind.startsWith('group')).map((s) => [s.kind, s.day, s.body])).toEqual([
    ['group-session', '2026-03-02', '照顾者喘息小组'],
    ['group-joined', '2026-03-01', '照顾者喘息小组'],
  ]);
  // The one who was absent has no session on the timeline.
  const absent = await worker.ok(recipients.listRecipientSteps, { params: { id: persons[1] ?? '' }, query: {} });
  expect(absent.rows.some((s) => s.kind === 'group-session')).toBe(false);
  // Of whom a colleague brought the name is masked and the page closed; of somebody who is sealed there is nothing at all.
  await sql`update service_group set co_lead_ids = array[${t.world.persons.worker3}::uuid] where id = ${id}`.execute(t.owner);
  expect((await join(id, await person('worker3', '诸葛孔明'), TODAY, 'worker3')).status).toBe(200);
  expect((await read(id)).memberRows.find((m) => m.name.startsWith('诸葛'))).toMatchObject({
    recipientId: null,
    name: expect.stringContaining('*'),
  });
  await sql`update recipient set stopped_at = now() where id = ${persons[1]}`.execute(t.owner);
  expect(await codeOf(put('after', [[two, 3]]))).toBe('groups.person-still');
  await sql`update recipient set sealed_at = now() where id = ${persons[0]}`.execute(t.owner);
  const left = await read(id);
  expect(left.memberRows.map((m) => m.id)).not.toContain(one);
  expect(left.measures.map((m) => m.memberId)).not.toContain(one);
});

test('the list finds, counts and pages; the workbook names no member', async () => {
  const worker = await as('worker');
  const { id } = await plan({ title: '独此一个的小组', kind: 'growth' });
  const list = (query: object) => worker.ok(endpoints.listGroups, { query: query as never });
  expect((await list({ title: '独此一个' })).rows.map((r) => r.id)).toEqual([id]);
  expect((await list({ kind: 'growth', status: 'drafting', mine: 'yes' })).rows.map((r) => r.id)).toEqual([id]);
  expect((await list({ kind: 'growth', waiting: 'approval' })).rows).toEqual([]);
  expect((await list({ waiting: 'session', sort: 'start' })).rows.every((r) => r.nextOn !== null && r.nextOn <= TODAY)).toBe(true);
  // By who leads them: a worker's own, for the head of the station; of a colleague who leads none, none.
  const leadId = t.world.persons['worker'] as string;
  expect((await list({ title: '独此一个', leadId })).rows.map((r) => r.id)).toEqual([id]);
  const ofHead = async (lead: string) =>
    (await (await as('head')).ok(endpoints.listGroups, { query: { title: '独此一个', leadId: lead } as never })).rows.map((r) => r.id);
  expect([await ofHead(leadId), await ofHead(t.world.persons['head'] as string)]).toEqual([[id], []]);
  const page = await list({ limit: '1', count: 'yes' });
  expect([page.rows.length, page.next === null, (page.count ?? 0) > 1]).toEqual([1, false, true]);
  const sheet = await worker.call(endpoints.exportGroups, { query: { reason: '季度核对' } });
  expect([sheet.status, sheet.raw.slice(0, 2)]).toEqual([200, 'PK']);
});

test('a group changes its lead: asked, confirmed by the head, the rights move, and what was said stays', async () => {
  const { persons } = t.world;
  const { id, sessions } = await running();
  const ask = async (username: string, over: object = {}) => {
    const { version } = await read(id, 'head');
    const body = { toId: persons.worker3 ?? '', reason: '产假，请郑可欣接手', stays: false, version, ...over };
    return (await as(username)).call(endpoints.askGroupLead, { params: { id }, body });
  };
  const answer = async (username: string, changeId: string, decision: 'confirm' | 'decline' | 'withdraw', says = '', version = 1) =>
    (await as(username)).call(endpoints.answerGroupLead, { params: { id, changeId }, body: { decision, says, version } });
  const todos = async (username: string) =>
    (await (await as(username)).ok(readWorkbench)).todos.filter((x) => x.recordId === id).map((x) => x.kind);
  // Sessions of today and of before stand on the first page of whoever leads; a colleague does not see the group.
  expect(await todos('worker')).toEqual(['group-session', 'group-session']);
  expect(await todos('worker3')).toEqual([]);
  expect((await ask('worker3')).status).toBe(404);
  expect((await ask('head2')).status).toBe(404);
  expect(await codeOf(ask('worker', { toId: persons.worker }))).toBe('groups.lead-same');
  expect(await codeOf(ask('worker', { toId: persons.worker2 }))).toBe('groups.lead-elsewhere');
  expect(await codeOf(ask('worker', { version: 1 }))).toBe('record.changed-meanwhile');
  // Withdrawn, then declined with a reason, then confirmed.
  const first = (await ask('worker')).body.id;
  expect(await codeOf(ask('worker'))).toBe('groups.lead-asked');
  expect(await todos('head')).toEqual(['group-lead']);
  expect((await answer('worker', first, 'confirm')).status).toBe(403);
  expect((await answer('head', first, 'withdraw')).status).toBe(403);
  expect((await answer('worker', first, 'withdraw')).status).toBe(200);
  expect(await codeOf(answer('head', first, 'confirm'))).toBe('groups.lead-answered');
  const second = (await ask('worker')).body.id;
  expect(await codeOf(answer('head', second, 'decline'))).toBe('groups.reason-missing');
  expect((await answer('head', second, 'decline', '等她培训完')).status).toBe(200);
  const third = (await ask('worker')).body.id;
  expect(await codeOf(answer('head', third, 'confirm', '', 2))).toBe('record.changed-meanwhile');
  expect((await answer('head', third, 'confirm')).status).toBe(200);
  // From now on the rights are the colleague's.
  expect((await (await as('worker')).call(endpoints.readGroup, { params: { id } })).status).toBe(404);
  expect((await hold(id, sessions[0] ?? '', told([], []))).status).toBe(404);
  expect([await todos('worker'), await todos('worker3')]).toEqual([[], ['group-session', 'group-session']]);
  const file = await read(id, 'worker3');
  expect([file.leadName, file.coLeads]).toEqual(['郑可欣', []]);
  expect(file.leadChanges.map((c) => [c.fromName, c.toName, c.status, c.answeredByName])).toEqual([
    ['周晓岚', '郑可欣', 'confirmed', '孙立春'],
    ['周晓岚', '郑可欣', 'declined', '孙立春'],
    ['周晓岚', '郑可欣', 'withdrawn', '周晓岚'],
  ]);
  // The head orders it back at once; who led before stays along.
  expect((await ask('head', { toId: persons.worker, stays: true })).status).toBe(200);
  const back = await read(id);
  expect([back.leadName, back.coLeads.map((c) => c.name)]).toEqual(['周晓岚', ['郑可欣']]);
  expect(await todos('worker3')).toHaveLength(2);
  // The database says the same: what was answered stays, and nobody passes a lead on alone.
  await expect(
    sql`update group_lead_change set status = 'confirmed', answered_by = to_id, answered_at = now() where id = ${first}`.execute(t.owner),
  ).rejects.toThrow(/check/);
});

test('volunteers of a group are people of the register: old names are offered theirs, hours are told with the session and settled once', async () => {
  const worker = await as('worker');
  const enter = async (name: string, phone: string, username = 'worker') =>
    (
      await (
        await as(username)
      ).ok(volunteers.createVolunteer, {
        body: { ...entered, name, phone },
      })
    ).id;
  const [one, two] = [await enter('第五志愿', '19900810001'), await enter('第五后来', '19900810002')];
  const stranger = await enter('第五外站', '19900810003', 'worker2');
  const typed = (name: string) => ({ volunteerId: null, name, task: '' });
  const linked = (volunteerId: string) => ({ volunteerId, name: '', task: '签到' });
  for (const named of [[typed('第五志愿')], [linked(stranger)], [linked(one), linked(one)]])
    expect((await worker.call(endpoints.createGroup, { body: draft({ volunteers: named }) })).error.code).toBe(
      'volunteers.not-on-register',
    );
  const { id, sessions, members } = await running({ maxSize: 5 });
  // As plans were kept before: a name and nobody behind it.
  const before = sealVolunteers(t.services.crypto, id, [typed('第五志愿')]);
  await sql`update service_group_content set volunteers_ct = ${before} where id = ${id}`.execute(t.owner);
  const seen = await read(id);
  expect(seen.volunteers).toEqual([{ ...typed('第五志愿'), offers: [{ id: one, name: '第五*愿', phone: '199****0001' }] }]);
  // Who only sees the group reads the name and is offered nobody.
  expect((await read(id, 'head')).volunteers).toEqual([{ ...typed('第五志愿'), offers: [] }]);
  const name = (named: object[], version: number) =>
    worker.call(endpoints.nameGroupVolunteers, { params: { id }, body: { volunteers: named as never, version } });
  expect((await name([typed('又一个人')], seen.version)).error.code).toBe('volunteers.not-on-register');
  expect((await name([linked(one)], seen.version)).status).toBe(200);
  expect((await name([linked(one)], seen.version)).error.code).toBe('record.changed-meanwhile');
  expect((await read(id)).volunteers).toEqual([{ volunteerId: one, name: '第五*愿', task: '签到', offers: [] }]);
  const session = async () => worker.ok(endpoints.readSession, { params: { id, sessionId: sessions[0] ?? '' } });
  expect([(await session()).help.status, (await session()).volunteers.map((v) => v.volunteerId)]).toEqual(['none', [one]]);
  const help = (from: string | null, ...minutes: [string, number][]) => ({
    from,
    minutes: minutes.map(([volunteerId, n]) => ({ volunteerId, minutes: n })),
  });
  const record = async (of: object, over: object = {}) =>
    hold(id, sessions[0] ?? '', told(members, [], { helpers: 2, help: of, version: (await session()).version, ...over }));
  expect((await record(help('14:00', [one, 90], [two, 60]), { helpers: 1 })).error.code).toBe('groups.helpers-fewer');
  expect((await record(help(null, [one, 90]))).error.code).toBe('volunteers.start-missing');
  expect((await record(help('14:00', [stranger, 90]))).status).toBe(404);
  expect((await record(help('14:00', [one, 90]))).status).toBe(200);
  const first = (await session()).help;
  expect(first).toMatchObject({
    status: 'done',
    settles: true,
    startsAt: '2026-03-02T06:00:00.000Z',
    people: [{ volunteerId: one, minutes: 90 }],
  });
  const taskId = first.taskId ?? '';
  const task = await worker.ok(volunteers.readVolunteerTask, { params: { id: taskId } });
  expect(task).toMatchObject({ forKind: 'session', opens: `/groups/${id}/sessions/${sessions[0]}` });
  expect((await worker.ok(volunteers.listVolunteerTasks, { query: { forId: id } })).rows.map((r) => r.id)).toEqual([taskId]);
  // Corrected with the session while it waits: the same task, another person, longer.
  expect((await record(help(null, [two, 120]))).status).toBe(200);
  const mended = (await session()).help;
  expect(mended).toMatchObject({ taskId, status: 'done' });
  expect(new Map(mended.people.map((p) => [p.volunteerId, p.minutes]))).toEqual(
    new Map([
      [one, null],
      [two, 120],
    ]),
  );
  const ledger = async () => (await worker.ok(volunteers.readVolunteerLedger, { query: { period: '2026-03' } })).total;
  const settled = async () => (await worker.ok(volunteers.readVolunteer, { params: { id: two } })).minutes;
  expect([(await ledger()).minutes, await settled()]).toEqual([0, 0]);
  await worker.ok(volunteers.moveVolunteerTask, { params: { id: taskId }, body: { move: 'settle', says: '', version: mended.version } });
  expect([(await ledger()).minutes, await settled()]).toEqual([120, 120]);
  // Settled once: the session may still be mended, its hours not.
  expect((await record(help(null, [two, 30]))).error.code).toBe('volunteers.settled-before');
  expect((await hold(id, sessions[0] ?? '', told(members, [], { version: (await session()).version }))).status).toBe(200);
  expect([(await ledger()).minutes, (await session()).help.status]).toEqual([120, 'settled']);
});
