import { policy } from '../identity/policy.ts';

export const seesPhotos = policy('seesPhotos', '牵头与协助的社工，站长看本站的；各级管理部门看不到', ['worker', 'head']);
export const keepsPhotos = policy('keepsPhotos', '牵头与协助的社工', ['worker']);
