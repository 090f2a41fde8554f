/** The door of the case bank. */
import type { Tx } from '../platform/db/database.ts';

export { anonymisedText, giveAward } from './forCompetition.ts';
export { casebankJobs } from './jobs.ts';
export { casebankRoutes } from './routes.ts';
export { indexEntries, similarEntries } from './similar.ts';
export { searchCaseBank } from './views.ts';

/** What became of a request in the case bank, as far as the asker may know: the live draft for the centre, the entry for all. */
export const publicationOf = async (
  tx: Tx,
  districtId: string,
  requestId: string,
): Promise<{ draftId: string | null; entryId: string | null } | null> => {
  const row = await tx
    .selectFrom('publicationDraft as d')
    .leftJoin('casebankEntry as e', 'e.draftId', 'd.id')
    .select(['d.id as draftId', 'e.id as entryId'])
    .where('d.districtId', '=', districtId)
    .where('d.requestId', '=', requestId)
    .where('d.status', '<>', 'discarded')
    .executeTakeFirst();
  return row === undefined ? null : { draftId: row.draftId, entryId: row.entryId };
};
