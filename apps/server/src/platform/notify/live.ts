import { sql } from 'kysely';
import { afterCommit, type Database, hot, type Tx } from '../db/database.ts';
import { newId } from '../ids.ts';

/** Something that an open page should hear: a message for a person, or a change of a record. It carries ids, never facts. */
export type LiveMessage =
  | { readonly kind: 'notice'; readonly personId: string }
  | { readonly kind: 'changed'; readonly recordKind: string; readonly recordId: string }
  | { readonly kind: 'sessions' }
  /** This process is about to stop: open streams end, and their pages ask elsewhere. */
  | { readonly kind: 'leaving' };

type Listener = (message: LiveMessage) => void;

const CHANNEL = 'jieyou_live';
// So long news wait for others to travel with: each sending is a transaction that wakes every listener. Nobody sees the difference on a page.
const GATHER_MS = 10;

/**
 * Messages between processes and to open pages, over LISTEN/NOTIFY; sent when the transaction has been committed, never before. Those
 * of the same moment share one statement: a transaction that notifies by itself holds the server's only lock of that kind while its
 * commit reaches the disk, and all writers would wait in one line.
 */
export class Live {
  readonly #listeners = new Set<Listener>();
  #stop: (() => Promise<void>) | undefined;
  #db: Database | undefined;
  #waiting: string[] = [];
  #sending = false;

  start(db: Database): void {
    this.#db = db;
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

  /** Ends what is open for pages; who asks from now on is sent away as soon. */
  leave(): void {
    this.leaving = true;
    this.#tell({ kind: 'leaving' });
  }

  leaving = false;

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
    const ids = to.map(() => newId(now.getTime()));
    await hot(tx)`insert into notice (district_id, id, person_id, kind, record_kind, record_id, number, sent_at)
      select ${districtId}::uuid, n.id, n.person_id, ${notice.kind}, ${notice.recordKind}, ${notice.recordId}::uuid, ${notice.number}, ${now.toISOString()}::timestamptz
      from unnest(${ids}::uuid[], ${to}::uuid[]) as n(id, person_id)`;
    for (const personId of to) await this.publish(tx, { kind: 'notice', personId });
  }

  async changed(tx: Tx, _districtId: string, recordKind: string, recordId: string): Promise<void> {
    await this.publish(tx, { kind: 'changed', recordKind, recordId });
  }

  async publish(tx: Tx, message: LiveMessage): Promise<void> {
    const text = JSON.stringify(message);
    // Whose session ended must be known everywhere with the commit itself; an open page may hear of a change a moment later.
    const later = message.kind !== 'sessions' && this.#db !== undefined && afterCommit(tx, () => this.#post(text));
    if (!later) await sql`select pg_notify(${CHANNEL}, ${text})`.execute(tx);
  }

  #post(text: string): void {
    this.#waiting.push(text);
    if (!this.#sending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    await new Promise((r) => setTimeout(r, GATHER_MS));
    while (this.#waiting.length > 0) {
      const batch = [...new Set(this.#waiting.splice(0, 500))];
      // News that cannot be sent are no loss of data: pages that lost their connection look again by themselves.
      await this.#db?.query(`select pg_notify('${CHANNEL}', m) from unnest($1::text[]) as m`, [batch], 'live-news').catch(() => undefined);
    }
    this.#sending = false;
  }

  #tell(message: LiveMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}
