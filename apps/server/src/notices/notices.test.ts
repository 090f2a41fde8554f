import { signOut } from '@jieyou/core/identity/endpoints.ts';
import * as endpoints from '@jieyou/core/notices/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { bareRequest } from '../../test/rows.ts';
import { newToken, tokenHash } from '../identity/sessions.ts';
import { SESSION_COOKIE } from '../platform/http/serve.ts';
import { idAt, newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import { openStreams, STREAMS_PER_SESSION } from './live.ts';

let t: TestApp;
let address: string;
beforeAll(async () => {
  t = await startTestApp();
  address = await t.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => t.stop());

const send = (username: string, count = 1) =>
  workLater(t.services, {}, async (tx) => {
    for (let i = 0; i < count; i += 1) {
      const notice = { kind: 'support.submitted', recordKind: 'request', recordId: idAt(1, i), number: `QZ-${i}` };
      await t.services.live.send(tx, t.world.districtId, [t.world.persons[username] ?? ''], notice, t.clock.now());
    }
  });

test('messages are one’s own: the newest first, unread ones by themselves, read once and for all', async () => {
  await send('centre', 3);
  const centre = await t.as('centre');
  const page = await centre.ok(endpoints.listNotices, { query: { limit: 2, count: 'yes' } });
  expect([page.rows.map((row) => row.number), page.count]).toEqual([['QZ-2', 'QZ-1'], 3]);
  const rest = await centre.ok(endpoints.listNotices, { query: { limit: 2, after: page.next ?? '' } });
  expect(rest.rows.map((row) => row.number)).toEqual(['QZ-0']);

  const id = page.rows[0]?.id ?? '';
  expect((await (await t.as('centre2')).call(endpoints.markNoticeRead, { params: { id } })).status).toBe(404);
  await centre.ok(endpoints.markNoticeRead, { params: { id } });
  const readAt = (await centre.ok(endpoints.listNotices)).rows[0]?.readAt;
  t.clock.advance({ minutes: 1 });
  await centre.ok(endpoints.markNoticeRead, { params: { id } });
  expect((await centre.ok(endpoints.listNotices)).rows[0]?.readAt).toBe(readAt);
  expect((await centre.ok(endpoints.listNotices, { query: { state: 'unread' } })).rows).toHaveLength(2);
  expect(await centre.ok(endpoints.markAllNoticesRead)).toEqual({ marked: 2 });
  expect(await centre.ok(endpoints.markAllNoticesRead)).toEqual({ marked: 0 });
  expect((await (await t.as('centre2')).ok(endpoints.listNotices)).rows).toEqual([]);
});

/** A session of its own with its cookie, so that a test may end it. */
const sessionOf = async (username: string) => {
  const token = newToken();
  const account = await t.owner.selectFrom('account').select('id').where('username', '=', username).executeTakeFirstOrThrow();
  const id = newId(t.clock.now().getTime());
  const at = t.clock.now().toISOString();
  await t.owner
    .insertInto('session')
    .values({
      id,
      tokenHash: tokenHash(token),
      csrfToken: token,
      accountId: account.id,
      stage: 'full',
      createdAt: at,
      lastSeenAt: at,
      expiresAt: '2030-01-01T00:00:00Z',
      ip: '127.0.0.1',
      device: 'test',
    })
    .execute();
  return { id, token };
};

/** An open stream over a real connection: what it has said so far, and a wait for more. */
const follow = async (token: string, query = '') => {
  const leaving = new AbortController();
  const response = await fetch(`${address}/api/live${query}`, {
    headers: { cookie: `${SESSION_COOKIE}=${token}` },
    signal: leaving.signal,
  });
  let said = '';
  let ended = false;
  const read = async (): Promise<void> => {
    const words = new TextDecoder();
    for await (const chunk of response.body ?? []) said += words.decode(chunk as Uint8Array, { stream: true });
    ended = true;
  };
  const reading = read().catch(() => undefined);
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 300 && !done(); i += 1) await new Promise((r) => setTimeout(r, 10));
    expect(done()).toBe(true);
  };
  return {
    status: response.status,
    header: (name: string) => response.headers.get(name),
    hears: (event: string, times = 1) => until(() => said.split(`event: ${event}\n`).length - 1 >= times),
    heard: () => said,
    ends: () => until(() => ended),
    close: async () => {
      leaving.abort();
      await reading;
    },
  };
};

test('an open page hears of own messages only, and holds no transaction while it listens', async () => {
  const mine = await sessionOf('head');
  const page = await follow(mine.token);
  expect([page.status, page.header('content-type'), page.header('cache-control')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
    'no-store',
  ]);
  await send('head2');
  await send('head');
  await page.hears('notice');
  expect(page.heard().match(/event:/g)).toHaveLength(1);
  expect(page.heard()).not.toContain('QZ-');
  const idle = "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
  const rows = await t.services.db.query<{ n: number }>(idle);
  expect(rows[0]?.n).toBe(0);
  await page.close();
});

/** Every look at rights that was begun has ended: all connections are at rest. */
const quiet = async (): Promise<void> => {
  const { pool } = t.services.db;
  while (pool.idleCount < pool.totalCount || pool.waitingCount > 0) await new Promise((r) => setTimeout(r, 5));
};

test('a change of the watched request is told to those who may see it at that moment', async () => {
  const requestId = await bareRequest(t, { status: 'draft' });
  const asker = await follow((await sessionOf('worker')).token, `?requestId=${requestId}`);
  const centre = await follow((await sessionOf('centre')).token, `?requestId=${requestId}`);
  const change = (recordId = requestId) =>
    workLater(t.services, {}, (tx) => t.services.live.changed(tx, t.world.districtId, 'request', recordId));
  await change();
  await asker.hears('changed');
  await change(idAt(5, 5));
  await quiet();
  // A draft is the asker's alone; once it is submitted the centre hears of it too.
  expect(centre.heard()).not.toContain('changed');
  await t.owner.updateTable('supportRequest').set({ status: 'submitted' }).where('id', '=', requestId).execute();
  await change();
  await centre.hears('changed');
  await asker.hears('changed', 2);
  expect(asker.heard().match(/event: changed/g)).toHaveLength(2);
  expect(centre.heard().match(/event: changed/g)).toHaveLength(1);
  await asker.close();
  await centre.close();
});

test('a stream ends with its session', async () => {
  const { token } = await sessionOf('supervisor');
  const page = await follow(token);
  const answer = await t.app.inject({
    method: signOut.method,
    url: signOut.path,
    cookies: { [SESSION_COOKIE]: token },
    headers: { 'x-csrf-token': token },
  });
  expect(answer.statusCode).toBe(200);
  await page.ends();
  expect((await follow(token)).status).toBe(401);
});

test('a session has five streams and no sixth; one that is closed makes room', async () => {
  const { id, token } = await sessionOf('agency');
  const pages = await Promise.all(Array.from({ length: STREAMS_PER_SESSION }, () => follow(token)));
  expect(pages.every((page) => page.status === 200)).toBe(true);
  expect((await follow(token)).status).toBe(429);
  for (const page of pages) await page.close();
  for (let i = 0; i < 100 && openStreams(id) > 0; i += 1) await new Promise((r) => setTimeout(r, 10));
  expect(openStreams(id)).toBe(0);
  const again = await follow(token);
  expect(again.status).toBe(200);
  await again.close();
});
