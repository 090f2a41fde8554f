import { exportExperts } from '@jieyou/core/experts/endpoints.ts';
import { helpFieldLabels, weekdayLabels } from '@jieyou/core/texts/labels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listExperts } from './views.ts';

/** Experts as a workbook: the columns of their list. */
export const expertsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportExperts, {
    title: '专家名册',
    read: listExperts,
    columns: [
      ['name', '姓名', 14, (r) => r.name],
      ['title', '职称', 18, (r) => r.title],
      ['organisation', '单位', 28, (r) => r.organisationName],
      ['fields', '专业', 24, (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、')],
      ['weekdays', '可参加', 22, (r) => r.weekdays.map((d) => weekdayLabels[d]).join('、')],
      ['load', '本月会诊（次）', 14, (r) => r.panelsThisMonth],
      ['load', '每月至多（次）', 14, (r) => r.maxPanelsPerMonth],
      ['term', '任期至', 16, (r) => r.termTo],
      ['state', '状态', 12, (r) => (!r.active ? '已停用' : r.inTerm ? '在任期内' : '不在任期')],
    ],
  });
};
