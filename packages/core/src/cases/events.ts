/** What the cases room remembers, with the words of the audit list. */
export const caseEvents = {
  'case.opened': '建立个案',
  'case.updated': '修改个案',
  'case.field-changed': '改个案的服务领域',
  'case.note-added': '写个案记录',
  'case.consent-recorded': '登记同意',
  'case.consent-receiver-named': '写明同意提供给谁',
  'case.consent-withdrawn': '登记撤回同意',
  'case.unmasked': '查看个人信息',
  'case.co-worker-named': '请同事协办个案',
  'case.co-worker-removed': '结束同事的协办',
  'case.stage-moved': '办理个案的阶段',
  'case.plan-hand-signed': '在服务计划上签名',
  'case.paper-signed': '签署个案的计划或结案',
  'case.paper-returned': '退回个案的计划或结案',
  'case.handover-proposed': '提出移交个案',
  'case.handed-over': '移交个案',
  'case.handover-declined': '没有接收移交的个案',
  'case.handover-withdrawn': '撤回个案的移交',
  'case.attachment-added': '给个案添加附件',
  'case.attachment-removed': '删除个案的附件',
  'support.attachment-added': '添加附件',
  'support.attachment-removed': '删除附件',
} as const;

/** Type of an event of the cases room. */
export type CaseEvent = keyof typeof caseEvents;
