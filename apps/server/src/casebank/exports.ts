import { exportDrafts } from '@jieyou/core/casebank/endpoints.ts';
import { caseDomainLabels, draftStatusLabels } from '@jieyou/core/texts/labels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listDrafts } from './views.ts';

/** Drafts of the case bank as a workbook: the columns of their list, no text of a case. */
export const casebankExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportDrafts, {
    title: '脱敏案例草稿清单',
    read: listDrafts,
    columns: [
      ['title', '标题', 40, (r) => r.title],
      ['status', '状态', 12, (r) => draftStatusLabels[r.status]],
      ['open', '待确认（处）', 14, (r) => (r.status === 'draft' ? r.openFindings : null)],
      ['domain', '问题领域', 20, (r) => caseDomainLabels[r.domain]],
      ['archiveNo', '来自', 26, (r) => r.archiveNo],
      ['by', '起草', 14, (r) => r.draftedByName],
      ['updatedAt', '最近变化', 22, (r) => momentCell(r.updatedAt)],
    ],
  });
};
