import type { Services } from '../platform/http/context.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { indexEntries } from './similar.ts';

const BATCH = 100;

/** Keeps the words of released cases that came without: after an upgrade, or loaded from elsewhere. Nothing to do on other days. */
const indexWaiting = async (services: Services): Promise<void> => {
  while ((await workLater(services, {}, (tx) => indexEntries(tx, BATCH))) === BATCH);
};

/** Jobs of the case bank. */
export const casebankJobs = (services: Services): Job<object>[] => [
  { name: 'casebank.index', cron: '*/10 * * * *', run: () => indexWaiting(services) },
];
