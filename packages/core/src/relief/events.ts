/** What the relief room remembers, with the words of the audit list. */
export const reliefEvents = {
  'relief.screened': '救助需求筛查',
  'relief.moved': '救助个案进入下一步',
  'relief.item-recorded': '登记救助物资或服务',
  'relief.item-voided': '作废一笔救助',
} as const;

/** Type of an event of the relief room. */
export type ReliefEvent = keyof typeof reliefEvents;
