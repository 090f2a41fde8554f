import { policy, type Reach } from '../identity/policy.ts';

export const seesContacts = policy('seesContacts', '社工看本人的服务记录，站长看本站的', ['worker', 'head']);
export const seesLedgers = policy(
  'seesLedgers',
  '社工看本人、站长看本站；机构看本机构、街道看本街道、支援中心与主管部门看本区，后四者只看数',
  ['worker', 'head', 'centre', 'agency', 'officer', 'street'],
);

/** Who reaches the rows of service; everybody else sees kept sums. */
export const contactReach: Reach = [
  { role: 'worker', within: 'self', column: 'workerId', says: '提供服务的社工本人' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Whether somebody sees rows, or sums only. */
export const seesRows = (roles: readonly string[]): boolean => roles.includes('worker') || roles.includes('head');

/** Whether the names of the station's workers stand in the ledger. */
export const seesWorkers = (roles: readonly string[]): boolean => roles.includes('head');

/** How far somebody's ledger reaches, in words. */
export const ledgerScope = (roles: readonly string[]): string => {
  if (roles.includes('head')) return '本站';
  if (roles.includes('worker')) return '本人';
  if (roles.includes('centre') || roles.includes('officer')) return '本区';
  return roles.includes('street') ? '本街道' : '本机构';
};
