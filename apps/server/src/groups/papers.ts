import { groupSums } from '@jieyou/core/groups/rules.ts';
import { type Day, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import {
  dynamicsLabels,
  groupKindLabels,
  groupStatusLabels,
  leaveReasonLabels,
  presenceLabels,
  reachedLabels,
} from '@jieyou/core/texts/groupLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { photosForPaper } from '../photos/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, type PrintedPhoto, sendPaper } from '../platform/print/index.ts';
import { readGroup, readSession } from './views.ts';

const day = (one: string | null): string => (one === null ? '—' : formatDay(one as Day));
const yuan = (fen: number | null): string => (fen === null ? '—' : (fen / 100).toFixed(2));
const said = (text: string): string => (text === '' ? '（未填）' : text);
const chapter = (heading: string, text: string): PaperPart[] => [
  { kind: 'heading', text: heading },
  { kind: 'text', text: said(text) },
];

type Whole = Awaited<ReturnType<typeof readGroup>>;

const facts = (g: Whole): PaperPart => ({
  kind: 'table',
  head: ['项目', '内容'],
  rows: [
    ['类型', `${groupKindLabels[g.kind]}　${serviceDomainLabels[g.domain]}`],
    ['地点', g.place],
    ['人数', `${g.minSize} 至 ${g.maxSize} 人`],
    ['社工', `牵头 ${g.leadName}${g.coLeads.length === 0 ? '' : `　协助 ${g.coLeads.map((c) => c.name).join('、')}`}`],
    [
      '志愿者',
      g.volunteers.length === 0
        ? '—'
        : `由牵头社工带领：${g.volunteers.map((v) => (v.task === '' ? v.name : `${v.name}（${v.task}）`)).join('、')}`,
    ],
  ],
});

const budget = (g: Whole, ordinal: string, spent: boolean): PaperPart[] => {
  const sums = groupSums(g.budget);
  return [
    { kind: 'heading', text: `${ordinal}、${spent ? '预算与决算' : '预算'}` },
    {
      kind: 'table',
      head: ['项目', '预算（元）', ...(spent ? ['实支（元）'] : [])],
      rows: [
        ...g.budget.map((b) => [b.title, yuan(b.planned), ...(spent ? [yuan(b.spent)] : [])]),
        ['合计', yuan(sums.planned), ...(spent ? [yuan(sums.spent)] : [])],
      ],
    },
  ];
};

const planParts = (g: Whole): PaperPart[] => [
  facts(g),
  ...chapter('一、理念', g.idea),
  ...chapter('二、目标', g.goals),
  ...chapter('三、对象', g.audience),
  ...chapter('四、招募', g.recruiting),
  { kind: 'heading', text: '五、各节安排' },
  {
    kind: 'table',
    head: ['节次', '日期', '主题', '目标', '地点'],
    rows: g.plan.map((s, i) => [`${i + 1}`, day(s.plannedOn), s.title, s.aim, s.place]),
  },
  { kind: 'heading', text: '六、评估指标' },
  {
    kind: 'table',
    head: ['指标', '分数', '怎样算好'],
    rows: g.indicators.map((i) => [i.title, `${i.least} 至 ${i.most}`, i.better === 'up' ? '越高越好' : '越低越好']),
  },
  { kind: 'heading', text: '七、风险与应对' },
  { kind: 'table', head: ['可能的困难', '怎样应对'], rows: g.risks.map((r) => [r.what, r.answer]) },
  ...budget(g, '八', false),
  {
    kind: 'text',
    text:
      g.approvedAt === null
        ? `状态：${groupStatusLabels[g.status]}。`
        : `${g.approvedByName} 于 ${formatInstant(g.approvedAt as Instant)} 批准。${g.reviews.find((r) => r.decision === 'approve')?.says ?? ''}`,
  },
];

const summaryParts = (g: Whole): PaperPart[] => [
  facts(g),
  {
    kind: 'text',
    text: `共开 ${g.held} 节，到场 ${g.times} 人次、${g.persons} 人（不含没有登记姓名的）。结束日期：${day(g.endedOn)}。`,
  },
  ...chapter('一、目标达成', g.closing?.goals ?? ''),
  ...chapter('二、过程与动力', g.closing?.process ?? ''),
  { kind: 'heading', text: '三、各节情况' },
  {
    kind: 'table',
    head: ['节次', '日期', '主题', '到场', '动力', '目标达成'],
    rows: g.sessionRows
      .filter((s) => s.status === 'held')
      .map((s) => [
        `${s.number}`,
        day(s.heldOn),
        s.title,
        `${(s.came ?? 0) + (s.guests ?? 0)} 人`,
        s.dynamics === null ? '—' : dynamicsLabels[s.dynamics],
        s.reached === null ? '—' : reachedLabels[s.reached],
      ]),
  },
  { kind: 'heading', text: '四、组员' },
  {
    kind: 'table',
    head: ['组员', '加入', '离开', '到场'],
    rows: g.memberRows.map((m) => [
      `${m.name}（${genderLabels[m.gender]}）`,
      day(m.joinedOn),
      m.leftOn === null ? '—' : `${day(m.leftOn)} ${m.leaveReason === null ? '' : leaveReasonLabels[m.leaveReason]}`,
      `${m.came}/${m.asked} 节`,
    ]),
  },
  { kind: 'heading', text: '五、前后测' },
  {
    kind: 'table',
    head: ['指标', '两次都测', '前测平均', '后测平均', '好转、不变、退步', '缺测'],
    rows: g.summaries.map((s) => [
      g.indicators.find((i) => i.id === s.indicatorId)?.title ?? '',
      `${s.both} 人`,
      s.before === null ? '—' : `${s.before}`,
      s.after === null ? '—' : `${s.after}`,
      `${s.better}、${s.same}、${s.worse}`,
      `${s.one + s.none} 人`,
    ]),
  },
  ...chapter('六、经验与不足', g.closing?.lessons ?? ''),
  ...chapter('七、后续跟进', g.closing?.followUp ?? ''),
  ...budget(g, '八', true),
];

const sessionParts = (s: Awaited<ReturnType<typeof readSession>>, photos: readonly PrintedPhoto[]): PaperPart[] => [
  {
    kind: 'table',
    head: ['项目', '内容'],
    rows: [
      ['主题', s.title],
      ['目标', said(s.aim)],
      ['日期', `${day(s.heldOn)}　${s.minutes ?? '—'} 分钟`],
      ['地点', s.place],
      [
        '到场',
        `组员 ${s.came ?? 0} 人${(s.guests ?? 0) > 0 ? `，其他 ${s.guests} 人` : ''}${(s.helpers ?? 0) > 0 ? `，志愿者 ${s.helpers} 人` : ''}`,
      ],
      ['记录', `${s.recordedByName ?? ''} ${s.recordedAt === null ? '' : formatInstant(s.recordedAt as Instant)}`],
    ],
  },
  { kind: 'heading', text: '一、出席' },
  {
    kind: 'table',
    head: ['组员', '出席'],
    rows: s.attendance.map((a) => [a.name, a.presence === null ? '—' : presenceLabels[a.presence]]),
  },
  ...chapter('二、过程', s.process),
  ...chapter('三、小组动力', `${s.dynamics === null ? '' : dynamicsLabels[s.dynamics]}。${s.dynamicsSays}`),
  ...chapter('四、目标达成', `${s.reached === null ? '' : reachedLabels[s.reached]}。${s.reachedSays}`),
  ...chapter('五、下一节跟进', s.next),
  ...(photos.length === 0
    ? []
    : ([
        { kind: 'heading', text: '六、照片' },
        { kind: 'photos', photos },
      ] as const)),
];

/** The plan book, the record of a session or the summary on A4: masked names. */
export const groupPaper = async (
  ctx: Ctx<'print.no-browser' | 'groups.not-recorded'>,
  id: string,
  query: { what: 'plan' | 'session' | 'summary'; sessionId?: string | undefined; format: PaperFormat },
) => {
  const g = await readGroup(ctx as Ctx<never>, id);
  const session = query.what === 'session' ? await readSession(ctx as Ctx<never>, id, query.sessionId ?? id) : null;
  if ((session !== null && session.heldOn === null) || (query.what === 'summary' && g.closing === null))
    return ctx.refuse('groups.not-recorded');
  if (session !== null && session.status !== 'held') return ctx.refuse('groups.not-recorded');
  const photos = session === null ? [] : await photosForPaper(ctx, { kind: 'session', id: session.id });
  const title = session !== null ? `小组记录　第 ${session.number} 节` : query.what === 'plan' ? '小组计划书' : '小组总结报告';
  ctx.saw('group', id, { kind: 'export', outcome: 'printed' });
  return sendPaper(ctx, query.format, title.replace(/\s/g, ''), {
    title,
    number: g.title,
    issuer: g.stationName,
    secrecy: '内部资料　用后收回',
    signatures: query.what === 'session' ? ['社工', '督导'] : ['社工', '站长'],
    parts: session !== null ? sessionParts(session, photos) : query.what === 'plan' ? planParts(g) : summaryParts(g),
  });
};
