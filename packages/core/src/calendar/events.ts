/** What the calendar room remembers, with the words of the audit list. */
export const calendarEvents = { 'holiday.saved': '设定放假或调休', 'holiday.removed': '取消特殊安排' } as const;

/** Type of an event of the calendar room. */
export type CalendarEvent = keyof typeof calendarEvents;
