import { policy, type Reach } from '../identity/policy.ts';

export const receivesRights = policy('receivesRights', '社工、站长、支援中心', ['worker', 'head', 'centre']);
/** Whose station is the district's own. */
export const receivesForDistrict = policy('receivesForDistrict', '支援中心', ['centre']);
export const seesRights = policy('seesRights', '受理人、本站站长、支援中心；主管部门只见登记', ['worker', 'head', 'centre', 'officer']);
export const decidesRights = policy('decidesRights', '本站站长、支援中心，且不是受理人', ['head', 'centre']);
export const handsOutCopies = policy('handsOutCopies', '受理的社工、本站站长；支援中心不看个案内容', ['worker', 'head']);
export const keepsArchive = policy('keepsArchive', '站长（本站）', ['head']);
export const seesArchive = policy('seesArchive', '站长（本站）、支援中心', ['head', 'centre']);
export const approvesDestruction = policy('approvesDestruction', '支援中心，且不是鉴定人', ['centre']);
export const keepsPrivacyRegisters = policy('keepsPrivacyRegisters', '安全管理员', ['security']);
export const seesPrivacyRegisters = policy('seesPrivacyRegisters', '安全管理员、支援中心、主管部门', ['security', 'centre', 'officer']);
export const seesConsentUses = policy('seesConsentUses', '承办与协办社工、站长（本站）', ['worker', 'head']);

/** Who reaches a request with its content. */
export const rightReach: Reach = [
  { role: 'worker', within: 'self', column: 'receivedBy', says: '受理的社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
  { role: 'centre', within: 'district', column: 'districtId', says: '支援中心' },
];

/** Who sees the register of requests. */
export const rightRegisterReach: Reach = [
  ...rightReach,
  { role: 'officer', within: 'district', column: 'districtId', says: '主管部门（只见登记）' },
];

/** Who sees lists of destruction. */
export const archiveReach: Reach = [
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
  { role: 'centre', within: 'district', column: 'districtId', says: '支援中心' },
];

/** Whose due files a person appraises. */
export const dueReach: Reach = [{ role: 'head', within: 'station', column: 'stationId', says: '本站站长' }];
