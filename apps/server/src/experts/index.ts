/** The door of the expert bank. */
import type { Day } from '@jieyou/core/shared/day.ts';
import type { PanelExpert } from '@jieyou/core/support/panel.ts';
import type { Tx } from '../platform/db/database.ts';
import { expertsSeenBy, panelsOfMonth } from './store.ts';

export { expertsRoutes } from './routes.ts';

/**
 * Every expert of the district as matching sees one for a request of this asker: term, availability, declared relations, when the
 * expert last supervised the asker, and panels in the month of `month` (the first day on which the panel may meet; today if not
 * given). Who is in conflict is left to the rules, which also say why.
 */
export const expertsForPanel = async (
  tx: Tx,
  districtId: string,
  askerId: string,
  // Part of the question, though the rules judge the agency themselves and name it in their reason.
  _askerOrganisationId: string | null,
  today: Day,
  month: Day = today,
): Promise<PanelExpert[]> => {
  const rows = await expertsSeenBy(tx, districtId, askerId, today);
  const panels = await panelsOfMonth(
    tx,
    rows.map((row) => row.id),
    month,
  );
  return rows.map((row) => ({
    id: row.id,
    personId: row.personId,
    name: row.name,
    // Wishes are compared for equality, so a gender that is not known meets none.
    gender: row.gender as PanelExpert['gender'],
    helpFields: row.helpFields,
    organisationId: row.organisationId,
    termFrom: row.termFrom as Day,
    termTo: row.termTo as Day,
    maxPanelsPerMonth: row.maxPanelsPerMonth,
    panelsThisMonth: panels.get(row.id) ?? 0,
    weekdays: row.weekdays,
    away: row.away,
    declaredRelations: row.relations,
    supervisedAskerUntil: row.supervisedAskerUntil,
    active: row.active,
  }));
};
