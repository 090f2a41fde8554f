/** People who come with a ledger: looked for before a row is made, in batches, by the same keys as a search. */
import type { RecipientCategory } from '@jieyou/core/recipients/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { exactIndexes, sealRecipient } from '../cases/index.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';

/** A person as a row names it. */
export type Named = {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly birthOn: string | null;
  readonly phone: string | null;
};

/** A person by blind indexes. */
export type NamedBlind = {
  readonly byId: string | null;
  readonly byName: string | null;
  readonly birthOn: string | null;
  readonly byPhone: string | null;
};

/** The keys under which a person is looked for. */
export const blindOf = (crypto: CryptoProvider, who: Named): NamedBlind => ({
  byId: who.idNumber === null ? null : exactIndexes(crypto, who.idNumber).idNumber,
  byName: who.name === null ? null : exactIndexes(crypto, who.name).name,
  birthOn: who.birthOn,
  byPhone: who.phone === null ? null : exactIndexes(crypto, who.phone).phone,
});

const lists = (rows: readonly NamedBlind[]) => ({
  ids: rows.map((r) => r.byId),
  names: rows.map((r) => r.byName),
  born: rows.map((r) => r.birthOn),
  phones: rows.map((r) => r.byPhone),
});

/** Which of these are there already, in reach or beyond it: by ID number, else by name, birth date and phone together. */
export const knownPeople = async (tx: Tx, rows: readonly NamedBlind[]): Promise<Set<number>> => {
  const { ids, names, born, phones } = lists(rows);
  const found = await sql<{
    n: number;
  }>`select n from people_known(${ids}::text[], ${names}::text[], ${born}::date[], ${phones}::text[])`.execute(tx);
  return new Set(found.rows.map((r) => r.n - 1));
};

/** Which of these look like somebody in reach: two of name, birth date and phone are the same, and no ID number says otherwise. */
export const alikePeople = async (tx: Tx, districtId: string, rows: readonly NamedBlind[]): Promise<Set<number>> => {
  const { ids, names, born, phones } = lists(rows);
  const found = await sql<{ n: number }>`
    with u as (select * from unnest(${ids}::text[], ${names}::text[], ${born}::date[], ${phones}::text[]) with ordinality as u(by_id, by_name, born, by_phone, n))
    select distinct h.n::int as n from (
      select u.n, u.by_id, r.id_number_index from u join recipient r on r.district_id = ${districtId} and r.name_index = u.by_name
        and r.birth_on = u.born
      union all
      select u.n, u.by_id, r.id_number_index from u join recipient r on r.district_id = ${districtId} and r.name_index = u.by_name
        and r.phone_index = u.by_phone
      union all
      select u.n, u.by_id, r.id_number_index from u join recipient r on r.district_id = ${districtId} and r.phone_index = u.by_phone and r.birth_on = u.born
    ) h where h.by_id is null or h.id_number_index is null or h.by_id = h.id_number_index`.execute(tx);
  return new Set(found.rows.map((r) => r.n - 1));
};

/** Who is meant, among people in reach: by ID number, else by name with birth date or phone. Several where the words do not tell them apart. */
export const peopleMeant = async (tx: Tx, districtId: string, rows: readonly NamedBlind[]): Promise<Map<number, string[]>> => {
  const { ids, names, born, phones } = lists(rows);
  const found = await sql<{ n: number; who: string[] }>`
    with u as (select * from unnest(${ids}::text[], ${names}::text[], ${born}::date[], ${phones}::text[]) with ordinality as u(by_id, by_name, born, by_phone, n))
    select h.n::int as n, array_agg(distinct h.id::text) as who from (
      select u.n, coalesce(r.merged_into, r.id) as id from u join recipient r on r.district_id = ${districtId} and r.id_number_index = u.by_id
      union all
      select u.n, coalesce(r.merged_into, r.id) from u join recipient r on r.district_id = ${districtId} and r.name_index = u.by_name
        and (u.born is null or r.birth_on = u.born) and (u.by_phone is null or r.phone_index = u.by_phone)
      where u.by_id is null and (u.born is not null or u.by_phone is not null)
    ) h group by h.n`.execute(tx);
  return new Map(found.rows.map((r) => [r.n - 1, r.who]));
};

/** Somebody who is entered into a station's register. */
export type RegisterEntry = {
  readonly id: string;
  readonly workerId: string;
  readonly draft: Parameters<typeof sealRecipient>[2];
  readonly categories: readonly {
    readonly id: string;
    readonly category: RecipientCategory;
    readonly disability: string | null;
    readonly grade: number | null;
  }[];
};

/** Enters people into the register of a station, with what they count as from today on. */
export const registerPeople = async (
  tx: Tx,
  by: {
    readonly districtId: string;
    readonly stationId: string;
    readonly personId: string;
    readonly at: string;
    readonly today: Day;
    readonly source: string;
  },
  crypto: CryptoProvider,
  entries: readonly RegisterEntry[],
): Promise<void> => {
  const { districtId, stationId } = by;
  if (entries.length === 0) return;
  await tx
    .insertInto('recipient')
    .values(
      entries.map(({ id, workerId, draft }) => ({
        districtId,
        id,
        stationId,
        workerId,
        onRegister: true,
        ...sealRecipient(crypto, id, draft, by.today),
      })),
    )
    .execute();
  const categories = entries.flatMap((e) =>
    e.categories.map((c) => ({
      districtId,
      ...c,
      recipientId: e.id,
      fromDay: by.today,
      toDay: null,
      source: by.source,
      recordedBy: by.personId,
      recordedAt: by.at,
    })),
  );
  if (categories.length > 0) await tx.insertInto('recipientCategory').values(categories).execute();
};
