/**
 * Sends requests from a process of its own, so that its processor time counts for neither side: so many connections, each sending its
 * next request when the last one is answered. Speaks HTTP/1.1 over plain sockets, since a full client costs more than what it measures.
 */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';

/** A round of load. `body` makes it a write, each with a key of its own; of several bodies each request takes the next. */
export type Job = {
  readonly port: number;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | readonly string[] | null;
  readonly connections: number;
  readonly milliseconds: number;
};

/** What came of it; times in milliseconds. */
export type Outcome = {
  readonly done: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly sample: string;
};

const END_OF_HEAD = Buffer.from('\r\n\r\n');

const talk = (job: Job, first: number, until: number, took: number[], failures: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: job.port, host: '127.0.0.1', noDelay: true });
    const head = Object.entries(job.headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    let turn = first;
    let sentAt = 0;
    let sample = '';
    let buffered: Buffer = Buffer.alloc(0);
    let needed = -1;
    const send = (): void => {
      const path = job.paths[turn % job.paths.length] as string;
      const body = typeof job.body === 'string' || job.body === null ? job.body : (job.body[turn % job.body.length] as string);
      turn += 1;
      sentAt = performance.now();
      socket.write(
        body === null
          ? `GET ${path} HTTP/1.1\r\nhost: bench\r\n${head}\r\n`
          : `POST ${path} HTTP/1.1\r\nhost: bench\r\n${head}content-type: application/json\r\nidempotency-key: ${randomUUID()}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed the connection')));
    socket.on('data', (chunk: Buffer) => {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      if (needed < 0) {
        const end = buffered.indexOf(END_OF_HEAD);
        if (end < 0) return;
        const length = /content-length: (\d+)/i.exec(buffered.toString('latin1', 0, end));
        if (length === null) return void socket.destroy(new Error('a reply without a length'));
        needed = end + 4 + Number(length[1]);
      }
      if (buffered.length < needed) return;
      const now = performance.now();
      if (buffered.toString('latin1', 9, 12) === '200') took.push(now - sentAt);
      else failures.push(buffered.toString('utf8'));
      if (sample === '') sample = buffered.toString('utf8', buffered.indexOf(END_OF_HEAD) + 4, needed);
      buffered = Buffer.alloc(0);
      needed = -1;
      if (now < until) return send();
      socket.removeAllListeners('close');
      socket.end();
      resolve(sample);
    });
  });

const run = async (job: Job): Promise<Outcome> => {
  const started = performance.now();
  const took: number[] = [];
  const failures: string[] = [];
  const samples = await Promise.all(
    // The connections begin at different places of the list, far apart.
    Array.from({ length: job.connections }, (_, i) => talk(job, i * 7919, started + job.milliseconds, took, failures)),
  );
  const seconds = (performance.now() - started) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return {
    done: took.length,
    failed: failures.length,
    seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    sample: failures[0] ?? samples[0] ?? '',
  };
};

process.on('message', (job: Job) => {
  run(job).then(
    (outcome) => process.send?.(outcome),
    (error: Error) => process.send?.({ done: 0, failed: 1, seconds: 1, p50: 0, p95: 0, p99: 0, sample: error.message } satisfies Outcome),
  );
});
process.on('disconnect', () => process.exit(0));
