import * as endpoints from '@jieyou/core/experts/endpoints.ts';
import { day } from '@jieyou/core/shared/day.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { bareInvitation, bareRequest } from '../../test/rows.ts';
import { idAt } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import { expertsForPanel } from './index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const draft = (over: object = {}) =>
  ({
    name: '仇和',
    gender: 'unknown',
    title: '就业指导师',
    organisationId: null,
    organisationName: '外部单位',
    helpFields: ['employment'],
    specialities: '残障人士支持性就业',
    termFrom: '2026-01-01',
    termTo: '2026-03-05',
    maxPanelsPerMonth: 2,
    weekdays: [1, 3],
    ...over,
  }) as never;

const expertOf = async (username: string) =>
  (await t.as('centre')).ok(endpoints.readExpert, { params: { id: t.world.experts[username] ?? '' } });

test('an expert is engaged, found, and out of term on the day after the last', async () => {
  const centre = await t.as('centre');
  const { id } = await centre.ok(endpoints.createExpert, { body: draft() });
  for (const text of ['仇和', 'qiuhe', 'qh', '支持性就业']) {
    expect((await centre.ok(endpoints.listExperts, { query: { text } })).rows.map((row) => row.id)).toEqual([id]);
  }
  const inTerm = async (state: 'in-term' | 'out-of-term') =>
    (await centre.ok(endpoints.listExperts, { query: { state, helpField: ['employment'] } })).rows.map((row) => row.id);
  expect(await inTerm('in-term')).toContain(id);
  t.clock.advance({ days: 1 });
  expect(await inTerm('in-term')).not.toContain(id);
  expect(await inTerm('out-of-term')).toEqual([id]);
  t.clock.advance({ days: -1 });
  expect(await centre.ok(endpoints.readExpert, { params: { id } })).toMatchObject({
    inTerm: true,
    hasAccount: false,
    panelsThisMonth: 0,
    away: [],
    relations: [],
  });
});

test('a term does not end before it begins, whichever end is changed', async () => {
  const centre = await t.as('centre');
  expect((await centre.call(endpoints.createExpert, { body: draft({ termTo: '2025-12-31' }) })).error.code).toBe('experts.term-backwards');
  const { id } = await centre.ok(endpoints.createExpert, { body: draft({ name: '任期' }) });
  const change = (body: object) => centre.call(endpoints.updateExpert, { params: { id }, body: body as never });
  expect((await change({ version: 1, termFrom: '2026-03-06' })).error.code).toBe('experts.term-backwards');
  expect((await change({ version: 1, termFrom: '2026-03-05', name: '改名' })).body.version).toBe(2);
  expect((await change({ version: 1, active: false })).error.code).toBe('record.changed-meanwhile');
  expect((await centre.ok(endpoints.readExpert, { params: { id } })).name).toBe('改名');
  expect((await change({ version: 2, organisationId: t.world.organisations.ob })).status).toBe(404);
});

test('the bank of another district does not exist, and experts do not read it at all', async () => {
  const id = t.world.experts.bexpert ?? '';
  for (const username of ['centre', 'supervisor', 'officer']) {
    const caller = await t.as(username);
    expect((await caller.call(endpoints.readExpert, { params: { id } })).status).toBe(404);
    expect((await caller.ok(endpoints.listExperts, { query: { limit: 100 } })).rows.map((row) => row.id)).not.toContain(id);
  }
  expect((await (await t.as('expert')).call(endpoints.listExperts)).status).toBe(403);
});

test('an expert keeps the own days away and nobody else’s; the centre keeps all of its district', async () => {
  const own = t.world.experts.expert ?? '';
  const expert = await t.as('expert');
  const away = { fromDay: '2026-03-10', toDay: '2026-03-12' };
  const added = await expert.ok(endpoints.addExpertAway, { params: { id: own }, body: away });
  expect((await expert.call(endpoints.addExpertAway, { params: { id: t.world.experts.expert2 ?? '' }, body: away })).status).toBe(404);
  expect((await expert.call(endpoints.addExpertAway, { params: { id: own }, body: { ...away, toDay: '2026-03-09' } })).error.code).toBe(
    'experts.away-backwards',
  );
  const byCentre = await (await t.as('centre')).ok(endpoints.addExpertAway, {
    params: { id: own },
    body: { fromDay: '2026-04-01', toDay: '2026-04-01' },
  });
  expect((await (await t.as('bcentre')).call(endpoints.addExpertAway, { params: { id: own }, body: away })).status).toBe(404);
  expect((await expertOf('expert')).away.map((row) => row.fromDay)).toEqual(['2026-03-10', '2026-04-01']);
  expect((await (await t.as('expert2')).call(endpoints.removeExpertAway, { params: { id: own, awayId: added.id } })).status).toBe(404);
  expect(
    (await (await t.as('expert2')).call(endpoints.removeExpertAway, { params: { id: t.world.experts.expert2 ?? '', awayId: added.id } }))
      .status,
  ).toBe(404);
  await expert.ok(endpoints.removeExpertAway, { params: { id: own, awayId: byCentre.id } });
  expect((await expertOf('expert')).away).toHaveLength(1);
});

test('days away end after they begin, are not over, and are noted once', async () => {
  const own = t.world.experts.expert3 ?? '';
  const expert = await t.as('expert3');
  const add = (fromDay: string, toDay: string) => expert.call(endpoints.addExpertAway, { params: { id: own }, body: { fromDay, toDay } });
  expect((await add('2026-03-01', '2026-03-04')).error.code).toBe('experts.away-past');
  expect((await add('2026-03-04', '2026-03-05')).status).toBe(200);
  const again = await add('2026-03-05', '2026-03-06');
  expect([again.error.code, again.error.facts]).toEqual(['experts.away-overlaps', { fromDay: '2026-03-04', toDay: '2026-03-05' }]);
  const both = await Promise.all([add('2026-05-01', '2026-05-03'), add('2026-05-03', '2026-05-05')]);
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
});

test('an expert sees the own days, load and absences, and nothing of others; other roles have no such page', async () => {
  const expert = await t.as('expert4');
  const id = t.world.experts.expert4 ?? '';
  await expert.ok(endpoints.addExpertAway, {
    params: { id },
    body: { fromDay: '2026-06-01', toDay: '2026-06-03', reason: '外出讲课' },
  });
  const own = await expert.ok(endpoints.readOwnExpert);
  expect(own).toMatchObject({
    id,
    weekdays: [1, 2, 3, 4, 5],
    maxPanelsPerMonth: 4,
    panelsThisMonth: 0,
    inTerm: true,
    away: [{ fromDay: '2026-06-01', toDay: '2026-06-03', reason: '外出讲课' }],
  });
  expect((await (await t.as('expert2')).ok(endpoints.readOwnExpert)).away).toEqual([]);
  for (const username of ['worker', 'centre', 'supervisor', 'security'])
    expect((await (await t.as(username)).call(endpoints.readOwnExpert)).status).toBe(403);
  await expert.ok(endpoints.removeExpertAway, { params: { id, awayId: own.away[0]?.id ?? '' } });
  expect((await expert.ok(endpoints.readOwnExpert)).away).toEqual([]);
});

test('a relation names one person or one organisation of the district, and can be withdrawn', async () => {
  const centre = await t.as('centre');
  const id = t.world.experts.expert2 ?? '';
  const declare = (body: object) =>
    centre.call(endpoints.declareRelation, {
      params: { id },
      body: { personId: null, organisationId: null, says: '亲属', ...body } as never,
    });
  expect((await declare({})).status).toBe(400);
  expect((await declare({ personId: t.world.persons.worker, organisationId: t.world.organisations.o1 })).status).toBe(400);
  expect((await declare({ personId: t.world.persons.bworker })).error.code).toBe('workforce.person-unknown');
  expect((await declare({ organisationId: t.world.organisations.ob })).error.code).toBe('workforce.person-unknown');
  const made = await declare({ personId: t.world.persons.worker });
  expect((await expertOf('expert2')).relations).toMatchObject([{ otherName: '周晓岚', says: '亲属' }]);
  await centre.ok(endpoints.withdrawRelation, { params: { id, relationId: made.body.id } });
  expect((await expertOf('expert2')).relations).toEqual([]);
  await declare({ organisationId: t.world.organisations.o2 });
});

test('panels of the month count invitations that stand, for those too who see no request', async () => {
  const requestId = await bareRequest(t, { status: 'supporting' });
  const invite = (round: number, status: string, invitedAt: string) =>
    bareInvitation(t, requestId, { expert: 'expert4', round, status, invitedAt });
  // Midnight in Shanghai is 16:00 of the day before in UTC.
  await invite(1, 'invited', '2026-02-28T16:00:00Z');
  await invite(2, 'answered', '2026-03-31T15:59:59Z');
  await invite(3, 'invited', '2026-02-28T15:59:59Z');
  await invite(4, 'accepted', '2026-03-31T16:00:00Z');
  await invite(5, 'declined', '2026-03-10T00:00:00Z');
  await invite(6, 'revoked', '2026-03-10T00:00:00Z');
  for (const username of ['centre', 'supervisor', 'officer']) {
    const { rows } = await (await t.as(username)).ok(endpoints.listExperts, { query: { text: '邹婷' } });
    expect([username, rows[0]?.panelsThisMonth]).toEqual([username, 2]);
  }
});

test('matching gets each expert of the district with what rules them out', async () => {
  const { districtId, organisations, persons, experts } = t.world;
  const supervise = (order: number, supervisorId: string | undefined, toDay: string | null) =>
    t.owner
      .insertInto('supervisionRelation')
      .values({
        id: idAt(9, order),
        districtId,
        supervisorId: supervisorId ?? '',
        workerPersonId: persons.worker ?? '',
        fromDay: '2024-01-01',
        toDay,
      })
      .execute();
  await supervise(1, persons.expert, '2025-06-30');
  await supervise(2, persons.expert, '2024-06-30');
  await supervise(3, persons.expert3, null);
  const given = await workLater(t.services, { district: districtId }, (tx) =>
    expertsForPanel(tx, districtId, persons.worker ?? '', organisations.o1, day('2026-03-05')),
  );
  const of = (username: string) => given.find((expert) => expert.id === experts[username]);
  expect(of('bexpert')).toBeUndefined();
  expect(of('expert')).toMatchObject({
    personId: persons.expert,
    supervisedAskerUntil: '2025-06-30',
    away: [{ from: '2026-03-10', to: '2026-03-12' }],
  });
  expect(of('expert2')).toMatchObject({ declaredRelations: [organisations.o2], supervisedAskerUntil: null, away: [] });
  expect(of('expert3')?.supervisedAskerUntil).toBe('2026-03-05');
  expect(of('expert4')?.panelsThisMonth).toBe(2);
});
