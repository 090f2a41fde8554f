import { exportRecipientMerges, exportRecipients } from '@jieyou/core/recipients/endpoints.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { momentCell, serveExport } from '../platform/http/exporting.ts';
import { listRecipientMerges, listRecipients } from './views.ts';

/** People, and what was merged, as workbooks; masked as on the page. */
export const recipientsExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportRecipients, {
    title: '服务对象清单',
    read: listRecipients,
    columns: [
      ['name', '姓名', 14, (r) => r.name],
      ['gender', '性别', 8, (r) => genderLabels[r.gender]],
      ['age', '年龄', 8, (r) => r.age],
      ['phone', '电话', 16, (r) => r.phone],
      ['categories', '类别', 26, (r) => r.categories.map((c) => recipientCategoryLabels[c]).join('、')],
      ['openCases', '在办个案', 10, (r) => r.openCases],
      ['station', '站点', 22, (r) => r.stationName],
      ['lastOn', '最近变化', 16, (r) => r.lastOn],
      ['unsafe', '联系提醒', 14, (r) => (r.unsafe ? '联系不安全' : '')],
    ],
  });
  serveExport(app, services, exportRecipientMerges, {
    title: '服务对象合并记录',
    read: listRecipientMerges,
    columns: [
      ['kept', '留下的档案', 18, (m) => m.keptName],
      ['gone', '并入的', 18, (m) => m.goneName],
      ['by', '谁合并', 30, (m) => `${m.mergedByName}　${momentCell(m.mergedAt)}`],
      ['reason', '理由', 30, (m) => m.reason],
      [
        'undone',
        '撤销',
        34,
        (m) => (m.undoneAt === null ? '' : `${m.undoneByName ?? ''}　${momentCell(m.undoneAt)}　${m.undoReason ?? ''}`),
      ],
    ],
  });
};
