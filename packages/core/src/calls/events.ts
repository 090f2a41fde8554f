/** What the room of calls remembers, with the words of the audit list. */
export const callEvents = {
  'call.taken': '登记来电',
  'call.sent': '来电转社工站',
  'call.handed': '来电转其他热线',
  'call.ended': '来电办结',
  'call.unmasked': '查看来电人的联系方式',
  'hotline.added': '添加热线号码',
  'hotline.changed': '修改热线号码',
  'ticket.registered': '登记转办单',
  'ticket.paused': '转办单暂停计时',
  'ticket.resumed': '转办单恢复计时',
  'ticket.answered': '回复转办单',
  'ticket.rated': '登记转办单满意度',
  'ticket.unmasked': '查看转办单来电人',
} as const;

/** Type of an event of the calls. */
export type CallEvent = keyof typeof callEvents;
