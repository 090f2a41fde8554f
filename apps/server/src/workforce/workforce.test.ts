import { readSession, signIn } from '@jieyou/core/identity/endpoints.ts';
import * as endpoints from '@jieyou/core/workforce/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const draft = (over: object = {}) => ({
  name: '单小满',
  gender: 'female' as const,
  post: '社工',
  level: 'assistant' as const,
  organisationId: t.world.organisations.o1,
  stationId: t.world.stations.s1,
  phone: null,
  joinedOn: '2026-02-01',
  ...over,
});

const assignment = (personId: string, role: string, over: object = {}) =>
  ({
    personId,
    role,
    stationId: null,
    organisationId: null,
    divisionId: null,
    validFrom: '2026-03-01',
    validTo: null,
    deputyId: null,
    ...over,
  }) as never;

/** A worker without an account, made by the system administrator. */
const newWorker = async (over: object = {}) => {
  const system = await t.as('system');
  const { id } = await system.ok(endpoints.createWorker, { body: draft(over) as never });
  return system.ok(endpoints.readWorker, { params: { id } });
};

test('each role lists the workers within its reach and no others', async () => {
  const names = async (username: string) =>
    (await (await t.as(username)).ok(endpoints.listWorkers, { query: { limit: 100 } })).rows.map((row) => row.name).sort();
  const district = ['周晓岚', '吴启明', '郑可欣'].sort();
  expect(await names('centre')).toEqual(district);
  expect(await names('officer')).toEqual(district);
  expect(await names('head')).toEqual(['周晓岚', '郑可欣'].sort());
  expect(await names('head2')).toEqual(['吴启明']);
  expect(await names('agency')).toEqual(['周晓岚', '郑可欣'].sort());
  expect(await names('street')).toEqual(district);
  expect(await names('street2')).toEqual([]);
  expect(await names('bcentre')).toEqual(['乙区社工']);
  expect((await (await t.as('worker')).call(endpoints.listWorkers)).status).toBe(403);
});

test('a worker out of reach reads like one who does not exist', async () => {
  const id = (await (await t.as('centre')).ok(endpoints.listWorkers, { query: { text: '吴启明' } })).rows[0]?.id ?? '';
  expect((await (await t.as('head2')).ok(endpoints.readWorker, { params: { id } })).stationName).toBe('一街道第二社工站');
  for (const username of ['head', 'agency', 'street2', 'bcentre']) {
    const answer = await (await t.as(username)).call(endpoints.readWorker, { params: { id } });
    const missing = await (await t.as(username)).call(endpoints.readWorker, { params: { id: t.world.streetId } });
    expect([username, answer.status, answer.error.error]).toEqual([username, missing.status, missing.error.error]);
  }
});

test('a name is found by characters, pinyin and initials, with the surname read as one', async () => {
  await newWorker();
  const centre = await t.as('centre');
  const found = async (text: string) => (await centre.ok(endpoints.listWorkers, { query: { text } })).rows.map((row) => row.name);
  for (const text of ['单小满', '小满', 'shanxiaoman', 'Shan Xiao', 'sxm', 'SXM'])
    expect([text, await found(text)]).toEqual([text, ['单小满']]);
  for (const text of ['dan', '%', '_', '满小', "'"]) expect([text, await found(text)]).toEqual([text, []]);
});

test('pages by key give every worker once, in either order', async () => {
  for (let i = 0; i < 5; i += 1) await newWorker({ name: `钱同名`, joinedOn: `2026-01-0${i % 2 === 0 ? 1 : 2}` });
  const centre = await t.as('centre');
  for (const sort of ['name', 'joined'] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await centre.ok(endpoints.listWorkers, {
        query: { text: '钱同名', limit: 2, sort, ...(after === undefined ? {} : { after }) },
      });
      seen.push(...page.rows.map((row) => row.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  }
});

test('an agency registers workers of its own only, at stations that exist', async () => {
  const agency = await t.as('agency');
  expect(
    (await agency.call(endpoints.createWorker, { body: draft({ organisationId: t.world.organisations.o2 }) as never })).error.code,
  ).toBe('workforce.not-your-agency');
  expect((await agency.call(endpoints.createWorker, { body: draft({ stationId: t.world.stations.b1 }) as never })).error.code).toBe(
    'workforce.station-unknown',
  );
  const made = await agency.ok(endpoints.createWorker, { body: draft({ name: '本机构新人' }) as never });
  expect(made.version).toBe(1);
  const moved = await agency.call(endpoints.updateWorker, {
    params: { id: made.id },
    body: { version: 1, organisationId: t.world.organisations.o2 },
  });
  expect(moved.error.code).toBe('workforce.not-your-agency');
  const others = await (await t.as('agency2')).call(endpoints.updateWorker, {
    params: { id: made.id },
    body: { version: 1, post: '主任' },
  });
  expect(others.status).toBe(404);
  const system = await t.as('system');
  expect((await system.call(endpoints.createWorker, { body: draft({ organisationId: t.world.organisations.ob }) as never })).status).toBe(
    404,
  );
});

test('of two edits of the same version the second is refused and changes nothing', async () => {
  const worker = await newWorker({ name: '两次修改' });
  const system = await t.as('system');
  const first = await system.ok(endpoints.updateWorker, {
    params: { id: worker.id },
    body: { version: worker.version, post: '督导助理', level: 'senior' },
  });
  expect(first.version).toBe(2);
  const second = await system.call(endpoints.updateWorker, { params: { id: worker.id }, body: { version: worker.version, post: '别的' } });
  expect(second.error.code).toBe('record.changed-meanwhile');
  expect(await system.ok(endpoints.readWorker, { params: { id: worker.id } })).toMatchObject({
    post: '督导助理',
    level: 'senior',
    version: 2,
  });
});

test('who still holds work cannot leave; who leaves loses the roles of a worker', async () => {
  const agency = await t.as('agency');
  const worker = await newWorker({ name: '要离职的' });
  const recipient = worker.id;
  await t.owner
    .insertInto('recipient')
    .values({
      districtId: t.world.districtId,
      id: recipient,
      stationId: t.world.stations.s1,
      workerId: worker.personId,
      gender: 'female',
      nameMasked: '李*',
      nameCt: 'x',
      nameIndex: 'x',
    })
    .execute();
  await t.owner
    .insertInto('caseFile')
    .values({
      districtId: t.world.districtId,
      id: worker.id,
      number: 'T-1',
      status: 'open',
      recipientId: recipient,
      workerId: worker.personId,
      stationId: t.world.stations.s1,
      divisionPath: '/',
      domain: 'parent-child',
      serviceDomain: 'family',
      helpFields: [],
      risk: 'low',
      openedOn: '2026-03-01',
      updatedAt: '2026-03-01T00:00:00Z',
    })
    .execute();
  const leave = (version: number, leftOn = '2026-03-05') =>
    agency.call(endpoints.updateWorker, { params: { id: worker.id }, body: { version, leftOn } });
  expect((await leave(1)).error).toMatchObject({ code: 'workforce.still-holds-work', facts: { cases: 1 } });
  await t.owner.updateTable('caseFile').set({ status: 'closed' }).where('id', '=', worker.id).execute();
  expect((await leave(1, '2026-01-31')).error.fields?.[0]?.path).toBe('leftOn');

  await (await t.as('security')).ok(endpoints.createAssignment, {
    body: { ...(assignment(worker.personId, 'worker') as object), username: 'leaver' } as never,
  });
  expect((await leave(1)).status).toBe(200);
  const role = await t.owner.selectFrom('roleAssignment').select('validTo').where('personId', '=', worker.personId).executeTakeFirst();
  expect(role?.validTo).toBe('2026-03-05');
  const listed = async (state: 'left' | 'serving') =>
    (await agency.ok(endpoints.listWorkers, { query: { state, text: '要离职的' } })).rows.length;
  expect([await listed('left'), await listed('serving')]).toEqual([1, 0]);
});

test('a picker offers people who hold a role and can sign in, of the own district, at most twenty', async () => {
  const centre = await t.as('centre');
  const everyone = await centre.ok(endpoints.listPeople);
  expect(everyone.rows).toHaveLength(20);
  expect(everyone.rows.some((row) => row.name.startsWith('乙区'))).toBe(false);
  const supervisors = await centre.ok(endpoints.listPeople, { query: { role: ['supervisor'] } });
  expect(supervisors.rows.map((row) => [row.name, row.organisationName, row.roles])).toEqual([['高远', '二为社工服务社', ['supervisor']]]);
  const unknown = await newWorker({ name: '没有账号的人' });
  expect((await centre.ok(endpoints.listPeople, { query: { text: unknown.name } })).rows).toEqual([]);
  const appointing = await (await t.as('security')).ok(endpoints.listPeople, { query: { text: unknown.name } });
  expect(appointing.rows.map((r) => r.name)).toEqual([unknown.name]);
});

test('a first role opens an account whose one-time password signs in and must be changed', async () => {
  const worker = await newWorker({ name: '新同事' });
  const security = await t.as('security');
  const without = await security.call(endpoints.createAssignment, { body: assignment(worker.personId, 'worker') });
  expect(without.error.code).toBe('workforce.username-needed');
  const taken = await security.call(endpoints.createAssignment, {
    body: { ...(assignment(worker.personId, 'worker') as object), username: 'centre' } as never,
  });
  expect(taken.error).toMatchObject({ code: 'workforce.username-taken', facts: { username: 'centre' } });

  const opened = await security.ok(endpoints.createAssignment, {
    body: { ...(assignment(worker.personId, 'worker') as object), username: 'newcomer' } as never,
  });
  expect(opened.oneTimePassword).toMatch(/^[a-zA-Z2-9]{14}$/);
  const kept = await t.owner.selectFrom('account').selectAll().where('username', '=', 'newcomer').executeTakeFirstOrThrow();
  expect(kept.mustChange).toBe(true);
  expect(kept.passwordHash).toContain('$argon2id$');
  const session = await t.nobody.ok(signIn, { body: { username: 'newcomer', password: opened.oneTimePassword ?? '' } });
  expect(session.stage).toBe('change-password');

  const second = await security.ok(endpoints.createAssignment, {
    body: assignment(worker.personId, 'head', { stationId: t.world.stations.s1 }),
  });
  expect([second.username, second.oneTimePassword]).toEqual(['newcomer', null]);
});

test('the three administrators exclude each other and every other role, deputies included', async () => {
  const security = await t.as('security');
  const { persons } = t.world;
  const refused = async (body: never) => (await security.call(endpoints.createAssignment, { body })).error.code;
  expect(await refused(assignment(persons.worker ?? '', 'audit'))).toBe('workforce.roles-exclude');
  expect(await refused(assignment(persons.audit ?? '', 'system'))).toBe('workforce.roles-exclude');
  expect(await refused(assignment(persons.worker ?? '', 'supervisor', { deputyId: persons.system }))).toBe('workforce.roles-exclude');
  expect(await refused(assignment(persons.security ?? '', 'worker'))).toBe('workforce.own-role');
  expect(await refused(assignment(persons.worker ?? '', 'supervisor', { deputyId: persons.security }))).toBe('workforce.own-role');
  expect(await refused(assignment(persons.worker ?? '', 'supervisor', { deputyId: persons.worker }))).toBe('workforce.deputy-is-self');
  expect(await refused(assignment(persons.bworker ?? '', 'supervisor'))).toBe('workforce.person-unknown');
});

test('a role that reaches by scope needs one of the own district', async () => {
  const security = await t.as('security');
  const { persons, stations, organisations, streetId, districtId } = t.world;
  const answer = (role: string, scope: object) =>
    security.call(endpoints.createAssignment, { body: assignment(persons.worker3 ?? '', role, scope) });
  expect((await answer('head', {})).error).toMatchObject({ code: 'workforce.scope-missing', facts: { needs: '站点' } });
  expect((await answer('head', { stationId: stations.b1 })).error.code).toBe('workforce.scope-missing');
  expect((await answer('agency', { organisationId: organisations.ob })).error.code).toBe('workforce.scope-missing');
  expect((await answer('street', { divisionId: districtId })).error.code).toBe('workforce.scope-missing');
  const { id } = await security.ok(endpoints.createAssignment, {
    body: assignment(persons.worker3 ?? '', 'street', { divisionId: streetId, stationId: stations.s2 }),
  });
  const row = await t.owner.selectFrom('roleAssignment').select(['divisionId', 'stationId']).where('id', '=', id).executeTakeFirst();
  expect(row).toEqual({ divisionId: streetId, stationId: null });
  expect((await answer('supervisor', { validTo: '2026-02-01' })).error.fields?.[0]?.path).toBe('validTo');
});

test('while somebody is absent the deputy holds the role, and a session that is open hears of it at once', async () => {
  const security = await t.as('security');
  const { persons } = t.world;
  const { rows } = await security.ok(endpoints.listAssignments, { query: { text: '孙立春' } });
  const assigned = rows[0];
  const deputy = await t.as('worker3');
  expect((await deputy.ok(readSession)).account.roles).not.toContain('head');
  await security.ok(endpoints.updateAssignment, {
    params: { id: assigned?.id ?? '' },
    body: { version: assigned?.version ?? 0, deputyId: persons.worker3 ?? null },
  });

  const head = await t.as('head');
  const absence = await head.ok(endpoints.recordAbsence, { body: { fromDay: '2026-03-05', toDay: '2026-03-06', reason: '年假' } });
  expect((await deputy.ok(readSession)).account).toMatchObject({ roles: expect.arrayContaining(['head']), deputyFor: ['孙立春'] });
  expect((await head.ok(endpoints.listAbsences)).rows).toMatchObject([{ name: '孙立春', deputies: ['郑可欣'] }]);
  expect((await security.ok(endpoints.listAssignments, { query: { text: '孙立春' } })).rows[0]).toMatchObject({
    absentNow: true,
    deputyName: '郑可欣',
  });

  expect((await (await t.as('head2')).ok(endpoints.listAbsences)).rows).toEqual([]);
  expect((await (await t.as('head2')).call(endpoints.endAbsence, { params: { id: absence.id } })).status).toBe(404);
  await head.ok(endpoints.endAbsence, { params: { id: absence.id } });
  expect((await deputy.ok(readSession)).account.roles).not.toContain('head');
  expect((await head.call(endpoints.endAbsence, { params: { id: absence.id } })).status).toBe(404);
});

test('an absence of somebody else is recorded by the security administrator only', async () => {
  const { persons } = t.world;
  const body = { personId: persons.worker2 ?? '', fromDay: '2026-03-10', toDay: '2026-03-10', reason: '培训' };
  expect((await (await t.as('head2')).call(endpoints.recordAbsence, { body })).status).toBe(403);
  const security = await t.as('security');
  await security.ok(endpoints.recordAbsence, { body });
  expect((await security.ok(endpoints.listAbsences)).rows.map((row) => row.name)).toContain('吴启明');
  expect((await security.call(endpoints.recordAbsence, { body: { ...body, toDay: '2026-03-09' } })).error.code).toBe(
    'workforce.absence-backwards',
  );
  expect((await security.call(endpoints.recordAbsence, { body: { ...body, personId: persons.bworker ?? '' } })).error.code).toBe(
    'workforce.person-unknown',
  );
});

test('a role that ends today still counts today and is gone tomorrow', async () => {
  const security = await t.as('security');
  const row = (await security.ok(endpoints.listAssignments, { query: { text: '何静' } })).rows[0];
  await security.ok(endpoints.updateAssignment, {
    params: { id: row?.id ?? '' },
    body: { version: row?.version ?? 0, validTo: '2026-03-05' },
  });
  const centre3 = await t.as('centre3');
  expect((await centre3.ok(readSession)).account.roles).toEqual(['centre']);
  const states = async () => (await security.ok(endpoints.listAssignments, { query: { text: '何静', state: 'ended' } })).rows.length;
  expect(await states()).toBe(0);
  t.clock.advance({ days: 1 });
  expect((await centre3.call(endpoints.listRota)).status).toBe(403);
  expect(await states()).toBe(1);
  t.clock.advance({ days: -1 });
});

test('the rota names two people of the centre a day and can be changed', async () => {
  const centre = await t.as('centre');
  const { persons } = t.world;
  const save = (dutyId: string | undefined, backupId: string | undefined, day = '2026-03-07') =>
    centre.call(endpoints.saveRota, { params: { day }, body: { dutyId: dutyId ?? '', backupId: backupId ?? '', phone: '075500000000' } });
  expect((await save(persons.centre, persons.centre)).error.code).toBe('workforce.rota-same-person');
  expect((await save(persons.centre, persons.worker)).error.code).toBe('workforce.person-unknown');
  expect((await save(persons.centre, persons.bcentre)).error.code).toBe('workforce.person-unknown');
  expect((await save(persons.centre, persons.centre2)).body.version).toBe(1);
  expect((await save(persons.centre2, persons.centre)).body.version).toBe(2);
  await save(persons.centre, persons.centre2, '2026-05-03');
  await save(persons.centre, persons.centre2, '2026-05-04');
  const { rows } = await centre.ok(endpoints.listRota);
  expect(rows.map((row) => [row.day, row.dutyName])).toEqual([
    ['2026-03-07', '林佳'],
    ['2026-05-03', '陈敏仪'],
  ]);
  expect((await (await t.as('bcentre')).ok(endpoints.listRota)).rows).toEqual([]);
});
