import { policy } from '../identity/policy.ts';

export const seesWorkforce = policy('seesWorkforce', '支援中心、站长（本站）、机构负责人（本机构）、主管部门、街道（本街道）、系统与安全管理员', [
  'centre',
  'head',
  'agency',
  'officer',
  'street',
  'system',
  'security',
]);
export const keepsWorkers = policy('keepsWorkers', '机构负责人（本机构）与系统管理员', ['agency', 'system']);
export const seesAssignments = policy('seesAssignments', '安全管理员', ['security']);
export const keepsAssignments = policy('keepsAssignments', '安全管理员', ['security']);
export const recordsAbsence = policy('recordsAbsence', '本人；安全管理员可代为登记', 'signed-in');
export const picksPeople = policy('picksPeople', '支援中心、督导、站长、安全管理员', ['centre', 'supervisor', 'head', 'security']);
export const keepsRota = policy('keepsRota', '支援中心工作人员', ['centre']);
