import { z } from 'zod';
import { Id, line } from '../shared/endpoint.ts';
import { AnyDay } from '../shared/words.ts';

/** Tiers of administrative divisions, top down. Stations have tiers of their own, see stations. */
export const DivisionTier = z.enum(['province', 'city', 'district', 'street', 'community']);
export type DivisionTier = z.infer<typeof DivisionTier>;

/** A division with its official code as a dated attribute; the platform refers to `id` and `path` only. */
export const Division = z.object({
  id: Id,
  parentId: Id.nullable(),
  tier: DivisionTier,
  name: z.string(),
  fullName: z.string(),
  code: z.string().nullable(),
  validFrom: AnyDay,
  validTo: AnyDay.nullable(),
  successorId: Id.nullable(),
  authorityName: z.string().nullable(),
  version: z.int(),
});

export const DivisionDraft = z.object({
  parentId: Id,
  tier: DivisionTier,
  name: line(40),
  code: z
    .string()
    .regex(/^\d{2,12}$/, { error: '区划代码为 2 至 12 位数字' })
    .nullable(),
  validFrom: AnyDay,
});
