/** What the stations room remembers, with the words of the audit list. */
export const stationEvents = {
  'organisation.registered': '登记机构',
  'organisation.changed': '修改机构资料',
  'station.registered': '登记站点',
  'station.changed': '修改站点资料',
} as const;

/** Type of an event of the stations room. */
export type StationEvent = keyof typeof stationEvents;
