import { registerAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { addAttachment, addNote, listCases, listNotes, nameCoWorker, readAttachment, readCase } from '@jieyou/core/cases/endpoints.ts';
import { laterScore } from '@jieyou/core/cases/scores.ts';
import * as stages from '@jieyou/core/cases/stageEndpoints.ts';
import { listContacts } from '@jieyou/core/contacts/endpoints.ts';
import * as forms from '@jieyou/core/forms/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import { readPocket } from '@jieyou/core/pocket/endpoints.ts';
import { createSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { listVisits, planVisit, readVisit, readVisitStart, recordVisit } from '@jieyou/core/visits/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftRequest, openCase, submitRequest } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { assessment, BURDEN, closing, evaluate, intake, type Loose, plan, send, signer } from '../../test/stageActs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const stateOf = async (id: string, by = 'worker') => (await t.as(by)).ok(stages.readStages, { params: { id } });

/** Makes a move with the version that the case has now. */
const move = async (id: string, act: Loose, by = 'worker') => {
  const { version } = await t.owner.selectFrom('caseFile').select('version').where('id', '=', id).executeTakeFirstOrThrow();
  return (await t.as(by)).call(stages.moveCase, { params: { id }, body: { version, ...act } as never });
};
const done = async (id: string, act: Loose, by = 'worker') => {
  const answer = await move(id, act, by);
  expect([act.move, answer.status, answer.raw.slice(0, 300)]).toEqual([act.move, 200, answer.raw.slice(0, 300)]);
};
const refused = async (id: string, act: Loose, by = 'worker') => {
  const answer = await move(id, act, by);
  return answer.status === 409 ? answer.error.code : String(answer.status);
};

/** The paper of a row of a room, in words. */
const paperOf = async (room: 'note' | 'follow-up' | 'visit', id: string) => {
  const reply = await (await t.as('worker')).call(forms.printRoomForm, { params: { room, id }, query: { format: 'html' } });
  expect(reply.status).toBe(200);
  return Buffer.from(reply.raw, 'latin1').toString('utf8');
};

const waitingPaper = async (id: string): Promise<{ id: string; version: number }> => {
  const found = (await stateOf(id, await workerOf(id))).papers.find((p) => p.status === 'sent');
  if (found === undefined) throw new Error('nothing waits for a signature');
  return found;
};
const workerOf = async (id: string): Promise<string> => {
  const row = await sql<{
    username: string;
  }>`select a.username from case_file f join account a on a.person_id = f.worker_id where f.id = ${id}`.execute(t.owner);
  return row.rows[0]?.username ?? '';
};
const decide = async (
  id: string,
  by: string,
  decision: 'sign' | 'return' = 'sign',
  reason = decision === 'return' ? '指标请写清楚' : '',
) => {
  const { id: paper, version } = await waitingPaper(id);
  return (await t.as(by)).call(stages.decideCasePaper, { params: { id: paper }, body: { version, decision, reason } });
};
/** Who holds which role was changed: nobody goes on with what was remembered. */
const forgotten = () => t.services.db.transaction('write', { now: t.clock.now().toISOString() }, (tx) => t.services.sessions.forget(tx));
const todosOf = async (by: string) => (await (await t.as(by)).ok(readWorkbench)).todos.map((x) => x.kind);

/** A case whose plan was signed. */
const working = async (): Promise<string> => {
  const id = await openCase(t);
  for (const act of [intake(), assessment, plan, send()]) await done(id, act);
  expect((await decide(id, 'head')).status).toBe(200);
  return id;
};

test('a case goes through all six stages, is followed up and archived, and everything stays readable with who and when', async () => {
  const id = await openCase(t);
  expect(await stateOf(id)).toMatchObject({ stage: 'intake', can: ['decide-intake', 'pause'], papers: [] });
  await done(id, intake({ risks: ['self-harm', 'home-violence'] }));
  expect((await stateOf(id)).papers[0]?.content.intake?.risks).toEqual(['self-harm', 'home-violence']);
  expect(await refused(id, plan)).toBe('cases.stage-moved-on');
  await done(id, assessment);
  expect((await (await t.as('worker')).ok(readCase, { params: { id } })).risk).toBe('high');
  expect(await refused(id, send())).toBe('cases.plan-missing');
  await done(id, plan);
  await done(id, { ...plan, plan: { ...(plan.plan as object), frequency: '每两周一次' } });
  expect(await refused(id, send({ agreement: { explained: true, signers: [signer('guardian')] } }))).toBe('cases.signature-missing');
  expect(await refused(id, send({ agreement: { explained: true, signers: [signer('person', '2026-03-06')] } }))).toBe(
    'cases.signature-in-future',
  );
  await done(id, send());
  expect(await todosOf('head')).toContain('plan-sign');
  expect(await todosOf('head2')).not.toContain('plan-sign');
  // Sent back with the reason, corrected, sent again.
  expect((await decide(id, 'head', 'return')).status).toBe(200);
  expect(await todosOf('worker')).toContain('sent-back');
  expect((await stateOf(id)).papers[0]).toMatchObject({
    kind: 'plan',
    status: 'returned',
    answer: '指标请写清楚',
    decidedByName: '孙立春',
    content: { plan: { frequency: '每两周一次' } },
  });
  await done(id, plan);
  await done(id, send());
  expect(await todosOf('worker')).not.toContain('sent-back');
  expect((await decide(id, 'head')).status).toBe(200);
  const signed = await stateOf(id);
  expect([signed.stage, signed.papers.filter((p) => p.kind === 'plan').map((p) => [p.edition, p.status])]).toEqual([
    'intervention',
    [
      [5, 'signed'],
      [4, 'draft'],
      [3, 'returned'],
      [2, 'draft'],
      [1, 'draft'],
    ],
  ]);
  // Process records with their kind and minutes.
  const worker = await t.as('worker');
  await worker.ok(addNote, {
    params: { id },
    body: { happenedOn: '2026-03-05', body: '家访一次。', kind: 'home-visit', minutes: 75, tookPart: '本人与儿子' },
  });
  expect((await worker.ok(listNotes, { params: { id } })).rows[0]).toMatchObject({
    kind: 'home-visit',
    minutes: 75,
    tookPart: '本人与儿子',
    parts: null,
  });
  // With the parts of the form, and printed on it: what stands there is counted once, as the note.
  const parts = { place: '家里', goal: '看夜间的安排', state: '话多了', reflection: '先听完', next: '' };
  const whole = await worker.ok(addNote, {
    params: { id },
    body: { happenedOn: '2026-03-05', body: '装了<灯>。', tookPart: '本人', parts },
  });
  const blank = { place: '', goal: '', state: ' ', reflection: '', next: '' };
  await worker.ok(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '顺路问一句。', parts: blank } });
  expect((await worker.ok(listNotes, { params: { id } })).rows.slice(0, 2).map((n) => n.parts)).toEqual([null, parts]);
  const counted = (await worker.ok(listContacts, { query: { period: '2026-03' } })).rows.filter((c) => c.opens === `/cases/${id}`);
  expect(counted.length).toBe(3);
  const sheet = await paperOf('note', whole.id);
  for (const said of ['过程记录', '2 次', '装了&lt;灯&gt;。', '看夜间的安排', '话多了', '先听完', '家里', '督导意见', '督导（签字）'])
    expect(sheet).toContain(said);
  expect((await (await t.as('worker2')).call(forms.printRoomForm, { params: { room: 'note', id: whole.id } as never })).status).toBe(404);
  expect((await worker.call(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '过长', minutes: 1441 } })).status).toBe(
    400,
  );
  await done(id, evaluate('stage'));
  expect(await refused(id, evaluate('stage', { measures: [{ key: 'g1', now: 1, says: '' }] }))).toBe('cases.goals-differ');
  // Reached goals are measured before the case is closed as reached.
  expect(await refused(id, closing('achieved'))).toBe('cases.goals-not-evaluated');
  await done(id, evaluate('closing'));
  expect(await refused(id, closing('achieved', { followUpOn: '2026-03-05' }))).toBe('cases.day-past');
  await done(id, closing('achieved'));
  expect((await stateOf(id)).stage).toBe('closing-signing');
  expect(await todosOf('head')).toContain('closing-sign');
  expect((await decide(id, 'head', 'return', '请补写自评')).status).toBe(200);
  expect((await stateOf(id)).stage).toBe('evaluation');
  await done(id, closing('achieved'));
  await done(id, { move: 'take-back' });
  expect((await stateOf(id)).stage).toBe('evaluation');
  await done(id, closing('achieved'));
  expect((await decide(id, 'head')).status).toBe(200);
  expect(await stateOf(id)).toMatchObject({
    status: 'closed',
    stage: 'closed',
    closingKind: 'achieved',
    closedOn: '2026-03-05',
    nextFollowUpOn: '2026-04-05',
  });
  // Other rooms see what they always saw.
  expect((await worker.ok(readCase, { params: { id } })).status).toBe('closed');
  expect((await worker.call(createSupportRequest, { body: { caseId: id } as never })).status).not.toBe(200);
  expect(await refused(id, { move: 'archive' })).toBe('cases.follow-up-outstanding');
  t.clock.set('2026-04-06T02:00:00.000Z');
  expect(await todosOf('worker')).toContain('follow-up');
  const visit = { move: 'follow-up' as const, happenedOn: '2026-04-06', way: 'phone', result: 'steady', says: '都好。', nextOn: null };
  expect(await refused(id, { ...visit, happenedOn: '2026-04-07' })).toBe('cases.note-in-future');
  expect(await refused(id, { ...visit, happenedOn: '2026-03-04' })).toBe('cases.before-closing');
  await done(id, visit);
  // A visit after closing is an act of service like any other.
  const { rows: acts } = await worker.ok(listContacts, { query: { period: '2026-04' } });
  expect(acts.map((a) => [a.kind, a.opens])).toEqual([['case-phone', `/cases/${id}`]]);
  const followed = (await stateOf(id)).papers.find((p) => p.kind === 'follow-up')?.id ?? '';
  const followSheet = await paperOf('follow-up', followed);
  for (const said of ['回访记录', '1 次', '2026年3月5日', '2026年4月6日', '电话', '稳定', '都好。']) expect(followSheet).toContain(said);
  expect(followSheet).not.toContain('重开的理由');
  await done(id, { move: 'archive' });
  expect(await stateOf(id)).toMatchObject({
    stage: 'archived',
    archivedOn: '2026-04-06',
    retentionClass: 'adult',
    keepUntil: '2036-03-05',
    can: ['reopen'],
  });
  t.clock.set('2026-03-05T02:00:00.000Z');
});

test('nobody signs the own work: a head who carries the case needs the supervisor, and the case shows to the supervisor only what lies before them', async () => {
  const { owner, world } = t;
  // The head carries a case too.
  const head = world.persons.head ?? '';
  const assignment = {
    districtId: world.districtId,
    id: crypto.randomUUID(),
    personId: head,
    role: 'worker',
    stationId: world.stations.s1,
    validFrom: '2025-01-01',
  };
  await owner.insertInto('roleAssignment').values(assignment).execute();
  await forgotten();
  try {
    const id = await openCase(t, 'head');
    for (const act of [intake(), assessment, plan]) await done(id, act, 'head');
    expect(await refused(id, send(), 'head')).toBe('cases.signer-is-author');
    expect((await (await t.as('head')).ok(stages.listSigners, { params: { id } })).rows).toEqual([
      { id: world.persons.supervisor, name: '高远', says: '督导' },
    ]);
    expect(await refused(id, send({ signerId: world.persons.worker3 }), 'head')).toBe('cases.signer-unknown');
    await done(id, send({ signerId: world.persons.supervisor }), 'head');
    expect(await todosOf('head')).not.toContain('plan-sign');
    const own = await decide(id, 'head');
    expect([own.status, own.error.code]).toEqual([409, 'cases.signer-is-author']);
    // The database says the same to whoever asks it directly.
    const { id: paper } = await waitingPaper(id);
    await expect(sql`update case_paper set status = 'signed', decided_by = author_id where id = ${paper}`.execute(owner)).rejects.toThrow(
      /check constraint/,
    );
    const supervisor = await t.as('supervisor');
    expect(await todosOf('supervisor')).toContain('plan-sign');
    const file = await supervisor.ok(stages.readCasePaper, { params: { id: paper } });
    expect(file).toMatchObject({
      signs: true,
      opensCase: false,
      recipientName: '王*',
      paper: { content: { plan: { aim: '母子生活安定' } } },
    });
    for (const call of [
      supervisor.call(stages.readStages, { params: { id } }),
      supervisor.call(readCase, { params: { id } }),
      supervisor.call(stages.moveCase, { params: { id }, body: { move: 'resume', version: 1 } }),
    ])
      expect((await call).status).toBe(403);
    const page = await supervisor.call(stages.printCasePaper, { params: { id: paper }, query: {} });
    expect(page.status).toBe(200);
    expect((await decide(id, 'supervisor')).status).toBe(200);
    // From then on it does not lie before them any more.
    expect((await supervisor.call(stages.readCasePaper, { params: { id: paper } })).status).toBe(404);
    expect((await stateOf(id, 'head')).stage).toBe('intervention');
    const { rows } = await (await t.as('head')).ok(listNotices);
    expect(rows[0]).toMatchObject({ kind: 'cases.paper-signed', recordKind: 'case' });
  } finally {
    await owner.updateTable('roleAssignment').set({ validTo: '2025-12-31' }).where('id', '=', assignment.id).execute();
    await forgotten();
  }
});

test('the worker does not sign the own plan as a deputy of the head, and a stranger has no part in it', async () => {
  const id = await openCase(t);
  for (const act of [intake(), assessment, plan, send()]) await done(id, act);
  for (const by of ['head2', 'supervisor', 'bhead']) expect((await decide(id, by)).status).toBe(404);
  expect((await decide(id, 'worker')).status).toBe(403);
  // The worker stands in for the head who is away: still the own work.
  const { persons } = t.world;
  const deputy = (deputyId: string | null) =>
    t.owner
      .updateTable('roleAssignment')
      .set({ deputyId })
      .where('personId', '=', persons.head ?? '')
      .where('role', '=', 'head')
      .execute();
  await sql`insert into absence (id, district_id, person_id, from_day, to_day, reason) values (${crypto.randomUUID()}, ${t.world.districtId}, ${persons.head}, '2026-03-05', '2026-03-06', 'leave')`.execute(
    t.owner,
  );
  await deputy(persons.worker ?? '');
  await forgotten();
  const answer = await decide(id, 'worker');
  await deputy(null);
  await sql`delete from absence where person_id = ${persons.head}`.execute(t.owner);
  await forgotten();
  expect([answer.status, answer.error?.code]).toEqual([409, 'cases.signer-is-author']);
});

test.each([
  ['a child of 13', '2012-03-06', ['guardian'], ['person']],
  ['a child of 14 today', '2012-03-05', ['person', 'guardian'], ['person']],
  ['a person of 18 today', '2008-03-05', ['person'], ['guardian']],
])('the agreement of %s is signed by those whom the age asks for', async (_says, birthOn, must, wrong) => {
  const id = await openCase(t);
  await sql`update recipient set birth_on = ${birthOn} where id = (select recipient_id from case_file where id = ${id})`.execute(t.owner);
  for (const act of [intake(), assessment, plan]) await done(id, act);
  expect((await stateOf(id)).mustSign).toEqual(must);
  const agreed = (who: readonly string[]) => send({ agreement: { explained: true, signers: who.map((w) => signer(w as 'person')) } });
  expect(await refused(id, agreed(wrong))).toBe('cases.signature-missing');
  await done(id, agreed(must));
});

test('an adult with a guardian recorded at intake needs the guardian’s signature', async () => {
  const id = await openCase(t);
  await done(id, intake({ guardian: '王母' }));
  for (const act of [assessment, plan]) await done(id, act);
  expect(await refused(id, send())).toBe('cases.signature-missing');
  await done(id, send({ agreement: { explained: true, signers: [signer('guardian')] } }));
});

test('what is not taken on is closed with its reason and may be looked at again', async () => {
  const id = await openCase(t);
  expect(await refused(id, intake({ decision: 'decline' }))).toBe('400');
  await done(id, intake({ decision: 'decline', reason: '不在服务范围，已说明其他途径' }));
  expect(await stateOf(id)).toMatchObject({ stage: 'declined', status: 'closed', can: ['reopen', 'archive'] });
  expect(
    (await (await t.as('worker')).call(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '补记' } })).error.code,
  ).toBe('cases.closed');
  await done(id, { move: 'reopen', reason: '情况有了变化' });
  expect(await stateOf(id)).toMatchObject({ stage: 'intake', status: 'open' });
  await done(id, intake({ decision: 'refer', reason: '需要住院', referredTo: '区医院' }));
  await done(id, { move: 'archive' });
  expect(await stateOf(id)).toMatchObject({ stage: 'archived', keepUntil: '2036-03-05' });
});

test('the crisis lane goes straight to the work and owes the assessment', async () => {
  const id = await openCase(t);
  await done(id, intake({ decision: 'crisis', reason: '有轻生的念头' }));
  expect(await stateOf(id)).toMatchObject({ stage: 'intervention', assessmentDueOn: '2026-03-12' });
  expect(await todosOf('worker')).toContain('assessment-owed');
  expect(await refused(id, closing('wished'))).toBe('cases.assessment-owed');
  await done(id, assessment);
  expect(await stateOf(id)).toMatchObject({ stage: 'intervention', assessmentDueOn: null });
  await done(id, { move: 'replan' });
  await done(id, { move: 'crisis', reason: '再次出现危险' });
  // It has been assessed: nothing is owed anew.
  expect(await stateOf(id)).toMatchObject({ stage: 'intervention', assessmentDueOn: null });
});

test('help can be asked for in every stage from intake on, and a case with a running request is not closed', async () => {
  const { id: requestId, caseId } = await submitRequest(t);
  expect(requestId).toBeTruthy();
  for (const act of [intake(), assessment]) await done(caseId, act);
  expect(await refused(caseId, closing('wished'))).toBe('cases.request-live');
  const other = await openCase(t);
  const acts = async () => (await (await t.as('worker')).ok(readCase, { params: { id: other } })).can;
  expect(await acts()).toContain('ask-for-help');
  for (const act of [intake(), assessment, plan, send()]) {
    await done(other, act);
    expect(await acts()).toContain('ask-for-help');
  }
  expect((await draftRequest(t, other)).id).toBeTruthy();
});

test.each(['wished', 'referred', 'moved', 'died', 'lost', 'other'])(
  'a case ends as %s out of the work, signed by the head',
  async (kind) => {
    const id = await working();
    await done(id, closing(kind, { followUpOn: null }));
    expect((await decide(id, 'head')).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ stage: 'closed', closingKind: kind, nextFollowUpOn: null });
  },
);

test('a case whose goal was work says at its closing and at its follow-ups what came of it, and is found by it', async () => {
  const id = await openCase(t);
  const goals = [{ key: 'g1', text: '重新就业', indicator: '每周上班', unit: '天', baseline: 0, target: 5, direction: 'up', work: true }];
  for (const act of [intake(), assessment, { ...plan, plan: { ...(plan.plan as object), goals } }, send()]) await done(id, act);
  expect((await decide(id, 'head')).status).toBe(200);
  expect((await stateOf(id)).work).toEqual({ asked: 'must', now: null });
  await done(id, evaluate('closing', { measures: [{ key: 'g1', now: 5, says: '' }] }));
  const job = { outcome: 'full-time', onDay: '2026-03-02', place: 'sheltered', says: '坐着能做的活' };
  expect(await refused(id, closing('achieved'))).toBe('cases.work-missing');
  expect(await refused(id, closing('achieved', { work: { ...job, onDay: '2026-03-06' } }))).toBe('cases.work-in-future');
  await done(id, closing('achieved', { work: job }));
  // Until it is signed, nothing is known; what was taken back or sent back never was.
  expect((await stateOf(id)).work.now).toBeNull();
  expect((await decide(id, 'head', 'return', '请写清岗位')).status).toBe(200);
  expect((await stateOf(id)).work.now).toBeNull();
  await done(id, closing('achieved', { work: job }));
  const { id: paper } = await waitingPaper(id);
  expect((await decide(id, 'head')).status).toBe(200);
  expect((await stateOf(id)).work.now).toEqual({ outcome: 'full-time', onDay: '2026-03-02', place: 'sheltered', seenOn: '2026-03-05' });
  const worker = await t.as('worker');
  const printed = await worker.call(stages.printCasePaper, { params: { id: paper }, query: { format: 'html' } as never });
  expect(
    Buffer.from(printed.raw, 'latin1')
      .toString('utf8')
      .replace(/<\/?span[^>]*>/g, ''),
  ).toContain('已就业：全职（辅助性就业机构），2026年3月2日起。坐着能做的活');
  const found = async (workOutcome: string[]) =>
    (await worker.ok(listCases, { query: { workOutcome, limit: 100 } as never })).rows.filter((c) => c.id === id).map((c) => c.workOutcome);
  expect([await found(['full-time', 'flexible']), await found(['not-employed'])]).toEqual([['full-time'], []]);
  t.clock.set('2026-09-10T02:00:00.000Z');
  const visit = { move: 'follow-up' as const, happenedOn: '2026-09-10', way: 'phone', result: 'steady', says: '还在做。', nextOn: null };
  const said = { outcome: null, onDay: null, place: null, says: '' };
  expect(await refused(id, { ...visit, work: { ...said, holds: null, outcome: 'not-employed' } })).toBe('cases.work-holds');
  await done(id, { ...visit, work: { ...said, holds: 'holds' } });
  const held = await stateOf(id);
  expect([held.work.now?.seenOn, held.papers[0]?.content.followUp?.work]).toEqual([
    '2026-09-10',
    { ...job, says: '', holds: 'holds', since: '2026-03-02' },
  ]);
  expect(await paperOf('follow-up', held.papers[0]?.id ?? '')).toContain('满 6 个月，还在岗；已就业：全职');
  await done(id, { ...visit, work: { ...said, holds: 'ended', outcome: 'not-employed' } });
  expect([await found(['full-time']), await found(['not-employed'])]).toEqual([[], ['not-employed']]);
  await done(id, { move: 'reopen', reason: '又要找工作' });
  expect((await stateOf(id)).work.now).toBeNull();
  t.clock.set('2026-03-05T02:00:00.000Z');
});

test('a pause has a day to look again and goes back to where it came from', async () => {
  const id = await working();
  const pause = (lookAgainOn: string): Loose => ({ move: 'pause', reason: '住院治疗', lookAgainOn });
  expect(await refused(id, pause('2026-03-05'))).toBe('cases.day-past');
  expect(await refused(id, pause('2026-06-04'))).toBe('cases.pause-too-long');
  await done(id, pause('2026-06-03'));
  expect(await stateOf(id)).toMatchObject({ stage: 'paused', status: 'open', stageBefore: 'intervention', lookAgainOn: '2026-06-03' });
  expect(await todosOf('worker')).not.toContain('look-again');
  t.clock.set('2026-06-03T02:00:00.000Z');
  expect(await todosOf('worker')).toContain('look-again');
  t.clock.set('2026-03-05T02:00:00.000Z');
  await done(id, { move: 'resume' });
  expect(await stateOf(id)).toMatchObject({ stage: 'intervention', lookAgainOn: null });
  await done(id, closing('lost', { followUpOn: null }));
  expect((await decide(id, 'head')).status).toBe(200);
  await done(id, { move: 'reopen', reason: '又联系上了' });
  expect(await stateOf(id)).toMatchObject({ stage: 'assessment', status: 'open', closedOn: null, closingKind: null });
});

test('who is slower is told so and nothing of it remains', async () => {
  const id = await openCase(t);
  const worker = await t.as('worker');
  const body = { version: 1, ...intake() } as never;
  await worker.ok(stages.moveCase, { params: { id }, body });
  const late = await worker.call(stages.moveCase, { params: { id }, body });
  expect([late.status, late.error.code]).toEqual([409, 'record.changed-meanwhile']);
  expect((await stateOf(id)).papers).toHaveLength(1);
});

const handover = (more: object) =>
  ({ caseId: null, fromId: null, cause: 'leave', reason: '产假', mayRead: ['papers', 'records'], atOnce: false, ...more }) as never;

test('a case goes to a colleague who accepts it: the former worker loses it at once, co-workers stay, and what is not handed over stays closed', async () => {
  const { persons } = t.world;
  const id = await working();
  const worker = await t.as('worker');
  const third = await t.as('worker3');
  await worker.ok(addNote, { params: { id }, body: { happenedOn: '2026-03-04', body: '移交之前的记录' } });
  const [visitId, nextId] = [crypto.randomUUID(), crypto.randomUUID()];
  const found = { scale: 'good', says: '门口有台阶' };
  await worker.ok(recordVisit, {
    params: { id: visitId },
    body: {
      caseId: id,
      visitedOn: '2026-03-04',
      minutes: 30,
      companion: null,
      aloneReason: '民政员休假',
      health: found,
      safety: found,
      life: found,
      action: null,
      next: null,
    } as never,
  });
  await worker.ok(planVisit, { body: { id: nextId, caseId: id, plannedOn: '2026-03-06', half: 'any', reason: 'regular', why: '' } });
  const paper = await worker.ok(addAttachment, { params: { kind: 'case', id }, query: { name: '说明.txt' }, file: Buffer.from('说明') });
  const { id: draftId } = await draftRequest(t, id);
  const toId = persons.worker3 ?? '';
  expect((await worker.call(stages.proposeHandover, { body: handover({ caseId: id, toId: persons.worker }) })).error.code).toBe(
    'cases.handover-same',
  );
  expect((await worker.call(stages.proposeHandover, { body: handover({ caseId: id, toId: persons.worker2 }) })).error.code).toBe(
    'cases.handover-other-station',
  );
  expect((await worker.call(stages.proposeHandover, { body: handover({ caseId: id, toId, atOnce: true }) })).status).toBe(400);
  expect(await worker.ok(stages.proposeHandover, { body: handover({ caseId: id, toId, mayRead: ['papers'] }) })).toEqual({
    cases: 1,
    skipped: 0,
    reliefs: 0,
  });
  expect((await worker.call(stages.proposeHandover, { body: handover({ caseId: id, toId }) })).error.code).toBe('cases.handover-running');
  expect(await todosOf('worker3')).toContain('handover');
  // Before accepting: the number, not the case.
  expect((await third.call(readCase, { params: { id } })).status).toBe(404);
  const [waiting] = (await third.ok(stages.listHandovers, { query: {} })).rows;
  expect(waiting).toMatchObject({
    caseId: id,
    status: 'proposed',
    can: ['accept', 'decline'],
    mayRead: ['register', 'consents', 'papers'],
  });
  const answer = (by: typeof third, decision: string, reason = '') =>
    by.call(stages.answerHandover, { params: { id: waiting?.id ?? '' }, body: { version: 1, decision, reason } as never });
  expect((await answer(worker, 'accept')).error.code).toBe('cases.handover-not-yours');
  expect((await answer(await t.as('worker2'), 'accept')).status).toBe(404);
  expect((await answer(third, 'decline')).error.code).toBe('cases.handover-reason');
  expect((await answer(third, 'accept')).status).toBe(200);
  expect((await answer(third, 'accept')).error.code).toBe('cases.handover-over');
  expect((await worker.call(readCase, { params: { id } })).status).toBe(404);
  expect((await worker.call(stages.readStages, { params: { id } })).status).toBe(404);
  const file = await third.ok(readCase, { params: { id } });
  expect([file.workerName, file.notes]).toEqual(['郑可欣', []]);
  const now = await stateOf(id, 'worker3');
  expect([now.withheld, now.papers.length > 0, now.handovers[0]?.status]).toEqual([['records', 'attachments'], true, 'accepted']);
  // Neither a record of a visit nor a file by its own address; what is planned is the colleague's now.
  expect((await third.call(readVisit, { params: { id: visitId } })).status).toBe(404);
  expect((await third.ok(readVisitStart, { params: { id } })).last).toBeNull();
  expect((await third.ok(listVisits, { query: { caseId: id } as never })).rows.map((v) => [v.id, v.workerId])).toEqual([[nextId, toId]]);
  expect((await third.call(readAttachment, { params: { id: paper.id } })).status).toBe(404);
  const head = await t.as('head');
  expect((await head.call(readVisit, { params: { id: visitId } })).status).toBe(200);
  expect((await head.call(readAttachment, { params: { id: paper.id } })).status).toBe(200);
  // The head goes on reading all of it, and the draft of the request went along.
  expect((await (await t.as('head')).ok(readCase, { params: { id } })).notes).toHaveLength(1);
  const { rows } = await sql<{ askerId: string }>`select asker_id from support_request where id = ${draftId}`.execute(t.owner);
  expect(rows[0]?.askerId).toBe(toId);
  await third.ok(addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '接手后的记录' } });
  expect((await third.ok(listNotes, { params: { id } })).rows.map((n) => n.body)).toEqual(['接手后的记录']);
});

test('the head hands a whole caseload over at once, and may not for another station', async () => {
  const { persons } = t.world;
  const mine = await openCase(t, 'worker2');
  const along = await t.as('head2');
  // The second worker of station 2 for this day.
  const assignment = {
    districtId: t.world.districtId,
    id: crypto.randomUUID(),
    personId: persons.worker3 ?? '',
    role: 'worker',
    stationId: t.world.stations.s2,
    validFrom: '2025-01-01',
  };
  await t.owner.insertInto('roleAssignment').values(assignment).execute();
  await forgotten();
  await along.ok(nameCoWorker, { params: { id: mine }, body: { personId: persons.worker3 ?? '', reason: '一起家访', toDay: null } });
  const body = handover({ fromId: persons.worker2, toId: persons.worker3, cause: 'resignation', reason: '离职', atOnce: true });
  expect((await (await t.as('head')).call(stages.proposeHandover, { body })).error.code).toBe('cases.handover-nothing');
  expect((await (await t.as('worker2')).call(stages.proposeHandover, { body })).status).toBe(403);
  expect((await along.ok(stages.proposeHandover, { body })).cases).toBeGreaterThan(0);
  expect((await (await t.as('worker2')).ok(listCases, { query: {} })).rows).toEqual([]);
  expect((await (await t.as('worker3')).ok(readCase, { params: { id: mine } })).coWorkers).toEqual([]);
  expect((await (await t.as('worker2')).ok(listNotices)).rows[0]).toMatchObject({ kind: 'cases.handed-away', recordKind: 'case-handover' });
  await t.owner.updateTable('roleAssignment').set({ validTo: '2025-12-31' }).where('id', '=', assignment.id).execute();
});

test('a colleague who has named a deputy and is there may be chosen all the same', async () => {
  const { persons } = t.world;
  const named = (deputyId: string | null) =>
    t.owner
      .updateTable('roleAssignment')
      .set({ deputyId })
      .where('personId', '=', persons.worker3 ?? '')
      .execute();
  await named(persons.worker ?? '');
  const { rows } = await (await t.as('head')).ok(stages.listHandoverChoices, { query: { text: '郑可欣' } });
  await named(null);
  expect(rows.map((p) => p.name)).toEqual(['郑可欣']);
});

test('a handover is withdrawn by whoever proposed it, and then nobody can accept it', async () => {
  const id = await openCase(t);
  const worker = await t.as('worker');
  await worker.ok(stages.proposeHandover, { body: handover({ caseId: id, toId: t.world.persons.worker3 }) });
  const [one] = (await stateOf(id)).handovers;
  const ask = { params: { id: one?.id ?? '' }, body: { version: 1, decision: 'withdraw', reason: '' } as never };
  await worker.ok(stages.answerHandover, ask);
  const late = await (await t.as('worker3')).call(stages.answerHandover, {
    ...ask,
    body: { version: 1, decision: 'accept', reason: '' } as never,
  });
  expect(late.error.code).toBe('cases.handover-over');
});

test('a case that only stands still is not moved, and its papers are not written', async () => {
  const id = await openCase(t);
  await sql`update case_file set stopped_at = now() where id = ${id}`.execute(t.owner);
  expect(await refused(id, intake())).toBe('404');
  expect(await refused(id, intake(), 'head')).toBe('403');
});

test('whoever knows only open and closed keeps the stage in step', async () => {
  const id = await openCase(t);
  await sql`update case_file set status = 'closed', updated_at = '2020-05-06T00:00:00Z' where id = ${id}`.execute(t.owner);
  expect(await stateOf(id)).toMatchObject({ stage: 'closed', status: 'closed', closedOn: '2020-05-06' });
  await sql`update case_file set status = 'open' where id = ${id}`.execute(t.owner);
  expect(await stateOf(id)).toMatchObject({ stage: 'intervention', status: 'open' });
});

test('the plan is signed by hand on the words that stand there; written anew it is signed anew, and not by whoever does violence', async () => {
  const id = await openCase(t);
  await sql`update recipient set birth_on = '2014-01-01' where id = (select recipient_id from case_file where id = ${id})`.execute(t.owner);
  for (const act of [intake(), assessment, plan]) await done(id, act);
  const worker = await t.as('worker');
  const sheetNow = async () => (await stateOf(id)).signing ?? expect.fail('nothing to sign');
  const sheet = await sheetNow();
  expect(sheet.needs).toEqual([{ who: 'guardian', source: 'below-guardian-age' }]);
  expect(sheet.also).toEqual(['person', 'witness']);
  const drawn = (of: { hash: string }, more: object = {}) => ({
    id: crypto.randomUUID(),
    who: 'guardian' as const,
    way: 'drawn' as const,
    name: '王秀兰',
    relation: '母亲',
    reason: '',
    witness: '',
    strokes: { width: 300, height: 150, lines: [Array.from({ length: 40 }, (_, i) => 10 + i * 3)] },
    hash: of.hash,
    signedAt: '2026-03-05T01:59:00.000Z',
    ...more,
  });
  const sign = async (at: { paperId: string }, body: Record<string, unknown>, by = worker) =>
    by.call(stages.signCasePlan, { params: { id: at.paperId }, body });
  const none = { agreement: { explained: true, signers: [] } };
  expect(await refused(id, send(none))).toBe('cases.signature-missing');
  expect((await sign(sheet, drawn({ hash: 'a'.repeat(64) }))).error.code).toBe('signatures.paper-changed');
  expect((await sign(sheet, drawn(sheet))).status).toBe(200);
  expect((await sign(sheet, drawn(sheet), await t.as('head'))).status).toBe(403);
  // One word in the plan, and the guardian signs again.
  await done(id, { ...plan, plan: { ...(plan['plan'] as object), frequency: '每两周一次' } });
  const next = await sheetNow();
  expect([next.hash === sheet.hash, next.signatures.map((s) => s.hash)]).toEqual([false, [sheet.hash]]);
  const answer = await move(id, send(none));
  expect(answer.error).toMatchObject({ code: 'cases.signature-missing', facts: { missing: ['guardian'], changed: ['guardian'] } });
  expect((await sign(sheet, drawn(sheet))).error.code).toBe('cases.paper-moved-on');
  // The one guardian who is known turns out to be the one who beats the child: an authority signs.
  await sql`insert into recipient_guardian (district_id, id, recipient_id, relationship, name_masked, name_ct, recorded_by, recorded_at, kept_back_at)
    select f.district_id, ${crypto.randomUUID()}, f.recipient_id, '父亲', '王*', 'x', f.worker_id, now(), now() from case_file f where f.id = ${id}`.execute(
    t.owner,
  );
  expect((await sheetNow()).needs).toEqual([{ who: 'authority', source: 'guardian-kept-back' }]);
  expect((await sign(next, drawn(next))).status).toBe(200);
  expect(await refused(id, send(none))).toBe('cases.signature-missing');
  expect((await sign(next, drawn(next, { who: 'authority', name: '街道经办人', relation: '街道民政办' }))).status).toBe(200);
  await done(id, send(none));
  const sent = (await stateOf(id)).papers.find((p) => p.status === 'sent') ?? expect.fail('not sent');
  expect(sent.content.agreement?.signers.map((s) => [s.who, s.name, typeof s.signatureId]).sort()).toEqual([
    ['authority', '街***人', 'string'],
    ['guardian', '王*兰', 'string'],
  ]);
  const paper = await worker.call(stages.printCasePaper, { params: { id: sent.id }, query: { format: 'html' } });
  expect(paper.raw.match(/<path d="M10 13/g)?.length).toBe(2);
  // Taken back and sent unchanged, the signatures still hold.
  await done(id, { move: 'take-back' });
  await done(id, send(none));
});

test('a guardian who does violence signs neither by hand nor on paper', async () => {
  const id = await openCase(t);
  await sql`update recipient set birth_on = '2014-01-01' where id = (select recipient_id from case_file where id = ${id})`.execute(t.owner);
  for (const act of [intake(), assessment, plan]) await done(id, act);
  const worker = await t.as('worker');
  const violence = {
    kind: 'violence',
    id: crypto.randomUUID(),
    caseId: id,
    source: 'visit',
    sourceId: null,
    disclosedBy: 'self',
    trigger: '说父亲昨晚动手',
    forms: ['body'],
    capacity: 'limited',
    immediate: false,
    abuser: '王国强',
    relation: '父亲',
    contactHow: '到学校见面',
    contactTimes: '工作日上午',
  };
  await worker.ok(registerAlarm, { body: violence as never });
  const sheet = (await stateOf(id)).signing ?? expect.fail('nothing to sign');
  // A space in the name makes nobody else of him.
  const body = {
    id: crypto.randomUUID(),
    who: 'guardian',
    way: 'typed',
    name: '王 国强',
    relation: '父亲',
    reason: '手受伤',
    witness: '',
    strokes: null,
    hash: sheet.hash,
    signedAt: '2026-03-05T01:59:00.000Z',
  } as const;
  expect((await worker.call(stages.signCasePlan, { params: { id: sheet.paperId }, body })).error.code).toBe(
    'signatures.guardian-kept-back',
  );
  const onPaper = (name: string) => send({ agreement: { explained: true, signers: [{ ...signer('guardian'), name }] } });
  expect(await refused(id, onPaper('王国强'))).toBe('signatures.guardian-kept-back');
  await done(id, onPaper('王秀兰'));
});

/** Hands in the form of burden under a case; the answers that are left out are missing. */
const measured = async (caseId: string, value: string, answered = BURDEN.length, by = 'worker') => {
  const who = await t.as(by);
  const { rows } = await who.ok(forms.listFormTemplates, { query: { limit: 100 } });
  const templateId = rows.find((r) => r.code === 's01-burden')?.id ?? expect.fail('no form');
  const { id } = await who.ok(forms.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId, corrects: null } });
  const values = Object.fromEntries(BURDEN.slice(0, answered).map((k) => [k, value]));
  await who.ok(forms.submitFormAnswer, { params: { id }, body: { values, version: 1 } });
  t.clock.advance({ minutes: 5 });
  return id;
};

test('an assessment cites scores as they were, later ones are told, and an evaluation says then and now', async () => {
  const id = await openCase(t);
  const other = await openCase(t);
  const foreign = await measured(other, 'always');
  await done(id, intake());
  const first = await measured(id, 'always');
  const cites = [{ answerId: first, scale: 'burden' }];
  const invalid = async (wrong: object[]) => {
    const answer = await move(id, { ...assessment, cites: wrong });
    return [answer.status, answer.error.fields?.map((f) => f.path)];
  };
  // Of another case, of no such scale: told beside the field, and nothing is written.
  expect(await invalid([{ answerId: foreign, scale: 'burden' }])).toEqual([400, ['cites']]);
  expect(await invalid([{ answerId: first, scale: 'luck' }])).toEqual([400, ['cites']]);
  expect((await stateOf(id)).papers.map((p) => p.kind)).toEqual(['intake']);

  await done(id, { ...assessment, cites });
  const [cited, ...more] = (await stateOf(id)).papers[0]?.content.assessment?.scores ?? [];
  expect(more).toEqual([]);
  expect(cited).toMatchObject({ answerId: first, code: 's01-burden', scale: 'burden', edition: 1, on: '2026-03-05', referred: null });
  expect([typeof cited?.score, typeof cited?.band]).toEqual(['number', 'string']);

  // Measured again with too little answered: no number and no word, but whom to ask; what was cited stays as it was.
  const last = await measured(id, 'seldom', 3);
  const state = await stateOf(id);
  expect(state.scores.map((s) => s.answerId)).toEqual([first, last]);
  expect(laterScore(state.scores, cited ?? expect.fail('nothing cited'))).toMatchObject({ answerId: last, score: null, band: null });
  expect(state.papers[0]?.content.assessment?.scores).toEqual([cited]);

  const worker = await t.as('worker');
  const printed = async (kind: string) => {
    const paper = (await stateOf(id)).papers.find((p) => p.kind === kind) ?? expect.fail(kind);
    const answer = await worker.call(stages.printCasePaper, { params: { id: paper.id }, query: { format: 'html' } });
    // As it is read: days are held together by marks of their own.
    return Buffer.from(answer.raw, 'latin1')
      .toString('utf8')
      .replace(/<\/?span[^>]*>/g, '');
  };
  const assessed = await printed('assessment');
  for (const words of ['引用的量表', `${cited?.score} / ${cited?.most} 分`, cited?.band ?? '?', '第 1 版', '2026年3月5日'])
    expect(assessed).toContain(words);

  // A goal takes its baseline from a score and keeps it with its day; what has no number is not taken, nor what another case holds.
  const typed = (plan.plan as { goals: object[] }).goals;
  const burden = { key: 'b', text: '负担减轻', indicator: '照顾者负担', unit: '分', baseline: 0, target: -1, direction: 'down' };
  const planned = (cited: object) => ({ ...plan, plan: { ...(plan.plan as object), goals: [...typed, { ...burden, ...cited }] } });
  const at = typed.length;
  for (const [wrong, path] of [
    [{ cites: { answerId: last, scale: 'burden' } }, 'cites'],
    [{ cites: { answerId: foreign, scale: 'burden' } }, 'cites'],
    [{ cites: { answerId: first, scale: 'burden' }, direction: 'up', target: 99 }, 'direction'],
    [{ cites: { answerId: first, scale: 'burden' }, baseline: 99, target: cited?.score ?? 0 }, 'target'],
  ] as const) {
    const answer = await move(id, planned(wrong));
    expect([answer.status, answer.error.fields?.map((f) => f.path)]).toEqual([400, [`plan.goals.${at}.${path}`]]);
  }
  await done(id, planned({ cites: { answerId: first, scale: 'burden' } }));
  const goals = async () => (await stateOf(id)).papers.find((p) => p.kind === 'plan')?.content.plan?.goals ?? [];
  expect((await goals())[at]).toMatchObject({ baseline: cited?.score, score: cited });
  expect((await goals())[0]).not.toHaveProperty('score');
  await done(id, send());
  expect(await printed('plan')).toContain('（照顾负担，2026年3月5日填）');
  expect((await decide(id, 'head')).status).toBe(200);
  // Afterwards the same scale says how the goal stands: a later score, never the baseline itself, and for a goal that took none, none.
  const now = await measured(id, 'seldom');
  const blank = await measured(id, 'seldom', 3);
  const measures = (over: readonly object[]) =>
    [...typed, burden].map((g, i) => ({ key: (g as { key: string }).key, now: 1, says: '', ...over[i] }));
  const judged = (over: readonly object[]) => evaluate('stage', { measures: measures(over), cites: [{ answerId: last, scale: 'burden' }] });
  const none = typed.map(() => ({}));
  for (const [over, where] of [
    [[...none, { cites: { answerId: first, scale: 'burden' } }], at],
    [[...none, { cites: { answerId: blank, scale: 'burden' } }], at],
    [[{ cites: { answerId: now, scale: 'burden' } }], 0],
  ] as const) {
    const answer = await move(id, judged(over));
    expect([answer.status, answer.error.fields?.map((f) => f.path)]).toEqual([400, [`measures.${where}.cites`]]);
  }
  await done(id, judged([...none, { now: null, cites: { answerId: now, scale: 'burden' } }]));
  const stands = (await stateOf(id)).papers.find((p) => p.kind === 'evaluation')?.content.evaluation?.measures[at];
  expect(stands).toMatchObject({ now: stands?.score?.score, score: { answerId: now, code: 's01-burden' } });
  expect(stands?.now).toBeLessThan(cited?.score ?? 0);
  const course = (await stateOf(id)).papers[0]?.content.evaluation?.courses;
  expect(course?.map((c) => [c.first.answerId, c.last?.answerId, c.last?.referred])).toEqual([[first, blank, 'too-many-missing']]);
  const evaluated = await printed('evaluation');
  for (const words of [
    '量表的前后',
    '不计分',
    '没有结论',
    '孩子回到学校',
    '（照顾负担，2026年3月5日填），后',
    course?.[0]?.last?.says ?? '?',
  ])
    expect(evaluated).toContain(words);
  // An intake is not printed by itself.
  const intakePaper = (await stateOf(id)).papers.find((p) => p.kind === 'intake')?.id ?? '';
  expect((await worker.call(stages.printCasePaper, { params: { id: intakePaper }, query: {} })).error.code).toBe('cases.not-printable');
});

test('a score that was corrected after a paper cited it is told wherever the paper is shown, and to nobody else', async () => {
  const id = await openCase(t);
  await done(id, intake());
  const first = await measured(id, 'always');
  const cites = [{ answerId: first, scale: 'burden' }];
  await done(id, { ...assessment, cites });
  const cited = (await stateOf(id)).papers[0]?.content.assessment?.scores?.[0] ?? expect.fail('nothing cited');
  const typed = (plan.plan as { goals: object[] }).goals;
  const burden = {
    key: 'b',
    text: '负担减轻',
    indicator: '照顾者负担',
    unit: '分',
    baseline: 0,
    target: -1,
    direction: 'down',
    cites: cites[0],
  };
  await done(id, { ...plan, plan: { ...(plan.plan as object), goals: [...typed, burden] } });
  const of = async (kind: string) => (await stateOf(id)).papers.find((p) => p.kind === kind) ?? expect.fail(kind);
  const read = async (kind: string, by = 'worker', how = 'html') => {
    const { id: paper } = await of(kind);
    const answer = await (await t.as(by)).call(stages.printCasePaper, { params: { id: paper }, query: { format: how as 'html' } });
    return Buffer.from(answer.raw, 'latin1')
      .toString('utf8')
      .replace(/<\/?span[^>]*>/g, '');
  };
  // A correction that is being written corrects nothing yet.
  const worker = await t.as('worker');
  const correct = async (of: string, value: string) => {
    const { id: next } = await worker.ok(forms.beginFormAnswer, { body: { under: { kind: 'case', id }, templateId: null, corrects: of } });
    const hand = () =>
      worker.ok(forms.submitFormAnswer, {
        params: { id: next },
        body: { values: Object.fromEntries(BURDEN.map((k) => [k, value])), version: 1 },
      });
    return { id: next, hand };
  };
  const second = await correct(first, 'seldom');
  expect([(await of('assessment')).corrected, (await of('plan')).corrected]).toEqual([[], []]);
  expect(await read('assessment')).not.toContain('量表已更正');
  const at = t.clock.now();
  t.clock.advance({ days: 2 });
  await second.hand();
  const now = (await stateOf(id)).scores.find((s) => s.answerId === second.id) ?? expect.fail('no score');
  expect(now.score).toBeLessThan(cited.score ?? 0);
  const told = [{ answerId: first, scale: 'burden', score: now.score, most: now.most, band: now.band, on: '2026-03-07', by: second.id }];
  expect([(await of('assessment')).corrected, (await of('plan')).corrected, (await of('intake')).corrected]).toEqual([told, told, []]);
  // What was written stays, and what is signed stays the same paper.
  expect((await of('assessment')).content.assessment?.scores).toEqual([cited]);
  const words = `量表已更正：${cited.title}，原 ${cited.score} / ${cited.most} 分（${cited.band}），现 ${now.score} / ${now.most} 分（${now.band}），2026年3月7日更正`;
  for (const kind of ['assessment', 'plan']) expect(await read(kind)).toContain(words);
  // Read out before the client signs on a phone that carries the case along.
  const { id: planId } = await of('plan');
  const carried = (await worker.ok(readPocket, {})).facts.find((f) => f.plan?.paperId === planId)?.plan;
  expect(carried?.lines.find((line) => line.heading === '量表更正')?.text).toContain(words);
  // Before the supervisor, who reads no form of the case, it says the score and no more.
  await done(id, send({ signerId: t.world.persons.supervisor }));
  const supervisor = await t.as('supervisor');
  const { id: paper } = await of('plan');
  expect((await supervisor.ok(stages.readCasePaper, { params: { id: paper } })).paper.corrected).toEqual(told);
  expect(await read('plan', 'supervisor')).toContain(words);
  expect((await supervisor.call(forms.readFormAnswer, { params: { id: second.id } })).status).toBe(404);
  expect((await (await t.as('worker3')).call(stages.readCasePaper, { params: { id: paper } })).status).toBe(404);
  expect((await decide(id, 'supervisor')).status).toBe(200);
  // Corrected once more, in the evaluation and the closing that name the goal of that plan: the last correction is the one that is told.
  const third = await correct(second.id, 'always');
  await third.hand();
  expect((await of('plan')).corrected.map((c) => [c.score, c.by])).toEqual([[cited.score, third.id]]);
  expect(await read('plan')).not.toContain('量表已更正');
  const fourth = await correct(third.id, 'sometimes');
  await fourth.hand();
  const last = (await stateOf(id)).scores.find((s) => s.answerId === fourth.id) ?? expect.fail('no score');
  // It stands in the place of what it corrects, on that day: it is no later measurement of the goal, and one that was made before it is.
  const measures = (over: object) =>
    [...typed, burden].map((g) => ({ key: (g as { key: string }).key, now: 1, says: '', ...(g === burden ? over : {}) }));
  const judged = (answerId: string) => evaluate('closing', { measures: measures({ now: null, cites: { answerId, scale: 'burden' } }) });
  expect([last.on, cited.on]).toEqual(['2026-03-05', '2026-03-05']);
  const wrong = await move(id, judged(fourth.id));
  expect([wrong.status, wrong.error.fields?.map((f) => f.path)]).toEqual([400, [`measures.${typed.length}.cites`]]);
  t.clock.advance({ days: 1 });
  const later = await measured(id, 'seldom');
  t.clock.advance({ days: 1 });
  const fifth = await correct(fourth.id, 'sometimes');
  await fifth.hand();
  expect((await stateOf(id)).scores.map((s) => [s.answerId, s.on])).toEqual([
    [fifth.id, '2026-03-05'],
    [later, '2026-03-08'],
  ]);
  await done(id, { ...judged(later), cites: [{ answerId: later, scale: 'burden' }] });
  const { courses = [], measures: stand } = (await of('evaluation')).content.evaluation ?? expect.fail('no evaluation');
  expect(courses.map((c) => [c.first.answerId, c.last?.answerId])).toEqual([[fifth.id, later]]);
  expect(stand.at(-1)?.score?.answerId).toBe(later);
  const line = `现 ${last.score} / ${last.most} 分（${last.band}）`;
  expect(await read('evaluation')).toContain(line);
  // A closing names the goals of that plan, before the supervisor as well.
  await done(id, { ...closing('achieved', { followUpOn: null }), signerId: t.world.persons.supervisor });
  const { id: closes } = await of('closing');
  const before = await supervisor.ok(stages.readCasePaper, { params: { id: closes } });
  expect([before.paper.corrected, before.plan?.corrected.map((c) => c.by)]).toEqual([[], [fifth.id]]);
  for (const by of ['worker', 'supervisor']) expect(await read('closing', by)).toContain(line);
  expect((await decide(id, 'supervisor')).status).toBe(200);
  expect((await supervisor.call(stages.readCasePaper, { params: { id: closes } })).status).toBe(404);
  t.clock.set(at.toISOString());
});

test('scores of forms that a handover are not offered, and cannot be cited', async () => {
  const id = await openCase(t);
  await done(id, intake());
  const before = await measured(id, 'always');
  const kept = await sql<{ kept: string }>`select kept_as as kept from form_answer where id = ${before}`.execute(t.owner);
  await sql`update case_file set worker_id = ${t.world.persons.worker2}, withheld = array[${kept.rows[0]?.kept}], withheld_before = ${t.clock.now().toISOString()}
    where id = ${id}`.execute(t.owner);
  t.clock.advance({ minutes: 5 });
  expect((await stateOf(id, 'worker2')).scores).toEqual([]);
  const tried = await move(id, { ...assessment, cites: [{ answerId: before, scale: 'burden' }] }, 'worker2');
  expect([tried.status, tried.error.fields?.map((f) => f.path)]).toEqual([400, ['cites']]);
  const own = await measured(id, 'seldom', BURDEN.length, 'worker2');
  expect((await stateOf(id, 'worker2')).scores.map((s) => s.answerId)).toEqual([own]);
  await done(id, { ...assessment, cites: [{ answerId: own, scale: 'burden' }] }, 'worker2');
});
