import { PassThrough, type Readable } from 'node:stream';
import type { Ctx } from '../platform/http/context.ts';
import { SignedOut, TooMany } from '../platform/http/errors.ts';
import { SESSION_COOKIE } from '../platform/http/serve.ts';
import { readLater } from '../platform/later.ts';
import { told } from '../platform/log.ts';
import type { LiveMessage } from '../platform/notify/live.ts';
import { seesRequest } from './store.ts';

/** Open streams of one session; a browser that opens more has lost count of its pages. */
export const STREAMS_PER_SESSION = 5;
const HEARTBEAT_MS = 25_000;
// How long a page waits before it comes back after a lost connection.
const RETRY_MS = 3_000;
// A receiver that does not read is let go before its news fill the memory.
const MOST_UNREAD_BYTES = 64_000;

const open = new Map<string, number>();

/** Streams of a session that are open in this process. */
export const openStreams = (sessionId: string): number => open.get(sessionId) ?? 0;

const count = (sessionId: string, by: 1 | -1): void => {
  const now = openStreams(sessionId) + by;
  if (now > 0) open.set(sessionId, now);
  else open.delete(sessionId);
};

/**
 * News for an open page (SSE): `notice` when a message arrives for the person, `changed` when the watched request changes and the
 * person may see it at that moment. News carry no facts. The stream is written after the request's transaction has ended and ends
 * with its session; each look at rights is a short reading of its own.
 */
export const followLive = (ctx: Ctx<never>, query: { requestId?: string | undefined }): Readable => {
  const { services, http } = ctx;
  const { sessionId } = ctx.actor;
  const token = (http.request.cookies as Record<string, string | undefined>)[SESSION_COOKIE];
  if (token === undefined) throw new SignedOut();
  if (openStreams(sessionId) >= STREAMS_PER_SESSION) throw new TooMany(HEARTBEAT_MS / 1000);

  let actor = ctx.actor;
  const news = new PassThrough();
  const say = (text: string): void => {
    if (news.destroyed) return;
    if (news.writableLength > MOST_UNREAD_BYTES) news.destroy();
    else news.write(text);
  };

  const stillSignedIn = async (): Promise<boolean> => {
    const session = await services.sessions.authenticate(token, services.clock.now());
    if (session === null) return false;
    actor = session.actor;
    return true;
  };
  const recheck = async (beat: boolean): Promise<void> => {
    try {
      if (!(await stillSignedIn())) news.end();
      else if (beat) say(': \n\n');
    } catch {
      // While the database is away nobody is signed out; the page asks again when it is back.
      if (beat) say(': \n\n');
    }
  };
  const tellOfRequest = async (requestId: string): Promise<void> => {
    try {
      if (await readLater(services, actor, http.id, (tx) => seesRequest(tx, requestId))) say('event: changed\ndata: {}\n\n');
    } catch (error) {
      services.log.warn({ requestId: http.id, err: told(error) }, 'live news lost');
    }
  };
  const hear = (message: LiveMessage): void => {
    if (message.kind === 'notice' && message.personId === actor.personId) say('event: notice\ndata: {}\n\n');
    else if (message.kind === 'leaving') news.end();
    else if (message.kind === 'changed' && message.recordId === query.requestId) void tellOfRequest(message.recordId);
    // Sessions or roles changed somewhere: perhaps this one.
    else if (message.kind === 'sessions') setImmediate(() => void recheck(false));
  };

  count(sessionId, 1);
  const stopHearing = services.live.on(hear);
  const heart = setInterval(() => void recheck(true), HEARTBEAT_MS);
  heart.unref();
  news.once('close', () => {
    clearInterval(heart);
    stopHearing();
    count(sessionId, -1);
  });
  // Should the request fail before its reply begins, nobody would ever read or close the stream.
  http.reply.raw.once('close', () => news.destroy());

  http.reply.header('content-type', 'text/event-stream; charset=utf-8');
  http.reply.header('cache-control', 'no-store');
  http.reply.header('x-accel-buffering', 'no');
  say(`retry: ${RETRY_MS}\n\n`);
  if (services.live.leaving) news.end();
  return news;
};
