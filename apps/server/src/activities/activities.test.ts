import * as activities from '@jieyou/core/activities/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as contacts from '@jieyou/core/contacts/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as volunteers from '@jieyou/core/volunteers/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const draft = (over: object = {}) => ({
  title: '长者量血压',
  category: 'elder-care' as const,
  campaignId: null,
  place: '社区活动室',
  startsAt: '2026-03-05T06:00:00.000Z',
  endsAt: '2026-03-05T07:30:00.000Z',
  capacity: 4,
  aims: '量血压，讲慢病',
  coLeadIds: [] as string[],
  volunteers: [] as { volunteerId: string | null; name: string; task: string }[],
  budget: [{ title: '茶水', planned: 12_050, spent: null }],
  ...over,
});
const plan = async (over: object = {}, username = 'worker') => (await t.as(username)).ok(activities.createActivity, { body: draft(over) });
const published = async (over: object = {}) => {
  const { id } = await plan(over);
  await (await t.as('worker')).ok(activities.moveActivity, { params: { id }, body: { move: 'publish', reason: null, version: 1 } });
  const { link } = await (await t.as('worker')).ok(activities.readActivity, { params: { id } });
  return { id, code: String(link).split('/').at(-1) ?? '' };
};
const join = (code: string, phone: string, people = 1, over: object = {}) =>
  t.nobody.call(activities.registerAsResident, { params: { code }, body: { name: '欧阳娜仁', phone, people, leaveEmpty: '', ...over } });
const read = async (id: string, username = 'worker') => (await t.as(username)).ok(activities.readActivity, { params: { id } });

test('residents register by a link: places, waiting list, twice, too many, closed; a stranger learns of nobody', async () => {
  const { id, code } = await published();
  const seen = async () => (await t.nobody.ok(activities.readPublicActivity, { params: { code } })).state;
  expect(code).toMatch(/^[a-z0-9]{16}$/);
  expect([(await join(code, '19900000001', 3)).body, await seen()]).toEqual([{ state: 'in' }, 'open']);
  // The same phone again, for more: the same answer as for anybody, and nothing changes.
  expect((await join(code, '19900000001', 1)).body).toEqual({ state: 'in' });
  expect((await read(id)).registrations.map((r) => r.people)).toEqual([3]);
  // One place is left: a party of two waits, and then nobody passes it.
  expect([(await join(code, '19900000002', 2)).body, (await join(code, '19900000003', 1)).body, await seen()]).toEqual([
    { state: 'waiting' },
    { state: 'waiting' },
    'waiting',
  ]);
  expect((await join(code, '19900000001', 1)).body).toEqual({ state: 'waiting' });
  expect((await join(code, '19900000004', 6)).error).toMatchObject({ code: 'activities.too-many-people', facts: { most: 5 } });
  expect([(await join(code, '1', 1)).status, (await join(code, '19900000005', 1, { leaveEmpty: 'x' })).status]).toEqual([400, 400]);
  const row = await read(id);
  expect(row).toMatchObject({ registered: 3, waiting: 3 });
  expect(row.registrations[0]).toMatchObject({ name: expect.stringContaining('*'), phone: '199****0001', source: 'public' });
  const { rows: kept } = await sql<{
    one: string;
  }>`select to_jsonb(r)::text as one from activity_registration r where activity_id = ${id}`.execute(t.owner);
  expect(kept.map((k) => k.one).join()).not.toMatch(/欧阳娜仁|19900000001/);
  // Full of those who wait.
  await sql`update rule_value set value = '2' where key = 'registration.waiting'`.execute(t.owner);
  expect((await join(code, '19900000006', 1)).error.code).toBe('activities.waiting-full');
  await sql`update rule_value set value = '50' where key = 'registration.waiting'`.execute(t.owner);
  // Once it has begun nobody registers; an unknown code, and one that was withdrawn, answer alike.
  t.clock.set('2026-03-05T06:00:00.000Z');
  expect([(await join(code, '19900000007', 1)).error.code, await seen()]).toEqual(['activities.registration-closed', 'closed']);
  t.clock.set('2026-03-05T02:00:00.000Z');
  const { version } = await read(id);
  await (await t.as('worker')).ok(activities.moveActivity, { params: { id }, body: { move: 'withdraw', reason: null, version } });
  for (const gone of [code, 'a'.repeat(16)])
    expect([
      (await t.nobody.call(activities.readPublicActivity, { params: { code: gone } })).status,
      (await join(gone, '19900000008')).status,
    ]).toEqual([404, 404]);
  // Another page than ours may not send residents' forms.
  const foreign = await t.app.inject({
    method: 'POST',
    url: `/api/public/activities/${code}/registrations`,
    headers: { 'sec-fetch-site': 'cross-site' },
    payload: {},
  });
  expect(foreign.statusCode).toBe(403);
});

test('two registrations at one moment do not take the same place', async () => {
  const { id, code } = await published({ capacity: 3 });
  const states = (await Promise.all(['1', '2', '3', '4'].map((n) => join(code, `1990000100${n}`, 2)))).map((a) => a.body.state);
  expect(states.sort()).toEqual(['in', 'waiting', 'waiting', 'waiting']);
  expect((await read(id)).registered).toBe(2);
});

test('whoever waits moves up only where there is room; the list is the lead’s and the co-lead’s, the head reads', async () => {
  const worker3 = t.world.persons.worker3 as string;
  const { id } = await plan({ capacity: 2, coLeadIds: [worker3] });
  const worker = await t.as('worker');
  const put = async (username: string, people: number, phone: string | null = null) =>
    (await t.as(username)).call(activities.registerByWorker, { params: { id }, body: { name: '李家', phone, people } });
  expect((await put('worker', 2, '19900002001')).body.status).toBe('in');
  const waits = (await put('worker3', 1)).body;
  expect(waits.status).toBe('waiting');
  expect((await put('worker', 1, '19900002001')).error.code).toBe('activities.registered-before');
  expect((await put('worker', 9)).error.code).toBe('activities.too-many-people');
  const change = (registrationId: string, to: 'in' | 'cancelled') =>
    worker.call(activities.changeRegistration, { params: { id, registrationId }, body: { to } });
  expect((await change(waits.id, 'in')).error.code).toBe('activities.no-room');
  const first = (await read(id)).registrations[0]?.id ?? '';
  expect((await change(first, 'cancelled')).status).toBe(200);
  expect((await change(first, 'cancelled')).error.code).toBe('activities.moved-on');
  expect((await change(waits.id, 'in')).status).toBe(200);
  // A colleague of the station who does not help with it sees nothing; whoever helps does not end it.
  expect((await read(id, 'head')).can).toEqual([]);
  expect((await (await t.as('worker2')).call(activities.readActivity, { params: { id } })).status).toBe(404);
  expect((await put('head', 1)).status).toBe(403);
  const { version } = await read(id);
  const end = { params: { id }, body: { summary: '顺利', budget: [], version } };
  expect((await (await t.as('worker3')).call(activities.finishActivity, end)).error.code).toBe('activities.lead-finishes');
  // Phone and name open with a reason that is kept.
  const seen = await (await t.as('worker3')).ok(activities.unmaskRegistration, {
    params: { id, registrationId: first },
    body: { reason: '通知改期' },
  });
  expect(seen).toEqual({ name: '李家', phone: '19900002001' });
  const { rows } = await sql<{
    reason: string;
  }>`select reason from access_record where action = 'unmaskRegistration' and kind = 'unmask'`.execute(t.owner);
  expect(rows.map((r) => r.reason)).toEqual(['通知改期']);
});

test('an activity that ends is one act of service; corrected, its row is; people and times are told apart', async () => {
  const worker = await t.as('worker');
  const total = async () => (await worker.ok(contacts.readLedger, { query: { period: '2026-03', book: 'activity' } as never })).total;
  const ended = async (people: readonly number[], walkIns: number, version: number, id: string) => {
    const { registrations } = await read(id);
    const body = { came: registrations.map((r, i) => ({ id: r.id, came: people[i] ?? 0 })), walkIns, version };
    const signed = await worker.ok(activities.signInToActivity, { params: { id }, body });
    const budget = [{ title: '茶水', planned: 12_050, spent: 11_900 }];
    return worker.call(activities.finishActivity, { params: { id }, body: { summary: '来的人都量了', budget, version: signed.version } });
  };
  const one = await published();
  await join(one.code, '19900003001', 2);
  await join(one.code, '19900003002', 1);
  const early = await worker.call(activities.finishActivity, {
    params: { id: (await plan({ startsAt: '2026-03-05T16:00:00.000Z', endsAt: '2026-03-05T17:00:00.000Z' })).id },
    body: { summary: '早了', budget: [], version: 1 },
  });
  expect(early.error).toMatchObject({ code: 'activities.not-yet', facts: { on: '2026-03-06' } });
  expect((await ended([2, 1], 10, 2, one.id)).status).toBe(200);
  expect(await total()).toMatchObject({ acts: 1, times: 13, persons: 13, minutes: 90 });
  // The first family comes to a second activity as well: thirteen and two times, but its first person only once.
  const two = await published({ startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T09:00:00.000Z' });
  await join(two.code, '19900003001', 2);
  expect((await ended([2], 0, 2, two.id)).status).toBe(200);
  expect(await total()).toMatchObject({ acts: 2, times: 15, persons: 14, minutes: 150 });
  const done = await read(one.id);
  expect(done).toMatchObject({ status: 'done', times: 13, persons: 13, link: null });
  // Nobody came after all, said later: the act stays, the people go.
  expect((await ended([0, 0], 0, done.version, one.id)).status).toBe(200);
  expect(await total()).toMatchObject({ acts: 2, times: 2, persons: 2, minutes: 150 });
  expect(
    (await worker.call(activities.finishActivity, { params: { id: one.id }, body: { summary: '旧页面', budget: [], version: 3 } })).error
      .code,
  ).toBe('record.changed-meanwhile');
  const rows = (await worker.ok(contacts.listContacts, { query: { period: '2026-03', book: 'activity' } as never })).rows;
  expect(rows.map((r) => [r.subject, r.opens])).toContainEqual(['长者量血压', `/activities/${one.id}`]);
  // What is done is not cancelled, and what is cancelled says why and counts nowhere.
  const cancel = (id: string, reason: string | null, version: number) =>
    worker.call(activities.moveActivity, { params: { id }, body: { move: 'cancel', reason, version } });
  expect((await cancel(one.id, '下雨', done.version)).error.code).toBe('activities.moved-on');
  const third = await published();
  expect((await cancel(third.id, null, 2)).error.code).toBe('activities.reason-missing');
  expect((await cancel(third.id, '下大雨', 2)).status).toBe(200);
  expect((await t.nobody.ok(activities.readPublicActivity, { params: { code: third.code } })).state).toBe('cancelled');
  expect((await total()).acts).toBe(2);
});

test('a registration is linked to somebody served by hand, as far as both are in reach; the person counts once, each coming as a time', async () => {
  const served = async (username: string, name: string, phone: string) => {
    const made = await (await t.as(username)).ok(cases.createCase, {
      body: {
        recipient: { name, phone, gender: 'female', birthOn: null, idNumber: null, address: null },
        household: '',
        aliases: [],
        school: null,
        serviceDomain: 'family',
        domain: 'family-relations',
        helpFields: ['family'],
        risk: 'low',
        summary: '家里的事',
      },
    });
    const { rows } = await sql<{ id: string }>`select recipient_id as id from case_file where id = ${made.id}`.execute(t.owner);
    return { caseId: made.id, id: rows[0]?.id ?? '' };
  };
  const [worker, other, helps] = [await t.as('worker'), await t.as('worker2'), await t.as('worker3')];
  const mother = await served('worker', '欧阳娜仁', '19900004001');
  const theirs = await served('worker2', '欧阳娜仁', '19900004001');
  const helped = await served('worker3', '司徒一诺', '19900004002');
  const put = (id: string, registrationId: string, recipientId: string, by = worker) =>
    by.call(activities.linkAttendant, { params: { id, registrationId }, body: { recipientId } });
  const off = (id: string, registrationId: string, recipientId: string, by = worker) =>
    by.call(activities.unlinkAttendant, { params: { id, registrationId, recipientId } });
  const linked = async (id: string, username: string) =>
    (await read(id, username)).registrations.map((r) => r.linked.map((l) => l.recipientId));
  const finish = async (id: string, came: number) => {
    const { registrations, version } = await read(id);
    const body = { came: registrations.filter((r) => r.status === 'in').map((r) => ({ id: r.id, came })), walkIns: 0, version };
    const signed = await worker.ok(activities.signInToActivity, { params: { id }, body });
    await worker.ok(activities.finishActivity, { params: { id }, body: { summary: '办完了', budget: [], version: signed.version } });
  };
  const act = async (id: string) =>
    (await sql<{ who: string[]; workerId: string }>`select who, worker_id from service_contact where source_id = ${id}`.execute(t.owner))
      .rows[0];
  const totals = async () => {
    const { total } = await worker.ok(contacts.readLedger, { query: { period: '2026-03', book: 'activity' } as never });
    return [total.times, total.persons];
  };
  const steps = async (by: typeof worker, recipientId: string) =>
    (await by.ok(recipients.listRecipientSteps, { params: { id: recipientId }, query: { kind: ['activity'] } as never })).rows.map(
      (r) => r.id,
    );

  const one = await published({ coLeadIds: [t.world.persons.worker3 as string], capacity: 9 });
  await join(one.code, '19900004001', 2);
  await join(one.code, '19900004002', 1, { name: '司徒一诺' });
  await join(one.code, '19900004003', 1);
  const [first = '', second = '', third = ''] = (await read(one.id)).registrations.map((r) => r.id);
  await worker.ok(activities.changeRegistration, { params: { id: one.id, registrationId: third }, body: { to: 'cancelled' } });
  // Only people in reach are found, masked; nobody is linked by being found, and nobody beyond reach by naming them.
  const { found } = await worker.ok(activities.findAttendants, { params: { id: one.id, registrationId: first } });
  expect(found.map((f) => f.id)).toContain(mother.id);
  expect(found.map((f) => f.id)).not.toContain(theirs.id);
  expect(JSON.stringify(found)).not.toMatch(/欧阳娜仁|19900004001/);
  expect(await linked(one.id, 'worker')).toEqual([[], [], []]);
  expect((await put(one.id, first, theirs.id)).status).toBe(404);
  expect((await put(one.id, third, mother.id)).error.code).toBe('activities.moved-on');
  expect((await put(one.id, first, mother.id)).status).toBe(200);
  for (const again of [first, second]) expect((await put(one.id, again, mother.id)).error.code).toBe('activities.linked-already');
  // Whom the other linked is not told to who does not serve them.
  expect((await put(one.id, second, helped.id, helps)).status).toBe(200);
  expect([await linked(one.id, 'worker'), await linked(one.id, 'worker3')]).toEqual([
    [[mother.id], [], []],
    [[], [helped.id], []],
  ]);
  expect((await off(one.id, second, helped.id)).status).toBe(404);
  expect(await steps(worker, mother.id)).toEqual([]);
  await finish(one.id, 1);
  // The count knows both, whoever counts; whoever helps may still recognise somebody, and the act stays the lead's.
  expect(new Set((await act(one.id))?.who)).toEqual(new Set([mother.id, helped.id]));
  expect((await off(one.id, second, helped.id, helps)).status).toBe(200);
  expect((await act(one.id))?.who).not.toContain(helped.id);
  expect((await put(one.id, second, helped.id, helps)).status).toBe(200);
  expect(await act(one.id)).toEqual({ who: expect.arrayContaining([mother.id, helped.id]), workerId: t.world.persons.worker });

  // The same person by another phone at another activity: one time more, but no person more, and again when the link is taken back.
  const two = await published({ startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T09:00:00.000Z' });
  await join(two.code, '19900004009', 1);
  await finish(two.id, 1);
  const [times, persons] = await totals();
  const only = (await read(two.id)).registrations[0]?.id ?? '';
  expect((await put(two.id, only, mother.id)).status).toBe(200);
  expect(await totals()).toEqual([times, Number(persons) - 1]);
  expect((await off(two.id, only, mother.id)).status).toBe(200);
  expect((await off(two.id, only, mother.id)).status).toBe(404);
  expect(await totals()).toEqual([times, persons]);
  // Where the list was changed since, nothing of it is counted by a link: the correction of the end counts all of it together.
  await worker.ok(activities.signInToActivity, {
    params: { id: two.id },
    body: { came: [{ id: only, came: 3 }], walkIns: 0, version: (await read(two.id)).version },
  });
  expect((await put(two.id, only, mother.id)).status).toBe(200);
  expect(await totals()).toEqual([times, persons]);
  expect((await off(two.id, only, mother.id)).status).toBe(200);

  // Told on the person's timeline to who reaches both: worker2 comes to serve the mother as well, but never saw the activity.
  await sql`update case_file set recipient_id = ${mother.id} where id = ${theirs.caseId}`.execute(t.owner);
  expect([await steps(worker, mother.id), await steps(other, mother.id)]).toEqual([[one.id], []]);

  // Two rows of one person: the link goes along, in what was counted as well, and comes back.
  const kept = await served('worker', '欧阳娜仁', '19900004001');
  const merge = await worker.ok(recipients.mergeRecipients, { body: { keptId: kept.id, goneId: mother.id, reason: '同一人' } });
  expect([(await linked(one.id, 'worker'))[0], (await act(one.id))?.who.toSorted()]).toEqual([[kept.id], [kept.id, helped.id].toSorted()]);
  expect(await steps(worker, kept.id)).toEqual([one.id]);
  await worker.ok(recipients.undoRecipientMerge, { params: { id: merge.id }, body: { reason: '弄错了' } });
  expect([(await linked(one.id, 'worker'))[0], (await act(one.id))?.who.toSorted()]).toEqual([
    [mother.id],
    [mother.id, helped.id].toSorted(),
  ]);
});

test('hours of volunteers are told with the end of an activity, not before it begins', async () => {
  const worker = await t.as('worker');
  const someone = { name: '段干志愿', gender: 'female' as const, birthOn: '1980-05-01', phone: '19900820001', since: '2026-01-05' };
  const rest = { idNumber: null, idAgreedOn: null, insuredUntil: null, guardianName: null, guardianPhone: null, guardianAgreedOn: null };
  const nothing = { team: '', skills: [], areas: [], slots: [], expertise: '', notes: '' };
  const { id: volunteerId } = await worker.ok(volunteers.createVolunteer, { body: { ...someone, ...rest, ...nothing } });
  const named = [{ volunteerId, name: '', task: '' }];
  const end = (id: string, minutes: number, version: number) =>
    worker.call(activities.finishActivity, {
      params: { id },
      body: { summary: '顺利', budget: [], help: { from: null, minutes: [{ volunteerId, minutes }] }, version },
    });
  const later = await plan({ volunteers: named });
  expect((await end(later.id, 60, 1)).error.code).toBe('volunteers.not-yet');
  const { id } = await plan({ startsAt: '2026-03-05T00:00:00.000Z', endsAt: '2026-03-05T01:00:00.000Z' });
  const params = { id };
  const name = (who: object[], version: number) =>
    worker.call(activities.nameActivityVolunteers, { params, body: { volunteers: who as never, version } });
  expect((await name([{ volunteerId: null, name: '没登记的人', task: '' }], 1)).error.code).toBe('volunteers.not-on-register');
  expect((await name(named, 1)).status).toBe(200);
  expect((await read(id)).volunteers).toMatchObject([{ volunteerId, name: '段干*愿', offers: [] }]);
  expect((await end(id, 60, 2)).status).toBe(200);
  // The activity is corrected with longer hours while they wait to be settled.
  expect((await end(id, 75, 3)).status).toBe(200);
  const { help } = await read(id);
  expect(help).toMatchObject({ status: 'done', settles: true, people: [{ volunteerId, minutes: 75 }] });
  const rows = (await worker.ok(volunteers.listVolunteerTasks, { query: { forId: id } })).rows;
  expect(rows.map((r) => [r.title, r.minutes])).toEqual([['长者量血压', 75]]);
  // A task that was planned is not ended by a record that says nothing of it; told, its people are those who came.
  const other = await plan({ startsAt: '2026-03-05T01:20:00.000Z', endsAt: '2026-03-05T01:50:00.000Z' });
  const times = { startsAt: '2026-03-05T01:20:00.000Z', endsAt: '2026-03-05T01:50:00.000Z' };
  const words = { title: '帮忙量血压', class: 'elder-care' as const, place: '社区活动室', says: '登记数字' };
  const task = await worker.ok(volunteers.createVolunteerTask, {
    body: { ...times, ...words, areaId: null, wanted: 1, skills: [], risky: false, forKind: 'activity', forId: other.id },
  });
  const finish = (minutes: object[], version: number) =>
    worker.call(activities.finishActivity, {
      params: { id: other.id },
      body: { summary: '顺利', budget: [], help: { from: null, minutes: minutes as never }, version },
    });
  expect((await finish([], 1)).status).toBe(200);
  expect((await read(other.id)).help).toMatchObject({ taskId: task.id, status: 'open' });
  expect((await finish([{ volunteerId, minutes: 31 }], 2)).error).toMatchObject({ code: 'volunteers.hours-too-long', facts: { most: 30 } });
  expect((await finish([{ volunteerId, minutes: 30 }], 2)).status).toBe(200);
  expect((await read(other.id)).help).toMatchObject({ taskId: task.id, status: 'done', people: [{ volunteerId, minutes: 30 }] });
});

test('a plan is checked, and a drawing of the link is there once it is published', async () => {
  const worker = await t.as('worker');
  const refused = async (over: object) => (await worker.call(activities.createActivity, { body: draft(over) })).error.code;
  expect(await refused({ endsAt: '2026-03-05T06:00:00.000Z' })).toBe('activities.ends-before');
  expect(await refused({ campaignId: crypto.randomUUID() })).toBe('activities.campaign-unknown');
  expect(await refused({ coLeadIds: [t.world.persons.worker2] })).toBe('activities.co-lead-unknown');
  const { id } = await plan();
  expect((await worker.call(activities.readActivityCode, { params: { id } })).error.code).toBe('activities.not-published');
  const one = await published();
  const drawing = await worker.call(activities.readActivityCode, { params: { id: one.id } });
  expect([drawing.headers['content-type'], drawing.raw.slice(0, 4)]).toEqual(['image/svg+xml', '<svg']);
});

test('a campaign week of 500 activities lists and sums at once; offices see sums and no activity', async () => {
  const centre = await t.as('centre');
  expect(
    (await centre.call(activities.createCampaign, { body: { name: '倒着的周', fromDay: '2026-03-22', toDay: '2026-03-16' } })).error.code,
  ).toBe('activities.ends-before');
  const week = await centre.ok(activities.createCampaign, { body: { name: '社工宣传周', fromDay: '2026-03-16', toDay: '2026-03-22' } });
  const { id } = await plan({ campaignId: week.id });
  await sql`insert into activity (district_id, id, title, category, campaign_id, place, starts_at, ends_at, capacity, status, lead_id, co_lead_ids,
      station_id, organisation_id, division_path, public_code, planned_fen, spent_fen, times, persons, updated_at)
    select a.district_id, gen_random_uuid(), a.title || n, case when n % 2 = 0 then 'youth' else 'relief' end, a.campaign_id, a.place,
      a.starts_at + n * interval '1 minute', a.ends_at + n * interval '1 minute', null, 'done', a.lead_id, a.co_lead_ids,
      case when n % 5 = 0 then ${t.world.stations.s2}::uuid else a.station_id end, a.organisation_id, a.division_path, 'x' || n, 100, 90, 20, 20, a.updated_at
    from activity a, generate_series(1, 500) n where a.id = ${id}`.execute(t.owner);
  const begun = performance.now();
  const one = await (await t.as('officer')).ok(activities.readCampaign, { params: { id: week.id } });
  const list = await (await t.as('head')).ok(activities.listActivities, {
    query: { campaignId: week.id, limit: 100, count: 'yes' } as never,
  });
  const ms = performance.now() - begun;
  console.log(`a week of 500 activities: sums and a page in ${Math.round(ms)} ms`);
  // The planned one is not counted yet; the head lists the own station’s.
  expect(one.sums).toEqual({ activities: 500, done: 500, cancelled: 0, times: 10_000, plannedFen: 50_000, spentFen: 45_000 });
  expect(one.byCategory.map((c) => c.sums.activities)).toEqual([250, 250]);
  expect(one.byStation.map((c) => c.sums.activities).sort()).toEqual([100, 400]);
  expect([list.rows.length, list.count]).toEqual([100, 401]);
  expect(ms).toBeLessThan(3000);
  for (const who of ['centre', 'officer', 'agency', 'street'])
    expect((await (await t.as(who)).call(activities.listActivities, {})).status).toBe(403);
  expect((await (await t.as('bofficer')).call(activities.readCampaign, { params: { id: week.id } })).status).toBe(404);
});

test('the second line: raw rows of activities and registrations are the lead’s, the co-lead’s and the head’s', async () => {
  const count = async (settings: object, table: string) =>
    (
      await t.services.db.transaction(
        'read',
        { district: t.world.districtId, now: t.clock.now().toISOString(), http_request: 'x', ...settings } as never,
        (tx) => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
      )
    ).rows[0]?.n ?? -1;
  const { worker = '', worker2 = '', worker3 = '' } = t.world.persons;
  for (const table of ['activity', 'activity_content', 'activity_registration', 'activity_attendant']) {
    const reached = [
      { person: worker, worker_selves: worker },
      { person: worker3, worker_selves: worker3 },
      { head_stations: t.world.stations.s1 },
    ];
    for (const settings of reached) expect([table, settings, (await count(settings, table)) > 0]).toEqual([table, settings, true]);
    const others = [
      {},
      { person: worker2, worker_selves: worker2 },
      { centre: '1', professional: '1' },
      { officer: '1' },
      { agency_organisations: t.world.organisations.o1 },
      { paths: '/' },
      { worker_selves: worker, district: t.world.otherDistrictId },
    ];
    for (const settings of others) expect([table, settings, await count(settings, table)]).toEqual([table, settings, 0]);
  }
});
