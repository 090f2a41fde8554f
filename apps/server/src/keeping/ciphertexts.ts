/**
 * Where ciphertext stands. Nothing is listed by hand: a column whose name ends in `_ct`, and a column that names a file in the store,
 * are found in the catalogue, so that a room which is built later is kept, checked and re-enciphered with the others.
 */
import { sql } from 'kysely';
import { type CryptoProvider, KeyMissing, keyIdOf, keyIdOfBytes, type Place } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { FileStore } from '../platform/files/files.ts';
import { keyOf, openBundle } from '../sealing/index.ts';

/** A table with ciphertext, its columns with the field under which each was enciphered. */
export type SealedTable = { readonly table: string; readonly keyed: boolean; readonly columns: Readonly<Record<string, string>> };
/** A column with names of files, and the columns that say whether a file is still there and what its plain hash is. */
export type FileColumn = {
  readonly table: string;
  readonly column: string;
  readonly removed: boolean;
  readonly hash: string | null;
};

/** The sealed files have keys of their own: only the wrapped key stands under the platform's, the content is opened for what is in it. */
export const SEALED_CONTENT = 'sealed_content';
export const SEALED_FILES = 'sealed_attachment';

// Older than the custom of the suffix; both hold the same secret, first pending and then in force.
const OLDER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { second_factor: 'second_factor', second_factor_pending: 'second_factor' },
};

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
const fieldOf = (column: string): string => camel(column.replace(/_ct$/, ''));

/** All tables with ciphertext but history and sealed files. */
export const sealedTables = async (tx: Tx): Promise<SealedTable[]> => {
  const { rows } = await sql<{ tableName: string; columnName: string; keyed: boolean }>`
    select c.table_name, c.column_name, exists (select 1 from information_schema.columns d
      where d.table_schema = 'public' and d.table_name = c.table_name and d.column_name = 'district_id') as keyed
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'text' and c.table_name <> ${SEALED_CONTENT}
      and (c.column_name like '%\\_ct' or (c.table_name = 'account' and c.column_name like 'second\\_factor%'))
    order by c.table_name, c.ordinal_position`.execute(tx);
  const found = new Map<string, { table: string; keyed: boolean; columns: Record<string, string> }>();
  for (const { tableName, columnName, keyed } of rows) {
    const one = found.get(tableName) ?? { table: tableName, keyed, columns: {} };
    one.columns[columnName] = OLDER[tableName]?.[columnName] ?? fieldOf(columnName);
    found.set(tableName, one);
  }
  return [...found.values()];
};

/** All columns that name a file in the store. */
export const fileColumns = async (tx: Tx): Promise<FileColumn[]> => {
  const { rows } = await sql<{ tableName: string; columnName: string; columns: string[] }>`
    select c.table_name, c.column_name, array(select d.column_name::text from information_schema.columns d
      where d.table_schema = 'public' and d.table_name = c.table_name) as columns
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('stored_as', 'scan_as')
    order by c.table_name, c.column_name`.execute(tx);
  return rows.map(({ tableName, columnName, columns }) => ({
    table: tableName,
    column: columnName,
    removed: columns.includes('removed_at'),
    hash: [columnName.replace(/_as$/, '_sha256'), 'sha256'].find((name) => columns.includes(name)) ?? null,
  }));
};

type Json = Record<string, unknown>;

/** Ciphertexts in a row as JSON, with the place of each. */
export const ciphertextsIn = (table: string, row: string, values: Json | null | undefined): { text: string; place: Place }[] =>
  Object.entries(values ?? {}).flatMap(([column, value]) =>
    typeof value === 'string' && column.endsWith('_ct') && keyIdOf(value) !== undefined
      ? [{ text: value, place: { table, row, field: fieldOf(column) } }]
      : [],
  );

/** Ciphertexts under the platform's key inside a sealed file: of the person, of the rows, of their history. */
export const ciphertextsInBundle = (bundle: ReturnType<typeof openBundle>): { text: string; place: Place }[] => {
  const person = bundle.recipient as Json | null;
  return [
    ...(person === null ? [] : ciphertextsIn('recipient', String(person.id), person)),
    ...Object.entries(bundle.rows).flatMap(([table, rows]) =>
      (rows ?? []).flatMap((row) => ciphertextsIn(table, String((row as Json).id), row as Json)),
    ),
    ...bundle.history.flatMap((row) => {
      const { table_name: table, row_id: id, before, after } = row as { table_name: string; row_id: string; before: Json; after: Json };
      return [...ciphertextsIn(table, id, before), ...ciphertextsIn(table, id, after)];
    }),
  ];
};

/** What a walk over everything enciphered found. */
export type Walked = {
  fields: number;
  history: number;
  files: number;
  sealed: number;
  /** How many stand under each key, files included. */
  readonly byKey: Record<string, number>;
  readonly problems: string[];
  readonly missingKeys: Set<string>;
};

const BATCH = 1_000;
const MOST_TOLD = 20;
const NOTHING = '00000000-0000-0000-0000-000000000000';

/** One after the other all rows of a table, in the order of their key; `what` selects, `from` is the table with its condition. */
const rowsOf = async function* <Row extends object>(
  tx: Tx,
  table: string,
  keyed: boolean,
  what: string,
  where: string,
): AsyncGenerator<Row & { id: string }> {
  let last = { districtId: NOTHING, id: NOTHING };
  for (;;) {
    const district = keyed ? 't.district_id' : `'${NOTHING}'::uuid`;
    const { rows } = await sql<Row & { districtId: string; id: string }>`
      select ${sql.raw(district)} as district_id, t.id, ${sql.raw(what)} from ${sql.table(table)} t
      where (${sql.raw(where)}) and ${keyed ? sql`(t.district_id, t.id) > (${last.districtId}::uuid, ${last.id}::uuid)` : sql`t.id > ${last.id}::uuid`}
      order by ${sql.raw(keyed ? 't.district_id, t.id' : 't.id')} limit ${BATCH}`.execute(tx);
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < BATCH) return;
    last = { districtId: end.districtId, id: end.id };
  }
};

/** Opens everything that is enciphered, in tables, history, sealed files and the store, and says what does not open or is not there. */
export const walkCiphertexts = async (tx: Tx, crypto: CryptoProvider, files: FileStore, hash: (b: Buffer) => string): Promise<Walked> => {
  const found: Walked = { fields: 0, history: 0, files: 0, sealed: 0, byKey: {}, problems: [], missingKeys: new Set() };
  const failed = (what: string, error: unknown): void => {
    const why =
      error instanceof KeyMissing
        ? `缺少密钥 ${error.keyId}`
        : (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? '文件不在'
          : `打不开（${(error as Error).message}）`;
    if (error instanceof KeyMissing) found.missingKeys.add(error.keyId);
    if (found.problems.length < MOST_TOLD) found.problems.push(`${what}：${why}`);
    else if (found.problems.length === MOST_TOLD) found.problems.push('…另有更多，未逐条列出');
  };
  const count = (id: string): void => {
    found.byKey[id] = (found.byKey[id] ?? 0) + 1;
  };
  const open = (kind: 'fields' | 'history' | 'sealed', text: string, place: Place): void => {
    const id = keyIdOf(text);
    if (id === undefined) {
      failed(`${place.table} ${place.row} ${place.field}`, new Error('不是密文'));
      return;
    }
    found[kind] += 1;
    count(id);
    try {
      crypto.decrypt(text, place);
    } catch (error) {
      failed(`${place.table} ${place.row} ${place.field}`, error);
    }
  };
  const openFile = async (what: string, name: string, expected: string | null, given: () => Promise<Buffer>): Promise<void> => {
    found.files += 1;
    try {
      const plain = await given();
      if (expected !== null && hash(plain) !== expected) failed(what, new Error('内容与登记的指纹不同'));
    } catch (error) {
      failed(`${what} ${name}`, error);
    }
  };
  const tables = await sealedTables(tx);
  for (const { table, keyed, columns } of tables) {
    const names = Object.keys(columns);
    const what = `jsonb_build_object(${names.map((name) => `'${name}', t.${name}`).join(', ')})::text as values`;
    for await (const row of rowsOf<{ values: string }>(tx, table, keyed, what, names.map((name) => `t.${name} <> ''`).join(' or '))) {
      for (const [column, text] of Object.entries(JSON.parse(row.values) as Record<string, string | null>)) {
        if (text !== null && text !== '') open('fields', text, { table, row: row.id, field: columns[column] as string });
      }
    }
  }
  type History = { tableName: string; rowId: string; before: Json | null; after: Json | null };
  const inHistory = tables.map((one) => `'${one.table}'`).join(', ');
  for await (const row of rowsOf<History>(
    tx,
    'row_history',
    true,
    't.table_name, t.row_id, t.before, t.after',
    `t.table_name in (${inHistory})`,
  )) {
    for (const side of [row.before, row.after])
      for (const { text, place } of ciphertextsIn(row.tableName, row.rowId, side)) open('history', text, place);
  }
  const own = new Map<string, CryptoProvider>();
  for await (const row of rowsOf<{ keyId: string; keyCt: string; bodyCt: string }>(
    tx,
    SEALED_CONTENT,
    true,
    't.key_id, t.key_ct, t.body_ct',
    'true',
  )) {
    open('sealed', row.keyCt, { table: SEALED_CONTENT, row: row.id, field: 'key' });
    try {
      const provider = keyOf(crypto, row.id, row.keyId, row.keyCt);
      own.set(row.id, provider);
      for (const { text, place } of ciphertextsInBundle(openBundle(provider, row.id, row.bodyCt))) open('sealed', text, place);
    } catch (error) {
      failed(`${SEALED_CONTENT} ${row.id}`, error);
    }
  }
  for (const { table, column, removed, hash: hashed } of await fileColumns(tx)) {
    const what = `t.${column} as stored_as, ${hashed === null ? 'null::text' : `t.${hashed}`} as sha256${table === SEALED_FILES ? ', t.file_id' : ''}`;
    const where = `t.${column} is not null${removed ? ' and t.removed_at is null' : ''}`;
    for await (const row of rowsOf<{ storedAs: string; sha256: string | null; fileId?: string }>(tx, table, true, what, where)) {
      await openFile(`${table} ${row.id}`, row.storedAs, row.sha256, async () => {
        const bytes = await files.raw(row.storedAs);
        const id = keyIdOfBytes(bytes);
        if (id !== undefined && table !== SEALED_FILES) count(id);
        const provider = table === SEALED_FILES ? own.get(row.fileId ?? '') : crypto;
        if (provider === undefined) throw new Error('封存文件的密钥打不开');
        return provider.decryptBytes(bytes, { table: 'attachment', row: row.id, field: 'content' });
      });
    }
  }
  return found;
};
