import { z } from 'zod';
import { Risk } from '../cases/schema.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyMoment } from '../shared/words.ts';
import { keepsAlarms, opensAbusers, registersAlarms, seesAlarms, seesDangerWords } from './policy.ts';
import { Alarm, AlarmDraft, AlarmEntryDraft, AlarmKind, AlarmRow, AlarmStatus, DangerWords } from './schema.ts';

export const listAlarms = endpoint({
  id: 'listAlarms',
  method: 'GET',
  path: '/api/alarms',
  says: '查看我的危机与家暴记录',
  allow: seesAlarms,
  query: PageQuery.extend({
    kind: severalOf(AlarmKind),
    status: severalOf(AlarmStatus),
    rating: severalOf(Risk),
    due: z.enum(['overdue', 'today', 'week']).optional(),
    caseId: Id.optional(),
    /** Records that belong to what a resident asked. */
    appealId: Id.optional(),
    mine: z.enum(['yes']).optional(),
    sort: z.enum(['due', 'newest']).optional(),
  }),
  reply: pageOf(AlarmRow),
  reads: 'content',
});

export const exportAlarms = exportOf(listAlarms, 'exportAlarms', '危机与家暴记录清单');

export const readAlarm = endpoint({
  id: 'readAlarm',
  method: 'GET',
  path: '/api/alarms/{id}',
  says: '查看一份危机或家暴记录',
  allow: seesAlarms,
  params: ById,
  reply: Alarm,
  reads: 'content',
});

export const registerAlarm = endpoint({
  id: 'registerAlarm',
  method: 'POST',
  path: '/api/alarms',
  says: '登记危机或家暴；编号由设备生成，重发不会记两次',
  allow: registersAlarms,
  body: AlarmDraft,
  reply: Written,
  refusals: ['alarms.case-closed', 'alarms.look-again-late', 'alarms.minor-capacity', 'alarms.appeal-other', 'recipients.stands-still'],
  urgent: true,
});

export const addAlarmEntry = endpoint({
  id: 'addAlarmEntry',
  method: 'POST',
  path: '/api/alarms/{id}/entries',
  says: '在危机或家暴记录里登记一件事：只增不改',
  allow: keepsAlarms,
  params: ById,
  body: z.object({ version: Version, entry: AlarmEntryDraft }),
  reply: Written,
  refusals: [
    'alarms.moved-on',
    'alarms.not-here',
    'alarms.in-future',
    'alarms.look-again-late',
    'alarms.choice-not-theirs',
    'alarms.must-report',
    'alarms.open-steps',
    'alarms.review-missing',
    'alarms.order-too-long',
    'alarms.order-needs-end',
    'alarms.no-order',
    'alarms.no-application',
    'alarms.report-unknown',
    'alarms.appeal-other',
  ],
});

export const finishAlarmStep = endpoint({
  id: 'finishAlarmStep',
  method: 'POST',
  path: '/api/alarms/{id}/steps/{stepId}/done',
  says: '登记一项处置已完成：何时、由谁',
  allow: keepsAlarms,
  params: z.object({ id: Id, stepId: Id }),
  body: z.object({ at: AnyMoment, says: passage(500, 0) }),
  reply: Written,
  refusals: ['alarms.moved-on', 'alarms.not-here', 'alarms.in-future', 'alarms.step-over'],
});

export const openAbuser = endpoint({
  id: 'openAbuser',
  method: 'POST',
  path: '/api/alarms/{id}/abuser',
  says: '查看加害人姓名，须写理由并留痕',
  allow: opensAbusers,
  params: ById,
  body: z.object({ reason: line(120, 2) }),
  reply: z.object({ value: z.string().nullable() }),
  reads: 'content',
  repeatable: true,
});

export const printAlarm = endpoint({
  id: 'printAlarm',
  method: 'GET',
  path: '/api/alarms/{id}/paper',
  says: '打印一份危机或家暴记录、安全计划（A4）',
  allow: seesAlarms,
  params: ById,
  query: z.object({ format: z.enum(['pdf', 'html']).default('pdf'), part: z.enum(['record', 'plan']).default('record') }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
});

export const readDangerWords = endpoint({
  id: 'readDangerWords',
  method: 'GET',
  path: '/api/danger-words',
  says: '提示危险用的词：写到这些词时，页面给出登记与报告的入口',
  allow: seesDangerWords,
  reply: DangerWords,
});
