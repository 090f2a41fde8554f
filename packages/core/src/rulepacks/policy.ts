import { policy } from '../identity/policy.ts';

export const seesRulePacks = policy('seesRulePacks', '所有登录的人（规则公开透明）', 'signed-in');
export const draftsRules = policy('draftsRules', '支援中心、主管部门起草；提交后由另一位主管部门人员批准', ['centre', 'officer']);
