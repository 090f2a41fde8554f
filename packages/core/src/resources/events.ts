/** What the resources room remembers, with the words of the audit list. */
export const resourceEvents = {
  'resource.registered': '登记政策或资源',
  'resource.changed': '修改政策或资源',
  'resource.intake-noted': '登记是否接收转介',
  'resource.reviewed': '复核政策或资源',
  'resource.imported': '批量导入政策或资源',
  'resource.exported': '导出政策与资源',
  'resource.linked': '链接资源',
  'partner.registered': '登记联动单位',
  'partner.changed': '修改联动单位',
  'partner.liaison-named': '登记联络人',
  'partner.liaison-changed': '修改联络人',
  'partner.agreement-kept': '登记合作协议',
  'partner.agreement-changed': '修改合作协议',
  'referral.offered': '转介给联动单位',
  'referral.accepted': '联动单位接收转介',
  'referral.returned': '联动单位退回转介',
  'referral.done': '转介已办结',
  'referral.expired': '转介过期未答复',
  'referral.withdrawn': '撤回转介',
} as const;

/** Type of an event of the resources room. */
export type ResourceEvent = keyof typeof resourceEvents;
