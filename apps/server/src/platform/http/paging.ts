import { type RawBuilder, sql } from 'kysely';
import { atOnce, type Tx } from '../db/database.ts';
import { Invalid } from './errors.ts';

/** One column of a list's order. The last one must be unique, so that no row is lost or doubled between pages. */
export type SortKey = {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
  readonly type: 'uuid' | 'text' | 'timestamptz' | 'date' | 'int';
};

type Cursor = readonly (string | number | null)[];

const encode = (values: Cursor): string => Buffer.from(JSON.stringify(values)).toString('base64url');

const decode = (text: string, length: number): Cursor => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === length && parsed.every((v) => v === null || ['string', 'number'].includes(typeof v))) {
      return parsed as Cursor;
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new Invalid([{ path: 'after', message: '翻页位置已失效，请从第一页重新查看' }]);
};

const WELL_FORMED: Readonly<Record<SortKey['type'], RegExp>> = {
  uuid: /^[0-9a-f-]{36}$/i,
  text: /^[^\u0000]*$/,
  timestamptz: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  int: /^-?\d{1,9}$/,
};

/** The largest number that a list says; beyond it says "1,000+". */
export const COUNT_CAP = 1000;

/**
 * Reads one page by key: never an offset, so page 500 costs what page 1 costs. `columns` must select every sort column under its
 * camelCase name. Nulls in a sort column count as the greatest value.
 */
export const readPage = async <Row extends Record<string, unknown>>(
  tx: Tx,
  query: { limit: number; after?: string | undefined; count?: 'yes' | undefined },
  parts: {
    columns: RawBuilder<unknown>;
    from: RawBuilder<unknown>;
    where: RawBuilder<boolean>;
    sort: readonly SortKey[];
    alias: string;
    count?: boolean;
    /** For counting, when the joins of `from` neither add nor drop rows and no condition looks at them. */
    countFrom?: RawBuilder<unknown>;
  },
): Promise<{ rows: Row[]; next: string | null; count: number | null }> => {
  const { sort, alias } = parts;
  let where: RawBuilder<unknown> = parts.where;
  if (query.after !== undefined) {
    const cursor = decode(query.after, sort.length);
    cursor.forEach((value, i) => {
      if (value !== null && !WELL_FORMED[sort[i]?.type ?? 'text'].test(String(value))) decode('', -1);
    });
    where = sql`${where} and (${sql.join(afterCursor(sort, cursor, alias), sql` or `)})`;
  }
  const order = sql.join(sort.map((s) => sql`${sql.ref(`${alias}.${s.column}`)} ${sql.raw(s.direction)}`));
  // Spelled out: a prepared statement whose limit is unknown is planned as if all rows were wanted.
  const limit = sql.lit(query.limit + 1);
  const counts = query.after === undefined && query.count === 'yes' && parts.count !== false;
  const counting = (): Promise<number> =>
    atOnce(
      tx,
      sql<{
        n: number;
      }>`select count(*)::int as n from (select 1 ${parts.countFrom ?? parts.from} where ${parts.where} limit ${sql.lit(COUNT_CAP + 1)}) as c`,
    ).then((counted) => counted[0]?.n ?? 0);
  const reading = atOnce(tx, sql<Row>`select ${parts.columns} ${parts.from} where ${where} order by ${order} limit ${limit}`);
  // Where counting is cheap it travels with the page; elsewhere it waits until there are more rows than the page shows.
  const [rows, early] = await Promise.all([reading, counts && parts.countFrom !== undefined ? counting() : null]);
  const more = rows.length > query.limit;
  const page = more ? rows.slice(0, query.limit) : rows;
  const last = page.at(-1);
  const next = more && last !== undefined ? encode(sort.map((s) => keyOf(last, s.column))) : null;
  if (!counts) return { rows: page, next, count: null };
  return { rows: page, next, count: more ? (early ?? (await counting())) : page.length };
};

const keyOf = (row: Record<string, unknown>, column: string): string | number | null => {
  const value = row[column.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())];
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`the list does not select its sort column ${column}`);
};

// (a, b) after (x, y) means a > x, or a = x and b > y; written out because directions may differ and nulls must have a place.
const afterCursor = (sort: readonly SortKey[], cursor: Cursor, alias: string): RawBuilder<unknown>[] =>
  sort.map((key, i) => {
    const equal = sort
      .slice(0, i)
      .map((k, j) => sql`${sql.ref(`${alias}.${k.column}`)} is not distinct from ${sql`${cursor[j] ?? null}::${sql.raw(k.type)}`}`);
    const column = sql.ref(`${alias}.${key.column}`);
    const value = cursor[i] ?? null;
    const beyond =
      value === null
        ? key.direction === 'desc'
          ? sql`${column} is not null`
          : sql`false`
        : key.direction === 'desc'
          ? sql`${column} < ${value}::${sql.raw(key.type)}`
          : sql`(${column} > ${value}::${sql.raw(key.type)} or ${column} is null)`;
    return sql`(${sql.join([...equal, beyond], sql` and `)})`;
  });

/** Joins conditions; none means all rows. */
export const allOf = (conditions: readonly (RawBuilder<unknown> | undefined | false)[]): RawBuilder<boolean> => {
  const present = conditions.filter((c): c is RawBuilder<unknown> => c !== undefined && c !== false);
  return present.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(present, sql` and `)}`;
};

/** A text as a LIKE pattern that matches it literally, anywhere. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
