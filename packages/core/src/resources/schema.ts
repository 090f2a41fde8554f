import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { HelpField } from '../shared/fields.ts';

export const ResourceKind = z.enum(['policy', 'resource']);
export const IssuingTier = z.enum(['nation', 'province', 'city', 'district', 'street']);
export const PartnerType = z.enum(['government', 'charity', 'professional']);
export type PartnerType = z.infer<typeof PartnerType>;

/** A policy or resource with the fields of LH-11. */
export const Resource = z.object({
  id: Id,
  kind: ResourceKind,
  name: z.string(),
  category: z.string(),
  audience: z.string(),
  authority: z.string(),
  conditions: z.string(),
  materials: z.array(z.string()),
  summary: z.string(),
  helpFields: z.array(HelpField),
  issuingTier: IssuingTier,
  divisionName: z.string(),
  phone: z.string().nullable(),
  source: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  valid: z.boolean(),
  version: z.int(),
});

export const ResourceDraft = z.object({
  kind: ResourceKind,
  name: line(80, 2),
  category: line(30),
  audience: passage(300),
  authority: line(80),
  conditions: passage(800),
  materials: z.array(line(80)).max(30),
  summary: passage(800),
  helpFields: z.array(HelpField).min(1, { error: '至少选一个专业' }).max(7),
  issuingTier: IssuingTier,
  phone: line(40).nullable(),
  source: line(160),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});

/** A partner with its liaison person (LH-12). */
export const Partner = z.object({
  id: Id,
  type: PartnerType,
  name: z.string(),
  offers: z.string(),
  liaison: z.string(),
  liaisonPost: z.string(),
  phone: z.string(),
  helpFields: z.array(HelpField),
  active: z.boolean(),
  version: z.int(),
});

export const PartnerDraft = z.object({
  type: PartnerType,
  name: line(80, 2),
  offers: passage(400),
  liaison: line(40),
  liaisonPost: line(40),
  phone: line(40),
  helpFields: z.array(HelpField).max(7),
});
