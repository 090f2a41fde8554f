import { exportAppeals, exportClues } from '@jieyou/core/appeals/endpoints.ts';
import { appealChannelLabels, appealStatusLabels, appealTopicLabels } from '@jieyou/core/texts/appealsLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listClues } from './clueViews.ts';
import { listAppeals } from './views.ts';

/** What residents asked, as a workbook: the register and its clocks, no word of theirs. */
export const appealsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportAppeals, {
    title: '居民求助清单',
    read: listAppeals,
    columns: [
      ['number', '编号', 20, (r) => r.number],
      ['clock', '时限', 22, (r) => r.clock.words],
      ['status', '状态', 16, (r) => `${appealStatusLabels[r.status]}${r.urgent ? '（紧急）' : ''}`],
      ['topic', '什么事', 18, (r) => appealTopicLabels[r.topic]],
      ['channel', '来源', 14, (r) => appealChannelLabels[r.channel]],
      ['station', '站点', 22, (r) => r.stationName ?? '支援中心'],
      ['taker', '接手人', 12, (r) => r.takerName],
      ['asked', '收到', 22, (r) => momentCell(r.askedAt)],
    ],
  });
  serveExport(app, services, exportClues, {
    title: '线索清单',
    read: listClues,
    columns: [
      ['number', '编号', 20, (r) => r.number],
      ['status', '状态', 16, (r) => `${appealStatusLabels[r.status]}${r.urgent ? '（紧急）' : ''}`],
      ['topic', '什么事', 18, (r) => appealTopicLabels[r.topic]],
      ['community', '社区（村）', 18, (r) => r.communityName],
      ['station', '社工站', 22, (r) => r.stationName],
      ['due', '最晚答复', 22, (r) => momentCell(r.dueAt)],
      ['accompanied', '陪同入户', 16, (r) => r.accompaniedOn],
      ['asked', '报送', 22, (r) => momentCell(r.askedAt)],
    ],
  });
};
