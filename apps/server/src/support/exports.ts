import { helpFieldLabels, problemSays } from '@jieyou/core/shared/fields.ts';
import { exportSupportRequests } from '@jieyou/core/support/endpoints.ts';
import { requestStatusLabels, riskLabels } from '@jieyou/core/texts/labels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listRequests } from './views.ts';

/** Requests as a workbook: the register only, never a recipient. */
export const supportExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportSupportRequests, {
    title: '疑难个案求助清单',
    read: listRequests,
    columns: [
      ['number', '编号', 24, (r) => r.archiveNo ?? r.receiptNo ?? '（草稿）'],
      ['status', '状态', 10, (r) => requestStatusLabels[r.status]],
      ['domain', '问题领域', 18, (r) => problemSays(r.domain)],
      ['fields', '所需专业', 20, (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、')],
      ['risk', '风险', 8, (r) => riskLabels[r.risk]],
      ['station', '站点', 22, (r) => r.stationName],
      ['asker', '求助社工', 12, (r) => r.askerName],
      ['holder', '承办人', 12, (r) => r.holderName],
      ['clock', '时限', 18, (r) => r.clock.words],
      ['submittedAt', '提交时间', 20, (r) => momentCell(r.submittedAt)],
      ['updatedAt', '最近变化', 20, (r) => momentCell(r.updatedAt)],
      ['nextOn', '下次日期', 16, (r) => r.nextOn],
      ['solved', '是否解决', 10, (r) => (r.solved === null ? '' : r.solved ? '已解决' : '未解决')],
    ],
  });
};
