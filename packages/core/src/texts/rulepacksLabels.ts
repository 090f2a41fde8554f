/** Words of the rule packs: states of drafts, and what a changed figure touches. Apart from `labels.ts`, so that first pages stay light. */
import type { DraftStatus } from '../rulepacks/schema.ts';

/** States of a draft of a new version. */
export const ruleDraftStatusLabels: Readonly<Record<DraftStatus, string>> = {
  draft: '起草中',
  submitted: '待批准',
  issued: '已发布',
  withdrawn: '已撤回',
};

const AFFECTS: readonly (readonly [prefix: string, says: string])[] = [
  ['clock.', '生效日起开始的时限按新值计算；此前开始的时限不变。'],
  ['workday.', '生效日起开始的时限按新的工作时间计算；此前开始的时限不变。'],
  ['checklist.', '生效日起的自评与筛选按新值给出建议；此前的结果仍写明原版本。'],
  ['crisis.', '生效日起的危机求助按新值通知；生效时未确认的也按新值。'],
  ['panel.', '生效日起推荐的专家组按新值计算；已发出的邀请不变。'],
  ['packet.', '生效日起发出的资料包按新值失效；已发出的不变。'],
  ['conference.', '生效日起记录的会诊按新值核对；已记录的不变。'],
  ['action.', '生效日起的提醒按新值发出。'],
  ['stale.', '生效日起的提醒按新值发出。'],
];

/** What a figure touches once the version is in force. */
export const affectsOf = (key: string): string =>
  AFFECTS.find(([prefix]) => key.startsWith(prefix))?.[1] ?? '生效日起的计算按新值进行；此前的结果仍写明原版本。';
