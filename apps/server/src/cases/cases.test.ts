import {
  addAttachment,
  addNote,
  createCase,
  listCases,
  listCoWorkerChoices,
  listCoWorkers,
  listNotes,
  nameCoWorker,
  printConsent,
  readAttachment,
  readCase,
  recordConsent,
  removeAttachment,
  removeCoWorker,
  sealLookup,
  unmaskRecipient,
  updateCase,
  withdrawConsent,
} from '@jieyou/core/cases/endpoints.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import { idCheckCharacter } from '@jieyou/core/shared/identifiers.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { casesFoundBy, startTestApp, type TestApp } from '../../test/harness.ts';
import { caseById, circleOf } from './store.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

/** An ID number that nobody bears: a county code that was never given out, and the order of birth 000. */
const idNumber = (birth: string) => `440399${birth}000${idCheckCharacter(`440399${birth}000`)}`;
const ADULT = idNumber('19800214');
const MINOR = idNumber('20141130');

const draft = (change: { name?: string; idNumber?: string | null; phone?: string | null; birthOn?: string | null } = {}) => ({
  recipient: {
    name: change.name ?? '王小桦',
    gender: 'female' as const,
    birthOn: change.birthOn ?? null,
    idNumber: change.idNumber === undefined ? ADULT : change.idNumber,
    phone: change.phone === undefined ? '138 0013 8000' : change.phone,
    address: '一街道北站社区梅龙路12号',
  },
  household: '与儿子同住',
  aliases: ['桦姐'],
  school: null,
  serviceDomain: 'family' as const,
  domain: 'parent-child' as const,
  helpFields: ['family' as const, 'law' as const],
  risk: 'medium' as const,
  summary: '母子冲突，已休学两月。',
});

const opened = async (by = 'worker', change: Parameters<typeof draft>[0] = {}) => (await t.as(by)).ok(createCase, { body: draft(change) });

test('numbers run without gaps per street and year, across its stations, and a refused attempt leaves none out', async () => {
  const first = await opened('worker');
  const second = await opened('worker2');
  expect(first.number).toMatch(/^990001001-GA-2026-\d{4}$/);
  // The database refuses a row of this worker after the number was drawn: the transaction gives the number back.
  await sql`alter table case_content add constraint refuse_one check (summary <> '不能保存')`.execute(t.owner);
  const failed = await (await t.as('worker')).call(createCase, { body: { ...draft(), summary: '不能保存' } });
  expect(failed.status).toBe(500);
  const third = await opened('worker');
  const sequence = (number: string) => Number(number.slice(-4));
  expect([sequence(second.number) - sequence(first.number), sequence(third.number) - sequence(second.number)]).toEqual([1, 1]);
});

test('many who open a case at once get different numbers without a gap', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => opened('worker')));
  const sequences = made.map((c) => Number(c.number.slice(-4))).sort((a, b) => a - b);
  expect(sequences).toEqual(Array.from({ length: 8 }, (_, i) => (sequences[0] ?? 0) + i));
});

test('a worker without a station opens no case', async () => {
  const { owner, world } = t;
  const person = world.persons.worker3 ?? '';
  await owner.updateTable('roleAssignment').set({ stationId: null }).where('personId', '=', person).execute();
  await owner.updateTable('person').set({ stationId: null }).where('id', '=', person).execute();
  const answer = await (await t.as('worker3')).call(createCase, { body: draft() });
  expect([answer.status, answer.error.code]).toEqual([409, 'cases.no-station']);
});

test('what identifies the recipient rests encrypted, and every answer shows it masked', async () => {
  const { id } = await opened();
  const worker = await t.as('worker');
  const file = await worker.ok(readCase, { params: { id } });
  expect(file.recipient).toMatchObject({
    name: '王*桦',
    idNumber: `440399********000${ADULT.slice(-1)}`,
    phone: '138****8000',
    address: '一街道北站社区****',
    age: 46,
  });
  const { raw } = await worker.call(listCases, { query: {} });
  for (const secret of ['王小桦', ADULT, '13800138000', '138 0013 8000', '梅龙路']) {
    expect(raw).not.toContain(secret);
    expect(JSON.stringify(file)).not.toContain(secret);
    const rows = await t.owner.selectFrom('recipient').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
  }
});

test("a minor's given name and birth date are masked, and the birth date comes from the ID number", async () => {
  const { id } = await opened('worker', { name: '李明华', idNumber: MINOR });
  const file = await (await t.as('worker')).ok(readCase, { params: { id } });
  expect(file.recipient.name).toBe('李某某');
  expect(file.recipient.age).toBe(11);
  expect(file.recipient.idNumber).not.toContain('2014');
});

test.each([
  ['the name', '赵倩'],
  ['the name with a space', '赵 倩'],
  ['the ID number in lower case', 'x'],
  ['the phone written otherwise', '+86 139-0013-9111'],
])('an exact search by %s finds the case and nothing else', async (_says, typed) => {
  const number = idNumber('19771105');
  const { id } = await opened('worker', { name: '赵倩', idNumber: number, phone: '13900139111' });
  const worker = await t.as('worker');
  const rows = await casesFoundBy(worker, typed === 'x' ? number.toLowerCase() : typed);
  expect(rows.map((r) => r.id)).toContain(id);
  expect(new Set(rows.map((r) => r.recipientName))).toEqual(new Set(['赵*']));
  expect(await casesFoundBy(worker, '赵')).toEqual([]);
});

test('what is looked for stands sealed in the address, and opens for nobody else', async () => {
  const worker = await t.as('worker');
  const { lookup } = await worker.ok(sealLookup, { body: { typed: '13700137000' } });
  expect(decodeURIComponent(lookup)).not.toContain('13700137000');
  expect(lookup).not.toBe((await worker.ok(sealLookup, { body: { typed: '13700137000' } })).lookup);
  for (const [by, given] of [
    [await t.as('worker2'), lookup],
    [worker, `${lookup.slice(0, -2)}AA`],
    [worker, '13700137000'],
    [worker, 's1.nokey.AAAA'],
  ] as const) {
    const answer = await by.call(listCases, { query: { lookup: given } });
    expect([answer.status, answer.error.fields]).toEqual([400, [{ path: 'lookup', message: '查找的内容已经失效，请重新填写' }]]);
  }
});

test('a case is seen by its worker, who works along, and the head of its station; to others it does not exist', async () => {
  const { id } = await opened('worker');
  const statusFor = async (who: string) => (await (await t.as(who)).call(readCase, { params: { id } })).status;
  const listedFor = async (who: string) => (await (await t.as(who)).ok(listCases, { query: { limit: 100 } })).rows.some((r) => r.id === id);
  expect(await Promise.all(['worker', 'head', 'worker2', 'head2', 'bworker', 'bhead'].map(statusFor))).toEqual([
    200, 200, 404, 404, 404, 404,
  ]);
  expect(await Promise.all(['worker', 'head', 'worker2', 'head2'].map(listedFor))).toEqual([true, true, false, false]);
  // Narrowed to one worker: for the head those of that worker, in no other station more than there is to see.
  const ofWorker = async (who: string, workerId = t.world.persons.worker ?? '') =>
    (await (await t.as(who)).ok(listCases, { query: { limit: 100, workerId } })).rows;
  const own = await ofWorker('head');
  expect([own.some((r) => r.id === id), own.every((r) => r.workerName === '周晓岚')]).toEqual([true, true]);
  expect([await ofWorker('head', t.world.persons.head ?? ''), await ofWorker('head2')]).toEqual([[], []]);
  const circle = { districtId: t.world.districtId, id: crypto.randomUUID(), caseId: id, personId: t.world.persons.worker2 ?? '' };
  await t.owner
    .insertInto('caseCircle')
    .values({ ...circle, fromDay: '2026-03-01', toDay: '2026-03-05' })
    .execute();
  expect([await statusFor('worker2'), await listedFor('worker2')]).toEqual([200, true]);
  const seen = await (await t.as('worker')).ok(readCase, { params: { id } });
  expect(seen.coWorkers).toMatchObject([{ personId: circle.personId, name: '吴启明', current: true }]);
  expect(seen.seenBy).toContain('本站站长');
  // Working along ended yesterday.
  await t.owner.updateTable('caseCircle').set({ toDay: '2026-03-04' }).where('id', '=', circle.id).execute();
  expect([await statusFor('worker2'), await listedFor('worker2')]).toEqual([404, false]);
});

test('the head reads and writes nothing; who works along writes and does not ask for help', async () => {
  const { id } = await opened('worker');
  await t.owner
    .insertInto('caseCircle')
    .values({
      districtId: t.world.districtId,
      id: crypto.randomUUID(),
      caseId: id,
      personId: t.world.persons.worker2 ?? '',
      fromDay: '2026-03-01',
      toDay: null,
    })
    .execute();
  const can = async (who: string) => (await (await t.as(who)).ok(readCase, { params: { id } })).can;
  expect(await can('worker')).toEqual(['edit', 'note', 'consent', 'attach', 'unmask', 'name-co-worker', 'end-co-work', 'ask-for-help']);
  expect(await can('worker2')).toEqual(['edit', 'note', 'consent', 'attach', 'unmask']);
  expect(await can('head')).toEqual(['unmask', 'name-co-worker', 'end-co-work']);
  const note = { params: { id }, body: { happenedOn: '2026-03-05', body: '家访' } };
  expect((await (await t.as('worker2')).call(addNote, note)).status).toBe(200);
  expect((await (await t.as('head')).call(addNote, note)).status).toBe(403);
});

test('a head who is a worker too sees the cases of the station and is denied to change them', async () => {
  const { id } = await opened('worker');
  const { districtId, persons, stations } = t.world;
  await t.owner
    .insertInto('roleAssignment')
    .values({
      id: crypto.randomUUID(),
      districtId,
      personId: persons.head ?? '',
      role: 'worker',
      stationId: stations.s1,
      validFrom: '2025-01-01',
    })
    .execute();
  const both = await startedAfresh('head');
  expect((await both.call(readCase, { params: { id } })).status).toBe(200);
  expect((await both.call(updateCase, { params: { id }, body: { version: 1, risk: 'high' } })).status).toBe(403);
  expect((await both.call(addAttachment, { params: { kind: 'case', id }, query: { name: 'a.pdf' }, file: PDF })).status).toBe(403);
  await t.owner
    .deleteFrom('roleAssignment')
    .where('personId', '=', persons.head ?? '')
    .where('role', '=', 'worker')
    .execute();
});

test('without row-level security the circle still ends with its last day', async () => {
  const { id } = await opened('worker');
  const personId = t.world.persons.worker2 ?? '';
  const row = { districtId: t.world.districtId, id: crypto.randomUUID(), caseId: id, personId, fromDay: '2026-03-01', toDay: '2026-03-05' };
  await t.owner.insertInto('caseCircle').values(row).execute();
  const actor = workerActor(personId);
  const found = (today: string) =>
    t.owner.transaction().execute(async (tx) => {
      await sql`set local app.now = ${sql.lit(`${today}T02:00:00Z`)}`.execute(tx);
      return [(await caseById(tx, actor, id)) !== undefined, (await circleOf(tx, actor)).includes(id)];
    });
  expect(await found('2026-02-28')).toEqual([false, false]);
  expect(await found('2026-03-05')).toEqual([true, true]);
  expect(await found('2026-03-06')).toEqual([false, false]);
});

const workerActor = (personId: string): Actor => {
  const { districtId } = t.world;
  const assignment = {
    role: 'worker' as const,
    districtId,
    stationId: null,
    organisationId: null,
    divisionPath: null,
    personId,
    deputyFor: null,
  };
  const nobody = { accountId: '', name: '', organisationId: null, stationId: null, expertId: null, sessionId: '' };
  return { ...nobody, personId, districtId, roles: ['worker'], assignments: [assignment], selves: [personId], stage: 'full' };
};

/** The caller with what the person holds now: sessions remember roles for a while. */
const startedAfresh = async (who: string) => {
  await t.services.db.transaction('write', { now: t.clock.now().toISOString() }, (tx) => t.services.sessions.forget(tx));
  await new Promise((r) => setTimeout(r, 100));
  return t.as(who);
};

test('an edit carries the version that was seen; a closed case takes none', async () => {
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  const changed = await worker.ok(updateCase, {
    params: { id },
    body: { version: 1, risk: 'high', recipient: { version: 1, phone: '13700137000', address: null } },
  });
  expect(changed.version).toBe(2);
  const stale = await worker.call(updateCase, { params: { id }, body: { version: 1, risk: 'low' } });
  expect([stale.status, stale.error.code]).toEqual([409, 'record.changed-meanwhile']);
  const file = await worker.ok(readCase, { params: { id } });
  expect([file.risk, file.recipient.phone, file.recipient.address, file.recipient.name]).toEqual(['high', '137****7000', null, '王*桦']);
  expect((await casesFoundBy(worker, '13700137000')).map((r) => r.id)).toContain(id);
  await t.owner.updateTable('caseFile').set({ status: 'closed' }).where('id', '=', id).execute();
  const closed = await worker.call(updateCase, { params: { id }, body: { version: 2, risk: 'low' } });
  expect([closed.status, closed.error.code]).toEqual([409, 'cases.closed']);
});

test('a note is written once however often it is sent, and never about tomorrow', async () => {
  const { id } = await opened('worker');
  const other = await opened('worker');
  const worker = await t.as('worker');
  const note = { id: crypto.randomUUID(), happenedOn: '2026-03-05', body: '第一次家访' };
  const first = await worker.ok(addNote, { params: { id }, body: note });
  expect(await worker.ok(addNote, { params: { id }, body: note })).toEqual(first);
  expect((await worker.ok(listNotes, { params: { id }, query: {} })).rows).toHaveLength(1);
  expect((await worker.call(addNote, { params: { id: other.id }, body: note })).status).toBe(400);
  const early = await worker.call(addNote, { params: { id }, body: { happenedOn: '2026-03-06', body: '明天' } });
  expect([early.status, early.error.code]).toEqual([409, 'cases.note-in-future']);
  expect((await worker.call(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '长'.repeat(20_001) } })).status).toBe(400);
  await t.owner.updateTable('caseFile').set({ status: 'closed' }).where('id', '=', id).execute();
  const closed = await worker.call(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '补记' } });
  expect([closed.status, closed.error.code]).toEqual([409, 'cases.closed']);
});

test('the newest twenty notes come with the case, the rest by page, each once', async () => {
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  for (let i = 0; i < 25; i += 1) await worker.ok(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: `第${i}条` } });
  const file = await worker.ok(readCase, { params: { id } });
  expect(file.notes.map((n) => n.body)).toEqual(Array.from({ length: 20 }, (_, i) => `第${24 - i}条`));
  const rest = await worker.ok(listNotes, { params: { id }, query: { after: file.moreNotes ?? '' } });
  expect(rest.rows.map((n) => n.body)).toEqual(['第4条', '第3条', '第2条', '第1条', '第0条']);
  expect(rest.next).toBeNull();
});

test('unmasking opens one item, for a reason that is on record before the answer leaves', async () => {
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  expect((await worker.call(unmaskRecipient, { params: { id }, body: { field: 'phone', reason: '' } })).status).toBe(400);
  const answer = await worker.ok(unmaskRecipient, { params: { id }, body: { field: 'phone', reason: '约定家访时间' } });
  expect(answer).toEqual({ field: 'phone', value: '138 0013 8000' });
  const record = await t.owner
    .selectFrom('accessRecord')
    .selectAll()
    .where('kind', '=', 'unmask')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(record).toMatchObject({ recordKind: 'recipient', reason: '约定家访时间', outcome: 'phone', actorId: t.world.persons.worker });
  const event = await t.owner
    .selectFrom('event')
    .selectAll()
    .where('type', '=', 'case.unmasked')
    .where('recordId', '=', id)
    .executeTakeFirstOrThrow();
  expect(event.facts).toEqual({ field: 'phone' });
  expect((await (await t.as('worker2')).call(unmaskRecipient, { params: { id }, body: { field: 'name', reason: '想知道' } })).status).toBe(
    404,
  );
});

test('a consent keeps the notice that held when it was signed, and its paper says that one', async () => {
  const worker = await t.as('worker');
  const { id } = await opened();
  const consent = { receiver: '支援中心', purpose: 'conference', fields: ['story'], signedBy: '本人', expiresOn: null } as const;
  const give = (grantedOn: string, told?: boolean) =>
    worker.call(recordConsent, { params: { id }, body: { ...consent, grantedOn, ...(told === undefined ? {} : { told }) } });
  expect((await give('2023-12-31', true)).error.code).toBe('cases.consent-no-notice');
  expect([(await give('2023-12-31')).status, (await give('2026-03-01', true)).status]).toEqual([200, 200]);
  const { rows: issued } = await sql<{ id: string }>`
    insert into rule_pack (id, division_id, code, title, version, effective_from)
    select gen_random_uuid(), ${t.world.districtId}, code, title, '2026.2', '2026-03-04' from rule_pack where code = 'notice' returning id`.execute(
    t.owner,
  );
  await sql`insert into rule_value (pack_id, key, position, label, value, source, is_ours)
    values (${issued[0]?.id}, 'keeping', 0, '保存多久', '"新写的保存期限是二十年"', '测试', true)`.execute(t.owner);
  expect((await give('2026-03-04', true)).status).toBe(200);
  const { consents } = await worker.ok(readCase, { params: { id } });
  expect(consents.map((c) => [c.grantedOn, c.noticeVersion])).toEqual([
    ['2026-03-04', '2026.2'],
    ['2026-03-01', '2026.1'],
    ['2023-12-31', null],
  ]);
  const paper = async (n: number) => {
    const printed = await worker.call(printConsent, { params: { id, consentId: consents[n]?.id ?? '' }, query: { format: 'html' } });
    expect(printed.status).toBe(200);
    return ['新写的保存期限是二十年', '保存十年', '当时的告知书没有登记'].filter((words) =>
      Buffer.from(printed.raw, 'latin1').toString('utf8').includes(words),
    );
  };
  expect([await paper(0), await paper(1), await paper(2)]).toEqual([['新写的保存期限是二十年'], ['保存十年'], ['当时的告知书没有登记']]);
  await sql`update consent set notice_id = null, notice_version = null where notice_id = ${issued[0]?.id}`.execute(t.owner);
  await sql`delete from rule_value where pack_id = ${issued[0]?.id}`.execute(t.owner);
  await sql`delete from rule_pack where id = ${issued[0]?.id}`.execute(t.owner);
});

test('the paper of a consent has boxes for whom the rule of signatures asks, on the day on which it was signed', async () => {
  const worker = await t.as('worker');
  const { id } = await opened();
  const { recipientId } = await t.owner.selectFrom('caseFile').select('recipientId').where('id', '=', id).executeTakeFirstOrThrow();
  const give = (grantedOn: string) =>
    worker.ok(recordConsent, {
      params: { id },
      body: { receiver: '支援中心', purpose: 'conference', fields: ['story'], signedBy: '本人', grantedOn, expiresOn: null },
    });
  const [before, after] = [await give('2026-03-03'), await give('2026-03-04')];
  const boxes = async (consentId: string) => {
    const printed = await worker.call(printConsent, { params: { id, consentId }, query: { format: 'html' } });
    const html = Buffer.from(printed.raw, 'latin1')
      .toString('utf8')
      .replace(/<\/?span[^>]*>/g, '');
    return [
      '服务对象',
      '服务对象（能表达意愿时）',
      '监护人（不满十八周岁）',
      '监护人（无或限制民事行为能力）',
      '监护人（不满十八周岁时）',
      '村（居）委会或民政部门',
      '社工',
    ].filter((title) => html.includes(`<div>${title}（签字）</div>`));
  };
  const born = (on: string | null) => sql`update recipient set birth_on = ${on}::date where id = ${recipientId}`.execute(t.owner);
  await born('2008-03-04');
  expect([await boxes(before.id), await boxes(after.id)]).toEqual([
    ['服务对象', '监护人（不满十八周岁）', '社工'],
    ['服务对象', '社工'],
  ]);
  await born(null);
  expect(await boxes(after.id)).toEqual(['服务对象', '监护人（不满十八周岁时）', '社工']);
  // An adult for whom a guardian acts.
  await born('1950-01-01');
  await sql`insert into recipient_guardian (district_id, id, recipient_id, relationship, name_masked, name_ct, recorded_by, recorded_at)
    values (${t.world.districtId}, ${crypto.randomUUID()}, ${recipientId}, '子女', '王*', '', ${t.world.persons.worker}, now())`.execute(
    t.owner,
  );
  expect(await boxes(after.id)).toEqual(['服务对象（能表达意愿时）', '监护人（无或限制民事行为能力）', '社工']);
  await sql`update recipient_guardian set kept_back_at = now() where recipient_id = ${recipientId}`.execute(t.owner);
  expect(await boxes(after.id)).toEqual(['服务对象（能表达意愿时）', '村（居）委会或民政部门', '社工']);
});

test('a consent lives until it ends or is taken back, and is taken back once', async () => {
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  const consent = {
    receiver: '甲区支援中心',
    purpose: 'publication' as const,
    fields: ['story' as const],
    signedBy: '本人',
    grantedOn: '2026-03-01',
    expiresOn: '2026-03-05',
  };
  const backwards = await worker.call(recordConsent, { params: { id }, body: { ...consent, expiresOn: '2026-02-28' } });
  expect([backwards.status, backwards.error.code]).toEqual([409, 'cases.consent-backwards']);
  const { id: consentId } = await worker.ok(recordConsent, { params: { id }, body: consent });
  const live = async () => (await worker.ok(readCase, { params: { id } })).consents.map((c) => c.live);
  expect(await live()).toEqual([true]);
  await worker.ok(withdrawConsent, { params: { id, consentId } });
  expect(await live()).toEqual([false]);
  const again = await worker.call(withdrawConsent, { params: { id, consentId } });
  expect([again.status, again.error.code]).toEqual([409, 'cases.consent-withdrawn']);
  const elsewhere = await opened('worker');
  expect((await worker.call(withdrawConsent, { params: { id: elsewhere.id, consentId } })).status).toBe(404);
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

test('a file is taken for what its content shows, kept encrypted, and given back to those who see the case', async () => {
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  const added = await worker.ok(addAttachment, { params: { kind: 'case', id }, query: { name: '../诊断 证明.PDF' }, file: PDF });
  expect(added).toMatchObject({ name: '诊断 证明.pdf', mime: 'application/pdf', bytes: PDF.length, addedByName: '周晓岚' });
  expect((await worker.ok(readCase, { params: { id } })).attachments).toHaveLength(1);
  const got = await worker.call(readAttachment, { params: { id: added.id } });
  expect(got.raw).toBe(PDF.toString('latin1'));
  expect(got.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
    'content-type': 'application/pdf',
  });
  expect(String(got.headers['content-disposition'])).toBe(
    `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('诊断 证明.pdf')}`,
  );
  expect((await (await t.as('head')).call(readAttachment, { params: { id: added.id } })).status).toBe(200);
  for (const who of ['worker2', 'centre', 'expert', 'bworker']) {
    expect((await (await t.as(who)).call(readAttachment, { params: { id: added.id } })).status).toBe(404);
  }
  const readings = await t.owner
    .selectFrom('accessRecord')
    .select('outcome')
    .where('recordId', '=', added.id)
    .where('kind', '=', 'read')
    .execute();
  expect(readings).toEqual([{ outcome: 'downloaded' }, { outcome: 'downloaded' }]);
});

test.each([
  ['报告.pdf', Buffer.from('MZ\u0090\u0000this program', 'latin1'), 'files.content-differs-from-name'],
  ['图.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'files.kind-not-allowed'],
  ['页.html', Buffer.from('<html></html>'), 'files.kind-not-allowed'],
  ['说明.txt', Buffer.from('<!DOCTYPE html><script>1</script>'), 'files.content-differs-from-name'],
  ['说明.txt', Buffer.from([0xff, 0xfe, 0x41]), 'files.content-differs-from-name'],
  ['空.pdf', Buffer.alloc(0), 'files.empty'],
  ['大.pdf', Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)]), 'files.too-large'],
])('the file %s is refused', async (name, file, code) => {
  const { id } = await opened('worker');
  const answer = await (await t.as('worker')).call(addAttachment, { params: { kind: 'case', id }, query: { name }, file });
  expect([answer.status, answer.error.code]).toEqual([409, code]);
  expect(await t.owner.selectFrom('attachment').select('id').where('caseId', '=', id).execute()).toEqual([]);
});

test('a stranger is turned away before the file is read', async () => {
  const { id } = await opened('worker');
  const answer = await t.nobody.call(addAttachment, {
    params: { kind: 'case', id },
    query: { name: '大.pdf' },
    file: Buffer.alloc(21 * 1024 * 1024),
  });
  expect(answer.status).toBe(401);
});

test('plain text is a file too; strangers and heads add none; thirty are the most', async () => {
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  const file = Buffer.from('通话要点：下周复诊。', 'utf8');
  await worker.ok(addAttachment, { params: { kind: 'case', id }, query: { name: '要点.txt' }, file });
  expect((await t.nobody.call(addAttachment, { params: { kind: 'case', id }, query: { name: '要点.txt' }, file })).status).toBe(401);
  expect(
    (await (await t.as('worker2')).call(addAttachment, { params: { kind: 'case', id }, query: { name: '要点.txt' }, file })).status,
  ).toBe(404);
  expect(
    (await (await t.as('head2')).call(addAttachment, { params: { kind: 'case', id }, query: { name: '要点.txt' }, file })).status,
  ).toBe(403);
  for (let i = 0; i < 29; i += 1) await worker.ok(addAttachment, { params: { kind: 'case', id }, query: { name: `${i}.txt` }, file });
  const more = await worker.call(addAttachment, { params: { kind: 'case', id }, query: { name: '再一个.txt' }, file });
  expect([more.status, more.error.code]).toEqual([409, 'files.too-many']);
});

test('only the adder takes a file away, and its content goes with it', async () => {
  const { id } = await opened('worker');
  await t.owner
    .insertInto('caseCircle')
    .values({
      districtId: t.world.districtId,
      id: crypto.randomUUID(),
      caseId: id,
      personId: t.world.persons.worker2 ?? '',
      fromDay: '2026-03-01',
      toDay: null,
    })
    .execute();
  const worker = await t.as('worker');
  const { id: fileId } = await worker.ok(addAttachment, { params: { kind: 'case', id }, query: { name: 'a.pdf' }, file: PDF });
  const { storedAs } = await t.owner.selectFrom('attachment').select('storedAs').where('id', '=', fileId).executeTakeFirstOrThrow();
  const others = await (await t.as('worker2')).call(removeAttachment, { params: { id: fileId } });
  expect([others.status, others.error.code]).toEqual([409, 'files.not-yours']);
  await expect(t.services.files.get(fileId, storedAs)).resolves.toEqual(PDF);
  await worker.ok(removeAttachment, { params: { id: fileId } });
  expect((await worker.call(readAttachment, { params: { id: fileId } })).status).toBe(404);
  await expect
    .poll(() =>
      t.services.files.get(fileId, storedAs).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone');
});

/** Somebody as a worker of a station again, whatever an earlier test took away. */
const workerAt = async (username: string, station: 's1' | 's2') => {
  const personId = t.world.persons[username] ?? '';
  const stationId = t.world.stations[station];
  await t.owner.updateTable('roleAssignment').set({ stationId }).where('personId', '=', personId).execute();
  await t.owner.updateTable('person').set({ stationId }).where('id', '=', personId).execute();
  return personId;
};

test('a colleague who is named works on the case from that moment, and no longer once it is ended', async () => {
  const colleague = await workerAt('worker3', 's1');
  const { id, number } = await opened('worker');
  const worker = await t.as('worker');
  const third = await t.as('worker3');
  await worker.ok(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '第一次家访' } });
  const asked = async () => [
    (await third.call(readCase, { params: { id } })).status,
    (await third.call(listNotes, { params: { id } })).status,
  ];
  expect(await asked()).toEqual([404, 404]);

  const named = await worker.ok(nameCoWorker, { params: { id }, body: { personId: colleague, reason: '一起家访', toDay: null } });
  expect(await asked()).toEqual([200, 200]);
  const file = await third.ok(readCase, { params: { id } });
  expect(file.notes.map((n) => n.body)).toEqual(['第一次家访']);
  expect(file.coWorkers).toEqual([
    {
      id: named.id,
      personId: colleague,
      name: '郑可欣',
      fromDay: '2026-03-05',
      toDay: null,
      reason: '一起家访',
      namedByName: '周晓岚',
      current: true,
    },
  ]);
  expect((await third.ok(listNotices)).rows[0]).toMatchObject({ kind: 'cases.co-worker-named', recordKind: 'case', recordId: id, number });
  // A worker of another station still sees nothing.
  expect((await (await t.as('worker2')).call(readCase, { params: { id } })).status).toBe(404);

  // Who works along says nothing about who else does, and does not let oneself go on.
  const own = { personId: colleague, reason: '继续', toDay: null };
  expect((await third.call(nameCoWorker, { params: { id }, body: own })).status).toBe(403);
  expect((await third.call(listCoWorkerChoices, { params: { id } })).status).toBe(403);
  expect((await third.call(removeCoWorker, { params: { id, circleId: named.id } })).status).toBe(403);

  await (await t.as('head')).ok(removeCoWorker, { params: { id, circleId: named.id } });
  expect(await asked()).toEqual([404, 404]);
  const again = await worker.call(removeCoWorker, { params: { id, circleId: named.id } });
  expect([again.status, again.error.code]).toEqual([409, 'cases.circle-over']);
  expect(await worker.ok(readCase, { params: { id } })).toMatchObject({ coWorkers: [], formerCoWorkers: 1 });
  expect((await worker.ok(listCoWorkers, { params: { id } })).rows).toMatchObject([{ id: named.id, current: false, toDay: '2026-03-05' }]);

  const events = await t.owner
    .selectFrom('event')
    .select(['type', 'facts', 'actorId'])
    .where('recordId', '=', id)
    .where('type', 'like', 'case.co-worker%')
    .orderBy('id')
    .execute();
  expect(events).toEqual([
    { type: 'case.co-worker-named', facts: { person: colleague, fromDay: '2026-03-05', toDay: null }, actorId: t.world.persons.worker },
    { type: 'case.co-worker-removed', facts: { person: colleague }, actorId: t.world.persons.head },
  ]);
  const { rows } = await sql<{ operation: string }>`select operation from row_history where row_id = ${named.id} order by at`.execute(
    t.owner,
  );
  expect(rows.map((r) => r.operation)).toEqual(['INSERT', 'UPDATE']);

  // The same colleague may be asked once more.
  await worker.ok(nameCoWorker, { params: { id }, body: { ...own, toDay: '2026-03-06' } });
  expect(await asked()).toEqual([200, 200]);
});

test('only a colleague of the case’s station is named, once, not its worker, and not for days that are over', async () => {
  const colleague = await workerAt('worker3', 's1');
  const { id } = await opened('worker');
  const { persons } = t.world;
  const name = async (personId: string | undefined, more: object = {}, by = 'worker') =>
    (
      await (
        await t.as(by)
      ).call(nameCoWorker, { params: { id }, body: { personId: personId ?? '', reason: '一起家访', toDay: null, ...more } })
    ).error.code;
  expect(await name(persons.worker)).toBe('cases.circle-is-worker');
  for (const stranger of [persons.worker2, persons.head, persons.centre, persons.bworker, crypto.randomUUID()]) {
    expect(await name(stranger)).toBe('cases.circle-other-station');
  }
  expect(await name(colleague, { toDay: '2026-03-04' })).toBe('cases.circle-past');
  expect(await name(colleague, { toDay: '2026-03-05' }, 'head')).toBeUndefined();
  expect(await name(colleague)).toBe('cases.circle-already');
  const other = await opened('worker');
  const first = (await (await t.as('worker')).ok(listCoWorkers, { params: { id } })).rows[0]?.id ?? '';
  expect((await (await t.as('worker')).call(removeCoWorker, { params: { id: other.id, circleId: first } })).status).toBe(404);
  await t.owner.updateTable('caseFile').set({ status: 'closed' }).where('id', '=', other.id).execute();
  const closed = await (await t.as('worker')).call(nameCoWorker, {
    params: { id: other.id },
    body: { personId: colleague, reason: '一起家访', toDay: null },
  });
  expect(closed.error.code).toBe('cases.closed');
});

test('the same colleague named twice at the same moment works along once', async () => {
  const colleague = await workerAt('worker3', 's1');
  const { id } = await opened('worker');
  const body = { personId: colleague, reason: '一起家访', toDay: null };
  const answers = await Promise.all(
    ['worker', 'head', 'worker', 'head'].map(async (by) => (await t.as(by)).call(nameCoWorker, { params: { id }, body })),
  );
  expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409, 409]);
  expect((await (await t.as('worker')).ok(listCoWorkers, { params: { id } })).rows).toHaveLength(1);
});

test('the choice holds workers of the station by name or pinyin, without the case’s own and those who work along', async () => {
  const colleague = await workerAt('worker3', 's1');
  const { id } = await opened('worker');
  const worker = await t.as('worker');
  const found = async (text?: string) =>
    (await worker.ok(listCoWorkerChoices, { params: { id }, query: text === undefined ? {} : { text } })).rows.map((r) => r.name);
  expect(await found()).toEqual(['郑可欣']);
  expect([await found('可欣'), await found('worker3'), await found('吴启明')]).toEqual([['郑可欣'], ['郑可欣'], []]);
  const left = { validTo: '2026-03-04' };
  await t.owner.updateTable('roleAssignment').set(left).where('personId', '=', colleague).execute();
  expect(await found()).toEqual([]);
  await t.owner.updateTable('roleAssignment').set({ validTo: null }).where('personId', '=', colleague).execute();
  await worker.ok(nameCoWorker, { params: { id }, body: { personId: colleague, reason: '一起家访', toDay: null } });
  expect(await found()).toEqual([]);
});

test('a note whose last statement fails beside the commit leaves nothing behind', async () => {
  const caseId = await openCase(t, 'worker', { name: '林晚秋' });
  const kept = async () =>
    (
      await sql<{ n: number }>`select (select count(*) from case_note where case_id = ${caseId})::int
        + (select count(*) from service_contact where case_id = ${caseId})::int as n`.execute(t.owner)
    ).rows[0]?.n;
  const body = { happenedOn: '2026-03-02', body: '面谈。' };
  await sql`alter table event add constraint no_note check (type <> 'case.note-added') not valid`.execute(t.owner);
  expect((await (await t.as('worker')).call(addNote, { params: { id: caseId }, body })).status).toBe(500);
  expect(await kept()).toBe(0);
  await sql`alter table event drop constraint no_note`.execute(t.owner);
  await (await t.as('worker')).ok(addNote, { params: { id: caseId }, body });
  expect(await kept()).toBe(2);
});
