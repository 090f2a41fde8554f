import { policy, professionals } from '../identity/policy.ts';

export const seesResources = policy('seesResources', '除三类管理员外的所有角色', professionals);
export const keepsResources = policy('keepsResources', '支援中心工作人员', ['centre']);
