import { exportResponses } from '@jieyou/core/responses/endpoints.ts';
import { helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { responseKindLabels, responseStatusLabels } from '@jieyou/core/texts/responsesLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listResponses } from './views.ts';

/** Records under a line of support as a workbook: the register only. */
export const responsesExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportResponses, {
    title: ({ kind }) => (kind === undefined ? '支援记录清单' : `${responseKindLabels[kind]}清单`),
    read: listResponses,
    columns: [
      ['number', '求助编号', 24, (r) => r.number],
      ['kind', '方式', 10, (r) => responseKindLabels[r.kind]],
      ['field', '专业', 10, (r) => helpFieldLabels[r.helpField]],
      ['status', '进展', 16, (r) => responseStatusLabels[r.status]],
      ['next', '等谁办', 14, (r) => r.nextNames.join('、')],
      ['author', '记录人', 12, (r) => r.authorName],
      ['toName', '接收人或督导', 14, (r) => r.toName],
      ['toName', '所在站点或机构', 24, (r) => r.toPlace],
      ['workerName', '受督导社工', 12, (r) => r.workerName],
      ['heldOn', '日期', 16, (r) => r.heldOn],
      ['minutes', '时长（分钟）', 12, (r) => r.minutes],
      ['amount', '金额（元）', 14, (r) => (r.amountFen === null ? null : r.amountFen / 100)],
      ['opened', '开始', 20, (r) => momentCell(r.openedAt)],
      ['ended', '结束', 20, (r) => momentCell(r.endedAt)],
      ['updated', '更新', 20, (r) => momentCell(r.updatedAt)],
    ],
  });
};
