/** What the resources room remembers, with the words of the audit list. */
export const resourceEvents = {
  'resource.registered': '登记政策或资源',
  'resource.changed': '修改政策或资源',
  'partner.registered': '登记联动单位',
  'partner.changed': '修改联动单位',
} as const;

/** Type of an event of the resources room. */
export type ResourceEvent = keyof typeof resourceEvents;
