import { policy } from '../identity/policy.ts';

export const seesExperts = policy('seesExperts', '支援中心工作人员、督导与主管部门', ['centre', 'supervisor', 'officer']);
export const keepsExperts = policy('keepsExperts', '支援中心工作人员', ['centre']);
export const keepsOwnAvailability = policy('keepsOwnAvailability', '专家本人；支援中心可代为登记', ['expert', 'centre']);
