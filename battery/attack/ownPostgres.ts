/** A PostgreSQL of its own for an attack that is run as a command, with the tables of the platform ready to be copied. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { removeCluster, startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase } from '../../apps/server/src/platform/db/migrate.ts';
import type { ClonedDatabase } from '../../apps/server/test/database.ts';

/** Starts it. `database` makes a fresh one each time. */
export const startOwnPostgres = async (): Promise<{
  readonly database: () => Promise<ClonedDatabase>;
  readonly stop: () => Promise<void>;
}> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jieyou-attack-'));
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const superuser = server.superuserUrl('postgres');
  const ask = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: superuser });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await prepareDatabase(superuser, 'told');
  return {
    database: async () => {
      const name = `t_${randomBytes(6).toString('hex')}`;
      await ask(`create database ${name} template told`);
      const url = new URL(superuser);
      url.pathname = `/${name}`;
      return { superuserUrl: url.href, drop: () => ask(`drop database if exists ${name} with (force)`) };
    },
    stop: async () => {
      await server.stop();
      removeCluster(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
