import { policy, professionals } from '../identity/policy.ts';

export const searchesCaseBank = policy('searchesCaseBank', '除三类管理员外的所有角色', professionals);
export const draftsPublication = policy('draftsPublication', '支援中心工作人员', ['centre']);
export const releasesPublication = policy('releasesPublication', '支援中心另一名工作人员（不能是起草人）', ['centre']);
export const recallsPublication = policy('recallsPublication', '发布案例的支援中心工作人员', ['centre']);
