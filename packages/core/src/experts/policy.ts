import { policy, type Reach } from '../identity/policy.ts';

export const seesExperts = policy('seesExperts', '支援中心工作人员、督导与主管部门', ['centre', 'supervisor', 'officer']);
export const keepsExperts = policy('keepsExperts', '支援中心工作人员', ['centre']);
export const keepsOwnAvailability = policy('keepsOwnAvailability', '专家本人；支援中心可代为登记', ['expert', 'centre']);
export const seesOwnExpert = policy('seesOwnExpert', '专家本人，只看自己的', ['expert']);

/** Who keeps the days on which an expert is away. */
export const availabilityReach: Reach = [
  { role: 'expert', within: 'expert', column: 'id', says: '专家本人' },
  { role: 'centre', within: 'district', column: 'districtId', says: '本区支援中心代为登记' },
];
