import { updateDivision } from '@jieyou/core/divisions/endpoints.ts';
import * as endpoints from '@jieyou/core/stations/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

// An invented code whose check digit is right (GB 32100).
const CREDIT_CODE = '91350100M000100Y43';

const organisation = (over: object = {}) =>
  ({
    type: 'agency',
    name: '三和社工服务中心',
    creditCode: null,
    divisionId: t.world.districtId,
    contact: '王敏',
    phone: null,
    ...over,
  }) as never;
const station = (over: object = {}) =>
  ({
    tier: 'community-room',
    name: '一街道第一社区社工室',
    divisionId: t.world.streetId,
    operatorId: t.world.organisations.o1,
    host: null,
    phone: null,
    stage: 'preparing',
    ...over,
  }) as never;

test('the directory counts those who serve and shows the own district only', async () => {
  const centre = await t.as('centre');
  const { rows } = await centre.ok(endpoints.listOrganisations);
  expect(rows.map((row) => [row.name, row.workers, row.divisionName])).toEqual([
    ['一心社工服务中心', 2, '甲区'],
    ['二为社工服务社', 1, '甲区'],
  ]);
  await t.owner
    .updateTable('worker')
    .set({ leftOn: '2026-03-05' })
    .where('personId', '=', t.world.persons.worker3 ?? '')
    .execute();
  expect((await centre.ok(endpoints.listOrganisations, { query: { text: '一心' } })).rows[0]?.workers).toBe(1);
  expect((await centre.ok(endpoints.listStations)).rows).toHaveLength(3);
  expect((await (await t.as('bcentre')).ok(endpoints.listStations)).rows.map((row) => row.name)).toEqual(['乙街道社工站']);
});

test('an organisation is registered, found by name and pinyin, and taken out of use', async () => {
  const centre = await t.as('centre');
  const made = await centre.ok(endpoints.createOrganisation, { body: organisation({ creditCode: CREDIT_CODE }) });
  for (const text of ['三和', 'sanhe', 'shegong']) {
    expect((await centre.ok(endpoints.listOrganisations, { query: { text } })).rows.map((row) => row.id)).toContain(made.id);
  }
  const retired = await centre.ok(endpoints.updateOrganisation, {
    params: { id: made.id },
    body: { version: 1, active: false, creditCode: CREDIT_CODE },
  });
  expect(retired.version).toBe(2);
  expect(
    (await centre.call(endpoints.updateOrganisation, { params: { id: made.id }, body: { version: 1, active: true } })).error.code,
  ).toBe('record.changed-meanwhile');
  expect((await centre.call(endpoints.createStation, { body: station({ operatorId: made.id }) })).error.code).toBe(
    'stations.operator-unknown',
  );
});

test('a credit code is registered once in the country, and another district’s holder is not named', async () => {
  const code = '91350100M000100Y43';
  const centre = await t.as('centre');
  expect((await centre.call(endpoints.createOrganisation, { body: organisation({ creditCode: code }) })).error).toMatchObject({
    code: 'stations.credit-code-taken',
    facts: { name: '三和社工服务中心' },
  });
  const abroad = await (await t.as('bcentre')).call(endpoints.createOrganisation, {
    body: organisation({ creditCode: code, divisionId: t.world.otherDistrictId }),
  });
  expect(abroad.error).toMatchObject({ code: 'stations.credit-code-taken', facts: {} });
  expect((await centre.call(endpoints.createOrganisation, { body: organisation({ creditCode: '91350100M000100Y44' }) })).status).toBe(400);
});

test('a station lies in a division of the district that still exists', async () => {
  const centre = await t.as('centre');
  expect((await centre.call(endpoints.createStation, { body: station({ divisionId: t.world.otherDistrictId }) })).error.code).toBe(
    'stations.division-unknown',
  );
  const made = await centre.ok(endpoints.createStation, { body: station() });
  const inStreet = await centre.ok(endpoints.listStations, { query: { divisionId: t.world.streetId, tier: ['community-room'] } });
  expect(inStreet.rows.map((row) => [row.id, row.operatorName, row.stage])).toEqual([[made.id, '一心社工服务中心', 'preparing']]);
  expect((await centre.ok(endpoints.listStations, { query: { divisionId: t.world.districtId } })).rows).toHaveLength(4);

  await (await t.as('system')).ok(updateDivision, { params: { id: t.world.streetId }, body: { version: 1, validTo: '2026-03-04' } });
  expect((await centre.call(endpoints.createStation, { body: station() })).error.code).toBe('stations.division-unknown');
  // What stands there already may still be put right.
  const edited = await centre.ok(endpoints.updateStation, {
    params: { id: made.id },
    body: { version: 1, divisionId: t.world.streetId, stage: 'running' },
  });
  expect(edited.version).toBe(2);
});

test('records of another district do not exist, and who does not keep them may not write', async () => {
  const id = t.world.stations.b1;
  expect((await (await t.as('centre')).call(endpoints.updateStation, { params: { id }, body: { version: 1, host: '社区' } })).status).toBe(
    404,
  );
  expect(
    (
      await (
        await t.as('centre')
      ).call(endpoints.updateOrganisation, { params: { id: t.world.organisations.ob }, body: { version: 1, active: false } })
    ).status,
  ).toBe(404);
  expect((await (await t.as('worker')).call(endpoints.createStation, { body: station() })).status).toBe(403);
});
