import { exportCases } from '@jieyou/core/cases/endpoints.ts';
import { exportHandovers } from '@jieyou/core/cases/stageEndpoints.ts';
import {
  caseStageLabels,
  handedClassLabels,
  handoverCauseLabels,
  handoverStatusLabels,
  workOutcomeLabels,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { caseStatusLabels, genderLabels, problemSays, riskLabels } from '@jieyou/core/texts/labels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { inWords, momentCell, serveExport } from '../platform/http/exporting.ts';
import { listHandovers } from './stageViews.ts';
import { listCases } from './views.ts';

/** Cases and handovers as workbooks: the columns of their lists. */
export const casesExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportCases, {
    title: '个案清单',
    read: listCases,
    columns: [
      ['number', '个案号', 24, (c) => c.number],
      ['name', '服务对象', 22, (c) => inWords(c.recipientName, genderLabels[c.recipientGender], c.recipientAge)],
      ['domain', '问题领域', 18, (c) => problemSays(c.domain)],
      ['serviceDomain', '服务领域', 14, (c) => serviceDomainLabels[c.serviceDomain]],
      ['risk', '风险', 10, (c) => riskLabels[c.risk]],
      ['stage', '阶段', 10, (c) => caseStageLabels[c.stage]],
      ['status', '状态', 10, (c) => caseStatusLabels[c.status]],
      ['workOutcome', '就业结果', 18, (c) => (c.workOutcome === null ? '' : workOutcomeLabels[c.workOutcome])],
      ['openRequests', '进行中的求助', 14, (c) => c.openRequests],
      ['worker', '承办社工', 12, (c) => c.workerName],
      ['station', '站点', 22, (c) => c.stationName],
      ['openedOn', '建立', 16, (c) => c.openedOn],
      ['updatedAt', '最近变化', 22, (c) => momentCell(c.updatedAt)],
    ],
  });
  serveExport(app, services, exportHandovers, {
    title: '个案移交清单',
    read: listHandovers,
    columns: [
      ['number', '个案号', 24, (h) => h.number],
      ['who', '从谁到谁', 20, (h) => `${h.fromName} → ${h.toName}`],
      ['status', '状态', 10, (h) => handoverStatusLabels[h.status]],
      ['cause', '原因', 30, (h) => `${handoverCauseLabels[h.cause]}：${h.reason}`],
      ['mayRead', '移交的材料', 26, (h) => h.mayRead.map((c) => handedClassLabels[c]).join('、')],
      ['proposedAt', '提出', 22, (h) => `${h.proposedByName}　${momentCell(h.proposedAt)}`],
      ['acts', '办理', 26, (h) => (h.answeredAt === null ? '' : `${momentCell(h.answeredAt)}　${h.answer}`)],
    ],
  });
};
