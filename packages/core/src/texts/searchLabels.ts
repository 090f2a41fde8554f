/** Words of the search that only its own pages need. */
import type { SearchKind } from '../search/schema.ts';

/** Whether what had to be done after a visit is done. */
export const actionStateLabels: Readonly<Record<'open' | 'done', string>> = { open: '待办', done: '已完成' };

/** Under what a file stands. */
export const fileUnderLabels: Readonly<Record<'case' | 'request', string>> = { case: '个案附件', request: '求助附件' };

/** Kinds of what is found, as headings. */
export const searchKindLabels: Readonly<Record<SearchKind, string>> = {
  recipient: '服务对象',
  case: '个案',
  note: '个案记录',
  visit: '探访',
  action: '探访后待办',
  paper: '个案文书',
  form: '表单',
  alarm: '危机与家暴',
  request: '求助',
  response: '支援记录',
  group: '小组',
  session: '小组活动记录',
  activity: '社区活动',
  relief: '救助个案',
  file: '附件',
  report: '强制报告',
  referral: '转介',
  appeal: '居民求助',
  call: '来电',
  ticket: '工单',
  volunteer: '志愿者',
  task: '志愿任务',
  staff: '人员',
  station: '站点',
  organisation: '机构',
  place: '地点',
  partner: '联动单位',
  resource: '政策与资源',
  entry: '案例库',
};
