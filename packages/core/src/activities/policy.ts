import { policy, type Reach } from '../identity/policy.ts';

export const seesActivities = policy('seesActivities', '牵头与协助的社工，站长看本站的', ['worker', 'head']);
export const keepsActivities = policy('keepsActivities', '牵头与协助的社工', ['worker']);
export const seesCampaigns = policy('seesCampaigns', '社工与站长；支援中心、机构、街道与主管部门只看数', [
  'worker',
  'head',
  'centre',
  'agency',
  'officer',
  'street',
]);
export const makesCampaigns = policy('makesCampaigns', '支援中心', ['centre']);

/** Who reaches an activity and those who registered for it. */
export const activityReach: Reach = [
  { role: 'worker', within: 'self', column: 'leadId', says: '牵头社工本人' },
  { role: 'worker', within: 'circle', column: 'id', says: '协助的社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Who sees an activity, in the words of the page. */
export const seenByActivity: string[] = activityReach.map((line) => line.says);
