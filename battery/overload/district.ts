/** A loaded district on a database server of its own, the server in front of it, and the mixed work of a busy day. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster, startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { BENCH_KEY } from '../../bench/key.ts';
import { loadVolume, type Session, type Volume } from '../../bench/volume.ts';
import type { Job, Kind, Outcome, Told } from './client.ts';
import { type Running, startServer, writeKeyFile } from './server.ts';

const root = join(import.meta.dirname, '../..');

/** The mixed work: mostly reading, every fifth a write, some of it urgent, a third of it lists and searches. */
export const mixOf = (volume: Volume): Kind[] => {
  const as = (session: Session): Record<string, string> => ({
    cookie: `${SESSION_COOKIE}=${session.token}`,
    'x-csrf-token': session.csrfToken,
    'sec-fetch-site': 'same-origin',
  });
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const note = JSON.stringify({ happenedOn: day, body: '上门探访，孩子已经回到课堂，母亲情绪平稳，约定下周同去法律援助窗口。'.repeat(4) });
  const report = JSON.stringify({
    id: '__ID__',
    situation: 'private-injury',
    place: '某小区三栋',
    seen: '手臂有多处淤青',
    child: null,
    discoveredAt: null,
    caseId: null,
    requestId: null,
  });
  return [
    { name: 'session', weight: 6, paths: ['/api/session'], headers: as(volume.worker), body: null },
    { name: 'report', weight: 2, paths: ['/api/reports'], headers: as(volume.worker), body: report },
    {
      name: 'read',
      weight: 34,
      paths: volume.ownRequests.map((id) => `/api/support-requests/${id}`),
      headers: as(volume.worker),
      body: null,
    },
    { name: 'note', weight: 18, paths: volume.ownCases.map((id) => `/api/cases/${id}/notes`), headers: as(volume.worker), body: note },
    { name: 'workbench', weight: 8, paths: ['/api/workbench'], headers: as(volume.worker), body: null },
    { name: 'own', weight: 14, paths: ['/api/support-requests?asker=me&sort=newest&limit=50'], headers: as(volume.worker), body: null },
    { name: 'board', weight: 8, paths: ['/api/support-requests?live=yes&sort=due&limit=50'], headers: as(volume.centre), body: null },
    {
      name: 'search',
      weight: 10,
      paths: [`/api/casebank?limit=20&text=${encodeURIComponent('家庭')}`],
      headers: as(volume.worker),
      body: null,
    },
  ];
};

/** Kinds of the mix that nobody may turn away before the others. */
export const URGENT = ['session', 'report'];

/** Everything that a battery of load needs; `close` takes it all away. */
export type District = {
  readonly volume: Volume;
  readonly kinds: readonly Kind[];
  readonly server: Running;
  readonly ownerUrl: string;
  readonly load: (job: Omit<Job, 'port' | 'kinds'> & { kinds?: readonly Kind[] }) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

/** Loads a district of so many requests and starts the server in front of it. */
export const openDistrict = async (
  requests: number,
  env: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<District> => {
  const base = process.env.JIEYOU_DATA ?? join(root, '.data');
  mkdirSync(base, { recursive: true });
  const scratch = mkdtempSync(join(base, 'battery-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(scratch, 'pg') });
  const children: ChildProcess[] = [];
  let server: Running | undefined;
  const close = async (): Promise<void> => {
    for (const child of children) child.kill('SIGKILL');
    if (server !== undefined && server.process.exitCode === null) server.process.kill('SIGKILL');
    await postgres.stop();
    removeCluster(join(scratch, 'pg'));
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const appUrl = await prepareDatabase(postgres.superuserUrl('postgres'), 'battery');
    const ownerUrl = urlOf(postgres.superuserUrl('postgres'), { database: 'battery' });
    const volume = await loadVolume(ownerUrl, BENCH_KEY, requests, () => undefined);
    say(`${requests} requests loaded`);
    writeKeyFile(scratch);
    const running = await startServer(scratch, appUrl, env);
    server = running;
    const kinds = mixOf(volume);
    const client = fork(join(import.meta.dirname, 'client.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    });
    children.push(client);
    const load: District['load'] = async (job) => {
      const answered = once(client, 'message', { signal: AbortSignal.timeout(job.milliseconds + 60_000) });
      client.send({ kinds, ...job, port: running.port } satisfies Job);
      return ((await answered) as [Outcome])[0];
    };
    return { volume, kinds, server: running, ownerUrl, load, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** A share of sorted numbers; 0 of none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** What a round of load shows. */
export const lookAt = (told: readonly Told[]) => {
  const ok = told.filter((t) => t[3] === 200);
  const shed = told.filter((t) => t[3] === 503);
  const took = ok.map((t) => t[2]).sort((a, b) => a - b);
  return {
    sent: told.length,
    ok: ok.length,
    shed: shed.length,
    shedShare: told.length === 0 ? 0 : shed.length / told.length,
    shedWithoutRetryAfter: shed.filter((t) => t[4] === 0).length,
    wrong: told.filter((t) => t[3] !== 200 && t[3] !== 503).length,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    shedP99: quantile(
      shed.map((t) => t[2]).sort((a, b) => a - b),
      0.99,
    ),
  };
};
