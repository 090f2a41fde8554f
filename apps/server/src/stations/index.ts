/** The door of the stations room. */
import type { Tx } from '../platform/db/database.ts';
import { organisationById } from './store.ts';

export { stationsRoutes } from './routes.ts';

/** Whether an organisation belongs to the district. */
export const isOrganisationOf = async (tx: Tx, districtId: string, id: string): Promise<boolean> =>
  (await organisationById(tx, districtId, id)) !== undefined;
