/** A start is killed in the middle of bringing the database up to date; the next one finishes, and the schema is the one that it always is. */

import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { ensureDatabase, migrate, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { prepareQueue } from '../../apps/server/src/platform/queue/queue.ts';
import { cloneDatabase } from '../../apps/server/test/database.ts';
import { rounds, tell } from './rounds.ts';

/** Everything that a schema consists of, in words. */
const schemaOf = async (url: string): Promise<string[]> => {
  await using owner = ownerDatabase(url);
  const { rows } = await sql<{ says: string }>`
    select 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as says
      from information_schema.columns where table_schema in ('public', 'pgboss')
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'index ' || indexname || ' ' || indexdef from pg_indexes where schemaname = 'public'
    union all select 'policy ' || tablename || ' ' || policyname || ' ' || permissive || cmd || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
    union all select 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'function ' || oid::regprocedure || ' ' || md5(prosrc) || prosecdef from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'grant ' || table_schema || '.' || table_name || ' ' || grantee || ' ' || privilege_type from information_schema.role_table_grants where grantee = 'jieyou_app'
    union all select 'queue ' || name from pgboss.queue
    union all select 'migration ' || name from kysely_migration
    order by 1`.execute(owner);
  // The queue keeps its figures by day: the day itself is not part of the schema, and a run may go past midnight.
  return rows.map((row) => row.says.replaceAll(/(?<=queue_stats_)\d{8}/g, 'day'));
};

test(
  '14 a start is killed in the middle of a migration, and the next one finishes',
  async () => {
    const whole = await cloneDatabase();
    const wanted = await schemaOf(whole.superuserUrl);
    await whole.drop();
    expect(wanted.length).toBeGreaterThan(1_000);
    const server = inject('pgSuperuser');
    const many = rounds(2, 20);
    const killed: string[] = [];
    for (let round = 1; round <= many; round += 1) {
      const name = `m_${randomBytes(6).toString('hex')}`;
      const url = urlOf(server, { database: name });
      await ensureDatabase(server, name);
      let took = 2_000;
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const child = fork(join(import.meta.dirname, 'migrator.ts'), {
          env: { ...process.env, FAULT_DATABASE: url },
          execArgv: ['--disable-warning=ExperimentalWarning'],
        });
        const gone = once(child, 'exit');
        let done = false;
        child.on('message', (what) => {
          done ||= what === 'done';
        });
        await once(child, 'message');
        // Somewhere in the middle: early in the first rounds, late in the last ones.
        await Promise.race([sleep((took * (round - 0.5)) / many), gone]);
        child.kill('SIGKILL');
        await gone;
        killed.push(done ? 'done' : 'killed');
        if (!done) break;
        took /= 2;
        await using owner = ownerDatabase(server);
        await sql`drop database ${sql.ref(name)} with (force)`.execute(owner);
        await ensureDatabase(server, name);
      }
      await migrate(url);
      await prepareQueue(url);
      expect(await schemaOf(url)).toEqual(wanted);
      await using owner = ownerDatabase(server);
      await sql`drop database ${sql.ref(name)} with (force)`.execute(owner);
    }
    tell('migrations killed', { killed: killed.filter((k) => k === 'killed').length, tooLate: killed.filter((k) => k === 'done').length });
    expect(killed.filter((k) => k === 'killed').length).toBeGreaterThanOrEqual(Math.ceil(many / 2));
  },
  60_000 + rounds(2, 20) * 30_000,
);
