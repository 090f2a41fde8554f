import type { VolunteerMove, VolunteerTaskMove } from '../volunteers/moves.ts';
import type {
  EraseCause,
  FitReason,
  TaskCriteria,
  TaskCriterion,
  TurnStatus,
  VolunteerFor,
  VolunteerSkill,
  VolunteerSlot,
  VolunteerStatus,
  VolunteerTaskStatus,
} from '../volunteers/schema.ts';

export const volunteerStatusLabels: Readonly<Record<VolunteerStatus, string>> = { active: '在册', paused: '暂停', withdrawn: '已退出' };
export const volunteerMoveLabels: Readonly<Record<VolunteerMove, string>> = { pause: '暂停', resume: '恢复', withdraw: '退出' };
export const eraseCauseLabels: Readonly<Record<EraseCause, string>> = { asked: '本人要求', term: '保存期满' };
export const volunteerSkillLabels: Readonly<Record<VolunteerSkill, string>> = {
  talk: '陪伴谈心',
  care: '照护',
  medical: '医疗健康',
  psychology: '心理支持',
  law: '法律',
  tutoring: '学业辅导',
  handcraft: '手工',
  repair: '维修',
  transport: '接送',
  computer: '电脑手机',
  sports: '体育',
  arts: '文艺',
  language: '手语与外语',
  organising: '活动组织',
  haircut: '理发',
  cooking: '做饭',
};
export const volunteerSlotLabels: Readonly<Record<VolunteerSlot, string>> = {
  'weekday-morning': '工作日上午',
  'weekday-afternoon': '工作日下午',
  'weekday-evening': '工作日晚上',
  'weekend-morning': '周末上午',
  'weekend-afternoon': '周末下午',
  'weekend-evening': '周末晚上',
};
export const volunteerTaskStatusLabels: Readonly<Record<VolunteerTaskStatus, string>> = {
  open: '招募中',
  staffed: '人员已定',
  done: '待核定时长',
  settled: '时长已核定',
  cancelled: '已取消',
};
export const volunteerTaskMoveLabels: Readonly<Record<VolunteerTaskMove, string>> = {
  staff: '定下人员',
  reopen: '重新招募',
  finish: '登记时长',
  settle: '核定时长',
  cancel: '取消任务',
  'hand-over': '移交牵头',
};
export const volunteerForLabels: Readonly<Record<VolunteerFor, string>> = {
  own: '单独的任务',
  activity: '社区活动',
  group: '小组',
  session: '小组的一节',
  relief: '救助个案的服务线',
  visit: '探访陪同',
};
export const turnStatusLabels: Readonly<Record<TurnStatus, string>> = {
  invited: '已邀请',
  confirmed: '参加',
  declined: '不参加',
  came: '到了',
  absent: '没来',
};
export const fitReasonLabels: Readonly<Record<FitReason, string>> = {
  skill: '有所需专长',
  'any-skill': '不要求专长',
  area: '愿意去这个地方',
  'any-area': '不限地方',
  slot: '这个时段有空',
  load: '近期任务不多',
  insured: '保险在期',
};

/** The three criteria by which service is chosen (LC-13). */
export const taskCriterionLabels: Readonly<Record<TaskCriterion, string>> = {
  needed: '群众急需',
  professional: '服务专业',
  broad: '受益广泛',
};

/** How the lead answered them, a line each. */
export const criteriaLines = (criteria: TaskCriteria): string[] =>
  (Object.keys(taskCriterionLabels) as TaskCriterion[]).map(
    (key) => `${taskCriterionLabels[key]}：${criteria[key].met ? '符合' : '不符合'}。${criteria[key].says}`,
  );
