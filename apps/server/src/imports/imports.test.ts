/** Ledgers as they are: brought, looked through, confirmed, broken off and gone on with, mended, brought again, taken back. */
import { createCase } from '@jieyou/core/cases/endpoints.ts';
import { listContacts } from '@jieyou/core/contacts/endpoints.ts';
import * as imports from '@jieyou/core/imports/endpoints.ts';
import { listRecipients, searchRecipients } from '@jieyou/core/recipients/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, startTestApp, type TestApp } from '../../test/harness.ts';
import {
  bookOf,
  dirtyRows,
  REGISTER_HEAD as HEAD,
  inventedId,
  inventedName,
  type Put,
  WRONG_ROWS as WRONG,
} from '../../test/ledgerBook.ts';
import { clearImports, runImport } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const which = (id: string) => ({ districtId: t.world.districtId, id });
const bring = async (
  by: Caller,
  kind: 'recipients' | 'contacts',
  file: Buffer,
  name = '名册.xlsx',
  stationId?: string,
): Promise<string> => {
  const { id } = await by.ok(imports.uploadImport, { query: { kind, name, ...(stationId === undefined ? {} : { stationId }) }, file });
  await runImport(t.services, which(id));
  return id;
};
const read = (by: Caller, id: string) => by.ok(imports.readImport, { params: { id } });
const confirm = async (by: Caller, id: string, doubles: 'add' | 'leave' = 'leave') => {
  const { version } = await read(by, id);
  await by.ok(imports.confirmImport, { params: { id }, body: { doubles, version } });
  await runImport(t.services, which(id));
  return read(by, id);
};
const undo = async (by: Caller, id: string) => {
  const { version } = await read(by, id);
  return by.call(imports.undoImport, { params: { id }, body: { reason: '导错了站点', version } });
};
const many = async (table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(t.owner)).rows[0]?.n ?? 0;

const dirtyBook = (count: number): Buffer =>
  bookOf({
    说明: [['这张表是说明'], ['第二行']],
    名册: [
      ['示例街道社工站服务对象名册（2026 年）'],
      ['填报单位：一街道社工站', null, null, null, '填报日期：2026.3.5'],
      [],
      HEAD,
      ...dirtyRows(count),
      ...WRONG,
      HEAD,
      ['合计', null, null, null, null, `${count} 人`],
      ['填表人：钟离示岚', null, '审核人：上官样书'],
    ],
  });

const COUNT = 240;
let first: string;

test('站长导入一份不整齐的名册：选表、预览、原因、写入；第二次导入一行也不多', async () => {
  const head = await t.as('head');
  const before = await many('recipient');
  const file = dirtyBook(COUNT);
  const id = await bring(head, 'recipients', file);
  first = id;
  // The first sheet holds no ledger: said so, and another is chosen.
  expect(await read(head, id)).toMatchObject({ status: 'failed', failure: 'no-head', sheets: ['说明', '名册'] });
  const { version } = await read(head, id);
  await head.ok(imports.arrangeImport, { params: { id }, body: { sheet: 1, headRow: null, columns: null, version } });
  await runImport(t.services, which(id));
  const found = await read(head, id);
  expect(found).toMatchObject({ status: 'checked', headRow: 4, failure: null });
  expect(found.counts).toMatchObject({ read: COUNT + WRONG.length, fresh: COUNT, known: 0, double: 0, wrong: WRONG.length, skipped: 3 });
  expect(found.counts.upgraded).toBeGreaterThan(20);
  expect(found.counts.filled).toBe(COUNT + WRONG.length - 2);
  expect(found.columns.map((c) => c.key)).toEqual([
    null,
    'name',
    'gender',
    'idNumber',
    'birthOn',
    'phone',
    'address',
    'categories',
    'worker',
    null,
  ]);
  // What is shown of people is masked.
  expect(JSON.stringify(found.preview)).toContain('钟离*岚');
  expect(JSON.stringify(found.preview)).not.toContain('钟离示岚');
  expect(JSON.stringify(found.preview)).not.toContain(inventedId(0));
  const { rows } = await head.ok(imports.listImportRows, { params: { id }, query: { limit: 50 } });
  expect(rows.map((r) => [r.rowNo - 4 - COUNT, r.problems.map((p) => `${p.column} ${p.code}`).join()])).toEqual([
    [1, 'idNumber formula-empty'],
    [2, 'name formula-like'],
    [3, 'idNumber id-lost'],
    [4, 'birthOn date-incomplete'],
    [5, 'idNumber id-wrong'],
    [6, 'name missing'],
    [7, 'categories category-unknown'],
    [8, 'worker worker-unknown'],
    [9, 'idNumber cell-error'],
  ]);
  expect(await many('recipient')).toBe(before);

  const done = await confirm(head, id);
  expect(done).toMatchObject({ status: 'done', counts: { added: COUNT } });
  expect(await many('recipient')).toBe(before + COUNT);
  expect((await sql<{ n: number }>`select count(*)::int as n from recipient_category`.execute(t.owner)).rows[0]?.n).toBe(COUNT);
  // Nothing of the file lies open.
  const { rows: kept } = await sql<{ all: string }>`select string_agg(row_to_json(x)::text, '') as all from (
    select row_to_json(i) from ledger_import i union all select row_to_json(r) from ledger_import_row r) x`.execute(t.owner);
  expect(kept[0]?.all).not.toContain('钟离');
  expect(kept[0]?.all).not.toContain('1390000');

  const again = await bring(head, 'recipients', file);
  const { version: v } = await read(head, again);
  await head.ok(imports.arrangeImport, { params: { id: again }, body: { sheet: 1, headRow: null, columns: null, version: v } });
  await runImport(t.services, which(again));
  const second = await read(head, again);
  expect(second.counts).toMatchObject({ fresh: 0, known: COUNT, double: 0, wrong: WRONG.length });
  expect(second.can).not.toContain('confirm');
  expect(
    (await head.call(imports.confirmImport, { params: { id: again }, body: { doubles: 'add', version: second.version } })).error.code,
  ).toBe('imports.nothing-to-add');
  expect(await many('recipient')).toBe(before + COUNT);
});

test('名册上的人站长和责任社工看得到，别人看不到；建了个案就只按个案看', async () => {
  const name = inventedName(7);
  const who = async (username: string) =>
    (await (await t.as(username)).ok(searchRecipients, { body: { name, idNumber: inventedId(7) } })).found.filter((f) =>
      f.because.includes('id-number'),
    );
  expect(await who('head')).toHaveLength(1);
  expect(await who('worker')).toHaveLength(1);
  for (const stranger of ['worker3', 'worker2', 'head2']) expect(await who(stranger)).toHaveLength(0);
  const listed = (await (await t.as('head')).ok(listRecipients, { query: { limit: 20, count: 'yes' } })).count ?? 0;
  expect(listed).toBeGreaterThanOrEqual(COUNT);
  const [found] = await who('worker');
  const worker = await t.as('worker');
  await worker.ok(createCase, {
    body: {
      recipientId: found?.id,
      serviceDomain: 'family',
      domain: 'end-of-life',
      helpFields: ['medical'],
      risk: 'low',
      household: '独居',
      summary: '需要陪诊',
      aliases: [],
      school: null,
    },
  });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from recipient where id = ${found?.id} and on_register`.execute(
    t.owner,
  );
  expect(rows[0]?.n).toBe(0);
  expect(await who('head')).toHaveLength(1);
  // And so the whole import cannot be taken back any more: it says what stands in the way.
  const head = await t.as('head');
  expect((await undo(head, first)).error).toMatchObject({ code: 'imports.in-use', facts: { cases: 1, contacts: 0 } });
});

test('坏的行下载后改好再导入；可能重复的由人决定；写到一半断了接着写，不多不少；整次撤销', async () => {
  const head = await t.as('head');
  const rows: Put[][] = [
    HEAD,
    ...dirtyRows(1_100, 1_000).map((row, i) => (i === 3 ? row.with(3, null).with(5, null) : row)),
    [1, '改正辛', '女', null, '1950年', '13900019001', '', '', null],
    // The same twice: the second is somebody that is there.
    ...dirtyRows(1, 1_000),
  ];
  const id = await bring(head, 'recipients', bookOf({ 名册: rows }));
  expect((await read(head, id)).counts).toMatchObject({ fresh: 1_100, known: 1, wrong: 1 });
  const before = await many('recipient');
  const { version } = await read(head, id);
  await head.ok(imports.confirmImport, { params: { id }, body: { doubles: 'leave', version } });
  // Broken off after a batch; twice begun; gone on with.
  await runImport(t.services, which(id), 1);
  expect(await many('recipient')).toBe(before + 500);
  expect(await read(head, id)).toMatchObject({ status: 'applying', counts: { added: 500 } });
  await Promise.all([runImport(t.services, which(id)), runImport(t.services, which(id))]);
  expect(await read(head, id)).toMatchObject({ status: 'done', counts: { added: 1_100 } });
  expect(await many('recipient')).toBe(before + 1_100);

  const failed = await head.call(imports.failedImportRows, { params: { id } });
  const book = await readXlsx(Buffer.from(failed.raw, 'latin1'));
  const sheet = book.sheets[0]?.rows ?? [];
  expect(sheet).toHaveLength(2);
  expect(String(sheet[1]?.at(-1))).toBe('出生日期：日期不完整，请写到哪一天');
  // A blank that means "same as above" is written out: above stands another row now.
  expect(sheet[1]?.[8]).toBe('周晓岚');
  const mended = (sheet as Put[][]).map((row) => row.map((c) => (c === '1950年' ? '1950年1月2日' : c)));
  const third = await confirm(head, await bring(head, 'recipients', bookOf({ 改好的: mended })));
  expect(third).toMatchObject({ status: 'done', counts: { added: 1 } });

  // Somebody of the same name and birth date, with no number on either side: perhaps the same.
  const alike = await bring(
    head,
    'recipients',
    bookOf({ 名册: [HEAD, [1, '改正辛', '女', null, '1950.1.2', '13900019999', '', '', null]] }),
  );
  expect((await read(head, alike)).counts).toMatchObject({ fresh: 0, double: 1 });
  expect(await confirm(head, alike, 'add')).toMatchObject({ status: 'done', counts: { added: 1 } });

  const { status } = await undo(head, id);
  expect(status).toBe(200);
  await runImport(t.services, which(id));
  expect(await read(head, id)).toMatchObject({ status: 'undone', counts: { undone: 1_100 }, undoReason: '导错了站点' });
  expect(await many('recipient')).toBe(before + 2);
  // What was taken back may come again.
  const back = await bring(head, 'recipients', bookOf({ 名册: [HEAD, ...dirtyRows(3, 1_000)] }));
  expect((await read(head, back)).counts).toMatchObject({ fresh: 3, known: 0 });
});

const ACTS = [
  '服务日期（空白同上）',
  '社工（空白同上）',
  '服务对象',
  '身份证号',
  '联系电话',
  '服务领域',
  '服务方式',
  '时长（分钟）',
  '人次',
];
const gb18030 = (text: string): Buffer => {
  // Encoded by asking the decoder: the platform itself only reads it.
  const found = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let a = 0x81; a <= 0xfe; a += 1)
    for (let b = 0x40; b <= 0xfe; b += 1) if (b !== 0x7f) found.set(decoder.decode(Uint8Array.of(a, b)), [a, b]);
  return Buffer.from([...text].flatMap((c) => (c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : (found.get(c) ?? [0x3f]))));
};

test('导入台账（GB18030 的 CSV）：认人、认社工、空白同上；重复的行由人决定；第二次不增加；撤销后台账回到原样', async () => {
  const head = await t.as('head');
  const id = (n: number) => inventedId(n);
  const lines = [
    ['一街道社工站服务台账'],
    ACTS,
    ['2026.1.5', '周晓岚', '', id(1), '', '为老服务', '家访', '45', '1'],
    ['', '', inventedName(2), '', '13910000002', '社会救助', '电话', '10分钟', ''],
    ['2026年1月6日', '郑可欣', '', id(3), '', '', '个案 · 面谈', '', ''],
    ['2026年1月6日', '郑可欣', '', id(3), '', '', '个案 · 面谈', '', ''],
    ['20260107', '', '', '', '', '社区', '社区活动', '120', '35'],
    ['2026.1.8', '', '', id(9_999), '', '', '家访', '30', ''],
    ['2026.1.8', '', '', '', '', '', '家访', '30', ''],
    ['2026.1.8', '', '', id(1), '', '', '跳舞', '30', ''],
    ['合计', '', '', '', '', '', '', '265', ''],
  ];
  const file = gb18030(lines.map((l) => l.join(',')).join('\r\n'));
  const before = await many('service_contact');
  const one = await bring(head, 'contacts', file, '台账.csv');
  const found = await read(head, one);
  expect(found.counts).toMatchObject({ read: 8, fresh: 4, double: 1, wrong: 3, skipped: 1 });
  const { rows } = await head.ok(imports.listImportRows, { params: { id: one }, query: { limit: 50 } });
  expect(rows.map((r) => r.problems.map((p) => p.code).join())).toEqual(['same-row', 'person-unknown', 'person-missing', 'kind-unknown']);
  expect(await confirm(head, one)).toMatchObject({ status: 'done', counts: { added: 4 } });
  expect(await many('service_contact')).toBe(before + 4);
  const ledger = await head.ok(listContacts, { query: { period: '2026-01', limit: 50 } });
  expect(ledger.rows.map((r) => [r.happenedOn, r.workerName, r.kind, r.people, r.minutes])).toEqual(
    expect.arrayContaining([
      ['2026-01-05', '周晓岚', 'case-home', 1, 45],
      ['2026-01-05', '周晓岚', 'case-phone', 1, 10],
      ['2026-01-06', '郑可欣', 'case-interview', 1, null],
      ['2026-01-07', '郑可欣', 'activity', 35, 120],
    ]),
  );
  const sums = async () =>
    (
      await sql<{ acts: number; times: number }>`select sum(acts)::int as acts, sum(times)::int as times from contact_tally`.execute(
        t.owner,
      )
    ).rows[0];
  const with4 = await sums();
  const two = await bring(head, 'contacts', file, '台账.csv');
  expect((await read(head, two)).counts).toMatchObject({ fresh: 0, known: 4, double: 1 });
  expect((await undo(head, one)).status).toBe(200);
  await runImport(t.services, which(one));
  expect(await read(head, one)).toMatchObject({ status: 'undone' });
  expect(await many('service_contact')).toBe(before);
  expect(await sums()).toEqual({ acts: (with4?.acts ?? 0) - 4, times: (with4?.times ?? 0) - 38 });
});

test('社工只导入本人的；支援中心选站点；别站的人看不到这次导入；文件到期删除', async () => {
  const worker = await t.as('worker');
  const own = await bring(
    worker,
    'contacts',
    bookOf({
      台账: [
        ACTS,
        ['2026.2.2', '周晓岚', '', inventedId(7), '', '', '家访', '30', ''],
        ['2026.2.2', '郑可欣', '', inventedId(7), '', '', '家访', '30', ''],
      ],
    }),
    '台账.xlsx',
  );
  expect((await read(worker, own)).counts).toMatchObject({ fresh: 1, wrong: 1 });
  expect(await confirm(worker, own)).toMatchObject({ counts: { added: 1 } });
  for (const stranger of ['worker3', 'head2', 'centre', 'bhead'])
    expect([stranger, (await (await t.as(stranger)).call(imports.readImport, { params: { id: own } })).status]).toEqual([stranger, 404]);
  // The head sees that it was, and no word of it.
  const seen = await read(await t.as('head'), own);
  expect(seen).toMatchObject({ mine: false, preview: [], can: ['undo'] });
  expect((await (await t.as('head')).call(imports.failedImportRows, { params: { id: own } })).status).toBe(404);

  const centre = await t.as('centre');
  expect(
    (await centre.call(imports.uploadImport, { query: { kind: 'recipients', name: '名册.xlsx' }, file: dirtyBook(1) })).error.code,
  ).toBe('imports.no-station');
  expect(
    (
      await centre.call(imports.uploadImport, {
        query: { kind: 'recipients', name: '名册.xlsx', stationId: t.world.stations.s3 },
        file: dirtyBook(1),
      })
    ).error.code,
  ).toBe('imports.no-head');
  const forTwo = await bring(
    centre,
    'recipients',
    bookOf({ 名册: [HEAD, ...dirtyRows(3, 5_000).map((r) => r.with(8, null))] }),
    '名册.xlsx',
    t.world.stations.s2,
  );
  expect(await confirm(centre, forTwo)).toMatchObject({ status: 'done', counts: { added: 3 } });
  expect((await (await t.as('head2')).ok(searchRecipients, { body: { idNumber: inventedId(5_000) } })).found).toHaveLength(1);
  expect((await (await t.as('head')).ok(searchRecipients, { body: { idNumber: inventedId(5_000) } })).found).toHaveLength(0);
  // Of another station, and still not made twice.
  const elsewhere = await bring(await t.as('head'), 'recipients', bookOf({ 名册: [HEAD, ...dirtyRows(3, 5_000)] }));
  expect((await read(await t.as('head'), elsewhere)).counts).toMatchObject({ fresh: 0, known: 3 });

  t.clock.advance({ days: 31 });
  await clearImports(t.services);
  const later = await t.as('worker');
  expect(await read(later, own)).toMatchObject({ fileKept: false, can: ['undo'] });
  expect((await later.call(imports.failedImportRows, { params: { id: own } })).error.code).toBe('imports.file-gone');
});
