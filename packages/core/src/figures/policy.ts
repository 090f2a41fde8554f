import { policy } from '../identity/policy.ts';

export const seesFigures = policy('seesFigures', '支援中心与主管部门看本区，街道看本街道，机构看本机构，站长看本站', [
  'centre',
  'officer',
  'street',
  'agency',
  'head',
]);
export const seesExpertLoad = policy('seesExpertLoad', '支援中心；专家只看到自己', ['centre', 'expert']);
export const seesYearReport = policy('seesYearReport', '支援中心与主管部门', ['centre', 'officer']);
export const writesYearReport = policy('writesYearReport', '支援中心', ['centre']);

/** Who sees registers but no content: small numbers are withheld from them. */
export const seesNoContent = (roles: readonly string[]): boolean => !roles.some((r) => r === 'centre' || r === 'head');
