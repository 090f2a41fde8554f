/** Files that leave the room: the template, and the rows that were not taken. */
import { columnsOf } from '@jieyou/core/imports/columns.ts';
import type { ImportColumn, ImportKind, RowProblem } from '@jieyou/core/imports/schema.ts';
import { importHints, importKindLabels, problemSays } from '@jieyou/core/texts/importLabels.ts';
import { sql } from 'kysely';
import { streamWorkbook, WORKBOOK_TYPE, writeTemplate } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile, fileAs } from '../platform/http/fileAs.ts';
import { cellText, openTable } from '../platform/sheets/index.ts';
import { boundsOf, figuresOf, rowsBelow } from './file.ts';
import * as store from './store.ts';

/** The template of a kind of ledger: title, who fills it in, headings; ID numbers and telephones stay texts. */
export const ledgerTemplate = async (ctx: Ctx<never>, kind: ImportKind): Promise<Buffer> => {
  const columns = columnsOf(kind);
  answerKeptFile(ctx.http.reply, WORKBOOK_TYPE, fileAs(`${importKindLabels[kind]}导入模板.xlsx`));
  return writeTemplate({
    title: `${importKindLabels[kind]}（导入模板）`,
    line: '填报单位：　　　　　　　填报人：　　　　　　　填报日期：',
    columns: columns.map((c) => ({ title: `${c.needed ? '*' : ''}${c.title}${c.fills ? '（空白同上）' : ''}`, width: c.width })),
    notes: [...importHints[kind], ...columns.filter((c) => c.example !== '').map((c) => `${c.title}，例如：${c.example}`)],
  });
};

const PAGE = 1_000;

/** The rows that were not taken, with their own columns and what is wrong in a last one; mended, the file can be brought again. */
export const failedImportRows = async (ctx: Ctx<'imports.not-now' | 'imports.file-gone'>, id: string) => {
  const found = (await store.importById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (found.personId !== ctx.actor.personId) return ctx.notFound();
  if (!['checked', 'done', 'undone'].includes(found.status) || found.headRow === null) return ctx.refuse('imports.not-now');
  if (found.storedAs === null) return ctx.refuse('imports.file-gone');
  const pack = await figuresOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const bad = new Map<number, RowProblem[]>();
  for (let after = 0; ; ) {
    const { rows } = await sql<{ rowNo: number; problems: RowProblem[] }>`select row_no, problems from ledger_import_row
      where district_id = ${ctx.actor.districtId} and import_id = ${id} and state in ('wrong', 'double') and row_no > ${after}
      order by row_no limit ${sql.lit(PAGE)}`.execute(ctx.tx);
    for (const row of rows) bad.set(row.rowNo, row.problems);
    after = rows.at(-1)?.rowNo ?? after;
    if (rows.length < PAGE) break;
  }
  const file = await ctx.services.files.get(found.id, found.storedAs);
  const table = await openTable(file, found.format, boundsOf(pack));
  const columns = found.columns as ImportColumn[];
  const layout = { headRow: found.headRow, columns };
  ctx.saw('import', found.id, { kind: 'export', outcome: 'exported' });
  ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`没有导入的行-${found.fileName.replace(/\.[a-z]+$/i, '')}.xlsx`));
  return streamWorkbook({
    title: '没有导入的行',
    columns: [
      ...columns.map((c, i) => ({ title: c.title === '' ? `第 ${i + 1} 列` : c.title, width: 18 })),
      { title: '原来的行号', width: 12 },
      { title: '没有导入的原因', width: 60 },
    ],
    rows: (async function* () {
      // Blanks that mean "same as above" are written out: the row above is another one here.
      for await (const { row, cells, said, filled } of rowsBelow(table, found.sheet, layout, found.kind, ctx.today)) {
        const problems = row === null ? undefined : bad.get(row.rowNo);
        if (row === null || problems === undefined) continue;
        yield [
          ...columns.map(({ key }, i) => {
            const cell = key !== null && filled.includes(i) ? said.get(key) : cells[i];
            return cell === undefined ? '' : cellText(cell);
          }),
          row.rowNo,
          problems.map(problemSays).join('；'),
        ];
      }
    })(),
    madeBy: '',
    madeAt: '',
  });
};
