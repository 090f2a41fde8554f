import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { removeCluster, startEmbeddedPostgres } from '../src/platform/db/embedded.ts';
import { prepareDatabase } from '../src/platform/db/migrate.ts';
import { healDataDir } from '../src/platform/db/orphans.ts';
import { LockHeld, takeLock } from '../src/platform/processLock.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the test server, database `postgres`. */
    pgSuperuser: string;
    /** A migrated, empty database that nobody connects to, so that it can be cloned. */
    pgTemplate: string;
  }
}

const dataRoot = process.env.JIEYOU_DATA ?? fileURLToPath(new URL('../../../.data', import.meta.url));
const PREFIX = 'pgtest-';

/** What a killed run left behind; a run that is under way holds its lock and is left alone. */
async function removeAbandoned(): Promise<void> {
  if (!existsSync(dataRoot)) return;
  const found = readdirSync(dataRoot).filter((name) => /^pgtest-[0-9a-f]+(\.lock)?$/.test(name));
  for (const name of new Set(found.map((entry) => entry.replace('.lock', '')))) {
    const dataDir = join(dataRoot, name);
    try {
      const release = takeLock(`${dataDir}.lock`);
      await healDataDir(dataDir, () => {});
      removeCluster(dataDir);
      release();
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
    }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = `tmpl_${randomBytes(4).toString('hex')}`;
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await prepareDatabase(given, template);
    project.provide('pgSuperuser', given);
    project.provide('pgTemplate', template);
    return async () => {};
  }
  await removeAbandoned();
  const dataDir = join(dataRoot, `${PREFIX}${randomBytes(4).toString('hex')}`);
  const server = await startEmbeddedPostgres({
    dataDir,
    // Thrown away at the end, so nothing has to survive a power cut.
    // Commits are counted for tests that ask whether anything was kept at all.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      jit: 'off',
      max_connections: '200',
      track_commit_timestamp: 'on',
    },
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    removeCluster(dataDir);
  };
  try {
    await prepareDatabase(server.superuserUrl('postgres'), template);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('pgSuperuser', server.superuserUrl('postgres'));
  project.provide('pgTemplate', template);
  return stop;
}
