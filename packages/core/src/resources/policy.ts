import { policy, professionals, type Reach } from '../identity/policy.ts';

export const seesResources = policy('seesResources', '除三类管理员外的所有角色', professionals);
export const keepsResources = policy('keepsResources', '支援中心工作人员', ['centre']);
export const matchesResources = policy('matchesResources', '求助社工、站长（本站）、支援中心', ['worker', 'head', 'centre']);
export const linksResources = policy('linksResources', '求助社工、支援中心', ['worker', 'centre']);
export const refersToPartners = policy('refersToPartners', '求助社工、支援中心', ['worker', 'centre']);
export const seesReferrals = policy('seesReferrals', '求助社工、站长（本站）、支援中心', ['worker', 'head', 'centre']);

/** Who reaches a referral to a partner. */
export const referralReach: Reach = [
  { role: 'worker', within: 'self', column: 'askerId', says: '求助社工本人（请假时为其代理人）' },
  { role: 'head', within: 'station', column: 'stationId', says: '求助社工所在站的站长' },
  { role: 'centre', within: 'district', column: 'districtId', says: '本区支援中心工作人员' },
];

/** Who enters what the partner answered. */
export const referralHands: Reach = referralReach.filter((line) => line.role !== 'head');

/** Who sees a referral, in the words of the page. */
export const seenByReferral: string[] = referralReach.map((line) => line.says);
