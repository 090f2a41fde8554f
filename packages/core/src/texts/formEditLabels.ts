/** Words of the page on which versions of forms are written. */

import type { z } from 'zod';
import type { FormFact, FormSource, formComparisons } from '../forms/document.ts';

/** What a comparison of a condition asks. */
export const formComparisonLabels: Readonly<Record<(typeof formComparisons)[number], string>> = {
  is: '是',
  in: '是其中之一',
  has: '选了',
  atLeast: '不少于',
  atMost: '不多于',
  filled: '填了没有',
};

/** Facts of the person that a condition may look at. */
export const formFactLabels: Readonly<Record<z.infer<typeof FormFact>, string>> = { '@minor': '未成年人', '@age': '年龄' };

/** What a field may begin with. */
export const formSourceLabels: Readonly<Record<FormSource, string>> = {
  'group-title': '小组名称',
  'group-place': '小组地点',
  'group-starts': '开始日期',
  'group-idea': '理念',
  'group-goals': '目标',
  'group-audience': '对象与人数',
  'group-recruiting': '招募',
  'group-sessions': '各节安排',
  'group-budget': '预算',
  'group-risks': '困难与应对',
  'group-indicators': '前后测指标',
  'group-held': '开过几节',
  'group-times': '人次',
  'group-persons': '人数',
  'group-stayed': '留到最后的人数',
  'group-measures': '前后测结果',
  'group-changes': '目标与过程',
  'group-lessons': '经验与不足',
  'group-follow-up': '后续跟进',
  'session-number': '第几节',
  'session-title': '本节主题',
  'session-aim': '本节目标',
  'session-day': '本节日期',
  'session-minutes': '本节分钟',
  'session-attendance': '本节出席',
  'session-process': '本节过程',
  'session-dynamics': '本节动力',
  'session-reached': '本节目标达成',
  'session-next': '下节调整',
  'activity-title': '活动名称',
  'activity-day': '活动日期',
  'activity-place': '活动地点',
  'activity-aims': '活动目标',
  'activity-capacity': '名额',
  'activity-budget': '预算与支出',
  'activity-people': '报名与到场名单',
  'activity-persons': '人数',
  'activity-times': '人次',
  'activity-summary': '活动总结',
};
