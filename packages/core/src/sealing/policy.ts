import { policy, professionals } from '../identity/policy.ts';

export const proposesSealing = policy('proposesSealing', '支援中心、站长（本站个案）', ['centre', 'head']);
export const keepsSeals = policy('keepsSeals', '支援中心与安全管理员：只见编号、日期与决定，不见内容', ['centre', 'security']);
export const decidesSealing = policy('decidesSealing', '安全管理员（不是提出人）', ['security']);
export const registersLetters = policy('registersLetters', '支援中心', ['centre']);
export const readsSealed = policy('readsSealed', '查询函指定的人，在批准的时间内', professionals);
