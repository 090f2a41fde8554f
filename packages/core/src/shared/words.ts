/** The small words of every schema: ids and texts that people type. */
import { z } from 'zod';

/** An id made by the platform (UUIDv7). */
export const Id = z.uuid();
export type Id = string;

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

// Lone surrogates cannot be stored as UTF-8; the database would refuse the whole statement.
const CONTROL = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const CONTROL_BUT_BREAKS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
