/** What the privacy room remembers, with the words of the audit list. */
export const privacyEvents = {
  'privacy.received': '收到个人信息权利请求',
  'privacy.checking': '开始核对请求人身份',
  'privacy.confirmed': '核对了请求人身份',
  'privacy.prepared': '拟了个人信息权利请求的答复',
  'privacy.decided': '决定了个人信息权利请求',
  'privacy.withdrawn': '请求人撤回了权利请求',
  'privacy.stopped': '停止处理个案',
  'privacy.case-destroyed': '销毁个案内容',
  'privacy.marked': '登记保管标记',
  'privacy.mark-lifted': '解除保管标记',
  'privacy.list-appraised': '鉴定销毁清册',
  'privacy.list-approved': '批准销毁清册',
  'privacy.list-returned': '退回销毁清册',
  'privacy.list-executed': '销毁清册已执行',
  'privacy.assessment-recorded': '登记个人信息保护影响评估',
  'privacy.assessment-changed': '修改个人信息保护影响评估',
  'privacy.breach-recorded': '登记个人信息安全事件',
  'privacy.breach-changed': '补记个人信息安全事件',
} as const;

/** Type of an event of the privacy room. */
export type PrivacyEvent = keyof typeof privacyEvents;
