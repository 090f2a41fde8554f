import { policy } from '../identity/policy.ts';

export const takesArchives = policy('takesArchives', '支援中心工作人员，须写用途；下载时再核对权限', ['centre']);
