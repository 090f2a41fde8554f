import { z } from 'zod';
import { policy } from '../identity/policy.ts';
import { ById, endpoint, Id } from '../shared/endpoint.ts';

export const seesRulePacks = policy('seesRulePacks', '所有登录的人（规则公开透明）', 'signed-in');

/** One value with its source article, or marked as the platform's own default. */
export const RuleValue = z.object({
  key: z.string(),
  label: z.string(),
  value: z.unknown(),
  unit: z.string().nullable(),
  source: z.string(),
  isOurs: z.boolean(),
});

export const RulePack = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  version: z.string(),
  divisionName: z.string(),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().nullable(),
  inForce: z.boolean(),
});

export const listRulePacks = endpoint({
  id: 'listRulePacks',
  method: 'GET',
  path: '/api/rule-packs',
  says: '查看规则包及其版本',
  allow: seesRulePacks,
  reply: z.object({ rows: z.array(RulePack) }),
});

export const readRulePack = endpoint({
  id: 'readRulePack',
  method: 'GET',
  path: '/api/rule-packs/{id}',
  says: '查看规则包的每个数值与来源',
  allow: seesRulePacks,
  params: ById,
  reply: RulePack.extend({ values: z.array(RuleValue) }),
});
