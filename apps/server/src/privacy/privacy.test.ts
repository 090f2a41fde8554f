import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addAttachment, addNote, createCase, listCases, readCase } from '@jieyou/core/cases/endpoints.ts';
import { moveCase } from '@jieyou/core/cases/stageEndpoints.ts';
import * as privacy from '@jieyou/core/privacy/endpoints.ts';
import { personalMap } from '@jieyou/core/privacy/map.ts';
import type { RightKind } from '@jieyou/core/privacy/schema.ts';
import { correctRecipient } from '@jieyou/core/recipients/endpoints.ts';
import { idCheckCharacter } from '@jieyou/core/shared/identifiers.ts';
import { readSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeRequest, consentTo, draftedCase, submitRequest } from '../../test/factories.ts';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { unzip } from '../../test/unzip.ts';
import { inWords } from './copy.ts';
import { destroyApproved } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

/** An ID number that nobody bears. */
const idOf = (birth: string, n = '000') => `440399${birth}${n}${idCheckCharacter(`440399${birth}${n}`)}`;
const CHILD = idOf('20140601');
const CANARY = '隔壁老孔';
const CANARY_PHONE = '18877665544';

const caseOf = async (name: string, idNumber: string, by = 'worker'): Promise<string> =>
  (
    await (
      await t.as(by)
    ).ok(createCase, {
      body: {
        recipient: { name, gender: 'male', birthOn: null, idNumber, phone: '13500001111', address: '一街道花园路9号2栋305' },
        household: `与外婆${CANARY}同住`,
        aliases: ['阿牛仔'],
        school: '花园小学',
        serviceDomain: 'family',
        domain: 'parent-child',
        helpFields: ['education'],
        risk: 'low',
        summary: `${name}不愿上学。${CANARY}（电话${CANARY_PHONE}）常来照看。`,
      },
    })
  ).id;

const receive = async (by: string, kind: RightKind, name: string, idNumber: string, asker: 'self' | 'guardian' | 'heir' = 'self') =>
  (await t.as(by)).ok(privacy.receiveRight, {
    body: {
      kind,
      askerKind: asker,
      askerName: '孔某某',
      askerPhone: '13600002222',
      subjectName: name,
      subjectIdNumber: idNumber,
      subjectPhone: null,
      wish: '想知道站里记了什么',
    },
  });

const confirm = async (
  by: string,
  id: string,
  checked: ('id-card' | 'household-register' | 'death-certificate')[] = ['id-card'],
  version = 1,
) => (await t.as(by)).call(privacy.confirmRightIdentity, { params: { id }, body: { checked, checkNote: '', version } });
const prepare = async (by: string, id: string, version: number, more: { withheld?: string[]; attachmentIds?: string[] } = {}) =>
  (await t.as(by)).call(privacy.prepareRightAnswer, {
    params: { id },
    body: { answer: '已按您的请求办理。', withheld: more.withheld ?? [], attachmentIds: more.attachmentIds ?? [], version },
  });
const decide = async (by: string, id: string, version: number, outcome: 'done' | 'partly' | 'refused' = 'done', words = '') =>
  (await t.as(by)).call(privacy.decideRight, { params: { id }, body: { outcome, reason: words, route: words, version } });

const onDisk = () => readdirSync(join(t.services.env.dataDir, 'files')).filter((f) => !f.endsWith('.part'));
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

test('the map of a person names every table that hangs on one, and no other', async () => {
  const { rows: hanging } = await sql<{ tableName: string }>`select table_name from personal_tables()`.execute(t.owner);
  const walked = hanging.map((r) => r.tableName);
  // What is found by another column than a reference.
  const { rows: loose } = await sql<{
    name: string;
  }>`select distinct c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and a.attname in ('recipient_id', 'recipient_ids', 'case_id', 'request_id', 'request_ref', 'record_id', 'row_id', 'draft_id')`.execute(
    t.owner,
  );
  const found = new Set([...walked, ...loose.map((r) => r.name)]);
  // A new table with something of a person: enter it in packages/core/src/privacy/map.ts, and say what a copy gives of it.
  expect([...found].filter((name) => !Object.hasOwn(personalMap, name))).toEqual([]);
  const { rows: all } = await sql<{
    name: string;
  }>`select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(t.owner);
  const tables = new Set(all.map((r) => r.name));
  expect(Object.keys(personalMap).filter((name) => !tables.has(name))).toEqual([]);
  expect(Object.entries(personalMap).flatMap(([name, e]) => (walked.includes(name) === (e.loose === true) ? [name] : []))).toEqual([]);
  for (const [name, entry] of Object.entries(personalMap)) {
    const { rows } = await sql<{
      column: string;
    }>`select attname::text as column from pg_attribute where attrelid = ${`public.${name}`}::regclass and attnum > 0`.execute(t.owner);
    const columns = rows.map((r) => r.column);
    expect([name, Object.keys(entry.gives).filter((c) => !columns.includes(c))]).toEqual([name, []]);
  }
});

test('no code of the database reaches a person: each that its columns may hold has its word', async () => {
  const { rows } = await sql<{ name: string; column: string; says: string }>`
    select c.conrelid::regclass::text as name, a.attname::text as column, pg_get_constraintdef(c.oid) as says
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey) where c.contype = 'c'`.execute(
    t.owner,
  );
  const codes = rows.flatMap(({ name, column, says }) => {
    if (personalMap[name]?.gives[column]?.as !== 'plain' || !new RegExp(`^CHECK \\(\\(?\\(*${column}\\)* `).test(says)) return [];
    return [...says.matchAll(/'([a-z0-9-]+)'::text/g)].map(([, code]) => [`${name}.${column}`, code as string] as const);
  });
  expect(codes.length).toBeGreaterThan(60);
  const bare = codes.filter(([at, code]) => inWords(...(at.split('.') as [string, string]), code) === code);
  expect(bare).toEqual([]);
  expect([inWords('recipient', 'birth_on', '1963-10-21'), inWords('relief_case', 'needs', ['living', 'x'])]).toEqual([
    '1963年10月21日',
    [expect.stringMatching(/[\u4e00-\u9fff]/), 'x'],
  ]);
});

test('a guardian gets a copy within the clock: all that the map promises, nothing of a third person', async () => {
  const caseId = await caseOf('牛小宝', CHILD);
  await caseOf('孔家邻人', idOf('19700101'));
  await consentTo(t, caseId, 'support');
  const worker = await t.as('worker');
  const asks = {
    source: 'self',
    asker: CANARY,
    guardian: null,
    urgency: 'soon',
    problem: `不愿上学，${CANARY}照看。`,
    reason: '',
    referredTo: null,
  };
  await worker.ok(moveCase, { params: { id: caseId }, body: { move: 'decide-intake', decision: 'accept', version: 1, ...asks } as never });
  const parts = { place: '校门口', goal: '说说早上怎么起不来', state: '肯开口', reflection: '只在心里掂量的话', next: '下周三再来' };
  await worker.ok(addNote, { params: { id: caseId }, body: { happenedOn: '2026-03-05', body: '一起走到校门口。', minutes: 20, parts } });
  const shown = await worker.ok(addAttachment, { params: { kind: 'case', id: caseId }, query: { name: '评估表.pdf' }, file: PDF });
  await worker.ok(addAttachment, { params: { kind: 'case', id: caseId }, query: { name: '合影.pdf' }, file: PDF });
  const file = await worker.ok(readCase, { params: { id: caseId } });
  const { recipientId } = (await sql<{ recipientId: string }>`select recipient_id from case_file where id = ${caseId}`.execute(t.owner))
    .rows[0] ?? { recipientId: '' };
  await worker.ok(correctRecipient, { params: { id: recipientId }, body: { version: file.recipient.version, ethnicity: '22' } });
  const got = await receive('worker', 'copy', '牛小宝', CHILD, 'guardian');
  expect(got).toMatchObject({ receiptNo: 'GR-2026-00001', dueOn: '2026-04-04', found: true });

  // Nobody decides, prepares or takes out anything before it is known who asks; a guardian shows more than an identity card.
  expect((await prepare('worker', got.id, 1)).error.code).toBe('privacy.moved-on');
  expect((await confirm('worker', got.id)).error.code).toBe('privacy.identity-thin');
  expect((await worker.ok(privacy.readRight, { params: { id: got.id } })).map).toEqual([]);
  expect((await confirm('worker', got.id, ['id-card', 'household-register'])).status).toBe(200);
  const read = await worker.ok(privacy.readRight, { params: { id: got.id } });
  expect(read).toMatchObject({ status: 'answering', mine: true, askerName: '孔某某', daysLeft: 30 });
  expect(read.can).not.toContain('answer');
  expect(read.files.map((f) => f.name).sort()).toEqual(['合影.pdf', '评估表.pdf']);

  expect((await prepare('worker', got.id, 2, { attachmentIds: ['0196a000-0000-7000-8000-000000000000'] })).error.code).toBe(
    'privacy.not-a-file-of-theirs',
  );
  expect((await decide('head', got.id, 2)).error.code).toBe('privacy.answer-missing');
  expect((await prepare('worker', got.id, 2, { withheld: [CANARY], attachmentIds: [shown.id] })).status).toBe(200);
  expect((await worker.call(privacy.downloadPersonalCopy, { params: { id: got.id } })).error.code).toBe('privacy.copy-not-decided');
  expect((await decide('head', got.id, 3)).status).toBe(200);

  const zipped = await worker.call(privacy.downloadPersonalCopy, { params: { id: got.id } });
  expect([zipped.status, zipped.headers['content-type']]).toEqual([200, 'application/zip']);
  const files = unzip(Buffer.from(zipped.raw, 'latin1'));
  expect([...files.keys()]).toEqual([
    '00-目录.html',
    '01-身份信息.txt',
    '02-个人情况.txt',
    '03-个案登记.txt',
    '04-个案内容.txt',
    '05-个案记录.txt',
    '06-个案文书.txt',
    '07-个案文书内容.txt',
    '08-同意.txt',
    '09-附件.txt',
    '文书/01-接案决定.html',
    '全部信息.json',
    '附件/1-评估表.pdf',
  ]);
  expect(files.get('附件/1-评估表.pdf')?.equals(PDF)).toBe(true);
  const everything = [...files.values()].map((f) => f.toString('utf8')).join('\n');
  for (const other of [CANARY, CANARY_PHONE, '阿牛仔', '合影', '孔家邻人', '本人签', '只在心里掂量的话'])
    expect([other, everything.includes(other)]).toEqual([other, false]);
  for (const own of ['牛小宝', CHILD, '13500001111', '花园路9号2栋305', '不愿上学', '花园小学', '说说早上怎么起不来', '下周三再来', '畲族'])
    expect([own, everything.includes(own)]).toEqual([own, true]);

  // The first page leads to each file and says what is not given; the paper is a page of its own.
  const index = files.get('00-目录.html')?.toString('utf8') ?? '';
  for (const name of files.keys())
    if (name !== '00-目录.html') expect(index).toContain(`href="${name.split('/').map(encodeURIComponent).join('/')}"`);
  expect(index).toContain('不随副本提供');
  expect(files.get('文书/01-接案决定.html')?.toString('utf8')).toContain('不愿上学，【他人】照看');

  // Checked against the rows: every row of a given table is there, with the columns of the map and no other.
  const json = JSON.parse(files.get('全部信息.json')?.toString('utf8') ?? '') as {
    records: Record<string, unknown>[];
    files: { name: string; sha256: string }[];
    withheld: { reason: string }[];
  };
  expect(json.files.map((f) => f.name)).toEqual(['文书/01-接案决定.html', '附件/1-评估表.pdf']);
  expect(json.withheld.length).toBeGreaterThan(0);
  const { rows } = await sql<{ name: string; n: number }>`
    select 'recipient_detail' as name, 1 as n union all
    select 'recipient' as name, count(*)::int as n from recipient r join case_file f on f.recipient_id = r.id where f.id = ${caseId}
    union all select 'case_file', 1 union all select 'case_content', count(*)::int from case_content where id = ${caseId}
    union all select 'case_note', 1 union all select 'case_paper', 1 union all select 'case_paper_content', 1
    union all select 'consent', count(*)::int from consent where case_id = ${caseId}
    union all select 'attachment', 1`.execute(t.owner);
  expect(json.records.length).toBe(rows.reduce((sum, r) => sum + r.n, 0));
  for (const { name, n } of rows) {
    const entry = personalMap[name];
    const own = json.records.filter((r) => r['种类'] === entry?.title);
    expect([name, own.length]).toEqual([name, n]);
    for (const one of own)
      expect(Object.keys(one).sort()).toEqual(['种类', ...Object.values(entry?.gives ?? {}).map((g) => g.label)].sort());
  }
  const { rows: traces } = await sql<{
    kind: string;
  }>`select kind from access_record where record_id = ${got.id} and outcome = 'personal-copy'`.execute(t.owner);
  expect(traces.map((r) => r.kind)).toEqual(['export']);
  const paper = await worker.call(privacy.readRightPaper, { params: { id: got.id } });
  expect(paper.status).toBe(200);
  expect(Buffer.from(paper.raw, 'latin1').toString('utf8')).toContain('个人信息权利请求答复书');
});

test('who received a request does not decide it, at the door and in the database', async () => {
  const id = idOf('19810101');
  await caseOf('双职工', id);
  const got = await receive('head', 'access', '双职工', id);
  await confirm('head', got.id);
  await prepare('head', got.id, 2);
  expect((await decide('head', got.id, 3)).error.code).toBe('privacy.own-receipt');
  const self = t.world.persons.head as string;
  await expect(sql`update privacy_request set decided_by = ${self} where id = ${got.id}`.execute(t.owner)).rejects.toThrow();
  // A refusal tells the reason and the way that remains.
  expect((await decide('centre', got.id, 3, 'refused')).error.code).toBe('privacy.reason-missing');
  expect((await decide('centre', got.id, 3, 'refused', '理由与途径')).status).toBe(200);
  expect((await decide('centre', got.id, 4, 'done')).error.code).toBe('privacy.moved-on');
});

test('a request about somebody whom nobody knows finds nothing, and is answered all the same', async () => {
  const got = await receive('worker', 'access', '查无此人', idOf('19900909'));
  expect(got.found).toBe(false);
  await confirm('worker', got.id);
  expect((await (await t.as('worker')).ok(privacy.readRight, { params: { id: got.id } })).map).toEqual([]);
  const none = await (await t.as('worker')).call(privacy.receiveRight, {
    body: {
      kind: 'copy',
      askerKind: 'self',
      askerName: '某甲',
      askerPhone: null,
      subjectName: '某甲',
      subjectIdNumber: null,
      subjectPhone: null,
      wish: '看看',
    },
  });
  expect(none.error.code).toBe('privacy.person-unclear');
  const heir = await (await t.as('worker')).call(privacy.receiveRight, {
    body: {
      kind: 'withdraw-consent',
      askerKind: 'heir',
      askerName: '某甲',
      askerPhone: null,
      subjectName: '某乙',
      subjectIdNumber: idOf('19300101'),
      subjectPhone: null,
      wish: '撤回',
    },
  });
  expect(heir.error.code).toBe('privacy.not-for-heirs');
});

test('a deletion before the end of the term becomes a stop of processing: kept by the head, out of everybody else’s sight, changed by nobody', async () => {
  const closed = await closeRequest(t);
  const { rows } = await sql<{
    recipientId: string;
    number: string;
  }>`select recipient_id, number from case_file where id = ${closed.caseId}`.execute(t.owner);
  const recipient = rows[0] as { recipientId: string; number: string };
  const number = idOf('19830303');
  const index = t.crypto.blindIndex(number, 'recipient.idNumber');
  await sql`update recipient set id_number_index = ${index} where id = ${recipient.recipientId}`.execute(t.owner);
  const worker = await t.as('worker');
  const got = await receive('worker', 'delete', '王桦', number);
  await confirm('worker', got.id);
  await prepare('worker', got.id, 2);
  const read = await (await t.as('head')).ok(privacy.readRight, { params: { id: got.id } });
  expect(read.cases.map((c) => c.grounds)).toEqual([['open-case']]);
  const decided = await decide('head', got.id, 3);
  expect(decided.body).toMatchObject({ stopped: 1, erased: 0 });
  const after = await worker.ok(privacy.readRight, { params: { id: got.id } });
  expect(after).toMatchObject({ status: 'partly', stops: [{ caseNumber: recipient.number, grounds: ['open-case'] }] });
  expect(after.reason).toContain('停止');

  expect((await worker.call(readCase, { params: { id: closed.caseId } })).status).toBe(404);
  expect((await worker.ok(listCases, { query: {} })).rows.map((r) => r.id)).not.toContain(closed.caseId);
  for (const username of ['worker', 'centre', 'officer'])
    expect([username, (await (await t.as(username)).call(readSupportRequest, { params: { id: closed.id } })).status]).toEqual([
      username,
      404,
    ]);
  const head = await t.as('head');
  expect((await head.call(readCase, { params: { id: closed.caseId } })).status).toBe(200);
  const { rows: invitations } = await sql<{
    n: number;
  }>`select count(*)::int as n from case_file where id = ${closed.caseId} and stopped_at is not null`.execute(t.owner);
  expect(invitations[0]?.n).toBe(1);
});

test('a running request for support ends before processing stops', async () => {
  const request = await submitRequest(t, { name: '还在办' });
  const number = idOf('19840404');
  await sql`update recipient set id_number_index = ${t.crypto.blindIndex(number, 'recipient.idNumber')}
    where id = (select recipient_id from case_file where id = ${request.caseId})`.execute(t.owner);
  const got = await receive('worker', 'delete', '还在办', number);
  await confirm('worker', got.id);
  await prepare('worker', got.id, 2);
  expect((await decide('head', got.id, 3)).error.code).toBe('privacy.still-running');
});

test('withdrawing consent ends every live consent of the person from today', async () => {
  const number = idOf('19850505');
  const caseId = await caseOf('撤回人', number);
  await consentTo(t, caseId, 'support');
  await consentTo(t, caseId, 'conference');
  const got = await receive('worker', 'withdraw-consent', '撤回人', number);
  await confirm('worker', got.id);
  await prepare('worker', got.id, 2);
  expect((await decide('head', got.id, 3)).status).toBe(200);
  const { rows } = await sql<{
    live: number;
  }>`select count(*)::int as live from consent where case_id = ${caseId} and withdrawn_on is null`.execute(t.owner);
  expect(rows[0]?.live).toBe(0);
});

/** Makes a closed case of long ago, as years of use would. */
const longClosed = async (name: string, idNumber: string, closed = '2010-01-05T02:00:00Z'): Promise<string> => {
  const caseId = await caseOf(name, idNumber);
  await (await t.as('worker')).ok(addAttachment, { params: { kind: 'case', id: caseId }, query: { name: '旧表.pdf' }, file: PDF });
  await consentTo(t, caseId, 'support');
  await sql`update case_file set status = 'closed', updated_at = ${closed} where id = ${caseId}`.execute(t.owner);
  return caseId;
};

test('destruction by two persons erases content in the database, in its history and on disk; the register and the proof stay', async () => {
  const before = onDisk();
  const gone = await longClosed('旧人甲', idOf('19500101'));
  const held = await longClosed('旧人乙', idOf('19500102'));
  const young = await longClosed('旧童', idOf('20091231'));
  for (const id of [gone, held]) {
    await sql`update case_file set service_domain = 'disability', field_from = '2010-01-02', work_outcome = 'flexible', work_on = '2009-12-01',
      work_place = 'sheltered', work_seen_on = '2010-01-05' where id = ${id}`.execute(t.owner);
    await sql`insert into case_field_change (district_id, id, case_id, from_day, was, field, changed_by, changed_at)
      values (${t.world.districtId}, ${crypto.randomUUID()}, ${id}, '2010-01-02', 'other', 'disability', ${t.world.persons.worker}, now())`.execute(
      t.owner,
    );
  }
  const head = await t.as('head');
  const due = await head.ok(privacy.listRetention, { query: { due: 'yes' } });
  expect(due.rows.map((r) => r.id).sort()).toEqual([gone, held].sort());
  // A minor's term runs from the eighteenth birthday.
  const kept = (await head.ok(privacy.listRetention, { query: { retentionClass: ['minor'] } })).rows;
  expect(kept.map((r) => [r.id, r.dueOn])).toEqual([[young, '2037-12-31']]);
  expect((await head.call(privacy.appraiseDestruction, { body: { caseIds: [young], opinion: '到期' } })).error.code).toBe(
    'privacy.not-due',
  );

  const list = await head.ok(privacy.appraiseDestruction, { body: { caseIds: [gone, held], opinion: '期满，无继续保存价值' } });
  expect(list.number).toBe('XH-2026-0001');
  expect((await head.call(privacy.appraiseDestruction, { body: { caseIds: [gone], opinion: '再来' } })).error.code).toBe(
    'privacy.on-another-list',
  );
  // One person never does both, in the database either.
  await expect(sql`update destruction_list set approved_by = appraised_by where id = ${list.id}`.execute(t.owner)).rejects.toThrow();
  // A hold that comes in between spares the file.
  const mark = await head.ok(privacy.markRetention, {
    params: { id: held },
    body: { kind: 'hold', ground: 'judicial', reason: '法院调卷', until: null },
  });
  const order = { districtId: t.world.districtId, listId: list.id };
  // Without an approval nothing is destroyed, whoever runs the job.
  await destroyApproved(t.services, order);
  expect((await sql<{ n: number }>`select count(*)::int as n from case_note`.execute(t.owner)).rows.length).toBe(1);
  expect(
    (await sql<{ d: string | null }>`select destroyed_at as d from case_file where id = ${gone}`.execute(t.owner)).rows[0]?.d,
  ).toBeNull();
  expect(onDisk().length).toBe(before.length + 3);

  const centre = await t.as('centre');
  expect((await centre.ok(privacy.readDestructionList, { params: { id: list.id } })).can).toEqual(['approve', 'return']);
  await centre.ok(privacy.answerDestruction, { params: { id: list.id }, body: { answer: 'approve', says: '同意销毁', version: 1 } });
  await destroyApproved(t.services, order);
  await destroyApproved(t.services, order);

  const after = await centre.ok(privacy.readDestructionList, { params: { id: list.id } });
  expect(after.status).toBe('executed');
  const [one, two] = [after.items.find((i) => i.destroyedAt !== null), after.items.find((i) => i.spared !== null)];
  expect([one?.filesErased, two?.spared]).toEqual([1, 'held']);
  expect(one?.proof).toMatch(/^[0-9a-f]{64}$/);
  expect(onDisk().length).toBe(before.length + 2);
  for (const table of ['case_content', 'case_note', 'consent', 'attachment'] as const) {
    const column = table === 'case_content' ? 'id' : 'case_id';
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(column)} = ${gone}`.execute(t.owner);
    expect([table, rows[0]?.n]).toEqual([table, 0]);
  }
  // No word of it is left in any table, the history included.
  const { rows: tables } = await sql<{
    name: string;
  }>`select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(t.owner);
  const words = ['旧人甲', t.crypto.blindIndex(idOf('19500101'), 'recipient.idNumber')];
  for (const { name } of tables) {
    for (const word of words) {
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from ${sql.table(name)} x where x::text like ${`%${word}%`}`.execute(t.owner);
      expect([name, rows[0]?.n]).toEqual([name, 0]);
    }
  }
  // Of the register numbers stay; what it said of the person is forgotten, in history too. What was spared says it still.
  const register = async (id: string) =>
    (
      await sql<
        Record<string, unknown>
      >`select f.domain, f.help_fields, f.service_domain, f.field_from, f.work_outcome, f.work_on, f.work_place,
        f.work_seen_on, (select count(*)::int from case_field_change c where c.case_id = f.id) as changes,
        (select count(*)::int from row_history h where h.row_id = f.id and (h.before ?| array['domain', 'work_outcome', 'service_domain']
          or h.after ?| array['domain', 'help_fields', 'field_from', 'work_on', 'work_place', 'work_seen_on'])) as told 
        from case_file f where f.id = ${id}`.execute(t.owner)
    ).rows[0];
  const nothing = { fieldFrom: null, workOutcome: null, workOn: null, workPlace: null, workSeenOn: null, changes: 0, told: 0 };
  expect(await register(gone)).toEqual({
    domain: 'destroyed',
    helpFields: [],
    serviceDomain: 'destroyed',
    ...nothing,
  });
  expect(await register(held)).toMatchObject({ serviceDomain: 'disability', fieldFrom: '2010-01-02', workOutcome: 'flexible', changes: 1 });
  const { rows: recipient } = await sql<{
    nameCt: string;
    nameMasked: string;
    phoneCt: string | null;
  }>`select r.name_ct, r.name_masked, r.phone_ct
    from recipient r join case_file f on f.recipient_id = r.id where f.id = ${gone}`.execute(t.owner);
  expect(recipient[0]).toEqual({ nameCt: '', nameMasked: '已销毁', phoneCt: null });
  expect((await head.call(readCase, { params: { id: gone } })).status).toBe(404);
  expect((await head.call(readCase, { params: { id: held } })).status).toBe(200);
  const { rows: events } = await sql<{
    type: string;
  }>`select type from event where record_id in (${gone}, ${list.id}) and type like 'privacy.%' order by id`.execute(t.owner);
  expect(events.map((e) => e.type)).toEqual(
    expect.arrayContaining(['privacy.list-appraised', 'privacy.list-approved', 'privacy.case-destroyed', 'privacy.list-executed']),
  );
  // The hold is lifted with a reason; only then may the file be listed again.
  expect((await head.call(privacy.appraiseDestruction, { body: { caseIds: [held], opinion: '到期' } })).error.code).toBe('privacy.on-hold');
  await head.ok(privacy.liftRetentionMark, { params: { id: mark.id }, body: { reason: '卷宗已退回' } });
  expect((await head.call(privacy.liftRetentionMark, { params: { id: mark.id }, body: { reason: '再解除' } })).error.code).toBe(
    'privacy.moved-on',
  );
  await head.ok(privacy.markRetention, {
    params: { id: held },
    body: { kind: 'extension', ground: 'dispute', reason: '延长', until: '2027-01-01' },
  });
  expect((await head.call(privacy.appraiseDestruction, { body: { caseIds: [held], opinion: '到期' } })).error.code).toBe('privacy.not-due');
  const print = await head.call(privacy.readDestructionPaper, { params: { id: list.id } });
  expect(Buffer.from(print.raw, 'latin1').toString('utf8')).toContain('XH-2026-0001');
});

test('a deletion after the end of the term erases the case by the job', async () => {
  const number = idOf('19510101');
  const caseId = await longClosed('期满人', number);
  const got = await receive('worker', 'delete', '期满人', number);
  await confirm('worker', got.id);
  await prepare('worker', got.id, 2);
  expect((await decide('head', got.id, 3)).body).toMatchObject({ stopped: 0, erased: 1 });
  await destroyApproved(t.services, { districtId: t.world.districtId, requestId: got.id });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from case_content where id = ${caseId}`.execute(t.owner);
  expect(rows[0]?.n).toBe(0);
  // The answer outlives what it speaks of.
  expect((await (await t.as('worker')).ok(privacy.readRight, { params: { id: got.id } })).status).toBe('done');
});

test('the whole of a supported case, with rounds, packets and a draft, is erased in one piece', async () => {
  t.clock.set(TEST_NOW);
  const drafted = await draftedCase(t);
  await sql`update case_file set status = 'closed', updated_at = '2010-01-05T02:00:00Z' where id = ${drafted.caseId}`.execute(t.owner);
  const head = await t.as('head');
  const uses = await head.ok(privacy.listConsentUses, { params: { id: drafted.caseId } });
  expect(uses.rows.map((u) => [u.kind, u.receivers.length])).toEqual([['packet', 2]]);
  const list = await head.ok(privacy.appraiseDestruction, { body: { caseIds: [drafted.caseId], opinion: '期满' } });
  await (await t.as('centre')).ok(privacy.answerDestruction, {
    params: { id: list.id },
    body: { answer: 'approve', says: '同意', version: 1 },
  });
  await destroyApproved(t.services, { districtId: t.world.districtId, listId: list.id });
  const items = (await head.ok(privacy.readDestructionList, { params: { id: list.id } })).items;
  expect(items[0]?.rowsErased).toBeGreaterThan(15);
  const { rows } = await sql<{ n: number }>`select (select count(*) from support_packet where request_id = ${drafted.id})::int
    + (select count(*) from publication_draft where request_id = ${drafted.id})::int + (select count(*) from support_opinion where request_id = ${drafted.id})::int as n`.execute(
    t.owner,
  );
  expect(rows[0]?.n).toBe(0);
});

const breach = {
  happened: '一份名单误发到错误的工作群',
  foundAt: '2026-03-05T00:30:00.000Z',
  kinds: ['contact' as const],
  persons: 12,
  minors: false,
  cause: '发送前没有核对',
  harm: '可能受到电话打扰',
  measures: '',
  authority: null,
  authorityToldAt: null,
  personsToldAt: null,
  personsToldHow: null,
  exemptReason: null,
};

test('a breach has a clock, tells what it waits for, and closes only when nothing is missing', async () => {
  t.clock.set('2026-03-20T02:00:00.000Z');
  const security = await t.as('security');
  const made = await security.ok(privacy.recordBreach, { body: { ...breach, foundAt: '2026-03-19T22:30:00.000Z' } });
  const open = (await security.ok(privacy.listBreaches, { query: {} })).rows[0];
  expect(open).toMatchObject({
    number: 'SJ-2026-0001',
    dueAt: '2026-03-20T02:30:00.000Z',
    late: false,
    waits: ['authority', 'persons', 'measures'],
  });
  const put = (more: object, close: boolean, version: number) =>
    security.call(privacy.updateBreach, {
      params: { id: made.id },
      body: { ...breach, foundAt: '2026-03-19T22:30:00.000Z', ...more, close, version },
    });
  expect((await put({}, true, 1)).error.code).toBe('privacy.breach-unfinished');
  expect((await put({ authorityToldAt: '2027-01-01T00:00:00.000Z' }, false, 1)).error.code).toBe('privacy.breach-in-future');
  const told = {
    authority: '区网信办',
    authorityToldAt: '2026-03-20T01:00:00.000Z',
    measures: '撤回并要求删除',
    exemptReason: '群内五人均已删除，未造成危害',
  };
  expect((await put(told, true, 1)).status).toBe(200);
  expect((await put(told, false, 2)).error.code).toBe('privacy.breach-closed');
  expect((await (await t.as('officer')).ok(privacy.listBreaches, { query: { state: 'closed' } })).rows.length).toBe(1);
});

test('an impact assessment is kept for three years at least and comes up for review', async () => {
  const security = await t.as('security');
  const draft = {
    title: '会诊资料包',
    processing: '向专家提供去标识的个案资料',
    purpose: '疑难个案会诊',
    necessity: '不提供无法形成意见',
    sensitive: true,
    minors: true,
    risk: 'medium' as const,
    risks: '被重新识别',
    measures: '替换、加密、到期失效',
    assessedBy: '个人信息保护负责人',
    assessedOn: '2026-02-28',
    reviewOn: '2026-03-01',
  };
  expect((await security.call(privacy.recordAssessment, { body: { ...draft, reviewOn: '2026-02-28' } })).error.code).toBe(
    'privacy.review-backwards',
  );
  const made = await security.ok(privacy.recordAssessment, { body: draft });
  const row = (await (await t.as('centre')).ok(privacy.listAssessments, { query: { review: 'due' } })).rows[0];
  expect(row).toMatchObject({ id: made.id, number: 'PG-2026-0001', keepUntil: '2029-02-28', reviewDue: true });
  await security.ok(privacy.updateAssessment, { params: { id: made.id }, body: { ...draft, reviewOn: '2027-03-01', version: 1 } });
  expect(
    (await security.call(privacy.updateAssessment, { params: { id: made.id }, body: { ...draft, reviewOn: '2027-03-01', version: 1 } }))
      .error.code,
  ).toBe('record.changed-meanwhile');
});
