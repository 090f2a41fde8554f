import { exportCompetitions } from '@jieyou/core/learning/endpoints.ts';
import { exportOutputs } from '@jieyou/core/learning/outputEndpoints.ts';
import { competitionStatusLabels, outputKindLabels, outputStatusLabels } from '@jieyou/core/texts/learningLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { daySays, serveExport } from '../platform/http/exporting.ts';
import { listOutputs } from './outputViews.ts';
import { listCompetitions } from './views.ts';

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
  serveExport(app, services, exportCompetitions, {
    title: '评优清单',
    read: listCompetitions,
    columns: [
      ['title', '名称', 36, (r) => r.title],
      ['status', '进展', 14, (r) => competitionStatusLabels[r.status]],
      ['opens', '申报', 28, (r) => `${daySays(r.opensOn)}至${daySays(r.closesOn)}`],
      ['score', '评分截止', 14, (r) => r.scoreBy],
      ['notice', '公示至', 16, (r) => r.noticeUntil],
      ['entries', '我能看到的作品', 16, (r) => r.entries],
    ],
  });
};
