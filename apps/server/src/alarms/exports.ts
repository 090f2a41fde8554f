import { exportAlarms } from '@jieyou/core/alarms/endpoints.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { alarmKindLabels, alarmStatusLabels, stepCodeLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { riskLabels } from '@jieyou/core/texts/labels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serveExport } from '../platform/http/exporting.ts';
import { listAlarms } from './views.ts';

/** Records of crises and of violence at home as a workbook: the columns of their list. The file's name says nothing of what it holds. */
export const alarmsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportAlarms, {
    title: '专项记录清单',
    read: listAlarms,
    columns: [
      ['due', '期限', 20, (a) => a.clock.words],
      ['next', '下一件事', 26, (a) => (a.nextCode === null ? '' : stepCodeLabels[a.nextCode])],
      ['who', '服务对象', 22, (a) => a.recipientName ?? a.caseNumber],
      ['kind', '类别', 10, (a) => alarmKindLabels[a.kind]],
      ['rating', '评级', 10, (a) => (a.rating === null ? '' : riskLabels[a.rating])],
      ['status', '状态', 12, (a) => alarmStatusLabels[a.status]],
      ['open', '未完成', 10, (a) => a.openSteps],
      ['order', '保护令至', 16, (a) => a.orderTo],
      ['worker', '社工', 12, (a) => a.workerName],
      ['registered', '登记', 16, (a) => dayOf(a.registeredAt as Instant)],
    ],
  });
};
