/** What the room of appeals remembers, with the words of the audit list. */
export const appealEvents = {
  'appeal.asked': '居民求助',
  'appeal.taken': '接手居民求助',
  'appeal.released': '退回待接手',
  'appeal.passed': '转给其他站点',
  'appeal.assigned': '交给社工办理',
  'appeal.answered': '答复居民',
  'appeal.opened': '由居民求助建立个案',
  'appeal.linked': '居民求助并入已有个案',
  'appeal.handed': '居民求助转其他单位',
  'appeal.withdrawn': '居民撤回求助',
  'appeal.told': '社区民政员报来线索',
  'appeal.accompanied': '社区民政员确认陪同入户',
  'appeal.added': '社区民政员补充线索',
  'appeal.looked': '居民凭回执码查看',
  'appeal.unmasked': '查看居民的联系方式',
  'appeal.escalated': '紧急居民求助无人接手，已通知后备与站长',
} as const;

/** Type of an event of the appeals. */
export type AppealEvent = keyof typeof appealEvents;
