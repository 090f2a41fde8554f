import { policy } from '../identity/policy.ts';

export const takesCaseArchives = policy('takesCaseArchives', '承办与协办社工、站长（本站），须写用途；下载时再核对权限', [
  'worker',
  'head',
]);
export const holdsArchives = policy('holdsArchives', '取档人本人；核对时只认得自己看得到的档案', ['centre', 'worker', 'head']);
export const takesArchives = policy('takesArchives', '支援中心工作人员，须写用途；下载时再核对权限', ['centre']);
