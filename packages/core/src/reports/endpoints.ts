import { z } from 'zod';
import { ById, endpoint, PageQuery, pageOf, passage, severalOf, Written } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';
import { keepsReports, reports, seesReports } from './policy.ts';
import { EntryDraft, Report, ReportDraft, ReportRow, ReportStatus, Situation } from './schema.ts';

/** Reports keep no idempotency key: the row would name the reporter. The device's own id makes a second sending harmless. */
export const createReport = endpoint({
  id: 'createReport',
  urgent: true,
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports',
  says: '强制报告：发现侵害未成年人的情形，立即报告',
  allow: reports,
  body: ReportDraft,
  reply: Written.extend({ number: z.string(), dueAt: AnyMoment }),
  refusals: ['reports.in-future'],
});

export const listReports = endpoint({
  id: 'listReports',
  method: 'GET',
  path: '/api/reports',
  says: '查看强制报告清单（本人报告的，或由本人办理的）',
  allow: seesReports,
  query: PageQuery.extend({ status: severalOf(ReportStatus), situation: severalOf(Situation), mine: z.enum(['yes']).optional() }),
  reply: pageOf(ReportRow),
  reads: 'content',
});

export const readReport = endpoint({
  id: 'readReport',
  urgent: true,
  hidesRefused: true,
  method: 'GET',
  path: '/api/reports/{id}',
  says: '查看一份强制报告',
  allow: seesReports,
  params: ById,
  reply: Report,
  reads: 'content',
});

export const acknowledgeReport = endpoint({
  id: 'acknowledgeReport',
  urgent: true,
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports/{id}/acknowledgement',
  says: '确认收到强制报告',
  allow: keepsReports,
  params: ById,
  reply: Written,
  refusals: ['reports.moved-on', 'reports.second-person', 'reports.acknowledged'],
});

export const addReportEntry = endpoint({
  id: 'addReportEntry',
  urgent: true,
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports/{id}/entries',
  says: '补记强制报告：报警、备案、材料、公安反馈、安置、跟进',
  allow: seesReports,
  params: ById,
  body: EntryDraft,
  reply: Written,
  refusals: ['reports.moved-on', 'reports.second-person', 'reports.over', 'reports.in-future'],
});

export const disputeReport = endpoint({
  id: 'disputeReport',
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports/{id}/dispute',
  says: '提出“经核实不属于”，须写理由并由督导签字',
  allow: keepsReports,
  params: ById,
  body: z.object({ reason: passage(1000, 10) }),
  reply: Written,
  refusals: ['reports.moved-on', 'reports.second-person'],
});

export const decideDispute = endpoint({
  id: 'decideDispute',
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports/{id}/dispute/decision',
  says: '督导对“经核实不属于”签字或退回',
  allow: keepsReports,
  params: ById,
  body: z.object({ decision: z.enum(['sign', 'overrule']), says: passage(1000, 2) }),
  reply: Written,
  refusals: ['reports.moved-on', 'reports.second-person', 'reports.supervisor-signs'],
});

export const proposeReportClosing = endpoint({
  id: 'proposeReportClosing',
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports/{id}/closing',
  says: '提出结束强制报告',
  allow: seesReports,
  params: ById,
  body: z.object({ says: passage(1000, 2) }),
  reply: Written,
  refusals: ['reports.moved-on', 'reports.incomplete'],
});

export const decideReportClosing = endpoint({
  id: 'decideReportClosing',
  repeatable: true,
  hidesRefused: true,
  method: 'POST',
  path: '/api/reports/{id}/closing/decision',
  says: '第二个人复核后结束强制报告，或退回继续跟进',
  allow: keepsReports,
  params: ById,
  body: z.object({ decision: z.enum(['confirm', 'return']), says: passage(1000, 2) }),
  reply: Written,
  refusals: ['reports.moved-on', 'reports.second-person'],
});

export const readReportFigures = endpoint({
  id: 'readReportFigures',
  method: 'GET',
  path: '/api/report-figures',
  says: '查看今年强制报告的件数与从发现到报警的时间',
  allow: keepsReports,
  reply: z.object({
    year: z.int(),
    total: z.int(),
    waiting: z.int(),
    reported: z.int(),
    /** Half of those that were reported took no longer; null where they are too few to tell. */
    medianMinutes: z.int().nullable(),
    asOf: AnyMoment,
  }),
});

export const printReport = endpoint({
  id: 'printReport',
  hidesRefused: true,
  method: 'GET',
  path: '/api/reports/{id}/paper',
  says: '打印强制报告登记表（不含报告人）',
  allow: keepsReports,
  params: ById,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html') }),
  reply: z.any(),
  reads: 'content',
  streams: 'text/html',
  refusals: ['print.no-browser'],
  rate: 'heavy',
});
