/** Clients that write, and repeat with the same key what was not answered, until it is. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HARD } from '../factories.ts';

/** A write that the platform has answered with 200. */
export type Acknowledged = {
  readonly kind: 'note' | 'case' | 'request';
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
  /** Anything but 200 and 503. */
  readonly wrong: string[];
  /** When the last acknowledgement came. */
  lastAt: number;
};

export type Target = { readonly origin: string; readonly headers: Readonly<Record<string, string>>; readonly caseIds: readonly string[] };

const PATIENCE_MS = 60_000;

const today = (): string => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** Sends one write until it is acknowledged. Returns the id of what it made. */
const write = async (
  target: Target,
  seen: Seen,
  kind: Acknowledged['kind'],
  path: string,
  body: object,
  mark: string,
): Promise<string | undefined> => {
  const key = randomUUID();
  const givesUpAt = Date.now() + PATIENCE_MS;
  for (let tries = 1; Date.now() < givesUpAt; tries += 1) {
    if (tries > 1) {
      seen.repeated += 1;
      await sleep(100);
    }
    const answer = await fetch(`${target.origin}${path}`, {
      method: 'POST',
      headers: { ...target.headers, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
      .then(async (r) => ({ status: r.status, retryAfter: r.headers.get('retry-after'), text: await r.text() }))
      .catch(() => undefined);
    // No answer at all: the connection was refused or cut.
    if (answer === undefined) continue;
    if (answer.status === 503) {
      seen.unavailable += 1;
      if (answer.retryAfter === null) seen.withoutRetryAfter += 1;
      continue;
    }
    if (answer.status !== 200) {
      seen.wrong.push(`${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      return undefined;
    }
    const { id } = JSON.parse(answer.text) as { id: string };
    seen.acknowledged.push({ kind, id, key, mark, tries });
    seen.lastAt = Date.now();
    return id;
  }
  seen.wrong.push(`${path}: no answer for ${PATIENCE_MS} ms`);
  return undefined;
};

const note = (target: Target, seen: Seen, turn: number): Promise<string | undefined> => {
  const mark = randomUUID();
  const caseId = target.caseIds[turn % target.caseIds.length];
  return write(target, seen, 'note', `/api/cases/${caseId}/notes`, { happenedOn: today(), body: `入户探访记录 ${mark}` }, mark);
};

/** A case of a new recipient, and a request for help on it. */
const request = async (target: Target, seen: Seen): Promise<void> => {
  const mark = randomUUID();
  const recipient = { name: '王桦', gender: 'female', birthOn: '1981-02-03', idNumber: null, phone: null, address: null };
  const file = {
    recipient,
    household: mark,
    aliases: [],
    school: null,
    domain: 'parent-child',
    helpFields: ['law'],
    risk: 'medium',
    summary: '独自抚养孩子',
  };
  const caseId = await write(target, seen, 'case', '/api/cases', file, mark);
  if (caseId === undefined) return;
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
      else await note(target, seen, turn);
    }
  });
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(writers);
    },
  };
};
