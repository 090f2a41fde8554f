import { policy, type Reach } from '../identity/policy.ts';

export const seesVolunteers = policy('seesVolunteers', '社工与站长看本站，支援中心看本区；机构、街道、主管部门看打码的姓名，不看电话', [
  'worker',
  'head',
  'centre',
  'agency',
  'officer',
  'street',
]);
export const keepsVolunteers = policy('keepsVolunteers', '本站社工与站长', ['worker', 'head']);
export const erasesVolunteers = policy('erasesVolunteers', '本站站长', ['head']);
export const seesVolunteerTasks = policy('seesVolunteerTasks', '社工与站长看本站，支援中心看本区', ['worker', 'head', 'centre']);
export const leadsVolunteerTasks = policy('leadsVolunteerTasks', '牵头社工', ['worker']);
export const seesVolunteerHours = policy('seesVolunteerHours', '社工与站长看本站；机构、街道、支援中心与主管部门看各自范围，只看数', [
  'worker',
  'head',
  'centre',
  'agency',
  'officer',
  'street',
]);

/** Who reaches a volunteer's line of the register. */
export const volunteerReach: Reach = [
  { role: 'worker', within: 'station', column: 'stationId', says: '本站社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
  { role: 'centre', within: 'district', column: 'districtId', says: '支援中心' },
  { role: 'officer', within: 'district', column: 'districtId', says: '主管部门（只看打码的姓名）' },
  { role: 'agency', within: 'organisation', column: 'organisationId', says: '所属机构（只看打码的姓名）' },
  { role: 'street', within: 'division', column: 'divisionPath', says: '所在街道（只看打码的姓名）' },
];

/** Who keeps it: the station. */
export const volunteerKeepers: Reach = volunteerReach.slice(0, 2);

/** The head of its station, who hands a task over and takes out what is known of somebody who left. */
export const volunteerHeads: Reach = volunteerReach.slice(1, 2);

/** Who reaches a task. */
export const volunteerTaskReach: Reach = [
  { role: 'worker', within: 'self', column: 'leadId', says: '牵头社工本人' },
  { role: 'worker', within: 'station', column: 'stationId', says: '本站社工' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
  { role: 'centre', within: 'district', column: 'districtId', says: '支援中心' },
];

/** Whether phone and age are shown, masked, or names only. */
export const seesVolunteerContent = (roles: readonly string[]): boolean =>
  roles.some((r) => r === 'worker' || r === 'head' || r === 'centre');

/** Whether tasks of the station may be opened. */
export const opensVolunteerTasks = seesVolunteerContent;

/** How far somebody's numbers reach, in words. */
export const hoursScope = (roles: readonly string[]): string => {
  if (roles.includes('centre') || roles.includes('officer')) return '本区';
  if (roles.includes('head') || roles.includes('worker')) return '本站';
  return roles.includes('street') ? '本街道' : '本机构';
};
