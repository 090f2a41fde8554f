/** The real application with the tales of the access walk, and somebody who may say anything to it. */
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { AccessWorld, casts, forbiddenTo, personal, readable, type Target, tellAll } from '../../apps/server/test/access.world.ts';
import { startTestApp, type TestApp } from '../../apps/server/test/harness.ts';

/** What is said: nothing of it needs to be what the contract asks for. */
export type Saying = {
  readonly params?: Readonly<Record<string, string>>;
  /** Values as they stand in the address; several of one name are sent several times. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** A JSON value. */
  readonly body?: unknown;
  /** Bytes in place of a JSON value. */
  readonly raw?: { readonly payload: string | Buffer; readonly type?: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly csrf?: 'none';
  /** Another session than the caller's own, where the question uses one up. */
  readonly session?: { readonly token: string; readonly csrf: string };
};

/** What came back. */
export type Heard = {
  readonly status: number;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly ms: number;
};

/** Something that must not be: what was tried, by whom, and what is wrong with the answer. */
export type Finding = { readonly what: string; readonly where: string; readonly says: string };

const WAY_OUT = { JIEYOU_SMTP_HOST: '127.0.0.1', JIEYOU_SMTP_FROM: 'zhongxin@jieyou.example', JIEYOU_PUBLIC_URL: 'https://jieyou.example' };

/** Status of an answer that broke off. */
export const BROKE_OFF = 599;

// Strict endpoints let a session ask sixty times a minute, and an address a few times.
const ASKED_A_SESSION = 50;

const DATABASE_WORDS =
  /syntax error at|relation \\?"|column \\?"|violates [a-z-]+ constraint|duplicate key|invalid input (syntax|value)|invalid byte sequence|unicode escape|permission denied for|row-level security|out of range for type|PG::|SQLSTATE|pg_catalog|kysely|postgres|deadlock|node_modules|\.ts:\d+| {4}at [\w.<]/i;

/** What is wrong with an answer, whatever was asked; undefined when nothing is. */
export const wrongWith = (heard: Heard): string | undefined => {
  if (heard.status >= 500) return `answered ${heard.status}`;
  if (heard.status >= 400 && DATABASE_WORDS.test(heard.text)) return 'speaks of the database or the program';
  // A book of many pages is printed by a browser of its own, one after the other.
  if (heard.ms > (String(heard.headers['content-type']).includes('pdf') ? 30_000 : 5_000)) return `took ${Math.round(heard.ms)} ms`;
  return undefined;
};

/** Where databases come from when no test runner has them, and settings. */
export type Given = {
  readonly database?: () => Promise<{ superuserUrl: string; drop(): Promise<void> }>;
  readonly settings?: Readonly<Record<string, string>>;
  /** Who asks in walks; everybody when not given. */
  readonly accounts?: readonly string[];
  /** A sample takes one of so many, and which ones the seed decides. */
  readonly every?: number;
  readonly seed?: number;
};

const appOf = async (given: Given): Promise<TestApp> =>
  startTestApp({
    settings: { ...WAY_OUT, JIEYOU_LOG: 'silent', ...given.settings },
    ...(given.database === undefined ? {} : { database: await given.database() }),
  });

/** Everything that a battery needs of the running application. */
export class Stage {
  readonly t: TestApp;
  readonly w: AccessWorld;
  readonly findings: Finding[] = [];
  readonly byStatus = new Map<number, number>();
  /** The last question of each kind. */
  readonly asked = new Map<string, Target>();
  /** Questions that are asked again and again, since they are never taken. */
  readonly kept = new Map<string, { username: string | null; saying: Saying }>();
  said = 0;
  readonly #used = new Map<string, number>();
  readonly #sessions = new Map<string, Awaited<ReturnType<AccessWorld['openSession']>>>();
  #address = 0;

  readonly #given: Given;

  constructor(t: TestApp, given: Given = {}) {
    this.t = t;
    this.#given = given;
    this.w = new AccessWorld(t);
  }

  /** Starts the application and tells the tales. */
  static async open(given: Given = {}): Promise<Stage> {
    const stage = new Stage(await appOf(given), given);
    await tellAll(stage.w);
    return stage;
  }

  /** Another application beside this one, with settings of its own. */
  another(settings: Record<string, string>): Promise<TestApp> {
    return appOf({ ...this.#given, settings: { ...this.#given.settings, ...settings } });
  }

  /** Whether only a part is tried. */
  get isSample(): boolean {
    return (this.#given.every ?? 1) > 1;
  }

  /** One of so many of a list, where all would take too long. */
  some<T>(list: readonly T[]): readonly T[] {
    const { every = 1, seed = 0 } = this.#given;
    return list.filter((_, i) => (i + seed) % every === 0);
  }

  get accounts(): readonly string[] {
    return this.#given.accounts ?? this.everybody;
  }

  get everybody(): readonly string[] {
    return Object.keys(this.t.world.persons);
  }

  /** A session of somebody, changed before it has asked too often. */
  async session(username: string) {
    const used = (this.#used.get(username) ?? 0) + 1;
    this.#used.set(username, used);
    let known = this.#sessions.get(username);
    if (known === undefined || used % ASKED_A_SESSION === 0) {
      known = await this.w.openSession(username);
      this.#sessions.set(username, known);
    }
    return known;
  }

  /** Says something to an endpoint as somebody, or signed out; what must never be is noted. */
  async say(username: string | null, endpoint: AnyEndpoint, saying: Saying, where: string): Promise<Heard> {
    const session = username === null ? null : (saying.session ?? (await this.session(username)));
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(saying.params?.[name] ?? '')));
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(saying.query ?? {})) for (const one of [value].flat()) query.append(key, one as string);
    const raw = saying.raw;
    this.#address += 1;
    const began = performance.now();
    const asked = {
      method: endpoint.method,
      url: query.size === 0 ? path : `${path}?${query}`,
      // Few tries are allowed from one address where strangers may ask.
      remoteAddress: `10.${(this.#address >> 11) & 255}.${(this.#address >> 3) & 255}.1`,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(session === null || saying.csrf === 'none' ? {} : { 'x-csrf-token': session.csrf }),
        ...(raw !== undefined
          ? raw.type === undefined
            ? {}
            : { 'content-type': raw.type }
          : saying.body === undefined
            ? {}
            : { 'content-type': 'application/json' }),
        ...saying.headers,
      },
      ...(session === null || saying.headers?.cookie !== undefined ? {} : { cookies: { [SESSION_COOKIE]: session.token } }),
      ...(raw !== undefined ? { payload: raw.payload } : saying.body === undefined ? {} : { payload: JSON.stringify(saying.body) }),
    };
    // A stream that breaks off in the middle has no status to say so.
    const response = await this.t.app.inject(asked).catch((error: Error) => error);
    const broken = response instanceof Error;
    const bytes = broken ? Buffer.from(response.message) : response.rawPayload;
    const heard = {
      status: broken ? BROKE_OFF : response.statusCode,
      text: readable(bytes),
      bytes,
      headers: broken ? {} : (response.headers as Record<string, unknown>),
      ms: performance.now() - began,
    };
    this.said += 1;
    this.byStatus.set(heard.status, (this.byStatus.get(heard.status) ?? 0) + 1);
    const wrong = wrongWith(heard);
    if (wrong !== undefined)
      this.find(where, `${username ?? 'nobody'} ${endpoint.id}`, `${wrong}: ${heard.text.slice(0, 200)} ← ${shown(saying)}`);
    // A session that a question has ended is no other question's.
    if (heard.status === 401 && username !== null) this.#sessions.delete(username);
    return heard;
  }

  /** As before, and no word of another scope may stand in the answer. */
  async look(username: string | null, endpoint: AnyEndpoint, saying: Saying, where: string): Promise<Heard> {
    const heard = await this.say(username, endpoint, saying, where);
    // An unmasking and a copy of somebody's own data show whom they are about, and a query letter what it opens.
    const opens = ['unmaskRecipient', 'downloadPersonalCopy', 'openSealedFile', 'readSealedAttachment'].includes(endpoint.id);
    for (const word of forbiddenTo(username).filter(
      (w) => !(opens && heard.status === 200 && (personal.includes(w) || w.startsWith(casts.own.mark))),
    ))
      if (heard.text.includes(word))
        this.find(where, `${username ?? 'nobody'} ${endpoint.id}`, `the answer holds ${word} ← ${shown(saying)}`);
    return heard;
  }

  #listening: Promise<string> | undefined;

  /** Where the application listens, for those who speak without HTTP of our own. */
  address(): Promise<string> {
    this.#listening ??= this.t.app.listen({ host: '127.0.0.1', port: 0 });
    return this.#listening;
  }

  find(what: string, where: string, says: string): void {
    this.findings.push({ what, where, says });
  }

  /** What was found, in one line each, the same thing once; and forgotten. */
  take(): string[] {
    return [...new Set(this.findings.splice(0).map((f) => `${f.what} · ${f.where} · ${f.says.replace(/"requestId":"[^"]*"/g, '…')}`))];
  }

  stop(): Promise<void> {
    return this.t.stop();
  }
}

/** A saying in few words. */
export const shown = (saying: Saying): string => {
  const text = JSON.stringify({ ...saying, ...(saying.raw === undefined ? {} : { raw: String(saying.raw.payload).slice(0, 80) }) });
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
};

// The address of a request is written in UTF-8, which has no lone surrogates.
const wellFormed = (text: string): string => text.toWellFormed();

/** Endpoints that answer a whole: those that stream have no end to wait for. */
export const askable: readonly AnyEndpoint[] = allEndpoints.filter((e) => e.streams !== 'text/event-stream');
