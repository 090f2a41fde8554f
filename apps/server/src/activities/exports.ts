import { exportActivities, exportCampaigns } from '@jieyou/core/activities/endpoints.ts';
import { activityCategoryLabels, activityStatusLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { daySays, momentCell, serveExport } from '../platform/http/exporting.ts';
import { listActivities, listCampaigns } from './views.ts';

/** Activities and campaign weeks as workbooks: the columns of their lists, nobody who registered. */
export const activitiesExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportActivities, {
    title: '社区活动清单',
    read: listActivities,
    columns: [
      ['title', '活动', 30, (a) => a.title],
      ['status', '状态', 12, (a) => activityStatusLabels[a.status]],
      ['at', '时间', 22, (a) => momentCell(a.startsAt)],
      ['place', '地点', 24, (a) => a.place],
      ['category', '类别', 14, (a) => activityCategoryLabels[a.category]],
      [
        'registered',
        '报名',
        20,
        (a) => `${a.registered}${a.capacity === null ? '' : `/${a.capacity}`} 人${a.waiting > 0 ? `，候补 ${a.waiting}` : ''}`,
      ],
      ['times', '到场（人次）', 14, (a) => a.times],
      ['lead', '牵头', 12, (a) => a.leadName],
      ['campaign', '宣传周', 22, (a) => a.campaignName],
    ],
  });
  serveExport(app, services, exportCampaigns, {
    title: '宣传周清单',
    read: listCampaigns,
    columns: [
      ['name', '名称', 30, (w) => w.name],
      ['days', '日期', 26, (w) => `${daySays(w.fromDay)}至${daySays(w.toDay)}`],
      ['n', '活动（场）', 12, (w) => w.sums.activities],
      ['done', '已结束（场）', 14, (w) => w.sums.done],
      ['times', '到场（人次）', 14, (w) => w.sums.times ?? '不显示'],
    ],
  });
};
