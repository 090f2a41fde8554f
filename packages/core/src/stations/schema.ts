import { z } from 'zod';
import { Id, line } from '../shared/endpoint.ts';
import { creditCodeVerdict } from '../shared/identifiers.ts';

export const OrganisationType = z.enum([
  'agency',
  'association',
  'authority',
  'centre',
  'school',
  'hospital',
  'charity',
  'enterprise',
  'other',
]);
export type OrganisationType = z.infer<typeof OrganisationType>;

/** Four tiers of the station network (EZ-01); a region may use fewer (AMB-13). */
export const StationTier = z.enum(['city-centre', 'district-station', 'street-station', 'community-room']);
export type StationTier = z.infer<typeof StationTier>;

/** Build stages of a station (EZ-07). */
export const BuildStage = z.enum(['none', 'preparing', 'opened', 'running', 'standard']);
export type BuildStage = z.infer<typeof BuildStage>;

/** 统一社会信用代码, GB 32100 with its check digit. */
export const CreditCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine((s) => creditCodeVerdict(s).ok, { error: '统一社会信用代码应为 18 位且校验码正确' });

export const Organisation = z.object({
  id: Id,
  type: OrganisationType,
  name: z.string(),
  creditCode: z.string().nullable(),
  divisionId: Id,
  divisionName: z.string(),
  contact: z.string().nullable(),
  phone: z.string().nullable(),
  active: z.boolean(),
  workers: z.int(),
  version: z.int(),
});

export const OrganisationDraft = z.object({
  type: OrganisationType,
  name: line(80, 2),
  creditCode: CreditCode.nullable(),
  divisionId: Id,
  contact: line(40).nullable(),
  phone: line(20).nullable(),
});

export const Station = z.object({
  id: Id,
  tier: StationTier,
  name: z.string(),
  divisionId: Id,
  divisionName: z.string(),
  operatorId: Id.nullable(),
  operatorName: z.string().nullable(),
  host: z.string().nullable(),
  phone: z.string().nullable(),
  stage: BuildStage,
  workers: z.int(),
  version: z.int(),
});

export const StationDraft = z.object({
  tier: StationTier,
  name: line(60, 2),
  divisionId: Id,
  operatorId: Id.nullable(),
  host: line(60).nullable(),
  phone: line(20).nullable(),
  stage: BuildStage,
});
