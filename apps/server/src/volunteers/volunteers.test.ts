import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as home from '@jieyou/core/home/endpoints.ts';
import { criteriaLines } from '@jieyou/core/texts/volunteerLabels.ts';
import * as visits from '@jieyou/core/visits/endpoints.ts';
import * as volunteers from '@jieyou/core/volunteers/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readable } from '../../test/access.world.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

let phone = 19_900_100_000;
const draft = (over: object = {}) => ({
  name: '尉迟志远',
  gender: 'male' as const,
  birthOn: '1980-05-01',
  phone: String(++phone),
  idNumber: null,
  idAgreedOn: null,
  team: '邻里暖心队',
  skills: ['talk' as const],
  areas: [] as string[],
  slots: ['weekday-afternoon' as const],
  since: '2026-01-05',
  insuredUntil: null,
  guardianName: null,
  guardianPhone: null,
  guardianAgreedOn: null,
  expertise: '',
  notes: '',
  ...over,
});
const enter = async (over: object = {}, username = 'worker') =>
  (await (await t.as(username)).ok(volunteers.createVolunteer, { body: draft(over) })).id;
const task = (over: object = {}) => ({
  title: '陪长者散步',
  class: 'elder-care' as const,
  startsAt: '2026-03-06T06:00:00.000Z',
  endsAt: '2026-03-06T08:00:00.000Z',
  place: '社区花园',
  areaId: null,
  wanted: 1,
  skills: ['talk' as const],
  risky: false,
  says: '陪一位长者走一走，聊聊天。',
  criteria: {
    needed: { met: true, says: '三位长者独居' },
    professional: { met: true, says: '社工带着做' },
    broad: { met: false, says: '只有三户' },
  },
  forKind: 'own' as const,
  forId: null as string | null,
  ...over,
});
const codeOf = async (username: string, endpoint: never, ask: object) => {
  const { status, error } = await (await t.as(username)).call(endpoint, ask as never);
  return status === 200 ? 200 : (error.code ?? status);
};
const code = (username: string, endpoint: unknown, ask: object) => codeOf(username, endpoint as never, ask);

const utf8 = (raw: string) => Buffer.from(raw, 'latin1').toString('utf8');

describe('the register', () => {
  it('keeps a person enciphered, knows a second entry, and shows each role what it may see', async () => {
    const params = { id: await enter({ name: '申屠明月', idNumber: '440306198005010017', idAgreedOn: '2026-01-05' }).catch(() => '') };
    expect(params.id).not.toBe('');
    const { rows } = await sql<{ one: string }>`select to_jsonb(c)::text || to_jsonb(v)::text as one from volunteer_content c
      join volunteer v on v.id = c.id where c.id = ${params.id}`.execute(t.owner);
    expect(rows[0]?.one).not.toMatch(/申屠明月|440306198005010017|1990010/);
    for (const [who, sees] of [
      ['worker', true],
      ['head', true],
      ['centre', true],
      ['agency', false],
      ['officer', false],
      ['street', false],
    ] as const) {
      const one = await (await t.as(who)).ok(volunteers.readVolunteer, { params });
      expect([who, one.name, one.phone !== null, one.age !== null, one.minutes === null]).toEqual([who, '申屠*月', sees, sees, !sees]);
    }
    for (const who of ['worker2', 'bworker']) expect([who, await code(who, volunteers.readVolunteer, { params })]).toEqual([who, 404]);
    // The same person at another station: the station's name and nothing else.
    const again = await (await t.as('worker2')).call(volunteers.createVolunteer, {
      body: draft({ name: '别名', idNumber: '440306198005010017', idAgreedOn: '2026-01-05' }),
    });
    expect([again.error.code, again.error.facts]).toEqual(['volunteers.known', { station: '一街道社工站' }]);
    // By a sealed name it is found; by another it is not.
    const worker = await t.as('worker');
    const found = async (typed: string) => {
      const { lookup } = await worker.ok(cases.sealLookup, { body: { typed } });
      return (await worker.ok(volunteers.listVolunteers, { query: { lookup } })).rows.map((r) => r.id);
    };
    expect([await found('申屠明月'), await found('申屠明')]).toEqual([[params.id], []]);
    const opened = await worker.ok(volunteers.unmaskVolunteer, { params, body: { field: 'idNumber', reason: '核对登记' } });
    expect(opened.value).toBe('440306198005010017');
    const { status, raw } = await worker.call(volunteers.exportVolunteers, { query: { skill: ['talk'], reason: '季度核对' } });
    const text = readable(Buffer.from(raw, 'latin1'));
    expect([status, text.includes('申屠*月'), text.includes('申屠明月')]).toEqual([200, true, false]);
  });

  it('asks a guardian for a minor, agreement for an ID number, and some way to reach somebody', async () => {
    const guardian = { guardianName: '卓父', guardianPhone: '19900200001', guardianAgreedOn: '2026-01-02' };
    for (const [over, answer] of [
      [{ birthOn: '2012-03-06' }, 'volunteers.too-young'],
      [{ birthOn: '2008-03-06' }, 'volunteers.guardian-missing'],
      [{ birthOn: '2008-03-06', ...guardian, guardianAgreedOn: null }, 'volunteers.guardian-missing'],
      [{ idNumber: '440306198005010017' }, 'volunteers.id-not-agreed'],
      [{ phone: null }, 'volunteers.reach-missing'],
      [{ since: '2026-03-06' }, 'volunteers.day-ahead'],
      [{ areas: [t.world.otherDistrictId] }, 'volunteers.area-unknown'],
      [{ birthOn: '2008-03-05', name: '刚成年' }, 200],
      [{ birthOn: '2012-03-05', name: '卓小宁', phone: null, ...guardian }, 200],
    ] as const)
      expect([over, await code('worker', volunteers.createVolunteer, { body: draft(over) })]).toEqual([over, answer]);
    const { rows } = await (await t.as('head')).ok(volunteers.listVolunteers, { query: {} });
    expect(rows.map((r) => r.name)).toContain('卓某某');
  });

  it('changes without masks, pauses, comes back, leaves once nothing is open, and is erased on the own wish', async () => {
    const id = await enter({ name: '闾丘安', phone: '19900300001' });
    const params = { id };
    const worker = await t.as('worker');
    const change = { ...draft({ phone: null }), name: null, dropIdNumber: false, team: '新队', version: 1 };
    expect((await worker.ok(volunteers.updateVolunteer, { params, body: change })).version).toBe(2);
    expect((await worker.ok(volunteers.unmaskVolunteer, { params, body: { field: 'phone', reason: '通知培训' } })).value).toBe(
      '19900300001',
    );
    expect(await code('worker', volunteers.updateVolunteer, { params, body: change })).toBe('record.changed-meanwhile');
    const move = (name: string, version: number) =>
      code('worker', volunteers.moveVolunteer, { params, body: { move: name, says: '家里有事', version } });
    expect([await move('resume', 2), await move('pause', 2), await move('resume', 3)]).toEqual(['volunteers.moved-on', 200, 200]);
    expect(await code('head', volunteers.eraseVolunteer, { params, body: { because: 'asked', version: 4 } })).toBe(
      'volunteers.not-withdrawn',
    );
    expect([await move('withdraw', 4), await move('resume', 5)]).toEqual([200, 'volunteers.moved-on']);
    const paper = { params, query: { kind: 'copy', format: 'html', reason: '本人要求' } } as const;
    expect(utf8((await worker.call(volunteers.printVolunteer, paper)).raw)).toContain('19900300001');
    expect(await code('head', volunteers.eraseVolunteer, { params, body: { because: 'asked', version: 5 } })).toBe(200);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from row_history where row_id = ${id} and (before is not null or after is not null)`.execute(t.owner);
    expect(rows).toEqual([{ n: 0 }]);
    expect(await (await t.as('head')).ok(volunteers.readVolunteer, { params })).toMatchObject({ name: '已删除', phone: null, can: [] });
    expect(await code('worker', volunteers.printVolunteer, paper)).toBe('volunteers.erased');
  });
});

describe('a task', () => {
  it('is led by a worker, proposes who fits and why, and its hours are settled once by the lead', async () => {
    const worker = await t.as('worker');
    const fits = await enter({ name: '东郭合适', areas: [t.world.streetId] });
    const busy = await enter({ name: '东郭正忙' });
    const far = await enter({ name: '东郭不会', skills: ['law'] });
    const { id } = await worker.ok(volunteers.createVolunteerTask, { body: task({ areaId: t.world.streetId }) });
    const params = { id };
    // Why it was chosen (LC-13) is told with each of the three criteria, stands with the task and leaves with the list.
    expect((await worker.call(volunteers.createVolunteerTask, { body: task({ criteria: null }) })).status).toBe(400);
    const chosen = (await worker.ok(volunteers.listVolunteerTasks, { query: {} as never })).rows.find((r) => r.id === id)?.criteria;
    expect(chosen).toEqual(task().criteria);
    expect(chosen === null || chosen === undefined ? [] : criteriaLines(chosen)).toContain('受益广泛：不符合。只有三户');
    const proposed = async (of = id) =>
      new Map((await worker.ok(volunteers.listVolunteerProposals, { params: { id: of } })).rows.map((r) => [r.id, r.reasons]));
    expect((await proposed()).get(fits)).toEqual(['skill', 'area', 'slot', 'load']);
    expect([(await proposed()).get(busy), (await proposed()).has(far)]).toEqual([['skill', 'any-area', 'slot', 'load'], false]);
    await worker.ok(volunteers.inviteVolunteers, { params, body: { volunteerIds: [fits, busy] } });
    expect(await code('worker', volunteers.inviteVolunteers, { params, body: { volunteerIds: [fits] } })).toBe('volunteers.asked-before');
    const read = () => worker.ok(volunteers.readVolunteerTask, { params });
    const turnOf = async (of: string) => (await read()).turns.find((x) => x.volunteerId === of)?.id ?? '';
    const move = (name: string, version: number, says = '') =>
      code('worker', volunteers.moveVolunteerTask, { params, body: { move: name, says, version } });
    const answer = async (of: string, to: string) =>
      code('worker', volunteers.answerTurn, { params: { id, turnId: await turnOf(of) }, body: { to } });
    expect(await move('staff', 1)).toBe('volunteers.nobody-comes');
    expect([await answer(fits, 'confirmed'), await answer(busy, 'confirmed'), await answer(busy, 'declined')]).toEqual([
      200,
      'volunteers.enough',
      200,
    ]);
    // Times that people agreed to stay; whoever agreed is not asked elsewhere at that hour, nor leaves unseen.
    const moved = { ...task({ areaId: t.world.streetId }), endsAt: '2026-03-06T09:00:00.000Z', version: 1 };
    expect(await code('worker', volunteers.updateVolunteerTask, { params, body: moved })).toBe('volunteers.people-fixed');
    const second = await worker.ok(volunteers.createVolunteerTask, {
      body: task({ startsAt: '2026-03-06T07:59:00.000Z', endsAt: '2026-03-06T09:00:00.000Z' }),
    });
    // A plan that says nothing of why it was chosen leaves that as it stands.
    const without = {
      ...task({ startsAt: '2026-03-06T07:59:00.000Z', endsAt: '2026-03-06T09:00:00.000Z', criteria: undefined }),
      version: 1,
    };
    await worker.ok(volunteers.updateVolunteerTask, { params: { id: second.id }, body: without });
    expect((await worker.ok(volunteers.readVolunteerTask, { params: { id: second.id } })).criteria).toEqual(task().criteria);
    expect((await proposed(second.id)).has(fits)).toBe(false);
    expect(await code('worker', volunteers.inviteVolunteers, { params: { id: second.id }, body: { volunteerIds: [fits] } })).toBe(
      'volunteers.busy',
    );
    expect(await code('worker', volunteers.moveVolunteer, { params: { id: fits }, body: { move: 'withdraw', says: '', version: 1 } })).toBe(
      'volunteers.still-in-tasks',
    );
    expect(await move('staff', 1)).toBe(200);
    const turnId = await turnOf(fits);
    const hours = (minutes: number | null, version: number) =>
      code('worker', volunteers.recordVolunteerHours, { params, body: { hours: [{ turnId, minutes }], summary: '', version } });
    expect(await hours(90, 2)).toBe('volunteers.not-yet');
    t.clock.set('2026-03-06T08:30:00.000Z');
    const waiting = async () =>
      (await (await t.as('worker')).ok(home.readWorkbench, {})).todos.filter((x) => x.recordId === id).map((x) => x.kind);
    expect(await waiting()).toEqual(['volunteer-task']);
    expect([await hours(121, 2), await hours(90, 2)]).toEqual(['volunteers.hours-too-long', 200]);
    expect(await code('worker', volunteers.recordVolunteerHours, { params, body: { hours: [], summary: '', version: 3 } })).toBe(
      'volunteers.hours-missing',
    );
    expect(await waiting()).toEqual(['volunteer-hours']);
    const ledger = async (username = 'worker') =>
      (await (await t.as(username)).ok(volunteers.readVolunteerLedger, { query: { period: '2026-03' } })).total;
    expect((await ledger()).minutes).toBe(0);
    expect([await move('settle', 3), await hours(60, 4)]).toEqual([200, 'volunteers.moved-on']);
    for (const username of ['worker', 'head', 'centre', 'agency', 'officer', 'street'])
      expect([username, await ledger(username)]).toMatchObject([username, { tasks: 1, times: 1, persons: 1, minutes: 90 }]);
    expect([await ledger('worker2'), await ledger('bworker')]).toMatchObject([{ minutes: 0 }, { minutes: 0 }]);
    // Once settled the database itself holds the hours.
    const { rows } = await sql<{ status: string }>`select status from volunteer_turn where id = ${turnId}`.execute(t.owner);
    expect(rows).toEqual([{ status: 'came' }]);
    const paper = (over: object) =>
      worker.call(volunteers.printVolunteer, {
        params: { id: fits },
        query: { kind: 'certificate', format: 'html', reason: '本人申请', ...over },
      });
    expect(utf8((await paper({})).raw)).toMatch(/志愿服务记录证明[\s\S]*东郭合适[\s\S]*1 小时 30 分/);
    expect((await paper({ to: '2026-03-05' })).error.code).toBe('volunteers.no-hours');
    const file = await (await t.as('head')).call(volunteers.exportVolunteerLedger, { query: { period: '2026', reason: '年度报表' } });
    expect(readable(Buffer.from(file.raw, 'latin1'))).toContain('东郭*适');
    const sums = await (await t.as('officer')).call(volunteers.exportVolunteerLedger, { query: { period: '2026', reason: '年度报表' } });
    expect([sums.status, readable(Buffer.from(sums.raw, 'latin1')).includes('东郭')]).toEqual([200, false]);
    t.clock.set('2026-03-05T02:00:00.000Z');
  });

  it('tells volunteers nothing of whom it serves, and stands beside work in reach only', async () => {
    const worker = await t.as('worker');
    const recipient = { name: '百里小桃', gender: 'female' as const, birthOn: null, idNumber: null, phone: '19900400001', address: null };
    const words = {
      household: '',
      aliases: [],
      school: null,
      serviceDomain: 'family' as const,
      domain: 'parent-child' as const,
      helpFields: ['family'],
      risk: 'low' as const,
      summary: '常和家里争吵',
    };
    const { id: caseId } = await worker.ok(cases.createCase, { body: { recipient, ...words } as never });
    const visit = await worker.ok(visits.planVisit, {
      body: { caseId, plannedOn: '2026-03-06', half: 'morning', reason: 'regular', why: '' },
    });
    const body = task({ forKind: 'visit', forId: visit.id });
    for (const [over, answer] of [
      [{ title: '陪百里小桃散步' }, 'volunteers.text-names-recipient'],
      [{ says: '小桃 喜欢下棋' }, 'volunteers.text-names-recipient'],
      [{ says: '到了打 199 0040 0001' }, 'volunteers.text-names-recipient'],
      [{ place: '找门卫 13800138000' }, 'volunteers.text-has-number'],
      [{ endsAt: '2026-03-06T06:00:00.000Z' }, 'volunteers.ends-before'],
      [{ forId: caseId }, 'volunteers.for-unknown'],
    ] as const)
      expect([over, await code('worker', volunteers.createVolunteerTask, { body: { ...body, ...over } })]).toEqual([over, answer]);
    expect(await code('worker2', volunteers.createVolunteerTask, { body })).toBe('volunteers.for-unknown');
    const { id } = await worker.ok(volunteers.createVolunteerTask, { body });
    expect((await worker.ok(volunteers.readVolunteerTask, { params: { id } })).opens).toBe(`/visits/${visit.id}`);
    // The centre sees the task and not the visit.
    expect((await (await t.as('centre')).ok(volunteers.readVolunteerTask, { params: { id } })).opens).toBeNull();
    expect(await code('worker', volunteers.moveVolunteerTask, { params: { id }, body: { move: 'cancel', says: '', version: 1 } })).toBe(
      'volunteers.reason-missing',
    );
    expect(await code('worker', volunteers.moveVolunteerTask, { params: { id }, body: { move: 'cancel', says: '改期', version: 1 } })).toBe(
      200,
    );
  });

  it('asks who is insured where something may happen, and a minor not for long', async () => {
    const worker = await t.as('worker');
    const guardian = { guardianName: '南门母', guardianPhone: '19900500001', guardianAgreedOn: '2026-01-02' };
    const bare = await enter({ name: '南门无险' });
    const insured = await enter({ name: '南门有险', insuredUntil: '2026-03-06' });
    const young = await enter({ name: '南门少年', birthOn: '2010-01-01', insuredUntil: '2026-12-31', ...guardian });
    const { id } = await worker.ok(volunteers.createVolunteerTask, {
      body: task({ risky: true, wanted: 9, endsAt: '2026-03-06T10:01:00.000Z' }),
    });
    const invite = (one: string) => code('worker', volunteers.inviteVolunteers, { params: { id }, body: { volunteerIds: [one] } });
    expect([await invite(bare), await invite(young), await invite(insured)]).toEqual([
      'volunteers.not-insured',
      'volunteers.minor-too-long',
      200,
    ]);
    await worker.ok(volunteers.moveVolunteer, { params: { id: bare }, body: { move: 'pause', says: '', version: 1 } });
    expect(await invite(bare)).toBe('volunteers.not-active');
  });

  it('goes no further without a lead at work; the head gives it to somebody who is', async () => {
    const { s1 } = t.world.stations;
    const { worker, worker2, worker3: other } = t.world.persons as Record<string, string>;
    const { id } = await (await t.as('worker')).ok(volunteers.createVolunteerTask, { body: task() });
    const params = { id };
    const give = (leadId: string | undefined, username = 'head') =>
      code(username, volunteers.handOverVolunteerTask, { params, body: { leadId, says: '调离本站', version: 1 } });
    expect([await give(worker2), await give(worker)]).toEqual(['volunteers.lead-unknown', 'volunteers.lead-unknown']);
    await sql`update role_assignment set station_id = ${t.world.stations.s3} where person_id = ${worker} and role = 'worker'`.execute(
      t.owner,
    );
    try {
      const head = await t.as('head');
      const seen = await head.ok(volunteers.readVolunteerTask, { params });
      expect([seen.leadActive, seen.can]).toEqual([false, ['hand-over']]);
      const lost = await head.ok(home.readWorkbench, {});
      expect(lost.todos.filter((x) => x.recordId === id).map((x) => x.kind)).toEqual(['volunteer-lead']);
      const body = { move: 'cancel', says: '改期', version: 1 };
      expect(await code('worker', volunteers.moveVolunteerTask, { params, body })).toBe('volunteers.lead-gone');
      expect(await give(other)).toBe(200);
      expect(await head.ok(volunteers.readVolunteerTask, { params })).toMatchObject({
        leadActive: true,
        leadId: other,
        handedSays: '调离本站',
      });
    } finally {
      await sql`update role_assignment set station_id = ${s1} where person_id = ${worker} and role = 'worker'`.execute(t.owner);
    }
    expect(await code('worker', volunteers.moveVolunteerTask, { params, body: { move: 'cancel', says: '改期', version: 2 } })).toBe(
      'volunteers.lead-only',
    );
  });
});
