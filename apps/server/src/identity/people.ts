import type { Role } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import type { Database, Tx } from '../platform/db/database.ts';

const today = sql`r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())`;

/** Who holds a role in the district today. */
export const holdersOf = async (tx: Tx, districtId: string, role: Role): Promise<string[]> =>
  (
    await sql<{ personId: string }>`select distinct r.person_id from role_assignment r
      where r.district_id = ${districtId} and r.role = ${role} and ${today}`.execute(tx)
  ).rows.map((r) => r.personId);

/** Who works at the centre of the district today. */
export const centreOf = (tx: Tx, districtId: string): Promise<string[]> => holdersOf(tx, districtId, 'centre');

/** Who holds one of the roles at a station today; nobody where there is no station. */
export const holdersAt = async (tx: Tx, stationId: string | null, roles: readonly Role[]): Promise<string[]> =>
  stationId === null
    ? []
    : (
        await sql<{ personId: string }>`select distinct r.person_id from role_assignment r
          where r.station_id = ${stationId} and r.role = any(${[...roles]}::text[]) and ${today}`.execute(tx)
      ).rows.map((r) => r.personId);

/** Districts in which somebody holds a role, whenever: those for which the platform's daily work is done. */
export const districtsAtWork = async (db: Database): Promise<string[]> =>
  (await db.query<{ id: string }>('select distinct district_id as id from role_assignment order by 1')).map((r) => r.id);
