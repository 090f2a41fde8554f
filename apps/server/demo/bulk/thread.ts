/** The load of the bulk beside the platform, in a thread of its own: requests do not wait for the work of sealing thousands of names. */
import { parentPort, workerData } from 'node:worker_threads';
import { providerFromKeyFile } from '../../src/platform/crypto/keyFile.ts';
import { ownerDatabase } from '../../src/platform/db/database.ts';
import { loadBulk } from './load.ts';

const { url, keyFile } = workerData as { url: string; keyFile: string };
let stopped = false;
parentPort?.on('message', () => {
  stopped = true;
});
await using owner = ownerDatabase(url);
await loadBulk(owner, providerFromKeyFile(keyFile, false), { stopped: () => stopped, tell: (progress) => parentPort?.postMessage(progress) });
parentPort?.close();
