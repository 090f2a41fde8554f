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
} as const;

/** Type of an event of the learning room. */
export type LearningEvent = keyof typeof learningEvents;
