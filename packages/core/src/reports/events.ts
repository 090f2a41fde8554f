/** What the reports room remembers, with the words of the audit list. Where the reporter acted, no actor stands beside it. */
export const reportEvents = {
  'report.registered': '登记强制报告',
  'report.acknowledged': '确认收到强制报告',
  'report.entry-added': '补记强制报告',
  'report.disputed': '提出经核实不属于',
  'report.dispute-decided': '督导对不属于签字',
  'report.closing-proposed': '提出结束强制报告',
  'report.closing-decided': '复核结束强制报告',
  'report.reminded': '提醒确认强制报告',
} as const;

/** Type of an event of the reports room. */
export type ReportEvent = keyof typeof reportEvents;
