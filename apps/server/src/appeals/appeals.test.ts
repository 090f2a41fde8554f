import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as notices from '@jieyou/core/notices/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { keepAppealClocks } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const draft = (more: object = {}) => ({
  districtId: t.world.districtId,
  streetId: t.world.streetId,
  danger: false,
  topic: 'family' as const,
  says: '孩子不肯上学，丈夫不让我出门。',
  reach: 'phone' as const,
  phone: '19900001234',
  name: '欧阳娜',
  safeTimes: ['morning' as const],
  safeNote: '请说是社区登记',
  mayMessage: false,
  unsafe: true,
  leaveEmpty: '',
  ...more,
});
const ask = (more: object = {}) => t.nobody.ok(appeals.askAsResident, { body: draft(more) });
const state = (code: string) => t.nobody.ok(appeals.readOwnAppeal, { body: { code } });
const listed = async (who: string, number: string) => (await (await t.as(who)).ok(appeals.listAppeals, { query: { number } })).rows[0];
const unread = async (who: string, kind: string) =>
  (await (await t.as(who)).ok(notices.listNotices, { query: { limit: 100 } })).rows.filter((n) => n.kind === kind).length;

describe('a resident asks without an account', () => {
  it('and the station of the street answers: taken over, a case, a request by which the centre knows where it came from', async () => {
    const made = await ask();
    expect(made).toMatchObject({ stationName: '一街道社工站', dueAt: '2026-03-10T02:00:00.000Z' });
    expect(made.code).toMatch(/^\d{16}$/);
    expect(await unread('worker', 'appeals.new')).toBe(1);
    expect(await unread('worker2', 'appeals.new')).toBe(0);

    const row = await listed('worker', made.number);
    expect(row).toMatchObject({ status: 'waiting', urgent: false, streetName: '一街道', takerName: null });
    const id = row?.id ?? '';
    const worker = await t.as('worker');
    const seen = await worker.ok(appeals.readAppeal, { params: { id } });
    expect(seen.content).toMatchObject({
      says: '孩子不肯上学，丈夫不让我出门。',
      name: '欧阳*',
      phone: '199****1234',
      unsafe: true,
      mayMessage: false,
    });
    expect(seen.can).toEqual(['take', 'pass', 'unmask']);
    // The centre sees that it is there, not what it says.
    const centre = await (await t.as('centre')).ok(appeals.readAppeal, { params: { id } });
    expect([centre.content, centre.steps]).toEqual([null, []]);

    expect((await worker.ok(appeals.unmaskAppeal, { params: { id }, body: { field: 'phone', reason: '联系居民' } })).value).toBe(
      '19900001234',
    );
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    expect((await (await t.as('worker3')).call(appeals.readAppeal, { params: { id } })).status).toBe(404);
    expect((await worker.ok(appeals.findAppealMatches, { params: { id } })).rows).toEqual([]);
    const opened = await worker.ok(appeals.openCaseFromAppeal, {
      params: { id },
      body: {
        name: null,
        gender: 'female',
        serviceDomain: 'family',
        domain: 'parent-child',
        helpFields: ['family'],
        risk: 'medium',
        summary: '居民求助',
        version: 2,
      },
    });
    const file = await worker.ok(cases.readCase, { params: { id: opened.caseId } });
    expect(file.recipient).toMatchObject({ name: '欧阳*', phone: '199****1234' });
    // The same phone again: the case is found before a second one is opened.
    const again = await ask({ says: '' });
    const second = (await listed('worker3', again.number))?.id ?? '';
    const { rows } = await (await t.as('worker3')).ok(appeals.findAppealMatches, { params: { id: second } });
    expect(rows.map((r) => [r.kind, r.number, r.workerName, r.mine])).toEqual([['case', opened.number, '周晓岚', false]]);

    const request = await worker.ok(support.createSupportRequest, { body: { caseId: opened.caseId } });
    const whole = await worker.ok(support.readSupportRequest, { params: { id: request.id } });
    expect(whole.origin).toEqual({ appealId: id, channel: 'public', callNumber: null });
    const after = await worker.ok(appeals.readAppeal, { params: { id } });
    expect(after.requests.map((r) => r.id)).toEqual([request.id]);

    const own = await state(made.code);
    expect(own).toMatchObject({ status: 'opened', stationName: '一街道社工站', mayWithdraw: false });
    expect(own.steps.map((s) => s.kind)).toEqual(['asked', 'taken', 'opened']);
  });

  it('reads the answer by the code, and nobody reads it by another', async () => {
    const made = await ask({ reach: 'code', phone: null, name: null });
    const id = (await listed('worker', made.number))?.id ?? '';
    const worker = await t.as('worker');
    const taken = await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    await worker.ok(appeals.answerAppeal, { params: { id }, body: { says: '周三上午可以到社工站来谈。', version: taken.version } });
    const own = await state(`${made.code.slice(0, 4)} ${made.code.slice(4)}`);
    expect(own.steps.at(-1)).toMatchObject({ kind: 'answered', says: '周三上午可以到社工站来谈。' });
    const wrong = `${made.code.slice(0, 15)}${(Number(made.code[15]) + 1) % 10}`;
    expect((await t.nobody.call(appeals.readOwnAppeal, { body: { code: wrong } })).status).toBe(404);
    // What is kept does not give the code away, nor what was written.
    const { rows } = await sql<{ all: string }>`select coalesce(string_agg(a::text || c::text, ''), '') as all
      from appeal a join appeal_content c on c.id = a.id`.execute(t.owner);
    for (const word of [made.code, '19900001234', '孩子不肯', '欧阳娜', '社区登记']) expect(rows[0]?.all).not.toContain(word);
    // Ninety days later the code is silent.
    t.clock.advance({ days: 91 });
    expect((await t.nobody.call(appeals.readOwnAppeal, { body: { code: made.code } })).status).toBe(404);
    t.clock.advance({ days: -91 });
  });

  it('takes it back, once, and those who work on it are told', async () => {
    const made = await ask();
    const id = (await listed('worker', made.number))?.id ?? '';
    await (await t.as('worker')).ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    expect((await t.nobody.ok(appeals.withdrawOwnAppeal, { body: { code: made.code } })).status).toBe('withdrawn');
    expect(await unread('worker', 'appeals.withdrawn')).toBe(1);
    const again = await t.nobody.call(appeals.withdrawOwnAppeal, { body: { code: made.code } });
    expect([again.status, again.error.code]).toEqual([409, 'appeals.moved-on']);
  });
});

describe('where an appeal goes', () => {
  it('to the centre where the street is not known, and to the duty person where somebody is in danger', async () => {
    const unknown = await ask({ streetId: null });
    expect(unknown.stationName).toBe('甲区疑难个案支援中心');
    expect(await listed('worker', unknown.number)).toBeUndefined();
    const id = (await listed('centre', unknown.number))?.id ?? '';
    expect((await (await t.as('centre')).ok(appeals.readAppeal, { params: { id } })).content).not.toBeNull();

    await t.owner
      .insertInto('rotaDay')
      .values({
        id: crypto.randomUUID(),
        districtId: t.world.districtId,
        day: '2026-03-05',
        dutyId: t.world.persons.centre2 ?? '',
        backupId: t.world.persons.centre3 ?? '',
        phone: '0755-00000000',
      })
      .execute();
    const danger = await ask({ danger: true });
    expect(danger.dueAt).toBe('2026-03-05T02:15:00.000Z');
    expect([await unread('centre2', 'appeals.urgent'), await unread('centre', 'appeals.urgent')]).toEqual([1, 0]);
    const first = (await (await t.as('centre')).ok(appeals.listAppeals)).rows[0];
    expect([first?.number, first?.clock.words]).toEqual([danger.number, '紧急，请在 15 分钟内接手']);
    // Fifteen minutes to the second, and one more: then the backup and the head of the station, once.
    t.clock.advance({ minutes: 14 });
    await keepAppealClocks(t.services);
    expect(await unread('centre3', 'appeals.escalated')).toBe(0);
    t.clock.advance({ minutes: 1 });
    await keepAppealClocks(t.services);
    await keepAppealClocks(t.services);
    expect([await unread('centre3', 'appeals.escalated'), await unread('head', 'appeals.escalated')]).toEqual([1, 1]);
    t.clock.advance({ minutes: -15 });
  });

  it('to another station with a reason; who passed it on sees where it went and no longer what it says', async () => {
    const made = await ask();
    const id = (await listed('worker', made.number))?.id ?? '';
    const worker = await t.as('worker');
    const same = await worker.call(appeals.passAppeal, {
      params: { id },
      body: { stationId: t.world.stations.s1, says: '住在别处', version: 1 },
    });
    expect(same.error.code).toBe('appeals.same-station');
    const far = await worker.call(appeals.passAppeal, {
      params: { id },
      body: { stationId: t.world.stations.b1, says: '住在别处', version: 1 },
    });
    expect(far.error.code).toBe('appeals.station-unknown');
    await worker.ok(appeals.passAppeal, { params: { id }, body: { stationId: t.world.stations.s3, says: '住在二街道', version: 1 } });
    const left = await worker.ok(appeals.readAppeal, { params: { id } });
    expect([left.stationName, left.content, left.can]).toEqual(['二街道社工站', null, []]);
    expect((await (await t.as('head')).call(appeals.readAppeal, { params: { id } })).status).toBe(404);
  });

  it('to a worker of the station whom the head names, and to nobody else', async () => {
    const made = await ask();
    const id = (await listed('head', made.number))?.id ?? '';
    const head = await t.as('head');
    const assign = (username: string, version: number) =>
      head.call(appeals.assignAppeal, { params: { id }, body: { personId: t.world.persons[username] ?? '', version } });
    expect((await assign('worker2', 1)).error.code).toBe('appeals.not-of-station');
    expect((await assign('worker3', 1)).status).toBe(200);
    expect((await assign('worker', 1)).error.code).toBe('record.changed-meanwhile');
    expect(await unread('worker3', 'appeals.assigned')).toBe(1);
    // Given back with a reason, it waits for all again.
    const worker3 = await t.as('worker3');
    await worker3.ok(appeals.releaseAppeal, { params: { id }, body: { says: '与我相识，请换人', version: 2 } });
    expect((await listed('worker', made.number))?.status).toBe('waiting');
    const twice = await worker3.call(appeals.answerAppeal, { params: { id }, body: { says: '您好', version: 3 } });
    expect(twice.status).toBe(403);
  });

  it('to another unit, with the reason for the staff and the words for the resident', async () => {
    const made = await ask();
    const id = (await listed('worker', made.number))?.id ?? '';
    const worker = await t.as('worker');
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    const body = { to: '街道司法所', why: '主要是租赁纠纷', says: '电话 0755-00000000，周一至周五。', version: 2 };
    await worker.ok(appeals.handOverAppeal, { params: { id }, body });
    const own = await state(made.code);
    expect(own.steps.map((s) => s.says).join()).toContain('街道司法所');
    expect(JSON.stringify(own)).not.toContain('主要是租赁纠纷');
  });
});

describe('the open door', () => {
  const raw = (headers: Record<string, string>, payload: unknown = draft()) =>
    t.app.inject({ method: 'POST', url: '/api/public/appeals', headers, payload: payload as object });

  it('opens to our own pages only', async () => {
    expect((await raw({})).statusCode).toBe(403);
    expect((await raw({ 'sec-fetch-site': 'cross-site' })).json().code).toBe('public.other-origin');
    expect((await raw({ 'sec-fetch-site': 'same-site', origin: 'http://localhost' })).statusCode).toBe(403);
    expect((await raw({ origin: 'http://evil.example', host: 'localhost' })).statusCode).toBe(403);
    expect((await raw({ origin: 'http://localhost', host: 'localhost' })).statusCode).toBe(200);
  });

  it('takes no more than a page of text, nothing from machines, and asks for a way to reach the person', async () => {
    const own = { 'sec-fetch-site': 'same-origin' };
    expect((await raw(own, draft({ says: '长'.repeat(6000) }))).statusCode).toBe(400);
    expect((await raw(own, { ...draft(), pad: 'x'.repeat(20_000) })).statusCode).toBe(400);
    expect((await raw(own, draft({ leaveEmpty: 'http://spam' }))).statusCode).toBe(400);
    expect((await raw(own, draft({ phone: null }))).json().fields).toMatchObject([{ path: 'phone' }]);
    expect((await raw(own, draft({ phone: '12' }))).statusCode).toBe(400);
    expect((await raw(own, draft({ streetId: t.world.districtId }))).json().code).toBe('appeals.place-unknown');
  });
});

describe('an officer of a community tells the station about a household', () => {
  const clue = (more: object = {}) => ({
    ...{ communityId: t.world.communities.own, danger: false, topic: 'elder' as const, says: '独居，半个月没见出门' },
    ...{ name: '某阿婆', phone: '19900001299', whereabouts: '村口第二家', knows: false, goesAlong: true },
    ...more,
  });
  const codeOf = async (reply: Promise<{ status: number; body: unknown }>) => (await reply).status;

  it('and sees how far it has come, what was answered, and nothing that the station writes', async () => {
    const officer = await t.as('civil-affairs');
    expect((await officer.ok(appeals.listClues, { query: {} })).communities.map((c) => c.name)).toEqual(['甲社区']);
    const { id, number } = await officer.ok(appeals.tellClue, { body: clue() });
    expect(await unread('worker', 'appeals.new')).toBeGreaterThan(0);
    expect(await listed('worker', number)).toMatchObject({ channel: 'civil-affairs', status: 'waiting', streetName: '一街道' });

    const worker = await t.as('worker');
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    const read = await worker.ok(appeals.readAppeal, { params: { id } });
    expect([read.tellerName, read.content?.safeNote, read.content?.name]).toEqual([
      '何民',
      '本人还不知道报给了社工站，上门前先和社区民政员商量；住处：村口第二家；社区民政员可以陪同首次入户',
      '某*婆',
    ]);
    await worker.ok(appeals.releaseAppeal, { params: { id }, body: { says: '手上个案太多', version: 2 } });
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 3 } });
    const own = await officer.ok(appeals.readClue, { params: { id } });
    expect(own).toMatchObject({
      status: 'taken',
      communityName: '甲社区',
      says: '独居，半个月没见出门',
      name: '某*婆',
      phone: '199****1299',
    });
    expect(own.steps.map((s) => s.kind)).toEqual(['taken', 'taken', 'asked']);
    expect(JSON.stringify(own)).not.toContain('个案太多');
    expect(own.can).toEqual(['add', 'withdraw', 'accompanied']);

    // What was learned since stands beside what was told, enciphered; whoever works on it hears of it and reads it.
    const add = (by: typeof officer, version: number) =>
      by.call(appeals.addToClue, { params: { id }, body: { says: '外甥女周末会来，可以一起商量', version } });
    expect([await codeOf(add(await t.as('civil2'), 4)), await codeOf(add(worker, 4)), await codeOf(add(officer, 3))]).toEqual([
      404, 403, 409,
    ]);
    expect(await codeOf(add(officer, 4))).toBe(200);
    expect((await officer.ok(appeals.readClue, { params: { id } })).steps[0]).toMatchObject({
      kind: 'added',
      says: '外甥女周末会来，可以一起商量',
    });
    expect((await worker.ok(appeals.readAppeal, { params: { id } })).content?.says).toBe('独居，半个月没见出门');
    expect(JSON.stringify((await worker.ok(appeals.readAppeal, { params: { id } })).steps)).toContain('外甥女周末会来');
    expect(await unread('worker', 'appeals.added')).toBe(1);
    const kept = await t.owner
      .selectFrom('appealStep')
      .select('saysCt')
      .where('appealId', '=', id)
      .where('kind', '=', 'added')
      .executeTakeFirst();
    expect(kept?.saysCt).not.toContain('外甥女');

    // A day that has not come is refused at its field; once is enough.
    const confirm = (on: string, version: number) => officer.call(appeals.confirmAccompanied, { params: { id }, body: { on, version } });
    expect(await codeOf(confirm('2026-03-06', 5))).toBe(400);
    expect(await codeOf(confirm('2026-03-05', 5))).toBe(200);
    expect(await codeOf(confirm('2026-03-05', 6))).toBe(409);
    expect(await unread('worker', 'appeals.accompanied')).toBe(1);
    await worker.ok(appeals.answerAppeal, { params: { id }, body: { says: '已上门，送餐从下周开始', version: 6 } });
    const after = await officer.ok(appeals.readClue, { params: { id } });
    expect([after.steps[0], after.accompaniedOn, after.can]).toMatchObject([
      { kind: 'answered', says: '已上门，送餐从下周开始' },
      '2026-03-05',
      [],
    ]);
    expect(await unread('civil-affairs', 'appeals.clue-moved')).toBe(3);
  });

  it('of the own community only; another officer and the street do not see it; taken back while nothing is final', async () => {
    const officer = await t.as('civil-affairs');
    expect(await codeOf(officer.call(appeals.tellClue, { body: clue({ communityId: t.world.communities.other }) }))).toBe(409);
    const { id } = await officer.ok(appeals.tellClue, { body: clue({ phone: null, name: null }) });
    expect(await codeOf((await t.as('civil2')).call(appeals.readClue, { params: { id } }))).toBe(404);
    expect(await codeOf((await t.as('street')).call(appeals.readClue, { params: { id } }))).toBe(403);
    await officer.ok(appeals.withdrawClue, { params: { id }, body: { version: 1 } });
    expect(await codeOf(officer.call(appeals.withdrawClue, { params: { id }, body: { version: 2 } }))).toBe(409);
    expect((await officer.ok(appeals.listClues, { query: { status: ['withdrawn'] } })).rows.map((r) => r.id)).toEqual([id]);
  });

  it('and a request which began with the clue says so to the worker and to the centre', async () => {
    const { id } = await (await t.as('civil-affairs')).ok(appeals.tellClue, { body: clue() });
    const worker = await t.as('worker');
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    const opened = await worker.ok(appeals.openCaseFromAppeal, {
      params: { id },
      body: {
        ...{ name: '某阿婆', gender: 'female' as const, serviceDomain: 'elder' as const, domain: 'end-of-life' as const },
        ...{ helpFields: ['family' as const], risk: 'medium' as const, summary: '社区民政员报来', version: 2 },
      },
    });
    const request = await worker.ok(support.createSupportRequest, { body: { caseId: opened.caseId } });
    const { origin } = await worker.ok(support.readSupportRequest, { params: { id: request.id } });
    expect(origin).toEqual({ appealId: id, channel: 'civil-affairs', callNumber: null });
  });

  it('and the database lets a teller change nothing else of a clue', async () => {
    const officer = await t.as('civil-affairs');
    const { id } = await officer.ok(appeals.tellClue, { body: clue() });
    const person = t.world.persons['civil-affairs'] ?? '';
    const settings = { person, district: t.world.districtId, selves: person, tellers: person, now: t.clock.now().toISOString() };
    const tried = (change: string) =>
      t.services.db
        .transaction('write', settings, async (tx) => {
          await sql.raw(`update appeal set ${change} where id = '${id}'`).execute(tx);
        })
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
    expect(await tried("status = 'answered'")).toBe('42501');
    expect(await tried(`taker_id = '${person}'`)).toBe('42501');
    expect(await tried("topic = 'money'")).toBe('42501');
    expect(await tried("status = 'withdrawn'")).toBe('done');
  });
});
