import { policy } from '../identity/policy.ts';

export const seesStations = policy('seesStations', '所有登录的人（站点与机构名录是公开信息）', 'signed-in');
export const keepsStations = policy('keepsStations', '支援中心工作人员与系统管理员', ['centre', 'system']);
