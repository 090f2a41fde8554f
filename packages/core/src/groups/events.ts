/** What the groups room remembers, with the words of the audit list. */
export const groupEvents = {
  'group.planned': '计划小组',
  'group.changed': '修改小组计划',
  'group.moved': '小组进入下一阶段',
  'group.reviewed': '审批小组计划',
  'group.lead-asked': '提出换小组牵头人',
  'group.lead-changed': '小组换了牵头人',
  'group.lead-kept': '没有换小组牵头人',
  'group.member-joined': '组员加入',
  'group.member-left': '组员离开',
  'group.session-planned': '加一节',
  'group.session-shifted': '小组改期',
  'group.session-held': '记录一节小组',
  'group.session-cancelled': '取消一节小组',
  'group.measured': '登记前后测',
  'group.closed': '小组总结',
} as const;

/** Type of an event of the groups room. */
export type GroupEvent = keyof typeof groupEvents;
