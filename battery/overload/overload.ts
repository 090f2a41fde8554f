/**
 * `npm run battery -- overload [--requests=20000] [--seconds=20] [--times=4]`: what a busy day's mixed load can be at most, then four
 * times of it; idle and slow sockets; a stop under load. Prints what it measured and what was promised.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import type { Battery } from '../battery.ts';
import type { Told } from './client.ts';
import { type District, lookAt, openDistrict, quantile, URGENT } from './district.ts';
import { figures } from './server.ts';

const IDLE_SOCKETS = 500;
const SLOW_SOCKETS = 60;
const WINDOW_MS = 250;

/** Opens sockets that do nothing, or send a head or a body so slowly that it never ends. */
const openLazySockets = (port: number): { readonly close: () => void; readonly slowHeads: () => number } => {
  const sockets: Socket[] = [];
  const heads: Socket[] = [];
  const timers: NodeJS.Timeout[] = [];
  const lazy = (): Socket => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  for (let i = 0; i < IDLE_SOCKETS; i += 1) lazy();
  for (let i = 0; i < SLOW_SOCKETS; i += 1) {
    const socket = lazy();
    const body = i % 2 === 0;
    if (!body) heads.push(socket);
    socket.write(
      body
        ? 'POST /api/session HTTP/1.1\r\nhost: slow\r\ncontent-type: application/json\r\ncontent-length: 10000\r\n\r\n{'
        : 'GET /api/session HTTP/1.1\r\nhost: slow\r\n',
    );
    timers.push(setInterval(() => socket.writable && socket.write(body ? ' ' : `x-a${i}: b\r\n`), 2_000));
  }
  return {
    close: () => {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
    slowHeads: () => heads.filter((s) => !s.closed).length,
  };
};

/** Milliseconds until all that was sent in a quarter of a second, and everything after it for two seconds, was answered as before. */
const normalAfter = (told: readonly Told[], usual: number): number => {
  const windows: Told[][] = [];
  for (const one of told) {
    const at = Math.floor(one[1] / WINDOW_MS);
    windows[at] ??= [];
    windows[at].push(one);
  }
  const good = windows.map(
    (w) =>
      w.every((t) => t[3] === 200) &&
      quantile(
        w.map((t) => t[2]).sort((a, b) => a - b),
        0.9,
      ) <= usual,
  );
  for (let i = 0; i < good.length; i += 1) if (good.slice(i, i + 8).every(Boolean)) return i * WINDOW_MS;
  return Number.POSITIVE_INFINITY;
};

/** Follows the news of one session until the stream ends; answers how it ended. */
const follow = async (origin: string, token: string): Promise<'ended' | 'broken'> => {
  try {
    const answer = await fetch(`${origin}/api/live`, { headers: { cookie: `${SESSION_COOKIE}=${token}` } });
    await answer.text();
    return 'ended';
  } catch {
    return 'broken';
  }
};

/** Says every half second what the server and its database wait for. */
const watch = (district: District, say: (line: string) => void): (() => Promise<number>) => {
  const client = new pg.Client({ connectionString: district.ownerUrl });
  let over = false;
  let late = 0;
  const started = Date.now();
  const watching = (async () => {
    await client.connect();
    for (; !over; await sleep(250)) {
      const { rows } = await client.query<{ what: string; n: number }>(
        `select concat_ws(' ', state, wait_event_type, wait_event) as what, count(*)::int as n from pg_stat_activity
         where backend_type = 'client backend' and pid <> pg_backend_pid() group by 1 order by 2 desc`,
      );
      const seen = await figures(district.server.operatorPort);
      late = Math.max(late, (seen.get('jieyou_event_loop_late_seconds') ?? 0) * 1000);
      const one = (name: string): string => `${name} ${(seen.get(`jieyou_${name}`) ?? 0).toFixed(2)}`;
      say(
        `  ${Date.now() - started}: ${['gate_running', 'gate_waiting', 'event_loop_late_seconds', 'http_connections', 'pool_connections{state="waiting"}'].map(one).join(', ')}; ${rows.map((r) => `${r.n} ${r.what}`).join(', ')}`,
      );
    }
    await client.end();
    return late;
  })();
  return () => {
    over = true;
    return watching;
  };
};

/** The battery. */
export const run: Battery = async (options) => {
  const seconds = Number(options.seconds ?? 20);
  const times = Number(options.times ?? 4);
  const started = Date.now();
  const say = (line: string): void => console.log(`[overload +${((Date.now() - started) / 1000).toFixed(0)}s] ${line}`);
  const count = { passed: 0, failed: 0 };
  const promise = (name: string, held: boolean, seen: string): void => {
    count[held ? 'passed' : 'failed'] += 1;
    say(`${held ? '✓' : '✗'} ${name}: ${seen}`);
  };
  const settings: Record<string, string> = {};
  for (const [option, name] of [
    ['atOnce', 'JIEYOU_AT_ONCE'],
    ['waiting', 'JIEYOU_WAITING'],
    ['waitMs', 'JIEYOU_WAIT_MS'],
  ] as const)
    if (options[option] !== undefined) settings[name] = options[option];
  const district = await openDistrict(Number(options.requests ?? 20_000), settings, say);
  try {
    const { load, server } = district;
    const ms = (n: number): string => `${n.toFixed(n < 10 ? 1 : 0)} ms`;
    await load({ connections: 12, milliseconds: 4_000 });
    const most = await load({ connections: 12, milliseconds: 8_000 });
    const capacity = lookAt(most.told).ok / 8;
    const calm = lookAt(most.told);
    say(`capacity ${capacity.toFixed(0)} a second with 12 clients, p50 ${ms(calm.p50)}, p99 ${ms(calm.p99)}`);
    promise(
      'a full load is served whole',
      calm.wrong === 0 && calm.shed === 0 && capacity > 0,
      `${calm.ok} answered, ${calm.shed} turned away, ${calm.wrong} wrong ${most.sample}`,
    );
    const half = lookAt((await load({ perSecond: capacity / 2, milliseconds: 5_000 })).told);
    say(`at half of it: p50 ${ms(half.p50)}, p99 ${ms(half.p99)}, ${half.shed} turned away`);

    const before = await figures(server.operatorPort);
    const watching = watch(district, options.timeline === undefined ? () => undefined : say);
    const over = await load({ perSecond: capacity * times, milliseconds: seconds * 1000 });
    const serverLate = await watching();
    const recovering = load({ perSecond: capacity / 2, milliseconds: 10_000 });
    const all = lookAt(over.told);
    say(
      `${times} times as much for ${seconds} s: ${all.sent} sent (${over.unsent} could not be), ${(all.ok / seconds).toFixed(0)} a second answered, ${(all.shedShare * 100).toFixed(0)} % turned away`,
    );
    for (const [i, kind] of district.kinds.entries()) {
      const of = lookAt(over.told.filter((t) => t[0] === i));
      say(`  ${kind.name}: ${of.sent} sent, ${(of.shedShare * 100).toFixed(0)} % turned away, p50 ${ms(of.p50)}, p99 ${ms(of.p99)}`);
    }
    if (options.timeline !== undefined) {
      for (let at = 0; at < seconds * 1000 + 10_000; at += 500) {
        const told = at < seconds * 1000 ? over.told : (await recovering).told;
        const from = at < seconds * 1000 ? at : at - seconds * 1000;
        const of = lookAt(told.filter((t) => t[1] >= from && t[1] < from + 500));
        say(`  ${at}: ${of.sent} sent, ${of.ok} ok, ${of.shed} away, p50 ${ms(of.p50)}, p99 ${ms(of.p99)}, away p99 ${ms(of.shedP99)}`);
      }
    }
    say(`  loops late by at most: server ${ms(serverLate)}, clients ${ms(over.lateMs)}`);
    const urgent = lookAt(over.told.filter((t) => URGENT.includes(district.kinds[t[0]]?.name ?? '')));
    promise('what is accepted is answered within a second (p99)', all.ok > 0 && all.p99 <= 1_000, `p50 ${ms(all.p50)}, p99 ${ms(all.p99)}`);
    promise(
      'the rest is turned away with 503 and Retry-After',
      all.shed > 0 && all.shedWithoutRetryAfter === 0,
      `${all.shed}, without Retry-After ${all.shedWithoutRetryAfter}, p99 ${ms(all.shedP99)}`,
    );
    promise('nothing else is seen', all.wrong === 0, `${all.wrong} ${over.sample}`);
    promise(
      'what is urgent goes first',
      urgent.shedShare <= all.shedShare / 4,
      `${(urgent.shedShare * 100).toFixed(1)} % of the urgent turned away, ${(all.shedShare * 100).toFixed(0)} % of all`,
    );
    promise(
      'the work done does not collapse',
      all.ok / seconds >= capacity * 0.5,
      `${(all.ok / seconds).toFixed(0)} of ${capacity.toFixed(0)} a second`,
    );
    const after = await recovering;
    const usual = Math.max(half.p99 * 1.5, 100);
    const normal = normalAfter(after.told, usual);
    promise('normal again within 5 s', normal <= 5_000, `${normal} ms until all answered within ${ms(usual)}`);

    const lazy = openLazySockets(server.port);
    await sleep(500);
    const beside = await load({ perSecond: capacity / 2, milliseconds: 8_000 });
    const withLazy = lookAt(beside.told);
    promise(
      `${IDLE_SOCKETS} idle and ${SLOW_SOCKETS} slow sockets harm nobody`,
      withLazy.wrong === 0 && withLazy.shedShare <= half.shedShare + 0.05 && withLazy.p99 <= Math.max(half.p99 * 2, 500),
      `p99 ${ms(withLazy.p99)} beside ${ms(half.p99)}, ${withLazy.shed} turned away, ${withLazy.wrong} wrong ${beside.sample}`,
    );
    for (const end = Date.now() + 30_000; lazy.slowHeads() > 0 && Date.now() < end; ) await sleep(250);
    promise('a head that does not come is cut', lazy.slowHeads() === 0, `${lazy.slowHeads()} of ${SLOW_SOCKETS / 2} still open`);
    lazy.close();
    const later = await figures(server.operatorPort);
    const rss = 'jieyou_memory_bytes{kind="rss"}';
    say(`memory ${((before.get(rss) ?? 0) / 1e6).toFixed(0)} MB before, ${((later.get(rss) ?? 0) / 1e6).toFixed(0)} MB after`);

    const origin = `http://127.0.0.1:${server.port}`;
    const streams = Promise.all([1, 2, 3].map(() => follow(origin, district.volume.worker.token)));
    const busy = load({ connections: 12, milliseconds: 20_000 });
    await sleep(2_000);
    const { code, ms: took } = await server.stop();
    const [last, ended] = await Promise.all([busy, streams]);
    // −1: nobody listens any more, so nothing was begun; 0: a request was taken and not answered.
    const broken = last.told.filter((t) => t[3] === 0).length;
    const wrong = last.told.filter((t) => t[3] > 0 && t[3] !== 200 && t[3] !== 503).length;
    promise('SIGTERM under load ends within 10 s', code === 0 && took <= 10_000, `exit code ${code} after ${ms(took)}`);
    promise(
      'no request that was taken is left without an answer',
      last.told.length > 0 && broken === 0 && wrong === 0,
      `${last.told.length} answered, ${broken} broken, ${wrong} wrong ${last.sample}`,
    );
    promise(
      'open streams end properly',
      ended.every((e) => e === 'ended'),
      ended.join(', '),
    );
    return count;
  } finally {
    await district.close();
  }
};
