/** What is remembered of yearly reports. */
export const figureEvents = {
  'figures.report-saved': '保存年度报告文字',
} as const;
export type FigureEvent = keyof typeof figureEvents;
