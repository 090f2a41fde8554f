/** The door of the divisions. */
import type { Tx } from '../platform/db/database.ts';
import { divisionById } from './store.ts';

export { divisionsRoutes } from './routes.ts';

/** What other rooms need of a division. */
export type DivisionPlace = { readonly id: string; readonly tier: string; readonly name: string; readonly path: string };

/**
 * A division that a record of the district may name on a day: of the district or above it, and not yet abolished; undefined for
 * every other.
 */
export const divisionFor = async (tx: Tx, districtId: string, id: string, day: string): Promise<DivisionPlace | undefined> => {
  const district = await divisionById(tx, districtId);
  const found = await divisionById(tx, id);
  if (district === undefined || found === undefined) return undefined;
  const related = found.path.startsWith(district.path) || district.path.startsWith(found.path);
  return related && (found.validTo === null || found.validTo >= day) ? found : undefined;
};

/** The division of a tier in which a district lies (the district itself for its own tier); the uppermost one where there is none. */
export const divisionAbove = async (tx: Tx, districtId: string, tier: string): Promise<string> => {
  const rows = await divisionsUp(tx, districtId);
  return (rows.find((row) => row.tier === tier) ?? rows.at(-1))?.id ?? districtId;
};

const divisionsUp = async (tx: Tx, districtId: string): Promise<{ id: string; tier: string }[]> => {
  const district = await divisionById(tx, districtId);
  const ids = district?.path.split('/').filter((id) => id !== '') ?? [];
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom('division').select(['id', 'tier', 'path']).where('id', 'in', ids).execute();
  return rows.sort((a, b) => b.path.length - a.path.length);
};
