import { exportPartners, exportReferrals, exportResources } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels, issuingTierLabels, partnerTypeLabels, resourceKindLabels } from '@jieyou/core/texts/labels.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { daySays, serveExport } from '../platform/http/exporting.ts';
import { listPartners } from './partnerViews.ts';
import { listReferrals } from './referralViews.ts';
import { listResources } from './views.ts';

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
  serveExport(app, services, exportPartners, {
    title: '联动单位清单',
    read: listPartners,
    columns: [
      ['name', '名称', 30, (r) => r.name],
      ['type', '类别', 16, (r) => partnerTypeLabels[r.type]],
      ['fields', '专业', 24, (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、')],
      ['liaison', '联络人', 18, (r) => [r.liaison, r.liaisonPost].filter(Boolean).join(' ')],
      ['phone', '电话', 18, (r) => r.phone],
      ['agreement', '协议', 16, (r) => (!r.agreed ? '' : r.agreementTo === null ? '长期' : `至${daySays(r.agreementTo)}`)],
      ['active', '状态', 12, (r) => (r.active ? '合作中' : '已停止')],
    ],
  });
  serveExport(app, services, exportResources, {
    title: '政策与资源清单',
    read: listResources,
    columns: [
      ['name', '名称', 34, (r) => r.name],
      ['kind', '类别', 20, (r) => `${resourceKindLabels[r.kind]} · ${r.category}`],
      ['fields', '专业', 24, (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、')],
      ['authority', '办理单位', 26, (r) => r.authority],
      ['tier', '出自', 22, (r) => `${issuingTierLabels[r.issuingTier]} · ${r.divisionName}`],
      [
        'takes',
        '接收',
        16,
        (r) => (r.takes === 'yes' ? (r.places === null ? '正在接收' : `余 ${r.places} 个`) : r.takes === 'no' ? '不接收' : '请先问'),
      ],
      ['document', '文号', 24, (r) => r.documentNo],
      ['review', '复核', 12, (r) => (r.needsReview ? '需要复核' : '')],
      ['phone', '电话', 18, (r) => r.phone],
      [
        'valid',
        '有效期',
        22,
        (r) =>
          r.valid
            ? r.validTo === null
              ? '长期有效'
              : `至${daySays(r.validTo)}`
            : r.validTo === null
              ? '未生效'
              : `${daySays(r.validTo)}已过期`,
      ],
    ],
  });
};
