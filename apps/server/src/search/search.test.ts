import { randomUUID } from 'node:crypto';
import * as activities from '@jieyou/core/activities/endpoints.ts';
import * as alarms from '@jieyou/core/alarms/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as stages from '@jieyou/core/cases/stageEndpoints.ts';
import * as forms from '@jieyou/core/forms/endpoints.ts';
import * as groups from '@jieyou/core/groups/endpoints.ts';
import * as privacy from '@jieyou/core/privacy/endpoints.ts';
import * as relief from '@jieyou/core/relief/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import * as sealing from '@jieyou/core/sealing/endpoints.ts';
import { search } from '@jieyou/core/search/endpoints.ts';
import { fold, pairsOf, wordsOf } from '@jieyou/core/search/words.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import * as visits from '@jieyou/core/visits/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { acceptRequest, draftRequest, openCase, submitRequest } from '../../test/factories.ts';
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
const RECORDS = ['recipient', 'case', 'note', 'visit', 'action', 'paper', 'form', 'alarm', 'request', 'response'];
const ofRecipient = async (caseId: string) =>
  (await sql<{ id: string }>`select recipient_id as id from case_file where id = ${caseId}`.execute(t.owner)).rows[0]?.id ?? '';
/** A form that was begun, with some of its answers. */
const filled = async (caseId: string, state: string, by = 'worker') => {
  const worker = await t.as(by);
  const templates = await worker.ok(forms.listFormTemplates, { query: {} as never });
  const template = templates.rows.find((r) => r.code === 'own-refit')?.id ?? '';
  const { id } = await worker.ok(forms.beginFormAnswer, {
    body: { under: { kind: 'case', id: caseId }, templateId: template, corrects: null },
  });
  const values = { round: 'month', on: TODAY, way: 'phone', reached: true, state, again: false };
  await worker.ok(forms.saveFormAnswer, { params: { id }, body: { values, version: 1 } });
  return id;
};
const alarmOf = async (caseId: string, trigger: string, by = 'worker') => {
  const id = randomUUID();
  const body = {
    kind: 'crisis',
    id,
    caseId,
    source: 'note',
    sourceId: null,
    trigger,
    screening: { idea: 'some', plan: 'no', means: 'no', intent: 'unknown' },
    scale: null,
    rating: 'medium',
    reason: '只有念头',
    lookAgainOn: null,
  };
  await (await t.as(by)).ok(alarms.registerAlarm, { body: body as never });
  return id;
};
const visited = async (caseId: string, over: object = {}, by = 'worker') => {
  const id = randomUUID();
  const body = {
    caseId,
    visitedOn: TODAY,
    minutes: 30,
    companion: null,
    aloneReason: '同事请假',
    health: { scale: 'good', says: '精神好' },
    safety: { scale: 'good', says: '' },
    life: { scale: 'good', says: '' },
    action: null,
    next: null,
    ...over,
  };
  await (await t.as(by)).ok(visits.recordVisit, { params: { id }, body: body as never });
  return id;
};

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
  expect(hit).toMatchObject({ by: '周晓岚', on: TODAY, opens: `/cases/${caseId}?at=${id}`, where: '欧阳*雨' });
  expect(hit?.marks.map(({ from, until }) => hit.snippet?.slice(from, until))).toEqual(['海绵']);
  for (const typed of ['窗', '窗 口', '，', '𬭚']) {
    const reply = await (await t.as('worker')).call(search, { body: { typed } });
    expect([typed, reply.status, reply.error.code]).toEqual([typed, 409, 'search.too-short']);
  }
});

test('what stands in the parts of the process form is found with the words of the note', async () => {
  const caseId = await openCase(t, 'worker', { name: '写全' });
  const parts = { place: '', goal: '看看萤火虫灯会', state: '', reflection: 'ABC 法', next: '' };
  const { id } = await (await t.as('worker')).ok(cases.addNote, {
    params: { id: caseId },
    body: { happenedOn: TODAY, body: '路上聊起竹蜻蜓', parts },
  });
  // In a part, in letters that are folded, and one word in the note with another in a part.
  for (const typed of ['萤火虫', 'ａｂｃ', '竹蜻蜓 灯会']) expect([typed, (await found('worker', typed)).note]).toEqual([typed, [id]]);
  expect(await found('worker2', '萤火虫')).toEqual({});
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

test('forms, alarms, what is to be done after a visit: within the case, each opening its own record', async () => {
  const caseId = await openCase(t, 'worker', { name: '公孙望舒' });
  const visitId = await visited(caseId, {
    health: { scale: 'urgent', says: '药断了' },
    action: { what: '联系鸢尾药房送药', byWhom: '女儿', until: '2026-03-06' },
  });
  const form = await filled(caseId, '说在鸢尾路租到了房。');
  const alarm = await alarmOf(caseId, '来电时提到鸢尾桥。');
  const { version } = await (await t.as('worker')).ok(alarms.readAlarm, { params: { id: alarm } });
  await (await t.as('worker')).ok(alarms.addAlarmEntry, {
    params: { id: alarm },
    body: { version, entry: { kind: 'addition', says: '已请鸢尾社区的网格员留意。' } },
  });
  const kinds = ['action', 'alarm', 'form'];
  for (const by of ['worker', 'head']) expect([by, Object.keys(await found(by, '鸢尾')).sort()]).toEqual([by, kinds]);
  const opened = async (more: object = {}) => (await ask('worker', '鸢尾', more)).sections.flatMap((s) => s.hits.map((h) => h.opens));
  const action = (await found('worker', '鸢尾')).action?.[0];
  const entry = (await found('worker', '网格员')).alarm?.[0];
  expect((await opened({ caseId })).sort()).toEqual(
    [`/visits/${visitId}?at=${action}`, `/forms/${form}`, `/alarms/${alarm}`, `/alarms/${alarm}?at=${entry}`].sort(),
  );
  expect(await opened({ caseId: await openCase(t, 'worker', { name: '别的' }) })).toEqual([]);
  // Codes of answers are no words of anybody.
  expect((await found('worker', 'month')).form).toBeUndefined();
  const nobody = ['worker2', 'worker3', 'head2', 'centre', 'expert', 'agency', 'officer', 'street', 'bcentre'];
  for (const by of nobody) expect([by, await found(by, '鸢尾'), await found(by, '鸢尾', { caseId })]).toEqual([by, {}, {}]);
  // A supervisor finds the records that name them, and of the case nothing else.
  const supervised = await ask('supervisor', '鸢尾');
  expect(supervised.sections.map((s) => [s.kind, s.hits.map((h) => h.where)])).toEqual([['alarm', ['', '']]]);
  await t.owner.updateTable('alarm').set({ supervisorId: null }).where('id', '=', alarm).execute();
  expect(await found('supervisor', '鸢尾')).toEqual({});
  // What was put away is no record that stands.
  await (await t.as('worker')).ok(forms.discardFormAnswer, { params: { id: form }, body: { version: 2 } });
  expect((await found('worker', '鸢尾')).form).toBeUndefined();
  const { rows } = await sql<{ recordKind: string }>`select distinct record_kind from access_record
    where action = 'search' and actor_id = ${t.world.persons.worker} and record_id in (${visitId}, ${form}, ${alarm}) order by 1`.execute(
    t.owner,
  );
  expect(rows.map((r) => r.recordKind)).toEqual(['alarm', 'form-answer', 'visit']);
});

test('groups, sessions, activities and relief cases: those who lead or serve and their head', async () => {
  const worker = await t.as('worker');
  const { id: group } = await worker.ok(groups.createGroup, {
    body: {
      title: '木樨小组',
      kind: 'support',
      domain: 'elder',
      place: '活动室',
      minSize: 3,
      maxSize: 6,
      coLeadIds: [t.world.persons.worker3 ?? ''],
      idea: '互相支持',
      goals: '少些疲惫',
      audience: '家属',
      recruiting: '邀请',
      sessions: [
        { title: '认识彼此', aim: '定下木樨约定', plannedOn: '2026-03-09', place: '活动室' },
        { title: '第二次', aim: '说压力', plannedOn: '2026-03-16', place: '活动室' },
      ],
      budget: [],
      risks: [{ what: '有人哭', answer: '陪到隔壁' }],
      indicators: [{ id: randomUUID(), title: '压力分数', least: 0, most: 40, better: 'down' }],
      volunteers: [],
    },
  });
  const { id: activity } = await worker.ok(activities.createActivity, {
    body: {
      title: '义诊',
      category: 'elder-care',
      campaignId: null,
      place: '社区广场',
      startsAt: '2026-03-09T01:00:00.000Z',
      endsAt: '2026-03-09T03:00:00.000Z',
      capacity: 50,
      coLeadIds: [t.world.persons.worker3 ?? ''],
      aims: '在木樨树下量血压',
      budget: [],
      volunteers: [],
    } as never,
  });
  const { id: one } = await worker.ok(relief.screenRelief, {
    body: {
      recipientId: await ofRecipient(await openCase(t, 'worker', { name: '救助' })),
      source: 'list',
      needs: ['living'],
      needSays: '木樨巷的屋子漏雨',
      screenedOn: '2026-03-02',
      adviserKind: 'volunteer',
      adviserName: '热心老周',
    },
  });
  const { version } = await worker.ok(relief.readRelief, { params: { id: one } });
  await worker.ok(relief.moveRelief, {
    params: { id: one },
    body: { move: 'link', says: '链接慈善会', satisfied: null, dropped: null, version },
  });
  await worker.ok(relief.addReliefItem, {
    params: { id: one },
    body: {
      line: 'service',
      what: '陪同到木樨路窗口',
      onDay: '2026-03-04',
      fromWhom: '社工站',
      quantity: null,
      unit: null,
      valueFen: null,
      receipt: null,
      minutes: 50,
    } as never,
  });
  const plan = async () => (await worker.ok(groups.readGroup, { params: { id: group } })).version;
  await worker.ok(groups.moveGroup, { params: { id: group }, body: { move: 'submit', says: null, version: await plan() } });
  await (await t.as('head')).ok(groups.reviewGroup, {
    params: { id: group },
    body: { decision: 'approve', says: '', version: await plan() },
  });
  for (const name of ['甲', '乙', '丙']) {
    const recipientId = await ofRecipient(await openCase(t, 'worker', { name: `成员${name}` }));
    await worker.ok(groups.joinGroup, { params: { id: group }, body: { recipientId, joinedOn: TODAY } });
  }
  await worker.ok(groups.moveGroup, { params: { id: group }, body: { move: 'start', says: null, version: await plan() } });
  const all = ['activity', 'group', 'relief', 'session'];
  for (const by of ['worker', 'head'])
    expect([
      by,
      Object.keys(await found(by, '木樨'))
        .filter((k) => all.includes(k))
        .sort(),
    ]).toEqual([by, all]);
  expect(Object.keys(await found('worker3', '木樨')).sort()).toEqual(['activity', 'group', 'session']);
  for (const by of ['worker2', 'head2', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street'])
    expect([by, Object.keys(await found(by, '木樨')).filter((k) => all.includes(k))]).toEqual([by, []]);
  const { sections } = await ask('worker', '木樨');
  const opens = (kind: string) => sections.find((s) => s.kind === kind)?.hits.map((h) => h.opens);
  expect([opens('group'), opens('activity'), opens('session')?.[0]?.startsWith(`/groups/${group}/sessions/`)]).toEqual([
    [`/groups/${group}`],
    [`/activities/${activity}`],
    true,
  ]);
  expect(opens('relief')?.map((to) => to?.split('?')[0])).toEqual([`/relief-cases/${one}`, `/relief-cases/${one}`]);
  // A title is found as it is called now.
  expect((await found('worker', '木樨小组')).group).toEqual([group]);
  expect((await found('worker', '木樨', { from: '2026-03-05', kind: 'relief' })).relief).toBeUndefined();
});

test('records under a line of support: its holder, the request’s readers; nobody by the register', async () => {
  const request = await acceptRequest(t);
  const { id: line } = await (await t.as('centre')).ok(support.addSupportLine, {
    params: { id: request.id },
    body: {
      helpField: 'family',
      kind: 'supervision',
      holderId: t.world.persons.supervisor ?? '',
      providerName: null,
      task: '请办好这件事',
    },
  });
  const { id } = await (await t.as('supervisor')).ok(responses.openResponse, {
    params: { id: line },
    body: {
      kind: 'supervision',
      heldOn: TODAY,
      startsAt: '09:30',
      endsAt: '11:00',
      type: 'educational',
      form: 'individual',
      others: '',
      topics: '怎样与沉默的孩子开始谈话',
      advice: '先一起搭积木城堡，不急着问原因。',
      followUp: '两周后再谈一次',
    } as never,
  });
  for (const by of ['supervisor', 'worker', 'centre', 'head']) expect([by, (await found(by, '积木城堡')).response]).toEqual([by, [id]]);
  for (const by of ['worker2', 'head2', 'expert', 'agency', 'officer', 'street', 'bcentre'])
    expect([by, await found(by, '积木城堡')]).toEqual([by, {}]);
  const { caseId } = await t.owner.selectFrom('supportRequest').select('caseId').where('id', '=', request.id).executeTakeFirstOrThrow();
  expect((await found('worker', '积木城堡', { caseId })).response).toEqual([id]);
  expect((await found('supervisor', '积木城堡', { caseId })).response).toBeUndefined();
});

test('registers: files, reports, referrals, appeals, calls, volunteers, partners, each under the reach of its own list', async () => {
  const w = new AccessWorld(t);
  const everybody = [
    'worker',
    'worker2',
    'head',
    'head2',
    'centre',
    'expert',
    'supervisor',
    'agency',
    'officer',
    'street',
    'bcentre',
    'bhead',
  ];
  /** Who finds a record by a word, as one of this kind; everybody is asked. */
  const finders = async (kind: string, id: string, typed: string) => {
    const yes: string[] = [];
    for (const by of everybody) if ((await found(by, typed))[kind]?.includes(id)) yes.push(by);
    return yes;
  };
  const number = async (table: string, id: string) =>
    (await sql<{ number: string }>`select number from ${sql.table(table)} where id = ${id}`.execute(t.owner)).rows[0]?.number ?? '';
  const worker = await t.as('worker');

  const caseId = await w.openCase('own');
  const upload = async (kind: 'case' | 'request', of: string, name: string) =>
    (await worker.ok(cases.addAttachment, { params: { kind, id: of }, query: { name }, file: Buffer.from('%PDF-1.7\n%%EOF') })).id;
  const file = await upload('case', caseId, '学籍证明扫描件.pdf');
  expect(await finders('file', file, '学籍证明')).toEqual(['worker', 'head']);
  expect((await ask('worker', '学籍证明')).sections[0]?.hits[0]).toMatchObject({
    name: '学籍证明扫描件.pdf',
    nameMarks: [{ from: 0, until: 4 }],
  });
  const request = await submitRequest(t);
  const asked = await upload('request', request.id, '赔偿判决复印件.pdf');
  expect(await finders('file', asked, '赔偿判决')).toEqual(['worker', 'head', 'centre']);
  const { caseId: of } = await t.owner.selectFrom('supportRequest').select('caseId').where('id', '=', request.id).executeTakeFirstOrThrow();
  expect([(await found('worker', '赔偿判决', { caseId: of })).file, (await found('worker', '赔偿判决', { caseId })).file]).toEqual([
    [asked],
    undefined,
  ]);
  await worker.ok(cases.removeAttachment, { params: { id: file } });
  expect(await finders('file', file, '学籍证明')).toEqual([]);

  // Only those two roles that keep it; the one who reported finds nothing, and no reading by them is recorded under their name.
  const report = await w.report('own', 'head');
  expect(await finders('report', report, '银哨甲一')).toEqual(['head', 'supervisor']);
  expect(await finders('report', report, await number('mandatory_report', report))).toEqual(['head', 'supervisor']);

  const appeal = (await w.appeal('own')).id;
  // What the resident said is enciphered: found by number and phone, by no word of it.
  expect(await finders('appeal', appeal, await number('appeal', appeal))).toEqual(['worker', 'head', 'centre']);
  // The centre sees how an appeal of a station goes, and not who asked.
  expect(await finders('appeal', appeal, '19900005550')).toEqual(['worker', 'head']);
  expect(await finders('appeal', appeal, '家里吵得厉害')).toEqual([]);
  const call = await w.calledIn('own');
  expect(await finders('call', call, '19900005551')).toEqual(['centre']);
  expect(await finders('call', call, await number('hotline_call', call))).toEqual(['centre']);

  const ticket = await w.ticket('own');
  const { externalNo } = await t.owner.selectFrom('ticket').select('externalNo').where('id', '=', ticket).executeTakeFirstOrThrow();
  expect(await finders('ticket', ticket, externalNo)).toEqual(['centre']);

  // By what the task is called and by what its volunteers are told.
  const { id: task } = await w.volunteerTask('own', 'invited');
  await t.owner.updateTable('volunteerTask').set({ title: '陪同就诊排班' }).where('id', '=', task).execute();
  await t.owner.updateTable('volunteerTaskContent').set({ says: '带好老人的就诊卡，走无障碍通道' }).where('id', '=', task).execute();
  for (const typed of ['就诊排班', '无障碍'])
    expect([typed, await finders('task', task, typed)]).toEqual([typed, ['worker', 'head', 'centre']]);

  const referral = (await w.referral('own')).id;
  expect(await finders('referral', referral, '安排助学')).toEqual(['worker', 'head', 'centre']);
  const volunteer = await w.volunteer('own');
  await t.owner.updateTable('volunteer').set({ team: '晨曦义工队' }).where('id', '=', volunteer).execute();
  await t.owner.updateTable('volunteerContent').set({ expertise: '会修老式缝纫机' }).where('id', '=', volunteer).execute();
  // By the team whoever sees the register; by the whole name and by what they can do those who see more than masked names.
  expect(await finders('volunteer', volunteer, '晨曦')).toEqual(['worker', 'head', 'centre', 'agency', 'officer', 'street']);
  expect(await finders('volunteer', volunteer, '缝纫机')).toEqual(['worker', 'head', 'centre']);
  expect(await finders('volunteer', volunteer, '志愿路人')).toEqual(['worker', 'head', 'centre']);
  const partner = await w.partner('own');
  const district = everybody.filter((by) => !by.startsWith('b'));
  for (const typed of ['慈善会', 'sycsh', 'shiyancishan'])
    expect([typed, await finders('partner', partner, typed)]).toEqual([typed, district]);
  const resource = await w.resource('own');
  expect(await finders('resource', resource, '一次性救助金')).toEqual(district);
  expect(await finders('resource', resource, 'lsjz')).toEqual(district);

  // Page by page, each once.
  const pages: string[] = [];
  let next: string | null | undefined;
  do {
    const page = await ask('centre', '试验慈善', { kind: 'partner', limit: 1, ...(next == null ? {} : { after: next }) });
    pages.push(...page.sections.flatMap((s) => s.hits.map((h) => h.id)));
    next = page.sections[0]?.next;
  } while (next != null && pages.length < 20);
  expect([pages.length >= 2, new Set(pages).size]).toEqual([true, pages.length]);
});

test('a note that is older than the first page is opened by its id; one of another case or withheld is not', async () => {
  const caseId = await openCase(t, 'worker', { name: '旧记录' });
  const id = await note(caseId, '很早以前的一条。');
  const worker = await t.as('worker');
  const at = (by: typeof worker, of: string, one: string) =>
    by.ok(cases.listNotes, { params: { id: of }, query: { at: one, limit: 1 } as never });
  expect((await at(worker, caseId, id)).rows.map((n) => n.body)).toEqual(['很早以前的一条。']);
  const other = await openCase(t, 'worker', { name: '别的个案' });
  expect((await at(worker, other, id)).rows).toEqual([]);
  await handOver(caseId, ['papers']);
  expect((await at(await t.as('worker3'), caseId, id)).rows).toEqual([]);
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

/** Hands a case over to worker3 with some classes of material only. */
const handOver = async (caseId: string, mayRead: string[]) => {
  await (await t.as('worker')).ok(stages.proposeHandover, {
    body: { caseId, fromId: null, toId: t.world.persons.worker3, cause: 'leave', reason: '产假', mayRead, atOnce: false } as never,
  });
  const third = await t.as('worker3');
  const { rows } = await third.ok(stages.listHandovers, { query: { status: ['proposed'] } as never });
  const waiting = rows.find((h) => h.caseId === caseId);
  await third.ok(stages.answerHandover, {
    params: { id: waiting?.id ?? '' },
    body: { version: 1, decision: 'accept', reason: '' } as never,
  });
  t.clock.advance({ minutes: 1 });
};

test('what a handover did not give is not found by the one who took over; the head and the own words are', async () => {
  const caseId = await openCase(t, 'worker', { name: '移交' });
  const before = await note(caseId, '移交以前写到铃兰。');
  // A form of the class that was not given, a visit whose action is done, one whose action is open, an alarm under way.
  const form = await filled(caseId, '铃兰花开。');
  const done = await visited(caseId, {
    health: { scale: 'urgent', says: '铃兰有毒' },
    action: { what: '铃兰拿走', byWhom: '本人', until: TODAY },
  });
  const [action] = (await (await t.as('worker')).ok(visits.readVisit, { params: { id: done } })).actions;
  await (await t.as('worker')).ok(visits.finishVisitAction, { params: { id: done, actionId: action?.id ?? '' }, body: { says: '' } });
  const open = await visited(caseId, {
    health: { scale: 'urgent', says: '铃兰还在' },
    action: { what: '再看铃兰', byWhom: '本人', until: TODAY },
  });
  const alarm = await alarmOf(caseId, '说起铃兰。');
  expect(await found('worker3', '铃兰')).toEqual({});
  await handOver(caseId, ['papers']);
  const later = await note(caseId, '接手以后写到铃兰。', 'worker3');
  const mine = await found('worker3', '铃兰');
  expect(mine.note).toEqual([later]);
  expect([mine.visit, mine.action?.length, mine.alarm]).toEqual([[open], 1, [alarm]]);
  const { rows } = await sql<{ keptAs: string }>`select kept_as from form_answer where id = ${form}`.execute(t.owner);
  expect(mine.form).toEqual(rows[0]?.keptAs === 'papers' ? [form] : undefined);
  await t.owner.updateTable('alarm').set({ status: 'closed' }).where('id', '=', alarm).execute();
  expect((await found('worker3', '铃兰')).alarm).toBeUndefined();
  expect((await found('worker', '铃兰')).note).toBeUndefined();
  const heads = await found('head', '铃兰');
  expect(heads.note?.toSorted()).toEqual([before, later].toSorted());
  expect([heads.form, heads.visit?.toSorted(), heads.action?.length, heads.alarm]).toEqual([[form], [done, open].toSorted(), 2, [alarm]]);
});

test('a sealed case is found by nobody', async () => {
  const caseId = await openCase(t, 'worker', { name: '封存' });
  await note(caseId, '提到蒲公英种子。');
  await filled(caseId, '蒲公英路');
  await alarmOf(caseId, '蒲公英');
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
