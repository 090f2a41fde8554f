import { type Day, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { Endpoint } from '@jieyou/core/shared/endpoint.ts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { streamWorkbook, WORKBOOK_TYPE } from '../excel.ts';
import { readLater } from '../later.ts';
import type { Ctx, Services } from './context.ts';
import { fileAs } from './fileAs.ts';
import { serve } from './serve.ts';

/** A column of an exported list: its key is the column's on the page, its width is in characters. */
export type ExportColumn<Row> = readonly [key: string, title: string, width: number, of: (row: Row) => string | number | null];

type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null };
type Asked = { readonly leave?: string[] | undefined; readonly reason: string };
type Nothing = z.ZodObject<Record<never, never>>;

/** Rows that are read in one turn. */
const AT_ONCE = 500;
/** Rows of one workbook: whoever needs more narrows the list, so that nobody carries off a district in one file. */
export const MOST_EXPORTED = 20_000;

/**
 * The lines of a list, page after page, up to `most` of its rows; where more rows follow, a last line says so. A list that ends just there
 * has no such line.
 */
export const linesUpTo = async function* <Row>(
  most: number,
  first: Page<Row>,
  read: (after: string, limit: number) => Promise<Page<Row>>,
  lineOf: (row: Row) => (string | number | null)[],
): AsyncGenerator<(string | number | null)[]> {
  let page = first;
  for (let told = 0; ; ) {
    const rows = page.rows.slice(0, most - told);
    for (const row of rows) yield lineOf(row);
    told += rows.length;
    if (page.next === null && rows.length === page.rows.length) return;
    if (told >= most || page.next === null) {
      yield [`只导出前 ${most} 条，请缩小条件再导出其余的`];
      return;
    }
    page = await read(page.next, Math.min(AT_ONCE, most - told));
  }
};

/**
 * Serves the export of a list. Its rows come from the view of the list itself, page by page, each page in a short transaction under the
 * asker's settings: who may see what, the masks and the order cannot differ from the screen. The first page is read before the file
 * begins, so that a wrong condition is answered and not cut off; the export is recorded with its reason.
 */
export const serveExport = <Query extends z.ZodType<Asked>, Row>(
  app: FastifyInstance,
  services: Services,
  endpoint: Endpoint<Nothing, Query, Nothing, z.ZodAny, never>,
  plan: {
    readonly title: string | ((query: z.output<Query>) => string);
    readonly read: (
      ctx: Ctx,
      query: Omit<z.output<Query>, keyof Asked> & { limit: number; after?: string | undefined },
    ) => Promise<Page<Row>>;
    readonly columns: readonly ExportColumn<Row>[] | ((ctx: Ctx) => readonly ExportColumn<Row>[]);
  },
): void => {
  serve(app, services, endpoint, async (ctx, { query }) => {
    const { reason, leave = [], ...conditions } = query;
    const title = typeof plan.title === 'string' ? plan.title : plan.title(query);
    const all = typeof plan.columns === 'function' ? plan.columns(ctx) : plan.columns;
    const columns = all.filter(([key], i) => i === 0 || !leave.includes(key));
    const pageAfter = (from: Ctx, after: string | undefined, limit: number) =>
      plan.read({ ...from, saw: () => undefined }, { ...conditions, limit, after });
    const first = await pageAfter(ctx, undefined, AT_ONCE);
    ctx.saw(endpoint.path.split('/')[2] ?? '', ctx.actor.personId, { kind: 'export', reason, outcome: 'exported' });
    const rows = linesUpTo(
      MOST_EXPORTED,
      first,
      (after, limit) => readLater(ctx.services, ctx.actor, ctx.http.id, (tx) => pageAfter({ ...ctx, tx }, after, limit)),
      (row) => columns.map(([, , , of]) => of(row)),
    );
    ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`${title}${ctx.today}.xlsx`));
    return streamWorkbook({
      title,
      columns: columns.map(([, head, width]) => ({ title: head, width })),
      rows,
      madeBy: ctx.actor.name,
      madeAt: formatInstant(ctx.now),
    });
  });
};

/** A person of a row as lists name one: masked name, gender and age. */
export const inWords = (name: string, gender: string, age: number | null): string =>
  `${name}（${gender}${age === null ? '' : `，${age}岁`}）`;

/** A day among other words of a cell; a day that stands alone is given as it is and becomes a date of the sheet. */
export const daySays = (day: string): string => formatDay(day as Day);

/** A moment in a cell, in the words of the screen; nothing where there is none. */
export const momentCell = (at: string | null): string | null => (at === null ? null : formatInstant(at as Instant));
