import { z } from 'zod';
import { Role } from '../identity/schema.ts';
import { Id, line } from '../shared/endpoint.ts';

export const Gender = z.enum(['female', 'male', 'unknown']);
export type Gender = z.infer<typeof Gender>;

/** Professional levels (SZ-05); `none` is a worker who has no certificate yet. */
export const WorkerLevel = z.enum(['none', 'assistant', 'social-worker', 'senior']);
export type WorkerLevel = z.infer<typeof WorkerLevel>;

export const Worker = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  gender: Gender,
  post: z.string(),
  level: WorkerLevel,
  organisationId: Id,
  organisationName: z.string(),
  stationId: Id.nullable(),
  stationName: z.string().nullable(),
  phone: z.string().nullable(),
  joinedOn: z.iso.date(),
  leftOn: z.iso.date().nullable(),
  hasAccount: z.boolean(),
  version: z.int(),
});

export const WorkerDraft = z.object({
  name: line(40),
  gender: Gender,
  post: line(40),
  level: WorkerLevel,
  organisationId: Id,
  stationId: Id.nullable(),
  phone: line(20).nullable(),
  joinedOn: z.iso.date(),
});

/** Somebody of the staff, for pickers: never a recipient. */
export const PersonChoice = z.object({
  personId: Id,
  name: z.string(),
  post: z.string(),
  organisationName: z.string().nullable(),
  roles: z.array(Role),
});

export const AssignmentRow = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  username: z.string(),
  role: Role,
  scopeName: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  deputyId: Id.nullable(),
  deputyName: z.string().nullable(),
  absentNow: z.boolean(),
  version: z.int(),
});

export const AssignmentDraft = z.object({
  personId: Id,
  role: Role,
  stationId: Id.nullable(),
  organisationId: Id.nullable(),
  divisionId: Id.nullable(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  deputyId: Id.nullable(),
});

export const Absence = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
  reason: z.string(),
  deputies: z.array(z.string()),
  version: z.int(),
});

/** Post on the centre's rota: who answers a crisis first, and who stands behind. */
export const RotaDay = z.object({
  id: Id,
  day: z.iso.date(),
  dutyId: Id,
  dutyName: z.string(),
  backupId: Id,
  backupName: z.string(),
  phone: z.string(),
  version: z.int(),
});
