import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as contacts from '@jieyou/core/contacts/endpoints.ts';
import type { ContactKind } from '@jieyou/core/contacts/schema.ts';
import * as visits from '@jieyou/core/visits/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import type { Ctx } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { hasPrinter } from '../platform/print/index.ts';
import { recordContact, withdrawContact } from './index.ts';
import { foldContacts } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const note = async (username: string, caseId: string, happenedOn: string, id?: string) =>
  (await t.as(username)).ok(cases.addNote, {
    params: { id: caseId },
    body: { kind: 'talk' as const, happenedOn, body: '面谈，谈了近况。', ...(id === undefined ? {} : { id }) },
  });
const ledger = async (username: string, query: object = {}) =>
  (await t.as(username)).ok(contacts.readLedger, { query: { period: '2026-03', ...query } as never });
const total = async (username: string, query: object = {}) => {
  const { acts, times, persons, minutes } = (await ledger(username, query)).total;
  return [acts, times, persons, minutes];
};

/** Kept sums and rows, by everything that is kept; equal or the tally lies. */
const tallyAndRows = async () => {
  const { rows } = await sql<{ kept: string; counted: string }>`
    with kept as (select district_id, month, station_id, organisation_id, division_path, kind, domain, sum(acts) as a, sum(times) as b, sum(minutes) as c
        from contact_tally group by 1, 2, 3, 4, 5, 6, 7 having sum(acts) <> 0),
      counted as (select district_id, date_trunc('month', happened_on)::date as month, station_id, organisation_id, division_path, kind, domain,
        count(*) as a, sum(people) as b, sum(coalesce(minutes, 0)) as c from service_contact group by 1, 2, 3, 4, 5, 6, 7)
    select coalesce((select string_agg(k::text, '|' order by k::text) from kept k), '') as kept,
      coalesce((select string_agg(k::text, '|' order by k::text) from counted k), '') as counted`.execute(t.owner);
  return rows[0];
};

test('a note is one act: the worker and the head see the row, the others a number, a stranger nothing', async () => {
  const first = await openCase(t, 'worker', { name: '欧阳娜仁托娅' });
  const second = await openCase(t, 'worker', { name: '李桦' });
  for (const day of ['2026-03-02', '2026-03-04', '2026-02-28', '2025-12-31']) await note('worker', first, day);
  await note('worker', second, '2026-03-05');
  // Three acts in March with two persons; the days before belong to other months and another year.
  expect(await total('worker')).toEqual([3, 3, 2, 0]);
  expect(await total('worker', { period: '2026-02' })).toEqual([1, 1, 1, 0]);
  expect(await total('worker', { period: '2025-12' })).toEqual([1, 1, 1, 0]);
  expect(await total('worker', { period: '2026' })).toEqual([4, 4, 2, 0]);
  expect(await total('worker', { period: '2025' })).toEqual([1, 1, 1, 0]);
  expect(await total('worker', { period: '2026-01' })).toEqual([0, 0, 0, 0]);
  expect(await total('head')).toEqual([3, 3, 2, 0]);
  expect(await total('worker2')).toEqual([0, 0, 0, 0]);
  expect(await total('head2')).toEqual([0, 0, 0, 0]);
  expect(await total('centre')).toEqual([3, 3, 2, 0]);
  // Two persons are fewer than may be told to those who see registers only.
  expect(await total('officer')).toEqual([null, null, null, null]);
  expect((await ledger('officer')).groups.flatMap((g) => g.cells).every((c) => c.persons === null)).toBe(true);

  const rows = (await (await t.as('worker')).ok(contacts.listContacts, { query: { period: '2026-03' } })).rows;
  expect(rows.map((r) => r.happenedOn)).toEqual(['2026-03-05', '2026-03-04', '2026-03-02']);
  expect(rows[2]).toMatchObject({
    kind: 'case-interview',
    domain: 'family',
    minutes: null,
    people: 1,
    recipientName: expect.stringContaining('*'),
  });
  expect(rows[2]?.opens).toBe(`/cases/${first}`);
  expect(JSON.stringify(rows)).not.toContain('娜仁托娅');
  expect((await (await t.as('worker2')).ok(contacts.listContacts, { query: { period: '2026' } })).rows).toEqual([]);
  for (const who of ['centre', 'agency', 'officer', 'street', 'expert', 'supervisor'])
    expect((await (await t.as(who)).call(contacts.listContacts, {})).status).toBe(403);
  // Filters narrow numbers and rows alike.
  const worker = t.world.persons.worker as string;
  expect(await total('head', { workerId: worker })).toEqual([3, 3, 2, 0]);
  expect(await total('head', { workerId: t.world.persons.worker3 })).toEqual([0, 0, 0, 0]);
  expect([await total('head', { book: 'visit' }), await total('head', { kind: 'case-interview', book: 'case' })]).toEqual([
    [0, 0, 0, 0],
    [3, 3, 2, 0],
  ]);
  expect(await total('centre', { stationId: t.world.stations.s2 })).toEqual([0, 0, 0, 0]);
  // No ranking: workers stand by name, not by number, and only before the head.
  expect((await ledger('head')).groups.map((g) => g.key)).toContain('worker');
  for (const who of ['worker', 'centre', 'officer']) expect((await ledger(who)).groups.map((g) => g.key)).not.toContain('worker');
});

test('a note hands on how it was and how long', async () => {
  const caseId = await openCase(t, 'worker3');
  const by = await t.as('worker3');
  const said = [{ kind: 'phone', minutes: 20 }, { kind: 'home-visit', minutes: 45 }, { kind: 'stakeholders', minutes: null }, {}] as const;
  for (const one of said) await by.ok(cases.addNote, { params: { id: caseId }, body: { happenedOn: '2026-02-02', body: '记录', ...one } });
  const { rows } = await by.ok(contacts.listContacts, { query: { period: '2026-02' } });
  expect(rows.map((r) => [r.kind, r.minutes]).sort()).toEqual([
    ['case-home', 45],
    ['case-other', null],
    ['case-phone', 20],
    ['case-resource', null],
  ]);
});

test('a note sent twice is one act', async () => {
  const caseId = await openCase(t, 'worker3');
  const id = '0196f000-0000-7000-8000-0000000000aa';
  await note('worker3', caseId, '2026-03-05', id);
  await note('worker3', caseId, '2026-03-05', id);
  expect(await total('worker3', { period: '2026-03' })).toEqual([1, 1, 1, 0]);
});

test('a case says its field of service, and what is done for it counts there', async () => {
  const by = await t.as('worker3');
  const body = {
    recipient: { name: '邻里甲', gender: 'male', birthOn: null, idNumber: null, phone: null, address: null },
    household: '',
    aliases: [],
    school: null,
    domain: 'family-relations',
    helpFields: ['law'],
    risk: 'low',
    summary: '楼上漏水，两家吵了半年。',
  } as const;
  // Nobody guesses it: who does not say it is told beside the field.
  const refused = await by.call(cases.createCase, { body: body as never });
  expect([refused.status, refused.error.fields]).toEqual([400, [{ path: 'serviceDomain', message: '请选择服务领域' }]]);
  const { id } = await by.ok(cases.createCase, { body: { ...body, serviceDomain: 'mediation' } as never });
  await note('worker3', id, '2026-01-06');
  const visited = {
    caseId: id,
    visitedOn: '2026-01-07',
    minutes: 30,
    companion: { role: 'civil-affairs', name: '社区民政员' },
    aloneReason: null,
    health: { scale: 'good', says: '' },
    safety: { scale: 'good', says: '' },
    life: { scale: 'good', says: '' },
    action: null,
    next: null,
  } as never;
  await by.ok(visits.recordVisit, { params: { id: crypto.randomUUID() }, body: visited });
  // Another field holds from a day on, on which it was opened at the earliest.
  await t.owner.updateTable('caseFile').set({ openedOn: '2026-01-05' }).where('id', '=', id).execute();
  const change = async (field: string, fromDay: string) => {
    const { version } = await by.ok(cases.readCase, { params: { id } });
    const answer = await by.call(cases.changeServiceField, { params: { id }, body: { version, field: field as never, fromDay } });
    return answer.error?.code ?? answer.status;
  };
  expect([await change('fortune', '2026-01-07'), await change('relief', '2026-01-04'), await change('relief', '2026-03-06')]).toEqual([
    400,
    'cases.field-before-opening',
    'cases.field-ahead',
  ]);
  expect([await change('mediation', '2026-01-07'), await change('relief', '2026-01-07')]).toEqual(['cases.field-same', 200]);
  // What was served before its day stays where it was counted, also what is told later; the rest is counted anew, and a mistake mended.
  await note('worker3', id, '2026-01-05');
  await note('worker3', id, '2026-01-08');
  expect([await change('drug', '2026-01-06'), await change('drug', '2026-01-08'), await change('elder', '2026-01-08')]).toEqual([
    'cases.field-before-last',
    200,
    200,
  ]);
  const { rows } = await by.ok(contacts.listContacts, { query: { period: '2026-01' } });
  expect(rows.map((r) => [r.happenedOn, r.kind, r.domain])).toEqual([
    ['2026-01-08', 'case-interview', 'elder'],
    ['2026-01-07', 'visit', 'relief'],
    ['2026-01-06', 'case-interview', 'mediation'],
    ['2026-01-05', 'case-interview', 'mediation'],
  ]);
  const told = (await by.ok(cases.readCase, { params: { id } })).fieldChanges;
  expect(told.map((c) => [c.fromDay, c.was, c.field])).toEqual([
    ['2026-01-07', 'mediation', 'relief'],
    ['2026-01-08', 'relief', 'drug'],
    ['2026-01-08', 'drug', 'elder'],
  ]);
  expect(new Set(told.map((c) => c.changedByName)).size).toBe(1);
  // Its register is changed in no other way, and not at all once it is closed.
  const { version } = await by.ok(cases.readCase, { params: { id } });
  await by.ok(cases.updateCase, { params: { id }, body: { version, risk: 'medium', serviceDomain: 'youth' } as never });
  expect((await by.ok(cases.readCase, { params: { id } })).serviceDomain).toBe('elder');
  expect(await total('worker3', { period: '2026-01', domain: 'mediation' })).toEqual([2, 2, 1, 0]);
  expect(await total('worker3', { period: '2026-01', domain: 'relief' })).toEqual([1, 1, 1, 30]);
  expect(await total('worker3', { period: '2026-01', domain: 'family' })).toEqual([0, 0, 0, 0]);
  const listed = async (serviceDomain: string) =>
    (await by.ok(cases.listCases, { query: { serviceDomain } as never })).rows.map((c) => [c.id, c.serviceDomain]);
  expect([await listed('elder'), await listed('mediation')]).toEqual([[[id, 'elder']], []]);
  const both = await tallyAndRows();
  expect(both?.kept).toBe(both?.counted);
  await t.owner.updateTable('caseFile').set({ status: 'closed' }).where('id', '=', id).execute();
  expect(await change('youth', '2026-01-09')).toBe('cases.closed');
});

/** As a room tells an act, under a worker's settings. */
const as = async <T>(username: string, work: (ctx: Ctx) => Promise<T>): Promise<T> => {
  const personId = t.world.persons[username] as string;
  const stationId = t.world.stations.s1;
  const now = t.clock.now().toISOString();
  const actor = { personId, districtId: t.world.districtId, stationId, organisationId: t.world.organisations.o1, assignments: [] };
  const settings = { person: personId, district: t.world.districtId, selves: personId, worker_selves: personId, now, http_request: 'test' };
  return t.services.db.transaction('write', settings, (tx) => work({ tx, actor, now, id: () => crypto.randomUUID() } as never));
};

test('a corrected act replaces its row and leaves its history; a withdrawn one is counted no more', async () => {
  const sourceId = crypto.randomUUID();
  const act = {
    kind: 'group-session' as ContactKind,
    domain: 'elder' as const,
    happenedOn: '2026-01-31',
    sourceKind: 'group-session' as const,
    sourceId,
  };
  const who = [1, 2, 3].map(() => crypto.randomUUID());
  const january = () => total('worker', { period: '2026-01' });
  await as('worker', (ctx) => recordContact(ctx, { ...act, minutes: 90, people: 8, who }));
  // Three are known, five are not.
  expect(await january()).toEqual([1, 8, 8, 90]);
  await as('worker', (ctx) => recordContact(ctx, { ...act, minutes: 60, people: 2, who }));
  expect(await january()).toEqual([1, 2, 2, 60]);
  await as('worker', (ctx) => recordContact(ctx, { ...act, happenedOn: '2026-02-01', minutes: 60, people: 2, who }));
  expect([await january(), await total('worker', { period: '2026-02', book: 'group' })]).toEqual([
    [0, 0, 0, 0],
    [1, 2, 2, 60],
  ]);
  const history = async () =>
    (
      await sql<{ operation: string }>`select operation from row_history where table_name = 'service_contact' and row_id in
      (select row_id from row_history where table_name = 'service_contact' and after ->> 'source_id' = ${sourceId}) order by operation`.execute(
        t.owner,
      )
    ).rows.map((r) => r.operation);
  expect(await history()).toEqual(['INSERT', 'UPDATE', 'UPDATE']);
  // Told again as it is, nothing changes.
  await as('worker', (ctx) => recordContact(ctx, { ...act, happenedOn: '2026-02-01', minutes: 60, people: 2, who }));
  expect(await history()).toHaveLength(3);
  // Somebody else of the profession takes nothing back.
  expect(await as('worker2', (ctx) => withdrawContact(ctx, 'group-session', sourceId))).toBe(false);
  expect(await as('worker', (ctx) => withdrawContact(ctx, 'group-session', sourceId))).toBe(true);
  expect(await total('worker', { period: '2026-02', book: 'group' })).toEqual([0, 0, 0, 0]);
  expect(await history()).toEqual(['DELETE', 'INSERT', 'UPDATE', 'UPDATE']);
});

test('kept sums equal the rows after many writes in any order, and after they are folded', async () => {
  let seed = 20260305;
  const dice = (n: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * n);
  };
  const sources = Array.from({ length: 25 }, () => crypto.randomUUID());
  const persons = Array.from({ length: 6 }, () => crypto.randomUUID());
  const kinds = ['case-phone', 'visit', 'activity'] as const;
  await as('worker', async (ctx) => {
    for (let i = 0; i < 160; i += 1) {
      const sourceId = sources[dice(sources.length)] as string;
      if (dice(5) === 0) await withdrawContact(ctx, 'visit', sourceId);
      else
        await recordContact(ctx, {
          kind: kinds[dice(3)] as ContactKind,
          domain: dice(2) === 0 ? 'elder' : 'youth',
          happenedOn: `2024-${String(1 + dice(12)).padStart(2, '0')}-${String(1 + dice(28)).padStart(2, '0')}`,
          minutes: dice(3) === 0 ? null : dice(120),
          people: dice(9),
          who: persons.slice(0, dice(6)),
          sourceKind: 'visit',
          sourceId,
        });
    }
  });
  const before = await tallyAndRows();
  expect(before?.kept).toBe(before?.counted);
  expect(before?.kept).not.toBe('');
  // Sums of sums, and of rows: the head counts rows, the centre adds what is kept.
  expect(await total('centre', { period: '2024' })).toEqual(await total('head', { period: '2024' }));
  // To the unit in every division, persons too.
  const divided = async (username: string) =>
    Object.fromEntries(
      (await ledger(username, { period: '2024' })).groups
        .filter((g) => ['kind', 'domain', 'month'].includes(g.key))
        .map((g) => [g.key, g.cells.map((c) => [c.key, c.acts, c.times, c.persons, c.minutes])]),
    );
  const { rows: byHand } = await sql<{ key: string; acts: number; times: number; persons: number; minutes: number }>`
    select c.kind as key, count(*)::int as acts, sum(c.people)::int as times, sum(coalesce(c.minutes, 0))::int as minutes,
      (sum(c.people - cardinality(c.who)) + (select count(distinct w) from service_contact x, unnest(x.who) w
        where x.station_id = c.station_id and x.kind = c.kind and x.happened_on between '2024-01-01' and '2024-12-31'))::int as persons
    from service_contact c where c.station_id = ${t.world.stations.s1} and c.happened_on between '2024-01-01' and '2024-12-31'
    group by c.station_id, c.kind`.execute(t.owner);
  const byKind = (await divided('head')).kind?.map((cell) => cell.join(' '));
  expect(byKind?.toSorted()).toEqual(byHand.map((r) => [r.key, r.acts, r.times, r.persons, r.minutes].join(' ')).toSorted());
  expect(await divided('centre')).toEqual(await divided('head'));
  await foldContacts(t.services);
  expect(await tallyAndRows()).toEqual(before);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from contact_tally
    group by district_id, month, station_id, organisation_id, division_path, kind, domain having count(*) > 1) d`.execute(t.owner);
  expect(rows[0]?.n).toBe(0);
});

test('the second line: raw rows are the worker’s and the head’s, raw sums the offices’', async () => {
  const count = async (settings: object, table: string) =>
    (
      await t.services.db.transaction(
        'read',
        { district: t.world.districtId, now: t.clock.now().toISOString(), http_request: 'x', ...settings } as never,
        (tx) => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
      )
    ).rows[0]?.n ?? -1;
  const { worker = '', worker2 = '' } = t.world.persons;
  const s1 = t.world.stations.s1;
  expect(await count({ person: worker, worker_selves: worker }, 'service_contact')).toBeGreaterThan(5);
  expect(await count({ person: worker2, head_stations: s1 }, 'service_contact')).toBeGreaterThan(5);
  for (const nobody of [
    {},
    { person: worker2, worker_selves: worker2 },
    { centre: '1' },
    { officer: '1' },
    { agency_organisations: t.world.organisations.o1 },
    { paths: '/' },
  ])
    expect([nobody, await count(nobody, 'service_contact')]).toEqual([nobody, 0]);
  for (const office of [{ centre: '1' }, { officer: '1' }, { agency_organisations: t.world.organisations.o1 }, { head_stations: s1 }])
    expect(await count(office, 'contact_tally')).toBeGreaterThan(0);
  for (const nobody of [
    {},
    { person: worker, worker_selves: worker },
    { agency_organisations: t.world.organisations.o2 },
    { centre: '1', district: t.world.otherDistrictId },
  ])
    expect([nobody, await count(nobody, 'contact_tally')]).toEqual([nobody, 0]);
  expect(await count(platformSettings(t.world.districtId, t.clock.now()), 'service_contact')).toBe(0);
});

test('of a sealed case the ledger says nothing, and of one that is only kept no number and no name', async () => {
  const caseId = await openCase(t, 'worker', { name: '封存之人' });
  await note('worker', caseId, '2026-03-05');
  const of = async () => (await (await t.as('worker')).ok(contacts.listContacts, { query: { period: '2026-03', limit: 100 } })).rows;
  const before = (await of()).length;
  await sql`update case_file set stopped_at = now() where id = ${caseId}`.execute(t.owner);
  expect((await of()).filter((r) => r.subject === null && r.recipientName === null)).toHaveLength(1);
  await sql`update case_file set stopped_at = null, sealed_at = now() where id = ${caseId}`.execute(t.owner);
  expect(await of()).toHaveLength(before - 1);
  await sql`update case_file set sealed_at = null where id = ${caseId}`.execute(t.owner);
});

test('the workbook has real days and numbers, sums, a heading in view, and no formula', async () => {
  const worker = await t.as('worker');
  await sql`update station set name = '=1+1站' where id = ${t.world.stations.s1}`.execute(t.owner);
  expect((await worker.call(contacts.exportLedger, { query: { period: '2026-03' } as never })).status).toBe(400);
  const answer = await worker.call(contacts.exportLedger, { query: { period: '2026-03', reason: '月度核对' } });
  expect(answer.status).toBe(200);
  const book = await readXlsx(Buffer.from(answer.raw, 'latin1'), { readStyles: true } as never);
  const sheet = book.sheets[0];
  expect(sheet?.name).toBe('个案');
  const rows = sheet?.rows ?? [];
  expect([rows[0]?.[0], rows[2]?.slice(0, 3)]).toEqual(['2026年3月个案台账', ['序号', '日期', '类别']]);
  expect(String(rows[1]?.[0])).toMatch(/填报单位：=1\+1站.*填报人：.*填报日期：2026\.3\.5.*单位：次、人次、人、分钟/);
  const acts = rows.slice(3, -2);
  expect(acts.length).toBeGreaterThan(3);
  for (const row of acts) expect([row[1] instanceof Date, typeof row[9]]).toEqual([true, 'number']);
  expect((acts[0]?.[1] as Date | undefined)?.toISOString()).toBe('2026-03-02T00:00:00.000Z');
  expect(acts[0]?.[7]).toBe('=1+1站');
  const sums = rows.at(-2) ?? [];
  expect([sums[1], sums[9]]).toEqual(['合计', acts.reduce((n, r) => n + Number(r[9]), 0)]);
  expect(sheet?.merges?.length).toBeGreaterThanOrEqual(3);
  expect([...(sheet?.cells?.values() ?? [])].filter((c) => (c as { formula?: string }).formula !== undefined)).toEqual([]);
  await sql`update station set name = '一站' where id = ${t.world.stations.s1}`.execute(t.owner);
  const { rows: kept } = await sql<{
    reason: string;
  }>`select reason from access_record where action = 'exportLedger' and kind = 'export'`.execute(t.owner);
  expect(kept.map((k) => k.reason)).toEqual(['月度核对']);
  // Offices get numbers: no row, no name, no case.
  const office = await (await t.as('centre')).call(contacts.exportLedger, { query: { period: '2026-03', reason: '季度汇总' } });
  const sheets = (await readXlsx(Buffer.from(office.raw, 'latin1'))).sheets;
  expect(sheets.map((s) => s.name)).toEqual(['汇总 按类别', '汇总 按服务领域', '汇总 按站点', '汇总 按机构']);
  expect(JSON.stringify(sheets)).not.toMatch(/\*|-GA-/);
});

test('in print one landscape page, and no more rows than one reads', async () => {
  if (!hasPrinter()) throw new Error('no browser to print with');
  const answer = await (await t.as('head')).call(contacts.exportLedger, { query: { period: '2026-02', format: 'pdf', reason: '归档' } });
  expect(answer.status).toBe(200);
  const pdf = Buffer.from(answer.raw, 'latin1');
  const { words } = await readBook(pdf);
  expect(words.join('')).toContain('2026年2月服务台账');
  expect(words.length).toBeLessThanOrEqual(2);
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[\s*0 0 84[12][.\d]* 59[45]/);
  const most = 100;
  await sql`update rule_value set value = ${JSON.stringify(most)} where key = 'print.rows'`.execute(t.owner);
  await as('worker', async (ctx) => {
    for (let i = 0; i <= most; i += 1)
      await recordContact(ctx, {
        kind: 'visit',
        domain: 'elder',
        happenedOn: '2023-05-05',
        minutes: 5,
        people: 1,
        sourceKind: 'visit',
        sourceId: crypto.randomUUID(),
      });
  });
  const refused = await (await t.as('head')).call(contacts.exportLedger, { query: { period: '2023-05', format: 'pdf', reason: '归档' } });
  expect([refused.status, refused.error.code, refused.error.facts]).toEqual([409, 'contacts.too-many-rows', { most }]);
  expect((await (await t.as('head')).call(contacts.exportLedger, { query: { period: '2023-05', reason: '归档' } })).status).toBe(200);
});

test('what is written while the field of a case changes waits, and counts where the change says', async () => {
  const id = await openCase(t);
  let written: Promise<unknown> | undefined;
  await t.owner.transaction().execute(async (tx) => {
    await tx.updateTable('caseFile').set({ serviceDomain: 'youth', fieldFrom: '2026-01-09' }).where('id', '=', id).execute();
    written = Promise.all([note('worker', id, '2026-01-10'), note('worker', id, '2026-01-08')]);
    await expect
      .poll(async () => (await sql<{ n: number }>`select count(*)::int as n from pg_locks where not granted`.execute(t.owner)).rows[0]?.n, {
        timeout: 20_000,
      })
      .toBeGreaterThan(0);
  });
  await written;
  const found = await t.owner
    .selectFrom('serviceContact')
    .select(['happenedOn', 'domain'])
    .where('caseId', '=', id)
    .orderBy('happenedOn')
    .execute();
  expect(found.map((r) => [r.happenedOn, r.domain === 'youth'])).toEqual([
    ['2026-01-08', false],
    ['2026-01-10', true],
  ]);
});
