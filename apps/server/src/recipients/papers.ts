import { formatInstant } from '@jieyou/core/shared/day.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { openLookup } from '../cases/index.ts';
import { streamWorkbook, WORKBOOK_TYPE } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { readLater } from '../platform/later.ts';
import { listRecipients, type RecipientFilter } from './views.ts';

async function* exportRows(ctx: Ctx, filter: RecipientFilter) {
  let after: string | undefined;
  do {
    const query = { ...filter, limit: 500, after };
    const page = await readLater(ctx.services, ctx.actor, ctx.http.id, (tx) => listRecipients({ ...ctx, tx, saw: () => undefined }, query));
    yield* page.rows;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** The list of people as a workbook, masked as on the screen; the export is recorded with its reason. */
export const exportRecipients = (ctx: Ctx, { reason, ...filter }: RecipientFilter & { reason: string }) => {
  // What is wrong is said before the file begins.
  if (filter.lookup !== undefined && filter.lookup !== '') openLookup(ctx, filter.lookup);
  ctx.saw('recipients', ctx.actor.personId, { kind: 'export', reason, outcome: 'exported' });
  const rows = (async function* () {
    for await (const r of exportRows(ctx, filter)) {
      yield [
        r.name,
        genderLabels[r.gender],
        r.age,
        r.phone ?? '',
        r.categories.map((c) => recipientCategoryLabels[c]).join('、'),
        r.openCases,
        r.stationName,
        r.lastOn ?? '',
        r.unsafe ? '联系不安全' : '',
      ];
    }
  })();
  const title = '服务对象清单';
  ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`${title}${ctx.today}.xlsx`));
  return streamWorkbook({
    title,
    columns: [
      { title: '姓名', width: 14 },
      { title: '性别', width: 8 },
      { title: '年龄', width: 8 },
      { title: '电话', width: 16 },
      { title: '类别', width: 26 },
      { title: '在办个案', width: 10 },
      { title: '站点', width: 22 },
      { title: '最近变化', width: 14 },
      { title: '联系提醒', width: 14 },
    ],
    rows,
    madeBy: ctx.actor.name,
    madeAt: formatInstant(ctx.now),
  });
};
