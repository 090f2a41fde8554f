import * as identity from '@jieyou/core/identity/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { TEST_PASSWORD, TEST_SECRET } from '../../test/world.ts';
import { currentCode, stepOf } from './secondFactor.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());
beforeEach(async () => {
  t.clock.set(TEST_NOW);
  await t.owner.updateTable('account').set({ failures: 0, lockedUntil: null, isDemo: true }).execute();
});

const signIn = (body: { username: string; password: string; code?: string }) => t.nobody.call(identity.signIn, { body });
const cookieOf = (headers: Record<string, unknown>): string => String(headers['set-cookie']);
const get = (url: string, cookie: string) => t.app.inject({ method: 'GET', url, headers: { cookie } });

describe('signing in', () => {
  it('answers a cookie that scripts cannot read and a token for writes', async () => {
    const answer = await signIn({ username: 'worker', password: TEST_PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      stage: 'full',
      account: { username: 'worker', name: '周晓岚', roles: ['worker'], stationName: '一街道社工站' },
    });
    expect(answer.body.csrfToken.length).toBeGreaterThan(30);
    expect(cookieOf(answer.headers)).toMatch(/jieyou_session=[\w-]{43};.*HttpOnly.*SameSite=Strict/);
  });

  it('does not tell an unknown name from a wrong password', async () => {
    const unknown = await signIn({ username: 'nobody-here', password: 'whatever-it-is' });
    const wrong = await signIn({ username: 'worker', password: 'whatever-it-is' });
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect({ ...unknown.error, requestId: '' }).toEqual({ ...wrong.error, requestId: '' });
  });

  it('asks those who must carry one for the second factor', async () => {
    expect((await signIn({ username: 'centre', password: TEST_PASSWORD })).error.code).toBe('identity.code-needed');
    expect((await signIn({ username: 'centre', password: TEST_PASSWORD, code: '000000' })).error.code).toBe('identity.wrong-code');
    const code = currentCode(TEST_SECRET, t.clock.now());
    expect((await signIn({ username: 'centre', password: TEST_PASSWORD, code })).status).toBe(200);
  });

  it('takes a code once', async () => {
    await t.owner.updateTable('account').set({ isDemo: false }).where('username', '=', 'officer').execute();
    const code = currentCode(TEST_SECRET, t.clock.now());
    expect((await signIn({ username: 'officer', password: TEST_PASSWORD, code })).status).toBe(200);
    expect((await signIn({ username: 'officer', password: TEST_PASSWORD, code })).error.code).toBe('identity.wrong-code');
  });

  it('locks with back-off after five failures, counts those that were refused, and opens again', async () => {
    for (let i = 0; i < 5; i++) await signIn({ username: 'worker2', password: 'not-the-password' });
    const locked = await signIn({ username: 'worker2', password: TEST_PASSWORD });
    expect(locked.error).toMatchObject({ code: 'identity.locked', facts: { until: '2026-03-05T02:01:00.000Z' } });
    t.clock.advance({ minutes: 1 });
    expect((await signIn({ username: 'worker2', password: TEST_PASSWORD })).status).toBe(200);
    const kept = await t.owner
      .selectFrom('account')
      .select(['failures', 'lockedUntil'])
      .where('username', '=', 'worker2')
      .executeTakeFirstOrThrow();
    expect(kept).toEqual({ failures: 0, lockedUntil: null });
  });

  it('counts parallel guesses one by one', async () => {
    await Promise.all(Array.from({ length: 6 }, () => signIn({ username: 'worker3', password: 'not-the-password' })));
    const { failures } = await t.owner.selectFrom('account').select('failures').where('username', '=', 'worker3').executeTakeFirstOrThrow();
    expect(failures).toBeGreaterThanOrEqual(5);
  });

  it('keeps a disabled account out, like an unknown one', async () => {
    await t.owner.updateTable('account').set({ disabled: true }).where('username', '=', 'street2').execute();
    expect((await signIn({ username: 'street2', password: TEST_PASSWORD })).status).toBe(401);
    await t.owner.updateTable('account').set({ disabled: false }).where('username', '=', 'street2').execute();
  });

  it('leaves a record of each attempt', async () => {
    await signIn({ username: 'agency', password: 'wrong-password' });
    await signIn({ username: 'agency', password: TEST_PASSWORD });
    const rows = await t.owner
      .selectFrom('accessRecord')
      .select('outcome')
      .where('kind', '=', 'sign-in')
      .where('actorId', '=', t.world.persons.agency as string)
      .orderBy('id')
      .execute();
    expect(rows.map((r) => r.outcome)).toEqual(['wrong-credentials', 'signed-in']);
  });
});

describe('a session', () => {
  const open = async (username: string) => {
    const answer = await signIn({ username, password: TEST_PASSWORD });
    return { cookie: cookieOf(answer.headers).split(';')[0] as string, csrf: answer.body.csrfToken };
  };

  it('ends when nobody uses it, and in any case after its hours', async () => {
    const { cookie } = await open('worker');
    t.clock.advance({ minutes: 29 });
    expect((await get('/api/session', cookie)).statusCode).toBe(200);
    t.clock.advance({ minutes: 31 });
    expect((await get('/api/session', cookie)).statusCode).toBe(401);
    const other = await open('worker');
    for (let minute = 0; minute < 601; minute += 20) {
      t.clock.advance({ minutes: 20 });
      await get('/api/session', other.cookie);
    }
    expect((await get('/api/session', other.cookie)).statusCode).toBe(401);
  });

  it('ends at sign-out at once', async () => {
    const { cookie, csrf } = await open('worker');
    const out = await t.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie, 'x-csrf-token': csrf } });
    expect(out.statusCode).toBe(200);
    expect((await get('/api/session', cookie)).statusCode).toBe(401);
  });

  it('can be ended from another device, and only by its owner', async () => {
    const one = await open('head');
    const two = await open('head');
    const list = (await get('/api/sessions', one.cookie)).json() as { rows: { id: string; current: boolean }[] };
    const other = list.rows.find((s) => !s.current);
    const stranger = await t.as('worker');
    expect((await stranger.call(identity.revokeSession, { params: { id: other?.id ?? '' } })).status).toBe(404);
    await t.app.inject({ method: 'DELETE', url: `/api/sessions/${other?.id}`, headers: { cookie: one.cookie, 'x-csrf-token': one.csrf } });
    expect((await get('/api/session', two.cookie)).statusCode).toBe(401);
    expect((await get('/api/session', one.cookie)).statusCode).toBe(200);
  });

  it('refuses writes without its token', async () => {
    const { cookie } = await open('worker');
    const bare = await t.app.inject({ method: 'POST', url: '/api/notices/read', headers: { cookie }, payload: {} });
    expect(bare.statusCode).toBe(403);
    expect(bare.json()).toMatchObject({ error: 'denied', code: 'identity.csrf' });
  });

  it('is a stranger’s under a made-up token', async () => {
    expect((await get('/api/session', 'jieyou_session=abc')).statusCode).toBe(401);
    expect((await get('/api/session', `jieyou_session=${'x'.repeat(43)}`)).statusCode).toBe(401);
  });
});

describe('a first password', () => {
  it('must be changed before anything else, and a required second factor enrolled', async () => {
    await sql`update account set must_change = true, is_demo = false, second_factor = null where username = 'centre3'`.execute(t.owner);
    const first = await signIn({ username: 'centre3', password: TEST_PASSWORD });
    expect(first.body.stage).toBe('change-password');
    const cookie = cookieOf(first.headers).split(';')[0] as string;
    const csrf = first.body.csrfToken;
    expect((await get('/api/support-requests', cookie)).json()).toMatchObject({ error: 'denied', code: 'identity.set-up-first' });
    const post = (url: string, payload: object) =>
      t.app.inject({ method: 'POST', url, headers: { cookie, 'x-csrf-token': csrf }, payload });
    expect((await post('/api/password', { current: TEST_PASSWORD, next: 'short' })).statusCode).toBe(400);
    expect((await post('/api/password', { current: TEST_PASSWORD, next: '1234567890' })).json().code).toBe('identity.password-common');
    expect((await post('/api/password', { current: TEST_PASSWORD, next: TEST_PASSWORD })).json().code).toBe('identity.password-unchanged');
    expect((await post('/api/password', { current: 'not-it-at-all', next: '一句自己记得住的话语' })).json().code).toBe(
      'identity.wrong-credentials',
    );
    expect((await post('/api/password', { current: TEST_PASSWORD, next: '一句自己记得住的长话语' })).json().stage).toBe(
      'enrol-second-factor',
    );
    expect((await get('/api/support-requests', cookie)).statusCode).toBe(403);
    const started = (await post('/api/second-factor', { password: '一句自己记得住的长话语' })).json() as { secret: string; uri: string };
    expect(started.uri).toMatch(/^otpauth:\/\/totp\//);
    const step = stepOf(started.secret, currentCode(started.secret, t.clock.now()), t.clock.now());
    expect(step).toBe(Math.floor(t.clock.now().getTime() / 30_000));
    const done = await post('/api/second-factor/confirmation', { code: currentCode(started.secret, t.clock.now()) });
    expect(done.json().stage).toBe('full');
    expect((await get('/api/support-requests', cookie)).statusCode).toBe(200);
    const stored = await t.owner
      .selectFrom('account')
      .select(['secondFactor', 'passwordHash'])
      .where('username', '=', 'centre3')
      .executeTakeFirstOrThrow();
    expect(stored.secondFactor).not.toContain(started.secret);
    expect(stored.passwordHash).toMatch(/^\$argon2id\$/);
  });

  it('is fixed in the demo', async () => {
    const refused = await (await t.as('worker')).call(identity.changePassword, {
      body: { current: TEST_PASSWORD, next: '换一个新的长密码再试试' },
    });
    expect(refused.error.code).toBe('identity.password-demo');
  });
});

describe('the demo', () => {
  it('shows accounts and current codes', async () => {
    const shown = await t.nobody.ok(identity.readDemoAccounts);
    expect(shown.password).toBe('jieyou-demo');
    expect(shown.rows.find((r) => r.username === 'centre')?.code).toBe(currentCode(TEST_SECRET, t.clock.now()));
    expect(shown.rows.find((r) => r.username === 'worker')?.code).toBeNull();
  });
});

describe('a deputy', () => {
  it('does an absent colleague’s work for as long as the absence lasts', async () => {
    const draftsOf = async () => (await (await t.as('worker3')).ok(support.listSupportRequests, { query: { asker: 'me' } })).rows.length;
    await sql`update role_assignment set deputy_id = ${t.world.persons.worker3} where person_id = ${t.world.persons.worker}`.execute(
      t.owner,
    );
    const before = (await (await t.as('worker3')).ok(identity.readSession)).account;
    expect(before.deputyFor).toEqual([]);
    await sql`insert into absence (id, district_id, person_id, from_day, to_day, reason)
      values ('00000000-0000-7000-8000-00000000ab01', ${t.world.districtId}, ${t.world.persons.worker}, '2026-03-05', '2026-03-05', '病假')`.execute(
      t.owner,
    );
    t.clock.advance({ minutes: 1 });
    expect((await (await t.as('worker3')).ok(identity.readSession)).account.deputyFor).toEqual(['周晓岚']);
    expect(await draftsOf()).toBe(0);
    t.clock.advance({ days: 1 });
    expect((await (await t.as('worker3')).ok(identity.readSession)).account.deputyFor).toEqual([]);
    await sql`delete from absence`.execute(t.owner);
    await sql`update role_assignment set deputy_id = null`.execute(t.owner);
  });
});
