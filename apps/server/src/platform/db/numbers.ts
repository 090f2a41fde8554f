import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** Which yearly sequence: its kind ('GA', 'YN', 'QZ', 'AL'), its scope (a street's code, a centre) and its year. */
export type NumberSeriesKey = { readonly districtId: string; readonly kind: string; readonly scope: string; readonly year: number };

/**
 * The next number of a yearly sequence, from 1, without gaps: it is drawn inside the caller's transaction, so a rollback gives it
 * back, and those who draw at once wait for each other. `above` names numbers given elsewhere that must not come again.
 */
export const nextNumber = async (tx: Tx, key: NumberSeriesKey, above = 0): Promise<number> => {
  const { rows } = await sql<{ last: number }>`
    insert into number_series (district_id, kind, scope, year, last)
    values (${key.districtId}, ${key.kind}, ${key.scope}, ${key.year}, ${above}::int + 1)
    on conflict (district_id, kind, scope, year) do update set last = greatest(number_series.last, ${above}::int) + 1
    returning last`.execute(tx);
  const drawn = rows[0]?.last;
  if (drawn === undefined) throw new Error('the sequence gave no number');
  return drawn;
};
