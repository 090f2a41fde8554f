/**
 * The blind index comes under another key while people work. A value moves in all rows that have it at once, together with the pair that
 * tells its new form; until then it is looked for and written in its old form. So nobody is ever looked for in the wrong form.
 */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { exactIndexes, pinyinIndex } from '../cases/index.ts';
import { CiphertextBroken, type CryptoProvider, KeyMissing } from '../platform/crypto/crypto.ts';
import { ownersStep, type Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import { keyOf, openBundle, sealBundle } from '../sealing/index.ts';
import { volunteerIndexes } from '../volunteers/index.ts';
import { SEALED_CONTENT } from './ciphertexts.ts';

type Owner = Kysely<DB>;
type Row = Record<string, unknown>;
/** A column of the index: the ciphertext from which it is made, and how. */
type Column = {
  readonly table: string;
  readonly column: string;
  readonly from: string;
  readonly make: (crypto: CryptoProvider, plain: string) => string | null;
};
type Found = { readonly id: string; readonly was: string; readonly ct: string };

const STEP = 300;
// Nobody waits longer for a portion that waits itself.
const LOCK_TIMEOUT = '300ms';
// The number that another room keeps of somebody whose ciphertext it has not: it moves with the rows that have both.
const WITHOUT_CIPHERTEXT: ReadonlySet<string> = new Set(['alarm_content.abuser_phone_index']);

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** All columns of the index, found in the catalogue by their names. */
export const indexColumns = async (tx: Tx): Promise<{ made: Column[]; carried: string[][] }> => {
  const { rows } = await sql<{ tableName: string; columnName: string }>`select c.table_name, c.column_name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'text' and c.column_name like '%\\_index'
    order by c.table_name, c.ordinal_position`.execute(tx);
  const made: Column[] = [];
  const carried: string[][] = [];
  for (const { tableName: table, columnName: column } of rows) {
    const stem = column.replace(/(_pinyin)?_index$/, '');
    const indexes = table === 'volunteer_content' ? volunteerIndexes : exactIndexes;
    const make: Column['make'] = column.endsWith('_pinyin_index')
      ? pinyinIndex
      : (crypto, plain) => indexes(crypto, plain)[stem.endsWith('phone') ? 'phone' : stem.endsWith('id_number') ? 'idNumber' : 'name'];
    if (WITHOUT_CIPHERTEXT.has(`${table}.${column}`)) carried.push([table, column]);
    else made.push({ table, column, from: `${stem}_ct`, make });
  }
  return { made, carried };
};

/** Where a change of the index stands in the database; undefined before the first. */
export const turnOf = async (tx: Tx): Promise<{ fromKey: string; toKey: string; turned: boolean } | undefined> =>
  (await sql<{ fromKey: string; toKey: string; turned: boolean }>`select from_key, to_key, turned from index_turn`.execute(tx)).rows[0];

export const beginTurn = async (owner: Owner, from: string, to: string): Promise<void> => {
  await ownersStep(owner, async (tx) => {
    await sql`delete from index_move`.execute(tx);
    await sql`insert into index_turn (from_key, to_key) values (${from}, ${to})
      on conflict (only_one) do update set from_key = excluded.from_key, to_key = excluded.to_key, turned = false`.execute(tx);
  });
};

/** The pairs go: nothing tells any more what a value was before. */
export const forgetPairs = async (owner: Owner): Promise<void> => void (await sql`delete from index_move`.execute(owner));

const unmoved = (c: Column) => sql`${sql.table(c.table)} t where t.${sql.ref(c.column)} <> '' and t.${sql.ref(c.from)} <> ''
  and not exists (select from index_move m where m.new_value = t.${sql.ref(c.column)})`;

const alone = (tx: Tx) => sql`select pg_advisory_xact_lock(hashtext('index.turn'))`.execute(tx);

/** What a pass did; `left` names what could not be opened. */
export type Moved = { moved: number; readonly left: string[]; busy: boolean };

/** Moves every value that stands in its old form now, in portions. */
export const moveOnce = async (owner: Owner, older: CryptoProvider, newer: CryptoProvider): Promise<Moved> => {
  const { made, carried } = await indexColumns(owner);
  const pass: Moved = { moved: 0, left: [], busy: false };
  for (const c of made) {
    let last = '00000000-0000-0000-0000-000000000000';
    const field = camel(c.from.replace(/_ct$/, ''));
    for (;;) {
      const { rows } = await sql<Found>`select t.id, t.${sql.ref(c.column)} as was, t.${sql.ref(c.from)} as ct from ${unmoved(c)}
        and t.id > ${last}::uuid order by t.id limit ${STEP}`.execute(owner);
      const end = rows.at(-1);
      if (end === undefined) break;
      last = end.id;
      const pairs = new Map<string, string>();
      const anew: { id: string; was: string; now: string }[] = [];
      for (const { id, was, ct } of rows) {
        try {
          const plain = older.decrypt(ct, { table: c.table, row: id, field });
          const [before, now] = [c.make(older, plain), c.make(newer, plain)];
          if (before !== null && now !== null) pairs.set(before, now);
          // What stands here is not what its words give: they are what counts.
          if (before !== was && now !== was) anew.push({ id, was, now: now ?? '' });
        } catch (error) {
          if (!(error instanceof KeyMissing || error instanceof CiphertextBroken)) throw error;
          pass.left.push(`${c.table} ${id} ${c.column}`);
        }
      }
      if (pairs.size + anew.length === 0) continue;
      const tag = `keys.reindex:${randomUUID()}`;
      try {
        pass.moved += await ownersStep(owner, async (tx) => {
          await sql`select set_config('app.http_request', ${tag}, true), set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(tx);
          await alone(tx);
          const [was, now] = [[...pairs.keys()], [...pairs.values()]];
          await sql`insert into index_move select * from unnest(${was}::text[], ${now}::text[]) on conflict do nothing`.execute(tx);
          let n = 0;
          const touched: string[] = [];
          const changed = (ids: { rows: { id: string }[] }): void => {
            n += ids.rows.length;
            for (const one of ids.rows) touched.push(one.id);
          };
          for (const [table, column] of [...made.map((one) => [one.table, one.column]), ...carried] as [string, string][])
            changed(
              await sql<{ id: string }>`update ${sql.table(table)} t set ${sql.ref(column)} = v.young
                from unnest(${was}::text[], ${now}::text[]) as v (old, young) where t.${sql.ref(column)} = v.old returning t.id`.execute(
                tx,
              ),
            );
          for (const one of anew) {
            changed(
              await sql<{ id: string }>`update ${sql.table(c.table)} t set ${sql.ref(c.column)} = ${one.now}
                where t.id = ${one.id} and t.${sql.ref(c.column)} = ${one.was} returning t.id`.execute(tx),
            );
          }
          // The same words under another key: a trace would keep the old form.
          await sql`delete from row_history h where h.row_id = any(${touched}::uuid[]) and h.http_request = ${tag}`.execute(tx);
          return n;
        });
      } catch (error) {
        // Somebody works for long: the next pass comes back.
        if (!['55P03', '40P01'].includes((error as { code?: string }).code ?? '')) throw error;
        pass.busy = true;
      }
    }
  }
  return pass;
};

/** From now on values that were never seen stand in their new form; false where an old one is still there, or somebody works for long. */
export const turn = async (owner: Owner): Promise<boolean> => {
  try {
    return await ownersStep(owner, async (tx) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(tx);
      await alone(tx);
      const { made, carried } = await indexColumns(tx);
      for (const c of made) if ((await sql`select 1 from ${unmoved(c)} limit 1`.execute(tx)).rows.length > 0) return false;
      // A number without its words that nobody else has: from here on such people are told by their name.
      for (const [table, column] of carried as [string, string][])
        await sql`update ${sql.table(table)} t set ${sql.ref(column)} = null
          where t.${sql.ref(column)} is not null and not exists (select from index_move m where m.new_value = t.${sql.ref(column)})`.execute(
          tx,
        );
      await sql`update index_turn set turned = true`.execute(tx);
      return true;
    });
  } catch (error) {
    if (!['55P03', '40P01'].includes((error as { code?: string }).code ?? '')) throw error;
    return false;
  }
};

/** Takes the index out of the history: it was never read there, and its words are beside it. */
export const clearHistory = async (owner: Owner): Promise<void> => {
  const { made, carried } = await indexColumns(owner);
  const names = [...new Set([...made.map((c) => c.column), ...carried.map(([, column]) => column as string)])];
  const tables = [...new Set([...made.map((c) => c.table), ...carried.map(([table]) => table as string)])];
  for (;;) {
    const { rows } = await sql<{ id: string }>`update row_history h
      set before = h.before - ${names}::text[], after = h.after - ${names}::text[]
      where h.id in (select i.id from row_history i where i.table_name = any(${tables})
        and (i.before ?| ${names}::text[] or i.after ?| ${names}::text[]) limit 2000) returning h.id`.execute(owner);
    if (rows.length === 0) return;
  }
};

/** Gives the rows inside sealed files the index of the new key, so that they are found again once a file is unsealed. */
export const reindexSealed = async (owner: Owner, crypto: CryptoProvider, newer: CryptoProvider): Promise<number> => {
  const { made, carried } = await indexColumns(owner);
  const again = (table: string, row: Row): Row => {
    const own = made.filter((c) => c.table === table && typeof row[c.column] === 'string' && row[c.column] !== '');
    const fresh = own.map((c): [string, string | null] => {
      const ct = row[c.from];
      if (typeof ct !== 'string' || ct === '') return [c.column, row[c.column] as string];
      const place = { table, row: String(row.id), field: camel(c.from.replace(/_ct$/, '')) };
      return [c.column, c.make(newer, crypto.decrypt(ct, place)) ?? ''];
    });
    const none = carried
      .filter(([of, column]) => of === table && column !== undefined && column in row)
      .map(([, column]) => [column, null]);
    return { ...row, ...Object.fromEntries([...fresh, ...none]) };
  };
  const bare = (values: unknown): unknown =>
    values === null || typeof values !== 'object'
      ? values
      : Object.fromEntries(Object.entries(values).filter(([name]) => !made.some((c) => c.column === name)));
  const { rows } = await sql<{ districtId: string; id: string }>`select district_id, id from sealed_content`.execute(owner);
  for (const one of rows) {
    await ownersStep(owner, async (tx) => {
      const { rows: held } = await sql<{ keyId: string; keyCt: string; bodyCt: string }>`select t.key_id, t.key_ct, t.body_ct
        from ${sql.table(SEALED_CONTENT)} t where t.district_id = ${one.districtId} and t.id = ${one.id} for update`.execute(tx);
      const content = held[0];
      if (content === undefined) return;
      const provider = keyOf(crypto, one.id, content.keyId, content.keyCt);
      const bundle = openBundle(provider, one.id, content.bodyCt);
      const fresh = {
        ...bundle,
        recipient: bundle.recipient === null ? null : again('recipient', bundle.recipient),
        rows: Object.fromEntries(
          Object.entries(bundle.rows).map(([table, list]) => [table, list?.map((row) => again(table, row)) ?? null]),
        ),
        history: bundle.history.map((h) => ({ ...h, before: bare(h.before), after: bare(h.after) })),
      };
      await sql`update sealed_content t set body_ct = ${sealBundle(provider, one.id, fresh)}
        where t.district_id = ${one.districtId} and t.id = ${one.id}`.execute(tx);
    });
  }
  return rows.length;
};
