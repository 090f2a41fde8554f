import { createHash } from 'node:crypto';
import { mayEver } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, type Instant, instantOf } from '@jieyou/core/shared/day.ts';
import type { AnyEndpoint, Endpoint } from '@jieyou/core/shared/endpoint.ts';
import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DatabaseUnavailable, hot, type Settings, type Statement, type Tx } from '../db/database.ts';
import { NoRoom } from '../files/files.ts';
import { newId } from '../ids.ts';
import { told } from '../log.ts';
import type { AccessRecord } from './accessLog.ts';
import type { Ctx, Services } from './context.ts';
import { AfterCommit, Busy, Denied, Invalid, NotFound, Refused, SignedOut, TooMany } from './errors.ts';
import { rankOf } from './gate.ts';
import { replySchema } from './replySchema.ts';
import { settingsOf } from './scope.ts';

/** Name of the session cookie. */
export const SESSION_COOKIE = 'jieyou_session';

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly body: z.infer<B>;
};

export type Handler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, C extends string> = (
  ctx: Ctx<C>,
  input: Input<P, Q, B>,
) => Promise<z.input<R>>;

/** Endpoints that a running app serves, in the order in which they were given; the walks read this. */
export const servedBy = new WeakMap<FastifyInstance, AnyEndpoint[]>();

// A person who is not signed in has no actor; handlers of open endpoints never look at it.
const NOBODY: Actor = {
  accountId: '',
  personId: '',
  name: '',
  districtId: '',
  organisationId: null,
  stationId: null,
  expertId: null,
  roles: [],
  assignments: [],
  selves: [],
  sessionId: '',
  stage: 'full',
};

/**
 * Serves one endpoint: session, policy, forgery check, input, one transaction under the person's settings, idempotency, audit,
 * reply. The only place besides the job runner that opens a transaction.
 */
export const serve = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, C extends string>(
  app: FastifyInstance,
  services: Services,
  endpoint: Endpoint<P, Q, B, R, C>,
  handler: Handler<P, Q, B, R, C>,
): void => {
  const served = servedBy.get(app) ?? [];
  served.push(endpoint as unknown as AnyEndpoint);
  servedBy.set(app, served);
  const writes = endpoint.method !== 'GET';
  const { gate, log } = services;
  const lane = endpoint.fewAtOnce === true ? services.lane : undefined;
  const answered = services.metrics.endpoint(endpoint.id);
  const logsAll = log.isLevelEnabled('info');
  // A stream of news ends with the page: its length says nothing of the platform.
  const lasts = endpoint.streams === 'text/event-stream';
  const rank = rankOf(endpoint as unknown as AnyEndpoint);
  const limitMs = services.env.JIEYOU_REQUEST_SECONDS * 1000;
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const now = services.clock.now();
    const token = request.cookies[SESSION_COOKIE];
    const session = token === undefined ? null : await services.sessions.authenticate(token, now);
    if (session === null && token !== undefined) services.guesses.token(request.ip);
    const note = (record: Partial<AccessRecord> & Pick<AccessRecord, 'kind' | 'outcome'>): Promise<void> =>
      services.accessLog.write({
        id: newId(now.getTime()),
        districtId: session?.actor.districtId ?? NO_DISTRICT,
        at: now,
        action: endpoint.id,
        actorId: session?.actor.personId ?? null,
        accountId: session?.actor.accountId ?? null,
        recordKind: null,
        recordId: null,
        reason: null,
        httpRequest: request.id,
        ip: request.ip,
        ...record,
      });
    try {
      if (endpoint.allow.who !== 'anyone') {
        if (session === null)
          throw new SignedOut(token !== undefined && (await services.sessions.revoked(token)) ? 'identity.revoked' : undefined);
        if (session.actor.stage !== 'full' && endpoint.atSetUp !== true) throw new Denied('identity.set-up-first');
        if (!mayEver(endpoint.allow, session.actor)) throw new Denied();
        if (writes && request.headers['x-csrf-token'] !== session.csrfToken) throw new Denied('identity.csrf');
      }
      // A stranger has no session, and so no token that a foreign page could not know: the browser says from where it asks.
      if (endpoint.rate === 'public' && writes && !fromOwnPage(request)) throw new Denied('public.other-origin');
      const input = parseInput(endpoint, request);
      const actor = session?.actor ?? NOBODY;
      const settings = session === null ? { now: now.toISOString(), http_request: request.id } : settingsOf(actor, now, request.id);
      const seen: Parameters<Ctx['saw']>[] = [];
      let kept: AfterCommit | undefined;
      const run = async (tx: Tx) => {
        try {
          return await handler(
            contextOf(
              services,
              endpoint as unknown as AnyEndpoint,
              tx,
              actor,
              now,
              request,
              reply,
              seen,
              session?.csrfToken ?? null,
            ) as Ctx<C>,
            input,
          );
        } catch (error) {
          if (!(error instanceof AfterCommit)) throw error;
          kept = error;
          return undefined;
        }
      };
      const result = writes
        ? await write(services, settings, endpoint as unknown as AnyEndpoint, request, actor, {
            run,
            // The count that outlives a refusal is kept; the key is not, since the act was not done.
            refused: () => kept !== undefined,
            forget: () => {
              kept = undefined;
            },
          })
        : await services.db.transaction('read', settings, run, { limitMs });
      if (kept !== undefined) throw kept.error;
      if (endpoint.reads === 'content') {
        await Promise.all(
          seen.map(([recordKind, recordId, more]) => note({ kind: 'read', outcome: 'shown', recordKind, recordId, ...more })),
        );
      }
      return result;
    } catch (error) {
      const expected = error instanceof Refused || error instanceof Denied || error instanceof NotFound;
      if (expected && session !== null) {
        const recordId = idIn(request.params);
        await note({
          kind: 'refused',
          outcome: error instanceof NotFound ? 'not-found' : error.code,
          recordKind: recordId === null ? null : (endpoint.path.split('/')[2] ?? null),
          recordId,
          ...(endpoint.hidesRefused === true && !(error instanceof NotFound) ? { actorId: null, accountId: null, ip: null } : {}),
        });
      }
      throw error;
    }
  };
  app.route({
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: endpoint.streams === undefined ? { response: { 200: replySchema(endpoint.reply) } } : {},
    config: { rateLimit: rateOf(endpoint.rate, services) },
    ...(endpoint.rate === 'public' ? { bodyLimit: PUBLIC_BODY_BYTES } : {}),
    // Before the rate is counted and the body is read: turning away must cost next to nothing.
    onRequest: (_request, _reply, done) => (gate.crowded && gate.refuses(rank) ? done(new Busy()) : done()),
    handler: async (request, reply) => {
      const gone = (): boolean => request.raw.socket?.destroyed === true;
      const through = async (): Promise<unknown> => {
        const turn = gate.enter(rank, gone);
        if (turn !== undefined) await turn;
        try {
          return await answer(request, reply);
        } finally {
          gate.leave(rank);
        }
      };
      if (lane === undefined) return through();
      const turn = lane.enter(1, gone);
      if (turn !== undefined) await turn;
      try {
        return await through();
      } finally {
        lane.leave(1);
      }
    },
    onResponse: (request, reply, done) => {
      const ms = lasts ? 0 : reply.elapsedTime;
      answered(reply.statusCode, ms);
      if (logsAll) log.info({ requestId: request.id, endpoint: endpoint.id, status: reply.statusCode, ms: Math.round(ms) }, 'answered');
      done();
    },
  });
};

const repeated = new WeakSet<FastifyRequest>();

/** Whether the request was answered with what an earlier one of the same key had answered: what it did itself was undone. */
export const answeredBefore = (request: FastifyRequest): boolean => repeated.has(request);

/** Stands in records of people who could not be told apart from strangers. */
export const NO_DISTRICT = '00000000-0000-0000-0000-000000000000';

const idIn = (params: unknown): string | null => {
  const id = (params as { id?: unknown } | null)?.id;
  return typeof id === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id) ? id : null;
};

// The longest text of a public form is 2,000 characters, at most four bytes each.
const PUBLIC_BODY_BYTES = 16_384;

/** Whether the browser says that the request comes from a page of ours. Browsers that say neither are older than any that we serve. */
const fromOwnPage = (request: FastifyRequest): boolean => {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = request.headers.origin;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host;
};

const rateOf = (rate: AnyEndpoint['rate'], services: Services): object | false => {
  // By address: a guesser sends whatever cookie he likes.
  if (rate === 'sign-in')
    return { max: services.demo ? 300 : 20, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => request.ip };
  if (rate === 'public')
    return { max: services.demo ? 300 : 12, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => request.ip };
  if (rate === 'heavy') return { max: 60, timeWindow: 60_000 };
  return {};
};

const parseInput = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Pick<Endpoint<P, Q, B>, 'params' | 'query' | 'body' | 'takesFile' | 'method'>,
  request: FastifyRequest,
): Input<P, Q, B> => {
  const params = endpoint.params.safeParse(request.params);
  // An id that is none answers like an id that does not exist.
  if (!params.success || Object.values(request.params as Record<string, string>).some(unspeakable)) throw new NotFound();
  const words = Object.entries(request.query as Record<string, unknown>);
  const unsaid = words.find(([name, word]) => [name, word].flat().some(unspeakable));
  if (unsaid !== undefined) throw new Invalid([{ path: unsaid[0], message: '不能包含控制字符' }]);
  const query = endpoint.query.safeParse(request.query);
  if (!query.success) throw new Invalid(issuesOf(query.error));
  if (endpoint.takesFile === true) return { params: params.data, query: query.data, body: {} as z.infer<B> };
  // No body is an empty one; the value null is no object.
  const body = endpoint.body.safeParse(request.body === undefined ? {} : request.body);
  if (!body.success) throw new Invalid(issuesOf(body.error));
  return { params: params.data, query: query.data, body: body.data };
};

// Nobody types NUL or half a character into an address, and the database would refuse the whole statement.
const unspeakable = (word: unknown): boolean => typeof word === 'string' && (word.includes('\u0000') || !word.isWellFormed());

const issuesOf = (error: z.ZodError): { path: string; message: string }[] =>
  error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));

/** Runs a write once for a key: the same key and body answer what they answered before, another body is refused. */
const write = async <T>(
  services: Services,
  settings: Settings,
  endpoint: AnyEndpoint,
  request: FastifyRequest,
  actor: Actor,
  { run, refused, forget }: { run: (tx: Tx) => Promise<T>; refused: () => boolean; forget: () => void },
): Promise<T> => {
  const key = request.headers['idempotency-key'];
  const limitMs = services.env.JIEYOU_REQUEST_SECONDS * 1000;
  if (key === undefined || actor.accountId === '' || endpoint.streams !== undefined || endpoint.repeatable === true)
    return services.db.transaction('write', settings, run, { limitMs });
  if (typeof key !== 'string' || !/^[\w.:-]{8,100}$/.test(key))
    throw new Invalid([{ path: 'Idempotency-Key', message: '应为 8 至 100 个字母、数字或 - _ . :' }]);
  const hash = createHash('sha256')
    .update(`${endpoint.id}\n${request.url}\n${endpoint.takesFile === true ? '' : JSON.stringify(request.body ?? null)}`)
    .digest();
  // Where the claim lies: the row is this transaction's own, and found without a plan that ages with the table.
  let place: string | undefined;
  const keep = (result: T): Statement =>
    refused()
      ? { text: 'delete from idempotency_key where ctid = $1::tid', values: [place] }
      : { text: 'update idempotency_key set status = 200, reply = $1 where ctid = $2::tid', values: [atRest(endpoint, result), place] };
  try {
    return await services.db.transaction(
      'write',
      settings,
      async (tx) => {
        // The claim blocks while another transaction with the same key is under way. The work does not wait for it: its statements
        // follow on the same connection, and are undone where the claim turns out to be somebody else's.
        const claiming = hot<{ place: string }>(tx)`insert into idempotency_key (account_id, key, endpoint, body_hash, created_at)
          values (${actor.accountId}, ${key}, ${endpoint.id}, ${hash}, ${settings.now}) on conflict do nothing returning ctid::text as place`;
        const [claim, done] = await Promise.allSettled([claiming, run(tx)]);
        if (claim.status === 'rejected') throw claim.reason;
        if (claim.value[0] === undefined) throw new AnsweredBefore();
        if (done.status === 'rejected') throw done.reason;
        place = claim.value[0].place;
        return done.value;
      },
      { last: keep, limitMs },
    );
  } catch (error) {
    if (!(error instanceof AnsweredBefore)) throw error;
    forget();
    repeated.add(request);
    return services.db.transaction('read', settings, async (tx) => {
      const [before] = await hot<{ endpoint: string; bodyHash: Buffer; reply: string | null }>(tx)`
        select endpoint, body_hash, reply from idempotency_key where account_id = ${actor.accountId} and key = ${key}`;
      if (before === undefined || before.endpoint !== endpoint.id || !before.bodyHash.equals(hash)) throw new Refused('request.key-used');
      return JSON.parse(before.reply ?? 'null') as T;
    });
  }
};

// The key was used before; what was begun for it is undone.
class AnsweredBefore extends Error {}

/** The answer as it rests: what is shown once is left out. */
const atRest = (endpoint: AnyEndpoint, result: unknown): string =>
  JSON.stringify(result, (field, value: unknown) => (endpoint.shownOnce?.includes(field) === true ? null : value));

const contextOf = (
  services: Services,
  endpoint: AnyEndpoint,
  tx: Tx,
  actor: Actor,
  now: Date,
  request: FastifyRequest,
  reply: FastifyReply,
  seen: Parameters<Ctx['saw']>[],
  csrfToken: string | null,
): Ctx<string> => {
  const at: Instant = instantOf(now.getTime());
  const id = () => newId(now.getTime());
  return {
    endpoint,
    services,
    tx,
    actor,
    now: at,
    today: dayOf(at),
    crypto: services.crypto,
    id,
    refuse: (code, facts) => {
      throw new Refused(code, facts);
    },
    notFound: () => {
      throw new NotFound();
    },
    record: async (event) => {
      const eventId = id();
      const named = <T>(who: T): T | null => (event.unnamed === true ? null : who);
      const deputyFor = actor.assignments.find((a) => a.deputyFor !== null)?.deputyFor ?? null;
      await hot(
        tx,
      )`insert into event (district_id, id, at, type, actor_id, deputy_for, account_id, record_kind, record_id, request_ref, help_field, facts,
          http_request, ip)
        values (${actor.districtId}, ${eventId}, ${at}, ${event.type}, ${named(actor.personId)}, ${named(deputyFor)}, ${named(actor.accountId)},
          ${event.recordKind}, ${event.recordId}, ${event.requestRef ?? null}, ${event.helpField ?? null}, ${JSON.stringify(event.facts ?? {})},
          ${named(request.id)}, ${named(request.ip)})`;
      return eventId;
    },
    saw: (...what) => {
      // Said of an endpoint that is not declared to read, it would be lost without a word.
      if (endpoint.reads !== 'content') throw new Error(`${endpoint.id} tells what was seen and does not declare that it reads`);
      seen.push(what);
    },
    enqueue: async (queue, data, startAfter) => {
      await services.queue?.enqueue(tx, queue, data, startAfter);
    },
    notify: (persons, notice) => services.live.send(tx, actor.districtId, persons, notice, now),
    changed: (recordKind, recordId) => services.live.changed(tx, actor.districtId, recordKind, recordId),
    http: { id: request.id, ip: request.ip, device: String(request.headers['user-agent'] ?? '').slice(0, 200), csrfToken, request, reply },
  };
};

// Somebody has to make room first.
const NO_ROOM_SECONDS = 30;

/** Answers errors: the four outcomes, a full house, and everything else as a bug that is logged by its request id. */
export const answerErrors = (app: FastifyInstance, services: Services): void => {
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const requestId = request.id;
    if (error instanceof Refused) return reply.code(409).send({ error: 'refused', code: error.code, facts: error.facts, requestId });
    if (error instanceof NotFound) return reply.code(404).send({ error: 'not-found', requestId });
    if (error instanceof Denied) return reply.code(403).send({ error: 'denied', code: error.code, requestId });
    if (error instanceof SignedOut) return reply.code(401).send({ error: 'signed-out', code: error.code, requestId });
    if (error instanceof Invalid) return reply.code(400).send({ error: 'invalid', fields: error.fields, requestId });
    if (error instanceof TooMany || error.statusCode === 429) {
      const seconds = error instanceof TooMany ? error.seconds : 60;
      return reply.code(429).header('retry-after', seconds).send({ error: 'too-many', facts: { seconds }, requestId });
    }
    if (error instanceof Busy) return reply.code(503).header('retry-after', error.seconds).send({ error: 'unavailable', requestId });
    if (error instanceof DatabaseUnavailable) {
      services.log.warn({ requestId }, 'database unavailable');
      return reply.code(503).header('retry-after', 1).send({ error: 'unavailable', requestId });
    }
    if (error instanceof NoRoom) {
      services.log.error({ requestId, err: told(error.cause) }, 'no room for files');
      return reply.code(503).header('retry-after', NO_ROOM_SECONDS).send({ error: 'unavailable', requestId });
    }
    if (error.statusCode === 413) return reply.code(400).send({ error: 'invalid', fields: [{ path: '', message: '内容过大' }], requestId });
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return reply.code(400).send({ error: 'invalid', fields: [{ path: '', message: '请求的格式不对' }], requestId });
    }
    services.log.error({ requestId, url: request.routeOptions.url, err: told(error) }, 'bug');
    return reply.code(500).send({ error: 'bug', requestId });
  });
};
