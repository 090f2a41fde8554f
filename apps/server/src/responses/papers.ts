import type { ResponseContent, ResponseFile, ResponseStatus } from '@jieyou/core/responses/schema.ts';
import { type Day, dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { ordinal } from '@jieyou/core/shared/words.ts';
import { legalBasisLabels } from '@jieyou/core/texts/labels.ts';
import { responsePaperLabels, supervisionFormLabels, supervisionTypeLabels } from '@jieyou/core/texts/responsesLabels.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { sendPaper } from '../platform/print/index.ts';
import { inReach } from './store.ts';
import { readResponse } from './views.ts';

const yuan = (fen: number | null): string => (fen === null ? '' : (fen / 100).toFixed(2));

type Section = readonly [heading: string, text: string];

const day = (value: string): string => formatDay(value as Day);

const sectionsOf = (file: ResponseFile, content: ResponseContent): Section[] => {
  switch (content.kind) {
    case 'transfer':
      return [
        ['转介事由', content.reason],
        [
          '接收方',
          `${file.toName ?? ''}（${file.toPlace ?? ''}）${content.replyBy === null ? '' : `，请在 ${day(content.replyBy)} 前答复`}`,
        ],
        ['依据', `${legalBasisLabels[content.basisKind]}${content.basisGround === null ? '' : `：${content.basisGround}`}`],
        ['移交内容', content.handed.map((h) => `${h.title}：${h.text}`).join('\n')],
        ['退回经过', content.returned.map((r) => `${formatInstant(r.at as Instant)} ${r.name}（${r.place}）退回：${r.reason}`).join('\n')],
        [
          '回执',
          content.receipt === null
            ? '还没有回执。'
            : `${content.receipt.byName}于 ${formatInstant(content.receipt.at as Instant)} 接收。${content.receipt.says}${content.receipt.contactOn === null ? '' : `　首次联系：${day(content.receipt.contactOn)}`}`,
        ],
        ['办理结果', content.result ?? '还没有办结。'],
      ];
    case 'supervision':
      return [
        [
          '基本情况',
          `日期：${day(content.heldOn)}，${content.startsAt} 至 ${content.endsAt}，共 ${file.minutes ?? 0} 分钟。督导：${file.toName ?? ''}。受督导社工：${file.workerName ?? ''}。${supervisionTypeLabels[content.type]}，${supervisionFormLabels[content.form]}。${content.others === '' ? '' : `其他参加人：${content.others}。`}`,
        ],
        ['督导议题', content.topics],
        ['督导意见', content.advice],
        ['后续跟进', content.followUp],
        [
          '签认',
          `督导：${file.supervisorSignedAt === null ? '未签认' : `${file.toName} ${formatInstant(file.supervisorSignedAt as Instant)} 签认`}\n社工：${file.workerSignedAt === null ? '未签认' : `${file.workerName} ${formatInstant(file.workerSignedAt as Instant)} 签认`}`,
        ],
      ];
    case 'seminar':
      return [
        [
          '基本情况',
          `议题：${content.topic}。时间：${day(content.heldOn)} ${content.startsAt}。地点：${content.place}。参加人：${[...file.participants, content.guests].filter((p) => p !== '').join('、')}。`,
        ],
        ['议程', content.agenda],
        ['研讨纪要', content.minutes ?? '还没有召开。'],
        ['结论', content.conclusions ?? '还没有结论。'],
      ];
    case 'resource-link':
      return [
        ['资源', content.resourceName],
        ['所请事项', content.asked],
        ['资源方回复', content.reply ?? '还没有回复。'],
        [
          '提供情况',
          content.provided === null
            ? '还没有提供。'
            : `${file.heldOn === null ? '' : `${day(file.heldOn)}：`}${content.provided}${file.amountFen === null ? '' : `　金额 ${yuan(file.amountFen)} 元`}`,
        ],
        ['结果', content.result ?? '还没有登记。'],
        [
          '服务对象反馈',
          `${content.feedback ?? '还没有登记。'}${content.satisfaction === null ? '' : `　满意程度 ${content.satisfaction} 分（满分 5 分）`}`,
        ],
      ];
  }
};

/** Every record of a request as its paper says it, in the order in which they were made. What was withdrawn has no sections. */
export const recordsOfRequest = async (ctx: Ctx<never>, requestId: string) => {
  const { rows } = await sql<{ id: string }>`select s.id from support_response s where s.request_id = ${requestId} and ${inReach(ctx.actor)}
    order by s.id`.execute(ctx.tx);
  const records: { lineId: string; title: string; status: ResponseStatus; on: string | null; sections: Section[] }[] = [];
  for (const { id } of rows) {
    const file = await readResponse(ctx, id);
    const { lineId, status, heldOn, openedAt, kind } = file;
    const sections = status === 'withdrawn' ? [] : sectionsOf(file, file.content).filter(([, text]) => text !== '');
    records.push({ lineId, title: responsePaperLabels[kind], status, on: heldOn ?? dayOf(openedAt as Instant), sections });
  }
  return records;
};

const SIGNATURES: Readonly<Record<ResponseContent['kind'], string[]>> = {
  transfer: ['发出方', '接收方'],
  supervision: ['督导', '社工'],
  seminar: ['主持人', '记录人'],
  'resource-link': ['经办人', '服务对象或代理人'],
};

/** The record as an A4 paper, as page or PDF. */
export const responsePaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: 'html' | 'pdf') => {
  const file = await readResponse(ctx, id);
  const { rows } = await sql<{ centreName: string | null }>`select centre_name from division where id = ${ctx.actor.districtId}`.execute(
    ctx.tx,
  );
  const title = responsePaperLabels[file.kind];
  const taken: Section[] = file.content.withdrawn === undefined ? [] : [['撤回', file.content.withdrawn]];
  const sections = [...sectionsOf(file, file.content), ...taken].filter(([, text]) => text !== '');
  return sendPaper(ctx, format, `${title}${file.number}`, {
    title,
    number: file.number,
    date: formatDay(file.heldOn === null || file.kind === 'transfer' ? dayOf(file.openedAt as Instant) : (file.heldOn as Day)),
    issuer: rows[0]?.centreName ?? '社会工作疑难个案支援中心',
    secrecy: '内部资料　注意保密',
    signatures: SIGNATURES[file.kind],
    parts: sections.flatMap(([heading, text], i) => [
      { kind: 'heading' as const, text: `${ordinal(i + 1)}、${heading}` },
      { kind: 'text' as const, text },
    ]),
  });
};
