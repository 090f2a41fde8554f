import type { FigureGroup, Figures, ReportText } from '@jieyou/core/figures/schema.ts';
import { type Day, dayFrom, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { WORKBOOK_TYPE, writeSheets } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { hasPrinter, type PaperPart, printBook } from '../platform/print/index.ts';
import { barChart } from './chart.ts';
import { newestText } from './store.ts';
import { figuresOf } from './views.ts';

const numberOf = (group: FigureGroup | undefined): string => (group?.total == null ? '—' : String(group.total));
const groupOf = (figures: Figures, key: string): FigureGroup | undefined => figures.groups.find((g) => g.key === key);

/** A beginning for the words, made of the figures; people change it as they like. */
const draftOf = (year: number, figures: Figures): ReportText => {
  const solved = groupOf(figures, 'solved-domain');
  const most = [...(solved?.cells ?? [])].sort((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
  const { median } = figures.answer;
  return {
    version: 0,
    opening: [
      `${year}年，${figures.scope}共收到疑难个案求助 ${numberOf(groupOf(figures, 'asked-month'))} 件，解决 ${numberOf(solved)} 件。`,
      most === undefined || (most.value ?? 0) === 0 ? '' : `解决最多的是${most.label}，${most.value} 件。`,
      median === null ? '' : `首次答复的中位时间为 ${median} 个工作日。`,
    ]
      .filter((s) => s !== '')
      .join('\n'),
    outlook: '',
    savedByName: null,
    savedAt: null,
  };
};

/** The figures of a year up to a day, with the words that stand for it. */
export const yearReport = async (ctx: Ctx, year: number, asOf: string | undefined) => {
  const from = dayFrom(year, 1, 1) as Day;
  const end = dayFrom(year, 12, 31) as Day;
  const until = asOf === undefined || asOf > end ? end : asOf < from ? from : (asOf as Day);
  const figures = await figuresOf(ctx, { from, to: until });
  const text = (await newestText(ctx.tx, ctx.actor.districtId, year)) ?? draftOf(year, figures);
  return { year, figures, text, printer: hasPrinter() };
};

const inPeriod = (figures: Figures): readonly FigureGroup[] => figures.groups.filter((g) => g.key !== 'status' && g.key !== 'clock');
const shown = (value: number | null): string => (value === null ? '—' : String(value));

const rowsOf = (group: FigureGroup): string[][] => {
  const compares = group.cells.some((c) => c.earlier !== null);
  return [
    ...group.cells.map((c) => [c.label, shown(c.value), ...(compares ? [shown(c.earlier)] : [])]),
    ...(group.total === null ? [] : [['合计', String(group.total), ...(compares ? [''] : [])]]),
  ];
};
const headOf = (group: FigureGroup): string[] => [
  '项目',
  `本期（${group.unit}）`,
  ...(group.cells.some((c) => c.earlier !== null) ? ['上期'] : []),
];

const chapterOf = (group: FigureGroup): PaperPart[] => [
  { kind: 'subheading', text: group.title },
  {
    kind: 'drawing',
    svg: barChart(
      group.title,
      group.cells.map((c) => ({ label: c.label, value: c.value ?? 0 })),
    ),
    caption: group.title,
  },
  { kind: 'table', head: headOf(group), rows: rowsOf(group) },
  { kind: 'text', text: `怎么算的：${group.how}。` },
];

/** The report as PDF by the habits of 公文, or as a workbook with one sheet for each table; both from the same figures. */
export const reportFile = async (
  ctx: Ctx<'print.no-browser'>,
  year: number,
  given: { asOf?: string | undefined; format: 'pdf' | 'xlsx' },
) => {
  const { figures, text } = await yearReport(ctx, year, given.asOf);
  const { rows } = await sql<{
    name: string;
  }>`select coalesce(centre_name, name || '社会工作疑难个案支援中心') as name from division where id = ${ctx.actor.districtId}`.execute(
    ctx.tx,
  );
  const issuer = rows[0]?.name ?? '';
  const title = `${year}年疑难个案支援工作报告`;
  const asOf = formatInstant(figures.asOf as Instant);
  const period = `${formatDay(figures.from as Day)}至${formatDay(figures.to as Day)}`;
  const tables = [
    ...inPeriod(figures).map((g) => ({ title: g.title, head: headOf(g), rows: rowsOf(g), how: g.how })),
    {
      title: '发展趋势',
      head: ['月份', ...figures.growth.series.map((s) => `${s.label}（${s.unit}）`)],
      rows: figures.growth.months.map((m, i) => [m, ...figures.growth.series.map((s) => String(s.values[i] ?? 0))]),
      how: figures.growth.series.map((s) => `${s.label}：${s.how}`).join('；'),
    },
    {
      title: '首次答复时间',
      head: ['项目', '工作日'],
      rows: [
        ['中位数', shown(figures.answer.median)],
        [`${figures.answer.quantile}% 在此以内`, shown(figures.answer.high)],
        ['件数', String(figures.answer.count)],
      ],
      how: figures.answer.how,
    },
  ];
  if (given.format === 'xlsx') {
    ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`${title}.xlsx`));
    return writeSheets({
      sheets: tables.map((t) => ({ ...t, note: `数据截至 ${asOf}。${t.how}。` })),
      heading: `填报单位：${issuer}　填报人：${ctx.actor.name}　审核人：　　　　填报日期：${formatDay(ctx.today)}`,
      period,
    });
  }
  const made = await printBook({
    title,
    number: period,
    issuer,
    date: formatDay(ctx.today),
    cover: [
      ['范围', figures.scope],
      ['期间', period],
      ['数据截至', asOf],
      ['文字版本', text.version === 0 ? '未编辑的初稿' : `第 ${text.version} 版`],
    ],
    watermark: `${ctx.actor.name} ${formatInstant(ctx.now)}`,
    enclosures: [],
    most: { bytes: 0, pages: 0 },
    chapters: () => [
      { title: '一、概述', parts: [{ kind: 'text', text: text.opening }] },
      { title: '二、求助与解决', parts: inPeriod(figures).flatMap(chapterOf) },
      {
        title: '三、首次答复与发展趋势',
        parts: tables.slice(-2).flatMap((t): PaperPart[] => [
          { kind: 'subheading', text: t.title },
          { kind: 'table', head: t.head, rows: t.rows },
          { kind: 'text', text: `怎么算的：${t.how}。` },
        ]),
      },
      { title: '四、下一步', parts: [{ kind: 'text', text: text.outlook.trim() === '' ? '（没有填写）' : text.outlook }] },
    ],
  });
  if (made === null) return ctx.refuse('print.no-browser');
  ctx.http.reply.type('application/pdf').header('content-disposition', fileAs(`${title}.pdf`));
  return made.pdf;
};
