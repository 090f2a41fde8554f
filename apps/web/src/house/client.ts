/** The typed way to the server: an endpoint is plain data, a call of it is typed by its schemas. */
import { readSession } from '@jieyou/core/identity/endpoints.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import { type Outcome, outcomeSentences } from '@jieyou/core/texts/outcomes.ts';
import type { Answer, Given } from './asked.ts';
import { pocket } from './pocket.ts';
import { uuid } from './uuid.ts';

export type { Answer, Given } from './asked.ts';

/** How a call failed. `offline` is ours: no answer came at all. */
export type ErrorKind = Outcome | 'refused';

/** One wrong value: where, by dots, and what is wrong with it. */
export type FieldError = { readonly path: string; readonly message: string };

/** A call that failed, with the sentence that people read. */
export class ApiError extends Error {
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly facts: Facts;
  readonly fields: readonly FieldError[];
  readonly requestId: string | undefined;
  readonly sentence: string;

  constructor(given: {
    kind: ErrorKind;
    code?: string | undefined;
    facts?: Facts;
    fields?: readonly FieldError[];
    requestId?: string | undefined;
    sentence: string;
  }) {
    super(given.sentence);
    this.name = 'ApiError';
    this.kind = given.kind;
    this.code = given.code;
    this.facts = given.facts ?? {};
    this.fields = given.fields ?? [];
    this.requestId = given.requestId;
    this.sentence = given.sentence;
  }
}

let csrfToken = '';
/** Keeps the token that the session gave, for every write from here on. */
export const keepCsrfToken = (token: string): void => {
  csrfToken = token;
};

const signedOutListeners = new Set<(revoked: boolean) => void>();
/** Calls back when the server no longer knows the session. Returns how to stop. */
export const onSignedOut = (listener: (revoked: boolean) => void): (() => void) => {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
};

type Plain = Readonly<Record<string, unknown>>;

/** The query as text: lists as repeated names, nothing for empty values. */
const queryText = (query: Plain | undefined): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};

const urlOf = (endpoint: AnyEndpoint, params: Plain | undefined, query: Plain | undefined): string =>
  endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? ''))) + queryText(query);

/** Address of a file or an export, for a link or a download. */
export const fileUrl = <E extends AnyEndpoint>(endpoint: E, given: Pick<Given<E>, 'params' | 'query'> = {}): string =>
  urlOf(endpoint, given.params as Plain | undefined, given.query as Plain | undefined);

const KINDS_BY_STATUS: Readonly<Record<number, ErrorKind>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'denied',
  404: 'not-found',
  409: 'refused',
  429: 'too-many',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

type Failure = { error?: string; code?: string; facts?: Facts; fields?: FieldError[]; requestId?: string };

/** The session was ended on purpose. */
const REVOKED = 'identity.revoked';

// The sentences of all refusals weigh more than the pages that rarely meet one: they come when one does.
const sentenceFor = async (kind: ErrorKind, { code, facts }: Failure): Promise<string> => {
  if (code === REVOKED) return outcomeSentences['signed-out'];
  if (code === undefined && kind !== 'refused') return outcomeSentences[kind];
  try {
    const { failureSentence } = await import('@jieyou/core/texts/refusals.ts');
    return failureSentence(kind, code, facts);
  } catch {
    return kind === 'refused' ? '这个操作现在不能执行，没有保存任何改动。请刷新后再看。' : outcomeSentences[kind];
  }
};

const errorOf = async (response: Response): Promise<ApiError> => {
  const body = (await response.json().catch(() => ({}))) as Failure;
  const kind = KINDS_BY_STATUS[response.status] ?? 'bug';
  return new ApiError({
    kind,
    sentence: await sentenceFor(kind, body),
    code: body.code,
    facts: body.facts ?? {},
    fields: body.fields ?? [],
    requestId: body.requestId,
  });
};

const LONGEST_WAIT_SECONDS = 3;
const gaveUp = (signal: AbortSignal | undefined) => signal?.aborted ?? false;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether there is another token now than the one that was sent: another call may have learnt it meanwhile. */
const learnToken = async (sent: string): Promise<boolean> => {
  if (csrfToken !== sent) return true;
  const response = await fetch(readSession.path, { credentials: 'same-origin', cache: 'no-store' }).catch(() => null);
  if (response === null || !response.ok) return false;
  const session = (await response.json()) as { csrfToken?: string };
  if (session.csrfToken === undefined || session.csrfToken === sent) return false;
  csrfToken = session.csrfToken;
  return true;
};

/** Asks the server; on a phone that carries something, an act is kept until it was answered, and a reading may be answered from there. */
export const call = async <E extends AnyEndpoint>(endpoint: E, given: Given<E> = {}): Promise<Answer<E>> => {
  const kept = pocket();
  if (kept === null) return ask(endpoint, given);
  if (kept.takes(endpoint, given as never)) return kept.send(endpoint, given, (key) => ask(endpoint, { ...given, key }));
  try {
    const answer = await ask(endpoint, given);
    kept.learn(endpoint, answer, given as never);
    return answer;
  } catch (error) {
    const carried = error instanceof ApiError && error.kind === 'offline' ? kept.answer(endpoint, given as never) : undefined;
    if (carried === undefined) throw error;
    return carried as Answer<E>;
  }
};

/** Asks the server itself. A call that got no answer, or an act met by a busy server, is sent once more with the same key, so nothing is done twice. */
export async function ask<E extends AnyEndpoint>(endpoint: E, given: Given<E> = {}, again = false): Promise<Answer<E>> {
  const key = given.key ?? uuid();
  const writes = endpoint.method !== 'GET';
  const token = csrfToken;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (writes) {
    headers['x-csrf-token'] = token;
    headers['idempotency-key'] = key;
  }
  let body: BodyInit | undefined;
  if (given.file !== undefined) {
    // Whatever the browser takes it for: the server looks at the content itself.
    headers['content-type'] = 'application/octet-stream';
    body = given.file;
  } else if (writes && endpoint.method !== 'DELETE') {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(given.body ?? {});
  }
  const url = urlOf(endpoint, given.params as Plain | undefined, given.query as Plain | undefined);
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) init.body = body;
  if (given.signal !== undefined) init.signal = given.signal;

  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (first) {
    if (gaveUp(given.signal)) throw first;
    // A phone that knows of no network, and carries what is asked for, does not wait.
    await wait(pocket() !== null && !navigator.onLine ? 0 : 700);
    try {
      response = await fetch(url, init);
    } catch (second) {
      if (gaveUp(given.signal)) throw second;
      throw new ApiError({ kind: 'offline', sentence: outcomeSentences.offline });
    }
  }
  // Busy for a moment: the server says when to come again. Readings are asked for again by their queries, acts here, with the same key.
  if (KINDS_BY_STATUS[response.status] === 'unavailable' && writes) {
    await wait(Math.min(Number(response.headers.get('retry-after')) || 1, LONGEST_WAIT_SECONDS) * 1000);
    if (!gaveUp(given.signal)) response = await fetch(url, init).catch(() => response);
  }
  if (!response.ok) {
    const error = await errorOf(response);
    // Another window signed in anew, so this one's token is of yesterday: learn the new one and try the same act again, once.
    if (error.code === 'identity.csrf' && !again && (await learnToken(token))) return ask(endpoint, { ...given, key }, true);
    if (error.kind === 'signed-out' && (error.code === undefined || error.code === 'signed-out' || error.code === REVOKED))
      for (const tell of signedOutListeners) tell(error.code === REVOKED);
    throw error;
  }
  if (response.status === 204) return undefined as Answer<E>;
  return (await response.json()) as Answer<E>;
}

/** The name that the server gave a download. */
const fileNameOf = (response: Response): string => {
  const given = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return given === undefined ? '' : decodeURIComponent(given);
};

/** Fetches a file and saves it under the name that the server gives; fails like a call, with a sentence, where a link would save an error. */
export async function saveFile<E extends AnyEndpoint>(endpoint: E, given: Pick<Given<E>, 'params' | 'query' | 'file'> = {}): Promise<void> {
  // A file that is checked first is sent along, and one whose opening is written down first is asked for by POST.
  const headers: Record<string, string> = { 'x-csrf-token': csrfToken };
  if (given.file !== undefined) headers['content-type'] = 'application/octet-stream';
  const sent: RequestInit =
    endpoint.method === 'GET' ? {} : { method: endpoint.method, headers, ...(given.file === undefined ? {} : { body: given.file }) };
  const response = await fetch(fileUrl(endpoint, given), { ...sent, credentials: 'same-origin', cache: 'no-store' }).catch(() => {
    throw new ApiError({ kind: 'offline', sentence: outcomeSentences.offline });
  });
  if (!response.ok) {
    const error = await errorOf(response);
    if (error.kind === 'signed-out') for (const tell of signedOutListeners) tell(error.code === REVOKED);
    throw error;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = fileNameOf(response);
  link.click();
  // The browser takes the file over in its own time.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What people read about a failure of any kind. */
export const sentenceOf = (error: unknown): string => (error instanceof ApiError ? error.sentence : outcomeSentences.bug);
