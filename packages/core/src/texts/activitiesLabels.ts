import type { ActivityMove } from '../activities/moves.ts';
import type { ActivityCategory, ActivityStatus, RegistrationStatus } from '../activities/schema.ts';

export const activityCategoryLabels: Readonly<Record<ActivityCategory, string>> = {
  'elder-care': '养老',
  'disability-aid': '助残',
  relief: '救助',
  'mutual-help': '帮扶',
  youth: '青少年',
};
export const activityStatusLabels: Readonly<Record<ActivityStatus, string>> = {
  planned: '计划中',
  published: '报名中',
  done: '已结束',
  cancelled: '已取消',
};
export const registrationStatusLabels: Readonly<Record<RegistrationStatus, string>> = {
  in: '已报名',
  waiting: '候补',
  cancelled: '已取消',
};
export const activityMoveLabels: Readonly<Record<ActivityMove, string>> = {
  publish: '发布报名',
  withdraw: '撤下报名',
  finish: '结束活动',
  correct: '更正总结',
  cancel: '取消活动',
};
