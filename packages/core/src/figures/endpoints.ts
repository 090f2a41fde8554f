import { z } from 'zod';
import { endpoint, Id, passage, wholeBetween } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import * as policies from './policy.ts';
import { Figures, ReportText } from './schema.ts';

const Year = wholeBetween(2000, 2100);

export const readFigures = endpoint({
  id: 'readFigures',
  method: 'GET',
  path: '/api/figures',
  says: '查看中心数字：解决、答复、时限、增长；每个数都能打开清单',
  allow: policies.seesFigures,
  query: z.object({ from: AnyDay.optional(), to: AnyDay.optional() }),
  reply: Figures,
});

export const countRequests = endpoint({
  id: 'countRequests',
  method: 'GET',
  path: '/api/figures/counts',
  says: '按站点与状态数求助（由留存的数给出）',
  allow: policies.seesFigures,
  reply: z.object({
    asOf: AnyMoment,
    smallest: z.int(),
    rows: z.array(z.object({ stationId: Id, status: z.string(), count: z.int().nullable() })),
  }),
});

export const readLoadSpread = endpoint({
  id: 'readLoadSpread',
  method: 'GET',
  path: '/api/figures/expert-load',
  says: '查看专家负担的分布；每人一行只有支援中心和本人看到，按姓名排列',
  allow: policies.seesExpertLoad,
  query: z.object({ from: AnyDay.optional(), to: AnyDay.optional() }),
  reply: z.object({
    asOf: AnyMoment,
    spread: z.array(z.object({ label: z.string(), experts: z.int(), opens: z.string().nullable() })),
    persons: z.array(z.object({ expertId: Id, name: z.string(), panels: z.int(), opens: z.string().nullable() })),
  }),
});

export const readYearReport = endpoint({
  id: 'readYearReport',
  method: 'GET',
  path: '/api/year-reports/{year}',
  says: '查看年度报告的数字与文字',
  allow: policies.seesYearReport,
  params: z.object({ year: Year }),
  query: z.object({ asOf: AnyDay.optional() }),
  reply: z.object({ year: z.int(), figures: Figures, text: ReportText, printer: z.boolean() }),
});

export const saveYearReportText = endpoint({
  id: 'saveYearReportText',
  method: 'PUT',
  path: '/api/year-reports/{year}/text',
  says: '保存年度报告的文字，每次保存留一版',
  allow: policies.writesYearReport,
  params: z.object({ year: Year }),
  body: z.object({ version: z.int().min(0).max(1_000_000), opening: passage(6000, 0), outlook: passage(6000, 0) }),
  reply: z.object({ version: z.int() }),
  refusals: ['record.changed-meanwhile'],
});

export const printYearReport = endpoint({
  id: 'printYearReport',
  method: 'GET',
  path: '/api/year-reports/{year}/file',
  says: '下载年度报告（PDF 或 Excel）',
  allow: policies.seesYearReport,
  params: z.object({ year: Year }),
  query: z.object({ asOf: AnyDay.optional(), format: z.enum(['pdf', 'xlsx']).default('pdf') }),
  reply: z.any(),
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
  rate: 'heavy',
});
