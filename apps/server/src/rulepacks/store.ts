import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/** A pack as a row, with the place of its division: the longer the path, the closer to the district. */
export type PackRow = {
  id: string;
  code: string;
  title: string;
  version: string;
  divisionName: string;
  divisionPath: string;
  effectiveFrom: string;
  effectiveTo: string | null;
};

/** One figure of a pack. */
export type ValueRow = { key: string; label: string; value: unknown; unit: string | null; source: string; isOurs: boolean };

const packs = (districtId: string, more: RawBuilder<unknown>) => sql<PackRow>`
  select p.id, p.code, p.title, p.version, d.name as division_name, d.path as division_path, p.effective_from, p.effective_to
  from rule_pack p join division d on d.id = p.division_id join division mine on mine.id = ${districtId}
  where starts_with(mine.path, d.path) and ${more}
  order by p.code, length(d.path) desc, p.effective_from desc, p.id desc`;

/** Packs that hold for a district or stand above it, closest and newest first within each code. */
export const packsAbove = async (tx: Tx, districtId: string): Promise<PackRow[]> => (await packs(districtId, sql`true`).execute(tx)).rows;

/** The one pack of a code that holds for a district on a day; undefined when none was installed. */
export const packOn = async (tx: Tx, code: string, districtId: string, day: string): Promise<PackRow | undefined> => {
  const effective = sql`p.code = ${code} and p.effective_from <= ${day}::date and (p.effective_to is null or p.effective_to >= ${day}::date)`;
  return (await packs(districtId, effective).execute(tx)).rows[0];
};

/** Figures of a pack in the order of its page. */
export const valuesOf = (tx: Tx, packId: string): Promise<ValueRow[]> =>
  tx
    .selectFrom('ruleValue')
    .select(['key', 'label', 'value', 'unit', 'source', 'isOurs'])
    .where('packId', '=', packId)
    .orderBy('position')
    .execute();
