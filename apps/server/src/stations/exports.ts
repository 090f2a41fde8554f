import { exportOrganisations, exportStations } from '@jieyou/core/stations/endpoints.ts';
import { buildStageLabels, organisationTypeLabels, stationTierLabels } from '@jieyou/core/texts/labels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listOrganisations, listStations } from './views.ts';

/** Organisations and stations as workbooks: the columns of their lists. */
export const stationsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportOrganisations, {
    title: '机构清单',
    read: listOrganisations,
    columns: [
      ['name', '名称', 30, (r) => r.name],
      ['type', '类别', 16, (r) => organisationTypeLabels[r.type]],
      ['creditCode', '统一社会信用代码', 22, (r) => r.creditCode],
      ['division', '所在区划', 18, (r) => r.divisionName],
      ['workers', '社工（人）', 12, (r) => r.workers],
      ['contact', '联系人', 22, (r) => [r.contact, r.phone].filter(Boolean).join(' ')],
      ['active', '状态', 10, (r) => (r.active ? '在用' : '已停用')],
    ],
  });
  serveExport(app, services, exportStations, {
    title: '站点清单',
    read: listStations,
    columns: [
      ['name', '名称', 30, (r) => r.name],
      ['tier', '层级', 14, (r) => stationTierLabels[r.tier]],
      ['division', '所在区划', 18, (r) => r.divisionName],
      ['operator', '运营机构', 24, (r) => r.operatorName],
      ['host', '依托场地', 22, (r) => r.host],
      ['phone', '电话', 18, (r) => r.phone],
      ['workers', '社工（人）', 12, (r) => r.workers],
      ['stage', '建设', 14, (r) => buildStageLabels[r.stage]],
    ],
  });
};
