import { contactsPackOf } from '@jieyou/core/contacts/pack.ts';
import { ledgerScope } from '@jieyou/core/contacts/policy.ts';
import { bookOf, peopleAndTimes, periodSays } from '@jieyou/core/contacts/rules.ts';
import { LedgerBook as Books, type Ledger, type LedgerBook } from '@jieyou/core/contacts/schema.ts';
import { formatInstant } from '@jieyou/core/shared/day.ts';
import { contactKindLabels, ledgerBookLabels, serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import type { LedgerValue } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type LedgerPart, ledgerColumn, paperDay, sendLedger } from '../platform/print/index.ts';
import { packInForce } from '../rulepacks/index.ts';
import { type KeptRow, type LedgerFilter, ledgerOf, periodOf, rowsForPaper } from './views.ts';

const ROW_COLUMNS = [
  ledgerColumn('序号', 6, 'number'),
  ledgerColumn('日期', 14, 'day'),
  ledgerColumn('类别', 16),
  ledgerColumn('编号或名称', 26),
  ledgerColumn('服务对象', 12),
  ledgerColumn('服务领域', 12),
  ledgerColumn('社工', 10),
  ledgerColumn('站点', 20),
  ledgerColumn('机构', 30),
  ledgerColumn('人次', 8, 'number'),
  ledgerColumn('时长（分钟）', 12, 'number'),
];
const SUM_COLUMNS = [
  ledgerColumn('项目', 28),
  ledgerColumn('次', 10, 'number'),
  ledgerColumn('人次', 10, 'number'),
  ledgerColumn('人', 10, 'number'),
  ledgerColumn('时长（分钟）', 14, 'number'),
];

const rowCells = (r: KeptRow, i: number): LedgerValue[] => [
  i + 1,
  r.happenedOn,
  contactKindLabels[r.kind],
  r.subject,
  r.recipientName,
  serviceDomainLabels[r.domain],
  r.workerName,
  r.stationName,
  r.organisationName,
  r.people,
  r.minutes,
];

const tableOfBook = (book: LedgerBook, says: string, rows: readonly KeptRow[]): LedgerPart => {
  const sum = peopleAndTimes(rows);
  return {
    name: ledgerBookLabels[book],
    title: `${says}${ledgerBookLabels[book]}台账`,
    columns: ROW_COLUMNS,
    rows: rows.map(rowCells),
    sums: [null, '合计', `${sum.acts} 次`, `${sum.persons} 人`, null, null, null, null, null, sum.times, sum.minutes],
  };
};

const tablesOfSums = (ledger: Ledger, says: string): LedgerPart[] =>
  ledger.groups.map((g) => ({
    name: `汇总 ${g.title}`.replace(/（.*）/, ''),
    title: `${says}服务汇总（${g.title.replace(/（.*）/, '')}）`,
    columns: SUM_COLUMNS,
    rows: g.cells.map((c) => [c.label, c.acts, c.times, c.persons, c.minutes]),
    sums: ['合计', ledger.total.acts, ledger.total.times, ledger.total.persons, ledger.total.minutes],
  }));

/** A ledger as Excel or as A4 landscape, for a reason that is kept: with rows for those who see them, else numbers only. */
export const exportLedger = async (
  ctx: Ctx<'print.no-browser' | 'contacts.too-many-rows'>,
  query: LedgerFilter & { format: 'xlsx' | 'pdf'; reason: string },
) => {
  const { format, reason, ...filter } = query;
  ctx.saw('ledger', ctx.actor.personId, { kind: 'export', reason, outcome: 'exported' });
  const pack = contactsPackOf((await packInForce(ctx.tx, 'contacts', ctx.actor.districtId, ctx.today)).values);
  const ledger = await ledgerOf(ctx as Ctx<never>, filter);
  const most = format === 'pdf' ? pack['print.rows'] : pack['sheet.rows'];
  const rows = ledger.rows ? await rowsForPaper(ctx as Ctx<never>, filter, most) : [];
  if (rows.length > most) return ctx.refuse('contacts.too-many-rows', { most });
  const says = periodSays(periodOf(ctx, filter));
  const books = Books.options.flatMap((book) => {
    const own = rows.filter((r) => bookOf(r.kind) === book);
    return own.length === 0 ? [] : [tableOfBook(book, says, own)];
  });
  const tables = [...books, ...tablesOfSums(ledger, says)];
  const unit = ctx.actor.roles.includes('head') || ctx.actor.roles.includes('worker') ? await stationName(ctx) : await unitName(ctx);
  const heading = `填报单位：${unit}　填报人：${ctx.actor.name}　审核人：　　　　填报日期：${paperDay(ctx.today)}　单位：次、人次、人、分钟`;
  const note = `范围：${ledgerScope(ctx.actor.roles)}。${ledger.how}。${ledger.smallest > 0 ? `小于 ${ledger.smallest} 的数不显示。` : ''}数据截至 ${formatInstant(ctx.now)}。`;
  const title = `${says}服务台账`;
  return sendLedger(ctx, { format, title, heading, note, tables });
};

const nameOf = async (
  ctx: Pick<Ctx, 'tx'>,
  table: 'station' | 'division' | 'organisation',
  id: string | null | undefined,
): Promise<string> =>
  id === null || id === undefined
    ? ''
    : ((await ctx.tx.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst())?.name ?? '');
const stationName = (ctx: Pick<Ctx, 'tx' | 'actor'>): Promise<string> =>
  nameOf(ctx, 'station', ctx.actor.stationId ?? ctx.actor.assignments.find((a) => a.stationId !== null)?.stationId);
const unitName = async (ctx: Pick<Ctx, 'tx' | 'actor'>): Promise<string> => {
  const { actor } = ctx;
  if (actor.roles.includes('agency'))
    return nameOf(ctx, 'organisation', actor.assignments.find((a) => a.role === 'agency')?.organisationId);
  const path = actor.assignments.find((a) => a.role === 'street')?.divisionPath;
  return nameOf(ctx, 'division', path?.split('/').filter(Boolean).at(-1) ?? actor.districtId);
};
