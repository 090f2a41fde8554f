import { policy, professionals } from '../identity/policy.ts';

export const seesResponses = policy(
  'seesResponses',
  '读得到求助内容的人、支援线的承接人、转介的接收人；其他人没有可见的记录',
  professionals,
);
export const opensResponses = policy('opensResponses', '支援线的承接人、求助社工、支援中心', ['worker', 'centre', 'supervisor', 'expert']);
export const movesResponses = policy('movesResponses', '按记录的下一步：接收人、督导与社工、记录人或支援中心', professionals);
