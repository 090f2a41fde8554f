/** What the workforce room remembers, with the words of the audit list. */
export const workforceEvents = {
  'workforce.worker-registered': '登记社工',
  'workforce.worker-changed': '修改社工任职资料',
  'workforce.worker-left': '登记社工离职',
  'workforce.role-given': '任命角色',
  'workforce.role-changed': '修改角色任命',
  'workforce.account-opened': '开通账号',
  'workforce.absence-recorded': '登记请假',
  'workforce.absence-ended': '撤销请假或提前回岗',
  'workforce.rota-saved': '排定值班',
} as const;

/** Type of an event of the workforce room. */
export type WorkforceEvent = keyof typeof workforceEvents;
