import { knownAtOf } from '@jieyou/core/alarms/rules.ts';
import { dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import {
  alarmEntryLabels,
  alarmSourceLabels,
  alarmStatusLabels,
  capacityLabels,
  disclosedByLabels,
  EMERGENCY_LINES,
  entryInWords,
  orderInWords,
  orderName,
  screenAnswerLabels,
  screeningLabels,
  stepCodeLabels,
  violenceFormLabels,
} from '@jieyou/core/texts/alarmLabels.ts';
import { riskLabels } from '@jieyou/core/texts/labels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, sendPaper, stationOn } from '../platform/print/index.ts';
import { readAlarm } from './views.ts';

/** A record on A4, or the safety plan by itself, which the person may keep: it names nobody and nothing of the matter. */
export const alarmPaper = async (ctx: Ctx<'print.no-browser'>, id: string, query: { format: 'html' | 'pdf'; part: 'record' | 'plan' }) => {
  const found = await readAlarm(ctx as Ctx<never>, id);
  if (!found.can.includes('print')) return ctx.notFound();
  const plan = found.entries.find((e) => e.kind === 'safety-plan');
  if (query.part === 'plan' && plan === undefined) return ctx.notFound();
  const title = query.part === 'plan' ? '我的安全计划' : found.kind === 'crisis' ? '危机处置记录' : '家庭暴力个案记录';
  // The name of a file lies in a list of downloads that others may see.
  return sendPaper(ctx, query.format, `${found.caseNumber}`, {
    title,
    number: query.part === 'plan' ? '' : found.caseNumber,
    date: formatDay(dayOf(ctx.now)),
    // What the person keeps does not say which station.
    issuer: query.part === 'plan' ? '社会工作服务站' : await stationOn(ctx as Ctx<never>, { kind: 'case', id: found.caseId }),
    secrecy: query.part === 'plan' ? '本人保管' : '内部资料　严格保密',
    ...(query.part === 'plan' ? { watermark: '' } : {}),
    signatures: query.part === 'plan' ? [] : ['社工', '站长', '督导'],
    parts: query.part === 'plan' && plan !== undefined ? planParts(plan.body) : recordParts(found),
  });
};

const LINES = EMERGENCY_LINES.filter((l) => l.number !== '12338')
  .map((l) => `${l.number} ${l.says}`)
  .join('　');

const planParts = (body: Readonly<Record<string, unknown>>): PaperPart[] => [
  ...entryInWords(body).flatMap(({ label, says }): PaperPart[] => [
    { kind: 'heading', text: label },
    { kind: 'text', text: says },
  ]),
  { kind: 'heading', text: '随时可以打的电话' },
  { kind: 'text', text: LINES },
];

/** A record in parts. */
export const recordParts = (a: Awaited<ReturnType<typeof readAlarm>>): PaperPart[] => {
  const moment = (at: string | null) => (at === null ? '—' : formatInstant(at as Instant));
  const facts: [string, string][] = [
    ['服务对象', a.recipientName ?? '—'],
    ['承办社工', a.workerName],
    // Where it was told or seen before it stood here, the clocks began there.
    ...(moment(knownAtOf(a)) === moment(a.registeredAt)
      ? []
      : ([['得知时间', `${moment(knownAtOf(a))}（时限从这时算起）`]] as [string, string][])),
    ['登记时间', moment(a.registeredAt)],
    ['来源', alarmSourceLabels[a.source]],
    ['目前状态', alarmStatusLabels[a.status]],
    ...(a.rating === null ? [] : ([['目前评级', riskLabels[a.rating]]] as [string, string][])),
    ...(a.screening === null
      ? []
      : ([
          [
            '筛查',
            (Object.keys(screeningLabels) as (keyof typeof screeningLabels)[])
              .map((key) => `${screeningLabels[key]}：${screenAnswerLabels[a.screening?.[key] ?? 'unknown']}`)
              .join('　'),
          ],
          ['量表（只作参考，不决定评级）', a.scale ?? '没有使用'],
        ] as [string, string][])),
    ...(a.kind === 'crisis'
      ? []
      : ([
          ['谁说的', a.disclosedBy === null ? '—' : disclosedByLabels[a.disclosedBy]],
          ['形式', a.forms.map((f) => violenceFormLabels[f]).join('、')],
          ['民事行为能力', a.capacity === null ? '—' : capacityLabels[a.capacity]],
          ['即刻危险', a.immediate ? '有' : '没有'],
          ['加害人', `${a.abuser ?? '未写姓名'}（${a.relation ?? '—'}）`],
          ...a.orders.map((o): [string, string] => [orderName(o.no), orderInWords(o)]),
        ] as [string, string][])),
  ];
  return [
    { kind: 'heading', text: '一、基本情况' },
    { kind: 'table', head: ['项目', '内容'], rows: facts },
    { kind: 'text', text: a.trigger },
    { kind: 'heading', text: '二、必须做的事' },
    {
      kind: 'table',
      head: ['事项', '期限', '完成', '依据'],
      rows: a.steps.map((s) => [
        `${stepCodeLabels[s.code]}${s.orderNo === null ? '' : `（${orderName(s.orderNo)}）`}`,
        moment(s.dueAt),
        s.doneAt === null ? s.clock.words : `${moment(s.doneAt)} ${s.doneByName ?? ''}`,
        s.source,
      ]),
    },
    { kind: 'heading', text: '三、经过' },
    a.entries.length === 0
      ? { kind: 'text', text: '还没有记录。' }
      : {
          kind: 'table',
          head: ['时间', '事项', '内容与记录人'],
          rows: [...a.entries]
            .reverse()
            .map((e) => [
              moment(e.at),
              `${alarmEntryLabels[e.kind]}${e.orderNo === null ? '' : `（${orderName(e.orderNo)}）`}`,
              [...entryInWords(e.body).map(({ label, says }) => `${label}：${says}`), `记录人：${e.byName ?? '保密'}`].join('；'),
            ]),
        },
  ];
};
