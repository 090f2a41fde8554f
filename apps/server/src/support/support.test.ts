import { listCases, readCase, updateCase, withdrawConsent } from '@jieyou/core/cases/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptInvitation,
  acceptRequest,
  closeRequest,
  consentTo,
  draftRequest,
  giveOpinion,
  holdConference,
  inviteExperts,
  openCase,
  submitRequest,
} from '../../test/factories.ts';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { escalateCrisis, expireInvitations, keepClocks, remind } from './index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());
beforeEach(async () => {
  t.clock.set(TEST_NOW);
  // Each story begins with experts who have sat on no panel this month.
  await t.owner.updateTable('supportInvitation').set({ invitedAt: '2026-01-05T02:00:00.000Z' }).execute();
});

const read = async (username: string, id: string) => (await t.as(username)).ok(support.readSupportRequest, { params: { id } });

describe('asking for help', () => {
  it('gives a receipt, the clock and the holder, and shows every change of state', async () => {
    const submitted = await submitRequest(t);
    expect(submitted.receiptNo).toMatch(/^QZ-2026-\d{5}$/);
    // Thursday 10:00 plus two working days at the same time of day.
    expect(submitted.dueAt).toBe('2026-03-09T02:00:00.000Z');
    const file = await read('worker', submitted.id);
    expect(file).toMatchObject({
      status: 'submitted',
      receiptNo: submitted.receiptNo,
      clock: { kind: 'screening', state: 'on-track', words: '还剩 2 个工作日' },
    });
    expect(file.timeline.map((e) => e.type)).toEqual(['support.submitted', 'support.created']);
    expect(file.content?.recipientName).toBe('王*');
  });

  it('is filled with what the case knows', async () => {
    const caseId = await openCase(t);
    const made = await (await t.as('worker')).ok(support.createSupportRequest, { body: { caseId } });
    const file = await read('worker', made.id);
    expect(file).toMatchObject({ domain: 'parent-child', helpFields: ['law', 'family', 'psychology'], risk: 'medium' });
    expect(file.content?.story).toContain('赔偿');
  });

  it('asks for the problem where an ordinary case said none, and the case keeps what was answered', async () => {
    const caseId = await openCase(t, 'worker', { ordinary: true });
    const worker = await t.as('worker');
    expect((await worker.ok(readCase, { params: { id: caseId } })).domain).toBeNull();
    const draft = await draftRequest(t, caseId, { helpFields: [] });
    expect(await read('worker', draft.id)).toMatchObject({ domain: null, helpFields: [] });
    const { rows } = await worker.ok(support.listSupportRequests, { query: { limit: 100, status: ['draft'] } });
    expect(rows.find((r) => r.id === draft.id)?.domain).toBeNull();
    const submit = (version: number) => worker.call(support.submitSupportRequest, { params: { id: draft.id }, body: { version } });
    const refused = await submit(1);
    expect([refused.error.code, refused.error.facts?.fields]).toEqual(['support.incomplete', ['domain', 'helpFields']]);
    // Written past the platform it would not be kept either.
    await expect(t.owner.updateTable('supportRequest').set({ submittedAt: TEST_NOW }).where('id', '=', draft.id).execute()).rejects.toThrow(
      'support_request_problem',
    );
    await worker.ok(support.updateSupportRequest, {
      params: { id: draft.id },
      body: { domain: 'end-of-life', helpFields: ['medical'], version: 1 },
    });
    const stale = (await worker.ok(readCase, { params: { id: caseId } })).version;
    expect((await submit(2)).status).toBe(200);
    // A form of the case that was opened before does not empty unseen what was just answered.
    const late = await worker.call(updateCase, { params: { id: caseId }, body: { version: stale, domain: null } });
    expect(late.error.code).toBe('record.changed-meanwhile');
    expect(await worker.ok(readCase, { params: { id: caseId } })).toMatchObject({ domain: 'end-of-life', helpFields: ['medical'] });
    const found = async (domain: ('none' | 'end-of-life')[]) =>
      (await worker.ok(listCases, { query: { limit: 100, domain } })).rows.some((r) => r.id === caseId);
    expect([await found(['none']), await found(['end-of-life'])]).toEqual([false, true]);
    // Taken away again it is looked for among those that say none; what stands in the request stays.
    const version = (await worker.ok(readCase, { params: { id: caseId } })).version;
    await worker.ok(updateCase, { params: { id: caseId }, body: { version, domain: null } });
    expect([await found(['none']), await found(['end-of-life'])]).toEqual([true, false]);
    expect((await read('worker', draft.id)).domain).toBe('end-of-life');
  });

  it('refuses an incomplete draft field by field and keeps what was typed', async () => {
    const caseId = await openCase(t);
    const worker = await t.as('worker');
    const draft = await worker.ok(support.createSupportRequest, { body: { caseId, story: '太短', asks: '' } });
    const refused = await worker.call(support.submitSupportRequest, { params: { id: draft.id }, body: { version: 1 } });
    expect(refused.status).toBe(409);
    expect(refused.error.code).toBe('support.incomplete');
    expect(refused.error.facts?.fields).toEqual(expect.arrayContaining(['story', 'tried', 'asks', 'checklist.imminentRisk']));
    expect((await read('worker', draft.id)).content?.story).toBe('太短');
  });

  it('opens one live request per case and names it', async () => {
    const caseId = await openCase(t);
    const draft = await draftRequest(t, caseId);
    const second = await (await t.as('worker')).call(support.createSupportRequest, { body: { caseId } });
    expect(second.error).toMatchObject({ code: 'support.already-live', facts: { id: draft.id } });
  });

  it('only from one’s own case', async () => {
    const caseId = await openCase(t);
    expect((await (await t.as('worker3')).call(support.createSupportRequest, { body: { caseId } })).status).toBe(404);
    expect((await (await t.as('worker2')).call(support.createSupportRequest, { body: { caseId } })).status).toBe(404);
  });

  it('is refused when somebody changed the draft meanwhile', async () => {
    const draft = await draftRequest(t, await openCase(t));
    const worker = await t.as('worker');
    await worker.ok(support.updateSupportRequest, { params: { id: draft.id }, body: { version: 1, tried: '新写的' } });
    const stale = await worker.call(support.updateSupportRequest, { params: { id: draft.id }, body: { version: 1, tried: '旧窗口' } });
    expect(stale.error.code).toBe('record.changed-meanwhile');
  });

  it('the same key submits once', async () => {
    const draft = await draftRequest(t, await openCase(t));
    const worker = await t.as('worker');
    const ask = { params: { id: draft.id }, body: { version: draft.version }, key: 'submit-once-0001' };
    const first = await worker.ok(support.submitSupportRequest, ask);
    const again = await worker.ok(support.submitSupportRequest, ask);
    expect(again).toEqual(first);
    const other = await worker.call(support.submitSupportRequest, { ...ask, body: { version: 9 } });
    expect(other.error.code).toBe('request.key-used');
  });
});

describe('screening', () => {
  it('accepts with an archive number and starts the clock of the panel', async () => {
    const accepted = await acceptRequest(t);
    expect(accepted.archiveNo).toMatch(/^990001001-YN-2026-\d{4}$/);
    expect(await read('worker', accepted.id)).toMatchObject({ status: 'matching', holderName: '陈敏仪', clock: { kind: 'panel' } });
  });

  it('asks for more: the clock stands still and then goes on, later by the working time of the pause', async () => {
    const request = await submitRequest(t);
    await (await t.as('centre')).ok(support.screenSupportRequest, {
      params: { id: request.id },
      body: { exit: 'ask', version: request.version, checklistVersion: '2026.1', question: '孩子现在和谁在一起？' },
    });
    t.clock.advance({ days: 1 });
    const paused = await read('worker', request.id);
    expect(paused).toMatchObject({
      status: 'needs-info',
      question: '孩子现在和谁在一起？',
      clock: { state: 'paused', words: '暂停：等求助人补充' },
    });
    await (await t.as('worker')).ok(support.supplyInformation, {
      params: { id: request.id },
      body: { version: paused.version, answer: '和外婆' },
    });
    const resumed = await read('worker', request.id);
    // A pause of one working day shifts Monday to Tuesday.
    expect(resumed).toMatchObject({ status: 'submitted', clock: { dueAt: '2026-03-10T02:00:00.000Z', pausedAt: null } });
  });

  it('declines with a reason and the route that remains', async () => {
    const request = await submitRequest(t);
    await (await t.as('centre')).ok(support.screenSupportRequest, {
      params: { id: request.id },
      body: {
        exit: 'decline',
        version: request.version,
        checklistVersion: '2026.1',
        reason: '属于劳动仲裁范围',
        otherRoute: '区劳动仲裁窗口',
      },
    });
    const file = await read('worker', request.id);
    expect(file).toMatchObject({ status: 'declined', clock: { state: 'none' } });
    expect(file.screening?.says).toContain('区劳动仲裁窗口');
  });

  it('diverts what is not hard to a supervisor, who sees the line and not the request', async () => {
    const request = await submitRequest(t);
    await (await t.as('centre')).ok(support.screenSupportRequest, {
      params: { id: request.id },
      body: {
        exit: 'divert',
        version: request.version,
        checklistVersion: '2026.1',
        advice: '先与督导讨论会谈的节奏',
        supervisorId: t.world.persons.supervisor as string,
      },
    });
    expect((await read('worker', request.id)).status).toBe('advised');
    const supervisor = await t.as('supervisor');
    const lines = await supervisor.ok(support.listOwnLines);
    expect(lines.rows.map((l) => l.requestId)).toContain(request.id);
    expect((await supervisor.call(support.readSupportRequest, { params: { id: request.id } })).status).toBe(403);
  });

  it('cites the version of the checklist', async () => {
    const request = await submitRequest(t);
    const refused = await (await t.as('centre')).call(support.screenSupportRequest, {
      params: { id: request.id },
      body: { exit: 'accept', version: request.version, checklistVersion: '2019.9' },
    });
    expect(refused.error).toMatchObject({ code: 'support.checklist-moved-on', facts: { version: '2026.1' } });
  });

  it('is not done by the asker', async () => {
    // A worker who also serves in the centre for a while.
    await t.owner
      .insertInto('roleAssignment')
      .values({
        id: '00000000-0000-7000-8000-00000000c001',
        districtId: t.world.districtId,
        personId: t.world.persons.worker3 as string,
        role: 'centre',
        validFrom: '2025-01-01',
      })
      .execute();
    // Roles are remembered for a few seconds.
    t.clock.advance({ minutes: 1 });
    const request = await submitRequest(t, {}, 'worker3');
    const refused = await (await t.as('worker3')).call(support.screenSupportRequest, {
      params: { id: request.id },
      body: { exit: 'decline', version: request.version, checklistVersion: '2026.1', reason: '自己的求助', otherRoute: '没有' },
    });
    expect(refused.error.code).toBe('support.screener-is-asker');
    await t.owner.deleteFrom('roleAssignment').where('id', '=', '00000000-0000-7000-8000-00000000c001').execute();
  });

  it('happens once: the second finds that the request moved on', async () => {
    const request = await submitRequest(t);
    const body = { exit: 'accept' as const, version: request.version, checklistVersion: '2026.1' };
    const [a, b] = await Promise.all([
      (await t.as('centre')).call(support.screenSupportRequest, { params: { id: request.id }, body }),
      (await t.as('centre2')).call(support.screenSupportRequest, { params: { id: request.id }, body }),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
  });
});

describe('the crisis lane', () => {
  it('takes imminent danger at once to the duty person, and after 15 minutes to the backup and the head', async () => {
    await t.owner
      .insertInto('rotaDay')
      .values({
        id: '00000000-0000-7000-8000-00000000d001',
        districtId: t.world.districtId,
        day: '2026-03-05',
        dutyId: t.world.persons.centre as string,
        backupId: t.world.persons.centre2 as string,
        phone: '0755-00001234',
      })
      .execute();
    const request = await submitRequest(t, { imminentRisk: true });
    expect(request.status).toBe('crisis');
    const noticesOf = (who: string) =>
      t.owner
        .selectFrom('notice')
        .select('kind')
        .where('personId', '=', t.world.persons[who] as string)
        .where('recordId', '=', request.id)
        .execute();
    expect(await noticesOf('centre')).toEqual([{ kind: 'support.crisis' }]);
    expect(await noticesOf('centre2')).toEqual([]);
    t.clock.advance({ minutes: 14 });
    await escalateCrisis(t.services);
    expect(await noticesOf('centre2')).toEqual([]);
    t.clock.advance({ minutes: 1 });
    await escalateCrisis(t.services);
    await escalateCrisis(t.services);
    expect(await noticesOf('centre2')).toEqual([{ kind: 'support.crisis-escalated' }]);
    expect(await noticesOf('head')).toEqual([{ kind: 'support.crisis-escalated' }]);
    const file = await read('centre2', request.id);
    expect(file).toMatchObject({ clock: { kind: 'crisis' }, crisis: { dutyName: '陈敏仪', phone: '0755-00001234', acknowledgedAt: null } });
    await (await t.as('centre2')).ok(support.acknowledgeCrisis, {
      params: { id: request.id },
      body: { firstAction: '已电话联系，社工陪同在旁' },
    });
    const twice = await (await t.as('centre')).call(support.acknowledgeCrisis, {
      params: { id: request.id },
      body: { firstAction: '我也接' },
    });
    expect(twice.error.code).toBe('support.crisis-acknowledged');
    expect((await read('worker', request.id)).holderName).toBe('林佳');
  });

  it('is not escalated once somebody took it', async () => {
    const request = await submitRequest(t, { imminentRisk: true });
    await (await t.as('centre')).ok(support.acknowledgeCrisis, { params: { id: request.id }, body: { firstAction: '已联系' } });
    t.clock.advance({ minutes: 30 });
    await escalateCrisis(t.services);
    const escalated = await t.owner
      .selectFrom('supportRequest')
      .select('crisisEscalatedAt')
      .where('id', '=', request.id)
      .executeTakeFirstOrThrow();
    expect(escalated.crisisEscalatedAt).toBeNull();
  });
});

describe('other ends', () => {
  it('withdrawn by the asker, ended elsewhere, and a duplicate that links', async () => {
    const first = await submitRequest(t);
    await (await t.as('worker')).ok(support.withdrawSupportRequest, {
      params: { id: first.id },
      body: { version: first.version, reason: '家属不愿继续' },
    });
    expect((await read('centre', first.id)).status).toBe('withdrawn');
    const second = await submitRequest(t);
    await (await t.as('worker')).ok(support.endSupportElsewhere, {
      params: { id: second.id },
      body: { version: second.version, where: '街道已协调解决' },
    });
    expect((await read('centre', second.id)).status).toBe('ended-elsewhere');
    const third = await submitRequest(t);
    await (await t.as('centre')).ok(support.closeAsDuplicate, {
      params: { id: third.id },
      body: { version: third.version, ofNumber: second.receiptNo },
    });
    expect(await read('worker', third.id)).toMatchObject({
      status: 'duplicate',
      duplicateOf: { id: second.id, receiptNo: second.receiptNo },
    });
  });
});

describe('a request without a present holder', () => {
  it('is found by the centre, and goes to the deputy', async () => {
    const accepted = await acceptRequest(t);
    const board = async () =>
      (await (await t.as('centre2')).ok(support.listSupportRequests, { query: { holder: 'nobody', limit: 100 } })).rows.map((r) => r.id);
    expect(await board()).not.toContain(accepted.id);
    const absence = '00000000-0000-7000-8000-00000000a001';
    await t.owner
      .insertInto('absence')
      .values({
        id: absence,
        districtId: t.world.districtId,
        personId: t.world.persons.centre as string,
        fromDay: '2026-03-05',
        toDay: '2026-03-06',
        reason: '培训',
      })
      .execute();
    expect(await board()).toContain(accepted.id);
    await t.owner
      .updateTable('roleAssignment')
      .set({ deputyId: t.world.persons.centre2 as string })
      .where('personId', '=', t.world.persons.centre as string)
      .execute();
    expect(await board()).not.toContain(accepted.id);
    // Roles are remembered for a few seconds; the clock moves past them.
    t.clock.advance({ minutes: 1 });
    const mine = await (await t.as('centre2')).ok(support.listSupportRequests, { query: { holder: 'me', limit: 100 } });
    expect(mine.rows.map((r) => r.id)).toContain(accepted.id);
    await t.owner.deleteFrom('absence').where('id', '=', absence).execute();
    await t.owner
      .updateTable('roleAssignment')
      .set({ deputyId: null })
      .where('personId', '=', t.world.persons.centre as string)
      .execute();
    t.clock.advance({ minutes: 1 });
  });
});

describe('matching', () => {
  it('proposes the smallest panel with reasons, and says why others were left out', async () => {
    const request = await acceptRequest(t);
    const proposal = await (await t.as('centre')).ok(support.proposePanel, { params: { id: request.id }, body: {} });
    expect(proposal.seats.map((s) => s.name).sort()).toEqual(['江雪', '许文博']);
    expect(proposal.seats.every((s) => s.reasons.length > 0)).toBe(true);
    expect(proposal.leftOut.map((l) => l.name)).toEqual(expect.arrayContaining(['潘华', '邹婷']));
    expect(proposal.packVersion).toBe('2026.1');
  });

  it('names the field that nobody covers', async () => {
    const request = await acceptRequest(t, { helpFields: ['law', 'medical'] });
    const proposal = await (await t.as('centre')).ok(support.proposePanel, { params: { id: request.id }, body: {} });
    expect(proposal.uncovered).toEqual(['medical']);
  });
});

const invitationBody = async (over: object = {}) => {
  const request = await acceptRequest(t);
  const centre = await t.as('centre');
  const consentId = await consentTo(t, request.caseId, 'conference');
  const proposal = await centre.ok(support.proposePanel, { params: { id: request.id }, body: {} });
  const body = {
    version: request.version,
    proposalId: proposal.id,
    seats: proposal.seats.map((s) => ({ expertId: s.expertId, helpFields: s.covers })),
    deadline: '2026-03-10T10:00:00.000Z',
    chairId: t.world.persons.centre as string,
    plannedAt: '2026-03-11T02:00:00.000Z',
    place: '会议室',
    packet: { fields: ['story' as const], attachmentIds: [], basis: { kind: 'consent' as const, consentId } },
    ...over,
  };
  return { request, body, call: () => centre.call(support.inviteExperts, { params: { id: request.id }, body }) };
};

describe('inviting', () => {
  it('needs a reason when the panel differs from the proposal', async () => {
    const { call } = await invitationBody({ seats: [{ expertId: t.world.experts.expert4 as string, helpFields: ['family'] }] });
    expect((await call()).error.code).toBe('support.override-needs-reason');
  });

  it.each([
    ['an expert of another district', async () => t.world.experts.bexpert as string, 'not-in-bank', async () => undefined],
    [
      'one whose term has ended',
      async () => t.world.experts.expert4 as string,
      'not-in-term',
      async () => {
        await t.owner
          .updateTable('expert')
          .set({ termTo: '2026-03-04' })
          .where('id', '=', t.world.experts.expert4 as string)
          .execute();
        return () =>
          t.owner
            .updateTable('expert')
            .set({ termTo: '2027-12-31' })
            .where('id', '=', t.world.experts.expert4 as string)
            .execute();
      },
    ],
    [
      'one of the asker’s agency',
      async () => t.world.experts.expert4 as string,
      'same-agency',
      async () => {
        await t.owner
          .updateTable('person')
          .set({ organisationId: t.world.organisations.o1 })
          .where('id', '=', t.world.persons.expert4 as string)
          .execute();
        return () =>
          t.owner
            .updateTable('person')
            .set({ organisationId: null })
            .where('id', '=', t.world.persons.expert4 as string)
            .execute();
      },
    ],
    [
      'one with a declared relation',
      async () => t.world.experts.expert4 as string,
      'declared-relation',
      async () => {
        await t.owner
          .insertInto('expertRelation')
          .values({
            id: '00000000-0000-7000-8000-00000000e001',
            expertId: t.world.experts.expert4 as string,
            personId: t.world.persons.worker as string,
            says: '亲属',
          })
          .execute();
        return () => t.owner.deleteFrom('expertRelation').where('id', '=', '00000000-0000-7000-8000-00000000e001').execute();
      },
    ],
    [
      'one who supervised the asker within 24 months',
      async () => t.world.experts.expert4 as string,
      'supervised-asker',
      async () => {
        await t.owner
          .insertInto('supervisionRelation')
          .values({
            id: '00000000-0000-7000-8000-00000000f001',
            districtId: t.world.districtId,
            supervisorId: t.world.persons.expert4 as string,
            workerPersonId: t.world.persons.worker as string,
            fromDay: '2023-01-01',
            toDay: '2024-03-06',
          })
          .execute();
        return () => t.owner.deleteFrom('supervisionRelation').where('id', '=', '00000000-0000-7000-8000-00000000f001').execute();
      },
    ],
    [
      'one whose load is full',
      async () => t.world.experts.expert4 as string,
      'load-full',
      async () => {
        await t.owner
          .updateTable('expert')
          .set({ maxPanelsPerMonth: 0 })
          .where('id', '=', t.world.experts.expert4 as string)
          .execute();
        return () =>
          t.owner
            .updateTable('expert')
            .set({ maxPanelsPerMonth: 4 })
            .where('id', '=', t.world.experts.expert4 as string)
            .execute();
      },
    ],
  ] as [string, () => Promise<string>, string, () => Promise<undefined | (() => Promise<unknown>)>][])(
    'refuses %s',
    async (_, expertOf, reason, arrange) => {
      const restore = await arrange();
      const { call } = await invitationBody({
        seats: [{ expertId: await expertOf(), helpFields: ['family'] }],
        overrideReason: '熟悉学校',
      });
      const refused = await call();
      expect(refused.error).toMatchObject({ code: 'support.expert-excluded', facts: { reason } });
      await restore?.();
    },
  );

  it('needs consent that lives and covers the fields, or a recorded legal basis', async () => {
    const { request, body } = await invitationBody();
    const narrow = await consentTo(t, request.caseId, 'conference', { fields: ['situation'] });
    const other = await consentTo(t, request.caseId, 'publication');
    const expired = await consentTo(t, request.caseId, 'conference', { grantedOn: '2026-01-01', expiresOn: '2026-03-04' });
    const centre = await t.as('centre');
    const withBasis = (consentId: string) =>
      centre.call(support.inviteExperts, {
        params: { id: request.id },
        body: { ...body, packet: { ...body.packet, basis: { kind: 'consent', consentId } } },
      });
    expect((await withBasis(narrow)).error.code).toBe('support.consent-too-narrow');
    expect((await withBasis(other)).error.code).toBe('support.consent-missing');
    expect((await withBasis(expired)).error.code).toBe('support.consent-missing');
    // Named for another expert, for one of two, for nobody, taken back: the packet stays in the case.
    const { rows: seated } = await sql<{ name: string }>`select p.name from expert e join person p on p.id = e.person_id
      where e.id = any(${body.seats.map((s) => s.expertId)}::uuid[]) order by e.id`.execute(t.owner);
    const names = seated.map((s) => s.name);
    const expertTo = (receiver: string) => consentTo(t, request.caseId, 'conference', { receiver, receiverKind: 'expert' });
    for (const receiver of ['另一位律师', ...(names.length > 1 ? [names[0] ?? ''] : [])])
      expect([receiver, (await withBasis(await expertTo(receiver))).error.code]).toEqual([receiver, 'support.consent-other-receiver']);
    const old = await expertTo('有关专家');
    await t.owner.updateTable('consent').set({ receiverKind: null }).where('id', '=', old).execute();
    expect((await withBasis(old)).error.code).toBe('support.consent-receiver-unnamed');
    const taken = await expertTo(names.join('、'));
    await (await t.as('worker')).ok(withdrawConsent, { params: { id: request.caseId, consentId: taken } });
    expect((await withBasis(taken)).error.code).toBe('support.consent-missing');
    const { rows: left } = await sql<{
      n: number;
    }>`select count(*)::int as n from support_round r where r.request_id = ${request.id}`.execute(t.owner);
    expect(left).toEqual([{ n: 0 }]);
    // The one consent names all of them: it carries.
    expect((await withBasis(await expertTo(names.join('、')))).status).toBe(200);
  });

  it('leaves in an emergency with its ground, which is kept with the packet', async () => {
    const { request, body } = await invitationBody();
    const centre = await t.as('centre');
    const send = (ground: string) =>
      centre.call(support.inviteExperts, {
        params: { id: request.id },
        body: { ...body, packet: { ...body.packet, basis: { kind: 'emergency', ground } } },
      });
    expect((await send('')).status).toBe(400);
    expect((await send('孩子今晚可能再次受伤，来不及取得同意')).status).toBe(200);
    const { rows } = await sql<{
      basisKind: string;
      consentId: string | null;
      one: string;
    }>`select r.basis_kind, r.consent_id, to_jsonb(r)::text as one
      from support_round r where r.request_id = ${request.id}`.execute(t.owner);
    expect(rows).toMatchObject([{ basisKind: 'emergency', consentId: null, one: expect.stringContaining('孩子今晚可能再次受伤') }]);
  });

  it('carries what a consent for the centre covers to whom it invites', async () => {
    const { call } = await invitationBody();
    expect((await call()).status).toBe(200);
  });

  it('refuses a deadline that has passed, a quorum above those asked, an unknown chair', async () => {
    expect((await (await invitationBody({ deadline: TEST_NOW })).call()).error.code).toBe('support.deadline-past');
    expect((await (await invitationBody({ quorum: 3 })).call()).error.code).toBe('support.quorum-too-high');
    expect((await (await invitationBody({ chairId: t.world.persons.bcentre as string })).call()).error.code).toBe('support.chair-unknown');
  });
});

describe('the packet', () => {
  it('is redacted, frozen and hashed; opens only after the pledge; each opening is recorded', async () => {
    const invited = await inviteExperts(t);
    const expert = await t.as('expert');
    const id = invited.invitations.expert as string;
    expect((await expert.call(support.openPacket, { params: { id } })).error.code).toBe('support.pledge-missing');
    await acceptInvitation(t, 'expert', id);
    const packet = await expert.ok(support.openPacket, { params: { id } });
    const text = packet.parts.map((p) => p.text).join('\n');
    expect(text).not.toMatch(/王桦|19900001234|花园小学/);
    expect(text).toContain('赔偿');
    expect(packet.watermark).toContain('许文博');
    const again = await expert.ok(support.openPacket, { params: { id } });
    expect(again.hash).toBe(packet.hash);
    const openings = await t.owner
      .selectFrom('accessRecord')
      .select('outcome')
      .where('recordId', '=', invited.roundId)
      .where('action', '=', 'openPacket')
      .where('kind', '=', 'read')
      .execute();
    expect(openings).toHaveLength(2);
  });

  it('expires seven days after the deadline', async () => {
    const invited = await inviteExperts(t);
    const id = invited.invitations.expert as string;
    await acceptInvitation(t, 'expert', id);
    t.clock.set('2026-03-17T09:59:59.000Z');
    expect((await (await t.as('expert')).call(support.openPacket, { params: { id } })).status).toBe(200);
    t.clock.set('2026-03-17T10:00:00.000Z');
    expect((await (await t.as('expert')).call(support.openPacket, { params: { id } })).error.code).toBe('support.packet-expired');
  });

  it('shows nothing after the invitation is revoked', async () => {
    const invited = await inviteExperts(t);
    const id = invited.invitations.expert as string;
    await acceptInvitation(t, 'expert', id);
    await (await t.as('centre')).ok(support.revokeInvitation, { params: { id }, body: { reason: '发现与当事人相识' } });
    const expert = await t.as('expert');
    expect((await expert.call(support.readInvitation, { params: { id } })).status).toBe(404);
    expect((await expert.call(support.listOpinions, { params: { id } })).status).toBe(404);
    expect((await expert.call(support.openPacket, { params: { id } })).status).toBe(404);
    expect((await expert.ok(support.listOwnInvitations, { query: { limit: 100 } })).rows.map((i) => i.id)).not.toContain(id);
  });

  it('is the invited expert’s alone', async () => {
    const invited = await inviteExperts(t);
    const id = invited.invitations.expert as string;
    expect((await (await t.as('expert3')).call(support.openPacket, { params: { id } })).status).toBe(404);
    expect((await (await t.as('bexpert')).call(support.readInvitation, { params: { id } })).status).toBe(404);
  });
});

describe('opinions', () => {
  it('open to an expert only after an own one and quorum; the centre reads them at once', async () => {
    const invited = await inviteExperts(t);
    const first = invited.invitations.expert as string;
    const second = invited.invitations.expert2 as string;
    await acceptInvitation(t, 'expert', first);
    const expert = await t.as('expert');
    expect((await expert.call(support.listOpinions, { params: { id: first } })).error.code).toBe('support.opinions-sealed');
    await expert.ok(support.giveOpinion, { params: { id: first }, body: { judgement: '一判断', advice: '一建议', risk: '一风险' } });
    const sealed = await expert.call(support.listOpinions, { params: { id: first } });
    expect(sealed.error.code).toBe('support.opinions-sealed');
    expect((await read('centre', invited.id)).rounds[0]?.opinions).toHaveLength(1);
    expect((await read('worker', invited.id)).rounds[0]?.opinions).toHaveLength(0);
    await giveOpinion(t, 'expert2', second);
    const open = await expert.ok(support.listOpinions, { params: { id: first } });
    expect(open.opinions.map((o) => o.expertName).sort()).toEqual(['江雪', '许文博']);
  });

  it('open after the deadline even without quorum, but never without an own one', async () => {
    const invited = await inviteExperts(t);
    const first = invited.invitations.expert as string;
    await giveOpinion(t, 'expert', first);
    await acceptInvitation(t, 'expert2', invited.invitations.expert2 as string);
    t.clock.set('2026-03-10T10:00:00.000Z');
    expect((await (await t.as('expert')).ok(support.listOpinions, { params: { id: first } })).opinions).toHaveLength(1);
    expect(
      (await (await t.as('expert2')).call(support.listOpinions, { params: { id: invited.invitations.expert2 as string } })).error.code,
    ).toBe('support.opinions-sealed');
  });

  it('tell experts nothing earlier, in no byte of any reply of theirs', async () => {
    const invited = await inviteExperts(t);
    await giveOpinion(t, 'expert2', invited.invitations.expert2 as string);
    const expert = await t.as('expert');
    const before = await expert.call(support.readInvitation, { params: { id: invited.invitations.expert as string } });
    const list = await expert.call(support.listOwnInvitations, { query: { limit: 100 } });
    const notices = await t.owner
      .selectFrom('notice')
      .select('kind')
      .where('personId', '=', t.world.persons.expert as string)
      .where('kind', '=', 'support.opinion-given')
      .execute();
    expect(before.raw + list.raw).not.toMatch(/expert2的|given|江雪/);
    expect(notices).toEqual([]);
  });

  it('are given once', async () => {
    const invited = await inviteExperts(t);
    const id = invited.invitations.expert as string;
    await giveOpinion(t, 'expert', id);
    const twice = await (await t.as('expert')).call(support.giveOpinion, {
      params: { id },
      body: { judgement: '再来', advice: '再来', risk: '再来' },
    });
    expect(twice.error.code).toBe('support.opinion-given');
  });
});

const minutes = (over: object = {}) => ({
  heldAt: '2026-03-11T02:00:00.000Z',
  attendeeIds: [t.world.experts.expert as string, t.world.experts.expert2 as string],
  minutes: '逐项讨论了赔偿、返校和情绪支持。',
  consensus: '先申请法律援助。',
  decisions: [{ text: '陪同申请', ownerId: t.world.persons.worker as string, dueOn: '2026-03-18' }],
  ...over,
});

describe('the conference', () => {
  it('needs experts of two fields, who were invited and accepted', async () => {
    const invited = await inviteExperts(t, { experts: ['expert2', 'expert3'] });
    await acceptInvitation(t, 'expert2', invited.invitations.expert2 as string);
    t.clock.set('2026-03-11T04:00:00.000Z');
    const centre = await t.as('centre');
    const hold = (over: object) => centre.call(support.holdConference, { params: { id: invited.conferenceId }, body: minutes(over) });
    expect((await hold({ attendeeIds: [t.world.experts.expert2 as string] })).error.code).toBe('support.two-fields-needed');
    expect((await hold({ attendeeIds: [t.world.experts.expert2 as string, t.world.experts.expert3 as string] })).error.code).toBe(
      'support.attendee-not-invited',
    );
  });

  it('keeps decisions that each have an owner and a due date', async () => {
    const invited = await inviteExperts(t);
    await giveOpinion(t, 'expert', invited.invitations.expert as string);
    await giveOpinion(t, 'expert2', invited.invitations.expert2 as string);
    t.clock.set('2026-03-11T04:00:00.000Z');
    const centre = await t.as('centre');
    const hold = (over: object) => centre.call(support.holdConference, { params: { id: invited.conferenceId }, body: minutes(over) });
    expect((await hold({ decisions: [] })).status).toBe(400);
    expect((await hold({ decisions: [{ text: '没有负责人', dueOn: '2026-03-18' }] })).status).toBe(400);
    expect((await hold({ decisions: [{ text: '已过期限', ownerId: t.world.persons.worker, dueOn: '2026-03-10' }] })).error.code).toBe(
      'support.decision-due-past',
    );
    expect((await hold({ decisions: [{ text: '外人负责', ownerId: t.world.persons.bworker, dueOn: '2026-03-18' }] })).error.code).toBe(
      'support.decision-owner-unknown',
    );
    expect((await hold({ heldAt: '2026-03-12T02:00:00.000Z' })).error.code).toBe('support.held-in-future');
    const held = await centre.ok(support.holdConference, { params: { id: invited.conferenceId }, body: minutes() });
    expect(held.actionIds).toHaveLength(1);
    expect(await read('worker', invited.id)).toMatchObject({ status: 'following', nextOn: '2026-03-18' });
    expect((await read('worker', invited.id)).rounds[0]?.opinions).toHaveLength(2);
  });

  it('may be chaired by an expert, who sees the sheet and not the request', async () => {
    const invited = await inviteExperts(t, { chair: 'expert' });
    await giveOpinion(t, 'expert', invited.invitations.expert as string);
    await giveOpinion(t, 'expert2', invited.invitations.expert2 as string);
    t.clock.set('2026-03-11T04:00:00.000Z');
    const chair = await t.as('expert');
    const sheet = await chair.ok(support.readConference, { params: { id: invited.conferenceId } });
    expect(sheet.owners.map((o) => o.name)).toContain('周晓岚');
    expect((await chair.call(support.readSupportRequest, { params: { id: invited.id } })).status).toBe(403);
    expect(
      (await (await t.as('expert2')).call(support.holdConference, { params: { id: invited.conferenceId }, body: minutes() })).status,
    ).toBe(404);
    await chair.ok(support.holdConference, { params: { id: invited.conferenceId }, body: minutes() });
    expect((await read('centre', invited.id)).conferences[0]).toMatchObject({ status: 'held', chairName: '许文博' });
  });

  it('prints an opinion document for those who read the content', async () => {
    const held = await holdConference(t);
    const page = await (await t.as('worker')).call(support.readOpinionDocument, { params: { id: held.conferenceId } });
    expect(page.status).toBe(200);
    expect(Buffer.from(page.raw, 'latin1').toString('utf8')).toContain('疑难个案会诊意见书');
    expect((await (await t.as('officer')).call(support.readOpinionDocument, { params: { id: held.conferenceId } })).status).toBe(404);
  });
});

describe('following up and closing', () => {
  it('an action is finished by its owner', async () => {
    const held = await holdConference(t);
    const body = { version: 1, status: 'done' as const, result: '办好了' };
    expect((await (await t.as('worker2')).call(support.completeAction, { params: { id: held.actionIds[0] as string }, body })).status).toBe(
      404,
    );
    expect((await (await t.as('centre')).call(support.completeAction, { params: { id: held.actionIds[0] as string }, body })).status).toBe(
      404,
    );
    await (await t.as('worker')).ok(support.completeAction, { params: { id: held.actionIds[0] as string }, body });
    const again = await (await t.as('worker')).call(support.completeAction, { params: { id: held.actionIds[0] as string }, body });
    expect(again.error.code).toBe('support.action-over');
  });

  it('is refused while an action or a line has no result, without a later follow-up, and to others than the holder', async () => {
    const held = await holdConference(t);
    const centre = await t.as('centre');
    const close = async (who: string, over: object = {}) => {
      const version = (await read('centre', held.id)).version;
      return (await t.as(who)).call(support.closeSupportRequest, {
        params: { id: held.id },
        body: { version, solved: true, evaluation: '已经解决', satisfaction: null, followUpOn: '2026-04-15', ...over },
      });
    };
    expect((await close('centre')).error).toMatchObject({ code: 'support.actions-open', facts: { open: 2 } });
    for (const [i, who] of (['worker', 'centre'] as const).entries()) {
      await (await t.as(who)).ok(support.completeAction, {
        params: { id: held.actionIds[i] as string },
        body: { version: 1, status: 'done', result: '办好' },
      });
    }
    const line = await centre.ok(support.addSupportLine, {
      params: { id: held.id },
      body: { helpField: 'economy', kind: 'resource', holderId: null, providerName: '演示慈善会', task: '申请临时救助' },
    });
    expect((await close('centre')).error.code).toBe('support.lines-open');
    await centre.ok(support.closeSupportLine, {
      params: { id: line.id },
      body: { version: 1, status: 'not-possible', result: '条件不符，已说明' },
    });
    expect((await close('centre2')).error.code).toBe('support.not-the-holder');
    expect((await close('centre', { followUpOn: '2026-03-11' })).error.code).toBe('support.follow-up-past');
    expect((await close('centre')).status).toBe(200);
    expect(await read('worker', held.id)).toMatchObject({ status: 'closed', solved: true, closing: { followUpOn: '2026-04-15' } });
  });

  it('closes whole', async () => {
    const closed = await closeRequest(t);
    expect((await read('head', closed.id)).status).toBe('closed');
  });
});

describe('jobs', () => {
  it('warn once when a clock comes at risk and once when it is overdue', async () => {
    const request = await submitRequest(t);
    const kinds = async () =>
      (
        await t.owner
          .selectFrom('notice')
          .select('kind')
          .where('personId', '=', t.world.persons.centre as string)
          .where('recordId', '=', request.id)
          .orderBy('id')
          .execute()
      ).map((n) => n.kind);
    await keepClocks(t.services);
    expect(await kinds()).toEqual(['support.submitted']);
    t.clock.set('2026-03-06T02:00:00.000Z');
    await keepClocks(t.services);
    await keepClocks(t.services);
    expect(await kinds()).toEqual(['support.submitted', 'support.clock-at-risk']);
    t.clock.set('2026-03-09T02:00:01.000Z');
    await keepClocks(t.services);
    await keepClocks(t.services);
    expect(await kinds()).toEqual(['support.submitted', 'support.clock-at-risk', 'support.clock-overdue']);
  });

  it('end invitations whose packet has expired', async () => {
    const invited = await inviteExperts(t);
    const status = async () =>
      (await (await t.as('expert')).ok(support.readInvitation, { params: { id: invited.invitations.expert as string } })).status;
    t.clock.set('2026-03-17T09:59:00.000Z');
    await expireInvitations(t.services);
    expect(await status()).toBe('invited');
    t.clock.set('2026-03-17T10:00:00.000Z');
    await expireInvitations(t.services);
    expect(await status()).toBe('expired');
  });

  it('remind the owner of an action the day before, once', async () => {
    const held = await holdConference(t);
    t.clock.set('2026-03-17T01:00:00.000Z');
    await remind(t.services);
    await remind(t.services);
    const notices = await t.owner
      .selectFrom('notice')
      .select('kind')
      .where('recordId', '=', held.actionIds[0] as string)
      .where('kind', 'like', 'support.action-due')
      .execute();
    expect(notices).toHaveLength(1);
  });
});

describe('lists and single reads agree', () => {
  it('an export leaves only after it was recorded with its reason', async () => {
    const request = await submitRequest(t);
    const answer = await (await t.as('worker')).call(support.exportSupportRequests, { query: { reason: '=1+1 核对' } });
    const rows = (await readXlsx(Buffer.from(answer.raw, 'latin1'))).sheets[0]?.rows ?? [];
    expect([answer.status, rows[0]?.[0], rows.some((row) => row[0] === request.receiptNo)]).toEqual([200, '编号', true]);
    const kept = await t.owner
      .selectFrom('accessRecord')
      .select(['kind', 'outcome', 'reason', 'actorId'])
      .where('action', '=', 'exportSupportRequests')
      .execute();
    expect(kept).toEqual([{ kind: 'export', outcome: 'exported', reason: '=1+1 核对', actorId: t.world.persons.worker }]);
  });

  it.each(['worker', 'worker2', 'head', 'head2', 'centre', 'agency', 'agency2', 'officer', 'street', 'street2', 'bcentre', 'bworker'])(
    'every row that %s lists can be read, and every row that can be read is listed',
    async (username) => {
      const who = await t.as(username);
      const listed = new Set<string>();
      let after: string | undefined;
      do {
        const page = await who.ok(support.listSupportRequests, { query: { limit: 50, ...(after === undefined ? {} : { after }) } });
        for (const row of page.rows) listed.add(row.id);
        after = page.next ?? undefined;
      } while (after !== undefined);
      const all = await t.owner.selectFrom('supportRequest').select('id').execute();
      for (const { id } of all)
        expect((await who.call(support.readSupportRequest, { params: { id } })).status === 200).toBe(listed.has(id));
    },
  );

  it('offices see the register and no content', async () => {
    const request = await submitRequest(t);
    for (const who of ['agency', 'officer', 'street']) {
      const file = await read(who, request.id);
      expect(file.content).toBeNull();
      expect(JSON.stringify(file)).not.toContain('赔偿');
    }
  });
});
