/** What the volunteers' room remembers, with the words of the audit list. Codes and days, never a name. */
export const volunteerEvents = {
  'volunteer.entered': '登记志愿者',
  'volunteer.changed': '修改志愿者登记',
  'volunteer.moved': '改变志愿者状态',
  'volunteer.unmasked': '查看志愿者信息',
  'volunteer.erased': '删除志愿者信息',
  'volunteer-task.made': '发起志愿任务',
  'volunteer-task.changed': '修改志愿任务',
  'volunteer-task.moved': '改变志愿任务状态',
  'volunteer-task.invited': '邀请志愿者',
  'volunteer-task.answered': '登记志愿者的答复',
  'volunteer-task.recorded': '登记志愿时长',
  'volunteer-task.handed': '移交志愿任务',
} as const;

/** Type of an event of the volunteers' room. */
export type VolunteerEvent = keyof typeof volunteerEvents;
