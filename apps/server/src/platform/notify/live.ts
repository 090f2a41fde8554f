import { sql } from 'kysely';
import type { Database, Tx } from '../db/database.ts';
import { newId } from '../ids.ts';

/** Something that an open page should hear: a message for a person, or a change of a record. It carries ids, never facts. */
export type LiveMessage =
  | { readonly kind: 'notice'; readonly personId: string }
  | { readonly kind: 'changed'; readonly recordKind: string; readonly recordId: string }
  | { readonly kind: 'sessions' };

type Listener = (message: LiveMessage) => void;

const CHANNEL = 'jieyou_live';

/** Messages between processes and to open pages, over LISTEN/NOTIFY; sent when the transaction commits, never before. */
export class Live {
  readonly #listeners = new Set<Listener>();
  #stop: (() => Promise<void>) | undefined;

  start(db: Database): void {
    this.#stop = db.listen(
      [CHANNEL],
      (_, payload) => this.#tell(JSON.parse(payload) as LiveMessage),
      // What was said while the connection was gone is unknown: forget remembered sessions.
      () => this.#tell({ kind: 'sessions' }),
    );
  }

  async stop(): Promise<void> {
    await this.#stop?.();
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Puts a message into each person's centre and tells open pages. */
  async send(
    tx: Tx,
    districtId: string,
    persons: readonly (string | null)[],
    notice: { kind: string; recordKind: string; recordId: string; number: string },
    now: Date,
  ): Promise<void> {
    const to = [...new Set(persons.filter((p): p is string => p !== null))];
    if (to.length === 0) return;
    await tx
      .insertInto('notice')
      .values(
        to.map((personId) => ({ districtId, id: newId(now.getTime()), personId, ...notice, sentAt: now.toISOString(), readAt: null })),
      )
      .execute();
    for (const personId of to) await this.publish(tx, { kind: 'notice', personId });
  }

  async changed(tx: Tx, _districtId: string, recordKind: string, recordId: string): Promise<void> {
    await this.publish(tx, { kind: 'changed', recordKind, recordId });
  }

  async publish(tx: Tx, message: LiveMessage): Promise<void> {
    await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(message)})`.execute(tx);
  }

  #tell(message: LiveMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}
