/** The divisions of the demo: Longhua whole, a part of Longgang, and what lies above them. */
import { readFileSync } from 'node:fs';

/** Tier of a division, from the top. */
export type DivisionTier = 'province' | 'city' | 'district' | 'street' | 'community';

/** One row of `divisions.csv`. */
export interface DemoDivision {
  /** Official twelve-digit code: an attribute, not a key. */
  code: string;
  name: string;
  tier: DivisionTier;
  parentCode: string | null;
}

/** Longhua District of Shenzhen, the district of the demo. */
export const demoDistrictCode = '440309000000';
/** Longgang District, present so that scopes can be shown to end at the border. */
export const neighbourDistrictCode = '440307000000';

/** Every division, parents before children. */
export const divisions: readonly DemoDivision[] = readFileSync(new URL('./divisions.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [code = '', name = '', tier = '', parent = ''] = line.split(',');
    return { code, name, tier: tier as DivisionTier, parentCode: parent || null };
  });

/** Divisions directly below one. */
export function childrenOf(code: string): readonly DemoDivision[] {
  return divisions.filter((row) => row.parentCode === code);
}

/** A community's everyday name: without 居委会 or 居民委员会 at the end. */
export function communityShortName(name: string): string {
  return name.replace(/居民?委员?会$/u, '');
}
