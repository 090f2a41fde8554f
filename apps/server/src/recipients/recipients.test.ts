/** People and their households, in the real application on a real database. */
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as sealing from '@jieyou/core/sealing/endpoints.ts';
import { idCheckCharacter } from '@jieyou/core/shared/identifiers.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessWorld, readable } from '../../test/access.world.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { giveSounds } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const idNumber = (first17: string): string => `${first17}${idCheckCharacter(first17)}`;

type Who = { name: string; idNumber?: string | null; phone?: string | null; birthOn?: string | null };
const draft = (who: Who) => ({
  recipient: { gender: 'female' as const, birthOn: null, idNumber: null, phone: null, address: null, ...who },
  ...words,
});
const words = {
  household: '',
  aliases: [],
  school: null,
  serviceDomain: 'family' as const,
  domain: 'family-relations' as const,
  helpFields: ['family' as const],
  risk: 'low' as const,
  summary: '家里的事',
};

/** Opens a case for somebody new; answers the case and the person. */
const serve = async (username: string, who: Who): Promise<{ caseId: string; id: string }> => {
  const made = await (await t.as(username)).ok(cases.createCase, { body: draft(who) });
  const { rows } = await sql<{ id: string }>`select recipient_id as id from case_file where id = ${made.id}`.execute(t.owner);
  return { caseId: made.id, id: rows[0]?.id ?? '' };
};
const search = async (username: string, body: Record<string, string>) => (await t.as(username)).ok(recipients.searchRecipients, { body });
const found = async (username: string, body: Record<string, string>): Promise<[string, string[]][]> =>
  (await search(username, body)).found.map((f) => [f.id, f.because]);

describe('the search before a case', () => {
  const ID = idNumber('44030619700105301');
  let xie: { caseId: string; id: string };
  beforeAll(async () => {
    xie = await serve('worker', { name: '解小芳', idNumber: ID, phone: '13911112222' });
  });

  it('finds by each key, the surest first, and says by which', async () => {
    expect(await found('worker', { idNumber: ID.toLowerCase() })).toEqual([[xie.id, ['id-number']]]);
    expect(await found('worker', { phone: '139 1111 2222' })).toEqual([[xie.id, ['phone']]]);
    expect(await found('worker', { name: '解小芳', birthOn: '1970-01-05' })).toEqual([[xie.id, ['name-birth']]]);
    expect(await found('worker', { name: '解小芳', birthOn: '1971-01-05' })).toEqual([[xie.id, ['name']]]);
    expect(await found('head', { phone: '13911112222' })).toEqual([[xie.id, ['phone']]]);
    const other = await serve('worker', { name: '牛大山', phone: '13911112222' });
    expect((await found('worker', { idNumber: ID, phone: '13911112222' })).map(([id]) => id)).toEqual([xie.id, other.id]);
  });

  it('hears a surname as a surname: 谢 sounds like 解, 姐 does not; 单 is shan and not dan', async () => {
    expect(await found('worker', { name: '谢晓方' })).toEqual([[xie.id, ['pinyin']]]);
    expect(await found('worker', { name: 'xiexiaofang' })).toEqual([[xie.id, ['pinyin']]]);
    expect(await found('worker', { name: '节小芳' })).toEqual([]);
    const shan = await serve('worker', { name: '单文静' });
    expect(await found('worker', { name: '山文静' })).toEqual([[shan.id, ['pinyin']]]);
    expect(await found('worker', { name: '丹文静' })).toEqual([]);
    const zha = await serve('worker', { name: '查小雨' });
    expect(await found('worker', { name: '扎小雨' })).toEqual([[zha.id, ['pinyin']]]);
    expect(await found('worker', { name: '茶小雨' })).toEqual([]);
  });

  it('finds by a former name, and by how it sounded', async () => {
    const params = { id: xie.id };
    const worker = await t.as('worker');
    await worker.ok(recipients.addFormerName, { params, body: { name: '解招弟' } });
    expect(await found('worker', { name: '解招弟' })).toEqual([[xie.id, ['former-name']]]);
    expect(await found('worker', { name: '谢昭娣' })).toEqual([[xie.id, ['former-name']]]);
    for (const name of ['解招弟', '解小芳']) {
      const again = await worker.call(recipients.addFormerName, { params, body: { name } });
      expect([again.status, again.error.code]).toEqual([409, 'recipients.name-known']);
    }
  });

  it('says of somebody beyond reach only where a case is open, and only to who names exactly this person', async () => {
    const exact = await search('worker2', { idNumber: ID });
    expect(exact.found).toEqual([]);
    const station = await sql<{ name: string }>`select name from station where id = ${t.world.stations.s1}`.execute(t.owner);
    expect(exact.elsewhere).toEqual([{ stationName: station.rows[0]?.name }]);
    expect(JSON.stringify(exact)).not.toMatch(/[0-9a-f]{8}-|解|芳|139/);
    expect((await search('worker2', { name: '解小芳', birthOn: '1970-01-05', phone: '13911112222' })).elsewhere).toHaveLength(1);
    for (const body of [
      { phone: '13911112222' },
      { name: '解小芳', birthOn: '1970-01-05' },
      { name: '解小芳', phone: '13911112222' },
      { name: '谢晓方', birthOn: '1970-01-05', phone: '13911112222' },
      { name: '解招弟' },
    ])
      expect([body, await search('worker2', body)]).toEqual([body, { found: [], more: false, elsewhere: [] }]);
    // Another district does not even learn that; what is in one's own reach is not elsewhere.
    expect((await search('bworker', { idNumber: ID })).elsewhere).toEqual([]);
    expect((await search('worker', { idNumber: ID })).elsewhere).toEqual([]);
    const { rows } = await sql<{ outcome: string; n: number }>`select outcome, count(*)::int as n from access_record
      where action = 'searchRecipients' and record_kind = 'recipients' and actor_id = ${t.world.persons.worker2} group by 1 order by 1`.execute(
      t.owner,
    );
    expect(rows).toEqual([
      { outcome: 'elsewhere', n: 2 },
      { outcome: 'list-by-identity', n: 5 },
    ]);
  });

  it('needs at least one key, and a birth date alone is none', async () => {
    for (const body of [{}, { birthOn: '1970-01-05' }, { name: '  ' }])
      expect([body, (await (await t.as('worker')).call(recipients.searchRecipients, { body })).status]).toEqual([body, 400]);
  });

  it('leads to a case on the same row; a second one beside an open one asks first', async () => {
    const worker = await t.as('worker');
    const { id, caseId } = await serve('worker', { name: '车再来', phone: '13922223333' });
    const body = { ...words, recipientId: id };
    const first = await worker.call(cases.createCase, { body });
    expect([first.status, first.error.code]).toEqual([409, 'cases.open-already']);
    await sql`update case_file set status = 'closed' where id = ${caseId}`.execute(t.owner);
    const second = await worker.ok(cases.createCase, { body });
    const third = await worker.ok(cases.createCase, { body: { ...body, alongside: true } });
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from recipient where id = ${id} or name_index = (select name_index from recipient where id = ${id})`.execute(
      t.owner,
    );
    expect(rows).toEqual([{ n: 1 }]);
    const file = await worker.ok(recipients.readRecipient, { params: { id } });
    expect(file.cases.map((c) => c.id)).toEqual([third.id, second.id, caseId]);
    // Nobody takes a person who is not in reach, nor both ways at once.
    for (const username of ['worker2', 'worker3', 'bworker'])
      expect((await (await t.as(username)).call(cases.createCase, { body })).status).toBe(404);
    expect((await worker.call(cases.createCase, { body: { ...draft({ name: '车再来' }), recipientId: id } })).status).toBe(400);
    expect((await worker.call(cases.createCase, { body: words })).status).toBe(400);
  });
});

describe('the file of a person', () => {
  it('holds categories with their days, guardians, and how contact is safe', async () => {
    const worker = await t.as('worker');
    const { id, caseId } = await serve('worker', { name: '易小禾', birthOn: '2015-06-01', phone: '13933334444' });
    const params = { id };
    const disabled = { category: 'disabled' as const, disability: 'hearing' as const, grade: 2, fromDay: '2024-01-01', source: '残疾人证' };
    const { id: categoryId } = await worker.ok(recipients.addCategory, { params, body: disabled });
    await worker.ok(recipients.addCategory, { params, body: { category: 'child-in-need', fromDay: '2024-01-01', source: '街道台账' } });
    for (const [body, status, code] of [
      [disabled, 409, 'recipients.category-overlaps'],
      [{ ...disabled, disability: null }, 400, undefined],
      [{ ...disabled, grade: 5 }, 400, undefined],
      [{ category: 'destitute', fromDay: '2027-01-01', source: '某文' }, 409, 'recipients.category-in-future'],
    ] as const) {
      const answer = await worker.call(recipients.addCategory, { params, body: body as never });
      expect([answer.status, answer.error.code]).toEqual([status, code]);
    }
    const end = (toDay: string) => worker.call(recipients.endCategory, { params: { id, categoryId }, body: { toDay } });
    expect((await end('2023-12-31')).error.code).toBe('recipients.category-backwards');
    expect((await end('2026-02-28')).status).toBe(200);
    expect((await end('2026-03-01')).error.code).toBe('recipients.category-over');
    const guardian = { name: '易建国', relationship: '父亲', phone: '13944445555' };
    const { id: guardianId } = await worker.ok(recipients.addGuardian, { params, body: guardian });
    await worker.ok(recipients.markContact, { params, body: { unsafe: { how: '先联系班主任', times: '上学日 9–11 点' } } });
    const file = await worker.ok(recipients.readRecipient, { params });
    expect(file.categories.map((c) => [c.category, c.live])).toEqual([
      ['disabled', false],
      ['child-in-need', true],
    ]);
    expect(file.guardians[0]).toMatchObject({ relationship: '父亲', name: '易*国', phone: '139****5555' });
    expect(file.contact).toMatchObject({ how: '先联系班主任' });
    expect((await worker.ok(cases.readCase, { params: { id: caseId } })).recipient.contact).toEqual({
      how: '先联系班主任',
      times: '上学日 9–11 点',
    });
    const at = { params: { id, guardianId } };
    const opened = await worker.ok(recipients.openGuardianField, { ...at, body: { field: 'phone', reason: '约家访' } });
    expect(opened.value).toBe('13944445555');
    const own = await (await t.as('head')).ok(recipients.openRecipientField, { params, body: { field: 'phone', reason: '核查' } });
    expect(own.value).toBe('13933334444');
    const { rows } = await sql<{
      outcome: string;
      reason: string;
    }>`select outcome, reason from access_record where record_id = ${id} and kind = 'unmask' order by id`.execute(t.owner);
    expect(rows).toEqual([
      { outcome: 'guardian-phone', reason: '约家访' },
      { outcome: 'phone', reason: '核查' },
    ]);
    await worker.ok(recipients.endGuardian, at);
    expect((await worker.call(recipients.endGuardian, at)).error.code).toBe('recipients.guardian-over');
    await worker.ok(recipients.markContact, { params, body: { unsafe: null } });
    expect((await worker.ok(recipients.readRecipient, { params })).contact).toBeNull();
    // The head reads and does not write.
    expect((await (await t.as('head')).call(recipients.addGuardian, { params, body: guardian })).status).toBe(403);
    // What is stored is enciphered.
    const { rows: stored } = await sql<{
      row: string;
    }>`select to_jsonb(g)::text as row from recipient_guardian g where g.id = ${guardianId}`.execute(t.owner);
    expect(stored[0]?.row).not.toMatch(/易建国|13944445555/);
  });

  it('lists who is served by category, station, and sealed name; exports masked, with a reason', async () => {
    const worker = await t.as('worker');
    const { id } = await serve('worker', { name: '段独居', phone: '13955556666' });
    await worker.ok(recipients.addCategory, {
      params: { id },
      body: { category: 'elder-alone', fromDay: '2026-01-01', source: '社区台账' },
    });
    const ids = async (username: string, query: object) =>
      (await (await t.as(username)).ok(recipients.listRecipients, { query: query as never })).rows.map((r) => r.id);
    expect(await ids('worker', { category: ['elder-alone'] })).toEqual([id]);
    expect(await ids('head', { category: ['elder-alone'], stationId: t.world.stations.s1 })).toEqual([id]);
    expect(await ids('head', { category: ['elder-alone'], stationId: t.world.stations.s2 })).toEqual([]);
    expect(await ids('worker', { category: ['elder-alone'], open: 'no' })).toEqual([]);
    const { lookup } = await worker.ok(cases.sealLookup, { body: { typed: '13955556666' } });
    expect(await ids('worker', { lookup })).toEqual([id]);
    expect((await (await t.as('head')).call(recipients.listRecipients, { query: { lookup } })).status).toBe(400);
    expect(await ids('worker2', { category: ['elder-alone'] })).toEqual([]);
    const wrong = await worker.call(recipients.exportRecipients, { query: { lookup: '13800138000', reason: '月度核对' } });
    expect([wrong.status, wrong.error.fields?.[0]?.path]).toEqual([400, 'lookup']);
    const { raw, status } = await worker.call(recipients.exportRecipients, { query: { category: ['elder-alone'], reason: '月度核对' } });
    const text = readable(Buffer.from(raw, 'latin1'));
    expect([status, text.includes('段*居'), text.includes('独居老人'), text.includes('段独居')]).toEqual([200, true, true, false]);
    const { rows } = await sql<{ reason: string }>`select reason from access_record where action = 'exportRecipients'`.execute(t.owner);
    expect(rows).toEqual([{ reason: '月度核对' }]);
    // Columns that are hidden in the list stay behind; the first says what a row is and never does.
    const leave = ['name', 'phone'];
    const less = await worker.call(recipients.exportRecipients, { query: { category: ['elder-alone'], leave, reason: '只要类别' } });
    const told = readable(Buffer.from(less.raw, 'latin1'));
    expect(['姓名', '段*居', '类别', '电话'].map((w) => [w, text.includes(w), told.includes(w)])).toEqual([
      ['姓名', true, true],
      ['段*居', true, true],
      ['类别', true, true],
      ['电话', true, false],
    ]);
  });

  it('tells what happened, the newest first, and of cases beyond reach the day and the author only', async () => {
    const worker = await t.as('worker');
    const { id, caseId } = await serve('worker', { name: '路漫漫' });
    await worker.ok(cases.addNote, { params: { id: caseId }, body: { happenedOn: '2026-03-02', body: '头一次家访，门口见面' } });
    // Another worker's case hangs on the same person.
    const theirs = await serve('worker2', { name: '另一人' });
    await (await t.as('worker2')).ok(cases.addNote, {
      params: { id: theirs.caseId },
      body: { happenedOn: '2026-03-03', body: '别人的话' },
    });
    await sql`update case_file set recipient_id = ${id} where id = ${theirs.caseId}`.execute(t.owner);
    const steps = async (username: string) => (await (await t.as(username)).ok(recipients.listRecipientSteps, { params: { id } })).rows;
    const mine = await steps('worker');
    expect(mine.map((s) => [s.kind, s.day, s.caseId !== null, s.body])).toEqual(
      expect.arrayContaining([
        ['note', '2026-03-02', true, '头一次家访，门口见面'],
        ['note', '2026-03-03', false, null],
      ]),
    );
    expect(mine).toHaveLength(4);
    expect(mine.map((s) => s.day)).toEqual([...mine.map((s) => s.day)].sort().reverse());
    expect(JSON.stringify(mine)).not.toContain('别人的话');
    const shared = await steps('worker2');
    expect(shared.find((s) => s.day === '2026-03-03')?.body).toBe('别人的话');
    expect(JSON.stringify(shared)).not.toContain('头一次');
    // A sealed case leaves no trace on it.
    await sql`update case_file set sealed_at = now() where id = ${theirs.caseId}`.execute(t.owner);
    expect(await steps('worker')).toHaveLength(2);
    expect((await (await t.as('worker3')).call(recipients.listRecipientSteps, { params: { id } })).status).toBe(404);
  });

  it('a household has members in reach and merely named, an address of its own, and ties', async () => {
    const worker = await t.as('worker');
    const mother = await serve('worker', { name: '文阿姨' });
    const child = await serve('worker', { name: '文小弟' });
    const stranger = await serve('worker2', { name: '生分人' });
    const body = { address: '一街道文家巷3号', relation: 'head' as const, livesTogether: true };
    const { id } = await worker.ok(recipients.beginHousehold, { params: { id: mother.id }, body });
    const add = (member: object) => worker.call(recipients.addHouseholdMember, { params: { id }, body: member as never });
    const joined = await add({ recipientId: child.id, relation: 'child', livesTogether: true });
    const named = await add({ name: '文老太', relation: 'parent', livesTogether: false });
    expect([joined.status, named.status]).toEqual([200, 200]);
    expect((await add({ recipientId: stranger.id, relation: 'sibling', livesTogether: true })).error.code).toBe('recipients.not-in-reach');
    expect((await add({ recipientId: child.id, relation: 'child', livesTogether: true })).error.code).toBe('recipients.member-already');
    expect((await add({ name: '又一户主', relation: 'head', livesTogether: true })).error.code).toBe('recipients.head-already');
    expect((await add({ relation: 'child', livesTogether: true })).status).toBe(400);
    expect((await worker.call(recipients.beginHousehold, { params: { id: child.id }, body })).error.code).toBe(
      'recipients.in-other-household',
    );
    const tie = { fromMember: joined.body.id, toMember: named.body.id, bond: 'conflict' as const };
    const { id: tieId } = await worker.ok(recipients.addHouseholdTie, { params: { id }, body: tie });
    expect((await worker.call(recipients.addHouseholdTie, { params: { id }, body: tie })).error.code).toBe('recipients.tie-already');
    await worker.ok(recipients.addHouseholdTie, {
      params: { id },
      body: { fromMember: joined.body.id, system: 'school', systemName: '文苑小学', bond: 'close' },
    });
    const [house] = (await worker.ok(recipients.readRecipient, { params: { id: child.id } })).households;
    expect(house?.members.map((m) => [m.kind, m.relation])).toEqual([
      ['recipient', 'head'],
      ['recipient', 'child'],
      ['named', 'parent'],
    ]);
    expect([house?.ties.length, house?.address]).toEqual([2, expect.not.stringContaining('3号')]);
    expect(
      (await worker.ok(recipients.openHouseholdField, { params: { id }, body: { memberId: named.body.id, reason: '核对' } })).value,
    ).toBe('文老太');
    expect((await worker.ok(recipients.openHouseholdField, { params: { id }, body: { memberId: null, reason: '核对' } })).value).toBe(
      '一街道文家巷3号',
    );
    // Who serves one member sees the others of the household, but not who they are when they are somebody else's.
    await sql`update case_file set worker_id = ${t.world.persons.worker2}, station_id = ${t.world.stations.s2} where id = ${child.caseId}`.execute(
      t.owner,
    );
    const other = await (await t.as('worker2')).ok(recipients.readRecipient, { params: { id: child.id } });
    expect(other.households[0]?.members.map((m) => [m.kind, m.name, m.recipientId === null])).toEqual([
      ['beyond', null, true],
      ['recipient', '文*弟', false],
      ['named', '文*太', true],
    ]);
    expect((await (await t.as('worker2')).call(recipients.readRecipient, { params: { id: mother.id } })).status).toBe(404);
    await worker.ok(recipients.endHouseholdTie, { params: { id, tieId } });
    await worker.ok(recipients.changeHouseholdMember, {
      params: { id, memberId: named.body.id },
      body: { relation: 'grandparent', livesTogether: true },
    });
    expect(
      (
        await worker.call(recipients.changeHouseholdMember, {
          params: { id, memberId: named.body.id },
          body: { relation: 'head', livesTogether: true },
        })
      ).error.code,
    ).toBe('recipients.head-already');
    await worker.ok(recipients.endHouseholdMember, { params: { id, memberId: named.body.id } });
    expect((await worker.call(recipients.endHouseholdMember, { params: { id, memberId: named.body.id } })).error.code).toBe(
      'recipients.member-left',
    );
    await worker.ok(recipients.changeHousehold, { params: { id }, body: { version: 1, address: null } });
    expect((await worker.call(recipients.changeHousehold, { params: { id }, body: { version: 1, address: null } })).error.code).toBe(
      'record.changed-meanwhile',
    );
  });
});

describe('rows that are one person', () => {
  /** How many rows of each table refer to a person, found in the catalogue. */
  const counts = async (id: string): Promise<Record<string, number>> => {
    const { rows: refs } = await sql<{ tableName: string; columnName: string }>`select * from recipient_references()`.execute(t.owner);
    expect(refs.length).toBeGreaterThanOrEqual(7);
    const out: Record<string, number> = {};
    for (const { tableName, columnName } of refs) {
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from ${sql.table(tableName)} where ${sql.ref(columnName)} = ${id}`.execute(t.owner);
      out[`${tableName}.${columnName}`] = rows[0]?.n ?? 0;
    }
    return out;
  };
  const sum = (a: Record<string, number>, b: Record<string, number>) =>
    Object.fromEntries(Object.keys(a).map((k) => [k, (a[k] ?? 0) + (b[k] ?? 0)]));

  it('are shown with the reason, told apart for good, merged, and taken back with everything where it was', async () => {
    const worker = await t.as('worker');
    const ID = idNumber('44030619800808401');
    const kept = await serve('worker', { name: '孪晓东', idNumber: ID, phone: '13966667777' });
    const gone = await serve('worker', { name: '孪小东', idNumber: ID, phone: '13966667777' });
    const twin = await serve('worker', { name: '孪晓西', phone: '13966667777', birthOn: '1980-08-08' });
    const pairs = async () =>
      (await worker.ok(recipients.listRecipientPairs, {})).rows
        .filter((p) => [kept.id, gone.id, twin.id].includes(p.one.id))
        .map((p) => [new Set([p.one.id, p.other.id]), p.because]);
    expect(await pairs()).toEqual(
      expect.arrayContaining([
        [new Set([kept.id, gone.id]), ['id-number', 'phone-birth']],
        [new Set([kept.id, twin.id]), ['phone-birth']],
        [new Set([gone.id, twin.id]), ['phone-birth']],
      ]),
    );
    for (const one of [kept, gone]) {
      const apart = { body: { oneId: twin.id, otherId: one.id, reason: '孪生兄弟' } };
      await worker.ok(recipients.tellApart, apart);
      expect((await worker.call(recipients.tellApart, apart)).error.code).toBe('recipients.apart-already');
    }
    expect(await pairs()).toHaveLength(1);

    // Everything that can hang on a person hangs on the row that goes.
    const params = { id: gone.id };
    await worker.ok(recipients.addFormerName, { params, body: { name: '孪建军' } });
    await worker.ok(recipients.addCategory, { params, body: { category: 'subsistence', fromDay: '2025-01-01', source: '低保证' } });
    await worker.ok(recipients.addGuardian, { params, body: { name: '孪父', relationship: '父亲', phone: null } });
    await worker.ok(recipients.markContact, { params, body: { unsafe: { how: '发短信', times: '白天' } } });
    await worker.ok(recipients.beginHousehold, { params, body: { address: null, relation: 'head', livesTogether: true } });
    const acts = async () =>
      (
        await sql<{
          recipientId: string;
          who: string[];
        }>`select recipient_id, who from service_contact where case_id = ${gone.caseId}`.execute(t.owner)
      ).rows;
    await worker.ok(cases.addNote, { params: { id: gone.caseId }, body: { happenedOn: '2026-03-05', body: '面谈' } });
    const [keptBefore, goneBefore] = [await counts(kept.id), await counts(gone.id)];
    expect(Object.values(goneBefore).filter((n) => n > 0).length).toBe(6);

    for (const [username, status] of [
      ['worker2', 404],
      ['worker3', 404],
      ['head2', 404],
      ['bworker', 404],
    ] as const) {
      const answer = await (await t.as(username)).call(recipients.mergeRecipients, {
        body: { keptId: kept.id, goneId: gone.id, reason: '同一人' },
      });
      expect([username, answer.status]).toEqual([username, status]);
    }
    expect(
      (await worker.call(recipients.mergeRecipients, { body: { keptId: kept.id, goneId: kept.id, reason: '同一人' } })).error.code,
    ).toBe('recipients.same-row');
    const foreign = await serve('worker', { name: '孪晓栋', idNumber: idNumber('44030619800808402') });
    expect(
      (await worker.call(recipients.mergeRecipients, { body: { keptId: kept.id, goneId: foreign.id, reason: '同一人' } })).error.code,
    ).toBe('recipients.other-id-number');
    const { id: mergeId } = await worker.ok(recipients.mergeRecipients, {
      body: { keptId: kept.id, goneId: gone.id, reason: '同一证件号码' },
    });
    expect(await counts(kept.id)).toEqual({ ...sum(keptBefore, goneBefore), 'recipient.merged_into': 1 });
    // What was done for the person counts as done for one.
    expect(await acts()).toEqual([{ recipientId: kept.id, who: [kept.id] }]);
    expect(Object.values(await counts(gone.id)).every((n) => n === 0)).toBe(true);
    expect(
      (await worker.call(recipients.mergeRecipients, { body: { keptId: twin.id, goneId: gone.id, reason: '同一人' } })).error.code,
    ).toBe('recipients.merged-already');
    expect(await pairs()).toHaveLength(0);

    // A case of the merged row stays readable; the address of the row leads to the one that stands; the search finds by both.
    expect((await worker.ok(cases.readCase, { params: { id: gone.caseId } })).recipient).toMatchObject({
      id: kept.id,
      contact: { how: '发短信' },
    });
    const file = await worker.ok(recipients.readRecipient, { params });
    expect([file.id, file.mergedFrom, file.cases.length, file.households.length, file.formerNames.length]).toEqual([
      kept.id,
      gone.id,
      2,
      1,
      1,
    ]);
    expect(await found('worker', { name: '孪小东' })).toEqual([
      [kept.id, expect.arrayContaining(['name', 'pinyin'])],
      [foreign.id, ['pinyin']],
    ]);
    expect((await worker.ok(recipients.listRecipients, { query: { limit: 100 } })).rows.map((r) => r.id)).not.toContain(gone.id);
    expect(file.merges[0]).toMatchObject({ id: mergeId, moved: 6, reason: '同一证件号码', undoneAt: null });

    // A later merge stands in the way; taken back in turn, both are where they were.
    const last = await serve('worker', { name: '孪晓冬', idNumber: ID });
    const { id: later } = await worker.ok(recipients.mergeRecipients, { body: { keptId: last.id, goneId: kept.id, reason: '再并' } });
    const undo = (id: string, username = 'worker') =>
      t.as(username).then((who) => who.call(recipients.undoRecipientMerge, { params: { id }, body: { reason: '弄错了' } }));
    expect((await undo(mergeId)).error.code).toBe('recipients.merged-further');
    expect((await undo(later, 'worker3')).status).toBe(404);
    expect((await undo(later, 'head')).status).toBe(200);
    expect((await undo(mergeId)).status).toBe(200);
    expect((await undo(mergeId)).error.code).toBe('recipients.undone-already');
    expect([await counts(kept.id), await counts(gone.id)]).toEqual([keptBefore, goneBefore]);
    expect(await acts()).toEqual([{ recipientId: gone.id, who: [gone.id] }]);
    expect((await worker.ok(recipients.readRecipient, { params })).mergedFrom).toBeNull();
    const history = (await worker.ok(recipients.listRecipientMerges, {})).rows;
    expect(history.map((m) => [m.id, m.undoReason])).toEqual([
      [later, '弄错了'],
      [mergeId, '弄错了'],
    ]);
    const { rows: events } = await sql<{
      type: string;
    }>`select type from event where record_id = ${kept.id} and type like 'recipient.merge%' order by id`.execute(t.owner);
    expect(events.map((e) => e.type)).toEqual(['recipient.merged', 'recipient.merge-undone']);
  });

  it('are merged by the database only for who serves both', async () => {
    const [one, other] = [await serve('worker', { name: '甲同名' }), await serve('worker2', { name: '甲同名' })];
    const under = (username: string) =>
      t.services.db.transaction(
        'write',
        {
          person: t.world.persons[username] ?? '',
          district: t.world.districtId,
          worker_selves: t.world.persons[username] ?? '',
          now: t.clock.now().toISOString(),
          http_request: 'raw',
        },
        async (tx) => sql`select merge_recipients(gen_random_uuid(), ${one.id}, ${other.id}, 'x')`.execute(tx),
      );
    await expect(under('worker')).rejects.toThrow(/in reach|permission/);
    const { rows } = await sql`select 1 from recipient_merge where gone_id = ${other.id}`.execute(t.owner);
    expect(rows).toEqual([]);
  });
});

describe('what hangs on a person', () => {
  const HANGING = [
    'recipient_former_name',
    'recipient_category',
    'recipient_detail',
    'recipient_guardian',
    'recipient_contact',
    'household',
    'household_member',
    'household_tie',
    'recipient_merge',
  ];
  const rowsIn = async (): Promise<Record<string, string>> => {
    const out: Record<string, string> = {};
    for (const table of HANGING) {
      const { rows } = await sql<{
        n: string;
      }>`select count(*) || ' ' || coalesce(md5(string_agg(x::text, '|' order by x::text)), '') as n from ${sql.table(table)} x`.execute(
        t.owner,
      );
      out[table] = rows[0]?.n ?? '';
    }
    return out;
  };
  const caseOf = async (id: string): Promise<{ id: string; number: string }> => {
    const { rows } = await sql<{
      id: string;
      number: string;
    }>`select id, number from case_file where recipient_id = ${id} order by id`.execute(t.owner);
    return rows[0] ?? { id: '', number: '' };
  };

  it('is sealed with the only case, a merged row and the household too, and comes back as it was', async () => {
    const w = new AccessWorld(t);
    const empty = await rowsIn();
    const { id } = await w.furnished('own');
    const gone = await w.served('own');
    const worker = await t.as('worker');
    await worker.ok(recipients.mergeRecipients, { body: { keptId: id, goneId: gone, reason: '同一人' } });
    // The merge brought a second case, which is sealed first; nothing of the person goes as long as one case is open.
    const { rows: files } = await sql<{ number: string }>`select number from case_file where recipient_id = ${id} order by id`.execute(
      t.owner,
    );
    const before = await rowsIn();
    const seal = async (number: string): Promise<string> => {
      const body = {
        authority: '区人民检察院',
        decisionNo: '检封〔2026〕9号',
        decidedOn: '2026-03-04',
        basis: 'non-prosecution' as const,
        reason: '收到通知',
      };
      const made = await (await t.as('centre')).ok(sealing.proposeSealing, { body: { ...body, caseNumber: number } });
      await (await t.as('security')).ok(sealing.decideSealing, { params: { id: made.id }, body: { decision: 'seal' } });
      return made.id;
    };
    const first = await seal(files[1]?.number ?? '');
    expect(await rowsIn()).toEqual(before);
    const second = await seal(files[0]?.number ?? '');
    const left = await rowsIn();
    for (const table of HANGING) expect([table, left[table]]).toEqual([table, empty[table]]);
    expect((await sql`select 1 from recipient where id = ${gone}`.execute(t.owner)).rows).toEqual([]);
    expect((await worker.call(recipients.readRecipient, { params: { id } })).status).toBe(404);
    expect((await search('worker2', { idNumber: '440306198102031025' })).elsewhere.length).toBeLessThan(2);
    for (const file of [second, first]) {
      await (await t.as('centre')).ok(sealing.proposeUnsealing, {
        params: { id: file },
        body: { authority: '区人民检察院', decisionNo: '检解〔2026〕1号', reason: '决定撤销' },
      });
      await (await t.as('security')).ok(sealing.decideUnsealing, { params: { id: file }, body: { decision: 'unseal' } });
    }
    expect(await rowsIn()).toEqual(before);
    const file = await worker.ok(recipients.readRecipient, { params: { id: gone } });
    expect([file.id, file.mergedFrom, file.households.length, file.guardians.length]).toEqual([id, gone, 1, 1]);
    const { rows: heard } = await sql<{
      n: number;
    }>`select count(*)::int as n from recipient where id in (${id}, ${gone}) and name_pinyin_index is not null`.execute(t.owner);
    expect(heard).toEqual([{ n: 2 }]);
  });

  it('is destroyed with the last case and not before; a household goes with its last recipient', async () => {
    const w = new AccessWorld(t);
    const { id, householdId } = await w.furnished('own');
    const { districtId } = t.world;
    const walked = async (caseId: string) =>
      new Set(
        (
          await sql<{
            tableName: string;
          }>`select distinct table_name from walk_personal(${districtId}, array[${id}]::uuid[], ${caseId})`.execute(t.owner)
        ).rows.map((r) => r.tableName),
      );
    const { id: caseId } = await caseOf(id);
    for (const table of ['recipient_category', 'recipient_guardian', 'household_member', 'household_tie', 'case_content'])
      expect([table, (await walked(caseId)).has(table)]).toEqual([table, true]);
    const other = await serve('worker2', { name: '别处来' });
    await sql`update case_file set recipient_id = ${id} where id = ${other.caseId}`.execute(t.owner);
    expect([(await walked(caseId)).has('recipient_category'), (await walked(caseId)).has('case_content')]).toEqual([false, true]);
    await sql`update case_file set destroyed_at = now() where id = ${other.caseId}`.execute(t.owner);
    expect((await walked(caseId)).has('recipient_category')).toBe(true);

    const gone = await w.served('own');
    await (await t.as('worker')).ok(recipients.mergeRecipients, { body: { keptId: id, goneId: gone, reason: '同一人' } });
    await sql`delete from household_tie where household_id = ${householdId}`.execute(t.owner);
    await sql`delete from household_member where recipient_id = ${id}`.execute(t.owner);
    expect(
      (
        await sql`select 1 from household where id = ${householdId} union all select 1 from household_member where household_id = ${householdId}`.execute(
          t.owner,
        )
      ).rows,
    ).toEqual([]);
    const { rows: history } = await sql<{
      n: number;
    }>`select count(*)::int as n from row_history where row_id = ${householdId} and (before is not null or after is not null)`.execute(
      t.owner,
    );
    expect(history).toEqual([{ n: 0 }]);
    await sql`update recipient set destroyed_at = now() where id = ${id}`.execute(t.owner);
    const { rows } = await sql<{
      nameMasked: string;
      nameCt: string;
      pinyin: string | null;
    }>`select name_masked, name_ct, name_pinyin_index as pinyin from recipient where id = ${gone}`.execute(t.owner);
    expect(rows).toEqual([{ nameMasked: '已销毁', nameCt: '', pinyin: null }]);
  });
});

describe('family tree and eco-map', () => {
  const tie = { toMember: null, system: null, systemName: null, bond: null, kin: null, flow: null };
  const member = { recipientId: null, relation: 'other-kin' as const, livesTogether: false };

  it('has lines of kinship, people who died or are not born, systems with a direction, and places that a hand gave', async () => {
    const own = await serve('worker', { name: '图中人', birthOn: '1980-02-01' });
    const worker = await t.as('worker');
    const house = (
      await worker.ok(recipients.beginHousehold, { params: { id: own.id }, body: { address: null, relation: 'head', livesTogether: true } })
    ).id;
    const params = { id: house };
    const read = async () => (await worker.ok(recipients.readRecipient, { params: { id: own.id } })).households[0];
    const head = (await read())?.members[0]?.id ?? '';
    const add = async (name: string, more: object = {}) =>
      (await worker.ok(recipients.addHouseholdMember, { params, body: { ...member, name, ...more } as never })).id;
    const father = await add('图老大', { gender: 'male', birthYear: 1950, vital: 'deceased', diedYear: 2020 });
    const mother = await add('林阿婆', { gender: 'female', birthYear: 1952 });
    const stepfather = await add('何阿公', { gender: 'male' });
    expect((await read())?.members.map((m) => [m.gender, m.birthYear, m.vital, m.diedYear, m.age])).toEqual([
      ['female', 1980, 'living', null, 46],
      ['male', 1950, 'deceased', 2020, 70],
      ['female', 1952, 'living', null, 74],
      ['male', null, 'living', null, null],
    ]);
    const join = (body: object) => worker.call(recipients.addHouseholdTie, { params, body: { ...tie, ...body } as never });
    const told = async (body: object) => {
      const answer = await join(body);
      return answer.status === 200 ? 'ok' : answer.error.code;
    };
    expect([
      await told({ fromMember: father, toMember: mother, kin: 'married' }),
      await told({ fromMember: mother, toMember: father, kin: 'divorced' }),
      await told({ fromMember: mother, toMember: father, bond: 'conflict' }),
      await told({ fromMember: father, toMember: head, kin: 'child' }),
      await told({ fromMember: mother, toMember: head, kin: 'child' }),
      await told({ fromMember: stepfather, toMember: head, kin: 'child' }),
      await told({ fromMember: stepfather, toMember: head, kin: 'foster' }),
      await told({ fromMember: head, toMember: mother, kin: 'child' }),
      await told({ fromMember: head, system: 'school', systemName: '一小', bond: 'conflict', flow: 'both' }),
      await told({ fromMember: head, system: 'school', systemName: '一小', bond: 'close' }),
    ]).toEqual([
      'ok',
      'recipients.tie-already',
      'ok',
      'ok',
      'ok',
      'recipients.parents-already',
      'ok',
      'recipients.tie-already',
      'ok',
      'recipients.tie-already',
    ]);
    const child = await add('小图', { vital: 'unborn' });
    await join({ fromMember: head, toMember: child, kin: 'child' });
    expect(await told({ fromMember: child, toMember: father, kin: 'child' })).toBe('recipients.kin-circle');
    const ties = (await read())?.ties ?? [];
    const idOf = (found: (x: (typeof ties)[number]) => boolean) => ties.find(found)?.id ?? '';
    const change = async (tieId: string, body: object) => {
      const answer = await worker.call(recipients.changeHouseholdTie, {
        params: { id: house, tieId },
        body: { bond: null, kin: null, flow: null, ...body } as never,
      });
      return answer.status === 200 ? 'ok' : answer.error.code;
    };
    const marriage = idOf((x) => x.kin === 'married');
    const foster = idOf((x) => x.kin === 'foster');
    expect([
      await change(marriage, { kin: 'divorced' }),
      await change(marriage, { kin: 'child' }),
      await change(marriage, { bond: 'close' }),
      await change(foster, { kin: 'child' }),
      await change(foster, { kin: 'adopted' }),
      await change(
        idOf((x) => x.system !== null),
        { bond: 'distant', flow: 'to-family' },
      ),
    ]).toEqual(['ok', 'recipients.tie-other-kind', 'recipients.tie-other-kind', 'recipients.parents-already', 'ok', 'ok']);
    // Who lives again by mistake mended has no year of death left.
    await worker.ok(recipients.changeHouseholdMember, {
      params: { id: house, memberId: father },
      body: { relation: 'parent', livesTogether: false, vital: 'living' },
    });
    expect((await read())?.members.find((m) => m.id === father)).toMatchObject({ vital: 'living', diedYear: null, birthYear: 1950 });

    const place = (version: number, view: 'family' | 'eco', places: object[]) =>
      worker.call(recipients.placeHousehold, { params, body: { version, view, places } as never });
    const moved = [
      { node: father, x: -40, y: 12 },
      { node: 'school:一小', x: 1, y: 1 },
    ];
    expect((await place(1, 'family', moved)).status).toBe(200);
    expect((await place(1, 'eco', moved)).error.code).toBe('record.changed-meanwhile');
    expect((await place(2, 'eco', [...moved, { node: 'school:二小', x: 0, y: 0 }])).status).toBe(200);
    expect((await read())?.picture).toEqual({ version: 3, family: moved.slice(0, 1), eco: moved });
    expect((await place(3, 'family', [])).status).toBe(200);

    const printed = await (await t.as('head')).call(recipients.printHousehold, { params, query: { view: 'eco', format: 'html' } });
    const paper = Buffer.from(printed.raw, 'latin1').toString('utf8');
    expect([printed.status, ...['一小', '林*婆', '流向家庭'].map((word) => paper.includes(word))]).toEqual([200, true, true, true]);
    expect(paper).not.toContain('林阿婆');
    // The paper's policy lets no style attribute pass.
    expect(paper).not.toMatch(/ style="/);
  });
});

describe('what a person agreed to', () => {
  const consent = {
    purpose: 'referral' as const,
    fields: ['situation' as const],
    signedBy: '本人',
    grantedOn: '2026-03-01',
    expiresOn: null,
  };

  it('is told across the cases in reach: to whom, until when, withdrawn when; a receiver of the register by its own name', async () => {
    const own = await serve('worker', { name: '同意人' });
    const worker = await t.as('worker');
    const made = await new AccessWorld(t).partner('own');
    const { rows } = await worker.ok(cases.listConsentReceivers, { query: { purpose: 'referral' } });
    const partner = rows.find((r) => r.id === made) ?? { id: '', name: '' };
    expect(new Set(rows.map((r) => r.kind))).toEqual(new Set(['partner', 'organisation']));
    const record = (body: object) =>
      worker.call(cases.recordConsent, { params: { id: own.caseId }, body: { ...consent, ...body } as never });
    expect((await record({ receiver: '随便写的', receiverKind: 'partner', receiverId: partner.id })).status).toBe(200);
    expect((await record({ receiver: '随便写的', receiverKind: 'organisation', receiverId: partner.id })).error.code).toBe(
      'cases.consent-receiver-unknown',
    );
    expect((await record({ receiver: '全社会', receiverKind: 'public' })).status).toBe(400);
    await record({ receiver: '只有话', purpose: 'conference', expiresOn: '2026-03-02' });
    const elsewhere = await serve('worker2', { name: '同意人二' });
    await (await t.as('worker2')).ok(cases.recordConsent, {
      params: { id: elsewhere.caseId },
      body: { ...consent, receiver: '别处' } as never,
    });
    await sql`update case_file set recipient_id = ${own.id} where id = ${elsewhere.caseId}`.execute(t.owner);
    const told = async () =>
      (await worker.ok(recipients.readRecipient, { params: { id: own.id } })).consents.map((c) => [
        c.receiver,
        c.receiverKind,
        c.live,
        c.withdrawnOn !== null,
        c.caseId === own.caseId,
      ]);
    expect(await told()).toEqual([
      [partner.name, 'partner', true, false, true],
      ['只有话', 'expert', false, false, true],
    ]);
    const given = (await worker.ok(recipients.readRecipient, { params: { id: own.id } })).consents[0]?.id ?? '';
    await worker.ok(cases.withdrawConsent, { params: { id: own.caseId, consentId: given } });
    expect((await told()).find(([name]) => name === partner.name)).toEqual([partner.name, 'partner', false, true, true]);
  });
});

describe('all that happened with a person', () => {
  const steps = async (username: string, id: string, query: object = {}) =>
    (await t.as(username)).ok(recipients.listRecipientSteps, { params: { id }, query: query as never });
  const told = (rows: { kind: string; id: string }[]) => rows.map((r) => `${r.kind} ${r.id}`);

  it('stands on one page from every room, narrowed by kind, page by page, each under the reach of its room', async () => {
    const w = new AccessWorld(t);
    const { id } = await w.furnished('own');
    const { caseId, stationId } = await w.one<{ caseId: string; stationId: string }>(
      sql`select id as case_id, station_id from case_file where recipient_id = ${id}`,
    );
    const worker = await t.as('worker');
    await worker.ok(cases.addNote, { params: { id: caseId }, body: { happenedOn: '2026-03-02', body: '谈到搬家的事' } });
    const visit = (await w.visit('own', true, caseId)).id;
    const crisis = (await w.alarm('own', 'crisis', caseId)).id;
    const over = (await w.alarm('own', 'violence', caseId)).id;
    const form = (await w.form('own', 'done', caseId)).id;
    const draft = (await w.form('own', 'draft', caseId)).id;
    const { districtId, persons } = t.world;
    const [pause, paper, unsigned, handover, ledger] = Array.from({ length: 5 }, () => crypto.randomUUID());
    for (const [paperId, kind, status] of [
      [pause, 'pause', 'written'],
      [paper, 'plan', 'signed'],
      [unsigned, 'closing', 'draft'],
    ])
      await sql`insert into case_paper (district_id, id, case_id, case_number, station_id, kind, edition, status, happened_on, author_id, written_at)
        values (${districtId}, ${paperId}, ${caseId}, 'x', ${stationId}, ${kind}, 9, ${status}, '2026-02-20', ${persons.worker}, '2026-02-20T02:00:00Z')`.execute(
        t.owner,
      );
    await sql`insert into case_handover (district_id, id, case_id, number, station_id, from_id, to_id, status, cause, reason, may_read, proposed_by,
        proposed_at, answered_at) values (${districtId}, ${handover}, ${caseId}, 'x', ${stationId}, ${persons.worker2}, ${persons.worker}, 'accepted',
        'leave', '休假', '{}', ${persons.head}, '2026-02-10T02:00:00Z', '2026-02-11T02:00:00Z')`.execute(t.owner);
    await sql`insert into service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, people, who, worker_id, station_id,
        division_path, recipient_id, written_at) values (${districtId}, ${ledger}, 'import', ${ledger}, 'case-home', 'elder', '2025-11-03', 1, '{}',
        ${persons.worker}, ${stationId}, '/', ${id}, now())`.execute(t.owner);
    await sql`update alarm set status = 'closed' where id = ${over}`.execute(t.owner);
    const appealed = (await w.appeal('own')).id;
    await sql`update appeal set case_id = ${caseId} where id = ${appealed}`.execute(t.owner);

    const { rows } = await steps('worker', id, { limit: 100 });
    expect(told(rows)).toEqual(
      expect.arrayContaining([
        `visit ${visit}`,
        `alarm ${crisis}`,
        `alarm ${over}`,
        `form ${form}`,
        `paused ${pause}`,
        `paper ${paper}`,
        `handover ${handover}`,
        `ledger ${ledger}`,
        `appeal ${appealed}`,
      ]),
    );
    expect(rows.map((r) => r.kind)).toEqual(
      expect.arrayContaining(['former-name', 'guardian', 'category', 'contact-unsafe', 'case-opened', 'note']),
    );
    // What was not handed in, or is not signed, did not happen yet.
    expect(told(rows).filter((s) => s.includes(draft) || s.includes(unsigned ?? ''))).toEqual([]);
    const words = (kind: string) => rows.filter((r) => r.kind === kind).map((r) => r.body);
    expect([words('alarm').sort(), words('paper'), words('ledger'), words('paused')]).toEqual([
      ['危机', '家暴'],
      ['服务计划'],
      ['个案 · 家访'],
      [null],
    ]);
    expect(words('guardian')).toEqual(['父亲']);
    expect(words('handover')[0]).toMatch(/ 交给 /);

    // One by one it is the same list; of a kind it is that kind and nothing else.
    const paged: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await steps('worker', id, { limit: 3, ...(after === undefined ? {} : { after }) });
      paged.push(...told(page.rows));
      if (page.next === null) break;
      after = page.next;
    }
    expect(paged).toEqual(told(rows));
    expect(told((await steps('worker', id, { kind: ['visit', 'alarm'] })).rows).sort()).toEqual(
      [`alarm ${crisis}`, `alarm ${over}`, `visit ${visit}`].sort(),
    );
    expect((await steps('worker', id, { kind: 'merged' })).rows).toEqual([]);
    expect(
      (await (await t.as('worker')).call(recipients.listRecipientSteps, { params: { id }, query: { kind: ['gossip'] } as never })).status,
    ).toBe(400);
    expect(told((await steps('head', id, { kind: ['alarm'] })).rows)).toHaveLength(2);

    // Taken over without records and papers: what was written before is beyond reach here as it is in the case. A crisis under way goes along.
    await sql`update case_file set worker_id = ${persons.worker2}, withheld = '{records,papers}', withheld_before = '2030-01-01' where id = ${caseId}`.execute(
      t.owner,
    );
    await sql`update visit_action set done_at = now(), done_by = ${persons.worker} where visit_id = ${visit}`.execute(t.owner);
    const taken = (await steps('worker2', id, { limit: 100 })).rows;
    expect(taken.map((r) => r.kind)).toEqual(expect.arrayContaining(['case-opened', 'category']));
    expect(told(taken).filter((s) => /^(note|visit|form|paper|paused) /.test(s))).toEqual([]);
    expect(told(taken).filter((s) => s.startsWith('alarm'))).toEqual([`alarm ${crisis}`]);
    expect(JSON.stringify(taken)).not.toMatch(/谈到搬家|家暴|服务计划/);
    // Somebody beyond reach learns nothing at all.
    expect((await (await t.as('worker3')).call(recipients.listRecipientSteps, { params: { id }, query: {} })).status).toBe(404);
  });
});

describe('what only few may know of a person', () => {
  it('is shown to who works with the person, and to nobody by a list, a filter, the timeline or the rights of a head', async () => {
    const own = await serve('worker', { name: '侬少知', birthOn: '1970-01-01' });
    const worker = await t.as('worker');
    const params = { id: own.id };
    const add = (body: object) =>
      worker.call(recipients.addCategory, { params, body: { fromDay: '2025-01-01', source: '台账', ...body } as never });
    for (const body of [
      { category: 'mental-disorder', grade: 0 },
      { category: 'community-correction' },
      { category: 'drug-rehab' },
      { category: 'disabled', disability: 'other', grade: 4 },
      { category: 'rigid-spending' },
    ])
      expect([body, (await add(body)).status]).toEqual([body, 200]);
    expect((await add({ category: 'disabled', disability: 'limb', grade: 5 })).status).toBe(400);
    const seen = async (username: string) =>
      (await (await t.as(username)).ok(recipients.readRecipient, { params })).categories.map((c) => [c.category, c.grade] as const).sort();
    expect(await seen('worker')).toEqual([
      ['community-correction', null],
      ['disabled', 4],
      ['drug-rehab', null],
      ['mental-disorder', 0],
      ['rigid-spending', null],
    ]);
    expect(await seen('head')).toEqual([
      ['disabled', 4],
      ['rigid-spending', null],
    ]);
    const steps = async (username: string) =>
      (await (await t.as(username)).ok(recipients.listRecipientSteps, { params, query: { kind: ['category'] } })).rows
        .map((s) => s.body)
        .sort();
    expect(await steps('worker')).toHaveLength(5);
    expect(await steps('head')).toEqual(['刚性支出困难', '残疾']);
    for (const username of ['worker', 'head']) {
      const rows = (await (await t.as(username)).ok(recipients.listRecipients, { query: { limit: 100 } })).rows;
      expect(rows.find((r) => r.id === own.id)?.categories.toSorted()).toEqual(['disabled', 'rigid-spending']);
      const sought = await (await t.as(username)).call(recipients.listRecipients, { query: { category: ['drug-rehab'] } as never });
      expect(sought.status).toBe(400);
    }
  });

  it('a child counts as left behind below sixteen, as the rule pack says', async () => {
    const worker = await t.as('worker');
    const add = async (birthOn: string, category: 'left-behind-child' | 'orphan') => {
      const own = await serve('worker', { name: '童留守', birthOn });
      const done = await worker.call(recipients.addCategory, {
        params: { id: own.id },
        body: { category, fromDay: '2026-03-01', source: '名册' },
      });
      return done.status === 200 ? 'yes' : done.error.code;
    };
    expect(await add('2010-03-02', 'left-behind-child')).toBe('yes');
    expect(await add('2010-03-01', 'left-behind-child')).toBe('recipients.category-too-old');
    expect(await add('2010-03-01', 'orphan')).toBe('yes');
    expect(await add('2008-03-01', 'orphan')).toBe('recipients.category-not-minor');
  });
});

describe('correcting what is recorded of a person', () => {
  const correct = async (username: string, id: string, body: Record<string, unknown>) =>
    (await t.as(username)).call(recipients.correctRecipient, { params: { id }, body: body as never });

  it('carries the version of the person: two cases of one person do not overwrite each other', async () => {
    const worker = await t.as('worker');
    const own = await serve('worker', { name: '邹改错', phone: '13955550000', idNumber: idNumber('44030619700105315') });
    const other = await worker.ok(cases.createCase, { body: { ...words, recipientId: own.id, alongside: true } });
    const seen = (id: string) => worker.ok(cases.readCase, { params: { id } });
    const [first, second] = [await seen(own.caseId), await seen(other.id)];
    expect([first.recipient.version, second.recipient.version]).toEqual([1, 1]);
    const change = (of: typeof first, phone: string) =>
      worker.call(cases.updateCase, {
        params: { id: of.id },
        body: { version: of.version, summary: '改过的摘要', recipient: { version: of.recipient.version, phone } },
      });
    expect((await change(first, '13955551111')).status).toBe(200);
    const late = await change(second, '13955552222');
    expect([late.status, late.error.code]).toEqual([409, 'cases.recipient-changed']);
    // Nothing of what was refused remains, of the case neither.
    expect([(await seen(other.id)).summary, (await seen(other.id)).version]).toEqual([second.summary, second.version]);
    const file = await worker.ok(recipients.readRecipient, { params: { id: own.id } });
    expect([file.phone, file.version]).toEqual(['139****1111', 2]);
    const stale = await correct('worker', own.id, { version: 1, address: '二街道' });
    expect([stale.status, stale.error.code]).toEqual([409, 'record.changed-meanwhile']);
    // What is left out stays; null takes away; the masked items were not written over by their masks.
    const taken = await correct('worker', own.id, { version: 2, phone: null, address: '二街道三社区' });
    expect(taken.status).toBe(200);
    const then = await worker.ok(recipients.readRecipient, { params: { id: own.id } });
    expect([then.name, then.phone, then.version]).toEqual(['邹*错', null, 3]);
    expect(await found('worker', { idNumber: idNumber('44030619700105315') })).toEqual([[own.id, ['id-number']]]);
    expect(await found('worker', { phone: '13955551111' })).toEqual([]);
  });

  it('details are for who works with the person: each by its list, kept through a merge and back, in no plain column', async () => {
    const worker = await t.as('worker');
    const one = await serve('worker', { name: '鄂情况', phone: '13955556600', birthOn: '1970-03-01' });
    const other = await serve('worker', { name: '鄂情况', phone: '13955556600', birthOn: '1970-03-01' });
    const read = async (username: string, id: string) =>
      (await (await t.as(username)).ok(recipients.readRecipient, { params: { id } })).details;
    const none = {
      ethnicity: null,
      marital: null,
      education: null,
      politics: null,
      registration: null,
      registrationPlace: null,
      occupation: null,
    };
    expect([await read('worker', one.id), await read('head', one.id)]).toEqual([none, null]);
    for (const wrong of [{ ethnicity: '57' }, { marital: '50' }, { politics: '14' }, { occupation: '工'.repeat(41) }])
      expect([wrong, (await correct('worker', one.id, { version: 1, ...wrong })).status]).toEqual([wrong, 400]);
    expect((await correct('worker', one.id, { version: 1, ethnicity: '52', marital: '20', occupation: '环卫工' })).status).toBe(200);
    // The same again is no change; null takes away; a version that is gone by writes nothing.
    expect((await correct('worker', one.id, { version: 2, ethnicity: '52', occupation: null })).status).toBe(200);
    expect((await correct('worker', one.id, { version: 2, ethnicity: '01' })).status).toBe(409);
    const file = await worker.ok(cases.readCase, { params: { id: one.caseId } });
    await worker.ok(cases.updateCase, {
      params: { id: one.caseId },
      body: { version: file.version, recipient: { version: 3, education: '80' } },
    });
    const held = { ...none, ethnicity: '52', marital: '20', education: '80' };
    expect([await read('worker', one.id), await read('head', one.id)]).toEqual([held, null]);
    const { rows: told } = await sql<{ facts: { fields: string } }>`
      select facts from event where type = 'recipient.corrected' and record_id = ${one.id} order by id`.execute(t.owner);
    expect(told.map((e) => e.facts.fields)).toEqual(['ethnicity,marital,occupation', 'occupation']);

    // A pair says what is different to who works with both; not to the head.
    await correct('worker', other.id, { version: 1, ethnicity: '01', politics: '13' });
    const differs = async (username: string) =>
      (await (await t.as(username)).ok(recipients.listRecipientPairs, {})).rows.find((p) =>
        [p.one.id, p.other.id].every((id) => [one.id, other.id].includes(id)),
      )?.differ;
    expect([await differs('worker'), await differs('head')]).toEqual([['ethnicity'], []]);
    const merge = await worker.ok(recipients.mergeRecipients, { body: { keptId: one.id, goneId: other.id, reason: '核对为同一人' } });
    // What was recorded last of an item holds, of which row ever it was.
    expect(await read('worker', one.id)).toEqual({ ...held, ethnicity: '01', politics: '13' });
    await worker.ok(recipients.undoRecipientMerge, { params: { id: merge.id }, body: { reason: '其实是两个人' } });
    expect([await read('worker', one.id), await read('worker', other.id)]).toEqual([held, { ...none, ethnicity: '01', politics: '13' }]);
    const { rows: kept } = await sql<{ one: string }>`select d::text as one from recipient_detail d where recipient_id = ${one.id}`.execute(
      t.owner,
    );
    expect(kept.some((r) => r.one.includes('环卫工'))).toBe(false);
  });

  it('a new name leaves the one before as a former name, from the page and from a case, each once', async () => {
    const worker = await t.as('worker');
    const own = await serve('worker', { name: '骆初名' });
    const names = async () => {
      const { formerNames } = await worker.ok(recipients.readRecipient, { params: { id: own.id } });
      return Promise.all(
        formerNames.map(
          async (n) =>
            (
              await worker.ok(recipients.openRecipientField, {
                params: { id: own.id },
                body: { field: 'name', formerNameId: n.id, reason: '核对曾用名' },
              })
            ).value,
        ),
      );
    };
    expect((await correct('worker', own.id, { version: 1, phone: '13955553333' })).status).toBe(200);
    // The same name with a blank in it is the same name.
    expect((await correct('worker', own.id, { version: 2, name: '骆 初名' })).status).toBe(200);
    expect(await names()).toEqual([]);
    expect((await correct('worker', own.id, { version: 3, name: '骆再名' })).status).toBe(200);
    const file = await worker.ok(cases.readCase, { params: { id: own.caseId } });
    await worker.ok(cases.updateCase, {
      params: { id: own.caseId },
      body: { version: file.version, recipient: { version: 4, name: '骆三名' } },
    });
    expect(await names()).toEqual(['骆 初名', '骆再名']);
    expect(await found('worker', { name: '骆初名' })).toEqual([[own.id, ['former-name']]]);
    // Back to an earlier name, and away again: a name stands once among the former ones.
    expect((await correct('worker', own.id, { version: 5, name: '骆再名' })).status).toBe(200);
    expect((await correct('worker', own.id, { version: 6, name: '骆四名' })).status).toBe(200);
    expect(await names()).toEqual(['骆 初名', '骆再名', '骆三名']);
    // What was only written wrongly was never their name.
    expect((await correct('worker', own.id, { version: 7, name: '骆四明', nameWas: 'wrong' })).status).toBe(200);
    expect((await correct('worker', own.id, { version: 8, name: '骆五名', nameWas: 'former' })).status).toBe(200);
    expect(await names()).toEqual(['骆 初名', '骆再名', '骆三名', '骆四明']);
  });

  it('another number says another day of birth, unless one is given', async () => {
    const worker = await t.as('worker');
    const own = await serve('worker', { name: '尤小生', birthOn: '1960-01-01' });
    const born = async () =>
      (await sql<{ on: string }>`select birth_on::text as on from recipient where id = ${own.id}`.execute(t.owner)).rows[0]?.on;
    await worker.ok(recipients.correctRecipient, { params: { id: own.id }, body: { version: 1, idNumber: idNumber('44030619810203316') } });
    expect(await born()).toBe('1981-02-03');
    await worker.ok(recipients.correctRecipient, { params: { id: own.id }, body: { version: 2, birthOn: '1981-02-04' } });
    expect(await born()).toBe('1981-02-04');
    expect((await correct('worker', own.id, { version: 3, idNumber: '440306198102033160' })).status).toBe(400);
    expect((await correct('worker', own.id, { version: 3, name: null })).status).toBe(400);
    expect((await correct('worker', own.id, { phone: '13955554444' })).status).toBe(400);
  });

  it('is open to who works with the person, by a case or by the register; not to the head, not where data rest', async () => {
    const own = await serve('worker', { name: '安名册' });
    expect((await correct('head', own.id, { version: 1, phone: '13955555555' })).status).toBe(403);
    expect((await correct('worker2', own.id, { version: 1, phone: '13955555555' })).status).toBe(404);
    const { districtId, stations, persons } = t.world;
    const listed = crypto.randomUUID();
    await sql`insert into recipient (district_id, id, station_id, worker_id, gender, name_masked, name_ct, name_index, on_register)
      select ${districtId}, ${listed}, ${stations.s1}, ${persons.worker}, 'female', '安*册',
        ${t.services.crypto.encrypt('安在册', { table: 'recipient', row: listed, field: 'name' })}, 'none', true`.execute(t.owner);
    // Nobody of the register has a case: the worker named there corrects all the same.
    expect((await correct('worker', listed, { version: 1, phone: '13855556677', name: '安改册' })).status).toBe(200);
    expect(await found('worker', { phone: '13855556677' })).toEqual([[listed, ['phone']]]);
    expect(await found('worker', { name: '安在册' })).toEqual([[listed, ['former-name']]]);
    expect((await correct('worker3', listed, { version: 2, phone: '13855557788' })).status).toBe(404);
    await sql`update recipient set stopped_at = now() where id = ${listed}`.execute(t.owner);
    // Whose data rest is beyond reach of who worked with them.
    expect((await correct('worker', listed, { version: 2, phone: '13855557788' })).status).toBe(404);
    const { rows } = await sql<{ fields: string }>`select facts ->> 'fields' as fields from event
      where type = 'recipient.corrected' and record_id = ${listed}`.execute(t.owner);
    expect(rows).toEqual([{ fields: 'name,phone' }]);
    await sql`delete from recipient_former_name where recipient_id = ${listed}`.execute(t.owner);
    await sql`delete from recipient where id = ${listed}`.execute(t.owner);
  });
});

describe('the sound of names kept from before', () => {
  it('is given once to each, in portions; a second run finds nothing to do', async () => {
    const first = await serve('worker', { name: '仇晓岚' });
    const second = await serve('worker', { name: '区晓岚' });
    await giveSounds(t.services);
    await sql`update recipient set name_pinyin_index = null where id in (${first.id}, ${second.id})`.execute(t.owner);
    expect(await found('worker', { name: '求晓兰' })).toEqual([]);
    expect(await giveSounds(t.services, 1)).toBe(2);
    expect(await found('worker', { name: '求晓兰' })).toEqual([[first.id, ['pinyin']]]);
    expect(await found('worker', { name: '欧晓岚' })).toEqual([[second.id, ['pinyin']]]);
    expect(await giveSounds(t.services)).toBe(0);
  });

  it('is handed out to nobody but the platform', async () => {
    const own = await serve('worker', { name: '仇晓岚' });
    await sql`update recipient set name_pinyin_index = null where id = ${own.id}`.execute(t.owner);
    const who = t.world.persons.worker ?? '';
    const asWorker = { district: t.world.districtId, person: who, worker_selves: `{${who}}` };
    const seen = await t.services.db.transaction('write', asWorker as never, async (tx) => [
      (await sql`select id from people_without_sound(null, 10)`.execute(tx)).rows.length,
      (await sql<{ n: number }>`select give_sound(array[${own.id}]::uuid[], array['x']) as n`.execute(tx)).rows[0]?.n,
    ]);
    expect(seen).toEqual([0, 0]);
  });
});

it('a long list is counted to the unit up to a thousand, and no further', async () => {
  const { districtId, stations, persons } = t.world;
  const asked = async () =>
    (await t.as('worker')).ok(recipients.listRecipients, { query: { stationId: stations.s2, limit: 1, count: 'yes' } as never });
  const add = (n: number) =>
    sql`insert into recipient (district_id, id, station_id, worker_id, gender, name_masked, name_ct, name_index, on_register)
    select ${districtId}, gen_random_uuid(), ${stations.s2}, ${persons.worker}, 'female', '李*', 'sealed', md5('long list'), true
    from generate_series(1, ${n})`.execute(t.owner);
  const counted: (number | null)[] = [];
  for (const n of [0, 1, 998, 1, 1, 1]) {
    await add(n);
    counted.push((await asked()).count);
  }
  // Nobody, one, one below the bound, at it, above it: what is said beyond is 1,001, which the page shows as "1,000+".
  expect(counted).toEqual([0, 1, 999, 1000, 1001, 1001]);
  // Of others' registers nobody is counted.
  expect(
    (await (await t.as('worker3')).ok(recipients.listRecipients, { query: { stationId: stations.s2, count: 'yes' } as never })).count,
  ).toBe(0);
  await sql`delete from recipient where name_index = md5('long list')`.execute(t.owner);
});
