import { exportOutputs } from '@jieyou/core/learning/outputEndpoints.ts';
import { outputKindLabels, outputStatusLabels } from '@jieyou/core/texts/learningLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listOutputs } from './outputViews.ts';

/** Outputs of research as a workbook: the columns of their list. */
export const learningExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportOutputs, {
    title: '研究成果清单',
    read: listOutputs,
    columns: [
      ['title', '题名', 44, (r) => r.title],
      ['kind', '类型', 14, (r) => outputKindLabels[r.kind]],
      ['authors', '作者', 28, (r) => r.authors.join('、')],
      ['year', '年份', 8, (r) => r.year],
      ['status', '状态', 10, (r) => outputStatusLabels[r.status]],
      ['outlet', '刊物、出版或发布单位', 30, (r) => r.outlet],
      ['link', '网址', 40, (r) => r.link],
    ],
  });
};
