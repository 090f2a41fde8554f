import { isDeepStrictEqual } from 'node:util';
import { SupportPack, supportPackTogether } from '@jieyou/core/support/pack.ts';
import { z } from 'zod';

/** Which schema decides the figures of a pack, and which of them must fit together; a pack without one keeps the types it has. */
const shapes: Readonly<Record<string, { readonly values: Readonly<Record<string, z.ZodType>>; readonly together: z.ZodType }>> = {
  support: { values: SupportPack.shape, together: supportPackTogether },
};

type Input = { kind: 'integer' | 'text' | 'time' | 'weights' | 'fixed'; min: number | null; max: number | null };
type Json = { type?: string; pattern?: string; minimum?: number; maximum?: number };

const input = (kind: Input['kind'], min: number | null = null, max: number | null = null): Input => ({ kind, min, max });
const whole = (bound: number | undefined): number | null => (bound === undefined || Math.abs(bound) > 1_000_000_000 ? null : bound);

const isWeighed = (value: unknown): boolean =>
  Array.isArray(value) && value.every((v) => typeof v === 'object' && v !== null && Number.isInteger((v as { weight?: unknown }).weight));

/** How a figure is typed in. */
export const inputOf = (code: string, key: string, value: unknown): Input => {
  const schema = shapes[code]?.values[key];
  if (isWeighed(value)) return input('weights', 0, 100);
  if (schema === undefined)
    return Number.isInteger(value) ? input('integer', 0) : typeof value === 'string' ? input('text') : input('fixed');
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  if (json.type === 'integer') return input('integer', whole(json.minimum), whole(json.maximum));
  if (json.type !== 'string') return input('fixed');
  return json.pattern === undefined ? input('text') : input('time');
};

/** What is wrong with a new value, in a sentence; undefined when the pack's schema takes it. */
export const faultOf = (code: string, key: string, was: unknown, value: unknown): string | undefined => {
  const { kind } = inputOf(code, key, was);
  if (kind === 'fixed') return '这一项不能在页面上修改';
  // Weights may change, the items stay.
  const bare = (items: unknown) => (Array.isArray(items) ? items.map((i: object) => ({ ...i, weight: 0 })) : items);
  if (kind === 'weights' && (!isWeighed(value) || !isDeepStrictEqual(bare(was), bare(value)))) return '只能修改各条目的权重';
  const schema = shapes[code]?.values[key] ?? (kind === 'integer' ? z.int().min(0) : z.string().min(1));
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : (parsed.error.issues[0]?.message ?? '数值不合要求');
};

/** What does not fit together among all values of a pack. */
export const misfitOf = (code: string, values: Readonly<Record<string, unknown>>): string | undefined => {
  const parsed = shapes[code]?.together.safeParse(values);
  return parsed === undefined || parsed.success ? undefined : (parsed.error.issues[0]?.message ?? '几项数值互相矛盾');
};
