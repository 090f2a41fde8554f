import type { Readable } from 'node:stream';
import { formatInstant, instant } from '@jieyou/core/shared/day.ts';
import { auditOutcomeLabels } from '@jieyou/core/texts/eventLabels.ts';
import { auditKindLabels, recordKindLabels } from '@jieyou/core/texts/labels.ts';
import { isRefusalCode, refusalSentence } from '@jieyou/core/texts/refusals.ts';
import { z } from 'zod';
import { streamWorkbook, WORKBOOK_TYPE } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { COUNT_CAP } from '../platform/http/paging.ts';
import { newId } from '../platform/ids.ts';
import { readLater } from '../platform/later.ts';
import { actionSays, filterOf, type GivenFilter } from './filter.ts';
import { countEntries, type EntryFilter, type EntryRow, newestEntries, newestSeals } from './store.ts';

/** The place after which a page goes on is the id of the last entry that was read. */
const Cursor = z.uuid();

const placeOf = (after: string): string => {
  const place = Cursor.safeParse(after);
  if (!place.success) throw new Invalid([{ path: 'after', message: '翻页位置已失效，请从第一页重新查看' }]);
  return place.data;
};

/** One page of what people did, read, opened and were refused, the newest first. */
export const listAuditTrail = async (
  ctx: Ctx<never>,
  { limit, after, count, ...given }: GivenFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) => {
  const filter = await filterOf(ctx, given);
  const found = await newestEntries(ctx.tx, after === undefined ? filter : { ...filter, beforeId: placeOf(after) }, limit + 1);
  const rows = found.slice(0, limit);
  return {
    rows,
    next: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    count: after === undefined && count === 'yes' ? await countEntries(ctx.tx, filter, COUNT_CAP) : null,
  };
};

const EXPORT_BATCH = 1_000;

// Each batch is a reading of its own: the stream outlives the request, and memory holds one batch.
async function* entriesOf(ctx: Ctx<never>, filter: EntryFilter): AsyncGenerator<EntryRow> {
  let beforeId = filter.beforeId ?? newId(ctx.services.clock.now().getTime());
  for (;;) {
    const batch = await readLater(ctx.services, ctx.actor, ctx.http.id, (tx) => newestEntries(tx, { ...filter, beforeId }, EXPORT_BATCH));
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined || batch.length < EXPORT_BATCH) return;
    beforeId = last.id;
  }
}

const outcomeSays = (outcome: string): string =>
  isRefusalCode(outcome) ? refusalSentence(outcome) : (auditOutcomeLabels[outcome] ?? outcome);

const COLUMNS = [
  { title: '时间', width: 20, of: (row: EntryRow) => formatInstant(instant(row.at)) },
  { title: '类别', width: 12, of: (row: EntryRow) => auditKindLabels[row.kind] },
  { title: '操作', width: 32, of: (row: EntryRow) => actionSays(row.action) },
  { title: '操作人', width: 12, of: (row: EntryRow) => row.actorName },
  { title: '账号', width: 14, of: (row: EntryRow) => row.username },
  {
    title: '记录类型',
    width: 12,
    of: (row: EntryRow) => (row.recordKind === null ? null : (recordKindLabels[row.recordKind] ?? row.recordKind)),
  },
  { title: '记录编号', width: 38, of: (row: EntryRow) => row.recordId },
  { title: '结果', width: 16, of: (row: EntryRow) => outcomeSays(row.outcome) },
  { title: '理由', width: 24, of: (row: EntryRow) => row.reason },
  { title: '来源地址', width: 18, of: (row: EntryRow) => row.ip },
  { title: '请求编号', width: 38, of: (row: EntryRow) => row.requestId },
] as const;

async function* cellsOf(entries: AsyncIterable<EntryRow>): AsyncGenerator<(string | null)[]> {
  for await (const entry of entries) yield COLUMNS.map((column) => column.of(entry));
}

/** The filtered trail as an Excel workbook. The export is itself recorded, with its reason, before the first row leaves. */
export const exportAuditTrail = async (ctx: Ctx<never>, { reason, ...given }: GivenFilter & { reason: string }): Promise<Readable> => {
  ctx.saw('audit', ctx.id(), { kind: 'export', reason, outcome: 'exported' });
  const filter = await filterOf(ctx, given);
  ctx.http.reply.header('content-type', WORKBOOK_TYPE);
  ctx.http.reply.header('content-disposition', fileAs(`审计记录-${ctx.today}.xlsx`));
  ctx.http.reply.header('cache-control', 'no-store');
  return streamWorkbook({
    title: '审计记录',
    columns: COLUMNS,
    rows: cellsOf(entriesOf(ctx, filter)),
    madeBy: ctx.actor.name,
    madeAt: formatInstant(ctx.now),
  });
};

const SEALS_SHOWN = 400;

/** The chain of sealed days, the newest first, and what protects today. */
export const listAuditSeals = async (ctx: Ctx<never>) => ({
  rows: await newestSeals(ctx.tx, SEALS_SHOWN),
  todayProtectedBy: '今天的记录只受数据库角色保护（平台账号只能追加，不能修改或删除），夜间封存后才进入摘要链。',
});
