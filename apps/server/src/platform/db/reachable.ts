import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const EVERY_MS = 500;
const CONNECT_WITHIN_MS = 5_000;

/** Not there yet, starting up, or full: all of them pass. A wrong password or a missing database does not. */
const passes = (error: unknown): boolean => {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|57P|53)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code) ||
    /Connection terminated|timeout expired|timeout exceeded/.test(message)
  );
};

/** Waits until a database takes connections: after a power cut it may come up later than the platform. `onWait` is told once. */
export const untilReachable = async (url: string, onWait: () => void): Promise<void> => {
  for (let told = false; ; await sleep(EVERY_MS)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!passes(error)) throw error;
    }
    if (!told) onWait();
    told = true;
  }
};
