import { lockedFor } from '@jieyou/core/identity/rules.ts';
import type { SessionReply, SessionStage } from '@jieyou/core/identity/schema.ts';
import type { Ctx } from '../platform/http/context.ts';
import { AfterCommit, Refused, SignedOut } from '../platform/http/errors.ts';
import { NO_DISTRICT, SESSION_COOKIE } from '../platform/http/serve.ts';
import { needsSecondFactor } from './actors.ts';
import { hashPassword, isCommon, passwordMatches } from './passwords.ts';
import { enrolmentUri, newSecret, stepOf } from './secondFactor.ts';
import { newToken, tokenHash } from './sessions.ts';
import * as store from './store.ts';
import { sessionView } from './views.ts';

const secretPlace = (accountId: string) => ({ table: 'account', row: accountId, field: 'second_factor' });

/** Signs in. Unknown names, wrong passwords and disabled accounts answer alike. */
export const signIn = async (ctx: Ctx, body: { username: string; password: string; code?: string | undefined }): Promise<SessionReply> => {
  const account = await store.accountByName(ctx.tx, body.username.toLowerCase());
  // In the same transaction: a second connection for the record would starve the pool when many sign in at once.
  const note = (outcome: string) =>
    ctx.tx
      .insertInto('accessRecord')
      .values({
        districtId: account?.districtId ?? NO_DISTRICT,
        id: ctx.id(),
        at: ctx.now,
        kind: 'sign-in',
        action: 'signIn',
        actorId: account?.personId ?? null,
        accountId: account?.id ?? null,
        outcome,
        httpRequest: ctx.http.id,
        ip: ctx.http.ip,
      })
      .execute();
  const { guesses } = ctx.services;
  const { lockedUntil } = account ?? guesses.name(body.username.toLowerCase());
  if (lockedUntil !== null && lockedUntil > ctx.now) {
    await note('locked');
    throw new AfterCommit(new Refused('identity.locked', { until: lockedUntil }));
  }
  const right = await passwordMatches(account?.passwordHash, body.password);
  if (account === undefined || !right || account.disabled) {
    if (account !== undefined) await failed(ctx, account);
    else {
      const failures = guesses.name(body.username.toLowerCase()).failures + 1;
      guesses.countName(body.username.toLowerCase(), { failures, lockedUntil: lockAfter(ctx, failures) });
    }
    await note('wrong-credentials');
    throw new AfterCommit(new SignedOut('identity.wrong-credentials'));
  }
  let lastStep: number | null = null;
  if (account.secondFactor !== null) {
    if (body.code === undefined || body.code === '') throw new Refused('identity.code-needed');
    lastStep = stepOf(ctx.crypto.decrypt(account.secondFactor, secretPlace(account.id)), body.code, new Date(ctx.now));
    // A code is good for one sign-in, so that one seen over a shoulder is worth nothing. The demo shows its codes to everybody.
    if (lastStep === null || (!account.isDemo && account.secondFactorLastStep !== null && lastStep <= account.secondFactorLastStep)) {
      await failed(ctx, account);
      await note('wrong-code');
      throw new AfterCommit(new Refused('identity.wrong-code'));
    }
  }
  await ctx.tx
    .updateTable('account')
    .set({ failures: 0, lockedUntil: null, ...(lastStep === null ? {} : { secondFactorLastStep: lastStep }) })
    .where('id', '=', account.id)
    .execute();
  const stage: SessionStage = account.mustChange
    ? 'change-password'
    : account.secondFactor === null && needsSecondFactor(account.roles)
      ? 'enrol-second-factor'
      : 'full';
  // The session that the browser had before ends: its token is replaced and would live on unseen.
  const before = ctx.http.request.cookies[SESSION_COOKIE];
  if (before !== undefined && (await store.revokeByToken(ctx.tx, tokenHash(before), ctx.now))) await ctx.services.sessions.forget(ctx.tx);
  const token = newToken();
  const csrfToken = newToken();
  const hours = ctx.services.env.JIEYOU_SESSION_HOURS;
  await store.startSession(ctx.tx, {
    id: ctx.id(),
    tokenHash: tokenHash(token),
    csrfToken,
    accountId: account.id,
    stage,
    createdAt: ctx.now,
    expiresAt: new Date(Date.parse(ctx.now) + hours * 3_600_000).toISOString(),
    ip: ctx.http.ip,
    device: ctx.http.device,
  });
  await note('signed-in');
  setCookie(ctx, token, hours);
  return sessionView(
    ctx.tx,
    { accountId: account.id, personId: account.personId, districtId: account.districtId, roles: account.roles, assignments: [], stage },
    csrfToken,
  );
};

// A failed attempt stays counted although the request is refused.
const failed = async (ctx: Ctx, account: store.AccountRow): Promise<void> => {
  const failures = account.failures + 1;
  await store.countFailure(ctx.tx, account.id, failures, lockAfter(ctx, failures));
};

const lockAfter = (ctx: Ctx, failures: number): string | null => {
  const seconds = lockedFor(failures);
  return seconds === 0 ? null : new Date(Date.parse(ctx.now) + seconds * 1000).toISOString();
};

// Whoever holds somebody's session must not guess the password here either: the count is that of signing in.
const provePassword = async (ctx: Ctx<'identity.locked'>, account: store.AccountRow, password: string): Promise<void> => {
  if (account.lockedUntil !== null && account.lockedUntil > ctx.now) ctx.refuse('identity.locked', { until: account.lockedUntil });
  if (await passwordMatches(account.passwordHash, password)) return;
  await failed(ctx, account);
  throw new AfterCommit(new Refused('identity.wrong-credentials'));
};

const setCookie = (ctx: Ctx, token: string, hours: number): void => {
  ctx.http.reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: ctx.services.env.JIEYOU_SECURE_COOKIES === '1' || ctx.http.request.protocol === 'https',
    maxAge: hours * 3600,
  });
};

/** Ends the current session. */
export const signOut = async (ctx: Ctx): Promise<{ ok: true }> => {
  await store.revokeOne(ctx.tx, ctx.actor.sessionId, ctx.actor.accountId, ctx.now);
  await ctx.services.sessions.forget(ctx.tx);
  ctx.http.reply.clearCookie(SESSION_COOKIE, { path: '/' });
  return { ok: true };
};

/** Ends one of the person's own sessions. */
export const revokeSession = async (ctx: Ctx, id: string): Promise<{ ok: true }> => {
  const done = await store.revokeOne(ctx.tx, id, ctx.actor.accountId, ctx.now);
  if (done.numUpdatedRows === 0n) ctx.notFound();
  await ctx.services.sessions.forget(ctx.tx);
  return { ok: true };
};

const ownAccount = async (ctx: Ctx): Promise<store.AccountRow> => {
  const account = await store.accountById(ctx.tx, ctx.actor.accountId);
  if (account === undefined) throw new SignedOut();
  return account;
};

const nextStage = (account: store.AccountRow, change: { mustChange?: boolean; secondFactor?: boolean }): SessionStage => {
  if (change.mustChange ?? account.mustChange) return 'change-password';
  return !(change.secondFactor ?? account.secondFactor !== null) && needsSecondFactor(account.roles) ? 'enrol-second-factor' : 'full';
};

/** The session's own view again, after something about it changed. */
export const currentSession = async (ctx: Ctx, stage?: SessionStage): Promise<SessionReply> => {
  // The door has just looked the session up: looking again would take a second connection, and twelve who each hold one and wait for
  // another wait for ever.
  if (ctx.http.csrfToken === null) throw new SignedOut();
  return sessionView(ctx.tx, { ...ctx.actor, stage: stage ?? ctx.actor.stage }, ctx.http.csrfToken);
};

/** Changes one's own password; the other sessions end. */
export const changePassword = async (
  ctx: Ctx<
    'identity.password-demo' | 'identity.wrong-credentials' | 'identity.locked' | 'identity.password-unchanged' | 'identity.password-common'
  >,
  body: { current: string; next: string },
): Promise<SessionReply> => {
  const account = await ownAccount(ctx);
  if (account.isDemo) ctx.refuse('identity.password-demo');
  await provePassword(ctx, account, body.current);
  if (body.current === body.next) ctx.refuse('identity.password-unchanged');
  if ((await isCommon(body.next)) || body.next.toLowerCase().includes(account.username)) ctx.refuse('identity.password-common');
  await ctx.tx
    .updateTable('account')
    .set({ passwordHash: await hashPassword(body.next), mustChange: false, failures: 0 })
    .where('id', '=', account.id)
    .execute();
  await store.revokeOthers(ctx.tx, account.id, ctx.actor.sessionId, ctx.now);
  const stage = nextStage(account, { mustChange: false });
  await store.setStage(ctx.tx, ctx.actor.sessionId, stage);
  await ctx.record({ type: 'identity.password-changed', recordKind: 'account', recordId: account.id });
  await ctx.services.sessions.forget(ctx.tx);
  return currentSession(ctx, stage);
};

/** Makes a secret for an authenticator; it counts once a first code confirms it. */
export const startSecondFactor = async (
  ctx: Ctx<'identity.wrong-credentials' | 'identity.locked'>,
  body: { password: string },
): Promise<{ uri: string; secret: string }> => {
  const account = await ownAccount(ctx);
  await provePassword(ctx, account, body.password);
  const secret = newSecret();
  await ctx.tx
    .updateTable('account')
    .set({ secondFactorPending: ctx.crypto.encrypt(secret, secretPlace(account.id)), failures: 0 })
    .where('id', '=', account.id)
    .execute();
  return { uri: enrolmentUri(secret, account.username), secret };
};

/** Takes the first code of the new authenticator. */
export const confirmSecondFactor = async (
  ctx: Ctx<'identity.second-factor-not-started' | 'identity.wrong-code'>,
  body: { code: string },
): Promise<SessionReply> => {
  const account = await ownAccount(ctx);
  if (account.secondFactorPending === null) return ctx.refuse('identity.second-factor-not-started');
  const step = stepOf(ctx.crypto.decrypt(account.secondFactorPending, secretPlace(account.id)), body.code, new Date(ctx.now));
  if (step === null) ctx.refuse('identity.wrong-code');
  await ctx.tx
    .updateTable('account')
    .set({ secondFactor: account.secondFactorPending, secondFactorPending: null, secondFactorLastStep: step })
    .where('id', '=', account.id)
    .execute();
  const stage = nextStage(account, { secondFactor: true });
  await store.setStage(ctx.tx, ctx.actor.sessionId, stage);
  await ctx.record({ type: 'identity.second-factor-enrolled', recordKind: 'account', recordId: account.id });
  await ctx.services.sessions.forget(ctx.tx);
  return currentSession(ctx, stage);
};
