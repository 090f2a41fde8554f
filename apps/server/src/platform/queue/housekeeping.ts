import type { Services } from '../http/context.ts';
import type { Job } from './queue.ts';

/** Days for which the answer to a write is kept for its key: longer than any client retries. */
const KEEP_KEYS_DAYS = 7;

/** Clears what has served its time. Sessions stay: they are part of the record of who signed in from where. */
export const housekeeping = async (services: Services): Promise<void> => {
  const before = new Date(services.clock.now().getTime() - KEEP_KEYS_DAYS * 86_400_000);
  await services.db.query('delete from idempotency_key where created_at < $1', [before.toISOString()]);
};

/** Jobs of the platform itself. */
export const platformJobs = (services: Services): Job<object>[] => [
  { name: 'platform.housekeeping', cron: '30 3 * * *', run: () => housekeeping(services) },
];
