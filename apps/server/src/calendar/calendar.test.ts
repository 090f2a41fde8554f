import * as endpoints from '@jieyou/core/calendar/endpoints.ts';
import { holidays2024to2026 } from '@jieyou/core/calendar/holidays-2024-2026.ts';
import { isWorkingDay } from '@jieyou/core/calendar/rules.ts';
import { day } from '@jieyou/core/shared/day.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { bareRequest } from '../../test/rows.ts';
import { idAt } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import { holidayTable } from './index.ts';
import { forgetHolidayTable } from './table.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
  await t.owner
    .insertInto('holiday')
    .values(holidays2024to2026.map((row, i) => ({ ...row, id: idAt(0, i), source: '国务院办公厅通知' })))
    .onConflict((c) => c.doNothing())
    .execute();
});
beforeEach(() => forgetHolidayTable());
afterAll(() => t.stop());

const table = () => workLater(t.services, {}, (tx) => holidayTable(tx));

test('the table of a year, with the years that are entered', async () => {
  const answer = await (await t.as('worker')).ok(endpoints.listHolidays, { query: { year: 2026 } });
  expect(answer.rows.every((row) => row.day.startsWith('2026-'))).toBe(true);
  expect(answer.coveredYears).toEqual([2024, 2025, 2026]);
  expect(answer.warning).toBeNull();
});

test('in November a missing next year is named', async () => {
  t.clock.set('2026-10-31T15:59:00.000Z');
  expect((await (await t.as('system')).ok(endpoints.listHolidays)).warning).toBeNull();
  t.clock.set('2026-10-31T16:00:00.000Z');
  expect((await (await t.as('system')).ok(endpoints.listHolidays)).warning).toContain('2027 年');
  t.clock.set('2026-03-05T02:00:00.000Z');
});

test('a running clock that crosses into a missing year is named at any time, to those who see no request too', async () => {
  const requestId = await bareRequest(t, { status: 'submitted', clockDueAt: '2027-01-04T02:00:00Z' });
  expect((await (await t.as('system')).ok(endpoints.listHolidays)).warning).toContain('有时限跨入该年');
  expect((await (await t.as('bsystem')).ok(endpoints.listHolidays)).warning).toBeNull();
  await t.owner.updateTable('supportRequest').set({ status: 'closed' }).where('id', '=', requestId).execute();
  expect((await (await t.as('system')).ok(endpoints.listHolidays)).warning).toBeNull();
});

test('a day that is saved counts for the clock at once, and so does its removal', async () => {
  const system = await t.as('system');
  const tuesday = day('2026-03-10');
  expect(isWorkingDay(tuesday, await table())).toBe(true);
  const { id } = await system.ok(endpoints.saveHoliday, {
    params: { day: tuesday },
    body: { kind: 'off', name: '台风停工', source: '区应急通知' },
  });
  expect(isWorkingDay(tuesday, await table())).toBe(false);
  const again = await system.ok(endpoints.saveHoliday, {
    params: { day: tuesday },
    body: { kind: 'work', name: '取消停工', source: '区应急通知' },
  });
  expect(again.id).toBe(id);
  expect(isWorkingDay(tuesday, await table())).toBe(true);
  await system.ok(endpoints.removeHoliday, { params: { day: tuesday } });
  expect((await system.call(endpoints.removeHoliday, { params: { day: tuesday } })).status).toBe(404);
  expect((await (await t.as('centre')).call(endpoints.removeHoliday, { params: { day: tuesday } })).status).toBe(403);
});
