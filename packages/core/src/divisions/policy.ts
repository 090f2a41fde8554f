import { policy } from '../identity/policy.ts';

export const seesDivisions = policy('seesDivisions', '所有登录的人（区划与主管部门名称是公开信息）', 'signed-in');
export const keepsDivisions = policy('keepsDivisions', '系统管理员', ['system']);
