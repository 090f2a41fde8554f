import { exportReferrals } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listReferrals } from './referralViews.ts';

/** Referrals to partners as a workbook: the columns of their list. */
export const resourcesExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportReferrals, {
    title: '转介清单',
    read: listReferrals,
    columns: [
      ['number', '转介编号', 20, (r) => r.number],
      ['status', '状态', 14, (r) => `${referralStatusLabels[r.status]}${r.late ? '（已过期限）' : ''}`],
      ['partner', '联动单位', 28, (r) => r.partnerName],
      ['what', '事项', 28, (r) => `${helpFieldLabels[r.helpField]}${r.resourceName === null ? '' : `：${r.resourceName}`}`],
      ['request', '求助编号', 20, (r) => r.requestNumber],
      ['asker', '求助社工', 12, (r) => r.askerName],
      ['sent', '转介日期', 16, (r) => r.sentOn],
      ['until', '答复期限', 16, (r) => r.until],
    ],
  });
};
