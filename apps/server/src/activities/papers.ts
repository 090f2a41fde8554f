import { formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import { activityCategoryLabels, activityStatusLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { photosForPaper } from '../photos/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, sendPaper } from '../platform/print/index.ts';
import { readActivity } from './views.ts';

const yuan = (fen: number | null): string => (fen === null ? '—' : (fen / 100).toFixed(2));
const moment = (at: string): string => formatInstant(at as Instant);

/** The plan of an activity on A4, and its summary once it is over. Nobody who registered stands on it. */
export const activityPaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: PaperFormat) => {
  const a = await readActivity(ctx as Ctx<never>, id);
  const done = a.status === 'done';
  // A plan shows none: what was photographed is told by the summary.
  const photos = done ? await photosForPaper(ctx, { kind: 'activity', id }) : [];
  const sum = (of: (b: (typeof a.budget)[number]) => number | null) => yuan(a.budget.reduce((n, b) => n + (of(b) ?? 0), 0));
  const places = a.registrations.filter((r) => r.status === 'in').reduce((n, r) => n + r.people, 0);
  const parts: PaperPart[] = [
    {
      kind: 'table',
      head: ['项目', '内容'],
      rows: [
        ['类别', activityCategoryLabels[a.category]],
        ['时间', `${moment(a.startsAt)} 至 ${moment(a.endsAt)}`],
        ['地点', a.place],
        ['名额', a.capacity === null ? '不限' : `${a.capacity} 人`],
        ['社工', `牵头 ${a.leadName}${a.coLeads.length === 0 ? '' : `　协助 ${a.coLeads.map((c) => c.name).join('、')}`}`],
        ['志愿者', a.volunteers.length === 0 ? '—' : `由牵头社工带领：${a.volunteers.map((v) => v.name).join('、')}`],
        ...(a.campaignName === null ? [] : [['宣传周', a.campaignName]]),
        ['状态', `${activityStatusLabels[a.status]}${a.cancelReason === null ? '' : `：${a.cancelReason}`}`],
      ],
    },
    { kind: 'heading', text: '一、目的与内容' },
    { kind: 'text', text: a.aims === '' ? '（未填）' : a.aims },
    { kind: 'heading', text: done ? '二、预算与决算' : '二、预算' },
    a.budget.length === 0
      ? { kind: 'text', text: '没有预算。' }
      : {
          kind: 'table',
          head: ['项目', '预算（元）', ...(done ? ['实支（元）'] : [])],
          rows: [
            ...a.budget.map((b) => [b.title, yuan(b.planned), ...(done ? [yuan(b.spent)] : [])]),
            ['合计', sum((b) => b.planned), ...(done ? [sum((b) => b.spent)] : [])],
          ],
        },
    ...((done
      ? [
          { kind: 'heading', text: '三、到场' },
          {
            kind: 'text',
            text: `报名 ${places} 人，到场 ${a.times ?? 0} 人次${a.persons === null ? '' : `、${a.persons} 人`}，其中现场参加 ${a.walkIns} 人次。`,
          },
          { kind: 'heading', text: '四、总结' },
          { kind: 'text', text: a.summary === null || a.summary === '' ? '（未填）' : a.summary },
          ...(photos.length === 0
            ? []
            : [
                { kind: 'heading', text: '五、照片' },
                { kind: 'photos', photos },
              ]),
        ]
      : []) as PaperPart[]),
  ];
  ctx.saw('activity', id, { kind: 'export', outcome: 'printed' });
  const title = done ? '社区活动总结' : '社区活动计划书';
  return sendPaper(ctx, format, title, {
    title,
    number: a.title,
    issuer: a.stationName,
    secrecy: '内部资料',
    signatures: ['牵头社工', '站长'],
    parts,
  });
};
