import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { Busy } from './errors.ts';

/** Who goes first when not all can be served: 0 what cannot wait, 1 the ordinary, 2 lists, searches, exports and files. */
export type Rank = 0 | 1 | 2;
const RANKS = [0, 1, 2] as const;

/** The rank of an endpoint, from what it declares. */
export const rankOf = (endpoint: AnyEndpoint): Rank => {
  if (endpoint.urgent === true || endpoint.rate === 'sign-in') return 0;
  const list = endpoint.method === 'GET' && 'limit' in ((endpoint.query as { shape?: object }).shape ?? {});
  return list || endpoint.fewAtOnce === true || (endpoint.streams !== undefined && endpoint.streams !== 'text/event-stream') ? 2 : 1;
};

/** Bounds of the gate: requests under way, requests that wait, and how long they may. */
export type Bounds = { readonly most: number; readonly waiting: number; readonly waitMs: number };

type Waiter = {
  readonly since: number;
  readonly gone: () => boolean;
  readonly enter: () => void;
  readonly turnAway: (error: Busy) => void;
};

const SWEEP_MS = 20;
const LOOK_MS = 100;
// A rush that is over within so long is no overload: those in line may wait twice as long.
const RUSH_MS = 1_000;
// With a loop so late, lists are no longer put in line; with the second, ordinary requests neither. What finds a place at once is served.
const LATE_MS = 250;
const VERY_LATE_MS = 500;

/**
 * The gate before the work: a bounded number of requests under way, a short line before it, and 503 for the rest. A request that is
 * turned away at once costs a tenth of a millisecond; one that waits for ten seconds costs the patience of a person and, since the
 * page asks again, the work twice.
 */
export class Gate {
  readonly #bounds: Bounds;
  readonly #mostOf: readonly [number, number];
  readonly #mostLast: number;
  readonly #lines: [Waiter[], Waiter[], Waiter[]] = [[], [], []];
  #running = 0;
  #runningLast = 0;
  #waiting = 0;
  #crowdedSince = 0;
  #sweeper: NodeJS.Timeout | undefined;
  #late = 0;
  #lookedAt = performance.now();
  readonly #look: NodeJS.Timeout;
  readonly #turnedAway = [0, 0, 0];

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    // A few places are kept for what cannot wait, should ordinary work hang; long lists and exports never hold all of theirs.
    this.#mostOf = [bounds.most + Math.max(1, Math.floor(bounds.most / 6)), bounds.most];
    this.#mostLast = Math.max(1, Math.ceil(bounds.most * 0.6));
    this.#look = setInterval(() => {
      const now = performance.now();
      const late = now - this.#lookedAt - LOOK_MS;
      this.#lookedAt = now;
      this.#late = Math.max(late, this.#late / 2);
    }, LOOK_MS);
    this.#look.unref();
  }

  /** What the gate does at this moment, for the operator. */
  get state(): {
    readonly running: number;
    readonly waiting: number;
    readonly most: number;
    readonly lateMs: number;
    readonly turnedAway: readonly number[];
  } {
    return {
      running: this.#running,
      waiting: this.#waiting,
      most: this.#bounds.most,
      lateMs: Math.max(0, this.#late),
      turnedAway: this.#turnedAway,
    };
  }

  /** Whether anybody waits: the question that every request asks, and the only one while there is room. */
  get crowded(): boolean {
    return this.#waiting > 0;
  }

  /** Whether a request of the rank would be turned away now; asked before its body is read. Counts as turned away if so. */
  refuses(rank: Rank): boolean {
    if (this.#roomFor(rank) || this.#mayWait(rank)) return false;
    this.#turnedAway[rank] = (this.#turnedAway[rank] as number) + 1;
    return true;
  }

  /** Lets a request in: undefined when it may go on at once, else a promise of its turn, which may fail with Busy. */
  enter(rank: Rank, gone: () => boolean): Promise<void> | undefined {
    if (this.#roomFor(rank)) {
      this.#count(rank, 1);
      return undefined;
    }
    return new Promise((enter, reject) => {
      const turnAway = (error: Busy): void => {
        this.#turnedAway[rank] = (this.#turnedAway[rank] as number) + 1;
        reject(error);
      };
      if (!this.#mayWait(rank)) return turnAway(new Busy());
      if (this.#waiting >= this.#bounds.waiting) this.#giveWay(rank);
      this.#lines[rank].push({ since: performance.now(), gone, enter, turnAway });
      if (this.#waiting === 0) this.#crowdedSince = performance.now();
      this.#waiting += 1;
      this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP_MS);
    });
  }

  /** A request has ended: the next one that still has somebody to answer takes its place. */
  leave(rank: Rank): void {
    this.#count(rank, -1);
    if (this.#waiting > 0) this.#callNext();
  }

  /** Ends the gate's own timers. */
  close(): void {
    clearInterval(this.#look);
    clearInterval(this.#sweeper);
  }

  #count(rank: Rank, by: 1 | -1): void {
    this.#running += by;
    if (rank === 2) this.#runningLast += by;
  }

  #roomFor(rank: Rank): boolean {
    if (this.#running >= this.#mostOf[rank === 0 ? 0 : 1]) return false;
    return rank < 2 || this.#runningLast < this.#mostLast;
  }

  #mayWait(rank: Rank): boolean {
    if (rank === 2 && this.#late > LATE_MS) return false;
    if (rank === 1 && this.#late > VERY_LATE_MS) return false;
    return this.#waiting < this.#bounds.waiting || RANKS.some((lower) => lower > rank && this.#lines[lower].length > 0);
  }

  /** The line is full: the last of the lowest rank goes. */
  #giveWay(to: Rank): void {
    for (const rank of [2, 1] as const) {
      if (rank <= to) return;
      const last = this.#lines[rank].pop();
      if (last === undefined) continue;
      this.#waiting -= 1;
      last.turnAway(new Busy());
      return;
    }
  }

  #callNext(): void {
    for (const rank of RANKS) {
      const line = this.#lines[rank];
      while (line.length > 0 && this.#roomFor(rank)) {
        const next = line.shift() as Waiter;
        this.#waiting -= 1;
        if (next.gone()) {
          next.turnAway(new Busy());
          continue;
        }
        this.#count(rank, 1);
        next.enter();
      }
    }
  }

  #sweep(): void {
    const now = performance.now();
    const before = now - this.#bounds.waitMs * (now - this.#crowdedSince > RUSH_MS ? 1 : 2);
    for (const line of this.#lines) {
      while (line[0] !== undefined && line[0].since < before) {
        this.#waiting -= 1;
        (line.shift() as Waiter).turnAway(new Busy());
      }
    }
    if (this.#waiting > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }
}
