import { policy, reporters } from '../identity/policy.ts';

export const reports = policy('reports', '所有业务角色：发现了就报告，不须任何人同意', reporters);
export const seesReports = policy('seesReports', '报告人看自己报告的；站长（本站）、指定督导；无人处理时支援中心', reporters);
export const keepsReports = policy('keepsReports', '站长（本站）、指定督导；无人处理时支援中心', ['head', 'supervisor', 'centre']);

/** As whom somebody stands towards a report. */
export type Standing = 'reporter' | 'head' | 'supervisor' | 'centre';

/** Who sees a report, in the words of the page. */
export const seenByReport: readonly string[] = [
  '报告人（不显示给他人）',
  '本站站长',
  '指定督导',
  '支援中心（超时无人确认或无站长、督导时，看不到报告人）',
];
