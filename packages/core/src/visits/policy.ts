import { policy } from '../identity/policy.ts';

export const seesVisits = policy('seesVisits', '承办与协办社工、站长（本站）；各级管理部门看不到', ['worker', 'head']);
export const makesVisits = policy('makesVisits', '承办与协办社工', ['worker']);

/** Who sees a visit, in the words of the page. */
export const seenByVisit: string[] = ['承办社工本人', '协办社工', '本站站长'];
