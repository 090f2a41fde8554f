import { exportGroups } from '@jieyou/core/groups/endpoints.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { groupKindLabels, groupStatusLabels } from '@jieyou/core/texts/groupLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listGroups } from './views.ts';

/** Groups as a workbook: the columns of their list, no member. */
export const groupsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportGroups, {
    title: '小组清单',
    read: listGroups,
    columns: [
      ['title', '小组', 30, (r) => r.title],
      ['status', '阶段', 12, (r) => groupStatusLabels[r.status]],
      ['kind', '类型', 14, (r) => groupKindLabels[r.kind]],
      ['domain', '服务领域', 14, (r) => serviceDomainLabels[r.domain]],
      ['start', '第一节', 16, (r) => r.startsOn],
      ['next', '下一节', 16, (r) => r.nextOn],
      ['sessions', '已开节数', 12, (r) => r.held],
      ['sessions', '总节数', 12, (r) => r.sessions],
      ['members', '组员（人）', 12, (r) => r.members],
      ['times', '到场（人次）', 14, (r) => r.times],
      ['planned', '预算（元）', 12, (r) => r.plannedFen / 100],
      ['spent', '实支（元）', 12, (r) => r.spentFen / 100],
      ['lead', '牵头', 12, (r) => r.leadName],
      ['place', '地点', 22, (r) => r.place],
      ['station', '站点', 22, (r) => r.stationName],
    ],
  });
};
