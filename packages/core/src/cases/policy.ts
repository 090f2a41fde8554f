import { policy, type Reach } from '../identity/policy.ts';

export const opensCases = policy('opensCases', '社工', ['worker']);
export const seesCases = policy('seesCases', '承办与协办社工、站长（本站）', ['worker', 'head']);
export const writesCases = policy('writesCases', '承办与协办社工', ['worker']);
export const unmasksRecipients = policy('unmasksRecipients', '承办与协办社工、站长（本站），须填写理由并留痕', ['worker', 'head']);
export const attachesFiles = policy('attachesFiles', '承办与协办社工、支援中心', ['worker', 'centre']);
export const seesAttachments = policy('seesAttachments', '个案或求助的经办人', ['worker', 'head', 'centre', 'expert']);
export const namesCoWorkers = policy('namesCoWorkers', '承办社工本人、站长（本站）', ['worker', 'head']);

export const movesCases = policy('movesCases', '承办与协办社工', ['worker']);
export const readsPapers = policy('readsPapers', '承办与协办社工、站长（本站）、督导（只限送到面前签字的）', [
  'worker',
  'head',
  'supervisor',
]);
export const decidesPapers = policy('decidesPapers', '站长（本站）、送到面前的督导；撰写人和承办人除外', ['head', 'supervisor']);
export const seesHandovers = policy('seesHandovers', '社工（本人移出或接收的）、站长（本站）', ['worker', 'head']);
export const handsCasesOver = policy('handsCasesOver', '承办社工本人、站长（本站）', ['worker', 'head']);
export const ordersHandovers = policy('ordersHandovers', '接收的社工；提出人与站长可以撤回', ['worker', 'head']);

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

/** Who reaches somebody of a station's register of whom no case was opened yet. */
export const registerReach: Reach = [
  { role: 'worker', within: 'self', column: 'workerId', says: '名册上的责任社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Who sees a case, in the words of the page. */
export const seenByCase: string[] = [...new Set(caseReach.map((line) => line.says))];
