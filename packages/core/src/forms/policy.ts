import { policy } from '../identity/policy.ts';

export const seesTemplates = policy('seesTemplates', '社工、站长、支援中心', ['worker', 'head', 'centre']);
export const issuesTemplates = policy('issuesTemplates', '支援中心，只签发本区的版本', ['centre']);
export const seesForms = policy(
  'seesForms',
  '个案的承办与协办社工、小组和活动的牵头与协助社工、站长（本站）、督导（只限送到面前签字的）；各级管理部门看不到',
  ['worker', 'head', 'supervisor'],
);
export const exportsForms = policy('exportsForms', '个案的承办与协办社工、小组和活动的牵头与协助社工、站长（本站）', ['worker', 'head']);
export const printsRooms = policy('printsRooms', '个案的承办与协办社工、站长（本站）', ['worker', 'head']);
export const fillsForms = policy('fillsForms', '个案的承办与协办社工、小组和活动的牵头与协助社工', ['worker']);
export const signsForms = policy('signsForms', '站长（本站）、送到面前的督导；填写人除外', ['head', 'supervisor']);

/** Who sees a filled form, in the words of the page. */
export const seenByForm: Readonly<Record<'case' | 'group' | 'activity', readonly string[]>> = {
  case: ['承办社工本人', '协办社工', '本站站长'],
  group: ['牵头社工本人', '协助的社工', '本站站长'],
  activity: ['牵头社工本人', '协助的社工', '本站站长'],
};
