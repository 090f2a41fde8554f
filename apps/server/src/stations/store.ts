import type { BuildStage, OrganisationType, StationTier } from '@jieyou/core/stations/schema.ts';
import type { z } from 'zod';
import type { Tx } from '../platform/db/database.ts';
import type { Given } from '../platform/db/given.ts';

/** An organisation as it is kept. */
export type OrganisationRow = {
  id: string;
  districtId: string;
  type: OrganisationType;
  name: string;
  namePinyin: string;
  creditCode: string | null;
  divisionId: string;
  contact: string | null;
  phone: string | null;
  active: boolean;
  version: number;
};

/** A station as it is kept. */
export type StationRow = {
  id: string;
  districtId: string;
  tier: z.infer<typeof StationTier>;
  name: string;
  namePinyin: string;
  divisionId: string;
  operatorId: string | null;
  host: string | null;
  phone: string | null;
  stage: z.infer<typeof BuildStage>;
  version: number;
};

export const organisationById = async (tx: Tx, districtId: string, id: string): Promise<OrganisationRow | undefined> =>
  (await tx.selectFrom('organisation').selectAll().where('id', '=', id).where('districtId', '=', districtId).executeTakeFirst()) as
    | OrganisationRow
    | undefined;

/** Who carries a 统一社会信用代码; codes are unique in the whole country, so the holder may be of another district. */
export const holderOfCreditCode = (tx: Tx, creditCode: string) =>
  tx.selectFrom('organisation').select(['id', 'name', 'districtId']).where('creditCode', '=', creditCode).executeTakeFirst();

export const insertOrganisation = async (tx: Tx, row: Omit<OrganisationRow, 'active' | 'version'>): Promise<void> => {
  await tx.insertInto('organisation').values(row).execute();
};

/** Changes an organisation as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateOrganisation = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<Omit<OrganisationRow, 'id' | 'districtId' | 'version'>>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('organisation')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

export const stationById = async (tx: Tx, districtId: string, id: string): Promise<StationRow | undefined> =>
  (await tx.selectFrom('station').selectAll().where('id', '=', id).where('districtId', '=', districtId).executeTakeFirst()) as
    | StationRow
    | undefined;

export const insertStation = async (tx: Tx, row: Omit<StationRow, 'version'>): Promise<void> => {
  await tx.insertInto('station').values(row).execute();
};

/** Changes a station as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateStation = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<Omit<StationRow, 'id' | 'districtId' | 'version'>>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('station')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;
