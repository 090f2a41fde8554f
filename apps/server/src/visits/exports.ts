import { genderLabels, riskLabels } from '@jieyou/core/texts/labels.ts';
import {
  dayHalfLabels,
  dueStateLabels,
  notMetLabels,
  visitReasonLabels,
  visitStatusLabels,
  whyDue,
} from '@jieyou/core/texts/visitLabels.ts';
import { exportDueVisits, exportVisits } from '@jieyou/core/visits/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { inWords, serveExport } from '../platform/http/exporting.ts';
import { listDueVisits, listVisits } from './views.ts';

/** Visits, and who is to be visited, as workbooks: the columns of their lists. */
export const visitsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportVisits, {
    title: '探访清单',
    read: listVisits,
    columns: [
      ['day', '日期', 16, (v) => v.day],
      ['status', '状态', 10, (v) => visitStatusLabels[v.status]],
      ['who', '服务对象', 22, (v) => inWords(v.recipientName, genderLabels[v.recipientGender], v.recipientAge)],
      [
        'what',
        '事由与结果',
        28,
        (v) =>
          [
            visitReasonLabels[v.reason],
            ...(v.notMet === null ? [] : [notMetLabels[v.notMet]]),
            ...(v.status === 'planned' ? [dayHalfLabels[v.half]] : []),
          ].join('　'),
      ],
      ['minutes', '时长（分钟）', 14, (v) => v.minutes],
      ['actions', '未完成的处置', 14, (v) => v.openActions],
      ['area', '区域', 16, (v) => v.areaName],
      ['worker', '社工', 12, (v) => v.workerName],
    ],
  });
  serveExport(app, services, exportDueVisits, {
    title: '该探访的人',
    read: listDueVisits,
    columns: [
      ['who', '服务对象', 22, (d) => inWords(d.recipientName, genderLabels[d.recipientGender], d.recipientAge)],
      ['state', '到期', 10, (d) => dueStateLabels[d.state]],
      ['due', '应在何时前', 16, (d) => d.dueOn],
      ['last', '上次', 16, (d) => d.lastOn],
      ['why', '依据', 36, whyDue],
      ['risk', '风险', 10, (d) => riskLabels[d.risk]],
      ['planned', '已安排', 16, (d) => d.plannedOn],
      ['missed', '上次未遇', 16, (d) => d.missedOn],
      ['area', '区域', 16, (d) => d.areaName],
      ['worker', '社工', 12, (d) => d.workerName],
    ],
  });
};
