/** Brings a database up to date, as a start does, in a process that may be killed in the middle. */
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { prepareQueue } from '../../apps/server/src/platform/queue/queue.ts';

const url = process.env.FAULT_DATABASE as string;
process.send?.('begins');
await migrate(url);
await prepareQueue(url);
process.send?.('done');
process.disconnect?.();
