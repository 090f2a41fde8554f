/** Re-enciphers under the current key what stands under an older one, in small transactions, while the platform runs. */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { CiphertextBroken, type CryptoProvider, KeyMissing, keyIdOf, keyIdOfBytes, type Place } from '../platform/crypto/crypto.ts';
import { ownersStep, type Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import type { FileStore } from '../platform/files/files.ts';
import { keyOf, openBundle, sealBundle } from '../sealing/index.ts';
import { ciphertextsIn, ciphertextsInBundle, fileColumns, SEALED_CONTENT, SEALED_FILES, sealedTables } from './ciphertexts.ts';

/** How many ciphertexts and files stand under each key. */
export type Standing = { readonly where: string; readonly keyId: string; readonly count: number };

type Owner = Kysely<DB>;
type Keys = { readonly districtId: string | null; readonly id: string };
/** What a pass did. Whatever `left` names stays as it was; the next run tries again. */
export type Pass = { moved: number; readonly left: string[] };

const STEP = 200;
const LOCK_TIMEOUT = '3s';

const quoted = (keyId: string): string => {
  if (!/^[A-Za-z0-9_-]{1,20}$/.test(keyId)) throw new Error('not a key id');
  return keyId;
};

/** Under which keys everything stands, without opening anything but the sealed files. */
export const standing = async (owner: Owner, crypto: CryptoProvider, files: FileStore): Promise<Standing[]> => {
  const found = new Map<string, number>();
  const count = (where: string, keyId: string | undefined, n = 1): void => {
    const key = `${where}\t${keyId ?? '？'}`;
    found.set(key, (found.get(key) ?? 0) + n);
  };
  const tables = await sealedTables(owner);
  for (const { table, columns } of tables) {
    for (const column of Object.keys(columns)) {
      const { rows } = await sql<{ keyId: string; n: number }>`select split_part(${sql.ref(column)}, '.', 2) as key_id, count(*) as n
        from ${sql.table(table)} where ${sql.ref(column)} <> '' group by 1`.execute(owner);
      for (const row of rows) count(`${table}.${column}`, row.keyId, row.n);
    }
  }
  const { rows } = await sql<{ keyId: string; n: number }>`select m[1] as key_id, count(*) as n from row_history h,
    lateral regexp_matches(coalesce(h.before::text, '') || coalesce(h.after::text, ''), '_ct": "s1\\.([A-Za-z0-9_-]{1,20})\\.', 'g') m
    where h.table_name = any(${tables.map((one) => one.table)}) group by 1`.execute(owner);
  for (const row of rows) count('row_history', row.keyId, row.n);
  for (const one of (
    await sql<{ id: string; keyId: string; keyCt: string; bodyCt: string }>`select id, key_id, key_ct, body_ct from sealed_content`.execute(
      owner,
    )
  ).rows) {
    count(`${SEALED_CONTENT}.key_ct`, keyIdOf(one.keyCt));
    for (const { text } of ciphertextsInBundle(openBundle(keyOf(crypto, one.id, one.keyId, one.keyCt), one.id, one.bodyCt)))
      count(`${SEALED_CONTENT}.body_ct`, keyIdOf(text));
  }
  for (const { table, column, removed } of await fileColumns(owner)) {
    if (table === SEALED_FILES) continue;
    for (const { name } of await namesIn(owner, table, column, removed)) {
      count(`${table}.${column}`, keyIdOfBytes(await files.raw(name).catch(() => Buffer.alloc(1))));
    }
  }
  return [...found].map(([key, n]) => ({ where: key.split('\t')[0] ?? '', keyId: key.split('\t')[1] ?? '', count: n }));
};

const namesIn = async (owner: Owner, table: string, column: string, removed: boolean) =>
  (
    await sql<{ districtId: string; id: string; name: string }>`select district_id, id, ${sql.ref(column)} as name from ${sql.table(table)}
      where ${sql.ref(column)} is not null and ${removed ? sql`removed_at is null` : sql`true`} order by district_id, id`.execute(owner)
  ).rows;

/** One walk over everything that stands under another key than the current one. A second walk finds what was written meanwhile. */
export const rotateOnce = async (
  owner: Owner,
  crypto: CryptoProvider,
  files: FileStore,
  onStep: (moved: number) => Promise<void> | void = () => undefined,
): Promise<Pass> => {
  const current = quoted(crypto.keyId);
  const pass: Pass = { moved: 0, left: [] };
  /** The same under the current key; undefined when there is nothing to do, or when it cannot be opened. */
  const again = (text: string, place: Place): string | undefined => {
    const under = keyIdOf(text);
    if (under === undefined || under === current) return undefined;
    try {
      return crypto.encrypt(crypto.decrypt(text, place), place);
    } catch (error) {
      leave(`${place.table} ${place.row} ${place.field}`, error);
      return undefined;
    }
  };
  const leave = (what: string, error: unknown): void => {
    if (error instanceof KeyMissing) pass.left.push(`${what}：缺少密钥 ${error.keyId}`);
    else if (error instanceof CiphertextBroken) pass.left.push(`${what}：密文被改动过`);
    else if ((error as NodeJS.ErrnoException).code === 'ENOENT') pass.left.push(`${what}：文件不在`);
    else throw error;
  };
  const step = async (work: (tx: Tx, tag: string) => Promise<number>): Promise<void> => {
    const tag = `keys.rotate:${randomUUID()}`;
    try {
      const moved = await ownersStep(owner, async (tx) => {
        await sql`select set_config('app.http_request', ${tag}, true), set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(tx);
        return work(tx, tag);
      });
      pass.moved += moved;
      if (moved > 0) await onStep(pass.moved);
    } catch (error) {
      // Somebody works on these rows for long: the next walk comes back.
      if (!['55P03', '40P01'].includes((error as { code?: string }).code ?? '')) throw error;
      pass.moved += 1;
    }
  };
  const inSteps = async (keys: readonly Keys[], work: (tx: Tx, tag: string, some: readonly Keys[]) => Promise<number>): Promise<void> => {
    for (let at = 0; at < keys.length; at += STEP) await step((tx, tag) => work(tx, tag, keys.slice(at, at + STEP)));
  };

  const tables = await sealedTables(owner);
  for (const { table, keyed, columns } of tables) {
    const names = Object.keys(columns);
    const older = sql.raw(names.map((name) => `(t.${name} like 's1.%' and not starts_with(t.${name}, 's1.${current}.'))`).join(' or '));
    const key = sql.raw(keyed ? 't.district_id' : 'null::uuid as district_id');
    const { rows: keys } = await sql<Keys>`select ${key}, t.id from ${sql.table(table)} t where ${older}`.execute(owner);
    await inSteps(keys, async (tx, tag, some) => {
      const mine = matching(keyed, some);
      const { rows } = await sql<{ id: string; values: string }>`select t.id,
        jsonb_build_object(${sql.raw(names.map((name) => `'${name}', t.${name}`).join(', '))})::text as values
        from ${sql.table(table)} t where ${mine} for update`.execute(tx);
      const changes = rows.flatMap((row) => {
        const values = JSON.parse(row.values) as Record<string, string | null>;
        const fresh = names.map((name) => again(values[name] ?? '', { table, row: row.id, field: columns[name] as string }) ?? null);
        return fresh.every((one) => one === null) ? [] : [{ id: row.id, fresh }];
      });
      if (changes.length === 0) return 0;
      const lists = names.map((_, i) => sql`${changes.map((change) => change.fresh[i] ?? null)}::text[]`);
      await sql`update ${sql.table(table)} t set ${sql.raw(names.map((name, i) => `${name} = coalesce(v.c${i}, t.${name})`).join(', '))}
        from unnest(${changes.map((change) => change.id)}::uuid[], ${sql.join(lists)}) as v(id, ${sql.raw(names.map((_, i) => `c${i}`).join(', '))})
        where t.id = v.id and ${mine}`.execute(tx);
      // Nothing was said anew: the same words stand under another key, and a trace of it would keep the old ciphertext.
      await sql`delete from row_history h where h.row_id = any(${changes.map((change) => change.id)}::uuid[]) and h.http_request = ${tag}`.execute(
        tx,
      );
      return changes.length;
    });
  }

  const { rows: traces } =
    await sql<Keys>`select h.district_id, h.id from row_history h where h.table_name = any(${tables.map((one) => one.table)})
    and coalesce(h.before::text, '') || coalesce(h.after::text, '') ~ ${`_ct": "s1\\.(?!${current}\\.)`}`.execute(owner);
  await inSteps(traces, async (tx, _, some) => {
    type Trace = { districtId: string; id: string; tableName: string; rowId: string; before: string | null; after: string | null };
    const { rows } = await sql<Trace>`select t.district_id, t.id, t.table_name, t.row_id, t.before::text as before, t.after::text as after
      from row_history t where ${matching(true, some)} for update`.execute(tx);
    const changes = rows.flatMap((row) => {
      const fresh = (side: string | null): string | null =>
        side === null ? null : replaced(side, ciphertextsIn(row.tableName, row.rowId, JSON.parse(side)), again);
      const [before, after] = [fresh(row.before), fresh(row.after)];
      return before === row.before && after === row.after ? [] : [{ id: row.id, before, after }];
    });
    if (changes.length === 0) return 0;
    await sql`update row_history t set before = v.before::jsonb, after = v.after::jsonb
      from unnest(${changes.map((c) => c.id)}::uuid[], ${changes.map((c) => c.before)}::text[], ${changes.map((c) => c.after)}::text[]) as v(id, before, after)
      where t.id = v.id and ${matching(true, some)}`.execute(tx);
    return changes.length;
  });

  const { rows: sealed } = await sql<Keys>`select district_id, id from sealed_content`.execute(owner);
  for (const one of sealed) {
    await step(async (tx) => {
      type Content = { keyId: string; keyCt: string; bodyCt: string };
      const { rows } =
        await sql<Content>`select t.key_id, t.key_ct, t.body_ct from sealed_content t where ${matching(true, [one])} for update`.execute(
          tx,
        );
      const content = rows[0];
      if (content === undefined) return 0;
      const keyCt = again(content.keyCt, { table: SEALED_CONTENT, row: one.id, field: 'key' });
      try {
        const provider = keyOf(crypto, one.id, content.keyId, content.keyCt);
        const bundle = openBundle(provider, one.id, content.bodyCt);
        const text = JSON.stringify(bundle);
        const fresh = replaced(text, ciphertextsInBundle(bundle), again);
        if (keyCt === undefined && fresh === text) return 0;
        const bodyCt = fresh === text ? content.bodyCt : sealBundle(provider, one.id, JSON.parse(fresh));
        await sql`update sealed_content t set key_ct = ${keyCt ?? content.keyCt}, body_ct = ${bodyCt} where ${matching(true, [one])}`.execute(
          tx,
        );
        return 1;
      } catch (error) {
        leave(`${SEALED_CONTENT} ${one.id}`, error);
        return 0;
      }
    });
  }

  for (const { table, column, removed } of await fileColumns(owner)) {
    if (table === SEALED_FILES) continue;
    for (const one of await namesIn(owner, table, column, removed)) {
      await step(async (tx) => {
        // The row is held while its file is replaced: whoever removes the file waits, and removes the new bytes.
        const held = await sql<{ name: string | null }>`select ${sql.ref(`t.${column}`)} as name from ${sql.table(table)} t
          where ${matching(true, [one])} and ${removed ? sql`t.removed_at is null` : sql`true`} for update`.execute(tx);
        const name = held.rows[0]?.name;
        if (name === undefined || name === null) return 0;
        try {
          const bytes = await files.raw(name);
          if (keyIdOfBytes(bytes) === current) return 0;
          const place = { table: 'attachment', row: one.id, field: 'content' };
          await files.replace(name, crypto.encryptBytes(crypto.decryptBytes(bytes, place), place));
          return 1;
        } catch (error) {
          leave(`${table} ${one.id} ${name}`, error);
          return 0;
        }
      });
    }
  }
  return pass;
};

// Both columns as lists: the planner then reads the key's index, and not the whole table beside a join.
const matching = (keyed: boolean, some: readonly Keys[]) =>
  keyed
    ? sql`t.district_id = any(${[...new Set(some.map((k) => k.districtId))]}::uuid[]) and t.id = any(${some.map((k) => k.id)}::uuid[])`
    : sql`t.id = any(${some.map((k) => k.id)}::uuid[])`;

// Within the text, so that everything else in it stays to the letter.
const replaced = (
  text: string,
  found: readonly { text: string; place: Place }[],
  again: (text: string, place: Place) => string | undefined,
): string => found.reduce((all, one) => all.replaceAll(one.text, again(one.text, one.place) ?? one.text), text);
