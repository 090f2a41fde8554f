/** What the room of recipients remembers, with the words of the audit list. */
export const recipientEvents = {
  'recipient.corrected': '修改服务对象的资料',
  'recipient.former-name-added': '登记服务对象的曾用名',
  'recipient.category-added': '登记服务对象的类别',
  'recipient.category-ended': '结束服务对象的类别',
  'recipient.guardian-added': '登记监护人',
  'recipient.guardian-ended': '结束监护人',
  'recipient.contact-marked': '标记联系不安全',
  'recipient.contact-cleared': '取消联系不安全的标记',
  'recipient.unmasked': '查看服务对象的个人信息',
  'recipient.household-begun': '建立家庭',
  'recipient.household-changed': '修改家庭',
  'recipient.household-printed': '打印家系图、生态图',
  'recipient.told-apart': '确认不是同一人',
  'recipient.merged': '合并服务对象',
  'recipient.merge-undone': '撤销合并',
} as const;

/** Type of an event of the room of recipients. */
export type RecipientEvent = keyof typeof recipientEvents;
