import type { GroupMove, SessionMove } from '../groups/moves.ts';
import type {
  Dynamics,
  GroupKind,
  GroupPhase,
  GroupStatus,
  LeadChangeStatus,
  LeaveReason,
  MeasureMoment,
  Presence,
  Reached,
  SessionStatus,
} from '../groups/schema.ts';

/** How a change of the lead was answered. */
export const leadChangeLabels: Readonly<Record<LeadChangeStatus, string>> = {
  asked: '等站长确认',
  confirmed: '已确认',
  declined: '没有同意',
  withdrawn: '已撤回',
};

export const groupKindLabels: Readonly<Record<GroupKind, string>> = {
  education: '教育小组',
  growth: '成长小组',
  support: '支持小组',
  therapy: '治疗小组',
  'mutual-help': '互助小组',
  social: '社交康乐小组',
};
export const groupPhaseLabels: Readonly<Record<GroupPhase, string>> = {
  preparing: '筹备',
  beginning: '建立',
  turning: '转折',
  working: '成熟',
  ending: '结束',
};
export const groupStatusLabels: Readonly<Record<GroupStatus, string>> = {
  drafting: '筹备 · 写计划',
  submitted: '筹备 · 待审批',
  approved: '筹备 · 招募中',
  beginning: '建立期',
  turning: '转折期',
  working: '成熟期',
  ending: '结束期',
  closed: '已结束',
  cancelled: '已取消',
};
export const groupMoveLabels: Readonly<Record<GroupMove, string>> = {
  submit: '提交审批',
  approve: '批准',
  return: '退回修改',
  rework: '改计划书',
  start: '开组，进入建立期',
  turn: '进入转折期',
  mature: '进入成熟期',
  back: '退回上一期',
  'wind-up': '进入结束期',
  close: '总结并结束',
  correct: '更正总结',
  cancel: '取消小组',
};
export const sessionMoveLabels: Readonly<Record<SessionMove, string>> = {
  shift: '改期',
  hold: '记录这一节',
  correct: '更正记录',
  cancel: '取消这一节',
};
export const sessionStatusLabels: Readonly<Record<SessionStatus, string>> = { planned: '未开', held: '已开', cancelled: '已取消' };
export const presenceLabels: Readonly<Record<Presence, string>> = { present: '到', late: '迟到', excused: '请假', absent: '缺席' };
export const leaveReasonLabels: Readonly<Record<LeaveReason, string>> = {
  asked: '本人要求',
  moved: '迁离',
  health: '身体原因',
  referred: '转个案或转介',
  unfit: '不适合小组',
  lost: '联系不上',
  other: '其他',
};
export const dynamicsLabels: Readonly<Record<Dynamics, string>> = { flat: '沉闷', some: '一般', lively: '活跃', close: '投入、互相支持' };
export const reachedLabels: Readonly<Record<Reached, string>> = { not: '未达成', partly: '部分达成', mostly: '基本达成', fully: '达成' };
export const measureMomentLabels: Readonly<Record<MeasureMoment, string>> = { before: '前测', after: '后测' };
