/** What every room holds of a request stands in its archive; what was withdrawn, recalled or sealed does not. */
import { randomUUID } from 'node:crypto';
import * as endpoints from '@jieyou/core/archive/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import { addAttachment, addNote, recordConsent } from '@jieyou/core/cases/endpoints.ts';
import * as stages from '@jieyou/core/cases/stageEndpoints.ts';
import * as forms from '@jieyou/core/forms/endpoints.ts';
import { referToPartner } from '@jieyou/core/resources/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import { decideSealing, decideUnsealing, proposeSealing, proposeUnsealing } from '@jieyou/core/sealing/endpoints.ts';
import { addSupportLine } from '@jieyou/core/support/endpoints.ts';
import * as meetings from '@jieyou/core/support/meetingEndpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import { assessment, BURDEN, intake, type Loose } from '../../test/stageActs.ts';
import { actorOfAccount } from '../identity/index.ts';
import { readerOf, readLater } from '../platform/later.ts';
import { hasPrinter } from '../platform/print/index.ts';
import { caseBookOf } from './caseContents.ts';
import { gatherCase } from './caseGather.ts';
import { gather } from './gather.ts';
import { makeArchive } from './jobs.ts';
import type { ArchiveRow } from './store.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
});
afterAll(() => t.stop());

const SUPERVISION = {
  kind: 'supervision',
  heldOn: '2026-03-04',
  startsAt: '09:30',
  endsAt: '11:00',
  type: 'educational',
  form: 'individual',
  others: '',
  topics: '怎样与沉默的孩子开始谈话',
  advice: '先一起做一件小事',
  followUp: '两周后再谈',
};

const lineOf = async (requestId: string, kind: string, holder: string): Promise<string> =>
  (
    await (
      await t.as('centre')
    ).ok(addSupportLine, {
      params: { id: requestId },
      body: { helpField: 'family', kind, holderId: w.person(holder), providerName: null, task: `${kind}的任务` } as never,
    })
  ).id;

const recordOf = async (lineId: string, by: string, body: object): Promise<string> =>
  (await (await t.as(by)).ok(responses.openResponse, { params: { id: lineId }, body: body as never })).id;

/** A request that every room has a part in. */
const lived = async () => {
  const tale = await w.clientAsked('own');
  const { id: requestId, caseId, conferenceId, invitations } = tale;
  const centre = await t.as('centre');
  await centre.ok(meetings.askForTime, { params: { id: conferenceId }, body: w.question() });
  await w.pledge('own', invitations);
  // The appeal with which the case began, and the call behind it.
  const callId = await w.calledIn('own');
  const hotlineId = await w.hotline('own');
  await centre.ok(calls.handOverCall, {
    params: { id: callId },
    body: { version: 1, hotlineId, outcome: 'connected', says: '已陪同接通' } as never,
  });
  const { id: appealId } = await w.appeal('own');
  await sql`update support_request set appeal_id = ${appealId} where id = ${requestId}`.execute(t.owner);
  await sql`update hotline_call set appeal_id = ${appealId} where id = ${callId}`.execute(t.owner);
  // The four responses under lines, and one that was withdrawn.
  await recordOf(await lineOf(requestId, 'supervision', 'supervisor'), 'supervisor', SUPERVISION);
  await recordOf(await lineOf(requestId, 'referral', 'centre2'), 'centre2', {
    kind: 'transfer',
    toId: w.person('supervisor'),
    reason: '请继续跟进转介事由',
    fields: ['domain'],
    basis: { kind: 'statutory-duty', ground: '依法继续照看' },
    replyBy: null,
  });
  const seminars = await lineOf(requestId, 'seminar', 'centre2');
  await recordOf(seminars, 'centre2', w.seminar('own'));
  const gone = await recordOf(seminars, 'centre2', { ...w.seminar('own'), topic: '说错了的议题' });
  await (await t.as('centre2')).ok(responses.moveResponse, {
    params: { id: gone },
    body: { move: 'withdraw', version: 1, reason: '记错了' } as never,
  });
  await recordOf(await lineOf(requestId, 'resource', 'centre2'), 'centre2', {
    kind: 'resource-link',
    resourceId: null,
    resourceName: '助学金',
    asked: '请资助学费',
  });
  // A partner outside.
  const consent = await (await t.as('worker')).ok(recordConsent, {
    params: { id: caseId },
    body: {
      receiver: '试验慈善会',
      purpose: 'referral',
      fields: ['situation', 'asks'],
      signedBy: '本人',
      grantedOn: '2026-03-01',
      expiresOn: null,
    },
  });
  await (await t.as('worker')).ok(referToPartner, {
    params: { id: requestId },
    body: w.referralDraft({ partnerId: await w.partner('own'), consentId: consent.id }) as never,
  });
  await sql`insert into expert_effort (district_id, id, expert_id, request_id, source, source_id, minutes, on_day, entered_by, entered_at)
    values (${t.world.districtId}, gen_random_uuid(), ${t.world.experts.expert}, ${requestId}, 'conference', ${conferenceId}, 75, '2026-03-05',
      ${w.person('centre')}, now())`.execute(t.owner);
  return { requestId, caseId };
};

test.runIf(hasPrinter())(
  'what every room holds of a request stands in its archive in order; sealing takes the archive with it',
  async () => {
    const { requestId, caseId } = await lived();
    const centre = await t.as('centre');
    const { id } = await centre.ok(endpoints.startArchive, { params: { id: requestId }, body: { reason: '督导讨论' } });
    await makeArchive(t.services, { districtId: t.world.districtId, id });
    const reply = await centre.call(endpoints.downloadArchive, { params: { id } });
    expect(reply.status).toBe(200);
    const book = await readBook(Buffer.from(reply.raw, 'latin1'));
    const all = book.words.join('');
    const inOrder = [
      '金丝雀甲一来电：家里吵得厉害',
      '已陪同接通',
      '居民求助',
      '征集时间',
      '给案主的议程',
      '金丝雀甲一欢迎您来',
      '陪同：母亲',
      '怎样与沉默的孩子开始谈话',
      '请继续跟进转介事由',
      '下一步怎么走',
      '已撤回，内容不收入档案',
      '助学金',
      '请资助学费',
      '请评估能否给孩子安排助学',
      '75',
      '案主参加会诊',
    ];
    let from = all.indexOf('一、求助', all.indexOf('目录') + 200);
    for (const words of inOrder) {
      const at = all.indexOf(words.replace(/\s/g, ''), from);
      expect(at, words).toBeGreaterThan(-1);
      from = at;
    }
    for (const words of ['说错了的议题', '19900005551', '某来电人', '欧阳桐雨']) expect(all, words).not.toContain(words);

    // Sealed: no list, no figure, no archive; the file that was lent is gone from the disk.
    const { storedAs } = await t.owner.selectFrom('requestArchive').select('storedAs').where('id', '=', id).executeTakeFirstOrThrow();
    expect((await t.services.files.get(id, storedAs ?? '')).length).toBeGreaterThan(1000);
    const kept = async () =>
      (await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from figure_tally where kind = 'status'`.execute(t.owner)).rows[0]?.n;
    const before = await kept();
    const { number } = await t.owner.selectFrom('caseFile').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
    const proposed = await centre.ok(proposeSealing, {
      body: {
        caseNumber: number,
        authority: '区人民法院',
        decisionNo: '（2026）封字第 1 号',
        decidedOn: '2026-03-01',
        basis: 'criminal-record',
        reason: '依法封存',
      } as never,
    });
    await (await t.as('security')).ok(decideSealing, { params: { id: proposed.id }, body: { decision: 'seal' } as never });
    expect(await kept()).toBe((before ?? 0) - 1);
    expect((await centre.call(endpoints.listArchives, { params: { id: requestId } })).status).toBe(404);
    expect((await centre.call(endpoints.downloadArchive, { params: { id } })).status).toBe(404);
    expect((await centre.call(endpoints.startArchive, { params: { id: requestId }, body: { reason: '再取' } })).status).toBe(404);
    expect(await t.owner.selectFrom('requestArchive').select('id').where('id', '=', id).execute()).toEqual([]);
    // Files are removed once the transaction has succeeded, beside the reply.
    const onDisk = () =>
      t.services.files.get(id, storedAs ?? '').then(
        () => 'there',
        () => 'gone',
      );
    await expect.poll(onDisk, { timeout: 10_000 }).toBe('gone');

    // Unsealed: who took it and its hash are there again, the file is not.
    await centre.ok(proposeUnsealing, {
      params: { id: proposed.id },
      body: { authority: '区人民法院', decisionNo: '（2026）解字第 1 号', reason: '依法解除' } as never,
    });
    await (await t.as('security')).ok(decideUnsealing, { params: { id: proposed.id }, body: { decision: 'unseal' } as never });
    expect((await centre.ok(endpoints.listArchives, { params: { id: requestId } })).rows).toMatchObject([
      { id, status: 'expired', reason: '督导讨论', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect((await centre.call(endpoints.downloadArchive, { params: { id } })).error).toMatchObject({ code: 'archive.expired' });
    expect(await kept()).toBe(before);
  },
  120_000,
);

test('a published case is named while it stands in the bank, and no more once it was recalled', async () => {
  const entryId = await w.released('own');
  const { number, draftId } = await t.owner
    .selectFrom('casebankEntry')
    .select(['number', 'draftId'])
    .where('id', '=', entryId)
    .executeTakeFirstOrThrow();
  const { requestId } = await t.owner
    .selectFrom('publicationDraft')
    .select('requestId')
    .where('id', '=', draftId)
    .executeTakeFirstOrThrow();
  const account = await t.owner.selectFrom('account').select('id').where('username', '=', 'centre').executeTakeFirstOrThrow();
  const actor = await actorOfAccount(t.services.db, account.id, '2026-03-05');
  if (actor === null) throw new Error('the centre has no actor');
  const gathered = () => readLater(t.services, actor, requestId, (tx) => gather(readerOf(t.services, actor, tx), { requestId }));
  expect((await gathered()).published).toBe(number);
  await sql`update casebank_entry set recalled_at = now() where id = ${entryId}`.execute(t.owner);
  expect((await gathered()).published).toBeNull();
});

/** A case with what every room keeps of one. */
const livedCase = async (): Promise<string> => {
  const { caseId, paperId } = await w.planSent('own');
  await (await t.as('head')).ok(stages.decideCasePaper, {
    params: { id: paperId },
    body: { version: 1, decision: 'sign', reason: '同意执行' },
  });
  const worker = await t.as('worker');
  await worker.ok(addNote, {
    params: { id: caseId },
    body: {
      id: randomUUID(),
      happenedOn: '2026-03-04',
      body: '金丝雀甲一第一次面谈\n谈了赔偿',
      kind: 'talk',
      minutes: 50,
      tookPart: '外婆',
    },
  });
  await w.visit('own', true, caseId);
  await w.form('own', 'done', caseId);
  const draft = await w.form('own', 'draft', caseId);
  expect(draft.caseId).toBe(caseId);
  await w.alarm('own', 'violence', caseId);
  await worker.ok(addAttachment, {
    params: { kind: 'case', id: caseId },
    query: { name: '说明.txt' },
    file: Buffer.from('一段说明'),
  } as never);
  return caseId;
};

/** What the book of a case would hold for somebody, in one text. */
const bookFor = async (username: string, caseId: string): Promise<string> => {
  const account = await t.owner.selectFrom('account').select('id').where('username', '=', username).executeTakeFirstOrThrow();
  const actor = await actorOfAccount(t.services.db, account.id, '2026-03-05');
  if (actor === null) throw new Error(`no actor ${username}`);
  return readLater(t.services, actor, caseId, async (tx) => {
    const ctx = readerOf(t.services, actor, tx);
    const book = caseBookOf(await gatherCase(ctx, caseId), { reason: '', final: false } as ArchiveRow, actor, ctx.now);
    return JSON.stringify([book.chapters([]), book.enclosures.map((e) => e.title)]);
  });
};

test('the book of a case says beside an assessment which of its scores was corrected since', async () => {
  const caseId = await openCase(t);
  const worker = await t.as('worker');
  const move = async (act: Loose) => {
    const { version } = await worker.ok(stages.readStages, { params: { id: caseId } });
    return worker.ok(stages.moveCase, { params: { id: caseId }, body: { version, ...act } as never });
  };
  const templates = await worker.ok(forms.listFormTemplates, { query: { limit: 100 } });
  const templateId = templates.rows.find((r) => r.code === 's01-burden')?.id ?? expect.fail('no form');
  const fill = async (value: string, of: { templateId: string | null; corrects: string | null }) => {
    const { id } = await worker.ok(forms.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, ...of } });
    const values = Object.fromEntries(BURDEN.map((k) => [k, value]));
    await worker.ok(forms.submitFormAnswer, { params: { id }, body: { values, version: 1 } });
    return id;
  };
  await move(intake());
  const first = await fill('always', { templateId, corrects: null });
  await move({ ...assessment, cites: [{ answerId: first, scale: 'burden' }] });
  expect(await bookFor('worker', caseId)).not.toContain('量表已更正');
  await fill('seldom', { templateId: null, corrects: first });
  expect(await bookFor('worker', caseId)).toMatch(/量表已更正：照顾负担，原 \d+ \/ 40 分（重），现 \d+ \/ 40 分（[轻中]）/);
});

test.runIf(hasPrinter())(
  'a whole case becomes one file for who reads it: in the order of the method, masked, without drafts; a handover and a sealing close it',
  async () => {
    const caseId = await livedCase();
    const worker = await t.as('worker');
    const { id } = await worker.ok(endpoints.startCaseArchive, { params: { id: caseId }, body: { reason: '年度归档' } });
    expect((await worker.call(endpoints.startCaseArchive, { params: { id: caseId }, body: { reason: '再取' } })).error.code).toBe(
      'archive.making',
    );
    await makeArchive(t.services, { districtId: t.world.districtId, id });
    const reply = await worker.call(endpoints.downloadArchive, { params: { id } });
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/pdf']);
    const file = Buffer.from(reply.raw, 'latin1');
    const book = await readBook(file);
    expect(book.bookmarks.map((b) => b.title)).toEqual([
      '一、基本情况',
      '二、接案',
      '三、预估',
      '四、计划',
      '五、介入',
      '六、评估',
      '七、结案',
      '八、回访',
      '九、协议与同意',
      '十、表单',
      '十一、探访',
      '十二、服务记录',
      '十三、危机与家暴',
      '十四、承办、移交与求助',
      '十五、附件清单',
    ]);
    for (const { title, page } of book.bookmarks) {
      expect(book.words[1]).toContain(`${title}${page}`);
      expect(book.words[page - 1]).toContain(title);
    }
    expect(book.words.every((words, i) => words.includes(`\u2014${i + 1}\u2014`) || words.includes(`\x97${i + 1}\x97`))).toBe(true);
    const all = book.words.join('');
    expect(book.words.every((words) => words.includes('周晓岚'))).toBe(true);
    for (const words of [
      '同意执行',
      '第一次面谈',
      '谈了赔偿',
      '服务对象（签字）',
      '档案保管人（签字）',
      '家庭暴力个案记录',
      '说明.txt',
      '办理中，非终稿',
    ])
      expect(all, words).toContain(words);
    // Masked, and a form that is still written on is nobody's paper.
    expect(all).not.toContain('欧阳桐雨');
    expect(all.match(/第1版/g)).toHaveLength(1);
    const { rows } = await worker.ok(endpoints.listCaseArchives, { params: { id: caseId } });
    expect(rows).toMatchObject([{ caseId, requestId: null, status: 'ready', pages: book.words.length, mine: true, final: false }]);
    const { rows: seen } = await sql<{ outcome: string }>`select outcome from access_record where kind = 'export' and record_kind = 'case'
      and record_id = ${caseId} order by id`.execute(t.owner);
    expect(seen.map((r) => r.outcome)).toEqual(['archive-started', 'archive-downloaded']);

    // The head sees who took it and cannot take the same file; the centre and another station find nothing.
    const head = await t.as('head');
    expect((await head.ok(endpoints.listCaseArchives, { params: { id: caseId } })).rows).toMatchObject([{ id, mine: false }]);
    expect((await head.call(endpoints.downloadArchive, { params: { id } })).status).toBe(404);
    expect(
      (await (await t.as('worker2')).call(endpoints.startCaseArchive, { params: { id: caseId }, body: { reason: '看看' } })).status,
    ).toBe(404);
    const sha256 = rows[0]?.sha256 ?? '';
    expect((await worker.ok(endpoints.checkArchive, { body: { sha256 } })).archive?.id).toBe(id);
    expect((await (await t.as('centre')).ok(endpoints.checkArchive, { body: { sha256 } })).archive).toBeNull();

    // Handed over with the papers only: the next worker's file has neither the notes nor the visits nor the attachments of before.
    const colleague = await w.colleague('own');
    const [{ username } = { username: '' }] = (
      await sql<{ username: string }>`select username from account where person_id = ${colleague}`.execute(t.owner)
    ).rows;
    await worker.ok(stages.proposeHandover, {
      body: { caseId, fromId: null, toId: colleague, cause: 'load', reason: '工作调整', mayRead: ['papers'], atOnce: false } as never,
    });
    const handover = (await sql<{ id: string }>`select id from case_handover where case_id = ${caseId}`.execute(t.owner)).rows[0]?.id ?? '';
    await (await t.as(username)).ok(stages.answerHandover, {
      params: { id: handover },
      body: { version: 1, decision: 'accept', reason: '' } as never,
    });
    expect((await worker.call(endpoints.downloadArchive, { params: { id } })).status).toBe(404);
    const theirs = await bookFor(username, caseId);
    expect(theirs).toContain('同意执行');
    expect(theirs).toContain('不在本卷内：');
    for (const words of ['第一次面谈', '说明.txt', '药还没有取']) expect(theirs, words).not.toContain(words);
    expect(await bookFor('head', caseId)).toContain('第一次面谈');
    await expect(bookFor('centre', caseId)).rejects.toThrow();

    // What only waits is not lent: neither anew nor what was made before.
    const own = await head.ok(endpoints.startCaseArchive, { params: { id: caseId }, body: { reason: '核对' } });
    const stop = (at: string | null) => t.owner.updateTable('caseFile').set({ stoppedAt: at }).where('id', '=', caseId).execute();
    await stop('2026-03-05T01:00:00Z');
    expect((await head.call(endpoints.startCaseArchive, { params: { id: caseId }, body: { reason: '核对' } })).error.code).toBe(
      'archive.case-still',
    );
    await makeArchive(t.services, { districtId: t.world.districtId, id: own.id });
    expect((await head.call(endpoints.downloadArchive, { params: { id: own.id } })).status).toBe(404);
    await stop(null);
    expect((await head.ok(endpoints.listCaseArchives, { params: { id: caseId } })).rows[0]).toMatchObject({
      id: own.id,
      status: 'failed',
      failure: 'out-of-reach',
    });
  },
  120_000,
);
