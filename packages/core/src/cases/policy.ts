import { policy, type Reach } from '../identity/policy.ts';

export const opensCases = policy('opensCases', '社工', ['worker']);
export const seesCases = policy('seesCases', '承办与协办社工、站长（本站）', ['worker', 'head']);
export const writesCases = policy('writesCases', '承办与协办社工', ['worker']);
export const unmasksRecipients = policy('unmasksRecipients', '承办与协办社工、站长（本站），须填写理由并留痕', ['worker', 'head']);
export const attachesFiles = policy('attachesFiles', '承办与协办社工、支援中心', ['worker', 'centre']);
export const seesAttachments = policy('seesAttachments', '个案或求助的经办人', ['worker', 'head', 'centre', 'expert']);
export const namesCoWorkers = policy('namesCoWorkers', '承办社工本人、站长（本站）', ['worker', 'head']);

/** Who names those who work along on a case, and ends it. */
export const circleReach: Reach = [
  { role: 'worker', within: 'self', column: 'workerId', says: '承办社工本人' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Who reaches a case. */
export const caseReach: Reach = [
  { role: 'worker', within: 'self', column: 'workerId', says: '承办社工本人' },
  { role: 'worker', within: 'circle', column: 'id', says: '协办社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Who sees a case, in the words of the page. */
export const seenByCase: string[] = [...new Set(caseReach.map((line) => line.says))];
