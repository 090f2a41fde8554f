/**
 * Measures the platform beside a bare handler on the same rows, the same database server and the same machine, in rounds that take
 * turns. `--quick`: a tenth of the rows and short rounds. `--only=read,note`: some workloads. `--profile=FOLDER`: processor profile of ours.
 * `--statements`: what each statement of ours costs the database, planning apart; the counting itself slows both sides.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { removeCluster, startEmbeddedPostgres } from '../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase, urlOf } from '../apps/server/src/platform/db/migrate.ts';
import { NODE_FLAGS } from '../scripts/flags.mjs';
import type { Usage } from './child.ts';
import type { Job, Outcome } from './client.ts';
import { BENCH_KEY } from './key.ts';
import { loadVolume } from './volume.ts';
import { aloneOf, assertSame, type Side, type Workload, workloadsOf } from './workloads.ts';

const flag = (name: string): string | undefined =>
  process.argv.find((a) => a === `--${name}` || a.startsWith(`--${name}=`))?.replace(/^--\w+=?/, '');
const quick = flag('quick') !== undefined;
const REQUESTS = quick ? 10_000 : 100_000;
const ROUND_MS = quick ? 1_000 : 5_000;
const WARM_MS = quick ? 500 : 2_000;
const ROUNDS = Number(flag('rounds') ?? 3);
const CONNECTIONS = 8;
const TICKS_PER_SECOND = 100;

const root = join(import.meta.dirname, '..');
const startedAt = Date.now();
const say = (line: string): void => console.error(`[bench +${((Date.now() - startedAt) / 1000).toFixed(0)}s] ${line}`);

/** Times of one side in one round. `databaseMs` is processor time of all processes of the database server. */
type Round = { rate: number; p50: number; p95: number; p99: number; cpuMs: number; databaseMs: number; failed: number };
type Measured = { process: ChildProcess; port: number };

const children: ChildProcess[] = [];
const start = (file: string, env: Record<string, string>, execArgv: string[] = []): ChildProcess => {
  const child = fork(join(import.meta.dirname, file), {
    env: { ...process.env, ...env },
    execArgv: [...NODE_FLAGS, ...execArgv],
  });
  children.push(child);
  return child;
};
const answer = async <T>(child: ChildProcess, message?: object | string): Promise<T> => {
  const answered = once(child, 'message', { signal: AbortSignal.timeout(120_000) });
  if (message !== undefined) child.send(message);
  return ((await answered) as [T])[0];
};
const listening = async (child: ChildProcess): Promise<Measured> => ({
  process: child,
  port: (await answer<{ port: number }>(child)).port,
});

/** Processor time of the postmaster and its children so far, in milliseconds. Linux only; elsewhere 0. */
const databaseCpu = (postmaster: number): number => {
  let ticks = 0;
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .map(Number);
        if (Number(name) === postmaster || fields[1] === postmaster) ticks += (fields[11] ?? 0) + (fields[12] ?? 0);
      } catch {
        // Ended meanwhile.
      }
    }
  } catch {
    return 0;
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const measure = async (
  client: ChildProcess,
  target: Measured,
  side: Side,
  body: string | readonly string[] | null,
  postmaster: number,
  milliseconds: number,
): Promise<Round> => {
  const before = await answer<Usage>(target.process, 'usage');
  const databaseBefore = databaseCpu(postmaster);
  const job: Job = { port: target.port, paths: side.paths, headers: side.headers, body, connections: CONNECTIONS, milliseconds };
  const outcome = await answer<Outcome>(client, job);
  const after = await answer<Usage>(target.process, 'usage');
  if (outcome.failed > 0) throw new Error(`${outcome.failed} requests failed: ${outcome.sample.slice(0, 600)}`);
  return {
    rate: outcome.done / outcome.seconds,
    p50: outcome.p50,
    p95: outcome.p95,
    p99: outcome.p99,
    cpuMs: (after.cpuMicros - before.cpuMicros) / 1000 / outcome.done,
    databaseMs: (databaseCpu(postmaster) - databaseBefore) / outcome.done,
    failed: outcome.failed,
  };
};

const summary = (rounds: readonly Round[]) => ({
  rateMedian: median(rounds.map((r) => r.rate)),
  rateBest: Math.max(...rounds.map((r) => r.rate)),
  p50: median(rounds.map((r) => r.p50)),
  p95: median(rounds.map((r) => r.p95)),
  p99: median(rounds.map((r) => r.p99)),
  cpuMs: median(rounds.map((r) => r.cpuMs)),
  databaseMs: median(rounds.map((r) => r.databaseMs)),
});

type Summary = ReturnType<typeof summary>;

/** Counts of pg_stat_statements for the application's role, with milliseconds of planning and of running per call. */
const statementCounter = async (ownerUrl: string) => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('create extension if not exists pg_stat_statements');
  return {
    reset: () => client.query('select pg_stat_statements_reset()'),
    print: async (title: string): Promise<void> => {
      const { rows } = await client.query<{ calls: number; planned: number; planning: number; running: number; query: string }>(`
        select s.calls::int, s.plans::int as planned, s.total_plan_time / s.calls as planning, s.mean_exec_time as running,
          left(regexp_replace(s.query, '\\s+', ' ', 'g'), 120) as query
        from pg_stat_statements s where s.userid <> 10
        order by s.total_plan_time + s.total_exec_time desc limit 24`);
      console.log(`\n${title}: calls, plans, ms of planning and of running per call`);
      for (const r of rows) console.log(`${r.calls}\t${r.planned}\t${r.planning.toFixed(3)}\t${r.running.toFixed(3)}\t${r.query}`);
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
};

const base = process.env.JIEYOU_DATA ?? join(root, '.data');
mkdirSync(base, { recursive: true });
const scratch = mkdtempSync(join(base, 'bench-'));
const dataDir = join(scratch, 'pg');
const statements = flag('statements') !== undefined;
const server = await startEmbeddedPostgres({
  dataDir,
  settings: statements ? { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on' } : {},
});
try {
  const postmaster = Number(readFileSync(join(server.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const appUrl = await prepareDatabase(server.superuserUrl('postgres'), 'bench');
  const ownerUrl = urlOf(server.superuserUrl('postgres'), { database: 'bench' });
  say(`PostgreSQL ${server.version}; loading ${REQUESTS} requests`);
  const volume = await loadVolume(ownerUrl, BENCH_KEY, REQUESTS, say);
  const folder = flag('profile');
  const profile = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const ours = await listening(start('ours.ts', { BENCH_APP_URL: appUrl }, profile));
  const bare = await listening(
    start('bare.ts', {
      BENCH_OWNER_URL: ownerUrl,
      BENCH_WORKER: volume.workerId,
      BENCH_DISTRICT: volume.districtId,
      BENCH_STATION: volume.stationId,
    }),
  );
  const client = start('client.ts', {});
  const only = flag('only')?.split(',');
  const workloads: Workload[] = workloadsOf(volume).filter((w) => only === undefined || only.includes(w.name));
  for (const workload of workloads)
    say(`${workload.says}: both sides answer the same, ${await assertSame(workload, ours.port, bare.port)} rows compared`);
  const results: {
    name: string;
    says: string;
    ours: Summary;
    bare: Summary;
    ratio: number;
    ratioBest: number;
    cpuRatio: number;
    rounds: object;
  }[] = [];
  const counted = statements ? await statementCounter(ownerUrl) : undefined;
  for (const workload of workloads) {
    await measure(client, ours, workload.ours, workload.body, postmaster, WARM_MS);
    await measure(client, bare, workload.bare, workload.body, postmaster, WARM_MS);
    const rounds: { ours: Round[]; bare: Round[] } = { ours: [], bare: [] };
    await counted?.reset();
    for (let i = 0; i < ROUNDS; i += 1) {
      rounds.ours.push(await measure(client, ours, workload.ours, workload.body, postmaster, ROUND_MS));
      rounds.bare.push(await measure(client, bare, workload.bare, workload.body, postmaster, ROUND_MS));
    }
    await counted?.print(workload.says);
    const [a, b] = [summary(rounds.ours), summary(rounds.bare)];
    results.push({
      name: workload.name,
      says: workload.says,
      ours: a,
      bare: b,
      ratio: a.rateMedian / b.rateMedian,
      ratioBest: a.rateBest / b.rateBest,
      cpuRatio: a.cpuMs / b.cpuMs,
      rounds,
    });
    say(
      `${workload.says}: ${a.rateMedian.toFixed(0)} of ${b.rateMedian.toFixed(0)} a second, ratio ${(a.rateMedian / b.rateMedian).toFixed(2)}`,
    );
  }
  const alone = aloneOf(volume).filter((w) => only === undefined || only.includes(w.name));
  const byItself: { name: string; says: string; rate: number; p50: number; p95: number; p99: number }[] = [];
  for (const { name, says, ours: side, body } of alone) {
    await measure(client, ours, side, body, postmaster, WARM_MS);
    const { rate, p50, p95, p99 } = await measure(client, ours, side, body, postmaster, ROUND_MS);
    byItself.push({ name, says, rate, p50, p95, p99 });
  }
  const memory = {
    ours: (await answer<Usage>(ours.process, 'usage')).rssBytes / 1e6,
    bare: (await answer<Usage>(bare.process, 'usage')).rssBytes / 1e6,
  };
  const one = (n: number): string => n.toFixed(n < 10 ? 2 : 0);
  const head =
    '| work | ours /s median (best) | bare /s median (best) | ratio | p50 ms ours / bare | p95 ms ours / bare | p99 ms ours / bare | server CPU ms ours / bare | database CPU ms ours / bare |\n|---|---|---|---|---|---|---|---|---|';
  const lines = results.map(
    ({ says, ours: a, bare: b, ratio }) =>
      `| ${says} | ${one(a.rateMedian)} (${one(a.rateBest)}) | ${one(b.rateMedian)} (${one(b.rateBest)}) | **${ratio.toFixed(2)}** | ${one(a.p50)} / ${one(b.p50)} | ${one(a.p95)} / ${one(b.p95)} | ${one(a.p99)} / ${one(b.p99)} | ${one(a.cpuMs)} / ${one(b.cpuMs)} | ${one(a.databaseMs)} / ${one(b.databaseMs)} |`,
  );
  console.log([head, ...lines].join('\n'));
  for (const w of byItself)
    console.log(`${w.says}: ${w.rate.toFixed(0)} a second, p50 ${one(w.p50)} ms, p95 ${one(w.p95)} ms, p99 ${one(w.p99)} ms`);
  const p95Of = (name: string): number | undefined => results.find((r) => r.name === name)?.ours.p95;
  const caseRead = p95Of('case');
  for (const name of ['notes2', 'notes4']) {
    const p95 = p95Of(name);
    if (p95 !== undefined && caseRead !== undefined) console.log(`${name}: p95 ${one(p95)} ms, ${one(p95 / caseRead)} times the case read`);
  }
  console.log(`memory after the run: ours ${memory.ours.toFixed(0)} MB, bare ${memory.bare.toFixed(0)} MB`);
  const machine = {
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? '',
    memoryGb: Math.round(totalmem() / 1e9),
    load: loadavg(),
    node: process.version,
    postgres: server.version,
  };
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  writeFileSync(
    join(root, 'bench/results/latest.json'),
    `${JSON.stringify({ at: new Date().toISOString(), quick, machine, rows: volume.counts, connections: CONNECTIONS, roundMs: ROUND_MS, memory, results, byItself }, null, 2)}\n`,
  );
  await counted?.[Symbol.asyncDispose]();
  for (const child of [ours.process, bare.process]) {
    child.send('stop');
    await once(child, 'exit');
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  await server.stop();
  removeCluster(dataDir);
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
