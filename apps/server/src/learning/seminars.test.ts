import { recallPublication } from '@jieyou/core/casebank/endpoints.ts';
import * as outputs from '@jieyou/core/learning/outputEndpoints.ts';
import * as seminars from '@jieyou/core/learning/seminarEndpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import { closePrinter } from '../platform/print/index.ts';
import { remindOfSeminars } from './index.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
}, 120_000);
afterAll(async () => {
  await closePrinter();
  await t.stop();
});

const LONG = { timeout: 120_000 };
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const reminders = async () =>
  (await (await t.as('centre')).ok(listNotices, { query: { limit: 100 } })).rows.filter((n) => n.kind === 'learning.seminar-due');

test('a series falls due by its interval, is planned, held with minutes, and falls due again', LONG, async () => {
  const entryId = await w.released('own');
  const [centre, expert, worker] = await Promise.all(['centre', 'expert', 'worker'].map((who) => t.as(who)));
  if (centre === undefined || expert === undefined || worker === undefined) throw new Error('nobody is here');
  const draft = { title: '家校协同', theme: '复学个案里怎样一起做', everyDays: null, startsOn: '2026-03-05' };
  const { id } = await centre.ok(seminars.createSeminarSeries, { body: draft });
  const read = () => centre.ok(seminars.readSeminarSeries, { params: { id } });
  // Thirty days are the rule pack's; the first one is due on the day on which the series starts.
  expect(await read()).toMatchObject({ everyDays: 30, ownEveryDays: null, dueOn: '2026-03-05', state: 'due' });
  const before = (await reminders()).length;
  await remindOfSeminars(t.services);
  await remindOfSeminars(t.services);
  expect((await reminders()).length).toBe(before + 1);

  const agenda = [{ title: '案例介绍', minutes: 20, leader: '' }];
  const of = { topic: '返校第一周', heldOn: '2026-03-06', startsAt: '14:30', place: '三楼会议室', guests: '', agenda };
  const plan = { ...of, memberIds: [w.person('expert'), w.person('worker')], entryIds: [entryId] };
  const strange = await centre.call(seminars.planSeminar, { params: { id }, body: { ...plan, memberIds: [w.person('bexpert')] } });
  expect(strange.error.code).toBe('learning.person-unknown');
  const unknown = await centre.call(seminars.planSeminar, { params: { id }, body: { ...plan, entryIds: [id] } });
  expect(unknown.error.code).toBe('learning.case-unknown');
  const seminar = await centre.ok(seminars.planSeminar, { params: { id }, body: plan });
  expect((await expert.ok(listNotices, { query: { limit: 20 } })).rows[0]).toMatchObject({
    kind: 'learning.seminar-invited',
    recordKind: 'seminar',
    recordId: seminar.id,
  });
  expect(await read()).toMatchObject({ plannedOn: '2026-03-06', state: 'planned' });
  const ending = { params: { id }, body: { version: 1, status: 'ended' as const } };
  expect((await centre.call(seminars.updateSeminarSeries, ending)).error.code).toBe('learning.seminar-planned');
  const params = { id: seminar.id };
  const minutes = {
    version: 1,
    minutes: '三位社工各讲了一个案例',
    conclusions: '接送人写进计划',
    attendedIds: [w.person('expert')],
    entryIds: [entryId],
  };
  expect((await centre.call(seminars.recordSeminar, { params, body: minutes })).error.code).toBe('learning.seminar-not-yet');

  t.clock.set('2026-03-06T08:00:00.000Z');
  expect((await worker.call(seminars.recordSeminar, { params, body: minutes })).status).toBe(403);
  await centre.ok(seminars.recordSeminar, { params, body: minutes });
  const stale = await centre.call(seminars.recordSeminar, { params, body: minutes });
  expect(stale.error.code).toBe('record.changed-meanwhile');
  const held = await worker.ok(seminars.readSeminar, { params });
  expect(held).toMatchObject({ status: 'held', minutes: '三位社工各讲了一个案例', can: [] });
  expect(held.people.map((p) => p.attended)).toEqual([true, false]);
  expect(held.entries.map((e) => e.id)).toEqual([entryId]);
  expect((await centre.call(seminars.cancelSeminar, { params, body: { version: 2, reason: '临时有事' } })).error.code).toBe(
    'learning.seminar-over',
  );
  // Thirty days after 6 March is a Sunday, and the Monday after it is 清明节.
  expect(await read()).toMatchObject({ held: 1, lastHeldOn: '2026-03-06', plannedOn: null, dueOn: '2026-04-07', state: 'later' });
  // Somebody who was not asked came as well: a correction says so, and an own interval brings the day closer.
  await centre.ok(seminars.recordSeminar, {
    params,
    body: { ...minutes, version: 2, attendedIds: [w.person('expert'), w.person('supervisor')] },
  });
  expect((await centre.ok(seminars.readSeminar, { params })).people.filter((p) => p.attended).length).toBe(2);
  await centre.ok(seminars.updateSeminarSeries, { params: { id }, body: { version: 1, everyDays: 7 } });
  expect(await read()).toMatchObject({ everyDays: 7, dueOn: '2026-03-13' });
  const ended = await centre.ok(seminars.updateSeminarSeries, { params: { id }, body: { version: 2, status: 'ended' } });
  expect(await read()).toMatchObject({ state: 'ended', dueOn: null, version: ended.version });
  expect((await centre.call(seminars.planSeminar, { params: { id }, body: plan })).error.code).toBe('learning.series-ended');

  // A recalled case is spoken of no more.
  await centre.ok(recallPublication, { params: { id: entryId }, body: { cause: 'mistake', reason: '文字有误' } });
  expect((await centre.ok(seminars.readSeminar, { params })).entries).toEqual([]);
  expect((await centre.ok(seminars.listSeminars, { query: {} })).rows[0]?.cases).toBe(0);
});

test('a cancelled seminar is told to those who were asked, and the series falls due as before', LONG, async () => {
  const [centre, expert] = await Promise.all(['centre', 'expert'].map((who) => t.as(who)));
  if (centre === undefined || expert === undefined) throw new Error('nobody is here');
  const seriesId = await w.series('own');
  const { id } = await centre.ok(seminars.planSeminar, { params: { id: seriesId }, body: w.themeDraft('own') as never });
  await centre.ok(seminars.cancelSeminar, { params: { id }, body: { version: 1, reason: '专家临时有事' } });
  expect((await expert.ok(listNotices, { query: { limit: 20 } })).rows[0]).toMatchObject({
    kind: 'learning.seminar-cancelled',
    recordId: id,
  });
  expect(await centre.ok(seminars.readSeminar, { params: { id } })).toMatchObject({ status: 'cancelled', reason: '专家临时有事', can: [] });
  expect(await centre.ok(seminars.readSeminarSeries, { params: { id: seriesId } })).toMatchObject({
    plannedOn: null,
    dueOn: '2026-03-02',
    state: 'overdue',
  });
});

test('an output keeps its sources and its file; a recalled case is not among them', LONG, async () => {
  const entryId = await w.released('own');
  const seminarId = await w.themed('own');
  const [centre, worker] = await Promise.all(['centre', 'worker'].map((who) => t.as(who)));
  if (centre === undefined || worker === undefined) throw new Error('nobody is here');
  const draft = { ...w.outputDraft(), entryIds: [entryId], seminarIds: [seminarId] } as never;
  const nowhere = { ...w.outputDraft(), seminarIds: [entryId] } as never;
  expect((await centre.call(outputs.createOutput, { body: nowhere })).error.code).toBe('learning.seminar-unknown');
  const { id } = await centre.ok(outputs.createOutput, { body: draft });
  const params = { id };
  const put = (name: string, file: Buffer, version: number) =>
    centre.call(outputs.putOutputFile, { params, query: { name, version }, file });
  expect((await put('成果.docx', PDF, 1)).error.code).toBe('files.content-differs-from-name');
  expect((await put('成果.pdf', PDF, 2)).error.code).toBe('record.changed-meanwhile');
  expect((await put('成果.pdf', PDF, 1)).status).toBe(200);
  const stored = async () => (await w.one<{ storedAs: string }>(sql`select stored_as from research_output where id = ${id}`)).storedAs;
  const first = await stored();
  expect((await put('第二稿.pdf', Buffer.concat([PDF, PDF]), 2)).status).toBe(200);
  // The file before it is gone from the disk.
  const kept = () =>
    t.services.files.get(id, first).then(
      () => 'there',
      () => 'gone',
    );
  await expect.poll(kept).toBe('gone');
  const download = await worker.call(outputs.readOutputFile, { params });
  expect([download.status, download.raw.startsWith('%PDF')]).toEqual([200, true]);
  expect(await worker.ok(outputs.readOutput, { params })).toMatchObject({
    file: { name: '第二稿.pdf', bytes: PDF.length * 2 },
    entries: [{ id: entryId }],
    seminars: [{ id: seminarId }],
    can: [],
  });
  const found = (query: object) => worker.ok(outputs.listOutputs, { query: query as never });
  expect((await found({ kind: 'model', year: '2026', text: '会诊' })).rows.map((r) => r.id)).toContain(id);
  expect((await found({ text: '课题组' })).rows.map((r) => r.id)).toContain(id);
  expect((await found({ kind: 'paper' })).rows.map((r) => r.id)).not.toContain(id);
  expect((await found({ year: '2025' })).rows).toEqual([]);
  await centre.ok(recallPublication, { params: { id: entryId }, body: { cause: 'mistake', reason: '文字有误' } });
  expect((await worker.ok(outputs.readOutput, { params })).entries).toEqual([]);
  const again = { ...(w.outputDraft() as object), entryIds: [entryId], version: 3 } as never;
  expect((await centre.call(outputs.updateOutput, { params, body: again })).error.code).toBe('learning.case-unknown');
  const changed = { ...(w.outputDraft() as object), status: 'published', version: 3 } as never;
  await centre.ok(outputs.updateOutput, { params, body: changed });
  expect(await worker.ok(outputs.readOutput, { params })).toMatchObject({ status: 'published', seminars: [] });
});

test(
  'the book holds what won and stands in the bank, with the page of each in its contents; a recall takes it out at once',
  LONG,
  async () => {
    const [won, other] = [await w.rewarded(), await w.rewarded()];
    const notWon = await w.released('own');
    const long = '每周记录一次变化，会前发给各位专家。'.repeat(120);
    await sql`update casebank_entry set title = '第一个案例' , sections = jsonb_set(sections, '{process}', to_jsonb(${long}::text)) where id = ${won}`.execute(
      t.owner,
    );
    await sql`update casebank_entry set title = '第二个案例' where id = ${other}`.execute(t.owner);
    await sql`update casebank_entry set title = '没有获奖的案例' where id = ${notWon}`.execute(t.owner);
    const [centre, worker, far] = await Promise.all(['centre', 'worker', 'bworker'].map((who) => t.as(who)));
    if (centre === undefined || worker === undefined || far === undefined) throw new Error('nobody is here');
    const htmlFor = async (who: typeof worker) =>
      Buffer.from((await who.call(outputs.readCaseBook, { query: {} })).raw, 'latin1').toString();
    const html = await htmlFor(worker);
    expect(html).toContain('第一个案例');
    expect(html).toContain('第二个案例');
    expect(html).not.toContain('没有获奖的案例');
    expect(await htmlFor(far)).not.toContain('第一个案例');
    const bytes = async () => Buffer.from((await worker.call(outputs.readCaseBook, { query: { format: 'pdf' } })).raw, 'latin1');
    const pageOf = (read: Awaited<ReturnType<typeof readBook>>, title: string) => read.bookmarks.find((b) => b.title === title)?.page;
    const before = await readBook(await bytes());
    // Cover, contents, and the first chapter, which takes more than one page; each begins on a page of its own.
    expect(pageOf(before, '第一个案例')).toBe(3);
    const second = pageOf(before, '第二个案例') ?? 0;
    expect(second).toBeGreaterThan(4);
    expect(before.words[1]).toContain(`第一个案例3第二个案例${second}`);
    expect(before.words[second - 1]).toContain('第二个案例');
    await centre.ok(recallPublication, { params: { id: won }, body: { cause: 'recognised', reason: '有人认出了服务对象' } });
    const after = await readBook(await bytes());
    expect(after.words.join('')).not.toContain('第一个案例');
    expect(pageOf(after, '第二个案例')).toBe(3);
  },
);
