import { policy, professionals } from '../identity/policy.ts';

export const seesCompetitions = policy('seesCompetitions', '除三类管理员外的所有角色；评分期间看不到作品的作者与得分', professionals);
export const runsCompetitions = policy('runsCompetitions', '支援中心工作人员', ['centre']);
export const entersCompetitions = policy('entersCompetitions', '社工，限自己求助过的个案', ['worker']);
export const judgesCompetitions = policy('judgesCompetitions', '专家与督导，限受邀担任评委的评优', ['expert', 'supervisor']);

export const seesSeminars = policy('seesSeminars', '除三类管理员外的所有角色；主题研讨只谈已发布的案例', professionals);
export const runsSeminars = policy('runsSeminars', '支援中心工作人员', ['centre']);
export const seesOutputs = policy('seesOutputs', '除三类管理员外的所有角色', professionals);
export const keepsOutputs = policy('keepsOutputs', '支援中心工作人员', ['centre']);
export const readsCaseBook = policy('readsCaseBook', '除三类管理员外的所有角色', professionals);
