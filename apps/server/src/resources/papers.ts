import { type Day, formatDay } from '@jieyou/core/shared/day.ts';
import { helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { sendPaper } from '../platform/print/index.ts';
import { readReferral } from './referralViews.ts';

/** The referral as a paper (转介单) for the partner's hand: what was agreed to be shown, and room for the answer. */
export const referralPaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: 'html' | 'pdf') => {
  const one = await readReferral(ctx, id);
  const { rows } = await sql<{ centreName: string | null; stationName: string }>`
    select d.centre_name, s.name as station_name from partner_referral f join division d on d.id = f.district_id join station s on s.id = f.station_id
    where f.id = ${id}`.execute(ctx.tx);
  const place = rows[0];
  const answer: [string, string][] =
    one.answeredOn === null
      ? [['联络人答复', '□ 接收　　□ 退回，原因：']]
      : [
          ['联络人答复', `${referralStatusLabels[one.status]}。${one.answer ?? ''}`],
          ['答复人与日期', `${one.answeredBy ?? ''}，${formatDay(one.answeredOn as Day)}`],
        ];
  return sendPaper(ctx, format, `转介单${one.number}`, {
    title: '转介单',
    number: one.number,
    date: formatDay(one.sentOn as Day),
    issuer: place?.centreName ?? place?.stationName ?? '社会工作疑难个案支援中心',
    secrecy: '内部资料　注意保密',
    signatures: ['转介社工', '接收单位'],
    parts: [
      {
        kind: 'table',
        head: ['项目', '内容'],
        rows: [
          ['接收单位', one.partnerName],
          ['联络人', one.liaisons.map((l) => `${l.name}（${l.post}）${l.phone}`).join('；') || '—'],
          ['转介事项', `${helpFieldLabels[one.helpField]}${one.resourceName === null ? '' : `：${one.resourceName}`}`],
          ['求助编号', one.requestNumber],
          ['转介社工', `${one.askerName}（${place?.stationName ?? ''}）`],
          ['请于何时前答复', formatDay(one.until as Day)],
          ['同意依据', one.consent],
        ],
      },
      { kind: 'heading', text: '一、转介原因' },
      { kind: 'text', text: one.reason },
      { kind: 'heading', text: '二、经同意提供的内容' },
      ...one.parts.map((p) => ({ kind: 'text' as const, text: `${p.title}：${p.text}` })),
      {
        kind: 'text',
        text: '姓名、证件号、电话和住址不写在本单上，由转介社工与联络人当面或电话交接。收到后只用于本次服务，不得转给他人。',
      },
      { kind: 'heading', text: '三、答复' },
      { kind: 'table', head: ['项目', '内容'], rows: answer },
      ...(one.result === null
        ? []
        : [
            { kind: 'heading' as const, text: '四、结果' },
            { kind: 'text' as const, text: one.result },
          ]),
    ],
  });
};
