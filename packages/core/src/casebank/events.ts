/** What the case bank remembers, with the words of the audit list. */
export const casebankEvents = {
  'casebank.drafted': '起草案例',
  'casebank.updated': '修改案例草稿',
  'casebank.findings-confirmed': '确认替换',
  'casebank.released': '发布案例',
  'casebank.recall-dismissed': '不收回案例',
  'casebank.recalled': '收回案例',
  'casebank.discarded': '放弃案例草稿',
} as const;

/** Type of an event of the case bank. */
export type CasebankEvent = keyof typeof casebankEvents;
