/** The door of the appeals: residents who ask for help. */
import type { Tx } from '../platform/db/database.ts';

export { type CallRules, callRulesOf } from './clock.ts';
export { appealJobs, keepAppealClocks } from './jobs.ts';
export { type CallBehind, openAppeal } from './publicCommands.ts';
export { appealsRoutes } from './routes.ts';
export { appealInReach } from './store.ts';
export { matchesOfPhone, readAppeal } from './views.ts';

/** The appeal with which a case began and from which no request has come yet; undefined where there is none. */
export const originOfCase = async (
  tx: Tx,
  districtId: string,
  caseId: string,
): Promise<{ id: string; channel: string; callNumber: string | null } | undefined> =>
  tx
    .selectFrom('appeal as a')
    .select(['a.id', 'a.channel', 'a.callNumber'])
    .where('a.districtId', '=', districtId)
    .where('a.caseId', '=', caseId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('supportRequest as r')
            .select('r.id')
            .whereRef('r.districtId', '=', 'a.districtId')
            .whereRef('r.appealId', '=', 'a.id'),
        ),
      ),
    )
    .orderBy('a.id', 'desc')
    .executeTakeFirst();
