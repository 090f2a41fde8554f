/** What the activities room remembers, with the words of the audit list. */
export const activityEvents = {
  'activity.planned': '计划活动',
  'activity.changed': '修改活动',
  'activity.moved': '改变活动状态',
  'activity.registered': '报名活动',
  'activity.registration-changed': '调整报名',
  'activity.attendant-linked': '报名对上服务对象',
  'activity.attendant-unlinked': '取消报名与服务对象的对应',
  'activity.signed-in': '登记到场',
  'activity.finished': '活动结束',
  'activity.unmasked': '查看报名电话',
  'campaign.made': '建立宣传周',
} as const;

/** Type of an event of the activities room. */
export type ActivityEvent = keyof typeof activityEvents;
