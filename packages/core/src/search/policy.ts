import { policy, professionals } from '../identity/policy.ts';

export const searches = policy('searches', '专业岗位的人，各人只查到自己看得到的；三员不查', professionals);

/** Who has professional records to look through; everybody else finds staff and places, and no record by any path. */
export const searchesRecords = policy('searchesRecords', '承办与协办社工、站长（本站）', ['worker', 'head']);

/** Who looks through requests for help. */
export const searchesRequests = policy('searchesRequests', '求助社工、站长（本站）、支援中心', ['worker', 'head', 'centre']);

/** Who looks through records of crises and of violence at home; a supervisor through those that name them. */
export const searchesAlarms = policy('searchesAlarms', '承办与协办社工、站长（本站）、本记录的督导', ['worker', 'head', 'supervisor']);

/** Who looks through mandatory reports: the two roles that may know of one, each of those it keeps. */
export const searchesReports = policy('searchesReports', '站长（本站）、指定督导', ['head', 'supervisor']);

/** Who looks through records under lines of support. */
export const searchesResponses = policy('searchesResponses', '读得到求助内容的人、支援线的承接人、转介的接收人', professionals);
