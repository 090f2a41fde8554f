/** What every room holds of a request stands in its archive; what was withdrawn, recalled or sealed does not. */
import * as endpoints from '@jieyou/core/archive/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import { recordConsent } from '@jieyou/core/cases/endpoints.ts';
import { referToPartner } from '@jieyou/core/resources/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import { decideSealing, decideUnsealing, proposeSealing, proposeUnsealing } from '@jieyou/core/sealing/endpoints.ts';
import { addSupportLine } from '@jieyou/core/support/endpoints.ts';
import * as meetings from '@jieyou/core/support/meetingEndpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import { actorOfAccount } from '../identity/index.ts';
import { readerOf, readLater } from '../platform/later.ts';
import { hasPrinter } from '../platform/print/index.ts';
import { gather } from './gather.ts';
import { makeArchive } from './jobs.ts';

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
