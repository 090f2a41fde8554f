/** What happened, in words, for timelines and audit: apart from the other labels, so that lists need not carry it. */

import { activityEvents } from '../activities/events.ts';
import { alarmEvents } from '../alarms/events.ts';
import { appealEvents } from '../appeals/events.ts';
import { archiveEvents } from '../archive/events.ts';
import { calendarEvents } from '../calendar/events.ts';
import { callEvents } from '../calls/events.ts';
import { casebankEvents } from '../casebank/events.ts';
import { caseEvents } from '../cases/events.ts';
import { divisionEvents } from '../divisions/events.ts';
import { expertEvents } from '../experts/events.ts';
import { figureEvents } from '../figures/events.ts';
import { formEvents } from '../forms/events.ts';
import { groupEvents } from '../groups/events.ts';
import { identityEvents } from '../identity/events.ts';
import { importEvents } from '../imports/events.ts';
import { learningEvents } from '../learning/events.ts';
import { noticeEvents } from '../notices/events.ts';
import { photoEvents } from '../photos/events.ts';
import { privacyEvents } from '../privacy/events.ts';
import { recipientEvents } from '../recipients/events.ts';
import { reliefEvents } from '../relief/events.ts';
import { reportEvents } from '../reports/events.ts';
import { resourceEvents } from '../resources/events.ts';
import { responseEvents } from '../responses/events.ts';
import { ruleEvents } from '../rulepacks/events.ts';
import { sealingEvents } from '../sealing/events.ts';
import { stationEvents } from '../stations/events.ts';
import { supportEvents } from '../support/events.ts';
import { visitEvents } from '../visits/events.ts';
import { volunteerEvents } from '../volunteers/events.ts';
import { workforceEvents } from '../workforce/events.ts';

/** Events of every room in words, for timelines and audit. */
export const eventLabels: Readonly<Record<string, string>> = {
  ...supportEvents,
  ...responseEvents,
  ...archiveEvents,
  ...figureEvents,
  ...ruleEvents,
  ...privacyEvents,
  ...sealingEvents,
  ...caseEvents,
  ...visitEvents,
  ...formEvents,
  ...alarmEvents,
  ...recipientEvents,
  ...appealEvents,
  ...callEvents,
  ...casebankEvents,
  ...learningEvents,
  ...identityEvents,
  ...workforceEvents,
  ...expertEvents,
  ...noticeEvents,
  ...resourceEvents,
  ...stationEvents,
  ...divisionEvents,
  ...calendarEvents,
  ...activityEvents,
  ...groupEvents,
  ...photoEvents,
  ...volunteerEvents,
  ...reliefEvents,
  ...importEvents,
  ...reportEvents,
};

/** What an event says on a timeline or in the audit list; unknown types are shown as they are, never hidden. */
export const eventSays = (type: string): string => (Object.hasOwn(eventLabels, type) ? (eventLabels[type] ?? type) : type);

/** How an audited act ended, beside refusals, which have sentences of their own. */
export const auditOutcomeLabels: Readonly<Record<string, string>> = {
  ok: '成功',
  done: '成功',
  shown: '已查看',
  list: '看了清单',
  'list-by-identity': '按证件或电话查找',
  search: '在查找结果中看到',
  elsewhere: '得知他站有在办个案',
  'guardian-name': '监护人姓名',
  'guardian-phone': '监护人电话',
  'household-address': '家庭住址',
  'member-name': '家庭成员姓名',
  'former-name': '曾用名',
  opened: '已打开',
  downloaded: '已下载',
  'archive-started': '取档案',
  'archive-downloaded': '下载档案',
  exported: '已导出',
  opinions: '看了意见',
  'packet-preview': '预览资料包',
  html: '打印版',
  pdf: 'PDF',
  name: '姓名',
  idNumber: '证件号码',
  phone: '电话',
  address: '住址',
  'signed-in': '已登录',
  'signed-out': '已退出',
  denied: '无权限',
  'not-found': '不在范围',
  locked: '账号锁定',
  'wrong-credentials': '密码不对',
  'wrong-code': '口令不对',
  'code-needed': '等待口令',
  disabled: '账号停用',
  'consent-uses': '看了同意的使用',
  'personal-copy': '取出个人信息副本',
};
