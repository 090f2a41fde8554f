import { exportRecipientMerges, exportRecipientPairs, exportRecipients } from '@jieyou/core/recipients/endpoints.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { alikeByLabels, recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { inWords, momentCell, serveExport } from '../platform/http/exporting.ts';
import { listRecipientMerges, listRecipientPairs, listRecipients } from './views.ts';

type Side = Awaited<ReturnType<typeof listRecipientPairs>>['rows'][number]['one'];

const said = (s: Side): string =>
  [
    inWords(s.name, genderLabels[s.gender], s.age),
    `证件 ${s.idNumber ?? '没有填写'}`,
    `电话 ${s.phone ?? '没有填写'}`,
    `住址 ${s.address ?? '没有填写'}`,
    `${s.stationName}　在办 ${s.openCases} 个，结案 ${s.closedCases} 个`,
  ].join('\n');

/** People, people who may be one person, and what was merged, as workbooks; masked as on the page. */
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
      ['lastOn', '最近变化', 14, (r) => r.lastOn],
      ['unsafe', '联系提醒', 14, (r) => (r.unsafe ? '联系不安全' : '')],
    ],
  });
  serveExport(app, services, exportRecipientPairs, {
    title: '可能重复的服务对象',
    read: listRecipientPairs,
    columns: [
      ['because', '因为', 26, (p) => p.because.map((b) => alikeByLabels[b]).join('；')],
      ['one', '第一份', 44, (p) => said(p.one)],
      ['other', '第二份', 44, (p) => said(p.other)],
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
