import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listCases, sealLookup } from '@jieyou/core/cases/endpoints.ts';
import type { AnyEndpoint, Endpoint } from '@jieyou/core/shared/endpoint.ts';
import type { z } from 'zod';
import { assemble } from '../src/assemble.ts';
import { type CryptoProvider, Sm4Provider } from '../src/platform/crypto/crypto.ts';
import { ownerDatabase } from '../src/platform/db/database.ts';
import { EMBEDDED_LOGIN, urlOf } from '../src/platform/db/migrate.ts';
import { Settings } from '../src/platform/env.ts';
import { SESSION_COOKIE } from '../src/platform/http/serve.ts';
import { idAt } from '../src/platform/ids.ts';
import { type ClonedDatabase, cloneDatabase } from './database.ts';
import { PATIENT } from './patience.ts';
import { makeSession } from './sessions.ts';
import { buildWorld, type World } from './world.ts';

/** The cases that somebody finds by a name, an ID number or a phone. */
export const casesFoundBy = async (by: Caller, typed: string) => {
  const { lookup } = await by.ok(sealLookup, { body: { typed } });
  return (await by.ok(listCases, { query: { lookup, limit: 100 } })).rows;
};

/** A clock that stands still until a test moves it. */
export class TestClock {
  #now: number;
  constructor(iso: string) {
    this.#now = Date.parse(iso);
  }
  now(): Date {
    return new Date(this.#now);
  }
  set(iso: string): void {
    this.#now = Date.parse(iso);
  }
  advance(by: { minutes?: number; hours?: number; days?: number }): void {
    this.#now += ((by.days ?? 0) * 24 * 60 + (by.hours ?? 0) * 60 + (by.minutes ?? 0)) * 60_000;
  }
}

/** What the platform answered. */
export type Answer<T> = {
  readonly status: number;
  readonly body: T;
  readonly error: { error: string; code?: string; facts?: Record<string, unknown>; fields?: { path: string; message: string }[] };
  readonly headers: Record<string, unknown>;
  readonly raw: string;
};

/** What is asked: input as the endpoint declares it, and the headers of a write. `csrf: null` leaves the token out. */
export type Ask<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params?: z.input<P>;
  query?: z.input<Q>;
  body?: z.input<B> | Record<string, unknown>;
  key?: string;
  csrf?: string | null;
  file?: Buffer;
};

/** Somebody who asks the platform. `ok` fails the test when the answer is not 200. */
export type Caller = {
  call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, C extends string>(
    endpoint: Endpoint<P, Q, B, R, C>,
    ask?: Ask<P, Q, B>,
  ): Promise<Answer<z.output<R>>>;
  ok<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, C extends string>(
    endpoint: Endpoint<P, Q, B, R, C>,
    ask?: Ask<P, Q, B>,
  ): Promise<z.output<R>>;
};

const pathOf = (endpoint: AnyEndpoint, ask: { params?: object | undefined; query?: object | undefined }): string => {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((ask.params as Record<string, unknown>)?.[name] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(ask.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one));
  }
  return query.size === 0 ? path : `${path}?${query}`;
};

/** The moment at which tests start: a Thursday morning, an ordinary working day in Shanghai. */
export const TEST_NOW = '2026-03-05T02:00:00.000Z';

/** The real application on a private database with a small invented world; time stands still. */
export const startTestApp = async (
  options: {
    now?: string;
    queue?: boolean;
    settings?: Readonly<Record<string, string>>;
    database?: ClonedDatabase;
    crypto?: CryptoProvider;
  } = {},
) => {
  const database = options.database ?? (await cloneDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), 'jieyou-test-'));
  const clock = new TestClock(options.now ?? TEST_NOW);
  const crypto = options.crypto ?? new Sm4Provider(new Map([['test', Buffer.alloc(32, 7)]]), 'test');
  const owner = ownerDatabase(database.superuserUrl);
  const world: World = await buildWorld(owner, crypto, clock.now());
  const env = {
    ...Settings.parse({
      JIEYOU_LOG: process.env.TEST_LOG ?? 'error',
      JIEYOU_RATE_PER_MINUTE: '1000000',
      JIEYOU_POOL: '6',
      ...PATIENT,
      ...options.settings,
    }),
    dataDir,
  };
  const platform = await assemble({
    url: urlOf(database.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }),
    env,
    crypto,
    clock,
    demo: true,
    queue: options.queue ?? false,
  });
  await platform.open();
  const { app, services } = platform;

  const caller = (token: string | null, csrfToken: string): Caller => {
    const call: Caller['call'] = async (endpoint, ask) => {
      const e = endpoint as unknown as AnyEndpoint;
      const given = (ask ?? {}) as { params?: object; query?: object; body?: unknown; key?: string; csrf?: string | null; file?: Buffer };
      const response = await app.inject({
        method: e.method,
        url: pathOf(e, given),
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(given.csrf === null ? {} : { 'x-csrf-token': given.csrf ?? csrfToken }),
          ...(given.key === undefined ? {} : { 'idempotency-key': given.key }),
          ...(given.file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        },
        ...(token === null ? {} : { cookies: { [SESSION_COOKIE]: token } }),
        ...(given.file !== undefined ? { payload: given.file } : given.body === undefined ? {} : { payload: given.body as object }),
      });
      const isJson = String(response.headers['content-type'] ?? '').includes('json');
      const body = isJson ? response.json() : undefined;
      return {
        status: response.statusCode,
        body: body as never,
        error: body as never,
        headers: response.headers,
        raw: isJson ? response.body : response.rawPayload.toString('latin1'),
      };
    };
    return {
      call,
      ok: async (endpoint, ask) => {
        const answer = await call(endpoint, ask);
        if (answer.status !== 200)
          throw new Error(`${(endpoint as unknown as AnyEndpoint).id} answered ${answer.status}: ${answer.raw.slice(0, 600)}`);
        return answer.body;
      },
    };
  };

  const sessions = new Map<string, { token: string; csrfToken: string }>();
  let made = 0;
  /** A caller with a session of the account; made directly, since signing in has tests of its own. */
  const as = async (username: string): Promise<Caller> => {
    let session = sessions.get(username);
    if (session === undefined) {
      made += 1;
      const at = clock.now();
      session = await makeSession(owner, username, { id: idAt(at.getTime(), made), at });
      sessions.set(username, session);
    }
    return caller(session.token, session.csrfToken);
  };

  return {
    app,
    services,
    clock,
    crypto,
    world,
    /** The owner's access, for arranging and for looking behind the scenes; row-level security does not apply to it. */
    owner,
    superuserUrl: database.superuserUrl,
    as,
    nobody: caller(null, ''),
    stop: async () => {
      await platform.stop();
      await owner.destroy();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;
