import type { ReliefItem, ReliefJoint } from '@jieyou/core/relief/schema.ts';
import { type Day, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import { amount } from '@jieyou/core/shared/words.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import {
  jointKindLabels,
  jointStatusLabels,
  receiptLabels,
  reliefDropLabels,
  reliefNeedLabels,
  reliefSourceLabels,
  reliefStatusLabels,
  undertakingStatusLabels,
} from '@jieyou/core/texts/reliefLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, sendPaper } from '../platform/print/index.ts';
import { listReliefJoints } from './jointViews.ts';
import { readRelief } from './views.ts';

const day = (on: string): string => formatDay(on as Day);
const yuan = (fen: number): string => (fen / 100).toFixed(2);
const said = (text: string | null): string => (text === null || text === '' ? '（未填）' : text);
const chapter = (heading: string, text: string | null): PaperPart[] => [
  { kind: 'heading', text: heading },
  { kind: 'text', text: said(text) },
];
const lined = (heading: string, head: readonly string[], rows: readonly (readonly string[])[], none: string): PaperPart[] => [
  { kind: 'heading', text: heading },
  rows.length === 0 ? { kind: 'text', text: none } : { kind: 'table', head, rows },
];

/** A consultation of the consortium: who sat at the table, what came of it, who does what. */
const jointParts = (j: ReliefJoint): PaperPart[] => {
  const who = (id: string) => j.members.find((m) => m.id === id)?.name ?? '';
  return [
    { kind: 'heading', text: `附　助联体会商　${day(j.onDay)}　${j.place}　${jointStatusLabels[j.status]}` },
    {
      kind: 'text',
      text: j.members
        .map((m) => `${jointKindLabels[m.kind]}：${m.name}（${m.organisation}${m.leftOn === null ? '' : `，${day(m.leftOn)}退出`}）`)
        .join('；'),
    },
    { kind: 'text', text: `告诉参加人的内容：${j.told}\n结果：${said(j.outcome)}` },
    ...(j.undertakings.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            head: ['谁', '做什么', '期限', '结果'],
            rows: j.undertakings.map((u) => [
              who(u.memberId),
              u.what,
              day(u.dueOn),
              `${undertakingStatusLabels[u.status]}${u.overdue ? '（已过期）' : ''}${u.says === null ? '' : `：${u.says}`}`,
            ]),
          },
        ]),
  ];
};

/** A relief case on A4, with what stands on its two lines; what was voided is left out. */
export const reliefPaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: PaperFormat) => {
  const r = await readRelief(ctx as Ctx<never>, id);
  const { rows: joints } = await listReliefJoints(ctx as Ctx<never>, { reliefId: id, limit: 50 });
  const on = (line: ReliefItem['line']) => r.items.filter((i) => i.line === line && i.voidSays === null);
  const [things, services] = [on('material'), on('service')];
  const parts: PaperPart[] = [
    {
      kind: 'table',
      head: ['项目', '内容'],
      rows: [
        ['服务对象', `${r.recipientName}（${genderLabels[r.recipientGender]}）`],
        ['来源', reliefSourceLabels[r.source]],
        ['筛查日期', day(r.screenedOn)],
        ['需求', r.needs.map((n) => reliefNeedLabels[n]).join('、')],
        ['救助顾问', `${r.adviser.name}（${r.adviser.kind === 'worker' ? '社工' : '志愿者，由承办社工带领'}）`],
        ['承办社工', r.workerName],
        ['状态', `${reliefStatusLabels[r.status]}${r.dropped === null ? '' : `：${reliefDropLabels[r.dropped]}`}`],
      ],
    },
    ...chapter('一、筛查', r.needSays),
    ...chapter('二、链接', r.linkSays),
    ...lined(
      '三、物资线',
      ['日期', '物资', '来源', '数量', '价值（元）', '回执'],
      [
        ...things.map((i) => [
          day(i.onDay),
          i.what,
          i.fromWhom,
          amount(i.quantity ?? '', i.unit),
          yuan(Number(i.valueFen ?? 0)),
          i.receipt === null ? '—' : receiptLabels[i.receipt],
        ]),
        ...(things.length === 0 ? [] : [['合计', '', '', '', yuan(things.reduce((n, i) => n + Number(i.valueFen ?? 0), 0)), '']]),
      ],
      '没有登记物资。',
    ),
    ...lined(
      '四、服务线',
      ['日期', '服务', '提供', '分钟'],
      [
        ...services.map((i) => [day(i.onDay), i.what, i.fromWhom, `${i.minutes ?? ''}`]),
        ...(services.length === 0 ? [] : [['合计', '', '', `${services.reduce((n, i) => n + (i.minutes ?? 0), 0)}`]]),
      ],
      '没有登记服务。',
    ),
    ...(r.oneLineSays === null ? [] : ([{ kind: 'text', text: `只有一条线的原因：${r.oneLineSays}` }] as PaperPart[])),
    { kind: 'heading', text: '五、反馈' },
    { kind: 'text', text: `${r.satisfied === null ? '' : `满意程度：${r.satisfied} / 5。\n`}${said(r.feedbackSays)}` },
    ...(r.closeSays === null ? [] : chapter('六、结束', r.closeSays)),
    ...joints.flatMap(jointParts),
    { kind: 'text', text: `最后登记：${formatInstant(new Date(r.updatedAt).toISOString() as Instant)}。` },
  ];
  ctx.saw('relief', id, { kind: 'export', outcome: 'printed' });
  return sendPaper(ctx, format, `救助个案${day(r.screenedOn)}`, {
    title: '救助个案登记表',
    number: `筛查于${day(r.screenedOn)}`,
    issuer: r.stationName,
    secrecy: '内部资料　注意保密',
    signatures: ['服务对象', '救助顾问', '承办社工', '站长'],
    parts,
  });
};
