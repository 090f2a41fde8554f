import { proposeHandover } from '@jieyou/core/cases/stageEndpoints.ts';
import { listContacts } from '@jieyou/core/contacts/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as endpoints from '@jieyou/core/relief/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
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
const count = async (table: string) =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(t.owner)).rows[0]?.n;
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

test('the ledger counts households and persons once, times and money as they come, within one reach', async () => {
  const worker = await t.as('worker');
  const [mother, son, alone] = [await person(), await person(), await person()];
  const { id: house } = await worker.ok(recipients.beginHousehold, {
    params: { id: mother },
    body: { address: null, relation: 'head', livesTogether: true },
  });
  await worker.ok(recipients.addHouseholdMember, {
    params: { id: house },
    body: { recipientId: son, relation: 'child', livesTogether: true },
  });
  await worker.ok(recipients.addCategory, {
    params: { id: alone },
    body: { category: 'subsistence', fromDay: '2026-02-01', source: '入户' },
  });
  const kept = async (who: string, items: readonly object[]) => {
    const { id } = await worker.ok(endpoints.screenRelief, { body: draft(who, { screenedOn: '2026-01-20' }) });
    const body = { move: 'link' as const, says: '慈善会', satisfied: null, dropped: null, version: 1 };
    await worker.ok(endpoints.moveRelief, { params: { id }, body });
    const ids: string[] = [];
    for (const item of items) ids.push((await worker.ok(endpoints.addReliefItem, { params: { id }, body: item as never })).id);
    return { id, ids };
  };
  // February: two of one household, the last day of the month, and one that is taken back.
  const first = await kept(mother, [
    { ...thing, onDay: '2026-02-01', valueFen: 12_050 },
    { ...thing, onDay: '2026-02-28', valueFen: 1 },
    { ...thing, onDay: '2026-02-10', valueFen: 999_999 },
    { ...thing, onDay: '2026-01-31', valueFen: 700 },
  ]);
  await worker.ok(endpoints.voidReliefItem, { params: { id: first.id, itemId: first.ids[2] ?? '' }, body: { says: '记重了' } });
  await kept(son, [{ ...service, onDay: '2026-02-28' }]);
  await kept(alone, [{ ...thing, onDay: '2026-02-14', valueFen: 5_000 }]);
  const ledger = async (query: object, username = 'worker') =>
    (await t.as(username)).ok(endpoints.readReliefLedger, { query: { period: '2026-02', ...query } as never });
  const rows = async (query: object, username = 'worker') =>
    (await (await t.as(username)).ok(endpoints.listReliefActs, { query: { period: '2026-02', ...query } as never })).rows;
  const sums = { households: 1, persons: 3, unhoused: 1, times: 4, things: 3, valueFen: 17_051, minutes: 50 };
  expect((await ledger({})).total).toMatchObject(sums);
  expect((await ledger({}, 'head')).total).toMatchObject(sums);
  expect((await ledger({ period: '2026-01' })).total).toMatchObject({ households: 1, persons: 1, times: 1, valueFen: 700 });
  const year = (await ledger({ period: '2026' })).groups.find((g) => g.key === 'month');
  expect(year?.cells.slice(0, 2).map((c) => [c.key, c.valueFen])).toEqual([
    ['2026-01', 700],
    ['2026-02', 17_051],
  ]);
  // Each figure is made of rows that can be opened.
  expect((await rows({})).map((r) => r.valueFen).reduce<number>((n, fen) => n + (fen ?? 0), 0)).toBe(17_051);
  expect((await rows({ householdId: house })).map((r) => [r.onDay, r.line])).toEqual([
    ['2026-02-28', 'service'],
    ['2026-02-28', 'material'],
    ['2026-02-01', 'material'],
  ]);
  expect((await ledger({ line: 'service' })).total).toMatchObject({ households: 1, persons: 1, times: 1, valueFen: 0 });
  expect((await ledger({ category: 'subsistence' })).total).toMatchObject({ households: 0, persons: 1, unhoused: 1, valueFen: 5_000 });
  for (const username of ['worker3', 'head2']) {
    expect((await ledger({}, username)).total).toMatchObject({ persons: 0, valueFen: 0 });
    expect(await rows({ householdId: house }, username)).toEqual([]);
  }
  for (const username of ['centre', 'officer', 'street', 'agency'])
    expect((await (await t.as(username)).call(endpoints.readReliefLedger)).status).toBe(403);
  const file = await worker.call(endpoints.exportReliefLedger, { query: { period: '2026-02', reason: '月度核对' } as never });
  const { sheets } = await readXlsx(Buffer.from(file.raw, 'latin1'));
  expect(sheets.map((s) => s.name)).toEqual(['明细', '汇总 按物质、服务', '汇总 按人员类别']);
  const cells = sheets[0]?.rows ?? [];
  expect(cells.at(-2)?.slice(1, 6)).toEqual(['合计', '1 户', '3 人', null, '4 人次']);
  expect(cells.at(-2)?.[9]).toBe(170.51);
  expect(JSON.stringify(cells)).not.toContain('王桦');
});

test('the consortium sits at one table: who is named reads what was written for it and nothing else, and what was undertaken is followed up', async () => {
  const worker = await t.as('worker');
  const [officer, street] = [await t.as('officer'), await t.as('street')];
  const who = await person();
  const { id } = await worker.ok(endpoints.screenRelief, { body: draft(who) });
  const move = (step: 'link' | 'deliver' | 'hear' | 'close', version: number, over: object = {}) =>
    worker.call(endpoints.moveRelief, {
      params: { id },
      body: { move: step, says: '慈善会', satisfied: null, dropped: null, version, ...over },
    });
  expect((await move('link', 1)).status).toBe(200);
  const personOf = async (username: string) =>
    (await sql<{ id: string }>`select person_id as id from account where username = ${username}`.execute(t.owner)).rows[0]?.id ?? '';
  const seat = (kind: string, over: object) => ({ kind, personId: null, name: null, organisation: '区民政局', ...over });
  const staff = await personOf('officer');
  const joint = {
    onDay: '2026-03-06',
    place: '街道社工站',
    told: '一家三口，收入断了两个月，商量临时救助和就业。',
    agreedSays: '本人当面同意',
    members: [
      seat('civil-affairs', { personId: staff }),
      seat('adviser', { name: '热心老周', organisation: '居民志愿者' }),
      seat('organisation', { personId: await personOf('expert') }),
    ],
  };
  const ask = (over: object = {}) => worker.call(endpoints.callReliefJoint, { params: { id }, body: { ...joint, ...over } as never });
  expect(await codeOf(ask({ onDay: '2026-03-04' }))).toBe('relief.day-past');
  const foreign = await personOf('bofficer');
  expect(await codeOf(ask({ members: [seat('district', { personId: foreign }), ...joint.members] }))).toBe('relief.member-unknown');
  expect((await ask({ members: [seat('adviser', { name: '老周', personId: staff }), ...joint.members] })).status).toBe(400);
  expect((await ask({ members: joint.members.slice(2) })).status).toBe(400);
  expect((await worker.ok(endpoints.listJointChoices, { query: {} })).rows.map((p) => p.personId)).toContain(staff);
  const made = (await ask()).body as { id: string };
  const seen = async (by: typeof worker) => (await by.ok(endpoints.listReliefJoints, { query: {} as never })).rows;
  const [told] = await seen(officer);
  expect(told).toMatchObject({ id: made.id, reliefId: null, agreedSays: null, told: joint.told, status: 'called', can: [] });
  expect(told?.members.map((m) => m.name).sort()).toEqual(expect.arrayContaining(['热心老周']));
  expect(JSON.stringify(told)).not.toContain('米面快没了');
  expect((await officer.call(endpoints.readRelief, { params: { id } })).status).toBe(403);
  for (const by of [street, await t.as('worker3'), await t.as('head2')]) expect(await seen(by)).toEqual([]);
  expect((await seen(worker))[0]).toMatchObject({ reliefId: id, agreedSays: '本人当面同意', can: ['conclude', 'unseat'] });
  // A seat that is taken away ends the reading; somebody who was named by mistake sees nothing more.
  const expert = await t.as('expert');
  expect((await seen(expert)).map((j) => j.id)).toEqual([made.id]);
  const wrongly = told?.members.find((m) => m.kind === 'organisation')?.id ?? '';
  const unseat = (by: typeof worker, memberId: string) =>
    by.call(endpoints.unseatJointMember, { params: { id: made.id, memberId }, body: {} } as never);
  expect((await unseat(officer, wrongly)).status).toBe(403);
  expect((await unseat(worker, wrongly)).status).toBe(200);
  expect(await seen(expert)).toEqual([]);
  expect(await codeOf(unseat(worker, wrongly))).toBe('relief.member-unknown');
  const kept = await sql<{ one: string }>`select string_agg(to_jsonb(m)::text, '') as one from relief_joint_member m`.execute(t.owner);
  expect(kept.rows[0]?.one).not.toContain('热心老周');
  // What came of it is written once, and not before its day; only then somebody undertakes something.
  const end = (over: object = {}) =>
    worker.call(endpoints.concludeReliefJoint, {
      params: { id: made.id },
      body: { held: true, says: '先办临时救助', version: 2, ...over },
    });
  const memberId = told?.members.find((m) => m.kind === 'civil-affairs')?.id ?? '';
  const give = (over: object = {}) =>
    worker.call(endpoints.addUndertaking, {
      params: { id: made.id },
      body: { memberId, what: '受理临时救助', dueOn: '2026-03-10', ...over },
    });
  expect(await codeOf(end())).toBe('relief.in-future');
  expect(await codeOf(give())).toBe('relief.joint-not-held');
  t.clock.set('2026-03-06T02:00:00.000Z');
  const toldOf = async (by: typeof worker) =>
    (await by.ok(listNotices, { query: { limit: 100 } as never })).rows.filter((n) => n.recordId === made.id).map((n) => n.kind);
  expect((await end()).status).toBe(200);
  // Who sits there is told that it is over, and by when they were told they sat; who left is told of nothing more.
  expect([await toldOf(officer), await toldOf(expert), await toldOf(worker)]).toEqual([
    ['relief.joint-concluded', 'relief.joint-called'],
    ['relief.joint-called'],
    [],
  ]);
  expect(await codeOf(end({ version: 3 }))).toBe('relief.joint-over');
  expect(await codeOf(give({ memberId: wrongly }))).toBe('relief.member-unknown');
  expect(await codeOf(give({ dueOn: '2026-03-05' }))).toBe('relief.due-early');
  expect(await codeOf(give({ memberId: made.id }))).toBe('relief.member-unknown');
  const own = (await give()).body as { id: string };
  const second = (await give({ what: '联系社区食堂' })).body as { id: string };
  t.clock.set('2026-03-11T02:00:00.000Z');
  const todos = async (username: string) =>
    (await (await t.as(username)).ok(readWorkbench)).todos
      .filter((x) => x.kind === 'undertaking')
      .map((x) => x.recordId)
      .sort();
  for (const username of ['worker', 'officer']) expect(await todos(username)).toEqual([own.id, second.id].sort());
  expect(await todos('street')).toEqual([]);
  expect((await seen(officer))[0]?.undertakings.map((u) => [u.overdue, u.settles])).toEqual([
    [true, true],
    [true, true],
  ]);
  const settle = (by: typeof worker, undertaking: string, over: object = {}) =>
    by.call(endpoints.settleUndertaking, {
      params: { id: undertaking },
      body: { done: true, onDay: '2026-03-11', says: '已受理', version: 1, ...over },
    });
  expect([(await settle(street, own.id)).status, (await settle(await t.as('head'), own.id)).status]).toEqual([404, 403]);
  expect(await codeOf(settle(officer, own.id, { onDay: '2026-03-12' }))).toBe('relief.in-future');
  expect((await settle(officer, own.id)).status).toBe(200);
  expect(await codeOf(settle(worker, own.id, { version: 2 }))).toBe('relief.undertaking-over');
  expect(await codeOf(unseat(worker, memberId))).toBe('relief.undertakings-open');
  // The case is not closed over the head of what is still undertaken.
  await worker.ok(endpoints.addReliefItem, { params: { id }, body: thing as never });
  expect((await move('deliver', 2, { says: '没有服务' })).status).toBe(200);
  expect((await move('hear', 3, { satisfied: 4 })).status).toBe(200);
  expect((await move('close', 4)).error).toMatchObject({ code: 'relief.undertakings-open', facts: { count: 1 } });
  expect((await settle(worker, second.id, { done: false, says: '食堂已停办' })).status).toBe(200);
  expect((await move('close', 4)).status).toBe(200);
  expect((await seen(worker)).map((j) => [j.can, ...j.undertakings.map((u) => [u.status, u.overdue])])).toEqual([
    [[], ['done', false], ['dropped', false]],
  ]);
  const paper = await worker.call(endpoints.printRelief, { params: { id }, query: { format: 'html' } as never });
  expect(Buffer.from(paper.raw, 'latin1').toString('utf8')).toContain('附　助联体会商');
  // The case has ended: who was only named reads the table no longer, and keeps the lines of what they undertook.
  expect(await seen(officer)).toEqual([]);
  const lines = async () => (await officer.ok(endpoints.listOwnUndertakings, { query: {} as never })).rows;
  expect((await lines()).map((u) => [u.what, u.status, u.jointId, u.settles])).toEqual([
    ['联系社区食堂', 'dropped', null, false],
    ['受理临时救助', 'done', null, false],
  ]);
  expect((await street.ok(endpoints.listOwnUndertakings, { query: {} as never })).rows).toEqual([]);
  // Sealed, it is gone for everybody.
  await sql`update recipient set sealed_at = now() where id = ${who}`.execute(t.owner);
  for (const by of [worker, officer]) expect(await seen(by)).toEqual([]);
  expect(await lines()).toEqual([]);
  t.clock.set('2026-03-05T02:00:00.000Z');
});

test('the head hands it to a colleague who sees the person: what is open goes along, what was written stays, the former worker is out', async () => {
  const worker = await t.as('worker');
  const head = await t.as('head');
  const w = new AccessWorld(t);
  const caseId = await openCase(t);
  const { recipientId } = await w.one<{ recipientId: string }>(sql`select recipient_id from case_file where id = ${caseId}`);
  const { id } = await worker.ok(endpoints.screenRelief, { body: draft(recipientId) });
  await worker.ok(endpoints.moveRelief, {
    params: { id },
    body: { move: 'link', says: '街道救助窗口', satisfied: null, dropped: null, version: 1 },
  });
  await worker.ok(endpoints.addReliefItem, { params: { id }, body: service });
  const joint = await w.reliefJoint('own', true, id);
  const task = await w.volunteerTask('own', 'invited');
  await sql`update volunteer_task set for_kind = 'relief', for_id = ${id} where id = ${task.id}`.execute(t.owner);
  const { username } = await w.spare('worker');
  const toId = (await w.one<{ personId: string }>(sql`select person_id from account where username = ${username}`)).personId;
  const hand = (over: object = {}, by = head) =>
    by.call(endpoints.handRelief, { params: { id }, body: { toId, reason: '原承办人休产假', version: 2, ...over } });
  const fromId = t.world.persons['worker'] as string;
  expect((await hand({}, worker)).status).toBe(403);
  expect((await hand({}, await t.as('head2'))).status).toBe(404);
  expect(await codeOf(hand({ toId: fromId }))).toBe('relief.hand-same');
  expect(await codeOf(hand({ toId: t.world.persons['worker2'] }))).toBe('relief.hand-elsewhere');
  expect((await hand({ reason: ' ' })).status).toBe(400);
  // The case of the person is still the former worker's: the colleague would help somebody whom they may not know.
  expect(await codeOf(hand())).toBe('relief.hand-unseen');
  await sql`update case_file set worker_id = ${toId} where id = ${caseId}`.execute(t.owner);
  expect(await codeOf(hand({ version: 1 }))).toBe('record.changed-meanwhile');
  const load = await head.ok(proposeHandover, {
    body: { caseId: null, fromId, toId, cause: 'leave', reason: '休产假', mayRead: ['papers'], atOnce: false },
  });
  const { rows } = await head.ok(endpoints.listRelief, { query: { limit: 100 } });
  const carrier = rows.find((r) => r.id === id)?.workerName;
  const narrowed = await head.ok(endpoints.listRelief, { query: { limit: 100, workerId: fromId } });
  expect(narrowed.rows.map((r) => r.id)).toEqual(rows.filter((r) => r.workerName === carrier).map((r) => r.id));
  expect((await head.ok(endpoints.listRelief, { query: { limit: 100, workerId: toId } })).rows).toEqual([]);
  expect((await (await t.as('head2')).ok(endpoints.listRelief, { query: { limit: 100, workerId: fromId } })).rows).toEqual([]);
  expect(load.reliefs).toBe(rows.filter((r) => r.workerName === carrier && r.status !== 'closed').length);
  const before = await count('service_contact');
  const { status } = await hand();
  expect(status).toBe(200);
  expect((await worker.call(endpoints.readRelief, { params: { id } })).status).toBe(404);
  expect((await worker.call(endpoints.addReliefItem, { params: { id }, body: service })).status).toBe(404);
  const colleague = await t.as(username);
  const seen = await colleague.ok(endpoints.readRelief, { params: { id } });
  const names = await sql<{ id: string; name: string }>`select id, name from person where id in (${fromId}, ${toId})`.execute(t.owner);
  const nameOf = (one: string) => names.rows.find((p) => p.id === one)?.name;
  expect(seen).toMatchObject({
    workerName: nameOf(toId),
    recipientName: '王*',
    items: [{ recordedByName: nameOf(fromId) }],
    handovers: [{ fromName: nameOf(fromId), toName: nameOf(toId), reason: '原承办人休产假' }],
  });
  // What was undertaken and is open waits for the new worker; the task of volunteers is led by them; the act of service stays who did it.
  const waits = async (by: typeof worker) => (await by.ok(readWorkbench)).todos.filter((todo) => todo.kind === 'undertaking').length;
  t.clock.advance({ days: 20 });
  expect([await waits(await t.as(username)), await waits(await t.as('worker'))]).toEqual([1, 0]);
  t.clock.advance({ days: -20 });
  const led = await w.one<{ leadId: string }>(sql`select lead_id from volunteer_task where id = ${task.id}`);
  const act = await w.one<{ workerId: string }>(sql`select worker_id from service_contact where source_id = ${seen.items[0]?.id ?? ''}`);
  expect([led.leadId, act.workerId, await count('service_contact')]).toEqual([toId, fromId, before]);
  expect((await colleague.ok(listNotices, { query: {} })).rows.map((n) => n.kind)).toContain('relief.handed-over');
  await colleague.ok(endpoints.settleUndertaking, {
    params: { id: joint.undertakingId },
    body: { done: true, onDay: TODAY, says: '送到了', version: 1 },
  });
  const drop = { move: 'drop' as const, says: '已由别处救助', satisfied: null, dropped: 'elsewhere' as const, version: seen.version };
  await colleague.ok(endpoints.moveRelief, { params: { id }, body: drop });
  expect(await codeOf(hand({ toId: fromId, version: seen.version + 1 }))).toBe('relief.moved-on');
});

test('somebody who only stands on the register goes along; past the platform nobody hands over but the head', async () => {
  const worker = await t.as('worker');
  const w = new AccessWorld(t);
  const caseId = await openCase(t);
  const { recipientId } = await w.one<{ recipientId: string }>(sql`select recipient_id from case_file where id = ${caseId}`);
  const { id } = await worker.ok(endpoints.screenRelief, { body: draft(recipientId) });
  const other = await openCase(t);
  // As an import writes it: on the register of the worker, without a case.
  await sql`update case_file set recipient_id = (select recipient_id from case_file where id = ${other}) where id = ${caseId}`.execute(
    t.owner,
  );
  await sql`update recipient set on_register = true where id = ${recipientId}`.execute(t.owner);
  const { username } = await w.spare('worker');
  const toId = (await w.one<{ personId: string }>(sql`select person_id from account where username = ${username}`)).personId;
  await (await t.as('head')).ok(endpoints.handRelief, { params: { id }, body: { toId, reason: '调岗', version: 1 } });
  expect((await (await t.as(username)).ok(endpoints.readRelief, { params: { id } })).recipientName).toBe('王*');
  expect(await w.one(sql`select worker_id from recipient where id = ${recipientId}`)).toEqual({ workerId: toId });
});

test('a case does not end while its table is called: it is held or called off first', async () => {
  const worker = await t.as('worker');
  const seat = (name: string) => ({ kind: 'adviser' as const, personId: null, name, organisation: '居民志愿者' });
  const called = async (reliefId: string) =>
    worker.ok(endpoints.callReliefJoint, {
      params: { id: reliefId },
      body: {
        onDay: TODAY,
        place: '街道社工站',
        told: '商量临时救助。',
        agreedSays: '本人当面同意',
        members: [seat('老周'), seat('老吴')],
      },
    });
  const end = (id: string, held: boolean) =>
    worker.ok(endpoints.concludeReliefJoint, { params: { id }, body: { held, says: held ? '各办各的' : '本人已回老家', version: 1 } });
  const move = (id: string, step: 'link' | 'deliver' | 'hear' | 'close' | 'drop', version: number, over: object = {}) =>
    worker.call(endpoints.moveRelief, {
      params: { id },
      body: { move: step, says: '慈善会', satisfied: null, dropped: null, version, ...over },
    });
  // Dropped: two tables wait; one is called off, and the other still holds it.
  const { id } = await worker.ok(endpoints.screenRelief, { body: draft(await person()) });
  const [first, second] = [await called(id), await called(id)];
  const drop = () => move(id, 'drop', 1, { dropped: 'no-need' });
  expect((await drop()).error).toMatchObject({ code: 'relief.joint-called', facts: { count: 2 } });
  await end(first.id, false);
  expect((await drop()).error).toMatchObject({ code: 'relief.joint-called', facts: { count: 1 } });
  await end(second.id, false);
  expect((await drop()).status).toBe(200);
  // Closed: the table is held first. Only the last move waits for it.
  const { id: other } = await worker.ok(endpoints.screenRelief, { body: draft(await person()) });
  const table = await called(other);
  expect((await move(other, 'link', 1)).status).toBe(200);
  await worker.ok(endpoints.addReliefItem, { params: { id: other }, body: thing as never });
  expect((await move(other, 'deliver', 2, { says: '没有服务' })).status).toBe(200);
  expect((await move(other, 'hear', 3, { satisfied: 4 })).status).toBe(200);
  expect(await codeOf(move(other, 'close', 4))).toBe('relief.joint-called');
  await end(table.id, true);
  expect((await move(other, 'close', 4)).status).toBe(200);
});
