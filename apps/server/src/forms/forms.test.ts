import { randomUUID } from 'node:crypto';
import * as activities from '@jieyou/core/activities/endpoints.ts';
import { addNote, readCase } from '@jieyou/core/cases/endpoints.ts';
import { readDocument } from '@jieyou/core/forms/document.ts';
import * as endpoints from '@jieyou/core/forms/endpoints.ts';
import { fill, NO_FACTS } from '@jieyou/core/forms/filling.ts';
import { scoreOf } from '@jieyou/core/forms/scale.ts';
import * as groups from '@jieyou/core/groups/endpoints.ts';
import * as home from '@jieyou/core/home/endpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import { search } from '@jieyou/core/search/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { installedForms, shippedForms } from './seed.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const current = async (code: string, username = 'worker') => {
  const { rows } = await (await t.as(username)).ok(endpoints.listFormTemplates, { query: { limit: 100 } });
  return rows.find((r) => r.code === code) ?? expect.fail(`no form ${code}`);
};
const begin = async (caseId: string, code: string, username = 'worker') =>
  (
    await (
      await t.as(username)
    ).ok(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: (await current(code)).id, corrects: null } })
  ).id;
const read = async (id: string, username = 'worker') => (await t.as(username)).ok(endpoints.readFormAnswer, { params: { id } });
const codeOf = async (reply: Promise<{ error: { code?: string | undefined } }>) => (await reply).error.code;

const BURDEN = ['tired', 'sleep', 'time', 'work', 'money', 'friends', 'angry', 'guilty', 'leave'];
const burden = (value: string, relief = 'always') => Object.fromEntries([...BURDEN.map((k) => [k, value]), ['relief', relief]]);
const FOLLOW = { round: 'month', on: '2026-03-05', way: 'phone', reached: true, state: '按时吃药', again: false };

describe('what ships', () => {
  it('is well written, each under its own code', () => {
    const wrong = installedForms.flatMap(({ document }) =>
      readDocument(JSON.stringify(document)).problems.map((p) => `${document.code} ${p.at}：${p.says}`),
    );
    expect(wrong).toEqual([]);
    expect(new Set(shippedForms.map((f) => f.document.code)).size).toBe(shippedForms.length);
    // The fifteen sets of CONVENTIONS 2.4.
    for (let set = 1; set <= 15; set += 1)
      expect(
        shippedForms.some((f) => f.document.code.startsWith(`t${String(set).padStart(2, '0')}`)),
        `set ${set}`,
      ).toBe(true);
    expect(shippedForms.filter((f) => (f.document.scales ?? []).length > 0).length).toBeGreaterThanOrEqual(4);
  });

  // Exact bounds of each band, and what is missing: at the limit, and one over.
  it.each([
    ['s01-burden', [10, '轻', 11, '中', 22, '中', 23, '重'], 2],
    ['s02-loneliness', [10, '少', 11, '有些', 16, '有些', 17, '明显'], 1],
    ['s03-daily-living', [40, '大多靠人', 45, '要人帮不少', 60, '要人帮不少', 65, '要人帮一点', 95, '要人帮一点', 100, '能自理'], 0],
    ['s04-family-support', [8, '少', 9, '一般', 16, '一般', 17, '多'], 2],
    ['s05-risk-screen', [0, '低', 2, '中', 6, '中', 8, '高', 15, '高', 16, '极高', 32, '极高'], 0],
  ] as const)('%s has the bands that it says', (code, edges, missing) => {
    const document = shippedForms.find((f) => f.document.code === code)?.document ?? expect.fail(code);
    const scale = document.scales?.[0] ?? expect.fail(code);
    const items = document.sections.flatMap((s) => s.fields.flatMap((f) => (f.kind === 'item' ? [f] : [])));
    // Answers that come to a sum: item by item the option that comes closest to what is left without passing it by.
    const reach = (target: number) => {
      const counted = items.map((i) => {
        const all = i.options.map((o) => o.points);
        return i.options.map((o) => ({ value: o.value, points: i.reverse ? Math.max(...all) + Math.min(...all) - o.points : o.points }));
      });
      const search = (at: number, left: number): Record<string, string> | null => {
        if (at === items.length) return left === 0 ? {} : null;
        for (const o of counted[at] ?? []) {
          const rest = o.points <= left ? search(at + 1, left - o.points) : null;
          if (rest !== null) return { ...rest, [items[at]?.key ?? '']: o.value };
        }
        return null;
      };
      return search(0, target);
    };
    for (let i = 0; i < edges.length; i += 2) {
      const answers = reach(edges[i] as number) ?? expect.fail(`${code} cannot come to ${edges[i]}`);
      expect([edges[i], scoreOf(document, scale, answers)?.band]).toEqual([edges[i], edges[i + 1]]);
    }
    const all = reach(edges[0] as number) ?? {};
    const without = (n: number) => Object.fromEntries(Object.entries(all).slice(n));
    expect(scoreOf(document, scale, without(missing))?.score).not.toBe(null);
    expect(scoreOf(document, scale, without(missing + 1))).toMatchObject({
      score: null,
      band: null,
      referred: 'too-many-missing',
      says: scale.refer,
    });
  });

  it('lets a household of one skip the second part of the assessment', () => {
    const document = shippedForms.find((f) => f.document.code === 't02-assessment')?.document ?? expect.fail('t02');
    const missing = (values: object) => fill(document, values as never, NO_FACTS, '2026-03-05').problems.map((p) => p.field);
    expect(missing({ 'household-size': 1 })).not.toContain('daily');
    expect(missing({ 'household-size': 1, 'fill-family': true })).toContain('daily');
    expect(missing({ 'household-size': 2 })).toContain('daily');
  });
});

test('begun once, kept as a draft, submitted when whole; conditions are the server’s', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t);
  const id = randomUUID();
  const body = { id, under: { kind: 'case', id: caseId }, templateId: (await current('own-refit')).id, corrects: null } as const;
  await worker.ok(endpoints.beginFormAnswer, { body });
  expect((await worker.ok(endpoints.beginFormAnswer, { body })).id).toBe(id);
  const { rows: begun } = await worker.ok(endpoints.listFormAnswers, { query: { caseId, limit: 10 } });
  expect(begun.map((r) => [r.status, r.edition, r.mine])).toEqual([['draft', 1, true]]);

  const save = (values: object, version: number) => worker.call(endpoints.saveFormAnswer, { params: { id }, body: { values, version } });
  expect((await save({ round: 'month', reached: true }, 1)).status).toBe(200);
  // Two windows: the older one is refused, and nothing of it is kept.
  expect(await codeOf(save({ round: 'quarter' }, 1))).toBe('record.changed-meanwhile');
  const wrong = await save({ round: 'never', strange: 1 }, 2);
  expect([wrong.status, wrong.error.fields?.map((f) => f.path)]).toEqual([400, ['values.strange', 'values.round']]);
  expect((await read(id)).values).toEqual({ round: 'month', reached: true });

  const submit = (values: object, version = 2) => worker.call(endpoints.submitFormAnswer, { params: { id }, body: { values, version } });
  expect((await submit({ ...FOLLOW, state: '', again: true })).error.fields).toEqual([
    { path: 'values.state', message: '请填写' },
    { path: 'values.why-again', message: '请填写' },
  ]);
  // What the conditions hide is dropped, however it was sent.
  expect((await submit({ ...FOLLOW, 'why-again': '不该留下', tries: '不该留下' })).status).toBe(200);
  const done = await read(id);
  expect(done).toMatchObject({ status: 'submitted', values: FOLLOW, can: ['print', 'correct'] });
  expect(await codeOf(save(FOLLOW, 3))).toBe('forms.over');
  const { rows } = await sql<{ told: string }>`select told from form_answer_content where id = ${id}`.execute(t.owner);
  expect(rows[0]?.told).toContain('现在的状况：按时吃药');

  // A correction is a further edition; the one that it corrects stands back when it is submitted, and stays readable.
  const second = (
    await worker.ok(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: null, corrects: id } })
  ).id;
  expect(
    await codeOf(worker.call(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: null, corrects: id } })),
  ).toBe('forms.corrected-already');
  expect((await read(second)).values).toEqual(FOLLOW);
  await worker.ok(endpoints.submitFormAnswer, { params: { id: second }, body: { values: { ...FOLLOW, state: '换了药' }, version: 1 } });
  expect([(await read(id)).status, (await read(id)).values['state']]).toEqual(['replaced', '按时吃药']);
  expect((await read(second)).editions.map((e) => [e.revision, e.status])).toEqual([
    [2, 'submitted'],
    [1, 'replaced'],
  ]);
  expect((await worker.ok(endpoints.listFormAnswers, { query: { caseId, limit: 10 } })).rows.map((r) => r.id)).toEqual([second]);
  expect(
    await codeOf(worker.call(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: null, corrects: id } })),
  ).toBe('forms.not-correctable');
});

test('signed by the head and never by its author; sent back with a word; put away', async () => {
  const worker = await t.as('worker');
  const head = await t.as('head');
  const caseId = await openCase(t);
  const id = await begin(caseId, 's05-risk-screen');
  const whole = {
    ideas: 'once',
    plan: 'no',
    means: 'no',
    intent: 'no',
    before: 'no',
    level: 'medium',
    why: '想过一次，没有计划',
    'safety-plan': '睡不着先打给姐姐',
  };
  expect((await worker.call(endpoints.submitFormAnswer, { params: { id }, body: { values: whole, version: 1 } })).status).toBe(200);
  const waiting = await read(id, 'head');
  expect(waiting).toMatchObject({ status: 'waiting', can: ['print', 'sign'], results: [{ score: 2, band: '中', referred: null }] });
  const decide = (signs: boolean, says: string, version: number, by = head) =>
    by.call(endpoints.decideFormAnswer, { params: { id }, body: { signs, says, version } });
  const todos = async (by: typeof head) =>
    (await by.ok(home.readWorkbench, {})).todos.filter((x) => x.recordId === id).map((x) => x.kind as string);
  expect([await todos(head), await todos(worker)]).toEqual([['form-sign'], []]);
  // A message beside the todo: the number of the case, and no word of the form.
  const { number } = await read(id);
  const told = async (by: typeof head) =>
    (await by.ok(listNotices, { query: { limit: 50 } })).rows.filter((n) => n.recordId === id).map((n) => [n.kind, n.number]);
  expect([await told(head), await told(worker)]).toEqual([[['forms.laid', number]], []]);
  expect(await codeOf(decide(false, '', 2))).toBe('forms.reason-missing');
  expect(await codeOf(decide(true, '', 1))).toBe('record.changed-meanwhile');
  expect((await decide(false, '请写安全计划的日子', 2)).status).toBe(200);
  expect([await todos(head), await todos(worker)]).toEqual([[], ['form-back']]);
  expect(await told(worker)).toEqual([['forms.returned', number]]);
  expect(await codeOf(decide(true, '', 3))).toBe('forms.not-waiting');
  expect((await read(id)).decisions).toMatchObject([{ signs: false, says: '请写安全计划的日子' }]);
  expect((await worker.call(endpoints.submitFormAnswer, { params: { id }, body: { values: whole, version: 3 } })).status).toBe(200);
  expect((await decide(true, '', 4)).status).toBe(200);
  expect((await read(id)).status).toBe('signed');
  expect([await told(worker), (await told(head)).length]).toEqual([
    [
      ['forms.signed', number],
      ['forms.returned', number],
    ],
    2,
  ]);

  // The head of the station who wrote it cannot sign it, by the platform or by the database.
  const own = await begin(caseId, 's05-risk-screen');
  await worker.ok(endpoints.submitFormAnswer, { params: { id: own }, body: { values: whole, version: 1 } });
  await sql`update form_answer set author_id = ${t.world.persons.head} where id = ${own}`.execute(t.owner);
  expect(await codeOf(head.call(endpoints.decideFormAnswer, { params: { id: own }, body: { signs: true, says: '', version: 2 } }))).toBe(
    'forms.own',
  );
  await expect(
    sql`update form_answer set status = 'signed', decided_by = author_id, decided_at = now() where id = ${own}`.execute(t.owner),
  ).rejects.toThrow(/check constraint/);

  const draft = await begin(caseId, 't06-referral');
  expect((await head.call(endpoints.saveFormAnswer, { params: { id: draft }, body: { values: {}, version: 1 } })).status).toBe(403);
  await worker.ok(endpoints.discardFormAnswer, { params: { id: draft }, body: { version: 1 } });
  expect(await codeOf(worker.call(endpoints.discardFormAnswer, { params: { id: draft }, body: { version: 2 } }))).toBe('forms.over');
  expect(
    await codeOf(
      worker.call(endpoints.beginFormAnswer, {
        body: { under: { kind: 'case', id: caseId }, templateId: (await current('t11a-group-plan')).id, corrects: null },
      }),
    ),
  ).toBe('forms.not-open-here');
  // Another district's worker, and the centre that issues the forms, reach no answer.
  expect((await (await t.as('worker2')).call(endpoints.readFormAnswer, { params: { id } })).status).toBe(404);
  expect((await (await t.as('centre')).call(endpoints.readFormAnswer, { params: { id } })).status).toBe(403);
});

test('a district issues its own version without a line of code; what was filled keeps its own', async () => {
  const worker = await t.as('worker');
  const centre = await t.as('centre');
  const caseId = await openCase(t);
  const old = await begin(caseId, 's01-burden');
  await worker.ok(endpoints.submitFormAnswer, { params: { id: old }, body: { values: burden('always'), version: 1 } });
  const was = await current('s01-burden');
  const { document } = await centre.ok(endpoints.readFormTemplate, { params: { id: was.id } });
  const edited = structuredClone(document) as { title: string; scales: { bands: { to: number }[] }[] };
  edited.title = '照顾者负担（本区）';
  const issue = (text: string, insteadOf: string | null = was.id) =>
    centre.call(endpoints.issueFormTemplate, { body: { text, reason: '改了题目', insteadOf } });

  expect(await codeOf(issue(JSON.stringify(document)))).toBe('forms.nothing-new');
  const broken = structuredClone(edited);
  (broken.scales[0]?.bands[0] as { to: number }).to = 11;
  expect((await centre.ok(endpoints.checkFormTemplate, { body: { text: JSON.stringify(broken) } })).problems).toEqual([
    { at: '量表“照顾负担”', says: '分段“轻”与“中”重叠' },
  ]);
  expect(await codeOf(issue(JSON.stringify(broken)))).toBe('forms.document-wrong');
  expect(await codeOf(issue(JSON.stringify(edited), null))).toBe('forms.superseded-meanwhile');
  expect((await issue(JSON.stringify(edited))).status).toBe(200);
  const now = await current('s01-burden');
  expect(now).toMatchObject({ edition: 2, own: true, title: '照顾者负担（本区）', current: true });
  expect(await current('s01-burden', 'bworker')).toMatchObject({ edition: 1, own: false });
  expect(
    await codeOf(
      worker.call(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: was.id, corrects: null } }),
    ),
  ).toBe('forms.not-current');

  // Measured again on the new version; the old answers keep theirs, and both stand side by side.
  const again = await begin(caseId, 's01-burden');
  await worker.ok(endpoints.submitFormAnswer, { params: { id: again }, body: { values: burden('seldom'), version: 1 } });
  expect((await read(old)).title).toBe('照顾者负担');
  expect((await read(again)).course.map((c) => c.results.map((r) => [r.score, r.band]))).toEqual([[[36, '重']], [[9, '轻']]]);

  const retired = await centre.ok(endpoints.retireFormTemplate, { params: { id: now.id }, body: { reason: '暂不使用' } });
  expect(await current('s01-burden')).toMatchObject({ retired: true, current: false, id: retired.id });
  expect(
    await codeOf(
      worker.call(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: now.id, corrects: null } }),
    ),
  ).toBe('forms.not-current');
  expect(
    (await (await t.as('head')).call(endpoints.issueFormTemplate, { body: { text: '{}', reason: '试试', insteadOf: null } })).status,
  ).toBe(403);
  // Nobody edits a version, whatever the reason.
  const { rows } = await sql<{ may: boolean }>`select has_table_privilege('jieyou_app', 'form_template', 'update') as may`.execute(t.owner);
  expect(rows[0]?.may).toBe(false);
});

test('a case that was handed over without its papers keeps them from the one who took it; records and the own forms are open', async () => {
  const worker = await t.as('worker');
  const next = await t.as('worker2');
  const caseId = await openCase(t);
  const paper = await begin(caseId, 't01-intake');
  const note = await begin(caseId, 'own-refit');
  await worker.ok(endpoints.submitFormAnswer, { params: { id: note }, body: { values: FOLLOW, version: 1 } });
  t.clock.advance({ minutes: 5 });
  await sql`update case_file set worker_id = ${t.world.persons.worker2}, withheld = array['papers'], withheld_before = ${t.clock.now().toISOString()}
    where id = ${caseId}`.execute(t.owner);
  const sees = (id: string) => next.call(endpoints.readFormAnswer, { params: { id } }).then((r) => r.status);
  expect([await sees(paper), await sees(note)]).toEqual([404, 200]);
  expect((await next.call(endpoints.printFormAnswer, { params: { id: paper }, query: { format: 'html' } })).status).toBe(404);
  t.clock.advance({ minutes: 5 });
  const own = await begin(caseId, 't01-intake', 'worker2');
  expect((await next.ok(endpoints.listFormAnswers, { query: { caseId, limit: 10 } })).rows.map((r) => r.id).sort()).toEqual(
    [note, own].sort(),
  );
  // The former worker reaches nothing of it.
  expect((await worker.call(endpoints.readFormAnswer, { params: { id: note } })).status).toBe(404);
});

test('on paper: filled and empty, with the own version and boxes to sign', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t);
  const id = await begin(caseId, 'own-refit');
  await worker.ok(endpoints.submitFormAnswer, { params: { id }, body: { values: { ...FOLLOW, state: '<b>好些了</b>' }, version: 1 } });
  const paper = await worker.call(endpoints.printFormAnswer, { params: { id }, query: { format: 'html' } });
  const words = (answer: { raw: string }) => Buffer.from(answer.raw, 'latin1').toString('utf8');
  expect(words(paper)).toContain('&lt;b&gt;好些了&lt;/b&gt;');
  expect(words(paper)).not.toContain('返修的理由');
  const empty = await (await t.as('centre')).call(endpoints.printFormTemplate, {
    params: { id: (await current('t02-assessment')).id },
    query: { format: 'html' },
  });
  expect(words(empty)).toContain('“同住人数（含本人）”不少于 2，或者“单人户，仍要填第二部分”为是时填');
  expect(words(empty)).toContain('站负责人（签字）');
  // Whose it is and when it was filled in is left to the pen.
  expect(words(empty)).toMatch(/>服务对象<.*>个案编号<.*>填写人</s);
  expect(words(empty)).toMatch(/<div>　　年　　月　　日<\/div><\/div><div class="signatures"/);
});

test('what a room keeps is written there: a district’s own version is its paper too, and nothing is filled in on it', async () => {
  const [worker, centre] = [await t.as('worker'), await t.as('centre')];
  const caseId = await openCase(t);
  const was = await current('t05-process');
  const start = (templateId: string) =>
    worker.call(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId, corrects: null } });
  expect([await codeOf(start(was.id)), await codeOf(start((await current('t08-follow-up')).id))]).toEqual([
    'forms.kept-in-room',
    'forms.kept-in-room',
  ]);
  const { document } = await centre.ok(endpoints.readFormTemplate, { params: { id: was.id } });
  const own = structuredClone(document) as { title: string; sections: { fields: object[] }[] };
  own.title = '过程记录（本区）';
  own.sections[0]?.fields.push(
    { kind: 'line', key: 'weather', label: '天气' },
    { kind: 'line', key: 'odd', label: '错', from: 'visit-alone' },
  );
  const issue = () =>
    centre.call(endpoints.issueFormTemplate, { body: { text: JSON.stringify(own), reason: '本区加一栏', insteadOf: was.id } });
  expect(await codeOf(issue())).toBe('forms.document-wrong');
  own.sections[0]?.fields.pop();
  expect((await issue()).status).toBe(200);
  expect(await codeOf(start((await current('t05-process')).id))).toBe('forms.kept-in-room');
  const { id } = await worker.ok(addNote, { params: { id: caseId }, body: { happenedOn: '2026-03-05', body: '聊了一会儿' } });
  const sheet = await worker.call(endpoints.printRoomForm, { params: { room: 'note', id }, query: { format: 'html' } });
  const words = Buffer.from(sheet.raw, 'latin1').toString('utf8');
  for (const said of ['过程记录（本区）', '天气', '聊了一会儿', '第 3 版']) expect(words).toContain(said);
  const word = await worker.call(endpoints.printRoomForm, { params: { room: 'note', id }, query: { format: 'docx' } });
  expect([word.status, word.raw.slice(0, 2)]).toEqual([200, 'PK']);
});

test('a form that is signed by hand waits for everybody whom age and capacity ask for, and for these very answers', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t);
  // Fifteen years old: the person and the guardian.
  await sql`update recipient set birth_on = '2011-01-01' where id = (select recipient_id from case_file where id = ${caseId})`.execute(
    t.owner,
  );
  const id = await begin(caseId, 't03-agreement');
  const values = {
    goals: '按时到校',
    from: '2026-03-05',
    to: '2026-09-05',
    often: 'weekly',
    'worker-duty': '每周面谈一次',
    'person-duty': '有事说出来',
    'told-secret': true,
    'told-limits': true,
    shared: [],
    recording: false,
    'told-withdraw': true,
    'withdraw-way': '口头告诉社工',
  };
  const submit = (given: object, version: number) =>
    worker.call(endpoints.submitFormAnswer, { params: { id }, body: { values: given, version } });
  expect((await submit(values, 1)).error).toMatchObject({
    code: 'forms.signature-missing',
    facts: { missing: ['person', 'guardian', 'worker'], changed: [] },
  });
  const { version } = await worker.ok(endpoints.saveFormAnswer, { params: { id }, body: { values, version: 1 } });
  const sheet = (await read(id)).signing ?? expect.fail('no sheet');
  expect(sheet.needs.map((n) => [n.who, n.source])).toEqual([
    ['person', 'minor'],
    ['guardian', 'minor'],
    ['worker', 'form'],
  ]);
  const line = Array.from({ length: 40 }, (_, i) => 10 + i * 3);
  const draft = (who: 'person' | 'guardian' | 'worker' | 'witness', more: object = {}) => ({
    id: randomUUID(),
    who,
    way: 'drawn' as const,
    name: who === 'guardian' ? '王秀兰' : '王小桦',
    relation: who === 'guardian' ? '母亲' : '',
    reason: '',
    witness: '',
    strokes: { width: 300, height: 150, lines: [line] },
    hash: sheet.hash,
    signedAt: '2026-03-05T01:59:00.000Z',
    ...more,
  });
  const sign = (body: Record<string, unknown>, by = worker) => by.call(endpoints.signFormAnswer, { params: { id }, body });
  // Neither markup nor numbers beyond the box are taken.
  for (const strokes of [
    '<path d="M0 0"/>',
    { width: 300, height: 150, lines: [[1, 2]], path: 'x' },
    { width: 300, height: 150, lines: [[999, 1]] },
  ])
    expect((await sign(draft('person', { strokes }))).status).toBe(400);
  const first = draft('person', { signedAt: '2026-03-06T00:00:00.000Z' });
  expect((await sign(first)).status).toBe(200);
  // Sent again it is the same one; its id is nobody else's.
  expect((await sign(first)).status).toBe(200);
  expect(await codeOf(sign(draft('guardian', { id: first.id, hash: 'b'.repeat(64) })))).toBe('signatures.id-taken');
  expect((await sign(draft('guardian'), await t.as('worker2'))).status).toBe(404);
  expect((await sign(draft('guardian', { way: 'mark', strokes: null, reason: '不识字', witness: '李四' }))).status).toBe(200);
  expect((await sign(draft('worker'))).status).toBe(200);
  // A word is changed: what was signed is not what is submitted.
  const changed = await submit({ ...values, goals: '按时到校，先从半天开始' }, version);
  expect(changed.error).toMatchObject({ code: 'forms.signature-missing', facts: { changed: ['person', 'guardian', 'worker'] } });
  expect((await submit(values, version)).status).toBe(200);
  expect(await codeOf(sign(draft('witness')))).toBe('forms.over');
  const seen = await read(id, 'head');
  expect(seen.signing?.signatures.map((s) => [s.who, s.way, s.name, s.witness, s.path === null]).sort()).toEqual([
    ['guardian', 'mark', '王*兰', '李*', true],
    ['person', 'drawn', '王*桦', '', false],
    ['worker', 'drawn', '王*桦', '', false],
  ]);
  // A clock that runs ahead does not sign in the future.
  const ahead = seen.signing?.signatures.find((s) => s.who === 'person');
  expect([ahead?.signedAt, ahead?.takenAt]).toEqual([t.clock.now().toISOString(), t.clock.now().toISOString()]);
  const paper = await worker.call(endpoints.printFormAnswer, { params: { id }, query: { format: 'html' } });
  expect(paper.raw).toContain('<path d="M10 13');
  expect(Buffer.from(paper.raw, 'latin1').toString('utf8')).toContain('按手印或画押');
  // Neither the name nor the strokes rest in the open.
  const { rows } = await sql<{ text: string }>`select c::text as text from signature_content c where id = ${first.id}`.execute(t.owner);
  expect(rows[0]?.text).not.toContain('小桦');
  expect(rows[0]?.text).not.toContain('"lines"');
});

test('a form without hands is signed by nobody', async () => {
  const id = await begin(await openCase(t), 'own-refit');
  expect((await read(id)).signing).toBeNull();
  const body = {
    id: randomUUID(),
    who: 'worker' as const,
    way: 'typed' as const,
    name: '陈社工',
    relation: '',
    reason: '手受伤',
    witness: '',
    strokes: null,
    hash: 'a'.repeat(64),
    signedAt: '2026-03-05T01:59:00.000Z',
  };
  expect(await codeOf((await t.as('worker')).call(endpoints.signFormAnswer, { params: { id }, body }))).toBe('forms.not-signed-here');
});

/** Who holds which role was changed: nobody goes on with what was remembered. */
const forgotten = () => t.services.db.transaction('write', { now: t.clock.now().toISOString() }, (tx) => t.services.sessions.forget(tx));

test('laid before the supervisor, where the template says so: seen while it waits, and nothing else of the case', async () => {
  const [worker, head, supervisor] = [await t.as('worker'), await t.as('head'), await t.as('supervisor')];
  const { supervisor: signerId = '', head: headId = '' } = t.world.persons;
  const caseId = await openCase(t, 'worker', { name: '南宫月' });
  const id = await begin(caseId, 't07-evaluation');
  const begun = await read(id);
  expect([begun.edition, begun.signers.map((s) => s.id), begun.signerName]).toEqual([2, [signerId], null]);
  const goals = [{ goal: '按时吃药', before: '忘', after: '记得', reached: 'full' }];
  const values = { kind: 'stage', goals, 'worker-says': '自己想的', change: '减少频率' };
  const submit = (version: number, signer: string | null, of = id, told: object = values) =>
    worker.call(endpoints.submitFormAnswer, { params: { id: of }, body: { values: told as never, version, signerId: signer } });
  // Neither somebody who supervises nobody, nor a form that the head alone signs.
  expect([await codeOf(submit(1, headId)), await codeOf(submit(1, t.world.persons['worker2'] ?? ''))]).toEqual([
    'forms.signer-unknown',
    'forms.signer-unknown',
  ]);
  const follow = await begin(caseId, 'own-refit');
  expect([(await read(follow)).signers, await codeOf(submit(1, signerId, follow, FOLLOW))]).toEqual([[], 'forms.signer-unknown']);
  // What waits before the head is not for the supervisor.
  const before = await begin(caseId, 't07-evaluation');
  expect((await submit(1, null, before)).status).toBe(200);
  expect((await submit(1, signerId)).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'waiting', signerName: '高远', can: ['print'] });

  const todos = async (by: typeof head) =>
    (await by.ok(home.readWorkbench, {})).todos.filter((x) => [id, before].includes(x.recordId)).map((x) => [x.recordId, x.number]);
  const { number } = await read(id);
  expect([await todos(supervisor), await todos(head)]).toEqual([[[id, number]], [[before, number]]]);
  const laid = async (by: typeof head) =>
    (await by.ok(listNotices, { query: { limit: 50 } })).rows.filter((n) => [id, before].includes(n.recordId)).map((n) => n.recordId);
  expect([await laid(supervisor), await laid(head)]).toEqual([[id], [before]]);
  const listed = async (query: object = {}) =>
    (await supervisor.ok(endpoints.listFormAnswers, { query: { limit: 50, ...query } })).rows.map((r) => [r.id, r.whose, r.number]);
  expect([await listed(), await listed({ kind: ['case'] }), await listed({ kind: ['group'] })]).toEqual([
    [[id, '南宫*', number]],
    [[id, '南宫*', number]],
    [],
  ]);
  const seen = await read(id, 'supervisor');
  expect(seen).toMatchObject({ whose: '南宫*', can: ['print', 'sign'], course: [], signers: [] });
  expect(seen.editions.map((e) => e.id)).toEqual([id]);
  expect(seen.values['change']).toBe('减少频率');
  const statusOf = async (reply: Promise<{ status: number }>) => (await reply).status;
  expect(await statusOf(supervisor.call(endpoints.readFormAnswer, { params: { id: before } }))).toBe(404);
  expect(await statusOf(supervisor.call(readCase, { params: { id: caseId } }))).toBe(403);
  const paper = await supervisor.call(endpoints.printFormAnswer, { params: { id }, query: { format: 'html' } });
  const words = Buffer.from(paper.raw, 'latin1').toString('utf8');
  for (const says of ['减少频率', '站负责人或督导（签字）']) expect(words).toContain(says);
  expect(words).not.toContain('南宫月');
  expect(
    await statusOf(supervisor.call(endpoints.exportFormAnswers, { query: { code: 't07-evaluation', reason: '季度核对' } as never })),
  ).toBe(403);

  // Sent back with a word: it is with its author again, and the supervisor sees it no more until it comes once more.
  const decide = (by: typeof head, signs: boolean, says: string, version: number, of = id) =>
    by.call(endpoints.decideFormAnswer, { params: { id: of }, body: { signs, says, version } });
  expect([await statusOf(decide(supervisor, true, '', 2, before)), await codeOf(decide(supervisor, false, '', 2))]).toEqual([
    404,
    'forms.reason-missing',
  ]);
  expect((await decide(supervisor, false, '请写清频率', 2)).status).toBe(200);
  expect([await statusOf(supervisor.call(endpoints.readFormAnswer, { params: { id } })), await todos(supervisor)]).toEqual([404, []]);
  expect((await read(id)).decisions).toMatchObject([{ signs: false, says: '请写清频率', byName: '高远' }]);
  expect((await submit(3, signerId)).status).toBe(200);
  // Somebody who is away: the deputy signs in the own name, and is told of it; back again, no more.
  const { worker3: deputy = '' } = t.world.persons;
  const role = sql`person_id = ${signerId} and role = 'supervisor'`;
  await sql`update role_assignment set deputy_id = ${deputy} where ${role}`.execute(t.owner);
  await sql`insert into absence (id, person_id, district_id, from_day, to_day, reason, version)
    select ${randomUUID()}, id, district_id, '2026-03-01', '2026-03-31', 'leave', 1 from person where id = ${signerId}`.execute(t.owner);
  await forgotten();
  const stands = await t.as('worker3');
  expect([await todos(stands), (await read(id, 'worker3')).can]).toEqual([[[id, number]], ['print', 'sign']]);
  await sql`update absence set ended_at = now() where person_id = ${signerId}`.execute(t.owner);
  await sql`update role_assignment set deputy_id = null where ${role}`.execute(t.owner);
  await forgotten();
  expect(await statusOf((await t.as('worker3')).call(endpoints.readFormAnswer, { params: { id } }))).toBe(404);
  // Whoever supervises no longer sees nothing; the head finds it on the first page and may sign.
  await sql`update role_assignment set valid_to = '2026-01-31' where ${role}`.execute(t.owner);
  expect(await todos(head)).toContainEqual([id, number]);
  await sql`update role_assignment set valid_to = null where ${role}`.execute(t.owner);
  expect((await decide(supervisor, true, '', 4)).status).toBe(200);
  expect(await read(id)).toMatchObject({ status: 'signed', decidedByName: '高远' });
  // A correction that is signed puts the signed one behind it, whoever signs.
  const second = (
    await worker.ok(endpoints.beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId: null, corrects: id } })
  ).id;
  expect((await submit(1, signerId, second)).status).toBe(200);
  expect((await decide(head, true, '', 2, second)).status).toBe(200);
  expect([(await read(id)).status, (await read(second)).decidedByName]).toEqual(['replaced', (await read(second, 'head')).decidedByName]);
});

describe('under a group and an activity', () => {
  const scale = randomUUID();
  const plan = {
    title: '邻里学做饭小组',
    kind: 'support' as const,
    domain: 'elder' as const,
    place: '长者饭堂',
    minSize: 3,
    maxSize: 8,
    coLeadIds: [] as string[],
    idea: '一起做一顿饭，就认识了',
    goals: '每人认识两位邻居',
    audience: '独居的长者',
    recruiting: '从探访里邀请',
    sessions: [
      { title: '认识彼此', aim: '定约定', plannedOn: '2026-03-02', place: '长者饭堂' },
      { title: '包粽子', aim: '教一样拿手的', plannedOn: '2026-03-04', place: '长者饭堂' },
    ],
    budget: [{ title: '食材', planned: 20_050, spent: null }],
    risks: [{ what: '烫伤', answer: '志愿者看火' }],
    indicators: [{ id: scale, title: '孤独分数', least: 0, most: 24, better: 'down' as const }],
    volunteers: [],
  };
  const group = async (over: object = {}) => (await (await t.as('worker')).ok(groups.createGroup, { body: { ...plan, ...over } })).id;
  /** Running with three members, its first session held. */
  const running = async () => {
    const [worker, head] = [await t.as('worker'), await t.as('head')];
    const id = await group();
    const move = async (step: 'submit' | 'start', version: number) =>
      worker.ok(groups.moveGroup, { params: { id }, body: { move: step, says: null, version } });
    const { version } = await move('submit', 1);
    const approved = await head.ok(groups.reviewGroup, { params: { id }, body: { decision: 'approve', says: '', version } });
    for (let n = 0; n < 3; n += 1) {
      const caseId = await openCase(t, 'worker', { name: '王桦' });
      const { rows } = await sql<{ id: string }>`select recipient_id as id from case_file where id = ${caseId}`.execute(t.owner);
      await worker.ok(groups.joinGroup, { params: { id }, body: { recipientId: rows[0]?.id ?? '', joinedOn: '2026-03-01' } });
    }
    await move('start', approved.version);
    const { sessionRows, memberRows } = await worker.ok(groups.readGroup, { params: { id } });
    const sessions = sessionRows.map((s) => s.id);
    const members = memberRows.map((m) => m.id);
    await worker.ok(groups.holdSession, {
      params: { id, sessionId: sessions[0] ?? '' },
      body: {
        heldOn: '2026-03-02',
        minutes: 90,
        attendance: members.map((memberId, i) => ({ memberId, presence: i === 0 ? ('excused' as const) : ('present' as const) })),
        guests: 0,
        helpers: 0,
        process: '围着桌子说了名字',
        dynamics: 'lively' as const,
        dynamicsSays: '有人主动端茶',
        reached: 'mostly' as const,
        reachedSays: '',
        next: '下次分两桌',
        version: 1,
      },
    });
    return { id, sessions, members };
  };
  const under = (id: string, one: { sessionId?: string; memberId?: string } = {}) =>
    ({ kind: 'group', id, sessionId: one.sessionId ?? null, memberId: one.memberId ?? null }) as const;
  const start = async (of: ReturnType<typeof under> | { kind: 'activity'; id: string }, code: string, username = 'worker') =>
    (await t.as(username)).call(endpoints.beginFormAnswer, {
      body: { under: of, templateId: (await current(code)).id, corrects: null },
    });
  const made = async (...given: Parameters<typeof start>) => {
    const reply = await start(...given);
    return reply.status === 200 ? reply.body.id : expect.fail(JSON.stringify(reply.error));
  };

  test('a plan book is filled from what the group holds, signed by the head, found and printed; nobody else reaches it', async () => {
    const [worker, head] = [await t.as('worker'), await t.as('head')];
    const id = await group();
    const form = await made(under(id), 't11a-group-plan');
    const begun = await read(form);
    expect(begun).toMatchObject({
      under: { kind: 'group', id, sessionId: null, memberId: null },
      number: plan.title,
      whose: '',
      edition: 2,
      signing: null,
      values: {
        name: plan.title,
        idea: plan.idea,
        aims: plan.goals,
        whom: '独居的长者\n3 至 8 人',
        recruit: plan.recruiting,
        budget: [{ what: '食材', amount: 200.5 }],
        risks: [{ risk: '烫伤', answer: '志愿者看火' }],
        measure: '孤独分数（0–24）',
      },
    });
    expect(begun.values['sessions']).toEqual([
      { no: '1', on: '2026-03-02', theme: '认识彼此', aim: '定约定' },
      { no: '2', on: '2026-03-04', theme: '包粽子', aim: '教一样拿手的' },
    ]);
    // Nothing had to be typed: it is whole as it begins.
    const values = { ...begun.values, measure: '量两次，看谁更愿意出门' } as never;
    await worker.ok(endpoints.submitFormAnswer, { params: { id: form }, body: { values, version: 1 } });
    const waits = async () =>
      (await head.ok(home.readWorkbench, {})).todos.filter((x) => x.recordId === form).map((x) => [x.kind as string, x.number]);
    expect(await waits()).toEqual([['form-sign', plan.title]]);
    const decide = async (username: string, signs: boolean, version: number) =>
      (await t.as(username)).call(endpoints.decideFormAnswer, { params: { id: form }, body: { signs, says: '', version } });
    expect((await decide('head2', true, 2)).status).toBe(404);
    expect(await codeOf(decide('head', false, 2))).toBe('forms.reason-missing');
    expect((await decide('head', true, 2)).status).toBe(200);
    expect([(await read(form, 'head')).status, await waits()]).toEqual(['signed', []]);

    // Found by its words, opened by its own address, listed by kind and by group; another station, the centre and the street find nothing.
    const hits = async (username: string) =>
      (await (await t.as(username)).ok(search, { body: { typed: '更愿意出门' } })).sections.flatMap((s) => s.hits.map((h) => h.opens));
    expect([await hits('worker'), await hits('head'), await hits('worker2')]).toEqual([[`/forms/${form}`], [`/forms/${form}`], []]);
    const listed = async (query: object, username = 'worker') =>
      (await (await t.as(username)).ok(endpoints.listFormAnswers, { query: { limit: 50, ...query } })).rows.map((r) => r.id);
    expect([
      await listed({ groupId: id }),
      await listed({ groupId: id, kind: ['case'] }),
      await listed({ kind: ['group'] }, 'worker2'),
    ]).toEqual([[form], [], []]);
    expect(await listed({ kind: ['group'] })).toContain(form);
    for (const [username, status] of [
      ['worker2', 404],
      ['head2', 404],
      ['centre', 403],
      ['street', 403],
      ['supervisor', 404],
    ] as const)
      expect([username, (await (await t.as(username)).call(endpoints.readFormAnswer, { params: { id: form } })).status]).toEqual([
        username,
        status,
      ]);
    const paper = await worker.call(endpoints.printFormAnswer, { params: { id: form }, query: { format: 'html' } });
    const words = Buffer.from(paper.raw, 'latin1').toString('utf8');
    for (const says of [plan.title, '烫伤', '站负责人（签字）', '200.5']) expect(words).toContain(says);

    // A correction keeps group, version and answers; under another group it is none.
    const correct = (of: string) =>
      worker.call(endpoints.beginFormAnswer, { body: { under: under(of), templateId: null, corrects: form } });
    expect((await correct(await group())).status).toBe(404);
    const second = await correct(id);
    expect((await read(second.body.id)).values['measure']).toBe('量两次，看谁更愿意出门');
    await sql`update service_group set status = 'cancelled' where id = ${id}`.execute(t.owner);
    expect(await codeOf(worker.call(endpoints.saveFormAnswer, { params: { id: second.body.id }, body: { values: {}, version: 1 } }))).toBe(
      'forms.cancelled',
    );
    expect(await codeOf(start(under(id), 't11c-group-summary'))).toBe('forms.cancelled');
  });

  test('a session’s record and a member’s measure: each on its own form, never on the other’s', async () => {
    const worker = await t.as('worker');
    const { id, sessions, members } = await running();
    const [held = '', member = ''] = [sessions[0], members[0]];
    expect(await codeOf(start(under(id), 't11b-group-session'))).toBe('forms.not-open-here');
    expect(await codeOf(start(under(id, { sessionId: held }), 't11a-group-plan'))).toBe('forms.not-open-here');
    expect((await start({ kind: 'activity', id }, 't11a-group-plan')).status).toBe(404);
    expect((await start(under(id, { sessionId: randomUUID() }), 't11b-group-session')).status).toBe(404);
    const record = await made(under(id, { sessionId: held }), 't11b-group-session');
    const begun = await read(record);
    expect(begun).toMatchObject({ whose: '第 1 节', number: plan.title });
    expect(begun.values).toMatchObject({
      no: 1,
      on: '2026-03-02',
      minutes: 90,
      done: '围着桌子说了名字',
      dynamics: '活跃。\n有人主动端茶',
      reached: 'most',
      'why-not': '下次分两桌',
    });
    expect((begun.values['present'] as { came: string }[]).map((p) => p.came).sort()).toEqual(['excused', 'yes', 'yes']);
    // The head reads and does not write; it needs no signature and stands at once.
    expect((await start(under(id, { sessionId: held }), 't11b-group-session', 'head')).status).toBe(403);
    await worker.ok(endpoints.submitFormAnswer, { params: { id: record }, body: { values: begun.values as never, version: 1 } });
    expect((await read(record, 'head')).status).toBe('submitted');
    const { rows } = await worker.ok(endpoints.listFormAnswers, { query: { sessionId: held, limit: 10 } });
    expect(rows.map((r) => r.id)).toEqual([record]);

    // Measured twice: the second stands beside the first, and another member's beside neither.
    const measure = async (memberId: string, value: string) => {
      const one = await made(under(id, { memberId }), 's06-belonging');
      const values = Object.fromEntries(['known', 'said', 'heard', 'help', 'gives'].map((k) => [k, value]));
      await worker.ok(endpoints.submitFormAnswer, { params: { id: one }, body: { values, version: 1 } });
      return one;
    };
    await measure(member, 'no');
    t.clock.advance({ minutes: 1 });
    const others = await measure(members[1] ?? '', 'yes');
    const later = await measure(member, 'mostly');
    const seen = await read(later);
    expect(seen).toMatchObject({ whose: '王*', results: [{ score: 12, most: 18, band: '一般' }] });
    expect(seen.facts['@age']).not.toBeNull();
    expect(seen.course.map((c) => c.results.map((r) => r.score))).toEqual([[0], [12]]);

    // Corrected the next day it still was measured on the day of the form that it corrects.
    const at = t.clock.now();
    t.clock.advance({ days: 1 });
    const { id: mended } = await worker.ok(endpoints.beginFormAnswer, {
      body: { under: under(id, { memberId: members[1] ?? '' }), templateId: null, corrects: others },
    });
    await worker.ok(endpoints.submitFormAnswer, {
      params: { id: mended },
      body: { values: (await read(others)).values as never, version: 1 },
    });
    t.clock.set(at.toISOString());
    expect((await read(mended)).course.map((c) => [c.id, c.on])).toEqual([[mended, '2026-03-05']]);

    // What was scored is the value before and after, cited from the form and not typed again.
    const indicator = { id: randomUUID(), title: '归属感', least: 0, most: 18, better: 'up' };
    await sql`update service_group_content set indicators = ${JSON.stringify([indicator, { ...indicator, id: randomUUID(), better: 'down' }])}
      where id = ${id}`.execute(t.owner);
    const group = async () => worker.ok(groups.readGroup, { params: { id } });
    const { scores, indicators } = await group();
    const own = scores.filter((s) => s.memberId === member);
    expect(own.map((s) => [s.title, s.score, s.most, s.on])).toEqual([
      ['归属感', 0, 18, '2026-03-05'],
      ['归属感', 12, 18, '2026-03-05'],
    ]);
    const put = (moment: 'before' | 'after', of: (typeof scores)[number] | undefined, over: object = {}) =>
      worker.call(groups.measureGroup, {
        params: { id },
        body: {
          moment,
          takenOn: '2026-03-01',
          values: [
            { memberId: member, indicatorId: indicator.id, value: 5, cites: { answerId: of?.answerId ?? '', scale: 'belonging' }, ...over },
          ],
        },
      });
    const other = scores.find((s) => s.memberId !== member);
    expect([other?.answerId, other?.on]).toEqual([mended, '2026-03-05']);
    expect([await codeOf(put('before', other)), await codeOf(put('before', own[0], { indicatorId: indicators[1]?.id }))]).toEqual([
      'groups.score-unknown',
      'groups.score-unfit',
    ]);
    expect([(await put('before', own[0])).status, (await put('after', own[1])).status]).toEqual([200, 200]);
    const measured = await group();
    expect(measured.measures).toEqual([
      { memberId: member, indicatorId: indicator.id, before: 0, after: 12, beforeFrom: own[0]?.answerId, afterFrom: later },
    ]);
    expect(measured.summaries[0]).toMatchObject({ both: 1, before: 0, after: 12, better: 1 });
    const { rows: kept } = await sql<{
      on: string;
    }>`select distinct taken_on as "on" from group_measure where member_id = ${member}`.execute(t.owner);
    expect(kept).toEqual([{ on: '2026-03-05' }]);

    // A member whose data rest is written of no more; one who is sealed was never there, and nothing of the whole group is lost.
    const of = sql`(select recipient_id from group_member where id = ${member})`;
    await sql`update recipient set stopped_at = now() where id = ${of}`.execute(t.owner);
    expect(await codeOf(start(under(id, { memberId: member }), 's06-belonging'))).toBe('forms.person-still');
    await sql`update recipient set stopped_at = null, sealed_at = now() where id = ${of}`.execute(t.owner);
    expect((await worker.call(endpoints.readFormAnswer, { params: { id: later } })).status).toBe(404);
    const listed = (await worker.ok(endpoints.listFormAnswers, { query: { groupId: id, limit: 50 } })).rows;
    expect(listed.map((r) => r.whose).sort()).toEqual(['王*', '第 1 节'].sort());
  });

  test('an activity: its plan, and the summary once it is over', async () => {
    const worker = await t.as('worker');
    const { id } = await worker.ok(activities.createActivity, {
      body: {
        title: '楼栋大扫除',
        category: 'mutual-help',
        campaignId: null,
        place: '三号楼前',
        startsAt: '2026-03-05T00:30:00.000Z',
        endsAt: '2026-03-05T01:30:00.000Z',
        capacity: 30,
        aims: '把楼道清出来',
        coLeadIds: [],
        volunteers: [],
        budget: [{ title: '手套', planned: 6_000, spent: null }],
      },
    });
    const of = { kind: 'activity', id } as const;
    const form = await made(of, 't12a-activity-plan');
    expect(await read(form)).toMatchObject({
      number: '楼栋大扫除',
      values: {
        name: '楼栋大扫除',
        on: '2026-03-05',
        place: '三号楼前',
        aims: '把楼道清出来',
        people: 30,
        budget: [{ what: '手套', amount: 60 }],
      },
    });
    expect((await start(of, 't12a-activity-plan', 'worker2')).status).toBe(404);
    expect(await codeOf(start(of, 't11a-group-plan'))).toBe('forms.not-open-here');
    expect((await (await t.as('head2')).call(endpoints.readFormAnswer, { params: { id: form } })).status).toBe(404);
    await sql`update activity set status = 'done', times = 27, persons = 25 where id = ${id}`.execute(t.owner);
    const sum = await made(of, 't12c-activity-summary');
    expect((await read(sum)).values).toEqual({ persons: 25, times: 27, spent: [{ what: '手套', planned: 60 }] });
    await worker.ok(endpoints.discardFormAnswer, { params: { id: sum }, body: { version: 1 } });
    await sql`update activity set status = 'cancelled' where id = ${id}`.execute(t.owner);
    expect(await codeOf(start(of, 't12c-activity-summary'))).toBe('forms.cancelled');
    const { rows } = await (await t.as('head')).ok(endpoints.listFormAnswers, { query: { activityId: id, limit: 10 } });
    expect(rows.map((r) => [r.id, r.under])).toEqual([[form, of]]);
  });

  test('a district’s form of a group that the worker signs by hand; a form of a group asks no person', async () => {
    const [worker, centre] = [await t.as('worker'), await t.as('centre')];
    const document = {
      code: 'own-group-note',
      title: '小组保密约定',
      standard: '本区自拟',
      subject: 'group',
      keptAs: 'records',
      signer: 'nobody',
      signers: ['person'],
      note: '',
      sections: [{ key: 's', title: '约定', fields: [{ kind: 'line', key: 'says', label: '约定', from: 'activity-place' }] }],
    };
    const check = await centre.ok(endpoints.checkFormTemplate, { body: { text: JSON.stringify(document) } });
    expect(check.problems.map((p) => p.says)).toEqual([
      '小组和社区活动的表只能由社工手写签名',
      'from 写的“activity-place”不是这种表能带出的',
    ]);
    const right = JSON.stringify(document).replace('"person"', '"worker"').replace('activity-place', 'group-place');
    await centre.ok(endpoints.issueFormTemplate, { body: { text: right, reason: '本区需要', insteadOf: null } });
    const form = await made(under(await group()), 'own-group-note');
    const begun = await read(form);
    expect([begun.values, begun.signing?.needs.map((n) => n.who)]).toEqual([{ says: '长者饭堂' }, ['worker']]);
    const submit = () =>
      worker.call(endpoints.submitFormAnswer, { params: { id: form }, body: { values: begun.values as never, version: 1 } });
    expect(await codeOf(submit())).toBe('forms.signature-missing');
    const sign = (who: 'worker' | 'person', by = worker) =>
      by.call(endpoints.signFormAnswer, {
        params: { id: form },
        body: {
          id: randomUUID(),
          who,
          way: 'typed',
          name: '陈社工',
          relation: '',
          reason: '手受伤',
          witness: '',
          strokes: null,
          hash: begun.signing?.hash ?? '',
          signedAt: '2026-03-05T01:59:00.000Z',
        },
      });
    expect(await codeOf(sign('person'))).toBe('forms.not-signed-here');
    expect((await sign('worker', await t.as('worker2'))).status).toBe(404);
    expect([(await sign('worker')).status, (await submit()).status]).toEqual([200, 200]);
    expect((await read(form, 'head')).signing?.signatures.map((s) => s.who)).toEqual(['worker']);
  });

  test('what was handed in on one form leaves as a workbook: masked, with a reason, only what the asker reads', async () => {
    const worker = await t.as('worker');
    const ask = async (username: string, query: object) =>
      (await t.as(username)).call(endpoints.exportFormAnswers, { query: { code: 'own-refit', reason: '季度核对', ...query } as never });
    const caseId = await openCase(t, 'worker', { name: '南宫云' });
    const id = await begin(caseId, 'own-refit');
    await begin(caseId, 'own-refit');
    await worker.ok(endpoints.submitFormAnswer, { params: { id }, body: { values: { ...FOLLOW, state: '=1+1' }, version: 1 } });
    const book = async (username: string, query: object) => {
      const reply = await ask(username, query);
      expect(reply.status).toBe(200);
      return ((await readXlsx(Buffer.from(reply.raw, 'latin1'))).sheets[0]?.rows ?? []) as (string | number | null)[][];
    };
    const rows = await book('worker', { caseId });
    const at = rows.findIndex((r) => r.includes('现在的状况'));
    const heads = rows[at] ?? [];
    expect(heads.slice(0, 6)).toEqual(['个案、小组、活动', '服务对象、节次', '版本', '状态', '填写人', '提交日期']);
    // The draft stays; what looks like a formula is text.
    const told = rows.slice(at + 1).filter((r) => r[3] != null);
    expect(told.map((r) => [r[1], r[3], r[heads.indexOf('现在的状况')]])).toEqual([['南宫*', '已提交', '=1+1']]);
    expect((await ask('worker', { reason: '' })).status).toBe(400);
    expect((await ask('worker', { code: undefined })).status).toBe(400);
    expect((await ask('centre', {})).status).toBe(403);
    expect((await book('worker2', { caseId })).flat()).not.toContain('=1+1');
    const { rows: seen } = await sql<{ n: number }>`select count(*)::int as n from access_record
      where kind = 'export' and record_kind = 'form-answer' and reason = '季度核对'`.execute(t.owner);
    expect(seen[0]?.n).toBe(2);
  });
});
