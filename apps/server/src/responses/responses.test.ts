import { nameConsentReceiver } from '@jieyou/core/cases/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptRequest, consentTo } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

/** A paper as its reader sees it. */
const printed = async (who: string, id: string): Promise<string> => {
  const paper = await (await t.as(who)).call(responses.readResponsePaper, { params: { id } });
  return Buffer.from(paper.raw, 'latin1').toString('utf8');
};

const person = (username: string): string => t.world.persons[username] ?? '';

const line = async (kind: 'referral' | 'supervision' | 'seminar' | 'resource' | 'conference', holder: string | null = null) => {
  const request = await acceptRequest(t);
  const made = await (await t.as('centre')).ok(support.addSupportLine, {
    params: { id: request.id },
    body: {
      helpField: 'family',
      kind,
      holderId: holder === null ? null : person(holder),
      providerName: holder === null ? '演示单位' : null,
      task: '请办好这件事',
    },
  });
  const { caseId } = await t.owner.selectFrom('supportRequest').select('caseId').where('id', '=', request.id).executeTakeFirstOrThrow();
  return { id: made.id, requestId: request.id, caseId };
};

const open = async (who: string, lineId: string, body: Record<string, unknown>) =>
  (await t.as(who)).call(responses.openResponse, { params: { id: lineId }, body: body as never });
const step = async (who: string, id: string, body: Record<string, unknown>) =>
  (await t.as(who)).call(responses.moveResponse, { params: { id }, body: body as never });
const read = async (who: string, id: string) => (await t.as(who)).call(responses.readResponse, { params: { id } });
const todos = async (who: string) =>
  (await (await t.as(who)).ok(readWorkbench)).todos
    .filter((todo) => ['transfer', 'supervision', 'seminar', 'resource-link'].includes(todo.kind))
    .map((todo) => todo.recordId);
const close = async (who: string, id: string, status: 'done' | 'not-possible') =>
  (await t.as(who)).call(support.closeSupportLine, { params: { id }, body: { version: 1, status, result: '到此为止' } });

const SESSION = {
  kind: 'supervision',
  heldOn: '2026-03-05',
  startsAt: '09:30',
  endsAt: '11:00',
  type: 'educational',
  form: 'individual',
  others: '',
  topics: '怎样与沉默的孩子开始谈话',
  advice: '先一起做一件小事，不急着问原因。',
  followUp: '两周后再谈一次',
};

describe('督导', () => {
  it('is written by the line’s holder, signed by both, printed, and only then the line ends', async () => {
    const { id, requestId } = await line('supervision', 'supervisor');
    expect((await open('supervisor', id, { ...SESSION, heldOn: '2026-03-06' })).error.code).toBe('responses.date-future');
    expect((await open('supervisor', id, { ...SESSION, endsAt: '09:30' })).error.code).toBe('responses.times-backwards');
    expect(
      (await open('supervisor', id, { kind: 'resource-link', resourceId: null, resourceName: '轮椅', asked: '借用轮椅' })).error.code,
    ).toBe('responses.other-kind');
    const made = await open('supervisor', id, SESSION);
    expect(made.status).toBe(200);
    const record = made.body.id;
    expect((await read('worker', record)).body).toMatchObject({
      status: 'written',
      minutes: 90,
      workerName: '周晓岚',
      can: expect.arrayContaining(['sign']),
    });
    expect(await todos('worker')).toEqual([record]);
    expect((await close('supervisor', id, 'not-possible')).error.code).toBe('responses.record-under-way');

    expect((await step('supervisor', record, { move: 'sign', version: 1 })).status).toBe(200);
    expect((await step('supervisor', record, { move: 'sign', version: 2 })).error.code).toBe('responses.signed-already');
    expect((await step('centre', record, { move: 'sign', version: 2 })).error.code).toBe('responses.not-your-turn');
    // A correction takes the signature away: what was signed was another text.
    expect((await step('worker', record, { move: 'question', version: 2, reason: '时间写错了' })).status).toBe(200);
    const { kind: _, ...fields } = SESSION;
    expect((await step('supervisor', record, { ...fields, move: 'correct', version: 3, endsAt: '10:30' })).status).toBe(200);
    expect((await read('supervisor', record)).body).toMatchObject({ status: 'written', minutes: 60, supervisorSignedAt: null });
    expect((await step('supervisor', record, { move: 'sign', version: 3 })).error.code).toBe('record.changed-meanwhile');
    expect((await step('supervisor', record, { move: 'sign', version: 4 })).status).toBe(200);
    expect(await todos('supervisor')).toEqual([]);
    expect((await step('worker', record, { move: 'sign', version: 5 })).status).toBe(200);
    expect((await step('supervisor', record, { ...fields, move: 'correct', version: 6 })).error.code).toBe('responses.moved-on');
    expect(await todos('worker')).toEqual([]);

    const paper = await printed('supervisor', record);
    for (const words of ['督导记录', '教育督导', '共 60 分钟', '先一起做一件小事']) expect(paper).toContain(words);
    const file = await (await t.as('worker')).ok(support.readSupportRequest, { params: { id: requestId } });
    expect(file.lines[0]?.records).toEqual([{ id: record, status: 'signed', on: '2026-03-05' }]);
    expect(file.timeline.map((e) => e.says)).toContain('签认督导记录');
    expect((await close('supervisor', id, 'done')).status).toBe(200);
    expect((await open('supervisor', id, SESSION)).error.code).toBe('support.line-over');
  });

  it('a supervisor reads assigned lines only, and a line without a person has nobody to sign', async () => {
    const nobody = await line('supervision');
    expect((await open('centre', nobody.id, SESSION)).error.code).toBe('responses.line-without-supervisor');
    expect((await open('supervisor', nobody.id, SESSION)).status).toBe(404);
    const own = await line('supervision', 'worker');
    expect((await open('worker', own.id, SESSION)).error.code).toBe('responses.own-supervisor');
    const other = await line('supervision', 'centre2');
    const made = await open('centre', other.id, SESSION);
    expect((await read('supervisor', made.body.id)).status).toBe(404);
    expect((await read('centre2', made.body.id)).status).toBe(200);
  });
});

describe('转介', () => {
  const draft = (toId: string, more: object = {}) => ({
    kind: 'transfer',
    toId,
    reason: '住址已迁到二站的地方',
    fields: ['domain', 'tried'],
    basis: { kind: 'statutory-duty', ground: '依法继续监护照看' },
    replyBy: '2026-03-10',
    ...more,
  });

  it('comes back with a reason, is closed to who returned it, and is accepted elsewhere', async () => {
    const { id } = await line('referral', 'centre');
    expect((await open('centre', id, draft(person('centre')))).error.code).toBe('responses.receiver-is-sender');
    expect((await open('centre', id, draft(person('bworker')))).error.code).toBe('workforce.person-unknown');
    expect((await open('centre', id, draft(person('worker2'), { replyBy: '2026-03-04' }))).error.code).toBe('responses.date-past');
    const sent = await open('centre', id, draft(person('worker2')));
    expect(sent.status).toBe(200);
    const record = sent.body.id;
    const seen = await read('worker2', record);
    expect(seen.body).toMatchObject({ status: 'sent', lineTask: '', opensRequest: false, can: ['accept', 'return'] });
    expect(seen.body.content).toMatchObject({ handed: [{ field: 'domain' }, { field: 'tried' }] });
    // What was not chosen stays behind.
    expect(seen.raw).not.toContain('与十二岁的儿子同住');
    expect((await (await t.as('worker2')).call(support.readSupportRequest, { params: { id: seen.body.requestId } })).status).toBe(404);
    expect((await read('worker3', record)).status).toBe(404);
    expect(await todos('worker2')).toEqual([record]);
    expect((await step('centre', record, { move: 'accept', version: 1, receipt: '代收', contactOn: null })).error.code).toBe(
      'responses.not-your-turn',
    );
    expect((await step('worker2', record, { move: 'finish', version: 1, result: '办好' })).error.code).toBe('responses.moved-on');

    expect((await step('worker2', record, { move: 'return', version: 1, reason: '不在本站服务范围' })).status).toBe(200);
    expect((await read('worker2', record)).status).toBe(404);
    expect((await step('worker2', record, { move: 'accept', version: 2, receipt: '再收', contactOn: null })).status).toBe(404);
    expect(await todos('centre')).toContain(record);
    expect((await step('centre', record, { move: 'redirect', version: 2, toId: person('worker2') })).error.code).toBe(
      'responses.same-receiver',
    );
    expect((await step('centre', record, { move: 'redirect', version: 2, toId: person('agency') })).status).toBe(200);
    expect((await step('agency', record, { move: 'accept', version: 3, receipt: '已安排社工', contactOn: '2026-03-04' })).error.code).toBe(
      'responses.date-past',
    );
    expect((await step('agency', record, { move: 'accept', version: 3, receipt: '已安排社工', contactOn: '2026-03-06' })).status).toBe(200);
    expect((await close('centre', id, 'done')).error.code).toBe('responses.record-under-way');
    expect((await step('agency', record, { move: 'finish', version: 4, result: '已建档跟进' })).status).toBe(200);
    const file = (await read('worker', record)).body;
    expect(file).toMatchObject({ status: 'done', can: [] });
    expect(file.content).toMatchObject({
      returned: [{ name: '吴启明', reason: '不在本站服务范围' }],
      receipt: { says: '已安排社工' },
      result: '已建档跟进',
    });
    const paper = await printed('centre', record);
    for (const words of ['转介单', '不在本站服务范围', '已安排社工', '已建档跟进']) expect(paper).toContain(words);
    expect((await close('centre', id, 'done')).status).toBe(200);
  });

  it('rests on a consent for referral that covers what is handed over and still holds', async () => {
    const { id, caseId } = await line('referral', 'centre');
    const basis = (consentId: string) => ({ basis: { kind: 'consent', consentId } });
    const conference = await consentTo(t, caseId, 'conference');
    expect((await open('worker', id, draft(person('worker2'), basis(conference)))).error.code).toBe('support.consent-missing');
    const to = { receiver: '一街道第二社工站', receiverKind: 'organisation' };
    const narrow = await consentTo(t, caseId, 'referral', { ...to, fields: ['domain'] });
    expect((await open('worker', id, draft(person('worker2'), basis(narrow)))).error.code).toBe('support.consent-too-narrow');
    const wide = await consentTo(t, caseId, 'referral', to);
    // A consent to one organisation carries nothing to another; one that names nobody carries to nobody until somebody is named, once.
    const other = await consentTo(t, caseId, 'referral', { receiver: '二街道社工站', receiverKind: 'organisation' });
    expect((await open('worker', id, draft(person('worker2'), basis(other)))).error.code).toBe('support.consent-other-receiver');
    const old = await consentTo(t, caseId, 'referral', to);
    await t.owner.updateTable('consent').set({ receiver: '有关单位', receiverKind: null }).where('id', '=', old).execute();
    const unnamed = await open('worker', id, draft(person('worker2'), basis(old)));
    expect(unnamed.error).toMatchObject({ code: 'support.consent-receiver-unnamed', facts: { caseId } });
    const worker = await t.as('worker');
    const name = (receiverKind: string) =>
      worker.call(nameConsentReceiver, {
        params: { id: caseId, consentId: old },
        body: { receiver: '一街道第二社工站', receiverKind: receiverKind as 'organisation', receiverId: null },
      });
    expect((await name('expert')).error.code).toBe('cases.consent-receiver-kind');
    expect((await name('organisation')).body).toMatchObject({ id: old, version: 2 });
    expect((await name('partner')).error.code).toBe('cases.consent-receiver-named');
    expect(
      (
        await (
          await t.as('worker3')
        ).call(nameConsentReceiver, {
          params: { id: caseId, consentId: old },
          body: { receiver: '别处', receiverKind: 'partner', receiverId: null },
        })
      ).status,
    ).toBe(404);
    const { rows: before } = await sql<{ was: string }>`select before ->> 'receiver' as was from row_history
      where table_name = 'consent' and row_id = ${old} and before is not null and before ->> 'receiver_kind' is null and after ->> 'receiver_kind' is not null`.execute(
      t.owner,
    );
    expect(before).toEqual([{ was: '有关单位' }]);
    const carried = await open('worker', id, draft(person('worker2'), basis(old)));
    expect(carried.status).toBe(200);
    const late = await consentTo(t, caseId, 'referral', { ...to, grantedOn: '2026-01-01', expiresOn: '2026-03-04' });
    expect((await open('worker', id, draft(person('worker2'), basis(late)))).error.code).toBe('support.consent-missing');
    const sent = await open('worker', id, draft(person('worker2'), basis(wide)));
    expect(sent.status).toBe(200);
    await step('worker2', sent.body.id, { move: 'return', version: 1, reason: '人手不足' });
    await t.owner.updateTable('consent').set({ withdrawnOn: '2026-03-05' }).where('id', '=', wide).execute();
    expect((await step('worker', sent.body.id, { move: 'redirect', version: 2, toId: person('head2') })).error.code).toBe(
      'responses.consent-ended',
    );
    // Sent on to somebody whom the consent does not name: neither.
    await step('worker2', carried.body.id, { move: 'return', version: 1, reason: '人手不足' });
    expect((await step('worker', carried.body.id, { move: 'redirect', version: 2, toId: person('worker3') })).error.code).toBe(
      'support.consent-other-receiver',
    );
    expect((await step('worker', sent.body.id, { move: 'withdraw', version: 2, reason: '同意已撤回' })).status).toBe(200);
  });

  it('is not sent by somebody who does not read what is handed over', async () => {
    const { id } = await line('referral', 'supervisor');
    expect((await open('supervisor', id, draft(person('worker2')))).error.code).toBe('responses.content-out-of-reach');
  });
});

describe('研讨与资源链接', () => {
  it('a seminar is planned, held on its day, concluded', async () => {
    const { id } = await line('seminar', 'supervisor');
    const plan = {
      kind: 'seminar',
      topic: '怎样转回校园',
      heldOn: '2026-03-06',
      startsAt: '14:00',
      place: '中心会议室',
      participantIds: [person('worker'), person('head')],
      guests: '学校老师一人',
      agenda: '各方情况；分工',
    };
    expect((await open('supervisor', id, { ...plan, heldOn: '2026-03-04' })).error.code).toBe('responses.date-past');
    expect((await open('supervisor', id, { ...plan, participantIds: [person('bworker')] })).error.code).toBe('workforce.person-unknown');
    const made = await open('supervisor', id, plan);
    const record = made.body.id;
    expect(await todos('supervisor')).not.toContain(record);
    expect((await step('supervisor', record, { move: 'hold', version: 1, minutes: '谈了分工' })).error.code).toBe('responses.date-future');
    t.clock.set('2026-03-06T06:00:00.000Z');
    expect(await todos('supervisor')).toContain(record);
    expect((await step('supervisor', record, { move: 'hold', version: 1, minutes: '各方说了情况，商定分工。' })).status).toBe(200);
    expect((await step('worker2', record, { move: 'conclude', version: 2, conclusions: '由学校先家访' })).status).toBe(404);
    expect((await step('supervisor', record, { move: 'conclude', version: 2, conclusions: '由学校先家访' })).status).toBe(200);
    expect((await read('head', record)).body).toMatchObject({ status: 'concluded', participants: ['周晓岚', '孙立春'] });
    const paper = await printed('supervisor', record);
    for (const words of ['研讨纪要', '学校老师一人', '由学校先家访']) expect(paper).toContain(words);
    expect((await close('supervisor', id, 'done')).status).toBe(200);
  });

  it('a resource is asked for, promised, provided with its amount in 分, and ends with what the recipient says', async () => {
    const { id } = await line('resource', 'worker');
    expect(
      (await open('worker', id, { kind: 'resource-link', resourceId: person('worker'), resourceName: '', asked: '借用轮椅' })).error.code,
    ).toBe('responses.resource-unknown');
    const made = await open('worker', id, { kind: 'resource-link', resourceId: null, resourceName: '临时救助金', asked: '请支付三月房租' });
    const record = made.body.id;
    expect((await step('worker', record, { move: 'promise', version: 1, reply: '可以受理' })).status).toBe(200);
    const provide = { move: 'provide', version: 2, provided: '房租直接付给房东', amountFen: 120_050 };
    expect((await step('worker', record, { ...provide, providedOn: '2026-03-07' })).error.code).toBe('responses.date-future');
    expect((await step('worker', record, { ...provide, amountFen: -1, providedOn: '2026-03-06' })).status).toBe(400);
    expect((await step('worker', record, { ...provide, providedOn: '2026-03-06' })).status).toBe(200);
    expect((await close('worker', id, 'done')).error.code).toBe('responses.record-under-way');
    expect(
      (await step('worker', record, { move: 'feedback', version: 3, result: '已付', feedback: '安心了些', satisfaction: 5 })).status,
    ).toBe(200);
    const paper = await printed('worker', record);
    expect(paper).toContain('1200.50 元');
    expect((await close('worker', id, 'done')).status).toBe(200);
  });
});

it('a list shows what is in reach, narrowed by kind, state, turn and day; the workbook holds the same rows', async () => {
  const supervisor = await t.as('supervisor');
  const list = async (query: Record<string, unknown>) =>
    (await supervisor.ok(responses.listResponses, { query: query as never })).rows.map((r) => r.kind);
  expect((await list({})).sort()).toEqual(['seminar', 'supervision']);
  expect(await list({ kind: 'seminar' })).toEqual(['seminar']);
  expect(await list({ status: ['signed'] })).toEqual(['supervision']);
  expect(await list({ turn: 'me' })).toEqual([]);
  expect(await list({ from: '2026-03-06', to: '2026-03-06' })).toEqual(['seminar']);
  const book = await supervisor.call(responses.exportResponses, { query: { reason: '季度汇总' } as never });
  expect(book.status).toBe(200);
  expect((await (await t.as('bcentre')).ok(responses.listResponses)).rows).toEqual([]);
  expect((await (await t.as('officer')).ok(responses.listResponses)).rows).toEqual([]);
});
