import type { AuditKind } from '@jieyou/core/audit/endpoints.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { allOf, containing } from '../platform/http/paging.ts';

/** An entry of either trail as it is shown: who, what, which record, when, from where. No facts and no narrative. */
export type EntryRow = {
  id: string;
  at: string;
  kind: AuditKind;
  action: string;
  actorName: string | null;
  username: string | null;
  recordKind: string | null;
  recordId: string | null;
  outcome: string;
  reason: string | null;
  ip: string | null;
  requestId: string | null;
};

/** What narrows the trails, ready for SQL. */
export type EntryFilter = {
  readonly districtId: string;
  /** Ids before and from which the entries lie: an id carries its moment, and both trails are indexed by it. */
  readonly fromId?: string | undefined;
  readonly beforeId?: string | undefined;
  readonly kinds?: readonly AuditKind[] | undefined;
  /** Accounts and persons meant by a name; an empty list finds nothing. */
  readonly people?: { readonly persons: readonly string[]; readonly accounts: readonly string[] } | undefined;
  /** Codes of the actions that were meant; `text` also finds every code of which it is a part. */
  readonly action?: { readonly text?: string; readonly codes: readonly string[] } | undefined;
  readonly recordId?: string | undefined;
};

// Attempts to sign in with a name that belongs to nobody stand under no district, and every audit administrator sees them.
const NO_DISTRICT = '00000000-0000-0000-0000-000000000000';

const narrowed = (filter: EntryFilter, alias: string, action: RawBuilder<unknown>): RawBuilder<boolean> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return allOf([
    sql`${column('district_id')} in (${filter.districtId}, ${NO_DISTRICT})`,
    filter.fromId !== undefined && sql`${column('id')} >= ${filter.fromId}::uuid`,
    filter.beforeId !== undefined && sql`${column('id')} < ${filter.beforeId}::uuid`,
    filter.recordId !== undefined && sql`${column('record_id')} = ${filter.recordId}`,
    filter.people !== undefined &&
      sql`(${column('actor_id')} = any(${[...filter.people.persons]}::uuid[]) or ${column('account_id')} = any(${[...filter.people.accounts]}::uuid[]))`,
    filter.action !== undefined &&
      (filter.action.text === undefined
        ? sql`${action} = any(${[...filter.action.codes]}::text[])`
        : sql`(${action} like ${containing(filter.action.text)} or ${action} = any(${[...filter.action.codes]}::text[]))`),
  ]);
};

const eventColumns = sql`e.id, e.at, 'event'::text as kind, e.type as action, e.actor_id, e.account_id, e.record_kind, e.record_id,
  'done'::text as outcome, null::text as reason, e.ip, e.http_request as request_id`;
const accessColumns = sql`a.id, a.at, a.kind, a.action, a.actor_id, a.account_id, a.record_kind, a.record_id, a.outcome, a.reason, a.ip,
  a.http_request as request_id`;

/**
 * The newest entries of both trails as one source: each trail is read by its own index and cut before they are joined, since the
 * planner would otherwise read both whole. A filter by kind leaves out the trail that cannot match.
 */
const newest = (filter: EntryFilter, limit: number): RawBuilder<unknown> => {
  const kinds = filter.kinds?.filter((kind) => kind !== 'event');
  const events = sql`(select ${eventColumns} from event e where ${narrowed(filter, 'e', sql`e.type`)} order by e.id desc limit ${limit})`;
  const accesses = sql`(select ${accessColumns} from access_record a
    where ${allOf([narrowed(filter, 'a', sql`a.action`), kinds !== undefined && sql`a.kind = any(${kinds})`])} order by a.id desc limit ${limit})`;
  const parts = [
    ...(filter.kinds === undefined || filter.kinds.includes('event') ? [events] : []),
    ...(kinds === undefined || kinds.length > 0 ? [accesses] : []),
  ];
  return sql`(${sql.join(parts, sql` union all `)})`;
};

/** The newest entries that the filter lets through, as a statement. */
export const newestEntriesSql = (filter: EntryFilter, limit: number): RawBuilder<EntryRow> => sql<EntryRow>`
  select t.id, t.at, t.kind, t.action, p.name as actor_name, c.username, t.record_kind, t.record_id, t.outcome, t.reason, t.ip, t.request_id
  from ${newest(filter, limit)} as t left join person p on p.id = t.actor_id left join account c on c.id = t.account_id
  order by t.id desc limit ${limit}`;

/** The newest entries that the filter lets through; `beforeId` goes on from the last one that was read. */
export const newestEntries = async (tx: Tx, filter: EntryFilter, limit: number): Promise<EntryRow[]> =>
  (await newestEntriesSql(filter, limit).execute(tx)).rows;

/** How many entries the filter lets through; one more than `cap` stands for all beyond it. */
export const countEntries = async (tx: Tx, filter: EntryFilter, cap: number): Promise<number> =>
  (await sql<{ n: number }>`select least(count(*), ${cap + 1})::int as n from ${newest(filter, cap + 1)} as t`.execute(tx)).rows[0]?.n ?? 0;

/** Persons and accounts of the district that a name or a username may mean. */
export const peopleNamed = async (tx: Tx, districtId: string, name: RawBuilder<unknown>, username: string) => {
  const { rows } = await sql<{ personId: string; accountId: string | null }>`
    select p.id as person_id, c.id as account_id from person p left join account c on c.person_id = p.id
    where p.district_id = ${districtId} and (${name} or c.username = ${username}) limit 500`.execute(tx);
  return { persons: rows.map((row) => row.personId), accounts: rows.flatMap((row) => row.accountId ?? []) };
};

/** A sealed day. */
export type SealRow = { day: string; entries: number; previous: string; hash: string; sealedAt: string };

const SEAL = ['day', 'entries', 'previous', 'hash', 'sealedAt'] as const;

/** Sealed days, the newest first. */
export const newestSeals = (tx: Tx, limit: number): Promise<SealRow[]> =>
  tx.selectFrom('auditSeal').select(SEAL).orderBy('day', 'desc').limit(limit).execute();

/** Sealed days from the first one on, after a day. */
export const sealsAfter = (tx: Tx, day: string, limit: number): Promise<SealRow[]> =>
  tx.selectFrom('auditSeal').select(SEAL).where('day', '>', day).orderBy('day').limit(limit).execute();

/** What was kept of each entry of a sealed day; null where the day was sealed before anything was. */
export const leavesOf = async (tx: Tx, day: string): Promise<Buffer | null> =>
  (await tx.selectFrom('auditSeal').select('leaves').where('day', '=', day).executeTakeFirst())?.leaves ?? null;

export const insertSeal = async (tx: Tx, seal: SealRow & { leaves: Buffer }): Promise<void> => {
  await tx.insertInto('auditSeal').values(seal).execute();
};

/** Lets one process at a time extend the chain, until its transaction ends. */
export const lockChain = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('audit.seal'))`.execute(tx);
};

/** The first entry of both trails; undefined while there is none. */
export const firstEntryId = async (tx: Tx): Promise<string | undefined> =>
  (
    await sql<{
      id: string;
    }>`(select id from event order by id limit 1) union all (select id from access_record order by id limit 1) order by id limit 1`.execute(
      tx,
    )
  ).rows[0]?.id;

/** Rows of both trails between two ids in their order, each as the one text that enters the chain: every column counts. */
export const rowsToSeal = async (tx: Tx, afterId: string, beforeId: string, limit: number): Promise<{ id: string; text: string }[]> => {
  const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`;
  const { rows } = await sql<{ id: string; text: string }>`
    select id, text from (
      (select e.id, json_build_array('event', e.district_id, e.id, ${moment('e.at')}, e.type, e.actor_id, e.deputy_for, e.account_id, e.record_kind,
         e.record_id, e.request_ref, e.help_field, e.facts::text, e.http_request, e.ip)::text as text
       from event e where e.id > ${afterId}::uuid and e.id < ${beforeId}::uuid order by e.id limit ${limit})
      union all
      (select a.id, json_build_array('access', a.district_id, a.id, ${moment('a.at')}, a.kind, a.action, a.actor_id, a.account_id, a.record_kind,
         a.record_id, a.outcome, a.reason, a.http_request, a.ip)::text as text
       from access_record a where a.id > ${afterId}::uuid and a.id < ${beforeId}::uuid order by a.id limit ${limit})
    ) as both_trails order by id, text limit ${limit}`.execute(tx);
  return rows;
};
