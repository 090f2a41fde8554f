import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as experts from '@jieyou/core/experts/endpoints.ts';
import * as home from '@jieyou/core/home/endpoints.ts';
import * as notices from '@jieyou/core/notices/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import * as meetings from '@jieyou/core/support/meetingEndpoints.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptInvitation, acceptRequest, consentTo, giveOpinion, inviteExperts, STORY } from '../../test/factories.ts';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { startSmtpPeer } from '../../test/smtpPeer.ts';
import { mailNotices, sendDigests, sendMail } from '../notices/index.ts';
import { workLater } from '../platform/later.ts';
import { closePolls } from './index.ts';

let t: TestApp;
let peer: Awaited<ReturnType<typeof startSmtpPeer>>;
const dir = mkdtempSync(join(tmpdir(), 'jieyou-mail-'));
beforeAll(async () => {
  peer = await startSmtpPeer(dir);
  t = await startTestApp({ settings: peer.settings });
});
afterAll(async () => {
  await t.stop();
  await peer.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  t.clock.set(TEST_NOW);
  peer.be('take');
  await t.owner.updateTable('supportInvitation').set({ invitedAt: '2026-01-05T02:00:00.000Z' }).execute();
});

const SLOTS = ['2026-03-11T02:00:00.000Z', '2026-03-12T06:00:00.000Z', '2026-03-13T02:00:00.000Z'];
const addressOf = (username: string) => `${username}@posthaus.example`;
const post = async () => {
  await mailNotices(t.services);
  await sendMail(t.services);
};
const codeIn = (text: string | undefined) => /验证码：(\d{6})/.exec(text ?? '')?.[1] ?? '';

/** Gives somebody an address that is proved by the code that arrived. */
const withMail = async (username: string) => {
  const who = await t.as(username);
  await who.ok(notices.setOwnAddress, { body: { address: addressOf(username), consent: true } });
  await sendMail(t.services);
  const code = codeIn(peer.of(addressOf(username)).at(-1)?.text);
  await who.ok(notices.verifyOwnAddress, { body: { code } });
};

const askTime = async (conferenceId: string, more: object = {}, username = 'centre') =>
  (await t.as(username)).call(meetings.askForTime, {
    params: { id: conferenceId },
    body: { slots: SLOTS, deadline: '2026-03-09T09:00:00.000Z', ...more },
  });
const sheetOf = async (requestId: string) => {
  const file = await (await t.as('centre')).ok(support.readSupportRequest, { params: { id: requestId } });
  return { file, conference: file.conferences[0] as (typeof file.conferences)[number] };
};

describe('a question for the time of a conference', () => {
  it('goes to experts, chair and asker only, is answered by one tap each, and the best slot plans the conference', async () => {
    const request = await inviteExperts(t);
    const asked = await askTime(request.conferenceId);
    expect(asked.status).toBe(200);
    const pollId = asked.body.id;
    for (const [username, answers] of [
      ['expert', ['yes', 'yes', 'no']],
      ['expert2', ['no', 'if-need-be', 'yes']],
      ['worker', ['yes', 'yes', 'yes']],
    ] as const) {
      const who = await t.as(username);
      const mine = await who.ok(meetings.listOwnPolls);
      expect(mine.rows.map((p) => [p.id, p.place])).toEqual([[pollId, '支援中心会议室']]);
      expect((await who.ok(home.readWorkbench)).todos.filter((x) => x.kind === 'poll')).toHaveLength(1);
      await who.ok(meetings.answerPoll, { params: { id: pollId }, body: { answers: [...answers] } });
      expect((await who.ok(home.readWorkbench)).todos.filter((x) => x.kind === 'poll')).toHaveLength(0);
    }
    // Somebody who was not asked sees nothing of it and cannot answer.
    for (const username of ['expert3', 'worker2', 'worker3', 'supervisor', 'centre2']) {
      const other = await t.as(username);
      expect((await other.ok(meetings.listOwnPolls, { query: { state: 'all' } })).rows).toEqual([]);
      expect((await other.call(meetings.answerPoll, { params: { id: pollId }, body: { answers: ['yes', 'yes', 'yes'] } })).status).toBe(
        404,
      );
    }
    const centre = await t.as('centre');
    const { poll } = await centre.ok(meetings.readPoll, { params: { id: request.conferenceId } });
    expect(poll?.slots.map((s) => [s.at, s.yes, s.ifNeedBe, s.no, s.silent])).toEqual([
      [SLOTS[1], 2, 1, 0, 1],
      [SLOTS[0], 2, 0, 1, 1],
      [SLOTS[2], 2, 0, 1, 1],
    ]);
    expect(poll?.slots[0]?.reasons[0]).toBe('必到的陈敏仪还没有答复');
    expect(poll?.slots[1]?.reasons[0]).toMatch(/^必到的.+不能来$/);
    const version = poll?.version ?? 0;
    const choose = (slot: string, v = version) => centre.call(meetings.chooseSlot, { params: { id: pollId }, body: { version: v, slot } });
    expect((await choose('2026-03-14T02:00:00.000Z')).error.code).toBe('support.slot-unknown');
    expect((await choose(SLOTS[1] as string, version + 1)).error.code).toBe('record.changed-meanwhile');
    expect((await choose(SLOTS[1] as string)).status).toBe(200);
    expect((await choose(SLOTS[1] as string, version + 1)).error.code).toBe('support.poll-over');
    const { conference, file } = await sheetOf(request.id);
    expect(conference).toMatchObject({ plannedAt: SLOTS[1], status: 'planned' });
    expect(file.nextOn).toBe('2026-03-12');
    expect(
      (await (await t.as('expert')).call(meetings.answerPoll, { params: { id: pollId }, body: { answers: ['no', 'no', 'no'] } })).error
        .code,
    ).toBe('support.poll-over');
  });

  it('is refused where it makes no sense', async () => {
    const request = await inviteExperts(t);
    const code = async (more: object) => (await askTime(request.conferenceId, more)).error.code;
    expect(await code({ slots: [SLOTS[0], SLOTS[0]] })).toBe('support.slots-twice');
    expect(await code({ slots: ['2026-03-05T01:59:00.000Z', SLOTS[0]] })).toBe('support.slot-past');
    expect(await code({ deadline: TEST_NOW })).toBe('support.deadline-past');
    expect(await code({ deadline: SLOTS[0] })).toBe('support.poll-deadline-late');
    expect(await code({ requiredIds: [t.world.persons.supervisor] })).toBe('support.required-unknown');
    expect((await askTime(request.conferenceId, { slots: [SLOTS[0]] })).status).toBe(400);
    expect((await askTime(request.conferenceId, {}, 'supervisor')).status).toBe(404);
    expect((await askTime(request.conferenceId, {}, 'expert')).status).toBe(404);
    expect((await askTime(request.conferenceId, {}, 'bcentre')).status).toBe(404);
  });

  it('is the chair’s too, though the chair sees nothing of the request', async () => {
    const request = await inviteExperts(t, { chair: 'supervisor' });
    const asked = await askTime(request.conferenceId, {}, 'supervisor');
    expect(asked.status).toBe(200);
    const chair = await t.as('supervisor');
    expect((await chair.ok(meetings.readPoll, { params: { id: request.conferenceId } })).poll?.voters).toHaveLength(4);
    await chair.ok(meetings.chooseSlot, { params: { id: asked.body.id }, body: { version: 1, slot: SLOTS[0] as string, place: '线上' } });
    expect((await sheetOf(request.id)).conference).toMatchObject({ plannedAt: SLOTS[0], place: '线上' });
  });

  it('closes by itself at its deadline, once', async () => {
    const request = await inviteExperts(t);
    const { body } = await askTime(request.conferenceId);
    const own = async () => (await (await t.as('expert')).ok(meetings.listOwnPolls)).rows.length;
    t.clock.set('2026-03-09T08:59:59.000Z');
    await closePolls(t.services);
    expect(await own()).toBe(1);
    t.clock.set('2026-03-09T09:00:00.000Z');
    expect(await own()).toBe(0);
    const late = await (await t.as('expert')).call(meetings.answerPoll, {
      params: { id: body.id },
      body: { answers: ['yes', 'yes', 'yes'] },
    });
    expect(late.error.code).toBe('support.poll-over');
    await closePolls(t.services);
    await closePolls(t.services);
    const told = (await (await t.as('centre')).ok(notices.listNotices, { query: { limit: 100 } })).rows.filter(
      (n) => n.kind === 'support.poll-closed' && n.recordId === request.conferenceId,
    );
    expect(told).toHaveLength(1);
    expect((await (await t.as('centre')).ok(meetings.readPoll, { params: { id: request.conferenceId } })).poll?.status).toBe('closed');
  });
});

describe('mail', () => {
  it('is for who gave an address with consent and proved it; a wrong code is counted', async () => {
    const worker = await t.as('worker2');
    expect(await worker.ok(notices.readOwnMail)).toMatchObject({ on: true, address: null, verified: false, digestAt: '08:30' });
    expect((await worker.call(notices.verifyOwnAddress, { body: { code: '000000' } })).error.code).toBe('notices.no-address');
    expect((await worker.call(notices.setOwnAddress, { body: { address: 'kein', consent: true } })).status).toBe(400);
    expect((await worker.call(notices.setOwnAddress, { body: { address: addressOf('worker2'), consent: false } })).status).toBe(400);
    await worker.ok(notices.setOwnAddress, { body: { address: addressOf('worker2'), consent: true } });
    await sendMail(t.services);
    const mail = peer.of(addressOf('worker2')).at(-1);
    const code = codeIn(mail?.text);
    expect(code).toMatch(/^\d{6}$/);
    expect(mail).toMatchObject({ secure: true, user: 'jieyou', subject: '邮箱验证码' });
    const wrong = code === '111111' ? '222222' : '111111';
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await worker.call(notices.verifyOwnAddress, { body: { code: wrong } });
      expect([answer.error.code, answer.error.facts?.left]).toEqual(['notices.code-wrong', left]);
    }
    expect((await worker.call(notices.verifyOwnAddress, { body: { code } })).error.code).toBe('notices.code-over');
    await worker.ok(notices.setOwnAddress, { body: { address: addressOf('worker2'), consent: true } });
    await sendMail(t.services);
    const second = codeIn(peer.of(addressOf('worker2')).at(-1)?.text);
    t.clock.advance({ minutes: 15 });
    expect((await worker.call(notices.verifyOwnAddress, { body: { code: second } })).error.code).toBe('notices.code-over');
    await worker.ok(notices.setOwnAddress, { body: { address: addressOf('worker2'), consent: true } });
    await sendMail(t.services);
    t.clock.advance({ minutes: 14 });
    await worker.ok(notices.verifyOwnAddress, { body: { code: codeIn(peer.of(addressOf('worker2')).at(-1)?.text) } });
    expect(await worker.ok(notices.readOwnMail)).toMatchObject({ address: 'w***@posthaus.example', verified: true, digest: true });
    const rows = await t.owner.selectFrom('mailAddress').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(addressOf('worker2'));
    await worker.ok(notices.removeOwnAddress);
    expect((await worker.ok(notices.readOwnMail)).address).toBeNull();
  });

  it('brings the calendar entry when the slot is chosen, moved and cancelled: one UID, a rising sequence, no fact of the case', async () => {
    for (const username of ['expert', 'worker']) await withMail(username);
    const request = await inviteExperts(t);
    await post();
    const invited = peer.of(addressOf('expert')).at(-1);
    expect(invited?.subject).toMatch(/^邀请您参加会诊 990001001-YN-2026-/);
    expect(invited?.text).toContain('https://jieyou.example/invitations/');
    await acceptInvitation(t, 'expert', request.invitations.expert as string);
    await post();
    expect(peer.of(addressOf('expert')).at(-1)?.calendar).toContain('DTSTART;TZID=Asia/Shanghai:20260311T100000');
    const { body: poll } = await askTime(request.conferenceId);
    const centre = await t.as('centre');
    const before = peer.arrived.length;
    await centre.ok(meetings.chooseSlot, { params: { id: poll.id }, body: { version: 1, slot: SLOTS[1] as string } });
    await post();
    // expert2 has not accepted, and nobody but these two has an address.
    expect(
      peer.arrived
        .slice(before)
        .map((a) => a.to[0])
        .sort(),
    ).toEqual([addressOf('expert'), addressOf('worker')]);
    const chosen = peer.of(addressOf('expert')).at(-1);
    expect(chosen?.calendarType).toMatch(/method=REQUEST/);
    for (const line of [
      'METHOD:REQUEST',
      `UID:${request.conferenceId}@jieyou`,
      'SEQUENCE:1',
      'DTSTART;TZID=Asia/Shanghai:20260312T140000',
      'DTEND;TZID=Asia/Shanghai:20260312T153000',
      'LOCATION:支援中心会议室',
      'TZID:Asia/Shanghai',
      'TZOFFSETTO:+0800',
    ])
      expect(chosen?.calendar).toContain(line);
    expect(chosen?.text).toContain('时间：2026年3月12日 14:00');
    const version = (await sheetOf(request.id)).conference.version;
    await centre.ok(meetings.moveConference, {
      params: { id: request.conferenceId },
      body: { version, plannedAt: '2026-03-13T07:30:00.000Z', place: '线上会议室' },
    });
    await post();
    const moved = peer.of(addressOf('worker')).at(-1);
    expect(moved?.subject).toMatch(/^会诊改期了/);
    expect(moved?.calendar).toContain('SEQUENCE:2');
    expect(moved?.calendar).toContain('DTSTART;TZID=Asia/Shanghai:20260313T153000');
    const file = await (await t.as('expert')).call(meetings.readConferenceCalendar, { params: { id: request.conferenceId } });
    expect(file.raw).toContain('METHOD:PUBLISH');
    expect(file.raw).toContain('SEQUENCE:2');
    expect(
      (await centre.call(meetings.cancelConference, { params: { id: request.conferenceId }, body: { version, reason: '当事人住院' } }))
        .error.code,
    ).toBe('record.changed-meanwhile');
    await centre.ok(meetings.cancelConference, {
      params: { id: request.conferenceId },
      body: { version: version + 1, reason: '当事人住院' },
    });
    await post();
    for (const username of ['expert', 'worker']) {
      const cancelled = peer.of(addressOf(username)).at(-1);
      expect(cancelled?.calendarType).toMatch(/method=CANCEL/);
      for (const line of ['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:3', `UID:${request.conferenceId}@jieyou`])
        expect(cancelled?.calendar).toContain(line);
    }
    const words = peer.arrived.map((a) => `${a.raw}${JSON.stringify(Object.values(peer.of(a.to[0] as string)))}`).join('');
    for (const fact of [STORY, '王桦', '花园小学', '住院', '金丝雀']) expect(words).not.toContain(fact);
    // Cancelled once; another may be planned, with an entry of its own.
    expect(
      (
        await centre.call(meetings.cancelConference, {
          params: { id: request.conferenceId },
          body: { version: version + 2, reason: '再取消' },
        })
      ).error.code,
    ).toBe('support.conference-over');
    const plan = { chairId: t.world.persons.centre as string, plannedAt: '2026-03-16T02:00:00.000Z', place: '二号会议室' };
    const next = await centre.ok(meetings.planConference, { params: { id: request.id }, body: plan });
    expect((await centre.call(meetings.planConference, { params: { id: request.id }, body: plan })).error.code).toBe(
      'support.conference-planned',
    );
    await post();
    expect(peer.of(addressOf('expert')).at(-1)?.calendar).toContain(`UID:${next.id}@jieyou`);
    expect(await (await t.as('expert')).ok(support.readInvitation, { params: { id: request.invitations.expert as string } })).toMatchObject(
      {
        place: '二号会议室',
        conferenceStatus: 'planned',
      },
    );
  });

  it('waits and tries again, later each time, when the server puts it off or keeps silent; then gives up', async () => {
    await withMail('expert2');
    const queue = () =>
      t.owner
        .selectFrom('mail')
        .select(['status', 'attempts', 'lastError', 'nextTryAt'])
        .where('personId', '=', t.world.persons.expert2 as string)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
    await t.owner.updateTable('mail').set({ status: 'skipped' }).where('status', '=', 'waiting').execute();
    await t.owner.updateTable('notice').set({ mailedAt: TEST_NOW }).execute();
    await inviteExperts(t, { experts: ['expert2', 'expert4'] });
    peer.be('put-off');
    await post();
    expect(await queue()).toMatchObject({ status: 'waiting', attempts: 1, nextTryAt: '2026-03-05T02:01:00.000Z' });
    await post();
    expect((await queue()).attempts).toBe(1);
    peer.be('silent');
    t.clock.advance({ minutes: 1 });
    const began = Date.now();
    await post();
    // One second without an answer is enough for all that wait.
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await queue()).toMatchObject({ status: 'waiting', attempts: 2, nextTryAt: '2026-03-05T02:06:00.000Z' });
    peer.be('put-off');
    for (const minutes of [5, 30, 120, 480]) {
      t.clock.advance({ minutes });
      await post();
    }
    expect(await queue()).toMatchObject({ status: 'failed', attempts: 6 });
    // The address itself is not to blame.
    expect((await (await t.as('expert2')).ok(notices.readOwnMail)).bounced).toBeNull();
    peer.be('take');
    await inviteExperts(t);
    await post();
    expect(await queue()).toMatchObject({ status: 'sent', attempts: 1, lastError: null });
  });

  it('stops writing to an address that is refused for good, until it is proved again', async () => {
    await withMail('expert3');
    peer.be('refuse-recipient');
    await inviteExperts(t, { experts: ['expert3', 'expert2'] });
    await post();
    const expert = await t.as('expert3');
    expect(await expert.ok(notices.readOwnMail)).toMatchObject({ bounced: 'EENVELOPE RCPT TO 550', recent: [{ status: 'bounced' }, {}] });
    peer.be('take');
    const before = peer.of(addressOf('expert3')).length;
    await inviteExperts(t, { experts: ['expert3', 'expert2'] });
    await post();
    expect(peer.of(addressOf('expert3'))).toHaveLength(before);
    await withMail('expert3');
    expect((await expert.ok(notices.readOwnMail)).bounced).toBeNull();
  });

  it('sends at once only what the person chose, and the rest once a working day as counts and numbers', async () => {
    await withMail('centre2');
    const centre2 = await t.as('centre2');
    await centre2.ok(notices.chooseOwnMail, { body: { atOnce: [], digest: true } });
    const digests = () => peer.of(addressOf('centre2')).filter((m) => m.subject.includes('未读'));
    const request = await acceptRequest(t);
    const pass = async (at: string) => {
      t.clock.set(at);
      await sendDigests(t.services);
      await post();
    };
    // What must not leave the platform, not even as a number.
    await workLater(t.services, {}, async (tx) => {
      for (const [kind, recordKind] of [
        ['report.moved', 'report'],
        ['sealing.opened', 'query-letter'],
        ['sealing.waits', 'sealed-file'],
      ] as const) {
        const notice = { kind, recordKind, recordId: request.id, number: 'QB-2026-0001' };
        await t.services.live.send(tx, t.world.districtId, [t.world.persons.centre2 ?? ''], notice, t.clock.now());
      }
    });
    // Friday before the hour, at the hour, and later the same day.
    await pass('2026-03-06T00:29:00.000Z');
    expect(digests()).toHaveLength(0);
    await pass('2026-03-06T00:30:00.000Z');
    await pass('2026-03-06T05:00:00.000Z');
    expect(digests()).toHaveLength(1);
    expect(digests()[0]?.text).toMatch(/有新的求助待筛选：\d+ 条（QZ-2026-\d{5}/);
    expect(digests()[0]?.text).not.toContain('王桦');
    expect(digests()[0]?.text).not.toMatch(/强制报告|封存|QB-/);
    // Saturday and Sunday are no working days.
    await pass('2026-03-07T02:00:00.000Z');
    await pass('2026-03-08T02:00:00.000Z');
    expect(digests()).toHaveLength(1);
    await pass('2026-03-09T02:00:00.000Z');
    expect(digests()).toHaveLength(2);
    await centre2.ok(notices.markAllNoticesRead);
    await pass('2026-03-10T02:00:00.000Z');
    expect(digests()).toHaveLength(2);
    expect(request.id).not.toBe('');
  });
});

describe('a late expert', () => {
  it('is replaced without losing the round: same packet, a new deadline, opinions stay, the replaced one sees nothing more', async () => {
    const request = await inviteExperts(t, { experts: ['expert', 'expert2'] });
    await giveOpinion(t, 'expert', request.invitations.expert as string);
    await acceptInvitation(t, 'expert2', request.invitations.expert2 as string);
    const { body: poll } = await askTime(request.conferenceId);
    const late = request.invitations.expert2 as string;
    await (await t.as('expert2')).ok(meetings.keepOpinionDraft, {
      params: { id: late },
      body: { judgement: '写了一半', advice: '', risk: '', minutes: null },
    });
    const before = (await sheetOf(request.id)).file.rounds[0];
    const centre = await t.as('centre');
    const replace = (over: object = {}, id = late) =>
      centre.call(meetings.replaceExpert, {
        params: { id },
        body: {
          expertId: t.world.experts.expert4 as string,
          helpFields: ['education'],
          deadline: '2026-03-12T10:00:00.000Z',
          reason: '出差，无法按时',
          ...over,
        },
      });
    expect((await replace({ expertId: t.world.experts.expert })).error.code).toBe('support.expert-in-round');
    expect((await replace({ expertId: t.world.experts.bexpert })).error.code).toBe('support.expert-excluded');
    expect((await replace({ deadline: TEST_NOW })).error.code).toBe('support.deadline-past');
    expect((await replace({}, request.invitations.expert as string)).error.code).toBe('support.not-replaceable');
    const replaced = await replace();
    expect(replaced.status).toBe(200);
    const { file } = await sheetOf(request.id);
    const after = file.rounds[0];
    expect(file.rounds).toHaveLength(1);
    expect(after).toMatchObject({
      id: before?.id,
      packetHash: before?.packetHash,
      quorum: before?.quorum,
      asked: before?.asked,
      given: 1,
      deadline: '2026-03-12T10:00:00.000Z',
    });
    expect(after?.opinions.map((o) => o.judgement)).toEqual(['expert的判断']);
    expect(after?.invitations.find((i) => i.id === replaced.body.id)?.replaces).not.toBeNull();
    expect(file.timeline.find((e) => e.type === 'support.expert-replaced')?.says).toContain('出差，无法按时');
    const gone = await t.as('expert2');
    expect((await gone.call(support.readInvitation, { params: { id: late } })).status).toBe(404);
    expect((await gone.call(support.openPacket, { params: { id: late } })).status).toBe(404);
    expect((await gone.call(meetings.readOpinionDraft, { params: { id: late } })).status).toBe(404);
    expect((await gone.ok(meetings.listOwnPolls)).rows).toEqual([]);
    expect((await gone.call(meetings.readConferenceCalendar, { params: { id: request.conferenceId } })).status).toBe(404);
    const fresh = await t.as('expert4');
    expect((await fresh.ok(meetings.listOwnPolls)).rows.map((p) => p.id)).toEqual([poll.id]);
    await giveOpinion(t, 'expert4', replaced.body.id);
    // Both have answered: the opinions open to both.
    expect((await fresh.ok(support.listOpinions, { params: { id: replaced.body.id } })).opinions).toHaveLength(2);
    expect((await replace({}, replaced.body.id)).error.code).toBe('support.not-replaceable');
  });

  it('needs the consent that carried the packet to stand still', async () => {
    const request = await inviteExperts(t);
    const { withdrawConsent } = await import('@jieyou/core/cases/endpoints.ts');
    await (await t.as('worker')).ok(withdrawConsent, { params: { id: request.caseId, consentId: request.consentId as string } });
    const answer = await (await t.as('centre')).call(meetings.replaceExpert, {
      params: { id: request.invitations.expert2 as string },
      body: {
        expertId: t.world.experts.expert4 as string,
        helpFields: ['education'],
        deadline: '2026-03-12T10:00:00.000Z',
        reason: '出差',
      },
    });
    expect(answer.error.code).toBe('support.consent-missing');
  });
});

describe('an expert’s ten minutes', () => {
  it('keep the draft on the server, for oneself alone, until the opinion is given', async () => {
    const request = await inviteExperts(t);
    const id = request.invitations.expert as string;
    const expert = await t.as('expert');
    const draft = { judgement: '关键在赔偿', advice: '', risk: '', minutes: 10 };
    expect((await expert.call(meetings.keepOpinionDraft, { params: { id }, body: draft })).error.code).toBe('support.pledge-missing');
    await acceptInvitation(t, 'expert', id);
    await expert.ok(meetings.keepOpinionDraft, { params: { id }, body: draft });
    expect((await expert.ok(meetings.readOpinionDraft, { params: { id } })).draft).toEqual(draft);
    for (const other of ['expert2', 'expert3'])
      expect((await (await t.as(other)).call(meetings.readOpinionDraft, { params: { id } })).status).toBe(404);
    const rows = await t.owner.selectFrom('opinionDraft').selectAll().where('id', '=', id).execute();
    expect(JSON.stringify(rows)).not.toContain('赔偿');
    await expert.ok(support.giveOpinion, {
      params: { id },
      body: { judgement: '关键在赔偿', advice: '先援助', risk: '失联', minutes: 12 },
    });
    expect((await expert.ok(meetings.readOpinionDraft, { params: { id } })).draft).toBeNull();
    expect((await expert.call(meetings.keepOpinionDraft, { params: { id }, body: draft })).error.code).toBe('support.opinion-given');
  });

  it('are counted as entered, per month and quarter, for the expert and the centre; a chair who is asked learns no count early', async () => {
    const request = await inviteExperts(t, { chair: 'expert', experts: ['expert', 'expert2'] });
    await acceptInvitation(t, 'expert', request.invitations.expert as string);
    await giveOpinion(t, 'expert2', request.invitations.expert2 as string);
    const chair = await t.as('expert');
    const seen = async () =>
      (await chair.ok(support.readConference, { params: { id: request.conferenceId } })).invited.map((i) => i.status).sort();
    expect(await seen()).toEqual(['accepted', 'accepted']);
    await chair.ok(support.giveOpinion, {
      params: { id: request.invitations.expert as string },
      body: { judgement: '判断', advice: '建议', risk: '风险', minutes: 25 },
    });
    expect(await seen()).toEqual(['answered', 'answered']);
    t.clock.set('2026-03-11T04:00:00.000Z');
    await chair.ok(support.holdConference, {
      params: { id: request.conferenceId },
      body: {
        heldAt: '2026-03-11T02:00:00.000Z',
        attendeeIds: [t.world.experts.expert as string, t.world.experts.expert2 as string],
        lasted: 80,
        minutes: '两位专家逐项讨论了赔偿和返校的安排。',
        consensus: '先申请援助。',
        decisions: [{ text: '陪同申请', ownerId: t.world.persons.worker as string, dueOn: '2026-03-18' }],
      },
    });
    const load = async (username: string, expert: string, by: 'month' | 'quarter' = 'month') =>
      (await t.as(username)).call(experts.readExpertLoad, { params: { id: t.world.experts[expert] as string }, query: { by } });
    const mine = (await load('expert', 'expert')).body.periods.find((p) => p.period === '2026-03');
    expect(mine).toMatchObject({ conferences: 1, minutes: expect.any(Number) });
    expect((await load('centre', 'expert2', 'quarter')).body.periods[0]?.period).toBe('2026-Q1');
    expect((await load('expert', 'expert2')).status).toBe(404);
    for (const username of ['officer', 'supervisor', 'worker']) expect((await load(username, 'expert')).status).toBe(403);
    expect((await load('bcentre', 'expert')).status).toBe(404);
  });
});

describe('the client at the table', () => {
  const agenda = (consentId: string, more: object = {}) => ({
    version: 0,
    consentId,
    companion: '',
    welcome: '谢谢您愿意来，我们一起想办法。',
    items: ['先听您说说最近怎样', '一起看看赔偿怎么办', '商量孩子上学的事'],
    ...more,
  });

  it('comes with consent for attending, and has an agenda apart from opinions and minutes', async () => {
    const request = await inviteExperts(t);
    await giveOpinion(t, 'expert', request.invitations.expert as string);
    const worker = await t.as('worker');
    const write = (body: Record<string, unknown>, username = 'worker') =>
      t.as(username).then((who) => who.call(meetings.writeClientAgenda, { params: { id: request.conferenceId }, body }));
    // The consent for the conference is none for attending.
    expect((await write(agenda(request.consentId as string))).error.code).toBe('support.attendance-consent-missing');
    const consentId = await consentTo(t, request.caseId, 'attendance', { fields: [] });
    expect((await worker.ok(meetings.listAgendaConsents, { params: { id: request.conferenceId } })).consents.map((c) => c.id)).toEqual([
      consentId,
    ]);
    expect((await write(agenda(consentId))).status).toBe(200);
    expect((await write(agenda(consentId))).error.code).toBe('record.changed-meanwhile');
    expect((await write(agenda(consentId), 'worker3')).status).toBe(404);
    expect((await write(agenda(consentId), 'expert')).status).toBe(403);
    const read = await worker.ok(meetings.readClientAgenda, { params: { id: request.conferenceId } });
    expect(read.agenda).toMatchObject({ minor: false, guardian: false, attended: null, version: 1 });
    const paper = await worker.call(meetings.printClientAgenda, { params: { id: request.conferenceId } });
    const html = Buffer.from(paper.raw, 'latin1').toString('utf8');
    for (const part of ['会诊议程', '一起看看赔偿怎么办', '2026年3月11日', '支援中心会议室']) expect(html).toContain(part);
    for (const secret of ['expert的判断', 'expert的建议', '专家', STORY, '王桦']) expect(html).not.toContain(secret);
    const attend = (version: number) =>
      worker.call(meetings.recordClientAttendance, { params: { id: request.conferenceId }, body: { version, attended: true } });
    expect((await attend(1)).error.code).toBe('support.attendance-early');
    t.clock.set('2026-03-11T02:00:00.000Z');
    expect((await attend(2)).error.code).toBe('record.changed-meanwhile');
    expect((await attend(1)).status).toBe(200);
    expect((await worker.ok(meetings.readClientAgenda, { params: { id: request.conferenceId } })).agenda?.attended).toBe(true);
  });

  it('needs a guardian’s signature and company where the client is a minor', async () => {
    const request = await inviteExperts(t);
    await t.owner.updateTable('supportContent').set({ recipientBirthOn: '2008-03-12' }).where('id', '=', request.id).execute();
    const worker = await t.as('worker');
    const write = async (consentId: string, companion: string) =>
      (await worker.call(meetings.writeClientAgenda, { params: { id: request.conferenceId }, body: agenda(consentId, { companion }) }))
        .error?.code;
    const own = await consentTo(t, request.caseId, 'attendance', { fields: [] });
    const guardian = await consentTo(t, request.caseId, 'attendance', { fields: [], signedBy: '母亲' });
    expect(await write(own, '母亲')).toBe('support.guardian-needed');
    expect(await write(guardian, '')).toBe('support.guardian-needed');
    expect(await write(guardian, '母亲')).toBeUndefined();
    expect((await worker.ok(meetings.readClientAgenda, { params: { id: request.conferenceId } })).agenda).toMatchObject({
      minor: true,
      guardian: true,
    });
  });
});

describe('a supervisor for a line', () => {
  it('is proposed by the same matching, with a reason for everybody', async () => {
    const request = await acceptRequest(t);
    const centre = await t.as('centre');
    const propose = () => centre.ok(meetings.proposeSupervisor, { params: { id: request.id }, body: { helpField: 'family' } });
    const first = await propose();
    const named = [first.chosen?.personId, ...first.leftOut.map((l) => l.personId)];
    expect(named).toContain(t.world.persons.supervisor);
    expect([...first.leftOut.map((l) => l.says), ...(first.chosen?.reasons ?? [])].every((s) => s !== '')).toBe(true);
    await t.owner
      .insertInto('supervisionRelation')
      .values({
        id: t.world.districtId.replace(/^./, 'a'),
        districtId: t.world.districtId,
        supervisorId: t.world.persons.supervisor as string,
        workerPersonId: t.world.persons.worker as string,
        fromDay: '2025-01-01',
        toDay: null,
      })
      .execute();
    // Whoever supervises the worker anyway may do so here; whose term has ended may not.
    const second = await propose();
    expect([second.chosen?.personId, ...second.leftOut.filter((l) => l.mayChoose).map((l) => l.personId)]).toContain(
      t.world.persons.supervisor,
    );
    await t.owner
      .updateTable('roleAssignment')
      .set({ validTo: '2026-01-31' })
      .where('role', '=', 'supervisor')
      .where('personId', '=', t.world.persons.supervisor as string)
      .execute();
    const third = await propose();
    expect(third.chosen?.personId).not.toBe(t.world.persons.supervisor);
    expect(third.leftOut.find((l) => l.personId === t.world.persons.supervisor)).toMatchObject({ mayChoose: false });
    expect(
      (await (await t.as('worker')).call(meetings.proposeSupervisor, { params: { id: request.id }, body: { helpField: 'family' } })).status,
    ).toBe(403);
  });
});

// The last one: its question stays open.
it('a question for a time names those it asks, and holds as needed those who are chosen', async () => {
  const request = await inviteExperts(t);
  const centre = await t.as('centre');
  const read = () => centre.ok(meetings.readPoll, { params: { id: request.conferenceId } });
  const before = await read();
  expect(before.poll).toBeNull();
  expect(before.people.map((p) => p.part).sort()).toEqual([
    'asker',
    'chair',
    ...before.people.filter((p) => p.part === 'expert').map(() => 'expert'),
  ]);
  const asker = before.people.find((p) => p.part === 'asker');
  const asked = await askTime(request.conferenceId, { requiredIds: [asker?.personId] });
  expect(asked.status).toBe(200);
  const { poll, people } = await read();
  expect(people).toEqual(before.people);
  expect(poll?.voters.map((v) => v.personId).sort()).toEqual(people.map((p) => p.personId).sort());
  expect(poll?.voters.filter((v) => v.required).map((v) => v.personId)).toEqual([asker?.personId]);
});
