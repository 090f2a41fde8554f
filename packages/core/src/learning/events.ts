/** What the learning room remembers, with the words of the audit list. */
export const learningEvents = {
  'learning.competition-called': '发起评优',
  'learning.competition-changed': '修改评优',
  'learning.competition-moved': '评优进入下一步',
  'learning.entered': '申报作品',
  'learning.entry-withdrawn': '撤回作品',
  'learning.entry-checked': '资格审查',
  'learning.scored': '评分',
  'learning.score-corrected': '更正评分',
  'learning.recused': '评委回避',
  'learning.objected': '提出异议',
  'learning.objection-answered': '答复异议',
  'learning.judges-changed': '更换评委',
  'learning.series-created': '建立研讨系列',
  'learning.series-changed': '修改研讨系列',
  'learning.seminar-planned': '安排主题研讨',
  'learning.seminar-changed': '修改主题研讨',
  'learning.seminar-recorded': '记录研讨纪要',
  'learning.seminar-cancelled': '取消主题研讨',
  'learning.output-registered': '登记研究成果',
  'learning.output-changed': '修改研究成果',
  'learning.output-file-put': '放上研究成果文件',
  'learning.outputs-exported': '导出研究成果',
  'learning.book-printed': '打印优秀案例汇编',
} as const;

/** Type of an event of the learning room. */
export type LearningEvent = keyof typeof learningEvents;
