import { policy } from '../identity/policy.ts';

export const seesDangerWords = policy('seesDangerWords', '所有登录的人', 'signed-in');
export const seesAlarms = policy('seesAlarms', '承办与协办社工、站长（本站）、本记录的督导；各级管理部门和支援中心都看不到', [
  'worker',
  'head',
  'supervisor',
]);
export const registersAlarms = policy('registersAlarms', '承办与协办社工', ['worker']);
export const keepsAlarms = policy('keepsAlarms', '承办与协办社工、站长（本站）；督导只补充意见、登记督导', [
  'worker',
  'head',
  'supervisor',
]);
export const opensAbusers = policy('opensAbusers', '承办与协办社工、站长（本站），须填写理由并留痕', ['worker', 'head']);

/** As whom somebody stands towards a record. */
export type AlarmStanding = 'works' | 'head' | 'supervisor';

/** Who sees a record, in the words of the page. */
export const seenByAlarm: string[] = ['承办社工本人', '协办社工', '本站站长', '本记录的督导'];
