import { policy, type Reach } from '../identity/policy.ts';

export const seesGroups = policy('seesGroups', '牵头与协助的社工，站长看本站的；各级管理部门看不到', ['worker', 'head']);
export const keepsGroups = policy('keepsGroups', '牵头与协助的社工', ['worker']);
export const reviewsGroups = policy('reviewsGroups', '本站站长，且不是计划书的作者', ['head']);
export const changesLeads = policy('changesLeads', '牵头与协助的社工提出，本站站长确认；站长也可以直接安排', ['worker', 'head']);

/** Who reaches a group, its members and its sessions. */
export const groupReach: Reach = [
  { role: 'worker', within: 'self', column: 'leadId', says: '牵头社工本人' },
  { role: 'worker', within: 'circle', column: 'id', says: '协助的社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Who sees a group, in the words of the page. */
export const seenByGroup: string[] = groupReach.map((line) => line.says);
