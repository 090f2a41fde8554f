import { randomUUID } from 'node:crypto';
import * as endpoints from '@jieyou/core/alarms/endpoints.ts';
import type { AlarmEntryDraft, OrderContent as OrderContents } from '@jieyou/core/alarms/schema.ts';
import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as home from '@jieyou/core/home/endpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as reports from '@jieyou/core/reports/endpoints.ts';
import { eventLabels } from '@jieyou/core/texts/eventLabels.ts';
import { noticeKindLabels, recordKindLabels, todoKindLabels } from '@jieyou/core/texts/labels.ts';
import * as visits from '@jieyou/core/visits/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { openCase } from '../../test/factories.ts';
import { type Caller, startTestApp, type TestApp } from '../../test/harness.ts';
import { remindAlarms } from './jobs.ts';

// 14:00 on a Thursday in Shanghai.
const NOW = '2026-03-05T06:00:00.000Z';
const TELLS = /危机|家暴|暴力|自杀|自伤|保护令|告诫|加害|庇护/;

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
beforeEach(() => t.clock.set(NOW));
afterAll(() => t.stop());

const strong = { idea: 'strong', plan: 'strong', means: 'some', intent: 'unknown' } as const;
const crisis = (caseId: string, over: object = {}) =>
  ({
    kind: 'crisis',
    id: randomUUID(),
    caseId,
    source: 'note',
    sourceId: null,
    trigger: '来电说不想活了，手边有药',
    screening: strong,
    scale: null,
    rating: 'extreme',
    reason: '念头和计划都明确，药在手边',
    lookAgainOn: null,
    ...over,
  }) as never;
const violence = (caseId: string, over: object = {}) =>
  ({
    kind: 'violence',
    id: randomUUID(),
    caseId,
    source: 'visit',
    sourceId: null,
    disclosedBy: 'self',
    trigger: '说丈夫昨晚又动手，手臂有伤',
    forms: ['body', 'control', 'body'],
    capacity: 'full',
    immediate: false,
    abuser: '易建国',
    relation: '丈夫',
    contactHow: '先发短信问今天来不来活动中心',
    contactTimes: '工作日上午',
    ...over,
  }) as never;

const utf8 = (raw: string) => Buffer.from(raw, 'latin1').toString('utf8');
const codeOf = async (reply: Promise<{ error: { code?: string | undefined } }>) => (await reply).error.code;
const read = (by: Caller, id: string) => by.ok(endpoints.readAlarm, { params: { id } });
const add = async (by: Caller, id: string, entry: AlarmEntryDraft) =>
  by.call(endpoints.addAlarmEntry, { params: { id }, body: { version: (await read(by, id)).version, entry } });
const tick = async (by: Caller, id: string, code: string, says = '') => {
  const step = (await read(by, id)).steps.find((s) => s.code === code && s.doneAt === null);
  return by.call(endpoints.finishAlarmStep, {
    params: { id, stepId: step?.id ?? randomUUID() },
    body: { at: t.clock.now().toISOString(), says },
  });
};
const open = async (by: Caller, id: string) =>
  (await read(by, id)).steps.filter((s) => s.doneAt === null && s.clock.state !== 'dropped').map((s) => s.code);
const notices = async (username: string) =>
  (await (await t.as(username)).ok(listNotices, { query: {} })).rows.filter((n) => n.kind.startsWith('alarms.')).map((n) => n.kind);

test('a crisis at its highest: told at once, done step by step, settled, looked back upon, closed', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t);
  const draft = crisis(caseId) as { id: string };
  const { id } = await worker.ok(endpoints.registerAlarm, { body: draft as never });
  // The same again from one device is the same record.
  await worker.ok(endpoints.registerAlarm, { body: draft as never });
  expect((await worker.ok(endpoints.listAlarms, { query: { caseId } })).rows.map((r) => r.id)).toEqual([id]);

  const found = await read(worker, id);
  expect(found).toMatchObject({ rating: 'extreme', status: 'open', screening: strong, nextDueAt: '2026-03-05T06:30:00.000Z' });
  // Head and supervisor were told by the platform, at once, and that stands in the record with its time.
  expect(found.entries.filter((e) => e.kind === 'told').map((e) => [e.body.whom, e.at])).toEqual([
    ['supervisor', NOW],
    ['head', NOW],
  ]);
  expect([await notices('head'), await notices('supervisor')]).toEqual([['alarms.look-now'], ['alarms.look-now']]);
  expect((await open(worker, id)).toSorted()).toEqual(['emergency-call', 'follow-up', 'guardian', 'hospital', 'stay']);
  expect(found.steps.find((s) => s.code === 'hospital')?.source).toContain('精神卫生法 28');
  expect((await worker.ok(cases.readCase, { params: { id: caseId } })).risk).toBe('extreme');

  // Nothing ends while something is open; nothing is done in the future.
  expect(await codeOf(add(worker, id, { kind: 'settled', says: '平稳' }))).toBe('alarms.open-steps');
  const stay = found.steps.find((s) => s.code === 'stay')?.id ?? '';
  const ahead = { params: { id, stepId: stay }, body: { at: '2026-03-05T06:02:00.000Z', says: '' } };
  expect(await codeOf(worker.call(endpoints.finishAlarmStep, ahead))).toBe('alarms.in-future');
  expect((await tick(worker, id, 'stay', '姐姐来陪')).status).toBe(200);
  const again = { params: { id, stepId: stay }, body: { at: NOW, says: '' } };
  expect(await codeOf(worker.call(endpoints.finishAlarmStep, again))).toBe('alarms.step-over');
  expect((await worker.call(endpoints.finishAlarmStep, { ...again, params: { id, stepId: randomUUID() } })).status).toBe(404);
  await add(worker, id, { kind: 'told', at: NOW, whom: 'ambulance', name: null, says: '120 已出车' });
  await add(worker, id, { kind: 'told', at: NOW, whom: 'kin', name: '姐姐', says: '' });
  await add(worker, id, { kind: 'told', at: NOW, whom: 'hospital', name: null, says: '急诊收治' });
  expect(await open(worker, id)).toEqual(['follow-up']);

  // Lowered to high with a reason: what high asks for besides begins, the history stays.
  await add(worker, id, { kind: 'rated', rating: 'high', screening: strong, reason: '已收治', lookAgainOn: null });
  expect((await open(worker, id)).toSorted()).toEqual(['follow-up', 'limit-means', 'safety-plan', 'supervision']);
  expect((await read(worker, id)).entries.filter((e) => e.kind === 'rated').map((e) => [e.body.was, e.body.rating])).toEqual([
    ['extreme', 'high'],
    [undefined, 'extreme'],
  ]);
  // The supervisor sees the record and not the case, and ticks the supervision alone.
  const supervisor = await t.as('supervisor');
  const seen = await read(supervisor, id);
  expect([seen.recipientName, seen.contact, seen.can]).toEqual([null, null, ['addition', 'tick']]);
  expect(await codeOf(tick(supervisor, id, 'limit-means'))).toBe('alarms.not-here');
  expect((await tick(supervisor, id, 'supervision', '谈了半小时')).status).toBe(200);
  expect((await supervisor.call(endpoints.printAlarm, { params: { id }, query: { format: 'html' } })).status).toBe(404);
  await tick(worker, id, 'limit-means');
  await tick(worker, id, 'follow-up', '电话，语气平稳');
  expect(await codeOf(tick(worker, id, 'safety-plan'))).toBe('alarms.not-here');
  await add(worker, id, {
    kind: 'safety-plan',
    signs: '整夜不睡',
    coping: '下楼走走',
    people: '姐姐',
    means: '药交给姐姐',
    professionals: '12356',
  });

  await add(worker, id, { kind: 'settled', says: '在院治疗，情绪平稳' });
  expect(await codeOf(add(worker, id, { kind: 'closed', says: '结束' }))).toBe('alarms.review-missing');
  // It flares up again, and settles again.
  await add(worker, id, { kind: 'rated', rating: 'low', screening: strong, reason: '出院后情绪波动', lookAgainOn: '2026-03-10' });
  expect((await read(worker, id)).status).toBe('open');
  await tick(worker, id, 'look-again');
  await add(worker, id, { kind: 'settled', says: '平稳' });
  await add(worker, id, { kind: 'reviewed', on: '2026-03-05', present: '社工、站长、督导', well: '通知快', better: '早点问计划' });
  await add(await t.as('head'), id, { kind: 'closed', says: '同意关闭' });
  expect(await read(worker, id)).toMatchObject({ status: 'closed', can: ['print'], openSteps: 0 });
  expect(await codeOf(add(worker, id, { kind: 'addition', says: '再补一句' }))).toBe('alarms.moved-on');
  const paper = await worker.call(endpoints.printAlarm, { params: { id }, query: { format: 'html' } });
  expect(utf8(paper.raw)).toContain('危机处置记录');
  // It says whose paper it is.
  expect(utf8(paper.raw)).not.toContain('<div>社会工作服务站</div>');
  const plan = await worker.call(endpoints.printAlarm, { params: { id }, query: { format: 'html', part: 'plan' } });
  // A plan that lies at home names nobody.
  expect(utf8(plan.raw)).toContain('药交给姐姐');
  expect(utf8(plan.raw)).not.toMatch(/危机|王|-GA-2026-/);
});

test('no score decides: the rating is the worker’s, whatever the screening and the scale say', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '自评' });
  const { id } = await worker.ok(endpoints.registerAlarm, {
    body: crisis(caseId, { rating: 'low', scale: '某量表 27 分', reason: '当面谈过' }),
  });
  expect(await read(worker, id)).toMatchObject({ rating: 'low', scale: '某量表 27 分', screening: strong });
  expect(await open(worker, id)).toEqual(['look-again']);
  expect(await notices('head')).not.toContain('alarms.look');
});

test('what is due is told to the worker, then to the head, once each, without a word of the matter', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '到期' });
  const before = { worker: (await notices('worker')).length, head: (await notices('head')).length };
  const { id } = await worker.ok(endpoints.registerAlarm, { body: crisis(caseId, { rating: 'high' }) });
  const told = async () => {
    await remindAlarms(t.services);
    await remindAlarms(t.services);
    return [(await notices('worker')).length - before.worker, (await notices('head')).length - before.head - 1];
  };
  await tick(worker, id, 'follow-up');
  await tick(worker, id, 'limit-means');
  const todo = async (username: string) =>
    (await (await t.as(username)).ok(home.readWorkbench, {})).todos.filter((x) => x.kind === 'alarm' && x.recordId === id).length;
  expect([await todo('worker'), await todo('head')]).toEqual([1, 0]);
  t.clock.set('2026-03-05T15:59:00.000Z');
  expect(await told()).toEqual([0, 0]);
  t.clock.set('2026-03-05T16:00:00.000Z');
  expect(await told()).toEqual([1, 0]);
  t.clock.set('2026-03-05T17:59:00.000Z');
  expect(await told()).toEqual([1, 0]);
  t.clock.set('2026-03-05T18:00:00.000Z');
  expect(await told()).toEqual([2, 1]);
  expect([await todo('worker'), await todo('head')]).toEqual([1, 1]);
  expect((await worker.ok(endpoints.listAlarms, { query: { due: 'overdue', sort: 'due' } })).rows.map((r) => r.id)).toContain(id);

  const { rows } = await sql<{ words: string }>`select n::text as words from notice n where n.record_kind = 'alarm'`.execute(t.owner);
  expect(rows.length).toBeGreaterThan(3);
  for (const { words } of rows) expect(words).not.toMatch(TELLS);
  for (const kind of ['alarms.due', 'alarms.look', 'alarms.look-now']) expect(noticeKindLabels[kind]).not.toMatch(TELLS);
  for (const words of [recordKindLabels.alarm, todoKindLabels.alarm, eventLabels['alarm.registered']]) expect(words).not.toMatch(TELLS);
  // The trail names neither the case nor the kind.
  const trail = await sql<{
    words: string;
  }>`select e.type || ' ' || e.facts::text as words from event e where e.record_kind = 'alarm'`.execute(t.owner);
  for (const { words } of trail.rows) expect(words).not.toMatch(/crisis|violence|case|order/);
});

test('violence at home: the guardian of the same name is no contact, the order rings fifteen days before its end', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '同名' });
  const person = (await worker.ok(cases.readCase, { params: { id: caseId } })).recipient.id;
  const guardians = async () =>
    (await worker.ok(recipients.readRecipient, { params: { id: person } })).guardians.map((g) => g.relationship);
  for (const [name, relationship] of [
    ['易 建国', '丈夫'],
    ['易建民', '哥哥'],
  ] as const)
    await worker.ok(recipients.addGuardian, { params: { id: person }, body: { name, relationship, phone: '13944445555' } });
  expect(await guardians()).toEqual(['丈夫', '哥哥']);
  const { id } = await worker.ok(endpoints.registerAlarm, { body: violence(caseId, { immediate: true }) });
  expect(await guardians()).toEqual(['哥哥']);
  // Nor is one who is written down later.
  const late = await worker.ok(recipients.addGuardian, {
    params: { id: person },
    body: { name: '易建国', relationship: '配偶', phone: null },
  });
  expect(await guardians()).toEqual(['哥哥']);
  const ask = { params: { id: person, guardianId: late.id }, body: { field: 'phone', reason: '想打电话' } } as const;
  expect((await worker.call(recipients.openGuardianField, ask)).status).toBe(404);
  const found = await read(worker, id);
  expect(found).toMatchObject({ guardiansKeptBack: 2, abuser: '易*国', forms: ['body', 'control'], contact: { times: '工作日上午' } });
  expect(await worker.ok(endpoints.openAbuser, { params: { id }, body: { reason: '填写报案材料' } })).toEqual({ value: '易建国' });
  expect(await open(worker, id)).toEqual(['emergency-call', 'choice', 'danger-check']);

  await add(worker, id, { kind: 'police', at: NOW, manner: '110', unit: '一街道派出所', receiptNo: null, says: '' });
  await add(worker, id, { kind: 'danger', signs: ['strangled', 'weapon'], level: 'high', says: '' });
  await add(worker, id, { kind: 'choice', informed: true, wishes: ['warning', 'order'], says: '' });
  await add(worker, id, { kind: 'warning', issuedOn: '2026-03-05', unit: '一街道派出所', number: null, prohibitions: '不得殴打、威胁' });
  expect((await open(worker, id)).filter((c) => c === 'warning-visit')).toHaveLength(4);
  // The visits stand in the day's plan, entered once, with words that tell nobody why.
  const asked = async () => (await read(worker, id)).steps.filter((s) => s.code === 'warning-visit');
  const planned = await asked();
  expect(planned.map((s) => [s.visit?.on, s.visit?.planned])).toEqual(
    ['2026-03-12', '2026-04-11', '2026-05-11', '2026-06-10'].map((on) => [on, true]),
  );
  expect(planned[0]?.source).toContain('规则包“危机与家暴”');
  const [soon, later] = planned.map((s) => s.visit?.id ?? '');
  expect(await worker.ok(visits.readVisit, { params: { id: soon ?? '' } })).toMatchObject({
    why: '按期回访',
    status: 'planned',
    mine: true,
  });
  const NO_ORDER = '01990000-0000-7000-8000-000000000009';
  expect(await codeOf(add(worker, id, { kind: 'order-over', orderId: NO_ORDER, on: '2026-03-05', how: 'ended', says: '' }))).toBe(
    'alarms.no-order',
  );
  const contents: z.infer<typeof OrderContents>[] = ['no-violence'];
  const decided = { kind: 'order-decided', at: NOW, outcome: 'granted', number: null, contents, says: '' } as const;
  expect(await codeOf(add(worker, id, { ...decided, orderId: NO_ORDER, validTo: '2026-06-01' }))).toBe('alarms.no-application');
  await add(worker, id, { kind: 'order-applied', at: '2026-03-04T06:00:00.000Z', court: '区法院', by: 'self', urgent: true, says: '' });
  const orderId = (await read(worker, id)).orders[0]?.id ?? '';
  const court = (await read(worker, id)).steps.find((s) => s.code === 'court-decision');
  // Twenty-four hours are up to the minute: in time now, a minute later no longer.
  expect([court?.dueAt, court?.clock.state]).toEqual([NOW, 'at-risk']);
  t.clock.set('2026-03-05T06:01:00.000Z');
  expect((await read(worker, id)).steps.find((s) => s.code === 'court-decision')?.clock).toEqual({
    state: 'overdue',
    words: '已超 1 分钟',
  });
  expect(await codeOf(add(worker, id, { ...decided, orderId, validTo: '2026-09-06' }))).toBe('alarms.order-too-long');
  expect(await codeOf(add(worker, id, { ...decided, orderId, validTo: null }))).toBe('alarms.order-needs-end');
  await add(worker, id, { ...decided, orderId, validTo: '2026-09-05' });
  expect(await read(worker, id)).toMatchObject({ orderTo: '2026-09-05' });
  await add(worker, id, { kind: 'shelter', on: '2026-03-05', place: '杏林路 9 号庇护站', says: '' });
  await add(worker, id, { kind: 'breach', orderId, at: NOW, says: '到楼下叫喊', outcome: 'admonished' });
  const kept = await sql<{
    words: string;
  }>`select string_agg(to_jsonb(e)::text, '') as words from alarm_entry e where e.alarm_id = ${id}`.execute(t.owner);
  expect(kept.rows[0]?.words).not.toContain('杏林路 9 号');
  expect((await read(worker, id)).entries.find((e) => e.kind === 'shelter')?.body.place).toBe('杏林路 9 号庇护站');

  t.clock.set('2026-03-12T02:00:00.000Z');
  // Nobody met: the step goes on with the visit that was agreed instead, and is done with it.
  const missed = { caseId: (await read(worker, id)).caseId, visitedOn: '2026-03-12', notMet: 'away' as const, says: '' };
  await worker.ok(visits.missVisit, { params: { id: soon ?? '' }, body: { ...missed, next: { on: '2026-03-13', half: 'any' } } });
  const instead = (await asked()).find((s) => s.visit?.on === '2026-03-13');
  expect([instead?.doneAt, instead?.visit?.planned]).toEqual([null, true]);
  t.clock.set('2026-03-13T02:00:00.000Z');
  const fair = { scale: 'fair' as const, says: '' };
  await worker.ok(visits.recordVisit, {
    params: { id: instead?.visit?.id ?? '' },
    body: {
      ...{ caseId: missed.caseId, visitedOn: '2026-03-13', minutes: 40, companion: null, aloneReason: '约好单独见' },
      ...{ health: fair, safety: fair, life: fair, action: null, next: null },
    },
  });
  expect((await asked()).filter((s) => s.doneAt !== null).map((s) => [s.id, s.visit?.planned])).toEqual([[instead?.id, false]]);
  // Done by others, and ticked by hand: its visit leaves the plan.
  await tick(worker, id, 'warning-visit');
  expect((await worker.ok(visits.readVisit, { params: { id: later ?? '' } })).status).toBe('cancelled');
  for (let i = 0; i < 2; i += 1) await tick(worker, id, 'warning-visit');
  const told = async () => {
    const n = (await notices('worker')).length;
    await remindAlarms(t.services);
    return (await notices('worker')).length - n;
  };
  await tick(worker, id, 'reconsider');
  // A second order beside the first, refused, asked again and granted: its clock and its end are its own.
  await add(worker, id, { kind: 'order-applied', at: '2026-03-13T01:00:00.000Z', court: '区法院', by: 'self', urgent: false, says: '' });
  const orders = async () => (await read(worker, id)).orders;
  const second = (await orders())[1]?.id ?? '';
  const about = { orderId: second, number: null, contents, says: '' };
  await add(worker, id, { kind: 'order-decided', ...about, at: '2026-03-13T01:30:00.000Z', outcome: 'refused', validTo: null });
  expect(
    await codeOf(add(worker, id, { kind: 'order-extended', orderId: second, on: '2026-03-13', validTo: '2026-06-01', says: '' })),
  ).toBe('alarms.no-order');
  await add(worker, id, { kind: 'reconsidered', orderId: second, on: '2026-03-13', says: '' });
  await add(worker, id, { kind: 'order-decided', ...about, at: '2026-03-13T01:50:00.000Z', outcome: 'granted', validTo: '2026-04-13' });
  expect((await orders()).map((o) => [o.no, o.status, o.validTo])).toEqual([
    [1, 'in-force', '2026-09-05'],
    [2, 'in-force', '2026-04-13'],
  ]);
  expect(await read(worker, id)).toMatchObject({ orderTo: '2026-04-13' });
  t.clock.set('2026-04-13T02:00:00.000Z');
  await add(worker, id, { kind: 'order-over', orderId: second, on: '2026-04-13', how: 'ended', says: '' });
  // The end of one leaves the other in force, with its alarm.
  expect((await orders()).map((o) => o.status)).toEqual(['in-force', 'over']);
  expect(await read(worker, id)).toMatchObject({ orderTo: '2026-09-05' });
  expect((await read(worker, id)).steps.filter((s) => s.code === 'order-ends').map((s) => [s.orderNo, s.doneAt !== null])).toEqual([
    [1, false],
    [2, true],
  ]);
  t.clock.set('2026-08-20T23:59:00.000Z');
  await told();
  t.clock.set('2026-08-21T00:00:00.000Z');
  expect(await told()).toBe(1);
  expect(await codeOf(add(worker, id, { kind: 'settled', says: '平稳' }))).toBe('alarms.open-steps');
  await add(worker, id, { kind: 'order-extended', orderId, on: '2026-08-21', validTo: '2027-03-05', says: '' });
  expect(await read(worker, id)).toMatchObject({ orderTo: '2027-03-05' });
  await add(worker, id, { kind: 'order-over', orderId, on: '2026-08-21', how: 'revoked', says: '' });
  await add(worker, id, { kind: 'settled', says: '已分居，平稳' });
  await add(worker, id, { kind: 'closed', says: '转常规跟进' });
  expect(await read(worker, id)).toMatchObject({ status: 'closed', orderTo: null });
});

test('without full capacity nothing ends without a report; a mandatory report is linked, and who linked it is told to nobody', async () => {
  const worker = await t.as('worker');
  const child = await openCase(t, 'worker', { name: '小满' });
  await sql`update recipient set birth_on = '2015-01-01' where id = (select recipient_id from case_file where id = ${child})`.execute(
    t.owner,
  );
  expect(await codeOf(worker.call(endpoints.registerAlarm, { body: violence(child, { abuser: null }) }))).toBe('alarms.minor-capacity');
  const { id } = await worker.ok(endpoints.registerAlarm, { body: violence(child, { capacity: 'limited', abuser: null }) });
  expect((await read(worker, id)).can).toContain('report-minor');
  expect(await codeOf(add(worker, id, { kind: 'choice', informed: true, wishes: ['none-now'], says: '' }))).toBe(
    'alarms.choice-not-theirs',
  );
  await add(worker, id, { kind: 'danger', signs: [], level: 'medium', says: '' });
  expect(await codeOf(add(worker, id, { kind: 'settled', says: '平稳' }))).toBe('alarms.must-report');
  expect(await codeOf(add(worker, id, { kind: 'reported', reportId: randomUUID() }))).toBe('alarms.report-unknown');
  const reportId = randomUUID();
  await worker.ok(reports.createReport, {
    body: {
      id: reportId,
      situation: 'many-injuries',
      place: '家中',
      seen: '手臂多处瘀伤',
      child: '小满',
      discoveredAt: NOW,
      caseId: child,
      requestId: null,
    } as never,
  });
  expect((await add(worker, id, { kind: 'reported', reportId })).status).toBe(200);
  expect((await read(await t.as('head'), id)).entries.find((e) => e.kind === 'reported')?.byName).toBeNull();
  expect((await add(worker, id, { kind: 'settled', says: '已临时安置' })).status).toBe(200);
  expect((await add(worker, id, { kind: 'closed', says: '由强制报告继续' })).status).toBe(200);
});

test('only those of the case and the supervisor of the record see it; a closed case takes none; the next worker takes it over', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '谁能看' });
  const { id } = await worker.ok(endpoints.registerAlarm, { body: crisis(caseId, { rating: 'medium' }) });
  for (const other of ['worker2', 'worker3', 'head2']) {
    const by = await t.as(other);
    expect([other, (await by.call(endpoints.readAlarm, { params: { id } })).status]).toEqual([other, 404]);
    expect((await by.ok(endpoints.listAlarms, {})).rows).toEqual([]);
    expect((await by.call(endpoints.printAlarm, { params: { id }, query: { format: 'html' } })).status).toBe(404);
  }
  for (const office of ['centre', 'agency', 'officer', 'street', 'expert', 'audit'])
    expect([office, (await (await t.as(office)).call(endpoints.listAlarms, {})).status]).toEqual([office, 403]);
  expect((await worker.call(endpoints.registerAlarm, { body: crisis(caseId, { source: 'visit', sourceId: randomUUID() }) })).status).toBe(
    404,
  );
  expect(await codeOf(worker.call(endpoints.registerAlarm, { body: crisis(caseId, { rating: 'low', lookAgainOn: '2026-04-05' }) }))).toBe(
    'alarms.look-again-late',
  );
  // Two who write at one moment: the later one reads first.
  const stale = { params: { id }, body: { version: 1, entry: { kind: 'addition', says: '补一句' } } } as const;
  await worker.ok(endpoints.addAlarmEntry, stale);
  expect(await codeOf(worker.call(endpoints.addAlarmEntry, stale))).toBe('alarms.moved-on');

  const other = t.world.persons.worker3 as string;
  await sql`update case_file set worker_id = ${other} where id = ${caseId}`.execute(t.owner);
  const { rows } = await sql<{ workerId: string }>`select worker_id from alarm where id = ${id}`.execute(t.owner);
  expect(rows[0]?.workerId).toBe(other);
  await sql`update case_file set worker_id = ${t.world.persons.worker as string}, status = 'closed' where id = ${caseId}`.execute(t.owner);
  expect(await codeOf(worker.call(endpoints.registerAlarm, { body: crisis(caseId) }))).toBe('alarms.case-closed');
});

test('a guardian is told from a namesake by the register, else by name and phone', async () => {
  const worker = await t.as('worker');
  const begun = async (name: string) => {
    const caseId = await openCase(t, 'worker', { name });
    return { caseId, person: (await worker.ok(cases.readCase, { params: { id: caseId } })).recipient.id };
  };
  const guardians = async (person: string) =>
    (await worker.ok(recipients.readRecipient, { params: { id: person } })).guardians.map((g) => g.relationship);
  const guardian = (person: string, name: string, relationship: string, phone: string | null) =>
    worker.ok(recipients.addGuardian, { params: { id: person }, body: { name, relationship, phone } });
  // Not on the register: name and phone. A namesake with another phone stays, the phone in common goes whatever the name.
  const one = await begun('汤小云');
  await guardian(one.person, '易 建国', '丈夫', '13944445555');
  await guardian(one.person, '易建国', '堂叔', '13955556666');
  await guardian(one.person, '老易', '丈夫的另一个称呼', '139 4444 5555');
  await worker.ok(endpoints.registerAlarm, { body: violence(one.caseId, { abuserPhone: '13944445555' }) });
  expect(await guardians(one.person)).toEqual(['堂叔']);
  await guardian(one.person, '易建国', '再写的丈夫', '13944445555');
  await guardian(one.person, '易建国', '再写的堂叔', '13955556666');
  expect(await guardians(one.person)).toEqual(['堂叔', '再写的堂叔']);
  // On the register, in the household: the register says it, whatever phone was given.
  const two = await begun('汤小雨');
  const kin = await begun('易建国');
  await sql`with house as (insert into household (district_id, id) values (${t.world.districtId}, ${randomUUID()}) returning id)
    insert into household_member (district_id, id, household_id, recipient_id, relation, lives_together, joined_on, recorded_by)
    select ${t.world.districtId}, gen_random_uuid(), house.id, p, 'spouse', true, '2020-01-01', ${t.world.persons.worker}
    from house, unnest(${[two.person, kin.person]}::uuid[]) as p`.execute(t.owner);
  await guardian(two.person, '易建国', '丈夫', '13977778888');
  await worker.ok(endpoints.registerAlarm, { body: violence(two.caseId, { abuserPhone: '13911112222' }) });
  expect(await guardians(two.person)).toEqual([]);
});

test('danger told to the hotline: station and head are told with the call, and the clocks count from its beginning', async () => {
  const centre = await t.as('centre');
  const worker = await t.as('worker');
  const began = '2026-03-05T05:20:00.000Z';
  const taken = async (danger: boolean) => {
    const made = await centre.ok(calls.createCall, {
      body: {
        kind: 'help',
        relation: 'self',
        callerName: '汤小月',
        callerPhone: danger ? '19900007711' : '19900007712',
        personName: null,
        personPhone: null,
        says: '说手边有药，不想活了。',
        startedAt: began,
        send: { streetId: t.world.streetId, danger, topic: 'family', safeTimes: [], safeNote: null, mayMessage: false, unsafe: false },
      },
    });
    const call = await centre.ok(calls.readCall, { params: { id: made.id } });
    const appealId = call.appeal?.id ?? '';
    const told = async (who: string) =>
      (await (await t.as(who)).ok(listNotices, { query: { limit: 100 } })).rows.some(
        (n) => n.kind === 'appeals.urgent' && n.recordId === appealId,
      );
    expect([await told('worker'), await told('head')]).toEqual([danger, danger]);
    await worker.ok(appeals.takeAppeal, { params: { id: appealId }, body: { version: 1 } });
    const opened = await worker.ok(appeals.openCaseFromAppeal, {
      params: { id: appealId },
      body: {
        name: null,
        gender: 'female',
        serviceDomain: 'family',
        domain: 'family-relations',
        helpFields: ['family'],
        risk: 'high',
        summary: '来电求助',
        version: 2,
      },
    });
    const body = crisis(opened.caseId, { source: 'call', sourceId: appealId });
    return { callId: made.id, id: (await worker.ok(endpoints.registerAlarm, { body })).id };
  };
  const urgent = await taken(true);
  const clocks = await read(worker, urgent.id);
  // Half an hour for what is done at once and a day for the follow-up, both from the call; the registration keeps its own moment.
  expect(clocks.registeredAt).toBe(NOW);
  expect(clocks.steps.find((s) => s.code === 'stay')).toMatchObject({
    openedAt: began,
    dueAt: '2026-03-05T05:50:00.000Z',
    clock: { state: 'overdue' },
  });
  expect(clocks.steps.find((s) => s.code === 'follow-up')?.dueAt).toBe('2026-03-06T05:20:00.000Z');
  // Seen by the worker before anybody called, and written without network: from then on. A clock that is fast makes nothing later.
  const seen = async (toldAt: string) => {
    const { id } = await worker.ok(endpoints.registerAlarm, { body: crisis(clocks.caseId, { toldAt, lookAgainOn: '2026-03-04' }) });
    // The paper says both moments: when it was told, and when it stood here.
    const paper = (await worker.call(endpoints.printAlarm, { params: { id }, query: { format: 'html' } })).raw;
    expect(utf8(paper).replace(/<[^>]+>/g, '')).toContain('得知时间2026年3月4日 13:00（时限从这时算起）登记时间2026年3月5日 14:00');
    return (await read(worker, id)).steps.find((s) => s.code === 'stay')?.dueAt;
  };
  expect([await seen('2026-03-04T05:00:00.000Z')]).toEqual(['2026-03-04T05:30:00.000Z']);
  expect(
    await codeOf(
      worker.call(endpoints.registerAlarm, {
        body: crisis(clocks.caseId, { toldAt: '2026-03-09T05:00:00.000Z', lookAgainOn: '2026-03-04' }),
      }),
    ),
  ).toBe('alarms.look-again-late');
  // Without a word of danger in the call nothing was late before the worker learned of it.
  const calm = await taken(false);
  expect((await read(worker, calm.id)).steps.find((s) => s.code === 'stay')?.dueAt).toBe('2026-03-05T06:30:00.000Z');
  // The centre follows what it passed on by the clock of the call's appeal; the record it reaches by no path.
  const followed = await centre.ok(calls.readCall, { params: { id: urgent.callId } });
  expect(followed.appeal).toMatchObject({ status: 'opened', urgent: true, askedAt: NOW });
  expect(followed.appeal?.endedAt).not.toBeNull();
  expect((await centre.call(endpoints.readAlarm, { params: { id: urgent.id } })).status).toBe(403);
  expect(JSON.stringify(followed)).not.toContain(urgent.id);
});

test('what a resident asked or told the hotline leads to the record in one step, and is seen from both', async () => {
  const worker = await t.as('worker');
  const asked = async (topic: 'violence' | 'family') => {
    const made = await t.nobody.ok(appeals.askAsResident, {
      body: {
        districtId: t.world.districtId,
        streetId: t.world.streetId,
        danger: false,
        topic,
        says: '他又动手了。',
        reach: 'phone',
        phone: '19900004321',
        name: '小云',
        safeTimes: ['morning'],
        safeNote: null,
        mayMessage: false,
        unsafe: true,
        leaveEmpty: '',
      },
    });
    const [row] = (await worker.ok(appeals.listAppeals, { query: { number: made.number } })).rows;
    const id = row?.id ?? '';
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: row?.version ?? 0 } });
    return { id, version: (row?.version ?? 0) + 1, number: made.number };
  };
  const first = await asked('violence');
  const { caseId } = await worker.ok(appeals.openCaseFromAppeal, {
    params: { id: first.id },
    body: {
      name: '汤小云',
      gender: 'female',
      serviceDomain: 'family',
      domain: 'domestic-violence',
      helpFields: ['law'],
      risk: 'high',
      summary: '他又动手了。',
      version: first.version,
    },
  });
  const alarm = (over: object) => worker.call(endpoints.registerAlarm, { body: violence(caseId, { abuser: null, ...over }) });
  // Of another case, not there at all, and by the hotline where it was written.
  const second = await asked('family');
  for (const over of [
    { source: 'appeal', sourceId: second.id },
    { source: 'appeal', sourceId: randomUUID() },
    { source: 'call', sourceId: first.id },
  ])
    expect((await alarm(over)).error.code).toBe('alarms.appeal-other');
  const made = await alarm({ source: 'appeal', sourceId: first.id });
  expect(made.status).toBe(200);
  const of = async (appealId: string, by = worker) => (await by.ok(endpoints.listAlarms, { query: { appealId } })).rows.map((a) => a.id);
  expect([await of(first.id), await of(second.id)]).toEqual([[made.body.id], []]);
  // The next one is joined to the record that there is; before it belongs to the case it is not.
  const join = { kind: 'appeal', appealId: second.id, says: '' } as const;
  expect(await codeOf(add(worker, made.body.id, join))).toBe('alarms.appeal-other');
  await worker.ok(appeals.linkAppealToCase, { params: { id: second.id }, body: { caseId, version: second.version } });
  expect((await add(worker, made.body.id, join)).status).toBe(200);
  expect(await of(second.id)).toEqual([made.body.id]);
  const record = await read(worker, made.body.id);
  expect(record.appeals.map((a) => a.number)).toEqual([first.number, second.number]);
  for (const step of record.steps) expect(step.source).toMatch(/规则包“危机与家暴”.+版$/);
  expect(record.steps.map((s) => s.source).join()).not.toMatch(/[A-Z]{2}-\d/);
  // The centre passed it on and learns nothing of the record; a colleague of another station neither.
  expect((await (await t.as('centre')).call(endpoints.listAlarms, { query: { appealId: first.id } })).status).toBe(403);
  expect(await of(first.id, await t.as('worker2'))).toEqual([]);
});

test('words of danger: everybody signed in reads the lists in force, and nothing is kept of who wrote them', async () => {
  const worker = await t.as('worker');
  const lists = await worker.ok(endpoints.readDangerWords);
  expect(lists.crisis).toContain('不想活');
  expect(lists.violence).toContain('家暴');
  expect(lists.child).toContain('猥亵');
  const caseId = await openCase(t);
  const before = await sql<{ n: number }>`select count(*)::int as n from alarm`.execute(t.owner);
  await worker.ok(cases.addNote, {
    params: { id: caseId },
    body: { id: randomUUID(), happenedOn: '2026-03-04', body: '她说不想活了', kind: 'talk', minutes: 20, tookPart: '' },
  });
  expect((await sql<{ n: number }>`select count(*)::int as n from alarm`.execute(t.owner)).rows).toEqual(before.rows);
  expect(await (await t.as('expert')).ok(endpoints.readDangerWords)).toEqual(lists);
});
