/** What the relief room remembers, with the words of the audit list. */
export const reliefEvents = {
  'relief.screened': '救助需求筛查',
  'relief.moved': '救助个案进入下一步',
  'relief.handed-over': '移交救助个案',
  'relief.item-recorded': '登记救助物资或服务',
  'relief.item-voided': '作废一笔救助',
  'relief.joint-called': '召集助联体会商',
  'relief.joint-concluded': '助联体会商有了结果',
  'relief.member-left': '请参加人退出助联体会商',
  'relief.undertaking-given': '会商后认领一件事',
  'relief.undertaking-settled': '认领的事有了结果',
} as const;

/** Type of an event of the relief room. */
export type ReliefEvent = keyof typeof reliefEvents;
