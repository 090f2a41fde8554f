/** What holds for every reply, cookie and password, whoever asks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as identity from '@jieyou/core/identity/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isCommon } from '../src/identity/passwords.ts';
import { startTestApp, type TestApp } from './harness.ts';
import { TEST_PASSWORD } from './world.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ settings: { JIEYOU_SECURE_COOKIES: '1' } });
}, 60_000);
afterAll(() => t.stop());

const paths = ['/api/session', '/api/cases', '/api/nowhere', '/healthz'];

test('no reply of the interface is kept by a browser or a proxy, guessed at, or shown inside another page', async () => {
  for (const url of paths) {
    const { headers } = await t.app.inject({ url });
    expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
    expect([url, headers['content-security-policy']]).toEqual([url, "default-src 'none'; frame-ancestors 'none'"]);
    expect([url, headers['x-content-type-options']]).toEqual([url, 'nosniff']);
  }
});

test('reached by HTTPS alone, the platform has browsers remember it', async () => {
  for (const url of paths) expect((await t.app.inject({ url })).headers['strict-transport-security']).toBe('max-age=31536000');
});

test('no reply names a site that may read it, whatever site asks', async () => {
  for (const url of paths) {
    const { headers } = await t.app.inject({ url, headers: { origin: 'https://elsewhere.example' } });
    expect([url, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([url, undefined, undefined]);
  }
});

test('the cookie of a session is for this host, HTTPS and the server alone, and is another one after each signing in', async () => {
  const cookie = async () => {
    const reply = await t.app.inject({
      method: 'POST',
      url: identity.signIn.path,
      headers: { 'sec-fetch-site': 'same-origin' },
      payload: { username: 'worker', password: TEST_PASSWORD },
    });
    return [reply.statusCode, String(reply.headers['set-cookie'])] as const;
  };
  const [status, first] = await cookie();
  expect(status).toBe(200);
  for (const mark of ['HttpOnly', 'Secure', 'SameSite', 'Path=/']) expect(first).toContain(mark);
  expect(first).not.toMatch(/domain=/i);
  const [, second] = await cookie();
  expect(second.split(';')[0]).not.toBe(first.split(';')[0]);
});

test('a password is long, and none of those with which guessing starts', async () => {
  expect(identity.changePassword.body.safeParse({ current: 'x', next: 'short-one' }).success).toBe(false);
  expect(identity.changePassword.body.safeParse({ current: 'x', next: '一个足够长的口令啊啊' }).success).toBe(true);
  for (const common of [
    'password123',
    '1234567890',
    'qwertyuiop',
    '8888888888',
    'woaini1314520',
    'Basketball',
    '1q2w3e4r5t',
    'liverpoolfc',
  ])
    expect([common, await isCommon(common)]).toEqual([common, true]);
  for (const rare of ['一个足够长的口令啊啊', 'liverpool-fc-1892-ever']) expect(await isCommon(rare)).toBe(false);
});

test('no program is started through a shell, and none with words of a request', () => {
  const root = join(import.meta.dirname, '../src');
  const sources = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.ts') && !e.name.endsWith('.test.ts'))
    .map((e) => join(e.parentPath, e.name));
  expect(sources.length).toBeGreaterThan(200);
  const starting = sources.filter((path) => /from 'node:child_process'/.test(readFileSync(path, 'utf8')));
  // The database and the build of the pages; a new one has to be looked at and entered here.
  expect(starting.map((path) => path.slice(root.length + 1).replaceAll('\\', '/')).sort()).toEqual([
    'platform/db/baseBackup.ts',
    'platform/db/embedded.ts',
    'platform/db/orphans.ts',
    'platform/webBuild.ts',
  ]);
  for (const path of starting) expect([path, /shell: *true|\bexec(Sync)?\(/.test(readFileSync(path, 'utf8'))]).toEqual([path, false]);
});
