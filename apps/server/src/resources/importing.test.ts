import { deflateRawSync } from 'node:zlib';
import * as endpoints from '@jieyou/core/resources/endpoints.ts';
import { readXlsx, writeXlsxStream } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { columns } from './importing.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
});
afterAll(() => t.stop());

type Cells = Record<string, string | number | Date>;
const GOOD: Cells = {
  类别: '政策',
  名称: '燃气补贴',
  小类: '生活补贴',
  谁可以申请: '低保家庭',
  条件: '在册低保',
  材料: '身份证；低保证',
  内容: '按户减免',
  专业: '经济、家庭',
  办理单位: '街道办事处',
  出自: '区',
  来源: '试验',
  生效日期: '2026-01-01',
};
const book = async (rows: readonly Cells[], heads: readonly string[] = columns.map((c) => c.title)): Promise<Buffer> => {
  const cells = rows.map((row) => heads.map((head) => row[head] ?? ''));
  const chunks: Uint8Array[] = [];
  const stream = writeXlsxStream(
    (async function* () {
      yield* cells;
    })() as never,
    { name: '表', columns: heads.map((header) => ({ header })) },
  );
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const check = async (file: Buffer) => (await t.as('centre')).ok(endpoints.checkResourceImport, { file });
const bring = async (file: Buffer, query: { leaveBad?: 'yes' } = {}) =>
  (await t.as('centre')).call(endpoints.importResources, { file, query });
const names = async () => (await (await t.as('centre')).ok(endpoints.listResources, { query: { limit: 100 } })).rows.map((r) => r.name);

test('two bad rows are named in Chinese; nothing is half imported; without them the rest comes in; again, nothing changes', async () => {
  const file = await book([
    GOOD,
    { ...GOOD, 名称: '坏日期', 生效日期: '2026-02-30' },
    { ...GOOD, 名称: '坏专业', 专业: '天文', 类别: '' },
    { ...GOOD, 名称: '水费减免', 生效日期: '2026年3月1日', 失效日期: '2026/12/31', 电话: '0755-1' },
  ]);
  const found = await check(file);
  expect(found).toMatchObject({ rows: 4, good: 2, added: 2, changed: 0, unchanged: 0, names: ['燃气补贴', '水费减免'] });
  expect(found.bad).toEqual([
    { row: 3, name: '坏日期', problems: [{ column: '生效日期', says: '“2026-02-30”不是日期，请写成 2026-03-05' }] },
    {
      row: 4,
      name: '坏专业',
      problems: [
        { column: '类别', says: '没有填写' },
        { column: '专业', says: '“天文”不在可选的词里：教育、家庭、心理、法律、经济、医疗康复、就业' },
      ],
    },
  ]);
  expect(await names()).toEqual([]);
  expect((await bring(file)).error).toMatchObject({ code: 'resources.rows-bad', facts: { bad: 2 } });
  expect(await names()).toEqual([]);
  expect((await bring(file, { leaveBad: 'yes' })).body).toEqual({ added: 2, changed: 0, unchanged: 0, left: 2 });
  expect(await names()).toEqual(['水费减免', '燃气补贴']);
  expect(await check(file)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  const changed = await book([{ ...GOOD, 内容: '按人减免' }]);
  expect((await bring(changed)).body).toEqual({ added: 0, changed: 1, unchanged: 0, left: 0 });
  expect(await names()).toHaveLength(2);
});

test('the failed rows come back as a workbook with the reasons, and can be corrected in it', async () => {
  const file = await book([GOOD, { ...GOOD, 名称: '坏日期', 生效日期: '昨天' }]);
  const { bytes } = await w.ask('centre', 'failedResourceRows', { ask: { file } });
  const rows = (await readXlsx(bytes)).sheets[0]?.rows ?? [];
  expect([rows.length, rows[0]?.at(-1), rows[1]?.at(-1)]).toEqual([2, '问题', '生效日期：“昨天”不是日期，请写成 2026-03-05']);
  expect(await check(bytes)).toMatchObject({ rows: 1, good: 0 });
});

test('the template can be read back, and its example row is a good one', async () => {
  expect(await check(await w.template())).toMatchObject({ rows: 1, good: 1, bad: [] });
});

test('the same resource twice in one file is a mistake', async () => {
  expect((await check(await book([GOOD, GOOD]))).bad).toEqual([
    { row: 3, name: '燃气补贴', problems: [{ column: '名称', says: '与第 2 行的名称和办理单位相同' }] },
  ]);
});

describe('hostile and wrong files are refused', () => {
  const refusal = async (file: Buffer) => (await (await t.as('centre')).call(endpoints.checkResourceImport, { file })).error?.code;
  const zip = (name: string, content: Buffer, said = content.length): Buffer => {
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(said, 22);
    local.writeUInt16LE(title.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(said, 24);
    entry.writeUInt16LE(title.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(46 + title.length, 12);
    end.writeUInt32LE(30 + title.length + packed.length, 16);
    return Buffer.concat([local, title, packed, entry, title, end]);
  };
  test('no workbook', async () => {
    expect(await refusal(Buffer.from('名称,类别\n'))).toBe('resources.workbook-unreadable');
    expect(await refusal(Buffer.alloc(0))).toBe('resources.workbook-unreadable');
    expect(await refusal(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]))).toBe('resources.workbook-unreadable');
  });
  test('a bomb, also one that lies about its size', async () => {
    const bomb = Buffer.alloc(300 * 1024 * 1024);
    expect(await refusal(zip('xl/worksheets/sheet1.xml', bomb))).toBe('resources.workbook-unreadable');
    expect(await refusal(zip('xl/worksheets/sheet1.xml', bomb, 10))).toBe('resources.workbook-unreadable');
  });
  test('one that is too large', async () => {
    expect(await refusal(Buffer.alloc(5 * 1024 * 1024 + 1, 1))).toBe('resources.workbook-too-large');
  });
  test('too many rows', async () => {
    const rows = Array.from({ length: 2001 }, (_, i) => ({ ...GOOD, 名称: `补贴${i}` }));
    expect(await refusal(await book(rows))).toBe('resources.workbook-too-many-rows');
  });
  test('other headings', async () => {
    expect(await refusal(await book([GOOD], ['名称', '内容']))).toBe('resources.workbook-unreadable');
  });
});

describe('the exchange in HSDS 3.0', () => {
  const read = async (username: string) =>
    JSON.parse((await w.ask(username, 'exportHsds', { ask: {} })).bytes.toString('utf8')) as object[];
  const send = async (username: string, services: unknown, query: object = {}) =>
    (await t.as(username)).call(endpoints.importHsds, { file: Buffer.from(JSON.stringify(services)), query: query as never });

  test('an export comes back without a change, and fills another district’s bank to the same export', async () => {
    const centre = await t.as('centre');
    const rules = {
      kind: 'all',
      of: [
        { kind: 'age', min: 3, max: 12 },
        { kind: 'not', of: [{ kind: 'consent', by: 'guardian' }] },
      ],
    };
    const whole = {
      documentNo: '区民〔2026〕1号',
      documentOn: '2026-01-05',
      policyType: 'talent',
      reviewOn: '2026-09-01',
      eligibility: rules,
    };
    await centre.ok(endpoints.createResource, {
      body: { ...(w.resourceDraft() as object), name: '儿童陪伴', validTo: '2026-12-31', phone: '0755-3', ...whole } as never,
    });
    const exported = await read('centre');
    expect(exported.length).toBe(3);
    expect(exported.at(-1)).toMatchObject({
      name: '儿童陪伴',
      minimum_age: 3,
      maximum_age: 12,
      status: 'active',
      assured_date: '2026-01-05',
    });
    expect((await send('centre', exported, { mode: 'apply' })).body).toMatchObject({ added: 0, changed: 0, unchanged: 3, bad: [] });
    expect((await send('bcentre', exported, { mode: 'apply' })).body).toMatchObject({ added: 3, changed: 0, unchanged: 0 });
    expect((await send('bcentre', exported, { mode: 'apply' })).body).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    const places = (services: object[]) => JSON.parse(JSON.stringify(services).replace(/甲区|乙区/g, '某区')) as object[];
    const byName = (a: object, b: object) => ((a as { name: string }).name < (b as { name: string }).name ? -1 : 1);
    expect(places(await read('bcentre')).sort(byName)).toEqual(places(exported).sort(byName));
  });

  const foreign = {
    id: 'ac148810-d857-441c-9679-408f346de14b',
    name: 'Community Counselling',
    description: 'Counselling by trained professionals.',
    status: 'active',
    eligibility_description: 'People aged 12 and over',
    minimum_age: 12,
    maximum_age: 100,
    organization: { id: 'd9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610', name: 'Example Organization', description: 'x' },
    phones: [{ id: '1554f2e2-a373-45db-a3fa-9fc48a61c15e', number: '"+44 1234 234567"' }],
    required_documents: [{ id: '1554f2e2-a373-45db-a3fa-9fc48a61c15f', document: 'A letter of referral. '.repeat(8) }],
  };
  test('a service of another bank comes in with its ages as a rule, once somebody says its fields', async () => {
    expect((await send('centre', foreign)).body).toMatchObject({ good: 0, bad: [{ row: 1, name: 'Community Counselling' }] });
    expect((await send('centre', foreign, { mode: 'apply' })).error.code).toBe('resources.rows-bad');
    expect((await send('centre', [foreign], { mode: 'apply', helpField: ['psychology'] })).body).toMatchObject({ added: 1 });
    const row = (await (await t.as('centre')).ok(endpoints.listResources, { query: { text: 'Counselling' } })).rows[0];
    const file = await (await t.as('centre')).ok(endpoints.readResource, { params: { id: row?.id ?? '' } });
    expect(file).toMatchObject({
      authority: 'Example Organization',
      phone: '+44 1234 234567',
      helpFields: ['psychology'],
      eligibility: { kind: 'all', of: [{ kind: 'age', min: 12, max: 100 }] },
    });
    expect((await send('centre', foreign, { helpField: ['psychology'] })).body).toMatchObject({ added: 0, unchanged: 1 });
  });

  test('what is no service is refused; ids must be there once', async () => {
    expect((await send('centre', { hello: 1 })).error.code).toBe('resources.exchange-unreadable');
    expect((await (await t.as('centre')).call(endpoints.importHsds, { file: Buffer.from('{'), query: {} })).error.code).toBe(
      'resources.exchange-unreadable',
    );
    const twice = (await send('centre', [foreign, foreign, { ...foreign, id: 'x' }], { helpField: ['law'] })).body;
    expect(twice.bad.map((b) => b.problems[0]?.says)).toEqual(['id 重复', '没有 id，或不是 UUID']);
  });
});
