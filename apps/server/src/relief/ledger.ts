import { contactsPackOf } from '@jieyou/core/contacts/pack.ts';
import { periodDays, periodSays } from '@jieyou/core/contacts/rules.ts';
import { FewKnow, ListedCategory } from '@jieyou/core/recipients/schema.ts';
import { RELIEF_LEDGER_HOW, sumRelief } from '@jieyou/core/relief/ledger.ts';
import { type ReliefActRow, type ReliefCell, type ReliefLedger, ReliefLine } from '@jieyou/core/relief/schema.ts';
import { addMonths, type Day, formatInstant, type Instant, monthOf, yearOf } from '@jieyou/core/shared/day.ts';
import { amount } from '@jieyou/core/shared/words.ts';
import { recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { receiptLabels, reliefLineLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { LedgerValue } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { type LedgerPart, ledgerColumn, paperDay, sendLedger } from '../platform/print/index.ts';
import { packInForce } from '../rulepacks/index.ts';
import { reliefInReach } from './store.ts';

/** What the ledger of relief is narrowed to. */
export type ReliefLedgerFilter = {
  readonly period?: string | undefined;
  readonly line?: ReliefLine | undefined;
  readonly category?: z.infer<typeof ListedCategory> | undefined;
  readonly workerId?: string | undefined;
  readonly stationId?: string | undefined;
  readonly householdId?: string | undefined;
};

type ActRow = ReliefActRow & { readonly recipientId: string; readonly workerId: string; readonly stationId: string };

// A category is that of the day on which help came; a household as well, or the first in which somebody was registered afterwards: a
// worker often writes the household down after the first help. Both as far as they are in reach.
const FROM = sql`from relief_item i join relief_case r on r.district_id = i.district_id and r.id = i.relief_id
  left join lateral (select m.household_id from household_member m
    where m.district_id = r.district_id and m.recipient_id = r.recipient_id and (m.left_on is null or m.left_on > i.on_day)
    order by m.joined_on, m.id limit 1) h on true`;
const CATEGORY = sql`from recipient_category c where c.district_id = r.district_id and c.recipient_id = r.recipient_id
  and c.from_day <= i.on_day and (c.to_day is null or c.to_day >= i.on_day) and c.category <> all(${[...FewKnow.options]}::text[])`;
const NAMED = sql`${FROM} join person w on w.id = r.worker_id join station s on s.id = r.station_id
  left join recipient p on p.district_id = r.district_id and p.id = r.recipient_id`;
const COLUMNS = sql`i.id, i.relief_id, i.line, i.what, i.on_day, i.from_whom, i.quantity, i.unit, i.value_fen, i.receipt, i.minutes, h.household_id,
  r.recipient_id, r.worker_id, r.station_id, array(select distinct c.category ${CATEGORY} order by 1) as categories,
  coalesce(p.name_masked, '（不在您的范围）') as recipient_name, w.name as worker_name, s.name as station_name`;
const NEWEST: readonly SortKey[] = [
  { column: 'on_day', direction: 'desc', type: 'date' },
  { column: 'id', direction: 'desc', type: 'uuid' },
];

const periodOf = (ctx: Pick<Ctx, 'today'>, filter: ReliefLedgerFilter): string => filter.period ?? ctx.today.slice(0, 7);

const condition = (ctx: Ctx<never>, filter: ReliefLedgerFilter): RawBuilder<boolean> => {
  const { from, to } = periodDays(periodOf(ctx, filter));
  return allOf([
    sql`i.district_id = ${ctx.actor.districtId}`,
    reliefInReach(ctx.actor, 'r'),
    sql`i.void_says is null`,
    sql`i.on_day between ${from} and ${to}`,
    filter.line !== undefined && sql`i.line = ${filter.line}`,
    filter.category !== undefined && sql`exists (select 1 ${CATEGORY} and c.category = ${filter.category})`,
    filter.workerId !== undefined && sql`r.worker_id = ${filter.workerId}`,
    filter.stationId !== undefined && sql`r.station_id = ${filter.stationId}`,
    filter.householdId !== undefined && sql`h.household_id = ${filter.householdId}`,
  ]);
};

/** One page of the things and services behind the figures, the newest first. */
export const listReliefActs = async (
  ctx: Ctx<never>,
  query: ReliefLedgerFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) => {
  const page = await readPage<ActRow>(ctx.tx, query, {
    columns: COLUMNS,
    from: NAMED,
    where: condition(ctx, query),
    sort: NEWEST,
    alias: 'i',
    countFrom: FROM,
  });
  ctx.saw('relief', ctx.actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(({ recipientId: _, workerId: __, stationId: ___, ...row }) => row) };
};

// What stands in a year within one station is some thousand rows at most.
const actsOf = async (ctx: Ctx<never>, filter: ReliefLedgerFilter): Promise<ActRow[]> =>
  (await sql<ActRow>`select ${COLUMNS} ${NAMED} where ${condition(ctx, filter)} order by i.on_day, i.id`.execute(ctx.tx)).rows;

type Named = { readonly key: string; readonly label: string };

const cellOf = (named: Named, rows: readonly ActRow[]): ReliefCell => ({ ...named, ...sumRelief(rows) });

/** One question to the ledger: each key with the rows that carry it, in the order given; a key without rows is left out. */
const groupOf = (
  key: string,
  title: string,
  filter: string,
  named: readonly Named[],
  rows: readonly ActRow[],
  has: (row: ActRow, key: string) => boolean,
) => ({
  key,
  title,
  filter,
  cells: named.flatMap((n) => {
    const own = rows.filter((r) => has(r, n.key));
    return own.length === 0 ? [] : [cellOf(n, own)];
  }),
});

const nameds = (rows: readonly ActRow[], key: 'workerId' | 'stationId', label: 'workerName' | 'stationName'): Named[] =>
  [...new Map(rows.map((r) => [r[key], { key: r[key], label: r[label] }])).values()].sort((a, b) =>
    a.label.localeCompare(b.label, 'zh-CN'),
  );

const madeOf = (ctx: Ctx<never>, filter: ReliefLedgerFilter, rows: readonly ActRow[]): ReliefLedger => {
  const period = periodOf(ctx, filter);
  const { from, to } = periodDays(period);
  const months = Array.from({ length: 12 }, (_, i) => addMonths(from, i)).filter((m) => m <= to);
  const head = ctx.actor.roles.includes('head');
  const stations = nameds(rows, 'stationId', 'stationName');
  return {
    asOf: ctx.now,
    scope: head ? '本站' : '本人',
    total: cellOf({ key: 'all', label: '合计' }, rows),
    groups: [
      groupOf(
        'line',
        '按物质、服务',
        'line',
        ReliefLine.options.map((l) => ({ key: l, label: reliefLineLabels[l] })),
        rows,
        (r, l) => r.line === l,
      ),
      groupOf(
        'category',
        '按人员类别',
        'category',
        ListedCategory.options.map((c) => ({ key: c, label: recipientCategoryLabels[c] })),
        rows,
        (r, c) => (r.categories as readonly string[]).includes(c),
      ),
      ...(period.length === 4
        ? [
            groupOf(
              'month',
              '按月',
              'period',
              months.map((m) => ({ key: m.slice(0, 7), label: `${yearOf(m as Day)}年${monthOf(m as Day)}月` })),
              rows,
              (r, m) => r.onDay.startsWith(m),
            ),
          ]
        : []),
      ...(head
        ? [groupOf('worker', '按社工（按姓名排列）', 'workerId', nameds(rows, 'workerId', 'workerName'), rows, (r, w) => r.workerId === w)]
        : []),
      // Of one station alone the division says what the total says.
      ...(stations.length > 1 ? [groupOf('station', '按站点', 'stationId', stations, rows, (r, s) => r.stationId === s)] : []),
    ],
    how: RELIEF_LEDGER_HOW,
  };
};

/** The figures of a month or a year, within one's reach; each is the sum of rows that can be opened. */
export const readReliefLedger = async (ctx: Ctx<never>, filter: ReliefLedgerFilter): Promise<ReliefLedger> => {
  const ledger = madeOf(ctx, filter, await actsOf(ctx, filter));
  ctx.saw('relief', ctx.actor.personId, { outcome: 'list' });
  return ledger;
};

const ROW_COLUMNS = [
  ledgerColumn('序号', 6, 'number'),
  ledgerColumn('日期', 14, 'day'),
  ledgerColumn('户', 8),
  ledgerColumn('服务对象', 12),
  ledgerColumn('人员类别', 28),
  ledgerColumn('线', 8),
  ledgerColumn('物资或服务', 26),
  ledgerColumn('来源', 18),
  ledgerColumn('数量', 10),
  ledgerColumn('金额（元）', 12, 'money'),
  ledgerColumn('分钟', 8, 'number'),
  ledgerColumn('回执', 10),
  ledgerColumn('社工', 10),
  ledgerColumn('站点', 20),
];
const SUM_COLUMNS = [
  ledgerColumn('项目', 24),
  ledgerColumn('户', 8, 'number'),
  ledgerColumn('人', 8, 'number'),
  ledgerColumn('其中没有登记家庭的人', 14, 'number'),
  ledgerColumn('人次', 8, 'number'),
  ledgerColumn('物资（笔）', 10, 'number'),
  ledgerColumn('金额（元）', 14, 'money'),
  ledgerColumn('服务（分钟）', 12, 'number'),
];
const yuan = (fen: number): number => fen / 100;
const sumCells = (c: ReliefCell): LedgerValue[] => [
  c.label,
  c.households,
  c.persons,
  c.unhoused,
  c.times,
  c.things,
  yuan(c.valueFen),
  c.minutes,
];

/** The ledger as Excel or as A4 landscape, masked, for a reason that is kept; households are numbered, so that they can be counted. */
export const exportReliefLedger = async (
  ctx: Ctx<'print.no-browser' | 'contacts.too-many-rows'>,
  { format, reason, ...filter }: ReliefLedgerFilter & { format: 'xlsx' | 'pdf'; reason: string },
) => {
  const pack = contactsPackOf((await packInForce(ctx.tx, 'contacts', ctx.actor.districtId, ctx.today)).values);
  const rows = await actsOf(ctx as Ctx<never>, filter);
  const most = format === 'pdf' ? pack['print.rows'] : pack['sheet.rows'];
  if (rows.length > most) return ctx.refuse('contacts.too-many-rows', { most });
  const ledger = madeOf(ctx as Ctx<never>, filter, rows);
  ctx.saw('relief', ctx.actor.personId, { kind: 'export', reason, outcome: 'exported' });
  const says = periodSays(periodOf(ctx, filter));
  const houses = [...new Set(rows.flatMap((r) => (r.householdId === null ? [] : [r.householdId])))];
  const { total } = ledger;
  const lines: LedgerPart = {
    name: '明细',
    title: `${says}救助台账`,
    columns: ROW_COLUMNS,
    rows: rows.map((r, i): LedgerValue[] => [
      i + 1,
      r.onDay,
      r.householdId === null ? '未登记' : `第 ${houses.indexOf(r.householdId) + 1} 户`,
      r.recipientName,
      r.categories.map((c) => recipientCategoryLabels[c]).join('、'),
      reliefLineLabels[r.line],
      r.what,
      r.fromWhom,
      r.quantity === null ? null : amount(r.quantity, r.unit),
      r.valueFen === null ? null : yuan(Number(r.valueFen)),
      r.minutes,
      r.receipt === null ? null : receiptLabels[r.receipt],
      r.workerName,
      r.stationName,
    ]),
    sums: [
      null,
      '合计',
      `${total.households} 户`,
      `${total.persons} 人`,
      null,
      `${total.times} 人次`,
      null,
      null,
      `${total.things} 笔`,
      yuan(total.valueFen),
      total.minutes,
      null,
      null,
      null,
    ],
  };
  const sums: LedgerPart[] = ledger.groups.map((g) => ({
    name: `汇总 ${g.title}`.replace(/（.*）/, ''),
    title: `${says}救助汇总（${g.title.replace(/（.*）/, '')}）`,
    columns: SUM_COLUMNS,
    rows: g.cells.map(sumCells),
    sums: sumCells(total),
  }));
  const stations = [...new Set(rows.map((r) => r.stationName))].join('、');
  return sendLedger(ctx, {
    format,
    title: `${says}救助台账`,
    heading: `填报单位：${stations}　填报人：${ctx.actor.name}　审核人：　　　　填报日期：${paperDay(ctx.today)}　单位：户、人、人次、元`,
    note: `范围：${ledger.scope}。${ledger.how}。数据截至 ${formatInstant(ctx.now as Instant)}。`,
    tables: [lines, ...sums],
  });
};
