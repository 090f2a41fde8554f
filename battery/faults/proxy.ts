/** A bad network of our own: a TCP proxy that can be struck while connections go through it. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How bytes travel; all of it may change while they do. */
export type Conditions = {
  /** Milliseconds that every byte is under way. */
  delayMs: number;
  /** Bytes a second and direction; 0 is without limit. */
  bytesPerSecond: number;
  /** Share of packets that are lost. TCP sends them again after 200 ms, then after twice as long; all behind them waits. */
  loss: number;
  /** Share of packets at which the connection is reset instead. */
  cut: number;
};

const CLEAR: Conditions = { delayMs: 0, bytesPerSecond: 0, loss: 0, cut: 0 };
const PACKET_BYTES = 1400;
const FIRST_RETRANSMISSION_MS = 200;

/** Chance that comes out the same in every run. */
export const chanceFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Pair = { readonly near: Socket; readonly far: Socket };

/** Passes everything on until it is told otherwise. */
export class FaultProxy {
  readonly #to: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  readonly #chance = chanceFrom(7);
  #server: Server | undefined;
  #port = 0;
  #frozen: Promise<void> | undefined;
  #thaw: () => void = () => undefined;
  #deaf = false;
  conditions: Conditions = { ...CLEAR };
  /** Packets that were lost or at which a connection was cut. */
  struck = 0;

  private constructor(to: { host: string; port: number }) {
    this.#to = to;
  }

  /** Listens on a free port of 127.0.0.1 and passes on to a port of it. */
  static async to(port: number): Promise<FaultProxy> {
    const proxy = new FaultProxy({ host: '127.0.0.1', port });
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Listens (again); what asks meanwhile is refused. */
  async accept(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ allowHalfOpen: true }, (near) => this.#join(near));
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#server = server;
  }

  /** New connections are refused; those that are open stay. */
  refuse(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Holds every byte back; connections stay open and new ones are taken. */
  freeze(): void {
    this.#frozen ??= new Promise((thawed) => {
      this.#thaw = thawed;
    });
  }

  thaw(): void {
    this.#frozen = undefined;
    this.#thaw();
  }

  /** Ends every connection in the ordinary way, in the middle of whatever is said. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.end();
      near.destroySoon();
      far.destroySoon();
    }
  }

  /** Resets every connection. */
  reset(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** The far side is gone and nobody says so: what is said on open connections is never answered. New connections are taken as before. */
  halfOpen(): void {
    for (const { near, far } of this.#pairs) {
      far.removeAllListeners('data');
      far.removeAllListeners('end');
      far.removeAllListeners('close');
      far.destroy();
      near.removeAllListeners('data');
      near.resume();
    }
  }

  /** Like `halfOpen`, and new connections are taken and never answered either; until `hear`. */
  deaf(): void {
    this.#deaf = true;
    this.halfOpen();
  }

  hear(): void {
    this.#deaf = false;
  }

  clear(): void {
    this.conditions = { ...CLEAR };
  }

  async close(): Promise<void> {
    this.thaw();
    this.refuse();
    this.reset();
    await sleep(0);
  }

  #join(near: Socket): void {
    near.on('error', () => undefined);
    if (this.#deaf) {
      near.resume();
      return;
    }
    const far = connect({ ...this.#to, allowHalfOpen: true });
    // Small answers would wait forty milliseconds for each other on every hop.
    for (const end of [near, far]) end.setNoDelay(true);
    const pair = { near, far };
    this.#pairs.add(pair);
    far.on('error', () => near.resetAndDestroy());
    near.on('close', () => {
      this.#pairs.delete(pair);
      far.destroy();
    });
    far.on('close', () => {
      // What was received before stays to be read.
      near.destroySoon();
    });
    this.#pump(near, far, pair);
    this.#pump(far, near, pair);
  }

  #pump(from: Socket, to: Socket, pair: Pair): void {
    let before = Promise.resolve();
    let dueAt = 0;
    let held = 0;
    const pass = async (packet: Buffer, arrivedAt: number): Promise<void> => {
      await this.#frozen;
      const { delayMs, bytesPerSecond, loss, cut } = this.conditions;
      if (cut > 0 && this.#chance() < cut) {
        this.struck += 1;
        pair.near.resetAndDestroy();
        pair.far.resetAndDestroy();
        return;
      }
      let again = 0;
      for (let wait = FIRST_RETRANSMISSION_MS; loss > 0 && this.#chance() < loss; wait *= 2) {
        this.struck += 1;
        again += wait;
      }
      const onTheWire = bytesPerSecond > 0 ? (packet.length * 1000) / bytesPerSecond : 0;
      dueAt = Math.max(dueAt, arrivedAt + delayMs) + again + onTheWire;
      if (dueAt > Date.now()) await sleep(dueAt - Date.now());
      await this.#frozen;
      if (to.writable && !to.write(packet)) await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => undefined);
    };
    from.on('data', (chunk: Buffer) => {
      const arrivedAt = Date.now();
      const step = this.conditions.loss > 0 || this.conditions.cut > 0 || this.conditions.bytesPerSecond > 0 ? PACKET_BYTES : chunk.length;
      held += 1;
      from.pause();
      for (let at = 0; at < chunk.length; at += step) {
        const packet = chunk.subarray(at, at + step);
        before = before.then(() => pass(packet, arrivedAt));
      }
      before = before.then(() => {
        held -= 1;
        if (held === 0) from.resume();
      });
    });
    from.on('end', () => {
      before = before.then(async () => {
        await this.#frozen;
        to.end();
      });
    });
  }
}
