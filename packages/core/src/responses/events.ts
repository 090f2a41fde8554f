/** What the four responses remember, with the words of timelines and of the audit list. */
export const responseEvents = {
  'responses.transfer-sent': '发出转介',
  'responses.transfer-accept': '接收转介并回执',
  'responses.transfer-return': '退回转介',
  'responses.transfer-redirect': '转介改送',
  'responses.transfer-finish': '转介办结',
  'responses.transfer-withdraw': '撤回转介',
  'responses.supervision-written': '写下督导记录',
  'responses.supervision-sign': '签认督导记录',
  'responses.supervision-question': '对督导记录提出更正',
  'responses.supervision-correct': '更正督导记录',
  'responses.supervision-withdraw': '作废督导记录',
  'responses.seminar-planned': '安排研讨',
  'responses.seminar-hold': '记录研讨',
  'responses.seminar-conclude': '写下研讨结论',
  'responses.seminar-withdraw': '取消研讨',
  'responses.resource-link-asked': '提出资源链接',
  'responses.resource-link-promise': '资源方答应提供',
  'responses.resource-link-decline': '资源方不能提供',
  'responses.resource-link-provide': '资源已提供',
  'responses.resource-link-feedback': '登记资源链接结果与反馈',
  'responses.resource-link-withdraw': '撤回资源链接',
} as const;

/** Type of an event of the room. */
export type ResponseEvent = keyof typeof responseEvents;
