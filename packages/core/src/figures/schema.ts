import { z } from 'zod';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** One number and that of the period before; null where it is too small to be shown to who asks. `opens` is the list that it counts. */
export const Cell = z.object({
  key: z.string(),
  label: z.string(),
  value: z.int().nullable(),
  opens: z.string().nullable(),
  earlier: z.int().nullable(),
  earlierOpens: z.string().nullable(),
});
export type Cell = z.infer<typeof Cell>;

/** A group of numbers that answer one question. */
export const FigureGroup = z.object({
  key: z.string(),
  title: z.string(),
  unit: z.string(),
  how: z.string(),
  /** Null where the parts overlap or the sum would tell what is withheld. */
  total: z.int().nullable(),
  totalOpens: z.string().nullable(),
  cells: z.array(Cell),
});
export type FigureGroup = z.infer<typeof FigureGroup>;

/** Time to the first answer, in working days. */
export const AnswerTime = z.object({
  count: z.int(),
  median: z.number().nullable(),
  high: z.number().nullable(),
  quantile: z.int(),
  opens: z.string().nullable(),
  earlierCount: z.int(),
  earlierMedian: z.number().nullable(),
  earlierOpens: z.string().nullable(),
  how: z.string(),
});

/** How the banks grew, month by month: each number opens a list, or tells by name what it counts. */
export const Growth = z.object({
  months: z.array(z.string()),
  series: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      unit: z.string(),
      how: z.string(),
      values: z.array(z.int()),
      opens: z.array(z.string().nullable()),
      names: z.array(z.array(z.string()).nullable()),
    }),
  ),
});

export const Figures = z.object({
  asOf: AnyMoment,
  from: AnyDay,
  to: AnyDay,
  scope: z.string(),
  smallest: z.int(),
  groups: z.array(FigureGroup),
  answer: AnswerTime,
  growth: Growth,
});
export type Figures = z.infer<typeof Figures>;

export const ReportText = z.object({
  version: z.int(),
  opening: z.string(),
  outlook: z.string(),
  savedByName: z.string().nullable(),
  savedAt: AnyMoment.nullable(),
});
export type ReportText = z.infer<typeof ReportText>;
