import { type Day, dayOf, formatDay } from '@jieyou/core/shared/day.ts';
import { dayHalfLabels, visitReasonLabels } from '@jieyou/core/texts/visitLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { sendPaper, stationOn } from '../platform/print/index.ts';
import { listVisits } from './views.ts';

const MOST = 100;

/** A day's visits on A4, to take along: masked names, no address; a paper lies about. */
export const visitDayPaper = async (
  ctx: Ctx<'print.no-browser'>,
  day: string,
  query: { format: 'html' | 'pdf'; mine?: 'yes' | undefined },
) => {
  const { rows } = await listVisits(ctx as Ctx<never>, {
    limit: MOST,
    status: ['planned'],
    from: day,
    to: day,
    mine: query.mine,
    sort: 'soonest',
  });
  const order = { morning: 0, any: 1, afternoon: 2 } as const;
  const inOrder = [...rows].sort(
    (a, b) => order[a.half] - order[b.half] || a.areaName.localeCompare(b.areaName, 'zh') || a.caseNumber.localeCompare(b.caseNumber),
  );
  // One's own plan need not say whose it is; the room goes to what is written by hand.
  const named = query.mine !== 'yes';
  return sendPaper(ctx, query.format, `探访安排${day}`, {
    title: '探访安排',
    number: formatDay(day as Day),
    date: formatDay(dayOf(ctx.now)),
    issuer: await stationOn(ctx as Ctx<never>),
    secrecy: '内部资料　用后收回',
    signatures: ['社工'],
    parts: [
      {
        kind: 'table',
        head: ['时段', '服务对象', '个案编号', '区域', '事由', ...(named ? ['社工'] : []), '备注　　'],
        rows: inOrder.map((v) => [
          dayHalfLabels[v.half],
          v.recipientName,
          v.caseNumber,
          v.areaName,
          visitReasonLabels[v.reason],
          ...(named ? [v.workerName] : []),
          '',
        ]),
      },
      {
        kind: 'text',
        text: inOrder.length === 0 ? '这一天没有安排探访。' : '住址和电话在平台里查看，不印在纸上。探访不打卡、不定位，照片可以不拍。',
      },
    ],
  });
};
