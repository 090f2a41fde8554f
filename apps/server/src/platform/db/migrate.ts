import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { prepareQueue } from '../queue/queue.ts';
import { APP_ROLE } from './roles.ts';

const folder = join(import.meta.dirname, '../../../migrations');

/** The login of the embedded server; a named server has a login of its own. */
export const EMBEDDED_LOGIN = 'jieyou';

/** Brings the schema up to date under the owner's role; each file runs in one transaction, once. */
export const migrate = async (ownerUrl: string): Promise<string[]> => {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: ownerUrl, max: 2 }) }) });
  try {
    const migrator = new Migrator({
      db,
      provider: {
        getMigrations: async () =>
          Object.fromEntries(
            readdirSync(folder)
              .filter((name) => name.endsWith('.sql'))
              .sort()
              .map((name) => [
                name,
                { up: async (tx: Kysely<unknown>) => void (await sql.raw(readFileSync(join(folder, name), 'utf8')).execute(tx)) },
              ]),
          ),
      },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    return (results ?? []).map((r) => r.migrationName);
  } finally {
    await db.destroy();
  }
};

const ident = (name: string): string => pg.escapeIdentifier(name);

/** Creates the app's role and, where a password is given, the login that is a member of it. */
export const ensureRoles = async (ownerUrl: string, login?: { name: string; password: string }): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // A cluster may be prepared by two processes at once (tests); the loser of the race finds the role there.
    await client.query(`do $$ begin
      if not exists (select 1 from pg_roles where rolname = '${APP_ROLE}') then create role ${APP_ROLE} nologin; end if;
      exception when duplicate_object or unique_violation then null; end $$`);
    if (login !== undefined) {
      const exists = (await client.query('select 1 from pg_roles where rolname = $1', [login.name])).rowCount === 1;
      await client.query(
        `${exists ? 'alter' : 'create'} role ${ident(login.name)} login noinherit password ${pg.escapeLiteral(login.password)}`,
      );
      await client.query(`alter role ${ident(login.name)} inherit`);
      await client.query(`grant ${APP_ROLE} to ${ident(login.name)}`);
    }
  } finally {
    await client.end();
  }
};

/** Creates a database if it is missing. */
export const ensureDatabase = async (superuserUrl: string, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${ident(name)}`);
  } finally {
    await client.end();
  }
};

/** The same server, another database or login. */
export const urlOf = (url: string, change: { database?: string; user?: string; password?: string }): string => {
  const next = new URL(url);
  if (change.database !== undefined) next.pathname = `/${change.database}`;
  if (change.user !== undefined) next.username = change.user;
  if (change.password !== undefined) next.password = change.password;
  return next.toString();
};

/** A database ready for the platform on a server of which we are the superuser: roles, database, schema, queue. */
export const prepareDatabase = async (superuserUrl: string, dbName: string, password = 'jieyou'): Promise<string> => {
  await ensureDatabase(superuserUrl, dbName);
  const ownerUrl = urlOf(superuserUrl, { database: dbName });
  await ensureRoles(ownerUrl, { name: EMBEDDED_LOGIN, password });
  await migrate(ownerUrl);
  await prepareQueue(ownerUrl);
  return urlOf(ownerUrl, { user: EMBEDDED_LOGIN, password });
};
