import { CompiledQuery } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Tx } from '../db/database.ts';
import { APP_ROLE, runAsOwner } from '../db/roles.ts';

/** A kind of work that happens later. Handlers are idempotent: a job may run again after a crash. */
export type Job<Data extends object> = {
  readonly name: QueueName;
  /** Cron expression in Asia/Shanghai, for jobs that run by the clock. */
  readonly cron?: string;
  readonly run: (data: Data) => Promise<void>;
};

/** Names of all queues; the owner creates them, since the platform's role may not alter the schema. */
export const QUEUES = [
  'support.keep-clocks',
  'support.escalate-crisis',
  'support.remind',
  'reports.remind',
  'alarms.remind',
  'calls.keep-clocks',
  'casebank.index',
  'resources.remind',
  'learning.seminars',
  'resources.expire-referrals',
  'calls.keep-tickets',
  'notices.mail',
  'notices.digest',
  'archive.make',
  'archive.clear',
  'contacts.fold',
  'recipients.sounds',
  'imports.run',
  'imports.clear',
  'figures.fold',
  'audit.seal',
  // The platform's own.
  'privacy.remind',
  'privacy.destroy',
  'platform.housekeeping',
] as const;
export type QueueName = (typeof QUEUES)[number];

/** Installs the queue's schema under the owner's role and lets the app's role use it. */
export const prepareQueue = async (ownerUrl: string): Promise<void> => {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false, max: 1 });
  boss.on('error', () => undefined);
  await boss.start();
  for (const name of QUEUES) {
    await boss.createQueue(name, { retryLimit: 3, retryDelay: 20, retryBackoff: true, expireInSeconds: 600 });
  }
  await boss.stop({ graceful: false });
  await runAsOwner(
    ownerUrl,
    `grant usage on schema pgboss to ${APP_ROLE};
     grant select, insert, update, delete on all tables in schema pgboss to ${APP_ROLE};
     grant usage on all sequences in schema pgboss to ${APP_ROLE};
     grant execute on all functions in schema pgboss to ${APP_ROLE}`,
  );
};

/** The running queue. */
export class Queue {
  readonly #boss: PgBoss;
  readonly #onError: (error: unknown) => void;

  constructor(url: string, onError: (error: unknown) => void) {
    this.#boss = new PgBoss({ connectionString: url, migrate: false, createSchema: false, max: 3 });
    this.#boss.on('error', onError);
    this.#onError = onError;
  }

  /** Starts the workers and the schedules. */
  async start(jobs: readonly Job<object>[]): Promise<void> {
    await this.#boss.start();
    for (const job of jobs) {
      await this.#boss.work(job.name, { pollingIntervalSeconds: 2 }, async (batch) => {
        for (const one of batch) {
          try {
            await job.run((one.data ?? {}) as object);
          } catch (error) {
            this.#onError(error);
            throw error;
          }
        }
      });
      if (job.cron !== undefined) await this.#boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' });
    }
  }

  /** Enqueues inside the caller's transaction: a rollback leaves no job. */
  async enqueue(tx: Tx, name: QueueName, data: object, startAfter?: Date): Promise<void> {
    await this.#boss.send(name, data, {
      ...(startAfter === undefined ? {} : { startAfter }),
      db: {
        executeSql: async (text: string, values?: unknown[]) => {
          const result = await tx.withoutPlugins().executeQuery(CompiledQuery.raw(text, values ?? []));
          return { rows: result.rows };
        },
      },
    });
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 4_000 });
  }
}
