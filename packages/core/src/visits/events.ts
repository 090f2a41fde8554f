/** What the visits room remembers, with the words of the audit list. Codes and days, never a word of a record. */
export const visitEvents = {
  'visit.planned': '安排探访',
  'visit.moved': '探访改期',
  'visit.recorded': '记录探访',
  'visit.missed': '记录探访未遇',
  'visit.cancelled': '取消探访',
  'visit.action-done': '完成即时处置',
  'visit.needs-set': '登记探访需要',
} as const;

/** Type of an event of the visits room. */
export type VisitEvent = keyof typeof visitEvents;
