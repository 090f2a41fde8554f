import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, Version, Written } from '../shared/endpoint.ts';
import { AnyDay } from '../shared/words.ts';
import { keepsDivisions, seesDivisions } from './policy.ts';
import { Division, DivisionDraft, DivisionTier } from './schema.ts';

export const listDivisions = endpoint({
  id: 'listDivisions',
  method: 'GET',
  path: '/api/divisions',
  says: '查看行政区划',
  allow: seesDivisions,
  query: PageQuery.extend({ parentId: Id.optional(), tier: DivisionTier.optional(), text: z.string().trim().max(40).optional() }),
  reply: pageOf(Division),
});

export const createDivision = endpoint({
  id: 'createDivision',
  method: 'POST',
  path: '/api/divisions',
  says: '新增区划（如新设社区）',
  allow: keepsDivisions,
  body: DivisionDraft,
  reply: Written,
  refusals: ['divisions.tier-not-below-parent', 'divisions.code-taken'],
});

export const updateDivision = endpoint({
  id: 'updateDivision',
  method: 'PATCH',
  path: '/api/divisions/{id}',
  says: '修改区划名称、代码、有效期或承继单位',
  allow: keepsDivisions,
  params: ById,
  body: z.object({
    version: Version,
    name: line(40).optional(),
    code: z
      .string()
      .regex(/^\d{2,12}$/, { error: '区划代码为 2 至 12 位数字' })
      .nullable()
      .optional(),
    validTo: AnyDay.nullable().optional(),
    successorId: Id.nullable().optional(),
    authorityName: line(60).nullable().optional(),
  }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'divisions.code-taken', 'divisions.successor-is-itself'],
});
