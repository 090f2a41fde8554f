import { policy, type Reach } from '../identity/policy.ts';
import type { Role } from '../identity/schema.ts';

export const bringsLedgers = policy('bringsLedgers', '社工（只限本人的记录）、站长（本站）、支援中心（选定站点）', [
  'worker',
  'head',
  'centre',
]);

/** Who sees an import: who brought the file, and the head of its station. */
export const importReach: Reach = [
  { role: 'worker', within: 'self', column: 'personId', says: '导入的社工本人' },
  { role: 'centre', within: 'self', column: 'personId', says: '导入的支援中心工作人员本人' },
  { role: 'head', within: 'self', column: 'personId', says: '导入的站长本人' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** For whom somebody may bring a ledger: for the own work, for the whole station, or for a station of the district that is named. */
export const bringsFor = (roles: readonly string[]): 'own' | 'station' | 'any' | null => {
  if (roles.includes('head')) return 'station';
  if (roles.includes('worker')) return 'own';
  return roles.includes('centre') ? 'any' : null;
};

/** Whose acts a ledger may tell of: those who serve, or once served, at the station. */
export const servesAtStation: readonly Role[] = ['worker', 'head'];
/** Who stands for people and acts of a station for whom nobody is named. */
export const answersForStation: readonly Role[] = ['head'];
