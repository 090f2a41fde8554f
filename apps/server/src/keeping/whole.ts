/** What is compared between the platform that was saved and the one that came back. */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type ChainCheck, endOfChain, verifySeals } from '../audit/index.ts';
import { systemClock } from '../platform/clock.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { DB } from '../platform/db/types.ts';
import type { FileStore } from '../platform/files/files.ts';
import { type Walked, walkCiphertexts } from './ciphertexts.ts';
import type { Opened } from './opened.ts';

/** Rows of each table, by `schema.table`. */
export type Counts = Readonly<Record<string, number>>;

/** Counts the rows of every table, those of the queue included, at one moment. */
export const countRows = async (owner: Kysely<DB>): Promise<Counts> => {
  const { rows: tables } = await sql<{ schema: string; name: string }>`select schemaname as schema, tablename as name from pg_tables
    where schemaname in ('public', 'pgboss') order by 1, 2`.execute(owner);
  const parts = tables.map(
    ({ schema, name }) => sql`select ${`${schema}.${name}`}::text as name, count(*) as n from ${sql.table(`${schema}.${name}`)}`,
  );
  const { rows } = await sql<{ name: string; n: number }>`${sql.join(parts, sql` union all `)}`.execute(owner);
  return Object.fromEntries(rows.map((row) => [row.name, row.n]));
};

/** The name of the newest migration, and how many there were. */
export const migrationOf = async (owner: Kysely<DB>): Promise<{ newest: string; count: number }> => {
  const { rows } = await sql<{
    newest: string;
    count: number;
  }>`select max(name) as newest, count(*) as count from kysely_migration`.execute(owner);
  return rows[0] ?? { newest: '', count: 0 };
};

/** What was found in a database that came from a backup. */
export type Found = {
  readonly counts: Counts;
  readonly chain: ChainCheck;
  readonly chainEnd: { day: string; hash: string } | null;
  readonly walked: Walked;
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Looks at everything: rows counted, chain reckoned again, every ciphertext and attachment opened. */
export const lookAtAll = async (at: Opened, crypto: CryptoProvider, files: FileStore): Promise<Found> => {
  const services = { db: at.app, clock: systemClock };
  return {
    counts: await countRows(at.owner),
    chain: await verifySeals(services),
    chainEnd: await endOfChain(services),
    walked: await walkCiphertexts(at.owner, crypto, files, sha256),
  };
};

/** What is wrong with it in itself, in sentences. */
export const faultsOf = (found: Found): string[] => [
  ...(found.chain.ok ? [] : [`审计链在 ${found.chain.day} 断开`]),
  ...(found.walked.missingKeys.size === 0 ? [] : [`缺少密钥：${[...found.walked.missingKeys].join('、')}`]),
  ...found.walked.problems,
];

/** The tables whose rows are not as many as they should be; each may lie between what was counted before and after. */
export const differences = (found: Counts, before: Counts, after: Counts): string[] =>
  [...new Set([...Object.keys(found), ...Object.keys(before), ...Object.keys(after)])].flatMap((table) => {
    const [low, high] = [before[table] ?? 0, after[table] ?? 0].sort((a, b) => a - b) as [number, number];
    const n = found[table];
    // The queue removes and adds by itself all the time: it is counted, and only has to be there.
    if (table.startsWith('pgboss.') && n !== undefined && before !== after) return [];
    return n !== undefined && n >= low && n <= high
      ? []
      : [`${table}：应为 ${low === high ? low : `${low} 至 ${high}`} 行，实为 ${n ?? '没有这张表'}`];
  });
