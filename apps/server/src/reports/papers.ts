import { dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import {
  entryKindLabels,
  minutesInWords,
  placementLabels,
  policeMannerLabels,
  reportStatusLabels,
  SITUATION_SOURCE,
  situationLabels,
} from '@jieyou/core/texts/reportLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { sendPaper } from '../platform/print/index.ts';
import { readReport } from './views.ts';

/** The registration form (强制报告登记表) on A4. The reporter is not on it, and neither is the case. */
export const reportPaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: 'html' | 'pdf') => {
  const report = await readReport(ctx, id);
  // The reporter reads the own report and prints none: a paper lies about.
  if (!report.can.includes('print')) return ctx.notFound();
  const moment = (at: string | null) => (at === null ? '—' : formatInstant(at as Instant));
  return sendPaper(ctx, format, `强制报告${report.number}`, {
    title: '侵害未成年人案件强制报告登记表',
    number: report.number,
    date: formatDay(dayOf(report.registeredAt as Instant)),
    issuer: report.stationName ?? '社会工作疑难个案支援中心',
    secrecy: '内部资料　严格保密',
    signatures: ['站长', '督导'],
    parts: [
      { kind: 'heading', text: '一、发现的情况' },
      {
        kind: 'table',
        head: ['项目', '内容'],
        rows: [
          ['情形', `${situationLabels[report.situation]}（${SITUATION_SOURCE}）`],
          ['发现地点', report.place],
          ['孩子的称呼', report.child ?? '—'],
          ['发现时间', moment(report.discoveredAt)],
          ['登记时间', moment(report.registeredAt)],
          ['确认收到', moment(report.acknowledgedAt)],
          ['报警时间', moment(report.reportedAt)],
          ['从发现到报警', report.reportedAt === null ? '尚未登记报警' : minutesInWords(report.minutes)],
          ['报告人', '依法保密，另行保管'],
          ['目前状态', reportStatusLabels[report.status]],
        ],
      },
      { kind: 'text', text: report.seen },
      { kind: 'heading', text: '二、办理经过' },
      {
        kind: 'table',
        head: ['时间', '事项', '单位与编号', '内容', '记录人'],
        rows: report.entries.map((e) => [
          moment(e.at),
          entryKindLabels[e.kind],
          [
            e.manner === null ? null : policeMannerLabels[e.manner],
            e.unit,
            e.officerNo === null ? null : `警号 ${e.officerNo}`,
            e.receiptNo === null ? null : `回执 ${e.receiptNo}`,
            e.placement === null ? null : placementLabels[e.placement],
          ]
            .filter((part) => part !== null)
            .join('，'),
          e.says ?? '',
          e.by,
        ]),
      },
    ],
  });
};
