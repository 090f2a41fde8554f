import { z } from 'zod';
import { ById, endpoint, PageQuery, pageOf, severalOf, Version, Written } from '../shared/endpoint.ts';
import { HelpField } from '../shared/fields.ts';
import { keepsResources, seesResources } from './policy.ts';
import { IssuingTier, Partner, PartnerDraft, PartnerType, Resource, ResourceDraft, ResourceKind } from './schema.ts';

export const listResources = endpoint({
  id: 'listResources',
  method: 'GET',
  path: '/api/resources',
  says: '查找政策与资源',
  allow: seesResources,
  query: PageQuery.extend({
    text: z.string().trim().max(40).optional(),
    kind: severalOf(ResourceKind),
    helpField: severalOf(HelpField),
    issuingTier: severalOf(IssuingTier),
    state: z.enum(['valid', 'expired']).optional(),
  }),
  reply: pageOf(Resource),
});

export const readResource = endpoint({
  id: 'readResource',
  method: 'GET',
  path: '/api/resources/{id}',
  says: '查看一项政策或资源',
  allow: seesResources,
  params: ById,
  reply: Resource,
});

export const createResource = endpoint({
  id: 'createResource',
  method: 'POST',
  path: '/api/resources',
  says: '登记政策或资源',
  allow: keepsResources,
  body: ResourceDraft,
  reply: Written,
  refusals: ['resources.validity-backwards'],
});

export const updateResource = endpoint({
  id: 'updateResource',
  method: 'PATCH',
  path: '/api/resources/{id}',
  says: '修改政策或资源',
  allow: keepsResources,
  params: ById,
  body: ResourceDraft.partial().extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.validity-backwards'],
});

export const listPartners = endpoint({
  id: 'listPartners',
  method: 'GET',
  path: '/api/partners',
  says: '查看联动单位',
  allow: seesResources,
  query: PageQuery.extend({ text: z.string().trim().max(40).optional(), type: severalOf(PartnerType) }),
  reply: pageOf(Partner),
});

export const createPartner = endpoint({
  id: 'createPartner',
  method: 'POST',
  path: '/api/partners',
  says: '登记联动单位',
  allow: keepsResources,
  body: PartnerDraft,
  reply: Written,
});

export const updatePartner = endpoint({
  id: 'updatePartner',
  method: 'PATCH',
  path: '/api/partners/{id}',
  says: '修改联动单位',
  allow: keepsResources,
  params: ById,
  body: PartnerDraft.partial().extend({ version: Version, active: z.boolean().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile'],
});
