/** The clock jumps: a day forward and back, over a leap day, over the end of a month and of a year. Work goes on, numbers and the chain of the trails hold. */

import * as cases from '@jieyou/core/cases/endpoints.ts';
import { addDays, type Day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { allJobs } from '../../apps/server/src/app.ts';
import { sealDays, verifySeals } from '../../apps/server/src/audit/index.ts';
import { EMBEDDED_LOGIN, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { openCase } from '../../apps/server/test/factories.ts';
import { startTestApp, type TestApp } from '../../apps/server/test/harness.ts';
import { brokenIn } from './invariants.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ now: '2026-03-05T02:00:00.000Z' });
}, 60_000);
afterAll(() => t?.stop());

const runAllClockJobs = async (): Promise<void> => {
  for (const job of allJobs(t.services)) if (job.cron !== undefined) await job.run({});
};

const caseOf = async (id: string): Promise<{ number: string; openedOn: string }> =>
  (await sql<{ number: string; openedOn: string }>`select number, opened_on from case_file where id = ${id}`.execute(t.owner)).rows[0] as {
    number: string;
    openedOn: string;
  };

test('13 the clock jumps a day forward and back', async () => {
  const before = await openCase(t);
  t.clock.advance({ days: 1 });
  const ahead = await openCase(t);
  // The jobs of the wrong day run as well: what is today is sealed as if it were over.
  await runAllClockJobs();
  t.clock.advance({ days: -1, minutes: 1 });
  const after = await openCase(t);
  const worker = await t.as('worker');
  await worker.ok(cases.addNote, { params: { id: ahead }, body: { happenedOn: '2026-03-05', body: '钟拨回以后' } });
  expect([await caseOf(before), await caseOf(ahead), await caseOf(after)].map((c) => c.openedOn)).toEqual([
    '2026-03-05',
    '2026-03-06',
    '2026-03-05',
  ]);

  // The server starts again after the clock was set right: what it writes now must not fall into the day that was sealed too early.
  vi.resetModules();
  const fresh = await import('../../apps/server/src/assemble.ts');
  const platform = await fresh.assemble({
    url: urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }),
    env: t.services.env,
    crypto: t.crypto,
    clock: t.clock,
    demo: true,
    queue: false,
  });
  try {
    await platform.open();
    const answer = await platform.app.inject({ method: 'POST', url: '/api/session', payload: { username: 'worker', password: 'falsch' } });
    expect(answer.statusCode).toBe(401);
  } finally {
    await platform.stop();
  }
  t.clock.advance({ days: 3 });
  await sealDays(t.services);
  expect(await verifySeals(t.services)).toMatchObject({ ok: true });
  expect(await brokenIn(t.owner)).toEqual([]);
}, 60_000);

test.each([
  ['the leap day', '2028-02-28T15:59:59.999Z', 3],
  ['the end of a month', '2029-04-30T15:59:59.999Z', 2],
  ['the end of a year', '2029-12-31T15:59:59.999Z', 2],
])(
  '13 %s',
  async (_, moment, days) => {
    t.clock.set(moment);
    await t.as('worker');
    await sql`update session set last_seen_at = '2035-01-01', expires_at = '2036-01-01'`.execute(t.owner);
    let day = new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 10) as Day;
    const numbers = new Set<string>();
    for (let i = 0; i < days; i += 1) {
      const id = await openCase(t);
      const made = await caseOf(id);
      expect(made.openedOn).toBe(day);
      expect(made.number).toContain(day.slice(0, 4));
      numbers.add(made.number);
      const worker = await t.as('worker');
      const body = { happenedOn: day, body: '当天的记录' };
      await worker.ok(cases.addNote, { params: { id }, body });
      // Tomorrow is not yet, by a millisecond.
      const early = await worker.call(cases.addNote, { params: { id }, body: { ...body, happenedOn: addDays(day, 1) } });
      expect([early.status, early.error.code]).toEqual([409, 'cases.note-in-future']);
      await runAllClockJobs();
      day = addDays(day, 1);
      t.clock.advance(i === 0 ? { minutes: 1 } : { days: 1 });
    }
    expect(numbers.size).toBe(days);
    t.clock.advance({ days: 2 });
    await sealDays(t.services);
    expect(await verifySeals(t.services)).toMatchObject({ ok: true });
  },
  60_000,
);
