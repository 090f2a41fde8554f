import { policy, type Reach, reaches } from '../identity/policy.ts';
import type { Actor, Role } from '../identity/schema.ts';

export const seesWorkforce = policy(
  'seesWorkforce',
  '支援中心、站长（本站）、机构负责人（本机构）、主管部门、街道（本街道）、系统与安全管理员',
  ['centre', 'head', 'agency', 'officer', 'street', 'system', 'security'],
);
export const keepsWorkers = policy('keepsWorkers', '机构负责人（本机构）与系统管理员', ['agency', 'system']);
export const seesAssignments = policy('seesAssignments', '安全管理员', ['security']);
export const keepsAssignments = policy('keepsAssignments', '安全管理员', ['security']);
export const recordsAbsence = policy('recordsAbsence', '本人；安全管理员可代为登记', 'signed-in');
export const picksPeople = policy('picksPeople', '支援中心、督导、站长、安全管理员', ['centre', 'supervisor', 'head', 'security']);
export const keepsRota = policy('keepsRota', '支援中心工作人员', ['centre']);

/** Whose record of service somebody reads: by station, agency and street, or the whole district. */
export const workerReach: Reach = [
  { role: 'head', within: 'station', column: 'stationId', says: '本站社工' },
  { role: 'agency', within: 'organisation', column: 'organisationId', says: '本机构社工' },
  { role: 'street', within: 'division', column: 'divisionPath', says: '本街道各站社工' },
  { role: 'centre', within: 'district', column: 'districtId', says: '本区社工' },
  { role: 'officer', within: 'district', column: 'districtId', says: '本区社工' },
  { role: 'system', within: 'district', column: 'districtId', says: '本区社工' },
  { role: 'security', within: 'district', column: 'districtId', says: '本区社工' },
];

/** Whose record of service somebody writes, and into which organisation a worker may be registered. */
export const workerKeepReach: Reach = [
  { role: 'agency', within: 'organisation', column: 'organisationId', says: '本机构社工' },
  { role: 'system', within: 'district', column: 'districtId', says: '本区社工' },
];

/** Whose absences somebody keeps besides the own ones. */
export const absenceReach: Reach = [{ role: 'security', within: 'district', column: 'districtId', says: '本区工作人员的请假' }];

/** Whether the actor may record or end an absence of this person. */
export const mayKeepAbsence = (actor: Actor, person: { readonly personId: string; readonly districtId: string }): boolean =>
  person.personId === actor.personId || reaches(actor, absenceReach, { districtId: person.districtId });

/** Scope without which a role reaches nothing: its assignment must name one. Other roles take their scope from person and district. */
export const scopeNeededBy: Readonly<Partial<Record<Role, 'station' | 'organisation' | 'street' | 'community'>>> = {
  head: 'station',
  agency: 'organisation',
  street: 'street',
  'civil-affairs': 'community',
};

/** Roles that come with being a worker of an organisation and end with it. */
export const rolesOfWorkers: readonly Role[] = ['worker', 'head'];

/** Who may be put on the centre's rota. */
export const rotaRole: Role = 'centre';
