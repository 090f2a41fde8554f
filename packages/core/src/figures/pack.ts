import { z } from 'zod';

/** Figures of the rule pack `figures`. */
export const FiguresPack = z.object({
  'smallest.shown': z.int().min(0).max(100),
  'trend.months': z.int().min(1).max(60),
  'quantile.high': z.int().min(51).max(99),
});

/** Reads stored values; a missing figure throws. */
export const figuresPackOf = (values: Readonly<Record<string, unknown>>): z.infer<typeof FiguresPack> => FiguresPack.parse(values);
