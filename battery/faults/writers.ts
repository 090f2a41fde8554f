/** Clients that write, and repeat with the same key what was not answered, until it is. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HARD } from '../../apps/server/test/factories.ts';

/** A write that the platform has answered with 200. */
export type Acknowledged = {
  readonly kind: 'note' | 'case' | 'request' | 'file';
  readonly id: string;
  readonly key: string;
  readonly mark: string;
  readonly tries: number;
};

/** What clients saw. */
export type Seen = {
  readonly acknowledged: Acknowledged[];
  /** Writes sent again with the same key. */
  repeated: number;
  /** Answers 503, and how many of them came without Retry-After. */
  unavailable: number;
  withoutRetryAfter: number;
  /** Connections that were refused or cut, and requests that nobody answered within the client's patience. */
  cut: number;
  silent: number;
  /** The longest time until an answer, whichever. */
  slowestMs: number;
  fileSentAt: number;
  /** Anything but 200, 503 and, for a file, 429. */
  readonly wrong: string[];
};

export type Target = { readonly origin: string; readonly headers: Readonly<Record<string, string>>; readonly caseIds: readonly string[] };

/** A client that has seen nothing yet. */
export const nothingSeen = (): Seen => ({
  acknowledged: [],
  repeated: 0,
  unavailable: 0,
  withoutRetryAfter: 0,
  cut: 0,
  silent: 0,
  slowestMs: 0,
  fileSentAt: 0,
  wrong: [],
});

/** Tries again for so long; the longest outage of the battery is a minute. */
const PATIENCE_MS = 120_000;
const ANSWER_WITHIN_MS = 25_000;
const PAUSE_MS = 100;
const FILE_EVERY_MS = 2_000;

const today = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** A file that passes for what its name says. */
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

/** Sends one write until it is acknowledged. Returns the id of what it made. */
export const write = async (
  target: Target,
  seen: Seen,
  kind: Acknowledged['kind'],
  path: string,
  body: object,
  mark: string,
): Promise<string | undefined> => {
  const key = randomUUID();
  const givesUpAt = Date.now() + PATIENCE_MS;
  const file = Buffer.isBuffer(body);
  for (let tries = 1; Date.now() < givesUpAt; tries += 1) {
    if (tries > 1) {
      seen.repeated += 1;
      await sleep(PAUSE_MS);
    }
    const asked = Date.now();
    const answer = await fetch(`${target.origin}${path}`, {
      method: 'POST',
      headers: { ...target.headers, 'content-type': file ? 'application/octet-stream' : 'application/json', 'idempotency-key': key },
      body: file ? new Uint8Array(body) : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
      .then(async (r) => ({ status: r.status, retryAfter: r.headers.get('retry-after'), text: await r.text() }))
      .catch((error: Error) => (error.name === 'TimeoutError' ? ('silent' as const) : ('cut' as const)));
    if (typeof answer === 'string') {
      seen[answer] += 1;
      continue;
    }
    seen.slowestMs = Math.max(seen.slowestMs, Date.now() - asked);
    if (answer.status === 503) {
      seen.unavailable += 1;
      if (answer.retryAfter === null) seen.withoutRetryAfter += 1;
      continue;
    }
    if (answer.status === 429 && file) {
      await sleep(Number(answer.retryAfter ?? 1) * 1000);
      continue;
    }
    if (answer.status !== 200) {
      seen.wrong.push(`${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      return undefined;
    }
    const { id } = JSON.parse(answer.text) as { id: string };
    seen.acknowledged.push({ kind, id, key, mark, tries });
    return id;
  }
  seen.wrong.push(`${path}: no answer for ${PATIENCE_MS} ms`);
  return undefined;
};

/** A note on one of the cases. */
export const writeNote = (target: Target, seen: Seen, turn: number): Promise<string | undefined> => {
  const mark = randomUUID();
  const caseId = target.caseIds[turn % target.caseIds.length];
  return write(target, seen, 'note', `/api/cases/${caseId}/notes`, { happenedOn: today(), body: `入户探访记录 ${mark}` }, mark);
};

/** The body that opens a case; `mark` tells it apart. */
export const caseOf = (mark: string, risk: string) => ({
  recipient: { name: '王桦', gender: 'female', birthOn: '1981-02-03', idNumber: null, phone: null, address: null },
  household: mark,
  aliases: [],
  school: null,
  serviceDomain: 'family',
  domain: 'parent-child',
  helpFields: ['law'],
  risk,
  summary: '独自抚养孩子',
});

/** A case of a new recipient with a file, and a request for help on it. */
const request = async (target: Target, seen: Seen): Promise<void> => {
  const mark = randomUUID();
  const caseId = await write(target, seen, 'case', '/api/cases', caseOf(mark, 'medium'), mark);
  if (caseId === undefined) return;
  // Files are rationed by the minute; a client that keeps to it has room for its repetitions.
  if (Date.now() - seen.fileSentAt > FILE_EVERY_MS) {
    seen.fileSentAt = Date.now();
    await write(target, seen, 'file', `/api/case/${caseId}/attachments?name=${mark}.pdf`, PDF, mark);
  }
  const draft = {
    caseId,
    helpFields: ['law'],
    story: mark,
    tried: '谈过一次',
    asks: '怎样拿到赔偿',
    wishes: { expertGender: null },
    checklist: HARD,
  };
  await write(target, seen, 'request', '/api/support-requests', draft, mark);
};

/** Starts so many writers; they stop after `stop`, each when its last write is acknowledged. */
export const startWriters = (target: Target, seen: Seen, connections: number): { stop(): Promise<void> } => {
  let stopping = false;
  const writers = Array.from({ length: connections }, async (_, i) => {
    for (let turn = i; !stopping; turn += connections) {
      if (turn % 12 === 5) await request(target, seen);
      else await writeNote(target, seen, turn);
    }
  });
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(writers);
    },
  };
};
