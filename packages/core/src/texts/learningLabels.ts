/** Words of the learning room; only its own pages load them. */
import type {
  CadenceState,
  CompetitionMove,
  CompetitionStatus,
  EntryStatus,
  IneligibleReason,
  OutputKind,
  OutputStatus,
  RecusalCause,
  SeminarStatus,
} from '../learning/schema.ts';

/** How far a competition has come. */
export const competitionStatusLabels: Readonly<Record<CompetitionStatus, string>> = {
  draft: '筹备',
  open: '申报中',
  checking: '资格审查',
  scoring: '评分中',
  scored: '已出结果',
  noticed: '公示中',
  awarded: '已授奖',
  cancelled: '已取消',
};

/** Moves of a competition, as button words. */
export const competitionMoveLabels: Readonly<Record<CompetitionMove, string>> = {
  announce: '公布',
  close: '截止申报',
  start: '开始评分',
  finish: '算出结果',
  publicise: '公示',
  rescore: '退回重评',
  award: '授奖入库',
  cancel: '取消评优',
};

/** How an entry stands. */
export const entryStatusLabels: Readonly<Record<EntryStatus, string>> = {
  entered: '待审查',
  eligible: '符合条件',
  ineligible: '不符合条件',
  withdrawn: '已撤回',
  recalled: '案例已收回',
};

/** Why an entry may not compete. */
export const ineligibleLabels: Readonly<Record<IneligibleReason, string>> = {
  'not-closed': '求助还没有结束',
  'no-text': '还没有脱敏文本',
  'findings-open': '草稿还有没确认的替换',
  'consent-missing': '没有服务对象对发布的有效同意',
  recalled: '案例已收回',
  'other-domain': '不在本届的问题领域内',
  centre: '支援中心另有说明',
};

/** Why a judge does not score. */
export const recusalLabels: Readonly<Record<RecusalCause, string>> = {
  self: '本人作品',
  'own-agency': '同一机构',
  supervised: '督导过作者',
  declared: '本人声明回避',
};

/** How a seminar stands. */
export const seminarStatusLabels: Readonly<Record<SeminarStatus, string>> = {
  planned: '已安排',
  held: '已召开',
  cancelled: '已取消',
};

/** How a series stands towards its next seminar. */
export const cadenceLabels: Readonly<Record<CadenceState, string>> = {
  planned: '已安排下一次',
  later: '未到期',
  due: '今天到期',
  overdue: '已过期未安排',
  ended: '已结束',
};

/** Kinds of research outputs. */
export const outputKindLabels: Readonly<Record<OutputKind, string>> = {
  mechanism: '支援机制研究',
  model: '服务模式研究',
  paper: '论文',
  report: '调研报告',
  standard: '规范与指引',
  book: '著作与汇编',
};

/** How far an output has come. */
export const outputStatusLabels: Readonly<Record<OutputStatus, string>> = {
  writing: '撰写中',
  submitted: '已送审',
  published: '已发布',
};
