import { policy, professionals } from '../identity/policy.ts';

export const takesCalls = policy('takesCalls', '支援中心', ['centre']);
export const seesHotlines = policy('seesHotlines', '除安全与审计管理员外的所有角色', [...professionals, 'system']);
export const keepsHotlines = policy('keepsHotlines', '支援中心、系统管理员', ['centre', 'system']);
export const keepsTickets = policy('keepsTickets', '支援中心', ['centre']);
