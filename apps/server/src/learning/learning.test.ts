import { readPublishedCase, recallPublication, searchCaseBank } from '@jieyou/core/casebank/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import * as learning from '@jieyou/core/learning/endpoints.ts';
import type { CompetitionMove } from '@jieyou/core/learning/schema.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
}, 120_000);
afterAll(() => t.stop());

const criteria = [
  { key: 'method', title: '方法', weight: 60, says: '' },
  { key: 'effect', title: '成效', weight: 40, says: '' },
];

test('a case is entered, scored blind by two, noticed, rewarded; recalled, it is gone from the result too', {
  timeout: 120_000,
}, async () => {
  const entryId = await w.released('own');
  const { requestId } = await w.one<{ requestId: string }>(
    sql`select d.request_id from casebank_entry e join publication_draft d on d.id = e.draft_id where e.id = ${entryId}`,
  );
  await t.owner
    .insertInto('supervisionRelation')
    .values({
      id: crypto.randomUUID(),
      districtId: t.world.districtId,
      supervisorId: w.person('supervisor'),
      workerPersonId: w.person('worker'),
      fromDay: '2024-01-01',
      toDay: '2025-03-05',
    })
    .execute();
  const names = ['centre', 'worker', 'expert', 'expert2', 'supervisor'];
  const callers = new Map(await Promise.all(names.map(async (who) => [who, await t.as(who)] as const)));
  const of = (who: string) => callers.get(who) as Awaited<ReturnType<TestApp['as']>>;
  const call = { ...w.call(), criteria, judgeIds: ['expert', 'expert2', 'supervisor'].map((p) => w.person(p)) };
  const refusedJudge = await of('centre').call(learning.createCompetition, { body: { ...call, judgeIds: [w.person('worker')] } });
  expect(refusedJudge.error.code).toBe('learning.no-judge');
  const { id } = await of('centre').ok(learning.createCompetition, { body: call });
  const { scoreBy } = w.call() as { scoreBy: string };
  expect((await of('worker').call(learning.readCompetition, { params: { id } })).status).toBe(404);
  let version = 1;
  const move = async (one: CompetitionMove, reason?: string) => {
    const answer = await of('centre').call(learning.moveCompetition, { params: { id }, body: { version, move: one, reason } });
    if (answer.status === 200) version = answer.body.version;
    return answer.status === 200 ? 'yes' : answer.error.code;
  };
  expect(await move('close')).toBe('learning.not-now');
  expect(await move('announce')).toBe('yes');
  const told = async (who: string) =>
    (await of(who).ok(listNotices, { query: {} })).rows.filter((n) => n.recordId === id).map((n) => n.kind);
  expect([await told('worker'), await told('expert')]).toEqual([['learning.called'], []]);
  const { rows: choices } = await of('worker').ok(learning.listEntryChoices);
  expect(choices.map((c) => c.requestId)).toContain(requestId);
  const entered = await of('worker').ok(learning.enterCompetition, { params: { id }, body: { requestId, statement: '两件事并行推进' } });
  const twice = await of('worker').call(learning.enterCompetition, { params: { id }, body: { requestId, statement: '再申报一次' } });
  expect(twice.error.code).toBe('learning.already-entered');
  expect(await move('close')).toBe('yes');
  expect(await move('start')).toBe('learning.entries-undecided');
  const checked = await of('centre').ok(learning.checkEntry, { params: { id: entered.id }, body: { version: 1 } });
  expect(checked.reasons).toEqual([]);
  expect(await move('start')).toBe('yes');

  // What waits on the workbench: for a judge who owes a score, not for one who stands aside.
  const waits = async (who: string) =>
    (await of(who).ok(readWorkbench)).todos.filter((x) => x.recordId === id).map((x) => [x.kind, x.dueAt?.slice(0, 10)]);
  expect([await waits('expert'), await waits('expert2')]).toEqual([[['score', scoreBy]], [['score', scoreBy]]]);
  expect([await waits('supervisor'), await waits('worker'), await waits('centre')]).toEqual([[], [], []]);

  // The supervisor supervised the author within two years, and finds nothing; judges see no author.
  expect((await of('supervisor').call(learning.readBlindEntry, { params: { id: entered.id } })).status).toBe(404);
  expect((await of('supervisor').ok(learning.listBlindEntries, { params: { id } })).rows).toEqual([]);
  const seen = await of('expert').call(learning.readCompetition, { params: { id } });
  expect([seen.body.isJudge, seen.body.entries, seen.body.judges]).toEqual([true, [], []]);
  const blind = await of('expert').call(learning.readBlindEntry, { params: { id: entered.id } });
  expect(blind.raw).not.toContain('周晓岚');
  expect([blind.body.title, blind.body.own, blind.body.others]).toEqual(['赔偿与返校并行的支援', null, null]);
  const score = (who: string, method: number, effect: number, reason?: string) =>
    of(who).call(learning.giveScore, { params: { id: entered.id }, body: { points: { method, effect }, comment: `${who}的评语`, reason } });
  expect((await score('expert', 90, 80)).body).toMatchObject({ total: 86 });
  expect([await waits('expert'), await waits('expert2')]).toEqual([[], [['score', scoreBy]]]);
  // Another’s score stays hidden until the own one is given; the centre sees how many, and no point.
  expect((await of('expert2').ok(learning.readBlindEntry, { params: { id: entered.id } })).others).toBeNull();
  const running = await of('centre').ok(learning.readCompetition, { params: { id } });
  expect(running.judges.map((j) => [j.given, j.expected])).toEqual([
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
  expect(running.result).toEqual([]);
  expect(await move('finish')).toBe('learning.scores-missing');
  expect((await score('expert2', 70, 100)).body).toMatchObject({ total: 82 });
  expect((await of('expert2').ok(learning.readBlindEntry, { params: { id: entered.id } })).others).toEqual({ scores: 1, mean: 86 });
  expect((await score('expert2', 75, 100)).error.code).toBe('learning.correction-needs-reason');
  expect((await score('expert2', 80, 100, '漏看了一段')).body).toMatchObject({ total: 88 });
  expect((await of('expert2').ok(learning.readBlindEntry, { params: { id: entered.id } })).own).toMatchObject({
    total: 88,
    corrections: 1,
  });
  expect(await move('finish')).toBe('yes');
  expect((await of('worker').ok(learning.readCompetition, { params: { id } })).result).toEqual([]);
  expect(await move('publicise')).toBe('yes');
  const noticed = await of('expert2').ok(learning.readCompetition, { params: { id } });
  expect(noticed.noticeUntil).toBe('2026-03-12');
  expect(noticed.entries.map((e) => [e.authorName, e.statement])).toEqual([['周晓岚', '']]);
  expect(noticed.result).toMatchObject([{ place: 1, award: '一等奖', mean: 87, authorName: '周晓岚', recused: 1 }]);
  // Comments are the author's and the centre's, without the judges.
  expect(noticed.result[0]?.comments).toEqual([]);
  for (const who of ['worker', 'centre'])
    expect([...((await of(who).ok(learning.readCompetition, { params: { id } })).result[0]?.comments ?? [])].sort()).toEqual([
      'expert2的评语',
      'expert的评语',
    ]);
  const objection = await of('expert').ok(learning.objectToResult, { params: { id }, body: { says: '请核对加权方法' } });
  t.clock.set('2026-03-12T02:00:00.000Z');
  expect(await move('award')).toBe('learning.notice-running');
  t.clock.set('2026-03-13T02:00:00.000Z');
  expect(await move('award')).toBe('learning.objections-open');
  const answer = { params: { id: objection.id }, body: { answer: '已核对，计算无误', upheld: false } };
  await of('centre').ok(learning.answerObjection, answer);
  expect((await of('centre').call(learning.answerObjection, answer)).error.code).toBe('learning.objection-answered');
  expect(await move('award')).toBe('yes');
  const excellent = await of('worker').ok(searchCaseBank, { query: { excellent: 'yes' } });
  expect(excellent.rows.map((r) => [r.id, r.award])).toEqual([[entryId, '一等奖']]);
  await of('centre').ok(recallPublication, { params: { id: entryId }, body: { cause: 'consent-withdrawn', reason: '服务对象撤回了同意' } });
  expect((await of('worker').call(readPublishedCase, { params: { id: entryId } })).error.code).toBe('casebank.recalled');
  const after = await of('expert2').ok(learning.readCompetition, { params: { id } });
  expect(after.result).toMatchObject([{ title: null, authorName: null }]);
  expect(await t.owner.selectFrom('competitionText').select('id').where('id', '=', entered.id).execute()).toEqual([]);
});
