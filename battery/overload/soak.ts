/**
 * `npm run battery -- soak [--minutes=60]`: the mixed load of a busy day, hour after hour, with pages that come and go, and a look at
 * memory and handles every few seconds. What grows steadily would stop the platform some night. A run of less than half an hour judges
 * the heap after collections: resident memory takes that long to settle.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import type { Battery } from '../battery.ts';
import { lookAt, openDistrict } from './district.ts';
import { figures } from './server.ts';

const PER_SECOND = 60;
const LOOK_MS = 5_000;
/** The first part warms caches, prepared statements and the compiler. */
const WARM_SHARE = 1 / 3;
const LONG_MINUTES = 30;

type Look = {
  readonly minute: number;
  readonly rss: number;
  readonly heap: number;
  readonly handles: number;
  readonly connections: number;
};

/** Steepness of a line through the points, by least squares. */
const slope = (points: readonly (readonly [number, number])[]): number => {
  const mean = (of: 0 | 1): number => points.reduce((sum, p) => sum + p[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const up = points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0);
  const down = points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
  return down === 0 ? 0 : up / down;
};

/** The lowest of each so many: what a collection of garbage leaves, not what stands before it. */
const lows = (looks: readonly Look[], each: number, of: (look: Look) => number): [number, number][] => {
  const out: [number, number][] = [];
  for (let i = 0; i + each <= looks.length; i += each) {
    const part = looks.slice(i, i + each);
    out.push([part[0]?.minute ?? 0, Math.min(...part.map(of))]);
  }
  return out;
};

/** The battery. */
export const run: Battery = async (options) => {
  const minutes = Number(options.minutes ?? 60);
  const started = Date.now();
  const say = (line: string): void => console.log(`[soak +${((Date.now() - started) / 60_000).toFixed(1)}min] ${line}`);
  const count = { passed: 0, failed: 0 };
  const promise = (name: string, held: boolean, seen: string): void => {
    count[held ? 'passed' : 'failed'] += 1;
    say(`${held ? '✓' : '✗'} ${name}: ${seen}`);
  };
  const district = await openDistrict(Number(options.requests ?? 5_000), {}, say);
  try {
    const { server, volume } = district;
    const milliseconds = minutes * 60_000;
    const from = Date.now();
    const total = { sent: 0, ok: 0, shed: 0, wrong: 0 };
    let sample = '';
    const working = (async () => {
      // In pieces, so that what the clients remember stays small.
      while (Date.now() - from < milliseconds) {
        const piece = await district.load({ perSecond: PER_SECOND, milliseconds: Math.min(20_000, milliseconds) });
        const seen = lookAt(piece.told);
        for (const key of ['sent', 'ok', 'shed', 'wrong'] as const) total[key] += seen[key];
        sample ||= piece.sample;
      }
    })();
    // Pages with open news that are left again after a moment.
    const visiting = (async () => {
      while (Date.now() - from < milliseconds) {
        const leave = new AbortController();
        const page = fetch(`http://127.0.0.1:${server.port}/api/live`, {
          headers: { cookie: `${SESSION_COOKIE}=${volume.worker.token}` },
          signal: leave.signal,
        })
          .then((r) => r.text())
          .catch(() => '');
        await sleep(2_000);
        leave.abort();
        await page;
      }
    })();
    const looks: Look[] = [];
    while (Date.now() - from < milliseconds) {
      await sleep(LOOK_MS);
      const seen = await figures(server.operatorPort);
      const one = (name: string): number => seen.get(name) ?? Number.NaN;
      looks.push({
        minute: (Date.now() - from) / 60_000,
        rss: one('jieyou_memory_bytes{kind="rss"}') / 1e6,
        heap: one('jieyou_memory_bytes{kind="heap_used"}') / 1e6,
        // Sockets of clients come and go with them.
        handles: one('jieyou_handles') - one('jieyou_http_connections'),
        connections: one('jieyou_http_connections'),
      });
      const last = looks.at(-1) as Look;
      if (looks.length % 12 === 0)
        say(
          `${last.rss.toFixed(0)} MB, heap ${last.heap.toFixed(0)} MB, ${last.handles} handles, ${last.connections} connections, ${total.ok} answered`,
        );
    }
    await Promise.all([working, visiting]);
    const warm = looks.filter((l) => l.minute > minutes * WARM_SHARE);
    const each = Math.max(2, Math.floor(warm.length / 10));
    const memory = slope(lows(warm, each, (l) => l.rss));
    const heap = slope(lows(warm, each, (l) => l.heap));
    const handles = slope(lows(warm, each, (l) => l.handles));
    say(
      `${looks.length} looks; ${JSON.stringify(looks.filter((_, i) => i % Math.max(1, Math.floor(looks.length / 10)) === 0).map((l) => Math.round(l.rss)))} MB over time`,
    );
    promise(
      'every request is served',
      total.wrong === 0 && total.ok > 0 && total.shed <= total.sent / 50,
      `${total.ok} of ${total.sent}, ${total.shed} turned away, ${total.wrong} wrong ${sample}`,
    );
    promise(
      'memory does not grow by 1 MB a minute',
      (minutes >= LONG_MINUTES ? memory : heap) < 1,
      `${memory.toFixed(2)} MB a minute resident, ${heap.toFixed(2)} MB a minute of heap`,
    );
    promise('handles do not grow', handles < (minutes >= LONG_MINUTES ? 0.5 : 2), `${handles.toFixed(2)} a minute`);
    const { code, ms } = await server.stop();
    promise('and it stops as it should', code === 0, `exit code ${code} after ${ms.toFixed(0)} ms`);
    return count;
  } finally {
    await district.close();
  }
};
