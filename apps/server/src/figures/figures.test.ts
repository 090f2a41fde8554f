import * as endpoints from '@jieyou/core/figures/endpoints.ts';
import { caseDomains, helpFields } from '@jieyou/core/shared/fields.ts';
import { listSupportRequests } from '@jieyou/core/support/endpoints.ts';
import { RequestStatus } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import { bareRequest } from '../../test/rows.ts';
import { hasPrinter } from '../platform/print/index.ts';
import { foldFigures } from './jobs.ts';

let t: TestApp;
let seed = 20260305;
const random = (many: number): number => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * many);
};
const oneOf = <T>(all: readonly T[]): T => all[random(all.length)] as T;
const moment = (): string => new Date(Date.parse('2025-01-03T01:00:00Z') + random(425) * 86_400_000 + random(86_400_000)).toISOString();

const state = () => {
  const status = oneOf([...RequestStatus.options, 'closed', 'closed', 'closed']);
  const sent = status === 'draft' ? null : moment();
  return {
    status,
    submittedAt: sent,
    firstAnsweredAt: sent === null || random(4) === 0 ? null : new Date(Date.parse(sent) + random(4 * 86_400_000)).toISOString(),
    closedAt: status === 'closed' ? moment() : null,
    solved: status === 'closed' ? random(4) > 0 : null,
    domain: oneOf(caseDomains),
    helpFields: helpFields.filter(() => random(3) === 0),
  };
};

/** Requests that lived: added, changed, taken away, one by one and many at once. */
const live = async (): Promise<void> => {
  const { world, owner } = t;
  const first = await bareRequest(t, { status: 'draft' });
  const { caseId } = await owner.selectFrom('supportRequest').select('caseId').where('id', '=', first).executeTakeFirstOrThrow();
  const path = async (id: string) =>
    (await owner.selectFrom('division').select('path').where('id', '=', id).executeTakeFirstOrThrow()).path;
  const [street, district] = [await path(world.streetId), await path(world.districtId)];
  const second = (await owner.selectFrom('station').select('divisionId').where('id', '=', world.stations.s3).executeTakeFirstOrThrow())
    .divisionId;
  const places = [
    { stationId: world.stations.s1, organisationId: world.organisations.o1, divisionPath: street },
    { stationId: world.stations.s2, organisationId: world.organisations.o2, divisionPath: street },
    { stationId: world.stations.s3, organisationId: world.organisations.o1, divisionPath: await path(second) },
    { stationId: world.stations.s1, organisationId: null, divisionPath: district },
  ];
  const rows = Array.from({ length: 240 }, () => ({
    districtId: world.districtId,
    id: crypto.randomUUID(),
    risk: 'low',
    caseId,
    askerId: world.persons.worker ?? '',
    createdAt: '2025-01-01T00:00:00Z',
    updatedAt: '2025-01-01T00:00:00Z',
    ...oneOf(places),
    ...state(),
  }));
  await owner.insertInto('supportRequest').values(rows).execute();
  for (let i = 0; i < 120; i += 1) {
    await owner.updateTable('supportRequest').set(state()).where('id', '=', oneOf(rows).id).execute();
    if (i === 60) await foldFigures(t.services);
  }
  await owner
    .updateTable('supportRequest')
    .set({ domain: 'end-of-life' })
    .where('risk', '=', 'low')
    .where('domain', '=', 'youth-internet')
    .execute();
  await owner
    .deleteFrom('supportRequest')
    .where(
      'id',
      'in',
      rows.slice(0, 15).map((r) => r.id),
    )
    .execute();
};

beforeAll(async () => {
  t = await startTestApp();
  await live();
});
afterAll(() => t.stop());

const differences = async (): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`with kept as (select station_id, organisation_id, division_path, kind, key, month, sum(n)::int as n from figure_tally
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0),
      counted as (select r.station_id, r.organisation_id, r.division_path, f.kind, f.key, f.month, count(*)::int as n from support_request r,
        lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f group by 1, 2, 3, 4, 5, 6)
      select count(*)::int as n from ((select * from kept except select * from counted) union all (select * from counted except select * from kept)) d`.execute(
      t.owner,
    )
  ).rows[0]?.n ?? -1;

test('kept figures are what a recount gives, after any history, folded or not', async () => {
  expect(await differences()).toBe(0);
  const count = async () => (await sql<{ n: number }>`select count(*)::int as n from figure_tally`.execute(t.owner)).rows[0]?.n ?? 0;
  const before = await count();
  await foldFigures(t.services);
  expect(await count()).toBeLessThan(before);
  expect(await differences()).toBe(0);
});

const PERIODS = [
  { from: '2025-01-01', to: '2025-12-31' },
  { from: '2025-11-01', to: '2026-03-31' },
  // No whole months: counted from the registers.
  { from: '2025-03-10', to: '2025-09-19' },
];

test.each(['centre', 'officer', 'street', 'agency', 'head', 'head2', 'bcentre'])(
  'every number that %s sees opens a list of as many rows',
  async (username) => {
    const caller = await t.as(username);
    let opened = 0;
    for (const query of PERIODS) {
      const figures = await caller.ok(endpoints.readFigures, { query });
      for (const group of figures.groups) {
        for (const cell of group.cells) {
          if (cell.opens === null) continue;
          const filters = Object.fromEntries(new URL(cell.opens, 'http://here').searchParams);
          const list = await caller.ok(listSupportRequests, { query: { ...filters, limit: 1, count: 'yes' } as never });
          expect([group.key, cell.label, list.count]).toEqual([group.key, cell.label, cell.value]);
          opened += 1;
        }
      }
      if (figures.answer.opens !== null) {
        const filters = Object.fromEntries(new URL(figures.answer.opens, 'http://here').searchParams);
        const list = await caller.ok(listSupportRequests, { query: { ...filters, limit: 1, count: 'yes' } as never });
        expect(list.count).toBe(figures.answer.count);
      }
    }
    expect(opened).toBeGreaterThan(username === 'bcentre' ? -1 : 10);
  },
  60_000,
);

test('offices that see registers only get no number below the smallest; the centre gets them all', async () => {
  const [all, few] = await Promise.all(
    ['centre', 'officer'].map(async (u) => (await t.as(u)).ok(endpoints.readFigures, { query: { from: '2026-01-01', to: '2026-01-31' } })),
  );
  expect(all?.groups.flatMap((g) => g.cells).every((c) => c.value !== null)).toBe(true);
  const values = few?.groups.flatMap((g) => g.cells.map((c) => c.value)) ?? [];
  expect(values.includes(null)).toBe(true);
  expect(values.filter((v) => v === 1 || v === 2)).toEqual([]);
  const counts = (await (await t.as('officer')).ok(endpoints.countRequests)).rows.map((r) => r.count);
  expect(counts.filter((v) => v === 1 || v === 2)).toEqual([]);
});

test('the load of experts is a spread; rows of persons stand by name, and an expert sees the own one only', async () => {
  const load = await (await t.as('centre')).ok(endpoints.readExpertLoad, {});
  expect(load.spread.reduce((n, s) => n + s.experts, 0)).toBe(load.persons.length);
  expect(load.persons).toHaveLength(4);
  const own = await (await t.as('expert')).ok(endpoints.readExpertLoad, {});
  expect(own).toMatchObject({ spread: [], persons: [{ name: '许文博' }] });
});

test('the first answer is the first screening', async () => {
  const { acceptRequest } = await import('../../test/factories.ts');
  const { id } = await acceptRequest(t);
  const { rows } = await sql<{
    same: boolean;
  }>`select first_answered_at = accepted_at as same from support_request where id = ${id}`.execute(t.owner);
  expect(rows).toEqual([{ same: true }]);
  expect(await differences()).toBe(0);
});

test('the words of a report are versions; who wrote on an older one is told', async () => {
  const centre = await t.as('centre');
  const given = { params: { year: 2025 } };
  const before = await centre.ok(endpoints.readYearReport, given);
  expect(before.text.version).toBe(0);
  expect(before.text.opening).toContain('2025年');
  const body = { version: 0, opening: '这一年我们走进了街道。', outlook: '明年再进一步。' };
  expect(await centre.ok(endpoints.saveYearReportText, { ...given, body })).toEqual({ version: 1 });
  expect((await (await t.as('centre2')).call(endpoints.saveYearReportText, { ...given, body })).error).toMatchObject({
    code: 'record.changed-meanwhile',
  });
  expect((await (await t.as('officer')).ok(endpoints.readYearReport, given)).text).toMatchObject({ version: 1, savedByName: '陈敏仪' });
});

test('a report of a year as of a day counts no later day', async () => {
  const centre = await t.as('centre');
  const early = await centre.ok(endpoints.readYearReport, { params: { year: 2025 }, query: { asOf: '2025-06-15' } });
  expect(early.figures.to).toBe('2025-06-15');
  const sum = (report: typeof early) => report.figures.groups.find((g) => g.key === 'asked-month')?.total ?? 0;
  expect(sum(early)).toBeLessThan(sum(await centre.ok(endpoints.readYearReport, { params: { year: 2025 } })));
});

test('the workbook has one sheet for each table', async () => {
  const reply = await (await t.as('centre')).call(endpoints.printYearReport, { params: { year: 2025 }, query: { format: 'xlsx' } });
  const { readXlsx } = await import('hucre/xlsx');
  const book = await readXlsx(Buffer.from(reply.raw, 'latin1'));
  expect(book.sheets).toHaveLength(9);
  const domain = book.sheets.find((s) => s.name.includes('问题领域'));
  expect(domain?.rows[0]?.[0]).toBe('解决的求助，按问题领域');
  const total = domain?.rows.find((r) => r[0] === '合计')?.[1];
  const parts = domain?.rows.slice(3, 10).map((r) => Number(r[1])) ?? [];
  expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
});

test.runIf(hasPrinter())(
  'the report is a book with contents, charts and the words that people wrote',
  async () => {
    const reply = await (await t.as('centre')).call(endpoints.printYearReport, { params: { year: 2025 }, query: { format: 'pdf' } });
    const book = await readBook(Buffer.from(reply.raw, 'latin1'));
    expect(book.bookmarks.map((b) => b.title)).toEqual(['一、概述', '二、求助与解决', '三、首次答复与发展趋势', '四、下一步']);
    const all = book.words.join('');
    for (const words of ['2025年疑难个案支援工作报告', '这一年我们走进了街道', '明年再进一步', '解决的求助，按问题领域'])
      expect(all).toContain(words);
  },
  60_000,
);
