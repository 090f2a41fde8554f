/** What must be true of the whole database and of the folder of files after every fault. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../apps/server/src/platform/db/types.ts';

type Owner = Kysely<DB>;

/** Records that events speak of, by their name in events. A record that was sealed or destroyed is gone with its own event. */
const RECORDS: Readonly<Record<string, string>> = {
  case: 'case_file',
  request: 'support_request',
  appeal: 'appeal',
  report: 'mandatory_report',
};

const counted = async (owner: Owner, of: ReturnType<typeof sql>): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${of}`.execute(owner)).rows[0]?.n ?? 0;

/** Tables under history, and whether their rows carry a version. */
const historyTables = async (owner: Owner): Promise<{ name: string; versioned: boolean; id: string }[]> =>
  (
    await sql<{ name: string; versioned: boolean; id: string }>`
      select c.relname as name, encode(t.tgargs, 'escape') as id,
        exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'version' and not a.attisdropped) as versioned
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'keep_history' and not t.tgisinternal order by 1`.execute(owner)
  ).rows.map((row) => ({ ...row, id: row.id.replace(/\\000$/, '') || 'id' }));

/** Names under which files are stored, as all tables that name files know them. */
const storedNames = async (owner: Owner): Promise<Set<string>> => {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and a.attname in ('stored_as', 'scan_as') and not a.attisdropped`.execute(owner);
  const names = new Set<string>();
  for (const { table, column } of columns) {
    const { rows } = await sql<{
      name: string;
    }>`select ${sql.ref(column)} as name from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(owner);
    for (const { name } of rows) names.add(name);
  }
  return names;
};

const SETTLES_WITHIN_MS = 1_000;

/** Files without a row, and rows without a file. What goes after a reply has a moment to go. */
export const filesOutOfStep = async (owner: Owner, dataDir: string): Promise<string[]> => {
  for (const end = Date.now() + SETTLES_WITHIN_MS; ; await sleep(20)) {
    const found = await outOfStepNow(owner, dataDir);
    if (found.length === 0 || Date.now() > end) return found;
  }
};

const outOfStepNow = async (owner: Owner, dataDir: string): Promise<string[]> => {
  const folder = join(dataDir, 'files');
  const kept = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'unnamed') : [];
  const named = await storedNames(owner);
  return [
    ...kept.filter((name) => !named.has(name)).map((name) => `a file that no row names: ${name}`),
    ...[...named].filter((name) => !kept.includes(name)).map((name) => `a row whose file is missing: ${name}`),
  ];
};

/** Everything that is broken, in words; an empty list when all is whole. */
export const brokenIn = async (owner: Owner): Promise<string[]> => {
  const broken: string[] = [];
  const none = async (what: string, of: ReturnType<typeof sql>): Promise<void> => {
    const n = await counted(owner, of);
    if (n > 0) broken.push(`${what}: ${n}`);
  };
  await none(
    'a case without an owner of its district',
    sql`case_file f where not exists (select 1 from person p where p.id = f.worker_id and p.district_id = f.district_id)`,
  );
  await none(
    'a case without its content or its recipient',
    sql`case_file f where f.sealed_at is null and f.destroyed_at is null and not (
      exists (select 1 from case_content c where c.district_id = f.district_id and c.id = f.id)
      and exists (select 1 from recipient r where r.district_id = f.district_id and r.id = f.recipient_id))`,
  );
  await none(
    'a request without its content',
    sql`support_request q where q.sealed_at is null and q.destroyed_at is null
      and not exists (select 1 from support_content c where c.district_id = q.district_id and c.id = q.id)`,
  );
  await none(
    'a case that was never opened',
    sql`case_file f where not exists (select 1 from event e where e.record_id = f.id and e.type = 'case.opened')`,
  );
  await none(
    'a note without its event',
    sql`case_note n where not exists (select 1 from event e where e.type = 'case.note-added' and e.record_id = n.case_id and e.facts ->> 'note' = n.id::text)`,
  );
  await none(
    'a request that was never begun',
    sql`support_request q where not exists (select 1 from event e where e.record_id = q.id and e.type like 'support.%')`,
  );
  for (const [kind, table] of Object.entries(RECORDS)) {
    await none(
      `an event of a ${kind} that does not exist`,
      sql`event e where e.record_kind = ${kind} and not exists (select 1 from ${sql.table(table)} t where t.id = e.record_id)`,
    );
  }
  await none(
    'an event of a note that does not exist',
    sql`event e where e.type = 'case.note-added' and not exists (select 1 from case_note n where n.id::text = e.facts ->> 'note')
      and not exists (select 1 from case_file f where f.id = e.record_id and (f.sealed_at is not null or f.destroyed_at is not null))`,
  );
  await none('a key that was claimed and never answered', sql`idempotency_key k where k.status is distinct from 200 or k.reply is null`);
  for (const { name, versioned, id } of await historyTables(owner)) {
    const history = sql`row_history h where h.table_name = ${name} and h.row_id = t.${sql.ref(id)}`;
    await none(
      `a row of ${name} whose making is not in the history`,
      sql`${sql.table(name)} t where (select count(*) from ${history} and h.operation = 'INSERT') <> 1 + (select count(*) from ${history} and h.operation = 'DELETE')`,
    );
    if (!versioned) continue;
    await none(
      `a row of ${name} with a change that is not in the history`,
      sql`${sql.table(name)} t where not exists (select 1 from ${history} and h.operation = 'DELETE') and t.version
        <> (select (h.after ->> 'version')::int from ${history} and h.operation = 'INSERT' limit 1)
         + (select coalesce(sum((h.after ->> 'version')::int - (h.before ->> 'version')::int), 0) from ${history} and h.operation = 'UPDATE' and h.after ? 'version')`,
    );
  }
  return broken;
};

/** Every table with the number of its rows and a hash of what they say; the record of access and session times may grow. */
export const fingerprintOf = async (owner: Owner): Promise<ReadonlyMap<string, string>> => {
  const { rows: tables } = await sql<{
    name: string;
  }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('access_record', 'session')`.execute(owner);
  const parts = tables.map(({ name }) =>
    name === 'row_history'
      ? sql`select ${name} as name, count(*)::text as says from row_history`
      : sql`select ${name} as name, count(*) || ' ' || coalesce(md5(string_agg(x::text, '|' order by x::text)), '') as says from ${sql.table(name)} x`,
  );
  parts.push(sql`select 'jobs' as name, count(*) || ' ' || coalesce(string_agg(distinct name, ','), '') as says from pgboss.job`);
  const { rows } = await sql<{ name: string; says: string }>`${sql.join(parts, sql` union all `)}`.execute(owner);
  return new Map(rows.map((row) => [row.name, row.says]));
};

/** Names of the tables in which two fingerprints differ. */
export const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...one].filter(([name, says]) => other.get(name) !== says).map(([name]) => name);

/** The last transaction that kept anything, anywhere on the server: while it is the same, nothing has changed. */
export const lastCommit = async (owner: Owner): Promise<string> =>
  (await sql<{ xid: string }>`select xid::text as xid from pg_last_committed_xact()`.execute(owner)).rows[0]?.xid ?? '';
