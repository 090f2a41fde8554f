/** What the rule packs remember, with the words of the audit list. */
export const ruleEvents = {
  'rulepacks.drafted': '起草规则新版本',
  'rulepacks.changed': '修改规则草稿',
  'rulepacks.submit': '提交规则草稿',
  'rulepacks.return': '退回规则草稿',
  'rulepacks.approve': '批准并发布规则',
  'rulepacks.withdraw': '撤回规则草稿',
} as const;

/** Type of an event of the rule packs. */
export type RuleEvent = keyof typeof ruleEvents;
