import { registerAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { nameCoWorker } from '@jieyou/core/cases/endpoints.ts';
import { type CaseMove, caseMoves } from '@jieyou/core/cases/moves.ts';
import * as stages from '@jieyou/core/cases/stageEndpoints.ts';
import type { CaseStage } from '@jieyou/core/cases/stageSchema.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { failureSentence } from '@jieyou/core/texts/refusals.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { assessment, closing, evaluate, intake, type Loose, plan, send } from '../../test/stageActs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

/** Every request that makes a move of the work, with the moves that it may be; the bodies are whole, so that only the stage is in the way. */
const ASKED: readonly (readonly [Loose, readonly CaseMove[]])[] = [
  [intake(), ['accept']],
  [intake({ decision: 'decline', reason: '不在范围' }), ['decline']],
  [intake({ decision: 'refer', reason: '需要住院', referredTo: '区医院' }), ['refer']],
  [intake({ decision: 'crisis', reason: '有危险' }), ['crisis']],
  [{ move: 'crisis', reason: '有危险' }, ['crisis']],
  [assessment, ['assess', 'assess-again']],
  [plan, ['draft-plan']],
  [send(), ['send-plan']],
  [{ move: 'take-back' }, ['take-back-plan', 'take-back-closing']],
  [{ move: 'replan' }, ['replan']],
  [evaluate('stage'), ['evaluate-stage']],
  [evaluate('closing'), ['evaluate-closing']],
  [{ move: 'work-on' }, ['work-on']],
  [closing('other'), ['propose-closing']],
  [{ move: 'follow-up', happenedOn: '2026-03-05', way: 'phone', result: 'steady', says: '都好。', nextOn: null }, ['follow-up']],
  [{ move: 'pause', reason: '住院治疗', lookAgainOn: '2026-04-05' }, ['pause']],
  [{ move: 'resume' }, ['resume']],
  [{ move: 'reopen', reason: '情况有了变化' }, ['reopen']],
  [{ move: 'archive' }, ['archive']],
];
const PAUSE = { move: 'pause', reason: '住院治疗', lookAgainOn: '2026-04-05' } as const;
const FOLLOW = { move: 'follow-up', happenedOn: '2026-03-05', way: 'visit', result: 'steady', says: '都好。', nextOn: null } as const;
const REOPEN = { move: 'reopen', reason: '情况有了变化' } as const;
type Signature = 'sign' | 'return';

/** Ways through every stage and side state, step by step with where each leads: by hand. */
const WAYS: readonly (readonly (readonly [Loose | Signature, CaseMove, CaseStage])[])[] = [
  [
    [PAUSE, 'pause', 'paused'],
    [{ move: 'resume' }, 'resume', 'intake'],
    [intake(), 'accept', 'assessment'],
    [PAUSE, 'pause', 'paused'],
    [{ move: 'resume' }, 'resume', 'assessment'],
    [closing('wished'), 'propose-closing', 'closing-signing'],
    [{ move: 'take-back' }, 'take-back-closing', 'assessment'],
    [closing('moved'), 'propose-closing', 'closing-signing'],
    ['return', 'return-closing', 'assessment'],
    [assessment, 'assess', 'planning'],
    [PAUSE, 'pause', 'paused'],
    [{ move: 'resume' }, 'resume', 'planning'],
    [assessment, 'assess-again', 'planning'],
    [plan, 'draft-plan', 'planning'],
    [closing('lost'), 'propose-closing', 'closing-signing'],
    ['return', 'return-closing', 'planning'],
    [send(), 'send-plan', 'plan-signing'],
    [{ move: 'take-back' }, 'take-back-plan', 'planning'],
    [send(), 'send-plan', 'plan-signing'],
    ['return', 'return-plan', 'planning'],
    [send(), 'send-plan', 'plan-signing'],
    ['sign', 'sign-plan', 'intervention'],
    [PAUSE, 'pause', 'paused'],
    [{ move: 'resume' }, 'resume', 'intervention'],
    [assessment, 'assess-again', 'intervention'],
    [evaluate('stage'), 'evaluate-stage', 'intervention'],
    [{ move: 'replan' }, 'replan', 'planning'],
    [{ move: 'crisis', reason: '又有危险' }, 'crisis', 'intervention'],
    [closing('referred'), 'propose-closing', 'closing-signing'],
    [{ move: 'take-back' }, 'take-back-closing', 'intervention'],
    [evaluate('closing'), 'evaluate-closing', 'evaluation'],
    [PAUSE, 'pause', 'paused'],
    [{ move: 'resume' }, 'resume', 'evaluation'],
    [{ move: 'replan' }, 'replan', 'planning'],
    [plan, 'draft-plan', 'planning'],
    [send(), 'send-plan', 'plan-signing'],
    ['sign', 'sign-plan', 'intervention'],
    [evaluate('closing'), 'evaluate-closing', 'evaluation'],
    [{ move: 'work-on' }, 'work-on', 'intervention'],
    [evaluate('closing'), 'evaluate-closing', 'evaluation'],
    [evaluate('closing'), 'evaluate-closing', 'evaluation'],
    [closing('achieved'), 'propose-closing', 'closing-signing'],
    ['sign', 'sign-closing', 'closed'],
    [FOLLOW, 'follow-up', 'closed'],
    [REOPEN, 'reopen', 'assessment'],
    [{ move: 'crisis', reason: '又有危险' }, 'crisis', 'intervention'],
    [closing('died', { followUpOn: null }), 'propose-closing', 'closing-signing'],
    ['sign', 'sign-closing', 'closed'],
    [{ move: 'archive' }, 'archive', 'archived'],
    [REOPEN, 'reopen', 'assessment'],
  ],
  [
    [intake({ decision: 'decline', reason: '不在范围' }), 'decline', 'declined'],
    [REOPEN, 'reopen', 'intake'],
    [intake({ decision: 'refer', reason: '需要住院', referredTo: '区医院' }), 'refer', 'declined'],
    [{ move: 'archive' }, 'archive', 'archived'],
    [REOPEN, 'reopen', 'intake'],
    [intake({ decision: 'crisis', reason: '有危险' }), 'crisis', 'intervention'],
  ],
];

const standsAt = async (id: string) =>
  t.owner.selectFrom('caseFile').select(['version', 'stage', 'status']).where('id', '=', id).executeTakeFirstOrThrow();
const ask = async (id: string, act: Loose, by = 'worker') => {
  const { version } = await standsAt(id);
  return (await t.as(by)).call(stages.moveCase, { params: { id }, body: { version, ...act } as never });
};
const papersOf = (id: string) =>
  t.owner.selectFrom('casePaper').select(['id', 'version', 'status', 'kind']).where('caseId', '=', id).orderBy('id', 'desc').execute();
const decide = async (id: string, decision: Signature, by: string, kind?: 'plan' | 'closing') => {
  const papers = await papersOf(id);
  const paper = papers.find((p) => (kind === undefined ? p.status === 'sent' : p.kind === kind));
  const of = { id: paper?.id ?? crypto.randomUUID(), version: paper?.version ?? 1 };
  return (await t.as(by)).call(stages.decideCasePaper, {
    params: { id: of.id },
    body: { version: of.version, decision, reason: decision === 'return' ? '请补写' : '' },
  });
};

/** Everything that a move could leave behind, of all cases. */
const fingerprint = async (): Promise<string> => {
  const tables = ['case_file', 'case_paper', 'case_paper_content', 'case_handover', 'service_contact', 'event', 'notice'];
  const parts = tables.map((table) => sql`(select coalesce(md5(string_agg(x::text, '|' order by x::text)), '') from ${sql.ref(table)} x)`);
  const { rows } = await sql<{ all: string }>`select concat_ws(',', ${sql.join(parts)}) as all`.execute(t.owner);
  return rows[0]?.all ?? '';
};

/** People who stand outside the work, and how the door answers them: three at every stage, the others at the first. */
const OUTSIDE = { head: 403, worker2: 404, supervisor: 403 };
const FURTHER = { head2: 403, centre: 403, agency: 403, officer: 403, street: 403, bworker: 404 };

const sentences = new Set<string>();
/** At a stage: nothing that does not belong to it is done by whoever works on the case, and nothing at all by anybody else. */
const refusesTheRest = async (id: string, stage: CaseStage): Promise<void> => {
  const legal = movesFrom(caseMoves, stage);
  const before = await fingerprint();
  for (const [act, moves] of ASKED) {
    // The way into a crisis is a decision at intake and an act of its own later.
    const elsewhere = (act.move === 'crisis' && stage === 'intake') || (act.move === 'decide-intake' && stage !== 'intake');
    if (!elsewhere && moves.some((m) => legal.includes(m))) continue;
    const answer = await ask(id, act, stage === 'planning' ? 'worker3' : 'worker');
    expect([stage, act.move, answer.status, answer.error.code]).toEqual([stage, act.move, 409, 'cases.stage-moved-on']);
    const sentence = failureSentence('refused', answer.error.code, answer.error.facts as never);
    expect(sentence).toMatch(/^个案现在是“.+”，不能办“.+”，没有办理。.+。$/);
    if (!elsewhere) {
      expect(sentences.has(sentence)).toBe(false);
      sentences.add(sentence);
    }
  }
  for (const kind of ['plan', 'closing'] as const)
    for (const decision of ['sign', 'return'] as const) {
      if (stage === `${kind}-signing`) continue;
      const written = (await papersOf(id)).some((p) => p.kind === kind);
      const answer = await decide(id, decision, 'head', kind);
      expect([stage, kind, decision, answer.status, answer.error.code]).toEqual(
        written ? [stage, kind, decision, 409, 'cases.paper-moved-on'] : [stage, kind, decision, 404, answer.error.code],
      );
    }
  const some = ASKED.find(([, moves]) => moves.some((m) => legal.includes(m)))?.[0];
  if (some !== undefined)
    for (const [by, status] of Object.entries(stage === 'intake' ? { ...OUTSIDE, ...FURTHER } : OUTSIDE))
      expect([stage, by, (await ask(id, some, by)).status]).toEqual([stage, by, status]);
  // Whoever works on it does not sign, at no stage.
  expect((await decide(id, 'sign', 'worker')).status).toBe(403);
  expect(await fingerprint()).toBe(before);
};

test('every legal move is made, every illegal one refused in its own words and without a trace, at every stage and side state', async () => {
  const made = new Set<string>();
  const seen = new Set<string>();
  for (const way of WAYS) {
    const id = await openCase(t);
    await (await t.as('worker')).ok(nameCoWorker, {
      params: { id },
      body: { personId: t.world.persons.worker3 ?? '', reason: '一起家访', toDay: null },
    });
    for (const [n, [act, move, to]] of way.entries()) {
      const { stage } = await standsAt(id);
      if (!seen.has(stage)) {
        seen.add(stage);
        await refusesTheRest(id, stage as CaseStage);
      }
      const answer = typeof act === 'string' ? await decide(id, act, 'head') : await ask(id, act, n % 5 === 4 ? 'worker3' : 'worker');
      expect([n, move, answer.status, answer.raw.slice(0, 200)]).toEqual([n, move, 200, answer.raw.slice(0, 200)]);
      const now = await standsAt(id);
      expect([n, move, now.stage, now.status]).toEqual([n, move, to, ['closed', 'archived', 'declined'].includes(to) ? 'closed' : 'open']);
      made.add(`${stage} ${move}`);
    }
  }
  const all = Object.entries(caseMoves).flatMap(([move, row]) => row.from.map((from) => `${from} ${move}`));
  expect([...made].sort()).toEqual(all.sort());
  expect(seen.size).toBe(11);
});

test('a danger that is not over keeps a case from being closed or declined; the signer who does not reach it learns only that something is open', async () => {
  const worker = await t.as('worker');
  const danger = async (caseId: string) => {
    const screening = { idea: 'some', plan: 'no', means: 'no', intent: 'no' };
    const body = {
      kind: 'crisis',
      id: crypto.randomUUID(),
      caseId,
      source: 'note',
      trigger: '来电说撑不住了',
      screening,
      rating: 'medium',
      reason: '有念头，没有计划',
    };
    return (await worker.ok(registerAlarm, { body: body as never })).id;
  };
  const over = (id: string) => sql`update alarm set status = 'closed' where id = ${id}`.execute(t.owner);
  const fresh = await openCase(t);
  const first = await danger(fresh);
  for (const decision of ['decline', 'refer']) {
    const answer = await ask(fresh, intake({ decision, reason: '不在范围', referredTo: '区医院' }));
    expect([decision, answer.status, answer.error.code]).toEqual([decision, 409, 'cases.alarm-open']);
  }
  await over(first);
  for (const act of [intake(), assessment, { ...closing('wished'), signerId: t.world.persons.supervisor }])
    expect((await ask(fresh, act)).status).toBe(200);
  // It flares up while the closing lies before the supervisor.
  const second = await danger(fresh);
  const before = await fingerprint();
  expect((await decide(fresh, 'sign', 'supervisor')).error.code).toBe('cases.not-over');
  expect((await decide(fresh, 'sign', 'head')).error).toMatchObject({ code: 'cases.alarm-open', facts: { count: 1 } });
  expect(await fingerprint()).toBe(before);
  const paper = (await papersOf(fresh)).find((p) => p.status === 'sent')?.id ?? '';
  expect((await (await t.as('head')).ok(stages.readCasePaper, { params: { id: paper } })).openAlarms).toEqual([
    { id: second, kind: 'crisis' },
  ]);
  expect((await decide(fresh, 'return', 'supervisor')).status).toBe(200);
  const file = await worker.ok(stages.readStages, { params: { id: fresh } });
  expect(file.openAlarms).toEqual([{ id: second, kind: 'crisis' }]);
  for (const kind of ['wished', 'died', 'lost']) expect((await ask(fresh, closing(kind))).error.code).toBe('cases.alarm-open');
  await over(second);
  expect((await ask(fresh, closing('wished'))).status).toBe(200);
  expect((await decide(fresh, 'sign', 'head')).status).toBe(200);
});

/** Who holds which role was changed: nobody goes on with what was remembered. */
const forgotten = () => t.services.db.transaction('write', { now: t.clock.now().toISOString() }, (tx) => t.services.sessions.forget(tx));

test('neither plan nor closing is signed or sent back by its author, by whoever carries the case, or by who stands in for either', async () => {
  const { owner, world } = t;
  const person = (by: string) => world.persons[by] ?? '';
  // The head works as a worker too, and the worker stands in for the head who is away on the second day.
  const assignment = {
    districtId: world.districtId,
    id: crypto.randomUUID(),
    personId: person('head'),
    role: 'worker',
    stationId: world.stations.s1,
    validFrom: '2025-01-01',
  };
  await owner.insertInto('roleAssignment').values(assignment).execute();
  await forgotten();
  const named = async (id: string, by: string, who: string) =>
    (await t.as(by)).ok(nameCoWorker, { params: { id }, body: { personId: person(who), reason: '一起家访', toDay: null } });
  const proposes = (kind: 'plan' | 'closing', signerId: string | null): readonly Loose[] =>
    kind === 'plan' ? [plan, send({ signerId })] : [{ ...closing('wished'), signerId }];
  const waiting = async (carrier: string, author: string, kind: 'plan' | 'closing', signer: string | null): Promise<string> => {
    const id = await openCase(t, carrier);
    if (author !== carrier) await named(id, carrier, author);
    for (const act of [intake(), assessment]) expect((await ask(id, act, carrier)).status).toBe(200);
    for (const act of proposes(kind, signer === null ? null : person(signer))) {
      const answer = await ask(id, act, author);
      expect([carrier, author, kind, answer.status, answer.raw.slice(0, 200)]).toEqual([
        carrier,
        author,
        kind,
        200,
        answer.raw.slice(0, 200),
      ]);
    }
    return id;
  };
  const refusesAll = async (id: string, by: string) => {
    const before = await fingerprint();
    for (const decision of ['sign', 'return'] as const) {
      const answer = await decide(id, decision, by);
      expect([by, decision, answer.status, answer.error?.code]).toEqual([by, decision, 409, 'cases.signer-is-author']);
    }
    expect(await fingerprint()).toBe(before);
  };
  for (const kind of ['plan', 'closing'] as const) {
    const carried = await waiting('head', 'head', kind, 'supervisor');
    const wrote = await waiting('worker', 'head', kind, 'supervisor');
    const carriedOnly = await waiting('head', 'worker3', kind, 'supervisor');
    // Head: carries and wrote; wrote for another; carries what a colleague wrote.
    for (const id of [carried, wrote, carriedOnly]) {
      await refusesAll(id, 'head');
      expect((await decide(id, 'sign', 'supervisor')).status).toBe(200);
    }
    const own = await waiting('worker', 'worker', kind, null);
    const along = await waiting('worker', 'worker3', kind, null);
    await sql`insert into absence (id, district_id, person_id, from_day, to_day, reason)
      values (${crypto.randomUUID()}, ${world.districtId}, ${person('head')}, '2026-03-05', '2026-03-06', 'leave')`.execute(owner);
    const standIn = (deputyId: string | null) =>
      owner.updateTable('roleAssignment').set({ deputyId }).where('personId', '=', person('head')).where('role', '=', 'head').execute();
    await standIn(person('worker'));
    await forgotten();
    // Stands in for the head: the own paper, and a colleague's in the own case.
    await refusesAll(own, 'worker');
    await refusesAll(along, 'worker');
    await standIn(person('worker3'));
    await forgotten();
    await refusesAll(along, 'worker3');
    expect((await decide(own, 'sign', 'worker3')).status).toBe(200);
    await standIn(null);
    await sql`delete from absence where person_id = ${person('head')}`.execute(owner);
    await forgotten();
    expect((await decide(along, 'sign', 'head')).status).toBe(200);
  }
  await owner.updateTable('roleAssignment').set({ validTo: '2025-12-31' }).where('id', '=', assignment.id).execute();
  await forgotten();
});
