import type { AuditKind } from '@jieyou/core/audit/endpoints.ts';
import type { Database } from '../db/database.ts';

/** Something that was read, opened, refused or tried: who, what, when, from where. Never what stood in it. */
export type AccessRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly at: Date;
  readonly kind: Exclude<AuditKind, 'event'>;
  readonly action: string;
  readonly actorId: string | null;
  readonly accountId: string | null;
  readonly recordKind: string | null;
  readonly recordId: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly httpRequest: string;
  readonly ip: string | null;
};

const COLUMNS = [
  ['district_id', 'uuid', (r: AccessRecord) => r.districtId],
  ['id', 'uuid', (r: AccessRecord) => r.id],
  ['at', 'timestamptz', (r: AccessRecord) => r.at.toISOString()],
  ['kind', 'text', (r: AccessRecord) => r.kind],
  ['action', 'text', (r: AccessRecord) => r.action],
  ['actor_id', 'uuid', (r: AccessRecord) => r.actorId],
  ['account_id', 'uuid', (r: AccessRecord) => r.accountId],
  ['record_kind', 'text', (r: AccessRecord) => r.recordKind],
  ['record_id', 'uuid', (r: AccessRecord) => r.recordId],
  ['outcome', 'text', (r: AccessRecord) => r.outcome],
  ['reason', 'text', (r: AccessRecord) => r.reason],
  ['http_request', 'text', (r: AccessRecord) => r.httpRequest],
  ['ip', 'text', (r: AccessRecord) => r.ip],
] as const;

const INSERT = `insert into access_record (${COLUMNS.map(([name]) => name).join(', ')})
  select * from unnest(${COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')})`;

// A second batch starts while the first one waits for the disk; PostgreSQL lets their commits share a flush.
const MOST_AT_ONCE = 2;

/**
 * Writes records of access. Those of the same moment share one statement and one commit, so that a reading costs a share of a
 * commit instead of a whole one; `write` resolves only when the record is durable.
 */
export class AccessLog {
  readonly #db: Database;
  #waiting: { record: AccessRecord; done: () => void; failed: (e: unknown) => void }[] = [];
  #writing = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  write(record: AccessRecord): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ record, done, failed });
      if (this.#writing < MOST_AT_ONCE) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#writing += 1;
    // Gives the requests of this turn of the event loop the chance to join the batch.
    await new Promise((r) => setImmediate(r));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, 200);
      try {
        await this.#db.query(
          INSERT,
          COLUMNS.map(([, , of]) => batch.map((b) => of(b.record))),
          'access-record',
        );
        for (const b of batch) b.done();
      } catch (error) {
        for (const b of batch) b.failed(error);
      }
    }
    this.#writing -= 1;
  }
}
