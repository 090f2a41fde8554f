import type { StopGround } from '@jieyou/core/privacy/schema.ts';
import { type Day, dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import {
  askerKindLabels,
  identityProofLabels,
  listStatusLabels,
  retentionClassLabels,
  rightKindLabels,
  rightStatusLabels,
  stopGroundLabels,
} from '@jieyou/core/texts/privacyLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { sendPaper } from '../platform/print/index.ts';
import { readDestructionList } from './archive.ts';
import { mapOf } from './copy.ts';
import * as store from './store.ts';

/** The written answer to a person (答复书), A4: what was asked, what was decided, why, and what one may do then. */
export const readRightPaper = async (ctx: Ctx<'privacy.not-answered' | 'print.no-browser'>, id: string, format: 'html' | 'pdf') => {
  const found = (await store.rightById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (found.decidedAt === null) return ctx.refuse('privacy.not-answered');
  const stops = await store.stopsOf(ctx.tx, ctx.actor.districtId, id);
  const rows = found.status === 'refused' ? [] : mapOf(await store.personalRows(ctx.tx, id));
  ctx.saw('privacy-request', id, { outcome: format });
  return sendPaper(ctx, format, `答复书${found.receiptNo}`, {
    title: '个人信息权利请求答复书',
    number: found.receiptNo,
    date: formatDay(dayOf(found.decidedAt as Instant)),
    issuer: found.centreName ?? found.stationName,
    signatures: ['经办人', '决定人', '请求人（签收）'],
    parts: [
      { kind: 'heading', text: '一、您的请求' },
      {
        kind: 'text',
        text: `${askerKindLabels[found.askerKind]}于${formatDay(dayOf(found.receivedAt as Instant))}提出：${rightKindLabels[found.kind]}${found.subjectMasked}的个人信息。${found.wish}`,
      },
      {
        kind: 'text',
        text:
          found.checked.length === 0 ? '身份核对：未完成。' : `身份核对：${found.checked.map((c) => identityProofLabels[c]).join('、')}。`,
      },
      { kind: 'heading', text: '二、办理结果' },
      { kind: 'text', text: `${rightStatusLabels[found.status]}。${found.answer ?? ''}` },
      ...(found.reason === null ? [] : [{ kind: 'text' as const, text: `理由：${found.reason}` }]),
      ...(stops.length === 0
        ? []
        : [
            { kind: 'heading' as const, text: '三、停止处理的个案' },
            {
              kind: 'table' as const,
              head: ['个案编号', '暂不能删除的理由', '停止处理自'],
              rows: stops.map((s) => [
                s.caseNumber,
                s.grounds.map((g) => stopGroundLabels[g as StopGround]).join('、'),
                formatInstant(s.since as Instant),
              ]),
            },
          ]),
      ...(rows.length === 0 || (found.kind !== 'access' && found.kind !== 'copy')
        ? []
        : [
            { kind: 'heading' as const, text: '三、保存的个人信息' },
            { kind: 'table' as const, head: ['种类', '条数', '说明'], rows: rows.map((r) => [r.title, String(r.count), r.says]) },
          ]),
      { kind: 'heading', text: '您还可以' },
      { kind: 'text', text: found.route ?? '对答复有异议，可以向主管部门投诉，或依法向人民法院起诉（个人信息保护法第50条、第65条）。' },
    ],
  });
};

/** The list of destruction (销毁清册), A4, with room for two signatures. */
export const readDestructionPaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: 'html' | 'pdf') => {
  const list = await readDestructionList(ctx, id);
  return sendPaper(ctx, format, `销毁清册${list.number}`, {
    title: '档案销毁清册',
    number: list.number,
    date: formatDay(dayOf((list.executedAt ?? list.approvedAt ?? list.appraisedAt) as Instant)),
    issuer: list.stationName,
    signatures: ['鉴定人', '批准人', '监销人'],
    parts: [
      { kind: 'text', text: `状态：${listStatusLabels[list.status]}。共 ${list.items.length} 份。` },
      { kind: 'text', text: `鉴定意见（${list.appraisedByName}，${formatInstant(list.appraisedAt as Instant)}）：${list.opinion}` },
      ...(list.answer === null
        ? []
        : [
            {
              kind: 'text' as const,
              text: `批准意见（${list.approvedByName}，${formatInstant(list.approvedAt as Instant)}）：${list.answer}`,
            },
          ]),
      {
        kind: 'table',
        head: ['个案编号', '档案类别', '结案', '期满', '销毁情况'],
        rows: list.items.map((i) => [
          i.caseNumber,
          retentionClassLabels[i.retentionClass],
          formatDay(i.closedOn as Day),
          formatDay(i.dueOn as Day),
          i.destroyedAt === null
            ? i.spared === null
              ? '未销毁'
              : '未销毁：登记了不得销毁'
            : `已销毁 ${i.rowsErased} 条记录、${i.filesErased} 个文件　凭证 ${i.proof?.slice(0, 16)}`,
        ]),
      },
    ],
  });
};
