import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export type ClonedDatabase = {
  /** Superuser URL of this clone. */
  superuserUrl: string;
  drop(): Promise<void>;
};

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A private copy of the migrated, empty database, about 0.1 s. */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const server = inject('pgSuperuser');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name} template ${inject('pgTemplate')}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    superuserUrl: url.href,
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  };
}
