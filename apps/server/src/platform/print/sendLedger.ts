import { type Day, dayOfMonth, formatDay, formatInstant, type Instant, monthOf, yearOf } from '@jieyou/core/shared/day.ts';
import { type LedgerSheet, type LedgerValue, WORKBOOK_TYPE, writeLedgers } from '../excel.ts';
import type { Ctx } from '../http/context.ts';
import { fileAs } from '../http/fileAs.ts';
import { renderPdf } from './browser.ts';
import { ledgerPaper } from './ledger.ts';

/** A table of a ledger before it becomes a sheet or a page. */
export type LedgerPart = Omit<LedgerSheet, 'note'>;
type Column = LedgerSheet['columns'][number];

/** A column of a ledger. */
export const ledgerColumn = (title: string, width: number, kind: Column['kind'] = 'text'): Column => ({ title, width, kind });

/** '2026.3.5', as ledgers write days on paper. */
export const paperDay = (day: string): string => `${yearOf(day as Day)}.${monthOf(day as Day)}.${dayOfMonth(day as Day)}`;

const onPaper = (value: LedgerValue, kind: Column['kind']): string => {
  if (value === null) return '';
  if (kind === 'day' && String(value).includes('-')) return paperDay(String(value));
  return kind === 'money' && typeof value === 'number' ? value.toFixed(2) : String(value);
};

/** A ledger as a workbook, or as A4 landscape with boxes to sign in. */
export const sendLedger = async (
  ctx: Ctx<'print.no-browser'>,
  plan: {
    readonly format: 'xlsx' | 'pdf';
    readonly title: string;
    readonly heading: string;
    readonly note: string;
    readonly tables: readonly LedgerPart[];
  },
) => {
  const { title, heading, note, tables } = plan;
  if (plan.format === 'xlsx') {
    ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`${title}.xlsx`));
    return writeLedgers({ heading, sheets: tables.map((t) => ({ ...t, note })) });
  }
  const pdf = await renderPdf(
    ledgerPaper({
      title,
      heading,
      note,
      signatures: ['填报人', '审核人', '负责人'],
      watermark: `${ctx.actor.name} ${formatInstant(ctx.now as Instant)}`,
      tables: tables.map((t) => ({
        title: t.title,
        head: t.columns.map((c) => c.title),
        right: t.columns.flatMap((c, i) => (c.kind === 'number' || c.kind === 'money' ? [i] : [])),
        rows: t.rows.map((row) => row.map((v, i) => onPaper(v, t.columns[i]?.kind ?? 'text'))),
        sums: t.sums.map((v, i) => onPaper(v, t.columns[i]?.kind === 'money' ? 'money' : 'text')),
      })),
    }),
  );
  if (pdf === null) return ctx.refuse('print.no-browser');
  ctx.http.reply.type('application/pdf').header('content-disposition', fileAs(`${title}（${formatDay(ctx.today)}）.pdf`));
  return pdf;
};
