import * as lists from '@jieyou/core/lists/endpoints.ts';
import { MOST_VIEWS } from '@jieyou/core/lists/schema.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const view = (name: string, search: Record<string, string | string[]> = { stage: ['plan', 'intake'], mine: 'yes' }) => ({
  list: 'listCases',
  name,
  search,
  hidden: ['worker'],
});

test('a view is kept, found in its list only, changed, and gone when it is removed', async () => {
  const worker = await t.as('worker');
  const { id } = await worker.ok(lists.saveView, { body: view('我的在办') });
  const rows = async (list: string) => (await worker.ok(lists.listSavedViews, { query: { list } })).rows;
  expect(await rows('listCases')).toEqual([{ id, ...view('我的在办'), version: 1 }]);
  expect(await rows('listVisits')).toEqual([]);
  expect((await worker.call(lists.saveView, { body: view('我的在办') })).body).toMatchObject({ code: 'lists.name-taken' });
  await worker.ok(lists.saveView, { body: view('另一个') });
  const { list: _, ...content } = view('另一个');
  expect((await worker.call(lists.changeView, { params: { id }, body: { ...content, version: 1 } })).body).toMatchObject({
    code: 'lists.name-taken',
  });
  const changed = { name: '在办', search: {}, hidden: [] };
  expect(await worker.ok(lists.changeView, { params: { id }, body: { ...changed, version: 1 } })).toEqual({ id, version: 2 });
  expect((await worker.call(lists.changeView, { params: { id }, body: { ...changed, version: 1 } })).body).toMatchObject({
    code: 'record.changed-meanwhile',
  });
  expect((await rows('listCases')).map((v) => [v.name, v.version])).toEqual(expect.arrayContaining([['在办', 2]]));
  await worker.ok(lists.removeView, { params: { id } });
  expect((await worker.call(lists.removeView, { params: { id } })).status).toBe(404);
  expect((await rows('listCases')).map((v) => v.name)).toEqual(['另一个']);
});

test('a view belongs to one person: a colleague neither sees, changes nor removes it', async () => {
  const head = await t.as('head');
  const { id } = await head.ok(lists.saveView, { body: view('站里的') });
  const worker = await t.as('worker');
  expect((await worker.ok(lists.listSavedViews, { query: { list: 'listCases' } })).rows.some((v) => v.id === id)).toBe(false);
  expect((await worker.call(lists.changeView, { params: { id }, body: { name: '拿走', search: {}, hidden: [], version: 1 } })).status).toBe(
    404,
  );
  expect((await worker.call(lists.removeView, { params: { id } })).status).toBe(404);
});

test('the sealed word of a search, the place where a page begins and odd names are never kept', async () => {
  const worker = await t.as('worker');
  for (const key of ['lookup', 'after', 'limit', '__proto__', 'a b']) {
    const search = JSON.parse(`{${JSON.stringify(key)}:"x"}`) as Record<string, string>;
    expect([key, (await worker.call(lists.saveView, { body: view(`带${key}`, search) })).status]).toEqual([key, 400]);
  }
});

test('one below, at and above the most views of a list', async () => {
  const centre = await t.as('centre');
  for (let n = 1; n < MOST_VIEWS; n += 1) await centre.ok(lists.saveView, { body: view(`第${n}个`) });
  await centre.ok(lists.saveView, { body: view(`第${MOST_VIEWS}个`) });
  expect((await centre.call(lists.saveView, { body: view('再一个') })).body).toMatchObject({ code: 'lists.views-full' });
  // Another list has room of its own.
  await centre.ok(lists.saveView, { body: { ...view('再一个'), list: 'listVisits' } });
});
