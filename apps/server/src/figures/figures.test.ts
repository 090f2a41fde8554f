import { searchCaseBank } from '@jieyou/core/casebank/endpoints.ts';
import { listExperts } from '@jieyou/core/experts/endpoints.ts';
import * as endpoints from '@jieyou/core/figures/endpoints.ts';
import { listResources } from '@jieyou/core/resources/endpoints.ts';
import { caseDomains, helpFields } from '@jieyou/core/shared/fields.ts';
import { listSupportRequests } from '@jieyou/core/support/endpoints.ts';
import { RequestStatus } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import { bareInvitation, bareRequest } from '../../test/rows.ts';
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
    // Some are only kept, some are destroyed, some are sealed: whoever sees them in a list counts them, nobody else.
    stoppedAt: random(12) === 0 ? '2026-02-01T00:00:00Z' : null,
    destroyedAt: random(15) === 0 ? '2026-02-02T00:00:00Z' : null,
    sealedAt: random(15) === 0 ? '2026-02-03T00:00:00Z' : null,
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

/** What the banks hold: terms and validities that begin and end, a case that was recalled, lines of support, invitations. */
const fillBanks = async (): Promise<void> => {
  const { world, owner } = t;
  const { districtId } = world;
  const centre = world.persons.centre ?? '';
  const requests = await owner.selectFrom('supportRequest').select('id').where('status', '<>', 'draft').orderBy('id').limit(60).execute();
  for (const [i, { id }] of requests.entries()) {
    for (let round = 1; round <= 1 + random(2); round += 1)
      await bareInvitation(t, id, {
        expert: oneOf(['expert', 'expert2', 'expert3']),
        status: oneOf(['accepted', 'answered', 'invited', 'expired', 'declined', 'revoked']),
        round,
        invitedAt: moment(),
      });
    if (i % 6 === 0)
      await owner
        .insertInto('supportLine')
        .values({
          districtId,
          id: crypto.randomUUID(),
          requestId: id,
          kind: oneOf(['referral', 'supervision', 'conference', 'seminar', 'resource']),
          helpField: 'law',
          task: '任务',
          status: 'open',
          openedAt: moment(),
        })
        .execute();
  }
  const spans = [
    ['2025-01-01', null],
    ['2025-06-15', '2025-11-20'],
    ['2026-02-28', '2026-03-31'],
  ] as const;
  for (const [validFrom, validTo] of spans)
    await owner
      .insertInto('resource')
      .values({
        districtId,
        id: crypto.randomUUID(),
        divisionId: districtId,
        issuingTier: 'district',
        kind: 'policy',
        name: `政策 ${validFrom}`,
        category: '救助',
        audience: '居民',
        authority: '民政局',
        conditions: '见文件',
        materials: [],
        summary: '救助',
        helpFields: ['economy'],
        source: '测试',
        validFrom,
        validTo,
      })
      .execute();
  for (const [i, releasedOn] of ['2025-02-03', '2025-08-31', '2026-01-15'].entries()) {
    const draftId = crypto.randomUUID();
    await owner
      .insertInto('casebankEntry')
      .values({
        districtId,
        id: crypto.randomUUID(),
        number: `AL-${i}`,
        draftId,
        title: '一个案例',
        domain: 'parent-child',
        helpFields: [],
        methods: [],
        year: 2025,
        sections: JSON.stringify({ background: '背景' }),
        searchText: '背景',
        draftedBy: centre,
        releasedBy: world.persons.centre2 ?? '',
        releasedOn,
        recalledAt: i === 1 ? '2026-02-01T00:00:00Z' : null,
      })
      .execute();
  }
};

beforeAll(async () => {
  t = await startTestApp();
  await live();
  await fillBanks();
});
afterAll(() => t.stop());

const differences = async (): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`with kept as (select station_id, organisation_id, division_path, kind, key, month, kept, sum(n)::int as n from figure_tally
        group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0),
      counted as (select r.station_id, r.organisation_id, r.division_path, f.kind, f.key, f.month, r.stopped_at is not null as kept, count(*)::int as n from support_request r,
        lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f
        where r.sealed_at is null and r.destroyed_at is null group by 1, 2, 3, 4, 5, 6, 7)
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

/** How many rows the list at an address has, for who asks. */
const rowsAt = async (caller: Caller, opens: string): Promise<number> => {
  const url = new URL(opens, 'http://here');
  const filters: Record<string, string | string[]> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(key);
    filters[key] = all.length === 1 ? (all[0] ?? '') : all;
  }
  const list = { '/requests': listSupportRequests, '/experts': listExperts, '/resources': listResources, '/casebank': searchCaseBank }[
    url.pathname
  ];
  if (list === undefined) throw new Error(`no list at ${opens}`);
  const { count } = await caller.ok(list as typeof listSupportRequests, { query: { ...filters, limit: 1, count: 'yes' } as never });
  return count ?? -1;
};

test.each(['centre', 'officer', 'street', 'agency', 'head', 'head2', 'bcentre'])(
  'every number that %s sees opens a list of as many rows: cells, totals, the period before, growth, load',
  async (username) => {
    const caller = await t.as(username);
    let opened = 0;
    let silent = 0;
    const same = async (what: string, value: number | null, opens: string | null) => {
      if (opens === null) {
        silent += value === null ? 0 : 1;
        return;
      }
      expect([what, await rowsAt(caller, opens)]).toEqual([what, value]);
      opened += 1;
    };
    for (const query of PERIODS) {
      const figures = await caller.ok(endpoints.readFigures, { query });
      for (const group of figures.groups) {
        for (const cell of group.cells) {
          await same(`${group.key} ${cell.label}`, cell.value, cell.opens);
          await same(`${group.key} ${cell.label} before`, cell.earlier, cell.earlierOpens);
        }
        // A total of places leaves out what lies in none of them, and says so instead of opening another list.
        if (group.totalOpens !== null || !['solved-street', 'solved-agency'].includes(group.key))
          await same(`${group.key} total`, group.total, group.totalOpens);
      }
      if (figures.answer.count > 0) await same('answers', figures.answer.count, figures.answer.opens);
      if (figures.answer.earlierCount > 0) await same('answers before', figures.answer.earlierCount, figures.answer.earlierOpens);
      for (const series of figures.growth.series) {
        for (const [i, value] of series.values.entries()) {
          const names = series.names[i] ?? null;
          if (names !== null) expect([series.key, new Set(names).size]).toEqual([series.key, value]);
          else if (series.key === 'experts' && !['centre', 'officer', 'bcentre'].includes(username)) expect(series.opens[i]).toBeNull();
          else await same(`${series.key} ${figures.growth.months[i]}`, value, series.opens[i] ?? null);
        }
      }
      if (!username.endsWith('centre')) continue;
      const load = await caller.ok(endpoints.readLoadSpread, { query });
      for (const one of load.spread) await same(`load ${one.label}`, one.experts, one.opens);
      for (const one of load.persons) await same(`load of ${one.name}`, one.panels, one.opens);
    }
    // No number stands there that opens nothing.
    expect(silent).toBe(0);
    expect(opened).toBeGreaterThan(username === 'bcentre' ? 30 : 100);
  },
  120_000,
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
  const load = await (await t.as('centre')).ok(endpoints.readLoadSpread, {});
  expect(load.spread.reduce((n, s) => n + s.experts, 0)).toBe(load.persons.length);
  expect(load.persons).toHaveLength(4);
  const own = await (await t.as('expert')).ok(endpoints.readLoadSpread, {});
  expect(own).toMatchObject({ spread: [], persons: [{ name: '许文博' }] });
});

test('whom an expert was asked about is listed for those who see invitations; offices find nothing by it', async () => {
  const [busy] = (
    await (await t.as('centre')).ok(endpoints.readLoadSpread, { query: { from: '2025-01-01', to: '2025-12-31' } })
  ).persons.filter((p) => p.panels > 0);
  const opens = busy?.opens ?? '';
  expect(await rowsAt(await t.as('centre'), opens)).toBe(busy?.panels);
  for (const other of ['officer', 'street', 'agency']) expect([other, await rowsAt(await t.as(other), opens)]).toEqual([other, 0]);
  expect(await rowsAt(await t.as('officer'), '/experts?loadFrom=2025-01-01&loadTo=2025-12-31&loadLeast=0')).toBe(0);
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
  // The title goes across, the heading rows stand on every printed page.
  expect(domain?.merges?.[0]).toMatchObject({ startRow: 0, startCol: 0, endRow: 0, endCol: 4 });
  expect(domain?.pageSetup).toMatchObject({ paperSize: 'a4', orientation: 'landscape', printTitlesRow: '$1:$3' });
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
