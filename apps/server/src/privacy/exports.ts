import {
  exportAssessments,
  exportBreaches,
  exportDestructionLists,
  exportRetention,
  exportRights,
} from '@jieyou/core/privacy/endpoints.ts';
import {
  askerKindLabels,
  breachKindLabels,
  breachWaitLabels,
  listStatusLabels,
  markKindLabels,
  retentionClassLabels,
  rightKindLabels,
  rightStatusLabels,
  riskGradeLabels,
} from '@jieyou/core/texts/privacyLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listDestructionLists, listRetention } from './archive.ts';
import { listAssessments, listBreaches } from './registers.ts';
import { listRights } from './rightViews.ts';

/** Registers of privacy as workbooks: the columns of their lists, people masked and cases by number. */
export const privacyExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportRights, {
    title: '个人信息权利请求清单',
    read: listRights,
    columns: [
      ['receiptNo', '回执号', 22, (r) => r.receiptNo],
      ['kind', '请求', 18, (r) => rightKindLabels[r.kind]],
      ['subject', '关于谁', 14, (r) => r.subjectMasked],
      ['asker', '请求人', 16, (r) => askerKindLabels[r.askerKind]],
      ['status', '状态', 14, (r) => rightStatusLabels[r.status]],
      ['clock', '答复时限', 16, (r) => r.dueOn],
      ['station', '受理站点', 24, (r) => r.stationName],
      ['by', '受理人', 14, (r) => r.receivedByName],
    ],
  });
  serveExport(app, services, exportRetention, {
    title: '保管期限清单',
    read: listRetention,
    columns: [
      ['number', '编号', 24, (r) => r.number],
      ['class', '类别', 18, (r) => retentionClassLabels[r.retentionClass]],
      ['closed', '结案', 16, (r) => r.closedOn],
      ['due', '保管到', 16, (r) => r.dueOn],
      ['state', '状态', 22, (r) => (r.onList !== null ? `在清册 ${r.onList}` : r.stopped ? '停止处理' : r.due ? '期满待鉴定' : '保管中')],
      ['marks', '标记', 24, (r) => r.marks.map((m) => markKindLabels[m.kind]).join('、')],
    ],
  });
  serveExport(app, services, exportDestructionLists, {
    title: '销毁清册目录',
    read: listDestructionLists,
    columns: [
      ['number', '清册号', 22, (r) => r.number],
      ['status', '状态', 14, (r) => listStatusLabels[r.status]],
      ['items', '份数', 10, (r) => r.items],
      ['station', '站点', 24, (r) => r.stationName],
      ['by', '鉴定', 30, (r) => `${r.appraisedByName}　${momentCell(r.appraisedAt)}`],
      ['approved', '批准', 14, (r) => r.approvedByName],
    ],
  });
  serveExport(app, services, exportAssessments, {
    title: '影响评估清单',
    read: listAssessments,
    columns: [
      ['title', '名称', 36, (r) => r.title],
      ['number', '编号', 20, (r) => r.number],
      ['risk', '风险', 10, (r) => riskGradeLabels[r.risk]],
      ['on', '评估', 26, (r) => `${r.assessedOn} ${r.assessedBy}`],
      ['review', '复评', 20, (r) => `${r.reviewDue ? '已到 ' : ''}${r.reviewOn}`],
      ['keep', '保存到', 16, (r) => r.keepUntil],
    ],
  });
  serveExport(app, services, exportBreaches, {
    title: '安全事件清单',
    read: listBreaches,
    columns: [
      ['number', '编号', 20, (r) => r.number],
      ['found', '发现', 22, (r) => momentCell(r.foundAt)],
      ['kinds', '信息种类', 30, (r) => r.kinds.map((k) => breachKindLabels[k]).join('、')],
      ['persons', '人数', 10, (r) => r.persons],
      [
        'clock',
        '通知主管部门',
        30,
        (r) => (r.authorityToldAt === null ? `${momentCell(r.dueAt)} 前` : `${momentCell(r.authorityToldAt)}${r.late ? '（迟）' : ''}`),
      ],
      [
        'state',
        '状态',
        30,
        (r) =>
          r.closedAt !== null ? '已办结' : r.waits.length === 0 ? '可办结' : `还差：${r.waits.map((w) => breachWaitLabels[w]).join('、')}`,
      ],
    ],
  });
};
