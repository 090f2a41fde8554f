/** What is remembered of mail settings. */
export const noticeEvents = {
  'mail.address-given': '登记邮箱',
  'mail.address-verified': '启用邮箱',
  'mail.choices-changed': '修改邮件设置',
  'mail.address-removed': '删去邮箱',
} as const;

/** Type of an event of mail settings. */
export type NoticeEvent = keyof typeof noticeEvents;
