/** The small words of every schema: ids and texts that people type. */
import { z } from 'zod';

/** An id made by the platform (UUIDv7). */
export const Id = z.uuid();
export type Id = string;

/** A calendar day that somebody can mean here: nobody alive was born before 1850, and what is planned ends before 2200. */
export const AnyDay = z.iso
  .date({ abort: true })
  .refine((day) => day >= '1850' && day < '2200', { error: '日期应在 1850 年至 2199 年之间' });

/** A moment in UTC within the same years. */
export const AnyMoment = z.iso
  .datetime({ abort: true })
  .refine((at) => at >= '1850' && at < '2200', { error: '时间应在 1850 年至 2199 年之间' });

/** The greatest whole number that anybody may name: the database counts a little further. */
export const GREATEST = 2_000_000_000;

/** A line of text that people type: trimmed, neither empty nor endless, no control characters. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((s) => !CONTROL.test(s), { error: '不能包含控制字符' });

/** A passage of text of several lines. */
export const passage = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((s) => !CONTROL_BUT_BREAKS.test(s), { error: '不能包含控制字符' });

/** An amount with its unit as the platform writes it: a space before a word, none before a sign (3 次, 40%). */
export const amount = (n: number | string, unit: string | null | undefined): string =>
  `${n}${unit == null || unit === '' ? '' : /^[%‰℃°]/.test(unit) ? unit : ` ${unit}`}`;

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** The number of a chapter of a paper, from 1 to 99: 一, 十, 十二, 二十三. */
export const ordinal = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[ones]}`;
};

// Lone surrogates cannot be stored as UTF-8; the database would refuse the whole statement.
const CONTROL = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const CONTROL_BUT_BREAKS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
