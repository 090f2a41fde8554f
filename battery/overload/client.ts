/**
 * Clients in a process of their own. Either so many connections that each send their next request when the last one is answered, or so
 * many requests a second whether the last ones are answered or not, as people do. Speaks HTTP/1.1 over plain sockets: a full client
 * costs more than what it measures.
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** One kind of request of the mix. A body with `__ID__` gets an id of its own each time. */
export type Kind = {
  readonly name: string;
  readonly weight: number;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** Load for a while: `perSecond`, or as fast as `connections` allow. */
export type Job = {
  readonly port: number;
  readonly kinds: readonly Kind[];
  readonly milliseconds: number;
  readonly perSecond?: number;
  readonly connections?: number;
};

/** What became of one request: when it was sent since the start, how long it took, its status; 0 when the connection broke, −1 when refused. */
export type Told = readonly [kind: number, sentMs: number, tookMs: number, status: number, retryAfter: 0 | 1];

/**
 * All requests, how many could not be sent for want of connections, and how late the clients themselves were: what they measured cannot
 * be finer.
 */
export type Outcome = { readonly told: readonly Told[]; readonly unsent: number; readonly lateMs: number; readonly sample: string };

const MOST_CONNECTIONS = 3_000;
const TICK_MS = 5;
const PATIENCE_MS = 15_000;
const END_OF_HEAD = Buffer.from('\r\n\r\n');

type Line = { send: (kind: number, path: string, done: (reusable: boolean) => void) => void };

const run = (job: Job): Promise<Outcome> => {
  const told: Told[] = [];
  let sample = '';
  let unsent = 0;
  let lateMs = 0;
  const started = performance.now();
  const weights = job.kinds.map((k) => k.weight);
  const total = weights.reduce((a, b) => a + b, 0);
  const turns = job.kinds.map((_, i) => i * 7919);
  let seed = 12345;
  // The same order of kinds in each run, well mixed.
  const next = (): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    let at = (seed / 2147483648) * total;
    for (const [i, weight] of weights.entries()) {
      at -= weight;
      if (at < 0) return i;
    }
    return 0;
  };
  const heads = job.kinds.map((k) =>
    Object.entries(k.headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join(''),
  );

  const open = (): Line => {
    let socket: Socket | undefined;
    let connected = false;
    let buffered: Buffer = Buffer.alloc(0);
    let needed = -1;
    let waiting: { kind: number; sentAt: number; done: (reusable: boolean) => void } | undefined;
    const end = (status: number, retryAfter: boolean, reusable: boolean): void => {
      const of = waiting;
      if (of === undefined) return;
      waiting = undefined;
      buffered = Buffer.alloc(0);
      needed = -1;
      told.push([of.kind, of.sentAt - started, performance.now() - of.sentAt, status, retryAfter ? 1 : 0]);
      if (!reusable) socket?.destroy();
      of.done(reusable);
    };
    const take = (chunk: Buffer): void => {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      if (needed < 0) {
        const at = buffered.indexOf(END_OF_HEAD);
        if (at < 0) return;
        const length = /content-length: (\d+)/i.exec(buffered.toString('latin1', 0, at));
        needed = at + 4 + Number(length?.[1] ?? 0);
      }
      if (buffered.length < needed) return;
      const head = buffered.toString('latin1', 0, buffered.indexOf(END_OF_HEAD));
      const status = Number(head.slice(9, 12));
      if (status !== 200 && status !== 503 && sample === '') sample = buffered.toString('utf8').slice(0, 800);
      end(status, /retry-after: [1-9]/i.test(head), !/connection: close/i.test(head));
    };
    return {
      send: (kind, path, done) => {
        const { body } = job.kinds[kind] as Kind;
        const text = body === null ? null : body.replace('__ID__', randomUUID());
        const request =
          text === null
            ? `GET ${path} HTTP/1.1\r\nhost: battery\r\n${heads[kind]}\r\n`
            : `POST ${path} HTTP/1.1\r\nhost: battery\r\n${heads[kind]}content-type: application/json\r\nidempotency-key: ${randomUUID()}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
        waiting = { kind, sentAt: performance.now(), done };
        if (socket === undefined) {
          socket = connect({ port: job.port, host: '127.0.0.1', noDelay: true });
          socket.on('connect', () => {
            connected = true;
          });
          socket.on('data', take);
          socket.on('error', () => undefined);
          socket.on('close', () => end(connected ? 0 : -1, false, false));
        }
        socket.write(request);
      },
    };
  };

  const pathOf = (kind: number): string => {
    const { paths } = job.kinds[kind] as Kind;
    const turn = turns[kind] as number;
    turns[kind] = turn + 1;
    return paths[turn % paths.length] as string;
  };

  return new Promise((resolve) => {
    let under = 0;
    const finish = (): void => resolve({ told, unsent, lateMs, sample });
    const ends = started + job.milliseconds;
    if (job.perSecond === undefined) {
      const again = (line: Line): void => {
        if (performance.now() >= ends) {
          under -= 1;
          if (under === 0) finish();
          return;
        }
        const kind = next();
        line.send(kind, pathOf(kind), (reusable) => {
          const status = told.at(-1)?.[3];
          // Nobody listens any more: this client goes elsewhere.
          if (status === -1) {
            under -= 1;
            if (under === 0) finish();
            return;
          }
          again(reusable ? line : open());
        });
      };
      under = job.connections ?? 8;
      for (let i = 0; i < (job.connections ?? 8); i += 1) again(open());
      return;
    }
    const idle: Line[] = [];
    let sent = 0;
    let lines = 0;
    let tickedAt = performance.now();
    const tick = setInterval(() => {
      const now = performance.now();
      lateMs = Math.max(lateMs, now - tickedAt - TICK_MS);
      tickedAt = now;
      const due = Math.floor(((Math.min(now, ends) - started) / 1000) * (job.perSecond as number));
      for (; sent < due; sent += 1) {
        let line = idle.pop();
        if (line === undefined) {
          if (lines >= MOST_CONNECTIONS) {
            unsent += 1;
            continue;
          }
          lines += 1;
          line = open();
        }
        const mine = line;
        const kind = next();
        under += 1;
        mine.send(kind, pathOf(kind), (reusable) => {
          under -= 1;
          if (reusable) idle.push(mine);
          else lines -= 1;
        });
      }
      if (now >= ends && (under === 0 || now > ends + PATIENCE_MS)) {
        clearInterval(tick);
        finish();
      }
    }, TICK_MS);
  });
};

process.on('message', (job: Job) => {
  void run(job).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => process.exit(0));
