import { createHash } from 'node:crypto';
import * as endpoints from '@jieyou/core/archive/endpoints.ts';
import { addAttachment } from '@jieyou/core/cases/endpoints.ts';
import { sql } from 'kysely';
import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptRequest, closeRequest, draftRequest, openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { readBook } from '../../test/pdfWords.ts';
import { hasPrinter } from '../platform/print/index.ts';
import { clearArchives, makeArchive } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

// A machine without any Chromium cannot print; the suite installs one where it may.
const printing = test.runIf(hasPrinter());

const letter = async (): Promise<Buffer> => {
  const doc = await PDFDocument.create();
  const font = await doc.embedFont(StandardFonts.Helvetica);
  doc.addPage([400, 300]).drawText('UPRIGHT', { x: 20, y: 250, font });
  const turned = doc.addPage([400, 300]);
  turned.setRotation(degrees(90));
  turned.drawText('TURNED', { x: 20, y: 250, font });
  doc.addPage([200, 200]);
  return Buffer.from(await doc.save());
};
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const BROKEN = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

const attach = async (id: string, name: string, file: Buffer) =>
  (await t.as('worker')).ok(addAttachment, { params: { kind: 'request', id } as never, query: { name }, file } as never);

const rowOf = async (id: string) =>
  (
    await sql<{ status: string; storedAs: string | null; sha256: string | null; failure: string | null }>`
      select status, stored_as, sha256, failure from request_archive where id = ${id}`.execute(t.owner)
  ).rows[0];

printing(
  'a closed request becomes one file: index with pages, everything in order, files merged or listed, each page numbered',
  async () => {
    const closed = await closeRequest(t);
    const other = await acceptRequest(t);
    const requestId = closed.id;
    await attach(requestId, '法院文书.pdf', await letter());
    await attach(requestId, '现场.png', PIXEL);
    await attach(requestId, '坏文件.pdf', BROKEN);
    await attach(requestId, '说明.txt', Buffer.from('一段说明'));
    const centre = await t.as('centre');
    const started = await centre.ok(endpoints.startArchive, { params: { id: requestId }, body: { reason: '年度归档' } });
    // Not twice at once, and not before it is made.
    expect((await centre.call(endpoints.startArchive, { params: { id: requestId }, body: { reason: '再取' } })).error).toMatchObject({
      code: 'archive.making',
    });
    expect((await centre.call(endpoints.downloadArchive, { params: { id: started.id } })).error).toMatchObject({
      code: 'archive.not-ready',
    });
    await makeArchive(t.services, { districtId: t.world.districtId, id: started.id });
    const { rows } = await centre.ok(endpoints.listArchives, { params: { id: requestId } });
    expect(rows).toMatchObject([{ status: 'ready', percent: 100, final: true, mine: true, reason: '年度归档', byName: '陈敏仪' }]);

    const reply = await centre.call(endpoints.downloadArchive, { params: { id: started.id } });
    const file = Buffer.from(reply.raw, 'latin1');
    expect(reply.headers['content-type']).toBe('application/pdf');
    const sha256 = createHash('sha256').update(file).digest('hex');
    expect(rows[0]?.sha256).toBe(sha256);
    const book = await readBook(file);
    expect(book.words).toHaveLength(rows[0]?.pages ?? 0);
    expect(book.words.every((words, i) => words.includes(`\u2014${i + 1}\u2014`) || words.includes(`\x97${i + 1}\x97`))).toBe(true);
    expect(book.words.every((words) => words.includes('陈敏仪'))).toBe(true);
    expect(book.bookmarks.map((b) => b.title)).toEqual([
      '一、求助',
      '二、筛选',
      '三、专家组推荐与理由',
      '四、给专家的资料包',
      '五、邀请与专家意见',
      '六、会诊与纪要',
      '七、行动与结果',
      '八、支援线与记录',
      '九、转介给联动单位',
      '十、专家用时',
      '十一、结束',
      '十二、用到的同意',
      '十三、时间线',
      '十四、附件清单',
      '附件 1　法院文书.pdf',
      '附件 2　现场.png',
    ]);
    expect(book.count).toBe(book.bookmarks.length);
    // The contents name the page on which each chapter stands.
    const contents = book.words[1] ?? '';
    for (const { title, page } of book.bookmarks) {
      expect(contents).toContain(`${title.replace(/\s/g, '')}${page}`);
      expect(book.words[page - 1]).toContain(title.replace(/\s/g, ''));
    }
    const all = book.words.join('');
    for (const words of [
      '怎样帮她拿到赔偿',
      '年度归档',
      'expert的判断',
      'expert2看到的风险',
      '先申请法律援助',
      '陪同申请法律援助',
      '已经办好',
      '孩子已返校',
      'UPRIGHT',
      'TURNED',
      '未并入：文件损坏或有密码',
      '未并入：这类文件不能成页',
      createHash('sha256').update('一段说明').digest('hex'),
    ])
      expect(all, words).toContain(words);
    expect(all).not.toMatch(/[\u2e80-\u2fdf]/);
    // The recipient stays masked.
    expect(all).not.toContain('王小桦');

    // Who took it, with the reason: at the asking and at the download.
    const { rows: seen } = await sql<{ outcome: string; reason: string }>`select outcome, reason from access_record
      where kind = 'export' and record_id = ${requestId} order by id`.execute(t.owner);
    expect(seen).toEqual([
      { outcome: 'archive-started', reason: '年度归档' },
      { outcome: 'archive-downloaded', reason: '年度归档' },
    ]);
    // A copy can be told by its hash; a changed one is nobody's.
    expect((await centre.ok(endpoints.checkArchive, { body: { sha256 } })).archive?.id).toBe(started.id);
    file[file.length - 10] = 0;
    const changed = createHash('sha256').update(file).digest('hex');
    expect((await centre.ok(endpoints.checkArchive, { body: { sha256: changed } })).archive).toBeNull();
    expect((await (await t.as('bcentre')).ok(endpoints.checkArchive, { body: { sha256 } })).archive).toBeNull();

    // Another of the centre sees that it was taken, and cannot take the same file; another district sees nothing.
    const second = await t.as('centre2');
    expect((await second.ok(endpoints.listArchives, { params: { id: requestId } })).rows).toMatchObject([{ mine: false }]);
    expect((await second.call(endpoints.downloadArchive, { params: { id: started.id } })).status).toBe(404);
    expect((await (await t.as('bcentre')).call(endpoints.listArchives, { params: { id: requestId } })).status).toBe(404);

    // As it stands: before the end.
    const running = await centre.ok(endpoints.startArchive, { params: { id: other.id }, body: { reason: '督导讨论' } });
    await makeArchive(t.services, { districtId: t.world.districtId, id: running.id });
    const early = await readBook(Buffer.from((await centre.call(endpoints.downloadArchive, { params: { id: running.id } })).raw, 'latin1'));
    expect(early.words[0]).toContain('办理中，非终稿');

    // Rights are checked at the download too: who has left the centre keeps nothing.
    await sql`update role_assignment set valid_to = '2026-03-01' where person_id = ${t.world.persons.centre} and role = 'centre'`.execute(
      t.owner,
    );
    await t.services.db.transaction('write', { now: t.clock.now().toISOString() }, (tx) => t.services.sessions.forget(tx));
    expect((await (await t.as('centre')).call(endpoints.downloadArchive, { params: { id: started.id } })).status).toBe(403);
    await sql`update role_assignment set valid_to = null where person_id = ${t.world.persons.centre} and role = 'centre'`.execute(t.owner);
    await t.services.db.transaction('write', { now: t.clock.now().toISOString() }, (tx) => t.services.sessions.forget(tx));

    // Nor is it handed over while the case is only kept.
    const stop = (at: string | null) => t.owner.updateTable('supportRequest').set({ stoppedAt: at }).where('id', '=', requestId).execute();
    await stop('2026-03-05T01:00:00Z');
    expect((await centre.call(endpoints.downloadArchive, { params: { id: started.id } })).status).toBe(404);
    await stop(null);

    // After a day the file is gone, what happened stays.
    t.clock.advance({ hours: 25 });
    expect((await centre.call(endpoints.downloadArchive, { params: { id: started.id } })).error).toMatchObject({ code: 'archive.expired' });
    await clearArchives(t.services);
    expect(await rowOf(started.id)).toMatchObject({ status: 'expired', storedAs: null, sha256 });
    expect((await centre.call(endpoints.downloadArchive, { params: { id: started.id } })).error).toMatchObject({ code: 'archive.expired' });
  },
  120_000,
);

printing('who may no longer see the request when the job runs gets nothing', async () => {
  const request = await acceptRequest(t);
  const centre = await t.as('centre2');
  const { id } = await centre.ok(endpoints.startArchive, { params: { id: request.id }, body: { reason: '核对' } });
  await sql`update role_assignment set valid_to = '2026-03-01' where person_id = ${t.world.persons.centre2} and role = 'centre'`.execute(
    t.owner,
  );
  await makeArchive(t.services, { districtId: t.world.districtId, id });
  expect(await rowOf(id)).toMatchObject({ status: 'failed', failure: 'out-of-reach', storedAs: null });
});

test('a draft has no archive', async () => {
  const { id } = await draftRequest(t, await openCase(t));
  const centre = await t.as('centre');
  expect((await centre.call(endpoints.startArchive, { params: { id }, body: { reason: '核对' } })).status).toBe(404);
  expect((await centre.call(endpoints.listArchives, { params: { id } })).status).toBe(404);
});
