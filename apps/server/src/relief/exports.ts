import { exportRelief, exportReliefJoints } from '@jieyou/core/relief/endpoints.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import {
  jointKindLabels,
  jointStatusLabels,
  reliefNeedLabels,
  reliefSourceLabels,
  reliefStatusLabels,
} from '@jieyou/core/texts/reliefLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listReliefJoints } from './jointViews.ts';
import { listRelief } from './views.ts';

/** Relief cases as a workbook, masked: the columns of their list. */
export const reliefExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportRelief, {
    title: '救助个案清单',
    read: listRelief,
    columns: [
      ['who', '服务对象', 22, (r) => `${r.recipientName}（${genderLabels[r.recipientGender]}）`],
      ['status', '状态', 12, (r) => reliefStatusLabels[r.status]],
      ['needs', '需求', 26, (r) => r.needs.map((n) => reliefNeedLabels[n]).join('、')],
      ['source', '来源', 14, (r) => reliefSourceLabels[r.source]],
      ['on', '筛查', 16, (r) => r.screenedOn],
      ['things', '物资（笔）', 12, (r) => r.things],
      ['things', '价值（元）', 12, (r) => r.valueFen / 100],
      ['services', '服务（次）', 12, (r) => r.services],
      ['services', '服务（分钟）', 14, (r) => r.minutes],
      ['worker', '社工', 12, (r) => r.workerName],
      ['station', '站点', 22, (r) => r.stationName],
    ],
  });
  serveExport(app, services, exportReliefJoints, {
    title: '助联体会商清单',
    read: listReliefJoints,
    columns: [
      ['on', '会商日期', 16, (r) => r.onDay],
      ['place', '地点', 22, (r) => r.place],
      ['status', '状态', 12, (r) => jointStatusLabels[r.status]],
      [
        'members',
        '参加',
        48,
        (r) =>
          r.members
            .filter((m) => m.leftOn === null)
            .map((m) => `${m.name}（${jointKindLabels[m.kind]}）`)
            .join('、'),
      ],
      ['undertakings', '认领（件）', 12, (r) => r.undertakings.length],
      ['open', '在办（件）', 12, (r) => r.undertakings.filter((u) => u.status === 'open').length],
      ['open', '过期（件）', 12, (r) => r.undertakings.filter((u) => u.overdue).length],
      ['worker', '召集', 12, (r) => r.workerName],
      ['station', '站点', 22, (r) => r.stationName],
    ],
  });
};
