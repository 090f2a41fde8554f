import { randomUUID } from 'node:crypto';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as stages from '@jieyou/core/cases/stageEndpoints.ts';
import * as privacy from '@jieyou/core/privacy/endpoints.ts';
import * as sealing from '@jieyou/core/sealing/endpoints.ts';
import { search } from '@jieyou/core/search/endpoints.ts';
import { fold, pairsOf, wordsOf } from '@jieyou/core/search/words.ts';
import * as visits from '@jieyou/core/visits/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftRequest, openCase, submitRequest } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { destroyApproved } from '../privacy/jobs.ts';
import { pinyinOf } from '../workforce/index.ts';
import { lettersOf, soundsLike } from './sound.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
  // The world's people have no sound yet: as the registration of staff keeps it.
  for (const { id, name } of await t.owner.selectFrom('person').select(['id', 'name']).execute())
    await t.owner.updateTable('person').set(pinyinOf(name)).where('id', '=', id).execute();
});
afterAll(() => t.stop());

const TODAY = '2026-03-05';
const ask = async (by: string, typed: string, more: object = {}) => (await t.as(by)).ok(search, { body: { typed, ...more } });
/** Ids that somebody finds, by kind. */
const found = async (by: string, typed: string, more: object = {}) =>
  Object.fromEntries((await ask(by, typed, more)).sections.map((s) => [s.kind, s.hits.map((h) => h.id)]));
const note = async (caseId: string, body: string, by = 'worker', happenedOn = TODAY) =>
  (await (await t.as(by)).ok(cases.addNote, { params: { id: caseId }, body: { happenedOn, body } })).id;
const RECORDS = ['recipient', 'case', 'note', 'visit', 'paper', 'request'];

test('the database folds a text and pairs its characters as the rules say', async () => {
  const texts = [
    '低保',
    '，低保，学籍。',
    'ＧＡ－２０２６ Ga',
    '𬭚氏😀😀',
    '第一行\n第二行\r\t　完',
    '\\ ~`|',
    '',
    '低',
    '“引号”（括号）【一】',
  ];
  for (const text of texts) {
    const { rows } = await sql<{
      folded: string;
      pairs: string[];
    }>`select search_fold(${text}) as folded, search_pairs(${text}) as pairs`.execute(t.owner);
    expect([text, rows[0]?.folded]).toEqual([text, fold(text)]);
    expect([text, [...new Set(rows[0]?.pairs)].sort()]).toEqual([text, pairsOf(fold(text)).toSorted()]);
    for (const word of wordsOf(text))
      expect([text, word, pairsOf(word).filter((p) => !rows[0]?.pairs.includes(p))]).toEqual([text, word, []]);
  }
});

test('a note of the greatest length is paired in a moment', async () => {
  const started = performance.now();
  await sql`select search_pairs(repeat('上门探访，孩子回到课堂。', 8400))`.execute(t.owner);
  expect(performance.now() - started).toBeLessThan(3000);
});

test('names of places and stations are heard whole and by initials', () => {
  expect(lettersOf('LC HB')).toBe('lchb');
  expect(lettersOf('l')).toBeNull();
  expect(lettersOf('鲤城')).toBeNull();
  expect([soundsLike('鲤城区海滨街道', 'lchb'), soundsLike('鲤城区海滨街道', 'lcqhb'), soundsLike('鲤城区海滨街道', 'hbjd')]).toEqual([
    null,
    0,
    1,
  ]);
  expect([soundsLike('曾厝垵社区', 'cengcuo'), soundsLike('单桥社区', 'shanqiao'), soundsLike('海滨街道', 'haibin')]).toEqual([0, 0, 0]);
});

test('a worker finds own notes by two and four characters, marked; one character is refused politely', async () => {
  const caseId = await openCase(t, 'worker', { name: '欧阳桐雨' });
  const id = await note(caseId, '今天陪同去民政窗口，材料齐全，海绵宝宝贴纸也带上了。编号ＨＭ－９０７。');
  const other = await note(caseId, '海绵买好了，宝宝椅还没有。');
  expect((await found('worker', '窗口')).note).toEqual([id]);
  // The pairs of a word may stand apart: only what stands together counts.
  expect((await found('worker', '海绵宝宝')).note).toEqual([id]);
  expect((await found('worker', '海绵', { kind: 'note' })).note?.toSorted()).toEqual([id, other].toSorted());
  expect((await found('worker', '宝宝 窗口')).note).toEqual([id]);
  expect((await found('worker', 'hm－907')).note).toEqual([id]);
  expect((await found('worker', '海绵蛋糕')).note).toBeUndefined();
  const { sections } = await ask('worker', '海绵', { kind: 'note', caseId });
  const hit = sections[0]?.hits.find((h) => h.id === id);
  expect(hit).toMatchObject({ by: '周晓岚', on: TODAY, opens: `/cases/${caseId}`, where: '欧阳*雨' });
  expect(hit?.marks.map(({ from, until }) => hit.snippet?.slice(from, until))).toEqual(['海绵']);
  for (const typed of ['窗', '窗 口', '，', '𬭚']) {
    const reply = await (await t.as('worker')).call(search, { body: { typed } });
    expect([typed, reply.status, reply.error.code]).toEqual([typed, 409, 'search.too-short']);
  }
});

test('who finds a record: those who reach the case, and nobody else by any kind', async () => {
  const caseId = await openCase(t, 'worker', { name: '司徒雨桐' });
  await note(caseId, '孩子在琥珀书店等母亲下班。');
  await (await t.as('worker')).ok(visits.recordVisit, {
    params: { id: randomUUID() },
    body: {
      caseId,
      visitedOn: TODAY,
      minutes: 30,
      companion: null,
      aloneReason: '同事请假',
      health: { scale: 'good', says: '琥珀书店门口台阶高' },
      safety: { scale: 'good', says: '' },
      life: { scale: 'good', says: '' },
      action: null,
      next: null,
    } as never,
  });
  await (await t.as('worker')).ok(stages.moveCase, {
    params: { id: caseId },
    body: {
      version: (await (await t.as('worker')).ok(stages.readStages, { params: { id: caseId } })).version,
      move: 'decide-intake',
      decision: 'accept',
      source: 'community',
      asker: '居委会',
      guardian: null,
      urgency: 'soon',
      problem: '琥珀书店拖欠工资。',
      reason: '',
      referredTo: null,
    } as never,
  });
  expect(Object.keys(await found('worker', '琥珀')).sort()).toEqual(['note', 'paper', 'visit']);
  expect(Object.keys(await found('head', '琥珀')).sort()).toEqual(['note', 'paper', 'visit']);
  const nobody = ['worker2', 'worker3', 'head2', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street'];
  for (const by of nobody) {
    expect([by, (await ask(by, '琥珀')).sections]).toEqual([by, []]);
    for (const kind of RECORDS) expect([by, kind, (await ask(by, '琥珀', { kind, caseId })).sections]).toEqual([by, kind, []]);
  }
  for (const by of ['system', 'security', 'audit'])
    expect([by, (await (await t.as(by)).call(search, { body: { typed: '琥珀' } })).status]).toEqual([by, 403]);
  // Who is asked to work along finds it, from that day on.
  await (await t.as('worker')).ok(cases.nameCoWorker, {
    params: { id: caseId },
    body: { personId: t.world.persons.worker3 ?? '', reason: '一起探访', toDay: null },
  });
  expect(Object.keys(await found('worker3', '琥珀')).sort()).toEqual(['note', 'paper', 'visit']);
  // A recipient only by the whole name, the number or the phone; masked, and only in reach.
  expect((await ask('worker', '司徒雨桐', { kind: 'recipient' })).sections[0]?.hits[0]).toMatchObject({ name: '司徒*桐', snippet: null });
  expect((await ask('worker', '司徒', { kind: 'recipient' })).sections).toEqual([]);
  expect((await ask('worker2', '司徒雨桐', { kind: 'recipient' })).sections).toEqual([]);
  // What was seen is recorded for the one who saw it, hit by hit; what was typed is recorded nowhere.
  const { rows } = await sql<{ recordKind: string; n: number }>`select record_kind, count(distinct record_id)::int as n from access_record
    where action = 'search' and actor_id = ${t.world.persons.worker3} group by 1 order by 1`.execute(t.owner);
  expect(rows).toEqual([
    { recordKind: 'case-paper', n: 1 },
    { recordKind: 'note', n: 1 },
    { recordKind: 'visit', n: 1 },
  ]);
  const { rows: kept } =
    await sql`select 1 from access_record a where a::text like '%琥珀%' union all select 1 from event e where e::text like '%琥珀%'
    union all select 1 from idempotency_key k where k::text like '%琥珀%'`.execute(t.owner);
  expect(kept).toEqual([]);
});

test('staff, stations and places by name, pinyin or initials, for every post; numbers of cases too', async () => {
  for (const by of ['worker', 'officer', 'street', 'expert']) {
    expect([by, (await found(by, 'zxl')).staff]).toEqual([by, [t.world.persons.worker]]);
    expect([by, (await found(by, 'zhouxiao')).staff]).toEqual([by, [t.world.persons.worker]]);
    expect([by, (await found(by, '晓岚')).staff]).toEqual([by, [t.world.persons.worker]]);
    expect([by, (await found(by, 'yjdsgz')).station]).toEqual([by, [t.world.stations.s1]]);
    expect([by, (await found(by, 'yixinshe')).organisation]).toEqual([by, [t.world.organisations.o1]]);
    expect([by, (await found(by, 'yijd')).place]).toEqual([by, undefined]);
    expect([by, (await found(by, 'yijie')).place]).toEqual([by, [t.world.streetId]]);
  }
  // Only of the own district.
  expect((await found('officer', '乙和')).organisation).toBeUndefined();
  const caseId = await openCase(t, 'worker', { name: '编号' });
  const { number } = await (await t.as('worker')).ok(cases.readCase, { params: { id: caseId } });
  expect((await ask('worker', number)).sections.find((s) => s.kind === 'case')?.hits[0]?.id).toBe(caseId);
  expect((await found('worker2', number)).case).toBeUndefined();
  expect((await found('officer', number)).case).toBeUndefined();
});

test('requests: the asker, the head and the centre; registers alone give nobody a word of it', async () => {
  const { id } = await submitRequest(t);
  expect((await found('worker', '事故赔偿')).request).toContain(id);
  expect((await found('head', '事故赔偿')).request).toContain(id);
  expect((await found('centre', '事故赔偿')).request).toContain(id);
  for (const by of ['worker2', 'head2', 'expert', 'supervisor', 'agency', 'officer', 'street', 'bcentre'])
    expect([by, (await found(by, '事故赔偿')).request]).toEqual([by, undefined]);
  const draft = await draftRequest(t, await openCase(t, 'worker', { name: '草稿' }));
  const drafts = async (by: string) => (await found(by, '事故赔偿', { kind: 'request' })).request ?? [];
  expect(await drafts('worker')).toContain(draft.id);
  expect(await drafts('centre')).not.toContain(draft.id);
  expect(await drafts('head')).not.toContain(draft.id);
});

test('pages by key: every record once, the opening and repetition first; a period narrows', async () => {
  const caseId = await openCase(t, 'worker', { name: '分页' });
  const made = [];
  for (let i = 0; i < 7; i += 1)
    made.push(
      await note(
        caseId,
        `${'到场说明情况以后大家坐下来谈，花了一个上午的时间才说完，'.repeat(1)}谈到向日葵${i}`,
        'worker',
        `2025-0${i + 1}-11`,
      ),
    );
  const opening = await note(caseId, '向日葵开了，向日葵真多。', 'worker', '2025-01-02');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { sections } = await ask('worker', '向日葵', { kind: 'note', limit: 3, ...(after === undefined ? {} : { after }) });
    seen.push(...(sections[0]?.hits.map((h) => h.id) ?? []));
    after = sections[0]?.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual([opening, ...made.toReversed()]);
  expect((await found('worker', '向日葵', { kind: 'note', from: '2025-03-11', to: '2025-04-11' })).note).toEqual([made[3], made[2]]);
  for (const bad of ['x', 'W10', Buffer.from('[1,2,3,4,5]').toString('base64url')])
    expect((await (await t.as('worker')).call(search, { body: { typed: '向日葵', kind: 'note', after: bad } })).status).toBe(400);
});

test('a corrected text is found by its new words and no more by the old ones', async () => {
  const caseId = await openCase(t, 'worker', { name: '更正' });
  const worker = await t.as('worker');
  const save = async (summary: string) => {
    const { version } = await worker.ok(cases.readCase, { params: { id: caseId } });
    await worker.ok(cases.updateCase, { params: { id: caseId }, body: { version, summary } });
  };
  await save('住在紫藤花园。');
  expect((await found('worker', '紫藤')).case).toEqual([caseId]);
  await save('住在白杨花园。');
  expect((await found('worker', '紫藤')).case).toBeUndefined();
  expect((await found('worker', '白杨')).case).toEqual([caseId]);
});

test('what a handover did not give is not found by the one who took over; the head and the own words are', async () => {
  const caseId = await openCase(t, 'worker', { name: '移交' });
  const worker = await t.as('worker');
  const before = await note(caseId, '移交以前写到铃兰。');
  const third = await t.as('worker3');
  await worker.ok(stages.proposeHandover, {
    body: {
      caseId,
      fromId: null,
      toId: t.world.persons.worker3,
      cause: 'leave',
      reason: '产假',
      mayRead: ['papers'],
      atOnce: false,
    } as never,
  });
  expect((await found('worker3', '铃兰')).note).toBeUndefined();
  const [waiting] = (await third.ok(stages.listHandovers, { query: { status: ['proposed'] } as never })).rows;
  await third.ok(stages.answerHandover, {
    params: { id: waiting?.id ?? '' },
    body: { version: 1, decision: 'accept', reason: '' } as never,
  });
  t.clock.advance({ minutes: 1 });
  const later = await note(caseId, '接手以后写到铃兰。', 'worker3');
  expect((await found('worker3', '铃兰')).note).toEqual([later]);
  expect((await found('worker', '铃兰')).note).toBeUndefined();
  expect((await found('head', '铃兰')).note?.toSorted()).toEqual([before, later].toSorted());
});

test('a sealed case is found by nobody', async () => {
  const caseId = await openCase(t, 'worker', { name: '封存' });
  await note(caseId, '提到蒲公英种子。');
  const { number } = await (await t.as('worker')).ok(cases.readCase, { params: { id: caseId } });
  expect((await found('worker', '蒲公英')).note).toHaveLength(1);
  const sealed = await (await t.as('centre')).ok(sealing.proposeSealing, {
    body: {
      caseNumber: number,
      authority: '区人民检察院',
      decisionNo: '检封〔2026〕9号',
      decidedOn: '2026-03-04',
      basis: 'non-prosecution',
      reason: '收到封存通知',
    },
  });
  await (await t.as('security')).ok(sealing.decideSealing, { params: { id: sealed.id }, body: { decision: 'seal' } });
  for (const by of ['worker', 'head', 'centre']) {
    expect([by, (await ask(by, '蒲公英')).sections]).toEqual([by, []]);
    expect([by, (await found(by, number)).case]).toEqual([by, undefined]);
  }
  expect((await sql`select 1 from case_note where search_words(case_id, body) @> '{蒲公}'`.execute(t.owner)).rows).toEqual([]);
});

test('what was destroyed leaves no word behind', async () => {
  const caseId = await openCase(t, 'worker', { name: '期满' });
  await note(caseId, '那年种下一棵合欢。');
  expect((await found('worker', '合欢')).note).toHaveLength(1);
  await sql`update case_file set status = 'closed', updated_at = '2010-01-05T02:00:00Z' where id = ${caseId}`.execute(t.owner);
  const list = await (await t.as('head')).ok(privacy.appraiseDestruction, { body: { caseIds: [caseId], opinion: '期满' } });
  await (await t.as('centre')).ok(privacy.answerDestruction, {
    params: { id: list.id },
    body: { answer: 'approve', says: '同意', version: 1 },
  });
  await destroyApproved(t.services, { districtId: t.world.districtId, listId: list.id });
  for (const by of ['worker', 'head']) expect([by, (await ask(by, '合欢')).sections]).toEqual([by, []]);
  expect((await sql`select 1 from case_note where search_words(case_id, body) @> '{合欢}'`.execute(t.owner)).rows).toEqual([]);
});
