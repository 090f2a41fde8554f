import { exportCalls, exportHotlines, exportTickets } from '@jieyou/core/calls/endpoints.ts';
import {
  callerRelationLabels,
  callKindLabels,
  callStatusLabels,
  satisfactionLabels,
  ticketStatusLabels,
} from '@jieyou/core/texts/callsLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listCalls, listHotlines, listTickets } from './views.ts';

/** Calls and tickets as workbooks: their registers, nobody who called. */
export const callsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportCalls, {
    title: '来电清单',
    read: listCalls,
    columns: [
      ['number', '编号', 20, (r) => r.number],
      ['savedAt', '时间', 22, (r) => momentCell(r.startedAt)],
      ['kind', '类别', 14, (r) => callKindLabels[r.kind]],
      ['status', '状态', 14, (r) => callStatusLabels[r.status]],
      ['relation', '来电人', 14, (r) => callerRelationLabels[r.relation]],
      ['to', '去向', 26, (r) => [r.appealNumber, r.handedTo].filter(Boolean).join('、')],
      ['taker', '接听', 12, (r) => r.takerName],
    ],
  });
  serveExport(app, services, exportTickets, {
    title: '转办单清单',
    read: listTickets,
    columns: [
      ['externalNo', '单号', 26, (r) => `${r.source} ${r.externalNo}`],
      ['clock', '时限', 22, (r) => r.clock.words],
      ['status', '状态', 14, (r) => ticketStatusLabels[r.status]],
      ['due', '应在此前回复', 22, (r) => momentCell(r.dueAt)],
      ['holder', '办理人', 12, (r) => r.holderName],
      ['satisfaction', '满意度', 12, (r) => (r.satisfaction === null ? '' : satisfactionLabels[r.satisfaction])],
    ],
  });
  serveExport(app, services, exportHotlines, {
    title: '热线号码',
    read: listHotlines,
    columns: [
      ['number', '号码', 18, (r) => r.number],
      ['name', '名称', 22, (r) => r.name],
      ['helps', '什么时候打', 40, (r) => r.helps],
      ['hours', '服务时间', 20, (r) => r.hours],
      ['source', '来源', 26, (r) => r.source],
      ['active', '状态', 10, (r) => (r.active ? '在用' : '已停用')],
    ],
  });
};
