/** Figures of the running platform in the text form that Prometheus reads. Labels name endpoints, outcomes and parts, never a record. */

/** Upper bounds of the classes of duration, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

const OUTCOMES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'denied',
  404: 'not-found',
  409: 'refused',
  429: 'too-many',
  500: 'bug',
  503: 'unavailable',
};

type Tally = { readonly byStatus: Map<number, number>; readonly buckets: number[]; seconds: number };

/** What one figure says now: a number, or one for each value of a label. */
export type Reading = number | ReadonlyMap<string, number>;

type Gauge = { readonly help: string; readonly type: 'gauge' | 'counter'; readonly label: string; readonly read: () => Reading };

/** Counts what was answered, and asks others for what they know at the moment of reading. */
export class Metrics {
  readonly #tallies = new Map<string, Tally>();
  readonly #gauges = new Map<string, Gauge>();

  /** The counter of one endpoint; called once for each answer, so it does no more than add. */
  endpoint(id: string): (status: number, ms: number) => void {
    const tally: Tally = { byStatus: new Map(), buckets: new Array<number>(BUCKETS.length + 1).fill(0), seconds: 0 };
    this.#tallies.set(id, tally);
    return (status, ms) => {
      tally.byStatus.set(status, (tally.byStatus.get(status) ?? 0) + 1);
      const seconds = ms / 1000;
      let at = 0;
      while (at < BUCKETS.length && seconds > (BUCKETS[at] as number)) at += 1;
      tally.buckets[at] = (tally.buckets[at] as number) + 1;
      tally.seconds += seconds;
    };
  }

  /** A figure that somebody else keeps. */
  offer(name: string, help: string, read: () => Reading, label = 'part', type: Gauge['type'] = 'gauge'): void {
    this.#gauges.set(name, { help, type, label, read });
  }

  /** All figures, as Prometheus reads them. */
  text(): string {
    const lines: string[] = [];
    const head = (name: string, type: string, help: string): void => {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    };
    const seen = [...this.#tallies].filter(([, tally]) => tally.byStatus.size > 0);
    head('jieyou_requests_total', 'counter', 'Answered requests by endpoint and outcome.');
    for (const [id, tally] of seen) {
      const outcomes = new Map<string, number>();
      for (const [status, n] of tally.byStatus) {
        const outcome = status < 400 ? 'ok' : (OUTCOMES[status] ?? 'other');
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + n);
      }
      for (const [outcome, n] of outcomes) lines.push(`jieyou_requests_total{endpoint="${id}",outcome="${outcome}"} ${n}`);
    }
    head('jieyou_request_seconds', 'histogram', 'Time from the first byte of a request to the last of its answer.');
    for (const [id, tally] of seen) {
      let below = 0;
      for (const [i, n] of tally.buckets.entries()) {
        below += n;
        lines.push(`jieyou_request_seconds_bucket{endpoint="${id}",le="${BUCKETS[i] ?? '+Inf'}"} ${below}`);
      }
      lines.push(
        `jieyou_request_seconds_sum{endpoint="${id}"} ${tally.seconds.toFixed(6)}`,
        `jieyou_request_seconds_count{endpoint="${id}"} ${below}`,
      );
    }
    for (const [name, { help, type, label, read }] of this.#gauges) {
      head(name, type, help);
      const reading = read();
      if (typeof reading === 'number') lines.push(`${name} ${reading}`);
      else for (const [value, n] of reading) lines.push(`${name}{${label}="${value}"} ${n}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
