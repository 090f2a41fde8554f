import { policy, type Reach } from '../identity/policy.ts';

export const seesAppeals = policy('seesAppeals', '本站社工与站长、支援中心', ['worker', 'head', 'centre']);
export const takesAppeals = policy('takesAppeals', '本站社工、支援中心', ['worker', 'centre']);
export const passesAppeals = policy('passesAppeals', '经办人、本站站长、支援中心', ['worker', 'head', 'centre']);
export const assignsAppeals = policy('assignsAppeals', '本站站长', ['head']);
export const opensCasesFromAppeals = policy('opensCasesFromAppeals', '接手的社工', ['worker']);

export const tellsClues = policy('tellsClues', '社区民政员，只看自己报来的线索走到哪一步，看不到站里写的任何内容', ['civil-affairs']);

/** Who reaches the register of an appeal. Whoever passed it on still sees where it went. */
export const appealReach: Reach = [
  { role: 'worker', within: 'self', column: 'takerId', says: '接手的社工' },
  { role: 'worker', within: 'station', column: 'poolStationId', says: '本站社工（接手之前）' },
  { role: 'worker', within: 'self', column: 'lastHandId', says: '转出的人（只看去向）' },
  { role: 'head', within: 'self', column: 'lastHandId', says: '转出的人（只看去向）' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
  { role: 'centre', within: 'district', column: 'districtId', says: '支援中心（一般求助只看进展）' },
];

/** Who reads what the resident wrote: of the centre only where nobody else answers, in danger, or where the centre wrote it down. */
export const appealContentReach: Reach = [
  ...appealReach.filter((l) => l.role !== 'centre' && l.column !== 'lastHandId'),
  { role: 'centre', within: 'district', column: 'centreDistrictId', says: '支援中心（无站点、有危险、热线来的）' },
];

/** Who sees an appeal, in the words of the page. */
export const seenByAppeal: string[] = [...new Set(appealReach.map((line) => line.says))];
