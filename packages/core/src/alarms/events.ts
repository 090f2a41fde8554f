/** What this room remembers. One neutral word for all: whoever reads the trail learns that something was written, not what. */
export const alarmEvents = {
  'alarm.registered': '登记专项记录',
  'alarm.added': '补充专项记录',
  'alarm.ticked': '专项记录的一项已办',
  'alarm.opened-field': '打开专项记录的一项信息',
  'alarm.told': '提醒专项记录到期',
} as const;

/** Type of an event of this room. */
export type AlarmEvent = keyof typeof alarmEvents;
