/** What the experts room remembers, with the words of the audit list. */
export const expertEvents = {
  'expert.engaged': '聘请专家入库',
  'expert.changed': '修改专家资料',
  'expert.away-added': '登记专家不在的日期',
  'expert.away-removed': '取消专家不在的日期',
  'expert.relation-declared': '登记利害关系',
  'expert.relation-withdrawn': '撤销利害关系',
} as const;

/** Type of an event of the experts room. */
export type ExpertEvent = keyof typeof expertEvents;
